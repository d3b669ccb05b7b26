//! Ways to cut a cycle of demands: at once, in part, guaranteed by somebody else, or without one of them.

use super::answer::{Demand, Way, WayKind};
use super::graph::{Graph, Node, Standing};
use super::logic::Logic;
use super::words;
use crate::case::model::people::RoleKind;
use crate::case::{Document, parse_condition};
use crate::game::{Formula, Outcome};
use crate::text::Span;

/// One demand of a cycle, with the step it holds back there: the first step of the demand before it.
pub(crate) struct Link<'a> {
    pub(crate) at: usize,
    pub(crate) demand: &'a Demand,
    pub(crate) held: usize,
}

/// The demands of a cycle, each with the step it holds back.
pub(crate) fn links<'a>(graph: &'a Graph, cycle: &[usize]) -> Vec<Link<'a>> {
    let demand = |at: usize| graph.demands.get(at);
    let previous = cycle.iter().rev().take(1).chain(cycle);
    cycle
        .iter()
        .zip(previous)
        .filter_map(|(&at, &before)| Some(Link { at, demand: demand(at)?, held: demand(before)?.first }))
        .collect()
}

/// The cycle in words: who asks for what, and what counts as what.
pub(crate) fn tell(document: &Document, graph: &Graph, logic: &Logic, links: &[Link<'_>]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for Link { at, demand, held } in links {
        let (who, first) = (words::who(document, &demand.claimed_by), graph.name(demand.first));
        let before = graph.name(demand.before);
        let asks = if words::is_law(document, &demand.claimed_by) { "requires" } else { "asks for" };
        let mut sentence = format!("{who} {asks} “{first}” before “{before}”");
        if *held != demand.before {
            sentence.push_str(&format!(", and “{}” counts as “{before}”", graph.name(*held)));
            let rules: Vec<String> =
                graph.linkages(*at, *held).iter().map(|l| format!("“{}”", logic.linkage(*l))).collect();
            if !rules.is_empty() {
                sentence.push_str(&format!(" (by the linkage {})", words::list(&rules, "and")));
            }
        }
        sentences.push(sentence);
    }
    let end = match links.len() {
        1 => "The demand waits for itself.",
        2 => "Each waits for the other.",
        _ => "Each waits for the next, and the last for the first.",
    };
    format!("According to the case, {}. {end}", sentences.join("; "))
}

