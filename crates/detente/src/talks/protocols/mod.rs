//! The protocols, one file each, and their names.

mod blind;
mod closing;
mod coalitions;
mod concession;
mod demands;
mod draft;
mod ladder;
mod mediated;
mod mediator;
mod multiple;
mod named;
mod one_text;
mod stacked;
mod threads;

pub use blind::BlindBidding;
pub use closing::Closing;
pub use coalitions::Coalitions;
pub use concession::MonotonicConcession;
pub use demands::SealedDemands;
pub use ladder::Split;
pub use mediated::MediatedSearch;
pub use mediator::MediatorProposes;
pub use multiple::MultipleOffers;
pub use named::{Listed, Unnamed, listed, named};
pub use one_text::OneText;
pub use stacked::{Leaving, StackedAlternating};
pub use threads::Threads;

#[cfg(test)]
mod tests;
