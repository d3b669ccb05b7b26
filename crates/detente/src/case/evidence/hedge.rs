//! Words of a quote that take back part of what its number says.

use super::amounts::{Support, Token};
use std::ops::Range;

/// Words that make a number beside them approximate, before it.
const BEFORE: [&[&str]; 29] = [
    &["roughly"],
    &["about"],
    &["around"],
    &["approximately"],
    &["approx"],
    &["circa"],
    &["ca"],
    &["nearly"],
    &["almost"],
    &["some"],
    &["over"],
    &["under"],
    &["perhaps"],
    &["maybe"],
    &["estimated"],
    &["up", "to"],
    &["at", "least"],
    &["at", "most"],
    &["more", "than"],
    &["less", "than"],
    &["fewer", "than"],
    &["close", "to"],
    &["as", "many", "as"],
    &["as", "much", "as"],
    &["as", "few", "as"],
    &["in", "the", "region", "of"],
    &["on", "the", "order", "of"],
    &["just", "over"],
    &["just", "under"],
];

/// The same, after it.
const AFTER: [&[&str]; 4] = [&["or", "so"], &["or", "more"], &["or", "less"], &["or", "fewer"]];

/// Words that say the whole passage is not certain, or not the source's own.
const ANYWHERE: [&[&str]; 33] = [
    &["reports"],
    &["reported"],
    &["reportedly"],
    &["reporting"],
    &["possible"],
    &["possibly"],
    &["possibility"],
    &["may"],
    &["might"],
    &["could"],
    &["suggest"],
    &["suggests"],
    &["suggested"],
    &["alleged"],
    &["allegedly"],
    &["apparently"],
    &["likely"],
    &["probable"],
    &["probably"],
    &["presumably"],
    &["supposedly"],
    &["unconfirmed"],
    &["rumoured"],
    &["rumored"],
    &["estimate"],
    &["estimates"],
    &["claims"],
    &["claimed"],
    &["believed"],
    &["seems"],
    &["appears"],
    &["said", "to"],
    &["according", "to"],
];

/// Tokens between a word of approximation and its number ("roughly, by all counts, a fifth").
const REACH: usize = 3;

/// The words in a quote that hedge the number it supports, as written; `None` when it stands plain somewhere.
pub(super) fn hedge(tokens: &[Token], support: &Support) -> Option<String> {
    match support {
        Support::None => None,
        Support::Vague(at) => Some(words(tokens, at.clone())),
        Support::Stated(places) => {
            if let Some(found) = anywhere(tokens) {
                return Some(found);
            }
            let mut found = None;
            for place in places {
                found = Some(beside(tokens, place)?);
            }
            found
        }
    }
}

fn words(tokens: &[Token], at: Range<usize>) -> String {
    tokens.get(at).unwrap_or(&[]).iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn stands(tokens: &[Token], at: usize, phrase: &[&str]) -> bool {
    tokens.get(at..at + phrase.len()).is_some_and(|t| t.iter().zip(phrase).all(|(t, word)| t.is(word)))
}

fn anywhere(tokens: &[Token]) -> Option<String> {
    (0..tokens.len()).find_map(|at| {
        let phrase = ANYWHERE.iter().find(|phrase| stands(tokens, at, phrase))?;
        // The month is written with a capital.
        let month = tokens.get(at).is_some_and(|t| t.text == "May");
        (!month).then(|| words(tokens, at..at + phrase.len()))
    })
}

fn beside(tokens: &[Token], number: &Range<usize>) -> Option<String> {
    for at in number.start.saturating_sub(REACH + 3)..number.start {
        for phrase in BEFORE {
            let gap = number.start.saturating_sub(at + phrase.len());
            if stands(tokens, at, phrase) && at + phrase.len() <= number.start && gap <= REACH {
                return Some(words(tokens, at..at + phrase.len()));
            }
        }
    }
    (number.end..=number.end + REACH).find_map(|at| {
        let phrase = AFTER.iter().find(|phrase| stands(tokens, at, phrase))?;
        Some(words(tokens, at..at + phrase.len()))
    })
}
