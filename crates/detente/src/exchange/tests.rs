//! Round trips, refusals and limits over all formats.

use super::*;
use crate::analysis::judge::{Shape, random};
use crate::game::{Discount, Exact, IssueKind, Outcome, Profile, Space};
use crate::text::{Code, Severity};

fn input(name: &str, text: &str) -> Input {
    Input { name: name.into(), bytes: text.as_bytes().to_vec() }
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().map(|d| d.code).collect()
}

fn again(written: &Written) -> Loaded {
    let inputs: Vec<Input> = written.files.iter().map(|(name, text)| input(name, text)).collect();
    read(&inputs, None)
}

fn exact(party: &Profile, outcome: &Outcome) -> Exact {
    number::of(party.utility.of(outcome), party.utility.unit)
}

/// The same outcome in a space with the same names in another order.
fn translate(outcome: &Outcome, from: &Space, to: &Space) -> Outcome {
    let digit = |issue: &crate::game::Issue| {
        let at = from.issue(&issue.id).unwrap();
        let name = &from.issues[at].values[usize::from(outcome.digit(at))].id;
        to.value(to.issue(&issue.id).unwrap(), name).unwrap()
    };
    Outcome::new(to.issues.iter().map(digit).collect::<Vec<_>>())
}

/// The line that maps the utilities of one party to those of the other: `b = shift + scale * a`.
fn line(scenario: &Scenario, a: &Profile, b: impl Fn(&Outcome) -> f64) -> (f64, f64) {
    let all: Vec<(f64, f64)> = scenario.space.outcomes().map(|o| (number::float(&exact(a, &o)), b(&o))).collect();
    let low = all.iter().min_by(|x, y| x.0.total_cmp(&y.0)).unwrap();
    let high = all.iter().max_by(|x, y| x.0.total_cmp(&y.0)).unwrap();
    let scale = if high.0 > low.0 { (high.1 - low.1) / (high.0 - low.0) } else { 1.0 };
    (low.1 - scale * low.0, scale)
}

/// Asserts that what was read is the same scenario: equal utilities, or (`scaled`) on another scale.
fn assert_same(scenario: &Scenario, found: &Scenario, scaled: bool, within: f64, what: &str) {
    assert_eq!(found.parties.len(), scenario.parties.len(), "{what}");
    for party in &scenario.parties {
        let other =
            found.parties.iter().find(|p| p.name == party.name).unwrap_or_else(|| panic!("{what}: {}", party.name));
        let of = |o: &Outcome| number::float(&exact(other, &translate(o, &scenario.space, &found.space)));
        let (shift, scale) = if scaled { line(scenario, party, of) } else { (0.0, 1.0) };
        assert!(scale > 0.0, "{what}");
        for outcome in scenario.space.outcomes() {
            let (is, right) = (of(&outcome), shift + scale * number::float(&exact(party, &outcome)));
            assert!(
                (is - right).abs() <= within * scale.max(1.0),
                "{what}: {is} is not {right} for {outcome:?} of {party:?}"
            );
        }
    }
}

fn scaled(written: &Written) -> bool {
    written.lost.iter().any(|d| d.message.contains("are written as 0 to 1"))
}

/// Formats written here; GENIUS is judged with its own reader.
const WRITTEN: [Format; 4] = [Format::GeniusWeb, Format::NegMas, Format::NegoLog, Format::Case];

#[test]
fn what_is_written_is_read_again_with_the_same_preferences() {
    let mut held = [0; 4];
    for seed in 0..66 {
        let shape = Shape {
            parties: 2 + (seed % 3) as usize,
            outcomes: 60,
            caps: seed % 4 == 0,
            tables: seed % 5 == 1,
            boxes: seed % 7 == 1,
            zeros: seed % 11 == 1,
            ..Shape::default()
        };
        let scenario = random(shape, seed);
        for (format, held) in WRITTEN.into_iter().zip(&mut held) {
            let written = write(&scenario, format);
            if written.files.is_empty() {
                assert!(written.lost.has_errors(), "{format:?} {seed}");
                continue;
            }
            *held += 1;
            let loaded = again(&written);
            let what = format!("{format:?} {seed}\n{:?}\n{:?}", loaded.diagnostics, written.files);
            assert!(!loaded.diagnostics.has_errors() && loaded.format == Some(format), "{what}");
            let found = loaded.scenario.unwrap_or_else(|| panic!("{what}"));
            if format == Format::Case {
                assert_case(&scenario, &found, &what);
                continue;
            }
            assert_same(&scenario, &found, scaled(&written), 1e-12, &what);
            if !scaled(&written) && format == Format::NegMas {
                for (a, b) in scenario.parties.iter().zip(&found.parties) {
                    let reserved = |p: &Profile| p.reservation.map(|r| number::of(r, p.utility.unit));
                    assert_eq!(reserved(a), reserved(b), "{what}");
                }
            }
        }
    }
    assert!(held.iter().all(|n| *n > 25), "{held:?}");
}

