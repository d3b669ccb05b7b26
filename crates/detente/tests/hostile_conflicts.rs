//! Files of conflicts made to take all time and memory are read or refused, with few words, in a time that grows as their
//! size.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente::exchange::{Input, read_conflict};
use detente::text::Code;
use std::time::{Duration, Instant};

/// What a file begins with, what it repeats (with the number of the repetition for `#`), and what it ends with.
type Kind = (&'static str, &'static str, &'static str, &'static str, Option<Code>);

const GMCR: &[Kind] = &[
    ("deep", "{\"decisionMakers\":", "[", "", Some(Code::ExchangeLimit)),
    (
        "options",
        "{\"options\":[",
        "\"a\",",
        "\"b\"],\"decisionMakers\":[{\"options\":[0]}]}",
        Some(Code::ExchangeLimit),
    ),
    ("makers", "{\"options\":[\"a\"],\"decisionMakers\":[", "{},", "{}]}", Some(Code::ExchangeLimit)),
    (
        "patterns",
        "{\"options\":[\"a\"],\"infeasibles\":[",
        "[[0,\"Y\"]],",
        "[[0,\"N\"]]],\"decisionMakers\":[{\"options\":[0]}]}",
        None,
    ),
    (
        "faults",
        "{\"options\":[\"a\"],\"infeasibles\":[",
        "[[9,\"Z\"]],",
        "[]],\"decisionMakers\":[{\"options\":[0]}]}",
        None,
    ),
    ("keys", "{\"options\":[\"a\"],", "\"opton#\":1,", "\"decisionMakers\":[{\"options\":[0]}]}", None),
    (
        "coalitions",
        "{\"options\":[\"a\"],\"coalitions\":[",
        "[0],",
        "0],\"decisionMakers\":[{\"options\":[0]}]}",
        Some(Code::ExchangeSyntax),
    ),
    (
        "ranks",
        "{\"options\":[\"a\",\"b\"],\"useManualPreferenceRanking\":true,\"decisionMakers\":[{\"options\":[0,1],\"preferenceRanking\":[",
        "1,",
        "2]}]}",
        None,
    ),
    (
        "members",
        "{\"options\":[\"a\"],\"decisionMakers\":[{\"options\":[0],\"preferences\":[{\"compound\":true,\"members\":[",
        "[[0,\"Y\"]],",
        "[[0,\"N\"]]]}]}]}",
        None,
    ),
    (
        "statements",
        "{\"options\":[\"a\",\"b\"],\"decisionMakers\":[{\"options\":[0,1],\"preferences\":[",
        "[[0,\"Y\"],[1,\"N\"]],",
        "[[0,\"N\"]]]}]}",
        None,
    ),
    ("holds", "{\"options\":[\"a\"],\"decisionMakers\":[{\"options\":[", "0,", "0]}]}", None),
];

const TABLES: &[Kind] = &[
    ("states", "maker,A\n", "state,s#\n", "", None),
    ("one state", "maker,A\n", "state,s\n", "", Some(Code::DuplicateName)),
    ("makers", "state,s\n", "maker,A#\n", "", Some(Code::ExchangeLimit)),
    ("unknown", "state,s\nmaker,A\n", "move,A,s#,t#\n", "", Some(Code::ExchangeName)),
    ("words", "state,s\nmaker,A\n", "mve,A,s,t\n", "", Some(Code::ExchangeSyntax)),
    ("moves", "state,s\nstate,t\nmaker,A\n", "move,A,s,t\n", "", None),
    ("joint", "state,s\nstate,t\nmaker,A\nmaker,B\n", "joint,s,t,A,B\n", "", None),
    ("better", "state,s\nstate,t\nmaker,A\n", "better,A,s,t\n", "", None),
    ("circle", "state,s\nstate,t\nmaker,A\nbetter,A,s", ",t,s", "\n", Some(Code::ConflictCycle)),
    ("apart", "maker,A\nstate,a\nstate,b\nbetter,A,a,b\n", "state,s#\n", "", None),
    ("ranks", "state,s\nmaker,A\n", "rank,A,s,1\n", "", Some(Code::ConflictRanking)),
    ("digits", "state,s\nmaker,A\nrank,A,s,", "9", "\n", None),
    ("cells", "state,s\nmaker,A\nmove", ",", "\n", None),
    ("quotes", "state,s\nmaker,A\nmove,\"", "\"\"", "", Some(Code::ExchangeSyntax)),
    ("name", "maker,A\nstate,", "s", "\n", Some(Code::ExchangeLimit)),
    ("lines", "state,s\nmaker,A\n", "\n,,,\n#\n", "", None),
];

