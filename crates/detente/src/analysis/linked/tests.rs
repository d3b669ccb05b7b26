#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use super::*;
use crate::analysis::judge::{self, Shape};

pub(crate) fn shapes() -> Vec<Shape> {
    let plain = Shape { outcomes: 120, ..Shape::default() };
    vec![
        Shape { rules: true, ..plain },
        Shape { tables: true, caps: true, ..plain },
        Shape { boxes: true, ..plain },
        Shape { boxes: true, tables: true, rules: true, caps: true, ..plain },
        Shape { zeros: true, rules: true, ..plain },
        Shape { boxes: true, tables: true, rules: true, caps: true, zeros: true, zero_sum: true, ..plain },
        Shape { boxes: true, tables: true, rules: true, caps: true, zeros: true, ..plain },
        plain,
    ]
}

#[test]
fn the_frontier_is_the_one_of_the_judge() {
    for parties in 1..=5 {
        for (at, shape) in shapes().into_iter().enumerate() {
            for seed in 0..40 {
                let scenario = judge::random(Shape { parties, ..shape }, seed + 1000 * at as u64);
                let found = frontier(&scenario, Limits::default()).expect("small");
                judge::assert_frontier(&scenario, &found.answer);
                assert_eq!(found.made.exactness, Exactness::Exact);
            }
        }
    }
}