/// A case has scores with nine decimals, no issues of one value, and a scale of its own.
fn assert_case(scenario: &Scenario, found: &Scenario, what: &str) {
    for (party, other) in scenario.parties.iter().zip(&found.parties) {
        assert_eq!(party.name, other.name, "{what}");
        let of = |o: &Outcome| {
            let kept =
                found.space.issues.iter().map(|i| o.digit(scenario.space.issue(&i.id).unwrap())).collect::<Vec<_>>();
            number::float(&exact(other, &Outcome::new(kept)))
        };
        let (low, high) = party.utility.range();
        if low == high {
            continue;
        }
        let (shift, scale) = line(scenario, party, of);
        for outcome in scenario.space.outcomes() {
            let right = shift + scale * number::float(&exact(party, &outcome));
            assert!((of(&outcome) - right).abs() < 2e-8, "{what}: {} is not {right}", of(&outcome));
        }
        if let Some(reservation) = party.reservation {
            let right = shift + scale * number::float(&number::of(reservation, party.utility.unit));
            let is = number::float(&number::of(other.reservation.unwrap(), other.utility.unit));
            assert!((is - right).abs() < 2e-8, "{what}: reservation {is} is not {right}");
        }
    }
}

#[test]
fn a_written_case_passes_a_strict_check() {
    for seed in 0..20 {
        let scenario = random(Shape { parties: 2, outcomes: 40, rules: true, ..Shape::default() }, seed);
        let written = write(&scenario, Format::Case);
        let Some((_, text)) = written.files.first() else { continue };
        let options = crate::case::ReadOptions { strict: true };
        let reading = crate::game::check(crate::case::read("case.toml", &|_| Ok(text.clone().into_bytes()), options));
        let bad: Vec<_> = reading
            .diagnostics
            .iter()
            .filter(|d| d.severity > Severity::Note && d.code != Code::ConditionConstant)
            .collect();
        assert!(bad.is_empty(), "{bad:?}\n{text}");
        let found = again(&written).scenario.unwrap();
        for outcome in found.space.outcomes() {
            let digits =
                scenario.space.issues.iter().map(|i| found.space.issue(&i.id).map_or(0, |at| outcome.digit(at)));
            assert_eq!(found.permits(&outcome), scenario.permits(&Outcome::new(digits.collect::<Vec<_>>())), "{text}");
        }
    }
}

#[test]
fn every_pair_of_formats_keeps_utilities_that_both_can_hold() {
    for seed in 200..206 {
        let mut scenario = random(Shape { parties: 2, outcomes: 40, ..Shape::default() }, seed);
        for party in &mut scenario.parties {
            party.utility_mut().unit = party.utility_mut().range().1.max(1);
            party.reservation = None;
        }
        for first in [Format::GeniusWeb, Format::NegMas, Format::NegoLog] {
            let middle = again(&write(&scenario, first)).scenario.unwrap();
            for second in [Format::GeniusWeb, Format::NegMas, Format::NegoLog] {
                let end = again(&write(&middle, second)).scenario.unwrap();
                assert_same(&scenario, &end, false, 1e-12, &format!("{first:?} to {second:?}, {seed}"));
            }
        }
    }
}

