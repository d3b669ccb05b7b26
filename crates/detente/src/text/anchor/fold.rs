//! A text without what typesetting adds to it, and the way back to the bytes it came from.

use std::iter::once;
use std::ops::Range;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Folds a text to the words alone: what two writers of the same passage would agree on.
///
/// Canonical composition (NFC); every quotation mark and apostrophe becomes `'` (so that `'…'` inside a TOML
/// string stands for `“…”`), every run of dashes `-`, an ellipsis `...`, a ligature its letters, a run of white
/// space one space; soft hyphens and characters of no width are dropped. Letters, digits and case stay.
/// Folding twice gives the same as folding once. O(length).
///
/// ```
/// use detente::text::fold;
/// assert_eq!(fold("Kyiv’s  “root\u{a0}causes”—and"), "Kyiv's 'root causes'-and");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    Folder::default().run(text).0
}

/// A text, its fold, and the map between the two. Offsets are bytes in both.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    pub(super) text: String,
    runs: Vec<Run>,
}

/// Consecutive units of one shape: each takes `raw_width` bytes of the raw text to `folded_width` of the fold.
///
/// Text that folding leaves alone is one run with both widths 1, so that a plain source costs next to nothing.
#[derive(Debug, Clone, Copy)]
struct Run {
    folded: usize,
    raw: usize,
    folded_width: usize,
    raw_width: usize,
}

impl Fold {
    pub(super) fn new(raw: &str) -> Self {
        let (text, runs) = Folder::default().run(raw);
        Fold { text, runs }
    }

    /// The raw bytes that a range of the fold came from, whole units at both ends.
    pub(super) fn to_raw(&self, folded: Range<usize>) -> Option<Range<usize>> {
        let last = folded.end.checked_sub(1).filter(|last| *last >= folded.start && folded.end <= self.text.len())?;
        Some(self.unit(folded.start)?.start..self.unit(last)?.end)
    }

    /// The raw bytes of the unit that holds a byte of the fold.
    fn unit(&self, at: usize) -> Option<Range<usize>> {
        let run = self.runs.get(self.runs.partition_point(|r| r.folded <= at).checked_sub(1)?)?;
        let start = run.raw + (at - run.folded) / run.folded_width * run.raw_width;
        Some(start..start + run.raw_width)
    }

    /// How much of the fold comes from before a byte of the raw text; a unit around it counts as after.
    pub(super) fn before(&self, raw: usize) -> usize {
        self.cut(raw, false)
    }

    /// Where the fold goes on after a byte of the raw text; a unit around it counts as before.
    pub(super) fn after(&self, raw: usize) -> usize {
        self.cut(raw, true)
    }

    fn cut(&self, raw: usize, round_up: bool) -> usize {
        let next = self.runs.partition_point(|r| r.raw <= raw);
        let end = self.runs.get(next).map_or(self.text.len(), |r| r.folded);
        let Some(run) = next.checked_sub(1).and_then(|i| self.runs.get(i)) else { return 0 };
        let into = raw - run.raw;
        let units = if round_up { into.div_ceil(run.raw_width) } else { into / run.raw_width };
        (run.folded + units * run.folded_width).min(end)
    }
}

/// What a run of several characters is folded to one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Space,
    Dash,
}

impl Joint {
    fn of(c: char) -> Option<Joint> {
        match c {
            ' ' => Some(Joint::Space),
            '-' => Some(Joint::Dash),
            _ => None,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Joint::Space => " ",
            Joint::Dash => "-",
        }
    }
}

#[derive(Default)]
struct Folder {
    out: String,
    runs: Vec<Run>,
    /// Raw end of the last run.
    raw_end: usize,
    /// Characters that may still compose with what follows.
    cluster: Vec<(char, Range<usize>)>,
    /// A space or dash that more of the same may join.
    joint: Option<(Joint, Range<usize>)>,
}

impl Folder {
    fn run(mut self, text: &str) -> (String, Vec<Run>) {
        self.out.reserve(text.len());
        for (at, c) in text.char_indices() {
            let raw = at..at + c.len_utf8();
            match plain(c) {
                Plain::Same => self.push(c, raw),
                Plain::Gone => {}
                Plain::Char(c) => self.push(c, raw),
                Plain::Text(letters) => {
                    // Only the last letter of a ligature can take a mark; the others are done with.
                    for c in letters.chars() {
                        self.push(c, raw.clone());
                    }
                }
            }
        }
        self.flush();
        self.close_joint();
        (self.out, self.runs)
    }

    fn push(&mut self, c: char, raw: Range<usize>) {
        if c.is_ascii() || starts_cluster(c) {
            self.flush();
        }
        self.cluster.push((c, raw));
    }

