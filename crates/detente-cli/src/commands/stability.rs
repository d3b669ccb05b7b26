//! `detente stability`: whether states of affairs of a case hold, or at which states a conflict rests.

use super::lens::{print, stability_of};
use super::{on_threads, sound};
use crate::args::{Source, Stability as Arguments};
use crate::files::is_case;
use crate::{Ended, Failure, diagnose, output, scenario};
use detente::analysis::Finding;
use detente::analysis::stability::account::{Account, Model, Request, Unaccounted, account};
use detente::analysis::stability::{Concept, Rule, Unanswered, Unsolved};
use detente::brief::sections;
use detente::exchange::{Input, Read, read_conflict};
use detente::game::Outcome;
use detente::game::conflict::{Conflict, Fault, Graph};
use detente::lens::stability::StabilityAnswer;
use detente::text::Severity;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What `--json` prints of the file of a conflict.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Answer {
    /// The name of the file.
    title: String,
    #[serde(flatten)]
    finding: Finding<Account>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ended, Failure> {
    if is_case(&arguments.file) { of_case(arguments) } else { of_file(arguments) }
}

/// The states of affairs a case asks about, over the games that fit it.
fn of_case(arguments: &Arguments) -> Result<Ended, Failure> {
    let source = Source { case: arguments.file.clone(), strict: arguments.strict };
    let Some(sound) = sound(&source)? else { return Ok(Ended::Found) };
    let concepts = arguments.concept.iter().map(|name| core(name)).collect::<Result<Vec<Concept>, _>>()?;
    let Some(mut finding) = stability_of(&sound, &arguments.draws)? else {
        return Err(Failure::found("the case has nothing to negotiate, so there is no state of affairs to ask about")
            .hint("add [issues.NAME] entries with values and a status quo, and two parties"));
    };
    if finding.answer.situations.is_empty() {
        return Err(Failure::found(finding.answer.missing.join(" "))
            .hint("`Would it hold` in docs/how-to/write-a-case.md says more"));
    }
    if let Some(id) = arguments.state.as_ref().or(arguments.inverse.as_ref()) {
        only(&mut finding.answer, id)?;
    }
    // The page tells of all five in one table.
    let section = sections::stability_section(&sound.case, &finding);
    if !concepts.is_empty() {
        keep(&mut finding.answer, &concepts);
    }
    if let Some(path) = &arguments.csv {
        output::write_whole(path, case_csv(&finding.answer).as_bytes())?;
    }
    print(&output::json(&finding)?, &[section], arguments.json)
}

/// One of the five concepts: a case asks for no other.
fn core(name: &str) -> Result<Concept, Failure> {
    Concept::named(name.trim()).ok_or_else(|| {
        Failure::usage(format!("`{name}` is not asked of a case"))
            .hint("R, GMR, SMR, SEQ, SSEQ; others of the file of a conflict")
    })
}

/// Leaves one state of affairs in an answer, by its id or name.
fn only(answer: &mut StabilityAnswer, id: &str) -> Result<(), Failure> {
    let known: Vec<String> = answer.situations.iter().map(|s| s.id.clone()).collect();
    answer.situations.retain(|s| s.id == id || s.name == id);
    if answer.situations.is_empty() {
        return Err(Failure::usage(format!("the case asks about no state of affairs `{id}`"))
            .hint(format!("it asks about {}; [states.NAME] adds one", known.join(", "))));
    }
    Ok(())
}

/// Leaves some concepts in an answer.
fn keep(answer: &mut StabilityAnswer, concepts: &[Concept]) {
    let kept = |concept: &Concept| concepts.contains(concept);
    answer.equilibria.retain(|concept, _| kept(concept));
    answer.stable.values_mut().for_each(|of| of.retain(|concept, _| kept(concept)));
    for situation in &mut answer.situations {
        situation.holds.retain(|concept, _| kept(concept));
        situation.makers.iter_mut().for_each(|m| m.stable.retain(|concept, _| kept(concept)));
        situation.equilibria.retain(|concept, _| kept(concept));
        situation.stable.values_mut().for_each(|of| of.retain(|concept, _| kept(concept)));
    }
}

/// One row per state of affairs, decision maker (or all) and concept: the share of draws with its interval.
fn case_csv(answer: &StabilityAnswer) -> String {
    let mut out = "state,for,concept,share,low,high,draws\r\n".to_string();
    for situation in &answer.situations {
        let all = situation.holds.iter().map(|(concept, of)| ("all", concept, of));
        let each =
            situation.makers.iter().flat_map(|m| m.stable.iter().map(|(concept, of)| (m.id.as_str(), concept, of)));
        for (who, concept, of) in all.chain(each) {
            let row = [
                situation.id.clone(),
                who.to_string(),
                concept.short().to_string(),
                of.share.to_string(),
                of.low.to_string(),
                of.high.to_string(),
                of.draws.to_string(),
            ];
            let _ = write!(out, "{}\r\n", row.join(","));
        }
    }
    out
}

/// The stable states of a conflict in a file.
fn of_file(arguments: &Arguments) -> Result<Ended, Failure> {
    let path = &arguments.file;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let bytes = scenario::bytes(path)?;
    let loaded = read_conflict(&Input { name: path.display().to_string(), bytes });
    let drawn = diagnose::draw(&loaded.diagnostics, &loaded.files, Severity::Warning);
    if !drawn.trim().is_empty() {
        output::problem(drawn.trim_end());
    }
    let Some(read) = loaded.conflict else { return Ok(Ended::Found) };
    let model = match &read {
        Read::Options { conflict, .. } => Model::Options(conflict),
        Read::Graph(graph) => Model::Graph(graph),
    };
    let request = Request {
        rules: rules(&arguments.concept)?,
        // A CSV lists everything that is listed.
        listed: if arguments.csv.is_some() { usize::MAX } else { arguments.list },
        state: arguments.state.as_deref().map(|typed| state(&model, typed)).transpose()?,
        wanted: arguments.inverse.as_deref().map(|typed| state(&model, typed)).transpose()?,
        paths: arguments.path,
    };
    let finding = on_threads(&arguments.draws, || account(model, &request))?.map_err(|why| failure(&why, &model))?;
    if let Some(path) = &arguments.csv {
        output::write_whole(path, csv(&finding.answer).as_bytes())?;
    }
    let section = sections::conflict_section(&name, &finding);
    let ended = print(&output::json(&Answer { title: name, finding })?, &[section], arguments.json)?;
    if let (Some(path), false) = (&arguments.csv, arguments.json) {
        output::print(&format!("\nWritten: {}", path.display()))?;
    }
    Ok(ended)
}

fn rules(names: &[String]) -> Result<Vec<Rule>, Failure> {
    let named = |name: &String| {
        Rule::named(name.trim()).ok_or_else(|| {
            Failure::usage(format!("`{name}` is no concept of stability")).hint(
                "R, GMR, SMR, SEQ, SSEQ; SIM, SEQ+SIM; L1, L2 …, NM (and L2-pessimistic … for more than two decision makers); \
                 CNash, CGMR, CSMR, CSEQ; strong-SEQ, weak-SEQ …; SEQ-a … SEQ-d",
            )
        })
    };
    names.iter().map(named).collect()
}

/// A state as typed: its ordinal, its letters, `option=value; …` with the rest at the first value, or the name of a
/// state of a graph.
fn state(model: &Model<'_>, typed: &str) -> Result<Outcome, Failure> {
    let typed = typed.trim();
    match model {
        Model::Graph(graph) => of_graph(graph, typed),
        Model::Options(conflict) => of_options(conflict, typed),
    }
}

fn of_graph(graph: &Graph, typed: &str) -> Result<Outcome, Failure> {
    let by_name = graph.states.iter().position(|name| name == typed);
    let by_number = || typed.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < graph.states.len());
    let at = by_name.or_else(by_number).and_then(|at| u16::try_from(at).ok());
    at.map(|at| Outcome::new([at])).ok_or_else(|| {
        Failure::usage(format!("`{typed}` is no state of the graph"))
            .hint("give the name of a state, or its number from 1")
    })
}

