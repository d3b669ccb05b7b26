//! Any bytes as a conflict of states and moves, CSV.

#![no_main]

mod conflicts;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| conflicts::hold("conflict.csv", bytes));
