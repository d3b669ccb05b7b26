//! Profiles over one space: issues and values in the same order for everybody.

use super::content::Sheet;
use super::points::{MOST_VALUES, numbers, positions};
use super::tree::short;
use crate::game::{Draft, Exact, Formula, Issue, IssueKind, Outcome, Space, Value};
use crate::text::{Code, Diagnostic, Diagnostics, did_you_mean};
use num_traits::Zero;
use std::collections::HashMap;

/// Tables that have to be put into another order have at most this many entries.
const LARGEST_TABLE: usize = 1 << 20;
/// Conditions that have to be put over other values are looked through up to this many values together.
const MOST_LOOKS: usize = 1 << 26;

/// Where the utility of a value comes from.
enum From {
    /// A value of the profile.
    Digit(u16),
    /// Between two neighbouring points of the profile, this share of the way.
    Between(u16, u16, Exact),
    /// The profile does not have it.
    Nothing,
}

/// The space of a scenario: the first one, with the points of real ranges that any of the others has.
pub(crate) fn common(first: &Space, others: &[&Space]) -> Space {
    let mut space = first.clone();
    let others: Vec<_> = others.iter().map(|s| (positions(s), *s)).collect();
    for issue in space.issues.iter_mut().filter(|i| i.kind == IssueKind::Points) {
        let same =
            |(places, s): &(HashMap<&str, usize>, &Space)| s.issues.get(*places.get(issue.id.as_str())?).cloned();
        let mut all: Vec<(Exact, Value)> = Vec::new();
        for other in others.iter().filter_map(same).filter(|o| o.kind == IssueKind::Points).chain([issue.clone()]) {
            all.extend(numbers(&other).unwrap_or_default().into_iter().zip(other.values));
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.dedup_by(|a, b| a.0 == b.0);
        if all.len() <= MOST_VALUES {
            issue.values = all.into_iter().map(|(_, value)| value).collect();
        }
    }
    space
}

/// Puts a sheet over another space that has the same issues and values, in any order. Values that the sheet
/// lacks count 0 and are reported. `None`, with the first difference said, when the spaces differ otherwise.
pub(crate) fn align(sheet: Sheet, space: &Space, diagnostics: &mut Diagnostics) -> Option<Sheet> {
    silent(&sheet, diagnostics);
    if same(&sheet.space, space) {
        return Some(sheet);
    }
    let (own, common) = (positions(&sheet.space), positions(space));
    if let Some(extra) = sheet.space.issues.iter().find(|i| !common.contains_key(i.id.as_str())) {
        let known = space.issues.iter().map(|i| i.id.as_str());
        let message = format!("`{}` has an issue `{}` that the others do not have", sheet.name, short(&extra.id));
        let found = Diagnostic::new(Code::ExchangeMismatch, message).at(sheet.span, "this profile");
        diagnostics.push(found.maybe_hint(did_you_mean(&extra.id, known)));
        return None;
    }
    let mut order = Vec::new();
    let mut sources = Vec::new();
    for issue in &space.issues {
        let Some(at) = own.get(issue.id.as_str()).copied() else {
            let message = format!("`{}` says nothing of the issue `{}`", sheet.name, short(&issue.id));
            diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(sheet.span, "this profile"));
            return None;
        };
        order.push(at);
        let own = sheet.space.issues.get(at)?;
        sources.push(values(&sheet, own, issue, diagnostics)?);
    }
    let mut back = vec![None; sheet.space.issues.len()];
    for (common, own) in order.iter().enumerate() {
        if let Some(slot) = back.get_mut(*own) {
            *slot = Some(common);
        }
    }
    let map = Map { order, back, sources };
    let draft = map.draft(&sheet, space);
    if draft.is_none() {
        let message =
            format!("`{}` has terms over several issues that cannot be put into the order of the domain", sheet.name);
        diagnostics.push(Diagnostic::new(Code::ExchangeUnsupported, message).at(sheet.span, "this profile"));
    }
    let reservation_outcome = sheet.reservation_outcome.as_ref().and_then(|o| map.outcome(o));
    Some(Sheet { space: space.clone(), draft: draft?, reservation_outcome, silent: Vec::new(), ..sheet })
}

/// Whether two spaces are the same, labels apart.
fn same(a: &Space, b: &Space) -> bool {
    let ids = |i: &Issue, j: &Issue| {
        i.id == j.id && i.values.len() == j.values.len() && i.values.iter().zip(&j.values).all(|(v, w)| v.id == w.id)
    };
    a.issues.len() == b.issues.len() && a.issues.iter().zip(&b.issues).all(|(i, j)| ids(i, j))
}

