//! Mediated search of one text (Klein, Faratin, Sayama and Bar-Yam 2003).

use super::draft::{changes, drawn, pull, tells_and_ends};
use crate::game::Outcome;
use crate::talks::{Ask, Asked, Comparison, How, Move, Moves, Protocol, Table};

/// When a changed text takes the place of the one that stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Search {
    /// When it is worse to nobody and better to somebody.
    Climbing,
    /// Also by chance when it is worse to some, at a temperature that falls to 0; this is where it begins.
    Annealing(f64),
    /// When it is worse to nobody than the mediator's draft before it.
    Feedback,
}

/// The mediator draws a text by chance and, round by round, puts a draft beside it that differs in one issue; every seat
/// says whether the draft is better, the same or worse, none seeing the others' answers before. In the last round, or
/// before when nothing is left to try, all say yes or no to the text that stands, and all yeses make an agreement.
///
/// - [`MediatedSearch::climbing`]: the draft takes the place of the text when it is worse to nobody and better to
///   somebody. Every change of one issue is tried once, in an order drawn by chance, until one is taken, so that a search
///   that ends before the deadline has ended where no change of one issue is better to one and worse to none.
/// - [`MediatedSearch::annealing`]: a draft worse to nobody is taken; one worse to `w` seats is taken with chance
///   `exp(-w / T)`, where the temperature `T`, in seats, falls evenly from its start to 0 at the deadline. Klein and his
///   co-authors let the mediator override refusals that are marked as weak; here nobody says how strong a refusal is, and
///   chance stands in for it.
/// - [`MediatedSearch::feedback`]: seats compare each draft with the draft before it, taken or not, and one that is worse
///   to nobody becomes the text (Aydoğan, Hindriks and Jonker 2014; in GENIUS, which takes the last such text without
///   asking at the end).
#[derive(Debug, Clone)]
pub struct MediatedSearch {
    search: Search,
    /// The text that stands.
    text: Option<Outcome>,
    /// What the seats compare, and the draft they compare with it; `None`: the last question.
    compared: Option<(Outcome, Outcome)>,
    /// Changes of the text not tried yet.
    untried: Vec<(usize, u16)>,
}

impl MediatedSearch {
    fn new(search: Search) -> Self {
        MediatedSearch { search, text: None, compared: None, untried: Vec::new() }
    }

    /// Hill-climbing.
    #[must_use]
    pub fn climbing() -> Self {
        Self::new(Search::Climbing)
    }

    /// Simulated annealing. `start`: the temperature at the beginning, in seats; what is not a number above 0 counts as 0.
    #[must_use]
    pub fn annealing(start: f64) -> Self {
        Self::new(Search::Annealing(if start.is_finite() { start.max(0.0) } else { 0.0 }))
    }

    /// Comparison with the draft before.
    #[must_use]
    pub fn feedback() -> Self {
        Self::new(Search::Feedback)
    }

    /// Puts another text in place of the one that stands.
    fn stand(&mut self, table: &Table, text: Outcome) {
        self.untried = changes(&table.setting, &text);
        self.text = Some(text);
    }

    /// The next question: a draft beside the text, or yes or no to it.
    fn proceed(&mut self, table: &mut Table) {
        let Some(text) = self.text.clone() else { return table.fail(How::Refused) };
        let change = if table.is_last() {
            None
        } else if self.search == Search::Climbing {
            pull(table, &mut self.untried)
        } else {
            let at = usize::try_from(table.chance.below(self.untried.len() as u64)).unwrap_or(0);
            self.untried.get(at).copied()
        };
        let Some((issue, value)) = change else {
            self.compared = None;
            return table.draft(&text);
        };
        let draft = text.with(issue, value);
        let before = match (&self.search, self.compared.take()) {
            (Search::Feedback, Some((_, last))) => last,
            _ => text,
        };
        table.draft(&draft);
        self.compared = Some((before, draft));
    }

    /// Whether the draft takes the place of the text.
    fn takes(&self, table: &mut Table, moves: &Moves) -> bool {
        let count = |sought: Comparison| moves.iter().filter(|(_, what)| *what == Move::Compare(sought)).count();
        let (better, worse) = (count(Comparison::Better), count(Comparison::Worse));
        match self.search {
            Search::Climbing => worse == 0 && better > 0,
            Search::Feedback => worse == 0,
            Search::Annealing(_) if worse == 0 => true,
            Search::Annealing(start) => {
                // The share of time left, 1 in the first round and 0 in the last.
                let left = f64::from(table.clock.rounds.saturating_sub(table.round))
                    / f64::from(table.clock.rounds.saturating_sub(1).max(1));
                let temperature = start * left;
                let worse = u32::try_from(worse).map_or(f64::INFINITY, f64::from);
                temperature > 0.0 && table.chance.uniform() < (-worse / temperature).exp()
            }
        }
    }
}

impl Protocol for MediatedSearch {
    fn name(&self) -> &'static str {
        match self.search {
            Search::Climbing => "hill-climbing",
            Search::Annealing(_) => "annealing",
            Search::Feedback => "mediator-feedback",
        }
    }

    fn text(&self) -> String {
        match self.search {
            Search::Annealing(start) => format!("annealing(start={start})"),
            _ => self.name().to_string(),
        }
    }

    fn open(&self, _seats: usize) -> Box<dyn Protocol> {
        Box::new(Self::new(self.search))
    }

    fn begin(&mut self, table: &mut Table) {
        if let Some(text) = drawn(table, |_| true) {
            if !table.is_last() {
                table.draft(&text);
            }
            self.stand(table, text);
        }
        self.proceed(table);
    }

    fn asks(&self, table: &Table) -> Asked {
        let ask = match (&self.compared, &self.text) {
            (Some((before, draft)), _) => Ask::Compare(before.clone(), draft.clone()),
            (None, Some(text)) => Ask::Decide(text.clone()),
            (None, None) => return Asked::new(),
        };
        (0..table.seats).map(|seat| (seat, ask.clone())).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        if tells_and_ends(table, &moves) {
            return;
        }
        let Some((_, draft)) = &self.compared else {
            let agreed = moves.iter().all(|(_, what)| *what == Move::Accept);
            return match self.text.take().filter(|_| agreed) {
                Some(text) => table.agree(text),
                None => table.fail(How::Refused),
            };
        };
        let draft = draft.clone();
        if self.takes(table, &moves) {
            self.stand(table, draft);
        }
        if table.next_round() {
            self.proceed(table);
        }
    }
}
