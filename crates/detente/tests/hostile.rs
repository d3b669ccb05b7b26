//! Files made to take all time and memory are read or refused, with few words, in a time that grows as their size.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente::exchange::{Input, Loaded, read};
use detente::text::Code;
use std::time::{Duration, Instant};

/// What a file begins with, what it repeats (with the number of the repetition for `#`), and what it ends with.
struct Kind {
    name: &'static str,
    head: &'static str,
    unit: &'static str,
    tail: &'static str,
    /// What is said of it; `None` where it is read or refused for what a cut leaves of it.
    code: Option<Code>,
}

const fn kind(
    name: &'static str,
    head: &'static str,
    unit: &'static str,
    tail: &'static str,
    code: Option<Code>,
) -> Kind {
    Kind { name, head, unit, tail, code }
}

const SPACE: &str = "<utility_space><objective index=\"0\" name=\"root\">";
const END: &str = "</issue><weight index=\"1\" value=\"1\"/></objective></utility_space>";
const LIMIT: Option<Code> = Some(Code::ExchangeLimit);
const SYNTAX: Option<Code> = Some(Code::ExchangeSyntax);
const NUMBER: Option<Code> = Some(Code::ExchangeNumber);

/// Files of XML; `SPACE` stands before each.
const MARKUP: &[Kind] = &[
    kind("deep.xml", "", "<a>", "", LIMIT),
    kind("deep objectives.xml", "", "<objective index=\"1\">", "", LIMIT),
    kind("entities.xml", "<!DOCTYPE l [", "<!ENTITY a# \"&b;&b;\">", "]>", Some(Code::ExchangeUnsupported)),
    kind("issues.xml", "", "<issue index=\"#\" name=\"i#\"><item value=\"x\"/></issue>", "</objective>", None),
    kind("digits.xml", "<issue index=\"1\" name=\"a\"><item value=\"x\" evaluation=\"", "9", "\"/>", NUMBER),
    kind("powers.xml", "<issue index=\"1\" name=\"a\">", "<item value=\"v#\" evaluation=\"1e999999999\"/>", "", None),
    kind(
        "range.xml",
        "<issue index=\"1\" type=\"integer\" lowerbound=\"0\" upperbound=\"1000000000\">",
        " ",
        "",
        LIMIT,
    ),
    kind("attribute.xml", "<issue index=\"1\" name=\"", "&a;", "\"><item value=\"x\" evaluation=\"1\"/>", None),
    kind("attributes.xml", "<issue index=\"1\" ", "a#=1b ", "><item value=\"x\" evaluation=\"1\"/>", None),
    kind("faults.xml", "<issue index=\"1\"><item value=\"x\" evaluation=\"1\"/>", "x&y<z a=1b=2>q</z>", "", None),
    kind("ends.xml", "", "</b>", "", SYNTAX),
    kind("text.xml", "<issue index=\"1\">", "text ", "<item value=\"x\" evaluation=\"1\"/>", None),
];

const TREES: &[Kind] = &[
    kind("deep.json", "", "[", "", LIMIT),
    kind("deep maps.json", "", "{\"a\":", "", LIMIT),
    kind("digits.json", "{\"issueWeights\":{\"a\":", "9", "},\"issues\":{\"a\":{\"x\":1}}}", NUMBER),
    kind("powers.json", "{\"issueWeights\":{\"a\":1},\"issues\":{\"a\":{", "\"v#\":1e999999999,", "\"z\":1}}}", NUMBER),
    kind("string.json", "{\"issueWeights\":{\"", "\\u00e9", "\":1},\"issues\":{\"a\":{\"x\":1}}}", None),
    kind(
        "range.json",
        "{\"issuesValues\":{",
        "\"i#\":{\"range\":[0,1000000000,1]},",
        "\"z\":{\"values\":[1]}}}",
        LIMIT,
    ),
    kind("ranges.json", "{\"issuesValues\":{", "\"i#\":{\"range\":[0,60000,1]},", "\"z\":{\"values\":[1]}}}", LIMIT),
    kind("issues.json", "{\"issuesValues\":{", "\"i#\":{\"values\":[1]},", "\"z\":{\"values\":[1]}}}", LIMIT),
    kind("list.json", "[", "{},", "{}]", LIMIT),
    kind("fault.json", "{\"issueWeights\":{", "\"v#\":1,", "!", None),
    kind("deep.yml", "a: ", "[", "", None),
    kind("deep lists.yml", "a:\n ", "- ", "", None),
    kind("questions.yml", "", "? ", "", None),
    kind("scalar.yml", "issues: \"", "a", "\"", None),
    kind("documents.yml", "a: 1\n", "---\na: 1\n", "", None),
    kind("anchors.yml", "a:\n", "- &a# x\n", "", None),
    kind("issues.yml", "issues:\n", "- {name: i#, values: [a]}\n", "", LIMIT),
    kind("ranges.yml", "issues:\n", "- {name: i#, type: ContiguousIssue, values: [0, 60000]}\n", "", LIMIT),
    kind("lines.yml", "a: 1\n", "\n", "", None),
    kind("title.toml", "title = \"", "a", "\"\n", None),
    kind("deep.toml", "title = \"t\"\na = ", "[", "", None),
    kind("nothing.bin", "", "\0", "", None),
    kind("brackets.bin", "", "<?>", "", None),
];

