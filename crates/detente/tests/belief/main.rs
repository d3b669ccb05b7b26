//! The belief over games: exact volumes and moments, brute force on small cases, and that every game drawn
//! keeps every claim.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod properties;

use detente::case::{ReadOptions, read};
use detente::game::{Belief, Game, SCALE};
use detente::text::{Code, Diagnostics};

fn case(toml: &str) -> detente::case::Case {
    let reading = read("case.toml", &|_| Ok(toml.into()), ReadOptions::default());
    reading.case.expect("a case can be read")
}

fn look(toml: &str) -> (Option<Belief>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let belief = Belief::of(&case(toml), &mut diagnostics);
    (belief, diagnostics)
}

fn belief(toml: &str) -> Belief {
    let (belief, diagnostics) = look(toml);
    belief.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// Two parties, issues `i1`… with values `a`, `b`, … as many as given; the first party has the wants.
fn with_wants(sizes: &[usize], wants: &[&str]) -> String {
    let mut toml = String::from("title = \"T\"\n");
    for (i, size) in sizes.iter().enumerate() {
        let values: Vec<String> = ('a'..='z').take(*size).map(|c| format!("\"{c}\"")).collect();
        toml.push_str(&format!("issues.i{} = {{ values = [{}], status_quo = \"a\" }}\n", i + 1, values.join(", ")));
    }
    toml.push_str(&format!("[parties.x]\nwants = [{}]\n[parties.y]\n", wants.join(", ")));
    toml
}

/// How far `x` lies from `expected`, in standard errors, for `n` values with this mean and variance.
fn z(values: &[f64], expected: f64) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean - expected).abs() / (variance / n).sqrt().max(1e-12)
}

fn share(hits: usize, n: usize, expected: f64) -> f64 {
    (hits as f64 / n as f64 - expected).abs() / (expected * (1.0 - expected) / n as f64).sqrt()
}

/// The weight of an issue to the first party, where its levels span the scale.
fn weight(game: &Game, issue: usize) -> f64 {
    swing(&game.players[0].worth[issue]) as f64 / SCALE as f64
}

fn swing(worth: &[i64]) -> i64 {
    worth.iter().max().unwrap() - worth.iter().min().unwrap()
}

const DRAWS: u64 = 20_000;

#[test]
fn ranked_weights_have_the_moments_of_a_sorted_simplex() {
    let belief = belief(&with_wants(&[2, 2, 2, 2, 2], &["{ ranks = ['i4', 'i1', 'i5', 'i2', 'i3'] }"]));
    assert!(belief.exact_sampling() && !belief.is_point());
    let games = belief.draws(5, 0..DRAWS);
    for (k, issue) in [3, 0, 4, 1, 2].into_iter().enumerate() {
        // E[k-th largest] = (1/n) Σ_{j ≥ k} 1/j (rank order centroid, Barron and Barrett 1996).
        let expected = (k + 1..=5).map(|j| 1.0 / j as f64).sum::<f64>() / 5.0;
        let weights: Vec<f64> = games.iter().map(|g| weight(g, issue)).collect();
        assert!(z(&weights, expected) < 4.0, "rank {}: {expected}", k + 1);
    }
}

#[test]
fn first_and_last_have_exact_means() {
    let belief = belief(&with_wants(&[2, 3, 2, 2], &["{ ranks_first = 'i2' }", "{ ranks_last = 'i4' }"]));
    let games = belief.draws(5, 0..DRAWS);
    let mean = |k: usize| (k..=4).map(|j| 1.0 / j as f64).sum::<f64>() / 4.0;
    let of = |i: usize| games.iter().map(|g| weight(g, i)).collect::<Vec<f64>>();
    assert!(z(&of(1), mean(1)) < 4.0 && z(&of(3), mean(4)) < 4.0);
    for between in [0, 2] {
        assert!(z(&of(between), (mean(2) + mean(3)) / 2.0) < 4.0);
    }
}

#[test]
fn an_interval_cuts_the_triangle_in_proportion_to_area() {
    let (a, b): (f64, f64) = (0.1, 0.55);
    let belief = belief(&with_wants(&[2, 2, 2], &["{ issue = 'i1', weight = [0.1, 0.55] }"]));
    let games = belief.draws(9, 0..DRAWS);
    for cut in [0.2_f64, 0.3, 0.4] {
        let expected = ((1.0 - a).powi(2) - (1.0 - cut).powi(2)) / ((1.0 - a).powi(2) - (1.0 - b).powi(2));
        let hits = games.iter().filter(|g| weight(g, 0) <= cut).count();
        assert!(share(hits, games.len(), expected) < 4.0, "{cut}");
    }
}

