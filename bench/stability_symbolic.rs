//! Stability by decision diagrams at growing numbers of options: conflicts of 2 to 4 decision makers whose preferences are
//! prioritised statements of one to three literals, drawn anywhere.
//!
//! `cargo bench --bench stability_symbolic`. What each took in nodes is printed first.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use detente::analysis::stability::symbolic::{Budget, solve, solve_measured};
use detente::analysis::stability::{Ask, Concept, Query};
use detente::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use detente::game::{Formula, Issue, Outcome, Space, Stream};
use divan::Bencher;
use std::sync::Arc;

/// Options, decision makers, statements of each.
const SIZES: [(usize, usize, usize); 6] =
    [(20, 2, 12), (40, 2, 12), (60, 2, 12), (60, 4, 20), (100, 2, 12), (100, 4, 24)];
const CREDIBLE: [(usize, usize, usize); 4] = [(20, 2, 12), (40, 2, 12), (40, 2, 20), (40, 3, 12)];

fn conflict((options, makers, statements): (usize, usize, usize)) -> Conflict {
    let mut draw = Stream::new(1, 0, 0);
    let mut below = |n: usize| usize::try_from(draw.below(n as u64)).unwrap();
    let mut statement = || {
        let literals = 1 + below(3);
        let literal = |_| Formula::In(below(options), vec![u16::try_from(below(2)).unwrap()]);
        Formula::And((0..literals).map(literal).collect())
    };
    let mut maker = |id: usize| Maker {
        id: format!("m{id}"),
        name: String::new(),
        preference: Preference::Statements((0..statements).map(|_| statement()).collect()),
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: None,
    };
    Conflict {
        makers: (0..makers).map(&mut maker).collect(),
        space: Arc::new(Space { issues: (0..options).map(|o| Issue::named(&format!("o{o}"), &["n", "y"])).collect() }),
        control: (0..options).map(|o| Control { holders: vec![o % makers], moves: Moves::Free }).collect(),
        rules: Vec::new(),
    }
}

fn ask(concepts: &[Concept]) -> Ask {
    Ask { concepts: concepts.to_vec(), listed: 10 }
}

const METARATIONAL: [Concept; 3] = [Concept::Nash, Concept::Gmr, Concept::Smr];

#[divan::bench(args = SIZES, max_time = 2, sample_count = 10)]
fn nash_and_metarational(bencher: Bencher, size: (usize, usize, usize)) {
    let conflict = conflict(size);
    bencher.bench(|| solve(&conflict, &ask(&METARATIONAL), Budget::default()));
}

#[divan::bench(args = CREDIBLE, max_time = 4, sample_count = 5)]
fn sequential(bencher: Bencher, size: (usize, usize, usize)) {
    let conflict = conflict(size);
    bencher.bench(|| solve(&conflict, &ask(&[Concept::Seq]), Budget::default()));
}

/// One state of many: whether it is an equilibrium by each of the five concepts.
#[divan::bench(args = SIZES, max_time = 2, sample_count = 10)]
fn one_state(bencher: Bencher, size: (usize, usize, usize)) {
    let conflict = conflict(size);
    let state = Outcome::new(vec![0; size.0]);
    bencher.bench(|| {
        let mut query = Query::new(&conflict, Budget::default()).unwrap();
        Concept::ALL.map(|concept| query.equilibrium(&state, concept).unwrap())
    });
}

fn main() {
    for (concepts, sizes) in [(&METARATIONAL[..], &SIZES[..]), (&[Concept::Seq], &CREDIBLE)] {
        for size in sizes {
            let (solution, effort) = solve_measured(&conflict(*size), &ask(concepts), Budget::default()).unwrap();
            let counts: Vec<String> =
                solution.equilibria.iter().map(|(c, found)| format!("{} {}", c.short(), found.count)).collect();
            let (options, makers, statements) = size;
            println!(
                "{options} options, {makers} decision makers, {statements} statements each: {} nodes, {} steps; {}",
                effort.nodes,
                effort.steps,
                counts.join(", ")
            );
        }
    }
    divan::main();
}
