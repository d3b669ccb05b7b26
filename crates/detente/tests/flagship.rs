//! The case that ships, `cases/istanbul-2025`: it reads, it covers the report, its quotes stand in their sources.

use detente::case::model::sources::ProblemKind;
use detente::case::{Case, OpenError, ReadOptions, When, read};
use detente::game::{Belief, Formula, Game, Outcome, RuleKind, Space};
use detente::lens::order::order;
use detente::text::{Anchor, Diagnostics, Quote, Severity, anchor};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The day the report is of.
const REPORT: &str = "2025-05-16.toml";
/// The default case, built on it.
const DEFAULT: &str = "case.toml";

/// Every element of the report, the claim of the case that holds it (its id, or its path in the file), and the
/// evidence that carries it there. The two errors of the report are evidence that carries no claim.
const ELEMENTS: [(&str, &str, &str); 53] = [
    ("E01", "rounds.istanbul-1", "first-direct-talks"),
    ("E02", "actors.russia.roles.1", "two-sides"),
    ("E03", "rounds.istanbul-1", "in-istanbul-on-friday"),
    ("E04", "rounds.istanbul-1", "face-to-face"),
    ("E05", "rounds.istanbul-1", "explore-an-end"),
    ("E06", "meanwhile.state.losses", "loss-and-upheaval"),
    ("E07", "meanwhile.state.europe", "peace-of-europe"),
    ("E08", "ua-ceasefire-first", "ceasefire-first"),
    ("E09", "meanwhile.state.dead", "tens-of-thousands"),
    ("E10", "meanwhile.state.displaced", "millions"),
    ("E11", "ru-root-causes", "root-causes"),
    ("E12", "interests.2", "earlier-discussions"),
    ("E13", "evidence.last-year", "last-year"),
    ("E14", "positions.2", "wide-demands"),
    ("E15", "rounds.istanbul-1", "dolmabahce"),
    ("E16", "actors.fidan.roles.1", "fidan-receives"),
    ("E17", "signals.1", "tense"),
    ("E18", "rounds.istanbul-1", "own-flags"),
    ("E19", "rounds.istanbul-1", "journalists"),
    ("E20", "statements.2", "harsh-words"),
    ("E21", "statements.3", "not-seeking-peace"),
    ("E22", "parties.ukraine.principal", "zelensky-president"),
    ("E23", "signals.2", "some-movement"),
    ("E24", "pressure.1", "washington-presses"),
    ("E25", "parties.russia.principal", "putin-stays-away"),
    ("E26", "parties.russia.delegation", "secondary-delegation"),
    ("E27", "mandate-ru-zelensky", "no-real-power"),
    ("E28", "tracks.summit", "putin-trump-possible"),
    ("E29", "evidence.former-president", "former-president"),
    ("E30", "ru-summit-before-progress", "vital-for-progress"),
    ("E31", "us-summit-before-settlement", "no-real-solution"),
    ("E32", "actors.yermak.roles.1", "yermak-no-conditions"),
    ("E33", "positions.1", "yermak-no-conditions"),
    ("E34", "tracks.allies", "common-line"),
    ("E35", "parties.russia.delegation", "medinsky-leads"),
    ("E36", "statements.5", "demands-firm"),
    ("E37", "history.2", "medinsky-2022"),
    ("E38", "mandate-ru-explore", "points-of-contact"),
    ("E39", "ru-no-land", "no-land-given-up"),
    ("E40", "history.2", "early-2022"),
    ("E41", "parties.ukraine.delegation", "umerov-leads"),
    ("E42", "parties.ukraine.delegation.stakes.1", "umerov-crimea"),
    ("E43", "history.1", "crimea-2014"),
    ("E44", "meanwhile.state.intensity", "intensified"),
    ("E45", "meanwhile.state.control", "roughly-a-fifth"),
    ("E46", "meanwhile.state.standstill", "fighting-went-on"),
    ("E47", "meanwhile.state.casualties", "casualties-before"),
    ("E48", "statements.7", "europe-condemns"),
    ("E49", "statements.8", "clearly-against-peace"),
    ("E50", "statements.9", "big-mistake"),
    ("E51", "odds.2", "uncertain"),
    ("E52", "odds.1", "however-slim"),
    ("E53", "signals.4", "way-to-peace"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/istanbul-2025")
}

fn open(name: &str) -> Result<Vec<u8>, OpenError> {
    std::fs::read(folder().join(name)).map_err(|_| OpenError::Missing)
}

/// The case, once reading it has found no fault.
fn case(name: &str) -> Case {
    let reading = read(name, &open, ReadOptions { strict: true });
    let errors: Vec<String> =
        reading.diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|d| format!("{d:?}")).collect();
    assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    reading.case.unwrap_or_else(|| unreachable!("{name} gave no case and no error"))
}

