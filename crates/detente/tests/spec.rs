//! Runs the Markdown specs in `tests/spec`: prose, a case, and what checking it says, together.
//!
//! A spec is a heading, one or more fenced files, and a fenced block `diagnostics`. A block ```` ```toml ````
//! is `case.toml`; another name follows the language (```` ```text sources/a.md ````). `strict` after it
//! checks strictly. `DETENTE_BLESS=1 cargo test --test spec` rewrites the expected blocks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use detente::case::{OpenError, ReadOptions, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Default)]
struct Spec {
    title: String,
    files: BTreeMap<String, String>,
    strict: bool,
    expected: String,
}

fn parse(text: &str) -> Vec<Spec> {
    let mut specs: Vec<Spec> = Vec::new();
    let mut block: Option<(String, String)> = None;
    for line in text.lines() {
        if let Some((name, body)) = &mut block {
            if line.trim_end() == "```" {
                let (name, body) = (std::mem::take(name), std::mem::take(body));
                let spec = specs.last_mut().expect("a block stands under a heading");
                match name.as_str() {
                    "diagnostics" => spec.expected = body,
                    _ => {
                        spec.files.insert(name, body);
                    }
                }
                block = None;
            } else {
                body.push_str(line);
                body.push('\n');
            }
        } else if let Some(info) = line.strip_prefix("```") {
            let words: Vec<&str> = info.split_whitespace().collect();
            if words.contains(&"strict") {
                specs.last_mut().expect("a heading").strict = true;
            }
            let name = match words.as_slice() {
                ["diagnostics"] => "diagnostics".to_string(),
                [_, name, ..] if *name != "strict" => (*name).to_string(),
                _ => "case.toml".to_string(),
            };
            block = Some((name, String::new()));
        } else if let Some(title) = line.strip_prefix("## ") {
            specs.push(Spec { title: title.to_string(), ..Spec::default() });
        }
    }
    specs
}

/// What checking says, a line per diagnostic and an indented line per hint and note.
fn found(spec: &Spec) -> String {
    let open = |name: &str| spec.files.get(name).map(|t| t.clone().into_bytes()).ok_or(OpenError::Missing);
    let reading = detente::game::check(read("case.toml", &open, ReadOptions { strict: spec.strict }));
    let mut out = String::new();
    for item in reading.report().diagnostics {
        let severity = format!("{:?}", item.severity).to_lowercase();
        let places: Vec<String> = item
            .places
            .iter()
            .map(|p| {
                let file = if p.file == "case.toml" { String::new() } else { format!("{}:", p.file) };
                format!("{file}{}:{}", p.line, p.column)
            })
            .collect();
        out.push_str(&format!("{severity}[{}] {} {}\n", item.code, places.join(" "), item.message));
        for hint in item.hints {
            out.push_str(&format!("    help: {hint}\n"));
        }
        for note in item.notes {
            out.push_str(&format!("    note: {note}\n"));
        }
    }
    out
}

fn rewritten(text: &str, found: &[String]) -> String {
    let mut out = String::new();
    let mut specs = found.iter();
    let mut skipping = false;
    for line in text.lines() {
        if skipping {
            if line.trim_end() != "```" {
                continue;
            }
            skipping = false;
        }
        out.push_str(line);
        out.push('\n');
        if line.trim_end() == "```diagnostics" {
            out.push_str(specs.next().expect("one block per spec"));
            skipping = true;
        }
    }
    out
}

fn spec_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/spec");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn what_checking_says_is_what_the_specs_say() {
    let bless = std::env::var_os("DETENTE_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut broken = 0;
    for file in spec_files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let specs = parse(&text);
        let results: Vec<String> = specs.iter().map(found).collect();
        for (spec, result) in specs.iter().zip(&results) {
            broken += usize::from(result.contains("error[") || result.contains("warning["));
            for line in result.lines().filter(|l| l.starts_with("error[") || l.starts_with("warning[")) {
                let place = line.split(' ').nth(1).unwrap_or("");
                assert!(place.contains(':'), "{}: no place in {line}", spec.title);
            }
            if *result != spec.expected {
                wrong.push(format!(
                    "{} › {}\n--- expected\n{}--- found\n{result}",
                    file.display(),
                    spec.title,
                    spec.expected
                ));
            }
        }
        if bless {
            std::fs::write(&file, rewritten(&text, &results)).unwrap();
        }
    }
    assert!(bless || wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(bless || broken >= 115, "only {broken} specs of broken cases");
}

