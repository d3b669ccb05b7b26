//! Playing talks to their end, with a strategy at every seat.

use super::{Strategy, ask};
use crate::game::Stream;
use crate::talks::course::{Answer, Course, Request};
use crate::talks::{Ask, Move};

/// Plays talks that were opened under an address to their end: delegations by one strategy per seat, principals by
/// `answers`, which gets the talks as they stand and the seat; [`Course::habit`] is the answer by their own preferences.
/// A delegation that may not accept what is on the table is asked for a proposal instead. A move that is not legal ends
/// the talks as a breach.
///
/// ```
/// use detente::game::{Issue, Profile, Scenario, Space, Utility};
/// use detente::strategy::{Curve, Pick, TimeDependent, play_course};
/// use detente::talks::course::{Circumstances, Close, Course};
/// use detente::talks::protocols::StackedAlternating;
/// use detente::talks::{Seat, Setting};
/// use std::sync::Arc;
/// let space = Space { issues: vec![Issue::named("share", &["all", "half", "none"])] };
/// let party = |name: &str, worth| Profile::new(name, Utility { unit: 2, worth: vec![worth], ..Utility::default() });
/// let scenario = Scenario::new("a cake", space, vec![party("a", vec![2, 1, 0]), party("b", vec![0, 1, 2])]);
/// let seats = Seat::all(&scenario).unwrap();
/// let circumstances = Arc::new(Circumstances::plain(4, 5));
/// let sao = StackedAlternating::default();
/// let course = Course::open(&Setting::of(&scenario), &seats, circumstances, &sao, (1, 0)).unwrap();
/// let linear = TimeDependent::new(Curve::Polynomial(1.0), Pick::AtLeast);
/// let course = play_course(course, &[&linear, &linear], &Course::habit, (1, 0));
/// assert_eq!(course.close(), Some(Close::Settled));
/// ```
#[must_use]
pub fn play_course(
    mut course: Course,
    strategies: &[&dyn Strategy],
    answers: &dyn Fn(&Course, usize) -> Answer,
    (seed, index): (u64, u64),
) -> Course {
    let open = |(at, strategy): (usize, &&dyn Strategy)| strategy.open(Stream::new(seed, index, at as u64));
    let mut players: Vec<Box<dyn Strategy>> = strategies.iter().enumerate().map(open).collect();
    loop {
        let requests = course.requests();
        let Some(request) = requests.first() else { break };
        let (seat, legal) = match request {
            Request::Answer(referral) => {
                let seat = referral.seat;
                let answer = answers(&course, seat);
                (seat, course.answer(seat, answer))
            }
            Request::Move { seat, ask: asked, held } => {
                let seat = *seat;
                let what = match (course.view(seat), players.get_mut(seat), asked) {
                    (Some(view), Some(player), asked) => match asked {
                        Ask::Answer(_) if held.is_some() => ask(player.as_mut(), &view, &Ask::Propose),
                        Ask::Decide(_) if held.is_some() => Move::Reject,
                        asked => ask(player.as_mut(), &view, asked),
                    },
                    _ => Move::Leave,
                };
                (seat, course.step(seat, what))
            }
        };
        if legal.is_err() {
            course.breach(seat);
        }
    }
    course
}
