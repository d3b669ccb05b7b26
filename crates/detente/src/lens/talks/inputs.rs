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
        let lane = Stream::lane(&format!("talks/{}/{part}", grounds.id));
        let claim = Some(grounds.id.clone());
        self.all.push(Drawn { claim, what: what.into(), basis: grounds.basis, range, lane });
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
