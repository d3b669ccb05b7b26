//! The stability lens: each state asked about, over the games that fit the case.

use super::board::Board;
use super::hangs_on::LeaveOut;
use super::priorities::Statement;
use super::situation::{Around, Asked, asked};
use super::tally::{Drawn, Tally, drawn};
use super::{Situation, StabilityAnswer};
use crate::analysis::stability::Concept;
use crate::game::conflict::Graph;
use crate::lens::{Exactness, Finding, Lens, Made, Question};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// Feasible states around one state asked about, at most; the literal definitions are asked of each draw.
const MOST_STATES: u64 = 1 << 12;
/// State checks in all: draws are fewer where there are many states and situations.
const WORK: u64 = 1 << 24;
/// Draws at most: more narrow an interval of three percent by little.
const MOST_DRAWS: u64 = 1000;
/// Draws held in memory at a time.
const BATCH: u64 = 256;

/// Would it hold: who would leave a state of affairs, and what keeps them?
///
/// Each draw is one conflict of the Graph Model, solved exactly ([`Concept`]); the answer is a share of draws.
///
/// ```
/// use detente::lens::{Lens, stability::Stability};
/// assert_eq!(Stability::NAME, "stability");
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Stability;

impl Lens for Stability {
    type Answer = StabilityAnswer;
    const NAME: &'static str = "stability";

    fn ask(&self, question: &Question<'_>) -> Finding<StabilityAnswer> {
        let board = Board::of(&question.case.document, question.belief);
        let missing = board.missing();
        if !board.moves() {
            let answer = StabilityAnswer { decision_makers: board.makers, missing, ..StabilityAnswer::default() };
            return Finding { answer, made: nothing() };
        }
        let asked = asked(&question.case.document, &board.space);
        let mut limits = Vec::new();
        let mut planned: Vec<(Asked, u64)> = Vec::new();
        for one in asked {
            let states = Around::of(&board, &one.state).bare().space.small_count();
            match states.filter(|n| *n <= MOST_STATES) {
                Some(states) => planned.push((one, states)),
                None => {
                    limits.push(format!("“{}” has more than {MOST_STATES} states around it and is left out", one.name))
                }
            }
        }
        let wanted = if settled(&board, question) { 1 } else { question.draws.max(1) };
        let each: u64 = planned.iter().map(|(_, states)| states.saturating_mul(states.ilog2().max(1).into())).sum();
        let draws = wanted.min((WORK / each.max(1)).clamp(64, MOST_DRAWS));
        if draws < wanted {
            limits.push(format!("the first {draws} of {wanted} draws"));
        }
        let done = AtomicU64::new(0);
        let total = draws * planned.len() as u64;
        let tell = || (question.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        let situations: Vec<Situation> =
            planned.iter().map(|(one, _)| situation(question, &board, one, draws, &tell)).collect();
        let now = situations.first();
        let answer = StabilityAnswer {
            decision_makers: board.makers.clone(),
            draws,
            states: now.map(|s| s.states.clone()).unwrap_or_default(),
            equilibria: now.map(|s| s.equilibria.clone()).unwrap_or_default(),
            stable: now.map(|s| s.stable.clone()).unwrap_or_default(),
            situations,
            missing,
        };
        let made = made(question, &board, &answer, limits);
        Finding { answer, made }
    }
}

/// Whether every draw would be the same.
fn settled(board: &Board, question: &Question<'_>) -> bool {
    board.statements.iter().all(|all| Statement::settled(all)) && (question.belief.is_point() || !board.needs_games())
}

fn situation(question: &Question<'_>, board: &Board, asked: &Asked, draws: u64, tell: &(dyn Fn() + Sync)) -> Situation {
    let around = Around::of(board, &asked.state);
    // The plan keeps only what has few states.
    let (graph, outcomes) = Graph::of(around.bare(), MOST_STATES).unwrap_or_default();
    let here = outcomes.binary_search_by_key(&around.bare().index(&around.here()), |o| around.bare().index(o)).ok();
    let players: Vec<Option<usize>> =
        board.makers.iter().map(|m| question.belief.parties().iter().position(|p| p.id == m.id)).collect();
    let mut tally = Tally::new(board.makers.len(), outcomes.len());
    let mut from = 0;
    while from < draws {
        let until = draws.min(from + BATCH);
        let batch: Vec<Option<Drawn>> = (from..until)
            .into_par_iter()
            .map(|index| {
                let game = board.needs_games().then(|| question.belief.draw(question.seed, index));
                let order: Vec<Vec<usize>> =
                    board.statements.iter().map(|all| Statement::draw(all, question.seed, index)).collect();
                let preferences = around.preferences(&order, game.as_ref(), &players);
                let drawn = drawn(around.bare(), &graph, &outcomes, preferences, here);
                tell();
                drawn
            })
            .collect();
        batch.into_iter().flatten().for_each(|drawn| tally.add(drawn));
        from = until;
    }
    let leave_out = LeaveOut {
        board,
        around: &around,
        graph: &graph,
        outcomes: &outcomes,
        belief: question.belief,
        players: &players,
        seed: question.seed,
    };
    let hangs_on = here.map(|here| leave_out.each(here, draws));
    tally.situation(board, &around, asked, &outcomes, here, hangs_on)
}

fn nothing() -> Made {
    Made {
        method: "nothing was asked: nobody holds anything".to_string(),
        exactness: Exactness::Exact,
        limits: Vec::new(),
        seed: None,
    }
}

fn made(question: &Question<'_>, board: &Board, answer: &StabilityAnswer, limits: Vec<String>) -> Made {
    let concepts: Vec<&str> = Concept::ALL.iter().map(|c| c.short()).collect();
    let method = format!(
        "the definitions of {} (Graph Model, Fang, Hipel and Kilgour 1993) applied to every state around {} states of \
         affairs, in each draw of the priorities of {} decision makers",
        concepts.join(", "),
        answer.situations.len(),
        board.makers.len()
    );
    let shares = answer.situations.iter().flat_map(|s| s.holds.values());
    let error = shares.map(crate::lens::ShareOf::error).fold(0.0, f64::max);
    let exactness = match answer.draws {
        1 => Exactness::Exact,
        draws => Exactness::Sampled { draws, error },
    };
    Made { method, exactness, limits, seed: (answer.draws > 1).then_some(question.seed) }
}
