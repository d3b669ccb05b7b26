//! The figures of the sample: one of every kind, with long labels.

use super::{names, row};
use crate::brief::content::{
    Band, Bars, Block, Cell, Figure, Graph, Matrix, Plot, Section, Stand, Strip, Strips, Table, Timeline, Tone, plain,
};

pub(super) fn figure(id: &str, title: &str, reading: &str, plot: Plot, twin: Table) -> Figure {
    let description = format!("{title} The table below the picture holds the same.");
    Figure { id: id.into(), title: title.into(), description, reading: plain(reading), plot, twin }
}

pub(super) fn bars() -> Figure {
    let bars = Bars {
        series: names(&["All claims", "Without the assumed claims", "Only quoted claims"]),
        rows: vec![
            (
                "Full agreement on all six issues".into(),
                vec![Some([0.12, 0.106, 0.135]), Some([0.21, 0.19, 0.23]), None],
            ),
            (
                "Partial agreement: prisoners, ferry and the reopening of the customs house".into(),
                vec![Some([0.71, 0.69, 0.73]), Some([0.66, 0.64, 0.68]), Some([0.62, 0.5, 0.74])],
            ),
            ("Neither".into(), vec![Some([0.004, 0.001, 0.008]), Some([0.0, 0.0, 0.002]), Some([1.0, 0.998, 1.0])]),
        ],
        axis: "Share of draws with such an agreement".into(),
    };
    let twin = Table {
        caption: String::new(),
        columns: names(&["Agreement", "#All claims", "#Without assumed", "#Only quoted"]),
        rows: vec![
            row(
                None,
                vec![
                    "Full agreement on all six issues".into(),
                    "12\u{a0}% (11–14)".into(),
                    "21\u{a0}% (19–23)".into(),
                    "no figure".into(),
                ],
            ),
            row(
                None,
                vec![
                    "Partial agreement".into(),
                    "71\u{a0}% (69–73)".into(),
                    "66\u{a0}% (64–68)".into(),
                    "62\u{a0}% (50–74)".into(),
                ],
            ),
            row(None, vec!["Neither".into(), "0.4\u{a0}%".into(), "0\u{a0}%".into(), "100\u{a0}%".into()]),
        ],
    };
    figure(
        "zone-share",
        "In how many draws is there an agreement?",
        "Leaving out the assumed claims changes no order.",
        Plot::Bars(bars),
        twin,
    )
}

pub(super) fn band() -> Figure {
    let point = |step: u32| {
        let x = f64::from(step) / 20.0;
        let middle = (1.0 - x * x).max(0.0).sqrt() * 0.95;
        (x, (step < 19).then_some([(middle - 0.12).max(0.0), middle, (middle + 0.06).min(1.0)]))
    };
    let mark = |name: &str, x: f64, y: f64| (name.to_owned(), x, y);
    let band = Band {
        x: "Gain of the North over no deal (0 none, 1 all it could gain)".into(),
        y: "Gain of the South over no deal (0 none, 1 all it could gain)".into(),
        points: (0..=20).map(point).collect(),
        marks: vec![
            mark("Northern memorandum of 2 June", 0.9, 0.12),
            mark("Southern memorandum of 2 June", 0.14, 0.9),
            mark("Text of the Port Authority, second draft with the annex on customs", 0.62, 0.6),
            mark("no deal", 0.0, 0.0),
            mark("Nash solution", 0.66, 0.64),
        ],
    };
    let rows = band
        .marks
        .iter()
        .map(|(name, x, y)| row(None, vec![name.as_str().into(), format!("{x}").into(), format!("{y}").into()]))
        .collect();
    let twin = Table { caption: String::new(), columns: names(&["Text", "#North", "#South"]), rows };
    figure(
        "frontier",
        "What could be gained together",
        "Every text on the table leaves gains for both unused.",
        Plot::Band(band),
        twin,
    )
}

/// Eighteen issues with up to six values, long names among them.
pub(crate) fn strips() -> Strips {
    let values = [
        "open to everybody",
        "open by day",
        "against a toll set by the Port Authority",
        "ferries only",
        "by permit of both",
        "closed",
        "demilitarised under third-party supervision",
    ];
    let strip = |index: usize| {
        let count = 2 + index % 6;
        Strip {
            issue: if index.is_multiple_of(5) {
                format!("Issue {index}: who may cross the river, when, and against what fee?")
            } else {
                format!("Issue {index}")
            },
            values: values.iter().take(count).map(|&value| value.to_owned()).collect(),
            status_quo: count - 1,
            stands: vec![
                vec![0],
                vec![count - 1, 1],
                vec![index % count],
                vec![(index + 1) % count],
                vec![index % count],
                vec![index % count],
            ],
            refused: vec![
                if index.is_multiple_of(3) { vec![count - 1] } else { vec![] },
                if index.is_multiple_of(4) { vec![0] } else { vec![] },
            ],
        }
    };
    Strips {
        markers: names(&[
            "North",
            "South",
            "Northern memorandum, 2 June",
            "Southern memorandum, 2 June",
            "Port Authority draft",
            "Accord of 1998",
        ]),
        parties: 2,
        strips: (0..18).map(strip).collect(),
    }
}

fn matrix() -> Matrix {
    let stands = [Stand::States, Stand::Refuses, Stand::Conditional, Stand::Unknown];
    let stand = |index: usize| stands.get(index % 4).copied().unwrap_or(Stand::Unknown);
    let issues = strips()
        .strips
        .into_iter()
        .take(8)
        .enumerate()
        .map(|(index, strip)| {
            let cells = strip.values.into_iter().enumerate();
            (
                strip.issue,
                cells
                    .map(|(place, value)| (value, vec![stand(index + place), stand(place * 3 + 2), stand(3)]))
                    .collect(),
            )
        })
        .collect();
    Matrix { parties: names(&["North", "South", "Port Authority"]), issues }
}

