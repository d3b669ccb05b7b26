//! Every plot of the sample, and harder ones: nothing overlaps, nothing is cut off.

use super::{legend, measure, parts, place, standalone, svg};
use crate::brief::content::{
    Band, Bars, Block, Figure, Graph, Matrix, Plot, Stand, Strip, Strips, Table, Timeline, Tone,
};
use crate::brief::render::sample;
use proptest::prelude::*;

fn figure(plot: Plot) -> Figure {
    Figure {
        id: "f".into(),
        title: "T".into(),
        description: "D".into(),
        reading: Vec::new(),
        plot,
        twin: Table::default(),
    }
}

/// Figures of the sample, those in folds too.
fn figures() -> Vec<Figure> {
    fn collect(blocks: &[Block], out: &mut Vec<Figure>) {
        for block in blocks {
            match block {
                Block::Figure(figure) => out.push((**figure).clone()),
                Block::Fold(_, blocks) => collect(blocks, out),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    sample::brief().sections.iter().for_each(|section| collect(&section.blocks, &mut out));
    out
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

fn number(element: &str, name: &str) -> f64 {
    attribute(element, name).and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
}

/// The box of every text of a drawing, with its words.
fn texts(svg: &str) -> Vec<(place::Frame, String)> {
    let mut out = Vec::new();
    for element in svg.split("<text").skip(1) {
        let element = element.split("</text>").next().unwrap();
        let (open, words) = element.split_once('>').unwrap();
        let words = words.rsplit("</title>").next().unwrap();
        let words = words
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
            .replace("&#39;", "'");
        let classes: Vec<&str> = attribute(open, "class").unwrap().split(' ').collect();
        let size = if classes.contains(&"s") { 11.0 } else { 12.0 };
        let stretch = if classes.contains(&"b") { measure::BOLD } else { 1.0 };
        let wide = measure::width(&words, size) * stretch;
        let (x, y) = (number(open, "x"), number(open, "y"));
        // Letters reach about three quarters of the size above the baseline and a fifth below.
        let frame = if open.contains("rotate") {
            [x - 0.74 * size, y - wide / 2.0, 0.94 * size, wide]
        } else {
            let left = match attribute(open, "text-anchor") {
                Some("middle") => x - wide / 2.0,
                Some("end") => x - wide,
                _ => x,
            };
            [left, y - 0.74 * size, wide, 0.94 * size]
        };
        out.push((frame, words));
    }
    out
}

/// Fails where words lie on words or outside the drawing.
fn check(svg: &str) -> Result<(), String> {
    let (width, height) = (number(svg, "width"), number(svg, "height"));
    let texts = texts(svg);
    for (index, (frame, words)) in texts.iter().enumerate() {
        let [x, y, w, h] = *frame;
        if !(x >= -0.5 && y >= -0.5 && x + w <= width + 0.5 && y + h <= height + 0.5) {
            return Err(format!("{words:?} at {frame:?} is outside {width} × {height}"));
        }
        for (other, others) in texts.iter().skip(index + 1) {
            if place::overlap([x + 0.2, y + 0.2, w - 0.4, h - 0.4], *other) {
                return Err(format!("{words:?} at {frame:?} lies on {others:?} at {other:?}"));
            }
        }
    }
    Ok(())
}

#[test]
fn no_words_of_the_sample_overlap_or_are_cut_off() {
    let figures = figures();
    assert!(figures.len() >= 7);
    for figure in figures {
        for svg in parts(&figure) {
            check(&svg).unwrap_or_else(|problem| panic!("{}: {problem}", figure.id));
        }
    }
}

#[test]
fn drawings_are_the_same_every_time_and_have_short_numbers() {
    for figure in figures() {
        let drawn = svg(&figure);
        assert_eq!(drawn, svg(&figure));
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"));
        let numbers = drawn.split('"').flat_map(|part| part.split([' ', ',']));
        let long =
            |word: &&str| word.parse::<f64>().is_ok() && word.split_once('.').is_some_and(|(_, end)| end.len() > 2);
        assert_eq!(numbers.filter(long).count(), 0);
    }
}

#[test]
fn a_file_of_its_own_brings_its_style() {
    let figure = &figures()[0];
    let file = standalone(figure);
    assert!(file.contains("xmlns=") && file.contains("<style>:root") || file.contains("<style>/*"));
    assert!(file.contains("--party-a") && !svg(figure).contains("<style>"));
}

#[test]
fn long_strips_come_in_parts_that_fit_a_page() {
    let figure = figure(Plot::Strips(sample::strips()));
    let parts = parts(&figure);
    assert!(parts.len() >= 2);
    for part in &parts {
        assert!(number(part, "height") < super::PAGE + 100.0);
    }
    let issues: usize = parts.iter().map(|part| part.matches(">Issue ").count()).sum();
    assert_eq!(issues, 18);
    assert!(parts[0].contains("(1 of ") && parts[0].contains("figure-f-1-title"));
}

#[test]
fn every_party_has_a_shape_of_its_own() {
    let shape = |index| {
        let mut canvas = super::canvas::Canvas::default();
        legend::party_mark(&mut canvas, index, (0.0, 0.0), 5.0);
        // Without its hue.
        canvas.into_body().replace("f-k0", "f").replace("f-k1", "f").replace("f-k2", "f")
    };
    let shapes: std::collections::BTreeSet<String> = (0..6).map(shape).collect();
    assert_eq!(shapes.len(), 6);
}

#[test]
fn bars_say_their_numbers_and_take_odd_ones() {
    let rows = vec![
        ("a".to_owned(), vec![Some([0.5, 0.4, 0.6])]),
        ("b".to_owned(), vec![Some([f64::NAN, -1.0, 7.0])]),
        ("c".to_owned(), vec![None]),
    ];
    let drawn = svg(&figure(Plot::Bars(Bars { series: vec!["s".into()], rows, axis: "share".into() })));
    assert!(drawn.contains("50\u{202f}% (40–60)") && drawn.contains("&lt;1\u{202f}% (0–100)") && drawn.contains(">–<"));
}

#[test]
fn circles_of_arrows_stand_out_and_others_do_not() {
    let graph = |edges: &[(usize, usize)]| {
        let nodes = ["a", "b", "c"].map(|name| (name.to_owned(), "g".to_owned(), Tone::Plain)).to_vec();
        let edges = edges.iter().map(|&(from, to)| (from, to, String::new(), Tone::Plain)).collect();
        svg(&figure(Plot::Graph(Graph { nodes, edges })))
    };
    assert_eq!(graph(&[(0, 1), (1, 0), (1, 2)]).matches("<path class=\"edge alarm\"").count(), 2);
    assert_eq!(graph(&[(0, 1), (0, 2), (1, 2)]).matches("alarm").count(), 0);
    assert_eq!(graph(&[(0, 1), (1, 2)]).matches("<polygon class=\"head\"").count(), 2);
}

#[test]
fn too_large_a_graph_says_so() {
    let nodes = (0..300).map(|n| (n.to_string(), String::new(), Tone::Plain)).collect();
    let edges = (0..299).map(|n| (n, n + 1, String::new(), Tone::Plain)).collect();
    let drawn = svg(&figure(Plot::Graph(Graph { nodes, edges })));
    assert!(drawn.contains("300 nodes and 299 arrows are too many for a picture"));
}

#[test]
fn the_largest_graph_is_still_drawn_cleanly() {
    let nodes = (0..60).map(|n| (format!("Step {n} of the whole order"), String::new(), Tone::Plain)).collect();
    let edges = (0..120).map(|n| (n % 60, (n * n + 7 * n + 3) % 60, format!("says {n}"), Tone::Plain)).collect();
    let drawn = svg(&figure(Plot::Graph(Graph { nodes, edges })));
    check(&drawn).unwrap();
    assert!(drawn.contains("Step 59") && drawn.contains("says 119"));
}

#[test]
fn marks_of_a_crowded_band_get_numbers() {
    let marks = (0..9).map(|n| (format!("Package number {n} with a long name, as names go"), 0.5, 0.5)).collect();
    let drawn = svg(&figure(Plot::Band(Band { x: "x".into(), y: "y".into(), points: Vec::new(), marks })));
    check(&drawn).unwrap();
    assert!(drawn.matches("Package number").count() >= 9);
}

#[test]
fn nothing_is_drawn_from_nothing_without_fault() {
    let plots = [
        Plot::Bars(Bars::default()),
        Plot::Strips(Strips::default()),
        Plot::Matrix(Matrix::default()),
        Plot::Band(Band::default()),
        Plot::Graph(Graph::default()),
        Plot::Timeline(Timeline::default()),
    ];
    for plot in plots {
        let figure = figure(plot);
        assert!(parts(&figure).iter().all(|svg| svg.ends_with("</svg>")));
        check(&svg(&figure)).unwrap();
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec("[a-zA-Z]{1,12}", 1..9).prop_map(|words| words.join(" ").chars().take(60).collect()),
        "[A-Za-zéжÄ<&\"]{1,60}",
    ]
}

fn tone() -> impl Strategy<Value = Tone> {
    prop::sample::select(vec![Tone::Plain, Tone::Open, Tone::Doubt, Tone::Shut, Tone::Faint])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn bars_never_overlap(rows in prop::collection::vec((words(), prop::array::uniform3(-0.2..1.2f64)), 1..8), axis in words()) {
        let rows = rows.into_iter().map(|(label, share)| (label, vec![Some(share), None])).collect();
        let bars = Bars { series: vec!["one".into(), "two".into()], rows, axis };
        prop_assert_eq!(check(&svg(&figure(Plot::Bars(bars)))), Ok(()));
    }

    #[test]
    fn strips_and_matrices_never_overlap(
        issues in prop::collection::vec((words(), prop::collection::vec(words(), 1..15)), 1..6),
        names in prop::collection::vec(words(), 1..8), parties in 1_usize..5
    ) {
        let parties = parties.min(names.len());
        let strip = |(issue, values): &(String, Vec<String>)| Strip {
            issue: issue.clone(),
            values: values.clone(),
            status_quo: 0,
            stands: (0..names.len()).map(|n| vec![n % values.len(), 0]).collect(),
            refused: (0..parties).map(|n| vec![n]).collect(),
        };
        let strips = Strips { markers: names.clone(), parties, strips: issues.iter().map(strip).collect() };
        prop_assert_eq!(check(&svg(&figure(Plot::Strips(strips)))), Ok(()));
        let stands = |values: Vec<String>| values.into_iter().map(|v| (v, vec![Stand::Refuses; names.len()])).collect();
        let issues = issues.into_iter().map(|(issue, values)| (issue, stands(values))).collect();
        prop_assert_eq!(check(&svg(&figure(Plot::Matrix(Matrix { parties: names.clone(), issues })))), Ok(()));
    }

    #[test]
    fn bands_never_overlap(marks in prop::collection::vec((words(), -0.1..1.1f64, -0.1..1.1f64), 0..9), x in words(), y in words()) {
        let points = (0..5).map(|n| (f64::from(n) / 4.0, Some([0.2, 0.4, 0.9]))).collect();
        prop_assert_eq!(check(&svg(&figure(Plot::Band(Band { x, y, points, marks })))), Ok(()));
    }

    #[test]
    fn graphs_never_overlap(
        nodes in prop::collection::vec((words(), words(), tone()), 1..9),
        edges in prop::collection::vec((0_usize..9, 0_usize..9, words(), tone()), 0..12)
    ) {
        prop_assert_eq!(check(&svg(&figure(Plot::Graph(Graph { nodes, edges })))), Ok(()));
    }

    #[test]
    fn timelines_never_overlap(
        lanes in prop::collection::vec(words(), 1..4),
        events in prop::collection::vec((0_usize..4, 2021.0..2026.0f64, words()), 0..14)
    ) {
        let events = events.into_iter().map(|(lane, time, label)| (lane, time, "16 September 2025".to_owned(), label)).collect();
        prop_assert_eq!(check(&svg(&figure(Plot::Timeline(Timeline { lanes, events })))), Ok(()));
    }
}