fn of_options(conflict: &Conflict, typed: &str) -> Result<Outcome, Failure> {
    let issues = &conflict.space.issues;
    let letters: Vec<char> = typed.chars().collect();
    let letter = |c: &char| match c.to_ascii_uppercase() {
        'Y' => Some(1u16),
        'N' => Some(0),
        _ => None,
    };
    if letters.len() == issues.len()
        && issues.iter().all(|issue| issue.values.len() == 2)
        && let Some(digits) = letters.iter().map(letter).collect::<Option<Vec<u16>>>()
    {
        return Ok(Outcome::new(digits));
    }
    if let Ok(ordinal) = typed.parse::<u64>() {
        return of_ordinal(conflict, ordinal);
    }
    let mut found = Outcome::new(vec![0u16; issues.len()]);
    for part in typed.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (issue, value) = part.split_once('=').ok_or_else(|| unknown(typed, issues.len()))?;
        let (issue, value) = (issue.trim(), value.trim());
        let at = issues.iter().position(|i| i.id == issue || i.name == issue);
        let at = at.ok_or_else(|| Failure::usage(format!("`{issue}` is no option of the conflict")))?;
        let digit = conflict.space.value(at, value).or_else(|| match issues.get(at).map(|i| i.values.len()) {
            Some(2) => value.chars().next().filter(|_| value.chars().count() == 1).as_ref().and_then(letter),
            _ => None,
        });
        let digit = digit.ok_or_else(|| Failure::usage(format!("`{value}` is no value of `{issue}`")))?;
        found = found.with(at, digit);
    }
    Ok(found)
}

