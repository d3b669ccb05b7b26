//! Improvements that nothing sanctions: how much has to be lost by them, and which threats are not credible.

use super::super::Concept;
use super::super::inverse::{Board, Refusal, need};
use super::Penalty;
use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

/// How much a decision maker has to lose by a move for it to be no better than staying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// In its scores: the difference to the wanted state. Of use where the preference is a sum or a ranking.
    pub score: i128,
    /// In ranks: how many levels of preference there are to go down. Known for graphs.
    pub ranks: Option<u32>,
    /// Of statements: a new one that the sanction breaks has to stand before this place of the list.
    pub statement: Option<usize>,
}

impl Loss {
    /// The heavier one in each respect.
    #[must_use]
    pub fn worse(self, other: Loss) -> Loss {
        Loss {
            score: self.score.max(other.score),
            ranks: self.ranks.max(other.ranks),
            statement: match (self.statement, other.statement) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// The smallest penalty of a lever that makes for this loss: before a statement, else a score. `None` where the
    /// score is beyond what a preference can hold.
    #[must_use]
    pub fn penalty(self) -> Option<Penalty> {
        match self.statement {
            Some(place) => Some(Penalty::Before(place)),
            None => i64::try_from(self.score).ok().map(Penalty::Score),
        }
    }

    /// What losses are compared by: the earlier the statement, the heavier.
    fn weight(self) -> (Reverse<Option<usize>>, i128) {
        (Reverse(self.statement), self.score)
    }
}

/// An improvement of a decision maker from the wanted state that nothing sanctions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap<S> {
    /// Where it would move.
    pub to: S,
    /// What it would have to lose there, with no other answer; by SMR and SSEQ, also at each state that it could move
    /// on to.
    pub loss: Loss,
    /// The least that it would have to lose, after the answers of the others that leave it worst off.
    pub least: Loss,
    /// The state that these answers lead to; `to` itself where none of them helps.
    pub after: S,
    /// Where sanctions have to be credible: a sanction by moves of which some are not. `None` when there is none at all.
    pub threat: Option<Threat<S>>,
    /// Whether every answer was looked at. If not, the budget stopped that: there may be a lighter loss, and a threat.
    pub complete: bool,
}

/// A sanction that is not credible: as few of its moves as can be are no improvement of those who make them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threat<S> {
    /// The moves in turn.
    pub steps: Vec<ThreatStep<S>>,
    /// How many of them are no improvement. Those who make them would have to come to prefer where they lead; that may
    /// change what holds for them, so the question is to be asked again.
    pub idle: usize,
}

/// A move of a threat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreatStep<S> {
    /// Who moves: one alone, or several by consent.
    pub movers: Vec<usize>,
    /// Where to.
    pub to: S,
    /// Whether all of them prefer it to where they come from.
    pub gains: bool,
}

impl Gap<u32> {
    /// The same with names for numbers.
    pub(super) fn named<S>(self, name: &dyn Fn(u32) -> S) -> Gap<S> {
        let step = |s: ThreatStep<u32>| ThreatStep { movers: s.movers, to: name(s.to), gains: s.gains };
        let threat = |t: Threat<u32>| Threat { steps: t.steps.into_iter().map(step).collect(), idle: t.idle };
        Gap {
            to: name(self.to),
            loss: self.loss,
            least: self.least,
            after: name(self.after),
            threat: self.threat.map(threat),
            complete: self.complete,
        }
    }
}

/// A state, and the mover that got there; none at the start.
type Place = (u32, Option<usize>);

/// For each place that a threat can come to, the place before it, and whether the move between gains.
type Origins = BTreeMap<Place, (Place, bool)>;

/// Who looks, from where, and by which rule.
struct View {
    wanted: u32,
    maker: usize,
    concept: Concept,
}

