//! `detente talks`: sessions of a case.

use super::lens::{asked, print};
use super::{Sound, on_threads, sound};
use crate::args::{Draws, Talks as Arguments};
use crate::{Ended, Failure, output};
use detente::brief::sections;
use detente::game::Belief;
use detente::lens::talks::Talks;
use detente::lens::{Finding, Question, talks::TalksAnswer};
use detente::strategy::Recipe;
use detente::text::Diagnostics;
use std::path::Path;

pub(crate) fn run(arguments: &Arguments) -> Result<Ended, Failure> {
    let lens = lens(arguments)?;
    let Some(sound) = sound(&arguments.source)? else { return Ok(Ended::Found) };
    let draws = Draws { draws: arguments.sessions, seed: arguments.seed, threads: arguments.threads };
    if let Some(session) = arguments.session.filter(|session| *session >= arguments.sessions) {
        return Err(Failure::usage(format!("there is no session {session} among {}", arguments.sessions))
            .hint("sessions are numbered from 0; ask for more with --sessions"));
    }
    let Some(finding) = asked(&lens, &sound, &draws)? else {
        return Err(Failure::found("the case has no issues, so there is nothing to talk about")
            .hint("add [issues.NAME] entries with values and a status quo"));
    };
    if let Some(path) = &arguments.log {
        log(&lens, &sound, &draws, &finding, path)?;
    }
    print(&output::json(&finding)?, &[sections::talks_section(&sound.case, &finding)], arguments.json)
}

/// What is asked, from the arguments.
fn lens(arguments: &Arguments) -> Result<Talks, Failure> {
    let mut strategies = Vec::new();
    for text in &arguments.strategies {
        let recipe = Recipe::parse(text).map_err(|faults| {
            let hint = faults.iter().find_map(|fault| fault.hint.clone());
            let failure = Failure::usage(format!("`{text}` is not a strategy: {faults}"));
            match hint {
                Some(hint) => failure.hint(hint),
                None => failure,
            }
        })?;
        if recipe.needs_others() {
            return Err(Failure::usage(format!("`{text}` needs what no party knows: the preferences of the others")));
        }
        strategies.push(recipe);
    }
    Ok(Talks { session: arguments.session, meetings: arguments.meetings, strategies })
}

/// Writes what happens in the session that is told, a line for each event.
fn log(lens: &Talks, sound: &Sound, draws: &Draws, finding: &Finding<TalksAnswer>, path: &Path) -> Result<(), Failure> {
    let Some(session) = finding.answer.told.as_ref().map(|told| told.session) else { return Ok(()) };
    let Some(belief) = Belief::of(&sound.case, &mut Diagnostics::default()) else { return Ok(()) };
    let question =
        Question { case: &sound.case, belief: &belief, draws: draws.draws, seed: draws.seed, progress: &|_, _| {} };
    let Some(events) = on_threads(draws, || lens.log(&question, session))? else { return Ok(()) };
    let mut lines = String::new();
    for event in &events {
        let line = serde_json::to_string(event)
            .map_err(|error| Failure::found(format!("cannot write the log as JSON: {error}")))?;
        lines.push_str(&line);
        lines.push('\n');
    }
    output::write_whole(path, lines.as_bytes())
}