fn unknown(typed: &str, options: usize) -> Failure {
    Failure::usage(format!("`{typed}` is no state")).hint(format!(
        "give its number from 1, {options} letters Y and N (the first option first), or “option=value; …”"
    ))
}

/// The state of an ordinal: counted through, so for spaces of up to a million outcomes.
fn of_ordinal(conflict: &Conflict, ordinal: u64) -> Result<Outcome, Failure> {
    const MOST: u64 = 1 << 20;
    let count = conflict.space.small_count().filter(|count| *count <= MOST).ok_or_else(|| {
        Failure::usage("states of a space this large are not told by number")
            .hint("give its letters, or “option=value; …”")
    })?;
    let mut feasible = (0..count).map(|at| conflict.outcome(at)).filter(|state| conflict.feasible(state));
    let at = ordinal.checked_sub(1).and_then(|n| usize::try_from(n).ok());
    at.and_then(|at| feasible.nth(at))
        .ok_or_else(|| Failure::usage(format!("there is no state number {ordinal}")).hint("states are numbered from 1"))
}

/// Why there is no account, in words.
fn failure(why: &Unaccounted, model: &Model<'_>) -> Failure {
    match why {
        Unaccounted::NotAState => {
            Failure::usage("the state breaks a rule of the conflict, so it is none of its states")
        }
        Unaccounted::TooLarge(what) => {
            Failure::found(format!("{what} needs every state listed, and there are too many"))
                .hint("up to 4,096 states of options, 8,192 of a graph; R, GMR, SMR, SEQ and SSEQ are answered beyond")
        }
        Unaccounted::Rule(rule, why) => unanswered(*rule, *why),
        Unaccounted::Unsolved(Unsolved::NoState) => {
            Failure::found("no state is feasible: the patterns rule out all of them")
        }
        Unaccounted::Unsolved(Unsolved::Structure(why)) => Failure::found(why.clone()),
        Unaccounted::Unsolved(Unsolved::Budget(what, _)) => {
            Failure::found(what.clone()).hint("ask for fewer concepts with --concept: R and GMR go furthest")
        }
        Unaccounted::Unsolved(Unsolved::Faulty(faults)) => {
            let faults: Vec<String> = faults.iter().map(|fault| fault_in_words(fault, model)).collect();
            Failure::found(faults.join("; "))
        }
    }
}

