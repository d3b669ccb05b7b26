//! What can be asked on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use detente::analysis::Limits;
use std::path::PathBuf;

/// From what was reported about a negotiation to what can be defended about it.
#[derive(Debug, Parser)]
#[command(name = "detente", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Turn a case into a brief one could hand over
    Brief(Brief),
    /// Check a case: its form, its names, its claims, and every quote against its source
    Check(Check),
    /// Ask whether a deal is possible, which one, who blocks it, and what must give; or, of a domain of another
    /// program, its frontier and its named solutions
    Zone(Zone),
    /// Ask in what order it could go, and whose demands on the order cannot all be met
    Order(Lens),
    /// Ask what each delegation may sign, must refer, and may never sign
    Mandate(Lens),
    /// Ask whether a state of affairs would hold, who would leave it, and what keeps them; of a case, or of a conflict of
    /// the Graph Model (.gmcr, or a graph as CSV)
    Stability(Stability),
    /// Ask how the talks would go: whether anything is signed, what, when, who walks out, and what it hangs on
    Talks(Talks),
    /// Let strategies negotiate scenarios against each other, in every role, and tell who does best
    Tournament(Tournament),
    /// Turn a scenario of GENIUS, GeniusWeb, NegMAS or NegoLog into another of these formats or a case, and back
    Convert(Convert),
    /// Write a commented starter case into a new folder
    New(New),
    /// Tell what a code of a diagnostic means and how to mend it; list the strategies and protocols known by name
    Explain(Explain),
    /// Print a JSON Schema: of a case file, or of what a verb prints with --json
    Schema(Schema),
}

/// Which case, and how strictly to read it.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// A case: a folder with a case.toml, or a TOML file
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Treat claims without basis, range or reason as errors
    #[arg(long)]
    pub(crate) strict: bool,
}

/// How to draw games from a case.
#[derive(Debug, Clone, Args)]
pub(crate) struct Draws {
    /// Games to draw from what the case leaves open
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) draws: u64,
    /// Seed of the draws: the same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads to use; the answer does not depend on it
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// The forms a brief can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One self-contained HTML file
    Html,
    /// Markdown
    Md,
    /// JSON
    Json,
    /// Plain text for a terminal
    Text,
}

