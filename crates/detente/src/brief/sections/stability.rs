//! Would it hold: who can move what, whether anybody would leave a state of affairs, and what keeps them.

use super::grid::Grid;
use super::numbers::{bar, count, in_how_many, share, with_interval};
use super::prose::{Prose, and, maybe, quoted};
use super::view::View;
use super::{paragraph, section};
use crate::analysis::stability::Concept;
use crate::brief::content::{Bars, Block, Cell, Figure, Graph, Inline, Line, Plot, Section, Tone, plain};
use crate::lens::stability::{Departure, Holding, Move, PreferenceFrom, Situation, StabilityAnswer, Without};
use crate::lens::{Finding, ShareOf};
use indexmap::IndexMap;

/// Departures that are told per state of affairs.
const MOST_DEPARTURES: usize = 6;
/// States that improvements lead to that are told.
const MOST_ENDS: usize = 4;
/// Priorities that are told.
const MOST_CLAIMS: usize = 6;
/// A move found in fewer draws than this is not drawn.
const DRAWN_FROM: f64 = 0.05;

/// The section, unless the case does not say who can move what.
pub(super) fn write(view: &View<'_>, finding: &Finding<StabilityAnswer>) -> Option<Section> {
    let answer = &finding.answer;
    if answer.situations.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Paragraph(sentence_that_matters(answer)), paragraph(INTRO)];
    blocks.extend(holders(view, answer));
    blocks.extend(priorities(view));
    blocks.push(Block::Figure(Box::new(overview(answer))));
    for (at, situation) in answer.situations.iter().enumerate() {
        blocks.push(Block::Heading(situation.name.clone()));
        blocks.extend(one(view, answer, situation, at));
    }
    for missing in &answer.missing {
        blocks.push(Block::Note(plain(missing.clone())));
    }
    section("stability", "Would it hold", blocks)
}

const INTRO: &str = "For each state of affairs below, what is agreed in it stays as it is, and everybody can change what \
                     they hold. A state holds at once (R) when nobody gains by a move of their own; against answers (SEQ) when \
                     whoever would gain is answered by others, to their own advantage, and ends no better off; and against \
                     threats (GMR) when the others could answer so, whatever it costs them. SSEQ and SMR ask besides that the \
                     one who moved cannot get away from the answer. The words are those of the Graph Model for Conflict \
                     Resolution. That a state would hold says nothing on whether it would be agreed: the zone of agreement \
                     asks that.";

/// The concepts of the table, in the order from the strictest to the weakest that a reader needs.
const SHOWN: [(Concept, &str); 5] = [
    (Concept::Nash, "at once (R)"),
    (Concept::Sseq, "against answers, no way out (SSEQ)"),
    (Concept::Seq, "against answers (SEQ)"),
    (Concept::Smr, "against threats, no way out (SMR)"),
    (Concept::Gmr, "against threats (GMR)"),
];

fn holds(situation: &Situation, concept: Concept) -> ShareOf {
    situation.holds.get(&concept).copied().unwrap_or_else(|| ShareOf::new(0, 0))
}

/// The state asked about first: of those the case names, the first that keeps every rule.
pub(super) fn first(answer: &StabilityAnswer) -> Option<&Situation> {
    answer.situations.iter().skip(1).find(|s| s.feasible)
}

fn sentence_that_matters(answer: &StabilityAnswer) -> Line {
    let Some(situation) = first(answer).or(answer.situations.first()) else { return Vec::new() };
    let told = format!(
        "{} holds against answers (SEQ) {}",
        quoted(&situation.name),
        in_how_many(&holds(situation, Concept::Seq))
    );
    let others: Vec<String> = answer
        .situations
        .iter()
        .filter(|s| s.feasible && s.id != situation.id)
        .map(|s| format!("{}: {}", quoted(&s.name), share(&holds(s, Concept::Seq))))
        .collect();
    let others =
        if others.is_empty() { String::new() } else { format!(" The same of the others: {}.", others.join("; ")) };
    Prose::new().strong(told).text(format!("; {}.{others}", leavers(answer, situation))).done()
}

