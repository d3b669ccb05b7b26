//! Known answers for made-up cases.

use super::{Finding, OrderAnswer, WayKind, order};
use crate::case::{Case, ReadOptions, read};
use crate::lens::Exactness;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn case(text: &str) -> Case {
    let reading = read("case.toml", &|_| Ok(text.as_bytes().to_vec()), ReadOptions::default());
    assert!(!reading.diagnostics.has_errors(), "{:#?}", reading.diagnostics);
    reading.case.unwrap()
}

fn ask(text: &str) -> Finding<OrderAnswer> {
    order(&case(text))
}

const HEAD: &str = r#"
title = "Two demands"
parties.east = { name = "East" }
parties.west = { name = "West" }
[issues.ceasefire]
name = "Ceasefire"
values = ["none", "energy", "full"]
status_quo = "none"
[issues.lines]
name = "Lines"
values = ["contact", "swaps", "withdrawal"]
status_quo = "contact"
"#;

fn with(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

fn demands(lines: &[(&str, &str, &str, &str)]) -> String {
    let demand = |(who, first, before, strength): &(&str, &str, &str, &str)| {
        format!(
            "[[preconditions]]\nclaimed_by = \"{who}\"\nfirst = \"{first}\"\nbefore = \"{before}\"\n{strength}\nbasis = \"assumed\"\nwhy = \"made up\"\n"
        )
    };
    with(&lines.iter().map(demand).collect::<String>())
}

const NECESSARY: &str = "strength = \"necessary\"";
const HINTED: &str = "strength = \"hinted\"";

/// Nobody writes down that withdrawal changes the lines or that a full ceasefire is a ceasefire.
#[test]
fn a_cycle_is_found_through_what_states_imply() {
    let finding = ask(&demands(&[
        ("east", "ceasefire = full", "lines moved", NECESSARY),
        ("west", "lines = withdrawal", "ceasefire != none", HINTED),
    ]));
    let answer = &finding.answer;
    assert_eq!(finding.made.exactness, Exactness::Exact);
    assert!(answer.complete);
    let ids: Vec<&str> = answer.steps.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["ceasefire = full", "lines moved", "lines = withdrawal", "ceasefire != none"]);
    assert_eq!(answer.cycles.len(), 1);
    let cycle = &answer.cycles[0];
    assert_eq!((cycle.demands.as_slice(), cycle.implied.as_slice()), (&[0, 1][..], &[(2, 1), (0, 3)][..]));
    insta::assert_snapshot!(cycle.words, @"According to the case, East asks for “Ceasefire: full” before “Lines changed”, and “Lines: withdrawal” counts as “Lines changed”; West asks for “Lines: withdrawal” before “Ceasefire: anything but none”, and “Ceasefire: full” counts as “Ceasefire: anything but none”. Each waits for the other.");
    assert_eq!(
        answer.cuts.iter().map(|c| (c.demands.clone(), c.cost)).collect::<Vec<_>>(),
        [(vec![1], 1.0), (vec![0], 4.0)]
    );
    let choreography = answer.choreography.as_ref().unwrap();
    assert_eq!(choreography.relaxed, [1]);
    assert_eq!(choreography.stages, [vec![0, 3], vec![1, 2]]);
    assert_eq!(choreography.waits, [(0, 1), (0, 2)]);
}

#[test]
fn every_way_says_who_is_asked_for_what() {
    let finding = ask(&demands(&[
        ("east", "ceasefire = full", "lines moved", NECESSARY),
        ("west", "lines = withdrawal", "ceasefire = full", ""),
    ]));
    let ways = &finding.answer.cycles[0].ways;
    let told: Vec<String> = ways.iter().map(|w| format!("{:?} {:?}: {}", w.kind, w.from, w.takes)).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Simultaneity ["east", "west"]: The steps happen at once. This would ask East to accept “Lines: withdrawal” at the same time as “Ceasefire: full”, not after it; and ask West to accept “Ceasefire: full” at the same time as “Lines: withdrawal”, not after it.
    Partial ["east"]: This would ask East to accept a smaller first step than “Ceasefire: full” before “Lines changed”: “Ceasefire: energy” (found by search: taken alone from things as they are, it is held back by no demand, breaks no linkage and crosses no red line of the case).
    Guarantee ["east", "west"]: This would ask East and West to accept that a third party holds in trust or guarantees “Ceasefire: full” and “Lines: withdrawal”, so that a promise kept by somebody else takes the place of what would come first.
    Drop ["east"]: This would ask East to accept “Lines changed” without “Ceasefire: full” first; the case gives this demand as necessary.
    Drop ["west"]: This would ask West to accept “Ceasefire: full” without “Lines: withdrawal” first; the case does not say how strong this demand is.
    "#);
    assert!(finding.made.limits.iter().any(|l| l.contains("without a strength counts 3")));
}