fn both() -> [Case; 2] {
    [case(REPORT), case(DEFAULT)]
}

#[test]
fn both_files_read_strictly_without_errors() {
    let [report, default] = both();
    assert_eq!(report.document.as_of, When::parse("2025-05-16"));
    assert_eq!(default.document.as_of, When::parse("2025-06-02"));
    for case in [report, default] {
        let parties: Vec<&str> = case.document.parties.keys().map(String::as_str).collect();
        assert_eq!(parties, ["ukraine", "russia"]);
        assert!(case.claims.values().all(|c| c.grounds.basis_given), "a claim without a basis");
    }
}

#[test]
fn every_element_of_the_report_has_its_place() {
    let case = case(REPORT);
    for (n, (element, place, evidence)) in ELEMENTS.into_iter().enumerate() {
        assert_eq!(element, format!("E{:02}", n + 1));
        let held = case.document.evidence.get(evidence).unwrap_or_else(|| panic!("{element}: no evidence {evidence}"));
        assert_eq!(held.source.as_str(), "report", "{element} is an element of the report");
        if place == format!("evidence.{evidence}") {
            assert!(held.problem.is_some(), "{element} carries nothing and is not marked");
            continue;
        }
        let claim = case.claims.get(place).unwrap_or_else(|| panic!("{element}: no claim {place}"));
        let cites = claim.grounds.because.iter().any(|n| n.as_str() == evidence);
        assert!(cites, "{element}: {place} does not cite {evidence}");
    }
}

#[test]
fn all_of_the_report_is_used() {
    let [report, _] = both();
    let used: BTreeSet<&str> =
        report.claims.values().flat_map(|c| c.grounds.because.iter().map(|n| n.as_str())).collect();
    // The two statements that are wrong carry nothing.
    let idle: Vec<&str> = report.document.evidence.keys().map(String::as_str).filter(|e| !used.contains(e)).collect();
    for wrong in ["last-year", "former-president"] {
        assert!(idle.contains(&wrong), "{wrong} is known to be wrong and carries a claim");
    }
    let of_report = |e: &&&str| report.document.evidence.get(**e).is_some_and(|e| e.source.as_str() == "report");
    assert_eq!(idle.iter().filter(of_report).count(), 2, "unused: {idle:?}");
}

#[test]
fn both_errors_of_the_report_are_flagged() {
    let [report, _] = both();
    for (wrong, right) in [("last-year", "early-2022"), ("former-president", "trump-in-office")] {
        let problem = report.document.evidence[wrong].problem.clone().unwrap();
        assert_eq!(problem.kind, ProblemKind::KnownError);
        assert!(problem.contradicts.iter().any(|n| n.as_str() == right));
        assert!(problem.note.is_some());
    }
}

#[test]
fn nothing_in_the_report_case_is_later_than_its_day() {
    let [report, default] = both();
    for case in [&report, &default] {
        let day = case.document.as_of.unwrap();
        for (id, evidence) in &case.document.evidence {
            // Field work of one survey ended a day after the second round; the poll says so.
            let late = evidence.date.is_some_and(|d| d > day) && !id.starts_with("kiis-");
            assert!(!late, "{id} is later than {day}");
        }
    }
    assert!(report.document.sources.values().all(|s| s.published <= report.document.as_of));
}

#[test]
fn eighteen_issues_span_a_large_space() {
    let [_, default] = both();
    assert_eq!(default.document.issues.len(), 18);
    assert_eq!(default.document.issues.keys().next().map(String::as_str), Some("ceasefire"));
    assert_eq!(default.document.issues.keys().last().map(String::as_str), Some("adoption"));
    let space = Space::of(&default.document);
    assert_eq!(space.issues.len(), 18);
    assert!(space.count().len() > 11, "{} outcomes", space.count());
}

#[test]
fn the_state_of_things_breaks_no_rule_and_every_rule_speaks_of_something() {
    for case in both() {
        let space = Space::of(&case.document);
        let status_quo = space.status_quo();
        for linkage in &case.document.linkages {
            let rule = Formula::of(&linkage.rule.expr, &space).unwrap();
            assert!(rule.holds(&status_quo), "{} is broken as things stand", linkage.grounds.id);
        }
        for (id, party) in &case.document.parties {
            assert!(!party.refuses.is_empty() && !party.wants.is_empty());
            for refusal in &party.refuses {
                let refused = Formula::of(&refusal.when.expr, &space).unwrap();
                assert!(!refused.holds(&status_quo), "{id} refuses things as they stand: {}", refusal.grounds.id);
                let firmness = refusal.firmness.unwrap().0;
                assert!(!firmness.is_point(), "{}: firmness is a range", refusal.grounds.id);
            }
            for want in &party.wants {
                assert!(want.weight.is_none() && want.score.is_none(), "{}: an invented number", want.grounds.id);
            }
        }
    }
}

