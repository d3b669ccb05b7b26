//! Brute force as the judge: random small games, every outcome looked at.

mod engine;
mod random;
mod speed;
