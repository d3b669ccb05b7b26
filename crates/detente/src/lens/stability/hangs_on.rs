//! Which priorities a state of affairs hangs on: each left out in turn.

use super::Without;
use super::board::Board;
use super::priorities::Statement;
use super::situation::Around;
use crate::analysis::stability::{Concept, Literal};
use crate::game::conflict::Graph;
use crate::game::{Belief, Game, Outcome};
use crate::lens::ShareOf;
use rayon::prelude::*;

/// Draws in which each priority is left out.
const DRAWS: u64 = 100;
/// Priorities that are listed.
const LISTED: usize = 12;

/// Of one draw: whether the state holds, and whether it does without each priority.
type Verdicts = (bool, Vec<bool>);

/// What stays the same while priorities are left out.
pub(super) struct LeaveOut<'a> {
    pub board: &'a Board,
    pub around: &'a Around<'a>,
    pub graph: &'a Graph,
    pub outcomes: &'a [Outcome],
    pub belief: &'a Belief,
    pub players: &'a [Option<usize>],
    pub seed: u64,
}

impl LeaveOut<'_> {
    /// The share of the first draws in which a state holds (SEQ), and the same with each priority left out where that is
    /// another one.
    pub(super) fn each(&self, here: usize, draws: u64) -> (ShareOf, Vec<Without>) {
        let draws = draws.min(DRAWS);
        let claims: Vec<(usize, usize, &str)> = self
            .board
            .statements
            .iter()
            .enumerate()
            .flat_map(|(maker, all)| {
                all.iter().enumerate().map(move |(at, statement)| (maker, at, statement.claim.as_str()))
            })
            .collect();
        let verdicts: Vec<Verdicts> = (0..draws)
            .into_par_iter()
            .map(|index| {
                let order: Vec<Vec<usize>> =
                    self.board.statements.iter().map(|all| Statement::draw(all, self.seed, index)).collect();
                let game = self.board.needs_games().then(|| self.belief.draw(self.seed, index));
                let whole = self.holds(here, game.as_ref(), &order);
                let each = claims.iter().map(|(maker, at, _)| {
                    let Some(place) = order.get(*maker).and_then(|o| o.iter().position(|s| s == at)) else {
                        return whole;
                    };
                    let mut less = order.clone();
                    if let Some(of) = less.get_mut(*maker) {
                        of.remove(place);
                    }
                    self.holds(here, game.as_ref(), &less)
                });
                (whole, each.collect())
            })
            .collect();
        let count = |holds: &dyn Fn(&Verdicts) -> bool| verdicts.iter().filter(|v| holds(v)).count() as u64;
        let whole = count(&|v| v.0);
        let each = claims.iter().enumerate().map(|(at, (.., claim))| {
            let hits = count(&|v| v.1.get(at).copied().unwrap_or(false));
            (hits.abs_diff(whole), Without { claim: (*claim).to_string(), holds: ShareOf::new(hits, draws) })
        });
        let mut each: Vec<(u64, Without)> = each.filter(|(difference, _)| *difference > 0).collect();
        each.sort_by_key(|(difference, _)| std::cmp::Reverse(*difference));
        (ShareOf::new(whole, draws), each.into_iter().take(LISTED).map(|(_, without)| without).collect())
    }

    /// Whether a state holds against answers (SEQ) with these statements in this order.
    fn holds(&self, here: usize, game: Option<&Game>, order: &[Vec<usize>]) -> bool {
        let preferences = self.around.preferences(order, game, self.players);
        let Some(literal) = Literal::over(self.graph.preferring(&preferences, self.outcomes)) else { return false };
        let Some(state) = literal.states().get(here) else { return false };
        (0..literal.graph().makers.len())
            .all(|maker| literal.why(state, maker, Concept::Seq, 1).is_some_and(|why| why.stable))
    }
}
