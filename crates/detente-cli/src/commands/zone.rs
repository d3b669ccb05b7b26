//! `detente zone`: the zone of a case, or all there is to know of a scenario in any format.

use super::lens::zone_of_case;
use super::{Sound, on_threads, sound};
use crate::args::{Source, Zone as Arguments};
use crate::files::is_case;
use crate::{Ended, Failure, diagnose, output, scenario};
use detente::analysis::solutions::proportion;
use detente::analysis::{Finding, Limits, Package, Standing, Study, cloud, standing, study, weigh};
use detente::brief::content::Section;
use detente::brief::{plot, render, sections};
use detente::game::{Belief, Exact, Scenario, decimal};
use detente::text::{Diagnostics, SourceMap};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Two scenarios beside each other, as `--compare --json` prints them.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Comparison {
    /// The first.
    first: Finding<Study>,
    /// The second.
    second: Finding<Study>,
    /// Packages on both frontiers.
    common: Vec<Package>,
}

/// What `--json` prints of a scenario: the study, and where an outcome stands that was asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Answer {
    #[serde(flatten)]
    study: Finding<Study>,
    /// Where the outcome of `--at` stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Standing>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ended, Failure> {
    if arguments.compare {
        return compare(arguments);
    }
    let one = match arguments.files.as_slice() {
        [one] if is_case(one) => one,
        _ => {
            let Some(scenario) = loaded(&arguments.files, &arguments.parties)? else { return Ok(Ended::Found) };
            return answer(&scenario, arguments);
        }
    };
    let source = Source { case: one.clone(), strict: arguments.strict };
    let Some(sound) = sound(&source)? else { return Ok(Ended::Found) };
    let extras = arguments.frontier.is_some()
        || arguments.plot.is_some()
        || arguments.at.is_some()
        || !arguments.weights.is_empty();
    if !extras {
        return zone_of_case(&sound, &arguments.draws, arguments.json);
    }
    answer(&of_case(&sound)?, arguments)
}

/// The one scenario that fits a case.
fn of_case(sound: &Sound) -> Result<Scenario, Failure> {
    let open = || {
        Failure::usage("the case leaves numbers open: --frontier, --plot, --at and --weights need one game")
            .hint("without them `detente zone` answers over many games that fit; or give every number as a point")
    };
    point_of(sound)?.ok_or_else(open)
}

/// The one scenario that fits a case; `None` where the case leaves numbers open.
pub(super) fn point_of(sound: &Sound) -> Result<Option<Scenario>, Failure> {
    let none = || Failure::found("the case has no issues, so there is nothing to negotiate");
    let belief = Belief::of(&sound.case, &mut Diagnostics::default()).ok_or_else(none)?;
    if !belief.is_point() {
        return Ok(None);
    }
    let game = belief.draw(0, 0);
    let mut scenario = Scenario::from(&game);
    scenario.name.clone_from(&sound.case.document.title);
    let consenting = belief.parties().iter().zip(&game.players).filter(|(_, player)| player.consents);
    for (profile, (party, _)) in scenario.parties.iter_mut().zip(consenting) {
        profile.name.clone_from(&party.id);
    }
    Ok(Some(scenario))
}

/// Reads the files of a scenario; draws what was found wrong on stderr.
fn loaded(files: &[PathBuf], parties: &[String]) -> Result<Option<Scenario>, Failure> {
    if let [one] = files
        && is_case(one)
    {
        let Some(sound) = sound(&Source { case: one.clone(), strict: false })? else { return Ok(None) };
        return of_case(&sound).map(Some);
    }
    let loaded = scenario::load(files, parties)?;
    scenario::show(&loaded);
    Ok(loaded.scenario)
}

fn answer(scenario: &Scenario, arguments: &Arguments) -> Result<Ended, Failure> {
    let outcome = match &arguments.at {
        Some(typed) => match scenario.outcome(typed) {
            Ok(outcome) => Some(outcome),
            Err(faults) => {
                let mut diagnostics = Diagnostics::default();
                diagnostics.extend(faults);
                let drawn = diagnose::draw(&diagnostics, &SourceMap::default(), detente::text::Severity::Error);
                output::problem(drawn.trim_end());
                return Ok(Ended::Found);
            }
        },
        None => None,
    };
    let weights = weights(scenario, &arguments.weights)?;
    let (mut finding, frontier) = on_threads(&arguments.draws, || study(scenario, arguments.limits()))?;
    if let Some(weights) = weights {
        weigh(scenario, &frontier, &weights, &mut finding);
    }
    let at = outcome.map(|o| standing(scenario, &o, &frontier, &finding.answer.solutions));
    if let Some(path) = &arguments.frontier {
        output::write_whole(path, csv(scenario, &finding.answer).as_bytes())?;
    }
    if let Some(path) = &arguments.plot {
        write_plot(path, scenario, &finding.answer)?;
    }
    if arguments.json {
        output::print(&output::json(&Answer { study: finding, at })?)?;
        return Ok(Ended::Fine);
    }
    let mut pages = vec![sections::study_section(scenario, &finding)];
    pages.extend(at.map(|at| sections::standing_section(&finding.answer, &at)));
    print(&pages)?;
    for path in [&arguments.frontier, &arguments.plot].into_iter().flatten() {
        output::print(&format!("\nWritten: {}", path.display()))?;
    }
    Ok(Ended::Fine)
}

