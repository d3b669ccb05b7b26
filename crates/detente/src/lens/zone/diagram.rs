//! Every outcome of a space as a path through a layered graph, with the rules each path breaks.
//!
//! A decision diagram (Bergman, Cire, van Hoeve and Hooker, *Decision Diagrams for Optimization*,
//! 2016) decides one issue per layer. Two partial outcomes meet in a node when what is still open of
//! every condition is the same for both, so 10^12 outcomes take a few hundred arrows, and a question
//! about all of them is one sweep over the arrows. Conditions of any shape fit: a rule over two
//! issues costs a few nodes between its issues, `a moved or b moved or …` two nodes per layer.
//!
//! A diagram is made once per level of agreement and serves every game: hard conditions are built
//! in, while rules are marked on the arrow on which they break, and a game closes the arrows that
//! break rules binding in it.

use super::logic::{ALWAYS, Id, Logic, NEVER};
use crate::game::{Formula, Space};
use std::collections::HashMap;

/// Arrows looked at while a diagram is made; past it, states are left out.
const MOST_STEPS: usize = 4_000_000;
/// States kept per layer; past it, states are left out.
const WIDEST: usize = 20_000;

/// The place of every value of every issue in one flat list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout {
    offsets: Vec<usize>,
    sizes: Vec<u16>,
    status_quo: Vec<u16>,
}

impl Layout {
    pub(super) fn of(space: &Space) -> Self {
        let mut layout = Layout::default();
        let mut next = 0;
        for issue in &space.issues {
            layout.offsets.push(next);
            layout.sizes.push(u16::try_from(issue.values.len()).unwrap_or(u16::MAX));
            layout.status_quo.push(issue.status_quo);
            next += issue.values.len();
        }
        layout.offsets.push(next);
        layout
    }

    /// Number of values of all issues together.
    pub(super) fn values(&self) -> usize {
        self.offsets.last().copied().unwrap_or(0)
    }

    /// Number of issues.
    pub(super) fn issues(&self) -> usize {
        self.sizes.len()
    }

    /// The place of a value.
    pub(super) fn place(&self, issue: usize, digit: u16) -> usize {
        self.offsets.get(issue).copied().unwrap_or(0) + usize::from(digit)
    }

    /// The issue and digit at a place.
    pub(super) fn value(&self, place: u32) -> (usize, u16) {
        let place = place as usize;
        let issue = self.offsets.partition_point(|first| *first <= place).saturating_sub(1);
        let first = self.offsets.get(issue).copied().unwrap_or(0);
        (issue, u16::try_from(place.saturating_sub(first)).unwrap_or(0))
    }

    /// Number of values of an issue.
    pub(super) fn size(&self, issue: usize) -> u16 {
        self.sizes.get(issue).copied().unwrap_or(0)
    }

    /// The digits of the status quo.
    pub(super) fn status_quo(&self) -> &[u16] {
        &self.status_quo
    }
}

/// An arrow: any value of a set leads from a node to another one and breaks some rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Arrow {
    /// The node it leads to.
    pub(super) to: u32,
    /// What it breaks: position in [`Diagram::breaks`].
    pub(super) breaks: u32,
    /// The values that take it: position in [`Diagram::sets`].
    pub(super) set: u32,
}

/// Values of one issue.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ValueSet {
    /// The issue.
    pub(super) issue: usize,
    /// Digits, sorted.
    pub(super) digits: Box<[u16]>,
    /// Their places in the [`Layout`].
    pub(super) places: Box<[u32]>,
}

/// Every outcome that meets some hard conditions, as paths from [`Diagram::root`] to node 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Diagram {
    /// Per node, where its arrows end in `arrows`; they begin where the node before ends. Arrows
    /// lead to nodes with smaller numbers.
    ends: Vec<u32>,
    /// The arrows.
    arrows: Vec<Arrow>,
    /// The distinct sets of values.
    pub(super) sets: Vec<ValueSet>,
    /// The distinct lists of rules broken by an arrow.
    pub(super) breaks: Vec<Box<[u32]>>,
    /// The node all paths start from; `None` when no outcome meets the conditions.
    pub(super) root: Option<u32>,
    /// Whether states were left out, so that outcomes may be missing.
    pub(super) cut: bool,
    issues: usize,
}

struct Constraint {
    /// The rule it belongs to; `None` for a hard condition.
    rule: Option<u32>,
    id: Id,
    first: usize,
    last: usize,
    scope: Vec<usize>,
}

/// What a step leads to: the rules it breaks, and what is left of the conditions active after it.
type Made = (Box<[u32]>, Box<[Id]>);

/// An arrow before nodes are merged: digit, broken rules, state of the next layer.
type Step = (u16, u32, u32);

