//! MiCRO: one new proposal for each new proposal of the others, in the order of one's own utility.
//!
//! De Jonge, *An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy* (IJCAI 2022); among more
//! than two, the form that waits for the one who gave least (MiCRO-Min, 2025). It needs no model of the others, no time and
//! no parameter. It is ready to concede when it has made no more different proposals than each of the others; then it
//! proposes its next best outcome, else one of its earlier proposals by chance. It accepts what is worth at least its next
//! proposal when it is ready to concede, and at least its last new one when it is not.
//!
//! Known behaviour: against itself it meets in a fair outcome of domains that are opposed evenly, and runs out of rounds in
//! large ones. Outcomes of equal utility are proposed in lexicographic order. It proposes and accepts nothing below the
//! reservation value; when nothing is left it repeats itself.

use super::different::Different;
use super::recipe::Entry;
use super::{Accepts, Moment, Proposal, Strategy, Turn};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, View};

/// Whose proposals count among more than two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Counting {
    /// Those of the one who made the fewest different ones.
    #[default]
    Fewest,
    /// Those of all others together (NegMAS's rule).
    Together,
}

/// MiCRO.
#[derive(Debug, Clone)]
pub struct Micro {
    counting: Counting,
    stream: Stream,
    /// How many different proposals it has made: the best ones.
    made: usize,
    /// Different proposals of each of the others.
    received: Vec<(usize, Different)>,
    /// How far the log has been read.
    heard: usize,
    /// The outcome at rank `made`, and how long the log was when it was looked up.
    next: Option<(usize, Option<Choice>)>,
    /// What the last new proposal is worth to it.
    last: Option<i128>,
}

impl Micro {
    /// MiCRO, with this way of counting among more than two.
    #[must_use]
    pub fn new(counting: Counting) -> Self {
        let stream = Stream::new(0, 0, 0);
        Micro { counting, stream, made: 0, received: Vec::new(), heard: 0, next: None, last: None }
    }

    fn listen(&mut self, view: &View<'_>) {
        let own = view.seat().at;
        for event in view.since(self.heard) {
            let Some((by, outcome)) = event.offer().filter(|(by, _)| *by != own) else { continue };
            let seat = if self.counting == Counting::Together { usize::MAX } else { by };
            let at = self.received.iter().position(|(at, _)| *at == seat).unwrap_or_else(|| {
                self.received.push((seat, Different::default()));
                self.received.len() - 1
            });
            if let Some((_, offers)) = self.received.get_mut(at) {
                offers.note_outcome(view.seat().menu(), outcome);
            }
        }
        self.heard = view.heard();
    }

    /// The next outcome, if it is ready to propose one and there is one that it tolerates.
    fn concession(&mut self, view: &View<'_>) -> Option<&Choice> {
        self.listen(view);
        let others = if self.counting == Counting::Together { 1 } else { view.seats().saturating_sub(1) };
        let silent = self.received.len() < others;
        let fewest = self.received.iter().map(|(_, offers)| offers.count()).min().filter(|_| !silent).unwrap_or(0);
        if self.made > fewest {
            return None;
        }
        if self.next.as_ref().is_none_or(|(heard, _)| *heard != view.heard()) {
            self.next = Some((view.heard(), view.seat().menu().ranked(self.made)));
        }
        let (_, next) = self.next.as_ref()?;
        let floor = view.floor();
        next.as_ref().filter(|choice| floor.is_none_or(|floor| choice.utility >= floor))
    }
}

impl Strategy for Micro {
    fn open(&self, stream: Stream) -> Box<dyn Strategy> {
        Box::new(Micro { stream, ..Micro::new(self.counting) })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        if self.concession(view).is_some()
            && let Some((_, Some(choice))) = self.next.take()
        {
            self.made += 1;
            self.last = Some(choice.utility);
            return Some(choice.outcome);
        }
        let menu = view.seat().menu();
        let any = usize::try_from(self.stream.below(self.made as u64)).unwrap_or(0);
        menu.ranked(any).or_else(|| menu.best()).map(|choice| choice.outcome)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        if !view.tolerates(offer) {
            return false;
        }
        let worth = view.seat().utility(offer);
        let least = self.concession(view).map(|choice| choice.utility).or(self.last);
        least.is_none_or(|least| worth >= least)
    }

    /// Between two, whose proposals count makes no difference.
    fn turn(&self, moment: &mut Moment<'_>) -> Option<Turn> {
        let (made, heard) = moment.offers()?;
        let (floor, menu) = (moment.seat().reservation, moment.seat().menu());
        let next = if made > heard { None } else { menu.utility_at(made) };
        if let Some(next) = next.filter(|next| floor.is_none_or(|floor| *next >= floor)) {
            return Some(Turn { proposes: Proposal::Ranked(made), accepts: Accepts::Least(next), floor });
        }
        let last = made.checked_sub(1).map(|last| menu.utility_at(last));
        Some(Turn { proposes: Proposal::AnyOf(made), accepts: Accepts::Least(last.unwrap_or(Some(i128::MIN))?), floor })
    }
}

/// By name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("micro", "one new proposal for each new proposal of the others", "De Jonge, IJCAI, 2022", |_| {
        Box::new(Micro::new(Counting::Fewest))
    })
    .aliases(&["micro-min"]),
    Entry::new(
        "negmas-micro",
        "MiCRO as in NegMAS: the proposals of all others count together",
        "De Jonge, IJCAI, 2022; as in NegMAS 0.16",
        |_| Box::new(Micro::new(Counting::Together)),
    ),
];
