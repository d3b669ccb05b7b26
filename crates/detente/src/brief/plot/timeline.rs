//! Events on lanes over time.

use super::canvas::{At, Canvas, FAINT, KEY, KEY_OVER, LABEL, LABEL_OVER, NAME};
use super::{Drawing, WIDTH};
use crate::brief::content::Timeline;

/// Width of the column of lane names.
const NAMES: f64 = 110.0;
/// Where the lanes begin.
const FROM: f64 = NAMES + 10.0;
/// Room for the words of an event.
const ROOM: f64 = 150.0;
/// Words of events reach no deeper than this below their lane.
const DEEPEST: f64 = 230.0;
/// Most events of a lane with words.
const LABELS: usize = 8;
/// Names of months.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An event made ready to be drawn.
#[derive(Clone)]
struct Event<'a> {
    x: f64,
    date: &'a str,
    label: &'a str,
    lines: Vec<String>,
    width: f64,
    height: f64,
}

/// Draws a timeline.
pub(super) fn draw(timeline: &Timeline) -> Drawing {
    let mut canvas = Canvas::default();
    let Some((first, last)) = ends(timeline) else {
        canvas.text(FAINT, At::Start, (0.0, 16.0), "no dated events");
        return Drawing { width: WIDTH, height: 26.0, body: canvas.into_body() };
    };
    let place = |time: f64| across(time, first, last);
    let ticks = ticks(first, last);
    let lanes: Vec<Lane<'_>> = (0..timeline.lanes.len()).map(|lane| shown(events(timeline, lane, place))).collect();
    let top = 26.0;
    let mut y = top;
    let heights: Vec<f64> = lanes
        .iter()
        .zip(&timeline.lanes)
        .map(|(lane, name)| {
            let more = if lane.dots.is_empty() { 0.0 } else { FAINT.height(more(lane.dots.len()).len()) + 4.0 };
            (lane.height + 26.0).max(NAME.height(NAME.wrap(name, NAMES - 10.0, 4).len()) + more + 18.0)
        })
        .collect();
    let bottom = top + heights.iter().sum::<f64>();
    let mut clear = f64::NEG_INFINITY;
    for (time, words) in &ticks {
        let x = place(*time);
        canvas.line("grid", (x, top - 6.0), (x, bottom));
        if x - FAINT.width(words) / 2.0 > clear {
            canvas.text(FAINT, At::Middle, (x, 14.0), words);
            clear = x + FAINT.width(words) / 2.0 + 8.0;
        }
    }
    for ((name, lane), height) in timeline.lanes.iter().zip(lanes).zip(heights) {
        let lines = NAME.wrap(name, NAMES - 10.0, 4);
        canvas.lines(NAME, At::Start, (0.0, y + 4.0), &lines, name);
        canvas.line("lane", (FROM, y + 12.0), (WIDTH, y + 12.0));
        if !lane.dots.is_empty() {
            let words = more(lane.dots.len());
            let below = y + 8.0 + NAME.height(lines.len());
            canvas.lines(FAINT, At::Start, (0.0, below), &words, &words.join(" "));
        }
        for &x in &lane.dots {
            canvas.circle("hollow", (x, y + 12.0), 3.4);
        }
        draw_events(&mut canvas, &lane.events, y + 12.0);
        y += height;
    }
    Drawing { width: WIDTH, height: bottom, body: canvas.into_body() }
}

/// The first and the last time.
fn ends(timeline: &Timeline) -> Option<(f64, f64)> {
    let times = || timeline.events.iter().map(|event| event.1).filter(|time| time.is_finite());
    times().next().map(|one| (times().fold(one, f64::min), times().fold(one, f64::max)))
}

/// Where a time is across the drawing.
fn across(time: f64, first: f64, last: f64) -> f64 {
    let span = (last - first).max(1e-9);
    // The last event's words stand to the right of its point: the axis leaves room for them.
    FROM + ((time - first) / span).clamp(0.0, 1.0) * (WIDTH - ROOM - 8.0 - FROM)
}

/// A lane made ready to be drawn.
struct Lane<'a> {
    height: f64,
    /// Events with their words, and how deep below the lane these stand.
    events: Vec<(Event<'a>, f64)>,
    /// Where the events without words are.
    dots: Vec<f64>,
}

