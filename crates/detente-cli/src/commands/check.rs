//! `detente check`: everything there is to say about a case before it is used.

use crate::args::Check;
use crate::files::Place;
use crate::{Ended, Failure, diagnose, output};
use detente::text::Severity;
use std::fmt::Write;

pub(crate) fn run(arguments: &Check) -> Result<Ended, Failure> {
    let place = Place::of(&arguments.source.case)?;
    let reading = detente::game::check(place.read(arguments.source.strict));
    let ended = if reading.diagnostics.has_errors() { Ended::Found } else { Ended::Fine };
    if arguments.json {
        output::print(&output::json(&reading.report())?)?;
        return Ok(ended);
    }
    let least = if arguments.verbose { Severity::Note } else { Severity::Warning };
    let mut out = diagnose::draw(&reading.diagnostics, &reading.files, least);
    let report = reading.report();
    if let Some(summary) = &report.summary {
        for line in summary.lines() {
            let _ = writeln!(out, "{line}");
        }
    }
    let _ = writeln!(out, "{}: {}", place.name(), diagnose::tally(&reading.diagnostics));
    if !arguments.verbose && reading.diagnostics.count(Severity::Note) > 0 {
        let _ = writeln!(out, "`--verbose` shows the notes; `detente explain CODE` tells more about a code.");
    }
    output::print(&out)?;
    Ok(ended)
}