#[test]
fn narrow_intervals_leave_the_rest_uniform() {
    let wants = ["{ issue = 'i1', weight = [0.3, 0.31] }", "{ issue = 'i2', weight = [0.2, 0.3] }"];
    let belief = belief(&with_wants(&[2; 8], &wants));
    assert!(!belief.exact_sampling(), "{}", belief.method());
    let games = belief.draws(9, 0..DRAWS);
    // Given the first two the others are uniform on what is left: density (1 - w1 - w2)^5, by the midpoint rule.
    let (mut mass, mut first, mut second) = (0.0, 0.0, 0.0);
    for i in 0..200 {
        for j in 0..200 {
            let (x, y) = (0.3 + 0.01 * (f64::from(i) + 0.5) / 200.0, 0.2 + 0.1 * (f64::from(j) + 0.5) / 200.0);
            let density = (1.0 - x - y).powi(5);
            mass += density;
            first += density * x;
            second += density * y;
        }
    }
    let of = |i: usize| games.iter().map(|g| weight(g, i)).collect::<Vec<f64>>();
    assert!(z(&of(0), first / mass) < 4.0 && z(&of(1), second / mass) < 4.0);
    for rest in 2..8 {
        assert!(z(&of(rest), (1.0 - (first + second) / mass) / 6.0) < 4.0, "{rest}");
    }
    // The largest of six on the simplex: Σ 1/j / 6 of what is left.
    let largest: Vec<f64> = games
        .iter()
        .map(|g| (2..8).map(|i| weight(g, i)).fold(0.0, f64::max) / (1.0 - weight(g, 0) - weight(g, 1)))
        .collect();
    assert!(z(&largest, (1..=6).map(|j| 1.0 / f64::from(j)).sum::<f64>() / 6.0) < 4.0);
}

#[test]
fn some_preferences_leave_the_other_values_open() {
    // a over b among four values: of 4!/2 rankings a is on top in 6, d in 3, b at the bottom in 6.
    let belief = belief(&with_wants(&[4], &["{ issue = 'i1', prefers = ['a', 'b'] }"]));
    let games = belief.draws(3, 0..DRAWS);
    let ends = |value: usize, end: i64| games.iter().filter(|g| g.players[0].worth[0][value] == end).count();
    assert_eq!((ends(1, SCALE), ends(0, 0)), (0, 0));
    assert!(share(ends(0, SCALE), games.len(), 0.5) < 4.0);
    assert!(share(ends(3, SCALE), games.len(), 0.25) < 4.0);
    assert!(share(ends(1, 0), games.len(), 0.5) < 4.0);
    // Between the ends, two uniform levels: 1/3 and 2/3 on average.
    let second: Vec<f64> = games
        .iter()
        .map(|g| {
            let mut worth = g.players[0].worth[0].clone();
            worth.sort_unstable();
            worth[2] as f64 / SCALE as f64
        })
        .collect();
    assert!(z(&second, 2.0 / 3.0) < 4.0);
}

#[test]
fn ties_are_exact_and_flat_issues_weigh_nothing() {
    let wants = [
        "{ issue = 'i1', prefers = ['c', ['a', 'b']] }",
        "{ issue = 'i2', prefers = [['a', 'b']] }",
        "{ issue = 'i3', best = ['b', 'c'], worst = ['a'] }",
    ];
    for game in belief(&with_wants(&[3, 2, 4], &wants)).draws(1, 0..200) {
        let worth = &game.players[0].worth;
        assert!(worth[0][0] == 0 && worth[0][1] == 0 && worth[0][2] > 0);
        assert_eq!(worth[1], [0, 0]);
        assert!(worth[2][1] == worth[2][2] && worth[2][0] == 0 && worth[2][3] < worth[2][1]);
        assert_eq!(worth[0][2] + worth[2][1], SCALE, "the best package is worth the whole scale");
    }
}