    /// Composes the open cluster and writes it.
    fn flush(&mut self) {
        let cluster = std::mem::take(&mut self.cluster);
        let mut rest = cluster.as_slice();
        // Neither a space nor a dash composes with anything.
        if let Some(((c, raw), more)) = rest.split_first()
            && (Joint::of(*c).is_some() || more.is_empty() && starts_cluster(*c))
        {
            self.emit(*c, raw.clone());
            rest = more;
        }
        if let (Some((_, first)), Some((_, last))) = (rest.first(), rest.last()) {
            let composed: String = rest.iter().map(|(c, _)| *c).nfc().collect();
            if composed.chars().eq(rest.iter().map(|(c, _)| *c)) {
                for (c, raw) in rest {
                    self.emit(*c, raw.clone());
                }
            } else {
                self.close_joint();
                self.write(&composed, first.start..last.end, false);
            }
        }
        self.cluster = cluster;
        self.cluster.clear();
    }

    fn emit(&mut self, c: char, raw: Range<usize>) {
        let joint = Joint::of(c);
        if let (Some(joint), Some((open, place))) = (joint, &mut self.joint)
            && joint == *open
        {
            place.end = raw.end;
            return;
        }
        self.close_joint();
        match joint {
            Some(joint) => self.joint = Some((joint, raw)),
            None => self.write(c.encode_utf8(&mut [0; 4]), raw, true),
        }
    }

    fn close_joint(&mut self) {
        if let Some((joint, raw)) = self.joint.take() {
            self.write(joint.sign(), raw, true);
        }
    }

    /// Writes one unit. Units of a ligature share their raw bytes and are joined into one.
    fn write(&mut self, text: &str, raw: Range<usize>, one_character: bool) {
        if raw.start < self.raw_end {
            self.widen(text, raw);
            return;
        }
        let width = raw.end - raw.start;
        // Characters that keep their length form one run whatever that length is.
        let (folded_width, raw_width) = if one_character && text.len() == width { (1, 1) } else { (text.len(), width) };
        let goes_on = raw.start == self.raw_end
            && self.runs.last().is_some_and(|r| (r.folded_width, r.raw_width) == (folded_width, raw_width));
        if !goes_on {
            self.runs.push(Run { folded: self.out.len(), raw: raw.start, folded_width, raw_width });
        }
        self.out.push_str(text);
        self.raw_end = raw.end;
    }

    /// Adds letters to the unit written last, because they come from the same raw bytes.
    fn widen(&mut self, text: &str, raw: Range<usize>) {
        let Some(run) = self.runs.last().copied() else { return };
        let units = (self.out.len() - run.folded) / run.folded_width;
        let folded = run.folded + units.saturating_sub(1) * run.folded_width;
        let start = run.raw + units.saturating_sub(1) * run.raw_width;
        if units <= 1 {
            self.runs.pop();
        }
        self.out.push_str(text);
        let end = raw.end.max(self.raw_end);
        self.runs.push(Run { folded, raw: start, folded_width: self.out.len() - folded, raw_width: end - start });
        self.raw_end = end;
    }
}

/// Whether nothing before `c` can compose with it (it is stable under NFC).
fn starts_cluster(c: char) -> bool {
    c < '\u{300}' || canonical_combining_class(c) == 0 && is_nfc_quick(once(c)) == IsNormalized::Yes
}

/// What a character is folded to before composition.
enum Plain {
    Same,
    Gone,
    Char(char),
    Text(&'static str),
}

fn plain(c: char) -> Plain {
    match c {
        '"' | '`' => Plain::Char('\''),
        ' '..='~' => Plain::Same,
        // Soft hyphen, joiners, marks of direction, the byte order mark, selectors of a variant.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => Plain::Gone,
        // Single and double marks, primes, guillemets, corner brackets; the Greek ones compose to accents.
        '´'
        | '\u{1fef}'
        | '\u{1ffd}'
        | 'ʼ'
        | '‘'..='‟'
        | '′'..='‷'
        | '‹'
        | '›'
        | '«'
        | '»'
        | '「'..='』'
        | '〝'..='〟'
        | '＇'
        | '＂'
        | '❛'..='❞'
        | '⹂' => Plain::Char('\''),
        '‐'..='―' | '−' | '⁃' | '⸺' | '⸻' | '﹘' | '﹣' | '－' => Plain::Char('-'),
        '…' => Plain::Text("..."),
        'ﬀ' => Plain::Text("ff"),
        'ﬁ' => Plain::Text("fi"),
        'ﬂ' => Plain::Text("fl"),
        'ﬃ' => Plain::Text("ffi"),
        'ﬄ' => Plain::Text("ffl"),
        'ﬅ' | 'ﬆ' => Plain::Text("st"),
        c if c.is_whitespace() => Plain::Char(' '),
        _ => Plain::Same,
    }
}