/// Reports values that the file names without an evaluation.
fn silent(sheet: &Sheet, diagnostics: &mut Diagnostics) {
    let mut by_issue: Vec<(usize, Vec<&str>)> = Vec::new();
    for (at, digit) in &sheet.silent {
        let value =
            sheet.space.issues.get(*at).and_then(|i| i.values.get(usize::from(*digit))).map_or("", |v| v.id.as_str());
        match by_issue.last_mut() {
            Some((issue, values)) if issue == at => values.push(value),
            _ => by_issue.push((*at, vec![value])),
        }
    }
    for (at, values) in by_issue {
        let issue = sheet.space.issues.get(at).map_or("", |i| i.id.as_str());
        diagnostics.push(nothing_said(sheet, issue, &values));
    }
}

fn nothing_said(sheet: &Sheet, issue: &str, values: &[&str]) -> Diagnostic {
    let shown: Vec<String> = values.iter().take(6).map(|v| format!("`{}`", short(v))).collect();
    let more =
        if values.len() > shown.len() { format!(" and {} more", values.len() - shown.len()) } else { String::new() };
    let message = format!(
        "`{}` does not evaluate {}{more} of `{}`, which therefore count 0",
        sheet.name,
        shown.join(", "),
        short(issue)
    );
    Diagnostic::new(Code::ExchangeValue, message).at(sheet.span, "this profile")
}

/// For every value of the common issue, where its utility comes from.
fn values(sheet: &Sheet, own: &Issue, issue: &Issue, diagnostics: &mut Diagnostics) -> Option<Vec<From>> {
    let points = (own.kind, issue.kind) == (IssueKind::Points, IssueKind::Points);
    if let (true, Some(mine), Some(all)) = (points, numbers(own), numbers(issue)) {
        if mine.first() == all.first() && mine.last() == all.last() {
            return Some(all.iter().map(|x| between(&mine, x)).collect());
        }
        let message = format!("`{}` has another range for `{}` than the others", sheet.name, short(&issue.id));
        diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(sheet.span, "this profile"));
        return None;
    }
    let digits: HashMap<&str, u16> = own.values.iter().map(|v| v.id.as_str()).zip(0u16..).collect();
    let known: HashMap<&str, ()> = issue.values.iter().map(|v| (v.id.as_str(), ())).collect();
    if let Some(extra) = own.values.iter().find(|v| !known.contains_key(v.id.as_str())) {
        let message = format!(
            "`{}` has a value `{}` of `{}` that the domain does not have",
            sheet.name,
            short(&extra.id),
            short(&issue.id)
        );
        let found = Diagnostic::new(Code::ExchangeName, message).at(sheet.span, "this profile");
        diagnostics.push(found.maybe_hint(did_you_mean(&extra.id, issue.values.iter().map(|v| v.id.as_str()))));
        return None;
    }
    let missing: Vec<&str> = issue.values.iter().map(|v| v.id.as_str()).filter(|v| !digits.contains_key(v)).collect();
    if !missing.is_empty() {
        diagnostics.push(nothing_said(sheet, &issue.id, &missing));
    }
    Some(issue.values.iter().map(|v| digits.get(v.id.as_str()).map_or(From::Nothing, |d| From::Digit(*d))).collect())
}

/// A point among the increasing points of a profile. Utilities are lines between them.
fn between(points: &[Exact], x: &Exact) -> From {
    let digit = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    match points.binary_search(x) {
        Ok(at) => From::Digit(digit(at)),
        Err(at) => match (at.checked_sub(1).and_then(|b| points.get(b)), points.get(at)) {
            (Some(low), Some(high)) => From::Between(digit(at - 1), digit(at), (x - low) / (high - low)),
            _ => From::Nothing,
        },
    }
}

struct Map {
    /// By common issue: the issue of the profile.
    order: Vec<usize>,
    /// By issue of the profile: the common issue.
    back: Vec<Option<usize>>,
    sources: Vec<Vec<From>>,
}