#[test]
fn a_case_of_points_has_one_game() {
    let wants = [
        "{ issue = 'i1', weight = 0.1 }",
        "{ issue = 'i2', weight = 0.2 }",
        "{ issue = 'i3', weight = 0.7 }",
        "{ issue = 'i1', prefers = ['a', 'b'] }",
        "{ issue = 'i2', value = 'a', score = 0.25 }, { issue = 'i2', value = 'b', score = 1.0 }",
        "{ issue = 'i3', value = 'b', score = 0.4 }, { issue = 'i3', best = ['c'] }, { issue = 'i3', worst = ['a'] }",
    ];
    let toml = with_wants(&[2, 2, 3], &wants);
    let mirrored = toml.replace("[parties.y]", &format!("[parties.y]\nwants = [{}]", wants.join(", ")));
    assert!(!belief(&toml).is_point(), "the second party's preferences are open");
    let belief = belief(&mirrored);
    assert!(belief.is_point(), "{}", belief.method());
    let worth = vec![vec![100_000_000, 0], vec![50_000_000, 200_000_000], vec![0, 280_000_000, 700_000_000]];
    for (seed, index) in [(0, 0), (1, 2), (9, 1 << 40)] {
        assert_eq!(belief.draw(seed, index).players[0].worth, worth);
    }
    assert!(!belief.without(&|claim| claim == "parties.x.wants.4").unwrap().is_point());
}

#[test]
fn no_deal_counts_drift_cost_and_reservation() {
    let wants = "{ issue = 'i1', weight = 0.6 }, { issue = 'i1', prefers = ['b', 'a'] }, { issue = 'i2', prefers = ['b', 'c', 'a'] }, { issue = 'i2', value = 'c', score = 0.5 }";
    let toml = with_wants(&[2, 3], &[wants]);
    let fallback =
        |more: &str| belief(&format!("{toml}{more}")).draw(3, 4).players.iter().map(|p| p.fallback).collect::<Vec<_>>();
    assert_eq!(fallback("")[0], 0);
    let drift =
        "[meanwhile]\ndrift = [{ issue = 'i2', to = 'c', chance = 0.2 }, { issue = 'i2', to = 'b', chance = 0.1 }]\n";
    assert_eq!(fallback(drift)[0], 80_000_000, "0.4 × (0.2 × 0.5 + 0.1)");
    let cost = format!("{drift}cost = [{{ party = 'x', amount = 0.3 }}, {{ party = 'x', amount = 0.05 }}]\n");
    assert_eq!(fallback(&cost)[0], -270_000_000);
    let reserved = format!("{toml}{cost}").replace("[parties.y]", "reservation = { value = 0.45 }\n[parties.y]");
    assert_eq!(belief(&reserved).draw(3, 4).players[0].fallback, 450_000_000);
    // Chances above one are said and scaled.
    let much = drift.replace("0.2", "0.9").replace("0.1", "0.9");
    let (belief, diagnostics) = look(&format!("{toml}{much}"));
    assert!(diagnostics.iter().any(|d| d.code == Code::BadRange && d.message.contains("drift")));
    assert_eq!(belief.unwrap().draw(3, 4).players[0].fallback, 300_000_000, "half c, half b");
}

#[test]
fn red_lines_bind_as_often_as_they_are_firm() {
    let toml = with_wants(&[2, 2], &[]).replace(
        "[parties.y]",
        "refuses = [{ id = 'half', when = 'i1 = b', firmness = [0.4, 0.8] }, { when = 'i2 = b' }]\n[parties.y]",
    );
    let belief = belief(&format!("{toml}[[linkages]]\nid = 'link'\nrule = 'i1 = b => i2 = b'\n"));
    let claims: Vec<&str> = belief.rules().iter().map(|r| r.claim.as_str()).collect();
    assert_eq!(claims[..2], ["link", "half"]);
    let games = belief.draws(2, 0..DRAWS);
    assert!(games.iter().all(|g| g.binding[0] && g.binding[2]));
    assert!(share(games.iter().filter(|g| g.binding[1]).count(), games.len(), 0.6) < 4.0);
    let without = belief.without(&|c| c == "half").unwrap();
    assert_eq!(without.rules().len(), 2);
    assert_eq!(without.draw(2, 77).players[0].worth, games[77].players[0].worth);
}

