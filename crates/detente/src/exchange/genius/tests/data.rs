//! The real files, where they are at hand.

use super::*;
use crate::exchange::genius::{decode, looks_like};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of the real files; `None` with a line when it is not there.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/genius");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "xml") {
            out.push(path);
        }
    }
}

fn open(path: &Path) -> (Option<Content>, Diagnostics) {
    let (text, _) = decode(&std::fs::read(path).unwrap());
    assert!(looks_like(&text), "{}", path.display());
    take(&text)
}

/// Files that are refused, and why.
const REFUSED: [(&str, Code); 6] = [
    ("AMPOvsCity/ampo_vs_city_ampo_space.xml", Code::DuplicateName),
    ("Railway/Copy of MinisterProfile.xml", Code::ExchangeUnsupported),
    ("Railway/Minister.xml", Code::ExchangeUnsupported),
    ("Railway/MinisterProfile.xml", Code::ExchangeUnsupported),
    ("Railway/NS.xml", Code::ExchangeUnsupported),
    ("Railway/ProRail.xml", Code::ExchangeUnsupported),
];

#[test]
fn every_file_is_read_or_refused_with_a_reason() {
    let Some(folder) = folder() else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let mut refused = Vec::new();
    let mut table: BTreeMap<String, usize> = BTreeMap::new();
    for path in &paths {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let (content, diagnostics) = open(path);
        let kind = match &content {
            None => "refused",
            Some(Content::Domain { .. }) => "domain",
            Some(Content::Profile(_)) => "profile",
            Some(Content::Beside(_)) => "beside",
        };
        *table.entry(kind.to_string()).or_default() += 1;
        for diagnostic in &diagnostics {
            *table.entry(format!("{} {}", diagnostic.code, diagnostic.message)).or_default() += 1;
            if diagnostic.severity == Severity::Error {
                refused.push((name.clone(), diagnostic.code));
            }
        }
    }
    for (what, count) in &table {
        println!("{count:4} {what}");
    }
    let refused: Vec<(&str, Code)> = refused.iter().map(|(name, code)| (name.as_str(), *code)).collect();
    assert_eq!(refused, REFUSED);
    let count = |kind: &str| table.get(kind).copied().unwrap_or(0);
    assert_eq!((count("domain"), count("profile"), count("beside")), (91, 182, 3));
}

/// The domain and profiles of a known answer: those in its folder, of its variant where there are several.
fn scenario_of(folder: &Path, file: &str) -> (Space, Vec<Sheet>) {
    let path = folder.join(file);
    let Some(Content::Domain { space, .. }) = open(&path).0 else { panic!("{file}") };
    let variant = path.file_stem().unwrap().to_str().unwrap().strip_suffix("-domain");
    let mut paths = Vec::new();
    files(path.parent().unwrap(), &mut paths);
    let ours = |p: &&PathBuf| {
        let name = p.file_name().unwrap().to_str().unwrap();
        **p != path && variant.is_none_or(|v| name.starts_with(v))
    };
    let sheets = paths.iter().filter(ours).map(|p| match open(p).0 {
        Some(Content::Profile(sheet)) => *sheet,
        other => panic!("{}: {other:?}", p.display()),
    });
    let sheets: Vec<Sheet> = sheets.collect();
    (space, sheets)
}

/// The utilities of all outcomes, in the order of the first sheet's space.
fn pairs(sheets: &[Sheet]) -> Vec<Vec<f64>> {
    let parties: Vec<Profile> = sheets.iter().map(party).collect();
    let all = sheets[0].space.outcomes();
    all.map(|o| parties.iter().map(|p| p.utility.real(p.utility.of(&o))).collect()).collect()
}

#[test]
fn the_known_nash_points_are_utilities_of_outcomes() {
    let Some(folder) = folder() else { return };
    let oracle = std::fs::read_to_string(folder.join("oracle_genius104.tsv")).unwrap();
    let rows = oracle.lines().filter(|line| line.starts_with("DOM"));
    let mut checked = 0;
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let file = columns[1];
        let count: u64 = columns[2].parse().unwrap();
        let point = |prefix: &str| -> Vec<f64> {
            let column = columns.iter().find_map(|c| c.strip_prefix(prefix)).unwrap();
            column.split(',').map(|n| n.parse().unwrap()).collect()
        };
        let (space, sheets) = scenario_of(&folder, file);
        assert_eq!(sheets.len(), 2, "{file}");
        for sheet in &sheets {
            assert_eq!(sheet.space, space, "{file}");
            assert!(sheet.silent.is_empty() && sheet.draft.slack == number("0"), "{file}");
        }
        // This domain lists one value twice, and GENIUS counts it twice.
        let twice = if file.contains("FlightBooking") { 4 * 3 * 3 } else { count };
        assert_eq!(space.small_count(), Some(twice), "{file}");
        // In debug builds large ones take too long.
        if cfg!(debug_assertions) && count > 4_000 {
            continue;
        }
        let all = pairs(&sheets);
        // The files do not say in which order GENIUS met the two parties.
        let near = |want: &[f64], u: &[f64]| want.iter().zip(u).all(|(a, b)| (a - b).abs() < 1e-9);
        let turned = |u: &[f64]| vec![u[1], u[0]];
        let holds = |want: &[f64]| all.iter().any(|u| near(want, u)) || all.iter().any(|u| near(want, &turned(u)));
        for prefix in ["nash=", "kalai="] {
            let want = point(prefix);
            assert!(holds(&want), "{file}: {prefix}{want:?}");
        }
        // The largest product of utilities is that of the Nash point.
        let product = |u: &[f64]| u[0] * u[1];
        let reserved = sheets.iter().any(|s| s.draft.reservation.as_ref().is_some_and(|r| *r > number("0")));
        if !reserved {
            let most = all.iter().map(|u| product(u)).fold(0.0, f64::max);
            assert!((most - product(&point("nash="))).abs() < 1e-8, "{file}: {most}");
        }
        checked += 1;
    }
    println!("{checked} known Nash points found");
    assert!(checked >= if cfg!(debug_assertions) { 26 } else { 34 });
}

