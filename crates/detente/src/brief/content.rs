//! What a brief is made of, without any format.

use schemars::JsonSchema;
use serde::Serialize;

/// A brief.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Brief {
    /// Title of the case.
    pub title: String,
    /// One line under it: as of when, parties, author.
    pub subtitle: String,
    /// The bottom line: three to five judgements.
    pub judgements: Vec<Judgement>,
    /// What the judgements lean on: the assumption load, in a paragraph or two.
    pub load: Vec<Line>,
    /// What would change the assessment, the largest first.
    pub changes: Vec<Line>,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// How the brief was made (version, seed, draws, digest of the case), in short lines.
    pub colophon: Vec<String>,
}

/// A judgement with its likelihood and, apart from it, the confidence in it (ICD 203).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Judgement {
    /// The judgement in a sentence, with the likelihood word and number in it.
    pub says: Line,
    /// Likelihood word and number where the judgement has one ("very unlikely", "12 %").
    pub likelihood: Option<(String, String)>,
    /// Confidence: "low", "moderate" or "high".
    pub confidence: String,
    /// Why this confidence, in a sentence of its own.
    pub because: Line,
    /// The section that shows how it came about.
    pub section: String,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Section {
    /// Stable id, for links.
    pub id: String,
    /// Title.
    pub title: String,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Paragraph(Line),
    /// A heading inside the section.
    Heading(String),
    /// A list.
    List(Vec<Line>),
    /// A remark that must not be overlooked (a caveat, a limit).
    Note(Line),
    /// A table.
    Table(Table),
    /// A figure with its table twin.
    Figure(Box<Figure>),
    /// Something long that can be folded away on a screen and is open on paper.
    Fold(Line, Vec<Block>),
    /// A source with its quotes marked.
    Reader(Reader),
}

/// Running text.
pub type Line = Vec<Inline>;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Stressed words.
    Strong(String),
    /// Words from a source or of a party, set apart as a quotation (without quotation marks).
    Quote(String),
    /// Words that lead to a claim in the ledger.
    Claim {
        /// The words.
        text: String,
        /// Id of the claim.
        id: String,
    },
    /// A mark that leads to a piece of evidence in the ledger; its number there.
    Evidence {
        /// Id of the evidence.
        id: String,
        /// Its number in the ledger, from 1.
        number: usize,
    },
    /// Words that lead to a section.
    Section {
        /// The words.
        text: String,
        /// Id of the section.
        id: String,
    },
    /// Words of less weight, on a line of their own (an id under what it names).
    Under(String),
    /// The basis of a claim, shown as a small label (quoted, derived, elicited, assumed).
    Basis(String),
}

/// How a cell or mark is to be read. Never shown by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Yes, possible, may sign, accepted.
    Open,
    /// Partly, must refer, doubtful.
    Doubt,
    /// No, refused, blocked.
    Shut,
    /// Less important.
    Faint,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Column titles. A column whose title starts with `#` holds numbers (right-aligned; the `#` is not printed).
    pub columns: Vec<String>,
    /// Rows of cells, each as long as `columns`.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Row {
    /// An anchor that links can lead to (`claim-…`, `evidence-…`), if any.
    pub anchor: Option<String>,
    /// The cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Cell {
    /// What it says.
    pub line: Line,
    /// How to read it.
    pub tone: Tone,
}

/// A figure: a plot with title, description and one-sentence reading, and the same as a table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Figure {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// What to read from it, in one sentence.
    pub reading: Line,
    /// What is drawn.
    pub plot: Plot,
    /// The same as a table.
    pub twin: Table,
}

/// What is drawn. Data, not drawing.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Plot {
    /// Shares with their intervals, one bar per row; several series beside each other.
    Bars(Bars),
    /// Issues as strips of values with who stands where.
    Strips(Strips),
    /// Issues by values: who states, refuses, leaves open.
    Matrix(Matrix),
    /// A band over two axes.
    Band(Band),
    /// Steps or actors with arrows.
    Graph(Graph),
    /// Events on lanes over time.
    Timeline(Timeline),
    /// Outcomes by their utility to two parties.
    UtilitySpace(UtilitySpace),
    /// The offers of a session, party by party, each on its own scale.
    Dance(Dance),
}

/// Shares as bars, 0 to 1.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Bars {
    /// Names of the series (one for a simple chart).
    pub series: Vec<String>,
    /// Label of a row and, per series, the share with the ends of its interval.
    pub rows: Vec<(String, Vec<Option<[f64; 3]>>)>,
    /// What the axis measures.
    pub axis: String,
}

/// Issues as strips.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Strips {
    /// Who is marked (parties first, then texts), in order.
    pub markers: Vec<String>,
    /// How many of the markers are parties.
    pub parties: usize,
    /// The strips.
    pub strips: Vec<Strip>,
}

