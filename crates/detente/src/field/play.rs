//! Playing rows of a plan.

use super::{Ready, Row, Summary};
use rayon::prelude::*;
use std::ops::{ControlFlow, Range};

/// Rows played in one go by one thread.
const BLOCK: u64 = 64;
/// Blocks of a thread that are in memory at once.
const AHEAD: u64 = 16;

/// One session of a plan; `None` beyond the last row.
fn row(ready: &Ready, index: u64) -> Option<Row> {
    let place = ready.layout().place(index)?;
    let (ending, watched) = ready.session(&place, index)?;
    Some(Row { watched, ..Row::of(ready, index, place, &ending) })
}

/// Plays the rows of a range: the rows in order, and their summary. Rows beyond the plan are left out.
///
/// The same for any split into ranges and any number of threads: chance is addressed by the seed, the index of the row
/// and the seat.
#[must_use]
pub fn play(ready: &Ready, range: Range<u64>) -> (Vec<Row>, Summary) {
    let mut rows = Vec::new();
    let summary = play_into(ready, range, |_, part| {
        rows.extend(part);
        ControlFlow::Continue(())
    });
    (rows, summary)
}

/// Plays the rows of a range and hands them on in order, a few thousand at a time at the most, so that a million take no
/// more memory than these. What is handed on comes with the summary of all rows so far, the new ones among them.
///
/// Stops early, after whole parts, when told to break; the summary returned is that of the rows handed on.
pub fn play_into(
    ready: &Ready,
    range: Range<u64>,
    mut sink: impl FnMut(&Summary, Vec<Row>) -> ControlFlow<()>,
) -> Summary {
    let mut all = Summary::of(ready);
    let end = range.end.min(ready.layout().rows());
    let mut next = range.start;
    // The first parts are small, so that something is seen soon where sessions are long.
    let most = BLOCK * AHEAD * rayon::current_num_threads() as u64;
    let mut ahead = BLOCK * rayon::current_num_threads() as u64;
    while next < end {
        let part = next..end.min(next + ahead);
        let size = (part.end - part.start).div_ceil(rayon::current_num_threads() as u64 * 4).clamp(1, BLOCK);
        let blocks = (part.end - part.start).div_ceil(size);
        let block = |at: u64| {
            let range = part.start + at * size..part.end.min(part.start + (at + 1) * size);
            range.filter_map(|index| row(ready, index)).collect::<Vec<Row>>()
        };
        let rows: Vec<Vec<Row>> = (0..blocks).into_par_iter().map(block).collect();
        let rows: Vec<Row> = rows.into_iter().flatten().collect();
        rows.iter().for_each(|row| all.add(ready, row));
        if sink(&all, rows).is_break() {
            break;
        }
        next = part.end;
        ahead = (ahead * 2).min(most);
    }
    all
}
