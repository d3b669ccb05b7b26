//! The difference between a quote and a passage, word by word.

use super::fold::fold;
use unicode_segmentation::UnicodeSegmentation;

/// One piece of a difference between a quote and the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The same in both, up to folding; as the source has it.
    Same(String),
    /// In the quote only.
    Quote(String),
    /// In the source only.
    Source(String),
}

/// A difference in one line: words of the quote only as `[-…-]`, of the source only as `{+…+}`.
///
/// With `around`, words that are the same are cut to that many next to each change.
///
/// ```
/// use detente::text::{Difference, difference_text};
/// let difference = [
///     Difference::Same("Russia controls ".into()),
///     Difference::Quote("a third".into()),
///     Difference::Source("roughly a fifth".into()),
/// ];
/// assert_eq!(difference_text(&difference, None), "Russia controls [-a third-]{+roughly a fifth+}");
/// ```
#[must_use]
pub fn difference_text(difference: &[Difference], around: Option<usize>) -> String {
    let mut out = String::new();
    for (i, piece) in difference.iter().enumerate() {
        match piece {
            Difference::Quote(words) => out.extend(["[-", words, "-]"]),
            Difference::Source(words) => out.extend(["{+", words, "+}"]),
            Difference::Same(words) => {
                let (first, last) = (i == 0, i + 1 == difference.len());
                match around {
                    Some(most) => out.push_str(&shortened(words, most, first, last)),
                    None => out.push_str(words),
                }
            }
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a piece next to the changes before and after it.
fn shortened(piece: &str, most: usize, first: bool, last: bool) -> String {
    let words: Vec<&str> = piece.split_inclusive(char::is_whitespace).collect();
    let (head, tail) = (if first { 0 } else { most }, if last { 0 } else { most });
    if words.len() <= head + tail + 1 {
        return piece.to_string();
    }
    let head = words.get(..head).unwrap_or(&[]).concat();
    let tail = words.get(words.len() - tail..).unwrap_or(&[]).concat();
    let gap = if first || head.ends_with(char::is_whitespace) { "… " } else { " … " };
    format!("{head}{gap}{tail}")
}

/// Tables of more cells than this are not made: a difference so large is shown as one exchange.
const LARGEST: usize = 4_000_000;

/// What has to be changed in `quote`, word by word, to get `source`: the fewest words.
pub(super) fn difference(quote: &str, source: &str) -> Vec<Difference> {
    let (quote, source) = (words(quote), words(source));
    let (q, s) = (quote.as_slice(), source.as_slice());
    let head = q.iter().zip(s).take_while(|(a, b)| a.key == b.key).count();
    let (q_mid, s_mid) = (q.get(head..).unwrap_or(&[]), s.get(head..).unwrap_or(&[]));
    let tail = q_mid.iter().rev().zip(s_mid.iter().rev()).take_while(|(a, b)| a.key == b.key).count();
    let (q_mid, q_tail) = q_mid.split_at(q_mid.len() - tail);
    let (s_mid, s_tail) = s_mid.split_at(s_mid.len() - tail);
    let mut pieces = Pieces::default();
    for word in s.iter().take(head) {
        pieces.same(word.text);
    }
    if q_mid.len().saturating_mul(s_mid.len()) > LARGEST {
        pieces.changed(q_mid, s_mid);
    } else {
        pieces.align(q_mid, s_mid);
    }
    debug_assert_eq!(q_tail.len(), s_tail.len());
    for word in s_tail {
        pieces.same(word.text);
    }
    pieces.finish()
}

struct Word<'a> {
    text: &'a str,
    key: String,
}

/// The words, signs and white space of a text, with what they are compared by.
fn words(text: &str) -> Vec<Word<'_>> {
    text.split_word_bounds().map(|text| Word { text, key: fold(text) }).filter(|word| !word.key.is_empty()).collect()
}

#[derive(Default)]
struct Pieces {
    done: Vec<Difference>,
    quote: String,
    source: String,
}

impl Pieces {
    /// Longest common subsequence, read off from the front.
    fn align(&mut self, quote: &[Word<'_>], source: &[Word<'_>]) {
        let wide = source.len() + 1;
        let mut common = vec![0u32; (quote.len() + 1) * wide];
        let at = |i: usize, j: usize| i * wide + j;
        let read = |common: &[u32], i, j| common.get(at(i, j)).copied().unwrap_or(0);
        for (i, q) in quote.iter().enumerate().rev() {
            for (j, s) in source.iter().enumerate().rev() {
                let best = if q.key == s.key {
                    read(&common, i + 1, j + 1) + 1
                } else {
                    read(&common, i + 1, j).max(read(&common, i, j + 1))
                };
                if let Some(cell) = common.get_mut(at(i, j)) {
                    *cell = best;
                }
            }
        }
        let (mut i, mut j) = (0, 0);
        loop {
            match (quote.get(i), source.get(j)) {
                (Some(q), Some(s)) if q.key == s.key => {
                    self.same(s.text);
                    (i, j) = (i + 1, j + 1);
                }
                (Some(q), s) if s.is_none() || read(&common, i + 1, j) >= read(&common, i, j + 1) => {
                    self.quote.push_str(q.text);
                    i += 1;
                }
                (_, Some(s)) => {
                    self.source.push_str(s.text);
                    j += 1;
                }
                (_, None) => break,
            }
        }
    }

    fn changed(&mut self, quote: &[Word<'_>], source: &[Word<'_>]) {
        self.quote.extend(quote.iter().map(|w| w.text));
        self.source.extend(source.iter().map(|w| w.text));
    }

    fn same(&mut self, text: &str) {
        let open = !self.quote.is_empty() || !self.source.is_empty();
        // A lone space between two changed words belongs to the change.
        if open && text.chars().all(char::is_whitespace) && !self.quote.is_empty() && !self.source.is_empty() {
            self.quote.push_str(text);
            self.source.push_str(text);
            return;
        }
        self.close();
        match self.done.last_mut() {
            Some(Difference::Same(before)) => before.push_str(text),
            _ => self.done.push(Difference::Same(text.to_string())),
        }
    }

    /// Ends a change; white space at its end, the same on both sides, goes back to what is the same.
    fn close(&mut self) {
        let (quote, source) = (std::mem::take(&mut self.quote), std::mem::take(&mut self.source));
        let both = !quote.is_empty() && !source.is_empty();
        let (q, s) = if both { (quote.trim_end(), source.trim_end()) } else { (quote.as_str(), source.as_str()) };
        let shared = both && q.len() < quote.len() && s.len() < source.len();
        let (q, s) = if shared { (q, s) } else { (quote.as_str(), source.as_str()) };
        if !q.is_empty() {
            self.done.push(Difference::Quote(q.to_string()));
        }
        if !s.is_empty() {
            self.done.push(Difference::Source(s.to_string()));
        }
        if shared {
            self.done.push(Difference::Same(source.get(s.len()..).unwrap_or("").to_string()));
        }
    }

    fn finish(mut self) -> Vec<Difference> {
        self.close();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(quote: &str, source: &str) -> String {
        difference_text(&difference(quote, source), None)
    }

    #[test]
    fn shows_changed_words_whole() {
        assert_eq!(shown("controls a third of it", "controls a fifth of it"), "controls a [-third-]{+fifth+} of it");
        assert_eq!(shown("a fifth of it", "roughly a fifth of it"), "{+roughly +}a fifth of it");
        assert_eq!(shown("the red line", "the blue wall"), "the [-red line-]{+blue wall+}");
        assert_eq!(shown("Kyiv's \"first\" aim", "Kyiv’s “last” aim"), "Kyiv’s “[-first-]{+last+}” aim");
        assert_eq!(shown("same", "same"), "same");
    }

    #[test]
    fn leaves_out_what_is_far_from_a_change() {
        let difference = difference("one two three four five six", "one two three four fife six");
        assert_eq!(difference_text(&difference, Some(2)), "… three four [-five-]{+fife+} six");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off(quote in "[a-c ]{0,24}", source in "[a-c ]{0,24}") {
            let (mut q, mut s) = (String::new(), String::new());
            for piece in difference(&quote, &source) {
                match piece {
                    Difference::Same(t) => { q.push_str(&t); s.push_str(&t); }
                    Difference::Quote(t) => q.push_str(&t),
                    Difference::Source(t) => s.push_str(&t),
                }
            }
            prop_assert_eq!(s, source);
            prop_assert_eq!(fold(&q), fold(&quote));
        }
    }
}
