//! Why a state holds for a decision maker: each improvement with the shortest sanction.

use super::response::others;
use super::{Literal, rank};
use crate::analysis::stability::sequence::{Kind, Mover, Sequences, movers};
use crate::analysis::stability::{Answer, Concept, Step, Why};
use crate::game::Outcome;

impl Literal {
    /// Why a state is stable for a decision maker by a concept, or why not, with at most `most` improvements and the
    /// shortest sanction of each. `None` where the outcome is no state or the decision maker is not there.
    ///
    /// Of sanctions that are equally short, a credible one is taken before others, then the earlier movers and the
    /// lower states. A move by consent is a step of each who agrees, to the same state, one after another.
    #[must_use]
    pub fn why(&self, state: &Outcome, maker: usize, concept: Concept, most: usize) -> Option<Why> {
        let at = self.position(state)?;
        let it = self.graph.makers.get(maker)?;
        let rank = |state: usize| rank(&it.order, state);
        let mut improvements: Vec<usize> = it.moves.get(at)?.iter().map(|to| *to as usize).collect();
        improvements.retain(|to| rank(*to) > rank(at));
        improvements.sort_by_key(|to| (std::cmp::Reverse(rank(*to)), *to));
        let group = others(&self.graph, &[maker]);
        let kinds: &[Kind] = match concept {
            Concept::Nash => &[],
            _ if concept.credible() => &[Kind::Gain],
            _ => &[Kind::Gain, Kind::Any],
        };
        let sides: Vec<Vec<Mover>> = kinds.iter().map(|kind| movers(&self.graph, &group, *kind)).collect();
        let no_better = |to: usize| rank(to) <= rank(at);
        let held = |to: usize| it.moves.get(to).into_iter().flatten().all(|to| no_better(*to as usize));
        let sanction = |to: usize| no_better(to) && (!concept.symmetric() || held(to));
        let answer = |to: usize| self.shortest(to, &sides, &sanction);
        let mut answers: Vec<(usize, Option<Vec<Step>>)> = improvements.iter().map(|to| (*to, answer(*to))).collect();
        let open = answers.iter().position(|(_, sanction)| sanction.is_none());
        if let Some(open) = open {
            answers[..=open].rotate_right(1);
        }
        let answer = |(to, sanction): (usize, Option<Vec<Step>>)| {
            let credible = sanction.as_ref().is_some_and(|steps| self.credible(to, steps));
            Some(Answer { to: self.outcomes.get(to)?.clone(), sanction, credible })
        };
        Some(Why {
            maker,
            concept,
            stable: open.is_none(),
            improvements: u64::try_from(improvements.len()).ok(),
            answers: answers.into_iter().take(most).filter_map(answer).collect(),
        })
    }

    /// The shortest sequence from a state to a sanction; the first of the groups of movers where they are equally short.
    fn shortest(&self, from: usize, sides: &[Vec<Mover>], sanction: &impl Fn(usize) -> bool) -> Option<Vec<Step>> {
        let found = sides.iter().filter_map(|side| {
            let sequences = Sequences::from(self.outcomes.len(), side, from);
            let path = sequences.path(sequences.nearest(sanction)?);
            Some((path.len(), side, path))
        });
        let (_, side, path) = found.min_by_key(|(length, ..)| *length)?;
        let steps = path.into_iter().flat_map(|(mover, state)| {
            let holders = side.get(mover).map(|mover| mover.holders.as_slice()).unwrap_or_default();
            let to = self.outcomes.get(state);
            holders.iter().filter_map(move |maker| Some(Step { maker: *maker, to: to?.clone() }))
        });
        Some(steps.collect())
    }

    /// Whether each move of a sequence is an improvement of the one who makes it.
    fn credible(&self, from: usize, steps: &[Step]) -> bool {
        let (mut before, mut here) = (from, from);
        steps.iter().all(|step| {
            let Some(to) = self.position(&step.to) else { return false };
            // The next who agrees to the same move starts from where it started.
            if to != here {
                (before, here) = (here, to);
            }
            Kind::Gain.counts(&self.graph, step.maker, before, to)
        })
    }
}
