//! A conflict of the Graph Model: at which states it rests, for whom and why, what would have to be otherwise, and where
//! it can go.

use super::grid::Grid;
use super::method::exactness;
use super::numbers::{count, thousands};
use super::paragraph;
use super::prose::{Prose, and, joined};
use crate::analysis::Finding;
use crate::analysis::stability::Concept;
use crate::analysis::stability::account::{
    Account, Ahead, Changed, Improvement, Kept, Listed, Open, Place, Reason, Turn, Wanted, WantedFor, Wants, Way,
};
use crate::brief::content::{Block, Cell, Line, Section, Tone, plain};
use indexmap::IndexMap;

/// States up to which every state has a row of its own.
const MOST_ROWS: usize = 64;
/// Codes of states longer than this are hard to read.
const LONGEST_CODE: usize = 16;
/// States named in a list at most.
const MOST_NAMED: usize = 12;
/// Sets of states that are told of each decision maker.
const MOST_SETS: usize = 6;
/// Lists of edits that are told.
const MOST_EDITS: usize = 3;
/// Ways that are told.
const MOST_WAYS: usize = 8;

/// The page of a conflict.
#[must_use]
pub fn conflict_section(title: &str, finding: &Finding<Account>) -> Section {
    let account = &finding.answer;
    let mut blocks = vec![paragraph(sizes(account))];
    blocks.extend(makers(account));
    blocks.push(rests(account));
    blocks.extend(rows(account));
    blocks.extend(reasons(account));
    blocks.extend(account.inverse.as_ref().into_iter().flat_map(wanted));
    blocks.extend(account.paths.as_ref().into_iter().flat_map(ahead));
    let made = &finding.made;
    let limits = if made.limits.is_empty() { String::new() } else { format!("; {}", made.limits.join("; ")) };
    blocks.push(Block::Heading("How it was made".into()));
    blocks.push(paragraph(format!("{} ({}){limits}.", made.method, exactness(&made.exactness))));
    Section { id: "conflict".into(), title: title.to_string(), blocks }
}

fn sizes(account: &Account) -> String {
    let makers = count(account.decision_makers.len(), "decision maker", "decision makers");
    let states = match account.states.as_str() {
        "1" => "1 state".to_string(),
        many => format!("{} states", thousands(many)),
    };
    match account.issues.len() {
        0 => format!("{states}, {makers}."),
        issues => format!("{states} of {}, {makers}.", count(issues, "option", "options")),
    }
}

fn makers(account: &Account) -> Option<Block> {
    let mut grid = Grid::new("Who can move what", &["Decision maker", "Holds"]);
    for maker in account.decision_makers.iter().filter(|m| !m.holds.is_empty()) {
        grid.row(vec![maker.name.clone().into(), maker.holds.join("; ").into()]);
    }
    grid.block()
}

/// Equilibria by rule.
fn rests(account: &Account) -> Block {
    let mut grid = Grid::new("Equilibria: states that are stable for all", &["By", "#How many", "Which"]);
    for (rule, listed) in &account.equilibria {
        grid.row(vec![rule.clone().into(), thousands(&listed.count.to_string()).into(), named(listed).into()]);
    }
    Block::Table(grid.table())
}

/// The ordinal of a state with its code: `4 (NNY)`.
fn short(place: &Place) -> String {
    match &place.ordinal {
        Some(ordinal) if ordinal.to_string() != place.code => format!("{ordinal} ({})", place.code),
        _ => place.code.clone(),
    }
}

fn named(listed: &Listed) -> String {
    let mut all: Vec<String> = listed.states.iter().take(MOST_NAMED).map(short).collect();
    let some = all.len();
    if listed.count.to_string() != some.to_string() {
        all.push("…".into());
    }
    if all.is_empty() { "none".to_string() } else { all.join(", ") }
}

/// A row per state: for whom it is stable by which rule.
fn rows(account: &Account) -> Option<Block> {
    let states: usize = account.states.parse().ok().filter(|n| *n <= MOST_ROWS)?;
    let every = || account.stable.values().flat_map(IndexMap::values).chain(account.equilibria.values());
    let whole = every().all(|listed| listed.count.to_string() == listed.states.len().to_string());
    if !whole {
        return None;
    }
    let mut columns = vec!["#No.".to_string(), "State".to_string()];
    columns.extend(account.decision_makers.iter().map(|m| m.name.clone()));
    columns.push("All".into());
    let mut grid = Grid::with("By which rules each state is stable, for whom", columns);
    let rules = |of: &IndexMap<String, Listed>, at: usize| -> Cell {
        let has = |listed: &Listed| listed.states.iter().any(|s| is(s, at));
        let all: Vec<&str> = of.iter().filter(|(_, listed)| has(listed)).map(|(rule, _)| rule.as_str()).collect();
        let tone = if all.is_empty() { Tone::Shut } else { Tone::Open };
        let words = match all.len() {
            0 => "–".to_string(),
            n if n > 1 && n == of.len() => "all".to_string(),
            _ => all.join(" "),
        };
        Cell { line: plain(words), tone }
    };
    for at in 1..=states {
        let place = every().flat_map(|listed| &listed.states).find(|s| is(s, at));
        let mut cells: Vec<Cell> =
            vec![at.to_string().into(), place.map_or(Cell::default(), |p| p.code.clone().into())];
        cells.extend(account.stable.values().map(|of| rules(of, at)));
        cells.push(rules(&account.equilibria, at));
        grid.row(cells);
    }
    grid.block()
}

