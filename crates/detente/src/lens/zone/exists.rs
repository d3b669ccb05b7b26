//! Is there an agreement among the outcomes of a diagram?
//!
//! An agreement gives every weighting of the parties a positive sum of gains. So one weighting whose
//! best outcome has no positive sum proves that there is none (Lagrangian duality), and the best
//! outcome of a weighting is an agreement itself more often than not. Each weighting costs one sweep.
//! What neither decides (the gap between the hull and the points under it) goes to a short dive and then to
//! the frontier search, which is exact. All arithmetic is in integers.

use super::diagram::{Arrow, Diagram, Layout};
use super::frontier;
use super::sweep::{CLOSED, Stakes, Sweep, utility};

/// What is asked of a diagram in one game.
///
/// An agreement is an outcome of the diagram on an open path, of allowed values, that leaves each
/// party whose reservation holds at or above its floor and some consenting party above its floor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    /// The outcomes.
    pub(super) diagram: &'a Diagram,
    /// Which entries of [`Diagram::breaks`] are closed.
    pub(super) closed: &'a [bool],
    /// The places of the [`Layout`] that are allowed; all without it.
    pub(super) allowed: Option<&'a [bool]>,
    /// The parties' stakes.
    pub(super) stakes: &'a Stakes,
}

impl Ask<'_> {
    /// The arrows that leave a node and are not closed.
    pub(super) fn open_arrows(&self, node: u32) -> impl Iterator<Item = &Arrow> {
        let closed = |a: &&Arrow| self.closed.get(a.breaks as usize).copied().unwrap_or(false);
        self.diagram.arrows(node).iter().filter(move |a| !closed(a))
    }
}

/// What is looked for in answer to an [`Ask`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal<'a> {
    /// The place of every value.
    pub(super) layout: &'a Layout,
    /// The question.
    pub(super) ask: &'a Ask<'a>,
    /// What each consenting party has to get; [`CLOSED`] holds it to nothing.
    pub(super) floors: &'a [i64],
    /// Whether somebody has to get more than its floor.
    pub(super) strict: bool,
}

/// Whether there is an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// There is: this one, by digits.
    Yes(Box<[u16]>),
    /// There is none; the weighting that proves it, where one does.
    No(Option<Box<[i64]>>),
    /// A limit stopped the search.
    Unknown,
}

impl Answer {
    /// Whether an agreement was found.
    pub(super) fn found(&self) -> bool {
        matches!(self, Answer::Yes(_))
    }
}

/// Room to work in, kept from question to question.
#[derive(Debug, Default)]
pub(super) struct Seeker {
    sweep: Sweep,
    weight: Vec<i64>,
    /// The weighting tried last.
    tried: Vec<i64>,
}

enum Step {
    Done(Answer),
    Point(Vec<i64>),
}

impl Seeker {
    /// Whether there is an agreement. `hint` is a weighting to try first.
    pub(super) fn exists(&mut self, layout: &Layout, ask: &Ask<'_>, hint: Option<&[i64]>) -> Answer {
        self.seek(&Goal { layout, ask, floors: &ask.stakes.floor, strict: true }, hint)
    }

    /// The same where the parties marked in `soft` may fall below their floor.
    pub(super) fn exists_soft(&mut self, layout: &Layout, ask: &Ask<'_>, soft: &[bool]) -> Answer {
        if !soft.contains(&true) {
            return self.exists(layout, ask, None);
        }
        // Somebody has to gain: try each in turn, the others held to what they are held to.
        let floors = |gainer: usize| -> Vec<i64> {
            let of = |(p, floor): (usize, &i64)| match (p == gainer, soft.get(p)) {
                (true, _) => floor + 1,
                (false, Some(true)) => CLOSED,
                (false, _) => *floor,
            };
            ask.stakes.floor.iter().enumerate().map(of).collect()
        };
        let mut unknown = false;
        for gainer in 0..ask.stakes.parties() {
            match self.seek(&Goal { layout, ask, floors: &floors(gainer), strict: false }, None) {
                Answer::Yes(digits) => return Answer::Yes(digits),
                Answer::No(_) => {}
                Answer::Unknown => unknown = true,
            }
        }
        if unknown { Answer::Unknown } else { Answer::No(None) }
    }

