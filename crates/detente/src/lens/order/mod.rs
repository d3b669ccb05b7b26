//! In what order could it go, and whose demands on the order cannot all be met?

mod answer;

pub use answer::{Choreography, Cut, Cycle, Demand, Elsewhere, OrderAnswer, OrderStep, Way, WayKind};
