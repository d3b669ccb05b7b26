//! The layers of the library and its purity, read off its sources.
//!
//! `text ◀ case ◀ game ◀ exchange ◀ analysis ◀ talks ◀ strategy ◀ field ◀ lens ◀ brief`: a module uses only itself and
//! those to its left. And no module prints, opens files, reads the clock or the environment. Tests inside the library are free.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// The layers, each allowed to use those before it.
const LAYERS: [&str; 10] =
    ["text", "case", "game", "exchange", "analysis", "talks", "strategy", "field", "lens", "brief"];

/// What a pure library does not name.
const IMPURE: [&str; 19] = [
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "dbg!",
    "std::fs",
    "File::open",
    "File::create",
    "std::env",
    "env::var",
    "env::args",
    "SystemTime",
    "Instant",
    "now()",
    "std::net",
    "std::process",
    "stdin",
    "stdout",
    "stderr",
];

/// The lines of a source, numbered from 1, without comments. Test modules are left out.
fn code(source: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut test = false;
    let mut inside = false;
    for (at, line) in source.lines().enumerate() {
        if inside {
            inside = line != "}";
        } else if test && line.starts_with("mod ") {
            inside = line.ends_with('{');
            test = false;
        } else {
            test = line == "#[cfg(test)]" || (test && line.starts_with("#["));
            out.push((at + 1, without_comment(line).to_string()));
        }
    }
    out
}

fn without_comment(line: &str) -> &str {
    let mut starts = line.match_indices("//").map(|(at, _)| at);
    let comment = starts.find(|at| line[..*at].chars().last().is_none_or(char::is_whitespace));
    comment.map_or(line, |at| &line[..at])
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Places where `word` stands alone: byte offsets of what follows it.
fn after<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| (at, at + word.len())).filter_map(move |(at, end)| {
        let before = text[..at].chars().last();
        let next = text[end..].chars().next();
        let open = word.ends_with(|c| !is_word(c)) || next.is_none_or(|c| !is_word(c));
        (before.is_none_or(|c| !is_word(c)) && open).then_some(end)
    })
}

fn name(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

/// The modules named right after `::`: one, or those of a group in braces.
fn named(rest: &str) -> Vec<&str> {
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut names = Vec::new();
    let (mut depth, mut start) = (1, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                names.push(name(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            names.push(name(group[start..at].trim_start()));
            break;
        }
    }
    names
}

/// Layers that a source in `path` (its modules from the root of the crate) uses and may not, with lines.
fn trespasses(path: &[&str], source: &str) -> Vec<(usize, String)> {
    let own = LAYERS.iter().position(|l| path.first() == Some(l));
    let lines = code(source);
    // One text, so that groups may span lines; `starts` leads back to them.
    let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |at: usize| lines[starts.partition_point(|s| *s <= at) - 1].0;
    let up = "super::".repeat(path.len());
    let mut out = Vec::new();
    for prefix in ["crate::", &up].into_iter().filter(|p| !p.is_empty()) {
        for end in after(&text, prefix) {
            for module in named(&text[end..]) {
                let layer = LAYERS.iter().position(|l| *l == module);
                if layer.is_some_and(|l| own.is_some_and(|o| l > o)) {
                    out.push((line(end), module.to_string()));
                }
            }
        }
    }
    out.sort();
    out
}

fn impurities(source: &str) -> Vec<(usize, &'static str)> {
    let found = |(at, line): (usize, String)| {
        let words = IMPURE.iter().filter(|word| after(&line, word).next().is_some());
        words.map(|word| (at, *word)).collect::<Vec<_>>()
    };
    code(source).into_iter().flat_map(found).collect()
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Every source that is not a test: its name, its modules and its text.
fn library() -> Vec<(String, Vec<String>, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let read = |file: PathBuf| {
        let relative = file.strip_prefix(&root).unwrap().with_extension("");
        let mut modules: Vec<String> = relative.iter().map(|p| p.to_str().unwrap().to_string()).collect();
        modules.pop_if(|last| last == "mod" || last == "lib");
        let test = modules.iter().any(|m| m == "tests");
        let name = format!("src/{}.rs", relative.display());
        (!test).then(|| (name, modules, std::fs::read_to_string(file).unwrap()))
    };
    files.into_iter().filter_map(read).collect()
}

#[test]
fn every_module_uses_only_layers_to_its_left() {
    let mut faults = Vec::new();
    for (file, modules, source) in library() {
        let modules: Vec<&str> = modules.iter().map(String::as_str).collect();
        let own = modules.first().copied().unwrap_or("lib");
        if own != "lib" && !LAYERS.contains(&own) {
            faults.push(format!("{file}: `{own}` is no layer; add it to the list in this test"));
        }
        let found = trespasses(&modules, &source);
        faults.extend(found.into_iter().map(|(line, used)| format!("{file}:{line}: `{own}` uses `{used}`")));
    }
    assert!(faults.is_empty(), "the layers are {}:\n{}", LAYERS.join(" ◀ "), faults.join("\n"));
}

#[test]
fn the_library_prints_nothing_opens_nothing_and_reads_no_clock() {
    let mut faults = Vec::new();
    for (file, _, source) in library() {
        faults.extend(impurities(&source).into_iter().map(|(line, word)| format!("{file}:{line}: `{word}`")));
    }
    assert!(faults.is_empty(), "the library is pure:\n{}", faults.join("\n"));
}

#[test]
fn the_check_sees_what_it_has_to_see() {
    let case = |source: &str| trespasses(&["case", "model"], source);
    let at = |line: usize, layer: &str| vec![(line, layer.to_string())];
    assert_eq!(case("use crate::text::Span;\nuse crate::case::Name;\n"), []);
    assert_eq!(case("// crate::game\nuse crate::game::Space;\n"), at(2, "game"));
    assert_eq!(case("use crate::{\n    text::Span,\n    lens::{zone, order},\n};\n"), at(1, "lens"));
    assert_eq!(case("let x = $crate::brief::Brief;"), at(1, "brief"));
    assert_eq!(case("use super::super::game::Space;"), at(1, "game"));
    assert_eq!(case("use super::lens;\nlet crate_game = 1;"), []);
    assert_eq!(case("#[cfg(test)]\nmod tests {\n    use crate::lens::Lens;\n}\nuse crate::game::Rule;"), at(5, "game"));
    let clock = impurities("let t = std::time::Instant::now();\nprintln!(\"x\"); // eprintln!\n");
    assert_eq!(clock, [(1, "Instant"), (1, "now()"), (2, "println!")]);
    assert_eq!(impurities("let instant = 1; // std::fs\nlet version = env!(\"CARGO_PKG_VERSION\");"), []);
    assert!(library().len() > 20);
}
