//! The truth as a model: what a strategy would gain from knowing the others.

use super::Estimate;
use crate::game::{Outcome, Utility};
use std::sync::Arc;

/// Knows the true utility of the seat it is a model of. It hears nothing and learns nothing.
#[derive(Debug, Clone, Default)]
pub struct Perfect {
    utilities: Arc<[Arc<Utility>]>,
    of: usize,
    /// Utilities that are sums over single issues, from 0 to 1.
    exact: Option<Arc<Estimate>>,
}

impl Perfect {
    /// A model of these seats, in their order.
    #[must_use]
    pub fn of(utilities: Arc<[Arc<Utility>]>) -> Self {
        Perfect { utilities, of: 0, exact: None }
    }

    /// The same for the seat at a position.
    #[must_use]
    pub fn open(&self, of: usize) -> Self {
        let exact = self.utilities.get(of).and_then(|utility| Estimate::exact(utility)).map(Arc::new);
        Perfect { utilities: self.utilities.clone(), of, exact }
    }

    /// What an outcome is worth to the seat: from 0 to 1 where its utility is a sum over single issues, else in the scale of
    /// its own profile.
    #[must_use]
    pub fn worth(&self, outcome: &Outcome) -> f64 {
        match (&self.exact, self.utilities.get(self.of)) {
            (Some(exact), _) => exact.of(outcome),
            (None, Some(utility)) => utility.real(utility.of(outcome)),
            (None, None) => 0.0,
        }
    }

    /// Its utility as an estimate, where it is a sum over single issues.
    #[must_use]
    pub fn estimate(&self) -> Option<&Estimate> {
        self.exact.as_deref()
    }
}
