//! The diagrams of a case: one per level of agreement, made once for all draws.

use super::diagram::{Diagram, Layout};
use crate::game::{Formula, Outcome, Rule, RuleKind, Space};
use std::sync::Arc;

/// A level of agreement.
#[derive(Debug)]
pub(super) struct LevelMap {
    /// Its id.
    pub(super) id: String,
    /// Which outcomes reach it.
    pub(super) when: Formula,
    /// Those outcomes, without the status quo.
    pub(super) diagram: Diagram,
}

/// The diagrams of a case.
#[derive(Debug)]
pub(super) struct Atlas {
    /// The outcome space.
    pub(super) space: Arc<Space>,
    /// The place of every value.
    pub(super) layout: Layout,
    /// Linkages and red lines.
    pub(super) rules: Arc<[Rule]>,
    /// Every outcome, the status quo too.
    pub(super) all: Diagram,
    /// Every outcome but the status quo.
    pub(super) any: Diagram,
    /// The levels, least first.
    pub(super) levels: Vec<LevelMap>,
}

impl Atlas {
    /// The diagrams for a space, its rules and the levels of agreement (id and condition, least first).
    pub(super) fn of(space: &Arc<Space>, rules: &Arc<[Rule]>, levels: Vec<(String, Formula)>) -> Self {
        let layout = Layout::of(space);
        let holds: Vec<&Formula> = rules.iter().map(|r| &r.holds).collect();
        let levels = levels
            .into_iter()
            .map(|(id, when)| {
                // A level that the status quo does not reach excludes it already.
                let exclude = when.holds(&space.status_quo());
                let diagram = Diagram::of(&layout, &holds, &[&when], exclude);
                LevelMap { id, when, diagram }
            })
            .collect();
        Atlas {
            space: space.clone(),
            all: Diagram::of(&layout, &holds, &[], false),
            any: Diagram::of(&layout, &holds, &[], true),
            layout,
            rules: rules.clone(),
            levels,
        }
    }

    /// Number of targets: the levels, least first, then agreements of any kind.
    pub(super) fn targets(&self) -> usize {
        self.levels.len() + 1
    }

    /// The diagram of a target.
    pub(super) fn target(&self, target: usize) -> &Diagram {
        self.levels.get(target).map_or(&self.any, |l| &l.diagram)
    }

    /// Whether a diagram was too large, so that outcomes may be missing.
    pub(super) fn cut(&self) -> bool {
        self.all.cut || (0..self.targets()).any(|t| self.target(t).cut)
    }

    /// The rules an outcome breaks whether or not they bind, sorted.
    pub(super) fn broken(&self, outcome: &Outcome) -> Vec<u32> {
        (0u32..).zip(self.rules.iter()).filter(|(_, r)| !r.holds.holds(outcome)).map(|(at, _)| at).collect()
    }

    /// Per target, whether an outcome belongs to it.
    pub(super) fn reaches(&self, outcome: &Outcome) -> Vec<bool> {
        let moved = outcome.digits() != self.layout.status_quo();
        let mut reaches: Vec<bool> = self.levels.iter().map(|l| moved && l.when.holds(outcome)).collect();
        reaches.push(moved);
        reaches
    }

    /// The highest level an outcome reaches, by id.
    pub(super) fn level(&self, outcome: &Outcome) -> Option<String> {
        self.levels.iter().rev().find(|l| l.when.holds(outcome)).map(|l| l.id.clone())
    }

    /// The party, by position, whose red line a rule is; `None` for a linkage.
    pub(super) fn whose(&self, rule: usize) -> Option<usize> {
        match self.rules.get(rule)?.kind {
            RuleKind::RedLine(party) => Some(party),
            RuleKind::Linkage => None,
        }
    }
}
