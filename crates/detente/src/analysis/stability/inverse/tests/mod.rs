//! Judged by brute force: every ranking, every swap, every edit.
#![allow(clippy::unwrap_used)]

mod brute;
mod known;
mod large;
mod rankings;
mod statements;
