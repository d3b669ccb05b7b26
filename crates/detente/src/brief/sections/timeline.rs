//! The timeline: dated events of the case on lanes.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{and, short};
use super::view::View;
use crate::brief::content::{Figure, Line, Plot, Timeline, plain};
use crate::case::{Grounds, When};

/// Longest label on a timeline, in characters.
const LABEL: usize = 60;
/// A lane with more events than this within a [`SHORT`] time is in the table only.
const CROWD: usize = 8;
/// A short time on a lane, in years.
const SHORT: f64 = 0.25;

struct Event<'a> {
    lane: &'static str,
    date: When,
    label: String,
    grounds: &'a Grounds,
}

/// The figure, unless fewer than two events have a date.
pub(super) fn write(view: &View<'_>) -> Option<Figure> {
    let mut events = events(view);
    if events.len() < 2 {
        return None;
    }
    events.sort_by_key(|event| event.date);
    let all = ["History", "Rounds", "Texts", "Statements", "Pressure"];
    let told: Vec<&str> = all.into_iter().filter(|lane| events.iter().any(|e| e.lane == *lane)).collect();
    let (crowded, lanes): (Vec<&str>, Vec<&str>) = told.iter().partition(|lane| is_crowded(&events, lane));
    // Where every lane is crowded, a full figure says more than none.
    let (crowded, lanes) = if lanes.is_empty() { (Vec::new(), told) } else { (crowded, lanes) };
    let mut twin = Grid::new("Dated events", &["Date", "Lane", "Event", "Evidence"]);
    for event in &events {
        let claim: Line = vec![view.claim(&event.grounds.id, event.label.clone())];
        twin.row(vec![
            event.date.to_string().into(),
            event.lane.into(),
            claim.into(),
            view.because(event.grounds).into(),
        ]);
    }
    let (first, last) = (events.first()?.date, events.last()?.date);
    let drawn = events.iter().filter_map(|event| {
        let lane = lanes.iter().position(|lane| *lane == event.lane)?;
        Some((lane, year(event.date), event.date.to_string(), short(&event.label, LABEL)))
    });
    Some(Figure {
        id: "timeline".into(),
        title: "Timeline".into(),
        description: "Dated events of the case on lanes, as exactly as their dates are known.".into(),
        reading: plain(format!(
            "{} with a date, from {first} to {last}.{}",
            count(events.len(), "event", "events"),
            left_out(&crowded)
        )),
        plot: Plot::Timeline(Timeline {
            events: drawn.collect(),
            lanes: lanes.iter().map(ToString::to_string).collect(),
        }),
        twin: twin.table(),
    })
}

fn events<'a>(view: &View<'a>) -> Vec<Event<'a>> {
    let document = view.document();
    let mut events = Vec::new();
    let mut add = |lane, date: Option<When>, label: String, grounds: &'a Grounds| {
        events.extend(date.map(|date| Event { lane, date, label, grounds }));
    };
    for event in &document.history {
        add("History", event.date.or(event.until), event.name.clone(), &event.grounds);
    }
    for (id, round) in &document.rounds {
        add("Rounds", round.date, view.round(id), &round.grounds);
    }
    for text in document.texts.values() {
        add("Texts", text.date, text.name.clone(), &text.grounds);
    }
    for statement in &document.statements {
        let label = format!("{}: {}", view.who(statement.by.as_str()), statement.says);
        add("Statements", statement.date, label, &statement.grounds);
    }
    for pressure in &document.pressure {
        let label = format!("{}: {}", view.who(pressure.by.as_str()), pressure.instrument);
        add("Pressure", pressure.date, label, &pressure.grounds);
    }
    events
}

/// Whether too many events of a lane lie close together to be told apart. Events are in order of time.
fn is_crowded(events: &[Event<'_>], lane: &str) -> bool {
    let years: Vec<f64> = events.iter().filter(|e| e.lane == lane).map(|e| year(e.date)).collect();
    years.iter().zip(years.iter().skip(CROWD)).any(|(first, last)| last - first <= SHORT)
}

fn left_out(crowded: &[&str]) -> String {
    let lanes: Vec<String> = crowded.iter().map(|lane| lane.to_lowercase()).collect();
    match lanes.as_slice() {
        [] => String::new(),
        lanes => format!(" Too many to draw, so in the table only: {}.", and(lanes)),
    }
}

/// A date as a year with its fraction; the middle of what is known of it.
fn year(when: When) -> f64 {
    let before = |month: i8| f64::from(month - 1) / 12.0;
    let within = match (when.month, when.day) {
        (Some(month), Some(day)) => before(month) + (f64::from(day) - 0.5) / 372.0,
        (Some(month), None) => before(month) + 1.0 / 24.0,
        (None, _) => 0.5,
    };
    f64::from(when.year) + within
}

#[cfg(test)]
mod tests {
    use super::year;
    use crate::case::When;

    #[test]
    fn years_keep_the_order_of_days() {
        let at = |text: &str| year(When::parse(text).unwrap());
        assert!(at("2025-05-16") < at("2025-05-17") && at("2025-01-31") < at("2025-02-01"));
        assert!(at("2025-12-31") < at("2026-01-01"));
        assert_eq!(at("2022"), 2022.5);
    }
}