#[test]
fn a_smaller_step_that_a_demand_a_linkage_or_a_red_line_meets_is_not_offered() {
    let base = [
        ("east", "ceasefire = full", "lines moved", NECESSARY),
        ("west", "lines = withdrawal", "ceasefire = full", ""),
    ];
    let partial = |text: &str| {
        let ways = ask(text).answer.cycles[0].ways.clone();
        ways.into_iter().filter(|w| w.kind == WayKind::Partial).map(|w| w.takes).collect::<Vec<_>>()
    };
    let free = partial(&demands(&base));
    assert!(free.len() == 1 && free[0].contains("“Ceasefire: energy”"), "{free:?}");
    let linked = "[[linkages]]\nrule = \"ceasefire = energy => lines moved\"\nbasis = \"assumed\"\nwhy = \"made up\"\n";
    assert_eq!(partial(&format!("{}{linked}", demands(&base))), [""; 0]);
    let refused = "[[parties.north.refuses]]\nwhen = \"ceasefire = energy\"\nbasis = \"assumed\"\nwhy = \"made up\"\n";
    assert_eq!(partial(&format!("{}{refused}", demands(&base))), [""; 0]);
    let third = [base[0], base[1], ("west", "lines = swaps", "ceasefire moved", "")];
    assert_eq!(partial(&demands(&third)), [""; 0]);
}

#[test]
fn a_part_the_case_names_is_offered_and_checked() {
    let text = |partial: &str| {
        with(&format!(
            r#"
[steps.truce]
name = "the guns fall silent"
reaches = "ceasefire = full"
partial = "{partial}"
[[preconditions]]
claimed_by = "east"
first = "truce"
before = "lines moved"
basis = "assumed"
why = "made up"
[[preconditions]]
claimed_by = "west"
first = "lines moved"
before = "ceasefire = full"
basis = "assumed"
why = "made up"
[[preconditions]]
claimed_by = "west"
first = "lines = swaps"
before = "ceasefire = energy"
basis = "assumed"
why = "made up"
"#
        ))
    };
    let partial = |text: &str| {
        let answer = ask(text).answer;
        // The state `ceasefire = full` is the named step.
        assert_eq!(answer.cycles[0].demands, [0, 1]);
        assert!(answer.cycles[0].implied.is_empty());
        answer.cycles[0].ways.iter().find(|w| w.kind == WayKind::Partial).map(|w| w.takes.clone()).unwrap()
    };
    assert!(partial(&text("three days for the wounded")).contains("names “three days for the wounded” as a part"));
    let held = partial(&text("ceasefire = energy"));
    assert!(held.contains("names “Ceasefire: energy”") && held.contains("itself held back by `preconditions.3`"));
}

#[test]
fn a_linkage_carries_what_a_state_implies() {
    let linkage = |rule: &str| {
        let rest = format!("[[linkages]]\nrule = \"{rule}\"\nbasis = \"assumed\"\nwhy = \"made up\"\n");
        let base = [
            ("east", "ceasefire = full", "lines moved", ""),
            ("west", "lines = withdrawal", "ceasefire = energy", ""),
            ("west", "lines = swaps", "lines = withdrawal", ""),
        ];
        ask(&format!("{}{rest}", demands(&base))).answer
    };
    assert_eq!(linkage("lines = swaps => ceasefire != none").cycles.len(), 0);
    // What would come first is now itself what may only come after.
    let cycles = linkage("ceasefire = full => lines = withdrawal").cycles;
    assert_eq!(cycles.iter().map(|c| c.demands.clone()).collect::<Vec<_>>(), [[0]]);
    let words = &cycles[0].words;
    assert!(words.contains("by the linkage “ceasefire = full => lines = withdrawal”"), "{words}");
    assert!(words.ends_with("The demand waits for itself."));
}