#[derive(Debug, Args)]
pub(crate) struct Brief {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// Where to write; `-` for the terminal. Without it HTML goes to NAME.brief.html, the rest to the terminal
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The form of the brief
    #[arg(short, long, value_enum, default_value_t = Format::Html)]
    pub(crate) format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Show notes as well as warnings and errors
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Lens {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// Print the finding as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The formats a scenario can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScenarioFormat {
    /// GENIUS: a domain and profiles, XML
    Genius,
    /// GeniusWeb: a domain and profiles, JSON
    Geniusweb,
    /// NegMAS: a domain and utility functions, YAML
    Negmas,
    /// NegoLog: profiles, JSON
    Negolog,
    /// A case of this program, TOML
    Case,
}

impl ScenarioFormat {
    pub(crate) fn format(self) -> detente::exchange::Format {
        use detente::exchange::Format;
        match self {
            ScenarioFormat::Genius => Format::Genius,
            ScenarioFormat::Geniusweb => Format::GeniusWeb,
            ScenarioFormat::Negmas => Format::NegMas,
            ScenarioFormat::Negolog => Format::NegoLog,
            ScenarioFormat::Case => Format::Case,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// Files of a domain and its profiles, or a folder with them; last, the folder or file to write
    #[arg(value_names = ["IN", "OUT"], num_args = 1.., required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The format to write; without it, the ending of OUT says (.toml, .xml, .yml)
    #[arg(long, value_enum)]
    pub(crate) to: Option<ScenarioFormat>,
    /// The profiles to use, in this order; without it, all of them
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub(crate) parties: Vec<String>,
    /// Print what was done as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Zone {
    /// A case, or the files or folder of a domain with its profiles (GENIUS, GeniusWeb, NegMAS, NegoLog)
    #[arg(value_name = "FILES", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The profiles to use, by name or file, where there are more
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) parties: Vec<String>,
    /// Write the frontier as CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) frontier: Option<PathBuf>,
    /// Write a plot of the utility space as SVG
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
    /// Tell where an outcome stands: "issue=value; issue=value; …"
    #[arg(long, value_name = "OUTCOME")]
    pub(crate) at: Option<String>,
    /// Add the Nash solution with weights for the parties, 1 for those not named: "A=2,B=1"
    #[arg(long, value_name = "PARTY=WEIGHT", value_delimiter = ',')]
    pub(crate) weights: Vec<String>,
    /// Put two scenarios beside each other
    #[arg(long, conflicts_with_all = ["frontier", "plot", "at", "weights"])]
    pub(crate) compare: bool,
    /// Points of a frontier up to which it is found whole; beyond, one within a proven distance
    #[arg(long, default_value_t = Limits::default().points, value_name = "COUNT")]
    pub(crate) points: usize,
    /// Treat claims without basis, range or reason as errors
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// Print the finding as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Stability {
    /// A case, or the file of a conflict (.gmcr of GMCR+, or a graph as CSV)
    #[arg(value_name = "CASE|FILE")]
    pub(crate) file: PathBuf,
    /// Concepts to ask for: R, GMR, SMR, SEQ, SSEQ; of a file also others (SIM, L2, NM, CSEQ, strong-SEQ, SEQ-a …)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) concept: Vec<String>,
    /// Tell why a state holds or not: its ordinal, its letters (YNY), or "option=value; option=value; …"
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Tell which preferences would make a state an equilibrium, and the least change of those given
    #[arg(long, value_name = "STATE")]
    pub(crate) inverse: Option<String>,
    /// Tell how the conflict could move from a state to equilibria: from --state, or else the first
    #[arg(long)]
    pub(crate) path: bool,
    /// Write the states with what is stable for whom as CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// States listed of each answer
    #[arg(long, default_value_t = 1000, value_name = "COUNT")]
    pub(crate) list: usize,
    /// Treat claims without basis, range or reason as errors
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// Print the finding as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Talks {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Sessions to play, each in a game of its own
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) sessions: u64,
    /// Seed of the sessions: the same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads to use; the answer does not depend on it
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// The session to tell step by step, from 0; without it, one of median length
    #[arg(long, value_name = "NUMBER")]
    pub(crate) session: Option<u64>,
    /// So many meetings in every session, whatever the case says
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) meetings: Option<u32>,
    /// The strategies of the parties whose consent is needed, in the order of the case: "boulware(e=0.2)" "linear"
    #[arg(long, value_name = "STRATEGY", num_args = 1..)]
    pub(crate) strategies: Vec<String>,
    /// Write what happens in the session that is told as JSON, a line for each event
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,
    /// Print the finding as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// By what strategies are placed and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// The gain over no agreement, as a share of the most that could be gained
    Advantage,
    /// The utility, on the scale of each file
    Utility,
    /// The utility with what time took from it
    Discounted,
}

/// What binds where issues are negotiated one after the other
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Pieces {
    /// What is agreed on an issue stands, whatever becomes of the others
    Each,
    /// Nothing is agreed until everything is agreed
    Whole,
}

/// Who makes the first move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Opening {
    /// Each party in turn: every session is played once for each
    Each,
    /// The first party of the scenario
    First,
}