/// Who would leave a state, in a clause.
pub(super) fn leavers(answer: &StabilityAnswer, situation: &Situation) -> String {
    let leaves = |holding: &Holding| {
        let stable = holding.stable.get(&Concept::Seq)?;
        let leaves = ShareOf::new(stable.draws.saturating_sub(stable.hits), stable.draws);
        (leaves.hits > 0).then(|| (name(answer, &holding.id), leaves))
    };
    let mut all: Vec<(String, ShareOf)> = situation.makers.iter().filter_map(leaves).collect();
    all.sort_by_key(|(_, share)| std::cmp::Reverse(share.hits));
    match all.as_slice() {
        [] => "nobody would leave it undeterred".to_string(),
        some => {
            let each: Vec<String> = some.iter().map(|(who, of)| format!("{who} in {}", share(of))).collect();
            format!("it would be left undeterred by {}", and(&each))
        }
    }
}

fn name(answer: &StabilityAnswer, id: &str) -> String {
    answer.decision_makers.iter().find(|m| m.id == id).map_or_else(|| id.to_string(), |m| m.name.clone())
}

fn holders(view: &View<'_>, answer: &StabilityAnswer) -> Option<Block> {
    let mut grid = Grid::new("Who can move what alone", &["Who", "Holds", "What its preference is read from"]);
    for maker in &answer.decision_makers {
        let holds: Vec<String> = maker.holds.iter().map(|id| view.issue(id)).collect();
        let from = match maker.preference {
            PreferenceFrom::Priorities => count(maker.priorities.len(), "priority", "priorities"),
            PreferenceFrom::Utility => "its utilities and red lines".to_string(),
            PreferenceFrom::Nothing => "nothing: taken to be indifferent".to_string(),
        };
        let holds: Cell = if holds.is_empty() { "nothing alone".into() } else { holds.join("; ").into() };
        grid.row(vec![maker.name.clone().into(), holds, from.into()]);
    }
    grid.block()
}

fn priorities(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Priorities, from the most to the least important; statements of one tier in an order that is drawn",
        &["Whose", "#Tier", "Would rather have", "Firmness", "Basis and evidence"],
    );
    let mut last = ("", 0u32);
    for priority in &view.document().priorities {
        let before = if last.0 == priority.of.as_str() { last.1 } else { 0 };
        let tier = priority.tier.unwrap_or(before.saturating_add(1));
        last = (priority.of.as_str(), tier);
        let words = priority.says.clone().unwrap_or_else(|| view.condition(&priority.holds.expr));
        grid.row(vec![
            view.who(priority.of.as_str()).into(),
            tier.to_string().into(),
            view.claim_cell(&priority.grounds, words),
            maybe(priority.firmness.map(|f| super::numbers::range_percent(f.0))),
            view.basis(&priority.grounds),
        ]);
    }
    grid.block().map(|table| Block::Fold(plain("What each puts first"), vec![table]))
}

fn overview(answer: &StabilityAnswer) -> Figure {
    let feasible = || answer.situations.iter().filter(|s| s.feasible);
    let series = [Concept::Nash, Concept::Seq, Concept::Gmr];
    let title = |concept: Concept| SHOWN.iter().find(|(c, _)| *c == concept).map_or("", |(_, title)| *title);
    let rows = feasible().map(|s| (s.name.clone(), series.iter().map(|c| bar(&holds(s, *c))).collect()));
    let mut columns = vec!["State of affairs".to_string()];
    columns.extend(SHOWN.iter().map(|(_, title)| format!("#Holds {title}")));
    let mut twin = Grid::with("In which share of draws each state of affairs holds (95\u{a0}% interval)", columns);
    for situation in &answer.situations {
        let mut cells: Vec<Cell> = vec![situation.name.clone().into()];
        match situation.feasible {
            true => cells.extend(SHOWN.iter().map(|(c, _)| Cell::from(with_interval(&holds(situation, *c))))),
            false => cells.push("breaks a rule".into()),
        }
        twin.row(cells);
    }
    Figure {
        id: "stability".into(),
        title: "Which states of affairs hold".into(),
        description:
            "Per state of affairs, the share of draws in which nobody leaves it: at once, against credible answers, \
                      and against threats."
                .into(),
        reading: plain(reading(answer)),
        plot: Plot::Bars(Bars {
            series: series.map(|c| title(c).to_string()).to_vec(),
            rows: rows.collect(),
            axis: "Share of draws in which it holds".into(),
        }),
        twin: twin.table(),
    }
}

fn reading(answer: &StabilityAnswer) -> String {
    let mut all: Vec<&Situation> = answer.situations.iter().filter(|s| s.feasible).collect();
    all.sort_by_key(|s| std::cmp::Reverse(holds(s, Concept::Seq).hits));
    match all.as_slice() {
        [] => "No state of affairs asked about keeps every rule.".to_string(),
        [one] => format!("{} holds against answers in {}.", quoted(&one.name), share(&holds(one, Concept::Seq))),
        [first, .., last] => format!(
            "Of {} states of affairs, {} holds most often against answers ({}), {} least often ({}).",
            all.len(),
            quoted(&first.name),
            share(&holds(first, Concept::Seq)),
            quoted(&last.name),
            share(&holds(last, Concept::Seq))
        ),
    }
}

