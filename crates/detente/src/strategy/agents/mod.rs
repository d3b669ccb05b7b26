//! Agents of past competitions, from published descriptions; one file each.

use super::Entry;

/// What is to be had by name.
pub(super) const AGENTS: &[Entry] = &[];