#[test]
fn sources_are_the_ones_cited_and_every_quote_stands_in_its_source_once() {
    for case in both() {
        for (id, source) in &case.document.sources {
            let held = case.held.get(id).unwrap_or_else(|| panic!("{id} is not held"));
            assert_eq!(source.sha256.as_ref().map(|s| s.as_str()), Some(held.sha256.as_str()), "{id}");
        }
        for (id, evidence) in &case.document.evidence {
            let held = &case.held[evidence.source.as_str()];
            let quote = Quote { exact: evidence.quote.as_str(), ..Quote::default() };
            assert!(matches!(anchor(&held.text, quote), Anchor::Exact(_)), "{id}: {}", evidence.quote);
            assert!(evidence.source.as_str() == "report" || evidence.origin.is_some(), "{id} names no origin");
        }
    }
}

/// Games that fit a case.
fn games(case: &Case) -> Vec<Game> {
    let mut diagnostics = Diagnostics::default();
    let belief = Belief::of(case, &mut diagnostics);
    let found: Vec<String> = diagnostics.iter().map(|d| d.message.clone()).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    belief.iter().flat_map(|b| (0..400).map(|i| b.draw(7, i))).collect()
}

/// The share of games in which an outcome is an agreement.
fn agreed(games: &[Game], outcome: &Outcome) -> f64 {
    games.iter().filter(|g| g.is_agreement(outcome)).count() as f64 / games.len() as f64
}

/// The moves on a single issue that are an agreement in every game, `issue=value`, and the best share of the rest.
fn certain_moves(case: &Case) -> (BTreeSet<String>, f64) {
    let (space, games) = (Space::of(&case.document), games(case));
    assert_eq!(games.len(), 400);
    let (mut certain, mut next) = (BTreeSet::new(), 0.0f64);
    for (at, issue) in space.issues.iter().enumerate() {
        for (value, digit) in issue.values.iter().zip(0..) {
            let share = agreed(&games, &space.status_quo().with(at, digit));
            if share == 1.0 {
                certain.insert(format!("{}={}", issue.id, value.id));
            } else {
                next = next.max(share);
            }
        }
    }
    (certain, next)
}

#[test]
fn humanitarian_steps_are_the_agreements_that_hold_in_every_game() {
    let [report, default] = both();
    // On the morning of 16 May: what the round then agreed on.
    let (certain, next) = certain_moves(&report);
    assert_eq!(certain, BTreeSet::from(["prisoners=numbers".to_string()]));
    assert!(next < 0.9, "{next}");
    let (certain, next) = certain_moves(&default);
    let humanitarian =
        ["bodies=each", "bodies=one-way", "children=family-clause", "prisoners=categories", "prisoners=numbers"];
    assert_eq!(certain, humanitarian.map(str::to_string).into());
    assert!(next < 0.95, "{next}");
}

/// Whether a party finds some outcome that fits a package no worse than no-deal and within its own red lines.
fn accepts(case: &Case, space: &Space, game: &Game, party: usize, package: &str) -> bool {
    let document = &case.document;
    let terms = &document.texts.get(package).unwrap_or_else(|| &document.packages[package]).values;
    let mut fitting = vec![space.status_quo()];
    for (issue, values) in terms {
        let at = space.issue(issue).unwrap_or(usize::MAX);
        let digits: Vec<u16> = values.0.iter().filter_map(|v| space.value(at, v.as_str())).collect();
        assert_eq!(digits.len(), values.0.len(), "{package}: {issue}");
        fitting = fitting.iter().flat_map(|o| digits.iter().map(|d| o.with(at, *d))).collect();
    }
    let own = |rule: &&detente::game::Rule| matches!(rule.kind, RuleKind::RedLine(p) if p == party);
    fitting.iter().any(|outcome| {
        let mut lines = game.rules.iter().zip(&game.binding).filter(|(rule, binds)| **binds && own(rule));
        game.players[party].utility(outcome) >= game.players[party].fallback
            && lines.all(|(rule, _)| rule.holds.holds(outcome))
    })
}

#[test]
fn each_side_accepts_its_own_memorandum_and_next_to_never_the_other() {
    let case = case(DEFAULT);
    let (space, games) = (Space::of(&case.document), games(&case));
    let share = |party: usize, package: &str| {
        games.iter().filter(|g| accepts(&case, &space, g, party, package)).count() as f64 / games.len() as f64
    };
    let (ukraine, russia) = (0, 1);
    assert!(share(ukraine, "ukraine-memorandum") > 0.99);
    assert!(share(russia, "ukraine-memorandum") < 0.02);
    for option in ["russia-memorandum-1", "russia-memorandum-2"] {
        assert!(share(russia, option) > 0.99, "{option}");
        assert!(share(ukraine, option) < 0.02, "{option}");
    }
    assert!(share(ukraine, "humanitarian") == 1.0 && share(russia, "humanitarian") == 1.0);
}