#[test]
fn the_stored_frontiers_of_ten_issues_are_reached() {
    let Some(folder) = folder() else { return };
    for name in ["anac/y2014/10issues", "nonlinear/S-1NIKFRT-1"] {
        let folder = folder.join(name);
        let sheets: Vec<Sheet> = ["profile-1.xml", "profile-2.xml"]
            .iter()
            .map(|file| match open(&folder.join(file)).0 {
                Some(Content::Profile(sheet)) => *sheet,
                other => panic!("{other:?}"),
            })
            .collect();
        let parties: Vec<Profile> = sheets.iter().map(party).collect();
        let text = std::fs::read_to_string(folder.join("pareto.xml")).unwrap();
        for line in text.lines().filter(|l| l.contains(',')) {
            let want: Vec<f64> = line.split(',').map(|n| n.trim().parse().unwrap()).collect();
            let best = nearest(&parties, &sheets[0].space, &want);
            assert!(best < 1e-6, "{name}: {want:?} missed by {best}");
        }
        let values = random_utilities(&parties, &sheets[0].space);
        assert!(values.iter().all(|u| (0.0..=1.0).contains(u)));
    }
}

/// How near to a point single changes from some random outcomes come.
fn nearest(parties: &[Profile], space: &Space, want: &[f64]) -> f64 {
    let sizes: Vec<usize> = space.sizes().collect();
    let off = |o: &Outcome| {
        let utilities = parties.iter().map(|p| p.utility.real(p.utility.of(o)));
        utilities.zip(want).map(|(u, w)| (u - w).abs()).fold(0.0, f64::max)
    };
    let mut best = f64::INFINITY;
    for start in 0..200 {
        let mut dice = crate::game::Stream::new(start, 0, 0);
        let mut at = Outcome::new(sizes.iter().map(|s| dice.below(*s as u64) as u16).collect::<Vec<u16>>());
        let mut now = off(&at);
        loop {
            let before = now;
            for (issue, size) in sizes.iter().enumerate() {
                for digit in 0..*size as u16 {
                    let other = at.with(issue, digit);
                    let then = off(&other);
                    if then < now {
                        (at, now) = (other, then);
                    }
                }
            }
            if now >= before {
                break;
            }
        }
        best = best.min(now);
        if best < 1e-6 {
            break;
        }
    }
    best
}

fn random_utilities(parties: &[Profile], space: &Space) -> Vec<f64> {
    let mut dice = crate::game::Stream::new(1, 0, 0);
    let outcomes =
        (0..200).map(|_| Outcome::new(space.sizes().map(|s| dice.below(s as u64) as u16).collect::<Vec<u16>>()));
    outcomes.flat_map(|o| parties.iter().map(move |p| p.utility.real(p.utility.of(&o))).collect::<Vec<f64>>()).collect()
}

#[test]
fn every_profile_comes_back_equal() {
    let Some(folder) = folder() else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let (mut count, mut rounded) = (0, 0);
    for path in &paths {
        let Some(Content::Profile(sheet)) = open(path).0 else { continue };
        let before = scenario(std::slice::from_ref(&*sheet));
        let (after, lost) = there_and_back(&before);
        let after = &after[0];
        assert_eq!(after.space, sheet.space, "{}", path.display());
        assert_eq!((&sheet.draft.reservation, sheet.discount), (&after.draft.reservation, after.discount));
        count += 1;
        if before.parties[0].utility.slack > 0 {
            // Weights of 17 digits over many different largest evaluations fit in no common denominator.
            assert_eq!(lost.len(), 1, "{}: {lost:?}", path.display());
            for (was, is) in sheet.draft.worth.iter().flatten().zip(after.draft.worth.iter().flatten()) {
                assert!(was - is < number("1e-25") && is - was < number("1e-25"), "{}", path.display());
            }
            rounded += 1;
            continue;
        }
        assert!(lost.is_empty(), "{}: {lost:?}", path.display());
        let (was, is) = (sheet.draft.settle("was"), after.draft.settle("is"));
        // Sums over issues are equal when the numbers are; for the rest, at outcomes drawn at random.
        if sheet.draft.when.is_empty() {
            assert_eq!(sheet.draft.worth, after.draft.worth, "{}", path.display());
            assert_eq!((&sheet.draft.cap, &sheet.draft.constant), (&after.draft.cap, &after.draft.constant));
        } else {
            assert_eq!(random_exact(&was, &sheet.space), random_exact(&is, &sheet.space), "{}", path.display());
        }
    }
    println!("{count} profiles came back, {rounded} of them rounded as they were");
    assert_eq!(count, 182);
}

fn random_exact(party: &Profile, space: &Space) -> Vec<Exact> {
    let mut dice = crate::game::Stream::new(2, 0, 0);
    let draw = |_| Outcome::new(space.sizes().map(|s| dice.below(s as u64) as u16).collect::<Vec<u16>>());
    (0..100).map(draw).map(|outcome| of(&party.utility, &outcome)).collect()
}
