//! `detente tournament`: strategies against each other over scenarios.

mod load;
mod rows;
mod state;

use crate::args::{By, Opening, Pieces, Tournament as Arguments};
use crate::progress::Progress;
use crate::{Ended, Failure, diagnose, output};
use detente::analysis::{Exactness, Made};
use detente::brief::{render, sections};
use detente::field::{Measure, Openings, Plan, Ready, Row, Scores, Shown, Summary, play, play_into};
use detente::talks::protocols::named;
use detente::talks::{Binding, Clock};
use rows::Table;
use schemars::JsonSchema;
use serde::Serialize;
use state::State;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// What `--json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Answer {
    /// Sessions in the order of the plan, from the first.
    rows: Vec<Shown>,
    /// Sessions that are not listed in `rows`.
    rows_left_out: u64,
    /// How to get all of them, where some are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    how_to_get_all: Option<String>,
    #[serde(flatten)]
    scores: Scores,
    /// Everything that decides the rows.
    plan: Plan,
    /// SHA-256 of the plan: plans of the same digest have the same rows.
    plan_digest: String,
    /// How it was made.
    made: Made,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ended, Failure> {
    match arguments.threads {
        None => tournament(arguments),
        Some(threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build();
            pool.map_err(|error| Failure::found(format!("cannot start threads: {error}")))?
                .install(|| tournament(arguments))
        }
    }
}

fn tournament(arguments: &Arguments) -> Result<Ended, Failure> {
    let strategies = load::strategies(&arguments.strategies)?;
    let watchers = load::models(&arguments.models)?;
    let protocol = named(&arguments.protocol).map_err(|why| {
        let failure = Failure::usage(format!("--protocol: {}", why.message));
        match why.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })?;
    // What cannot be written is said before a long tournament, not after it.
    for path in [&arguments.csv, &arguments.html].into_iter().flatten() {
        output::has_room(path)?;
    }
    let Some(scenarios) = load::scenarios(arguments)? else { return Ok(Ended::Found) };
    let clock = Clock::rounds(arguments.rounds).breaking(arguments.breakdown);
    let clock = if arguments.hidden_deadline { clock.hidden() } else { clock };
    let plan = Plan {
        protocol: protocol.text(),
        repetitions: arguments.repetitions,
        seed: arguments.seed,
        self_play: !arguments.no_self_play,
        openings: match arguments.opening {
            Opening::Each => Openings::Each,
            Opening::First => Openings::First,
        },
        most: arguments.seatings,
        issue_by_issue: arguments.issue_by_issue.map(|pieces| match pieces {
            Pieces::Each => Binding::Each,
            Pieces::Whole => Binding::Whole,
        }),
        watchers,
        ..Plan::new(&scenarios, strategies, clock)
    };
    let ready = Ready::new(plan, scenarios).map_err(|why| Failure::usage(why.to_string()))?;
    if let (Some(folder), true) = (&arguments.state, std::io::stderr().is_terminal()) {
        output::problem(&format!("Kept in {} as it goes: after Ctrl-C, add --resume to go on.", folder.display()));
    }
    let mut table = Table::new(&ready);
    let mut state = match &arguments.state {
        Some(folder) => Some(State::open(folder, arguments.resume, &ready, &table)?),
        None => None,
    };
    // Without a folder to keep them, rows go to their file as they come, which takes its place when it is whole.
    let mut direct = match (&arguments.csv, &state) {
        (Some(path), None) => Some(rows::Growing::new(path, table.head())?),
        _ => None,
    };
    let done = state.as_ref().map_or(0, State::done);
    let mut listed: Vec<Row> = if arguments.json { play(&ready, 0..arguments.list.min(done)).0 } else { Vec::new() };
    let fresh = in_parts(&ready, done, |so_far, rows| {
        let lines: &[u8] = if state.is_some() || direct.is_some() { table.lines(&rows) } else { &[] };
        if let Some(direct) = &mut direct {
            direct.add(lines)?;
        }
        if let Some(state) = &mut state {
            state.add(so_far, lines)?;
        }
        if arguments.json {
            let room = arguments.list.saturating_sub(listed.len() as u64);
            listed.extend(rows.into_iter().take(usize::try_from(room).unwrap_or(usize::MAX)));
        }
        Ok(())
    })?;
    let summary = match &mut state {
        Some(state) => state.finish(fresh)?,
        None => fresh,
    };
    match (&arguments.csv, &state, direct) {
        (Some(path), Some(state), _) => state.copy_rows(path)?,
        (Some(_), None, Some(direct)) => direct.finish()?,
        _ => {}
    }
    answer(arguments, &ready, &summary, &listed)
}

