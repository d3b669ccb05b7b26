//! From rows to a graph.

use super::compare::{self, Pair};
use super::rows::{Cell, Rows};
use super::{MOST_PLACES, MOST_STATES, MOST_UNKNOWN, WORDS};
use crate::exchange::few::Few;
use crate::exchange::gmcr::MOST_MAKERS;
use crate::exchange::tree::{short, too_large};
use crate::game::conflict::{Graph, GraphMaker, Joint, Order};
use crate::game::{Exact, decimal};
use crate::text::{Code, Diagnostic, FileId, Severity, Span, did_you_mean};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names are at most this long, in bytes.
const LONGEST: usize = 10_000;
/// Near names are looked for among at most this many.
const MOST_NEAR: usize = 1_000;

/// Reads a graph. `None`, with the reasons said, where there is none.
pub(crate) fn read(file: FileId, text: &str, few: &mut Few) -> Option<Graph> {
    let mut table = Table::default();
    for row in Rows::new(file, text) {
        let cells = row.map_err(|fault| few.push(fault)).ok()?;
        table.declare(&cells, few)?;
    }
    let start = Span::new(file, 0..text.chars().next().map_or(0, char::len_utf8));
    if table.makers.is_empty() {
        let found = Diagnostic::new(Code::ConflictNoMaker, "there is no decision maker").at(start, "in here");
        few.push(found.hint("add a row `maker,ID` for each"));
    }
    if table.states.is_empty() {
        let found = Diagnostic::new(Code::ExchangeMissing, "there is no state").at(start, "in here");
        few.push(found.hint("add a row `state,NAME` for each"));
    }
    if table.states.len().saturating_mul(table.makers.len()) > MOST_PLACES {
        let (states, makers) = (table.states.len(), table.makers.len());
        few.push(too_large(format!("{states} states of {makers} decision makers are more than is read"), start));
    }
    if few.has_errors() {
        return None;
    }
    table.ready();
    for row in Rows::new(file, text) {
        table.take(&row.ok()?, few);
    }
    table.graph(few)
}

/// A number of a rank or level: whole where it can be.
#[derive(Debug, Clone, PartialEq)]
enum Number {
    Whole(u32),
    Other(Box<Exact>),
}

impl Number {
    fn exact(&self) -> Exact {
        match self {
            Number::Whole(n) => Exact::from_integer((*n).into()),
            Number::Other(x) => x.as_ref().clone(),
        }
    }
}

/// What the rows say of what one decision maker prefers.
#[derive(Debug, Default)]
struct Said {
    ranks: BTreeMap<u32, (Number, Option<Number>, Span)>,
    better: Vec<Pair>,
    equal: Vec<Pair>,
    unknown: BTreeMap<(u32, u32), Span>,
}

/// What the rows say.
#[derive(Debug, Default)]
struct Table {
    states: Vec<String>,
    makers: Vec<(String, String, Span)>,
    state_at: HashMap<String, u32>,
    maker_at: HashMap<String, usize>,
    moves: Vec<Vec<Vec<u32>>>,
    joint: Vec<(Vec<usize>, Vec<Vec<u32>>)>,
    joint_at: HashMap<Vec<usize>, usize>,
    said: Vec<Said>,
}

impl Table {
    /// Takes a row that declares a state or a decision maker, and refuses rows of no known kind. `None` stops.
    fn declare(&mut self, cells: &[Cell], few: &mut Few) -> Option<()> {
        let [word, rest @ ..] = cells else { return Some(()) };
        let kind = word.text.to_ascii_lowercase();
        if !WORDS.contains(&kind.as_str()) {
            let message = format!("a row begins with `{}`", short(&word.text));
            let found = Diagnostic::new(Code::ExchangeSyntax, message).at(word.span, "unknown");
            let near = few.says(Severity::Error).then(|| did_you_mean(&kind, WORDS));
            few.push(found.maybe_hint(near.flatten()));
            return Some(());
        }
        if let Some(long) = cells.iter().find(|c| c.text.len() > LONGEST) {
            few.push(too_large(format!("a cell has more than {LONGEST} bytes"), long.span));
            return None;
        }
        if !matches!(kind.as_str(), "state" | "maker") {
            return Some(());
        }
        let (key, name) = match rest {
            [key] => (key, key),
            [key, name] => (key, name),
            _ => {
                few.push(shape(word, &kind));
                return Some(());
            }
        };
        let is_state = kind == "state";
        let count = if is_state { self.states.len() } else { self.makers.len() };
        if count >= if is_state { MOST_STATES } else { MOST_MAKERS } {
            few.push(too_large(format!("more than {count} {kind} rows"), word.span));
            return None;
        }
        let taken = match u32::try_from(count) {
            Ok(at) if is_state => self.state_at.insert(key.text.to_string(), at).is_some(),
            _ => self.maker_at.insert(key.text.to_string(), count).is_some(),
        };
        if key.text.is_empty() {
            few.push(Diagnostic::new(Code::ExchangeMissing, format!("a {kind} without a name")).at(word.span, "here"));
        } else if taken {
            let message = format!("the {kind} `{}` is there twice", short(&key.text));
            few.push(Diagnostic::new(Code::DuplicateName, message).at(key.span, "again here"));
        }
        if is_state {
            self.states.push(name.text.to_string());
        } else {
            self.makers.push((key.text.to_string(), name.text.to_string(), word.span));
        }
        Some(())
    }