impl Map {
    fn draft(&self, sheet: &Sheet, space: &Space) -> Option<Draft> {
        let old = &sheet.draft;
        let worth = self.order.iter().zip(&self.sources).map(|(at, sources)| {
            let values = old.worth.get(*at).map(Vec::as_slice).unwrap_or_default();
            let of = |digit: &u16| values.get(usize::from(*digit)).cloned().unwrap_or_default();
            let from = |source: &From| match source {
                From::Digit(digit) => of(digit),
                From::Between(low, high, share) => of(low) + (of(high) - of(low)) * share,
                From::Nothing => Exact::zero(),
            };
            sources.iter().map(from).collect()
        });
        let conditions = old.when.iter().map(|(f, _)| f).chain(&old.zero_unless);
        if conditions.fold(0usize, |n, f| n.saturating_add(self.looks(f))) > MOST_LOOKS {
            return None;
        }
        let tables: Option<Vec<_>> =
            old.tables.iter().map(|(issues, _, worth)| self.table(issues, worth, &sheet.space, space)).collect();
        Some(Draft {
            constant: old.constant.clone(),
            worth: worth.collect(),
            when: old.when.iter().map(|(f, w)| (self.formula(f), w.clone())).collect(),
            tables: tables?,
            cap: old.cap.clone(),
            zero_unless: old.zero_unless.iter().map(|f| self.formula(f)).collect(),
            reservation: old.reservation.clone(),
            slack: old.slack.clone(),
        })
    }

    /// The position among the common issues.
    fn common(&self, own: usize) -> Option<usize> {
        self.back.get(own).copied().flatten()
    }

    fn table(
        &self,
        issues: &[usize],
        worth: &[Exact],
        from: &Space,
        to: &Space,
    ) -> Option<(Vec<usize>, Vec<usize>, Vec<Exact>)> {
        let common: Vec<usize> = issues.iter().map(|i| self.common(*i)).collect::<Option<_>>()?;
        let size = |s: &Space, at: &usize| s.issues.get(*at).map_or(0, |i| i.values.len());
        let sizes: Vec<usize> = common.iter().map(|at| size(to, at)).collect();
        let old: Vec<usize> = issues.iter().map(|at| size(from, at)).collect();
        let count = sizes.iter().try_fold(1usize, |n, s| n.checked_mul(*s)).filter(|n| *n <= LARGEST_TABLE)?;
        let mut out = Vec::with_capacity(count);
        for at in 0..count {
            let (mut rest, mut digits) = (at, vec![0usize; sizes.len()]);
            for (digit, size) in digits.iter_mut().zip(&sizes).rev() {
                *digit = rest % size;
                rest /= size;
            }
            let mut place = Some(0usize);
            for ((issue, digit), size) in common.iter().zip(&digits).zip(&old) {
                match self.sources.get(*issue).and_then(|s| s.get(*digit))? {
                    From::Digit(d) => place = place.map(|p| p * size + usize::from(*d)),
                    From::Between(..) => return None,
                    From::Nothing => place = None,
                }
            }
            out.push(place.and_then(|p| worth.get(p)).cloned().unwrap_or_default());
        }
        Some((common, sizes, out))
    }

    /// How many values are looked at to put a condition over the common space.
    fn looks(&self, formula: &Formula) -> usize {
        match formula {
            Formula::Constant(_) => 1,
            Formula::Not(inner) => self.looks(inner),
            Formula::And(list) | Formula::Or(list) => list.iter().fold(1, |n, f| n.saturating_add(self.looks(f))),
            Formula::In(issue, _) => self.common(*issue).and_then(|at| self.sources.get(at)).map_or(1, Vec::len),
        }
    }

    fn formula(&self, formula: &Formula) -> Formula {
        let all = |list: &[Formula]| list.iter().map(|f| self.formula(f)).collect();
        match formula {
            Formula::Constant(b) => Formula::Constant(*b),
            Formula::Not(inner) => Formula::Not(Box::new(self.formula(inner))),
            Formula::And(list) => Formula::And(all(list)),
            Formula::Or(list) => Formula::Or(all(list)),
            Formula::In(issue, digits) => {
                let Some(at) = self.common(*issue) else { return Formula::Constant(false) };
                let inside = |d: &u16| digits.binary_search(d).is_ok();
                let holds = |source: &From| match source {
                    From::Digit(d) => inside(d),
                    // Ends of ranges are points of the profile, so what lies between two of its points is
                    // inside when both are.
                    From::Between(low, high, _) => inside(low) && inside(high),
                    From::Nothing => false,
                };
                let sources = self.sources.get(at).map(Vec::as_slice).unwrap_or_default();
                Formula::In(at, sources.iter().zip(0u16..).filter(|(s, _)| holds(s)).map(|(_, digit)| digit).collect())
            }
        }
    }

    fn outcome(&self, outcome: &Outcome) -> Option<Outcome> {
        let digits = self.order.iter().zip(&self.sources).map(|(own, sources)| {
            let digit = outcome.digit(*own);
            let at = sources.iter().position(|s| matches!(s, From::Digit(d) if *d == digit))?;
            u16::try_from(at).ok()
        });
        Some(Outcome::new(digits.collect::<Option<Vec<u16>>>()?))
    }
}
