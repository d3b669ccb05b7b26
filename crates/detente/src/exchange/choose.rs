//! Which profiles make the scenario, and which domain they belong to.

use super::content::Sheet;
use super::detect;
use crate::game::Space;
use crate::text::{Code, Diagnostic, Diagnostics, did_you_mean};
use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A domain that was read.
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) stem: String,
    pub(crate) space: Space,
}

/// A profile that was read, with the name of its file without ending.
pub(crate) struct Candidate {
    pub(crate) stem: String,
    pub(crate) sheet: Sheet,
}

/// The order in which people number things: `prof2` before `prof10`.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    fn pieces(text: &str) -> Vec<(bool, usize, String)> {
        let mut out: Vec<(bool, usize, String)> = Vec::new();
        for c in text.chars() {
            let digit = c.is_ascii_digit();
            match out.last_mut() {
                Some((d, _, piece)) if *d == digit => piece.extend(c.to_lowercase()),
                _ => out.push((digit, 0, c.to_lowercase().collect())),
            }
        }
        for (digit, length, piece) in &mut out {
            if *digit {
                // Without leading zeros, the longer number is the larger one.
                *piece = piece.trim_start_matches('0').to_string();
                *length = piece.len();
            }
        }
        out
    }
    pieces(a).cmp(&pieces(b)).then_with(|| a.cmp(b))
}

/// The profiles that are named, in the order named; all of them, in the order of their names, when none is.
/// With them the domain they belong to, if there is one. `None`, with the reason said, when there is no choice.
pub(crate) fn choose(
    mut all: Vec<Candidate>,
    domains: &[Domain],
    parties: Option<&[String]>,
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<Candidate>, Option<usize>)> {
    let marks: Vec<u64> = domains.iter().map(|d| mark(&d.space)).collect();
    let homes: Vec<Option<usize>> = all.iter().map(|c| home(c, domains, &marks)).collect();
    let chosen = match parties {
        Some(names) => {
            let found: Vec<Option<usize>> = names.iter().map(|name| find(name, &all, diagnostics)).collect();
            found.into_iter().collect::<Option<Vec<usize>>>()?
        }
        None => {
            one_domain(&all, &homes, domains, diagnostics)?;
            (0..all.len()).collect()
        }
    };
    let home = chosen.iter().find_map(|at| homes.get(*at).copied().flatten());
    let home = home.or((domains.len() == 1).then_some(0));
    let mut out = Vec::new();
    if parties.is_none() {
        out.append(&mut all);
    } else {
        out.extend(
            chosen
                .iter()
                .filter_map(|at| all.get(*at))
                .map(|c| Candidate { stem: c.stem.clone(), sheet: c.sheet.clone() }),
        );
    }
    Some((out, home))
}

fn find(name: &str, all: &[Candidate], diagnostics: &mut Diagnostics) -> Option<usize> {
    let stem = detect::stem(name);
    let by = |test: &dyn Fn(&Candidate) -> bool| -> Vec<usize> {
        all.iter().enumerate().filter(|(_, c)| test(c)).map(|(at, _)| at).collect()
    };
    let tries = [by(&|c| c.stem == name), by(&|c| c.sheet.name == name), by(&|c| c.stem == stem)];
    let found = tries.iter().find(|t| !t.is_empty()).map(Vec::as_slice).unwrap_or_default();
    if let [one] = found {
        return Some(*one);
    }
    let known = all.iter().flat_map(|c| [c.stem.as_str(), c.sheet.name.as_str()]);
    let diagnostic = if found.is_empty() {
        Diagnostic::new(Code::ExchangeName, format!("there is no profile `{name}`"))
            .maybe_hint(did_you_mean(name, known))
    } else {
        let stems = found.iter().filter_map(|at| all.get(*at)).map(|c| format!("`{}`", c.stem));
        Diagnostic::new(Code::ExchangeName, format!("`{name}` is the name of {} profiles", found.len()))
            .hint(format!("name their files: {}", stems.collect::<Vec<_>>().join(", ")))
    };
    diagnostics.push(diagnostic);
    None
}

/// The domain a profile belongs to: the one it names, else the only one with its issues and values, else the
/// only one whose file is named most like its own.
fn home(candidate: &Candidate, domains: &[Domain], marks: &[u64]) -> Option<usize> {
    let only = |test: &dyn Fn(&Domain) -> bool| -> Option<usize> {
        let mut found = domains.iter().enumerate().filter(|(_, d)| test(d)).map(|(at, _)| at);
        found.next().filter(|_| found.next().is_none())
    };
    let named = candidate.sheet.domain.as_deref().filter(|n| !n.is_empty());
    if let Some(at) = named.and_then(|n| only(&|d| d.name == n || d.stem == n)) {
        return Some(at);
    }
    let own = mark(&candidate.sheet.space);
    let mut same = marks.iter().enumerate().filter(|(_, mark)| **mark == own).map(|(at, _)| at);
    if let (Some(at), None) = (same.next(), same.next()) {
        return Some(at);
    }
    let shared = |d: &Domain| {
        let (a, b) = (d.stem.to_lowercase(), candidate.stem.to_lowercase());
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
    };
    let most = domains.iter().map(shared).max().filter(|n| *n > 0)?;
    only(&|d| shared(d) == most)
}

/// A number that spaces share which have the same issues with the same number of values, in any order. That others
/// share it by chance is not to be expected, and a profile that does not fit its domain is refused later.
fn mark(space: &Space) -> u64 {
    let mut all: Vec<(&str, usize)> = space.issues.iter().map(|i| (i.id.as_str(), i.values.len())).collect();
    all.sort_unstable();
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    hasher.finish()
}

/// Without a choice there may be one domain only.
fn one_domain(
    all: &[Candidate],
    homes: &[Option<usize>],
    domains: &[Domain],
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let mut used: Vec<usize> = homes.iter().copied().flatten().collect();
    used.sort_unstable();
    used.dedup();
    if used.len() < 2 {
        return Some(());
    }
    let mut diagnostic = Diagnostic::new(
        Code::ExchangeMismatch,
        format!("there are profiles of {} domains, and a scenario has one", used.len()),
    );
    for at in &used {
        let of = all.iter().zip(homes).filter(|(_, h)| **h == Some(*at)).map(|(c, _)| format!("`{}`", c.stem));
        let of = of.collect::<Vec<_>>().join(", ");
        let domain = domains.get(*at).map_or("", |d| d.stem.as_str());
        diagnostic = diagnostic.note(format!("of `{domain}`: {of}"));
    }
    let first = all.iter().zip(homes).filter(|(_, h)| **h == used.first().copied()).map(|(c, _)| c.stem.as_str());
    let first = first.collect::<Vec<_>>().join(",");
    diagnostics.push(diagnostic.hint(format!("choose with `--parties {first}`, or name the files of one domain")));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = vec!["prof10", "prof2", "Prof1", "a", "prof02b"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["a", "Prof1", "prof2", "prof02b", "prof10"]);
    }
}
