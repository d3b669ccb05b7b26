//! Hand-made mandates and packages.

use super::{Allowed, Finding, MandateAnswer, mandate};
use crate::case::{ReadOptions, read};
use crate::lens::Exactness;
use crate::lens::zone::Terms;

const HEAD: &str = r#"
title = "May they sign?"
issues.truce = { values = ["none", "pause", "full"], status_quo = "none" }
issues.lines = { values = ["contact", "swaps", "withdrawal"], status_quo = "contact" }
issues.prisoners = { values = ["held", "exchanged"], status_quo = "held" }
"#;

fn ask_with(mandates: &str, packages: &str, extra: &[(String, Terms)]) -> Finding<MandateAnswer> {
    let text = format!(
        "{HEAD}\n[parties.east.delegation]\nbasis = \"assumed\"\nwhy = \"made up\"\nmandates = [{mandates}]\n{packages}"
    );
    let reading = read("case.toml", &|_| Ok(text.as_bytes().to_vec()), ReadOptions::default());
    assert!(!reading.diagnostics.has_errors(), "{:#?}", reading.diagnostics);
    mandate(&reading.case.unwrap(), extra)
}

fn claim(rest: &str) -> String {
    format!("{{ says = \"made up\", basis = \"assumed\", why = \"made up\", {rest} }}")
}

fn package(rest: &str) -> String {
    format!("[packages.p]\nname = \"P\"\nbasis = \"assumed\"\nwhy = \"made up\"\n{rest}\n")
}

/// Issue, what is allowed and the deciding rule, clause by clause, with the whole.
fn clauses(mandate: &str, terms: &str) -> (Allowed, Vec<(String, Allowed, Option<String>)>) {
    let finding = ask_with(&claim(mandate), &package(terms), &[]);
    assert_eq!(finding.made.exactness, Exactness::Exact);
    let light = &finding.answer.lights[0];
    (light.overall, light.clauses.iter().map(|c| (c.issue.clone(), c.allowed, c.rule.clone())).collect())
}

fn one(issue: &str, allowed: Allowed, rule: &str) -> (String, Allowed, Option<String>) {
    (issue.into(), allowed, (!rule.is_empty()).then(|| rule.into()))
}

