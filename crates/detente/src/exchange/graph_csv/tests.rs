use crate::exchange::{Input, LoadedConflict, Read, read_conflict, write_graph};
use crate::game::conflict::{Comparison, Graph, GraphMaker, Joint, Order};
use crate::text::{Code, Severity};
use std::collections::BTreeSet;

fn load(text: &str) -> LoadedConflict {
    read_conflict(&Input { name: "a.csv".into(), bytes: text.into() })
}

fn graph(text: &str) -> Graph {
    let loaded = load(text);
    match loaded.conflict {
        Some(Read::Graph(graph)) => graph,
        other => panic!("{other:?}: {:?}", loaded.diagnostics),
    }
}

const HEAD: &str = "state,s\nstate,t\nstate,u\nmaker,A\n";

#[test]
fn a_table_from_a_spreadsheet() {
    let text = "\u{feff}\"state\";1;\"NY; no\";;\r\n;;;\r\nSTATE;2;\"say \"\"yes\"\"\";;\r\n# a remark; with more\r\n\
                maker;A;Alpha;;\r\nmaker;B;;;\r\nmove;A;1;2;\r\njoint;2;1;B;A\r\n\
                rank;A;1;1.5;0\r\nrank;A; 2 ;-3;0\r\nrank;B;2;7\r\nrank;B;1;7";
    let found = graph(text);
    assert_eq!(found.states, ["NY; no", "say \"yes\""]);
    assert_eq!((found.makers[0].name.as_str(), found.makers[1].name.as_str()), ("Alpha", "B"));
    assert_eq!(found.makers[0].moves, [vec![1], vec![]]);
    assert_eq!(found.joint, [Joint { holders: vec![0, 1], moves: vec![vec![], vec![0]] }]);
    assert_eq!(found.makers[0].order, Order { rank: vec![1, 0], level: vec![0, 0], unknown: BTreeSet::new() });
    assert_eq!(found.makers[1].order, Order::of(vec![7, 7]));
}

#[test]
fn comparisons_order_what_follows_and_leave_the_rest_open() {
    let found = graph(&format!("{HEAD}state,v\nbetter,A,s,t,u\nequal,A,v,t\n"));
    assert_eq!(found.makers[0].order, Order::of(vec![2, 1, 0, 1]));
    let loaded = load(&format!("{HEAD}state,v\nbetter,A,s,t,u\nbetter,A,v,u\nunknown,A,v,s\n"));
    let Some(Read::Graph(found)) = loaded.conflict else { panic!("{:?}", loaded.diagnostics) };
    let order = &found.makers[0].order;
    assert_eq!(order.unknown, BTreeSet::from([(0, 3), (1, 3)]));
    assert_eq!((order.compare(3, 2), order.compare(0, 2)), (Comparison::Better, Comparison::Better));
    assert!(loaded.diagnostics.iter().any(|d| d.code == Code::ConflictIncomparable && d.message.contains("2 pairs")));
}

#[test]
fn a_circle_is_printed_with_its_rows() {
    let loaded =
        load(&format!("{HEAD}state,v\nstate,w\nbetter,A,w,s\nbetter,A,s,t\nequal,A,t,v\nbetter,A,v,u\nbetter,A,u,s\n"));
    let found = loaded.diagnostics.iter().find(|d| d.code == Code::ConflictCycle).unwrap();
    assert_eq!(found.labels.len(), 3);
    let shown = found.message.rsplit(": ").next().unwrap();
    assert!(["s > t = v > u > s", "v > u > s > t = v", "u > s > t = v > u"].contains(&shown), "{shown}");
    let loaded = load(&format!("{HEAD}better,A,s,t\nequal,A,s,t\n"));
    assert!(loaded.diagnostics.iter().any(|d| d.message.ends_with("circle: s > t = s")), "{:?}", loaded.diagnostics);
}

