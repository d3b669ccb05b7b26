use super::feasible::{Ended, Pattern, any, states};
use crate::exchange::{Input, LoadedConflict, Read, read_conflict, write_gmcr};
use crate::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Issue, Outcome, Space};
use crate::text::Code;
use std::collections::BTreeMap;
use std::sync::Arc;

fn load(text: &str) -> LoadedConflict {
    read_conflict(&Input { name: "a.gmcr".into(), bytes: text.into() })
}

fn conflict(text: &str) -> (Conflict, Vec<Vec<usize>>) {
    let loaded = load(text);
    match loaded.conflict {
        Some(Read::Options { conflict, coalitions }) => (conflict, coalitions),
        other => panic!("{other:?}: {:?}", loaded.diagnostics),
    }
}

fn codes(text: &str) -> Vec<(Code, String)> {
    let loaded = load(text);
    assert_eq!(loaded.conflict.is_none(), loaded.diagnostics.has_errors());
    for label in loaded.diagnostics.iter().flat_map(|d| &d.labels) {
        assert!(loaded.files.text(label.span.file).get(label.span.range()).is_some());
    }
    loaded.diagnostics.iter().map(|d| (d.code, loaded.files.slice(d.span().unwrap()).to_string())).collect()
}

/// A conflict of two decision makers with one option each, and what is put in its place.
fn two(options: &str, first: &str, second: &str, more: &str) -> String {
    format!(
        r#"{{"options": [{options}], "decisionMakers": [{{"name": "A", {first}}}, {{"name": "B", {second}}}]{more}}}"#
    )
}

const PLAIN: &str = r#"{"name": "go", "permittedDirection": "both"}, {"name": "Go", "permittedDirection": "fwd"}"#;
const FIRST: &str = r#""options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]"#;
const SECOND: &str = r#""options": [1], "preferences": [[[0, "Y"]]]"#;