fn one(view: &View<'_>, answer: &StabilityAnswer, situation: &Situation, at: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut prose = Prose::new();
    if !situation.agreed.is_empty() {
        prose = prose.text(format!("Agreed: {}. ", changes(view, &situation.agreed)));
    }
    let now = answer.situations.first().map(|s| &s.conduct);
    let different = |(id, value): &(&String, &String)| at == 0 || now.is_none_or(|now| now.get(*id) != Some(*value));
    let conduct: IndexMap<String, String> =
        situation.conduct.iter().filter(different).map(|(id, value)| (id.clone(), value.clone())).collect();
    prose = prose.text(match (at, conduct.is_empty()) {
        (0, _) => format!("What everybody does: {}. ", changes(view, &conduct)),
        (_, true) => "Everybody does what they do now. ".to_string(),
        (_, false) => format!("What somebody does otherwise than now: {}. ", changes(view, &conduct)),
    });
    prose = prose.text(format!("{} around it can come about.", count_of(&situation.states)));
    blocks.push(Block::Paragraph(prose.done()));
    if !situation.feasible {
        blocks.push(Block::Note(plain(
            "The state breaks a rule between issues or a state that cannot be, so it is not judged.",
        )));
        return blocks;
    }
    match departures(view, answer, situation) {
        Some(table) => {
            blocks.push(table);
            blocks.extend(graph(view, answer, situation, at).map(|figure| Block::Figure(Box::new(figure))));
        }
        None => blocks.push(paragraph("Nobody gains by a move of their own in any draw.")),
    }
    blocks.extend(hangs_on(view, situation));
    blocks.extend(ends(view, answer, situation));
    blocks
}

/// The priorities without which it would hold more or less often.
fn hangs_on(view: &View<'_>, situation: &Situation) -> Option<Block> {
    let line = |without: &Without| -> Line {
        Prose::new()
            .piece(view.claim_in_words(&without.claim))
            .text(format!(": {} without it", share(&without.holds)))
            .done()
    };
    let lines: Vec<Line> = situation.hangs_on.iter().take(MOST_CLAIMS).map(line).collect();
    let title = format!(
        "What it hangs on: with each of these priorities left out it holds against answers in another share than {} (of the \
         first {} draws)",
        share(&situation.same_draws),
        situation.same_draws.draws
    );
    (!lines.is_empty()).then(|| Block::Fold(plain(title), vec![Block::List(lines)]))
}

fn count_of(states: &str) -> String {
    if states == "1" { "1 state".to_string() } else { format!("{} states", super::numbers::thousands(states)) }
}

