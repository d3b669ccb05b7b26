//! What the order lens answers.

use schemars::JsonSchema;
use serde::Serialize;

/// In what order could it go, and whose demands on the order cannot all be met?
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OrderAnswer {
    /// The steps: those the case names and the states its preconditions speak of.
    pub steps: Vec<OrderStep>,
    /// The demands, in file order.
    pub demands: Vec<Demand>,
    /// Every minimal cycle of demands that cannot all be met, shortest first.
    pub cycles: Vec<Cycle>,
    /// Whether the list of cycles is complete (else it was cut off, as `made` says).
    pub complete: bool,
    /// The smallest sets of demands to relax so that no cycle is left, cheapest first.
    pub cuts: Vec<Cut>,
    /// Demands whose first step happens on another track.
    pub elsewhere: Vec<Elsewhere>,
    /// An order that meets every demand, or every demand but those of the cheapest cut.
    pub choreography: Option<Choreography>,
}

/// A step in the graph.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OrderStep {
    /// The id of the step, or the condition that describes it.
    pub id: String,
    /// In words.
    pub name: String,
    /// The track it happens on, if the case says.
    pub track: Option<String>,
    /// Who has to take it.
    pub by: Vec<String>,
}

/// A demand: `first` before `before`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Demand {
    /// The claim.
    pub claim: String,
    /// Who demands it, an actor or party id.
    pub claimed_by: String,
    /// Position of the first step in `steps`.
    pub first: usize,
    /// Position of the step that comes after.
    pub before: usize,
    /// How strongly, in the case's word.
    pub strength: String,
    /// Evidence ids.
    pub because: Vec<String>,
}

/// Demands that wait for each other in a circle.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cycle {
    /// Positions in `demands`, each waiting for the next.
    pub demands: Vec<usize>,
    /// Where one demand's step counts as another's because it brings that state about: positions in
    /// `steps` (what is reached, what it implies). Empty where the steps are the same.
    pub implied: Vec<(usize, usize)>,
    /// Ways to cut it.
    pub ways: Vec<Way>,
    /// The cycle in a sentence.
    pub words: String,
}

/// A way to cut a cycle.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Way {
    /// What kind of way.
    pub kind: WayKind,
    /// Who would have to take less than demanded: actor or party ids.
    pub from: Vec<String>,
    /// What it would take, in a sentence.
    pub takes: String,
}

/// Kinds of ways to cut a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WayKind {
    /// Both steps at once.
    Simultaneity,
    /// A smaller first step that crosses no demand.
    Partial,
    /// A third party holds or guarantees what would come first.
    Guarantee,
    /// One side drops its demand.
    Drop,
}

/// A set of demands whose relaxing leaves no cycle.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cut {
    /// Positions in `demands`.
    pub demands: Vec<usize>,
    /// Sum of their strengths: the less, the cheaper.
    pub cost: f64,
}

/// A demand that waits for another track.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Elsewhere {
    /// Position in `demands`.
    pub demand: usize,
    /// The track.
    pub track: String,
    /// In a sentence.
    pub words: String,
}

/// An order of steps, as far as it is fixed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Choreography {
    /// Steps by stage: those of one stage can go in any order or together. Positions in `steps`.
    pub stages: Vec<Vec<usize>>,
    /// Demands it does not meet: positions in `demands`.
    pub relaxed: Vec<usize>,
    /// Which steps wait directly for which: (earlier, later), positions in `steps`.
    pub waits: Vec<(usize, usize)>,
}