#[test]
fn what_is_broken_is_refused_with_its_place() {
    for (rows, code, place) in [
        ("move,B,s,t", Code::ExchangeName, "B"),
        ("move,A,s,tt", Code::ExchangeName, "tt"),
        ("move,A,s", Code::ExchangeSyntax, "move"),
        ("moves,A,s,t", Code::ExchangeSyntax, "moves"),
        ("joint,s,t,A", Code::ExchangeSyntax, "joint"),
        ("joint,s,t,A,A", Code::ExchangeSyntax, "joint"),
        ("state,s", Code::DuplicateName, "s"),
        ("maker,A", Code::DuplicateName, "A"),
        ("state,\"\"", Code::ExchangeMissing, "state"),
        ("rank,A,s,1", Code::ConflictRanking, "maker"),
        ("rank,A,s,1\nrank,A,s,2\nrank,A,t,1\nrank,A,u,1", Code::ConflictRanking, "s"),
        ("rank,A,s,x", Code::ExchangeNumber, "x"),
        ("rank,A,s,1,1\nrank,A,t,1\nrank,A,u,1", Code::ConflictRanking, "t"),
        ("rank,A,s,3,1\nrank,A,t,2,2\nrank,A,u,1,1", Code::ConflictRanking, "s"),
        ("rank,A,s,1\nrank,A,t,1\nrank,A,u,1\nbetter,A,s,t", Code::ConflictRanking, "t"),
        ("better,A,s,t,u,s", Code::ConflictCycle, ""),
        ("better,A,s,t,u\nunknown,A,s,u", Code::ConflictCycle, "unknown"),
        ("move,A,\"s,t", Code::ExchangeSyntax, "\""),
        ("move,A,\"s\"x,t", Code::ExchangeSyntax, "\"s\""),
    ] {
        let loaded = load(&format!("{HEAD}{rows}\n"));
        assert!(loaded.conflict.is_none(), "{rows}");
        let errors = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let found: Vec<(Code, &str)> = errors.map(|d| (d.code, loaded.files.slice(d.span().unwrap()))).collect();
        assert!(found.iter().any(|(c, at)| *c == code && at.starts_with(place)), "{rows}: {found:?}");
    }
    assert!(load("state,s\n").diagnostics.iter().any(|d| d.code == Code::ConflictNoMaker));
    assert!(load("maker,s\n").diagnostics.iter().any(|d| d.code == Code::ExchangeMissing));
    assert!(load("name,s\n").diagnostics.iter().any(|d| d.code == Code::ExchangeUnknown));
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

fn random(seed: u64) -> Graph {
    let mut draw = draws(seed);
    let names = ["a", "b,c", " d", "#e", "f\"g", "h\ni", "1", "é;", "rank"];
    let states = 1 + draw(8);
    let twice = draw(4) == 0;
    let name = |at: usize| if twice { "same".to_string() } else { names[at].to_string() };
    let list = |draw: &mut dyn FnMut(u64) -> usize| -> Vec<Vec<u32>> {
        let some = |from: usize, draw: &mut dyn FnMut(u64) -> usize| {
            (0..states).filter(|to| *to != from && draw(3) == 0).map(|to| to as u32).collect()
        };
        (0..states).map(|from| some(from, draw)).collect()
    };
    let makers = 2 + draw(2);
    let maker = |at: usize, draw: &mut dyn FnMut(u64) -> usize| {
        let rank: Vec<u32> = (0..states).map(|_| draw(5) as u32 * 7).collect();
        let level = if draw(2) == 0 { Vec::new() } else { rank.iter().map(|r| u32::from(*r > 10)).collect() };
        let pairs = (0..states as u32).flat_map(|a| (a + 1..states as u32).map(move |b| (a, b)));
        let unknown = pairs.filter(|_| draw(6) == 0).collect();
        GraphMaker {
            id: names[at].into(),
            name: names[8 - at].into(),
            moves: list(draw),
            order: Order { rank, level, unknown },
        }
    };
    let makers: Vec<GraphMaker> = (0..makers).map(|at| maker(at, &mut draw)).collect();
    let mut joint = vec![Joint { holders: (0..makers.len()).collect(), moves: list(&mut draw) }];
    joint.retain(|j| j.moves.iter().any(|m| !m.is_empty()));
    Graph { states: (0..states).map(name).collect(), makers, joint }
}

#[test]
fn what_is_written_is_read_as_the_same_graph() {
    for seed in 1..400 {
        let before = random(seed);
        let written = write_graph(&before);
        assert_eq!(graph(&written.files[0].1), before, "{seed}\n{}", written.files[0].1);
    }
    let mut twice = random(3);
    twice.makers[1].id = twice.makers[0].id.clone();
    assert!(write_graph(&twice).files.is_empty());
}

/// What follows from comparisons, by brute force: paths over better and equal pairs.
#[test]
fn random_comparisons_mean_what_follows_from_them() {
    let (mut circles, mut orders) = (0, 0);
    for seed in 1..600 {
        let mut draw = draws(seed);
        let n = 2 + draw(5);
        let pairs = |count: usize, draw: &mut dyn FnMut(u64) -> usize| -> Vec<(usize, usize)> {
            (0..count).map(|_| (draw(n as u64), draw(n as u64))).filter(|(a, b)| a != b).collect()
        };
        let many = 1 + draw(7);
        let (better, equal) = (pairs(many, &mut draw), pairs(many / 3, &mut draw));
        if better.is_empty() && equal.is_empty() {
            continue;
        }
        // 2: better by some path; 1: at least as good.
        let mut reach = vec![vec![0u8; n]; n];
        (0..n).for_each(|s| reach[s][s] = 1);
        better.iter().for_each(|(a, b)| reach[*a][*b] = 2);
        for (a, b) in &equal {
            reach[*a][*b] = reach[*a][*b].max(1);
            reach[*b][*a] = reach[*b][*a].max(1);
        }
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    if reach[i][k] > 0 && reach[k][j] > 0 {
                        reach[i][j] = reach[i][j].max(reach[i][k]).max(reach[k][j]);
                    }
                }
            }
        }
        let circle = (0..n).any(|s| reach[s][s] == 2);
        let mut text: String = (0..n).map(|s| format!("state,{s}\n")).collect();
        text.push_str("maker,A\n");
        better.iter().for_each(|(a, b)| text.push_str(&format!("better,A,{a},{b}\n")));
        equal.iter().for_each(|(a, b)| text.push_str(&format!("equal,A,{a},{b}\n")));
        let loaded = load(&text);
        let Some(Read::Graph(found)) = loaded.conflict else {
            assert!(circle && loaded.diagnostics.iter().any(|d| d.code == Code::ConflictCycle), "{text}");
            circles += 1;
            continue;
        };
        assert!(!circle, "{text}");
        orders += 1;
        for (a, row) in reach.iter().enumerate() {
            for (b, way) in row.iter().enumerate().filter(|(b, _)| *b != a) {
                let right = match (way, reach[b][a]) {
                    (2, _) => Comparison::Better,
                    (_, 2) => Comparison::Worse,
                    (1, 1) => Comparison::Equal,
                    _ => Comparison::Unknown,
                };
                assert_eq!(found.makers[0].order.compare(a, b), right, "{text} {a} {b}");
            }
        }
    }
    assert!(circles > 50 && orders > 200, "{circles} {orders}");
}
