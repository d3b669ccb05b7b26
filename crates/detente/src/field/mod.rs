//! Many sessions: tournaments of strategies over scenarios.
//!
//! - [`Plan`]: everything that decides the rows, small and serialisable; [`Layout`]: which row is what, by arithmetic;
//! - [`Ready`]: a plan with its scenarios opened, seats taken and strategies built;
//! - [`play`], [`play_into`]: rows of a range of the plan, the same for any split and any number of threads;
//! - [`Summary`]: whole-number sums over rows, which merge exactly in any order;
//! - [`Scores`]: what a summary says of the strategies, with intervals and paired comparisons;
//! - [`empirical`]: the game of choosing a strategy that the scores make.
//!
//! ```
//! use detente::field::{Openings, Plan, Ready, Scores, play};
//! use detente::game::{Issue, Profile, Scenario, Space, Utility};
//! use detente::talks::Clock;
//! let space = Space { issues: vec![Issue::named("share", &["all", "most", "half", "some", "none"])] };
//! let party = |name: &str, worth| Profile::new(name, Utility { unit: 4, worth: vec![worth], ..Utility::default() });
//! let cake = Scenario::new("a cake", space, vec![party("a", vec![4, 3, 2, 1, 0]), party("b", vec![0, 1, 2, 3, 4])]);
//! let plan = Plan::new(&[cake.clone()], ["boulware", "conceder"].map(|s| s.parse().unwrap()).to_vec(), Clock::rounds(20));
//! let ready = Ready::new(plan, vec![cake]).unwrap();
//! assert_eq!(ready.layout().rows(), 8); // two by two, with either party opening
//! let (rows, summary) = play(&ready, 0..8);
//! assert_eq!(rows.len(), 8);
//! let scores = Scores::of(&ready, &summary);
//! assert_eq!(scores.scores[0].strategy, "boulware");
//! ```

mod fixed;
mod layout;
pub mod measures;
mod plan;
mod play;
mod ready;
mod row;
mod scores;
mod statistics;
mod summary;
mod watched;
mod yardstick;

pub mod empirical;

pub use layout::{Layout, Place};
pub use plan::{Entrant, Openings, Plan, Unready};
pub use play::{play, play_into};
pub use ready::Ready;
pub use row::{Row, Shown};
pub use scores::{Estimate, OfScenario, Pair, Score, Scores};
pub use summary::{Measure, Overlap, Summary};
pub use watched::{OfModel, ShownWatched};
pub use yardstick::Yardstick;

#[cfg(test)]
mod tests;
