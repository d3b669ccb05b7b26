//! Any bytes as a NegMAS domain and utility functions: YAML, up to three files divided by a byte 0x1e.

#![no_main]

mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| invariants::hold(&invariants::files(bytes, 3, |at| format!("file{at}.yml"))));
