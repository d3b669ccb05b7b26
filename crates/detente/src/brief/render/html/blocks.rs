//! Blocks and running text.

use super::super::anchor;
use super::super::words::clean;
use super::Writer;
use crate::brief::content::{Block, Figure, Inline, Line, Reader, Run};
use crate::brief::plot;
use maud::{Markup, PreEscaped, html};

impl Writer<'_> {
    /// Running text.
    pub(super) fn line(&self, line: &Line) -> Markup {
        html! { @for inline in line { (self.inline(inline)) } }
    }

    fn inline(&self, inline: &Inline) -> Markup {
        match inline {
            Inline::Text(text) => html! { (clean(text)) },
            Inline::Strong(text) => html! { strong { (clean(text)) } },
            Inline::Quote(text) => html! { q { (clean(text)) } },
            Inline::Claim { text, id } => {
                self.link(text, Some(anchor::claim(id)).filter(|place| self.links.has(place)))
            }
            Inline::Section { text, id } => self.link(text, self.links.section(id)),
            Inline::Evidence { id, number } => self.evidence(id, *number),
            Inline::Under(text) => html! { " " small.under { (clean(text)) } },
            Inline::Basis(basis) => html! { " " span class=(basis_class(basis)) { (clean(basis)) } },
        }
    }

    /// A link where its end exists; the words alone where it does not.
    fn link(&self, words: &str, place: Option<String>) -> Markup {
        html! {
            @if let Some(place) = place { a href={ "#" (place) } { (clean(words)) } } @else { (clean(words)) }
        }
    }

    fn evidence(&self, id: &str, number: usize) -> Markup {
        let anchor = anchor::evidence(id);
        html! {
            sup {
                @if self.links.has(&anchor) {
                    a href={ "#" (anchor) } aria-label={ "evidence " (number) } { "[" (number) "]" }
                } @else { "[" (number) "]" }
            }
        }
    }

    /// A block.
    pub(super) fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Paragraph(line) => html! { p { (self.line(line)) } },
            Block::Heading(words) => html! { h3 { (clean(words)) } },
            Block::List(lines) => html! { ul { @for line in lines { li { (self.line(line)) } } } },
            Block::Note(line) => html! { p.note { strong { "Note." } " " (self.line(line)) } },
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Fold(line, blocks) => html! {
                details.fold {
                    summary { (self.line(line)) }
                    div.inside { @for block in blocks { (self.block(block)) } }
                }
            },
            Block::Reader(reader) => self.reader(reader),
        }
    }

    fn figure(&mut self, figure: &Figure) -> Markup {
        // The drawing names its title after the figure: a second figure of the same id needs another one.
        let mut named = figure.clone();
        let mut copy = 2;
        while self.used.contains(&anchor::figure(&named.id)) {
            named.id = format!("{}-copy-{copy}", figure.id);
            copy += 1;
        }
        let id = anchor::figure(&named.id);
        self.used.insert(id.clone());
        html! {
            figure id=(id) aria-labelledby={ (id) "-name" } tabindex="-1" {
                p.name id={ (id) "-name" } { (clean(&figure.title)) }
                @for part in plot::parts(&named) {
                    div.plot role="region" aria-labelledby={ (id) "-name" } tabindex="0" { (PreEscaped(part)) }
                }
                figcaption { (self.line(&figure.reading)) }
                @if !figure.twin.columns.is_empty() {
                    details.twin { summary { "The same as a table" } (self.table(&figure.twin)) }
                }
            }
        }
    }

    fn reader(&mut self, reader: &Reader) -> Markup {
        let id = self.take(anchor::source(&reader.source));
        html! {
            article.reader id=[id] tabindex="-1" {
                h3 { (clean(&reader.title)) }
                p.about { (self.line(&reader.about)) }
                @for paragraph in &reader.paragraphs { p { @for run in paragraph { (self.run(run)) } } }
            }
        }
    }

    /// A run of a source: plain, or marked with links to the evidence that quotes it.
    fn run(&mut self, run: &Run) -> Markup {
        let number = self.runs;
        self.runs += 1;
        let text = clean(&run.text);
        if run.evidence.is_empty() && !run.problem {
            return html! { (text) };
        }
        let mut ids: Vec<String> = run.evidence.iter().filter_map(|(id, _)| self.take(anchor::mark(id))).collect();
        let own = if ids.is_empty() { None } else { Some(ids.remove(0)) };
        let first = run.evidence.first().map(|(id, _)| anchor::evidence(id)).filter(|anchor| self.links.has(anchor));
        let quoted: Vec<String> = run.evidence.iter().map(|(id, _)| anchor::evidence(id)).collect();
        // A quote cut into several runs shows its number once, where it ends.
        let ending: Vec<&(String, usize)> = run.evidence.iter().filter(|(id, _)| self.links.ends(id, number)).collect();
        html! {
            mark class=[run.problem.then_some("problem")] id=[own] tabindex="-1" data-evidence=[(!quoted.is_empty()).then(|| quoted.join(" "))] {
                // Places of further quotes that begin here.
                @for id in &ids { span id=(id) {} }
                @if let Some(first) = &first { a href={ "#" (first) } { (text) } } @else { (text) }
                @for (id, number) in ending { (self.evidence(id, *number)) }
                @if run.problem { span.flag title="the case marks a problem here" { "⚠\u{fe0e}" span.unseen { " problem" } } }
            }
        }
    }
}

/// The label of a basis: two of them look different from the others.
fn basis_class(basis: &str) -> &'static str {
    match basis {
        "quoted" => "basis quoted",
        "assumed" => "basis assumed",
        _ => "basis",
    }
}
