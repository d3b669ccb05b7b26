//! Statements on preferences with their names looked up.

use crate::case::model::case::Document;
use crate::case::model::substance::{Package, Silence, Want};
use crate::case::{Basis, ClaimKind, Name, Range, Tier};
use crate::game::Space;
use crate::text::Span;

/// What a claim contributes to a belief.
#[derive(Debug, Clone, PartialEq)]
pub struct BeliefInput {
    /// Its id.
    pub claim: String,
    /// What kind of thing it says.
    pub kind: ClaimKind,
    /// The party it is about, by position.
    pub party: Option<usize>,
    /// What it rests on.
    pub basis: Basis,
    /// Whether it states a number.
    pub numeric: bool,
    /// Whether its number is drawn anew in each game, so that [`super::Belief::draw_mixed`] can vary it alone.
    pub drawn: bool,
}

/// One statement on a party's preferences.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// The id of its claim.
    pub(super) claim: String,
    /// Where it stands.
    pub(super) at: Span,
    /// What it rests on.
    pub(super) basis: Basis,
    /// In words, for a label.
    pub(super) words: String,
    /// Claims it makes no sense without: the packages it compares.
    pub(super) needs: Vec<(String, Basis)>,
    /// What it says.
    pub(super) says: Says,
}

/// What a statement says.
#[derive(Debug, Clone)]
pub(super) enum Says {
    /// The first issue of each pair matters more than the second.
    Issues(Vec<(usize, usize)>),
    /// The weight of an issue.
    Weight(usize, Range),
    /// Values of an issue: the first of each pair is better.
    Values {
        /// The issue.
        issue: usize,
        /// The first is better.
        better: Vec<(usize, usize)>,
        /// The first is no worse.
        no_worse: Vec<(usize, usize)>,
    },
    /// How good a value of an issue is.
    Score {
        /// The issue.
        issue: usize,
        /// The value.
        value: usize,
        /// How good.
        range: Range,
    },
    /// One package is better than another: the difference as `(issue, value, coefficient)`.
    Packages(Vec<(usize, usize, f64)>),
}

impl Says {
    /// The range it states, if it states one.
    pub(super) fn range(&self) -> Option<Range> {
        match self {
            Says::Weight(_, range) | Says::Score { range, .. } => Some(*range),
            _ => None,
        }
    }
}

/// The statements of a party, in file order. Entries with unknown names, no form or several are left out:
/// they are reported where names are looked up.
pub(super) fn statements(document: &Document, space: &Space, wants: &[Want]) -> Vec<Statement> {
    wants
        .iter()
        .filter_map(|want| {
            let mut needs = Vec::new();
            let (says, words) = reading(document, space, want, &mut needs)?;
            let grounds = &want.grounds;
            Some(Statement { claim: grounds.id.clone(), at: grounds.at, basis: grounds.basis, words, needs, says })
        })
        .collect()
}

fn reading(
    document: &Document,
    space: &Space,
    want: &Want,
    needs: &mut Vec<(String, Basis)>,
) -> Option<(Says, String)> {
    let forms = [
        want.ranks_first.is_some(),
        want.ranks_last.is_some(),
        !want.ranks.is_empty(),
        want.over.is_some(),
        !want.prefers.is_empty(),
        !want.best.is_empty() || !want.worst.is_empty(),
        want.weight.is_some(),
        want.score.is_some(),
    ];
    if forms.iter().filter(|f| **f).count() != 1 || (want.issue.is_some() && want.package.is_some()) {
        return None;
    }
    let issue_of = |name: &Name| space.issue(name.as_str());
    let all = 0..space.issues.len();
    if let Some(first) = &want.ranks_first {
        let at = issue_of(first)?;
        let pairs = all.filter(|i| *i != at).map(|i| (at, i)).collect();
        return Some((Says::Issues(pairs), format!("`{first}` matters most")));
    }
    if let Some(last) = &want.ranks_last {
        let at = issue_of(last)?;
        let pairs = all.filter(|i| *i != at).map(|i| (i, at)).collect();
        return Some((Says::Issues(pairs), format!("`{last}` matters least")));
    }
    if !want.ranks.is_empty() {
        let ranks: Vec<usize> = want.ranks.iter().map(issue_of).collect::<Option<_>>()?;
        let pairs = ranks.iter().copied().zip(ranks.iter().copied().skip(1)).collect();
        return Some((Says::Issues(pairs), format!("{} in this order", list(&want.ranks))));
    }
    if let (Some(better), Some(worse)) = (&want.package, &want.over) {
        let difference = difference(document, space, better, worse, needs)?;
        return Some((Says::Packages(difference), format!("the package `{better}` over `{worse}`")));
    }
    about_issue(space, want)
}