    /// Whether any outcome of the diagram is left, utilities aside.
    pub(super) fn open(
        &mut self,
        layout: &Layout,
        diagram: &Diagram,
        closed: &[bool],
        allowed: Option<&[bool]>,
    ) -> bool {
        self.weight.clear();
        self.weight.resize(layout.values(), 0);
        restrict(&mut self.weight, allowed);
        self.sweep.climb(diagram, &self.weight, closed).is_some()
    }

    /// The most a consenting party (by position among them) gets from any outcome left.
    pub(super) fn best(&mut self, ask: &Ask<'_>, party: usize) -> Option<i64> {
        let mut weights = vec![0; ask.stakes.parties()];
        *weights.get_mut(party)? = 1;
        self.best_by(ask, &weights)
    }

    fn best_by(&mut self, ask: &Ask<'_>, weights: &[i64]) -> Option<i64> {
        ask.stakes.weigh(weights, &mut self.weight);
        restrict(&mut self.weight, ask.allowed);
        self.sweep.climb(ask.diagram, &self.weight, ask.closed)
    }

    fn seek(&mut self, goal: &Goal<'_>, hint: Option<&[i64]>) -> Answer {
        let held = goal.held();
        let decided = match held.as_slice() {
            [] => Some(Answer::No(None)),
            [one] => {
                let weights: Vec<i64> = (0..goal.floors.len()).map(|p| i64::from(p == *one)).collect();
                match self.try_weights(goal, &weights) {
                    Step::Done(answer) => Some(answer),
                    // With one party held the best for it decides.
                    Step::Point(_) => Some(Answer::No(Some(weights.into()))),
                }
            }
            [a, b] => self.close_in(goal, (*a, *b), hint),
            _ => self.lean(goal, &held, hint),
        };
        decided.unwrap_or_else(|| frontier::some(goal, &self.tried))
    }

    /// The best outcome of one weighting: an agreement, a proof that there is none, or its gains.
    fn try_weights(&mut self, goal: &Goal<'_>, weights: &[i64]) -> Step {
        let Goal { layout, ask, floors, strict } = *goal;
        self.tried.clear();
        self.tried.extend_from_slice(weights);
        let Some(best) = self.best_by(ask, weights) else { return Step::Done(Answer::No(Some(weights.into()))) };
        let threshold: i64 = floors.iter().zip(weights).filter(|(_, w)| **w != 0).map(|(f, w)| f * w).sum();
        let all_count = floors.iter().zip(weights).all(|(f, w)| *f == CLOSED || *w > 0);
        if best < threshold || (strict && all_count && best == threshold) {
            return Step::Done(Answer::No(Some(weights.into())));
        }
        let digits = self.sweep.trace(ask.diagram, &self.weight, ask.closed);
        let gain = |(worth, floor): (&Vec<i64>, &i64)| match *floor {
            CLOSED => 0,
            floor => utility(worth, layout, &digits) - floor,
        };
        let gains: Vec<i64> = ask.stakes.worth.iter().zip(floors).map(gain).collect();
        if gains.iter().all(|g| *g >= 0) && (!strict || gains.iter().any(|g| *g > 0)) {
            return Step::Done(Answer::Yes(digits));
        }
        Step::Point(gains)
    }

