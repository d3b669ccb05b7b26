//! How would the talks go? Sessions of a case, played over the games that fit it.
//!
//! Each session has a game of its own: preferences, red lines and no-deal are drawn from what fits the case, and so is
//! everything that the case leaves open about the talks themselves (`[talks]`: meetings, how parties give way, what may
//! happen on the way). An answer is a share of sessions with its interval. The same random numbers are used when one thing
//! is changed, so that what is changed is all that differs.

mod answer;
mod features;
mod frame;
mod hangs_on;
mod inputs;
mod lens;
mod packages;
mod run;
mod setup;
mod tally;
mod told;

pub use answer::{
    After, Baseline, End, Ended, Fan, Gate, Hangs, Happened, Input, LevelReached, Meantime, Packages, PartyTalks,
    Quantiles, Rate, Referrals, Settled, Signed, Step, TalksAnswer, Told,
};
pub use lens::Talks;

use features::Features;