#[test]
fn odd_rules_are_reported() {
    let codes = |refuses: &str| {
        let toml = with_wants(&[2, 3], &[]).replace("[parties.y]", &format!("refuses = [{refuses}]\n[parties.y]"));
        look(&toml).1.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("{ when = 'i1 = b' }"), []);
    assert_eq!(codes("{ when = 'i1 = a' }"), [Code::StatusQuoRefused]);
    assert_eq!(codes("{ when = 'i1 = a and i1 = b' }"), [Code::ConditionConstant]);
    assert_eq!(codes("{ when = 'i1 = a or i1 = b' }"), [Code::ConditionConstant]);
    assert_eq!(codes("{ when = 'i1 = a or i1 != a and i2 in [a, b, c]' }"), [Code::ConditionConstant]);
    let wide: Vec<String> = (1..=13).map(|i| format!("i{i} = b")).collect();
    let refused = |joined: &str| {
        let toml = with_wants(&[3; 13], &[]);
        look(&toml.replace("[parties.y]", &format!("refuses = [{{ when = '{joined}' }}]\n[parties.y]")))
    };
    let (belief, diagnostics) = refused(&wide.join(" and "));
    assert!(belief.is_none() && diagnostics.iter().any(|d| d.code == Code::TooLarge));
    assert!(refused(&wide.join(" or ")).0.is_some(), "each part stands alone");
}

#[test]
fn nothing_to_negotiate_is_reported() {
    let codes = |toml: &str| look(toml).1.iter().map(|d| d.code).collect::<Vec<_>>();
    assert_eq!(codes("title = 'T'"), [Code::NoIssues, Code::NoParties]);
    assert_eq!(
        codes(&format!("consent = ['x']\n{}", with_wants(&[2], &[]).replace("title = \"T\"\n", "title = 'T'\n"))),
        [Code::NoParties]
    );
}

/// The spans of the claims in the first contradiction, as the text they cover.
fn contradictions(toml: &str) -> Vec<Vec<String>> {
    let reading = read("case.toml", &|_| Ok(toml.into()), ReadOptions::default());
    let mut diagnostics = Diagnostics::default();
    assert!(Belief::of(&reading.case.unwrap(), &mut diagnostics).is_none());
    diagnostics
        .iter()
        .filter(|d| d.code == Code::Contradiction)
        .map(|d| d.labels.iter().map(|l| reading.files.slice(l.span).to_string()).collect())
        .collect()
}

#[test]
fn contradictions_are_as_small_as_they_can_be() {
    let found = |wants: &[&str]| {
        let more = "[packages.p]\nname = 'P'\nvalues = { i1 = 'b' }\n[packages.q]\nname = 'Q'\nvalues = { i2 = 'b' }\n";
        contradictions(&format!("{}{more}", with_wants(&[3, 3, 3], wants)))
    };
    let first = ["{ ranks_first = 'i1' }", "{ issue = 'i2', prefers = ['a', 'b'] }", "{ ranks_first = 'i2' }"];
    assert_eq!(found(&first), [[first[0], first[2]]]);
    let circle = ["{ ranks = ['i1', 'i2', 'i3'] }", "{ issue = 'i2', over = 'i1' }", "{ ranks_last = 'i1' }"];
    assert_eq!(found(&circle)[0].len(), 2, "the smallest comes first");
    assert_eq!(found(&["{ issue = 'i1', prefers = ['a', 'b', 'a'] }"])[0].len(), 1);
    let best = ["{ issue = 'i1', best = ['a'] }", "{ issue = 'i1', prefers = ['b', 'a'] }"];
    assert_eq!(found(&best), [best]);
    let sums = [
        "{ issue = 'i1', weight = [0.5, 0.6] }",
        "{ issue = 'i2', weight = [0.4, 0.6] }",
        "{ issue = 'i2', over = 'i3' }",
        "{ issue = 'i3', weight = 0.3 }",
    ];
    assert_eq!(found(&sums), [[sums[0], sums[1], sums[3]]]);
    let scores = [
        "{ issue = 'i1', value = 'a', score = [0.2, 0.3] }",
        "{ issue = 'i1', prefers = ['a', 'b'] }",
        "{ issue = 'i1', value = 'b', score = 0.3 }",
    ];
    assert_eq!(found(&scores), [scores]);
    let packages = ["{ package = 'p', over = 'q' }", "{ ranks_last = 'i3' }", "{ package = 'q', over = 'p' }"];
    assert_eq!(found(&packages), [[packages[0], packages[2]]]);
    assert_eq!(found(&["{ package = 'p', over = 'p' }"])[0].len(), 1);
    // p moves i1 to its best, q moves i2 from its best: no weights can make q better.
    let worth = ["{ package = 'q', over = 'p' }", "{ issue = 'i1', best = ['b'] }", "{ issue = 'i2', best = ['a'] }"];
    assert_eq!(found(&worth), [worth]);
    // With two values an issue is all or nothing: equal weights cannot decide two comparisons of opposite sides.
    let both = ["{ package = 'bb', over = 'aa' }", "{ package = 'ba', over = 'ab' }", "{ issue = 'i1', weight = 0.5 }"];
    let named = |p: &str| {
        let (i1, i2) = p.split_at(1);
        format!("[packages.{p}]\nname = 'P'\nvalues = {{ i1 = '{i1}', i2 = '{i2}' }}\n")
    };
    let more: String = ["aa", "ab", "ba", "bb"].map(named).concat();
    assert_eq!(contradictions(&format!("{}{more}", with_wants(&[2, 2], &both))), [both]);
    let two = [first[0], first[2], best[0], best[1]];
    assert_eq!(found(&two).len(), 2, "independent contradictions are both reported");
    // Indifferent to an issue that is said to matter most.
    let flat = ["{ issue = 'i1', prefers = [['a', 'b', 'c']] }", "{ ranks_first = 'i1' }"];
    assert_eq!(found(&flat), [flat]);
}

