//! Is a deal possible, which one, who blocks it, and what must give?

mod answer;
mod atlas;
mod diagram;
mod exists;
mod frontier;
mod gives;
mod logic;
mod solutions;
mod sweep;
#[cfg(test)]
mod tests;
mod zones;

pub use answer::{
    AssumptionLoad, FrontierBand, Give, GiveSet, LevelZone, Mover, PackageVerdict, RankedPackage, RuleEffect, Solution,
    SolutionIssue, Terms, WhatMustGive, ZoneAnswer, terms,
};
