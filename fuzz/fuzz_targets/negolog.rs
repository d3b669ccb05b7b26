//! Any bytes as NegoLog profiles: JSON, up to two files divided by a byte 0x1e.

#![no_main]

mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| invariants::hold(&invariants::files(bytes, 2, |at| format!("Profile{at}.json"))));