pub(super) fn strips_section() -> Section {
    let strips = strips();
    let rows = strips
        .strips
        .iter()
        .map(|strip| {
            let list = |marker: usize| -> Cell {
                let places = strip.stands.get(marker).cloned().unwrap_or_default();
                places
                    .iter()
                    .filter_map(|&place| strip.values.get(place))
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("; ")
                    .into()
            };
            row(None, vec![strip.issue.as_str().into(), list(0), list(1)])
        })
        .collect();
    let twin = Table { caption: String::new(), columns: names(&["Issue", "North", "South"]), rows };
    let matrix = matrix();
    let matrix_twin = Table {
        caption: String::new(),
        columns: names(&["Issue"]),
        rows: matrix.issues.iter().map(|(name, _)| row(None, vec![name.as_str().into()])).collect(),
    };
    Section {
        id: "issues".into(),
        title: "Issues and positions".into(),
        blocks: vec![
            Block::Figure(Box::new(figure(
                "positions",
                "Who stands where on each issue",
                "The parties meet on four of the eighteen issues.",
                Plot::Strips(strips),
                twin,
            ))),
            Block::Figure(Box::new(figure(
                "options",
                "What each party says to each value",
                "Most of the field is unsaid.",
                Plot::Matrix(matrix),
                matrix_twin,
            ))),
        ],
    }
}

pub(super) fn order() -> Section {
    let node = |label: &str, group: &str, tone: Tone| (label.to_owned(), group.to_owned(), tone);
    let edge = |from: usize, to: usize, label: &str, tone: Tone| (from, to, label.to_owned(), tone);
    let graph = Graph {
        nodes: vec![
            node("Ceasefire on the river and on both banks, monitored", "North", Tone::Doubt),
            node("Withdrawal from the island", "South", Tone::Shut),
            node("Exchange of prisoners, all for all", "both", Tone::Open),
            node("Summit of the two principals", "summit track", Tone::Plain),
            node("Opening of the bridge", "both", Tone::Plain),
            node("Reopening of the customs house under the Port Authority", "Port Authority", Tone::Plain),
            node("Statement of the insurers", "outside", Tone::Faint),
            node("Mines cleared", "both", Tone::Plain),
        ],
        edges: vec![
            edge(0, 1, "the North demands it first", Tone::Shut),
            edge(1, 0, "the South demands it first", Tone::Shut),
            edge(2, 3, "helps", Tone::Faint),
            edge(0, 3, "", Tone::Plain),
            edge(3, 4, "necessary, says the spokesman of the South", Tone::Plain),
            edge(1, 4, "", Tone::Doubt),
            edge(7, 4, "rule between issues", Tone::Plain),
            edge(4, 5, "then", Tone::Plain),
            edge(2, 5, "long way round", Tone::Doubt),
            edge(3, 3, "calls for itself", Tone::Plain),
        ],
    };
    let name = |index: usize| graph.nodes.get(index).map_or("", |node| node.0.as_str());
    let rows = graph
        .edges
        .iter()
        .map(|(from, to, label, _)| row(None, vec![name(*from).into(), name(*to).into(), label.as_str().into()]))
        .collect();
    let twin = Table { caption: String::new(), columns: names(&["First", "Before", "Who says so"]), rows };
    Section {
        id: "order".into(),
        title: "In what order?".into(),
        blocks: vec![Block::Figure(Box::new(figure(
            "steps",
            "Who demands what before what",
            "Ceasefire and withdrawal wait for each other.",
            Plot::Graph(graph),
            twin,
        )))],
    }
}

pub(super) fn process() -> Section {
    let event = |lane: usize, time: f64, date: &str, label: &str| (lane, time, date.to_owned(), label.to_owned());
    let timeline = Timeline {
        lanes: names(&["Talks", "Pressure from outside", "The conflict meanwhile"]),
        events: vec![
            event(0, 2022.24, "29 March 2022", "Communiqué of the first round in the old harbour"),
            event(0, 2022.4, "May 2022", "Talks break off"),
            event(0, 2025.37, "16 May 2025", "First direct talks in three years"),
            event(0, 2025.42, "2 June 2025", "Second round; both memoranda are handed over and published"),
            event(0, 2025.56, "23 July 2025", "Third round"),
            event(1, 2025.36, "12 May 2025", "The port calls for thirty days of quiet"),
            event(1, 2023.1, "early 2023", "Embargo"),
            event(2, 2022.15, "February 2022", "The bridge is closed"),
            event(2, 2024.6, "August 2024", "Raid across the river"),
        ],
    };
    let rows = timeline
        .events
        .iter()
        .map(|(lane, _, date, label)| {
            row(
                None,
                vec![
                    date.as_str().into(),
                    timeline.lanes.get(*lane).map_or("", String::as_str).into(),
                    label.as_str().into(),
                ],
            )
        })
        .collect();
    let twin = Table { caption: String::new(), columns: names(&["Date", "Lane", "Event"]), rows };
    Section {
        id: "process".into(),
        title: "Rounds and what goes on meanwhile".into(),
        blocks: vec![Block::Figure(Box::new(figure(
            "timeline",
            "What happened when",
            "Three years lie between the first and the second attempt.",
            Plot::Timeline(timeline),
            twin,
        )))],
    }
}
