//! Symmetric equilibria of symmetric games, by complementary pivoting in whole numbers.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// Pivots after which a path is given up. Paths of real games have a few times as many steps as strategies.
const MOST_PIVOTS: usize = 20_000;
/// Cells of tableaus that are worked out on the way to further equilibria.
const MOST_CELLS: usize = 200_000;

/// Symmetric equilibria of the symmetric game of two in which row `i` against column `j` is paid `payoffs[i][j]`: shares as
/// whole numbers without a common divisor. At least one, unless a path was given up; not all need be found.
///
/// Lemke and Howson's paths (1964) on the one polytope of a symmetric game (Savani and von Stengel 2006): from nothing and
/// from every equilibrium found, once for each strategy; with a lexicographic rule for ties, in integer arithmetic
/// (Edmonds's pivoting). And every strategy that is a best reply to itself. Each is checked before it is given.
///
/// ```
/// use detente::field::empirical::symmetric_equilibria;
/// let game = |rows: [[i32; 3]; 3]| rows.map(|row| row.map(Into::into).to_vec()).to_vec();
/// let stone_paper_scissors = game([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]);
/// assert_eq!(symmetric_equilibria(&stone_paper_scissors), [[1, 1, 1].map(num_bigint::BigInt::from)]);
/// ```
#[must_use]
pub fn symmetric_equilibria(payoffs: &[Vec<BigInt>]) -> Vec<Vec<BigInt>> {
    let n = payoffs.len();
    let pure = (0..n).map(|i| (0..n).map(|j| BigInt::from(u8::from(i == j))).collect::<Vec<BigInt>>());
    let mut found: Vec<Vec<BigInt>> = pure.filter(|mix| is_equilibrium(payoffs, mix)).collect();
    let mut ends: Vec<Vec<BigInt>> = Vec::new();
    let kept = undominated(payoffs);
    let part = |row: &Vec<BigInt>| kept.iter().filter_map(|j| row.get(*j).cloned()).collect::<Vec<BigInt>>();
    let small: Vec<Vec<BigInt>> = kept.iter().filter_map(|i| payoffs.get(*i)).map(part).collect();
    let cells = (small.len() * (2 * small.len() + 1)).max(1);
    let mut left = MOST_CELLS;
    let mut starts: Vec<Tableau> = Tableau::of(&small).into_iter().collect();
    while let Some(start) = starts.pop() {
        for label in 0..kept.len() {
            // One equilibrium is worth any path; further ones only so much work.
            let most = if found.is_empty() { MOST_PIVOTS } else { left / cells };
            let (end, pivots) = start.path(label, most);
            left = left.saturating_sub(pivots.saturating_mul(cells));
            let Some(end) = end else { continue };
            let Some(shares) = end.shares() else { continue };
            let mut mix = vec![BigInt::zero(); n];
            for (share, at) in shares.into_iter().zip(&kept) {
                if let Some(place) = mix.get_mut(*at) {
                    *place = share;
                }
            }
            if ends.contains(&mix) {
                continue;
            }
            if !found.contains(&mix) && is_equilibrium(payoffs, &mix) {
                found.push(mix.clone());
            }
            ends.push(mix);
            starts.push(end);
        }
    }
    found.sort();
    found.reverse();
    found
}

/// The strategies that are left when those are taken out, again and again, than which another is better whatever the other
/// player chooses of what is left. No equilibrium has any of the others in it.
fn undominated(payoffs: &[Vec<BigInt>]) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..payoffs.len()).collect();
    loop {
        let beaten = kept.iter().position(|own| {
            let better = |other: &usize| kept.iter().all(|j| payoffs[*other].get(*j) > payoffs[*own].get(*j));
            kept.iter().any(better)
        });
        match beaten {
            Some(at) => kept.remove(at),
            None => return kept,
        };
    }
}

/// Whether no strategy does better against the mix than those in it.
#[must_use]
pub fn is_equilibrium(payoffs: &[Vec<BigInt>], mix: &[BigInt]) -> bool {
    let against: Vec<BigInt> = payoffs.iter().map(|row| row.iter().zip(mix).map(|(u, x)| u * x).sum()).collect();
    let best = against.iter().max();
    mix.iter().any(Signed::is_positive)
        && mix.iter().zip(&against).all(|(x, u)| !x.is_negative() && (x.is_zero() || Some(u) == best))
}

