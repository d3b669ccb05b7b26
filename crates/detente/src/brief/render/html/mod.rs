//! A brief as one self-contained HTML page: no network, no font or script from elsewhere.
//!
//! The page carries a content security policy that forbids every load and lets only the style and
//! the script of this build run, known by their digests.

mod blocks;
mod columns;
mod digest;
mod table;

use super::likelihood::{self, BANDS};
use super::links::Links;
use super::words::clean;
use super::{PALETTE, PLOT_STYLE, anchor};
use crate::brief::content::{Brief, Judgement, Section};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write as _;

const PAGE_STYLE: &str = include_str!("../css/page.css");
const PRINT_STYLE: &str = include_str!("../css/print.css");
const SCRIPT: &str = include_str!("../page.js");

/// A brief as one HTML file.
///
/// Readable on paper, on a phone, in the light and the dark, with a keyboard, without scripts.
///
/// ```
/// let brief = detente::brief::content::Brief { title: "Talks <1>".into(), subtitle: String::new(), judgements: vec![],
///     load: vec![], changes: vec![], sections: vec![], colophon: vec![] };
/// assert!(detente::brief::render::html(&brief).contains("<h1>Talks &lt;1&gt;</h1>"));
/// ```
#[must_use]
pub fn html(brief: &Brief) -> String {
    write(brief, true)
}

/// Sections as one HTML file like that of a brief, without its first page: for findings that are no judgement on a case.
///
/// ```
/// let page = detente::brief::render::page("A tournament", "2 strategies", vec![], vec!["seed 1".into()]);
/// assert!(page.contains("<h1>A tournament</h1>") && !page.contains("Bottom line"));
/// ```
#[must_use]
pub fn page(title: &str, subtitle: &str, sections: Vec<Section>, colophon: Vec<String>) -> String {
    let (title, subtitle) = (title.to_string(), subtitle.to_string());
    let (judgements, load, changes) = (Vec::new(), Vec::new(), Vec::new());
    write(&Brief { title, subtitle, judgements, load, changes, sections, colophon }, false)
}

fn write(brief: &Brief, first: bool) -> String {
    let mut writer = Writer {
        links: Links::of(brief),
        used: std::collections::BTreeSet::new(),
        runs: 0,
        tables: 0,
        rules: String::new(),
    };
    let title = clean(&brief.title);
    // The body comes first: its tables bring their own rules into the style.
    let body = html! {
        a.skip href="#page-main" { @if first { "Skip to the brief" } @else { "Skip to the page" } }
        header.page { h1 { (title) } @if !brief.subtitle.is_empty() { p.subtitle { (clean(&brief.subtitle)) } } }
        main #page-main tabindex="-1" {
            @if first { (writer.first_page(brief)) }
            (contents(brief, first))
            @for (index, section) in brief.sections.iter().enumerate() { (writer.section(index + 1, section)) }
        }
        @if !brief.colophon.is_empty() {
            footer aria-labelledby="page-made" {
                h2 #page-made { "How this was made" }
                ul { @for line in &brief.colophon { li { (clean(line)) } } }
            }
        }
        script { (PreEscaped(SCRIPT)) }
    };
    let title_rule = running_title(&brief.title);
    let style = format!("{PALETTE}{PAGE_STYLE}{PLOT_STYLE}{PRINT_STYLE}{title_rule}{}", writer.rules);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        digest::sha256_base64(&style),
        digest::sha256_base64(SCRIPT)
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
    .into_string()
}

/// Links to the parts of the first page and to the sections.
fn contents(brief: &Brief, first: bool) -> Markup {
    html! {
        nav.contents aria-labelledby="page-contents" {
            h2 #page-contents { "Contents" }
            ol {
                @if first { li { a href="#page-bottom-line" { "Bottom line" } } }
                @if !brief.load.is_empty() { li { a href="#page-load" { "What this leans on" } } }
                @if !brief.changes.is_empty() { li { a href="#page-changes" { "What would change it" } } }
                @for (index, section) in brief.sections.iter().enumerate() {
                    li {
                        a href={ "#" (anchor::safe(&section.id)) } {
                            span.number { (index + 1) } " " (clean(&section.title))
                        }
                    }
                }
            }
        }
    }
}

