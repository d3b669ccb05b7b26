//! Any bytes as a GeniusWeb domain and profiles: JSON, up to three files divided by a byte 0x1e.

#![no_main]

mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| invariants::hold(&invariants::files(bytes, 3, |at| format!("file{at}.json"))));
