//! The most or the least that can be reached along the issues of one decision maker, for all states at once.

use super::bits::Bits;
use super::layout::{Axis, Block, Reach};
use super::rank::Rank;
use super::threads::{pieces, stripes};
use pulp::Arch;

/// What a fold keeps of two numbers.
pub(super) trait Keep: Sync {
    fn of<T: Rank>(a: T, b: T) -> T;
    /// What changes nothing.
    fn neutral<T: Rank>() -> T;
}

/// The greater.
pub(super) struct Most;
/// The smaller.
pub(super) struct Least;

impl Keep for Most {
    #[inline(always)]
    fn of<T: Rank>(a: T, b: T) -> T {
        a.max(b)
    }
    fn neutral<T: Rank>() -> T {
        T::LEAST
    }
}

impl Keep for Least {
    #[inline(always)]
    fn of<T: Rank>(a: T, b: T) -> T {
        a.min(b)
    }
    fn neutral<T: Rank>() -> T {
        T::MOST
    }
}

/// Strides below this are folded a unit at a time, without cutting it into rows.
const NARROW: usize = 32;

/// Gives each state what is kept of all states that can be reached along a block, itself among them.
pub(super) fn fold<K: Keep, T: Rank>(data: &mut [T], block: &Block) {
    for axis in &block.axes {
        along::<K, T>(data, axis);
    }
}

fn along<K: Keep, T: Rank>(data: &mut [T], axis: &Axis) {
    let (stride, size) = (axis.stride, axis.size);
    let unit = stride * size;
    let arch = Arch::new();
    match &axis.reach {
        Reach::Free if stride == 1 => pieces(data, unit, |_, piece| {
            arch.dispatch(|| {
                for fibre in piece.chunks_exact_mut(size) {
                    let kept = reduced::<K, T>(fibre);
                    fibre.fill(kept);
                }
            });
        }),
        Reach::Free if stride < NARROW => pieces(data, unit, |_, piece| {
            arch.dispatch(|| piece.chunks_exact_mut(unit).for_each(|chunk| narrow::<K, T>(chunk, stride)));
        }),
        Reach::Free => stripes(data, stride, size, |_, _, rows| free_rows::<K, T>(arch, rows)),
        Reach::Rising | Reach::Falling | Reach::Table(_) if stride < NARROW => {
            pieces(data, unit, |_, piece| {
                arch.dispatch(|| {
                    for chunk in piece.chunks_exact_mut(unit) {
                        bound_narrow::<K, T>(chunk, stride, size, &axis.reach);
                    }
                });
            });
        }
        Reach::Rising | Reach::Falling | Reach::Table(_) => {
            stripes(data, stride, size, |_, _, rows| bound_rows::<K, T>(arch, rows, &axis.reach));
        }
    }
}

/// What is kept of all numbers.
#[inline(always)]
pub(super) fn reduced<K: Keep, T: Rank>(all: &[T]) -> T {
    const LANES: usize = 32;
    let mut kept = [K::neutral::<T>(); LANES];
    let (chunks, rest) = all.as_chunks::<LANES>();
    for chunk in chunks {
        for (k, x) in kept.iter_mut().zip(chunk) {
            *k = K::of(*k, *x);
        }
    }
    kept.iter().chain(rest).fold(K::neutral(), |a, b| K::of(a, *b))
}

#[inline(always)]
fn narrow<K: Keep, T: Rank>(chunk: &mut [T], stride: usize) {
    let mut kept = [K::neutral::<T>(); NARROW];
    for row in chunk.chunks_exact(stride) {
        kept.iter_mut().zip(row).for_each(|(k, x)| *k = K::of(*k, *x));
    }
    for row in chunk.chunks_exact_mut(stride) {
        row.iter_mut().zip(&kept).for_each(|(x, k)| *x = *k);
    }
}

fn free_rows<K: Keep, T: Rank>(arch: Arch, rows: &mut [&mut [T]]) {
    let Some(first) = rows.first() else { return };
    let mut kept = first.to_vec();
    arch.dispatch(|| {
        for row in rows.iter().skip(1) {
            kept.iter_mut().zip(row.iter()).for_each(|(k, x)| *k = K::of(*k, *x));
        }
    });
    rows.iter_mut().for_each(|row| row.copy_from_slice(&kept));
}

#[inline(always)]
fn bound_narrow<K: Keep, T: Rank>(chunk: &mut [T], stride: usize, size: usize, reach: &Reach) {
    match reach {
        Reach::Free => {}
        Reach::Rising => {
            for at in (0..(size - 1) * stride).rev() {
                chunk[at] = K::of(chunk[at], chunk[at + stride]);
            }
        }
        Reach::Falling => {
            for at in stride..size * stride {
                chunk[at] = K::of(chunk[at], chunk[at - stride]);
            }
        }
        Reach::Table(table) => {
            let before = chunk.to_vec();
            for (to, row) in table.iter().zip(chunk.chunks_exact_mut(stride)) {
                for digit in to {
                    let other = before.get(digit * stride..(digit + 1) * stride).unwrap_or_default();
                    row.iter_mut().zip(other).for_each(|(a, b)| *a = K::of(*a, *b));
                }
            }
        }
    }
}

