//! Chains against exact sampling: the same statements drawn both ways.

use super::mind::{How, Mind};
use super::{claim, values, weights};
use crate::case::{ReadOptions, read};
use crate::game::{SCALE, Space};
use std::sync::Arc;

/// The preferences of party `x` of a case.
fn mind(toml: &str) -> Mind {
    let case = read("case.toml", &|_| Ok(toml.into()), ReadOptions::default()).case.unwrap();
    let space = Space::of(&case.document);
    let statements = claim::statements(&case.document, &space, &case.document.parties["x"].wants);
    Mind::of(&space, "x", &statements.iter().collect::<Vec<_>>(), None).expect("statements that hold together")
}

/// Mean and variance of each part-worth and each product of a part-worth with the first.
fn moments(mind: &Mind, draws: u64) -> Vec<(f64, f64)> {
    let mut sums: Vec<(f64, f64)> = Vec::new();
    for index in 0..draws {
        let never = |_: &str| false;
        let address = super::Address { seed: 11, index, other: 11, fresh: &never };
        let worth: Vec<f64> = mind.draw(&address).into_iter().flatten().map(|w| w as f64 / SCALE as f64).collect();
        let features: Vec<f64> = worth.iter().copied().chain(worth.iter().map(|w| w * worth[0])).collect();
        sums.resize(features.len(), (0.0, 0.0));
        for ((sum, squares), x) in sums.iter_mut().zip(features) {
            *sum += x;
            *squares += x * x;
        }
    }
    let n = draws as f64;
    sums.into_iter().map(|(s, q)| (s / n, (q / n - (s / n).powi(2)).max(0.0))).collect()
}

/// The largest difference of moments between two samplers, in standard errors.
fn distance(a: &Mind, b: &Mind, draws: u64) -> f64 {
    let n = draws as f64;
    let pairs = moments(a, draws).into_iter().zip(moments(b, draws));
    pairs.map(|((m, v), (w, u))| (m - w).abs() / ((v + u) / n + 1e-12).sqrt()).fold(0.0, f64::max)
}

const ISSUES: &str = r#"title = "T"
    issues.p = { values = ["a", "b", "c", "d"], status_quo = "a" }
    issues.q = { values = ["a", "b", "c"], status_quo = "a" }
    issues.r = { values = ["a", "b"], status_quo = "a" }
    packages.k = { name = "K", values = { p = "b", q = "c" } }
    packages.l = { name = "L", values = { p = "c", r = "b" } }
    packages.m = { name = "M", values = { q = ["b", "c"], r = "b" } }
    "#;

#[test]
fn hit_and_run_over_weights_is_uniform() {
    for wants in [
        "{ issue = 'p', weight = [0.2, 0.6] }",
        "{ ranks = ['p', 'q', 'r'] }, { issue = 'q', weight = [0.2, 0.45] }",
        "{ issue = 'p', over = 'q' }, { issue = 'r', weight = { low = 0.1, likely = 0.2, high = 0.5 } }",
    ] {
        let exact = mind(&format!("{ISSUES}[parties.x]\nwants = [{wants}]"));
        assert_eq!(exact.weights.how, weights::How::Tried);
        let mut chain = exact.clone();
        chain.weights.how = weights::How::Chain;
        chain.how = How::Chain;
        assert!(!chain.exact() && exact.exact());
        let z = distance(&exact, &chain, 6_000);
        assert!(z < 4.5, "{wants}: {z}");
    }
}

#[test]
fn chains_over_values_are_uniform() {
    for wants in [
        "{ issue = 'p', value = 'b', score = [0.3, 0.6] }",
        "{ issue = 'p', prefers = ['a', 'c'] }, { issue = 'p', value = 'b', score = [0.7, 1.0] }",
        "{ issue = 'p', value = 'b', score = { low = 0.0, likely = 0.2, high = 0.7 } }, { issue = 'p', best = ['a'] }",
    ] {
        let exact = mind(&format!("{ISSUES}[parties.x]\nwants = [{wants}]"));
        assert!(matches!(exact.values[0].how, values::How::Tried | values::How::Boxed));
        let mut chain = exact.clone();
        let mut first = (*chain.values[0]).clone();
        first.how = values::How::Chain;
        chain.values[0] = Arc::new(first);
        let z = distance(&exact, &chain, 6_000);
        assert!(z < 4.5, "{wants}: {z}");
    }
}

#[test]
fn block_gibbs_agrees_with_rejection() {
    for wants in [
        "{ package = 'k', over = 'l' }",
        "{ package = 'k', over = 'l' }, { package = 'l', over = 'm' }, { ranks_first = 'q' }",
        "{ package = 'm', over = 'k' }, { issue = 'p', prefers = ['a', 'b'] }, { issue = 'p', weight = [0.3, 0.8] }",
        "{ package = 'k', over = 'm' }, { issue = 'p', value = 'b', score = [0.2, 0.6] }, { issue = 'r', over = 'p' }",
    ] {
        let exact = mind(&format!("{ISSUES}[parties.x]\nwants = [{wants}]"));
        assert_eq!(exact.how, How::Tried, "{wants}");
        let mut chain = exact.clone();
        chain.how = How::Chain;
        let z = distance(&exact, &chain, 6_000);
        assert!(z < 4.5, "{wants}: {z}");
    }
}

#[test]
fn scales_can_be_let_go() {
    let mut mind = mind(&format!(
        "{ISSUES}[parties.x]\nwants = [{{ package = 'k', over = 'l' }}, {{ package = 'l', over = 'm' }}]"
    ));
    assert!(mind.unscaled.is_empty() && mind.values[0].spanning);
    let start = mind.let_scales_go().expect("less has to fit");
    assert!(mind.holds(&start) && !mind.values[0].spanning && mind.unscaled == [0, 1, 2]);
    mind.pilot();
    for how in [How::Tried, How::Chain] {
        mind.how = how;
        for index in 0..200 {
            let never = |_: &str| false;
            let worth = mind.draw(&super::Address { seed: 3, index, other: 3, fresh: &never });
            let packages = [
                worth[0][1] * 2 + worth[1][2] * 2 + worth[2][0] * 2,
                worth[0][2] * 2 + worth[1][0] * 2 + worth[2][1] * 2,
                worth[0][0] * 2 + worth[1][1] + worth[1][2] + worth[2][1] * 2,
            ];
            assert!(packages[0] >= packages[1] && packages[1] >= packages[2], "{worth:?}");
        }
    }
}
