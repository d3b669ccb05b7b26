//! The concepts over sets of states.
//!
//! All are thresholds: a state holds for a decision maker when what it can secure by moving is no more than what it
//! has. What it secures by a move is the least that the others' answers leave it; by the best move, the most of that.

use super::diagram::Set;
use super::fold::{Best, Planes, best, choose, greater, opposite, reaching};
use super::model::{Model, Mover};
use super::{Full, diagram::Diagrams};

/// What a decision maker can secure by the best of its moves, and where that is more than it has.
pub(super) struct Secured {
    most: Planes,
    /// Where the decision maker has no such move.
    pub(super) stable: Set,
}

/// Where a decision maker cannot better itself at once.
pub(super) fn nash(model: &mut Model, maker: usize) -> Result<Secured, Full> {
    let score = model.players[maker].score.clone();
    let Best { most, givers, .. } = own(model, maker, &score)?;
    let diagrams = &mut model.diagrams;
    let player = &model.players[maker];
    let better = if model.movers[maker].limited.is_empty() {
        diagrams.without(&player.seen, &givers)?
    } else {
        let more = greater(diagrams, &most, &score)?;
        diagrams.and(&more, &player.seen)?
    };
    let stable = diagrams.without(&model.feasible, &better)?;
    Ok(Secured { most, stable })
}

/// The most of `value` that a decision maker can move to.
fn own(model: &mut Model, maker: usize, value: &[Set]) -> Result<Best, Full> {
    let mover = &model.movers[maker];
    best(&mut model.diagrams, &model.digits, mover, &mover.domain, value)
}

/// What a decision maker has after its best move from each state: where it sees nothing, what it has.
fn escape(model: &mut Model, maker: usize, nash: &Secured) -> Result<Planes, Full> {
    let player = &model.players[maker];
    if player.seen == model.feasible {
        return Ok(nash.most.clone());
    }
    choose(&mut model.diagrams, &player.seen, &nash.most, &player.score)
}

/// Where every improvement can be answered; `symmetric`, so that no move out of the answer helps.
pub(super) fn metarational(model: &mut Model, maker: usize, nash: &Secured, symmetric: bool) -> Result<Secured, Full> {
    let score = model.players[maker].score.clone();
    let start = if symmetric { escape(model, maker, nash)? } else { score.clone() };
    let left = least(model, maker, start)?;
    let value = if symmetric {
        let more = greater(&mut model.diagrams, &left, &score)?;
        choose(&mut model.diagrams, &more, &score, &left)?
    } else {
        // The answers begin with none at all.
        left
    };
    let most = own(model, maker, &value)?.most;
    let diagrams = &mut model.diagrams;
    let more = greater(diagrams, &most, &score)?;
    let better = diagrams.and(&more, &model.players[maker].seen)?;
    let stable = diagrams.without(&model.feasible, &better)?;
    Ok(Secured { most, stable })
}

/// The least of `value` that the others can bring about from each state, moving in turns.
fn least(model: &mut Model, maker: usize, value: Planes) -> Result<Planes, Full> {
    let others = model.others(maker);
    if model.product && others.iter().all(|at| model.movers[*at].domain == model.feasible) {
        let together = together(model, &others)?;
        let value = opposite(&mut model.diagrams, &value);
        let found = best(&mut model.diagrams, &model.digits, &together, &together.domain, &value)?;
        return Ok(opposite(&mut model.diagrams, &found.most));
    }
    let mut value = value;
    loop {
        let mut changed = false;
        for at in &others {
            let mover = &model.movers[*at];
            let diagrams = &mut model.diagrams;
            let negative = opposite(diagrams, &value);
            let found = best(diagrams, &model.digits, mover, &mover.domain, &negative)?;
            let mut next = opposite(diagrams, &found.most);
            if mover.domain != model.feasible {
                next = choose(diagrams, &mover.domain, &next, &value)?;
            }
            for (old, new) in value.iter().zip(&next) {
                let differ = diagrams.xor(old, new)?;
                changed |= !diagrams.and(&differ, &model.feasible)?.is_empty();
            }
            value = next;
        }
        if !changed || others.len() < 2 {
            return Ok(value);
        }
    }
}

/// Where all moves of several are open at every state, moving in turns is changing everything that any of them can.
fn together(model: &mut Model, movers: &[usize]) -> Result<Mover, Full> {
    let mut all = Mover {
        holders: Vec::new(),
        free: model.diagrams.constant(true),
        freely: Vec::new(),
        limited: Vec::new(),
        domain: model.feasible.clone(),
    };
    for at in movers {
        let mover = &model.movers[*at];
        all.free = model.diagrams.and(&all.free, &mover.free)?;
        all.freely.extend(&mover.freely);
        all.limited.extend(mover.limited.iter().cloned());
    }
    Ok(all)
}

/// What is known before credible answers are asked for.
pub(super) struct Known<'a> {
    pub(super) nash: &'a Secured,
    /// With answers that need not be credible: where even these do not deter, credible ones do not.
    pub(super) any_answer: &'a Secured,
    /// Where it is still asked.
    pub(super) open: Set,
}

