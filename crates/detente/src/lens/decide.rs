//! Whether some outcome satisfies given conditions: a search over the issues they speak of.
//!
//! Depth first over partial outcomes, each judged in three values (Kleene, 1938), so that a branch is
//! left as soon as it is decided. Every search spends from a [`Budget`]; running out is an answer too.

use crate::game::{Formula, Space};

/// Partial outcomes that may still be looked at.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    left: u64,
    each: u64,
    hit: bool,
}

impl Budget {
    /// At most `each` partial outcomes per question and `total` for all questions together.
    pub(crate) fn new(each: u64, total: u64) -> Self {
        Budget { left: total, each, hit: false }
    }

    /// Whether some question was left undecided.
    pub(crate) fn hit(&self) -> bool {
        self.hit
    }
}

/// The digits that each issue of a space may take.
pub(crate) type Domains = Vec<Vec<u16>>;

/// Every value of every issue.
pub(crate) fn every_value(space: &Space) -> Domains {
    space.sizes().map(|size| (0..u16::try_from(size).unwrap_or(u16::MAX)).collect()).collect()
}

/// Whether some outcome within the domains satisfies all of the formulas. `None`: the budget ran out.
pub(crate) fn some_outcome(all: &[&Formula], domains: &Domains, budget: &mut Budget) -> Option<bool> {
    let mut scope: Vec<usize> = all.iter().flat_map(|f| f.scope()).collect();
    scope.sort_unstable();
    scope.dedup();
    let mut digits: Vec<Option<u16>> = vec![None; domains.len()];
    // For each issue assigned so far, the position of the next value to try.
    let mut tried: Vec<usize> = Vec::new();
    let mut looked = 0u64;
    loop {
        looked += 1;
        if looked > budget.each || budget.left == 0 {
            budget.hit = true;
            return None;
        }
        budget.left -= 1;
        match verdict(all, &digits, domains) {
            Some(true) => return Some(true),
            None if tried.len() < scope.len() => tried.push(0),
            _ => {}
        }
        loop {
            let Some(next) = tried.len().checked_sub(1) else { return Some(false) };
            let (Some(at), Some(issue)) = (tried.get_mut(next), scope.get(next)) else { return Some(false) };
            let value = domains.get(*issue).and_then(|d| d.get(*at)).copied();
            *at += 1;
            if let Some(digit) = digits.get_mut(*issue) {
                *digit = value;
            }
            if value.is_some() {
                break;
            }
            tried.pop();
        }
    }
}

fn verdict(all: &[&Formula], digits: &[Option<u16>], domains: &Domains) -> Option<bool> {
    conjunction(all.iter().map(|f| judge(f, digits, domains)))
}

/// What a partial outcome already says of a formula.
fn judge(formula: &Formula, digits: &[Option<u16>], domains: &Domains) -> Option<bool> {
    match formula {
        Formula::Constant(b) => Some(*b),
        Formula::In(issue, values) => match digits.get(*issue).copied().flatten() {
            Some(digit) => Some(values.binary_search(&digit).is_ok()),
            None => {
                let domain = domains.get(*issue)?;
                let inside = domain.iter().filter(|d| values.binary_search(d).is_ok()).count();
                if inside == 0 {
                    Some(false)
                } else if inside == domain.len() {
                    Some(true)
                } else {
                    None
                }
            }
        },
        Formula::Not(inner) => judge(inner, digits, domains).map(|b| !b),
        Formula::And(all) => conjunction(all.iter().map(|f| judge(f, digits, domains))),
        Formula::Or(all) => conjunction(all.iter().map(|f| judge(f, digits, domains).map(|b| !b))).map(|b| !b),
    }
}

fn conjunction(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut verdict = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => verdict = None,
            Some(true) => {}
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::{Issue, IssueKind, Outcome, Value};
    use proptest::prelude::*;

    const SIZES: [u16; 4] = [2, 3, 2, 3];

    fn space() -> Space {
        let issue = |i: usize, size: u16| Issue {
            id: format!("i{i}"),
            name: format!("i{i}"),
            values: (0..size).map(|v| Value { id: format!("v{v}"), label: format!("v{v}") }).collect(),
            status_quo: 0,
            kind: IssueKind::Named,
        };
        Space { issues: SIZES.iter().enumerate().map(|(i, size)| issue(i, *size)).collect() }
    }

    fn formulas() -> impl Strategy<Value = Formula> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Formula::Constant),
            (0usize..4, proptest::collection::btree_set(0u16..3, 0..3))
                .prop_map(|(issue, values)| Formula::In(issue, values.into_iter().collect())),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                inner.clone().prop_map(|f| Formula::Not(Box::new(f))),
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Formula::And),
                proptest::collection::vec(inner, 0..3).prop_map(Formula::Or),
            ]
        })
    }

    fn domains() -> impl Strategy<Value = Domains> {
        SIZES
            .map(|size| proptest::collection::btree_set(0..size, 1..=size as usize))
            .to_vec()
            .prop_map(|sets| sets.into_iter().map(|set| set.into_iter().collect()).collect())
    }

    proptest! {
        #[test]
        fn agrees_with_enumeration(a in formulas(), b in formulas(), domains in domains()) {
            let inside = |o: &Outcome| domains.iter().enumerate().all(|(i, d)| d.contains(&o.digit(i)));
            let brute = space().outcomes().any(|o| inside(&o) && a.holds(&o) && b.holds(&o));
            let found = some_outcome(&[&a, &b], &domains, &mut Budget::new(10_000, 10_000));
            prop_assert_eq!(found, Some(brute));
        }
    }

    #[test]
    fn running_out_is_said() {
        // Forty issues, each unlike its neighbour: more than ten looks at any rate.
        let differs = |i: usize| {
            let same = Formula::Or(vec![
                Formula::And(vec![Formula::In(i, vec![0]), Formula::In(i + 1, vec![0])]),
                Formula::And(vec![Formula::In(i, vec![1]), Formula::In(i + 1, vec![1])]),
            ]);
            same.not()
        };
        let clauses: Vec<Formula> = (0..39).map(differs).collect();
        let all: Vec<&Formula> = clauses.iter().collect();
        let domains: Domains = vec![vec![0, 1]; 40];
        let mut budget = Budget::new(10, 1_000);
        assert_eq!(some_outcome(&all, &domains, &mut budget), None);
        assert!(budget.hit());
    }
}
