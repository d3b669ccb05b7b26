//! Strategies that are best in a model of the talks: against a known distribution of opponents, and among parties that
//! know each other and look ahead. What is exact in each is said in its file.

mod best_response;
mod memo;
mod opponents;
mod others;
mod policy;
mod subgame_perfect;
#[cfg(test)]
mod tests;

pub use best_response::BestResponse;
pub use opponents::{Opponents, Table, Unfit};
pub use others::Others;
pub use policy::{Act, Policy};
pub use subgame_perfect::SubgamePerfect;

use super::recipe::{Entry, Given, Parameter};

fn others(given: &Given<'_>) -> Others {
    Others { utilities: given.utilities(), reservations: given.reservations() }
}

/// What is to be had by name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        "best-response",
        "best against time-dependent opponents whose exponent is drawn, by dynamic programming",
        "backward induction (Bellman 1957) against tactics of Faratin, Sierra and Jennings, 1998",
        |given| {
            let (low, high) = (given.number("low"), given.number("high"));
            Box::new(BestResponse::to_exponents(others(given), (low, high), given.whole("types")))
        },
    )
    .takes(&[
        Parameter::number("low", 0.1, (0.001, 1000.0), "the least exponent"),
        Parameter::number("high", 4.0, (0.001, 1000.0), "the largest exponent"),
        Parameter::whole("types", 9, (1, 64), "how many exponents, evenly on a logarithmic scale, each as likely"),
    ])
    .seats(2, 2)
    .needs_list()
    .needs_others(),
    Entry::new(
        "subgame-perfect",
        "looks ahead to the last round, as all do that know each other's preferences",
        "Ståhl, Bargaining Theory, 1972; Rubinstein, Perfect Equilibrium in a Bargaining Model, 1982",
        |given| Box::new(SubgamePerfect::new(others(given))),
    )
    .seats(2, 2)
    .needs_others(),
];