const GENIUSWEB: &str = r#"{"LinearAdditiveUtilitySpace":{"name":"a","domain":{"name":"case1","issuesValues":{"land":{"values":["north","south"]},"aid":{"range":{"low":0,"high":5,"step":1}}}},
 "issueUtilities":{"land":{"DiscreteValueSetUtilities":{"valueUtilities":{"north":1,"south":0.2}}},
                   "aid":{"NumberValueSetUtilities":{"lowValue":0,"lowUtility":0,"highValue":5,"highUtility":1}}},
 "issueWeights":{"land":0.7,"aid":0.3},"reservationBid":{"issuevalues":{"land":"south","aid":2}}}}"#;

#[test]
fn geniusweb_is_read_with_exact_numbers() {
    let loaded = read(
        &[input("x.json", GENIUSWEB), input("b.json", &GENIUSWEB.replace("\"name\":\"a\"", "\"name\":\"b\""))],
        None,
    );
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!((loaded.format, loaded.profiles), (Some(Format::GeniusWeb), vec!["b".to_string(), "a".to_string()]));
    let scenario = loaded.scenario.unwrap();
    assert_eq!((scenario.name.as_str(), scenario.space.issues[1].kind), ("case1", IssueKind::Whole));
    let party = &scenario.parties[0];
    let decimal = |t: &str| crate::game::decimal(t).unwrap();
    assert_eq!(exact(party, &Outcome::new([0, 5])), decimal("1"));
    assert_eq!(exact(party, &Outcome::new([1, 2])), decimal("0.26"));
    assert_eq!(party.reservation.map(|r| number::of(r, party.utility.unit)), Some(decimal("0.26")));
}

#[test]
fn older_names_and_groups_are_read() {
    let old = GENIUSWEB
        .replace("DiscreteValueSetUtilities", "discreteutils")
        .replace("NumberValueSetUtilities", "numberutils")
        .replace(r#"{"low":0,"high":5,"step":1}"#, "[0,5,1]");
    assert!(read(&[input("x.json", &old)], None).scenario.is_some());
    let groups = r#"{"SumOfGroupsUtilitySpace":{"name":"g","domain":{"name":"d","issuesValues":{"a":{"values":["x","y"]},"b":{"values":["x","y"]},"c":{"values":["p","q"]}}},
      "partUtilities":{"g1":{"partsutils":{"issues":["b","a"],"utilslist":[{"values":["x","y"],"util":0.3}]}},"g2":{"partsutils":{"issues":["c"],"utilslist":[{"values":["q"],"util":0.5}]}}}}}"#;
    let scenario = read(&[input("g.json", groups)], None).scenario.unwrap();
    assert_eq!(exact(&scenario.parties[0], &Outcome::new([1, 0, 1])), crate::game::decimal("0.8").unwrap());
    assert_eq!(exact(&scenario.parties[0], &Outcome::new([0, 1, 0])), crate::game::decimal("0").unwrap());
}

#[test]
fn an_order_is_read_when_it_is_total_and_refused_with_a_reason_when_not() {
    let order = |pairs: &str| {
        format!(
            r#"{{"DefaultPartialOrdering":{{"name":"o","domain":{{"name":"d","issuesValues":{{"a":{{"values":["x","y","z"]}}}}}},"reservationBid":null,
          "bids":[{{"issuevalues":{{"a":"x"}}}},{{"issuevalues":{{"a":"y"}}}},{{"issuevalues":{{"a":"z"}}}}],"better":{pairs}}}}}"#
        )
    };
    let loaded = read(&[input("o.json", &order("[[2,0],[0,1],[2,1]]"))], None);
    let party = &loaded.scenario.unwrap().parties[0];
    let worth: Vec<i128> = (0..3).map(|d| party.utility.of(&Outcome::new([d])) * 2 / party.utility.unit).collect();
    assert_eq!(worth, [1, 0, 2]);
    assert_eq!(codes(&read(&[input("o.json", &order("[[2,0],[2,1]]"))], None)), [Code::ExchangeUnsupported]);
    assert_eq!(codes(&read(&[input("o.json", &order("[[2,0],[0,2]]"))], None)), [Code::ExchangeSyntax]);
    assert_eq!(codes(&read(&[input("o.json", &order("[[2,0],[0,1],[1,2]]"))], None)), [Code::ExchangeSyntax]);
    assert_eq!(codes(&read(&[input("o.json", &order("[[2,7]]"))], None)), [Code::ExchangeSyntax]);
}