fn bytes(kind: &Kind, before: &str, after: &str, size: usize) -> Vec<u8> {
    let mut text = format!("{before}{}", kind.head);
    let mut at = 1;
    while text.len() < size {
        text.push_str(&kind.unit.replace('#', &at.to_string()));
        at += 1;
    }
    text.push_str(kind.tail);
    text.push_str(after);
    text.into_bytes()
}

/// An alias bomb: each line repeats the one before nine times.
fn bomb(size: usize) -> Vec<u8> {
    let mut text = "a0: &a0 [x]\n".to_string();
    let mut at = 1;
    while text.len() < size {
        let before = format!("*a{}, ", at - 1);
        text.push_str(&format!("a{at}: &a{at} [{}]\n", before.repeat(9)));
        at += 1;
    }
    text.into_bytes()
}

fn bounded(name: &str, bytes: Vec<u8>, code: Option<Code>, most: Duration) -> Loaded {
    // Some limits are of a million: a smaller file stays under them.
    let code = code.filter(|code| *code != Code::ExchangeLimit || bytes.len() >= 1_000_000);
    let start = Instant::now();
    let loaded = read(&[Input { name: name.into(), bytes }], None);
    let seconds = start.elapsed();
    println!("{name}: {seconds:.2?}");
    assert!(seconds < most, "{name} took {seconds:?}");
    assert!(loaded.diagnostics.len() < 200, "{name}: {} findings", loaded.diagnostics.len());
    let words = |d: &detente::text::Diagnostic| {
        d.message.len() + d.notes.iter().chain(&d.hints).map(String::len).sum::<usize>()
    };
    let said: usize = loaded.diagnostics.iter().map(words).sum();
    assert!(said < 20_000, "{name}: {said} bytes of words");
    if let Some(code) = code {
        assert!(loaded.diagnostics.iter().any(|d| d.code == code), "{name}: {:?}", loaded.diagnostics);
        assert!(loaded.scenario.is_none(), "{name}");
    }
    loaded
}

fn all(size: usize, most: Duration) {
    for kind in MARKUP {
        bounded(kind.name, bytes(kind, SPACE, END, size), kind.code, most);
    }
    for kind in TREES {
        bounded(kind.name, bytes(kind, "", "", size), kind.code, most);
    }
    bounded("aliases.yml", bomb(size), LIMIT, most);
}

/// Already here what grows as the square of the size takes minutes.
#[test]
fn hostile_files_take_little_time_and_few_words() {
    all(if cfg!(debug_assertions) { 100_000 } else { 1_000_000 }, Duration::from_secs(20));
}

#[test]
#[ignore = "a minute in a release build: files of the largest size"]
fn hostile_files_of_a_hundred_megabytes_take_seconds() {
    all(100_000_000, Duration::from_secs(10));
}