    fn ready(&mut self) {
        self.moves = vec![vec![Vec::new(); self.states.len()]; self.makers.len()];
        self.said = self.makers.iter().map(|_| Said::default()).collect();
    }

    /// Takes a row that speaks of states and decision makers.
    fn take(&mut self, cells: &[Cell], few: &mut Few) {
        let [word, rest @ ..] = cells else { return };
        let kind = word.text.to_ascii_lowercase();
        match (kind.as_str(), rest) {
            ("move", [maker, from, to]) => {
                let found = (self.maker(maker, few), self.state(from, few), self.state(to, few));
                let (Some(maker), Some(from), Some(to)) = found else { return };
                if let Some(to) = elsewhere(from, to, word, few)
                    && let Some(moves) = self.moves.get_mut(maker).and_then(|m| m.get_mut(from as usize))
                {
                    moves.push(to);
                }
            }
            ("joint", [from, to, holders @ ..]) if holders.len() > 1 => self.joint(word, from, to, holders, few),
            ("rank", [maker, state, rank]) => self.rank(maker, state, rank, None, few),
            ("rank", [maker, state, rank, level]) => self.rank(maker, state, rank, Some(level), few),
            ("better" | "equal", [maker, chain @ ..]) if chain.len() > 1 => {
                let Some(maker) = self.maker(maker, few) else { return };
                let states: Vec<Option<u32>> = chain.iter().map(|c| self.state(c, few)).collect();
                let Some(said) = self.said.get_mut(maker) else { return };
                let list = if kind == "better" { &mut said.better } else { &mut said.equal };
                for (pair, second) in states.windows(2).zip(chain.iter().skip(1)) {
                    if let [Some(a), Some(b)] = pair {
                        list.push(Pair { one: *a, other: *b, span: second.span });
                    }
                }
            }
            ("unknown", [maker, one, other]) => {
                let found = (self.maker(maker, few), self.state(one, few), self.state(other, few));
                let (Some(maker), Some(one), Some(other)) = found else { return };
                if elsewhere(one, other, word, few).is_some()
                    && let Some(said) = self.said.get_mut(maker)
                {
                    said.unknown.insert((one.min(other), one.max(other)), word.span);
                }
            }
            ("state" | "maker", _) => {}
            _ => few.push(shape(word, &kind)),
        }
    }

    fn joint(&mut self, word: &Cell, from: &Cell, to: &Cell, holders: &[Cell], few: &mut Few) {
        let (from, to) = (self.state(from, few), self.state(to, few));
        let mut who: Vec<usize> = holders.iter().filter_map(|h| self.maker(h, few)).collect();
        who.sort_unstable();
        who.dedup();
        let (Some(from), Some(to)) = (from, to) else { return };
        if who.len() < 2 {
            few.push(shape(word, "joint"));
            return;
        }
        let Some(to) = elsewhere(from, to, word, few) else { return };
        let at = self.joint_at.get(&who).copied().unwrap_or(self.joint.len());
        if at == self.joint.len() {
            if (at + 1).saturating_mul(self.states.len()) > MOST_PLACES {
                few.push(too_large("joint moves of more groups than are read", word.span));
                return;
            }
            self.joint_at.insert(who.clone(), at);
            self.joint.push((who, vec![Vec::new(); self.states.len()]));
        }
        if let Some(moves) = self.joint.get_mut(at).and_then(|(_, moves)| moves.get_mut(from as usize)) {
            moves.push(to);
        }
    }