/// Where every improvement would be answered to the advantage of each who answers.
///
/// For a fixed threshold, the states from which the others would bring the decision maker below it are found backwards
/// without a copy of any variable: one who moves does so where the best of its moves into them is better than what it
/// has. Thresholds are tried as a tree over the digits of the score, and only where states are left whose own score
/// begins as the threshold does and for which [`Known`] does not tell.
pub(super) fn sequential(model: &mut Model, maker: usize, symmetric: bool, known: &Known) -> Result<Set, Full> {
    let floor = if symmetric { escape(model, maker, known.nash)? } else { model.players[maker].score.clone() };
    let never = model.diagrams.constant(false);
    let mut search = Search { model, maker, floor, known, better: never };
    let open = known.open.clone();
    search.split(&mut Vec::new(), &open)?;
    let better = search.better;
    model.diagrams.without(&known.open, &better)
}

struct Search<'a> {
    model: &'a mut Model,
    maker: usize,
    /// What an answer leaves the decision maker.
    floor: Planes,
    known: &'a Known<'a>,
    better: Set,
}

impl Search<'_> {
    /// Decides for the states whose score, and whose best secured score, begin with these digits.
    fn split(&mut self, prefix: &mut Vec<bool>, open: &Set) -> Result<(), Full> {
        if open.is_empty() {
            return Ok(());
        }
        let Some(plane) = self.model.players[self.maker].score.get(prefix.len()).cloned() else {
            return Ok(());
        };
        prefix.push(true);
        let secured = self.secured(prefix, open)?;
        let diagrams = &mut self.model.diagrams;
        let high = diagrams.and(open, &plane)?;
        let low = diagrams.without(open, &plane)?;
        let gained = diagrams.and(&low, &secured)?;
        self.better = diagrams.or(&self.better, &gained)?;
        let high = diagrams.and(&high, &secured)?;
        let low = diagrams.without(&low, &secured)?;
        self.split(prefix, &high)?;
        prefix.pop();
        prefix.push(false);
        self.split(prefix, &low)?;
        prefix.pop();
        Ok(())
    }

    /// Which of these states the decision maker can move from so that it is secure of a score of at least `prefix`
    /// followed by zeros.
    fn secured(&mut self, prefix: &[bool], open: &Set) -> Result<Set, Full> {
        let diagrams = &mut self.model.diagrams;
        let below = below_prefix(diagrams, &self.known.any_answer.most, prefix)?;
        let sure = diagrams.without(open, &below)?;
        let beyond = below_prefix(diagrams, &self.known.nash.most, prefix)?;
        let doubtful = diagrams.and(open, &below)?;
        let doubtful = diagrams.without(&doubtful, &beyond)?;
        if doubtful.is_empty() {
            return Ok(sure);
        }
        let bad = brought_below(self.model, self.maker, &self.floor, prefix)?;
        let diagrams = &mut self.model.diagrams;
        let poor = below_prefix(diagrams, &self.model.players[self.maker].score, prefix)?;
        let bad = diagrams.or(&bad, &poor)?;
        let mover = &self.model.movers[self.maker];
        let good = diagrams.without(&mover.domain, &bad)?;
        let reach = reaching(diagrams, &self.model.digits, mover, &good)?;
        let found = diagrams.and(&doubtful, &reach)?;
        diagrams.or(&sure, &found)
    }
}

/// Where a number is less than `prefix` followed by zeros.
fn below_prefix(diagrams: &mut Diagrams, number: &[Set], prefix: &[bool]) -> Result<Set, Full> {
    let (always, never) = (diagrams.constant(true), diagrams.constant(false));
    let mut below = never.clone();
    for (plane, digit) in number.iter().zip(prefix).rev() {
        below =
            if *digit { diagrams.choose(plane, &below, &always)? } else { diagrams.choose(plane, &never, &below)? };
    }
    Ok(below)
}

/// The states from which the others, each move bettering who makes it, can lead to one where `floor` is less than
/// `prefix` followed by zeros; with these states.
fn brought_below(model: &mut Model, maker: usize, floor: &[Set], prefix: &[bool]) -> Result<Set, Full> {
    let start = below_prefix(&mut model.diagrams, floor, prefix)?;
    let mut bad = model.diagrams.and(&start, &model.feasible)?;
    let others = model.others(maker);
    loop {
        let before = bad.clone();
        for at in &others {
            let more = improving_into(model, *at, &bad)?;
            bad = model.diagrams.or(&bad, &more)?;
        }
        if bad == before || others.len() < 2 {
            return Ok(bad);
        }
    }
}

/// The states from which a single decision maker can move into the set to its advantage.
pub(in crate::analysis::stability) fn improving_into(model: &mut Model, maker: usize, into: &Set) -> Result<Set, Full> {
    let (diagrams, mover) = (&mut model.diagrams, &model.movers[maker]);
    let score = &model.players[maker].score;
    let among = diagrams.and(into, &mover.domain)?;
    let found = best(diagrams, &model.digits, mover, &among, score)?;
    let more = greater(diagrams, &found.most, score)?;
    let more = diagrams.and(&more, &found.any)?;
    diagrams.and(&more, &mover.domain)
}