#[test]
fn what_cannot_be_or_is_already_makes_no_cycle() {
    // No outcome is both full and none; without care it would imply everything.
    let impossible = ask(&demands(&[
        ("east", "ceasefire = full and ceasefire = none", "lines moved", ""),
        ("west", "lines moved", "ceasefire = energy", ""),
    ]));
    assert!(impossible.answer.cycles.is_empty());
    assert!(impossible.made.limits.iter().any(|l| l.contains("no outcome of the case reaches it")));
    // The lines are at the contact line now: nothing has to wait for that.
    let held = ask(&demands(&[
        ("east", "lines = contact", "ceasefire = full", ""),
        ("west", "ceasefire = full", "lines = contact", ""),
    ]));
    assert!(held.answer.cycles.is_empty() && held.answer.cuts.is_empty());
    assert!(held.made.limits.iter().any(|l| l.contains("holds as things are")));
    // A state that always holds is no step that anything waits at.
    let always = ask(&demands(&[
        ("east", "ceasefire = full", "ceasefire in [none, energy, full]", ""),
        ("west", "lines moved", "ceasefire = full", ""),
    ]));
    assert!(always.answer.cycles.is_empty());
    assert_eq!(always.answer.choreography.unwrap().relaxed, [0; 0]);
}

#[test]
fn longer_cycles_come_after_shorter_ones() {
    let step = |id: &str| format!("[steps.{id}]\nname = \"{id}\"\n");
    let demand = |who: &str, first: &str, before: &str| {
        format!(
            "[[preconditions]]\nclaimed_by = \"{who}\"\nfirst = \"{first}\"\nbefore = \"{before}\"\nbasis = \"assumed\"\nwhy = \"made up\"\n"
        )
    };
    let steps: String = ["a", "b", "c", "spare"].map(step).concat();
    let rest = [demand("east", "a", "b"), demand("east", "b", "c"), demand("west", "c", "a"), demand("west", "b", "a")]
        .concat();
    let answer = ask(&with(&format!("{steps}{rest}"))).answer;
    let cycles: Vec<Vec<usize>> = answer.cycles.iter().map(|c| c.demands.clone()).collect();
    assert_eq!(cycles, [vec![0, 3], vec![0, 2, 1]]);
    assert!(answer.cycles[1].words.ends_with("Each waits for the next, and the last for the first."));
    // One demand is in both circles.
    assert_eq!(answer.cuts[0].demands, [0]);
    let choreography = answer.choreography.unwrap();
    assert_eq!(choreography.stages, [vec![1, 3], vec![2], vec![0]]);
    assert_eq!(choreography.waits, [(1, 2), (2, 0)]);
}

#[test]
fn demands_that_wait_for_another_track_are_listed() {
    let text = with(
        r#"
[tracks.table]
name = "the main table"
basis = "assumed"
why = "made up"
[tracks.summit]
name = "the summit"
basis = "assumed"
why = "made up"
[steps.leaders]
name = "the leaders meet"
track = "summit"
[[preconditions]]
claimed_by = "west"
first = "leaders"
before = "ceasefire = full"
basis = "assumed"
why = "made up"
[[preconditions]]
claimed_by = "east"
first = "ceasefire = energy"
before = "leaders"
basis = "assumed"
why = "made up"
[[preconditions]]
claimed_by = "east"
first = "ceasefire = energy"
before = "lines moved"
basis = "assumed"
why = "made up"
"#,
    );
    let elsewhere = ask(&text).answer.elsewhere;
    assert_eq!(
        elsewhere.iter().map(|e| (e.demand, e.track.as_str())).collect::<Vec<_>>(),
        [(0, "summit"), (1, "table")]
    );
    insta::assert_snapshot!(elsewhere[0].words, @"West asks for “the leaders meet” first: it happens on the track “the summit” and holds back “Ceasefire: full”, which belongs to the track “the main table”.");
}

