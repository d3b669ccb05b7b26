//! `detente convert`: a scenario from one format into another.

use super::convert_conflict;
use crate::args::{Convert, ScenarioFormat};
use crate::{Ended, Failure, diagnose, output, scenario};
use detente::exchange::{Format, Loaded, write};
use detente::game::Scenario;
use detente::text::{Diagnostics, Severity, SourceMap};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What `convert --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Converted {
    /// The format read, as `--to` would name it; `gmcr` or `graph` of a conflict.
    pub(super) from: Option<&'static str>,
    /// The format written.
    pub(super) to: &'static str,
    /// The name of the scenario; empty when it has none.
    pub(super) scenario: String,
    /// Issues.
    pub(super) issues: usize,
    /// Outcomes, exactly, in decimal: it may have many digits.
    pub(super) outcomes: String,
    /// The parties in order.
    pub(super) parties: Vec<String>,
    /// The files written.
    pub(super) files: Vec<String>,
    /// What was found while reading.
    pub(super) found: Vec<Remark>,
    /// What the format written cannot hold.
    pub(super) lost: Vec<Remark>,
}

/// Something found or lost.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Remark {
    /// The stable code; `detente explain CODE` tells more.
    code: &'static str,
    /// How bad it is.
    severity: Severity,
    /// In words.
    message: String,
    /// File, line and column, where there is a place.
    place: Option<String>,
}

pub(crate) fn run(arguments: &Convert) -> Result<Ended, Failure> {
    let Some((out, inputs)) = arguments.paths.split_last().filter(|(_, inputs)| !inputs.is_empty()) else {
        return Err(Failure::usage("convert needs what to read and where to write")
            .hint("detente convert FOLDER OUT --to negmas, or detente convert DOMAIN PROFILE PROFILE OUT --to case"));
    };
    if out.exists() {
        return Err(Failure::usage(format!("{} is already there", out.display()))
            .hint("nothing is written over; choose another name or move it away"));
    }
    if let ([input], true, None) = (inputs, convert_conflict::is_conflict(out), arguments.to) {
        return convert_conflict::run(input, out, arguments.json);
    }
    let format = target(arguments.to, out)?;
    let loaded = scenario::load(inputs, &arguments.parties)?;
    let Some(scenario) = &loaded.scenario else {
        output::problem(diagnose::draw(&loaded.diagnostics, &loaded.files, Severity::Note).trim_end());
        output::problem(&format!("\nThe scenario cannot be read: {}.", diagnose::tally(&loaded.diagnostics)));
        return Ok(Ended::Found);
    };
    let written = write(scenario, format);
    if written.files.is_empty() {
        output::problem(diagnose::draw(&written.lost, &loaded.files, Severity::Warning).trim_end());
        output::problem(&format!("\nNothing was written: {} cannot hold this scenario.", format.name()));
        return Ok(Ended::Found);
    }
    let files = put(&written.files, out)?;
    if arguments.json {
        let told = Converted {
            from: loaded.format.map(Format::word),
            to: format.word(),
            scenario: scenario.name.clone(),
            issues: scenario.space.issues.len(),
            outcomes: scenario.space.count(),
            parties: scenario.parties.iter().map(|p| p.name.clone()).collect(),
            files: files.iter().map(|f| f.display().to_string()).collect(),
            found: remarks(&loaded.diagnostics, &loaded.files),
            lost: remarks(&written.lost, &loaded.files),
        };
        output::print(&output::json(&told)?)?;
    } else {
        output::print(&told(&loaded, scenario, format, &files, &written.lost))?;
    }
    Ok(Ended::Fine)
}

/// The format to write: as asked for, else as the name of the file says.
fn target(asked: Option<ScenarioFormat>, out: &Path) -> Result<Format, Failure> {
    if let Some(asked) = asked {
        return Ok(asked.format());
    }
    let ending = out.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "toml" => Ok(Format::Case),
        "xml" => Ok(Format::Genius),
        "yml" | "yaml" => Ok(Format::NegMas),
        _ => Err(Failure::usage(format!("it is not clear in which format to write {}", out.display()))
            .hint("add --to genius, geniusweb, negmas, negolog or case")),
    }
}

/// Writes the files: one under the name given where that is the name of a file, else into a new folder.
fn put(files: &[(String, String)], out: &Path) -> Result<Vec<PathBuf>, Failure> {
    let cannot = |error: std::io::Error| {
        Failure::found(format!("cannot write {}: {error}", out.display())).hint("nothing was changed")
    };
    if let ([(name, text)], true) = (files, out.extension().is_some()) {
        let same_ending = Path::new(name).extension() == out.extension();
        if same_ending {
            output::write_whole(out, text.as_bytes())?;
            return Ok(vec![out.to_path_buf()]);
        }
    }
    let parent = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Under another name first, so that nobody finds it half-made.
    let temporary = tempfile::Builder::new().prefix(".detente-").tempdir_in(parent).map_err(cannot)?;
    for (name, text) in files {
        std::fs::write(temporary.path().join(name), text).map_err(cannot)?;
    }
    let made = temporary.keep();
    std::fs::rename(&made, out).map_err(|error| {
        let _ = std::fs::remove_dir_all(&made);
        cannot(error)
    })?;
    output::open_to_others(out);
    Ok(files.iter().map(|(name, _)| out.join(name)).collect())
}

pub(super) fn remarks(diagnostics: &Diagnostics, files: &SourceMap) -> Vec<Remark> {
    let place = |span| {
        let (line, column) = files.line_column(span);
        format!("{}:{line}:{column}", files.name(span.file))
    };
    let remark = |d: &detente::text::Diagnostic| Remark {
        code: d.code.as_str(),
        severity: d.severity,
        message: d.message.clone(),
        place: d.span().map(place),
    };
    diagnostics.iter().map(remark).collect()
}

/// What a person reads: what was read, what was written, what could not be held.
fn told(loaded: &Loaded, scenario: &Scenario, format: Format, files: &[PathBuf], lost: &Diagnostics) -> String {
    let mut out = diagnose::draw(&loaded.diagnostics, &loaded.files, Severity::Warning);
    let name = if scenario.name.is_empty() { String::new() } else { format!(" `{}`", scenario.name) };
    let from = loaded.format.map_or("", Format::name);
    let parties = scenario.parties.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    let _ = writeln!(
        out,
        "Read{name} ({from}): {} issues, {} outcomes, parties {parties}.",
        scenario.space.issues.len(),
        scenario.space.count()
    );
    let _ = writeln!(out, "Wrote it for {}:", format.name());
    for file in files {
        let _ = writeln!(out, "  {}", file.display());
    }
    if !lost.is_empty() {
        let _ = writeln!(out, "\nWhat the format cannot hold:");
        for diagnostic in lost {
            let _ = writeln!(out, "  - {}", diagnostic.message);
            for more in diagnostic.notes.iter().chain(&diagnostic.hints) {
                let _ = writeln!(out, "    {more}");
            }
        }
    }
    let notes = loaded.diagnostics.count(Severity::Note);
    if notes > 0 {
        let _ =
            writeln!(out, "\n{notes} {} on reading; `--json` lists them.", if notes == 1 { "note" } else { "notes" });
    }
    out
}
