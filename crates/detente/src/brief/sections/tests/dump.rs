//! A brief as plain text with its links shown, for goldens a person can read.

use crate::brief::content::{Block, Brief, Figure, Inline, Line, Plot, Table, Tone};

pub(super) fn line(line: &Line) -> String {
    let piece = |piece: &Inline| match piece {
        Inline::Text(text) => text.clone(),
        Inline::Strong(text) => format!("*{text}*"),
        Inline::Quote(text) => format!("“{text}”"),
        Inline::Claim { text, id } => format!("{{{text} → {id}}}"),
        Inline::Evidence { number, .. } => format!("[{number}]"),
        Inline::Section { text, id } => format!("{{{text} → #{id}}}"),
        Inline::Under(text) => format!(" · {text}"),
        Inline::Basis(basis) => format!("<{basis}>"),
    };
    line.iter().map(piece).collect()
}

fn table(table: &Table, out: &mut Vec<String>) {
    out.push(format!("TABLE {}", table.caption));
    out.push(format!("  | {}", table.columns.join(" | ")));
    for row in &table.rows {
        let tone = |tone: Tone| match tone {
            Tone::Plain => "",
            Tone::Open => "+",
            Tone::Doubt => "?",
            Tone::Shut => "!",
            Tone::Faint => "~",
        };
        let cells: Vec<String> = row.cells.iter().map(|c| format!("{}{}", tone(c.tone), line(&c.line))).collect();
        let anchor = row.anchor.as_ref().map(|a| format!("#{a} ")).unwrap_or_default();
        out.push(format!("  | {anchor}{}", cells.join(" | ")));
    }
}

fn figure(figure: &Figure, out: &mut Vec<String>) {
    out.push(format!("FIGURE {} ({})", figure.title, figure.id));
    out.push(format!("  reads: {}", line(&figure.reading)));
    match &figure.plot {
        Plot::Bars(bars) => bars.rows.iter().for_each(|row| out.push(format!("  bar {row:?}"))),
        Plot::Strips(strips) => strips.strips.iter().for_each(|strip| out.push(format!("  strip {strip:?}"))),
        Plot::Matrix(matrix) => matrix.issues.iter().for_each(|row| out.push(format!("  matrix {row:?}"))),
        Plot::Band(band) => out.push(format!("  band {:?} marks {:?}", band.points, band.marks)),
        Plot::Graph(graph) => {
            graph.nodes.iter().for_each(|node| out.push(format!("  node {node:?}")));
            graph.edges.iter().for_each(|edge| out.push(format!("  edge {edge:?}")));
        }
        Plot::UtilitySpace(space) => out.push(format!("  space {:?} marks {:?}", space.frontier, space.marks)),
        Plot::Dance(dance) => dance.panels.iter().for_each(|panel| out.push(format!("  panel {panel:?}"))),
        Plot::Timeline(timeline) => timeline.events.iter().for_each(|event| out.push(format!("  event {event:?}"))),
    }
    table(&figure.twin, out);
}

fn blocks(all: &[Block], out: &mut Vec<String>) {
    for block in all {
        match block {
            Block::Paragraph(words) => out.push(line(words)),
            Block::Heading(words) => out.push(format!("### {words}")),
            Block::List(lines) => lines.iter().for_each(|l| out.push(format!("- {}", line(l)))),
            Block::Note(words) => out.push(format!("NOTE {}", line(words))),
            Block::Table(t) => table(t, out),
            Block::Figure(f) => figure(f, out),
            Block::Fold(title, inside) => {
                out.push(format!("FOLD {}", line(title)));
                blocks(inside, out);
            }
            Block::Reader(reader) => {
                out.push(format!("READER {} — {}", reader.title, line(&reader.about)));
                for paragraph in &reader.paragraphs {
                    let runs = paragraph.iter().map(|run| {
                        let numbers: Vec<String> = run.evidence.iter().map(|(_, n)| n.to_string()).collect();
                        let problem = if run.problem { "!" } else { "" };
                        if numbers.is_empty() {
                            run.text.clone()
                        } else {
                            format!("⟦{}⟧{}{problem}", run.text, numbers.join(","))
                        }
                    });
                    out.push(format!("  ¶ {}", runs.collect::<String>()));
                }
            }
        }
    }
}

pub(super) fn first_page(brief: &Brief) -> String {
    let mut out = vec![format!("# {}", brief.title), brief.subtitle.clone()];
    for judgement in &brief.judgements {
        let likelihood = judgement.likelihood.as_ref().map(|(word, number)| format!("{word}, {number}"));
        out.push(format!("* {}", line(&judgement.says)));
        out.push(format!("  likelihood: {} · see {}", likelihood.unwrap_or("none".into()), judgement.section));
        out.push(format!("  {}: {}", judgement.confidence, line(&judgement.because)));
    }
    out.extend(brief.load.iter().map(|l| format!("LOAD {}", line(l))));
    out.extend(brief.changes.iter().map(|l| format!("CHANGE {}", line(l))));
    out.extend(brief.colophon.iter().map(|l| format!("COLOPHON {l}")));
    out.join("\n")
}

pub(super) fn sections(brief: &Brief) -> String {
    let mut out = Vec::new();
    for section in &brief.sections {
        out.push(format!("\n## {} ({})", section.title, section.id));
        blocks(&section.blocks, &mut out);
    }
    out.join("\n")
}
