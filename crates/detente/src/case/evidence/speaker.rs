//! Whether two names stand for the same voice.

use crate::case::model::case::Document;
use crate::case::scalars::Name;

/// Whether what `one` says can be taken for what `other` says: they are the same, or one belongs to the other.
pub(super) fn same_voice(document: &Document, one: &str, other: &str) -> bool {
    belongs(document, one, other) || belongs(document, other, one)
}

/// Whether an actor is another, belongs to it (`of`, at any remove), or decides or negotiates for it.
fn belongs(document: &Document, one: &str, other: &str) -> bool {
    let mut reached = vec![actor(document, one)];
    let mut next = 0;
    while let Some(&here) = reached.get(next) {
        next += 1;
        if here == actor(document, other) {
            return true;
        }
        let above = document.actors.get(here).and_then(|a| a.of.as_ref()).map(|of| actor(document, of.as_str()));
        let parties = document.parties.keys().filter(|id| acts_for(document, here, id)).map(|id| actor(document, id));
        for name in above.into_iter().chain(parties) {
            if !reached.contains(&name) {
                reached.push(name);
            }
        }
    }
    false
}

/// The actor that a name stands for: a party's own, or the name itself.
fn actor<'a>(document: &'a Document, name: &'a str) -> &'a str {
    document.parties.get(name).and_then(|p| p.actor.as_ref()).map_or(name, Name::as_str)
}

/// Whether an actor is a party's principal or sits in its delegation.
fn acts_for(document: &Document, name: &str, party: &str) -> bool {
    let Some(party) = document.parties.get(party) else { return false };
    let principal = party.principal.iter().filter_map(|p| p.actor.as_ref());
    let delegation = party.delegation.iter().flat_map(|d| d.head.iter().chain(&d.members));
    principal.chain(delegation).any(|n| n.as_str() == name)
}
