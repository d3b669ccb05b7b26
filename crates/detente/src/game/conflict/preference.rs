//! What a decision maker prefers, in the forms in which it can be said.

use crate::game::{Formula, Outcome};
use std::collections::BTreeMap;

/// The preference of a decision maker over the states of a conflict.
///
/// Each form gives every state a score; a state with a higher score is preferred, equal scores are indifferent.
#[derive(Debug, Clone, PartialEq)]
pub enum Preference {
    /// Statements from the most to the least important (option prioritising: Hipel, Kilgour, Fang and Peng 1997): a
    /// state that meets the first statement on which two states differ is preferred. At most
    /// [`Preference::MOST_STATEMENTS`].
    Statements(Vec<Formula>),
    /// A sum: what each value of each issue counts (issue, then digit; may be empty), and what each condition counts
    /// that holds (option weighting).
    Sum {
        /// What each value of each issue counts: issue, then digit. What is not there counts nothing.
        worth: Vec<Vec<i64>>,
        /// What conditions count where they hold.
        terms: Vec<(Formula, i64)>,
    },
    /// A score for each state that is named; a state that is not has the score `others`.
    Ranking {
        /// The scores.
        scores: BTreeMap<Outcome, i64>,
        /// The score of every other state.
        others: i64,
    },
}

impl Preference {
    /// The most statements that one preference can have: their truth fits a number of 128 bits.
    pub const MOST_STATEMENTS: usize = 126;

    /// A ranking from the best class of states to the worst; states not named are worse than all.
    #[must_use]
    pub fn ranking(classes: &[Vec<Outcome>]) -> Self {
        let most = i64::try_from(classes.len()).unwrap_or(i64::MAX);
        let scored = classes.iter().zip((0..most).rev());
        let scores = scored.flat_map(|(class, score)| class.iter().map(move |s| (s.clone(), score)));
        Preference::Ranking { scores: scores.collect(), others: -1 }
    }

    /// The score of a state. Of statements: their truth values as the digits of a binary number.
    #[must_use]
    pub fn score(&self, state: &Outcome) -> i128 {
        match self {
            Preference::Statements(all) => {
                all.iter().take(Self::MOST_STATEMENTS).fold(0, |score, f| score * 2 + i128::from(f.holds(state)))
            }
            Preference::Sum { worth, terms } => {
                let values = worth.iter().zip(state.digits());
                let values = values.map(|(w, d)| i128::from(w.get(usize::from(*d)).copied().unwrap_or(0)));
                let terms = terms.iter().filter(|(f, _)| f.holds(state)).map(|(_, w)| i128::from(*w));
                values.sum::<i128>() + terms.sum::<i128>()
            }
            Preference::Ranking { scores, others } => i128::from(scores.get(state).copied().unwrap_or(*others)),
        }
    }
}

/// When a preferred state is *strongly* preferred (≫; Hamouda, Kilgour and Hipel 2004).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Strength {
    /// Never, or not known.
    #[default]
    None,
    /// The first so many statements are vital: states that differ on one of them differ strongly.
    Vital(usize),
    /// Scores at which a new level begins, in increasing order: a state is strongly preferred to all of lower levels.
    Levels(Vec<i128>),
}

impl Strength {
    /// The level of a score. `preference` is the one that the score comes from.
    #[must_use]
    pub fn level(&self, preference: &Preference, score: i128) -> i128 {
        match (self, preference) {
            (Strength::Vital(vital), Preference::Statements(all)) => {
                let count = all.len().min(Preference::MOST_STATEMENTS);
                score >> count.saturating_sub(*vital)
            }
            (Strength::Levels(starts), _) => {
                i128::try_from(starts.partition_point(|start| *start <= score)).unwrap_or(i128::MAX)
            }
            (Strength::None | Strength::Vital(_), _) => 0,
        }
    }
}
