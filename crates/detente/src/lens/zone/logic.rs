//! Conditions in a form that is decided one issue at a time.

use crate::game::Formula;
use std::collections::HashMap;

/// A condition of a [`Logic`].
pub(super) type Id = u32;

/// The condition that never holds.
pub(super) const NEVER: Id = 0;
/// The condition that always holds.
pub(super) const ALWAYS: Id = 1;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Never,
    Always,
    In(usize, Box<[u16]>),
    All(Box<[Id]>),
    Any(Box<[Id]>),
}

/// Conditions over issues of given sizes, each shape kept once: equal conditions have equal ids, so
/// what is left of a condition after some issues are decided can be compared by id.
#[derive(Debug)]
pub(super) struct Logic {
    sizes: Vec<u16>,
    nodes: Vec<Node>,
    ids: HashMap<Node, Id>,
    decided: HashMap<(Id, usize, u16), Id>,
}

impl Logic {
    pub(super) fn new(sizes: &[u16]) -> Self {
        let mut logic =
            Logic { sizes: sizes.to_vec(), nodes: Vec::new(), ids: HashMap::new(), decided: HashMap::new() };
        logic.id(Node::Never);
        logic.id(Node::Always);
        logic
    }

    /// The condition of a formula, with every `not` pushed down to the values of an issue.
    pub(super) fn of(&mut self, formula: &Formula) -> Id {
        self.signed(formula, true)
    }

    /// The conditions that all have to hold for this one to hold.
    pub(super) fn conjuncts(&self, id: Id) -> Vec<Id> {
        match self.node(id) {
            Node::All(parts) => parts.to_vec(),
            _ => vec![id],
        }
    }

    /// The issues it depends on, sorted, each once.
    pub(super) fn scope(&self, id: Id) -> Vec<usize> {
        let mut issues = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match self.node(id) {
                Node::Never | Node::Always => {}
                Node::In(issue, _) => issues.push(*issue),
                Node::All(parts) | Node::Any(parts) => open.extend(parts.iter().copied()),
            }
        }
        issues.sort_unstable();
        issues.dedup();
        issues
    }

    /// What is left of a condition once an issue has a value.
    pub(super) fn decide(&mut self, id: Id, issue: usize, digit: u16) -> Id {
        if id == NEVER || id == ALWAYS {
            return id;
        }
        if let Some(known) = self.decided.get(&(id, issue, digit)) {
            return *known;
        }
        let left = match self.node(id).clone() {
            Node::Never => NEVER,
            Node::Always => ALWAYS,
            Node::In(at, _) if at != issue => id,
            Node::In(_, digits) => constant(digits.binary_search(&digit).is_ok()),
            Node::All(parts) => {
                let parts = parts.iter().map(|p| self.decide(*p, issue, digit)).collect();
                self.junction(true, parts)
            }
            Node::Any(parts) => {
                let parts = parts.iter().map(|p| self.decide(*p, issue, digit)).collect();
                self.junction(false, parts)
            }
        };
        self.decided.insert((id, issue, digit), left);
        left
    }

    /// At least one issue has a value other than the one given for it.
    pub(super) fn differs_from(&mut self, digits: &[u16]) -> Id {
        let parts = (0..digits.len()).map(|i| self.values(i, |d| digits.get(i) != Some(&d))).collect();
        self.junction(false, parts)
    }

    fn signed(&mut self, formula: &Formula, positive: bool) -> Id {
        match formula {
            Formula::Constant(b) => constant(*b == positive),
            // An issue that is not there reads as digit 0, as in `Formula::holds`.
            Formula::In(issue, digits) if *issue >= self.sizes.len() => {
                constant(digits.binary_search(&0).is_ok() == positive)
            }
            Formula::In(issue, digits) => self.values(*issue, |d| digits.binary_search(&d).is_ok() == positive),
            Formula::Not(inner) => self.signed(inner, !positive),
            Formula::And(all) | Formula::Or(all) => {
                let conjunction = matches!(formula, Formula::And(_)) == positive;
                let parts = all.iter().map(|f| self.signed(f, positive)).collect();
                self.junction(conjunction, parts)
            }
        }
    }

    fn values(&mut self, issue: usize, holds: impl Fn(u16) -> bool) -> Id {
        let size = self.sizes.get(issue).copied().unwrap_or(0);
        let digits: Box<[u16]> = (0..size).filter(|d| holds(*d)).collect();
        match digits.len() {
            0 => NEVER,
            n if n == usize::from(size) => ALWAYS,
            _ => self.id(Node::In(issue, digits)),
        }
    }

    /// All of the parts, or any of them; parts about one issue become one.
    fn junction(&mut self, all: bool, parts: Vec<Id>) -> Id {
        let (absorbing, neutral) = if all { (NEVER, ALWAYS) } else { (ALWAYS, NEVER) };
        let mut flat: Vec<Id> = Vec::with_capacity(parts.len());
        for part in parts {
            match self.node(part) {
                Node::All(inner) if all => flat.extend(inner.iter().copied()),
                Node::Any(inner) if !all => flat.extend(inner.iter().copied()),
                _ => flat.push(part),
            }
        }
        let mut by_issue: Vec<(usize, Vec<u16>)> = Vec::new();
        let mut rest: Vec<Id> = Vec::new();
        for part in flat {
            if part == absorbing {
                return absorbing;
            }
            match self.node(part) {
                Node::In(issue, digits) => match by_issue.iter_mut().find(|(i, _)| i == issue) {
                    Some((_, known)) if all => known.retain(|d| digits.binary_search(d).is_ok()),
                    Some((_, known)) => known.extend(digits.iter().copied()),
                    None => by_issue.push((*issue, digits.to_vec())),
                },
                _ if part != neutral => rest.push(part),
                _ => {}
            }
        }
        for (issue, digits) in by_issue {
            let merged = self.values(issue, |d| digits.contains(&d));
            if merged == absorbing {
                return absorbing;
            }
            if merged != neutral {
                rest.push(merged);
            }
        }
        rest.sort_unstable();
        rest.dedup();
        match rest.as_slice() {
            [] => neutral,
            [one] => *one,
            _ if all => self.id(Node::All(rest.into())),
            _ => self.id(Node::Any(rest.into())),
        }
    }

    fn node(&self, id: Id) -> &Node {
        self.nodes.get(id as usize).unwrap_or(&Node::Never)
    }

    fn id(&mut self, node: Node) -> Id {
        let next = Id::try_from(self.nodes.len()).unwrap_or(NEVER);
        *self.ids.entry(node).or_insert_with_key(|node| {
            self.nodes.push(node.clone());
            next
        })
    }
}

fn constant(holds: bool) -> Id {
    if holds { ALWAYS } else { NEVER }
}