/// A tableau in whole numbers: each entry is over the common denominator.
#[derive(Clone)]
struct Tableau {
    /// Columns: first the strategies, then the slacks, then the right-hand side.
    rows: Vec<Vec<BigInt>>,
    /// The variable of each row: below `n` a strategy, from `n` on a slack. The label of a variable is its remainder by `n`.
    basis: Vec<usize>,
    denominator: BigInt,
}

impl Tableau {
    /// Nobody has a share yet.
    fn of(payoffs: &[Vec<BigInt>]) -> Option<Self> {
        let n = payoffs.len();
        let least = payoffs.iter().flatten().min()?;
        let row = |(i, row): (usize, &Vec<BigInt>)| {
            // Payoffs above 0 keep the polytope bounded; adding a constant changes no equilibrium.
            let own = row.iter().map(|u| u - least + 1);
            let slack = (0..n).map(|j| BigInt::from(u8::from(i == j)));
            own.chain(slack).chain([BigInt::one()]).collect()
        };
        let rows = payoffs.iter().enumerate().map(row).collect();
        Some(Tableau { rows, basis: (n..2 * n).collect(), denominator: BigInt::one() })
    }

    /// The shares here, without a common divisor; `None` where nobody has any.
    fn shares(&self) -> Option<Vec<BigInt>> {
        let mut shares = vec![BigInt::zero(); self.rows.len()];
        for (variable, row) in self.basis.iter().zip(&self.rows) {
            if let (Some(share), Some(value)) = (shares.get_mut(*variable), row.last()) {
                share.clone_from(value);
            }
        }
        let common = shares.iter().fold(BigInt::zero(), |common, share| common.gcd(share));
        (!common.is_zero()).then(|| shares.into_iter().map(|share| share / &common).collect())
    }

    /// Follows the path that begins with dropping a label, from where every label is there once, to its end; and how many
    /// pivots that took. No end where it would take more than `most`.
    fn path(&self, label: usize, most: usize) -> (Option<Self>, usize) {
        let n = self.rows.len();
        let mut here = self.clone();
        let mut entering = if here.basis.contains(&label) { label + n } else { label };
        for pivots in 1..=most {
            let Some(left) = here.pivot(entering) else { return (None, pivots) };
            if left % n == label {
                return (Some(here), pivots);
            }
            // The other variable of the label that is there twice now.
            entering = if left < n { left + n } else { left - n };
        }
        (None, most)
    }

    /// Brings a variable in; the one that leaves.
    fn pivot(&mut self, entering: usize) -> Option<usize> {
        let row = self.leaving(entering)?;
        let pivot_row = self.rows.get(row)?.clone();
        let pivot = pivot_row.get(entering)?.clone();
        for (_, other) in self.rows.iter_mut().enumerate().filter(|(at, _)| *at != row) {
            let factor = other.get(entering)?.clone();
            for (cell, own) in other.iter_mut().zip(&pivot_row) {
                *cell = (&*cell * &pivot - &factor * own) / &self.denominator;
            }
        }
        self.denominator = pivot;
        let place = self.basis.get_mut(row)?;
        Some(std::mem::replace(place, entering))
    }

    /// The row whose variable reaches 0 first; of several, the lexicographically least, so that no path goes in circles.
    fn leaving(&self, entering: usize) -> Option<usize> {
        let n = self.rows.len();
        let mut best: Option<usize> = None;
        for (at, row) in
            self.rows.iter().enumerate().filter(|(_, row)| row.get(entering).is_some_and(Signed::is_positive))
        {
            let Some(before) = best.and_then(|best| self.rows.get(best)) else {
                best = Some(at);
                continue;
            };
            let (own, other) = (row.get(entering)?, before.get(entering)?);
            let columns = [2 * n].into_iter().chain(n..2 * n);
            let mut compared = columns.filter_map(|c| Some((row.get(c)? * other).cmp(&(before.get(c)? * own))));
            if compared.find(|order| order.is_ne()).is_some_and(std::cmp::Ordering::is_lt) {
                best = Some(at);
            }
        }
        best
    }
}