fn bound_rows<K: Keep, T: Rank>(arch: Arch, rows: &mut [&mut [T]], reach: &Reach) {
    let join = |to: &mut [T], from: &[T]| {
        arch.dispatch(|| to.iter_mut().zip(from).for_each(|(a, b)| *a = K::of(*a, *b)));
    };
    match reach {
        Reach::Free => {}
        Reach::Rising => {
            for at in (1..rows.len()).rev() {
                let (below, above) = rows.split_at_mut(at);
                if let (Some(to), Some(from)) = (below.last_mut(), above.first()) {
                    join(to, from);
                }
            }
        }
        Reach::Falling => {
            for at in 1..rows.len() {
                let (below, above) = rows.split_at_mut(at);
                if let (Some(from), Some(to)) = (below.last(), above.first_mut()) {
                    join(to, from);
                }
            }
        }
        Reach::Table(table) => {
            let before: Vec<Vec<T>> = rows.iter().map(|row| row.to_vec()).collect();
            for (to, row) in table.iter().zip(rows.iter_mut()) {
                to.iter().filter_map(|digit| before.get(*digit)).for_each(|from| join(row, from));
            }
        }
    }
}

/// Writes a number wherever a set has no bit.
pub(super) fn blank<T: Rank>(data: &mut [T], keep: &Bits, number: T) {
    pieces(data, 64, |first, piece| {
        for (at, chunk) in piece.chunks_mut(64).enumerate() {
            let word = keep.words.get(first + at).copied().unwrap_or(0);
            if word != u64::MAX {
                chunk.iter_mut().enumerate().filter(|(bit, _)| word >> bit & 1 == 0).for_each(|(_, x)| *x = number);
            }
        }
    });
}

/// Combines with another array wherever a set, if there is one, has a bit.
pub(super) fn combine<T: Rank>(data: &mut [T], other: &[T], at: Option<&Bits>, of: impl Fn(T, T) -> T + Sync + Copy) {
    let arch = Arch::new();
    pieces(data, 64, |first, piece| {
        let other = other.get(first * 64..first * 64 + piece.len()).unwrap_or_default();
        let Some(bits) = at else {
            return arch.dispatch(|| piece.iter_mut().zip(other).for_each(|(a, b)| *a = of(*a, *b)));
        };
        for (chunk, (a, b)) in piece.chunks_mut(64).zip(other.chunks(64)).enumerate() {
            let word = bits.words.get(first + chunk).copied().unwrap_or(0);
            for (bit, (a, b)) in a.iter_mut().zip(b).enumerate() {
                if word >> bit & 1 == 1 {
                    *a = of(*a, *b);
                }
            }
        }
    });
}

/// The places at which the first array is at least what the second has.
pub(super) fn at_least<T: Rank>(ranks: &[T], bound: &[T]) -> Bits {
    let mut bits = Bits::none(ranks.len());
    let arch = Arch::new();
    pieces(&mut bits.words, 1, |first, words| {
        let (from, to) = (first * 64, ((first + words.len()) * 64).min(ranks.len()));
        let (a, b) = (ranks.get(from..to).unwrap_or_default(), bound.get(from..to).unwrap_or_default());
        arch.dispatch(|| {
            for (word, (a, b)) in words.iter_mut().zip(a.chunks(64).zip(b.chunks(64))) {
                let mut bytes = [0u8; 64];
                match (a.first_chunk::<64>(), b.first_chunk::<64>()) {
                    (Some(a), Some(b)) => {
                        bytes.iter_mut().zip(a.iter().zip(b)).for_each(|(byte, (a, b))| *byte = u8::from(a >= b));
                    }
                    _ => bytes.iter_mut().zip(a.iter().zip(b)).for_each(|(byte, (a, b))| *byte = u8::from(a >= b)),
                }
                *word = packed(&bytes);
            }
        });
    });
    bits
}

/// The places at which an array is at least a bound that is one for each so many places.
pub(super) fn at_least_each<T: Rank>(ranks: &[T], bounds: &[T], each: usize) -> Bits {
    let mut bits = Bits::none(ranks.len());
    let arch = Arch::new();
    let bound = |at: usize| bounds.get(at / each).copied().unwrap_or(T::LEAST);
    pieces(&mut bits.words, 1, |first, words| {
        arch.dispatch(|| {
            for (at, word) in words.iter_mut().enumerate() {
                let from = (first + at) * 64;
                let chunk = ranks.get(from..(from + 64).min(ranks.len())).unwrap_or_default();
                let mut bytes = [0u8; 64];
                if from / each == (from + 63) / each {
                    let one = bound(from);
                    bytes.iter_mut().zip(chunk).for_each(|(byte, a)| *byte = u8::from(*a >= one));
                } else {
                    let pairs = chunk.iter().zip(from..);
                    bytes.iter_mut().zip(pairs).for_each(|(byte, (a, at))| *byte = u8::from(*a >= bound(at)));
                }
                *word = packed(&bytes);
            }
        });
    });
    bits
}

/// Sixty-four bytes of 0 or 1 as bits.
#[inline(always)]
fn packed(bytes: &[u8; 64]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    // Each product gathers the lowest bits of eight bytes in its highest byte.
    let eight = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().enumerate().fold(0, |word, (at, bytes)| word | eight(bytes) << (8 * at))
}
