//! One session, told step by step.

use super::lens::logged;
use super::run::Laid;
use super::setup::Setup;
use super::tally::terms;
use super::{End, Happened, Step, Told};
use crate::game::Outcome;
use crate::lens::Question;
use crate::talks::course::{Answer, Cause, Clause, Entry, Happening, Held, Lever, Who};
use crate::talks::{Move, classify};

pub(super) fn told(setup: &Setup<'_>, question: &Question<'_>, index: u64, why: String) -> Option<Told> {
    let (laid, logged) = logged(setup, question, index)?;
    let mut last: Vec<Option<Outcome>> = vec![None; laid.seats.len()];
    let mut told = Told {
        session: index,
        why,
        moves: Vec::new(),
        events: Vec::new(),
        ending: ending(setup, logged.run.end, logged.run.by, logged.run.stands),
        floors: (0..laid.seats.len()).map(|at| laid.scaled(at, laid.floors.get(at).copied().unwrap_or(0))).collect(),
    };
    for entry in &logged.log {
        let at = entry.when.meeting();
        if let Some((seat, outcome)) = entry.offer() {
            told.moves.push(step(setup, &laid, at, seat, outcome, last.get(seat).and_then(Option::as_ref)));
            if let Some(last) = last.get_mut(seat) {
                *last = Some(outcome.clone());
            }
        }
        if let Some(says) = says(setup, &laid, entry) {
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

fn who(setup: &Setup<'_>, who: &Who) -> String {
    match who {
        Who::Delegation(seat) => format!("The delegation of {}", name(setup, *seat)),
        Who::Principal(seat) => format!("The principal of {}", name(setup, *seat)),
        Who::Outside(id) => {
            let actor = setup.document.actors.get(id).map(|actor| actor.name.clone());
            actor.unwrap_or_else(|| id.clone())
        }
        Who::Course => "The talks".to_string(),
    }
}

/// What an outcome moves, in words.
fn moves(setup: &Setup<'_>, outcome: &Outcome) -> String {
    let moved: Vec<String> =
        setup.space.moved(outcome).into_iter().filter_map(|at| value(setup, at, outcome.digit(at))).collect();
    if moved.is_empty() { "nothing".to_string() } else { moved.join("; ") }
}

fn value(setup: &Setup<'_>, issue: usize, digit: u16) -> Option<String> {
    let issue = setup.space.issues.get(issue)?;
    Some(format!("{}: {}", issue.name, issue.values.get(usize::from(digit))?.label))
}

fn clauses(setup: &Setup<'_>, clauses: &[Clause]) -> String {
    let each: Vec<String> = clauses.iter().filter_map(|c| value(setup, c.issue, c.value)).collect();
    each.join("; ")
}

fn held(setup: &Setup<'_>, held: &Held) -> String {
    match held {
        Held::Mandate(of) => format!("its mandate forbids {}", clauses(setup, of)),
        Held::RefusedBefore => "its principal has refused it".to_string(),
        Held::Gate(at) => {
            let claim = setup.frame.gates.get(*at).and_then(|gate| setup.words(&gate.name));
            claim.map_or_else(
                || "something has to come first".to_string(),
                |words| format!("something has to come first ({words})"),
            )
        }
        Held::Agenda(_) => "it is not on the agenda".to_string(),
        Held::Nothing => "it leaves everything as it stands".to_string(),
    }
}

/// An entry that is no plain offer, in a sentence.
fn says(setup: &Setup<'_>, laid: &Laid, entry: &Entry) -> Option<String> {
    let by = who(setup, &entry.by);
    let share = |seat: usize, amount: i128| laid.difference(seat, amount);
    Some(match &entry.what {
        Happening::MandateHolds { seat, name: claim, .. } => {
            let words = setup.words(claim).unwrap_or_else(|| claim.clone());
            format!("Of the mandate of {} this holds here: {words}.", name(setup, *seat))
        }
        Happening::Moved { made: Move::Accept, .. } => format!("{by} accepts what is on the table."),
        Happening::Moved { made: Move::Leave, .. } => format!("{by} leaves the table."),
        Happening::Moved { instead_of: Some((Move::Accept, why)), .. } => {
            format!("{by} would accept, and does not: {}.", held(setup, why))
        }
        Happening::Referred { clauses: of, due, .. } => {
            let when = due.map_or_else(|| "at once".to_string(), |due| format!("before meeting {due}"));
            format!("{by} refers at home: {}; the answer comes {when}.", clauses(setup, of))
        }
        Happening::Answered(answer) => match answer {
            Answer::Approve => format!("{by} approves."),
            Answer::Extend => format!("{by} approves, and widens the mandate."),
            Answer::Refuse => format!("{by} refuses."),
            Answer::Recall => format!("{by} refuses, and recalls the delegation."),
        },
        Happening::Void { held: why, .. } => {
            let why = why.as_ref().map_or_else(|| "a principal said no".to_string(), |why| held(setup, why));
            format!("What was accepted does not stand: {why}.")
        }
        Happening::Initialled { outcome } => format!("Initialled so far: {}.", moves(setup, outcome)),
        Happening::Signed { outcome, settles } => {
            let what = if *settles { "Signed" } else { "Signed as a part" };
            format!("{what}: {}.", moves(setup, outcome))
        }
        Happening::Decided { ratification, passed } => {
            let of = setup.frame.ratifications.get(*ratification).and_then(|pass| setup.words(&pass.claim));
            let of = of.unwrap_or_else(|| "ratification".to_string());
            format!("At home ({of}): it {}.", if *passed { "passes" } else { "fails" })
        }
        Happening::Cost { seat, total, .. } if share(*seat, *total) > 0.0 => {
            format!("Going on has cost {} {:.3} of its scale so far.", name(setup, *seat), share(*seat, *total))
        }
        Happening::Drifted { issue, to, .. } => format!("It moves by itself: {}.", value(setup, *issue, *to)?),
        Happening::Incident { incident, .. } => setup.frame.incident(*incident, setup.document)?,
        Happening::Occurred { name: step, .. } => {
            let step = setup.document.steps.get(step).map_or(step, |s| &s.name);
            format!("It has come about: {step}.")
        }
        Happening::Pressed { on, lever, on_now, .. } => {
            let amount = match lever {
                Lever::Cost(amount) | Lever::NoDeal(amount) => share(*on, *amount),
            };
            let what = if *on_now { "sets in" } else { "ceases" };
            format!("Pressure on {} {what} ({amount:.3} of its scale).", name(setup, *on))
        }
        Happening::Suspended { meetings, cause } => {
            let cause = match cause {
                Cause::Recall(seat) => format!("{} has recalled its delegation", name(setup, *seat)),
                Cause::WalkOut(seat) => format!("{} has walked out", name(setup, *seat)),
                Cause::Incident(_) => "of what has happened".to_string(),
                Cause::Referral(seat) => format!("the principal of {} has not answered yet", name(setup, *seat)),
                Cause::Ratification => "ratification is awaited".to_string(),
            };
            format!("{meetings} meetings are put off: {cause}.")
        }
        _ => return None,
    })
}

fn ending(setup: &Setup<'_>, end: Option<End>, by: Option<usize>, stands: bool) -> String {
    let who = by.map(|seat| name(setup, seat)).unwrap_or_default();
    let how = match end {
        Some(End::Agreed) => return "It ends with a settlement.".to_string(),
        Some(End::Deadline) => "the last meeting passes".to_string(),
        Some(End::Left) => format!("{who} walks out"),
        Some(End::Bound) => format!("the delegation of {who} has nothing that it may propose"),
        Some(End::Recalled) => format!("{who} recalls its delegation"),
        Some(End::Breakdown) => "the talks break off".to_string(),
        Some(End::NotRatified) => "what was signed fails at home".to_string(),
        Some(End::Undone) => "what was signed is undone".to_string(),
        Some(End::Stopped) | None => "nothing is left to try".to_string(),
    };
    format!("It ends when {how}, with {} in force.", if stands { "parts" } else { "nothing" })
}