    fn rank(&mut self, maker: &Cell, state: &Cell, rank: &Cell, level: Option<&Cell>, few: &mut Few) {
        let (maker_at, state_at) = (self.maker(maker, few), self.state(state, few));
        let rank_is = number(rank, few);
        let level_is = level.map(|l| number(l, few));
        let (Some(maker_at), Some(state_at), Some(rank_is)) = (maker_at, state_at, rank_is) else { return };
        let level_is = match level_is {
            Some(None) => return,
            Some(found) => found,
            None => None,
        };
        let Some(said) = self.said.get_mut(maker_at) else { return };
        if let Some((_, _, first)) = said.ranks.insert(state_at, (rank_is, level_is, state.span)) {
            let message = format!("`{}` ranks `{}` twice", short(&maker.text), short(&state.text));
            few.push(
                Diagnostic::new(Code::ConflictRanking, message).at(state.span, "again here").at(first, "first here"),
            );
        }
    }

    fn state(&self, cell: &Cell, few: &mut Few) -> Option<u32> {
        let found = self.state_at.get(cell.text.as_ref()).copied();
        if found.is_none() {
            unknown("state", cell, &self.state_at, few);
        }
        found
    }

    fn maker(&self, cell: &Cell, few: &mut Few) -> Option<usize> {
        let found = self.maker_at.get(cell.text.as_ref()).copied();
        if found.is_none() {
            unknown("decision maker", cell, &self.maker_at, few);
        }
        found
    }

    fn graph(self, few: &mut Few) -> Option<Graph> {
        let mut room = MOST_UNKNOWN;
        let mut makers = Vec::with_capacity(self.makers.len());
        for (((id, name, span), mut moves), said) in self.makers.into_iter().zip(self.moves).zip(self.said) {
            tidy(&mut moves);
            let order = order(&name, span, &said, &self.states, &mut room, few).unwrap_or_default();
            makers.push(GraphMaker { id, name, moves, order });
        }
        let joint = self.joint.into_iter().map(|(holders, mut moves)| {
            tidy(&mut moves);
            Joint { holders, moves }
        });
        let joint = joint.collect();
        (!few.has_errors()).then_some(Graph { states: self.states, makers, joint })
    }
}

fn tidy(moves: &mut [Vec<u32>]) {
    for to in moves {
        to.sort_unstable();
        to.dedup();
        to.shrink_to_fit();
    }
}

/// Where a row leads, unless it leads nowhere.
fn elsewhere(from: u32, to: u32, word: &Cell, few: &mut Few) -> Option<u32> {
    if from == to {
        let message = format!("a `{}` row from a state to itself says nothing", word.text);
        few.push(Diagnostic::new(Code::ExchangeIgnored, message).at(word.span, "left out"));
    }
    (from != to).then_some(to)
}

/// A row with too few or too many cells.
fn shape(word: &Cell, kind: &str) -> Diagnostic {
    let form = match kind {
        "state" => "state,KEY or state,KEY,NAME",
        "maker" => "maker,ID or maker,ID,NAME",
        "move" => "move,MAKER,FROM,TO",
        "joint" => "joint,FROM,TO,MAKER,MAKER with two different makers or more",
        "rank" => "rank,MAKER,STATE,RANK or rank,MAKER,STATE,RANK,LEVEL",
        "better" => "better,MAKER,STATE,STATE with two states or more",
        "equal" => "equal,MAKER,STATE,STATE with two states or more",
        _ => "unknown,MAKER,STATE,STATE",
    };
    let message = format!("a `{kind}` row has the form {form}");
    Diagnostic::new(Code::ExchangeSyntax, message).at(word.span, "this row")
}

fn unknown<T>(what: &str, cell: &Cell, known: &HashMap<String, T>, few: &mut Few) {
    let message = format!("`{}` is no {what}", short(&cell.text));
    let found = Diagnostic::new(Code::ExchangeName, message).at(cell.span, "unknown");
    let look = known.len() <= MOST_NEAR && few.says(Severity::Error);
    let near = look.then(|| {
        let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
        names.sort_unstable();
        did_you_mean(&cell.text, names)
    });
    few.push(found.maybe_hint(near.flatten()));
}

