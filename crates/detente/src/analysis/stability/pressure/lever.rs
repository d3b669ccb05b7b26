//! An option that somebody pulls when the wanted state is left.

use crate::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Issue, Outcome, Space};
use std::sync::Arc;

/// A lever: a new issue with two values, `no` and `yes`, that its holder moves at will.
///
/// The holder wants it pulled exactly when the wanted state is left, before all else that it wants: a commitment. Whether
/// one exists is for the case to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// The id of the new issue.
    pub id: String,
    /// Who holds it.
    pub holder: Holder,
    /// On whom it is felt, and how much.
    pub on: Vec<(usize, Penalty)>,
}

/// Who holds a lever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A decision maker that is there. The commitment may change what holds for it elsewhere.
    Maker(usize),
    /// A new one, which wants nothing else.
    New {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
}

/// How much a lever is felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Penalty {
    /// A new statement at this place of the list, before the one that is there: the lever is not pulled.
    Before(usize),
    /// So much less in the scores of a sum or a ranking, wherever it is pulled.
    Score(i64),
}

/// What keeps a lever from being added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The wanted state is not feasible.
    NoSuchState,
    /// There is no such decision maker, or it is both holder and target.
    NoSuchMaker(usize),
    /// An issue has the id already.
    SameId,
    /// A statement's place for a preference that is none of statements, or the other way round.
    Form(usize),
    /// The preference cannot hold more: too many statements, or numbers too large.
    Full(usize),
}

/// Adds a lever to a conflict. Gives the conflict and the wanted state in it, with the lever not pulled. How strongly
/// those who hold or feel it prefer anything is no longer said.
///
/// # Errors
///
/// A [`Misfit`] when the lever does not fit the conflict.
pub fn pull(conflict: &Conflict, state: &Outcome, lever: &Lever) -> Result<(Conflict, Outcome), Misfit> {
    if !conflict.feasible(state) {
        return Err(Misfit::NoSuchState);
    }
    if conflict.space.issue(&lever.id).is_some() {
        return Err(Misfit::SameId);
    }
    let issue = conflict.space.issues.len();
    let mut with = conflict.clone();
    // States of a ranking are those of the old space: they are sums from here on.
    for maker in &mut with.makers {
        maker.preference = widened(&maker.preference);
    }
    for (target, penalty) in &lever.on {
        let maker = with.makers.get_mut(*target).ok_or(Misfit::NoSuchMaker(*target))?;
        if lever.holder == Holder::Maker(*target) {
            return Err(Misfit::NoSuchMaker(*target));
        }
        felt(maker, issue, *penalty).map_err(|fault| fault(*target))?;
    }
    let at_state = state.digits().iter().enumerate().map(|(at, digit)| Formula::In(at, vec![*digit])).collect();
    let (stays, pulled) = (Formula::And(at_state), Formula::In(issue, vec![1]));
    let wish = Formula::Or(vec![
        Formula::And(vec![stays.clone(), pulled.clone().not()]),
        Formula::And(vec![stays.not(), pulled]),
    ]);
    let holder = match &lever.holder {
        Holder::Maker(at) => {
            let maker = with.makers.get_mut(*at).ok_or(Misfit::NoSuchMaker(*at))?;
            commit(maker, wish).map_err(|fault| fault(*at))?;
            *at
        }
        Holder::New { id, name } => {
            with.makers.push(Maker {
                id: id.clone(),
                name: name.clone(),
                preference: Preference::Statements(vec![wish]),
                strength: Strength::None,
                unknown: Vec::new(),
                unseen: None,
            });
            with.makers.len() - 1
        }
    };
    let mut issues = with.space.issues.clone();
    issues.push(Issue::named(&lever.id, &["no", "yes"]));
    with.space = Arc::new(Space { issues });
    with.control.push(Control { holders: vec![holder], moves: Moves::Free });
    let digits: Vec<u16> = state.digits().iter().copied().chain([0]).collect();
    Ok((with, Outcome::new(digits)))
}

/// A preference that says the same of states with one more issue.
fn widened(preference: &Preference) -> Preference {
    let Preference::Ranking { scores, others } = preference else { return preference.clone() };
    let is = |state: &Outcome| {
        Formula::And(state.digits().iter().enumerate().map(|(at, digit)| Formula::In(at, vec![*digit])).collect())
    };
    let mut terms = vec![(Formula::Constant(true), *others)];
    for (state, score) in scores {
        // Two terms, as the difference may be more than a number holds.
        terms.push((is(state), *score));
        terms.push((is(state), others.saturating_neg()));
    }
    Preference::Sum { worth: Vec::new(), terms }
}

/// Makes a decision maker feel the lever.
fn felt(maker: &mut Maker, issue: usize, penalty: Penalty) -> Result<(), fn(usize) -> Misfit> {
    maker.strength = Strength::None;
    match (&mut maker.preference, penalty) {
        (Preference::Statements(all), Penalty::Before(place)) => {
            if all.len() >= Preference::MOST_STATEMENTS {
                return Err(Misfit::Full);
            }
            all.insert(place.min(all.len()), Formula::In(issue, vec![0]));
        }
        (Preference::Sum { terms, .. }, Penalty::Score(score)) => {
            let less = score.checked_neg().ok_or(Misfit::Full as fn(usize) -> Misfit)?;
            terms.push((Formula::In(issue, vec![1]), less));
        }
        _ => return Err(Misfit::Form),
    }
    Ok(())
}

/// Makes a decision maker want this before all else.
fn commit(maker: &mut Maker, wish: Formula) -> Result<(), fn(usize) -> Misfit> {
    maker.strength = Strength::None;
    match &mut maker.preference {
        Preference::Statements(all) if all.len() < Preference::MOST_STATEMENTS => all.insert(0, wish),
        Preference::Sum { worth, terms } => {
            let weights = worth.iter().flatten().chain(terms.iter().map(|(_, weight)| weight));
            let all: i128 = weights.map(|weight| i128::from(*weight).abs()).sum();
            let most = i64::try_from(all * 2 + 1).map_err(|_| Misfit::Full as fn(usize) -> Misfit)?;
            terms.push((wish, most));
        }
        Preference::Statements(_) | Preference::Ranking { .. } => return Err(Misfit::Full),
    }
    Ok(())
}
