//! Any number of columns: which points no other dominates, asked of a tree of blocks.

use super::row::{Budget, Row, covers};
use crate::analysis::number::Whole;
use pulp::Arch;
use rayon::prelude::*;

/// Points in a leaf, and children of a node: as many 16-bit numbers as two or four registers hold.
const WIDE: usize = 32;
/// Levels of a tree: 32^7 points are more than any limit.
const LEVELS: usize = 7;
/// Points asked about by one task, always the same ones, so that counts do not depend on threads.
const CHUNK: usize = 512;
/// Tasks between two looks at the budget.
const TASKS: usize = 16;
/// Fewer points than this are asked about on one thread.
const ALONE: usize = 1 << 14;

/// 16-bit images of the points of a leaf, or of the corners of the children of a node, column by column.
type Block<const N: usize> = [[u16; WIDE]; N];

/// Points in a k-d order (Bentley, 1975), each block of 32 with the corner that is as much as all of them.
///
/// Coordinates are rounded to 16 bits, in such a way that what is as much stays as much. So a block whose image
/// is less in some column holds nothing that dominates; the few points whose images are as much in all columns
/// are compared in full.
pub(super) struct Tree<T, const N: usize> {
    /// From the leaves up; the last level has one block.
    levels: Vec<Vec<Block<N>>>,
    /// In the order of the leaves.
    points: Vec<[T; N]>,
    grid: Grid<T, N>,
}

/// How coordinates are rounded: what lies below the least is 1, far above the most 65534, a place without a point 0.
#[derive(Clone, Copy)]
struct Grid<T, const N: usize> {
    low: [T; N],
    shift: [u32; N],
}

impl<T: Whole, const N: usize> Grid<T, N> {
    fn over(points: &[[T; N]]) -> Self {
        let (mut low, mut high) = ([T::MOST; N], [T::LEAST; N]);
        for point in points {
            for ((low, high), x) in low.iter_mut().zip(&mut high).zip(point) {
                *low = (*low).min(*x);
                *high = (*high).max(*x);
            }
        }
        let mut shift = [0; N];
        for (shift, (low, high)) in shift.iter_mut().zip(low.iter().zip(&high)) {
            let range = high.wide().saturating_sub(low.wide()).max(0);
            // Fifteen bits at least are left of the range, and the ends stay apart from what lies outside.
            *shift = (128 - range.leading_zeros()).saturating_sub(15);
        }
        Grid { low, shift }
    }

    #[inline(always)]
    fn round(&self, point: &[T; N]) -> [u16; N] {
        let mut out = [0; N];
        for (out, (x, (low, shift))) in out.iter_mut().zip(point.iter().zip(self.low.iter().zip(&self.shift))) {
            let above = (x.wide() - low.wide()) >> shift;
            *out = 1 + u16::try_from(above.clamp(0, 65_533)).unwrap_or(0);
        }
        out
    }
}

impl<T: Whole, const N: usize> Tree<T, N> {
    /// The tree of some points.
    pub(super) fn of(points: &[[T; N]]) -> Self {
        let grid = Grid::over(points);
        let numbered = points.iter().zip(0u32..).map(|(point, at)| (grid.round(point), at));
        let mut images: Vec<([u16; N], u32)> = numbered.collect();
        let mut unit = 1;
        while unit * WIDE < images.len() {
            unit *= WIDE;
        }
        arrange(&mut images, unit);
        let in_order = images.iter().filter_map(|(_, at)| points.get(usize::try_from(*at).ok()?).copied());
        let points: Vec<[T; N]> = in_order.collect();
        let mut corners: Vec<[u16; N]> = images.into_iter().map(|(image, _)| image).collect();
        let mut levels = Vec::new();
        loop {
            let blocks: Vec<Block<N>> = corners.chunks(WIDE).map(block).collect();
            corners = blocks.iter().map(|block| block.map(|column| column.into_iter().max().unwrap_or(0))).collect();
            levels.push(blocks);
            if corners.len() <= 1 {
                break;
            }
        }
        Tree { levels, points, grid }
    }