#[test]
fn draws_do_not_depend_on_what_was_drawn_before() {
    let wants = ["{ ranks_first = 'i2' }", "{ package = 'p', over = 'q' }", "{ issue = 'i3', weight = [0.1, 0.11] }"];
    let more = "[packages.p]\nname = 'P'\nvalues = { i1 = 'b' }\n[packages.q]\nname = 'Q'\nvalues = { i2 = 'b' }\n";
    let belief = belief(&format!("{}{more}", with_wants(&[3, 3, 3], &wants)));
    let all: Vec<Vec<Vec<i64>>> = belief.draws(4, 0..300).into_iter().map(|g| g.players[0].worth.clone()).collect();
    for i in (0..300).rev() {
        assert_eq!(belief.clone().draw(4, i).players[0].worth, all[i as usize]);
    }
    assert_ne!(belief.draw(5, 0).players[0].worth, all[0]);
}

#[test]
fn names_and_order_of_issues_do_not_matter() {
    let one = "title = 'T'\nissues.a = { values = ['x', 'y', 'z'], status_quo = 'x' }\nissues.b = { values = ['x', 'y'], status_quo = 'x' }\nissues.c = { values = ['x', 'y'], status_quo = 'x' }\n[parties.n]\nwants = [{ issue = 'a', over = 'b' }, { issue = 'a', prefers = ['z', 'x'] }]\n[parties.m]\n";
    let mut lines: Vec<&str> = one.lines().collect();
    lines.swap(1, 3);
    let two = lines.join("\n");
    let (first, second) = (belief(one), belief(&two));
    for i in 0..50 {
        let (mut g, h) = (first.draw(1, i), second.draw(1, i));
        g.players[0].worth.reverse();
        assert_eq!(g.players[0].worth, h.players[0].worth, "numbers go with names, not places");
    }
    let renamed = one.replace(" 'a'", " 'first'").replace("issues.a", "issues.first");
    let renamed = belief(&renamed).draws(1, 0..DRAWS);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (g, h) in first.draws(1, 0..DRAWS).iter().zip(&renamed) {
        x.push(weight(g, 0));
        y.push(weight(h, 0));
    }
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    assert!(z(&x, mean) < 5.0);
}

