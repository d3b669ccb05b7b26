//! The fewest edits of prioritised statements that make a wanted state stable.

use super::answer::start;
use super::bits::Bits;
use super::board::{Board, Ground};
use super::need::need;
use super::{Budget, Refusal};
use crate::analysis::stability::Concept;
use crate::game::Outcome;
use crate::game::conflict::{Conflict, Preference};
use std::collections::BTreeSet;

/// One edit of a list of prioritised statements. Statements are named by their place in the list as given; `to` is a
/// place in the list as it is when the edit is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// The statement moves to another place.
    Move {
        /// Its place in the list as given.
        statement: usize,
        /// The place it comes to have.
        to: usize,
    },
    /// The statement is dropped.
    Drop {
        /// Its place in the list as given.
        statement: usize,
    },
    /// The statement is turned into its opposite.
    Negate {
        /// Its place in the list as given.
        statement: usize,
    },
}

/// The fewest edits that make a state stable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits {
    /// How many edits it takes; `None` when that many as were allowed do not do. 0 when it is stable as it is.
    pub fewest: Option<usize>,
    /// Lists of so many edits, each with another result: those that turn fewest statements round first, then those
    /// that drop fewest, then those that move them over fewest places, then those that touch the less important.
    pub found: Vec<Vec<Edit>>,
    /// How many lists of statements were tried.
    pub tried: u64,
    /// Whether every list of so few edits was tried (of one fewer, if none was found), and all were listed.
    pub complete: bool,
}

/// A statement of a list being edited: its place in the list as given, and whether it is turned round.
type Entry = (u8, bool);

/// A list of statements and how it came about.
struct Draft {
    entries: Vec<Entry>,
    edits: Vec<Edit>,
    /// Statements turned round, dropped, places moved over, importance of what was touched.
    effort: (usize, usize, usize, usize),
}

/// What each statement says of the states that matter.
struct Truth {
    /// Whether it holds at the wanted state.
    wanted: bool,
    /// The states at which it holds.
    at: Bits,
}

/// Finds the fewest statements of a decision maker to move to another place, to drop, or to turn round, such that the
/// state is stable for it: all lists of one edit, then of two, up to `most`, within the budget's steps.
///
/// # Errors
///
/// A [`Refusal`] as for [`of_conflict`](super::of_conflict), or when the preference does not consist of statements.
pub fn edits(
    conflict: &Conflict,
    state: &Outcome,
    maker: usize,
    concept: Concept,
    most: usize,
    budget: &Budget,
) -> Result<Edits, Refusal> {
    let given = conflict.makers.get(maker).ok_or(Refusal::NoSuchMaker(maker))?;
    let Preference::Statements(given) = &given.preference else { return Err(Refusal::NoStatements) };
    let mut board = Board::new(Ground::Conflict(conflict), budget.steps);
    let wanted = start(&mut board, conflict, state)?;
    let need = need(&mut board, wanted, maker, concept)?;
    let states: BTreeSet<u32> = need.clauses.iter().flat_map(|c| c.ways.iter().flatten().copied()).collect();
    let states: Vec<u32> = states.into_iter().collect();
    let bound = states.len();
    let truth: Vec<Truth> = given
        .iter()
        .take(Preference::MOST_STATEMENTS)
        .map(|statement| {
            let holds = |t: &u32| board.outcome(*t).is_some_and(|outcome| statement.holds(outcome));
            let at = states.iter().enumerate().filter(|(_, t)| holds(t)).map(|(at, _)| at);
            Truth { wanted: statement.holds(state), at: Bits::of(bound, at) }
        })
        .collect();
    let way = |way: &Vec<u32>| Bits::of(bound, way.iter().filter_map(|t| states.binary_search(t).ok()));
    let ways = need.clauses.iter().map(|c| c.ways.iter().map(way).collect()).collect();
    Ok(Search { truth, ways, bound, steps: budget.steps, tried: 0 }.run(most, budget.listed))
}

/// The search over edited lists.
struct Search {
    truth: Vec<Truth>,
    ways: Vec<Vec<Bits>>,
    bound: usize,
    steps: u64,
    tried: u64,
}