/// One issue as a strip of values.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Strip {
    /// Name of the issue.
    pub issue: String,
    /// Its values, short.
    pub values: Vec<String>,
    /// Position of the status quo.
    pub status_quo: usize,
    /// Per marker: positions of the values it stands on.
    pub stands: Vec<Vec<usize>>,
    /// Per party: positions of the values its red lines refuse.
    pub refused: Vec<Vec<usize>>,
}

/// Issues by values, per party.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Matrix {
    /// The parties.
    pub parties: Vec<String>,
    /// The issues.
    pub issues: Vec<IssueStands>,
}

/// Name of an issue and its values: label, and per party how it stands to it.
pub type IssueStands = (String, Vec<(String, Vec<Stand>)>);

/// How a party stands to a value, as far as the case says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// It put the value forward.
    States,
    /// A red line refuses it whatever else holds.
    Refuses,
    /// A red line refuses it together with other values.
    Conditional,
    /// The case does not say.
    Unknown,
}

/// A band over two axes, 0 to 1 on both.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Band {
    /// Title of the horizontal axis.
    pub x: String,
    /// Title of the vertical axis.
    pub y: String,
    /// Horizontal position; low, middle and high of the band where there is one.
    pub points: Vec<(f64, Option<[f64; 3]>)>,
    /// Named points: label, horizontal, vertical.
    pub marks: Vec<(String, f64, f64)>,
}

/// Outcomes by their utility to two parties, each on its own scale.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct UtilitySpace {
    /// Title of the horizontal axis.
    pub x: String,
    /// Title of the vertical axis.
    pub y: String,
    /// Outcomes, each by itself where they are few.
    pub outcomes: Vec<(f64, f64)>,
    /// Where outcomes are many: the cells of a grid over `range` with the share of outcomes in each, row by row
    /// from the bottom, `columns` cells a row.
    pub density: Vec<f64>,
    /// Cells in a row of `density`; 0 without it.
    pub columns: usize,
    /// The ends of the two axes: left, right, bottom, top.
    pub range: [f64; 4],
    /// The frontier, from left to right.
    pub frontier: Vec<(f64, f64)>,
    /// Whether the frontier is that of these two parties, and so a line; else its points are scattered in this plane.
    pub line: bool,
    /// The reservation values, where the party has one.
    pub reservation: [Option<f64>; 2],
    /// Named points: label, horizontal, vertical.
    pub marks: Vec<(String, f64, f64)>,
}

/// The offers of a session: a panel for each party with what every offer is worth to it, 0 to 1 on its own scale.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Dance {
    /// The panels, one per party.
    pub panels: Vec<Panel>,
    /// What counts the offers.
    pub x: String,
    /// What the vertical axis of each panel measures.
    pub y: String,
    /// How many offers there are in all.
    pub offers: usize,
    /// Where a meeting begins: number of the first offer in it, from 0, and its name.
    pub meetings: Vec<(usize, String)>,
}

/// What the offers of a session are worth to one party.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Panel {
    /// The party.
    pub party: String,
    /// What no agreement is worth to it, where that is shown.
    pub floor: Option<f64>,
    /// Its own offers: number from 0, worth, and what kind of step it is.
    pub own: Vec<(usize, f64, DanceStep)>,
    /// The offers of others: number from 0 and worth.
    pub others: Vec<(usize, f64)>,
}

/// What a step from one offer to the next is, for the mark that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DanceStep {
    /// The first offer.
    First,
    /// Worse for itself, not worse for the other.
    Concession,
    /// Better for itself, not better for the other.
    Selfish,
    /// Better for both.
    Fortunate,
    /// Worse for the other, not better for itself.
    Unfortunate,
    /// Better for the other at no cost to itself.
    Nice,
    /// The same for both.
    Silent,
}

/// Nodes and arrows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Graph {
    /// Nodes: label, group (a track, a party, a layer), tone.
    pub nodes: Vec<(String, String, Tone)>,
    /// Arrows: from, to, label, tone. A circle of arrows is drawn as one.
    pub edges: Vec<(usize, usize, String, Tone)>,
}

/// Events on lanes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Timeline {
    /// Names of the lanes.
    pub lanes: Vec<String>,
    /// Lane, year as a fraction, the date in words, label.
    pub events: Vec<(usize, f64, String, String)>,
}

/// A source with its quotes marked.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Reader {
    /// Id of the source.
    pub source: String,
    /// Title.
    pub title: String,
    /// Grade, kind, publisher, date in a line.
    pub about: Line,
    /// The text in order, paragraph by paragraph: unmarked runs and marked ones.
    pub paragraphs: Vec<Vec<Run>>,
}

/// A run of a source's text.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Evidence that quotes these words: id and number in the ledger. Overlapping quotes give several.
    pub evidence: Vec<(String, usize)>,
    /// Whether the case marks a problem here.
    pub problem: bool,
}

/// Plain words as a line.
#[must_use]
pub fn plain(text: impl Into<String>) -> Line {
    vec![Inline::Text(text.into())]
}

impl From<Line> for Cell {
    fn from(line: Line) -> Self {
        Cell { line, tone: Tone::Plain }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        plain(text).into()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        plain(text).into()
    }
}