/// The ways to cut a cycle.
pub(crate) fn ways(document: &Document, graph: &Graph, logic: &mut Logic, links: &[Link<'_>]) -> Vec<Way> {
    let mut ways = Vec::new();
    if can_be_at_once(graph, logic, links) {
        ways.push(simultaneity(document, graph, links));
    }
    ways.extend(links.iter().filter_map(|link| partial(document, graph, logic, link.demand)));
    ways.push(guarantee(document, graph, links));
    ways.extend(links.iter().map(|link| drop_demand(document, graph, link)));
    ways
}

fn claimants(links: &[Link<'_>]) -> Vec<String> {
    let mut from: Vec<String> = Vec::new();
    for link in links {
        if !from.contains(&link.demand.claimed_by) {
            from.push(link.demand.claimed_by.clone());
        }
    }
    from
}

/// Whether some outcome that keeps the linkages fits the states of all first steps together.
fn can_be_at_once(graph: &Graph, logic: &mut Logic, links: &[Link<'_>]) -> bool {
    let state = |link: &Link<'_>| graph.nodes.get(link.demand.first).and_then(|n| n.state.clone());
    logic.possible(&Formula::And(links.iter().filter_map(state).collect()))
}

fn simultaneity(document: &Document, graph: &Graph, links: &[Link<'_>]) -> Way {
    let asks: Vec<String> = links
        .iter()
        .map(|Link { demand, held, .. }| {
            // A demand that waits for itself holds back its own first step: only the later one is left to name.
            let held = if *held == demand.first { demand.before } else { *held };
            let what =
                format!("“{}” at the same time as “{}”, not after it", graph.name(held), graph.name(demand.first));
            words::ask(document, &demand.claimed_by, &what)
        })
        .collect();
    let takes = format!("The steps happen at once. This would {}.", asks.join("; and "));
    Way { kind: WayKind::Simultaneity, from: claimants(links), takes }
}

/// A smaller first step in place of the one demanded: what the case names, and single values found by search.
fn partial(document: &Document, graph: &Graph, logic: &Logic, demand: &Demand) -> Option<Way> {
    let node = graph.nodes.get(demand.first)?;
    let mut smaller = Vec::new();
    if let Some(text) = &node.partial {
        smaller.push(named_part(document, graph, logic, node, text));
    }
    let found: Vec<String> = candidates(graph, logic, node)
        .into_iter()
        .filter_map(|(issue, value)| {
            let issue = logic.space.issues.get(issue)?;
            let words = words::value(document, &issue.id, &issue.values.get(value as usize)?.id);
            Some(format!("“{words}”"))
        })
        .collect();
    if !found.is_empty() {
        smaller.push(format!(
            "{} (found by search: {}taken alone from things as they are, it is held back by no demand, breaks no \
             linkage and crosses no red line of the case)",
            words::list(&found, "or"),
            if found.len() == 1 { "" } else { "of each, " },
        ));
    }
    if smaller.is_empty() {
        return None;
    }
    let takes = format!(
        "This would {}: {}.",
        words::ask(
            document,
            &demand.claimed_by,
            &format!("a smaller first step than “{}” before “{}”", graph.name(demand.first), graph.name(demand.before))
        ),
        smaller.join("; "),
    );
    Some(Way { kind: WayKind::Partial, from: vec![demand.claimed_by.clone()], takes })
}

/// The part of a step that the case names, with the demands that hold it back as well, if it is a state.
fn named_part(document: &Document, graph: &Graph, logic: &Logic, node: &Node, text: &str) -> String {
    let condition = parse_condition(text, Span::default()).ok();
    let state = condition.as_ref().and_then(|c| Some((c, Formula::of(&c.expr, &logic.space)?)));
    let Some((condition, state)) = state else {
        return format!("the case names “{text}” as a part of “{}” that could be done alone", node.step.name);
    };
    let words = words::state(document, &condition.expr);
    let held = nearest(logic, &state).map(|outcome| held_back(graph, logic, &outcome)).unwrap_or_default();
    let mut out = format!("the case names “{words}” as a part of “{}” that could be done alone", node.step.name);
    if !held.is_empty() {
        let claims: Vec<String> = held.iter().map(|d| format!("`{}`", d.claim)).collect();
        out.push_str(&format!(
            ", though taken from things as they are it is itself held back by {}",
            words::list(&claims, "and")
        ));
    }
    out
}

/// The outcome that fits a state with the fewest issues moved; none when there are too many to look at.
fn nearest(logic: &Logic, state: &Formula) -> Option<Outcome> {
    let mut open = vec![logic.space.status_quo()];
    let mut looks = 4_096usize;
    for issue in state.scope() {
        let mut more = Vec::new();
        let size = logic.space.issues.get(issue).map_or(0, |i| i.values.len());
        for outcome in &open {
            for digit in 0..u16::try_from(size).unwrap_or(u16::MAX) {
                looks = looks.checked_sub(1)?;
                if digit != outcome.digit(issue) {
                    more.push(outcome.with(issue, digit));
                }
            }
        }
        open.extend(more);
    }
    open.sort_by_key(|o| logic.space.moved(o).len());
    open.into_iter().find(|o| state.holds(o))
}

/// Single values of the issues of a step that no demand holds back: issue and digit.
fn candidates(graph: &Graph, logic: &Logic, node: &Node) -> Vec<(usize, u16)> {
    let (Some(state), Standing::Ahead) = (&node.state, node.standing) else { return Vec::new() };
    let status_quo = logic.space.status_quo();
    let mut found = Vec::new();
    for issue in state.scope() {
        let size = logic.space.issues.get(issue).map_or(0, |i| i.values.len());
        for digit in 0..u16::try_from(size).unwrap_or(u16::MAX) {
            let outcome = status_quo.with(issue, digit);
            let smaller = outcome != status_quo && !state.holds(&outcome);
            if smaller && logic.sensible(&outcome) && held_back(graph, logic, &outcome).is_empty() {
                found.push((issue, digit));
            }
        }
    }
    found
}

/// The demands whose later step an outcome would bring about.
fn held_back<'a>(graph: &'a Graph, logic: &Logic, outcome: &Outcome) -> Vec<&'a Demand> {
    let status_quo = logic.space.status_quo();
    let brings = |demand: &&Demand| {
        let state = graph.nodes.get(demand.before).and_then(|n| n.state.as_ref());
        state.is_some_and(|s| s.holds(outcome) && !s.holds(&status_quo))
    };
    graph.demands.iter().filter(brings).filter(|d| !graph.met(d)).collect()
}

fn guarantee(document: &Document, graph: &Graph, links: &[Link<'_>]) -> Way {
    let roles = [RoleKind::Guarantor, RoleKind::Mediator, RoleKind::Host];
    let from = claimants(links);
    let mut third: Vec<String> = Vec::new();
    for (id, actor) in document.actors.iter().filter(|(id, _)| !from.contains(id)) {
        let mut held: Vec<String> = Vec::new();
        for role in actor.roles.iter().map(|r| r.role).filter(|r| roles.contains(r)) {
            let role = role.to_string();
            if !held.contains(&role) {
                held.push(role);
            }
        }
        if !held.is_empty() {
            third.push(format!("{} ({})", words::who(document, id), words::list(&held, "and")));
        }
    }
    let third = if third.is_empty() { "a third party".to_string() } else { words::list(&third, "or") };
    let mut firsts: Vec<String> = Vec::new();
    for link in links {
        let first = format!("“{}”", graph.name(link.demand.first));
        if !firsts.contains(&first) {
            firsts.push(first);
        }
    }
    let takes = format!(
        "This would {}, so that a promise kept by somebody else takes the place of what would come first.",
        guaranteed(document, &from, &format!("{third} holds in trust or guarantees {}", words::list(&firsts, "and"))),
    );
    Way { kind: WayKind::Guarantee, from, takes }
}

/// What a guarantee takes of those who demand; laws are changed or read in another way.
fn guaranteed(document: &Document, from: &[String], what: &str) -> String {
    let (laws, others): (Vec<&String>, Vec<&String>) = from.iter().partition(|id| words::is_law(document, id));
    let names = |ids: &[&String]| words::everyone(document, ids.iter().map(|id| id.as_str()));
    let mut parts = Vec::new();
    if !others.is_empty() {
        parts.push(format!("ask {} to accept that {what}", names(&others)));
    }
    if !laws.is_empty() {
        let that = if others.is_empty() { format!("that {what}") } else { "it".to_string() };
        parts.push(format!("need a change of {}, or another reading of it, to allow {that}", names(&laws)));
    }
    parts.join(", and ")
}

fn drop_demand(document: &Document, graph: &Graph, link: &Link<'_>) -> Way {
    let Demand { claimed_by, first, before, strength, .. } = link.demand;
    let how = if strength == "unspecified" {
        "the case does not say how strong this demand is".to_string()
    } else {
        format!("the case gives this demand as {strength}")
    };
    let takes = format!(
        "This would {}; {how}.",
        words::ask(document, claimed_by, &format!("“{}” without “{}” first", graph.name(*before), graph.name(*first))),
    );
    Way { kind: WayKind::Drop, from: vec![claimed_by.clone()], takes }
}