/// The title at the foot of every printed page but the first.
fn running_title(title: &str) -> String {
    let words = css_string(&clean(title).chars().take(90).collect::<String>());
    format!(
        "@page {{ @bottom-left {{ content: \"{words}\"; }} }}\n@page :first {{ @bottom-left {{ content: \"\"; }} }}\n"
    )
}

/// Words as they can stand in a string of a style sheet: every character that is not a plain letter or
/// digit goes in by its number, so that no words can end the string or the style element.
fn css_string(words: &str) -> String {
    let mut out = String::new();
    for character in words.chars() {
        if character.is_ascii_alphanumeric() || character == ' ' {
            out.push(character);
        } else {
            let _ = write!(out, "\\{:06x} ", u32::from(character));
        }
    }
    out
}

/// Writes the parts of a page; knows which places exist and which ids are taken.
pub(super) struct Writer<'a> {
    links: Links<'a>,
    used: std::collections::BTreeSet<String>,
    /// Runs of source texts written so far.
    runs: usize,
    /// Tables written so far.
    tables: usize,
    /// Rules of the style sheet that the tables need.
    rules: String,
}

impl Writer<'_> {
    /// An id the first time it is wanted; none after that, so that ids stay unique.
    fn take(&mut self, id: String) -> Option<String> {
        self.used.insert(id.clone()).then_some(id)
    }

    fn first_page(&mut self, brief: &Brief) -> Markup {
        html! {
            section.first aria-labelledby="page-bottom-line" {
                h2 #page-bottom-line { "Bottom line" }
                @if !brief.judgements.is_empty() {
                    ol.judgements { @for judgement in &brief.judgements { li { (self.judgement(judgement)) } } }
                } @else {
                    p { (super::NO_JUDGEMENT) }
                }
            }
            @if !brief.load.is_empty() {
                section.first aria-labelledby="page-load" {
                    h2 #page-load { "What this leans on" }
                    @for line in &brief.load { p { (self.line(line)) } }
                }
            }
            @if !brief.changes.is_empty() {
                section.first aria-labelledby="page-changes" {
                    h2 #page-changes { "What would change it" }
                    ol.changes { @for line in &brief.changes { li { (self.line(line)) } } }
                }
            }
        }
    }

    /// A card: the judgement, its likelihood on a scale of seven, and apart from it the confidence.
    fn judgement(&mut self, judgement: &Judgement) -> Markup {
        html! {
            div.card {
                p.says { (self.line(&judgement.says)) }
                @if let Some((word, number)) = &judgement.likelihood {
                    div.likelihood {
                        p { span.key { "Likelihood" } " " strong { (clean(word)) } " " span.figure-number { (clean(number)) } }
                        @if let Some(band) = likelihood::band(word, number) {
                            div.bands aria-hidden="true" {
                                @for index in 0..BANDS.len() { span class=[(index == band).then_some("here")] {} }
                            }
                            div.ends aria-hidden="true" { span { (BANDS[0]) } span { (BANDS[BANDS.len() - 1]) } }
                        }
                    }
                }
                div.confidence {
                    p { span.key { "Confidence" } " " strong { (clean(&judgement.confidence)) } }
                    p.because { (self.line(&judgement.because)) }
                }
                @if self.links.has(&anchor::safe(&judgement.section)) {
                    p.how { a href={ "#" (anchor::safe(&judgement.section)) } { "How this came about" } }
                }
            }
        }
    }

    fn section(&mut self, number: usize, section: &Section) -> Markup {
        let id = self.take(anchor::safe(&section.id));
        let heading = format!("page-section-{number}");
        html! {
            section.part id=[id] aria-labelledby=(heading) tabindex="-1" {
                h2 id=(heading) { span.number { (number) } " " (clean(&section.title)) }
                @for block in &section.blocks { (self.block(block)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_escapes_the_style() {
        let css = running_title("\"; } </style><script> é");
        assert!(!css.contains("</style") && !css.contains("é") && css.contains("\\000022 \\00003b  "), "{css}");
    }
}
