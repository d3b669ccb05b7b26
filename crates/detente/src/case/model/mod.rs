//! What a case can say, as data. One file per subject.
//!
//! The doc comments are what `detente schema` prints and what editors show.

pub mod case;
pub mod conduct;
pub mod grounds;
pub mod people;
pub mod process;
pub mod sources;
pub mod substance;
pub mod surroundings;
pub mod talks;
