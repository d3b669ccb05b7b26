//! Judged by brute force: every ranking, every swap, every edit.
#![allow(clippy::unwrap_used)]

pub(in crate::analysis::stability) mod brute;
mod known;
mod large;
mod listing;
mod pattern;
mod rankings;
mod statements;
