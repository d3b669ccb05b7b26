//! Cutting arrays into pieces that threads work on side by side.

use rayon::prelude::*;

/// Below so many numbers one thread does it all.
const SMALL: usize = 1 << 16;
/// About how many numbers a piece has.
const PIECE: usize = 1 << 14;

/// Works on an array in pieces of whole units; each piece comes with the number of its first unit.
pub(super) fn pieces<T: Send>(data: &mut [T], unit: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let unit = unit.max(1);
    let units = (PIECE / unit).max(1);
    if data.len() < SMALL || data.len() < 2 * units * unit {
        let whole = data.len().div_ceil(unit).min(units).max(1);
        for (at, piece) in data.chunks_mut(whole * unit).enumerate() {
            work(at * whole, piece);
        }
        return;
    }
    data.par_chunks_mut(units * unit).enumerate().for_each(|(at, piece)| work(at * units, piece));
}

/// Works on an array of units of rows: each call gets the rows of one unit, or a stripe of columns of them where there
/// are few units; with the number of the unit and of the first column.
pub(super) fn stripes<T: Send>(
    data: &mut [T],
    stride: usize,
    size: usize,
    work: impl Fn(usize, usize, &mut [&mut [T]]) + Sync,
) {
    let unit = (stride * size).max(1);
    let units = data.len() / unit;
    if data.len() < SMALL || units >= 8 {
        return pieces(data, unit, |first, piece| {
            for (at, chunk) in piece.chunks_mut(unit).enumerate() {
                let mut rows: Vec<&mut [T]> = chunk.chunks_mut(stride.max(1)).collect();
                work(first + at, 0, &mut rows);
            }
        });
    }
    let width = (stride / 16).next_multiple_of(64).max(64);
    for (at, chunk) in data.chunks_mut(unit).enumerate() {
        let mut cut: Vec<Vec<&mut [T]>> = Vec::new();
        cut.resize_with(stride.div_ceil(width), || Vec::with_capacity(size));
        for row in chunk.chunks_mut(stride.max(1)) {
            cut.iter_mut().zip(row.chunks_mut(width)).for_each(|(stripe, part)| stripe.push(part));
        }
        cut.par_iter_mut().enumerate().for_each(|(stripe, rows)| work(at, stripe * width, rows));
    }
}
