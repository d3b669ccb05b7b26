//! GENIUS: domains and profiles in XML, as its repositories of 2008 to 2016 have them.
//!
//! The meaning is that of the program (Lin et al. 2014, "Genius: an integrated environment for supporting the
//! design of generic automated negotiators"), computed in exact fractions:
//!
//! - a named value counts weight × evaluation / largest evaluation of its issue, a number weight × what its
//!   evaluator gives, cut to 0 to 1; the sum is cut at 1;
//! - in a nonlinear profile a hyper-rectangle counts its utility when all its sides hold, and the sum is divided
//!   by `maxutility`;
//! - the discount factor is a power of the share of the deadline that has passed and shrinks the reservation value
//!   as well.
//!
//! Many of the files that circulate are not well-formed XML. What leaves no doubt is repaired with a warning, what
//! would change the preferences is refused.
//!
//! - `encoding`: bytes to text;
//! - `markup`, `tag`, `attribute`: text to a tree of the elements that mean something, with bounds on depth and number;
//! - `report`: what was found, in bounded number;
//! - `issue`: issues and values;
//! - `additive`, `evaluator`, `weight`: sums over issues;
//! - `boxes`, `constraint`: hyper-rectangles, and combinations that count 0;
//! - `profile`: a file as a whole;
//! - `write`: the way back.

mod additive;
mod attribute;
mod boxes;
mod constraint;
mod encoding;
mod evaluator;
mod issue;
mod markup;
mod profile;
mod report;
mod tag;
mod weight;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use encoding::decode;
pub(crate) use profile::{looks_like, read};
pub(crate) use write::write;