#[test]
fn each_clause_meets_the_strictest_rule_that_speaks_of_it() {
    let mandate = r#"may_sign = ["prisoners moved", "truce in [pause, full]"], must_refer = ["truce = full"], never = ["lines = withdrawal"]"#;
    let (overall, found) =
        clauses(mandate, r#"values = { truce = "full", lines = "withdrawal", prisoners = "exchanged" }"#);
    assert_eq!(overall, Allowed::Never);
    assert_eq!(
        found,
        [
            one("truce", Allowed::Refer, "truce = full"),
            one("lines", Allowed::Never, "lines = withdrawal"),
            one("prisoners", Allowed::Sign, "prisoners moved"),
        ]
    );
}

#[test]
fn what_nobody_speaks_of_follows_the_rule_for_everything_else() {
    let terms = r#"values = { lines = "swaps" }"#;
    assert_eq!(clauses(r#"may_sign = ["truce moved"]"#, terms).0, Allowed::Refer);
    assert_eq!(clauses(r#"otherwise = "sign""#, terms), (Allowed::Sign, vec![one("lines", Allowed::Sign, "")]));
    assert_eq!(clauses(r#"otherwise = "never""#, terms).0, Allowed::Never);
}

#[test]
fn a_condition_on_another_issue_decides_only_together_with_its_own() {
    let covered = r#"may_sign = ["truce = full and lines = contact"], otherwise = "never""#;
    assert_eq!(clauses(covered, r#"values = { truce = "full" }"#).0, Allowed::Sign);
    let (_, found) = clauses(covered, r#"values = { truce = "full", lines = "swaps" }"#);
    assert!(found.iter().all(|c| c.1 == Allowed::Never));
    // `or` joins two permissions: the one for the exchange says nothing of the lines.
    let either = r#"may_sign = ["prisoners = exchanged or lines = swaps"]"#;
    let (_, found) = clauses(either, r#"values = { lines = "withdrawal", prisoners = "exchanged" }"#);
    assert_eq!((found[0].1, found[1].1), (Allowed::Refer, Allowed::Sign));
    let neither = r#"never = ["prisoners = exchanged or lines = withdrawal"], otherwise = "sign""#;
    let (_, found) = clauses(neither, r#"values = { lines = "withdrawal", prisoners = "exchanged", truce = "full" }"#);
    assert_eq!(found.iter().map(|c| c.1).collect::<Vec<_>>(), [Allowed::Never, Allowed::Never, Allowed::Sign]);
}

#[test]
fn what_is_left_open_counts_at_its_worst() {
    let mandate = r#"may_sign = ["truce in [pause, full]"], never = ["lines = withdrawal"]"#;
    assert_eq!(clauses(mandate, r#"values = { truce = ["pause", "full"] }"#).0, Allowed::Sign);
    // As things are needs no authority, and a pause has none here.
    assert_eq!(clauses(mandate, r#"values = { truce = ["none", "full"] }"#).0, Allowed::Sign);
    assert_eq!(
        clauses(r#"may_sign = ["truce = full"]"#, r#"values = { truce = ["pause", "full"] }"#).0,
        Allowed::Refer
    );
    assert_eq!(clauses(mandate, r#"values = { lines = ["swaps", "withdrawal"] }"#).0, Allowed::Never);
    // Silence that means anything goes lets the never-condition through; silence that means nothing changes does not.
    let both = r#"may_sign = ["truce moved"], never = ["truce = full and lines = withdrawal"]"#;
    assert_eq!(clauses(both, r#"values = { truce = "full" }"#).0, Allowed::Sign);
    let open = format!("silence = \"open\"\n{}", r#"values = { truce = "full" }"#);
    assert_eq!(
        clauses(both, &open),
        (Allowed::Never, vec![one("truce", Allowed::Never, "truce = full and lines = withdrawal")])
    );
}

#[test]
fn a_clause_is_what_the_package_moves() {
    let (overall, found) = clauses(r#"otherwise = "sign""#, r#"values = { truce = "none", lines = "swaps" }"#);
    assert_eq!((overall, found.len(), found[0].0.as_str()), (Allowed::Sign, 1, "lines"));
    let (overall, found) = clauses(r#"otherwise = "never""#, r#"values = { truce = "none" }"#);
    assert_eq!((overall, found.len()), (Allowed::Never, 0));
}

#[test]
fn rival_claims_stand_side_by_side() {
    let rivals =
        ["claimed_by = \"east\", may_sign = [\"truce moved\"]", "claimed_by = \"west\", never = [\"truce moved\"]"];
    let mandates = rivals.map(claim).join(", ");
    let packages = format!("{}\n[parties.west]\n", package("values = { truce = \"full\" }"));
    let finding = ask_with(&mandates, &packages, &[]);
    let overall: Vec<Allowed> = finding.answer.lights.iter().map(|l| l.overall).collect();
    assert_eq!(overall, [Allowed::Sign, Allowed::Never]);
    let contested = &finding.answer.contested[0];
    assert_eq!(contested.party, "east");
    assert_eq!(contested.claims, ["parties.east.delegation.mandates.1", "parties.east.delegation.mandates.2"]);
    let agreed = ask_with(&[rivals[0], rivals[0]].map(claim).join(", "), &packages, &[]);
    assert!(agreed.answer.contested.is_empty());
}

#[test]
fn partial_agreements_are_looked_at_after_the_packages() {
    let terms: Terms = [("prisoners".to_string(), "exchanged".to_string())].into_iter().collect();
    let extra = [("partial-1".to_string(), terms)];
    let finding =
        ask_with(&claim(r#"may_sign = ["prisoners moved"]"#), &package("values = { truce = \"full\" }"), &extra);
    let lights: Vec<(&str, Allowed)> = finding.answer.lights.iter().map(|l| (l.package.as_str(), l.overall)).collect();
    assert_eq!(lights, [("p", Allowed::Refer), ("partial-1", Allowed::Sign)]);
}

/// Where a package leaves nothing open, the check says of each clause what talks under the mandate make of it.
#[test]
fn of_a_whole_package_it_says_what_the_talks_say() {
    use crate::game::{Space, Stream};
    use crate::talks::course::Mandate;
    let values = [
        ("truce", vec!["none", "pause", "full"]),
        ("lines", vec!["contact", "swaps", "withdrawal"]),
        ("prisoners", vec!["held", "exchanged"]),
    ];
    let mut stream = Stream::new(3, 1, 0);
    let mut draw = |n: usize| stream.below(n as u64) as usize;
    for _ in 0..60 {
        let mut condition = || {
            let (issue, of) = &values[draw(3)];
            let first = format!("{issue} = {}", of[draw(of.len())]);
            let (issue, of) = &values[draw(3)];
            let joined = ["or", "and", "or not"][draw(3)];
            format!("\"{first} {joined} {issue} = {}\"", of[draw(of.len())])
        };
        let rules = format!(
            "may_sign = [{}, {}], must_refer = [{}], never = [{}]",
            condition(),
            condition(),
            condition(),
            condition()
        );
        let otherwise = ["sign", "refer", "never"][draw(3)];
        let text = format!(
            "{HEAD}\n[parties.east.delegation]\nbasis = \"assumed\"\nwhy = \"made up\"\nmandates = [{}]\n",
            claim(&format!("{rules}, otherwise = \"{otherwise}\""))
        );
        let reading = read("case.toml", &|_| Ok(text.as_bytes().to_vec()), ReadOptions::default());
        let case = reading.case.unwrap();
        let space = Space::of(&case.document);
        let claimed = &case.document.parties["east"].delegation.as_ref().unwrap().mandates[0];
        let (at_the_table, unknown) = Mandate::of(claimed, &space);
        assert!(unknown.is_empty());
        for outcome in space.outcomes() {
            let terms: Terms = space.named(&outcome).into_iter().collect();
            let finding = mandate(&case, &[("all".to_string(), terms)]);
            for clause in &finding.answer.lights[0].clauses {
                let issue = space.issue(&clause.issue).unwrap();
                assert_eq!(clause.allowed, at_the_table.clause(issue, &outcome), "{text}\n{clause:?}");
            }
            assert_eq!(finding.answer.lights[0].clauses.len(), space.moved(&outcome).len());
        }
    }
}