/// Bytes that no Markdown file can hold.
#[test]
fn bytes_that_are_no_case_are_told_so() {
    let huge_line = format!("title = \"{}\"\nas_off = 1", "x".repeat(3_000_000));
    let many_keys: String =
        std::iter::once("title = \"x\"\n".to_string()).chain((0..60_000).map(|i| format!("k{i} = 1\n"))).collect();
    let deep_list = format!("title = \"x\"\nconsent = {}{}", "[".repeat(5_000), "]".repeat(5_000));
    let deep_table = format!("title = \"x\"\n[{}]\n", vec!["a"; 5_000].join("."));
    let inputs: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "case::empty"),
        ("spaces only", b"  \n\n ".to_vec(), "case::empty"),
        ("a comment only", b"# nothing\n".to_vec(), "case::empty"),
        ("an executable", b"\x7fELF\x02\x01\x01\x00\x00\x00".to_vec(), "case::syntax"),
        ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00".to_vec(), "file::not-utf8"),
        ("UTF-16", b"\xff\xfet\x00i\x00t\x00".to_vec(), "file::not-utf8"),
        ("Latin-1", b"title = \"d\xe9tente\"".to_vec(), "file::not-utf8"),
        ("cut inside a letter", b"title = \"d\xc3".to_vec(), "file::not-utf8"),
        ("zeros", vec![0; 4096], "case::syntax"),
        ("a huge line", huge_line.into_bytes(), "case::unknown-key"),
        ("many keys", many_keys.into_bytes(), "case::unknown-key"),
        ("a deep list", deep_list.into_bytes(), "case::"),
        ("a deep table", deep_table.into_bytes(), "case::"),
        ("JSON", b"{\"title\": \"x\"}".to_vec(), "case::syntax"),
        ("carriage returns", b"title = \"x\"\r\nas_off = 1\r\n".to_vec(), "case::unknown-key"),
        ("a mark at the start", b"\xef\xbb\xbftitle = \"x\"\nas_off = 1".to_vec(), "case::unknown-key"),
    ];
    for (what, bytes, code) in inputs {
        let reading = read("case.toml", &|_| Ok(bytes.clone()), ReadOptions::default());
        let report = reading.report();
        assert!(report.errors > 0, "{what}: no error");
        let first = &report.diagnostics[0];
        assert!(first.code.starts_with(code), "{what}: {} instead of {code}", first.code);
        assert!(!first.places.is_empty(), "{what}: no place");
    }
}

/// Sources can be as broken as cases.
#[test]
fn bytes_that_are_no_source_are_told_so() {
    let case = "title = \"x\"\n[sources.a]\nfile = \"a.md\"\n[evidence.e]\nsource = \"a\"\nquote = \"words\"\n";
    for (what, answer, code) in [
        ("missing", Err(OpenError::Missing), "file::missing"),
        ("outside", Err(OpenError::Outside), "file::outside-case"),
        ("too large", Err(OpenError::TooLarge), "file::too-large"),
        ("unreadable", Err(OpenError::Unreadable("no permission".into())), "file::missing"),
        ("not UTF-8", Ok(vec![0xff, 0xfe, 0x00]), "file::not-utf8"),
    ] {
        let open = |name: &str| if name == "case.toml" { Ok(case.as_bytes().to_vec()) } else { answer.clone() };
        let report = read("case.toml", &open, ReadOptions::default()).report();
        let found = report.diagnostics.iter().find(|d| d.code == code);
        assert!(
            found.is_some_and(|d| d.places.first().is_some_and(|p| p.line == 3)),
            "{what}: {:?}",
            report.diagnostics
        );
    }
}