fn bounded(name: &str, text: String, code: Option<Code>) {
    // Some limits are of a million: a smaller file stays under them.
    let code = code.filter(|code| *code != Code::ExchangeLimit || text.len() >= 1_000_000);
    let start = Instant::now();
    let loaded = read_conflict(&Input { name: name.into(), bytes: text.into_bytes() });
    let seconds = start.elapsed();
    println!("{name}: {seconds:.2?}");
    assert!(seconds < Duration::from_secs(20), "{name} took {seconds:?}");
    assert!(loaded.diagnostics.len() < 200, "{name}: {} findings", loaded.diagnostics.len());
    let words = |d: &detente::text::Diagnostic| {
        d.message.len() + d.notes.iter().chain(&d.hints).map(String::len).sum::<usize>()
    };
    let said: usize = loaded.diagnostics.iter().map(words).sum();
    assert!(said < 20_000, "{name}: {said} bytes of words");
    assert!(loaded.conflict.is_none() == loaded.diagnostics.has_errors(), "{name}");
    if let Some(code) = code {
        assert!(loaded.diagnostics.iter().any(|d| d.code == code), "{name}: {:?}", loaded.diagnostics);
    }
}

fn all(size: usize) {
    for (name, head, unit, tail, code) in GMCR.iter().chain(TABLES) {
        let mut text = (*head).to_string();
        let mut at = 1;
        while text.len() < size {
            text.push_str(&unit.replace('#', &at.to_string()));
            at += 1;
        }
        text.push_str(tail);
        bounded(name, text, *code);
    }
}

/// Already here what grows as the square of the size takes minutes.
#[test]
fn hostile_conflicts_take_little_time_and_few_words() {
    all(if cfg!(debug_assertions) { 100_000 } else { 1_500_000 });
}

#[test]
#[ignore = "half a minute in a release build: files of the largest size"]
fn hostile_conflicts_of_a_hundred_megabytes_take_seconds() {
    all(100_000_000);
}

/// Short files whose states are hard to find: pigeons that do not fit their holes, and a ranking of a few of 2^60 states.
#[test]
fn states_that_are_hard_to_find() {
    let (pigeons, holes) = (14, 13);
    let option = |pigeon: usize, hole: usize| pigeon * holes + hole;
    let mut patterns = Vec::new();
    for pigeon in 0..pigeons {
        let nowhere = (0..holes).map(|hole| format!("[{},\"N\"]", option(pigeon, hole)));
        patterns.push(format!("[{}]", nowhere.collect::<Vec<_>>().join(",")));
        for (other, hole) in (0..pigeon).flat_map(|other| (0..holes).map(move |hole| (other, hole))) {
            patterns.push(format!("[[{},\"Y\"],[{},\"Y\"]]", option(pigeon, hole), option(other, hole)));
        }
    }
    let file = |options: usize, patterns: &str, more: &str, flag: bool| {
        let names = vec!["\"o\""; options].join(",");
        let own = (0..options).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        format!(
            "{{\"options\":[{names}],\"infeasibles\":[{patterns}],\"useManualPreferenceRanking\":{flag},\
             \"decisionMakers\":[{{\"name\":\"A\",\"options\":[{own}]{more}}}]}}"
        )
    };
    bounded("pigeons", file(pigeons * holes, &patterns.join(","), "", false), None);
    let ranking = ",\"preferenceRanking\":[1,2,3]";
    bounded("few of many", file(60, "", ranking, true), Some(Code::ConflictRanking));
    bounded("pigeons ranked", file(pigeons * holes, &patterns.join(","), ranking, true), None);
}
