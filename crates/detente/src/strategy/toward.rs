//! A time-dependent tactic that trades off: of what is worth its target, it proposes what is most like the last offer of
//! the other side (Faratin, Sierra and Jennings 2002, *Using similarity criteria to make issue trade-offs*).

use super::time::ends;
use super::{Curve, Strategy};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, View};

/// How many outcomes above the target are looked at, the cheapest first.
const LOOKED_AT: usize = 64;

/// The target falls with time from the best outcome to the floor. Of the cheapest outcomes that are worth at least the
/// target, the one proposed has the most issues as in the last offer received; of several, the best for itself. It accepts
/// what is worth at least what it would propose next, and no less than no agreement.
///
/// A seat that may propose nothing (a mandate or the order of steps forbids everything for now) proposes things as they are,
/// and stays.
///
/// Likeness is the number of issues with the same value: no guess is made of what an issue is worth to the other side. In
/// a space that is not listed, the cheapest outcome worth the target is proposed.
#[derive(Debug, Clone)]
pub struct Toward {
    /// How the target falls.
    pub curve: Curve,
    /// What it would propose, with the round it was worked out in.
    next: Option<(u32, Choice)>,
}

impl Toward {
    /// A tactic of this curve.
    #[must_use]
    pub fn new(curve: Curve) -> Self {
        Toward { curve, next: None }
    }

    fn next(&mut self, view: &View<'_>) -> Option<&Choice> {
        if self.next.as_ref().is_none_or(|(round, _)| *round != view.round()) {
            let choice = self.choose(view)?;
            self.next = Some((view.round(), choice));
        }
        self.next.as_ref().map(|(_, choice)| choice)
    }

    fn choose(&self, view: &View<'_>) -> Option<Choice> {
        let seat = view.seat();
        let menu = seat.menu();
        let (best, least) = ends(menu, view.floor())?;
        let (top, bottom) = (seat.real(best), seat.real(least));
        let target = seat.whole(bottom + (top - bottom) * self.curve.at(view.time())).clamp(least, best);
        let (Some(list), Some(like)) = (menu.list(), view.last_received()) else {
            return menu.at_least(target).or_else(|| menu.best());
        };
        let end = list.partition_point(|choice| choice.utility >= target);
        let window = list.get(end.saturating_sub(LOOKED_AT)..end).unwrap_or_default();
        let alike = |choice: &&Choice| {
            let same = choice.outcome.digits().iter().zip(like.digits()).filter(|(a, b)| a == b).count();
            (same, choice.utility)
        };
        // Of several the last: the list is in a total order, so this is the same everywhere.
        window.iter().max_by_key(alike).cloned().or_else(|| menu.best())
    }
}

impl Strategy for Toward {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(Toward::new(self.curve))
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        match self.next(view) {
            Some(choice) => Some(choice.outcome.clone()),
            None => Some(view.seat().space.status_quo()),
        }
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let worth = view.seat().utility(offer);
        view.tolerates(offer) && self.next(view).is_some_and(|next| worth >= next.utility)
    }
}
