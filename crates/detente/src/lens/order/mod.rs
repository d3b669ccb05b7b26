//! In what order could it go, and whose demands on the order cannot all be met?
//!
//! The steps are those the case names and the states its preconditions speak of. A demand, *first*
//! before *before*, holds a step back when the step is *before*, or when every outcome that fits the
//! step's state also fits *before*'s: full withdrawal is a change of the lines, whoever wrote down
//! which. A demand waits for another when the other holds back what it wants first. Demands that wait
//! for each other in a circle cannot all be met: no walk through the outcomes reaches what any of them
//! wants first. (The converse does not hold: each way to a state may be held back by another demand
//! without one demand that holds back the state itself. Such knots are not looked for.)

mod answer;
mod cuts;
mod cycles;
mod graph;
mod logic;
mod stages;
mod ways;
pub(crate) mod words;

#[cfg(test)]
mod tests;

pub use answer::{Choreography, Cut, Cycle, Demand, Elsewhere, OrderAnswer, OrderStep, Way, WayKind};

use crate::case::{Case, Document};
use crate::lens::{Exactness, Finding, Lens, Made, Question};
use graph::Graph;
use logic::Logic;

/// Cycles listed at most, and extensions of a path tried while looking for them.
const CYCLES: (usize, u64) = (200, 1_000_000);
/// Edges followed in the search for cuts.
const CUT_LOOKS: u64 = 20_000_000;

/// The lens on the order of steps.
#[derive(Debug, Clone, Copy, Default)]
pub struct Order;

impl Lens for Order {
    type Answer = OrderAnswer;
    const NAME: &'static str = "order";

    fn ask(&self, question: &Question<'_>) -> Finding<OrderAnswer> {
        order(question.case)
    }
}

/// Asks in what order it could go. Exact unless a limit is hit, which `made` then says.
///
/// ```
/// use detente::case::{ReadOptions, read};
/// use detente::lens::order::order;
/// let text = r#"
/// title = "Talks"
/// issues.bridge = { values = ["closed", "light", "open"], status_quo = "closed" }
/// issues.mines = { values = ["there", "marked", "cleared"], status_quo = "there" }
/// parties.north = {}
/// parties.south = {}
/// preconditions = [
///   { claimed_by = "north", first = "bridge = open", before = "mines moved", basis = "assumed", why = "example" },
///   { claimed_by = "south", first = "mines = cleared", before = "bridge moved", basis = "assumed", why = "example" },
/// ]
/// "#;
/// let reading = read("case.toml", &|_| Ok(text.as_bytes().to_vec()), ReadOptions::default());
/// let finding = order(&reading.case.unwrap());
/// assert_eq!(finding.answer.cycles.len(), 1);
/// assert_eq!(finding.answer.cycles[0].demands, [0, 1]);
/// ```
#[must_use]
pub fn order(case: &Case) -> Finding<OrderAnswer> {
    let document = &case.document;
    let mut logic = Logic::of(document);
    let graph = Graph::of(document, &mut logic);
    let cycles = cycles::minimal_cycles(&graph.waits, CYCLES.0, CYCLES.1);
    let cuts = cuts::cheapest_cuts(&graph.waits, &graph.costs, CUT_LOOKS);
    let relaxed = cuts.found.first().map_or(&[] as &[usize], |c| c.vertices.as_slice());
    let circles = cycles.found.iter().map(|c| cycle(document, &graph, &mut logic, c)).collect();
    let made = made(document, &graph, &logic, cycles.complete, cuts.complete);
    let answer = OrderAnswer {
        cycles: circles,
        complete: cycles.complete && !graph.shortened && !logic.cut_off(),
        cuts: cuts.found.iter().map(|c| Cut { demands: c.vertices.clone(), cost: f64::from(c.cost) }).collect(),
        elsewhere: elsewhere(document, &graph),
        choreography: stages::choreography(&graph, relaxed),
        steps: graph.nodes.into_iter().map(|n| n.step).collect(),
        demands: graph.demands,
    };
    Finding { answer, made }
}

fn cycle(document: &Document, graph: &Graph, logic: &mut Logic, demands: &[usize]) -> Cycle {
    let links = ways::links(graph, demands);
    let implied = links.iter().filter(|l| l.held != l.demand.before).map(|l| (l.held, l.demand.before)).collect();
    Cycle {
        demands: demands.to_vec(),
        implied,
        ways: ways::ways(document, graph, logic, &links),
        words: ways::tell(document, graph, logic, &links),
    }
}

/// Demands whose first step happens on another track than the main one, or than the step it holds back.
fn elsewhere(document: &Document, graph: &Graph) -> Vec<Elsewhere> {
    let main = document.tracks.keys().next().map(String::as_str);
    let track = |node: usize| graph.nodes.get(node).and_then(|n| n.step.track.as_deref()).or(main);
    let one = |(at, demand): (usize, &Demand)| {
        let (first, before) = (track(demand.first)?, track(demand.before));
        if Some(first) == main && before == Some(first) {
            return None;
        }
        let name = |id: &str| document.tracks.get(id).map_or_else(|| id.to_string(), |t| t.name.clone());
        let place = match before {
            Some(before) if before != first => format!(", which belongs to the track “{}”", name(before)),
            _ => String::new(),
        };
        let words = format!(
            "{} asks for “{}” first: it happens on the track “{}” and holds back “{}”{place}.",
            words::who(document, &demand.claimed_by),
            graph.name(demand.first),
            name(first),
            graph.name(demand.before),
        );
        Some(Elsewhere { demand: at, track: first.to_string(), words })
    };
    graph.demands.iter().enumerate().filter_map(one).collect()
}

fn made(document: &Document, graph: &Graph, logic: &Logic, cycles: bool, cuts: bool) -> Made {
    let method = "A step waits for a demand when it is the later step of the demand, or when every outcome that \
        keeps the linkages and fits its state also fits the later step's (decided by search). Cycles are all minimal \
        circuits of demands; cuts are the cheapest sets of demands that leave none (best first); stages follow the \
        longest chain of waits.";
    let mut limits = vec![
        format!("at most {} cycles and {} path extensions", CYCLES.0, CYCLES.1),
        format!("at most {} partial outcomes per comparison of states, {} in all", logic::LOOKS.0, logic::LOOKS.1),
        format!(
            "at most {CUT_LOOKS} edges followed in the search for cuts, {} cheapest sets and {} next",
            cuts::LISTED.0,
            cuts::LISTED.1
        ),
        "the cost of relaxing a demand ranks its strength (necessary 4, vital 3, preferred 2, hinted 1): a ranking of \
         words, not a measurement"
            .to_string(),
    ];
    if document.preconditions.iter().any(|p| p.strength.is_none()) {
        limits.push("a demand without a strength counts 3, like a vital one".to_string());
    }
    limits.extend(graph.remarks.iter().cloned());
    let mut hit: Vec<&str> = Vec::new();
    if graph.shortened {
        hit.push("the number of demands or steps");
    }
    if logic.cut_off() {
        hit.push("comparisons of states");
    }
    if !cycles {
        hit.push("cycles");
    }
    if !cuts {
        hit.push("cuts");
    }
    let exactness = if hit.is_empty() { Exactness::Exact } else { Exactness::CutOff { limit: hit.join(", ") } };
    Made { method: method.to_string(), exactness, limits, seed: None }
}