const DOMAIN: &str = "issues:\n- {name: colour, type: CategoricalIssue, values: [a, b]}\n- {name: n, type: negmas.outcomes.ContiguousIssue, values: [1, 3]}\n- {name: x, type: ContinuousIssue, values: [0.0, 2.0]}\nname: dom\ntype: CartesianOutcomeSpace\n";

fn negmas(ufun: &str) -> Loaded {
    read(&[input("dom.yml", DOMAIN), input("one.yml", ufun)], None)
}

#[test]
fn negmas_functions_count_what_negmas_counts() {
    let ufun = "type: LinearAdditiveUtilityFunction\nname: one\nreserved_value: 0.25\nvalues:\n- {type: TableFun, mapping: {a: 1.0, b: 0.5}}\n- {type: AffineFun, slope: 0.5, bias: 0.1}\n- {type: LinearFun, slope: 0.25}\nweights: [0.2, 0.3, 0.5]\n";
    let loaded = negmas(ufun);
    assert_eq!(codes(&loaded), [Code::ExchangePoints]);
    let scenario = loaded.scenario.unwrap();
    let party = &scenario.parties[0];
    let decimal = |t: &str| crate::game::decimal(t).unwrap();
    assert_eq!(exact(party, &Outcome::new([1, 2, 100])), decimal("0.83"));
    assert_eq!(number::of(party.reservation.unwrap(), party.utility.unit), decimal("0.25"));
    // Half the distance between points (0.01) times the slope (0.125).
    assert_eq!(number::of(party.utility.slack, party.utility.unit), decimal("0.00125"));
}

#[test]
fn negmas_discounts_keep_their_own_meaning() {
    let inner = "{type: ConstUtilityFunction, value: 0.5, reserved_value: 0.1}";
    let of = |text: &str| negmas(text).scenario.unwrap().parties[0].clone();
    let step = of(&format!(
        "{{type: ExpDiscountedUFun, discount: 0.9, factor: step, dynamic_reservation: true, reserved_value: -.inf, ufun: {inner}}}"
    ));
    assert_eq!((step.discount, step.reservation), (Some(Discount::PerStep { factor: 0.9, reservation: true }), None));
    let time = of(&format!(
        "{{type: ExpDiscountedUFun, discount: 0.9, factor: relative_time, dynamic_reservation: false, reserved_value: 0.2, ufun: {inner}}}"
    ));
    assert_eq!(time.discount, Some(Discount::OverDeadline { factor: 0.9, reservation: false }));
    let cost = of(&format!("{{type: LinDiscountedUFun, cost: 0.01, power: 2, factor: current_step, ufun: {inner}}}"));
    assert_eq!(cost.discount, Some(Discount::Cost { cost: 0.01, power: 2.0, over_deadline: false }));
    for party in [step, time, cost] {
        let scenario = Scenario::new(
            "s",
            Space { issues: vec![crate::game::Issue::named("i", &["a", "b"])] },
            vec![Profile {
                utility: crate::game::Utility { worth: vec![vec![0, 1]], ..Default::default() }.into(),
                ..party.clone()
            }],
        );
        assert_eq!(again(&write(&scenario, Format::NegMas)).scenario.unwrap().parties[0].discount, party.discount);
    }
}

