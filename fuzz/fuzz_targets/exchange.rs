//! Any bytes as one or two files of a scenario: reading ends, places lie in the files, and what is read can be
//! written and read again.
//!
//! The first byte picks the names of the files; a byte 0x1e in the rest divides it into two files.

#![no_main]

use detente::exchange::{Format, Input, read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let endings = ["xml", "json", "yml", "toml", ""];
    let name = |n: u8, stem: &str| format!("{stem}.{}", endings[usize::from(n) % endings.len()]);
    let mut parts = rest.splitn(2, |b| *b == 0x1e);
    let mut inputs = vec![Input { name: name(*first, "a"), bytes: parts.next().unwrap_or_default().to_vec() }];
    inputs.extend(parts.next().map(|second| Input { name: name(*first / 8, "b"), bytes: second.to_vec() }));
    let loaded = read(&inputs, None);
    assert!(loaded.scenario.is_some() || loaded.diagnostics.has_errors());
    for label in loaded.diagnostics.iter().flat_map(|d| &d.labels) {
        assert!(loaded.files.text(label.span.file).get(label.span.range()).is_some(), "{label:?}");
    }
    let Some(scenario) = loaded.scenario.filter(|s| s.space.sizes().sum::<usize>() < 2_000) else { return };
    for format in Format::ALL {
        let written = write(&scenario, format);
        assert!(!written.files.is_empty() || written.lost.has_errors() || format == Format::Genius, "{format:?}");
        let inputs: Vec<Input> =
            written.files.into_iter().map(|(name, text)| Input { name, bytes: text.into_bytes() }).collect();
        if !inputs.is_empty() {
            let again = read(&inputs, None);
            assert!(again.scenario.is_some(), "{format:?}: {:?}", again.diagnostics);
        }
    }
});
