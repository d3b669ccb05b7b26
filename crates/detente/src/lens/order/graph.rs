//! The steps of a case, the demands on their order, and which demand waits for which.

use super::answer::{Demand, OrderStep};
use super::logic::Logic;
use super::words;
use crate::case::Document;
use crate::case::model::process::{Precondition, Step, StepRef, Strength};
use crate::game::Formula;

/// Demands and named steps that are looked at; more are left out, and the answer says so.
pub(crate) const MOST_DEMANDS: usize = 200;
/// See [`MOST_DEMANDS`].
pub(crate) const MOST_STEPS: usize = 1_000;

/// What a step is to the state of the issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It happens outside the issues, or its condition names things the case does not have.
    Event,
    /// It brings about a state that is not there yet.
    Ahead,
    /// Its state holds as things are.
    Held,
    /// No outcome that keeps the linkages fits its state.
    Impossible,
}

/// A step with what the search needs to know of it.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) step: OrderStep,
    pub(crate) state: Option<Formula>,
    pub(crate) standing: Standing,
    /// Whether the case names it; else it is a state that a precondition speaks of.
    pub(crate) named: bool,
    /// A smaller first part of it, as the case writes it.
    pub(crate) partial: Option<String>,
}

/// A step held back by a demand.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) node: usize,
    /// Linkages it takes for the step to imply the demand's later step.
    pub(crate) linkages: Vec<usize>,
}

/// Steps, demands, and who waits for whom.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    pub(crate) demands: Vec<Demand>,
    /// Per demand: what relaxing it is taken to cost.
    pub(crate) costs: Vec<u32>,
    /// Per demand: the steps it holds back.
    pub(crate) binds: Vec<Vec<Bound>>,
    /// Per demand: the demands that hold its first step back.
    pub(crate) waits: Vec<Vec<usize>>,
    /// What a reader has to know about demands and steps that order nothing or were left out.
    pub(crate) remarks: Vec<String>,
    /// Whether some were left out.
    pub(crate) shortened: bool,
}

impl Graph {
    pub(crate) fn of(document: &Document, logic: &mut Logic) -> Self {
        let mut graph = Graph::default();
        for (what, there, most) in
            [("demands", document.preconditions.len(), MOST_DEMANDS), ("named steps", document.steps.len(), MOST_STEPS)]
        {
            if there > most {
                graph.shortened = true;
                graph.remarks.push(format!("only the first {most} of {there} {what} were looked at"));
            }
        }
        for (id, step) in document.steps.iter().take(MOST_STEPS) {
            graph.named(id, Some(step), logic);
        }
        for precondition in document.preconditions.iter().take(MOST_DEMANDS) {
            let first = graph.find(&precondition.first, document, logic);
            let before = graph.find(&precondition.before, document, logic);
            graph.demands.push(demand(precondition, first, before));
            graph.costs.push(cost(precondition.strength));
        }
        graph.connect(logic);
        graph
    }

    /// A step with a name; without a record of it in the case, an event and no more.
    fn named(&mut self, id: &str, step: Option<&Step>, logic: &mut Logic) -> usize {
        let state = step.and_then(|s| s.reaches.as_ref()).and_then(|c| Formula::of(&c.expr, &logic.space));
        let shown = OrderStep {
            id: id.to_string(),
            name: step.map_or(id, |s| s.name.as_str()).to_string(),
            track: step.and_then(|s| s.track.as_ref()).map(|t| t.text.clone()),
            by: step.iter().flat_map(|s| &s.by).map(|n| n.text.clone()).collect(),
        };
        self.add(shown, state, true, step.and_then(|s| s.partial.clone()), logic)
    }

    fn add(
        &mut self,
        step: OrderStep,
        state: Option<Formula>,
        named: bool,
        partial: Option<String>,
        logic: &mut Logic,
    ) -> usize {
        let standing = match &state {
            None => Standing::Event,
            Some(state) if state.holds(&logic.space.status_quo()) => Standing::Held,
            Some(state) if !logic.possible(state) => Standing::Impossible,
            Some(_) => Standing::Ahead,
        };
        self.nodes.push(Node { step, state, standing, named, partial });
        self.nodes.len() - 1
    }

