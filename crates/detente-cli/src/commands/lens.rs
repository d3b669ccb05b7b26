//! `detente zone`, `order`, `mandate`: one question, as a page of text or as JSON; and all of them for a brief.

use super::{Sound, on_threads, sound};
use crate::args::{Draws, Lens as Arguments};
use crate::progress::Progress;
use crate::{Ended, Failure, diagnose, output};
use detente::brief::compose::{Colophon, Findings, compose};
use detente::brief::content::{Brief, Section};
use detente::brief::render;
use detente::brief::sections;
use detente::case::Case;
use detente::game::Belief;
use detente::lens::mandate::{MandateAnswer, mandate as may_sign};
use detente::lens::order::order as in_what_order;
use detente::lens::stability::{Stability, StabilityAnswer};
use detente::lens::talks::Talks;
use detente::lens::zone::{Zone, ZoneAnswer};
use detente::lens::{Finding, Lens, Question};
use detente::text::Diagnostics;

/// Draws of a brief for each session of its talks, which takes much longer than a draw.
const DRAWS_A_SESSION: u64 = 5;

/// The zone of a case, over the games that fit it.
pub(super) fn zone_of_case(sound: &Sound, draws: &Draws, json: bool) -> Result<Ended, Failure> {
    let Some(finding) = zone_of(sound, draws)? else {
        return Err(Failure::found("the case has no issues, so there is no zone to look for")
            .hint("add [issues.NAME] entries with values and a status quo"));
    };
    let sections =
        [Some(sections::zone_section(&sound.case, &finding)), sections::gives_section(&sound.case, &finding)];
    print(&output::json(&finding)?, &sections.into_iter().flatten().collect::<Vec<_>>(), json)
}

pub(crate) fn order(arguments: &Arguments) -> Result<Ended, Failure> {
    answer(arguments, |sound| {
        let finding = in_what_order(&sound.case);
        Ok((output::json(&finding)?, vec![sections::order_section(&sound.case, &finding)]))
    })
}

pub(crate) fn mandate(arguments: &Arguments) -> Result<Ended, Failure> {
    answer(arguments, |sound| {
        let zone = zone_of(sound, &arguments.draws)?;
        let finding = mandates_of(&sound.case, zone.as_ref());
        Ok((output::json(&finding)?, vec![sections::mandate_section(&sound.case, &finding)]))
    })
}

/// Reads the case, asks, and prints the answer in the form that was asked for.
fn answer(
    arguments: &Arguments,
    ask: impl FnOnce(&Sound) -> Result<(String, Vec<Section>), Failure>,
) -> Result<Ended, Failure> {
    let Some(sound) = sound(&arguments.source)? else { return Ok(Ended::Found) };
    let (json, sections) = ask(&sound)?;
    print(&json, &sections, arguments.json)
}

/// Prints an answer as JSON or as pages of text.
pub(super) fn print(json: &str, sections: &[Section], as_json: bool) -> Result<Ended, Failure> {
    if as_json {
        output::print(json)?;
    } else {
        let width = diagnose::width().min(100);
        let pages: Vec<String> = sections.iter().map(|s| render::section_text(s, width)).collect();
        output::print(&pages.join("\n"))?;
    }
    Ok(Ended::Fine)
}

/// The zone finding of a case; none when it has no issues.
fn zone_of(sound: &Sound, draws: &Draws) -> Result<Option<Finding<ZoneAnswer>>, Failure> {
    asked(&Zone, sound, draws)
}

/// Whether states of affairs of a case hold; none when it has no issues.
pub(super) fn stability_of(sound: &Sound, draws: &Draws) -> Result<Option<Finding<StabilityAnswer>>, Failure> {
    asked(&Stability, sound, draws)
}

/// A lens asked of the games that fit a case; none when there is nothing to negotiate.
pub(super) fn asked<L: Lens + Sync>(
    lens: &L,
    sound: &Sound,
    draws: &Draws,
) -> Result<Option<Finding<L::Answer>>, Failure>
where
    L::Answer: Send,
{
    let Some(belief) = Belief::of(&sound.case, &mut Diagnostics::default()) else { return Ok(None) };
    let progress = Progress::new();
    let tell = |done, total| progress.at(done, total);
    let question =
        Question { case: &sound.case, belief: &belief, draws: draws.draws, seed: draws.seed, progress: &tell };
    on_threads(draws, || lens.ask(&question)).map(Some)
}

/// The mandates against the named packages and the partial agreements that were found.
fn mandates_of(case: &Case, zone: Option<&Finding<ZoneAnswer>>) -> Finding<MandateAnswer> {
    let partial = zone.iter().flat_map(|z| &z.answer.partial).take(5).enumerate();
    let extra: Vec<_> = partial.map(|(i, package)| (format!("partial-{}", i + 1), package.terms.clone())).collect();
    may_sign(case, &extra)
}

/// The brief of a case: every lens asked, every section written.
pub(crate) fn brief(sound: &Sound, draws: &Draws) -> Result<Brief, Failure> {
    let zone = zone_of(sound, draws)?;
    let order = in_what_order(&sound.case);
    let mandate = mandates_of(&sound.case, zone.as_ref());
    let stability = stability_of(sound, draws)?;
    let sessions = Draws { draws: draws.draws.div_ceil(DRAWS_A_SESSION), ..draws.clone() };
    let talks = asked(&Talks::default(), sound, &sessions)?;
    let findings = Findings {
        zone: zone.as_ref(),
        order: &order,
        mandate: &mandate,
        stability: stability.as_ref(),
        talks: talks.as_ref(),
    };
    let colophon = Colophon::new(&sound.files, draws.seed, draws.draws);
    Ok(compose(&sound.case, &sound.diagnostics, &findings, &colophon))
}
