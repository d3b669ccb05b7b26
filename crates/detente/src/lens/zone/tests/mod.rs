//! Brute force as the judge: random small games, every outcome looked at.

mod draws;
mod engine;
mod random;
mod speed;
