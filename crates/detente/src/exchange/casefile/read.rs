//! The one game of a case in which every number is a point.

use crate::case::{self, OpenError, ReadOptions};
use crate::exchange::Format;
use crate::exchange::{Input, Loaded};
use crate::game::{Belief, Scenario};
use crate::text::{Code, Diagnostic, Diagnostics, FileId, Severity, Span, did_you_mean};

/// More claims than this are counted, not listed.
const MOST_LISTED: usize = 12;

/// Reads a case, which may extend other files among the inputs.
pub(crate) fn read(main: &Input, inputs: &[Input], parties: Option<&[String]>) -> Loaded {
    let open = |name: &str| {
        let found = inputs.iter().find(|i| i.name == name).or_else(|| {
            let last = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_string();
            inputs.iter().find(|i| last(&i.name) == last(name))
        });
        if name == main.name {
            Ok(main.bytes.clone())
        } else {
            found.map(|i| i.bytes.clone()).ok_or(OpenError::Missing)
        }
    };
    let reading = case::read(&main.name, &open, ReadOptions::default());
    let mut diagnostics = Diagnostics::default();
    // Sources are not needed for the numbers; nor is what is said about quotes.
    let about_text = |d: &Diagnostic| d.code == Code::FileMissing || d.code.as_str().starts_with("evidence::");
    diagnostics.extend(reading.diagnostics.into_iter().filter(|d| d.severity == Severity::Error && !about_text(d)));
    let mut loaded = Loaded { format: Some(Format::Case), files: reading.files, ..Loaded::default() };
    let here = Span::new(FileId(0), 0..0);
    if let Some(case) = reading.case.filter(|_| !diagnostics.has_errors())
        && let Some(belief) = Belief::of(&case, &mut diagnostics)
    {
        loaded.profiles = belief.parties().iter().filter(|p| p.consents).map(|p| p.id.clone()).collect();
        if belief.is_point() {
            let scenario = scenario(&belief, &case.document.title, here, &mut diagnostics);
            loaded.scenario = choose(scenario, parties, here, &mut diagnostics);
        } else {
            diagnostics.push(open_numbers(&belief, here));
        }
    }
    diagnostics.sort();
    loaded.diagnostics = diagnostics;
    loaded
}

fn scenario(belief: &Belief, title: &str, here: Span, diagnostics: &mut Diagnostics) -> Scenario {
    let mut scenario = Scenario::from(&belief.draw(1, 0));
    scenario.name = title.to_string();
    let consenting = belief.parties().iter().filter(|p| p.consents);
    for (profile, party) in scenario.parties.iter_mut().zip(consenting) {
        profile.name.clone_from(&party.id);
    }
    for party in belief.parties().iter().filter(|p| !p.consents) {
        let message = format!("`{}` need not consent to an agreement and is left out", party.id);
        diagnostics.push(Diagnostic::new(Code::ExchangeIgnored, message).at(here, "in this case"));
    }
    scenario
}

fn choose(
    mut scenario: Scenario,
    parties: Option<&[String]>,
    here: Span,
    diagnostics: &mut Diagnostics,
) -> Option<Scenario> {
    let Some(names) = parties else { return Some(scenario) };
    let mut chosen = Vec::new();
    for name in names {
        let found = scenario.parties.iter().find(|p| p.name == *name);
        if found.is_none() {
            let known = scenario.parties.iter().map(|p| p.name.as_str());
            let message = format!("there is no party `{name}`");
            diagnostics.push(
                Diagnostic::new(Code::ExchangeName, message)
                    .at(here, "in this case")
                    .maybe_hint(did_you_mean(name, known)),
            );
        }
        chosen.push(found?.clone());
    }
    scenario.parties = chosen;
    Some(scenario)
}

/// Why the case has more than one game: the claims that are ranges, and the parties whose preferences are
/// given in statements.
fn open_numbers(belief: &Belief, here: Span) -> Diagnostic {
    let drawn: Vec<String> = belief.inputs().iter().filter(|i| i.drawn).map(|i| format!("`{}`", i.claim)).collect();
    let mut found =
        Diagnostic::new(Code::ExchangeUnsupported, "the case leaves numbers open, so it is many games and not one")
            .at(here, "this case");
    if !drawn.is_empty() {
        let more = drawn.len().saturating_sub(MOST_LISTED);
        let shown = drawn.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        found = found.note(format!("claims with a range: {shown}{more}"));
    }
    // Preferences that differ between draws are not given by numbers alone.
    let draws: Vec<_> = (0..16).map(|index| belief.draw(1, index)).collect();
    let worth = |draw: &crate::game::Game, party: usize| draw.players.get(party).map(|p| p.worth.clone());
    let varies = |party: &usize| draws.windows(2).any(|w| matches!(w, [a, b] if worth(a, *party) != worth(b, *party)));
    let parties = belief.parties().iter().enumerate().filter(|(at, _)| varies(at));
    let vague: Vec<String> = parties.map(|(_, p)| format!("`{}`", p.id)).collect();
    if !vague.is_empty() {
        found = found.note(format!("preferences that are not fixed by numbers: {}", vague.join(", ")));
    }
    found.hint(
        "give every issue a weight and every value a score as points, or ask `detente zone CASE`, which draws games",
    )
}