/// The improvements that nothing sanctions. Answers that the board's steps do not reach are not looked at.
pub(super) fn gaps(
    board: &mut Board<'_>,
    wanted: u32,
    maker: usize,
    concept: Concept,
) -> Result<Vec<Gap<u32>>, Refusal> {
    let view = View { wanted, maker, concept };
    let need = need(board, wanted, maker, concept)?;
    let mut found = Vec::new();
    for clause in need.clauses {
        let mut holds = false;
        for way in &clause.ways {
            holds |= way.iter().all(|state| !board.prefers(maker, *state, wanted));
        }
        if holds {
            continue;
        }
        let Some(loss) = view.loss(board, clause.to).ok_or(Refusal::TooManyMoves)? else { continue };
        let (mut least, mut after, mut complete) = (loss, clause.to, true);
        if concept != Concept::Nash {
            let (responses, all) = board.responses(maker, clause.to, concept.credible());
            complete = all;
            for state in responses {
                let other = view.loss(board, state);
                complete &= other.is_some();
                if let Some(Some(other)) = other
                    && other.weight() < least.weight()
                {
                    (least, after) = (other, state);
                }
            }
        }
        let threat = if concept.credible() { view.threat(board, clause.to) } else { Some(None) };
        complete &= threat.is_some();
        found.push(Gap { to: clause.to, loss, least, after, threat: threat.flatten(), complete });
    }
    Ok(found)
}

impl View {
    /// What has to be lost at a state, and where the decision maker can move on to: `Some(None)` when it is no better
    /// off anyway, `None` when the steps are used up.
    fn loss(&self, board: &mut Board<'_>, state: u32) -> Option<Option<Loss>> {
        let mut worst = board.loss(self.maker, state, self.wanted);
        if self.concept.symmetric() {
            for on in board.moves(self.maker, state)?.iter() {
                worst = match (worst, board.loss(self.maker, *on, self.wanted)) {
                    (Some(a), Some(b)) => Some(a.worse(b)),
                    (a, b) => a.or(b),
                };
            }
        }
        Some(worst)
    }

    /// The sanction with the fewest moves that are no improvement, then the fewest moves. `None` when the steps are used
    /// up, `Some(None)` when there is none.
    fn threat(&self, board: &mut Board<'_>, from: u32) -> Option<Option<Threat<u32>>> {
        let start: Place = (from, None);
        let mut came = Origins::new();
        // Places of the present number of idle moves, breadth first; those of one more wait.
        let mut now = VecDeque::from([(start, None)]);
        let mut later = VecDeque::new();
        let mut idle = 0;
        loop {
            let Some((place, origin)) = now.pop_front() else {
                if later.is_empty() {
                    return Some(None);
                }
                now = std::mem::take(&mut later);
                idle += 1;
                continue;
            };
            if (place != start && came.contains_key(&place)) || (place == start && origin.is_some()) {
                continue;
            }
            if let Some(origin) = origin {
                came.insert(place, origin);
                if self.loss(board, place.0)?.is_none() {
                    return Some(Some(Threat { steps: steps(board, &came, place), idle }));
                }
            }
            for mover in board.others(self.maker).into_iter().filter(|mover| Some(*mover) != place.1) {
                for to in board.moves(mover, place.0)?.iter().copied() {
                    let gains = board.improves(mover, place.0, to);
                    let next = ((to, Some(mover)), Some((place, gains)));
                    if gains {
                        now.push_back(next);
                    } else {
                        later.push_back(next);
                    }
                }
            }
        }
    }
}

/// The way back from a place, turned round.
fn steps(board: &Board<'_>, came: &Origins, end: Place) -> Vec<ThreatStep<u32>> {
    let mut steps = Vec::new();
    let mut at = end;
    while let Some((before, gains)) = came.get(&at) {
        let movers = at.1.map(|mover| board.holders(mover).to_vec()).unwrap_or_default();
        steps.push(ThreatStep { movers, to: at.0, gains: *gains });
        at = *before;
    }
    steps.reverse();
    steps
}

impl Board<'_> {
    /// What has to be lost at a state for it to be no better than another; `None` when it is no better.
    fn loss(&mut self, maker: usize, state: u32, than: u32) -> Option<Loss> {
        let score = self.score(maker, state) - self.score(maker, than);
        (score > 0).then(|| Loss {
            score,
            ranks: self.levels(maker, state, than),
            statement: self.first_difference(maker, state, than),
        })
    }
}