/// The forms that speak of one issue, and of another at most.
fn about_issue(space: &Space, want: &Want) -> Option<(Says, String)> {
    let name = want.issue.as_ref()?;
    let issue = space.issue(name.as_str())?;
    let value_of = |name: &Name| space.value(issue, name.as_str()).map(usize::from);
    if let Some(over) = &want.over {
        return Some((Says::Issues(vec![(issue, space.issue(over.as_str())?)]), format!("`{name}` over `{over}`")));
    }
    if let Some(weight) = want.weight {
        return Some((Says::Weight(issue, weight.0), format!("`{name}` weighs {}", weight.0)));
    }
    if let Some(score) = want.score {
        let value = want.value.as_ref()?;
        let says = Says::Score { issue, value: value_of(value)?, range: score.0 };
        return Some((says, format!("`{value}` of `{name}` scores {}", score.0)));
    }
    let digits = |names: &[Name]| names.iter().map(value_of).collect::<Option<Vec<usize>>>();
    if !want.prefers.is_empty() {
        let tiers: Vec<Vec<usize>> = want.prefers.iter().map(|tier| digits(&tier.0)).collect::<Option<_>>()?;
        let words = format!("on `{name}`: {}", want.prefers.iter().map(tier_words).collect::<Vec<_>>().join(" over "));
        return Some((prefers(issue, &tiers), words));
    }
    let (best, worst) = (digits(&want.best)?, digits(&want.worst)?);
    let words = match (best.is_empty(), worst.is_empty()) {
        (false, true) => format!("on `{name}`: {} best", list(&want.best)),
        (true, _) => format!("on `{name}`: {} worst", list(&want.worst)),
        (false, false) => format!("on `{name}`: {} best, {} worst", list(&want.best), list(&want.worst)),
    };
    let values = 0..space.issues.get(issue)?.values.len();
    let mut no_worse = equal(&best);
    no_worse.extend(equal(&worst));
    if let Some(best) = best.first() {
        no_worse.extend(values.clone().filter(|v| v != best).map(|v| (*best, v)));
    }
    if let Some(worst) = worst.first() {
        no_worse.extend(values.filter(|v| v != worst).map(|v| (v, *worst)));
    }
    Some((Says::Values { issue, better: Vec::new(), no_worse }, words))
}

fn list(names: &[Name]) -> String {
    names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}

fn tier_words(tier: &Tier) -> String {
    tier.0.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" = ")
}

/// Pairs that make the values equal.
fn equal(values: &[usize]) -> Vec<(usize, usize)> {
    values.iter().zip(values.iter().skip(1)).flat_map(|(a, b)| [(*a, *b), (*b, *a)]).filter(|(a, b)| a != b).collect()
}

fn prefers(issue: usize, tiers: &[Vec<usize>]) -> Says {
    // One comparison between neighbouring tiers is enough: within a tier all are equal.
    let firsts: Vec<usize> = tiers.iter().filter_map(|t| t.first().copied()).collect();
    let better = firsts.iter().copied().zip(firsts.iter().copied().skip(1)).collect();
    Says::Values { issue, better, no_worse: tiers.iter().flat_map(|t| equal(t)).collect() }
}

/// The difference of two packages. Where a package leaves several values of an issue open, their average counts.
fn difference(
    document: &Document,
    space: &Space,
    better: &Name,
    worse: &Name,
    needs: &mut Vec<(String, Basis)>,
) -> Option<Vec<(usize, usize, f64)>> {
    let find = |name: &Name| document.texts.get(name.as_str()).or_else(|| document.packages.get(name.as_str()));
    let (better, worse) = (find(better)?, find(worse)?);
    needs.extend([better, worse].map(|p| (p.grounds.id.clone(), p.grounds.basis)));
    let mut difference = Vec::new();
    for issue in 0..space.issues.len() {
        let (plus, minus) = (open(better, space, issue)?, open(worse, space, issue)?);
        let size = space.issues.get(issue)?.values.len();
        for value in 0..size {
            let share = |of: &[usize]| if of.contains(&value) { 1.0 / of.len() as f64 } else { 0.0 };
            let coefficient = share(&plus) - share(&minus);
            if coefficient != 0.0 {
                difference.push((issue, value, coefficient));
            }
        }
    }
    Some(difference)
}

/// The values a package allows on an issue.
fn open(package: &Package, space: &Space, issue: usize) -> Option<Vec<usize>> {
    let about = space.issues.get(issue)?;
    match package.values.get(&about.id) {
        Some(tier) if !tier.0.is_empty() => {
            let mut values: Vec<usize> =
                tier.0.iter().map(|n| space.value(issue, n.as_str()).map(usize::from)).collect::<Option<_>>()?;
            values.sort_unstable();
            values.dedup();
            Some(values)
        }
        _ if package.silence == Some(Silence::Open) => Some((0..about.values.len()).collect()),
        _ => Some(vec![usize::from(about.status_quo)]),
    }
}