    /// Two parties: close in on the weighting at which the hull crosses between them. `None` when
    /// the hull leaves it open.
    fn close_in(&mut self, goal: &Goal<'_>, (a, b): (usize, usize), hint: Option<&[i64]>) -> Option<Answer> {
        const ROUNDS: usize = 24;
        let most = goal.ask.stakes.most_weight();
        // Gains (of a, of b) of the nearest outcomes found that fail a, and that fail b.
        let mut fails_a: Option<(i64, i64)> = None;
        let mut fails_b: Option<(i64, i64)> = None;
        let hinted = hint.and_then(|h| Some((*h.get(a)?, *h.get(b)?))).filter(|(x, y)| *x > 0 && *y > 0);
        let mut next = hinted.map_or((1, 1), |(x, y)| shrink(x, y, most));
        for _ in 0..ROUNDS {
            let mut weights = vec![0; goal.floors.len()];
            *weights.get_mut(a)? = next.0;
            *weights.get_mut(b)? = next.1;
            let gains = match self.try_weights(goal, &weights) {
                Step::Done(answer) => return Some(answer),
                Step::Point(gains) => (*gains.get(a)?, *gains.get(b)?),
            };
            let side = if gains.0 < 0 { &mut fails_a } else { &mut fails_b };
            if *side == Some(gains) {
                return None;
            }
            *side = Some(gains);
            next = match (fails_a, fails_b) {
                (Some(p), Some(q)) => {
                    let normal = (p.1 - q.1, q.0 - p.0);
                    if normal.0 <= 0 || normal.1 <= 0 {
                        return None;
                    }
                    let normal = shrink(normal.0, normal.1, most);
                    // No outcome lies beyond the line through both: the hull has no corner between them.
                    if normal == next {
                        return None;
                    }
                    normal
                }
                (Some(_), None) => (most, 1),
                (None, _) => (1, most),
            };
        }
        None
    }

    /// Three parties or more: lean towards whoever is left short, a few times. `None` when that
    /// leaves it open.
    fn lean(&mut self, goal: &Goal<'_>, held: &[usize], hint: Option<&[i64]>) -> Option<Answer> {
        const ROUNDS: usize = 12;
        let most = goal.ask.stakes.most_weight();
        let even = (most / 64).max(1);
        let fits = |h: &&[i64]| h.len() == goal.floors.len() && held.iter().all(|p| h.get(*p).is_some_and(|w| *w > 0));
        let weight = |p: usize| if held.contains(&p) { even } else { 0 };
        let mut weights: Vec<i64> = match hint.filter(fits) {
            Some(hint) => hint.iter().map(|w| (*w).min(most)).collect(),
            None => (0..goal.floors.len()).map(weight).collect(),
        };
        for _ in 0..ROUNDS {
            let gains = match self.try_weights(goal, &weights) {
                Step::Done(answer) => return Some(answer),
                Step::Point(gains) => gains,
            };
            let largest = gains.iter().map(|g| g.abs()).max().unwrap_or(1).max(1);
            for p in held {
                let (Some(weight), Some(gain)) = (weights.get_mut(*p), gains.get(*p)) else { continue };
                if *gain < 0 {
                    let push = i128::from(*weight) * i128::from(-gain) / i128::from(largest);
                    *weight = weight.saturating_add(i64::try_from(push).unwrap_or(0)).saturating_add(1).min(most);
                }
            }
        }
        None
    }
}

impl Goal<'_> {
    /// The parties held to a floor.
    pub(super) fn held(&self) -> Vec<usize> {
        self.floors.iter().enumerate().filter(|(_, f)| **f != CLOSED).map(|(p, _)| p).collect()
    }
}

/// Closes the places that are not allowed.
fn restrict(weight: &mut [i64], allowed: Option<&[bool]>) {
    for (slot, _) in weight.iter_mut().zip(allowed.unwrap_or(&[])).filter(|(_, allowed)| !**allowed) {
        *slot = CLOSED;
    }
}

/// Two positive weights in about the same proportion, neither above `most`.
fn shrink(a: i64, b: i64, most: i64) -> (i64, i64) {
    let by = (a.max(b) / most.max(1)).saturating_add(1);
    ((a / by).max(1), (b / by).max(1))
}
