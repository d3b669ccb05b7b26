//! Whatever bytes come, nothing panics, and what is read is sound.

use super::*;
use crate::exchange::genius::{decode, looks_like};
use crate::game::Stream;

const SEEDS: [&str; 3] = [
    "<!-- c --><?xml version=\"1.0\" encoding=\"utf-8\"?><negotiation_template><agent class=\"\"/><utility_space number_of_issues=\"2\"><objective index=\"0\" name=\"r\" type=\"objective\"><issue index=\"1\" name=\"a&amp;\" type=\"discrete\"><item index=\"1\" value=\"x\" cost=\"1\"/><item index=\"2\" value=\"é\"> </item></issue><issue index=\"2\" name=\"b\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"/></objective></utility_space></negotiation_template>",
    "<utility_space><objective index=\"0\" name=\"r\"><issue index=\"1\" name=\"a\" vtype=\"discrete\"><item index=\"1\" value=\"x\" evaluation=\"3\"/><item index=\"2\" value=\"y\" evaluation=\"null\"/></issue><issue index=\"2\" name=\"b\" type=\"real\"><range lowerbound=\"0\" upperbound=\"1\"/><evaluator ftype=\"triangular\" parameter0=\"0\" parameter1=\"1\" parameter2=\"0.3\"/></issue><weight index=\"1\" value=\"0.4\"></weight><weight index=\"2\" value=\"0.6\"/><rules><constraints><constraint type=\"zeroConstraint\"><valueassignment index=\"1\" value=\"x\"/></constraint></constraints></rules></objective><discount_factor value=\"0.9\"/><reservation value=\"0.1\"/></utility_space>",
    "<utility_space type=\"nonlinear\"><objective index=\"0\" name=\"r\"><issue index=\"1\" name=\"a\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"/><utility maxutility=\"20\"><ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\"><hyperRectangle utility=\"9\"><INCLUDES index=\"1\" min=\"2\" max=\"5\"/><EXCLUDES index=\"1\" min=\"3\" max=\"3\"/></hyperRectangle></ufun></utility></objective></utility_space>",
];

const PIECES: [&str; 20] = [
    "<",
    ">",
    "\"",
    "'",
    "&",
    "/",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!",
    "<?",
    "</issue>",
    "<issue ",
    "=",
    " ",
    "é",
    "1e400",
    "-",
    "<item ",
];

/// Whether a text is read; what is read is sound.
fn sound(text: &str) -> bool {
    looks_like(text);
    let (content, _) = take(text);
    if let Some(Content::Profile(sheet)) = &content {
        assert_eq!(sheet.draft.worth.len(), sheet.space.issues.len());
        let utility = sheet.draft.settle("p").utility;
        let first = Outcome::new(vec![0; sheet.space.issues.len()]);
        assert!(utility.cap.is_none_or(|cap| utility.of(&first) <= cap));
    }
    content.is_some()
}

#[test]
fn every_beginning_of_a_file_is_read_or_refused() {
    for seed in SEEDS {
        assert!(take(seed).0.is_some());
        for (end, _) in seed.char_indices() {
            let cut = &seed[..end];
            looks_like(cut);
            let (content, _) = take(cut);
            assert!(content.is_none(), "cut short at {end} and read all the same: {cut}");
        }
    }
}

#[test]
fn changed_and_shuffled_bytes_are_read_or_refused() {
    let mut read = 0;
    for round in 0..1_500u64 {
        let mut dice = Stream::new(round, 0, 0);
        let mut bytes = SEEDS[(round % 3) as usize].as_bytes().to_vec();
        for _ in 0..1 + dice.below(4) {
            let at = dice.below(bytes.len() as u64) as usize;
            let to = (at + dice.below(12) as usize).min(bytes.len());
            match dice.below(4) {
                0 => bytes[at] = dice.below(256) as u8,
                1 => drop(bytes.drain(at..to)),
                2 => {
                    let piece = PIECES[dice.below(PIECES.len() as u64) as usize];
                    bytes.splice(at..at, piece.bytes());
                }
                _ => {
                    let copy = bytes[at..to].to_vec();
                    let into = dice.below(bytes.len() as u64) as usize;
                    bytes.splice(into..into, copy);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        let (text, _) = decode(&bytes);
        read += usize::from(sound(&text));
    }
    // Enough get through for the rest of the reader to be tried as well.
    assert!(read > 150, "{read}");
}
