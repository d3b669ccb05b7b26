//! Files of conflicts: which form a file has, and what was read of it.

use super::few::Few;
use super::{Input, LARGEST_FILE, Written, genius, gmcr, graph_csv, tree};
use crate::game::conflict::{Conflict, Graph};
use crate::text::{Code, Diagnostic, Diagnostics, SourceMap, Span};

/// A conflict in the form in which its file has it.
#[derive(Debug, Clone)]
pub enum Read {
    /// Options and who holds them (`.gmcr`).
    Options {
        /// The conflict.
        conflict: Conflict,
        /// Groups of two and more decision makers that the file lets act together, by position.
        coalitions: Vec<Vec<usize>>,
    },
    /// States and moves (CSV).
    Graph(Graph),
}

/// What reading the file of a conflict gave.
#[derive(Debug, Clone, Default)]
pub struct LoadedConflict {
    /// The conflict; `None` when an error stopped it.
    pub conflict: Option<Read>,
    /// Everything found, sorted by place.
    pub diagnostics: Diagnostics,
    /// The file that the diagnostics point into.
    pub files: SourceMap,
}

/// Reads a conflict from a file of another program: the `.gmcr` JSON of GMCR+ and gmcr-py, or a graph of states and
/// moves as CSV. The form is told from the content.
///
/// Errors keep the conflict from being made; each says where and why: no decision maker, an option that nobody or
/// several hold, a pattern that contradicts itself, patterns that leave no state, too many statements, a ranking that
/// misses or repeats a state, preferences in a circle.
///
/// ```
/// use detente::exchange::{Input, Read, read_conflict};
/// let text = "maker,A\nmaker,B\nstate,quiet\nstate,loud\nmove,A,quiet,loud\nbetter,A,loud,quiet\nrank,B,quiet,1\nrank,B,loud,0\n";
/// let loaded = read_conflict(&Input { name: "noise.csv".into(), bytes: text.into() });
/// let Some(Read::Graph(graph)) = loaded.conflict else { panic!("{:?}", loaded.diagnostics) };
/// assert_eq!(graph.states, ["quiet", "loud"]);
/// assert!(graph.makers[0].order.prefers(1, 0));
/// ```
#[must_use]
pub fn read_conflict(input: &Input) -> LoadedConflict {
    let mut loaded = LoadedConflict::default();
    if input.bytes.len() > LARGEST_FILE {
        let file = loaded.files.add(&input.name, "");
        let message = format!("`{}` is larger than {} MiB", input.name, LARGEST_FILE >> 20);
        loaded.diagnostics.push(Diagnostic::new(Code::ExchangeLimit, message).at(Span::new(file, 0..0), ""));
        return loaded;
    }
    let (text, encoding) = genius::decode(&input.bytes);
    let file = loaded.files.add(&input.name, text);
    let text = loaded.files.text(file);
    let whole = Span::new(file, 0..text.chars().next().map_or(0, char::len_utf8));
    if let Some(encoding) = encoding {
        let message = format!("`{}` is not UTF-8; it was read as {encoding}", input.name);
        loaded.diagnostics.push(Diagnostic::new(Code::ExchangeRepaired, message).at(whole, "this file"));
    }
    let mut few = Few::default();
    let unknown = || {
        let message = format!("`{}` is no conflict that is known", input.name);
        let found = Diagnostic::new(Code::ExchangeUnknown, message).at(whole, "this file");
        found.hint("known are the .gmcr files of GMCR+, and tables with rows that begin with state, maker and move")
    };
    let braced = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    let found = if braced {
        match super::json::read(file, text) {
            Ok(node) if gmcr::looks_like(&node) => gmcr::read(&node, &mut few),
            Ok(_) => {
                few.push(unknown());
                None
            }
            Err(fault) => {
                few.push(fault);
                None
            }
        }
    } else if graph_csv::looks_like(text) {
        graph_csv::read(file, text, &mut few).map(Read::Graph)
    } else {
        few.push(unknown());
        None
    };
    loaded.conflict = found.filter(|_| !few.has_errors());
    few.into(&mut loaded.diagnostics);
    loaded.diagnostics.sort();
    loaded
}

/// Whether a tree is a conflict; then a scenario was not meant.
pub(crate) fn is_conflict(node: &tree::Node) -> bool {
    gmcr::looks_like(node)
}

/// Writes a conflict as `.gmcr` JSON, which [`read_conflict`] reads into the same states, moves and preferences.
///
/// Nothing is written where the file would say something else: an issue with other than two values, one moved by
/// consent, or pairs whose order is not known. Preferences that are no statements become rankings where there are few
/// states. What is left out (the strength of preferences) is said.
#[must_use]
pub fn write_gmcr(conflict: &Conflict, coalitions: &[Vec<usize>]) -> Written {
    let mut lost = Diagnostics::default();
    let text = gmcr::write(conflict, coalitions, &mut lost);
    written("conflict.gmcr", text, lost)
}

/// Writes a graph as CSV, which [`read_conflict`] reads into the same graph.
///
/// Nothing is written where two decision makers have one id, which rows could not tell apart.
#[must_use]
pub fn write_graph(graph: &Graph) -> Written {
    let mut lost = Diagnostics::default();
    let text = graph_csv::write(graph, &mut lost);
    written("conflict.csv", text, lost)
}

fn written(name: &str, text: Option<String>, lost: Diagnostics) -> Written {
    let files = text.filter(|_| !lost.has_errors()).map(|text| (name.to_string(), text));
    Written { files: files.into_iter().collect(), lost }
}