#[test]
fn statements_directions_and_what_is_not_seen() {
    let misperceived = r#""options": [1], "misperceptions": [[[0, "Y"], [1, "Y"]]],
        "preferences": [{"compound": true, "members": [[[0, "Y"], [1, "N"]], [[0, "N"], [1, "Y"]]]}]"#;
    let (found, together) = conflict(&two(PLAIN, FIRST, misperceived, r#", "coalitions": [[1, 0]]"#));
    let state = |a, b| Outcome::new([a, b]);
    assert_eq!(found.space.issues.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["a-go", "b-go"]);
    assert_eq!(found.control[1], Control { holders: vec![1], moves: Moves::Rising });
    let scores: Vec<i128> = (0..4).map(|n| found.score(0, &found.outcome(n))).collect();
    assert_eq!(scores, [1, 0, 3, 2]);
    let scores: Vec<i128> = (0..4).map(|n| found.score(1, &found.outcome(n))).collect();
    assert_eq!(scores, [0, 1, 1, 0]);
    assert!(!found.sees(1, &state(1, 1)) && found.sees(1, &state(0, 1)) && found.sees(0, &state(1, 1)));
    assert_eq!(together, [vec![0, 1]]);
    assert!(found.faults().is_empty());
}

#[test]
fn a_ranking_counts_feasible_states_in_the_order_of_their_number() {
    // Feasible: NN = 1, YN = 2, NY = 3. The older key of the ranking, and a tie.
    let first = r#""options": [0], "preferences": [], "preferenceVector": [3, [1, 2]]"#;
    let second = r#""options": [1], "preferences": [], "preferenceRanking": [2, 3, 1]"#;
    let more = r#", "useManualPreferenceVectors": true, "infeasibles": [[[0, "Y"], [1, "Y"]]]"#;
    let (found, _) = conflict(&two(PLAIN, first, second, more));
    let scores = |maker| -> Vec<i128> { (0..3).map(|n| found.score(maker, &found.outcome(n))).collect() };
    assert_eq!((scores(0), scores(1)), (vec![0, 0, 1], vec![0, 2, 1]));
    assert!(!found.feasible(&found.outcome(3)));
}

#[test]
fn what_is_broken_is_refused_with_its_place() {
    let rank = |first: &str, second: &str| {
        let of = |n: usize, r: &str| format!(r#""options": [{n}], "preferences": [], "preferenceRanking": {r}"#);
        two(PLAIN, &of(0, first), &of(1, second), r#", "useManualPreferenceRanking": true"#)
    };
    let with = |more: &str| two(PLAIN, FIRST, SECOND, more);
    let many: Vec<String> = (0..130)
        .map(|n| {
            let bits = (0..8).map(|b| format!("[{b}, \"{}\"]", if n >> b & 1 == 1 { "Y" } else { "N" }));
            format!("[{}]", bits.collect::<Vec<_>>().join(","))
        })
        .collect();
    let eight: Vec<String> = (0..8).map(|n| format!("\"o{n}\"")).collect();
    let stated = format!(
        r#"{{"options": [{}], "decisionMakers": [{{"name": "A", "options": [0,1,2,3,4,5,6,7], "preferences": [{}]}}]}}"#,
        eight.join(","),
        many.join(",")
    );
    for (text, code, place) in [
        (r#"{"options": ["a"], "infeasibles": []}"#.to_string(), Code::ConflictNoMaker, "{"),
        (r#"{"options": ["a"], "decisionMakers": []}"#.to_string(), Code::ConflictNoMaker, "[]"),
        (two("\"a\", \"b\", \"c\"", FIRST, SECOND, ""), Code::ConflictNoHolder, "\"c\""),
        (
            two(PLAIN, FIRST, r#""options": [0, 1]"#, ""),
            Code::ConflictHeldTwice,
            "{\"name\": \"B\", \"options\": [0, 1]}",
        ),
        (two("\"a\"", FIRST, r#""options": []"#, ""), Code::ConflictHoldsNothing, "{\"name\": \"B\", \"options\": []}"),
        (two(PLAIN, FIRST, r#""options": [7]"#, ""), Code::ExchangeName, "7"),
        (with(r#", "infeasibles": [[[0, "Y"], [0, "N"]]]"#), Code::ConflictPattern, r#"[[0, "Y"], [0, "N"]]"#),
        (with(r#", "infeasibles": [[]]"#), Code::ConflictInfeasible, "[]"),
        (
            with(r#", "infeasibles": ["YY", "Y-", [[0, "N"], [1, "N"]], [[1, "Y"], [0, "N"]]]"#),
            Code::ConflictInfeasible,
            r#"["YY", "Y-", [[0, "N"], [1, "N"]], [[1, "Y"], [0, "N"]]]"#,
        ),
        (with(r#", "infeasibles": [[[0, "X"]]]"#), Code::ExchangeSyntax, "\"X\""),
        (with(r#", "infeasibles": [[[2, "Y"]]]"#), Code::ExchangeName, "2"),
        (rank("[1, 2, 3, 4]", "[1, 2, [3, 3], 4]"), Code::ConflictRanking, "3"),
        (rank("[1, 2, 3, 4]", "[1, 2, 4]"), Code::ConflictRanking, "[1, 2, 4]"),
        (rank("[1, 2, 3, 4]", "[1, 2, 3, 4, 5]"), Code::ConflictRanking, "5"),
        (rank("[1, 2, 3, 0]", "[1, 2, 3, 4]"), Code::ConflictRanking, "0"),
        (rank("[1, 2]", "[1, 2, 3]"), Code::ConflictRanking, "[1, 2]"),
        (rank("[1, 2, [[3, 4]]]", "[1, 2, 3, 4]"), Code::ConflictRanking, "[3, 4]"),
        (with(r#", "useManualPreferenceRanking": true"#), Code::ExchangeMissing, "{\"name\": \"A\", "),
        (with(r#", "coalitions": [0, 2]"#), Code::ExchangeName, "2"),
        (with(r#", "coalitions": [0, [0, 1]]"#), Code::ExchangeSyntax, "0"),
        (stated, Code::ConflictStatements, "[[[0,"),
        (with(r#", "infeasibles": [[[0, "Y"]]"#), Code::ExchangeSyntax, ""),
        (r#"{"issues": []}"#.to_string(), Code::ExchangeUnknown, "{"),
    ] {
        let found = codes(&text);
        assert!(found.iter().any(|(c, at)| *c == code && at.starts_with(place)), "{text}\n{found:?}");
    }
}

#[test]
fn options_in_another_order_than_their_holders_change_rankings_only() {
    let swapped = |more: &str, rank: &str| {
        let of = |n: usize| format!(r#""options": [{n}], "preferences": [[[0, "Y"]]]{rank}"#);
        codes(&two(PLAIN, &of(1), &of(0), more))
    };
    assert!(swapped("", "").iter().all(|(code, _)| *code == Code::ExchangeIgnored));
    let found = swapped(r#", "useManualPreferenceRanking": true"#, r#", "preferenceRanking": [1, 2, 3, 4]"#);
    assert!(found.iter().any(|(code, _)| *code == Code::ConflictRanking), "{found:?}");
}

#[test]
fn too_many_patterns_are_refused_and_many_are_read() {
    let pattern = |n: usize| {
        let bits = (0..20).filter(|b| n >> b & 1 == 1).map(|b| format!("[{b},\"Y\"]"));
        format!("[{}]", bits.collect::<Vec<_>>().join(","))
    };
    let text = |patterns: &[String]| {
        let options: Vec<String> = (0..20).map(|n| format!("\"o{n}\"")).collect();
        let own: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        format!(
            r#"{{"options": [{}], "decisionMakers": [{{"name": "A", "options": [{}]}}], "infeasibles": [{}]}}"#,
            options.join(","),
            own.join(","),
            patterns.join(",")
        )
    };
    let found = codes(&text(&vec!["[[0,\"Y\"]]".to_string(); super::MOST_PATTERNS + 1]));
    assert!(found.iter().any(|(code, _)| *code == Code::ExchangeLimit), "{found:?}");
    let read: Vec<String> = (1..20_000).map(pattern).collect();
    assert_eq!(conflict(&text(&read)).0.rules.len(), 19_999);
}

/// Numbers without a pattern, addressed by a seed.
fn draws(seed: u64) -> impl FnMut(u64) -> usize {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from((state >> 11) % below).unwrap()
    }
}

#[test]
fn feasible_states_are_those_that_brute_force_finds() {
    let mut empty = 0;
    for seed in 1..400 {
        let mut draw = draws(seed);
        let options = 1 + draw(8);
        let mut patterns: Vec<Pattern> = Vec::new();
        for _ in 0..draw(14) {
            let wanted: Vec<usize> = (0..options).filter(|_| draw(3) == 0).collect();
            patterns.push(wanted.into_iter().map(|o| (o, draw(2) == 1)).collect());
        }
        let meets = |state: &[bool]| patterns.iter().any(|p| p.iter().all(|(o, taken)| state[*o] == *taken));
        let all = (0..1usize << options).map(|n| (0..options).map(|b| n >> b & 1 == 1).collect::<Vec<bool>>());
        let right: Vec<Vec<bool>> = all.filter(|s| !meets(s)).collect();
        let order: Vec<usize> = (0..options).rev().collect();
        assert_eq!(states(options, &patterns, &order, 1 << options, 1 << 20), (right.clone(), Ended::All));
        assert_eq!(any(options, &patterns, 1 << 20), Some(!right.is_empty()));
        if right.len() > 1 {
            let some = states(options, &patterns, &order, right.len() - 1, 1 << 20);
            assert_eq!(some, (right[..right.len() - 1].to_vec(), Ended::Enough));
        }
        empty += usize::from(right.is_empty());
    }
    assert!(empty > 10, "{empty}");
}

fn formula(options: usize, depth: usize, draw: &mut impl FnMut(u64) -> usize) -> Formula {
    let leaf = |draw: &mut dyn FnMut(u64) -> usize| match draw(8) {
        0 => Formula::Constant(draw(2) == 0),
        1 => Formula::In(draw(options as u64), vec![0, 1]),
        _ => Formula::In(draw(options as u64), vec![u16::try_from(draw(2)).unwrap()]),
    };
    match if depth == 0 { 3 } else { draw(4) } {
        0 => Formula::And((0..draw(4)).map(|_| formula(options, depth - 1, draw)).collect()),
        1 => Formula::Or((0..draw(4)).map(|_| formula(options, depth - 1, draw)).collect()),
        2 => Formula::Not(Box::new(formula(options, depth - 1, draw))),
        _ => leaf(draw),
    }
}

fn random(seed: u64) -> Conflict {
    let mut draw = draws(seed);
    let makers = 1 + draw(3);
    let options = makers + draw(3);
    let control = (0..options).map(|o| Control {
        holders: vec![if o < makers { o } else { draw(makers as u64) }],
        moves: match draw(5) {
            0 => Moves::Rising,
            1 => Moves::Falling,
            2 => Moves::Only(vec![(0, 1)]),
            _ => Moves::Free,
        },
    });
    let control: Vec<Control> = control.collect();
    let ranked = draw(3) == 0;
    let maker = |at: usize, draw: &mut dyn FnMut(u64) -> usize| Maker {
        id: format!("m{at}"),
        name: format!("Maker {at}"),
        preference: match if ranked { draw(3) } else { 2 } {
            0 => Preference::Sum {
                worth: (0..options).map(|_| vec![0, draw(7) as i64 - 3]).collect(),
                terms: vec![(formula(options, 1, &mut |n| draw(n)), 2)],
            },
            1 => {
                let mut scored =
                    || (Outcome::new((0..options).map(|_| draw(2) as u16).collect::<Vec<_>>()), draw(5) as i64);
                Preference::Ranking { scores: (0..4).map(|_| scored()).collect::<BTreeMap<_, _>>(), others: 2 }
            }
            _ => Preference::Statements((0..draw(5)).map(|_| formula(options, 2, &mut |n| draw(n))).collect()),
        },
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: (draw(4) == 0).then(|| formula(options, 2, &mut |n| draw(n))),
    };
    let makers = (0..makers).map(|at| maker(at, &mut draw)).collect();
    let rules = (0..draw(3)).map(|_| formula(options, 2, &mut draw)).collect();
    let issues = (0..options).map(|o| Issue::named(&format!("o{o}"), &["N", "Y"])).collect();
    Conflict { space: Arc::new(Space { issues }), makers, control, rules }
}

#[test]
fn what_is_written_is_read_as_the_same_conflict() {
    let (mut same, mut refused) = (0, 0);
    for seed in 1..600 {
        let before = random(seed);
        let count = before.space.small_count().unwrap();
        let written = write_gmcr(&before, &[vec![0, 1]]);
        let any = (0..count).any(|n| before.feasible(&before.outcome(n)));
        let Some((_, text)) = written.files.first() else {
            assert!(written.lost.has_errors() && !any, "{seed} {:?}", written.lost);
            refused += 1;
            continue;
        };
        if !any {
            assert!(codes(text).iter().any(|(code, _)| *code == Code::ConflictInfeasible), "{text}");
            refused += 1;
            continue;
        }
        let (after, _) = conflict(text);
        same += 1;
        // Options come in the order of their holders; their names say which is which.
        let place = |o: usize| after.space.issues.iter().position(|i| i.name == format!("o{o}")).unwrap();
        let places: Vec<usize> = (0..before.control.len()).map(place).collect();
        let moved = |state: &Outcome| {
            let mut digits = vec![0; places.len()];
            places.iter().zip(state.digits()).for_each(|(at, d)| digits[*at] = *d);
            Outcome::new(digits)
        };
        for (o, control) in before.control.iter().enumerate() {
            let other = &after.control[places[o]];
            assert_eq!(control.holders, other.holders);
            for (from, to) in [(0, 1), (1, 0)] {
                assert_eq!(control.moves.allow(from, to), other.moves.allow(from, to), "{seed}");
            }
        }
        let all: Vec<Outcome> = (0..count).map(|n| before.outcome(n)).collect();
        let states: Vec<&Outcome> = all.iter().filter(|s| before.feasible(s)).collect();
        for state in &all {
            assert_eq!(before.feasible(state), after.feasible(&moved(state)), "{seed}\n{text}");
        }
        for maker in 0..before.makers.len() {
            for a in &states {
                assert_eq!(before.sees(maker, a), after.sees(maker, &moved(a)), "{seed}\n{text}");
                for b in &states {
                    let here = before.score(maker, a).cmp(&before.score(maker, b));
                    let there = after.score(maker, &moved(a)).cmp(&after.score(maker, &moved(b)));
                    assert_eq!(here, there, "{seed}\n{text}");
                }
            }
        }
    }
    assert!(same > 400 && refused > 20, "{same} {refused}");
}

#[test]
fn what_the_format_cannot_hold_is_said() {
    let base = || random(7);
    let mut wide = base();
    Arc::make_mut(&mut wide.space).issues[0] = Issue::named("o0", &["a", "b", "c"]);
    let mut joint = base();
    joint.makers.push(Maker { id: "x".into(), ..joint.makers[0].clone() });
    joint.control[0].holders = vec![0, joint.makers.len() - 1];
    let mut open = base();
    open.makers[0].unknown.push((Formula::In(0, vec![0]), Formula::In(0, vec![1])));
    let mut stuck = base();
    stuck.control[0].moves = Moves::Only(Vec::new());
    for broken in [wide, joint, open, stuck] {
        let written = write_gmcr(&broken, &[]);
        assert!(written.files.is_empty() && written.lost.has_errors());
    }
    let mut strong = base();
    strong.makers[0].strength = Strength::Vital(1);
    let written = write_gmcr(&strong, &[]);
    assert_eq!(
        (written.files.len(), written.lost.iter().filter(|d| d.code == Code::ExchangeLost).count() > 0),
        (1, true)
    );
}
