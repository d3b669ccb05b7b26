//! The weights of the issues of a profile.

use super::issue::{Layout, number, whole};
use super::markup::{Id, Tag, Tree};
use super::report::{Repair, Report};
use crate::game::{Exact, decimal};
use crate::text::Code;
use num_traits::{One, Signed, Zero};
use std::collections::HashMap;

/// How far weights may sum from 1 without a word.
fn tolerance() -> Exact {
    decimal("1e-6").unwrap_or_else(Exact::zero)
}

fn is_one(sum: &Exact) -> bool {
    (sum - Exact::one()).abs() <= tolerance()
}

/// The weight of each issue, as written. `None` when one is missing or unclear; the reason is reported.
pub(super) fn weights(tree: &Tree<'_>, layout: &Layout, report: &mut Report<'_>) -> Option<Vec<Exact>> {
    let objectives: HashMap<i64, Id> =
        tree.all(Tag::Objective).filter_map(|id| Some((whole(tree, id, "index")?, id))).collect();
    let mut own: Vec<Option<Exact>> = vec![None; layout.entries.len()];
    let mut of_objective: HashMap<Id, Exact> = HashMap::new();
    for id in tree.all(Tag::Weight) {
        let place = tree.place(id);
        let Some(index) = whole(tree, id, "index") else {
            report.refuse(Code::ExchangeMissing, &place, "a weight without the index of its issue", "");
            return None;
        };
        let Some(weight) = number(tree, id, "value", report) else {
            if tree.get(id, "value").is_none() {
                report.refuse(Code::ExchangeMissing, &place, "a weight without a value", "");
            }
            return None;
        };
        let before = match (layout.at(index).and_then(|at| own.get_mut(at)), objectives.get(&index)) {
            (Some(slot), _) => {
                let before = slot.clone();
                *slot = before.clone().or(Some(weight.clone()));
                before
            }
            (None, Some(objective)) => {
                let before = of_objective.get(objective).cloned();
                of_objective.entry(*objective).or_insert_with(|| weight.clone());
                before
            }
            (None, None) => {
                let message = format!("a weight for the index {index}, which no issue has; it was left out");
                report.warn(Code::ExchangeWeights, &place, message, "");
                continue;
            }
        };
        match before {
            Some(before) if before != weight => {
                let message = format!("two different weights for the index {index}");
                report.refuse(Code::DuplicateName, &place, message, "");
                return None;
            }
            Some(_) => report.repair(Repair::SameElement, place),
            None => {}
        }
    }
    let mut flat = Vec::with_capacity(own.len());
    for (weight, entry) in own.into_iter().zip(&layout.entries) {
        let Some(weight) = weight else {
            let name = tree.get(entry.id, "name").map_or(String::new(), |(name, _)| name.chars().take(60).collect());
            let message = format!("the issue `{name}` has no weight");
            let hint = "add `<weight index=\"…\" value=\"…\"/>` with the index of the issue";
            report.refuse(Code::ExchangeMissing, &tree.place(entry.id), message, hint);
            return None;
        };
        flat.push(weight);
    }
    let weights = nested(tree, layout, flat, &of_objective, report)?;
    let sum: Exact = weights.iter().sum();
    if !is_one(&sum) {
        let place = tree.all(Tag::Weight).next().map_or(0..0, |id| tree.place(id));
        let shown = crate::exchange::genius::write::short(&sum);
        let message = format!("the weights sum to {shown}, not to 1");
        report.warn(Code::ExchangeWeights, &place, message, "");
    }
    Some(weights)
}

/// Where objectives that nest have weights themselves, files are written in two ways: the weights of all issues sum
/// to 1 as they stand, or what an issue counts is its weight times those of the objectives around it. Which one it
/// is shows in the sums; when it does not, nothing is guessed. The objective at the root is the whole and weighs 1.
fn nested(
    tree: &Tree<'_>,
    layout: &Layout,
    flat: Vec<Exact>,
    of_objective: &HashMap<Id, Exact>,
    report: &mut Report<'_>,
) -> Option<Vec<Exact>> {
    let along = |(weight, id): (&Exact, Id)| {
        let mut weight = weight.clone();
        let mut inside = tree.parent(id);
        // As many steps as elements may nest.
        while let Some(objective) = inside.filter(|id| tree.tag(*id) == Some(Tag::Objective)) {
            inside = tree.parent(objective);
            let is_root = inside.is_none_or(|id| tree.tag(id) != Some(Tag::Objective));
            if let Some(factor) = of_objective.get(&objective).filter(|_| !is_root) {
                weight *= factor;
            }
        }
        weight
    };
    if of_objective.is_empty() {
        return Some(flat);
    }
    let paths: Vec<Exact> = flat.iter().zip(layout.entries.iter().map(|e| e.id)).map(along).collect();
    let (flat_sum, path_sum): (Exact, Exact) = (flat.iter().sum(), paths.iter().sum());
    match (is_one(&flat_sum), is_one(&path_sum)) {
        _ if flat == paths => Some(flat),
        (true, false) => Some(flat),
        (false, true) => Some(paths),
        _ => {
            let place = of_objective.keys().min().map_or(0..0, |id| tree.place(*id));
            let message = "it is not known how the weights of nested objectives and of their issues go together";
            let hint = "give every issue its whole weight, so that these sum to 1, and the objectives none";
            report.refuse(Code::ExchangeUnsupported, &place, message, hint);
            None
        }
    }
}