/// Cases within the largest size of a file that would take minutes to look at.
#[test]
fn cases_of_too_many_issues_parties_or_claims_are_refused() {
    let issue = |at: usize| format!("[issues.i{at}]\nvalues = [\"a\", \"b\"]\nstatus_quo = \"a\"\n");
    let party = |at: usize| format!("[parties.p{at}]\nname = \"P\"\n");
    let wants = "{ issue = \"i0\", prefers = [\"a\", \"b\"], basis = \"assumed\", why = \"x\" },\n";
    let case = |issues: usize, parties: usize, claims: usize| {
        let mut text = "title = \"t\"\n".to_string();
        (0..issues).for_each(|at| text.push_str(&issue(at)));
        (0..parties).for_each(|at| text.push_str(&party(at)));
        text.push_str(&format!("wants = [{}]\n", wants.repeat(claims)));
        let open = |_: &str| Ok(text.clone().into_bytes());
        detente::case::read("case.toml", &open, detente::case::ReadOptions::default())
    };
    for (issues, parties, claims) in [(10_001, 2, 1), (2, 1_001, 1), (1_000, 501, 1), (2, 2, 4_001)] {
        let reading = case(issues, parties, claims);
        assert!(reading.case.is_none(), "{issues} {parties} {claims}");
        assert!(reading.diagnostics.iter().any(|d| d.code == Code::CaseTooLarge), "{issues} {parties} {claims}");
    }
    assert!(case(1_000, 2, 100).case.is_some());
}

fn scenario_of(files: Vec<(&str, String)>) -> Loaded {
    let files = files.into_iter().map(|(name, text)| Input { name: name.into(), bytes: text.into_bytes() });
    read(&files.collect::<Vec<_>>(), None)
}

/// A few words that stand for millions of numbers each.
#[test]
#[cfg_attr(debug_assertions, ignore = "millions of numbers: a minute without optimisation")]
fn short_files_do_not_become_large() {
    let profile = r#"{"LinearAdditiveUtilitySpace":{"name":"p","domain":{"name":"d","issuesValues":{"a":{"range":[0,60000,1]}}},
        "issueUtilities":{"a":{"NumberValueSetUtilities":{"lowValue":0,"lowUtility":0,"highValue":60000,"highUtility":1}}},
        "issueWeights":{"a":1}}}"#;
    let profiles = format!("[{}]", vec![profile; 300].join(","));
    let issues = |n: usize| (0..n).map(|i| format!(r#""i{i}":{{"range":[0,511,1]}}"#)).collect::<Vec<_>>().join(",");
    let group = |i: usize| format!(r#""g{i}":{{"issues":["i{}","i{}"],"utilslist":[]}}"#, 2 * i, 2 * i + 1);
    let groups = format!(
        r#"{{"SumOfGroupsUtilitySpace":{{"domain":{{"issuesValues":{{{}}}}},"partUtilities":{{{}}}}}}}"#,
        issues(600),
        (0..300).map(group).collect::<Vec<_>>().join(",")
    );
    let domain = "issues:\n- {name: a, type: ContiguousIssue, values: [0, 60000]}\n".to_string();
    let constant = "{type: ConstUtilityFunction, value: 1}";
    let many = format!("- {constant}\n").repeat(900);
    let inside = format!(
        "type: WeightedUtilityFunction\nweights: {:?}\nufuns: [{}]\n",
        vec![1; 900],
        vec![constant; 900].join(", ")
    );
    let table = "issues:\n- {name: a, type: ContiguousIssue, values: [0, 60000]}\n".to_string();
    let maps = vec!["{type: MappingUtilityFunction, default: 0, mapping: {}}"; 900].join(", ");
    let maps = format!("type: WeightedUtilityFunction\nweights: {:?}\nufuns: [{maps}]\n", vec![1; 900]);
    for files in [
        vec![("profiles.json", profiles)],
        vec![("domain.yml", domain.clone()), ("many.yml", many)],
        vec![("domain.yml", domain), ("inside.yml", inside)],
        vec![("domain.yml", table), ("maps.yml", maps)],
    ] {
        let name = files.last().map(|(name, _)| name.to_string());
        let loaded = scenario_of(files);
        assert!(loaded.scenario.is_none(), "{name:?}");
        assert!(loaded.diagnostics.iter().any(|d| d.code == Code::ExchangeLimit), "{name:?}: {:?}", loaded.diagnostics);
    }
    // Groups without room for their tables stand as lists.
    let loaded = scenario_of(vec![("groups.json", groups)]);
    assert!(loaded.scenario.is_some(), "{:?}", loaded.diagnostics);
}