/// Weights as typed, in whole numbers; none when none was typed.
fn weights(scenario: &Scenario, typed: &[String]) -> Result<Option<Vec<u32>>, Failure> {
    if typed.is_empty() {
        return Ok(None);
    }
    let names: Vec<&str> = scenario.parties.iter().map(|p| p.name.as_str()).collect();
    let form = format!("a weight is PARTY=NUMBER; the parties are {}", names.join(", "));
    let mut weights: Vec<Option<Exact>> = vec![None; names.len()];
    for one in typed {
        let wrong = |what: &str| Failure::usage(format!("`{one}` {what}")).hint(form.clone());
        let (name, number) = one.rsplit_once('=').ok_or_else(|| wrong("is not a weight"))?;
        let at = names.iter().position(|n| *n == name.trim()).ok_or_else(|| wrong("names no party"))?;
        let number = decimal(number).ok_or_else(|| wrong("has no number"))?;
        if weights[at].replace(number).is_some() {
            return Err(wrong("gives a party a second weight"));
        }
    }
    let weights: Option<Vec<Exact>> = weights.into_iter().map(|w| w.or_else(|| decimal("1"))).collect();
    weights.and_then(|w| proportion(&w)).map(Some).ok_or_else(|| {
        Failure::usage("the weights are in no proportion of whole numbers from 0 to 1000")
            .hint("weights are 0 or more, not all 0, and short: --weights A=2,B=1")
    })
}

fn print(pages: &[Section]) -> Result<(), Failure> {
    let width = diagnose::width().min(100);
    let pages: Vec<String> = pages.iter().map(|s| render::section_text(s, width)).collect();
    output::print(&pages.join("\n"))
}

fn write_plot(path: &Path, scenario: &Scenario, study: &Study) -> Result<(), Failure> {
    if scenario.parties.len() < 2 {
        return Err(Failure::usage("a plot of the utility space needs two parties").hint("name two profiles"));
    }
    let figure = sections::utility_space_figure(scenario, study, &cloud(scenario, (0, 1)), (0, 1));
    let figure = figure.ok_or_else(|| Failure::found("there is nothing to plot"))?;
    output::write_whole(path, plot::standalone(&figure).as_bytes())
}

/// The frontier as CSV (RFC 4180): one column per party, then one per issue.
fn csv(scenario: &Scenario, study: &Study) -> String {
    let issues = scenario.space.issues.iter().map(|i| output::csv_cell(&i.id));
    let head: Vec<String> = study.parties.iter().map(|p| output::csv_cell(p)).chain(issues).collect();
    let mut out = head.join(",") + "\r\n";
    for package in &study.frontier.points {
        let utilities = package.utilities.iter().map(ToString::to_string);
        let row: Vec<String> = utilities.chain(package.outcome.values().map(|v| output::csv_cell(v))).collect();
        let _ = write!(out, "{}\r\n", row.join(","));
    }
    out
}

/// Two scenarios beside each other.
fn compare(arguments: &Arguments) -> Result<Ended, Failure> {
    let [one, other] = arguments.files.as_slice() else {
        return Err(Failure::usage("--compare takes two scenarios")
            .hint("each is a folder with a domain and its profiles, a case, or a file"));
    };
    let read = |path: &PathBuf| loaded(std::slice::from_ref(path), &arguments.parties);
    let (Some(first), Some(second)) = (read(one)?, read(other)?) else { return Ok(Ended::Found) };
    let studied = |scenario: &Scenario| study(scenario, arguments.limits()).0;
    let (a, b) = on_threads(&arguments.draws, || (studied(&first), studied(&second)))?;
    let other_packages: std::collections::HashSet<Vec<(&String, &String)>> =
        b.answer.frontier.points.iter().map(|p| p.outcome.iter().collect()).collect();
    let shared = |p: &&Package| other_packages.contains(&p.outcome.iter().collect::<Vec<_>>());
    let common: Vec<Package> = a.answer.frontier.points.iter().filter(shared).cloned().collect();
    if arguments.json {
        output::print(&output::json(&Comparison { first: a, second: b, common })?)?;
        return Ok(Ended::Fine);
    }
    let name = |path: &PathBuf, scenario: &Scenario| {
        let own = path.file_name().map(|n| n.to_string_lossy().into_owned());
        if scenario.name.is_empty() { own.unwrap_or_default() } else { scenario.name.clone() }
    };
    let names = [name(one, &first), name(other, &second)];
    // Two of the same name are told apart by where they lie.
    let names = if names[0] == names[1] { [one, other].map(|p| p.display().to_string()) } else { names };
    let section = sections::comparison_section([&names[0], &names[1]], [&a.answer, &b.answer], &common);
    print(&[section])?;
    Ok(Ended::Fine)
}

impl Arguments {
    fn limits(&self) -> Limits {
        Limits { points: self.points, ..Limits::default() }
    }
}
