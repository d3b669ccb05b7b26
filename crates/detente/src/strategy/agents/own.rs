//! What a seat wants, on the scale that the agents of the competitions were written for.

use crate::game::{Discount, Outcome, Stream};
use crate::talks::{Choice, View};

/// The most outcomes that are looked at in a space that is searched: each is an answer of the index.
const SEARCHED: usize = 12;

/// Own utilities as shares: 1 for the best outcome the seat may propose, and 0 for a utility of 0, or for the worst
/// outcome when that is below 0. On profiles from 0 to 1, as the competitions had them, a share is the utility itself.
pub(super) struct Own<'a> {
    pub(super) view: View<'a>,
    /// The best outcome the seat may propose.
    pub(super) best: Choice,
    low: f64,
    span: f64,
    floor: f64,
}

impl<'a> Own<'a> {
    /// `None` when the seat may propose nothing.
    pub(super) fn of(view: &View<'a>) -> Option<Self> {
        let seat = view.seat();
        let best = seat.menu().best()?;
        let worst = seat.menu().worst()?.utility;
        let low = seat.real(worst).min(0.0);
        let span = seat.real(best.utility) - low;
        // Where all is worth the same, and no more than nothing, all is the best.
        let (low, span) = if span > 0.0 { (low, span) } else { (low - 1.0, 1.0) };
        let mut own = Own { view: *view, best, low, span, floor: 0.0 };
        own.floor = view.floor().map_or(0.0, |floor| own.share(floor));
        Some(own)
    }

    /// The share of a utility in whole numbers.
    pub(super) fn share(&self, utility: i128) -> f64 {
        (self.view.seat().real(utility) - self.low) / self.span
    }

    /// The share of an outcome.
    pub(super) fn worth(&self, outcome: &Outcome) -> f64 {
        self.share(self.view.seat().utility(outcome))
    }

    /// The least utility in whole numbers that is worth a share. A billionth of the scale is let pass for rounding.
    pub(super) fn whole(&self, share: f64) -> i128 {
        self.view.seat().whole((share - 1e-9) * self.span + self.low)
    }

    /// The share that no agreement is worth; 0 where nothing is said of it.
    pub(super) fn floor(&self) -> f64 {
        self.floor
    }

    /// A target between the floor and the best.
    pub(super) fn aim(&self, target: f64) -> f64 {
        if target.is_finite() { target.max(self.floor).min(1.0) } else { 1.0 }
    }

    /// The cheapest outcome worth a share; the best when none is.
    pub(super) fn cheapest(&self, share: f64) -> Choice {
        self.view.seat().menu().at_least(self.whole(share)).unwrap_or_else(|| self.best.clone())
    }

    /// An outcome worth between two shares, by chance; the cheapest above the lower when there is none between.
    pub(super) fn pick(&self, low: f64, high: f64, stream: &mut Stream) -> Choice {
        let high = if high >= 1.0 { self.best.utility } else { self.whole(high) };
        let found = self.view.seat().menu().pick(self.whole(low), high, stream);
        found.unwrap_or_else(|| self.cheapest(low))
    }

    /// Outcomes worth between two shares, the best first: all of them, or `most` drawn by chance when there are more.
    pub(super) fn band(&self, low: f64, high: f64, most: usize, stream: &mut Stream) -> Vec<Choice> {
        let menu = self.view.seat().menu();
        let (low, high) = (self.whole(low), if high >= 1.0 { self.best.utility } else { self.whole(high) });
        let mut found: Vec<Choice> = match menu.list() {
            Some(list) => {
                let first = list.partition_point(|choice| choice.utility > high);
                let end = list.partition_point(|choice| choice.utility >= low);
                let band = list.get(first..end).unwrap_or_default();
                if band.len() <= most {
                    return band.to_vec();
                }
                let mut drawn = || usize::try_from(stream.below(band.len() as u64)).ok();
                (0..most).filter_map(|_| band.get(drawn()?).cloned()).collect()
            }
            None => (0..most.min(SEARCHED)).filter_map(|_| menu.pick(low, high, stream)).collect(),
        };
        found.sort_by(|a, b| b.utility.cmp(&a.utility).then_with(|| a.outcome.cmp(&b.outcome)));
        found.dedup_by(|a, b| a.outcome == b.outcome);
        found
    }

    /// What is left of utility at the deadline: 1 without discounting. A cost per time is not a discount in this sense
    /// and counts as none.
    pub(super) fn discount(&self) -> f64 {
        match self.view.seat().discount {
            Some(Discount::OverDeadline { factor, .. }) => factor,
            Some(Discount::PerStep { factor, .. }) => factor.powf(f64::from(self.view.rounds().unwrap_or(100))),
            Some(Discount::Cost { .. }) | None => 1.0,
        }
    }

    /// The share of time that has passed.
    pub(super) fn time(&self) -> f64 {
        self.view.time()
    }

    /// Whether a final phase that begins at a time has begun. The last round is later than any moment.
    pub(super) fn late(&self, from: f64) -> bool {
        self.time() >= from || self.left() == Some(0)
    }

    /// The rounds after this one; `None` when the seats do not know.
    pub(super) fn left(&self) -> Option<u32> {
        self.view.rounds().map(|rounds| rounds.saturating_sub(self.view.round()))
    }
}
