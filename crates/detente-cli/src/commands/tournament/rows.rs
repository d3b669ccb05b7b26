//! Sessions as rows of a CSV file (RFC 4180).

use crate::Failure;
use crate::output::csv_cell;
use detente::field::{Ready, Row};
use detente::talks::How;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What all rows of a table share: names ready to be written.
pub(super) struct Table<'a> {
    ready: &'a Ready,
    /// The most parties of any scenario: so many columns each measure of a party has.
    parties: usize,
    /// Whether any utility shrinks with time.
    discounts: bool,
    strategies: Vec<String>,
    /// Models that ride along, as columns: Spearman's correlation for each party.
    models: Vec<String>,
    scenarios: Vec<Names>,
    lines: Vec<u8>,
}

struct Names {
    name: String,
    parties: Vec<String>,
    /// Issue, then value: `issue=value`.
    values: Vec<Vec<String>>,
}

impl<'a> Table<'a> {
    pub(super) fn new(ready: &'a Ready) -> Self {
        let scenarios: Vec<Names> = (0..ready.plan().scenarios.len())
            .map(|at| {
                let (scenario, _) = ready.arena(at);
                let issue = |issue: &detente::game::Issue| {
                    issue.values.iter().map(|value| format!("{}={}", issue.id, value.id)).collect()
                };
                Names {
                    name: csv_cell(&ready.plan().scenarios[at].name),
                    parties: scenario.parties.iter().map(|party| csv_cell(&party.name)).collect(),
                    values: scenario.space.issues.iter().map(issue).collect(),
                }
            })
            .collect();
        Table {
            ready,
            parties: scenarios.iter().map(|names| names.parties.len()).max().unwrap_or(0),
            discounts: (0..scenarios.len())
                .any(|at| ready.arena(at).0.parties.iter().any(|party| party.discount.is_some())),
            strategies: ready.names().iter().map(|name| csv_cell(name)).collect(),
            // A name in a column is a word: brackets and commas would need quotes in every line.
            models: ready.plan().watchers.iter().map(|model| column(&model.to_string())).collect(),
            scenarios,
            lines: Vec::new(),
        }
    }

    /// The first line.
    pub(super) fn head(&self) -> String {
        let each = |name: &str| (1..=self.parties).map(|n| format!("{name}_{n}")).collect::<Vec<_>>().join(",");
        let discounted = if self.discounts { format!("{},", each("discounted")) } else { String::new() };
        format!(
            "index,scenario,opens,repetition,seed,{},ending,by,rounds,{},{},{discounted}welfare,gap,to_frontier,to_nash,\
             to_kalai_smorodinsky,{}outcome\r\n",
            each("strategy"),
            each("utility"),
            each("advantage"),
            self.models.iter().map(|model| format!("{},", each(model))).collect::<String>()
        )
    }

    /// Rows as lines.
    pub(super) fn lines(&mut self, rows: &[Row]) -> &[u8] {
        let mut lines = std::mem::take(&mut self.lines);
        lines.clear();
        for row in rows {
            // Writing to memory does not fail.
            let _ = self.line(&mut lines, row);
        }
        self.lines = lines;
        &self.lines
    }

    fn line(&self, out: &mut Vec<u8>, row: &Row) -> std::io::Result<()> {
        let Some(names) = self.scenarios.get(row.place.scenario) else { return Ok(()) };
        let party = |at: usize| names.parties.get(at).map_or("", String::as_str);
        let place = &row.place;
        write!(
            out,
            "{},{},{},{},{}",
            row.index,
            names.name,
            party(place.opens),
            place.repetition,
            self.ready.plan().seed
        )?;
        for at in 0..self.parties {
            let strategy = place.strategies.get(at).and_then(|strategy| self.strategies.get(*strategy));
            write!(out, ",{}", strategy.map_or("", String::as_str))?;
        }
        let by = match row.how {
            How::Left(at) | How::Breach(at) => party(at),
            _ => "",
        };
        write!(out, ",{},{by},{}", row.ending(), row.rounds)?;
        for at in 0..self.parties {
            number(out, row.utilities.get(at).copied())?;
        }
        for at in 0..self.parties {
            number(out, row.advantages.get(at).copied().flatten())?;
        }
        for at in 0..if self.discounts { self.parties } else { 0 } {
            number(out, row.discounted.get(at).copied().flatten())?;
        }
        for value in [Some(row.welfare), row.gap, row.to_frontier, row.to_nash, row.to_kalai_smorodinsky] {
            number(out, value)?;
        }
        let seated = place.strategies.len();
        for at in (0..self.models.len()).flat_map(|model| (0..self.parties).map(move |party| (model, party))) {
            let known = row.watched.get(at.0 * seated + at.1).filter(|_| at.1 < seated);
            number(out, known.and_then(|known| known.spearman))?;
        }
        let digits = row.outcome.iter().flat_map(|outcome| outcome.digits());
        let values: Vec<&str> = digits
            .zip(&names.values)
            .filter_map(|(digit, values)| values.get(usize::from(*digit)).map(String::as_str))
            .collect();
        write!(out, ",{}\r\n", csv_cell(&values.join("; ")))
    }
}

/// A name as the name of a column.
fn column(name: &str) -> String {
    let word: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("spearman_{}", word.trim_matches('_'))
}

fn number(out: &mut Vec<u8>, value: Option<f64>) -> std::io::Result<()> {
    match value {
        Some(value) => write!(out, ",{value}"),
        None => out.write_all(b","),
    }
}

/// A file that grows beside its place and takes it when it is whole.
pub(super) struct Growing {
    file: std::io::BufWriter<tempfile::NamedTempFile>,
    path: PathBuf,
}

impl Growing {
    pub(super) fn new(path: &Path, head: String) -> Result<Self, Failure> {
        let cannot = |error: std::io::Error| cannot(path, &error);
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(".detente-").tempfile_in(folder).map_err(cannot)?;
        let mut growing = Growing { file: std::io::BufWriter::new(file), path: path.to_path_buf() };
        growing.add(head.as_bytes())?;
        Ok(growing)
    }

    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| cannot(&self.path, &error))
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        let Growing { file, path } = self;
        let file = file.into_inner().map_err(|error| cannot(&path, error.error()))?;
        crate::output::readable_by_others(file.path());
        file.persist(&path).map(|_| ()).map_err(|error| cannot(&path, &error.error))
    }
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::found(format!("cannot write {}: {error}", path.display()))
}
