//! Figures as SVG: one file per kind of plot, a small writer, and the helpers they share.
//!
//! The drawings carry classes, no colours: the style sheet of the page gives them the colours of
//! the light and the dark theme ([`standalone`] brings its own). Text is text. Numbers have at most
//! two decimals, so the same data give the same bytes everywhere.

mod axis;
mod band;
mod bars;
mod canvas;
mod dance;
mod graph;
mod layers;
mod legend;
mod marks;
mod matrix;
mod measure;
mod place;
mod ranks;
mod strips;
mod timeline;
mod utility_space;

use super::content::{Figure, Matrix, Plot, Strips};
use super::render::anchor;
use canvas::{escaped, num};
use std::borrow::Cow;

/// Width of a drawing, in CSS pixels, unless its content needs more.
const WIDTH: f64 = 720.0;

/// A part of a long figure is cut off above this height: two of them fit a page of paper, and one fits
/// what another figure leaves of it.
const PAGE: f64 = 400.0;

/// A finished drawing.
struct Drawing {
    width: f64,
    height: f64,
    body: String,
}

/// A figure as one SVG element with title and description, to stand in an HTML page.
///
/// ```
/// use detente::brief::content::{Bars, Figure, Plot, Table, plain};
/// let bars = Bars { series: vec!["draws".into()], rows: vec![("open".into(), vec![Some([0.4, 0.3, 0.5])])],
///     axis: "share of draws".into() };
/// let figure = Figure { id: "zone".into(), title: "Is there a zone?".into(), description: "One bar.".into(),
///     reading: plain("In 40 % of the draws."), plot: Plot::Bars(bars), twin: Table::default() };
/// let svg = detente::brief::plot::svg(&figure);
/// assert!(svg.starts_with("<svg") && svg.contains("<title id=\"figure-zone-title\">"));
/// ```
#[must_use]
pub fn svg(figure: &Figure) -> String {
    element(figure, &figure.plot, None, "")
}

/// A figure as SVG elements that each fit a page of paper: long strips and matrices come in parts.
#[must_use]
pub fn parts(figure: &Figure) -> Vec<String> {
    let parts: Vec<Cow<'_, Plot>> = match &figure.plot {
        Plot::Strips(strips) => {
            let heights: Vec<f64> = strips.strips.iter().map(|strip| strips::height(strips, strip)).collect();
            let part = |range: std::ops::Range<usize>| {
                let part = strips.strips.get(range).unwrap_or_default().to_vec();
                Cow::Owned(Plot::Strips(Strips { strips: part, ..strips.clone() }))
            };
            runs(&heights).into_iter().map(part).collect()
        }
        Plot::Matrix(matrix) => {
            let heights: Vec<f64> = matrix.issues.iter().map(|issue| matrix::height(matrix, issue)).collect();
            let part = |range: std::ops::Range<usize>| {
                let part = matrix.issues.get(range).unwrap_or_default().to_vec();
                Cow::Owned(Plot::Matrix(Matrix { issues: part, ..matrix.clone() }))
            };
            runs(&heights).into_iter().map(part).collect()
        }
        other => vec![Cow::Borrowed(other)],
    };
    if parts.len() < 2 {
        return vec![svg(figure)];
    }
    let count = parts.len();
    parts.iter().enumerate().map(|(index, plot)| element(figure, plot, Some((index + 1, count)), "")).collect()
}

/// A figure as an SVG file of its own, with its style.
#[must_use]
pub fn standalone(figure: &Figure) -> String {
    let style = format!("<style>{}{}</style>", super::render::PALETTE, super::render::PLOT_STYLE);
    element(figure, &figure.plot, None, &style)
}

/// Cuts a list of heights into runs that fit a page, as even as the order allows.
fn runs(heights: &[f64]) -> Vec<std::ops::Range<usize>> {
    let total: f64 = heights.iter().sum();
    let pages = (total / PAGE).ceil().max(1.0);
    let aim = total / pages;
    let (mut runs, mut start, mut used) = (Vec::new(), 0, 0.0);
    for (index, height) in heights.iter().enumerate() {
        let over = used + height > PAGE || used + height / 2.0 > aim;
        if index > start && over {
            runs.push(start..index);
            (start, used) = (index, 0.0);
        }
        used += height;
    }
    if start < heights.len() {
        runs.push(start..heights.len());
    }
    runs
}

fn element(figure: &Figure, plot: &Plot, part: Option<(usize, usize)>, style: &str) -> String {
    // Every second part explains its marks: one of the two on a page.
    let key = part.is_none_or(|(number, _)| number % 2 == 1);
    let Drawing { width, height, body } = match plot {
        Plot::Bars(bars) => bars::draw(bars),
        Plot::Strips(strips) => strips::draw(strips, key),
        Plot::Matrix(matrix) => matrix::draw(matrix, key),
        Plot::Band(band) => band::draw(band),
        Plot::Graph(graph) => graph::draw(graph),
        Plot::Timeline(timeline) => timeline::draw(timeline),
        Plot::UtilitySpace(space) => utility_space::draw(space),
        Plot::Dance(dance) => dance::draw(dance),
    };
    let least = least(width);
    let (width, height) = (num(width.ceil()), num(height.ceil()));
    let (suffix, of) = match part {
        Some((number, count)) => (format!("-{number}"), format!(" ({number} of {count})")),
        None => (String::new(), String::new()),
    };
    let id = anchor::figure(&figure.id);
    let (title, mut description) = (escaped(&figure.title), escaped(&figure.description));
    if let Plot::Timeline(timeline) = plot
        && let Some(note) = timeline::note(timeline)
    {
        description.push(' ');
        description.push_str(&note);
    }
    let space = if style.is_empty() { "" } else { " xmlns=\"http://www.w3.org/2000/svg\"" };
    format!(
        "<svg{space} class=\"drawing {least}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}{suffix}-title\" aria-describedby=\"{id}{suffix}-desc\">\n\
         <title id=\"{id}{suffix}-title\">{title}{of}</title>\n<desc id=\"{id}{suffix}-desc\">{description}</desc>\n\
         {style}{body}</svg>"
    )
}

/// The class for the least width at which a drawing is still read: two thirds of its own. Narrower, it scrolls.
fn least(width: f64) -> &'static str {
    const CLASSES: [&str; 9] =
        ["least-4", "least-5", "least-6", "least-7", "least-8", "least-9", "least-10", "least-11", "least-12"];
    let hundreds = (width / 150.0).floor().clamp(4.0, 13.0) as usize;
    CLASSES.get(hundreds.saturating_sub(4)).unwrap_or(&"least-all")
}

#[cfg(test)]
mod tests;
