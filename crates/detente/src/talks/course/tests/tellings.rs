//! A log in words.

use super::super::*;
use super::Table;
use crate::game::Outcome;
use crate::talks::Move;

/// A log in words, one entry a line.
pub(in crate::talks::course) fn told(table: &Table, course: &Course) -> String {
    course.log().iter().map(|entry| line(table, entry)).collect::<Vec<_>>().join("\n")
}

fn line(table: &Table, entry: &Entry) -> String {
    let when = match entry.when {
        When::Before(meeting) => format!("before {meeting}"),
        When::During { meeting, round } => format!("{meeting}.{round}"),
    };
    let name = |seat: usize| table.scenario.parties[seat].name.clone();
    let by = match &entry.by {
        Who::Delegation(seat) => name(*seat),
        Who::Principal(seat) => format!("the capital of {}", name(*seat)),
        Who::Outside(somebody) => somebody.clone(),
        Who::Course => "·".to_string(),
    };
    format!("{when} | {by} {}", what(table, &entry.what))
}

fn words(table: &Table, outcome: &Outcome) -> String {
    table.scenario.space.named(outcome).values().cloned().collect::<Vec<_>>().join(" ")
}

fn values(table: &Table, clauses: &[Clause]) -> String {
    let value = |c: &Clause| table.scenario.space.issues[c.issue].values[usize::from(c.value)].id.clone();
    clauses.iter().map(value).collect::<Vec<_>>().join(", ")
}

fn held(table: &Table, held: &Held) -> String {
    match held {
        Held::Mandate(clauses) => format!("its mandate forbids {}", values(table, clauses)),
        Held::RefusedBefore => "its capital has refused that".to_string(),
        Held::Gate(at) => format!("gate {at} is closed"),
        Held::Agenda(issue) => format!("{} is not on the agenda", table.scenario.space.issues[*issue].id),
        Held::Nothing => "it leaves everything as it stands".to_string(),
    }
}

fn wish(table: &Table, what: &Move) -> String {
    match what {
        Move::Offer(outcome) => format!("offers {}", words(table, outcome)),
        Move::Accept => "accepts".to_string(),
        Move::Reject => "rejects".to_string(),
        Move::Leave => "leaves".to_string(),
        other => format!("{other:?}"),
    }
}

fn what(table: &Table, what: &Happening) -> String {
    let name = |seat: usize| table.scenario.parties[seat].name.clone();
    match what {
        Happening::MandateHolds { seat, name: claim, .. } => format!("the mandate of {} is “{claim}”", name(*seat)),
        Happening::NoDeal { seat, worth } => {
            format!("no deal is worth {} to {}", worth.map_or("nothing said".into(), |w| w.to_string()), name(*seat))
        }
        Happening::Opened => "the meeting opens".to_string(),
        Happening::Adjourned => "the meeting is over".to_string(),
        Happening::Missed => "the meeting does not take place".to_string(),
        Happening::Suspended { meetings, cause } => format!("{meetings} meetings put off: {cause:?}"),
        Happening::Moved { made, instead_of, beyond, step, after_answer } => {
            let mut says = wish(table, made);
            if let Some((wanted, why)) = instead_of {
                says += &format!(", and not “{}”: {}", wish(table, wanted), held(table, why));
            }
            if !beyond.is_empty() {
                let issues: Vec<&str> =
                    beyond.iter().map(|issue| table.scenario.space.issues[*issue].id.as_str()).collect();
                says += &format!(", ad referendum on {}", issues.join(", "));
            }
            if let Some(step) = step {
                says += &format!(" ({})", step.name());
            }
            if *after_answer {
                says += " (after the answer)";
            }
            says
        }
        Happening::Table(what) => format!("{what:?}"),
        Happening::Audience { cost, total } => format!("pays {cost} before its audience, {total} in all"),
        Happening::Referred { outcome, clauses, due, first } => {
            let first = if *first { " first" } else { "" };
            let due = due.map_or("now".to_string(), |due| format!("before {due}"));
            format!("refers {}{first} for {}; answer {due}", words(table, outcome), values(table, clauses))
        }
        Happening::Answered(answer) => match answer {
            Answer::Approve => "approves".to_string(),
            Answer::Extend => "approves, and extends the mandate".to_string(),
            Answer::Refuse => "refuses".to_string(),
            Answer::Recall => "recalls its delegation".to_string(),
        },
        Happening::Void { outcome, held: why } => {
            let why = why.as_ref().map(|why| format!(": {}", held(table, why))).unwrap_or_default();
            format!("void: {}{why}", words(table, outcome))
        }
        Happening::Initialled { outcome } => format!("initialled: {}", words(table, outcome)),
        Happening::Signed { outcome, settles } => {
            format!("signed{}: {}", if *settles { "" } else { " in part" }, words(table, outcome))
        }
        Happening::AwaitsRatification { needs } => format!("awaits ratification {needs:?}"),
        Happening::Decided { passed, .. } => if *passed { "passes it" } else { "turns it down" }.to_string(),
        Happening::InForce { outcome } => format!("in force: {}", words(table, outcome)),
        Happening::Cost { seat, amount, total } => format!("{} bears {amount}, {total} in all", name(*seat)),
        Happening::Drifted { issue, from, to, .. } => {
            let value = |digit: &u16| values(table, &[Clause { issue: *issue, value: *digit }]);
            format!("drift: {} to {}", value(from), value(to))
        }
        Happening::Incident { name, .. } => format!("incident: {name}"),
        Happening::WalkedOut => "walks out".to_string(),
        Happening::Occurred { name, .. } => format!("it happens: {name}"),
        Happening::GateOpened { name, .. } => format!("gate opens: {name}"),
        Happening::Pressed { on, lever, on_now, .. } => {
            let sets = if *on_now { "presses" } else { "ceases to press" };
            format!("{sets} {}: {lever:?}", name(*on))
        }
        Happening::Unordered { seat } => format!("{} proposes freely", name(*seat)),
        Happening::Ended(close) => format!("the end: {close:?}"),
    }
}
