//! Sentences of a text, for reading around a quote.

use std::ops::Range;

/// One sentence: its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the raw text, without the white space around.
    pub range: Range<usize>,
}

/// Splits a text into sentences, in order.
///
/// A line is a paragraph of its own, so that titles stand alone; in a text that is wrapped by hand (short lines, most
/// of them followed by another) a blank line, a heading or a list mark begins a paragraph. Within a paragraph
/// a sentence ends at `.`, `!`, `?` or an ellipsis with the closing quotation marks and brackets after it, when what
/// follows does not begin in lower case. Titles (`Mr.`), initials, `U.S.`, `a.m.` and numbers of lists do not end
/// a sentence, unless a word follows that sentences usually begin with. A heuristic made for news English.
/// O(length).
///
/// ```
/// use detente::text::sentences;
/// let text = "A title\nMr. A of the U.S. Senate said: “No.” Then he left at 9 a.m. on Friday.";
/// let found: Vec<&str> = sentences(text).into_iter().map(|s| &text[s.range]).collect();
/// assert_eq!(found, ["A title", "Mr. A of the U.S. Senate said: “No.”", "Then he left at 9 a.m. on Friday."]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    for paragraph in paragraphs(text) {
        split(text, paragraph, &mut out);
    }
    out
}

/// The stretch from the first to the last of the sentences that a range touches.
///
/// ```
/// use detente::text::{sentences, sentences_around};
/// let text = "One. Two. Three.";
/// assert_eq!(sentences_around(&sentences(text), &(5..6)), Some(5..9));
/// assert_eq!(sentences_around(&sentences(text), &(3..6)), Some(0..9));
/// ```
#[must_use]
pub fn sentences_around(sentences: &[Sentence], range: &Range<usize>) -> Option<Range<usize>> {
    let first = sentences.partition_point(|s| s.range.end <= range.start);
    let last = sentences.partition_point(|s| s.range.start < range.end.max(range.start + 1)).checked_sub(1)?;
    Some(sentences.get(first)?.range.start..sentences.get(last)?.range.end).filter(|r| r.start < r.end)
}

/// Lines longer than this are paragraphs, not lines wrapped by hand.
const LONGEST_WRAPPED: usize = 120;

/// Ranges of paragraphs.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(start..start + line.trim_end().len());
        start += line.len();
    }
    let line = |i: usize| lines.get(i).and_then(|r| text.get(r.clone())).unwrap_or("");
    let wrapped = is_wrapped(&lines, &line);
    let mut out: Vec<Range<usize>> = Vec::new();
    for (i, range) in lines.iter().enumerate() {
        let this = line(i);
        let before = i.checked_sub(1).map_or("", line);
        let goes_on = !this.is_empty()
            && !before.is_empty()
            && if wrapped { !opens_paragraph(this) && !before.starts_with('#') } else { carries_on(before, this) };
        match out.last_mut() {
            Some(last) if goes_on => last.end = range.end,
            _ if this.is_empty() => {}
            _ => out.push(range.clone()),
        }
    }
    out
}

/// Whether lines are broken to fit a width: none is long, and at least three that another line follows fill half of it.
fn is_wrapped<'a>(lines: &[Range<usize>], line: &impl Fn(usize) -> &'a str) -> bool {
    let lengths: Vec<usize> = (0..lines.len()).map(|i| line(i).chars().count()).collect();
    let followed: Vec<usize> = lengths.windows(2).filter_map(|w| (*w.last()? > 0).then_some(*w.first()?)).collect();
    let full = followed.iter().filter(|len| **len >= LONGEST_WRAPPED / 2).count();
    let any = followed.iter().filter(|len| **len > 0).count();
    lengths.iter().all(|len| *len <= LONGEST_WRAPPED) && full >= 3 && full * 2 >= any
}

/// Whether a line in a wrapped text begins something new: a heading, an entry of a list, a table row, a quotation.
fn opens_paragraph(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['#', '|', '>'])
        || ["- ", "* ", "+ ", "• ", "– "].iter().any(|mark| line.starts_with(mark))
        || number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "))
}

