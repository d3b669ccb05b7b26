//! What was worked out for a seat, kept for its next sessions.

use crate::game::{Discount, Formula, Utility};
use crate::talks::{Seat, View};
use std::sync::{Arc, Mutex};

/// What was worked out last, with the seat and the number of rounds it is for. Sessions of the same strategy share it.
/// It is worked out again for another seat, so that who asked before makes no difference to what is answered.
#[derive(Debug)]
pub(super) struct Memo<T>(Arc<Mutex<Vec<Kept<T>>>>);

type Kept<T> = (Key, Arc<T>);

/// How many are kept.
const MOST: usize = 4;

#[derive(Debug, PartialEq)]
struct Key {
    at: usize,
    rounds: u32,
    function: Arc<Utility>,
    reservation: Option<i128>,
    discount: Option<Discount>,
    keeps: Vec<Formula>,
}

impl Key {
    fn is(&self, seat: &Seat, rounds: u32) -> bool {
        self.at == seat.at
            && self.rounds == rounds
            && self.reservation == seat.reservation
            && self.discount == seat.discount
            && self.function == seat.function
            && self.keeps.iter().eq(seat.keeps())
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Memo(self.0.clone())
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo(Arc::new(Mutex::new(Vec::new())))
    }
}

impl<T> Memo<T> {
    /// What is known for the seat of a view over so many rounds, worked out where it is not.
    pub(super) fn get(&self, view: &View<'_>, rounds: u32, make: impl FnOnce() -> T) -> Arc<T> {
        let seat = view.seat();
        // One that panicked while it held the lock left what was there before.
        let mut kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, known)) = kept.iter().find(|(key, _)| key.is(seat, rounds)) {
            return known.clone();
        }
        let made = Arc::new(make());
        let key = Key {
            at: seat.at,
            rounds,
            function: seat.function.clone(),
            reservation: seat.reservation,
            discount: seat.discount,
            keeps: seat.keeps().cloned().collect(),
        };
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((key, made.clone()));
        made
    }
}