fn unanswered(rule: Rule, why: Unanswered) -> Failure {
    let rule = rule.short();
    match why {
        Unanswered::NotTwo => Failure::usage(format!("{rule} is for two decision makers"))
            .hint(format!("{rule}-pessimistic is its version for more")),
        Unanswered::NoIssues => {
            Failure::usage(format!("{rule} puts moves together option by option, which a graph does not have"))
        }
        Unanswered::TooManyMakers => Failure::found(format!("{rule} looks at every coalition, and there are too many")),
        Unanswered::TooMuch => Failure::found(format!("{rule} takes more steps than are allowed")),
        Unanswered::NoMaker | Unanswered::NoPartition | Unanswered::NotOneEach => {
            Failure::found(format!("{rule} gives no answer here"))
        }
    }
}

fn fault_in_words(fault: &Fault, model: &Model<'_>) -> String {
    let Model::Options(conflict) = model else { return "the graph cannot be studied".to_string() };
    let issue = |at: usize| conflict.space.issues.get(at).map_or("", |i| i.name.as_str());
    let maker = |at: usize| conflict.makers.get(at).map_or("", |m| m.name.as_str());
    match fault {
        Fault::NoMaker => "there is no decision maker".to_string(),
        Fault::HoldsNothing(at) => format!("{} holds nothing", maker(*at)),
        Fault::NoHolder(at) => format!("nobody holds {}", issue(*at)),
        Fault::UnknownHolder(at) => format!("who holds {} is not there", issue(*at)),
        Fault::Misfit => "options and holders differ in number".to_string(),
        Fault::TooManyStatements(at, count) => {
            format!("{} has {count} statements, more than can be told apart", maker(*at))
        }
        Fault::NoValues(at) => format!("{} has no values", issue(*at)),
        Fault::NotClosed(at) => format!("the moves of {} do not hold together", issue(*at)),
    }
}

/// A row of the table of states: the code, and the rules for each decision maker and for all.
type StateRow = (String, Vec<Vec<String>>);

/// One row per state that is stable for somebody: its number, its code, and the rules for each and for all.
fn csv(account: &Account) -> String {
    let mut rows: BTreeMap<(usize, String), StateRow> = BTreeMap::new();
    let columns = account.stable.len() + 1;
    let mut add = |column: usize, rule: &String, listed: &detente::analysis::stability::account::Listed| {
        for place in &listed.states {
            let ordinal = place.ordinal.as_ref().map(ToString::to_string).unwrap_or_default();
            let row =
                rows.entry((ordinal.len(), ordinal)).or_insert_with(|| (place.code.clone(), vec![Vec::new(); columns]));
            if let Some(cell) = row.1.get_mut(column) {
                cell.push(rule.clone());
            }
        }
    };
    for (column, of) in account.stable.values().enumerate() {
        of.iter().for_each(|(rule, listed)| add(column, rule, listed));
    }
    account.equilibria.iter().for_each(|(rule, listed)| add(columns - 1, rule, listed));
    let makers = account.stable.keys().map(|id| output::csv_cell(id));
    let head: Vec<String> =
        ["ordinal".to_string(), "state".to_string()].into_iter().chain(makers).chain(["all".into()]).collect();
    let mut out = head.join(",") + "\r\n";
    for ((_, ordinal), (code, cells)) in rows {
        let cells: Vec<String> = cells.iter().map(|rules| output::csv_cell(&rules.join(" "))).collect();
        let _ = write!(out, "{ordinal},{},{}\r\n", output::csv_cell(&code), cells.join(","));
    }
    out
}