/// Whether a line carries on the sentence of the line before: that one is not ended, and this begins in lower case.
fn carries_on(before: &str, line: &str) -> bool {
    let ended = before.trim_end_matches(closes).ends_with(ends);
    !ended && line.trim_start().chars().next().is_some_and(char::is_lowercase)
}

fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '*' | '_')
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '“' | '‘'
            | '„'
            | '‚'
            | '"'
            | '\''
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '「'
            | '『'
            | '—'
            | '–'
            | '-'
            | '*'
            | '_'
    )
}

/// Splits one paragraph.
fn split(text: &str, paragraph: Range<usize>, out: &mut Vec<Sentence>) {
    let whole = text.get(paragraph.clone()).unwrap_or("");
    let mut start = whole.len() - whole.trim_start().len();
    let mut chars = whole.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !ends(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = chars.next_if(|(_, c)| ends(*c) || closes(*c)) {
            end = next + c.len_utf8();
        }
        let rest = whole.get(end..).unwrap_or("");
        let after = after_notes(rest);
        end += rest.len() - after.len();
        let Some(sentence) = whole.get(start..end) else { continue };
        let stop = whole.get(at..end).unwrap_or("");
        if is_end(sentence, stop, after) {
            out.push(Sentence { range: paragraph.start + start..paragraph.start + end });
            start = end + (after.len() - after.trim_start().len());
        }
    }
    let rest = whole.get(start..).unwrap_or("").trim_end();
    if !rest.is_empty() {
        out.push(Sentence { range: paragraph.start + start..paragraph.start + start + rest.len() });
    }
}