fn changes(view: &View<'_>, terms: &IndexMap<String, String>) -> String {
    let one = |(issue, value): (&String, &String)| format!("{}: {}", view.issue(issue), view.meaning(issue, value));
    terms.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn moves(view: &View<'_>, answer: &StabilityAnswer, moves: &[Move]) -> String {
    let one = |step: &Move| format!("{} ({})", name(answer, &step.by), changes(view, &step.to));
    moves.iter().map(one).collect::<Vec<_>>().join(", then ")
}

/// Departures of a state with whose they are, the most frequent first.
fn listed(situation: &Situation) -> Vec<(&str, &Departure)> {
    let each = situation.makers.iter().flat_map(|m| m.departures.iter().map(|d| (m.id.as_str(), d)));
    let mut all: Vec<(&str, &Departure)> = each.collect();
    all.sort_by_key(|(_, departure)| std::cmp::Reverse(departure.share.hits));
    all
}

fn departures(view: &View<'_>, answer: &StabilityAnswer, situation: &Situation) -> Option<Block> {
    let all = listed(situation);
    let mut grid = Grid::new(
        format!("Who would gain by leaving {}", quoted(&situation.name)),
        &["Who", "By which move", "#Gains by it in", "#Undeterred in", "What would deter it"],
    );
    for (who, departure) in all.iter().take(MOST_DEPARTURES) {
        let deterrent = match (departure.sanction.as_slice(), departure.threat.as_slice()) {
            ([], []) => "nothing that the others hold".to_string(),
            ([], threat) => format!("a threat only, at a cost to those who make it: {}", moves(view, answer, threat)),
            (sanction, _) => moves(view, answer, sanction),
        };
        grid.row(vec![
            name(answer, who).into(),
            changes(view, &departure.to).into(),
            with_interval(&departure.share).into(),
            with_interval(&departure.undeterred).into(),
            deterrent.into(),
        ]);
    }
    let block = grid.block()?;
    let more = all.len().saturating_sub(MOST_DEPARTURES);
    Some(match more {
        0 => block,
        more => Block::Fold(plain(format!("Who would gain by leaving ({more} rarer moves are left out)")), vec![block]),
    })
}

/// The state with the moves that leave it and the answers to them.
fn graph(view: &View<'_>, answer: &StabilityAnswer, situation: &Situation, at: usize) -> Option<Figure> {
    let mut nodes = vec![(situation.name.clone(), "The state of affairs".to_string(), Tone::Plain)];
    let mut edges = Vec::new();
    let mut twin = Grid::new(
        format!("Moves from {} and the answers to them", quoted(&situation.name)),
        &["From", "Who moves", "To", "#In"],
    );
    for (who, departure) in
        listed(situation).into_iter().filter(|(_, d)| d.share.share >= DRAWN_FROM).take(MOST_DEPARTURES)
    {
        let moved = nodes.len();
        let (who, to) = (name(answer, who), changes(view, &departure.to));
        nodes.push((to.clone(), format!("After {who} moves"), Tone::Plain));
        edges.push((0, moved, format!("{who}, {}", share(&departure.share)), Tone::Plain));
        twin.row(vec![
            situation.name.clone().into(),
            who.into(),
            to.clone().into(),
            with_interval(&departure.share).into(),
        ]);
        let answers = if departure.sanction.is_empty() { &departure.threat } else { &departure.sanction };
        if let Some(first) = answers.first() {
            let answered = changes(view, &first.to);
            let node = nodes.iter().position(|(label, group, _)| *label == answered && group == "After the answer");
            let node = node.unwrap_or_else(|| {
                nodes.push((answered.clone(), "After the answer".to_string(), Tone::Plain));
                nodes.len() - 1
            });
            let by = name(answer, &first.by);
            let label = if departure.sanction.is_empty() { format!("{by}, as a threat") } else { by.clone() };
            edges.push((moved, node, label, Tone::Plain));
            twin.row(vec![to.into(), by.into(), answered.into(), "".into()]);
        }
    }
    if edges.is_empty() {
        return None;
    }
    Some(Figure {
        id: format!("stability-{}", at + 1),
        title: format!("Ways out of {}", quoted(&situation.name)),
        description:
            "The state of affairs, the most preferred moves that leave it with the share of draws, and the first \
                      answer to each."
                .into(),
        reading: plain(ways_out(answer, situation)),
        plot: Plot::Graph(Graph { nodes, edges }),
        twin: twin.table(),
    })
}

fn ways_out(answer: &StabilityAnswer, situation: &Situation) -> String {
    let Some((who, departure)) = listed(situation).into_iter().next() else {
        return "Nobody gains by leaving.".to_string();
    };
    let who = name(answer, who);
    match departure.undeterred.hits {
        0 => format!(
            "The most frequent way out is a move of {who} ({}), deterred in every draw.",
            share(&departure.share)
        ),
        _ => format!(
            "The most frequent way out is a move of {who} ({}); nothing deters it in {}.",
            share(&departure.share),
            share(&departure.undeterred)
        ),
    }
}

fn ends(view: &View<'_>, answer: &StabilityAnswer, situation: &Situation) -> Option<Block> {
    if situation.leads_to.is_empty() {
        return Some(paragraph(
            "No state at which nobody moves on (SEQ) can be reached by moves that each improve things for the one who moves.",
        ));
    }
    let line = |end: &crate::lens::stability::LeadsTo| -> Line {
        let what = match end.changes.is_empty() {
            true => "it stays as it is".to_string(),
            false => changes(view, &end.changes),
        };
        let mut line: Line = vec![Inline::Strong(share(&end.share)), Inline::Text(format!(": {what}"))];
        if end.path.len() > 1 {
            line.push(Inline::Text(format!(" (for example {})", moves(view, answer, &end.path))));
        }
        line
    };
    let lines: Vec<Line> = situation.leads_to.iter().take(MOST_ENDS).map(line).collect();
    let title =
        "Where moves that improve things for the one who moves can lead, and nobody moves on (SEQ), by share of draws";
    Some(Block::Fold(plain(title), vec![Block::List(lines)]))
}
