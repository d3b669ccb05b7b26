//! The weights of the issues of a profile.

use super::issue::{Layout, number, whole};
use super::markup::{Id, Tag, Tree};
use super::report::{Repair, Report};
use super::write::short;
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

/// The weights as the file has them: of each issue, and of objectives.
struct Written {
    issues: Vec<Option<Exact>>,
    objectives: HashMap<Id, Exact>,
}

/// The weight of each issue, as written. `None` when one is missing or unclear; the reason is reported.
pub(super) fn weights(tree: &Tree<'_>, layout: &Layout, report: &mut Report<'_>) -> Option<Vec<Exact>> {
    let written = collect(tree, layout, report)?;
    let mut flat = Vec::with_capacity(written.issues.len());
    for (weight, entry) in written.issues.into_iter().zip(&layout.entries) {
        let Some(weight) = weight else {
            let name = tree.get(entry.id, "name").map_or(String::new(), |(name, _)| name.chars().take(60).collect());
            let message = format!("the issue `{name}` has no weight");
            let hint = "add `<weight index=\"…\" value=\"…\"/>` with the index of the issue";
            report.refuse(Code::ExchangeMissing, &tree.place(entry.id), message, hint);
            return None;
        };
        flat.push(weight);
    }
    let weights = nested(tree, layout, flat, &written.objectives, report)?;
    let sum: Exact = weights.iter().sum();
    if !is_one(&sum) {
        let place = tree.all(Tag::Weight).next().map_or(0..0, |id| tree.place(id));
        let message = format!("the weights sum to {}, not to 1", short(&sum));
        report.warn(Code::ExchangeWeights, &place, message, "");
    }
    Some(weights)
}

fn collect(tree: &Tree<'_>, layout: &Layout, report: &mut Report<'_>) -> Option<Written> {
    let objectives: HashMap<i64, Id> =
        tree.all(Tag::Objective).filter_map(|id| Some((whole(tree, id, "index")?, id))).collect();
    let mut written = Written { issues: vec![None; layout.entries.len()], objectives: HashMap::new() };
    for id in tree.all(Tag::Weight) {
        let place = tree.place(id);
        let Some(index) = whole(tree, id, "index") else {
            report.refuse(Code::ExchangeMissing, &place, "a weight without the index of its issue", "");
            return None;
        };
        if tree.get(id, "value").is_none() {
            report.refuse(Code::ExchangeMissing, &place, "a weight without a value", "");
            return None;
        }
        let weight = number(tree, id, "value", report)?;
        let issue = layout.at(index).and_then(|at| written.issues.get_mut(at));
        let before = match (issue, objectives.get(&index)) {
            (Some(slot), _) => slot.replace(weight.clone()),
            (None, Some(objective)) => written.objectives.insert(*objective, weight.clone()),
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
    Some(written)
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