/// What follows marks of footnotes: `[3]`, raised digits.
fn after_notes(rest: &str) -> &str {
    let raised = rest.trim_start_matches(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    match raised.strip_prefix('[').and_then(|note| note.split_once(']')) {
        Some((note, after)) if !note.is_empty() && note.chars().all(|c| c.is_ascii_digit()) => after_notes(after),
        _ => raised,
    }
}

/// Whether a sentence that has come to `stop` (its sign and what closes after it) ends there, with `after` to follow.
fn is_end(sentence: &str, stop: &str, after: &str) -> bool {
    let Some(first) = after.chars().next() else { return true };
    let next = after.trim_start().trim_start_matches(opens);
    if matches!(stop.chars().next(), Some('。' | '！' | '？')) {
        return true;
    }
    if !first.is_whitespace() || next.chars().next().is_some_and(char::is_lowercase) {
        return false;
    }
    if !stop.starts_with('.') || stop.starts_with("..") {
        return true;
    }
    let words = sentence.strip_suffix(stop).unwrap_or(sentence);
    let last = words.rsplit(|c: char| c.is_whitespace() || opens(c) && c != '-').next().unwrap_or("");
    let last = last.rsplit('-').next().unwrap_or("");
    match kind(last, words) {
        Ending::Word => true,
        Ending::Title => false,
        Ending::BeforeNumber => !next.starts_with(|c: char| c.is_ascii_digit()),
        Ending::Short => begins_sentence(next),
    }
}

/// What stands before a full stop.
enum Ending {
    /// An ordinary word.
    Word,
    /// A short form that always has something after it.
    Title,
    /// A short form that stands before numbers, and is a word otherwise.
    BeforeNumber,
    /// Initials or a short form that may also end a sentence.
    Short,
}

const TITLES: [&str; 37] = [
    "mr", "mrs", "ms", "messrs", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cmdr", "adm", "sgt", "cpl", "brig",
    "sen", "rep", "reps", "sens", "gov", "amb", "hon", "rev", "fr", "st", "pres", "supt", "vs", "e.g", "i.e", "cf",
    "ca", "approx", "mt", "ft", "viz",
];
const BEFORE_NUMBERS: [&str; 26] = [
    "no", "nos", "art", "arts", "para", "paras", "fig", "figs", "sec", "ch", "vol", "p", "pp", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "c",
];
const SHORT: [&str; 9] = ["etc", "inc", "ltd", "co", "corp", "bros", "jr", "sr", "al"];

fn kind(last: &str, words: &str) -> Ending {
    let lower = last.to_lowercase();
    let letters = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    // A number at the start is the mark of a list.
    if last.len() == words.len() && !last.is_empty() && last.chars().all(|c| c.is_ascii_digit()) {
        return Ending::Title;
    }
    if TITLES.contains(&lower.as_str()) {
        return Ending::Title;
    }
    // `U.S`, `a.m`, `J`; small single letters are no initials.
    let initials = last.split('.').all(letters) && (last.contains('.') || last.chars().all(char::is_uppercase));
    if (initials && !last.is_empty() && last != "I") || SHORT.contains(&lower.as_str()) {
        return Ending::Short;
    }
    if BEFORE_NUMBERS.contains(&lower.as_str()) { Ending::BeforeNumber } else { Ending::Word }
}

/// Words that sentences begin with and names do not.
const STARTERS: [&str; 58] = [
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "there",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "his",
    "her",
    "its",
    "their",
    "our",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "without",
    "to",
    "of",
    "as",
    "after",
    "before",
    "since",
    "until",
    "during",
    "under",
    "when",
    "while",
    "if",
    "though",
    "although",
    "but",
    "and",
    "or",
    "yet",
    "still",
    "however",
    "meanwhile",
    "then",
    "so",
    "because",
    "both",
    "no",
    "not",
    "what",
    "who",
    "according",
];

fn begins_sentence(next: &str) -> bool {
    let word: String = next.chars().take_while(|c| c.is_alphabetic()).take(16).collect();
    STARTERS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| &text[s.range]).collect()
    }

    #[test]
    fn short_forms_do_not_end_a_sentence() {
        for whole in [
            "He met former U.S. President A. B. Carter and Mr. Doe.",
            "It rose by 3.5 percent to No. 7 on Nov. 3 of the year.",
            "They left at 9 a.m. Moscow time, i.e. Friday.",
            "Gen. Roe (ret.) saw e.g. Art. 73 of it.",
            "He wrote “why?” and left.",
            "1. The first demand",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end_where_they_should() {
        assert_eq!(split("It is in the U.S. The rest is not."), ["It is in the U.S.", "The rest is not."]);
        assert_eq!(
            split("An “open bridge.” The price…  Who?! “Nobody.”"),
            ["An “open bridge.”", "The price…", "Who?!", "“Nobody.”"]
        );
        assert_eq!(split("They said no.[12] Then “yes.”¹ “Why?”"), ["They said no.[12]", "Then “yes.”¹", "“Why?”"]);
        assert_eq!(split("War—and peace. —Then more."), ["War—and peace.", "—Then more."]);
        assert_eq!(
            split("In 2022. 30 days later. So was I. Nobody else."),
            ["In 2022.", "30 days later.", "So was I.", "Nobody else."]
        );
        assert_eq!(split("停火。谈判开始了。"), ["停火。", "谈判开始了。"]);
        assert_eq!(split(" \n\r\n "), Vec::<&str>::new());
    }

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        assert_eq!(
            split("A title\nFirst one. Second\r\none goes on\n\nEnd"),
            ["A title", "First one.", "Second\r\none goes on", "End"]
        );
        let wrapped = "# Digest\nThe northern side said on the first day of the talks that it would see the\n\
            Governor of the island first and then, when the weather allows, all of the\n\
            Members of the council that sits on it, which both sides had asked for. A list:\n- one\n\
            - Two and the rest of the long line that goes on and on to\n  the end.\n";
        let found = split(wrapped);
        assert_eq!(found.len(), 5, "{found:#?}");
        assert!(found[1].ends_with("asked for.") && found[2] == "A list:" && found[4].ends_with("the end."));
    }

    proptest! {
        #[test]
        fn sentences_cover_all_but_white_space(text in "([A-Za-z.!?…”“ \n—]|U\\.S\\. |Mr\\. |[é。\u{a0}]){0,60}") {
            let found = sentences(&text);
            let mut at = 0;
            for Sentence { range } in &found {
                prop_assert!(range.start < range.end && range.start >= at);
                prop_assert!(text[at..range.start].trim().is_empty());
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