impl Search {
    fn run(mut self, most: usize, listed: usize) -> Edits {
        let entries: Vec<Entry> = (0u8..).take(self.truth.len()).map(|at| (at, false)).collect();
        let mut seen = BTreeSet::from([entries.clone()]);
        let first = Draft { entries, edits: Vec::new(), effort: (0, 0, 0, 0) };
        match self.stable(&first.entries) {
            None => return Edits::default(),
            Some(true) => {
                return Edits { fewest: Some(0), found: vec![Vec::new()], tried: 1, complete: true };
            }
            Some(false) => {}
        }
        let mut drafts = vec![first];
        for count in 1..=most {
            let mut next = Vec::new();
            let mut found: Vec<Draft> = Vec::new();
            let mut complete = true;
            'all: for draft in &drafts {
                for edited in self.edited(draft) {
                    if !seen.insert(edited.entries.clone()) {
                        continue;
                    }
                    match self.stable(&edited.entries) {
                        None => {
                            complete = false;
                            break 'all;
                        }
                        Some(true) => found.push(edited),
                        Some(false) => next.push(edited),
                    }
                }
            }
            if !found.is_empty() {
                found.sort_by(|a, b| (a.effort, &a.edits).cmp(&(b.effort, &b.edits)));
                complete &= found.len() <= listed;
                let found = found.into_iter().take(listed).map(|draft| draft.edits).collect();
                return Edits { fewest: Some(count), found, tried: self.tried, complete };
            }
            if !complete {
                return Edits { fewest: None, found: Vec::new(), tried: self.tried, complete };
            }
            drafts = next;
        }
        Edits { fewest: None, found: Vec::new(), tried: self.tried, complete: true }
    }

    /// Every list one edit away, the least effort first.
    fn edited(&self, draft: &Draft) -> Vec<Draft> {
        let mut all = Vec::new();
        let importance = |statement: usize| self.truth.len() - statement;
        for (at, (statement, _)) in draft.entries.iter().enumerate() {
            let statement = usize::from(*statement);
            let (turned, dropped, moved, touched) = draft.effort;
            let touched = touched + importance(statement);
            let mut add = |entries: Vec<Entry>, edit: Edit, effort| {
                let edits = draft.edits.iter().copied().chain([edit]).collect();
                all.push(Draft { entries, edits, effort });
            };
            let mut without = draft.entries.clone();
            let entry = without.remove(at);
            for to in (0..draft.entries.len()).filter(|to| *to != at) {
                let mut entries = without.clone();
                entries.insert(to, entry);
                add(entries, Edit::Move { statement, to }, (turned, dropped, moved + to.abs_diff(at), touched));
            }
            let mut entries = draft.entries.clone();
            entries.iter_mut().filter(|e| usize::from(e.0) == statement).for_each(|e| e.1 = !e.1);
            add(entries, Edit::Negate { statement }, (turned + 1, dropped, moved, touched));
            add(without, Edit::Drop { statement }, (turned, dropped + 1, moved, touched));
        }
        all.sort_by(|a, b| (a.effort, &a.edits).cmp(&(b.effort, &b.edits)));
        all
    }

    /// Whether the state is stable by a list of statements. `None` when the steps are used up.
    fn stable(&mut self, entries: &[Entry]) -> Option<bool> {
        let ways: usize = self.ways.iter().map(Vec::len).sum();
        let words = 1 + self.bound as u64 / 64;
        // A way is mostly settled by its first word, and a condition by its first ways.
        let price = entries.len() as u64 * words + (self.ways.len() + ways / 16) as u64;
        self.steps = self.steps.checked_sub(1 + price)?;
        self.tried += 1;
        // States that no statement so far tells from the wanted one, and those known to be less preferred.
        let mut level = Bits::of(self.bound, 0..self.bound);
        let mut down = Bits::none(self.bound);
        for (statement, turned) in entries {
            let Some(truth) = self.truth.get(usize::from(*statement)) else { continue };
            let mut differ = level.clone();
            if truth.wanted {
                differ.remove(&truth.at);
            } else {
                differ.keep(&truth.at);
            }
            level.remove(&differ);
            if truth.wanted != *turned {
                down.add(&differ);
            }
        }
        down.add(&level);
        Some(self.ways.iter().all(|condition| condition.iter().any(|way| down.holds(way))))
    }
}
