//! NegMAS scenarios, YAML or JSON: a domain and one utility function per party.
//!
//! A utility function names no issues; its values stand in the order of the domain's. So it is read once the
//! domain is known. Pickled functions are refused and never looked into.

mod read;
mod values;
mod write;

pub(crate) use read::{domain, kind, ufun};
pub(crate) use write::write;
