//! Scenarios: an outcome space and parties whose preferences are numbers, all of them known.
//!
//! This is what the tools of automated negotiation call a domain with its profiles. A [`Game`] drawn
//! from a case whose numbers are additive is one too (`Scenario::from`).

mod ratio;
mod typed;
mod utility;

pub use ratio::{Draft, Exact, decimal};
pub use utility::{Part, Utility};

use super::{Formula, Game, Outcome, SCALE, Space};
use std::sync::Arc;

/// A negotiation in which every number is known.
///
/// ```
/// use detente::game::{Draft, Issue, Scenario, Space, decimal};
/// let space = Space { issues: vec![Issue::named("price", &["low", "high"]), Issue::named("delivery", &["now", "later"])] };
/// let mut buyer = Draft::over(&space);
/// buyer.worth[0] = vec![decimal("0.7").unwrap(), decimal("0").unwrap()];
/// buyer.worth[1] = vec![decimal("0.3").unwrap(), decimal("0").unwrap()];
/// let scenario = Scenario::new("a sale", space, vec![buyer.settle("buyer")]);
/// let best = detente::game::Outcome::new([0, 0]);
/// assert_eq!(scenario.parties[0].utility.real(scenario.parties[0].utility.of(&best)), 1.0);
/// ```
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// The outcome space. Where no status quo is known, [`Scenario::status_quo`] is false and the digits say nothing.
    pub space: Arc<Space>,
    /// Whether the status quo of the space means anything.
    pub status_quo: bool,
    /// The parties in the order given.
    pub parties: Vec<Profile>,
    /// What every agreement keeps: linkages, and red lines that bind.
    pub rules: Vec<Formula>,
}

/// A party of a [`Scenario`] with its preferences.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its utility function, shared with those who sit for it.
    pub utility: Arc<Utility>,
    /// The utility of no agreement, in the units of `utility`; `None` when none is given.
    pub reservation: Option<i128>,
    /// The outcome that no agreement amounts to, where the file says so (GeniusWeb's reservation bid).
    pub reservation_outcome: Option<Outcome>,
    /// How utility shrinks with time.
    pub discount: Option<Discount>,
}

/// How utility shrinks with time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Discount {
    /// Utility is multiplied by `factor^t`, `t` the share of the deadline that has passed, 0 to 1 (GENIUS).
    OverDeadline {
        /// Between 0 and 1, both excluded.
        factor: f64,
        /// Whether the reservation value shrinks as well, as it does in GENIUS.
        reservation: bool,
    },
    /// Utility is multiplied by `factor^step` (NegMAS's wrappers over steps).
    PerStep {
        /// Between 0 and 1, both excluded.
        factor: f64,
        /// Whether the reservation value shrinks as well.
        reservation: bool,
    },
    /// `cost * step^power` is taken from utility (NegMAS's linear wrapper), over steps or over the deadline.
    Cost {
        /// Taken per unit of time.
        cost: f64,
        /// The power of time.
        power: f64,
        /// Whether time is the share of the deadline that has passed; else it counts steps.
        over_deadline: bool,
    },
}

impl Scenario {
    /// A scenario without rules and without a status quo.
    #[must_use]
    pub fn new(name: impl Into<String>, space: Space, parties: Vec<Profile>) -> Self {
        Scenario { name: name.into(), space: Arc::new(space), status_quo: false, parties, rules: Vec::new() }
    }

    /// Whether every utility is a sum over single issues and no rule ties issues together: the structure
    /// under which the fastest engines are exact. Rules over one issue each, and caps, are allowed.
    #[must_use]
    pub fn is_additive(&self) -> bool {
        self.rules.iter().all(|r| r.scope().len() <= 1) && self.parties.iter().all(|p| p.utility.is_additive())
    }

    /// The utility of an outcome to each party, in the units of each.
    #[must_use]
    pub fn utilities(&self, outcome: &Outcome) -> Vec<i128> {
        self.parties.iter().map(|p| p.utility.of(outcome)).collect()
    }

    /// Whether the outcome keeps every rule.
    #[must_use]
    pub fn permits(&self, outcome: &Outcome) -> bool {
        self.rules.iter().all(|r| r.holds(outcome))
    }
}

impl Profile {
    /// A party without reservation value and discount.
    #[must_use]
    pub fn new(name: impl Into<String>, utility: impl Into<Arc<Utility>>) -> Self {
        Profile {
            name: name.into(),
            utility: utility.into(),
            reservation: None,
            reservation_outcome: None,
            discount: None,
        }
    }

    /// The utility function, to change it. Whoever shares it keeps it as it was.
    pub fn utility_mut(&mut self) -> &mut Utility {
        Arc::make_mut(&mut self.utility)
    }

    /// What the party gets at least by not agreeing: its reservation value, or `None` when none is given and
    /// any agreement is as good as no worse than none.
    #[must_use]
    pub fn floor(&self) -> Option<i128> {
        self.reservation
    }
}

/// The consenting parties of a game with the rules that bind in it.
impl From<&Game> for Scenario {
    fn from(game: &Game) -> Self {
        let parties = game.players.iter().enumerate().filter(|(_, p)| p.consents).map(|(at, player)| {
            let worth = player.worth.iter().map(|values| values.iter().map(|w| i128::from(*w)).collect()).collect();
            // A game's numbers are rounded to its scale, one for each issue.
            let slack = i128::try_from(player.worth.len()).unwrap_or(i128::MAX);
            let utility = Utility { unit: i128::from(SCALE), worth, slack, ..Utility::default() };
            let mut profile = Profile::new(at.to_string(), utility);
            profile.reservation = Some(i128::from(player.fallback));
            profile
        });
        let binding = game.rules.iter().zip(&game.binding).filter(|(_, binds)| **binds);
        Scenario {
            name: String::new(),
            space: game.space.clone(),
            status_quo: true,
            parties: parties.collect(),
            rules: binding.map(|(rule, _)| rule.holds.clone()).collect(),
        }
    }
}
