//! How fast this machine is at a fixed piece of work: one line. `cargo bench --bench calibration`.

#![allow(clippy::print_stdout, missing_docs)]

#[path = "common/calibration.rs"]
mod calibration;

fn main() {
    // The least of several, since other work on the machine only ever adds time.
    let seconds = (0..7).map(|_| calibration::unit()).fold(f64::INFINITY, f64::min);
    println!("calibration: {seconds:.4} s for 1e9 additions of 32 bits in the nearest cache, one core, least of 7");
}
