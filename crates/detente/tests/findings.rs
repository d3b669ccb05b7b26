//! What the engine finds in the flagship case, and that nobody wrote it there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use detente::case::{Case, OpenError, ReadOptions, read};
use detente::game::Belief;
use detente::lens::order::order;
use detente::lens::zone::{Give, Zone, ZoneAnswer};
use detente::lens::{Lens, Question};
use detente::text::Diagnostics;
use std::path::Path;
use std::sync::OnceLock;

fn case(name: &str) -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/istanbul-2025");
    let open = |name: &str| std::fs::read(folder.join(name)).map_err(|_| OpenError::Missing);
    read(name, &open, ReadOptions::default()).case.expect("the case can be read")
}

/// The zone finding of 2 June 2025 over 300 draws.
fn june() -> &'static ZoneAnswer {
    static ANSWER: OnceLock<ZoneAnswer> = OnceLock::new();
    ANSWER.get_or_init(|| {
        let case = case("case.toml");
        let belief = Belief::of(&case, &mut Diagnostics::default()).expect("a belief");
        let question = Question { case: &case, belief: &belief, draws: 300, seed: 1, progress: &|_, _| {} };
        Zone.ask(&question).answer
    })
}

#[test]
fn demands_for_ceasefire_and_withdrawal_wait_for_each_other() {
    let finding = order(&case("case.toml"));
    let found = finding.answer.cycles.iter().any(|cycle| {
        let demands: Vec<_> = cycle.demands.iter().map(|d| &finding.answer.demands[*d]).collect();
        let by: Vec<&str> = demands.iter().map(|d| d.claimed_by.as_str()).collect();
        let claims: Vec<&str> = demands.iter().map(|d| d.claim.as_str()).collect();
        by.len() == 2
            && by.contains(&"ukraine")
            && by.contains(&"russia")
            && claims.contains(&"ru-withdrawal-before-ceasefire")
    });
    assert!(found, "{:?}", finding.answer.cycles);
    assert!(finding.answer.complete);
}

#[test]
fn the_june_texts_leave_no_comprehensive_agreement_and_red_lines_stand_in_the_way() {
    let answer = june();
    for text in ["ukraine-memorandum", "russia-memorandum-1", "russia-memorandum-2"] {
        let verdict = answer.packages.iter().find(|p| p.package == text).expect("a verdict");
        assert_eq!(verdict.agreement.hits, 0, "{text}");
        assert!(!verdict.crosses.is_empty(), "{text}");
    }
    let comprehensive = answer.levels.iter().find(|l| l.level == "comprehensive").expect("the level");
    assert!(comprehensive.zone.share < 0.2, "{comprehensive:?}");
    assert!(!comprehensive.permitted);
    let gives = answer.gives.iter().find(|g| g.level == "comprehensive").expect("what must give");
    assert!(gives.complete && !gives.sets.is_empty());
    let lines = |side: &str| {
        gives.sets.iter().flat_map(|s| &s.gives).any(|g| matches!(g, Give::RedLine(id) if id.starts_with(side)))
    };
    assert!(lines("ua-") && lines("ru-"), "red lines of both sides stand in the way");
}

#[test]
fn the_humanitarian_package_is_the_first_robust_partial_agreement() {
    let first = &june().partial[0];
    let moved: Vec<&str> = first.terms.keys().map(String::as_str).collect();
    assert!(moved.contains(&"prisoners") && moved.contains(&"bodies"), "{moved:?}");
    assert!(moved.iter().all(|issue| ["prisoners", "bodies", "children"].contains(issue)), "{moved:?}");
    assert!(first.agreement.share > 0.99);
    let of_three: Vec<&str> = june().partial.iter().skip(1).flat_map(|p| p.terms.keys()).map(String::as_str).collect();
    assert!(of_three.contains(&"ceasefire"), "other issues come after it");
}

#[test]
fn elections_before_the_treaty_collide_with_martial_law() {
    let finding = order(&case("case.toml"));
    let claims_of = |cycle: &detente::lens::order::Cycle| -> Vec<String> {
        cycle.demands.iter().map(|d| finding.answer.demands[*d].claimed_by.clone()).collect()
    };
    let collides = finding.answer.cycles.iter().any(|c| {
        c.words.contains("martial law") && c.words.contains("elections") && claims_of(c).iter().any(|by| by == "russia")
    });
    assert!(collides, "{:?}", finding.answer.cycles.iter().map(|c| &c.words).collect::<Vec<_>>());
}

#[test]
fn both_errors_of_the_report_are_flagged_in_both_states_of_the_case() {
    for name in ["2025-05-16.toml", "case.toml"] {
        let case = case(name);
        let errors: Vec<&String> = case
            .document
            .evidence
            .iter()
            .filter(|(_, e)| e.problem.as_ref().is_some_and(|p| p.kind.as_str() == "known-error"))
            .map(|(id, _)| id)
            .collect();
        assert_eq!(errors.len(), 2, "{errors:?}");
    }
}