#[test]
fn third_parties_are_named_with_their_roles() {
    let actor = r#"
[actors.harbourmaster]
name = "the harbour master"
roles = [
  { role = "host", basis = "assumed", why = "made up" },
  { role = "mediator", basis = "assumed", why = "made up" },
]
"#;
    let base =
        demands(&[("east", "ceasefire = full", "lines moved", ""), ("west", "lines moved", "ceasefire = full", "")]);
    let takes = |text: &str| {
        let ways = ask(text).answer.cycles[0].ways.clone();
        ways.into_iter().find(|w| w.kind == WayKind::Guarantee).unwrap().takes
    };
    assert!(takes(&base).contains("a third party holds in trust"));
    assert!(takes(&format!("{base}{actor}")).contains("the harbour master (host and mediator) holds in trust"));
}

#[test]
fn a_law_is_changed_and_not_asked() {
    let law = "[actors.charter]\nname = \"the harbour charter\"\nkind = \"law\"\n";
    let base =
        demands(&[("charter", "ceasefire = full", "lines moved", ""), ("west", "lines moved", "ceasefire = full", "")]);
    let ways = ask(&format!("{base}{law}")).answer.cycles[0].ways.clone();
    assert!(ways.iter().all(|way| !way.takes.contains("ask the harbour charter")), "{ways:?}");
    let of =
        |kind: WayKind| ways.iter().filter(|w| w.kind == kind).map(|w| w.takes.as_str()).collect::<Vec<_>>().join(" ");
    for kind in [WayKind::Drop, WayKind::Guarantee] {
        assert!(
            of(kind).contains("need a change of the harbour charter, or another reading of it, to allow"),
            "{kind:?}"
        );
    }
}

#[test]
fn no_demands_no_order() {
    let answer = ask(HEAD).answer;
    assert!(answer.choreography.is_none() && answer.complete && answer.steps.is_empty());
    let answer = ask(&with("[steps.a]\nname = \"a\"\n")).answer;
    assert_eq!(answer.choreography.unwrap().stages, [vec![0]]);
}

#[test]
fn faults_in_a_case_do_not_stop_it() {
    let text =
        demands(&[("nobody", "nowhere = there", "also-nowhere", ""), ("east", "lines = gone", "lines moved", "")]);
    let reading = read("case.toml", &|_| Ok(text.as_bytes().to_vec()), ReadOptions::default());
    assert!(reading.diagnostics.has_errors());
    let answer = order(&reading.case.unwrap()).answer;
    assert_eq!((answer.demands.len(), answer.cycles.len()), (2, 0));
}

#[test]
fn a_crowd_of_demands_is_cut_off_and_said() {
    let crowd: Vec<(&str, &str, &str, &str)> = (0..300)
        .map(|i| {
            if i % 2 == 0 {
                ("east", "ceasefire = full", "lines moved", "")
            } else {
                ("west", "lines moved", "ceasefire = full", "")
            }
        })
        .collect();
    let finding = ask(&demands(&crowd));
    assert!(!finding.answer.complete && finding.answer.demands.len() == 200);
    assert!(matches!(&finding.made.exactness, Exactness::CutOff { limit } if limit.contains("number of demands")));
    assert!(finding.answer.cuts[0].demands.len() == 100 && finding.answer.choreography.is_some());
}

