//! Any bytes as a `.gmcr` conflict, JSON.

#![no_main]

mod conflicts;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| conflicts::hold("conflict.gmcr", bytes));
