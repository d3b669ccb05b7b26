//! Ids for options and decision makers, made of the names that the file gives them.

use std::collections::{HashMap, HashSet};

/// An id is at most this many letters long.
const LONGEST: usize = 60;

/// A name as an id: letters, digits and single hyphens.
fn id(name: &str, otherwise: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.chars().count() >= LONGEST {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    let reserved = matches!(out, "and" | "or" | "not" | "in" | "true" | "false" | "moved");
    if out.is_empty() || reserved { otherwise.to_string() } else { out.to_string() }
}

/// Ids for names, no two alike: where several have one name, what stands in `before` (the holder of an option) is put
/// before it, and numbers are added where that does not tell them apart.
pub(crate) fn ids(names: &[String], before: &[Option<&str>], what: &str) -> Vec<String> {
    let plain: Vec<String> = names.iter().enumerate().map(|(at, n)| id(n, &format!("{what}-{}", at + 1))).collect();
    let mut often: HashMap<&str, usize> = HashMap::new();
    for name in &plain {
        *often.entry(name).or_default() += 1;
    }
    let mut taken: HashSet<String> = HashSet::new();
    let mut next: HashMap<String, usize> = HashMap::new();
    let mut out = Vec::with_capacity(plain.len());
    for (at, name) in plain.iter().enumerate() {
        let alone = often.get(name.as_str()) == Some(&1);
        let base = match before.get(at).copied().flatten() {
            Some(before) if !alone => format!("{before}-{name}"),
            _ => name.clone(),
        };
        let mut found = base.clone();
        while !taken.insert(found.clone()) {
            let n = next.entry(base.clone()).or_insert(1);
            *n += 1;
            found = format!("{base}-{n}");
        }
        out.push(found);
    }
    out
}
