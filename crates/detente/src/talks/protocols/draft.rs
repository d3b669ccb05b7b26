//! What mediators do alike: draw a draft that keeps the rules, change one issue of one.

use crate::game::Outcome;
use crate::talks::{Actor, How, Move, Moves, Setting, Table, What};

/// Drafts drawn blindly before the space is gone through in order.
const DRAWN: usize = 256;

/// Outcomes gone through in order, at most.
const WALKED: usize = 1 << 16;

/// The number of values of each issue. Never 0, so that a digit can be drawn.
fn sizes(setting: &Setting) -> impl Iterator<Item = u16> + '_ {
    setting.space.sizes().map(|size| u16::try_from(size.max(1)).unwrap_or(u16::MAX))
}

/// Whether an outcome of the space keeps the rules that all know.
pub(super) fn keeps(setting: &Setting, outcome: &Outcome) -> bool {
    setting.rules.iter().all(|rule| rule.holds(outcome))
}

/// A draft by chance: an outcome that keeps the rules and is wanted, each as likely as the others as long as that is
/// found out by drawing alone. Where these are rare, the first from a drawn one on, in order. `None` where none is found
/// among so many.
pub(super) fn drawn(table: &mut Table, wanted: impl Fn(&Outcome) -> bool) -> Option<Outcome> {
    let mut last = Outcome::new([]);
    for _ in 0..DRAWN {
        let digits: Vec<u16> =
            sizes(&table.setting).map(|size| u16::try_from(table.chance.below(u64::from(size))).unwrap_or(0)).collect();
        last = Outcome::new(digits);
        if keeps(&table.setting, &last) && wanted(&last) {
            return Some(last);
        }
    }
    let sizes: Vec<u16> = sizes(&table.setting).collect();
    let mut digits = last.digits().to_vec();
    for _ in 0..WALKED {
        for (digit, size) in digits.iter_mut().zip(&sizes).rev() {
            *digit += 1;
            if *digit < *size {
                break;
            }
            *digit = 0;
        }
        let next = Outcome::new(&digits);
        if keeps(&table.setting, &next) && wanted(&next) {
            return Some(next);
        }
        if next == last {
            break;
        }
    }
    None
}

/// The status quo where it keeps the rules, else a drawn draft.
pub(super) fn as_it_is(table: &mut Table) -> Option<Outcome> {
    let status_quo = table.setting.space.status_quo();
    if keeps(&table.setting, &status_quo) { Some(status_quo) } else { drawn(table, |_| true) }
}

/// Every change of one issue, as the issue and its new value, that keeps the rules.
pub(super) fn changes(setting: &Setting, from: &Outcome) -> Vec<(usize, u16)> {
    let mut out = Vec::new();
    for (issue, size) in sizes(setting).enumerate() {
        let other = (0..size).filter(|value| *value != from.digit(issue));
        out.extend(other.map(|value| (issue, value)).filter(|(i, v)| keeps(setting, &from.with(*i, *v))));
    }
    out
}

/// One of a list by chance, taken out of it.
pub(super) fn pull<T>(table: &mut Table, from: &mut Vec<T>) -> Option<T> {
    let at = usize::try_from(table.chance.below(from.len() as u64)).unwrap_or(0);
    (at < from.len()).then(|| from.swap_remove(at))
}

/// Puts down in the open what those asked did, and ends the session when one of them left. Says whether it did.
pub(super) fn tells_and_ends(table: &mut Table, moves: &Moves) -> bool {
    for (seat, what) in moves {
        table.tell(Actor::Seat(*seat), What::Move(what.clone()));
    }
    ends_by_leaving(table, moves)
}

/// Ends the session when somebody has left; the first in the order asked. Says whether it did.
pub(super) fn ends_by_leaving(table: &mut Table, moves: &Moves) -> bool {
    let leaver = moves.iter().find(|(_, what)| *what == Move::Leave).map(|(seat, _)| *seat);
    if let Some(seat) = leaver {
        table.fail(How::Left(seat));
    }
    leaver.is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::game::{Formula, Issue, Space};
    use crate::talks::Clock;
    use crate::talks::protocols::StackedAlternating;
    use std::sync::Arc;

    fn table(rules: Vec<Formula>) -> Table {
        let issues = vec![Issue::named("a", &["x", "y", "z"]), Issue::named("b", &["p", "q"])];
        let setting = Setting { space: Arc::new(Space { issues }), rules: rules.into(), seats: 2 };
        crate::talks::Session::open(&setting, &StackedAlternating::genius(), Clock::rounds(1), 1, 0).table().clone()
    }

    #[test]
    fn drafts_reach_every_outcome_that_keeps_the_rules_and_no_other() {
        let mut table = table(vec![Formula::In(0, vec![1, 2])]);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            seen.insert(drawn(&mut table, |_| true).unwrap().digits().to_vec());
        }
        assert_eq!(seen, [[1, 0], [1, 1], [2, 0], [2, 1]].iter().map(|d| d.to_vec()).collect());
        assert_eq!(drawn(&mut table, |o| o.digits() == [2, 1]).unwrap().digits(), [2, 1]);
        assert_eq!(drawn(&mut table, |o| o.digits() == [0, 1]), None);
    }

    #[test]
    fn one_changes_are_all_that_keep_the_rules() {
        let table = table(vec![Formula::Or(vec![Formula::In(0, vec![0, 1]), Formula::In(1, vec![1])])]);
        assert_eq!(changes(&table.setting, &Outcome::new([0, 0])), [(0, 1), (1, 1)]);
        assert_eq!(changes(&table.setting, &Outcome::new([0, 1])), [(0, 1), (0, 2), (1, 0)]);
    }
}
