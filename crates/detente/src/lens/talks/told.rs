//! One session, told step by step.

use super::lens::logged;
use super::run::Laid;
use super::setup::Setup;
use super::tally::terms;
use super::{End, Happened, Step, Told};
use crate::game::Outcome;
use crate::lens::Question;
use crate::talks::{Actor, Event, Move, What, classify};

pub(super) fn told(setup: &Setup<'_>, question: &Question<'_>, index: u64, why: String) -> Option<Told> {
    let (laid, logged) = logged(setup, question, index)?;
    let meeting = |round: u32| round.div_ceil(logged.offers_per_meeting.max(1));
    let mut last: Vec<Option<Outcome>> = vec![None; laid.seats.len()];
    let mut told = Told {
        session: index,
        why,
        moves: Vec::new(),
        events: Vec::new(),
        ending: ending(setup, logged.run.end, logged.run.by),
        floors: (0..laid.seats.len()).map(|at| laid.scaled(at, laid.floors.get(at).copied().unwrap_or(0))).collect(),
    };
    for event in &logged.log {
        let at = meeting(event.round);
        if let Some((seat, outcome)) = event.offer() {
            told.moves.push(step(setup, &laid, at, seat, outcome, last.get(seat).and_then(Option::as_ref)));
            if let Some(last) = last.get_mut(seat) {
                *last = Some(outcome.clone());
            }
        } else if let Some(says) = says(setup, event) {
            told.events.push(Happened { meeting: at, says });
        }
    }
    Some(told)
}

fn step(setup: &Setup<'_>, laid: &Laid, meeting: u32, by: usize, outcome: &Outcome, before: Option<&Outcome>) -> Step {
    let utility = |seat: usize, outcome: &Outcome| laid.seats.get(seat).map_or(0, |s| s.utility(outcome));
    let other = (by + 1) % laid.seats.len().max(1);
    let class = before.map(|before| {
        classify(utility(by, before), utility(by, outcome), utility(other, before), utility(other, outcome))
    });
    Step {
        meeting,
        by,
        worth: (0..laid.seats.len()).map(|seat| laid.scaled(seat, utility(seat, outcome))).collect(),
        class,
        outcome: terms(setup, outcome),
    }
}

fn name(setup: &Setup<'_>, seat: usize) -> String {
    setup.party(seat).map_or_else(String::new, |party| party.name.clone())
}

/// An event that is no offer, in a sentence.
fn says(setup: &Setup<'_>, event: &Event) -> Option<String> {
    match (&event.by, &event.what) {
        (Actor::Seat(seat), What::Move(Move::Accept)) => Some(format!("{} accepts.", name(setup, *seat))),
        (Actor::Seat(seat), What::Move(Move::Leave)) => Some(format!("{} walks away.", name(setup, *seat))),
        _ => None,
    }
}

fn ending(setup: &Setup<'_>, end: Option<End>, by: Option<usize>) -> String {
    let who = by.map(|seat| name(setup, seat)).unwrap_or_default();
    match end {
        Some(End::Agreed) => "All agree.".to_string(),
        Some(End::Deadline) => "The last meeting passes.".to_string(),
        Some(End::Left) => format!("{who} walks away."),
        Some(End::Recalled) => format!("{who} recalls its delegation."),
        Some(End::Breakdown) => "The talks break down.".to_string(),
        Some(End::Stopped) | None => "Nothing is left to try.".to_string(),
    }
}