#[test]
fn leaving_a_claim_out_keeps_the_numbers_of_the_rest() {
    let wants = [
        "{ id = 'top', ranks_first = 'i2' }",
        "{ id = 'pair', issue = 'i1', over = 'i3' }",
        "{ id = 'order', issue = 'i3', prefers = ['b', 'a'] }",
        "{ id = 'package', package = 'p', over = 'q' }",
    ];
    let more = "[packages.p]\nid = 'p-text'\nname = 'P'\nvalues = { i1 = 'b' }\n[packages.q]\nname = 'Q'\nvalues = { i2 = 'b' }\n";
    let full = belief(&format!("{}{more}", with_wants(&[3, 3, 3, 4], &wants)));
    for (at, id) in ["top", "pair", "order", "package"].into_iter().enumerate() {
        let mut rest = wants.to_vec();
        rest.remove(at);
        let fresh = belief(&format!("{}{more}", with_wants(&[3, 3, 3, 4], &rest)));
        let without = full.without(&|claim| claim == id).unwrap();
        assert_eq!(without.inputs(), fresh.inputs());
        for i in 0..100 {
            let (g, h) = (without.draw(8, i), fresh.draw(8, i));
            assert_eq!(g.players[0].worth, h.players[0].worth, "{id}");
            assert_eq!(g.players[1].worth, full.draw(8, i).players[1].worth);
        }
    }
    let without_text = full.without(&|claim| claim == "p-text").unwrap();
    assert!(without_text.inputs().iter().all(|i| i.claim != "package"), "a comparison goes with its packages");
    // The untouched issue keeps its levels, and where the order of two weights was already so, all is the same.
    let plain = full.without(&|claim| claim == "package").unwrap();
    let unpaired = plain.without(&|claim| claim == "pair").unwrap();
    let same = (0..400).filter(|i| plain.draw(8, *i).players[0].worth == unpaired.draw(8, *i).players[0].worth).count();
    assert!((150..250).contains(&same), "{same}");
}

#[test]
fn fresh_inputs_keep_the_distribution_and_share_the_rest() {
    let wants = [
        "{ id = 'w', issue = 'i1', weight = [0.2, 0.5] }",
        "{ id = 's', issue = 'i2', value = 'b', score = { low = 0.2, likely = 0.3, high = 0.9 } }",
        "{ issue = 'i2', best = ['a'], worst = ['c'] }",
    ];
    let toml = with_wants(&[2, 3, 3], &wants)
        .replace("[parties.y]", "refuses = [{ id = 'f', when = 'i1 = b', firmness = [0.2, 0.6] }]\n[parties.y]");
    let belief = belief(&format!("{toml}[meanwhile]\ncost = [{{ id = 'c', party = 'x', amount = [0.1, 0.5] }}]\n"));
    let drawn: Vec<&str> = belief.inputs().iter().filter(|i| i.drawn).map(|i| i.claim.as_str()).collect();
    assert_eq!(drawn, ["w", "s", "f", "c"]);
    let base = belief.draws(1, 0..DRAWS);
    let level = |g: &Game| g.players[0].worth[1][1] as f64 / g.players[0].worth[1][0] as f64;
    let mixed = |id: &'static str| -> Vec<Game> {
        (0..DRAWS).map(|i| belief.draw_mixed(1, i, 2, &|claim| claim == id)).collect()
    };
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let weights: Vec<f64> = base.iter().map(|g| weight(g, 0)).collect();
    let levels: Vec<f64> = base.iter().map(level).collect();
    let fresh = mixed("w");
    assert!(z(&fresh.iter().map(|g| weight(g, 0)).collect::<Vec<_>>(), mean(&weights)) < 5.0);
    assert!(base.iter().zip(&fresh).all(|(g, h)| (level(g) - level(h)).abs() * weight(g, 1).min(weight(h, 1)) < 2e-9 && g.binding == h.binding));
    assert!(base.iter().zip(&fresh).filter(|(g, h)| weight(g, 0) == weight(h, 0)).count() < 10);
    let fresh = mixed("s");
    assert!(z(&fresh.iter().map(level).collect::<Vec<_>>(), mean(&levels)) < 5.0);
    assert!(base.iter().zip(&fresh).all(|(g, h)| weight(g, 0) == weight(h, 0)));
    let fresh = mixed("f");
    assert!(base.iter().zip(&fresh).all(|(g, h)| g.players[0].worth == h.players[0].worth));
    let changed = base.iter().zip(&fresh).filter(|(g, h)| g.binding != h.binding).count();
    assert!(share(changed, base.len(), 2.0 * 0.4 * 0.6) < 4.0);
    let fresh = mixed("c");
    assert!(
        base.iter().zip(&fresh).all(|(g, h)| g.players[0].fallback != h.players[0].fallback && g.binding == h.binding)
    );
    let nothing = belief.draw_mixed(1, 3, 2, &|_| false);
    assert_eq!(
        (&nothing.players[0].worth, nothing.players[0].fallback),
        (&base[3].players[0].worth, base[3].players[0].fallback)
    );
}
