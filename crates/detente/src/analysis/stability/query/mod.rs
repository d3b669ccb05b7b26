//! Questions about one state, whatever the number of states: is it stable, is it an equilibrium, and why.
//!
//! No state but those that are named in the answer is looked at. With the score of the state as a fixed threshold,
//! the states from which the others can answer are found backwards, move by move, as decision diagrams.

use super::symbolic::concepts::improving_into;
use super::symbolic::diagram::Set;
use super::symbolic::fold::{above, reaching};
use super::symbolic::list;
use super::symbolic::model::Model;
use super::symbolic::table::Full;
use super::symbolic::{Budget, Halt, Refusal};
use super::{Answer, Concept, Solution, Step, Why};
use crate::game::Outcome;
use crate::game::conflict::Conflict;

/// A conflict of any size that questions about single states are asked of.
///
/// ```
/// use detente::analysis::stability::{Concept, Query, symbolic::Budget};
/// use detente::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
/// use detente::game::{Formula, Issue, Outcome, Space};
/// use std::sync::Arc;
///
/// // A hundred options of two sides; each wants the other's first option not taken, and then its own taken.
/// let side = |id: usize| Maker {
///     id: format!("s{id}"),
///     name: String::new(),
///     preference: Preference::Statements(vec![Formula::In(1 - id, vec![0]), Formula::In(id, vec![1])]),
///     strength: Strength::None,
///     unknown: Vec::new(),
///     unseen: None,
/// };
/// let conflict = Conflict {
///     space: Arc::new(Space { issues: (0..100).map(|at| Issue::named(&format!("o{at}"), &["n", "y"])).collect() }),
///     makers: vec![side(0), side(1)],
///     control: (0..100).map(|at| Control { holders: vec![at % 2], moves: Moves::Free }).collect(),
///     rules: Vec::new(),
/// };
/// let mut query = Query::new(&conflict, Budget::default()).unwrap();
/// let peace = Outcome::new([0; 100]);
/// assert_eq!(query.equilibrium(&peace, Concept::Nash).unwrap(), Some(false));
/// assert_eq!(query.equilibrium(&peace, Concept::Seq).unwrap(), Some(true));
/// let why = query.why(&peace, 0, Concept::Seq, 1).unwrap().unwrap();
/// assert_eq!(why.answers[0].sanction.as_ref().unwrap()[0].maker, 1);
/// ```
#[derive(Debug)]
pub struct Query<'a> {
    conflict: &'a Conflict,
    model: Model,
}

/// The states from which the others can answer in at most 0, 1, 2, … moves.
struct Answers {
    layers: Vec<Set>,
    /// Whether each move has to be an improvement of who makes it.
    credible: bool,
    /// Whether more moves lead from no further state.
    whole: bool,
}

/// What a question about one state comes to before answers are sought.
struct Case {
    maker: usize,
    /// Where the decision maker can move to that it prefers.
    improvements: Set,
    answers: Answers,
}

impl<'a> Query<'a> {
    /// Reads a conflict. The budget is for all questions together.
    ///
    /// # Errors
    /// When the conflict has a fault, or its preferences alone use the budget up.
    pub fn new(conflict: &'a Conflict, budget: Budget) -> Result<Self, Halt> {
        let model = Model::new(conflict, budget.nodes, budget.steps).map_err(Halt::Refused)?;
        let model = model.map_err(|full| spent(full, None))?;
        Ok(Query { conflict, model })
    }

    /// Whether a state is stable for a decision maker by a concept; `None` where the outcome is no state or the
    /// decision maker is not there.
    ///
    /// # Errors
    /// When the budget is used up, or credible answers are asked for where several others move together.
    pub fn stable(&mut self, state: &Outcome, maker: usize, concept: Concept) -> Result<Option<bool>, Halt> {
        if !self.asks(state, maker, concept)? {
            return Ok(None);
        }
        let answer = self.case(state, maker, concept).and_then(|mut case| self.unanswered(&mut case));
        answer.map(|open| Some(open.is_empty())).map_err(|full| spent(full, Some((maker, concept))))
    }

    /// Whether a state is stable for all decision makers by a concept; `None` where the outcome is no state.
    ///
    /// # Errors
    /// As [`Query::stable`].
    pub fn equilibrium(&mut self, state: &Outcome, concept: Concept) -> Result<Option<bool>, Halt> {
        let mut holds = self.conflict.feasible(state).then_some(true);
        for maker in 0..self.conflict.makers.len() {
            if holds == Some(true) {
                holds = self.stable(state, maker, concept)?;
            }
        }
        Ok(holds)
    }

