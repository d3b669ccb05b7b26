//! Any bytes as up to four files of a scenario in a mix of formats.
//!
//! The first byte picks the endings of the names; a byte 0x1e in the rest divides it into files.

#![no_main]

mod invariants;

use libfuzzer_sys::fuzz_target;

const ENDINGS: [&str; 5] = ["xml", "json", "yml", "toml", ""];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let ending = |at: usize| ENDINGS[(usize::from(*first) / (at * 5).max(1)) % ENDINGS.len()];
    invariants::hold(&invariants::files(rest, 4, |at| format!("file{at}.{}", ending(at))));
});
