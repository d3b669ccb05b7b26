//! Any text as a strategy and as a protocol: it is read, or refused with reasons, and what is read is written so that it
//! reads the same.

#![no_main]

use detente::strategy::Recipe;
use detente::talks::protocols::named;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(recipe) = Recipe::parse(text) {
        let written = recipe.to_string();
        let again = Recipe::parse(&written);
        assert!(again.is_ok_and(|again| again == recipe), "{written}");
    }
    if let Ok(protocol) = named(text) {
        assert!(named(&protocol.text()).is_ok(), "{}", protocol.text());
    }
});
