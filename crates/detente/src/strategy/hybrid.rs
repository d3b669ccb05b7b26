//! Hybrid: at first it answers the other's moves, towards the end it follows the time.
//!
//! Keskin, Çakan and Aydoğan, *Solver agent: towards emotional and opponent-aware agent for human-robot negotiation*,
//! AAMAS 2021, with the parameters and details of NegoLog's implementation, so that its sessions can be compared. The
//! target is (1 - t²) times an answer plus t² times a point of a Bézier curve from 1 by 0.75 to an end that is lower in
//! larger spaces. The answer is the utility of its last proposal less (0.5 + 0.5 t) times the weighted sum of what the last
//! four moves of the others gave it. Until it has received three offers, it follows the curve alone. It proposes the
//! outcome nearest to the target and accepts what is worth at least the target.
//!
//! Known behaviour: against concessions it concedes, against steps back it raises its demand. Among more than two it answers
//! the offers of all others in the order made. The target is never below the reservation value, the proposal nearest to
//! it may be a little; it accepts no such thing.

use super::Strategy;
use super::negolog_time::{Bezier, Order};
use super::recipe::Entry;
use crate::game::{Outcome, Stream};
use crate::talks::View;

/// Weights of the last moves of the others, the latest last, by how many there are.
const WEIGHTS: [&[f64]; 5] = [&[], &[1.0], &[0.25, 0.75], &[0.11, 0.22, 0.66], &[0.05, 0.15, 0.3, 0.5]];
/// How far it answers at the start, and how much further at the end.
const EMPATHY: f64 = 0.5;

/// The hybrid agent.
#[derive(Debug, Clone, Default)]
pub struct Hybrid {
    order: Order,
    /// Where the curve ends; worked out when the first proposal is made.
    end: Option<f64>,
    /// The utilities of the last offers received, the latest last; five at most.
    received: Vec<f64>,
    /// How many were received in all.
    count: usize,
    /// How far the log has been read.
    heard: usize,
    /// The utility of its last proposal.
    made: f64,
}

impl Hybrid {
    /// The same over outcomes in an order of their own.
    #[must_use]
    pub fn over(self, order: Order) -> Self {
        Hybrid { order, ..self }
    }

    fn listen(&mut self, view: &View<'_>) {
        let seat = view.seat();
        for event in view.since(self.heard) {
            if let Some((_, outcome)) = event.offer().filter(|(by, _)| *by != seat.at) {
                if self.received.len() == WEIGHTS.len() {
                    self.received.remove(0);
                }
                self.received.push(seat.real(seat.utility(outcome)));
                self.count += 1;
            }
        }
        self.heard = view.heard();
    }

    fn target(&mut self, view: &View<'_>) -> f64 {
        self.listen(view);
        let time = view.time();
        let floor = view.floor().map_or(f64::NEG_INFINITY, |floor| view.seat().real(floor));
        let end = *self.end.get_or_insert_with(|| end_of(view));
        let mut target = Bezier(1.0, 0.75, end.max(floor)).at(time);
        if self.count > 2 {
            let moves: Vec<f64> =
                self.received.windows(2).map(|pair| if let [a, b] = pair { b - a } else { 0.0 }).collect();
            let weights = WEIGHTS.get(moves.len()).copied().unwrap_or_default();
            let given: f64 = moves.iter().zip(weights).map(|(moved, weight)| moved * weight).sum();
            let answer = self.made - (EMPATHY + EMPATHY * time) * given;
            target = (1.0 - time * time) * answer + time * time * target;
        }
        target.max(floor)
    }
}

/// Where the curve ends, by the number of outcomes.
fn end_of(view: &View<'_>) -> f64 {
    let count = view.seat().space.small_count().unwrap_or(u64::MAX);
    match count {
        0..450 => 0.8,
        450..1500 => 0.775,
        1500..4500 => 0.75,
        4500..18000 => 0.725,
        18000..33000 => 0.7,
        _ => 0.675,
    }
}

impl Strategy for Hybrid {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(Hybrid { order: self.order.clone(), ..Hybrid::default() })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        let target = self.target(view);
        let (utility, outcome) = self.order.nearest(view, target)?;
        self.made = utility;
        Some(outcome)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let seat = view.seat();
        view.tolerates(offer) && self.target(view) <= seat.real(seat.utility(offer))
    }
}

/// By name.
pub(super) const ENTRIES: &[Entry] = &[Entry::new(
    "hybrid",
    "answers the moves of the others at first, follows the time towards the end",
    "Keskin, Çakan and Aydoğan, Solver agent, AAMAS, 2021; as in NegoLog",
    |_| Box::new(Hybrid::default()),
)];
