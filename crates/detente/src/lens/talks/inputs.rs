//! What sessions are played from: the ranges of the case, and the program's own where the case says nothing.

use crate::case::model::grounds::Grounds;
use crate::case::{Basis, Range};
use crate::game::Stream;

/// A number that is drawn for each session.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    /// The claim; none where the case does not say.
    pub claim: Option<String>,
    /// In words.
    pub what: String,
    pub basis: Basis,
    pub range: Range,
    lane: u64,
}

/// Which inputs are held at an end of their range, by position among [`Inputs`]: 0 the low end, 1 the high end.
pub(super) type Held = Option<(usize, f64)>;

/// Every number that is drawn, in one list, so that each can be held.
#[derive(Debug, Clone, Default)]
pub(super) struct Inputs {
    pub all: Vec<Drawn>,
}

/// A place in [`Inputs`].
pub(super) type At = usize;

impl Inputs {
    /// Adds a number of the case.
    pub(super) fn say(&mut self, grounds: &Grounds, part: &str, what: impl Into<String>, range: Range) -> At {
        self.add(grounds, &format!("talks/{}/{part}", grounds.id), what.into(), range)
    }

    /// Adds a number of the case that also says what no agreement is worth: it is drawn as the game of the session draws
    /// it, so that a session has one cost and one drift, not two.
    pub(super) fn say_as_in_the_game(&mut self, grounds: &Grounds, what: impl Into<String>, range: Range) -> At {
        self.add(grounds, &format!("no-deal/{}", grounds.id), what.into(), range)
    }

    fn add(&mut self, grounds: &Grounds, lane: &str, what: String, range: Range) -> At {
        let lane = Stream::lane(lane);
        let claim = Some(grounds.id.clone());
        self.all.push(Drawn { claim, what, basis: grounds.basis, range, lane });
        self.all.len() - 1
    }

    /// Adds a number that the case does not give: the program takes a wide range, and says so.
    pub(super) fn suppose(&mut self, part: &str, what: impl Into<String>, range: Range) -> At {
        let lane = Stream::lane(&format!("talks/supposed/{part}"));
        self.all.push(Drawn { claim: None, what: what.into(), basis: Basis::Assumed, range, lane });
        self.all.len() - 1
    }

    /// The number in one session, unless it is held.
    pub(super) fn draw(&self, at: At, (seed, index): (u64, u64), held: Held) -> f64 {
        let Some(drawn) = self.all.get(at) else { return 0.0 };
        let quantile = match held {
            Some((one, end)) if one == at => end,
            _ => Stream::new(seed, index, drawn.lane).uniform(),
        };
        drawn.range.quantile(quantile)
    }

    /// The number as a whole one, 1 at least.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the case holds it between 0 and 1000")]
    pub(super) fn whole(&self, at: At, address: (u64, u64), held: Held) -> u32 {
        self.draw(at, address, held).round().clamp(1.0, 1e6) as u32
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]

    use super::*;
    use crate::case::{ReadOptions, read};
    use crate::game::{Belief, SCALE};
    use crate::text::Diagnostics;

    /// What going on costs is one number of a session: the one that its game draws.
    #[test]
    fn a_cost_is_that_of_the_game() {
        let toml = r#"
            title = "A gate"
            issues.gate = { values = ["closed", "open"], status_quo = "closed" }
            parties.upper.wants = [{ issue = "gate", prefers = ["closed", "open"], basis = "assumed", why = "a test" }]
            parties.lower.wants = [{ issue = "gate", prefers = ["open", "closed"], basis = "assumed", why = "a test" }]
            meanwhile.cost = [{ party = "upper", amount = [0.1, 0.9], basis = "assumed", why = "a test" }]
        "#;
        let case = read("case.toml", &|_| Ok(toml.into()), ReadOptions::default()).case.unwrap();
        let belief = Belief::of(&case, &mut Diagnostics::default()).unwrap();
        let cost = &case.document.meanwhile.as_ref().unwrap().cost[0];
        let mut inputs = Inputs::default();
        let at = inputs.say_as_in_the_game(&cost.grounds, "what going on costs", cost.amount.0);
        let mut all = Vec::new();
        for index in 0..20 {
            // The status quo is worth all of the scale to this party, and nothing else lowers its no-deal.
            let left = belief.draw(7, index).players[0].fallback;
            let share = (SCALE - left) as f64 / SCALE as f64;
            let drawn = inputs.draw(at, (7, index), None);
            assert!((share - drawn).abs() < 1e-8, "{share} {drawn}");
            all.push(drawn);
        }
        assert!(all.iter().any(|x| *x < 0.3) && all.iter().any(|x| *x > 0.7), "{all:?}");
    }
}
