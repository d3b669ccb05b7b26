//! Opening the scenarios and the strategies of a tournament.

use crate::args::{Source, Tournament as Arguments};
use crate::commands::{sound, zone};
use crate::files::is_case;
use crate::{Failure, scenario};
use detente::game::Scenario;
use detente::strategy::{Faults, Recipe, Watcher};
use std::collections::HashSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// More scenarios than this are not opened at once.
const MOST_SCENARIOS: usize = 10_000;

/// The strategies of a list.
pub(super) fn strategies(list: &str) -> Result<Vec<Recipe>, Failure> {
    let recipes: Vec<Recipe> = read(list, "--strategies")?;
    if recipes.is_empty() {
        return Err(Failure::usage("--strategies names no strategy").hint("for example --strategies boulware,conceder"));
    }
    Ok(recipes)
}

/// The models of a list, which may be empty.
pub(super) fn models(list: &str) -> Result<Vec<Watcher>, Failure> {
    read(list, "--models")
}

/// What a list names, with commas between, not inside brackets; each once.
fn read<T: FromStr<Err = Faults> + PartialEq + Display>(list: &str, flag: &str) -> Result<Vec<T>, Failure> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    for c in list.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let mut found: Vec<T> = Vec::new();
    let mut wrong: Vec<String> = Vec::new();
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        match part.parse::<T>() {
            Ok(one) if found.contains(&one) => wrong.push(format!("`{one}` is given twice")),
            Ok(one) => found.push(one),
            Err(faults) => wrong.extend(faults.iter().map(|fault| {
                let hint = fault.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
                format!("`{part}`: {}{hint}", fault.message)
            })),
        }
    }
    if !wrong.is_empty() {
        let wrong = wrong.join("\n       ");
        return Err(Failure::usage(format!("{flag}: {wrong}")).hint("`detente explain strategies` lists them"));
    }
    Ok(found)
}

/// The scenarios of the command line, each under a name of its own. `None` when one cannot be read, which has been shown.
pub(super) fn scenarios(arguments: &Arguments) -> Result<Option<Vec<Scenario>>, Failure> {
    let groups = groups(arguments)?;
    let mut scenarios: Vec<Scenario> = Vec::with_capacity(groups.len());
    let mut taken: HashSet<String> = HashSet::new();
    let mut sound = true;
    for group in &groups {
        let Some(mut scenario) = open(group, &arguments.parties)? else {
            // The others are read as well, so that all that is wrong is said at once.
            sound = false;
            continue;
        };
        let own = name(group);
        // Two of the same name are told apart by where they lie, and if need be by number.
        let path = group.first().map_or_else(String::new, |path| path.display().to_string());
        let mut candidates = [own.clone(), path.clone()].into_iter().chain((2_u32..).map(|n| format!("{path} ({n})")));
        scenario.name = candidates.find(|name| taken.insert(name.clone())).unwrap_or(own);
        scenarios.push(scenario);
    }
    Ok(sound.then_some(scenarios))
}

/// The paths of each scenario.
fn groups(arguments: &Arguments) -> Result<Vec<Vec<PathBuf>>, Failure> {
    let mut groups: Vec<Vec<PathBuf>> = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for path in &arguments.files {
        if arguments.each {
            groups.extend(inside(path)?.into_iter().map(|one| vec![one]));
        } else if path.is_dir() || is_case(path) {
            groups.push(vec![path.clone()]);
        } else {
            files.push(path.clone());
        }
    }
    if !files.is_empty() {
        groups.push(files);
    }
    if groups.len() > MOST_SCENARIOS {
        return Err(Failure::usage(format!("{} scenarios are more than can be opened at once", groups.len())));
    }
    Ok(groups)
}

/// Every folder and every case in a folder, in the order of their names, numbers as numbers.
fn inside(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::usage(format!("--each takes folders that hold scenarios; {} is none", folder.display())));
    }
    let cannot = |error: std::io::Error| Failure::found(format!("cannot read {}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && (path.is_dir() || is_case(&path)) {
            found.push(path);
        }
    }
    if found.is_empty() {
        return Err(Failure::usage(format!("{} holds no folders and no cases", folder.display()))
            .hint("without --each the folder itself is one scenario"));
    }
    found.sort_by_cached_key(|path| natural(&path.to_string_lossy()));
    Ok(found)
}

/// A name in parts, so that `domain2` comes before `domain10`.
fn natural(name: &str) -> Vec<(u128, String)> {
    let mut parts: Vec<(u128, String)> = Vec::new();
    let mut number = String::new();
    let mut word = String::new();
    for c in name.chars() {
        if c.is_ascii_digit() {
            if !word.is_empty() {
                parts.push((0, std::mem::take(&mut word)));
            }
            number.push(c);
        } else {
            if !number.is_empty() {
                parts.push((number.parse().unwrap_or(u128::MAX), std::mem::take(&mut number)));
            }
            word.push(c);
        }
    }
    if !number.is_empty() {
        parts.push((number.parse().unwrap_or(u128::MAX), number));
    }
    if !word.is_empty() {
        parts.push((0, word));
    }
    parts
}

fn open(group: &[PathBuf], parties: &[String]) -> Result<Option<Scenario>, Failure> {
    if let [one] = group
        && is_case(one)
    {
        let Some(sound) = sound(&Source { case: one.clone(), strict: false })? else { return Ok(None) };
        let open = || {
            Failure::usage(format!("the case {} leaves numbers open, and a tournament needs one game", one.display()))
                .hint("give every number as a point")
        };
        return zone::point_of(&sound)?.ok_or_else(open).map(Some);
    }
    let loaded = scenario::load(group, parties)?;
    scenario::show(&loaded);
    Ok(loaded.scenario)
}

/// The name of a scenario: that of its folder, or of its first file.
fn name(group: &[PathBuf]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let name = if first.is_dir() {
        let whole = first.canonicalize().unwrap_or_else(|_| first.clone());
        whole.file_name().map(|name| name.to_string_lossy().into_owned())
    } else {
        first.file_stem().map(|name| name.to_string_lossy().into_owned())
    };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| first.display().to_string())
}
