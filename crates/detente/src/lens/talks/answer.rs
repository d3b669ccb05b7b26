//! The answer of the talks lens.

use crate::case::Basis;
use crate::lens::ShareOf;
use crate::talks::StepClass;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// How the talks would go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct TalksAnswer {
    /// Sessions that were played, each in a game of its own.
    pub sessions: u64,
    /// How often something is signed by all who must consent.
    pub agreement_rate: Rate,
    /// What was signed by the end, the most frequent first: the issues it moves with their values.
    pub agreements: Vec<Signed>,
    /// Sessions that signed something that is not listed.
    pub other_agreements: Option<ShareOf>,
    /// How often what was signed reaches each level of agreement of the case.
    pub levels: Vec<LevelReached>,
    /// How often each issue was settled, and how.
    pub settled: Vec<Settled>,
    /// Why sessions ended, the most frequent first.
    pub endings: Vec<Ended>,
    /// Meetings until the end.
    pub rounds: Quantiles,
    /// The parties whose consent is needed, in file order.
    pub parties: Vec<PartyTalks>,
    /// Demands on the order of steps that keep something off the table, and how often they kept it off to the end.
    pub gates: Vec<Gate>,
    /// What the conflict did in the meantime.
    pub meanwhile: Vec<Meantime>,
    /// What became of what was signed.
    pub after: Option<After>,
    /// Simple answers to the same question, to be read beside it.
    pub baselines: Vec<Baseline>,
    /// The share of agreement with one thing changed, in the same games with the same random numbers.
    pub hangs_on: Vec<Hangs>,
    /// The share of agreement in the sessions that `hangs_on` was played in.
    pub same_sessions: Option<ShareOf>,
    /// How what each party asks for falls from meeting to meeting.
    pub fan: Vec<Fan>,
    /// One session, step by step.
    pub told: Option<Told>,
    /// What the sessions are played from.
    pub inputs: Vec<Input>,
    /// How many packages can come up, and whether these are all there are.
    pub packages: Packages,
    /// What the case does not say and this question needs, in sentences.
    pub missing: Vec<String>,
}

/// A share of sessions with its interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Rate {
    /// The share, 0 to 1.
    pub value: f64,
    /// Lower end of its 95 % interval (Wilson 1927).
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl From<ShareOf> for Rate {
    fn from(share: ShareOf) -> Self {
        Rate { value: share.share, low: share.low, high: share.high }
    }
}

/// Something that was signed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Signed {
    /// The issues it moves, with their values; all others stay as they are.
    pub outcome: IndexMap<String, String>,
    /// In which share of sessions.
    #[serde(flatten)]
    pub share: ShareOf,
}

/// A level of agreement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LevelReached {
    /// Its id in the case.
    pub id: String,
    /// In which share of sessions what was signed reaches it.
    pub share: ShareOf,
}

/// An issue and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Settled {
    /// The issue.
    pub issue: String,
    /// In which share of sessions it was moved by what was signed.
    pub share: ShareOf,
    /// The values it was moved to, the most frequent first.
    pub values: Vec<(String, ShareOf)>,
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// An agreement on everything that was on the table.
    Agreed,
    /// The last meeting passed.
    Deadline,
    /// A party walked away.
    Left,
    /// A delegation has nothing that it may propose: the claim about its mandate that holds forbids everything.
    Bound,
    /// A principal recalled its delegation.
    Recalled,
    /// The talks broke down.
    Breakdown,
    /// What was signed failed at home.
    NotRatified,
    /// What was signed was undone.
    Undone,
    /// Anything else: nothing was left to try, or a move that the rules do not allow.
    Stopped,
}

/// An ending with how often.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ended {
    /// Why.
    pub how: End,
    /// Who, where it was one party.
    pub party: Option<String>,
    /// Whether something had been signed by then.
    pub signed: bool,
    /// In which share of sessions.
    pub share: ShareOf,
}

/// How a number is spread over sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Quantiles {
    /// A tenth of sessions are below it.
    pub low: f64,
    /// The median.
    pub middle: f64,
    /// A tenth of sessions are above it.
    pub high: f64,
}

