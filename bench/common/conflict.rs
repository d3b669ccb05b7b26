//! Random conflicts of a given size, the same on every machine.

use detente::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use detente::game::{Formula, Issue, Space, Stream};

/// Options dealt in turn, statements at random: a conjunction, a disjunction or an implication of literals.
#[must_use]
pub(crate) fn conflict(makers: usize, options: usize, statements: usize, seed: u64) -> Conflict {
    let mut stream = Stream::new(seed, 0, 0);
    let mut below = |n: usize| stream.below(n as u64) as usize;
    let names: Vec<String> = (0..options).map(|at| format!("o{at}")).collect();
    let space = Space { issues: names.iter().map(|name| Issue::named(name, &["N", "Y"])).collect() };
    let mut statement = || {
        let count = 1 + below(3);
        let mut literals: Vec<Formula> =
            (0..count).map(|_| Formula::In(below(options), vec![below(2) as u16])).collect();
        match below(4) {
            0 => Formula::Or(literals),
            1 if count > 1 => {
                let then = literals.pop().unwrap();
                Formula::Or(vec![Formula::And(literals).not(), then])
            }
            _ => Formula::And(literals),
        }
    };
    let maker = |at: usize| Maker {
        id: format!("m{at}"),
        name: format!("Maker {at}"),
        preference: Preference::Statements((0..statements).map(|_| statement()).collect()),
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: None,
    };
    Conflict {
        space: space.into(),
        makers: (0..makers).map(maker).collect(),
        control: (0..options).map(|at| Control { holders: vec![at % makers], moves: Moves::Free }).collect(),
        rules: Vec::new(),
    }
}