/// Plays the rows from `done` on and hands them on in order, with the summary of all so far. Parts are as large as takes
/// a tenth of a second or so, so that there is something to keep and to tell, however long a session takes.
fn in_parts(
    ready: &Ready,
    done: u64,
    mut keep: impl FnMut(&Summary, Vec<Row>) -> Result<(), Failure>,
) -> Result<Summary, Failure> {
    const PART: Duration = Duration::from_millis(100);
    const MOST: u64 = 1 << 14;
    let progress = Progress::counting();
    let total = ready.layout().rows();
    let mut all = Summary::of(ready);
    let mut next = done;
    let mut size = 256;
    while next < total {
        let started = Instant::now();
        let part = next..total.min(next + size);
        let mut rows = Vec::new();
        let summary = play_into(ready, part.clone(), |_, some| {
            rows.extend(some);
            ControlFlow::Continue(())
        });
        all.merge(summary, ready.layout()).map_err(|overlap| Failure::found(overlap.to_string()))?;
        keep(&all, rows)?;
        next = part.end;
        progress.at(next, total);
        let took = started.elapsed();
        size = if took < PART {
            (size * 2).min(MOST)
        } else if took > PART * 4 {
            (size / 2).max(1)
        } else {
            size
        };
    }
    Ok(all)
}

fn answer(arguments: &Arguments, ready: &Ready, summary: &Summary, listed: &[Row]) -> Result<Ended, Failure> {
    let scores = Scores::by(
        ready,
        summary,
        match arguments.by {
            By::Advantage => Measure::Advantage,
            By::Utility => Measure::Utility,
            By::Discounted => Measure::Discounted,
        },
    );
    let plan = ready.plan();
    if let Some(path) = &arguments.html {
        output::write_whole(path, page(plan, &scores).as_bytes())?;
    }
    if arguments.json {
        let rows: Vec<Shown> = listed.iter().map(|row| row.shown(ready)).collect();
        let left = scores.sessions - rows.len() as u64;
        let answer = Answer {
            rows,
            rows_left_out: left,
            how_to_get_all: (left > 0)
                .then(|| format!("--csv FILE writes every session; --list {} lists them all here", scores.sessions)),
            scores,
            plan: plan.clone(),
            plan_digest: plan.digest(),
            made: made(ready),
        };
        output::print(&output::json(&answer)?)?;
        return Ok(Ended::Fine);
    }
    let section = sections::tournament_section(plan, &scores);
    output::print(&render::section_text(&section, diagnose::width().min(100)))?;
    for path in [&arguments.csv, &arguments.html].into_iter().flatten() {
        output::print(&format!("Written: {}", path.display()))?;
    }
    Ok(Ended::Fine)
}

fn page(plan: &Plan, scores: &Scores) -> String {
    let count = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let title = format!(
        "Tournament of {} over {}",
        count(plan.strategies.len(), "strategy", "strategies"),
        count(plan.scenarios.len(), "scenario", "scenarios")
    );
    let subtitle = format!(
        "{} sessions · protocol {} · {} rounds · seed {}",
        scores.sessions, plan.protocol, plan.clock.rounds, plan.seed
    );
    let colophon = vec![
        format!("détente {}", env!("CARGO_PKG_VERSION")),
        format!("Plan {}", plan.digest()),
        format!("Seed {}", plan.seed),
    ];
    render::page(&title, &subtitle, sections::tournament_sections(plan, scores), colophon)
}

fn made(ready: &Ready) -> Made {
    let rough = (0..ready.plan().scenarios.len()).filter(|at| ready.arena(*at).1.exactness != Exactness::Exact).count();
    let mut limits = vec![format!("{} seatings for a scenario", ready.plan().most)];
    if rough > 0 {
        limits.push(format!("frontier and solutions of {rough} scenarios are not exact"));
    }
    Made {
        method:
            "every session of the plan played; sums in whole numbers, utilities to nine decimals; intervals over cells"
                .to_string(),
        exactness: Exactness::Exact,
        limits,
        seed: Some(ready.plan().seed),
    }
}