/// What the sessions say of one party. Utilities are of the party's own: 0 the worst and 1 the best package for it.
/// Utilities of two parties do not compare.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PartyTalks {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// In which share of sessions it walked away.
    pub walked: ShareOf,
    /// What its delegation asked at home.
    pub referrals: Referrals,
    /// What it has at the end by its own measure, less what things as they are were worth to it at the start; costs are
    /// not counted.
    pub gain: Quantiles,
    /// What the conflict cost it until then, by the same measure.
    pub borne: Quantiles,
}

/// What a delegation referred to its principal, over all sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Referrals {
    /// Sessions in which it had to refer something.
    pub sessions: u64,
    /// How often it referred something.
    pub referred: u64,
    /// How often the principal approved.
    pub approved: u64,
    /// How often it refused.
    pub refused: u64,
    /// How often it widened the mandate.
    pub extended: u64,
    /// How often it recalled the delegation.
    pub recalled: u64,
    /// How often its delegation was kept from what it wanted: by its mandate, a refusal of its principal, the order of
    /// steps.
    pub barred: u64,
}

/// A demand on the order of steps that keeps something off the table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Gate {
    /// The claim.
    pub claim: String,
    /// In which share of sessions what it waits for never came.
    pub closed: ShareOf,
}

/// Something the conflict did while the parties talked.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Meantime {
    /// The claim it comes from.
    pub claim: String,
    /// What, in words.
    pub what: String,
    /// In which share of sessions it happened.
    pub share: ShareOf,
}

/// What became of what was signed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct After {
    /// Sessions that signed something and stayed so: ratified and not undone.
    pub stands: ShareOf,
    /// Ratification that failed, by claim.
    pub unratified: Vec<(String, ShareOf)>,
    /// What was undone, by claim.
    pub undone: Vec<(String, ShareOf)>,
}

/// A simple answer to the same question.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Baseline {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub says: String,
    /// The share; none where it is a range that somebody gave.
    pub share: Option<ShareOf>,
    /// Its low and its high end.
    pub range: (f64, f64),
}

/// What the share of agreement becomes when one thing is changed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Hangs {
    /// What is changed, in words.
    pub what: String,
    /// The claims it comes from.
    pub claims: Vec<String>,
    /// Whether one of these is assumed, or the case says nothing and the range is the program's.
    pub assumed: bool,
    /// Each setting in words with the share of agreement under it.
    pub settings: Vec<(String, ShareOf)>,
}

/// How what a party asks for falls.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Fan {
    /// The party.
    pub party: String,
    /// By tenths of the time: the share of the time passed, and what its offers are worth to itself.
    pub points: Vec<(f64, Quantiles)>,
}

/// One session, step by step.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Told {
    /// Its number among the sessions, from 0.
    pub session: u64,
    /// Why this one.
    pub why: String,
    /// The offers, in order.
    pub moves: Vec<Step>,
    /// What happened, meeting by meeting.
    pub events: Vec<Happened>,
    /// How it ended, in a sentence.
    pub ending: String,
    /// What no agreement was worth to each party at the start, 0 to 1.
    pub floors: Vec<f64>,
}

/// An offer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// The meeting, from 1.
    pub meeting: u32,
    /// Who makes it, as a position among `parties`.
    pub by: usize,
    /// What it is worth to each of the parties, 0 to 1 on the scale of each.
    pub worth: Vec<f64>,
    /// What it changes from the party's offer before, for itself and the next party; none for its first.
    pub class: Option<StepClass>,
    /// The issues it moves, with their values.
    pub outcome: IndexMap<String, String>,
}

/// Something that happened in a session.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Happened {
    /// The meeting, from 1.
    pub meeting: u32,
    /// What, in a sentence.
    pub says: String,
}

/// Something the sessions are played from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Input {
    /// The claim; none where the case does not say and the program takes a wide range.
    pub claim: Option<String>,
    /// In words.
    pub what: String,
    /// What it rests on.
    pub basis: Basis,
    /// Whether the share of agreement moves with it by more than five points.
    pub drives: bool,
}

/// The packages that can come up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Packages {
    /// How many.
    pub count: usize,
    /// Whether these are all that keep the rules between issues.
    pub all: bool,
}
