//! Cases of this program as scenarios, and scenarios as cases.

mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;