    /// The step a precondition refers to. A state that is the same as that of an earlier step is that step.
    fn find(&mut self, to: &StepRef, document: &Document, logic: &mut Logic) -> usize {
        let condition = match to {
            StepRef::Named(name) => {
                let known = self.nodes.iter().position(|n| n.named && n.step.id == name.text);
                return known.unwrap_or_else(|| self.named(&name.text, document.steps.get(&name.text), logic));
            }
            StepRef::State(condition) => condition,
        };
        let id = condition.text.trim();
        if let Some(known) = self.nodes.iter().position(|n| !n.named && n.step.id == id) {
            return known;
        }
        let state = Formula::of(&condition.expr, &logic.space);
        if let Some(state) = &state {
            for (at, node) in self.nodes.iter().enumerate().filter(|(_, n)| n.standing == Standing::Ahead) {
                if node.state.as_ref().is_some_and(|other| logic.same(state, other)) {
                    return at;
                }
            }
        }
        let name = words::state(document, &condition.expr);
        self.add(OrderStep { id: id.to_string(), name, track: None, by: Vec::new() }, state, false, None, logic)
    }

    fn connect(&mut self, logic: &mut Logic) {
        self.binds = vec![Vec::new(); self.demands.len()];
        for at in 0..self.demands.len() {
            let bound = if self.idle(at) { Vec::new() } else { self.bound(at, logic) };
            if let Some(slot) = self.binds.get_mut(at) {
                *slot = bound;
            }
        }
        let waits = self.demands.iter().map(|demand| {
            let holds_back = |binds: &[Bound]| binds.iter().any(|b| b.node == demand.first);
            if self.met(demand) {
                return Vec::new();
            }
            (0..self.binds.len()).filter(|d| self.binds.get(*d).is_some_and(|b| holds_back(b))).collect()
        });
        self.waits = waits.collect();
        self.remark();
    }

    /// The steps a demand holds back: its later step, and every step whose state implies the later one's.
    fn bound(&self, demand: usize, logic: &mut Logic) -> Vec<Bound> {
        let Some(before) = self.demands.get(demand).map(|d| d.before) else { return Vec::new() };
        let ahead = |n: &Node| if n.standing == Standing::Ahead { n.state.clone() } else { None };
        let goal = self.nodes.get(before).and_then(ahead);
        let implied = |(at, node): (usize, &Node)| {
            if at == before {
                return Some(Bound { node: at, linkages: Vec::new() });
            }
            let linkages = logic.implies(&ahead(node)?, goal.as_ref()?)?;
            Some(Bound { node: at, linkages })
        };
        self.nodes.iter().enumerate().filter_map(implied).collect()
    }

    fn holds_already(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|n| !n.named && n.standing == Standing::Held)
    }

    /// Whether what a demand wants first is there already.
    pub(crate) fn met(&self, demand: &Demand) -> bool {
        self.holds_already(demand.first)
    }

    /// Whether a demand holds nothing back: its first step is there, or its later step is.
    fn idle(&self, demand: usize) -> bool {
        self.demands.get(demand).is_none_or(|d| self.met(d) || self.holds_already(d.before))
    }

    /// The linkages it takes for a demand to hold a step back.
    pub(crate) fn linkages(&self, demand: usize, node: usize) -> &[usize] {
        let binds = self.binds.get(demand).map_or(&[] as &[Bound], Vec::as_slice);
        binds.iter().find(|b| b.node == node).map_or(&[], |b| b.linkages.as_slice())
    }

    /// The name of a step.
    pub(crate) fn name(&self, node: usize) -> &str {
        self.nodes.get(node).map_or("", |n| n.step.name.as_str())
    }

    fn remark(&mut self) {
        let mut remarks = Vec::new();
        for demand in &self.demands {
            for (node, role) in [(demand.first, "comes first"), (demand.before, "comes after")] {
                let Some(Node { step, standing, named, .. }) = self.nodes.get(node) else { continue };
                let remark = match standing {
                    Standing::Held if !named => {
                        format!(
                            "`{}` {role} in `{}` and holds as things are, so it orders nothing",
                            step.id, demand.claim
                        )
                    }
                    Standing::Impossible => {
                        format!("`{}` {role} in `{}` and no outcome of the case reaches it", step.id, demand.claim)
                    }
                    _ => continue,
                };
                remarks.push(remark);
            }
        }
        self.remarks.extend(remarks);
    }
}

fn demand(precondition: &Precondition, first: usize, before: usize) -> Demand {
    Demand {
        claim: precondition.grounds.id.clone(),
        claimed_by: precondition.claimed_by.text.clone(),
        first,
        before,
        strength: precondition.strength.map_or("unspecified", Strength::as_str).to_string(),
        because: precondition.grounds.because.iter().map(|n| n.text.clone()).collect(),
    }
}

/// What relaxing a demand is taken to cost: a ranking of the case's words, not a measurement.
fn cost(strength: Option<Strength>) -> u32 {
    match strength {
        Some(Strength::Necessary) => 4,
        Some(Strength::Vital) | None => 3,
        Some(Strength::Preferred) => 2,
        Some(Strength::Hinted) => 1,
    }
}