fn is(place: &Place, ordinal: usize) -> bool {
    place.ordinal.as_ref().is_some_and(|o| o.to_string() == ordinal.to_string())
}

fn reasons(account: &Account) -> Vec<Block> {
    let Some(first) = account.why.first() else { return Vec::new() };
    let mut blocks = vec![Block::Heading(format!("Why {} is stable, or not", first.state.code))];
    blocks.push(paragraph(format!("{}.", spelled(&first.state.values))));
    blocks.push(Block::List(account.why.iter().map(reason).collect()));
    blocks
}

fn spelled(values: &IndexMap<String, String>) -> String {
    values.iter().map(|(issue, value)| format!("{issue}: {value}")).collect::<Vec<_>>().join("; ")
}

fn reason(reason: &Reason) -> Line {
    let verdict = if reason.stable { "stable" } else { "not stable" };
    let prose = Prose::new().strong(format!("{}, {}: {verdict}. ", reason.decision_maker, reason.concept.short()));
    let line = match reason.answers.as_slice() {
        [] => prose.text("It can move to no state that it prefers."),
        answers => prose.line(joined(answers.iter().map(|answer| improvement(answer, reason)), " ")),
    };
    let told = reason.answers.len() as u64;
    match reason.improvements.filter(|n| *n > told) {
        Some(n) => line
            .text(format!(" {} in all.", count(usize::try_from(n).unwrap_or(usize::MAX), "such move", "such moves")))
            .done(),
        None => line.done(),
    }
}

fn improvement(improvement: &Improvement, reason: &Reason) -> Line {
    let to = format!("It prefers {}", moved(&improvement.to, &improvement.changes));
    plain(match &improvement.sanction {
        None if reason.concept == Concept::Nash => format!("{to}, and can move there."),
        None => format!("{to}, and nothing that counts answers the move there."),
        Some(steps) => {
            let how = if improvement.credible { "would answer" } else { "could answer" };
            format!("{to}; {how}: {}.", turns(steps))
        }
    })
}

/// Where a move leads: the code of the state where that can be read, else what the move changes.
fn moved(to: &Place, changes: &IndexMap<String, String>) -> String {
    if to.code.chars().count() <= LONGEST_CODE { to.code.clone() } else { format!("“{}”", spelled(changes)) }
}

fn turns(turns: &[Turn]) -> String {
    turns
        .iter()
        .map(|turn| format!("{} to {}", and(&turn.by), moved(&turn.to, &turn.changes)))
        .collect::<Vec<_>>()
        .join(", then ")
}

fn wanted(wanted: &Wanted) -> Vec<Block> {
    let mut blocks =
        vec![Block::Heading(format!("Which preferences would make {} an equilibrium", short(&wanted.state)))];
    for wants in &wanted.concepts {
        blocks.push(wants_table(wants));
        let kept: Vec<Line> = wants.kept.iter().flat_map(|k| kept(k, wants.concept)).collect();
        if !kept.is_empty() {
            blocks.push(Block::List(kept));
        }
    }
    let independent = wanted.concepts.iter().all(|wants| wants.independent);
    blocks.push(paragraph(format!(
        "Each set is a smallest one: with all its states ranked no higher than {}, it is stable for that decision maker.{}",
        wanted.state.code,
        if independent { "" } else { " By SEQ and SSEQ that holds while the others keep the preferences given." }
    )));
    blocks
}

fn wants_table(wants: &Wants) -> Block {
    let is = if wants.equilibrium { "is" } else { "is not" };
    let mut grid = Grid::new(
        format!("{}: with the preferences given it {is} an equilibrium", wants.concept.short()),
        &["For", "Stable", "One of these sets ranked no higher", "#Strict rankings that do", "Nearest change"],
    );
    for maker in &wants.makers {
        grid.row(vec![
            maker.decision_maker.clone().into(),
            if maker.stable { "yes" } else { "no" }.into(),
            sets(maker).into(),
            rankings(maker).into(),
            change(maker).into(),
        ]);
    }
    Block::Table(grid.table())
}