fn number(cell: &Cell, few: &mut Few) -> Option<Number> {
    if let Ok(whole) = cell.text.parse() {
        return Some(Number::Whole(whole));
    }
    let found = decimal(&cell.text);
    if found.is_none() {
        let message = format!("`{}` is no number", short(&cell.text));
        few.push(Diagnostic::new(Code::ExchangeNumber, message).at(cell.span, "expected a decimal"));
    }
    found.map(|x| Number::Other(Box::new(x)))
}

/// The order that rows say. `None`, with the reason said, where they say none.
fn order(name: &str, span: Span, said: &Said, states: &[String], room: &mut usize, few: &mut Few) -> Option<Order> {
    let compared = !(said.better.is_empty() && said.equal.is_empty());
    if !said.ranks.is_empty() && compared {
        let message = format!("`{}` has both ranks and comparisons", short(name));
        let first = said.better.first().or(said.equal.first()).map_or(span, |p| p.span);
        few.push(Diagnostic::new(Code::ConflictRanking, message).at(first, "a comparison").hint("use one of the two"));
        return None;
    }
    if compared {
        return compare::order(name, states, &said.better, &said.equal, &said.unknown, room, few);
    }
    let unknown: BTreeSet<(u32, u32)> = said.unknown.keys().copied().collect();
    if unknown.len() > *room {
        few.push(too_large(format!("more than {MOST_UNKNOWN} pairs are left open"), span));
        return None;
    }
    *room -= unknown.len();
    if said.ranks.is_empty() {
        let message = format!("nothing is said of what `{}` prefers: all states are equal to it", short(name));
        few.push(Diagnostic::new(Code::ConflictIndifferent, message).at(span, "this decision maker"));
        return Some(Order { rank: vec![0; states.len()], level: Vec::new(), unknown });
    }
    if said.ranks.len() < states.len() {
        let missing = (0u32..).zip(states).filter(|(at, _)| !said.ranks.contains_key(at)).map(|(_, s)| short(s));
        let shown: Vec<String> = missing.take(5).map(|s| format!("`{s}`")).collect();
        let count = states.len() - said.ranks.len();
        let more = if count > shown.len() { format!(" and {} more", count - shown.len()) } else { String::new() };
        let message = format!("`{}` does not rank {}{more}", short(name), shown.join(", "));
        few.push(Diagnostic::new(Code::ConflictRanking, message).at(span, "this decision maker"));
        return None;
    }
    let rank = dense(&said.ranks.values().map(|(rank, _, _)| rank).collect::<Vec<_>>());
    let levels: Vec<&Number> = said.ranks.values().filter_map(|(_, level, _)| level.as_ref()).collect();
    if !levels.is_empty() && levels.len() < states.len() {
        let bare = said.ranks.values().find(|(_, level, _)| level.is_none()).map_or(span, |(_, _, span)| *span);
        let message = format!("`{}` has levels for some states only", short(name));
        few.push(Diagnostic::new(Code::ConflictRanking, message).at(bare, "no level here"));
        return None;
    }
    let level = dense(&levels);
    let mut by_rank: Vec<(u32, u32, u32)> =
        (0u32..).zip(rank.iter().zip(&level)).map(|(at, (r, l))| (*r, *l, at)).collect();
    by_rank.sort_unstable();
    let falls = by_rank.windows(2).find(|pair| matches!(pair, [(a, high, _), (b, low, _)] if a < b && high > low));
    if let Some([_, (_, _, state)]) = falls {
        let at = said.ranks.get(state).map_or(span, |(_, _, span)| *span);
        let message = format!("`{}` has a state of a higher rank on a lower level", short(name));
        few.push(Diagnostic::new(Code::ConflictRanking, message).at(at, "this state").hint("levels rise with ranks"));
        return None;
    }
    Some(Order { rank, level, unknown })
}

/// Numbers as they are where all are whole; else their places in increasing order.
fn dense(numbers: &[&Number]) -> Vec<u32> {
    let whole = |n: &&Number| match n {
        Number::Whole(n) => Some(*n),
        Number::Other(_) => None,
    };
    if let Some(all) = numbers.iter().map(whole).collect() {
        return all;
    }
    let exact: Vec<Exact> = numbers.iter().map(|n| n.exact()).collect();
    let mut sorted: Vec<&Exact> = exact.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    exact.iter().map(|x| u32::try_from(sorted.partition_point(|y| *y < x)).unwrap_or(u32::MAX)).collect()
}
