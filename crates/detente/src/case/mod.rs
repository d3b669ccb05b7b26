//! What an analyst wrote: read, checked against its sources, resolved.
//!
//! [`read`] takes the name of a case file and a way to open files, and gives a [`Case`] with
//! every finding about it. The records of a case are in [`model`].

pub(crate) mod decode;
pub(crate) mod tree;

mod claims;
mod condition;
mod evidence;
pub mod model;
mod names;
mod reading;
mod report;
mod scalars;
mod schema;

pub use claims::{Claim, ClaimKind};
pub use condition::{Condition, ConditionError, Expr, parse_condition};
pub use evidence::{Contradiction, EvidenceCheck, HeldSource, Status, contradictions};
pub use model::case::Document;
pub use model::grounds::{Basis, Grounds};
pub use reading::{Case, OpenError, ReadOptions, Reading, read};
pub use report::{EvidenceItem, Item, PlaceItem, Report, Summary};
pub use scalars::{Name, Range, Share, Tier, When};
pub use schema::schema;
