//! Any bytes as a case file: reading and building its game end, and every finding points into a file that was read.

#![no_main]

use detente::case::{OpenError, ReadOptions, read};
use libfuzzer_sys::fuzz_target;

const WIRE: &str = "River talks\nThe northern side’s first demand is an “open bridge,” though reports of delays grew. The \
    Governor said it carried roughly a fifth of all trade. The toll must stay; the toll must rise, said Ms. Doe.\n";

fuzz_target!(|bytes: &[u8]| {
    let open = |name: &str| match name {
        "case.toml" => Ok(bytes.to_vec()),
        "base.toml" => Ok(b"title = \"Base\"\n[sources.wire]\nfile = \"wire.md\"\n".to_vec()),
        "wire.md" => Ok(WIRE.as_bytes().to_vec()),
        "bytes" => Ok(vec![0xff, 0x00]),
        _ => Err(OpenError::Missing),
    };
    for strict in [false, true] {
        let reading = detente::game::check(read("case.toml", &open, ReadOptions { strict }));
        assert!(reading.case.is_some() || reading.diagnostics.has_errors());
        for label in reading.diagnostics.iter().flat_map(|d| &d.labels) {
            let text = reading.files.text(label.span.file);
            assert!(text.get(label.span.range()).is_some(), "{label:?}");
        }
        for check in reading.case.iter().flat_map(|case| case.checks.values()) {
            for place in check.places().into_iter().chain(check.sentence.clone()) {
                assert!(WIRE.get(place).is_some());
            }
        }
    }
});