impl Diagram {
    /// The diagram of the outcomes that meet every `hard` condition (and differ from the status quo,
    /// if asked), with what they break of `rules`.
    pub(super) fn of(layout: &Layout, rules: &[&Formula], hard: &[&Formula], not_status_quo: bool) -> Diagram {
        let mut logic = Logic::new(&layout.sizes);
        let mut constraints: Vec<Constraint> = Vec::new();
        let mut always_broken: Vec<u32> = Vec::new();
        let mut add = |logic: &Logic, rule: Option<u32>, id: Id| {
            for id in logic.conjuncts(id) {
                match (id, rule) {
                    (ALWAYS, _) => {}
                    (NEVER, Some(rule)) => always_broken.push(rule),
                    _ => {
                        let scope = logic.scope(id);
                        constraints.push(Constraint { rule, id, first: 0, last: 0, scope });
                    }
                }
            }
        };
        for (at, rule) in rules.iter().enumerate() {
            let id = logic.of(rule);
            add(&logic, u32::try_from(at).ok(), id);
        }
        for formula in hard {
            let id = logic.of(formula);
            add(&logic, None, id);
        }
        if not_status_quo {
            let id = logic.differs_from(&layout.status_quo);
            add(&logic, None, id);
        }
        if constraints.iter().any(|c| c.id == NEVER) {
            return Diagram { issues: layout.issues(), ..Diagram::default() };
        }
        let order = order(layout, &constraints);
        for c in &mut constraints {
            let mut at = order.iter().enumerate().filter(|(_, i)| c.scope.contains(i)).map(|(at, _)| at);
            c.first = at.next().unwrap_or(0);
            c.last = at.next_back().unwrap_or(c.first);
        }
        let mut builder = Builder { layout, order, constraints, logic, breaks: Table::default(), cut: false };
        builder.breaks.id(Box::default());
        let layers = builder.unroll(&always_broken);
        builder.reduce(&layers)
    }

    /// Number of nodes.
    pub(super) fn nodes(&self) -> usize {
        self.ends.len()
    }

    /// The arrows that leave a node.
    pub(super) fn arrows(&self, node: u32) -> &[Arrow] {
        let node = node as usize;
        let start = node.checked_sub(1).and_then(|n| self.ends.get(n)).copied().unwrap_or(0) as usize;
        let end = self.ends.get(node).copied().unwrap_or(0) as usize;
        self.arrows.get(start..end).unwrap_or(&[])
    }

    /// Number of arrows.
    #[cfg(test)]
    pub(super) fn arrow_count(&self) -> usize {
        self.arrows.len()
    }

    /// Number of issues.
    pub(super) fn issues(&self) -> usize {
        self.issues
    }

    /// Which entries of [`Diagram::breaks`] close their arrows in a game with these binding rules.
    pub(super) fn closed(&self, binding: &[bool]) -> Vec<bool> {
        let binds = |rule: &u32| binding.get(*rule as usize).copied().unwrap_or(false);
        self.breaks.iter().map(|rules| rules.iter().any(binds)).collect()
    }

    /// The rules that some outcome breaks, sorted.
    pub(super) fn breakable(&self) -> Vec<u32> {
        let mut rules: Vec<u32> = self.breaks.iter().flat_map(|b| b.iter().copied()).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}

/// The order in which to decide issues: next the one that leaves the fewest conditions half decided.
fn order(layout: &Layout, constraints: &[Constraint]) -> Vec<usize> {
    let mut left: Vec<usize> = (0..layout.issues()).collect();
    let mut open: Vec<usize> = constraints.iter().map(|c| c.scope.len()).collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let half_decided = |issue: usize| {
            let mut touched = 0usize;
            let half = constraints
                .iter()
                .zip(&open)
                .filter(|(c, open)| {
                    let here = c.scope.contains(&issue);
                    let after = **open - usize::from(here);
                    touched += usize::from(here && c.scope.len() > 1 && **open < c.scope.len());
                    after > 0 && after < c.scope.len()
                })
                .count();
            // Ties go to the issue that continues most conditions already begun, then to file order.
            (half, usize::MAX - touched)
        };
        let best = left.iter().enumerate().min_by_key(|(_, issue)| half_decided(**issue)).map_or(0, |(at, _)| at);
        let issue = left.remove(best);
        for (c, open) in constraints.iter().zip(&mut open) {
            *open -= usize::from(c.scope.contains(&issue));
        }
        order.push(issue);
    }
    order
}

