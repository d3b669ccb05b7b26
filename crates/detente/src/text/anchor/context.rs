//! The words before and after a quote: which of several places they mean.

use super::fold::{Fold, fold};
use super::myers::Pattern;
use super::{Quote, SourceText};
use std::ops::Range;

/// Words around still fit when this share of their characters does, so that a slip in them
/// does not lose a quote that is right. Only asked when they fit no place letter for letter.
const NEAR: f64 = 0.8;

/// Characters of a long prefix or suffix, next to the quote, that near fits look at.
const REACH: usize = 64;

/// Near fits are not looked for among more places than this; the quote is then ambiguous.
const MOST_PLACES: usize = 1000;

/// How well the words around a place fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    No,
    Near,
    Whole,
}

/// The words around a quote, folded. An empty text says nothing but that one was given.
pub(super) struct Context {
    prefix: Option<String>,
    suffix: Option<String>,
}

impl Context {
    pub(super) fn new(quote: &Quote<'_>) -> Self {
        let side = |words: Option<&str>| words.map(|w| fold(w).trim().to_string());
        Context { prefix: side(quote.prefix), suffix: side(quote.suffix) }
    }

    /// Whether it has any words.
    pub(super) fn has_words(&self) -> bool {
        self.words().next().is_some()
    }

    fn words(&self) -> impl Iterator<Item = &String> {
        [&self.prefix, &self.suffix].into_iter().flatten().filter(|words| !words.is_empty())
    }

    /// How alike the words before and after a place are to those given, each 0 to 1 and only where given.
    pub(super) fn likeness(&self, fold: &Fold, place: &Range<usize>) -> (Option<f64>, Option<f64>) {
        let (before, after) = sides(fold, place);
        let given = |words: &Option<String>| words.clone().filter(|w| !w.is_empty());
        let prefix = given(&self.prefix).map(|p| alike(p.chars().rev(), before.trim_end().chars().rev()));
        let suffix = given(&self.suffix).map(|s| alike(s.chars(), after.trim_start().chars()));
        (prefix, suffix)
    }

    pub(super) fn fit(&self, fold: &Fold, place: &Range<usize>) -> Fit {
        if self.fits_whole(fold, place) {
            return Fit::Whole;
        }
        let (prefix, suffix) = self.likeness(fold, place);
        if prefix.unwrap_or(1.0) >= NEAR && suffix.unwrap_or(1.0) >= NEAR { Fit::Near } else { Fit::No }
    }

    fn fits_whole(&self, fold: &Fold, place: &Range<usize>) -> bool {
        let (before, after) = sides(fold, place);
        before.trim_end().ends_with(self.prefix.as_deref().unwrap_or(""))
            && after.trim_start().starts_with(self.suffix.as_deref().unwrap_or(""))
    }

    /// The one place of several that the words around mean, if it is one.
    pub(super) fn choose(&self, fold: &Fold, places: &[Range<usize>]) -> Option<Range<usize>> {
        let whole: Vec<&Range<usize>> = places.iter().filter(|p| self.fits_whole(fold, p)).collect();
        if whole.is_empty() && places.len() <= MOST_PLACES {
            let near: Vec<&Range<usize>> = places.iter().filter(|p| self.fit(fold, p) == Fit::Near).collect();
            return self.only(fold, &near);
        }
        self.only(fold, &whole)
    }

    /// Whether there are words around and they fit none of the places, not even nearly.
    pub(super) fn fits_none(&self, fold: &Fold, places: &[Range<usize>]) -> bool {
        self.has_words() && places.len() <= MOST_PLACES && places.iter().all(|p| self.fit(fold, p) == Fit::No)
    }

    /// The only place, or the only one at an end of the text where the words on that side were given as none.
    fn only(&self, fold: &Fold, places: &[&Range<usize>]) -> Option<Range<usize>> {
        if let [one] = places {
            return Some((*one).clone());
        }
        let none = |side: &Option<String>| side.as_ref().is_some_and(String::is_empty);
        let mut at_end = places.iter().filter(|place| {
            let (before, after) = sides(fold, place);
            none(&self.prefix) && before.trim().is_empty() || none(&self.suffix) && after.trim().is_empty()
        });
        at_end.next().filter(|_| at_end.next().is_none()).map(|place| (*place).clone())
    }
}

/// The fold before and after a place of the raw text.
fn sides<'a>(fold: &'a Fold, place: &Range<usize>) -> (&'a str, &'a str) {
    (fold.text.get(..fold.before(place.start)).unwrap_or(""), fold.text.get(fold.after(place.end)..).unwrap_or(""))
}

/// How alike `words` are to what the text begins with: 1 less the edits by character, not below 0.
fn alike(words: impl Iterator<Item = char> + Clone, text: impl Iterator<Item = char>) -> f64 {
    let words = words.take(REACH);
    let len = words.clone().count();
    let mut fewest = len;
    Pattern::new(words).ends(text.take(len + len / 4 + 1), true, len, |_, edits| fewest = fewest.min(edits));
    if len == 0 { 1.0 } else { 1.0 - fewest as f64 / len as f64 }
}

/// Words beside a place that tell it from other places of the same quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// Words just before.
    Prefix(String),
    /// Words just after.
    Suffix(String),
}

/// Words considered on either side.
const MOST_WORDS: usize = 8;

/// The fewest words before or after `places[which]` that none of the other places has there,
/// if up to eight tell them apart.
///
/// ```
/// use detente::text::{Beside, SourceText, tell_apart};
/// let source = SourceText::new("the talks on Friday; the talks on Monday");
/// let beside = tell_apart(&source, &[4..9, 25..30], 1);
/// assert_eq!(beside, Some(Beside::Prefix("Friday; the".into())));
/// ```
#[must_use]
pub fn tell_apart(source: &SourceText, places: &[Range<usize>], which: usize) -> Option<Beside> {
    let place = places.get(which)?;
    let before: Vec<&str> = source.raw().get(..place.start)?.split_whitespace().rev().take(MOST_WORDS).collect();
    let after: Vec<&str> = source.raw().get(place.end..)?.split_whitespace().take(MOST_WORDS).collect();
    let tells = |beside: &Beside| {
        let (prefix, suffix) = match beside {
            Beside::Prefix(words) => (Some(words.as_str()), None),
            Beside::Suffix(words) => (None, Some(words.as_str())),
        };
        let context = Context::new(&Quote { exact: "", prefix, suffix });
        context.has_words()
            && places.iter().enumerate().all(|(i, p)| context.fits_whole(&source.fold, p) == (i == which))
    };
    for count in 1..=MOST_WORDS {
        let prefix = before.get(..count).map(|words| words.iter().rev().copied().collect::<Vec<_>>().join(" "));
        let suffix = after.get(..count).map(|words| words.join(" "));
        let both = [prefix.map(Beside::Prefix), suffix.map(Beside::Suffix)];
        if let Some(beside) = both.into_iter().flatten().find(tells) {
            return Some(beside);
        }
    }
    None
}