#[test]
fn states_that_exclude_each_other_are_not_offered_at_once() {
    let kinds = |first: &str| {
        let text = demands(&[("east", first, "ceasefire = full", ""), ("west", "ceasefire = full", first, "")]);
        ask(&text).answer.cycles[0].ways.iter().map(|w| w.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("ceasefire = energy"), [WayKind::Guarantee, WayKind::Drop, WayKind::Drop]);
    assert_eq!(kinds("lines = withdrawal")[0], WayKind::Simultaneity);
}

/// A state and the outcomes it stands for: (ceasefire, lines), both 0 to 2.
type State = (&'static str, fn(u8, u8) -> bool);

const STATES: [State; 8] = [
    ("ceasefire = energy", |c, _| c == 1),
    ("ceasefire = full", |c, _| c == 2),
    ("ceasefire moved", |c, _| c > 0),
    ("lines = swaps", |_, l| l == 1),
    ("lines = withdrawal", |_, l| l == 2),
    ("lines != contact", |_, l| l > 0),
    ("ceasefire = full and lines moved", |c, l| c == 2 && l > 0),
    ("lines = swaps or ceasefire = energy", |c, l| l == 1 || c == 1),
];

fn outcomes() -> impl Iterator<Item = (u8, u8)> {
    (0..3).flat_map(|c| (0..3).map(move |l| (c, l)))
}

fn stands_for(state: usize) -> BTreeSet<(u8, u8)> {
    outcomes().filter(|(c, l)| STATES[state].1(*c, *l)).collect()
}

/// The states that some walk through the outcomes can reach while every demand is kept: an outcome is
/// open once every demand whose later state it fits has had its first state before.
fn reachable(pairs: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    loop {
        let open = |o: &(u8, u8)| pairs.iter().all(|(f, b)| !stands_for(*b).contains(o) || reached.contains(f));
        let now: Vec<(u8, u8)> = outcomes().filter(open).collect();
        let next = (0..STATES.len()).filter(|s| now.iter().any(|o| stands_for(*s).contains(o))).collect();
        if next == reached {
            return reached;
        }
        reached = next;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_in_a_cycle_no_walk_reaches_and_the_order_keeps_what_it_says(
        pairs in proptest::collection::vec((0usize..8, 0usize..8), 1..6),
    ) {
        let lines: Vec<_> = pairs.iter().map(|(f, b)| ("east", STATES[*f].0, STATES[*b].0, "")).collect();
        let answer = ask(&demands(&lines)).answer;
        let waits = |d: usize, e: usize| stands_for(pairs[d].0).is_subset(&stands_for(pairs[e].1));
        let reached = reachable(&pairs);
        for cycle in &answer.cycles {
            let next = cycle.demands.iter().cycle().skip(1);
            prop_assert!(cycle.demands.iter().zip(next).all(|(d, e)| waits(*d, *e)));
            prop_assert!(cycle.demands.iter().all(|d| !reached.contains(&pairs[*d].0)));
        }
        // Without the relaxed demands nothing waits in a circle; with all of them something does.
        let choreography = answer.choreography.unwrap();
        prop_assert_eq!(answer.cycles.is_empty(), choreography.relaxed.is_empty());
        let stage = |step: usize| choreography.stages.iter().position(|s| s.contains(&step)).unwrap();
        let kept: Vec<usize> = (0..pairs.len()).filter(|d| !choreography.relaxed.contains(d)).collect();
        for d in kept {
            let demand = &answer.demands[d];
            let bound = |s: &usize| {
                let state = STATES.iter().position(|(id, _)| *id == answer.steps[*s].id).unwrap();
                stands_for(state).is_subset(&stands_for(pairs[d].1))
            };
            for step in (0..answer.steps.len()).filter(bound) {
                prop_assert!(stage(demand.first) < stage(step));
            }
        }
    }

    #[test]
    fn the_order_of_the_file_changes_no_finding(
        pairs in proptest::collection::vec((0usize..8, 0usize..8), 1..6),
    ) {
        let ask = |pairs: &[(usize, usize)]| {
            let lines: Vec<_> = pairs.iter().map(|(f, b)| ("east", STATES[*f].0, STATES[*b].0, "")).collect();
            let answer = ask(&demands(&lines)).answer;
            let named = |d: &usize| pairs[*d];
            let set = |demands: &[usize]| demands.iter().map(named).collect::<BTreeSet<_>>();
            let cycles: BTreeSet<_> = answer.cycles.iter().map(|c| set(&c.demands)).collect();
            (cycles, answer.cuts.first().map(|c| c.cost.to_bits()))
        };
        let backwards: Vec<(usize, usize)> = pairs.iter().rev().copied().collect();
        prop_assert_eq!(ask(&pairs), ask(&backwards));
    }
}
