//! Is a deal possible, which one, who blocks it, and what must give?

mod answer;
mod atlas;
mod bands;
mod columns;
mod diagram;
mod dive;
mod effects;
mod exists;
mod frontier;
mod gives;
mod inquiry;
mod lens;
mod logic;
mod lookahead;
mod movers;
mod partial;
mod robust;
mod solutions;
mod sweep;
#[cfg(test)]
mod tests;
mod verdicts;
mod zones;

pub use answer::{
    AssumptionLoad, EfficientAgreements, FrontierBand, Give, GiveSet, LevelZone, Mover, PackageVerdict, RankedPackage,
    RuleEffect, Solution, SolutionIssue, Terms, WhatMustGive, ZoneAnswer, terms,
};
pub use lens::Zone;
