//! A fixed piece of work, so that figures of different machines compare.
//!
//! One unit is 1 000 000 000 wrapping additions of 32-bit whole numbers: a block of 4096 of them (16 KiB, so that it
//! stays in the nearest cache) is added to another, 244 141 times (1 000 001 536 additions). Plain code, compiled for
//! the baseline of the target and without a choice at run time; the compiler is free to use the vectors that the
//! baseline has. A time in units is a time in seconds divided by [`unit`].

use std::hint::black_box;
use std::time::Instant;

const NUMBERS: usize = 4096;
const PASSES: usize = 244_141;

/// Seconds that one unit takes here, now, on one core.
#[must_use]
pub(crate) fn unit() -> f64 {
    let mut sums = [0u32; NUMBERS];
    let mut terms = [0u32; NUMBERS];
    for (term, at) in terms.iter_mut().zip(1u32..) {
        *term = at.wrapping_mul(2_654_435_761);
    }
    let start = Instant::now();
    for _ in 0..PASSES {
        // Both blocks go through the box, so that passes are neither merged nor left out.
        let terms = black_box(&terms);
        for (sum, term) in black_box(&mut sums).iter_mut().zip(terms) {
            *sum = sum.wrapping_add(*term);
        }
    }
    black_box(&sums);
    start.elapsed().as_secs_f64()
}
