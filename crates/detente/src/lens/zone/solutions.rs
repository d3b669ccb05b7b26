//! The named solutions, each under its own name, picked from the frontier by exact comparison.

use super::frontier::Frontier;
use std::cmp::Ordering;

/// A named solution of bargaining theory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Largest product of gains over no-deal (Nash 1950).
    Nash,
    /// Largest smallest gain, each measured against the most that the party gets in any agreement
    /// (Kalai and Smorodinsky 1975); over finitely many outcomes that ray rarely meets a point, so
    /// the smallest share is maximised, then the next smallest (Imai 1983).
    KalaiSmorodinsky,
    /// Largest smallest gain on the parties' own scales, then the next smallest (Kalai 1977).
    Egalitarian,
    /// Largest sum of gains on the parties' own scales.
    Utilitarian,
}

impl Named {
    /// All of them, in the order of the answer.
    pub(super) const ALL: [Named; 4] = [Named::Nash, Named::KalaiSmorodinsky, Named::Egalitarian, Named::Utilitarian];

    /// Its name in the answer.
    pub(super) fn name(self) -> &'static str {
        match self {
            Named::Nash => "nash",
            Named::KalaiSmorodinsky => "kalai_smorodinsky",
            Named::Egalitarian => "egalitarian",
            Named::Utilitarian => "utilitarian",
        }
    }

    /// The position of the solution on a frontier; `None` when the frontier is empty.
    ///
    /// Equals are told apart by the smallest gain, then the next smallest, then the gains of the
    /// parties in file order.
    pub(super) fn pick(self, frontier: &Frontier, floor: &[i64]) -> Option<usize> {
        let gains: Vec<Vec<i64>> =
            frontier.points.iter().map(|p| p.utility.iter().zip(floor).map(|(u, f)| u - f).collect()).collect();
        let most: Vec<i64> =
            (0..floor.len()).map(|n| gains.iter().filter_map(|g| g.get(n)).max().copied().unwrap_or(0)).collect();
        let better = |a: &[i64], b: &[i64]| {
            let first = match self {
                Named::Nash => product(a).cmp(&product(b)),
                Named::KalaiSmorodinsky => shares(a, &most, b),
                Named::Egalitarian => Ordering::Equal,
                Named::Utilitarian => a.iter().sum::<i64>().cmp(&b.iter().sum()),
            };
            first.then_with(|| sorted(a).cmp(&sorted(b))).then_with(|| a.cmp(b))
        };
        (0..gains.len()).reduce(|best, at| match (gains.get(best), gains.get(at)) {
            (Some(a), Some(b)) if better(b, a) == Ordering::Greater => at,
            _ => best,
        })
    }
}

fn sorted(gains: &[i64]) -> Vec<i64> {
    let mut gains = gains.to_vec();
    gains.sort_unstable();
    gains
}

/// Compares two lists of gains by their shares of the most each party gets, smallest share first.
/// A party that gains nothing in any agreement has no say.
fn shares(a: &[i64], most: &[i64], b: &[i64]) -> Ordering {
    let order =
        |x: &(i64, i64), y: &(i64, i64)| (i128::from(x.0) * i128::from(y.1)).cmp(&(i128::from(y.0) * i128::from(x.1)));
    let list = |gains: &[i64]| {
        let mut list: Vec<(i64, i64)> =
            gains.iter().copied().zip(most.iter().copied()).filter(|(_, m)| *m > 0).collect();
        list.sort_by(order);
        list
    };
    let (a, b) = (list(a), list(b));
    a.iter().zip(&b).map(|(x, y)| order(x, y)).find(|o| *o != Ordering::Equal).unwrap_or(Ordering::Equal)
}

/// The exact product of gains, none negative, as digits in base 2^32 from the most significant, with
/// leading zeros so that lists of one length compare as numbers.
fn product(gains: &[i64]) -> Vec<u64> {
    const BASE: u128 = 1 << 32;
    // Least significant first while multiplying; a gain has two digits at most.
    let mut digits: Vec<u64> = vec![1];
    for gain in gains {
        let gain = u128::from(u64::try_from(*gain).unwrap_or(0));
        let mut carry: u128 = 0;
        for digit in &mut digits {
            let sum = u128::from(*digit) * gain + carry;
            *digit = u64::try_from(sum % BASE).unwrap_or(0);
            carry = sum / BASE;
        }
        for _ in 0..2 {
            digits.push(u64::try_from(carry % BASE).unwrap_or(0));
            carry /= BASE;
        }
    }
    digits.reverse();
    digits
}

#[cfg(test)]
mod tests {
    use super::super::frontier::Point;
    use super::*;

    fn frontier(points: &[&[i64]]) -> Frontier {
        Frontier {
            points: points.iter().map(|u| Point { utility: u.to_vec(), digits: Box::default() }).collect(),
            cut: false,
        }
    }

    #[test]
    fn the_four_differ() {
        // Gains: (12, 1), (7, 5), (5, 8), (4, 9) and (1, 10).
        let f = frontier(&[&[14, 2], &[9, 6], &[7, 9], &[6, 10], &[3, 11]]);
        let at = |n: Named| n.pick(&f, &[2, 1]).unwrap();
        assert_eq!(at(Named::Nash), 2, "5 × 8 = 40 beats 7 × 5 and 4 × 9");
        assert_eq!(at(Named::KalaiSmorodinsky), 1, "min(7/12, 5/10) beats min(5/12, 8/10)");
        assert_eq!(at(Named::Egalitarian), 2, "(5, 8) beats (5, 7) at the second smallest");
        assert_eq!(at(Named::Utilitarian), 2, "13, and of the two with 13 the one with the larger smallest gain");
    }

    #[test]
    fn products_are_exact_far_beyond_a_machine_word() {
        let big = 1_000_000_000i64;
        let a = vec![big; 8];
        let mut b = a.clone();
        b[7] -= 1;
        assert!(product(&a) > product(&b));
        assert_eq!(product(&[big, big]), {
            let p = 10u128.pow(18);
            vec![0, 0, 0, (p >> 32) as u64, (p & 0xFFFF_FFFF) as u64]
        });
        assert_eq!(product(&[5, 0]), vec![0; 5]);
    }

    #[test]
    fn a_party_that_cannot_gain_has_no_say_in_kalai_smorodinsky() {
        let f = frontier(&[&[0, 3], &[0, 5]]);
        assert_eq!(Named::KalaiSmorodinsky.pick(&f, &[0, 0]), Some(1));
        assert_eq!(Named::Nash.pick(&f, &[0, 0]), Some(1), "all products are 0; the larger gain decides");
        assert_eq!(Named::Nash.pick(&Frontier::default(), &[0, 0]), None);
    }
}
