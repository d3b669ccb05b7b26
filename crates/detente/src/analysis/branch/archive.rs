//! The efficient points found so far.

use crate::analysis::linked::decode::Found;
use crate::analysis::linked::prune::{Label, keep_efficient};
use crate::analysis::number::Whole;

/// Points of which none covers another, in decreasing lexicographic order.
#[derive(Debug)]
pub(crate) struct Archive<T, const N: usize> {
    found: Vec<Found<T, N>>,
}

impl<T: Whole, const N: usize> Archive<T, N> {
    pub(crate) fn new() -> Self {
        Archive { found: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    pub(crate) fn utilities(&self) -> impl Iterator<Item = &[T; N]> {
        self.found.iter().map(|f| &f.utilities)
    }

    /// Whether some point is at least as good for everybody.
    pub(crate) fn covers(&self, utilities: &[T; N]) -> bool {
        self.utilities().any(|a| a.iter().zip(utilities).all(|(a, u)| a >= u))
    }

    /// Takes in the points that are efficient beside those here.
    pub(crate) fn insert(&mut self, new: impl IntoIterator<Item = Found<T, N>>) {
        let new: Vec<Found<T, N>> = new.into_iter().filter(|f| !self.covers(&f.utilities)).collect();
        if new.is_empty() {
            return;
        }
        let mut all: Vec<Option<Found<T, N>>> =
            std::mem::take(&mut self.found).into_iter().chain(new).map(Some).collect();
        let label =
            |(at, f): (usize, &Option<Found<T, N>>)| Some(Label { sum: f.as_ref()?.utilities, from: at as u32 });
        let mut labels: Vec<Label<T, N>> = all.iter().enumerate().filter_map(label).collect();
        keep_efficient(&mut labels);
        self.found = labels.iter().filter_map(|l| all.get_mut(l.from as usize)?.take()).collect();
    }

    pub(crate) fn into_found(self) -> Vec<Found<T, N>> {
        self.found
    }
}
