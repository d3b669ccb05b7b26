//! What a delegation may sign, must refer, may never sign: claim by claim, contested claims side by side.

use schemars::JsonSchema;
use serde::Serialize;

/// What each delegation may do with each package.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MandateAnswer {
    /// One entry per party whose mandate the case speaks of and per package looked at.
    pub lights: Vec<Light>,
    /// Parties whose delegation's mandate is contested: rival claims about it, none taken for true.
    pub contested: Vec<Contested>,
}

/// What a mandate allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Allowed {
    /// The delegation may sign.
    Sign,
    /// It has to ask its principal.
    Refer,
    /// It may not sign.
    Never,
}

/// One package under one claim about one party's mandate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Light {
    /// The party.
    pub party: String,
    /// The claim about its mandate.
    pub claim: String,
    /// Id of the text or package, or `partial-N` for the N-th partial agreement.
    pub package: String,
    /// What the whole package comes to: the strictest of its clauses.
    pub overall: Allowed,
    /// Each clause: what it says and what the mandate allows.
    pub clauses: Vec<Clause>,
}

/// One clause of a package under a mandate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Clause {
    /// The issue.
    pub issue: String,
    /// The value, or the values it leaves open.
    pub values: Vec<String>,
    /// What the mandate allows.
    pub allowed: Allowed,
    /// The condition that decides, as the case writes it; none where the rule for everything else does.
    pub rule: Option<String>,
}

/// Rival claims about one mandate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Contested {
    /// The party.
    pub party: String,
    /// The claims.
    pub claims: Vec<String>,
}