#[derive(Debug, Args)]
pub(crate) struct Tournament {
    /// Scenarios: each folder or case is one; files that are no cases are one together (a domain and its profiles)
    #[arg(value_name = "FILES", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Folders hold scenarios: every folder and every case in them is one
    #[arg(long)]
    pub(crate) each: bool,
    /// The profiles to use, by name or file, where a scenario has more
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) parties: Vec<String>,
    /// The strategies: names with parameters, such as "boulware, conceder(e=3), boa(bid=micro, accept=next)";
    /// `detente explain strategies` lists them
    #[arg(long, value_name = "LIST", default_value = "boulware, linear, conceder, micro")]
    pub(crate) strategies: String,
    /// The protocol, by name with parameters; `detente explain protocols` lists them
    #[arg(long, default_value = "sao", value_name = "NAME")]
    pub(crate) protocol: String,
    /// Negotiate one issue after the other, each for so many rounds, instead of packages
    #[arg(long, value_enum, value_name = "BINDING")]
    pub(crate) issue_by_issue: Option<Pieces>,
    /// Models that ride along: they hear the offers, guess what each party wants, and are scored, such as
    /// "frequency, bayesian"; `detente explain strategies` lists them
    #[arg(long, default_value = "", value_name = "LIST", hide_default_value = true)]
    pub(crate) models: String,
    /// Rounds after which a session ends without agreement
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// The chance that talks break down after a round
    #[arg(long, default_value_t = 0.0, value_name = "CHANCE")]
    pub(crate) breakdown: f64,
    /// Keep the number of rounds from the strategies
    #[arg(long)]
    pub(crate) hidden_deadline: bool,
    /// How often each session is played, each time with other chance
    #[arg(long, default_value_t = 1, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1_000_000_000))]
    pub(crate) repetitions: u32,
    /// Seed of all chance: the same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Let a strategy also meet itself alone (so it is without these two flags)
    #[arg(long, overrides_with = "no_self_play")]
    pub(crate) self_play: bool,
    /// Do not let a strategy meet itself alone
    #[arg(long, overrides_with = "self_play")]
    pub(crate) no_self_play: bool,
    /// Who makes the first move
    #[arg(long, value_enum, default_value_t = Opening::Each)]
    pub(crate) opening: Opening,
    /// The most ways of seating the strategies in a scenario; of more, so many are taken, spread evenly
    #[arg(long, default_value_t = 10_000, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) seatings: u64,
    /// By what strategies are placed and compared
    #[arg(long, value_enum, default_value_t = By::Advantage)]
    pub(crate) by: By,
    /// Threads to use; the answer does not depend on it
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Write every session as a row of a CSV file
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// Write the page as one self-contained HTML file
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Keep what is done in this folder as it goes, so that it can be gone on with
    #[arg(long, value_name = "FOLDER")]
    pub(crate) state: Option<PathBuf>,
    /// Go on with what the folder of --state holds
    #[arg(long, requires = "state")]
    pub(crate) resume: bool,
    /// Sessions listed with --json
    #[arg(long, default_value_t = 1000, value_name = "COUNT")]
    pub(crate) list: u64,
    /// Print the finding as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// Name of the folder to make
    pub(crate) name: PathBuf,
    /// Print what was made as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A code such as `evidence::drifted`; without one, all of them in a line each. `strategies` and `protocols` list what is
    /// known by name
    pub(crate) code: Option<String>,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What a schema can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A case file
    Case,
    /// What `check --json` prints
    Check,
    /// What `brief --json` prints
    Brief,
    /// What `zone --json` prints of a case
    Zone,
    /// What `zone --json` prints of a domain
    Study,
    /// What `zone --compare --json` prints
    Comparison,
    /// What `order --json` prints
    Order,
    /// What `mandate --json` prints
    Mandate,
    /// What `stability --json` prints of a case
    Stability,
    /// What `stability --json` prints of the file of a conflict
    Conflict,
    /// What `talks --json` prints
    Talks,
    /// What `tournament --json` prints
    Tournament,
    /// What `explain --json` prints
    Explain,
    /// What `convert --json` prints
    Convert,
    /// What `new --json` prints
    New,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t = SchemaOf::Case)]
    pub(crate) of: SchemaOf,
    /// A schema is JSON already; the flag is taken so that every verb has it
    #[arg(long)]
    pub(crate) json: bool,
}