    /// Why a state is stable for a decision maker by a concept, or why not, with at most `most` improvements and the
    /// shortest sanction of each; `None` where the outcome is no state or the decision maker is not there.
    ///
    /// Of sanctions that are equally short, a credible one is taken before others (unless several others move
    /// together), then the earlier movers and the lower states. A move by consent is a step of each who agrees.
    ///
    /// # Errors
    /// As [`Query::stable`].
    pub fn why(&mut self, state: &Outcome, maker: usize, concept: Concept, most: usize) -> Result<Option<Why>, Halt> {
        if !self.asks(state, maker, concept)? {
            return Ok(None);
        }
        self.explain(state, maker, concept, most).map(Some).map_err(|full| spent(full, Some((maker, concept))))
    }

    /// Whether there is something to ask about.
    fn asks(&self, state: &Outcome, maker: usize, concept: Concept) -> Result<bool, Halt> {
        let joint = self.model.others(maker).into_iter().map(|at| &self.model.movers[at].holders);
        match joint.into_iter().find(|holders| holders.len() > 1) {
            Some(holders) if concept.credible() => Err(Halt::Refused(Refusal::JointAnswer(holders.clone()))),
            _ => Ok(maker < self.conflict.makers.len() && self.conflict.feasible(state)),
        }
    }

    fn explain(&mut self, state: &Outcome, maker: usize, concept: Concept, most: usize) -> Result<Why, Full> {
        let mut case = self.case(state, maker, concept)?;
        let open = self.unanswered(&mut case)?;
        let first = self.preferred(maker, &open, 1)?;
        let mut listed = first.clone();
        listed.extend(self.preferred(maker, &case.improvements, most)?.into_iter().filter(|to| !first.contains(to)));
        listed.truncate(most);
        // Whether a credible sanction is as short.
        let alone = self.model.others(maker).iter().all(|at| self.model.movers[*at].holders.len() == 1);
        let start = case.answers.layers.first().cloned().into_iter().collect();
        let mut also =
            (alone && !concept.credible()).then_some(Answers { layers: start, credible: true, whole: false });
        let mut answers = Vec::new();
        for to in listed {
            let mut sanction = None;
            if concept != Concept::Nash {
                sanction = self.sanction(&case, also.as_mut(), &to)?;
            }
            let credible = sanction.as_ref().is_some_and(|steps| self.gains(&to, steps));
            answers.push(Answer { to, sanction, credible });
        }
        let improvements = u64::try_from(self.model.diagrams.count(&case.improvements)).ok();
        Ok(Why { maker, concept, stable: open.is_empty(), improvements, answers })
    }

    fn case(&mut self, state: &Outcome, maker: usize, concept: Concept) -> Result<Case, Full> {
        let bits = self.model.assignment(state);
        let score: Vec<bool> = self.score(maker, &bits);
        let moves = self.moves(maker, state)?;
        let model = &mut self.model;
        let better = above(&mut model.diagrams, &model.players[maker].score, &score)?;
        let improvements = model.diagrams.and(&moves, &better)?;
        let mut sanctions = model.diagrams.without(&model.feasible, &better)?;
        if concept.symmetric() {
            let mover = &model.movers[maker];
            let into = model.diagrams.and(&better, &mover.domain)?;
            let escapes = reaching(&mut model.diagrams, &model.digits, mover, &into)?;
            let escapes = model.diagrams.and(&escapes, &mover.domain)?;
            sanctions = model.diagrams.without(&sanctions, &escapes)?;
        }
        // By Nash stability there are no answers.
        let none = concept == Concept::Nash;
        let start = if none { model.diagrams.constant(false) } else { sanctions };
        let answers = Answers { layers: vec![start], credible: concept.credible(), whole: none };
        Ok(Case { maker, improvements, answers })
    }

    /// The improvements that nothing answers.
    fn unanswered(&mut self, case: &mut Case) -> Result<Set, Full> {
        loop {
            let reached = case.answers.layers.last().cloned().unwrap_or_else(|| self.model.diagrams.constant(false));
            let open = self.model.diagrams.without(&case.improvements, &reached)?;
            if open.is_empty() || case.answers.whole {
                return Ok(open);
            }
            self.lengthen(case.maker, &mut case.answers)?;
        }
    }

    /// Adds the states from which answers take a move more.
    fn lengthen(&mut self, maker: usize, answers: &mut Answers) -> Result<(), Full> {
        let Some(into) = answers.layers.last().cloned() else { return Ok(()) };
        let mut layer = into.clone();
        for at in self.model.others(maker) {
            let more = if answers.credible {
                improving_into(&mut self.model, at, &into)?
            } else {
                let (diagrams, mover) = (&mut self.model.diagrams, &self.model.movers[at]);
                let among = diagrams.and(&into, &mover.domain)?;
                let from = reaching(diagrams, &self.model.digits, mover, &among)?;
                diagrams.and(&from, &mover.domain)?
            };
            layer = self.model.diagrams.or(&layer, &more)?;
        }
        answers.whole = layer == into;
        if !answers.whole {
            answers.layers.push(layer);
        }
        Ok(())
    }