/// Things kept once each, by number.
#[derive(Debug)]
struct Table<T> {
    ids: HashMap<T, u32>,
    all: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { ids: HashMap::new(), all: Vec::new() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Table<T> {
    fn id(&mut self, item: T) -> u32 {
        if let Some(id) = self.ids.get(&item) {
            return *id;
        }
        let id = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(item.clone());
        self.ids.insert(item, id);
        id
    }
}

struct Builder<'a> {
    layout: &'a Layout,
    order: Vec<usize>,
    constraints: Vec<Constraint>,
    logic: Logic,
    breaks: Table<Box<[u32]>>,
    cut: bool,
}

impl Builder<'_> {
    /// From the first issue to the last: the states of each layer (what is left of every condition
    /// that is half decided) and the steps between them.
    fn unroll(&mut self, always_broken: &[u32]) -> Vec<Vec<Vec<Step>>> {
        let mut states: Vec<Box<[Id]>> = vec![Box::default()];
        let mut active: Vec<usize> = Vec::new();
        let mut layers = Vec::with_capacity(self.order.len());
        let mut work = 0usize;
        for at in 0..self.order.len() {
            let issue = self.order.get(at).copied().unwrap_or(0);
            let here: Vec<usize> = (0..self.constraints.len())
                .filter(|c| self.constraints.get(*c).is_some_and(|c| c.first <= at && at <= c.last))
                .collect();
            let mut next: Table<Box<[Id]>> = Table::default();
            let mut layer = Vec::with_capacity(states.len());
            for state in &states {
                let mut steps = Vec::new();
                for digit in 0..self.layout.size(issue) {
                    work += 1;
                    let base: &[u32] = if at == 0 { always_broken } else { &[] };
                    let Some((broken, left)) = self.step(at, issue, digit, (&active, state), &here, base) else {
                        continue;
                    };
                    let full = next.all.len() >= WIDEST || work > MOST_STEPS;
                    if full && !next.ids.contains_key(&left) {
                        // Something has to stay, else every outcome is lost.
                        self.cut = true;
                        if !next.all.is_empty() {
                            continue;
                        }
                    }
                    steps.push((digit, self.breaks.id(broken), next.id(left)));
                }
                layer.push(steps);
            }
            active = here.into_iter().filter(|c| self.constraints.get(*c).is_some_and(|c| c.last > at)).collect();
            states = next.all;
            layers.push(layer);
        }
        layers
    }

    /// One step; `None` when a hard condition fails.
    fn step(
        &mut self,
        at: usize,
        issue: usize,
        digit: u16,
        (active, state): (&[usize], &[Id]),
        here: &[usize],
        base: &[u32],
    ) -> Option<Made> {
        let mut broken: Vec<u32> = base.to_vec();
        let mut left = Vec::with_capacity(here.len());
        for c in here {
            let constraint = self.constraints.get(*c)?;
            let before = match active.binary_search(c) {
                Ok(slot) => state.get(slot).copied()?,
                Err(_) => constraint.id,
            };
            let mut after = self.logic.decide(before, issue, digit);
            if after == NEVER {
                broken.push(constraint.rule?);
                after = ALWAYS;
            }
            if constraint.last > at {
                left.push(after);
            }
        }
        broken.sort_unstable();
        broken.dedup();
        Some((broken.into(), left.into()))
    }

    /// From the last issue to the first: nodes with the same future become one; dead ends go.
    fn reduce(self, layers: &[Vec<Vec<Step>>]) -> Diagram {
        let mut diagram = Diagram {
            ends: vec![0],
            breaks: self.breaks.all,
            cut: self.cut,
            issues: self.order.len(),
            ..Diagram::default()
        };
        let mut sets: Table<ValueSet> = Table::default();
        // The node of each state of the layer below; before the last issue there is only the end.
        let mut below: Vec<Option<u32>> = vec![Some(0)];
        for (at, layer) in layers.iter().enumerate().rev() {
            let issue = self.order.get(at).copied().unwrap_or(0);
            let mut known: HashMap<Vec<Arrow>, u32> = HashMap::new();
            let mut nodes = Vec::with_capacity(layer.len());
            for steps in layer {
                let mut live: Vec<(u32, u32, u16)> = steps
                    .iter()
                    .filter_map(|(digit, breaks, to)| Some((below.get(*to as usize).copied()??, *breaks, *digit)))
                    .collect();
                live.sort_unstable();
                let arrows: Vec<Arrow> = live
                    .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
                    .filter_map(|group| {
                        let (to, breaks, _) = *group.first()?;
                        let digits: Box<[u16]> = group.iter().map(|(_, _, d)| *d).collect();
                        let places =
                            digits.iter().filter_map(|d| u32::try_from(self.layout.place(issue, *d)).ok()).collect();
                        Some(Arrow { to, breaks, set: sets.id(ValueSet { issue, digits, places }) })
                    })
                    .collect();
                nodes.push((!arrows.is_empty()).then(|| {
                    *known.entry(arrows).or_insert_with_key(|arrows| {
                        diagram.arrows.extend_from_slice(arrows);
                        diagram.ends.push(u32::try_from(diagram.arrows.len()).unwrap_or(u32::MAX));
                        u32::try_from(diagram.ends.len() - 1).unwrap_or(u32::MAX)
                    })
                }));
            }
            below = nodes;
        }
        diagram.root = below.first().copied().flatten();
        diagram.sets = sets.all;
        diagram
    }
}
