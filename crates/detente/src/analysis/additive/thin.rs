//! Fewer points, at a loss that is known.

use crate::analysis::number::Whole;

/// Losses are tried in steps of 2^(1/4), down to 2^-40 of the range.
const STEPS: u32 = 160;

/// How much one unit of loss (a utility of 1) is in each column.
pub(super) type Units<const N: usize> = [f64; N];

/// Points that stand for all of a frontier, and what is lost at most in each column.
pub(super) struct Thinned<T, const N: usize> {
    /// The positions of the points that stay, increasing.
    pub(super) kept: Vec<usize>,
    /// What is lost at most.
    pub(super) lost: [T; N],
}

/// As many points as are needed so that each point has one among them that is less by `loss` at the most, in
/// utility, in every column.
///
/// Two columns: points decrease in the first and increase in the second. From each point on, the last that is
/// within the loss in the first column stands for all between, with nothing lost in the second. More columns:
/// boxes with sides of the loss in every column but the last; the point with the most in the last column stands
/// for all in its box.
pub(super) fn thin<T: Whole, const N: usize>(points: &[[T; N]], units: &Units<N>, loss: f64) -> Thinned<T, N> {
    let mut lost = [T::default(); N];
    let lossy = if N == 2 { 1 } else { N - 1 };
    for (lost, unit) in lost.iter_mut().zip(units).take(lossy) {
        *lost = whole(loss * unit);
    }
    let kept = if N == 2 { runs(points, lost[0]) } else { boxes(points, &lost) };
    Thinned { kept, lost }
}

/// The same with the least loss at which no more than `target` points stay.
pub(super) fn thin_to<T: Whole, const N: usize>(points: &[[T; N]], units: &Units<N>, target: usize) -> Thinned<T, N> {
    // With a loss of twice the largest range everything is in one box.
    let mut most = 0.0f64;
    for (column, unit) in units.iter().enumerate() {
        let values = points.iter().map(|p| p[column].wide());
        let range = values.clone().max().unwrap_or(0) - values.min().unwrap_or(0);
        most = most.max(real(range.saturating_add(1)) / unit);
    }
    let at = |step: u32| thin(points, units, 2.0 * most * (-f64::from(step) / 4.0).exp2());
    let (mut low, mut high) = (0, STEPS);
    let mut best = at(0);
    while high - low > 1 {
        let middle = u32::midpoint(low, high);
        let found = at(middle);
        if found.kept.len() <= target {
            low = middle;
            best = found;
        } else {
            high = middle;
        }
    }
    best
}

#[expect(clippy::cast_precision_loss, reason = "the size of a box, not a comparison")]
fn real(x: i128) -> f64 {
    x as f64
}

/// Rounded down, so that no more is lost than was asked for.
#[expect(clippy::cast_possible_truncation, reason = "floats beyond the range are cut to it, and then to a half of it")]
fn whole<T: Whole>(x: f64) -> T {
    // A quarter of the range: a sum of it with any coordinate still fits.
    T::from_wide(((x * (1.0 - 1e-12)).floor().max(0.0) as i128).min(T::MOST.wide() / 4))
}

fn runs<T: Whole, const N: usize>(points: &[[T; N]], loss: T) -> Vec<usize> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(first) = points.get(at) {
        let within = points.iter().skip(at).take_while(|p| p[0] + loss >= first[0]).count().max(1);
        kept.push(at + within - 1);
        at += within;
    }
    kept
}

fn boxes<T: Whole, const N: usize>(points: &[[T; N]], loss: &[T; N]) -> Vec<usize> {
    // Boxes begin at the least of each column, so that a loss as large as the range makes one box.
    let mut low = [T::MOST; N];
    points.iter().for_each(|p| low.iter_mut().zip(p).for_each(|(low, x)| *low = (*low).min(*x)));
    let key = |point: &[T; N]| {
        let mut key = [0i128; N];
        for (key, ((x, low), loss)) in key.iter_mut().zip(point.iter().zip(&low).zip(loss)).take(N - 1) {
            // Two numbers in one box differ by the loss at the most.
            *key = (x.wide() - low.wide()) / (loss.wide() + 1);
        }
        key
    };
    let mut order: Vec<(u64, u32)> = points.iter().zip(0..).map(|(p, at)| (mixed(&key(p)), at)).collect();
    let point = |at: u32| points.get(usize::try_from(at).unwrap_or(usize::MAX)).copied().unwrap_or([T::LEAST; N]);
    // By box: boxes with the same hash are told apart in full.
    order.sort_unstable_by(|(ha, a), (hb, b)| {
        ha.cmp(hb).then_with(|| {
            let (a_point, b_point) = (point(*a), point(*b));
            let best_first = b_point[N - 1].cmp(&a_point[N - 1]).then(a.cmp(b));
            key(&a_point).cmp(&key(&b_point)).then(best_first)
        })
    });
    let mut kept = Vec::new();
    let mut open: Option<(u64, [i128; N])> = None;
    for (hash, at) in order {
        let here = (hash, key(&point(at)));
        if open != Some(here) {
            kept.push(usize::try_from(at).unwrap_or(usize::MAX));
            open = Some(here);
        }
    }
    kept.sort_unstable();
    kept
}

fn mixed(key: &[i128]) -> u64 {
    key.iter().fold(0xCBF2_9CE4_8422_2325, |hash: u64, x| {
        let folded = x.rem_euclid(1 << 61);
        (hash ^ u64::try_from(folded).unwrap_or(0)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    })
}
