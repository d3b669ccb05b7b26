//! Any text as a condition: it is read, or refused with a place in it.

#![no_main]

use detente::case::parse_condition;
use detente::text::{FileId, Span};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let at = Span::new(FileId(0), 0..text.len());
    match parse_condition(text, at) {
        Ok(condition) => {
            for (issue, value) in condition.expr.values() {
                for name in [issue, value] {
                    assert_eq!(text.get(name.at.range()), Some(name.as_str()));
                }
            }
        }
        Err(fault) => assert!(text.get(fault.range.clone()).is_some(), "{fault:?}"),
    }
});