/// On foreign troops and on alliances whatever is settled crosses a red line of one side or the other, whatever
/// else is agreed.
#[test]
fn two_issues_are_closed_by_red_lines_from_both_sides() {
    let case = case(DEFAULT);
    let space = Space::of(&case.document);
    let closed = |id: &str| {
        let at = space.issue(id).unwrap();
        let settled = space.issues[at].values.iter().zip(0..).filter(|(_, d)| *d != space.issues[at].status_quo);
        settled.map(|(_, d)| space.status_quo().with(at, d)).all(|outcome| {
            let lines = case.document.parties.values().flat_map(|p| &p.refuses);
            let mut alone = lines.map(|r| Formula::of(&r.when.expr, &space).unwrap()).filter(|f| f.scope() == [at]);
            alone.any(|refused| refused.holds(&outcome))
        })
    };
    let all: Vec<&str> = space.issues.iter().map(|i| i.id.as_str()).filter(|i| closed(i)).collect();
    assert_eq!(all, ["alignment", "troops"]);
}

/// Words in lower case, without signs.
fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace(['’', '\''], "");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

#[test]
fn no_sentence_of_the_report_was_copied() {
    const RUN: usize = 8;
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/report/istanbul-2025-05-16.txt");
    // The report itself is not part of the project; where it is at hand, the digests are held against it.
    let Ok(report) = std::fs::read_to_string(report) else { return };
    let report = words(&report);
    let runs: BTreeSet<&[String]> = report.windows(RUN).collect();
    let mut files = vec![folder().join(REPORT), folder().join(DEFAULT)];
    files.extend(std::fs::read_dir(folder().join("sources")).unwrap().map(|f| f.unwrap().path()));
    assert!(files.len() > 7);
    for file in files {
        let text = words(&std::fs::read_to_string(&file).unwrap());
        let copied = text.windows(RUN).find(|run| runs.contains(run));
        assert!(copied.is_none(), "{}: {:?}", file.display(), copied);
    }
}

/// The cycles of demands that the engine finds, each as its claims in order of their ids.
fn cycles(case: &Case) -> BTreeSet<Vec<String>> {
    let found = order(case).answer;
    assert!(found.complete);
    let claim = |d: &usize| found.demands.get(*d).map(|d| d.claim.clone()).unwrap_or_default();
    let sorted = |mut claims: Vec<String>| {
        claims.sort();
        claims
    };
    found.cycles.iter().map(|c| sorted(c.demands.iter().map(claim).collect())).collect()
}

fn set(cycles: &[&[&str]]) -> BTreeSet<Vec<String>> {
    cycles.iter().map(|c| c.iter().map(|d| (*d).to_string()).collect()).collect()
}

const TALKS: &[&str] = &["ru-talks-before-ceasefire", "ua-ceasefire-before-talks"];
const WITHDRAWAL: &[&str] = &["ru-withdrawal-before-ceasefire", "ua-ceasefire-before-lines"];
const ELECTIONS: &[&str] = &["law-no-elections", "law-threat-over", "ru-elections-before-treaty"];

#[test]
fn the_engine_finds_whose_demands_on_the_order_wait_for_each_other() {
    let [report, default] = both();
    assert_eq!(cycles(&report), set(&[TALKS]));
    assert_eq!(cycles(&default), set(&[TALKS, WITHDRAWAL, ELECTIONS]));
    let elsewhere = order(&report).answer.elsewhere;
    assert!(!elsewhere.is_empty() && elsewhere.iter().all(|e| e.track == "summit"), "{elsewhere:?}");
}

/// Elections collide with martial law only where the end of the threat is read as a signed treaty.
#[test]
fn the_collision_over_elections_hangs_on_one_marked_judgement() {
    let without = |name: &str| {
        let text = String::from_utf8(open(name)?).map_err(|_| OpenError::Missing)?;
        let kept: Vec<&str> = text.lines().filter(|l| !l.contains("id = \"law-threat-over\"")).collect();
        Ok(if name == DEFAULT { kept.join("\n").into_bytes() } else { open(name)? })
    };
    let reading = read(DEFAULT, &without, ReadOptions::default());
    assert_eq!(cycles(&reading.case.unwrap()), set(&[TALKS, WITHDRAWAL]));
    let judgement = &case(DEFAULT).claims["law-threat-over"].grounds;
    assert!(judgement.why.is_some() && judgement.reading.is_some());
}
