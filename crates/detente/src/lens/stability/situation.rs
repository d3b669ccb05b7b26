//! A state asked about, and the conflict around it while what is agreed stays as it is.

use super::board::Board;
use crate::case::Document;
use crate::case::model::substance::Package;
use crate::game::conflict::{Conflict, Maker, Preference, Strength};
use crate::game::{Formula, Game, Outcome, RuleKind, Space};
use indexmap::IndexMap;
use std::sync::Arc;

/// Weighs more than everything a drawn game can count: a red line comes before any utility.
const RED_LINE: i64 = 1 << 60;

/// A state asked about.
pub(super) struct Asked {
    pub id: String,
    pub name: String,
    pub state: Outcome,
}

/// The states a case asks about: things as they are; its `states`; without any, texts and packages that name one value
/// for each of their issues. A state that is the same as an earlier one is left out.
pub(super) fn asked(document: &Document, space: &Space) -> Vec<Asked> {
    let now = Asked { id: "status-quo".into(), name: "Things as they are".into(), state: space.status_quo() };
    let packages: Vec<(&String, &Package)> = match document.states.is_empty() {
        true => document.texts.iter().chain(&document.packages).collect(),
        false => document.states.iter().collect(),
    };
    let mut all = vec![now];
    for (id, package) in packages {
        let Some(state) = state(space, package) else { continue };
        if all.iter().all(|known| known.state != state) {
            all.push(Asked { id: id.clone(), name: package.name.clone(), state });
        }
    }
    all
}

/// The one state a package stands for; `None` where it leaves something open.
fn state(space: &Space, package: &Package) -> Option<Outcome> {
    let mut state = space.status_quo();
    for (issue, values) in &package.values {
        let [value] = values.0.as_slice() else { return None };
        let at = space.issue(issue)?;
        state = state.with(at, space.value(at, value.as_str())?);
    }
    Some(state)
}

/// The conflict around a state: issues that nobody can move alone are as in the state and no part of it any more.
pub(super) struct Around<'a> {
    board: &'a Board,
    /// Positions in the space of the board of what can be moved.
    free: Vec<usize>,
    /// For each position in the space of the board, its position among what can be moved.
    place: Vec<Option<usize>>,
    state: &'a Outcome,
    /// The conflict with nobody preferring anything.
    bare: Conflict,
    /// The priorities of each decision maker, speaking of what can be moved.
    statements: Vec<Vec<Formula>>,
}

impl<'a> Around<'a> {
    pub(super) fn of(board: &'a Board, state: &'a Outcome) -> Around<'a> {
        let held = |at: &usize| board.control.get(*at).is_some_and(|c| c.holders.len() == 1);
        let free: Vec<usize> = (0..board.space.issues.len()).filter(held).collect();
        let place: Vec<Option<usize>> =
            (0..board.space.issues.len()).map(|at| free.iter().position(|f| *f == at)).collect();
        let within = |formula: &Formula| restrict(formula, state, &place);
        let issues = free.iter().filter_map(|at| board.space.issues.get(*at).cloned()).collect();
        let makers = board.makers.iter().map(|m| Maker {
            id: m.id.clone(),
            name: m.name.clone(),
            preference: Preference::Statements(Vec::new()),
            strength: Strength::None,
            unknown: Vec::new(),
            unseen: None,
        });
        let bare = Conflict {
            space: Arc::new(Space { issues }),
            makers: makers.collect(),
            control: free.iter().filter_map(|at| board.control.get(*at).cloned()).collect(),
            rules: board.rules.iter().map(within).collect(),
        };
        let statements = board.statements.iter().map(|all| all.iter().map(|s| within(&s.holds)).collect()).collect();
        Around { board, free, place, state, bare, statements }
    }

    /// The conflict with nobody preferring anything: who can move what.
    pub(super) fn bare(&self) -> &Conflict {
        &self.bare
    }

    /// The state asked about, in what can be moved.
    pub(super) fn here(&self) -> Outcome {
        Outcome::new(self.free.iter().map(|at| self.state.digit(*at)).collect::<Vec<u16>>())
    }

    /// What each decision maker prefers in one draw: its priorities in the order drawn, else the utilities of a game.
    pub(super) fn preferences(
        &self,
        order: &[Vec<usize>],
        game: Option<&Game>,
        players: &[Option<usize>],
    ) -> Vec<Preference> {
        let each = self.statements.iter().zip(order).zip(players);
        each.map(|((statements, order), player)| {
            if !statements.is_empty() {
                return Preference::Statements(order.iter().filter_map(|at| statements.get(*at).cloned()).collect());
            }
            match (game, player) {
                (Some(game), Some(player)) => self.utility(game, *player),
                _ => Preference::Statements(Vec::new()),
            }
        })
        .collect()
    }

    /// The utilities of a player in a game, and red lines of its own that bind in it before them.
    fn utility(&self, game: &Game, player: usize) -> Preference {
        let worth = self.free.iter().map(|at| {
            let player = game.players.get(player).filter(|_| *at < self.board.issues);
            player.and_then(|p| p.worth.get(*at)).cloned().unwrap_or_default()
        });
        let own = game
            .rules
            .iter()
            .zip(&game.binding)
            .filter(|(rule, binds)| **binds && rule.kind == RuleKind::RedLine(player));
        let lines: Vec<Formula> = own.map(|(rule, _)| restrict(&rule.holds, self.state, &self.place)).collect();
        Preference::Sum { worth: worth.collect(), terms: vec![(Formula::And(lines), RED_LINE)] }
    }

    /// What is agreed in the state: issues that nobody can move alone, where they are not at the status quo.
    pub(super) fn agreed(&self) -> IndexMap<String, String> {
        let named = self.board.space.named(self.state);
        let moved = self.board.space.moved(self.state);
        let fixed = |at: &usize| self.place.get(*at).is_some_and(Option::is_none);
        let ids = moved.into_iter().filter(fixed).filter_map(|at| self.board.space.issues.get(at));
        ids.filter_map(|issue| Some((issue.id.clone(), named.get(&issue.id)?.clone()))).collect()
    }
}

/// A formula over what can be moved, the rest being as in a state.
fn restrict(formula: &Formula, state: &Outcome, place: &[Option<usize>]) -> Formula {
    match formula {
        Formula::Constant(always) => Formula::Constant(*always),
        Formula::In(issue, digits) => match place.get(*issue).copied().flatten() {
            Some(at) => Formula::In(at, digits.clone()),
            None => Formula::Constant(digits.binary_search(&state.digit(*issue)).is_ok()),
        },
        Formula::Not(inner) => match restrict(inner, state, place) {
            Formula::Constant(always) => Formula::Constant(!always),
            inner => inner.not(),
        },
        Formula::And(all) => joined(all, state, place, false),
        Formula::Or(all) => joined(all, state, place, true),
    }
}

/// Parts joined by `or` (`decisive` true) or `and`: a constant part decides, or says nothing.
fn joined(all: &[Formula], state: &Outcome, place: &[Option<usize>], decisive: bool) -> Formula {
    let mut left = Vec::new();
    for part in all.iter().map(|part| restrict(part, state, place)) {
        match part {
            Formula::Constant(always) if always == decisive => return Formula::Constant(decisive),
            Formula::Constant(_) => {}
            part => left.push(part),
        }
    }
    match (left.len(), decisive) {
        (0, _) => Formula::Constant(!decisive),
        (1, _) => left.remove(0),
        (_, true) => Formula::Or(left),
        (_, false) => Formula::And(left),
    }
}