/// Chooses the events of a lane that get words: from the latest to the first, each for which there
/// is room without more than [`DEEPEST`] below the lane; at most [`LABELS`].
fn shown(events: Vec<Event<'_>>) -> Lane<'_> {
    let mut worded: Vec<Event<'_>> = Vec::new();
    let mut dots = Vec::new();
    for event in events.into_iter().rev() {
        let mut with = worded.clone();
        with.insert(0, event.clone());
        if worded.is_empty() || (with.len() <= LABELS && stagger(with.clone()).0 <= DEEPEST) {
            worded = with;
        } else {
            dots.push(event.x);
        }
    }
    let (height, events) = stagger(worded);
    Lane { height, events, dots }
}

/// How the events without words are counted beside their lane.
fn more(count: usize) -> Vec<String> {
    FAINT.wrap(&format!("+{count} more (○), in the table"), NAMES - 6.0, 4)
}

/// What a timeline leaves to its table, in a sentence.
pub(super) fn note(timeline: &Timeline) -> Option<String> {
    let (first, last) = ends(timeline)?;
    let place = |time: f64| across(time, first, last);
    let lanes = 0..timeline.lanes.len();
    let dots: usize = lanes.map(|lane| shown(events(timeline, lane, place)).dots.len()).sum();
    (dots > 0).then(|| {
        format!(
            "The latest events of a lane have words where there is room; {dots} more are dots and stand in the table."
        )
    })
}

fn events<'a>(timeline: &'a Timeline, lane: usize, place: impl Fn(f64) -> f64) -> Vec<Event<'a>> {
    let mut events: Vec<Event<'a>> = timeline
        .events
        .iter()
        .filter(|event| event.0 == lane && event.1.is_finite())
        .map(|(_, time, date, label)| {
            let lines = LABEL.wrap(label, ROOM - 8.0, 6);
            let width = LABEL.widest(&lines).max(KEY.width(date)) + 8.0;
            let height = KEY.height(1) + LABEL.height(lines.len()) + 8.0;
            Event { x: place(*time), date, label, lines, width, height }
        })
        .collect();
    events.sort_by(|a, b| a.x.total_cmp(&b.x));
    events
}

/// Gives every event a depth below its lane so that no words overlap and no leader crosses words:
/// from right to left, an event goes below all later ones that start within its width.
fn stagger(events: Vec<Event<'_>>) -> (f64, Vec<(Event<'_>, f64)>) {
    let mut placed: Vec<(Event<'_>, f64)> = Vec::with_capacity(events.len());
    let mut deepest = 0.0_f64;
    for event in events.into_iter().rev() {
        let depth = placed
            .iter()
            .filter(|(later, _)| later.x < event.x + event.width + 4.0)
            .map(|(later, depth)| depth + later.height)
            .fold(0.0, f64::max);
        deepest = deepest.max(depth + event.height);
        placed.push((event, depth));
    }
    placed.reverse();
    (deepest, placed)
}

fn draw_events(canvas: &mut Canvas, events: &[(Event<'_>, f64)], line: f64) {
    for (event, depth) in events {
        let top = line + 8.0 + depth;
        canvas.line("lead", (event.x, line), (event.x, top + event.height - 6.0));
        canvas.lines(KEY_OVER, At::Start, (event.x + 5.0, top), &[event.date.to_owned()], event.date);
        canvas.lines(LABEL_OVER, At::Start, (event.x + 5.0, top + KEY.height(1)), &event.lines, event.label);
    }
    for (event, _) in events {
        canvas.circle("f-ink", (event.x, line), 4.0);
    }
}

/// Years or months between two times, at most seven, with their words.
fn ticks(first: f64, last: f64) -> Vec<(f64, String)> {
    const STEPS: [i64; 10] = [1, 3, 6, 12, 24, 60, 120, 300, 600, 1200];
    // Times beyond any calendar are not worth a grid.
    if first.abs() > 1e5 || last.abs() > 1e5 {
        return Vec::new();
    }
    let (from, to) = ((first * 12.0 - 1e-6).ceil() as i64, (last * 12.0 + 1e-6).floor() as i64);
    let Some(step) = STEPS.into_iter().find(|step| (to - from) / step < 7) else { return Vec::new() };
    let mut ticks = Vec::new();
    let mut month = from.div_euclid(step) * step;
    while month <= to {
        if month >= from {
            let year = month.div_euclid(12);
            let name = usize::try_from(month.rem_euclid(12)).ok().and_then(|index| MONTHS.get(index));
            let words = if step % 12 == 0 { year.to_string() } else { format!("{} {year}", name.unwrap_or(&"")) };
            ticks.push((month as f64 / 12.0, words));
        }
        month += step;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let words = |first, last| ticks(first, last).into_iter().map(|tick| tick.1).collect::<Vec<_>>();
        assert_eq!(words(2022.1, 2025.4), ["Jul 2022", "Jan 2023", "Jul 2023", "Jan 2024", "Jul 2024", "Jan 2025"]);
        assert_eq!(words(2018.1, 2025.4), ["2020", "2022", "2024"]);
        assert_eq!(words(2025.25, 2025.5), ["Apr 2025", "May 2025", "Jun 2025", "Jul 2025"]);
        assert!(words(1900.0, 2025.0).len() <= 7);
        assert!(words(0.0, f64::MAX).is_empty());
    }

    #[test]
    fn words_of_events_do_not_overlap() {
        let event = |x: f64| Event { x, date: "d", label: "l", lines: vec![], width: 60.0, height: 30.0 };
        let (deepest, placed) = stagger([0.0, 10.0, 15.0, 80.0, 200.0].map(event).into_iter().collect());
        for (i, (a, top_a)) in placed.iter().enumerate() {
            for (b, top_b) in placed.iter().skip(i + 1) {
                let apart = a.x + a.width <= b.x || top_a + a.height <= *top_b || top_b + b.height <= *top_a;
                assert!(apart);
                // The later event's leader runs from the lane down to its words and must not meet earlier words.
                assert!(b.x > a.x + a.width || top_b + b.height <= *top_a);
            }
        }
        assert!(deepest >= 90.0);
    }
}