#[test]
fn code_is_refused_by_name_and_never_run() {
    let pickle = "type: LinearAdditiveUtilityFunction\nvalues:\n- {type: LambdaFun, f: !!binary X19M}\n- {type: IdentityFun}\n- {type: IdentityFun}\nweights: [1, 1, 1]\n";
    let class = "{\"type\": \"ConstUtilityFunction\", \"value\": {\"__python_class__\": \"os.system\"}}";
    let lambda = "type: LinearAdditiveUtilityFunction\nvalues:\n- {type: LambdaFun, f: 'gASV'}\n- {type: IdentityFun}\n- {type: IdentityFun}\nweights: [1, 1, 1]\n";
    for text in [pickle, class, lambda] {
        let loaded = negmas(text);
        assert!(
            codes(&loaded).contains(&Code::ExchangeUnsafe) && loaded.scenario.is_none(),
            "{text}: {:?}",
            loaded.diagnostics
        );
    }
    assert!(codes(&read(&[input("one.yml", pickle)], None)).contains(&Code::ExchangeUnsafe));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let one = |name: &str, text: &str| codes(&read(&[input(name, text)], None));
    assert_eq!(one("a.json", "{\"a\": 1}"), [Code::ExchangeUnknown]);
    assert_eq!(one("a.json", "{\"a\": "), [Code::ExchangeSyntax]);
    assert_eq!(one("a.txt", "anything"), [Code::ExchangeIgnored, Code::ExchangeParties]);
    assert_eq!(one("a", "anything"), [Code::ExchangeUnknown]);
    assert_eq!(one("a.json", &"[".repeat(10_000)), [Code::ExchangeLimit]);
    assert_eq!(one("dom.yml", DOMAIN).last(), Some(&Code::ExchangeParties));
    assert_eq!(one("u.yml", "type: ConstUtilityFunction\nvalue: 1"), [Code::ExchangeMissing]);
    assert_eq!(one("p.json", &GENIUSWEB.replace("LinearAdditive", "Quadratic")), [Code::ExchangeUnsupported]);
    assert_eq!(one("p.json", &GENIUSWEB.replace("0.7", "\"much\"")), [Code::ExchangeNumber]);
    assert_eq!(one("p.json", &GENIUSWEB.replace("0.7", "0.6")), [Code::ExchangeWeights]);
    assert_eq!(one("p.json", &GENIUSWEB.replace("\"south\":0.2", "\"suoth\":0.2")), [Code::ExchangeName]);
    assert_eq!(one("p.json", &GENIUSWEB.replace(",\"south\":0.2", "")), [Code::ExchangeValue]);
    assert_eq!(
        one("p.json", &GENIUSWEB.replace("\"high\":5,\"step\":1", "\"high\":5,\"step\":1e-9")),
        [Code::ExchangeLimit]
    );
    assert_eq!(read(&[], None).diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::ExchangeParties]);
}

