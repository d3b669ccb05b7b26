//! Any source and quote: the fold is stable, ranges are whole characters, and what is found is there.

#![no_main]

use detente::text::{Anchor, Quote, SourceText, anchor, fold, sentences, tell_apart};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut parts = text.split('\u{1}');
    let source = SourceText::new(parts.next().unwrap_or(""));
    let exact = parts.next().unwrap_or("");
    let quote = Quote { exact, prefix: parts.next(), suffix: parts.next() };

    assert_eq!(fold(source.folded()), source.folded());
    let mut end = 0;
    for sentence in sentences(source.raw()) {
        assert!(sentence.range.start >= end && source.raw().get(sentence.range.clone()).is_some());
        end = sentence.range.end;
    }
    let found = anchor(&source, quote);
    let stands = !exact.is_empty() && source.raw().contains(exact);
    match &found {
        Anchor::Exact(range) => assert_eq!(source.raw().get(range.clone()), Some(exact)),
        Anchor::Normalised(range) => {
            let slice = source.raw().get(range.clone()).expect("whole characters");
            assert!(!stands && fold(slice).contains(fold(exact).trim()));
        }
        Anchor::Drifted { range, score, difference } => {
            assert!(source.raw().get(range.clone()).is_some() && (0.0..=1.0).contains(score) && !difference.is_empty());
        }
        Anchor::Ambiguous(places) => {
            assert!(places.len() > 1 && places.windows(2).all(|w| w[0].start < w[1].start));
            assert!(places.iter().all(|p| source.raw().get(p.clone()).is_some()));
            let _ = tell_apart(&source, places, 0);
        }
        Anchor::Missing => assert!(!stands),
    }
    assert_eq!(found, anchor(&SourceText::new(source.raw()), quote));
});
