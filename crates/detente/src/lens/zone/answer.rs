//! What the zone lens answers.

use crate::analysis::Package;
use crate::game::{Outcome, Space};
use crate::lens::ShareOf;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// An outcome in ids: issue to value. Only the issues that are not at the status quo unless said otherwise.
pub type Terms = IndexMap<String, String>;

/// The issues that an outcome moves, with their new values.
#[must_use]
pub fn terms(space: &Space, outcome: &Outcome) -> Terms {
    space
        .moved(outcome)
        .into_iter()
        .filter_map(|i| {
            let issue = space.issues.get(i)?;
            let value = issue.values.get(outcome.digit(i) as usize)?;
            Some((issue.id.clone(), value.id.clone()))
        })
        .collect()
}

/// Is a deal possible, which one, who blocks it and what must give?
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ZoneAnswer {
    /// Number of outcomes, exactly, in decimal.
    pub outcomes: String,
    /// Parties by id, in file order. Lists per party keep this order.
    pub parties: Vec<String>,
    /// Whether some agreement of any kind exists.
    pub any: ShareOf,
    /// The zone at each level, least first.
    pub levels: Vec<LevelZone>,
    /// The named texts and then the analyst's packages.
    pub packages: Vec<PackageVerdict>,
    /// Agreements that move few issues, most robust first.
    pub partial: Vec<RankedPackage>,
    /// Packages over all issues acceptable in most draws, best first.
    pub robust: Vec<RankedPackage>,
    /// The efficient agreements.
    pub frontier: EfficientAgreements,
    /// The named solutions: `nash`, `kalai_smorodinsky`, `egalitarian`, `utilitarian`.
    pub solutions: IndexMap<String, Solution>,
    /// Each rule and what it blocks.
    pub rules: Vec<RuleEffect>,
    /// Per level: the share of draws with a zone with everything, in the same (fewer) draws that `movers`,
    /// `evidence` and `assumptions` leave things out in. Compare with these.
    pub same_draws: Vec<ShareOf>,
    /// What each claim does to the answer at each level.
    pub movers: Vec<Mover>,
    /// What each piece of evidence does to the answer at each level, when it and what hangs on it alone is left out.
    pub evidence: Vec<Mover>,
    /// What the assumed claims carry together.
    pub assumptions: AssumptionLoad,
    /// For each level without a zone in some draws: what must give.
    pub gives: Vec<WhatMustGive>,
}

/// The zone at one level of agreement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LevelZone {
    /// Id of the level.
    pub level: String,
    /// Draws in which some agreement reaches the level.
    pub zone: ShareOf,
    /// Draws in which it would if every red line bound, whatever its firmness.
    pub all_lines_bind: ShareOf,
    /// Whether any outcome at all keeps every linkage and every red line at this level, utilities aside.
    pub permitted: bool,
    /// A package that is an agreement at this level in as many draws as any found, if one was found in any draw.
    pub example: Option<RankedPackage>,
}

/// A package with the share of draws in which it is an agreement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RankedPackage {
    /// What it moves.
    pub terms: Terms,
    /// Draws in which it is an agreement.
    pub agreement: ShareOf,
    /// Draws in which each party finds it no worse than no-deal and crosses none of its red lines.
    pub accepts: Vec<ShareOf>,
    /// The highest level it reaches, by id.
    pub level: Option<String>,
}

/// What the draws say of a named text or package.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PackageVerdict {
    /// Its id.
    pub package: String,
    /// Whether it is one of the case's `texts` (else of its `packages`).
    pub is_text: bool,
    /// Draws in which some outcome that fits it is an agreement.
    pub agreement: ShareOf,
    /// Draws in which each party accepts some outcome that fits it.
    pub accepts: Vec<ShareOf>,
    /// Red lines that every outcome that fits it crosses: claim ids.
    pub crosses: Vec<String>,
    /// Linkages that every outcome that fits it breaks: claim ids.
    pub breaks: Vec<String>,
}

