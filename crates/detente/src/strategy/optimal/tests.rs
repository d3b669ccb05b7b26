#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod best;
mod perfect;

use crate::game::{Issue, Profile, Scenario, Space, Stream, Utility};

/// A scenario of two parties over one issue, with utilities from 0 to `most`, drawn; no two alike when there is room.
fn drawn(outcomes: usize, most: u64, stream: &mut Stream) -> Scenario {
    let names: Vec<String> = (0..outcomes).map(|at| format!("v{at}")).collect();
    let space = Space { issues: vec![Issue::named("i", &names.iter().map(String::as_str).collect::<Vec<_>>())] };
    let mut party = || {
        let mut worth: Vec<i128> = Vec::new();
        while worth.len() < outcomes {
            let next = i128::from(stream.below(most + 1));
            if most < 2 * outcomes as u64 || !worth.contains(&next) {
                worth.push(next);
            }
        }
        Profile::new("party", Utility { unit: i128::from(most), worth: vec![worth], ..Utility::default() })
    };
    let parties = vec![party(), party()];
    Scenario::new("drawn", space, parties)
}
