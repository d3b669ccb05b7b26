//! Is a deal possible, which one, who blocks it, and what must give?

mod answer;

pub use answer::{
    AssumptionLoad, FrontierBand, Give, GiveSet, LevelZone, Mover, PackageVerdict, RankedPackage, RuleEffect, Solution,
    SolutionIssue, Terms, WhatMustGive, ZoneAnswer, terms,
};