/// The agreements than which no other is as good for everybody who must consent and better for one of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct EfficientAgreements {
    /// How many there are, where one game fits the case.
    pub size: Option<u64>,
    /// The agreements, where one game fits the case.
    pub points: Vec<Package>,
    /// Where they lie over draws, for two consenting parties.
    pub band: Option<FrontierBand>,
}

/// The frontier over draws, in each party's own scale: 0 no-deal, 1 the best the party could get at all.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FrontierBand {
    /// The two parties.
    pub parties: [String; 2],
    /// Gain of the first party at each grid point.
    pub grid: Vec<f64>,
    /// The best gain of the second party with at least that gain of the first: 10 %, 50 % and 90 % of draws.
    pub band: Vec<[Option<f64>; 3]>,
    /// Draws used.
    pub draws: u64,
    /// Number of efficient outcomes per draw: smallest, median, largest.
    pub size: [u64; 3],
}

/// A named solution over draws.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Solution {
    /// Utility of each party in the package it is, where one game fits the case: 1 its best conceivable
    /// package, 0 its worst.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utilities: Option<Vec<f64>>,
    /// The package that it is most often: a value for every issue.
    pub outcome: Option<Terms>,
    /// Draws in which it exists.
    pub exists: ShareOf,
    /// The value each issue takes most often, with the share of those draws.
    pub issues: Vec<SolutionIssue>,
    /// The same package by what it moves, with its share of draws.
    pub most_often: Option<RankedPackage>,
    /// Median gain of each party, 0 no-deal, 1 the best the party could get at all.
    pub gains: Vec<f64>,
}

/// What a solution says of one issue.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SolutionIssue {
    /// The issue.
    pub issue: String,
    /// Its most frequent value.
    pub value: String,
    /// How often.
    pub share: f64,
}

/// What one red line or linkage does.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RuleEffect {
    /// The claim.
    pub claim: String,
    /// The party whose red line it is; none for a linkage.
    pub party: Option<String>,
    /// Per level: draws with a zone while this rule binds, all other rules as drawn.
    pub bound: Vec<ShareOf>,
    /// Per level: draws with a zone while this rule is off.
    pub free: Vec<ShareOf>,
    /// Ids of texts and packages that cross it whatever they leave open.
    pub blocks: Vec<String>,
}

/// What leaving something out does to the answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Mover {
    /// The claim or piece of evidence left out.
    pub id: String,
    /// Per level: share of draws with a zone without it. `None` where the rest contradicts itself.
    pub without: Option<Vec<ShareOf>>,
    /// The largest change of a level's share, in absolute value.
    pub largest: f64,
    /// Whether the change moves some level to another band of likelihood words.
    pub changes_word: bool,
}

/// What the assumed claims carry together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AssumptionLoad {
    /// Claims that the zone computes with.
    pub claims: u64,
    /// Of these, assumed.
    pub assumed: u64,
    /// Per level: share of draws with a zone without any assumed claim; empty when nothing is assumed.
    pub without: Vec<ShareOf>,
    /// Per level: share of the variance of the answer that comes from assumed numbers (Jansen 1999), 0 to 1.
    pub variance: Vec<f64>,
}

/// The smallest sets of things that have to soften for a level to come within reach.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WhatMustGive {
    /// The level.
    pub level: String,
    /// The sets, cheapest first.
    pub sets: Vec<GiveSet>,
    /// Whether the list is proven to hold every minimal set (in the draws used).
    pub complete: bool,
    /// Draws used.
    pub draws: u64,
}

/// A set of rules and reservations whose softening opens a level.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GiveSet {
    /// What softens.
    pub gives: Vec<Give>,
    /// Sum of the firmness of what softens: the less, the cheaper.
    pub cost: f64,
    /// Draws in which softening this set, and nothing less than it, is enough.
    pub opens: ShareOf,
    /// A package it opens.
    pub package: Terms,
}

/// One thing that softens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Give {
    /// A red line, by claim id.
    RedLine(String),
    /// A linkage, by claim id.
    Linkage(String),
    /// A party takes less than no-deal: party id.
    Reservation(String),
}