    /// The first of the most preferred states of a set: by score, then by number.
    fn preferred(&mut self, maker: usize, set: &Set, most: usize) -> Result<Vec<Outcome>, Full> {
        let mut found: Vec<Outcome> = Vec::new();
        let mut left = set.clone();
        while !left.is_empty() && found.len() < most {
            let mut class = left.clone();
            for at in 0..self.model.players[maker].score.len() {
                let with = self.model.diagrams.and(&class, &self.model.players[maker].score[at])?;
                if !with.is_empty() {
                    class = with;
                }
            }
            found.extend(list::first(&mut self.model, &class, most - found.len())?);
            left = self.model.diagrams.without(&left, &class)?;
        }
        Ok(found)
    }

    /// The shortest sanction from a state: by the answers of the concept, or by credible ones where they are as short.
    fn sanction(&mut self, case: &Case, also: Option<&mut Answers>, from: &Outcome) -> Result<Option<Vec<Step>>, Full> {
        let bits = self.model.assignment(from);
        let meets = |query: &Self, set: &Set| query.model.diagrams.holds(set, &bits);
        let Some(moves) = case.answers.layers.iter().position(|layer| meets(self, layer)) else { return Ok(None) };
        if let Some(also) = also {
            while also.layers.len() <= moves && !also.whole {
                self.lengthen(case.maker, also)?;
            }
            if also.layers.get(moves).is_some_and(|layer| meets(self, layer)) {
                return self.path(case.maker, also, moves, from).map(Some);
            }
        }
        self.path(case.maker, &case.answers, moves, from).map(Some)
    }

    /// The first path of so many moves from a state to a sanction.
    fn path(&mut self, maker: usize, answers: &Answers, moves: usize, from: &Outcome) -> Result<Vec<Step>, Full> {
        let mut steps = Vec::new();
        let mut here = from.clone();
        for layer in answers.layers.iter().take(moves).rev() {
            for at in self.model.others(maker) {
                let mut next = self.moves(at, &here)?;
                next = self.model.diagrams.and(&next, layer)?;
                if answers.credible {
                    let score = self.score(at, &self.model.assignment(&here));
                    let gain = above(&mut self.model.diagrams, &self.model.players[at].score, &score)?;
                    next = self.model.diagrams.and(&next, &gain)?;
                }
                if let Some(to) = list::first(&mut self.model, &next, 1)?.pop() {
                    let holders = self.model.movers[at].holders.iter();
                    steps.extend(holders.map(|maker| Step { maker: *maker, to: to.clone() }));
                    here = to;
                    break;
                }
            }
        }
        Ok(steps)
    }

    /// Whether each move of a sanction is an improvement of who makes it.
    fn gains(&self, from: &Outcome, steps: &[Step]) -> bool {
        let (mut before, mut here) = (from, from);
        steps.iter().all(|step| {
            // The next who agrees to the same move starts from where it started.
            if step.to != *here {
                (before, here) = (here, &step.to);
            }
            self.conflict.score(step.maker, here) > self.conflict.score(step.maker, before)
        })
    }

    /// Where a mover can go from a state, the state itself left out.
    fn moves(&mut self, mover: usize, from: &Outcome) -> Result<Set, Full> {
        let bits = self.model.assignment(from);
        let Model { diagrams, digits, movers, .. } = &mut self.model;
        let mover = &movers[mover];
        if !diagrams.holds(&mover.domain, &bits) {
            return Ok(diagrams.constant(false));
        }
        let held = |issue: &usize| self.conflict.control.get(*issue).is_some_and(|c| c.holders == mover.holders);
        let fixed: Vec<(u32, bool)> =
            (0..digits.issues()).filter(|i| !held(i)).flat_map(|i| digits.literals(i, from.digit(i))).collect();
        let fixed = diagrams.cube(&fixed)?;
        let open = diagrams.cofactor(&mover.domain, &fixed)?;
        let mut to = diagrams.and(&open, &fixed)?;
        for issue in (0..digits.issues()).filter(held) {
            let limited = mover.limited.iter().find(|limited| limited.issue == issue);
            let digit = from.digit(issue);
            let allowed = match limited {
                Some(limited) => limited.to.get(usize::from(digit)).cloned().unwrap_or_default(),
                None if mover.freely.contains(&issue) => continue,
                None => vec![digit],
            };
            let allowed = digits.one_of(diagrams, issue, &allowed)?;
            to = diagrams.and(&to, &allowed)?;
        }
        match digits.state(diagrams, from)? {
            Some(state) => diagrams.without(&to, &state),
            None => Ok(to),
        }
    }

    /// The digits of a decision maker's score at a state.
    fn score(&self, maker: usize, bits: &[bool]) -> Vec<bool> {
        self.model.players[maker].score.iter().map(|plane| self.model.diagrams.holds(plane, bits)).collect()
    }
}

fn spent(full: Full, at: Option<(usize, Concept)>) -> Halt {
    Halt::Budget { nodes: full == Full::Nodes, at, so_far: Box::new(Solution::default()) }
}

#[cfg(test)]
mod tests;