fn negolog(issue: &str, values: &str) -> String {
    format!(r#"{{"reservationValue": 0.1, "issueWeights": {{"{issue}": 1.0}}, "issues": {{"{issue}": {{{values}}}}}}}"#)
}

#[test]
fn profiles_are_chosen_by_name_and_in_their_order() {
    let files: Vec<Input> = ["prof10", "prof2", "prof1"]
        .iter()
        .map(|n| input(&format!("d/{n}.json"), &negolog("i", "\"a\": 1, \"b\": 0")))
        .collect();
    let names = |parties: Option<&[String]>| -> Vec<String> {
        read(&files, parties).scenario.unwrap().parties.iter().map(|p| p.name.clone()).collect()
    };
    assert_eq!(names(None), ["prof1", "prof2", "prof10"]);
    assert_eq!(names(Some(&["prof10".into(), "prof1.json".into()])), ["prof10", "prof1"]);
    let unknown = read(&files, Some(&["prof3".into()]));
    assert_eq!(codes(&unknown), [Code::ExchangeName]);
    assert!(unknown.diagnostics.iter().any(|d| d.hints.iter().any(|h| h.contains("prof"))));
}

#[test]
fn values_in_another_order_are_the_same_values() {
    let a = negolog("i", "\"a\": 1, \"b\": 0, \"c\": 0.5");
    let b = negolog("i", "\"c\": 0.25, \"b\": 1, \"a\": 0");
    let scenario = read(&[input("a.json", &a), input("b.json", &b)], None).scenario.unwrap();
    assert_eq!(exact(&scenario.parties[1], &Outcome::new([2])), crate::game::decimal("0.25").unwrap());
    let fewer = negolog("i", "\"b\": 1, \"a\": 0");
    assert_eq!(codes(&read(&[input("a.json", &a), input("b.json", &fewer)], None)), [Code::ExchangeValue]);
    assert_eq!(codes(&read(&[input("b.json", &a), input("a.json", &fewer)], None)), [Code::ExchangeName]);
    assert_eq!(
        codes(&read(&[input("a.json", &a), input("b.json", &negolog("j", "\"a\": 1"))], None)),
        [Code::ExchangeMismatch]
    );
}

#[test]
fn several_domains_ask_for_a_choice() {
    let domain = |n: &str| {
        input(
            &format!("Camera-{n}-domain.json"),
            &format!("{{\"name\": \"Camera-{n}\", \"issuesValues\": {{\"i\": {{\"values\": [\"a\", \"b\"]}}}}}}"),
        )
    };
    let profile = |n: &str| input(&format!("Camera-{n}.json"), &negolog("i", "\"a\": 1, \"b\": 0"));
    let files =
        [domain("A"), domain("B"), profile("A-prof1"), profile("A-prof2"), profile("B-prof1"), profile("B-prof2")];
    let loaded = read(&files, None);
    assert_eq!(
        (codes(&loaded), loaded.scenario.is_none(), loaded.profiles.len()),
        (vec![Code::ExchangeMismatch], true, 4)
    );
    let chosen = read(&files, Some(&["Camera-B-prof2".into(), "Camera-B-prof1".into()])).scenario.unwrap();
    assert_eq!((chosen.name.as_str(), chosen.parties[0].name.as_str()), ("Camera-B", "Camera-B-prof2"));
}

#[test]
fn a_case_with_open_numbers_says_which() {
    let case = "title = \"T\"\nissues.a = { values = [\"x\", \"y\"], status_quo = \"x\" }\n[parties.p]\nwants = [{ issue = \"a\", value = \"x\", score = [0.2, 0.4], basis = \"assumed\", why = \"w\" }]\n[parties.q]\n";
    let loaded = read(&[input("case.toml", case)], None);
    assert_eq!(codes(&loaded), [Code::ExchangeUnsupported]);
    let notes: String = loaded.diagnostics.iter().flat_map(|d| d.notes.clone()).collect();
    assert!(notes.contains("parties.p.wants") && notes.contains("`q`"), "{notes}");
}

#[test]
fn no_bytes_make_it_stumble() {
    let scenario = random(Shape { parties: 2, outcomes: 30, ..Shape::default() }, 5);
    for format in WRITTEN {
        for (name, text) in write(&scenario, format).files {
            for cut in 0..text.len().min(100) {
                let mut bytes = text.clone().into_bytes();
                bytes.truncate(cut * text.len() / 100.min(text.len()));
                bytes.push([b'{', b'"', b':', 0xff, b'9'][cut % 5]);
                let loaded = read(&[Input { name: name.clone(), bytes }], None);
                for label in loaded.diagnostics.iter().flat_map(|d| &d.labels) {
                    assert!(loaded.files.text(label.span.file).get(label.span.range()).is_some());
                }
            }
        }
    }
}

#[test]
fn a_file_that_begins_beyond_ascii_is_refused_with_a_whole_character() {
    for text in ["é", "\u{10FFFF}x", "ü: 1"] {
        let loaded = read(&[input("a.yml", text)], None);
        for label in loaded.diagnostics.iter().flat_map(|d| &d.labels) {
            assert!(loaded.files.text(label.span.file).get(label.span.range()).is_some(), "{text}: {label:?}");
        }
    }
}

#[test]
fn odd_names_come_back_or_are_refused_when_written() {
    let long = "x\\u0000".repeat(400);
    for name in
        ["", " ", "a ", "\\u0001", "\\n", "__pythonic", "é\\\"<&", "<!--", "]]>", long.as_str(), "no", "1e3", "~"]
    {
        let profile = format!(
            "{{\"reservationValue\": 0, \"issueWeights\": {{\"{name}\": 1}}, \"issues\": {{\"{name}\": {{\"{name}\": 1, \"other\": 0.5}}}}}}"
        );
        let scenario = read(&[input("one.json", &profile)], None).scenario.unwrap();
        for format in Format::ALL {
            let written = write(&scenario, format);
            if written.files.is_empty() {
                assert!(written.lost.has_errors(), "{format:?} {name:?}");
                continue;
            }
            let again = again(&written);
            let party = again.scenario.unwrap_or_else(|| panic!("{format:?} {name:?}: {:?}", again.diagnostics));
            assert_eq!(party.space.issues[0].values.len(), 2);
        }
    }
}