/// What would keep a decision maker: a line per improvement that nothing answers, and one for its statements.
fn kept(kept: &Kept, concept: Concept) -> Vec<Line> {
    let who = &kept.decision_maker;
    let mut lines: Vec<Line> =
        kept.open.iter().take(MOST_SETS).map(|open| plain(sanction(who, open, concept))).collect();
    if kept.open.len() > MOST_SETS {
        lines.push(plain(format!("{who}: {} more such moves.", kept.open.len() - MOST_SETS)));
    }
    let edits: Vec<String> = kept.edits.iter().take(MOST_EDITS).map(|list| edit(list)).collect();
    if !edits.is_empty() {
        let more = if kept.edits.len() > MOST_EDITS { "; or others" } else { "" };
        lines.push(plain(format!("{who} would stay if, of its statements, {}{more}.", edits.join("; or if "))));
    }
    lines
}

fn sanction(who: &str, open: &Open, concept: Concept) -> String {
    // Nash stability looks at no answer: there the move itself would have to cost something.
    let nash = concept == Concept::Nash;
    let what = if nash { "The move itself" } else { "A sanction" };
    let cost = match (open.before_statement, open.ranks) {
        (Some(1), _) => format!(" {what} would have to break something that counts before all its statements."),
        (Some(place), _) => format!(" {what} would have to break something that counts before its statement {place}."),
        (None, Some(1)) => format!(" {what} would have to cost it 1 rank."),
        (None, Some(ranks)) => format!(" {what} would have to cost it {ranks} ranks."),
        (None, None) => String::new(),
    };
    let threat = match open.threat.as_slice() {
        [] => String::new(),
        steps => format!(" One is there, and those who make it do not gain by it: {}.", turns(steps)),
    };
    let answer = if nash { "" } else { ", and nothing that counts answers it" };
    format!("{who} gains by a move to {}{answer}.{cost}{threat}", open.to.code)
}

fn edit(list: &[Changed]) -> String {
    let one = |changed: &Changed| match changed {
        Changed::Moved { statement, to } => format!("number {statement} came to be number {to}"),
        Changed::Dropped { statement } => format!("number {statement} were dropped"),
        Changed::Negated { statement } => format!("number {statement} were turned round"),
    };
    and(&list.iter().map(one).collect::<Vec<_>>())
}

fn sets(maker: &WantedFor) -> String {
    let set = |states: &Vec<Place>| {
        let names: Vec<String> =
            states.iter().map(|s| s.ordinal.as_ref().map_or_else(|| s.code.clone(), ToString::to_string)).collect();
        if names.is_empty() { "nothing is needed".to_string() } else { format!("{{{}}}", names.join(", ")) }
    };
    let mut all: Vec<String> = maker.minimal.iter().take(MOST_SETS).map(set).collect();
    if maker.minimal.len() > MOST_SETS || maker.sets.as_ref().is_some_and(|n| *n != maker.minimal.len().to_string()) {
        all.push(maker.sets.as_ref().map_or_else(|| "…".to_string(), |n| format!("… ({n} in all)")));
    }
    all.join(" or ")
}

fn rankings(maker: &WantedFor) -> String {
    let share = maker.share.map(|share| format!("{:.1}\u{a0}%", share * 100.0));
    match (&maker.rankings, share) {
        (Some(rankings), Some(share)) if rankings.len() <= 12 => format!("{} ({share})", thousands(rankings)),
        (_, Some(share)) => share,
        _ => "not counted".to_string(),
    }
}

fn change(maker: &WantedFor) -> String {
    match &maker.change {
        _ if maker.stable => "none".to_string(),
        None => "not found".to_string(),
        Some(change) => {
            let lowered: Vec<String> = change.lowered.iter().map(short).collect();
            let swaps = if (change.swaps - 1.0).abs() < 1e-9 {
                "1 swap".to_string()
            } else {
                format!("{} swaps", change.swaps)
            };
            format!("{swaps}: {} below it", and(&lowered))
        }
    }
}

fn ahead(ahead: &Ahead) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(format!("Where it can go from {}", short(&ahead.from)))];
    for (how, ways) in [
        ("moves that each improve things for the one who makes them", &ahead.by_improvements),
        ("any moves", &ahead.by_moves),
    ] {
        if ways.is_empty() {
            blocks.push(paragraph(format!("No equilibrium ({}) can be reached by {how}.", ahead.rule)));
            continue;
        }
        let mut grid = Grid::new(
            format!("Equilibria ({}) that can be reached by {how}", ahead.rule),
            &["Equilibrium", "#Moves", "Shortest way"],
        );
        for way in ways.iter().take(MOST_WAYS) {
            grid.row(vec![short(&way.to).into(), way.moves.len().to_string().into(), path(way).into()]);
        }
        blocks.push(Block::Table(grid.table()));
    }
    if !ahead.out_of_reach.is_empty() {
        let all: Vec<String> = ahead.out_of_reach.iter().take(MOST_NAMED).map(short).collect();
        blocks.push(paragraph(format!("Out of reach from here: {}.", all.join(", "))));
    }
    blocks
}

fn path(way: &Way) -> String {
    if way.moves.is_empty() { "it is there".to_string() } else { turns(&way.moves) }
}
