//! Looking through numbers that are in no order: a few nanoseconds for every hundred.

use pulp::Arch;

/// A number is sought in pieces of this length, and in the piece that holds it one by one.
const PIECE: usize = 32;

/// The greatest number that is no more than a bound; `None`: all are more.
pub(super) fn greatest_to(numbers: &[u32], bound: u32) -> Option<u32> {
    // How far a number is below the bound; those above it wrap round to more than any of these.
    let gap = Arch::new().dispatch(
        #[inline(always)]
        || numbers.iter().fold(u32::MAX, |least, number| least.min(bound.wrapping_sub(*number))),
    );
    bound.checked_sub(gap).filter(|_| !numbers.is_empty())
}

/// The least number that is no less than a bound; `None`: all are less.
pub(super) fn least_from(numbers: &[u32], bound: u32) -> Option<u32> {
    let gap = Arch::new().dispatch(
        #[inline(always)]
        || numbers.iter().fold(u32::MAX, |least, number| least.min(number.wrapping_sub(bound))),
    );
    bound.checked_add(gap).filter(|_| !numbers.is_empty())
}

/// Says where a number stands, from the first place on, until nobody wants to hear more.
pub(super) fn places(numbers: &[u32], sought: u32, mut more: impl FnMut(usize) -> bool) {
    let mut from = 0;
    while let Some(rest) = numbers.get(from..).filter(|rest| !rest.is_empty()) {
        from += PIECE * pieces_without(rest, sought);
        let piece = numbers.get(from..).unwrap_or_default();
        for (at, number) in piece.iter().enumerate().take(PIECE) {
            if *number == sought && !more(from + at) {
                return;
            }
        }
        from += PIECE;
    }
}

/// How many whole pieces go by before the first that holds a number.
fn pieces_without(numbers: &[u32], sought: u32) -> usize {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let mut without = 0;
            for piece in numbers.chunks_exact(PIECE) {
                if piece.iter().fold(0, |any, number| any | u32::from(*number == sought)) > 0 {
                    break;
                }
                without += 1;
            }
            without
        },
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::game::Stream;

    /// Each is what a plain look at every number gives.
    #[test]
    fn scans_find_what_a_plain_look_finds() {
        for seed in 0..300u64 {
            let mut stream = Stream::new(seed, 0, 0);
            let most = [3, 40, 1 << 31][seed as usize % 3];
            let numbers: Vec<u32> = (0..stream.below(400))
                .map(|_| if stream.below(9) == 0 { u32::MAX } else { u32::try_from(stream.below(most)).unwrap() })
                .collect();
            for bound in (0..20).map(|_| u32::try_from(stream.below(most)).unwrap()).chain([0, u32::MAX]) {
                assert_eq!(greatest_to(&numbers, bound), numbers.iter().copied().filter(|n| *n <= bound).max());
                assert_eq!(least_from(&numbers, bound), numbers.iter().copied().filter(|n| *n >= bound).min());
                let known: Vec<usize> = (0..numbers.len()).filter(|at| numbers[*at] == bound).collect();
                for most in [usize::MAX, 1, 3] {
                    let mut found = Vec::new();
                    places(&numbers, bound, |at| {
                        found.push(at);
                        found.len() < most
                    });
                    assert_eq!(found, known[..known.len().min(most)]);
                }
            }
        }
    }
}
