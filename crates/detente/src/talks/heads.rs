//! The best outcomes in order, without a look at the others.

use super::quick::Quick;
use super::ranking::Ranking;
use super::size::Size;
use std::sync::OnceLock;

/// Heads, each longer than the one before.
pub(super) const HEADS: usize = 5;
/// A head holds what falls short of the best by so many sixteenths of the range from the worst.
const SIXTEENTHS: [u64; HEADS] = [2, 3, 4, 5, 6];

/// Those outcomes that fall short of the best by no more than a bound, in order; for several bounds, each worked out when
/// it is asked for.
#[derive(Debug)]
pub(super) struct Heads {
    high: i64,
    range: u64,
    heads: [OnceLock<Ranking>; HEADS],
}

impl Heads {
    /// Heads of outcomes whose utilities lie between two ends.
    pub(super) fn of((high, low): (i64, i64)) -> Self {
        Heads { high, range: high.abs_diff(low), heads: [const { OnceLock::new() }; HEADS] }
    }

    fn bound(&self, head: usize) -> u64 {
        // Ranges are far below 2^60.
        SIXTEENTHS.get(head).map_or(u64::MAX, |sixteenths| self.range / 16 * sixteenths)
    }

    /// The shortest head that holds all that are worth at least this much.
    pub(super) fn holding(&self, least: i128) -> Option<usize> {
        let short = u64::try_from(i128::from(self.high).saturating_sub(least).max(0)).ok()?;
        (0..HEADS).find(|head| short <= self.bound(*head))
    }

    /// The shortest head from this one on that has been worked out.
    pub(super) fn ready(&self, from: usize) -> Option<&Ranking> {
        self.heads.iter().skip(from).find_map(OnceLock::get)
    }

    /// A head.
    pub(super) fn head(&self, at: usize, quick: &Quick, sizes: &[Size], bits: u32) -> Option<&Ranking> {
        let head = self.heads.get(at)?;
        Some(head.get_or_init(|| {
            // What a shorter one holds is in order already.
            let shorter = (0..at).rev().find_map(|at| Some((self.bound(at), self.heads.get(at)?.get()?)));
            let mut found = within(quick, sizes, self.bound(at));
            match shorter {
                Some((bound, before)) => {
                    found.retain(|(short, _)| *short > bound);
                    before.followed_by(Ranking::of(self.high, found, bits))
                }
                None => Ranking::of(self.high, found, bits),
            }
        }))
    }
}

/// An issue with its values in order.
struct Issue {
    /// What each value falls short of the best, and what it adds to the number of an outcome; the best first.
    values: Vec<(u64, u32)>,
}

/// All outcomes that fall short of the best by no more than this, with their numbers.
fn within(quick: &Quick, sizes: &[Size], bound: u64) -> Vec<(u64, u32)> {
    let mut place = 1;
    let mut issues = Vec::with_capacity(sizes.len());
    for (worth, size) in quick.issues().rev().zip(sizes.iter().rev()) {
        let top = worth.iter().copied().max().unwrap_or(0);
        let mut values: Vec<(u64, u32)> = (0u32..).zip(worth).map(|(v, w)| (top.abs_diff(*w), v * place)).collect();
        values.sort_unstable();
        issues.push(Issue { values });
        place *= size.size;
    }
    let mut found = Vec::new();
    descend(&issues, 0, 0, bound, &mut found);
    found
}

fn descend(issues: &[Issue], short: u64, number: u32, bound: u64, found: &mut Vec<(u64, u32)>) {
    // Values that fall too far short are behind all others, so that nothing is looked at in vain.
    match issues {
        [] => found.push((short, number)),
        [last] => {
            let fits =
                last.values.iter().map(|(s, n)| (short + s, number + n)).take_while(|(short, _)| *short <= bound);
            found.extend(fits);
        }
        [issue, rest @ ..] => {
            for (s, n) in issue.values.iter().take_while(|(s, _)| short + s <= bound) {
                descend(rest, short + s, number + n, bound, found);
            }
        }
    }
}
