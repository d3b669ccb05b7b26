//! Stability of random conflicts at growing sizes: by ranks folded along issues, and by the definitions.
//!
//! `cargo bench --bench stability`. Makers, options, statements of one to three literals each. First a table of
//! CPU time on one thread, the least of several tries, also in units of the calibration kernel. The four concepts are R,
//! GMR, SMR and SEQ.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use detente::analysis::stability::{Ask, Concept, dense, literal};
use divan::Bencher;

#[path = "common/calibration.rs"]
mod calibration;
#[path = "common/cpu.rs"]
mod cpu;
#[path = "common/conflict.rs"]
mod random;

const FOUR: [Concept; 4] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq];

/// Makers, options.
const SIZES: [(usize, usize); 9] = [(2, 8), (2, 10), (2, 12), (2, 16), (2, 20), (2, 22), (4, 12), (4, 16), (4, 20)];
const SMALL: [(usize, usize); 4] = [(2, 8), (2, 10), (4, 8), (4, 10)];
const STATEMENTS: usize = 16;

fn ask(concepts: &[Concept]) -> Ask {
    Ask { concepts: concepts.to_vec(), listed: 0 }
}

#[divan::bench(args = SIZES, max_time = 2, sample_count = 20)]
fn four_concepts_by_ranks(bencher: Bencher, (makers, options): (usize, usize)) {
    let conflict = random::conflict(makers, options, STATEMENTS, 1);
    bencher.bench(|| dense::solve(&conflict, &ask(&FOUR), dense::Bounds::default()));
}

#[divan::bench(args = SMALL, max_time = 2, sample_count = 20)]
fn four_concepts_by_definition(bencher: Bencher, (makers, options): (usize, usize)) {
    let conflict = random::conflict(makers, options, STATEMENTS, 1);
    bencher.bench(|| literal::solve(&conflict, &ask(&FOUR), 1 << 12));
}

#[divan::bench(args = [(2, 20), (2, 24), (2, 26), (3, 24)], max_time = 2, sample_count = 20)]
fn nash_alone(bencher: Bencher, (makers, options): (usize, usize)) {
    let conflict = random::conflict(makers, options, STATEMENTS, 1);
    bencher.bench(|| dense::solve(&conflict, &ask(&[Concept::Nash]), dense::Bounds::default()));
}

fn table() {
    let unit = cpu::least(5, calibration::unit);
    println!("calibration: {unit:.4} s");
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for (makers, options) in SIZES {
        let conflict = random::conflict(makers, options, STATEMENTS, 1);
        let seconds = one.install(|| cpu::least(5, || dense::solve(&conflict, &ask(&FOUR), dense::Bounds::default())));
        print!("{makers} makers, 2^{options} states: {:.3} ms, {:.5} units", seconds * 1e3, seconds / unit);
        if SMALL.contains(&(makers, options)) {
            let literal = one.install(|| cpu::least(3, || literal::solve(&conflict, &ask(&FOUR), 1 << 12)));
            print!("; by definition {:.1} times as long", literal / seconds);
        }
        println!();
    }
}

fn main() {
    if std::env::args().any(|argument| argument == "--bench") {
        table();
    }
    divan::main();
}