    /// For each row whether a point of the tree dominates it; equal points do not. `None` when the budget is spent.
    pub(super) fn dominated(&self, rows: &[Row<T, N>], budget: &mut Budget) -> Option<Vec<bool>> {
        let mut out = vec![false; rows.len()];
        if self.points.is_empty() {
            // There is no block to begin with.
            return Some(out);
        }
        let ask = |(rows, out): (&[Row<T, N>], &mut [bool])| Arch::new().dispatch(|| self.ask(rows, out));
        for (rows, out) in rows.chunks(CHUNK * TASKS).zip(out.chunks_mut(CHUNK * TASKS)) {
            let steps: u64 = if self.points.len() < ALONE {
                ask((rows, out))
            } else {
                rows.par_chunks(CHUNK).zip(out.par_chunks_mut(CHUNK)).map(ask).sum()
            };
            budget.take(steps)?;
        }
        Some(out)
    }

    /// Answers for some rows and gives the number of blocks looked at.
    #[inline(always)]
    fn ask(&self, rows: &[Row<T, N>], out: &mut [bool]) -> u64 {
        let mut steps = 0;
        // What dominated the last row that was dominated often dominates the next.
        let mut recent = [T::LEAST; N];
        for (row, out) in rows.iter().zip(out) {
            steps += 1;
            *out = covers(&recent, &row.point) && recent != row.point;
            if !*out && let Some(found) = self.find(&row.point, &mut steps) {
                recent = found;
                *out = true;
            }
        }
        steps
    }

    /// A point that dominates.
    #[inline(always)]
    fn find(&self, point: &[T; N], steps: &mut u64) -> Option<[T; N]> {
        let image = self.grid.round(point);
        let top = self.levels.len() - 1;
        let (mut at, mut open) = ([0usize; LEVELS], [0u32; LEVELS]);
        let mut level = top;
        open[level] = as_much(&self.levels[level][0], &image);
        loop {
            while open[level] == 0 {
                if level == top {
                    return None;
                }
                level += 1;
            }
            let child = at[level] * WIDE + open[level].trailing_zeros() as usize;
            open[level] &= open[level] - 1;
            if level == 0 {
                if let Some(other) = self.points.get(child)
                    && covers(other, point)
                    && other != point
                {
                    return Some(*other);
                }
            } else {
                level -= 1;
                at[level] = child;
                open[level] = as_much(&self.levels[level][child], &image);
                *steps += 1;
            }
        }
    }
}

/// Bits for the places of a block whose image is as much in every column.
#[inline(always)]
fn as_much<const N: usize>(block: &Block<N>, image: &[u16; N]) -> u32 {
    let mut short = [0u16; WIDE];
    for (column, least) in block.iter().zip(image) {
        for (short, x) in short.iter_mut().zip(column) {
            *short |= least.saturating_sub(*x);
        }
    }
    let mut bits = 0;
    for (lane, short) in short.iter().enumerate() {
        bits |= u32::from(*short == 0) << lane;
    }
    bits
}

fn block<const N: usize>(corners: &[[u16; N]]) -> Block<N> {
    let mut block = [[0; WIDE]; N];
    for (lane, corner) in corners.iter().enumerate().take(WIDE) {
        block.iter_mut().zip(corner).for_each(|(column, x)| column[lane] = *x);
    }
    block
}

/// Puts images into an order in which every run of `unit * 32^-k` lies close together: halves along the column
/// that varies most, cut at multiples of `unit`.
fn arrange<const N: usize>(images: &mut [([u16; N], u32)], unit: usize) {
    if images.len() <= WIDE {
        return;
    }
    let mut unit = unit;
    while images.len() <= unit {
        unit /= WIDE;
    }
    let units = images.len().div_ceil(unit);
    let middle = (units / 2) * unit;
    let (mut low, mut high) = ([u16::MAX; N], [0; N]);
    for (image, _) in images.iter() {
        for ((low, high), x) in low.iter_mut().zip(&mut high).zip(image) {
            *low = (*low).min(*x);
            *high = (*high).max(*x);
        }
    }
    let spread = |column: usize| high[column].saturating_sub(low[column]);
    let widest = (0..N).max_by_key(|column| spread(*column)).unwrap_or(0);
    // The number makes the order of equal images the same everywhere.
    images.select_nth_unstable_by_key(middle, |(image, at)| (image[widest], *at));
    let (left, right) = images.split_at_mut(middle);
    arrange(left, unit);
    arrange(right, unit);
}
