//! One file per verb.

mod brief;
mod check;
mod convert;
mod convert_conflict;
mod explain;
mod lens;
mod new;
mod schema;
mod stability;
mod talks;
mod tournament;
mod zone;

use crate::args::{Arguments, Draws, Source, Verb};
use crate::files::Place;
use crate::{Ended, Failure, diagnose, output};
use detente::case::Case;
use detente::text::{Diagnostics, Severity, SourceMap};

/// Runs the verb that was asked for.
pub(crate) fn run(arguments: Arguments) -> Result<Ended, Failure> {
    match arguments.verb {
        Verb::Brief(arguments) => brief::run(&arguments),
        Verb::Check(arguments) => check::run(&arguments),
        Verb::Zone(arguments) => zone::run(&arguments),
        Verb::Order(arguments) => lens::order(&arguments),
        Verb::Mandate(arguments) => lens::mandate(&arguments),
        Verb::Stability(arguments) => stability::run(&arguments),
        Verb::Talks(arguments) => talks::run(&arguments),
        Verb::Tournament(arguments) => tournament::run(&arguments),
        Verb::Convert(arguments) => convert::run(&arguments),
        Verb::New(arguments) => new::run(&arguments),
        Verb::Explain(arguments) => explain::run(&arguments),
        Verb::Schema(arguments) => schema::run(&arguments),
    }
}

/// A case without errors, with where it lies and what was found.
struct Sound {
    place: Place,
    case: Case,
    diagnostics: Diagnostics,
    files: SourceMap,
}

/// Reads a case that must have no errors; draws them on stderr when it has.
fn sound(source: &Source) -> Result<Option<Sound>, Failure> {
    let place = Place::of(&source.case)?;
    let reading = detente::game::check(place.read(source.strict));
    match reading.case {
        Some(case) if !reading.diagnostics.has_errors() => {
            Ok(Some(Sound { place, case, diagnostics: reading.diagnostics, files: reading.files }))
        }
        _ => {
            refuse(&reading.diagnostics, &reading.files);
            Ok(None)
        }
    }
}

/// Draws the errors that keep a case from being used.
fn refuse(diagnostics: &Diagnostics, files: &SourceMap) {
    output::problem(diagnose::draw(diagnostics, files, Severity::Error).trim_end());
    output::problem(&format!("\nThe case cannot be used: {}.", diagnose::tally(diagnostics)));
}

/// Runs something on as many threads as asked for.
fn on_threads<T: Send>(draws: &Draws, run: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(draws.threads.map_or(0, usize::from)).build();
    Ok(pool.map_err(|error| Failure::found(format!("cannot start threads: {error}")))?.install(run))
}
