//! IAMhaggler2011, third in 2011.
//!
//! Williams, Robu, Gerding and Jennings, *Using Gaussian Processes to Optimise Concession in Complex Negotiations
//! against Unknown Opponents* (IJCAI 2011), and *IAMhaggler2011: A Gaussian Process Regression Based Negotiation Agent*
//! (in: Complex Automated Negotiations, Springer 2013).

use super::gaussian::{Kernel, Process, below};
use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::talks::Choice;

/// The slots that time is cut into.
const SLOTS: u32 = 36;
/// What an offer is multiplied by before it is compared.
const GENEROUS: f64 = 1.02;
/// What it accepts at any time.
const ASPIRATION: f64 = 0.9;
/// How near to the target its proposals are.
const NEAR: f64 = 0.025;
/// The grid of utilities over which expectations are summed.
const GRID: u32 = 100;

/// Needs: the offers of the other side and a known end. No model of what it wants.
///
/// From the best offer in each slot of time (36) it predicts, by regression with a Gaussian process, what the other
/// side will offer from now on; it finds the moment `t*` at which the expected utility, discounted and to the power of
/// its taste for risk (3), is largest, and the share `u*` that is best to ask for then; and it gives way in a straight
/// line from where it is towards `(t*, u*)`. It proposes by chance near its target, and accepts what is worth, times
/// 1.02, as much as the target, its last proposal's target, or 0.9.
///
/// Known behaviour: holds out against those who give way and comes towards the stubborn; early agreements under
/// discount.
///
/// Left open by the description, and chosen here:
/// - The length and the noise of the kernel are the likeliest of a grid (0.05 to 1, and 0.005 to 0.1); its height is
///   the spread of the residuals, at least 0.02.
/// - The predicted distribution is cut to 0..1 and scaled; sums are over a hundred steps.
/// - Before two slots have been seen it proposes its best.
/// - `u*` is the share `u` for which `u^risk` times the chance that the other side offers as much is largest.
#[derive(Debug, Clone)]
pub(super) struct IamHaggler {
    /// Its taste for risk: 1 is neutral, more takes risks.
    pub(super) risk: f64,
    /// The best offer of each slot seen so far, with its slot.
    best: Vec<(u32, f64)>,
    /// The number of slots it was last worked out from.
    seen: usize,
    /// Where it goes: when, and to what share.
    goal: Option<(f64, f64)>,
    /// Where it comes from.
    from: (f64, f64),
    target: f64,
}

impl IamHaggler {
    pub(super) fn new(risk: f64) -> Self {
        IamHaggler { risk, best: Vec::new(), seen: 0, goal: None, from: (0.0, 1.0), target: 1.0 }
    }

    /// When to meet the other side, and what to ask for then, from what it granted in the slots so far.
    pub(super) fn meet(&self, best: &[(u32, f64)], now: f64, discount: f64) -> Option<(f64, f64)> {
        let at: Vec<f64> = best.iter().map(|(slot, _)| middle(*slot)).collect();
        let seen: Vec<f64> = best.iter().map(|(_, worth)| *worth).collect();
        let process = Process::likeliest(kernels(&at, &seen), &at, &seen)?;
        let mut found: Option<(f64, f64, (f64, f64))> = None;
        for slot in 0..SLOTS {
            let time = middle(slot);
            if time < now {
                continue;
            }
            let normal = process.at(time);
            let value = discount.powf(time) * self.expected(normal);
            if found.is_none_or(|(_, most, _)| value > most) {
                found = Some((time, value, normal));
            }
        }
        let (time, _, normal) = found?;
        Some((time, self.ask(normal)))
    }

    /// The expected utility, to the power of the taste for risk, of a normal distribution cut to 0..1.
    pub(super) fn expected(&self, (mean, deviation): (f64, f64)) -> f64 {
        let share = |u: f64| below(u, mean, deviation);
        let inside = share(1.0) - share(0.0);
        if inside <= 1e-9 {
            return mean.clamp(0.0, 1.0).powf(self.risk);
        }
        let step = 1.0 / f64::from(GRID);
        let part = |i: u32| {
            let low = f64::from(i) * step;
            (low + step / 2.0).powf(self.risk) * (share(low + step) - share(low))
        };
        (0..GRID).map(part).sum::<f64>() / inside
    }

    /// What is best to ask for when the other side offers by this distribution.
    pub(super) fn ask(&self, (mean, deviation): (f64, f64)) -> f64 {
        let share = |u: f64| below(u, mean, deviation);
        let inside = share(1.0) - share(0.0);
        if inside <= 1e-9 {
            return mean.clamp(0.0, 1.0);
        }
        let (mut found, mut most) = (0.0, -1.0);
        for i in 0..=GRID {
            let u = f64::from(i) / f64::from(GRID);
            let value = u.powf(self.risk) * (share(1.0) - share(u)) / inside;
            if value > most {
                (found, most) = (u, value);
            }
        }
        found
    }
}

/// The middle of a slot of time.
fn middle(slot: u32) -> f64 {
    (f64::from(slot) + 0.5) / f64::from(SLOTS)
}

/// The kernels that are tried.
fn kernels(at: &[f64], seen: &[f64]) -> impl Iterator<Item = Kernel> {
    let line = super::gaussian::line(at, seen);
    let rest: f64 = at.iter().zip(seen).map(|(a, s)| (s - line.0 - line.1 * a).powi(2)).sum();
    let height = (rest / at.len().max(1) as f64).sqrt().max(0.02);
    let lengths = [0.05, 0.1, 0.2, 0.5, 1.0].into_iter();
    lengths.flat_map(move |length| [0.005, 0.02, 0.1].into_iter().map(move |noise| Kernel { height, length, noise }))
}

impl Agent for IamHaggler {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time from 0 to 1")]
    fn hears(&mut self, _: &Own<'_>, news: &[Received]) {
        for offer in news {
            let slot = ((offer.time * f64::from(SLOTS)) as u32).min(SLOTS - 1);
            match self.best.last_mut().filter(|(at, _)| *at == slot) {
                Some((_, best)) => *best = best.max(offer.worth),
                None => self.best.push((slot, offer.worth)),
            }
        }
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let time = turn.own.time();
        // The slot that goes on now is not yet known to the end.
        let known = self.best.len().saturating_sub(1);
        if known >= 2 && known > self.seen {
            self.seen = known;
            let best = self.best.get(..known).unwrap_or_default();
            self.goal = self.meet(best, time, turn.own.discount());
            self.from = (time, self.target);
        }
        if let Some((when, what)) = self.goal {
            let (start, height) = self.from;
            let part = if when <= start { 1.0 } else { ((time - start) / (when - start)).clamp(0.0, 1.0) };
            self.target = height + (what - height) * part;
        }
        let target = turn.own.aim(self.target);
        turn.own.pick((target - NEAR).max(turn.own.floor()), target + NEAR, turn.stream)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        let worth = worth * GENEROUS;
        let made = turn.own.view.last_made().map(|last| turn.own.worth(last));
        worth >= turn.own.share(next.utility)
            || worth >= turn.own.aim(self.target)
            || worth >= ASPIRATION
            || made.is_some_and(|made| worth >= made)
    }
}
