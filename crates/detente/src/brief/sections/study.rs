//! A scenario whose every number is known: how many outcomes, which are efficient, the named solutions.

use super::grid::Grid;
use super::{paragraph, section};
use crate::analysis::{Cloud, Exactness, Finding, Mixture, Package, Standing, Study, WEIGHTED_NASH};
use crate::brief::content::{Block, Cell, Figure, Plot, Section, Table, UtilitySpace, plain};
use crate::game::Scenario;
use std::fmt::Write as _;

/// Frontier points listed on a page; more are for a file.
const LISTED: usize = 12;
/// Letters of a package that a list of the frontier has room for.
const ONE_LINE: usize = 60;
/// Cells along each axis of a density.
const CELLS: usize = 60;
/// Outcomes drawn one by one; more are drawn as a density.
const DOTS: usize = 3_000;

/// The page on a scenario.
#[must_use]
pub fn study_section(scenario: &Scenario, finding: &Finding<Study>) -> Section {
    let study = &finding.answer;
    let mut blocks = vec![paragraph(opening(scenario, study))];
    blocks.extend(solutions(scenario, study));
    blocks.extend(packages(study));
    blocks.extend(lotteries(study));
    blocks.extend(frontier(study));
    blocks.push(Block::Heading("How far the parties are apart".into()));
    blocks.push(Block::List(apart(study).into_iter().map(plain).collect()));
    blocks.push(Block::Heading("How this was made".into()));
    blocks.extend(made(finding));
    let title = if scenario.name.is_empty() { "Outcome space".to_string() } else { scenario.name.clone() };
    section("study", &title, blocks).unwrap_or(Section { id: "study".into(), title, blocks: Vec::new() })
}

fn opening(scenario: &Scenario, study: &Study) -> String {
    let issues = scenario.space.issues.len();
    let mut text = format!(
        "{} parties ({}), {} issue{}, {} outcomes.",
        study.parties.len(),
        study.parties.join(", "),
        issues,
        if issues == 1 { "" } else { "s" },
        grouped(&study.outcomes)
    );
    match study.frontier.size {
        0 => text.push_str(" None of them keeps every rule."),
        1 => text.push_str(" One point is efficient: nothing is better for one party and as good for the rest."),
        size => {
            let _ = write!(text, " {} points are efficient", grouped(&size.to_string()));
            match &study.efficient {
                Some(count) if *count != size.to_string() => {
                    let _ = write!(text, " (of {} outcomes, some worth the same to everybody)", grouped(count));
                }
                _ => {}
            }
            text.push('.');
        }
    }
    if study.reservations.iter().any(Option::is_some) {
        let rational = &study.rational;
        match &rational.outcomes {
            Some(count) if count == "0" => text.push_str(" No outcome gives everybody its reservation value."),
            Some(count) if *count == study.outcomes => {
                text.push_str(" Every outcome gives everybody its reservation value.");
            }
            Some(count) => {
                let share = share_words(rational.share);
                let _ = write!(text, " {} outcomes ({share}) give everybody its reservation value.", grouped(count));
            }
            None if rational.share <= 0.0 => {
                let _ = write!(
                    text,
                    " Of outcomes drawn at random none gives everybody its reservation value: fewer than {} do (95\u{a0}%).",
                    share_words(rational.high)
                );
            }
            None => {
                let (low, high) = (share_words(rational.low), share_words(rational.high));
                let _ = write!(
                    text,
                    " About {} of the outcomes give everybody its reservation value (estimated; 95\u{a0}% interval {low} to {high}).",
                    share_words(rational.share)
                );
            }
        }
    }
    text
}

/// A table of the solutions: utilities per party, and which package.
fn solutions(scenario: &Scenario, study: &Study) -> Vec<Block> {
    let letters = letters(study);
    let mut columns = vec!["Solution".to_string()];
    columns.extend(study.parties.iter().map(|p| format!("#{p}")));
    columns.push("Package".into());
    let mut grid = Grid::with("Named solutions: utility of each party, and the package", columns);
    if study.reservations.iter().any(Option::is_some) {
        let mut row: Vec<Cell> = vec!["No agreement".into()];
        row.extend(study.reservations.iter().map(|r| r.map_or_else(|| "none given".into(), |r| Cell::from(number(r)))));
        grid.row(row);
    }
    for (name, solution) in &study.solutions {
        let mut row: Vec<Cell> = match &study.weights {
            Some(weights) if name == WEIGHTED_NASH => {
                let weights: Vec<String> = weights.iter().map(ToString::to_string).collect();
                vec![format!("{} {}", solution_title(name), weights.join(":")).into()]
            }
            _ => vec![solution_title(name).into()],
        };
        match solution {
            Some(package) => {
                row.extend(package.utilities.iter().map(|u| Cell::from(number(*u))));
                row.push(letters.iter().find(|(p, _)| *p == package).map_or("", |(_, l)| l.as_str()).into());
            }
            None => row.extend(scenario.parties.iter().map(|_| Cell::from("none"))),
        }
        grid.row(row);
    }
    grid.block().into_iter().collect()
}

/// What lotteries over packages add: nothing when each is one package.
fn lotteries(study: &Study) -> Vec<Block> {
    let drawn = |lottery: &&Mixture| lottery.lots.len() > 1;
    if !study.lotteries.values().flatten().any(|lottery| drawn(&lottery)) {
        return Vec::new();
    }
    let mut columns = vec!["Solution".to_string()];
    columns.extend(study.parties.iter().map(|p| format!("#{p}")));
    columns.push("Chances".into());
    let caption =
        "If a lottery over packages may be agreed: expected utility of each party (`--json` has the packages)";
    let mut grid = Grid::with(caption, columns);
    for (name, lottery) in &study.lotteries {
        let mut row: Vec<Cell> = vec![solution_title(name).into()];
        match lottery {
            Some(lottery) => {
                row.extend(lottery.expected.iter().map(|u| Cell::from(number(*u))));
                let chances: Vec<String> = lottery.lots.iter().map(|lot| number(lot.chance)).collect();
                row.push(if drawn(&lottery) { chances.join(" : ") } else { "one package".into() }.into());
            }
            None => row.extend(study.parties.iter().map(|_| Cell::from("none"))),
        }
        grid.row(row);
    }
    grid.block().into_iter().collect()
}

/// The packages of the solutions, each once, with a letter.
fn letters(study: &Study) -> Vec<(&Package, String)> {
    let mut seen: Vec<(&Package, String)> = Vec::new();
    for package in study.solutions.values().flatten() {
        if !seen.iter().any(|(p, _)| *p == package) {
            let letter = char::from_u32(u32::from('A') + u32::try_from(seen.len()).unwrap_or(0)).unwrap_or('?');
            seen.push((package, letter.to_string()));
        }
    }
    seen
}

fn packages(study: &Study) -> Vec<Block> {
    let letters = letters(study);
    if letters.is_empty() {
        return Vec::new();
    }
    // One row per issue; issues on which all packages agree say so once, in the first columns alike.
    let mut columns = vec!["Issue".to_string()];
    columns.extend(letters.iter().map(|(_, letter)| letter.clone()));
    let mut grid = Grid::with("The packages, issue by issue", columns);
    let issues: Vec<&String> = letters.first().map(|(p, _)| p.outcome.keys().collect()).unwrap_or_default();
    for issue in issues {
        let values: Vec<&str> = letters.iter().map(|(p, _)| p.outcome.get(issue).map_or("", String::as_str)).collect();
        let mut row: Vec<Cell> = vec![issue.as_str().into()];
        row.extend(values.into_iter().map(Cell::from));
        grid.row(row);
    }
    grid.block().into_iter().collect()
}

fn frontier(study: &Study) -> Vec<Block> {
    let points = &study.frontier.points;
    if points.len() < 2 {
        return Vec::new();
    }
    let mut columns: Vec<String> = study.parties.iter().map(|p| format!("#{p}")).collect();
    let shown = spread(points.len(), LISTED);
    let packages: Vec<(&Package, String)> =
        shown.iter().filter_map(|at| points.get(*at)).map(|p| (p, short(p))).collect();
    // Packages of many words would bury the numbers.
    let with_words = packages.iter().all(|(_, words)| words.chars().count() <= ONE_LINE);
    if with_words {
        columns.push("Package".into());
    }
    let caption = if shown.len() < points.len() {
        format!(
            "The frontier: {} of {} points, evenly spaced (`--frontier FILE` writes all)",
            shown.len(),
            grouped(&points.len().to_string())
        )
    } else {
        let rest = if with_words { "" } else { " (`--frontier FILE` writes it with its packages)" };
        format!("The frontier{rest}")
    };
    let mut grid = Grid::with(caption, columns);
    for (package, words) in packages {
        let mut row: Vec<Cell> = package.utilities.iter().map(|u| Cell::from(number(*u))).collect();
        if with_words {
            row.push(words.into());
        }
        grid.row(row);
    }
    grid.block().into_iter().collect()
}

/// A package in one line: its values in the order of the issues.
fn short(package: &Package) -> String {
    package.outcome.values().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// Positions evenly spaced, the first and the last among them.
fn spread(count: usize, most: usize) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    (0..most).map(|step| step * (count - 1) / (most - 1).max(1)).collect()
}

fn apart(study: &Study) -> Vec<String> {
    let measures = &study.measures;
    let mut lines = Vec::new();
    if let Some(opposition) = study.opposition {
        lines.push(format!(
            "Opposition {} (distance from the point of least difference to everybody's best, as GENIUS has it).",
            number(opposition)
        ));
    }
    if let Some(least) = measures.distance_to_best {
        lines.push(format!("Least distance of any outcome to everybody's best: {}.", number(least)));
    }
    let several = measures.pairs.len() > 1;
    for pair in &measures.pairs {
        let [a, b] = pair.parties.map(|at| study.parties.get(at).map_or("", String::as_str));
        let who = if several { format!(" of {a} and {b}") } else { String::new() };
        if let Some(correlation) = pair.correlation {
            let value = number(correlation);
            lines.push(format!("Correlation of utilities{who} over all outcomes: {value} (−1 opposed, 1 the same)."));
        }
        if let Some(conflict) = pair.conflict {
            let share = share_words(conflict);
            lines.push(format!("Pairs of outcomes that one ranks one way and the other the other way{who}: {share}."));
        }
    }
    lines
}

fn made(finding: &Finding<Study>) -> Vec<Block> {
    let made = &finding.made;
    let mut blocks =
        vec![paragraph(format!("{} Result: {}.", sentence(&made.method), super::method::exactness(&made.exactness)))];
    // Limits that were not reached say nothing about an exact answer.
    if made.exactness != Exactness::Exact {
        blocks.extend(made.limits.iter().map(|limit| Block::Note(plain(sentence(limit)))));
    }
    blocks
}

/// A text as a sentence: a capital letter in front, a full stop behind.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// Where one outcome stands.
#[must_use]
pub fn standing_section(study: &Study, standing: &Standing) -> Section {
    let mut text = String::new();
    if !standing.permitted {
        text.push_str("It breaks a rule of the scenario. ");
    }
    if standing.efficient {
        text.push_str("It is on the frontier: no outcome is better for one party and as good for the rest.");
    } else if standing.dominated_by > 0 {
        let count = standing.dominated_by;
        let _ = write!(
            text,
            "{} point{} of the frontier {} at least as good for everybody and better for somebody.",
            grouped(&count.to_string()),
            if count == 1 { "" } else { "s" },
            if count == 1 { "is" } else { "are" },
        );
    }
    let mut blocks = vec![paragraph(text)];
    let mut grid =
        Grid::new("What it is worth", &["Party", "#Utility", "#Most it could gain, nobody losing", "Reservation"]);
    let rows = study.parties.iter().zip(&standing.package.utilities).zip(&standing.gains_left).zip(&standing.rational);
    for (((party, utility), gain), rational) in rows {
        let kept = if *rational { "kept" } else { "not reached" };
        grid.row(vec![party.as_str().into(), number(*utility).into(), number(*gain).into(), kept.into()]);
    }
    blocks.extend(grid.block());
    let mut grid = Grid::new("How far it is, in utility", &["From", "#Distance"]);
    if let Some(distance) = standing.distance {
        grid.row(vec!["the nearest point of the frontier".into(), number(distance).into()]);
    }
    for (name, distance) in &standing.from_solutions {
        grid.row(vec![solution_title(name).into(), number(*distance).into()]);
    }
    blocks.extend(grid.block());
    Section { id: "standing".into(), title: "Where this outcome stands".into(), blocks }
}

/// Two scenarios beside each other.
#[must_use]
pub fn comparison_section(names: [&str; 2], studies: [&Study; 2], common: &[Package]) -> Section {
    let mut grid = Grid::with("Side by side", vec!["".into(), format!("#{}", names[0]), format!("#{}", names[1])]);
    let mut row = |label: &str, of: &dyn Fn(&Study) -> String| {
        grid.row(std::iter::once(Cell::from(label)).chain(studies.iter().map(|s| Cell::from(of(s)))).collect());
    };
    row("Parties", &|s| s.parties.len().to_string());
    row("Outcomes", &|s| grouped(&s.outcomes));
    row("Points of the frontier", &|s| grouped(&s.frontier.size.to_string()));
    row("Outcomes that give everybody its reservation value", &|s| {
        s.rational.outcomes.as_ref().map_or_else(|| format!("about {}", share_words(s.rational.share)), |c| grouped(c))
    });
    row("Opposition", &|s| s.opposition.map_or_else(|| "–".into(), number));
    for name in studies[0].solutions.keys() {
        row(solution_title(name), &|s| match s.solutions.get(name).and_then(Option::as_ref) {
            Some(package) => package.utilities.iter().map(|u| number(*u)).collect::<Vec<_>>().join(" · "),
            None => "none".into(),
        });
    }
    let sizes = studies.map(|s| s.frontier.points.len());
    let sentence = if common.len() == sizes[0] && common.len() == sizes[1] {
        "Both frontiers have the same packages.".to_string()
    } else {
        format!(
            "{} packages are on both frontiers; {} only on the first, {} only on the second.",
            common.len(),
            sizes[0].saturating_sub(common.len()),
            sizes[1].saturating_sub(common.len())
        )
    };
    let blocks = grid.block().into_iter().chain([paragraph(sentence)]).collect();
    Section { id: "comparison".into(), title: format!("{} and {}", names[0], names[1]), blocks }
}

/// The plot of a scenario: outcomes, frontier, solutions, reservation values, for two parties by position.
#[must_use]
pub fn utility_space_figure(
    scenario: &Scenario,
    study: &Study,
    cloud: &Cloud,
    (a, b): (usize, usize),
) -> Option<Figure> {
    let (one, other) = (study.parties.get(a)?, study.parties.get(b)?);
    let pair = |package: &Package| Some((*package.utilities.get(a)?, *package.utilities.get(b)?));
    let mut line: Vec<(f64, f64)> = study.frontier.points.iter().filter_map(pair).collect();
    line.sort_by(|x, y| x.0.total_cmp(&y.0).then(y.1.total_cmp(&x.1)));
    let reservation = [a, b].map(|at| study.reservations.get(at).copied().flatten());
    let marks = marks(study, &pair);
    let range = range(&cloud.points, &line, reservation);
    let dense = cloud.points.len() > DOTS;
    let many = study.parties.len() > 2;
    let twin = twin(study, [one, other]);
    Some(Figure {
        id: "utility-space".into(),
        title: if scenario.name.is_empty() {
            "Utility space".into()
        } else {
            format!("Utility space: {}", scenario.name)
        },
        description: format!(
            "Every outcome by its utility to {one} (across) and {other} (up){}; the frontier as a line; named solutions \
             as squares.{}",
            if dense { ", as a density" } else { "" },
            if cloud.sampled { " The density is of outcomes drawn at random." } else { "" }
        ),
        reading: plain(format!(
            "{} points are efficient{}; no outcome lies above and to the right of {}.",
            grouped(&study.frontier.size.to_string()),
            if many { " for all parties, shown here for two of them" } else { "" },
            if many { "all of them for every party" } else { "the line" }
        )),
        plot: Plot::UtilitySpace(UtilitySpace {
            x: format!("Utility of {one}"),
            y: format!("Utility of {other}"),
            outcomes: if dense { Vec::new() } else { cloud.points.clone() },
            density: if dense { density(&cloud.points, range) } else { Vec::new() },
            columns: if dense { CELLS } else { 0 },
            range,
            frontier: if many { thinned(line) } else { line },
            line: !many,
            reservation,
            marks,
        }),
        twin,
    })
}

/// The solutions as named points; those in one place share a label.
fn marks(study: &Study, pair: &dyn Fn(&Package) -> Option<(f64, f64)>) -> Vec<(String, f64, f64)> {
    let mut places: Vec<(Vec<&str>, f64, f64)> = Vec::new();
    for (name, solution) in &study.solutions {
        let Some((u, v)) = solution.as_ref().and_then(pair) else { continue };
        match places.iter_mut().find(|(_, x, y)| *x == u && *y == v) {
            Some((names, ..)) => names.push(solution_title(name)),
            None => places.push((vec![solution_title(name)], u, v)),
        }
    }
    let label = |names: &[&str]| match names {
        all if all.len() == study.solutions.len() => "All named solutions".to_string(),
        [first, second, rest @ ..] if rest.len() > 1 => format!("{first}, {second} and {} more", rest.len()),
        few => few.join(", "),
    };
    places.into_iter().map(|(names, u, v)| (label(&names), u, v)).collect()
}

/// Scattered points that a plot can show: a few thousand, evenly spaced.
fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let shown = spread(points.len(), DOTS);
    if shown.len() == points.len() {
        points
    } else {
        shown.into_iter().filter_map(|at| points.get(at).copied()).collect()
    }
}

fn twin(study: &Study, [one, other]: [&String; 2]) -> Table {
    let mut grid = Grid::with(
        "Named solutions and some of the frontier",
        vec!["Point".into(), format!("#{one}"), format!("#{other}")],
    );
    let pair = |package: &Package| {
        let mut utilities = package.utilities.iter().take(2).map(|u| Cell::from(number(*u)));
        [utilities.next().unwrap_or_default(), utilities.next().unwrap_or_default()]
    };
    for (name, solution) in &study.solutions {
        if let Some(package) = solution {
            grid.row(std::iter::once(solution_title(name).into()).chain(pair(package)).collect());
        }
    }
    for at in spread(study.frontier.points.len(), LISTED) {
        if let Some(package) = study.frontier.points.get(at) {
            grid.row(std::iter::once(format!("frontier {}", at + 1).into()).chain(pair(package)).collect());
        }
    }
    grid.table()
}

/// The ends of the axes: everything drawn, and 0 to 1 where that is the scale.
fn range(points: &[(f64, f64)], line: &[(f64, f64)], reservation: [Option<f64>; 2]) -> [f64; 4] {
    let ends = |values: &mut dyn Iterator<Item = f64>| {
        let (low, high) = values
            .filter(|v| v.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        if low >= 0.0 && high <= 1.0 + 1e-9 && high > 0.3 { (0.0, high.max(1.0)) } else { (low, high) }
    };
    let all = || points.iter().chain(line);
    let (left, right) = ends(&mut all().map(|p| p.0).chain(reservation[0]));
    let (bottom, top) = ends(&mut all().map(|p| p.1).chain(reservation[1]));
    [left, right, bottom, top]
}

/// Shares of the points in the cells of a grid over a range, row by row from the bottom.
fn density(points: &[(f64, f64)], [left, right, bottom, top]: [f64; 4]) -> Vec<f64> {
    let mut counts = vec![0u64; CELLS * CELLS];
    let cell = |value: f64, low: f64, high: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        ((share * CELLS as f64) as usize).min(CELLS - 1)
    };
    for (u, v) in points {
        if let Some(count) = counts.get_mut(cell(*v, bottom, top) * CELLS + cell(*u, left, right)) {
            *count += 1;
        }
    }
    counts.into_iter().map(|c| c as f64 / points.len().max(1) as f64).collect()
}

/// The name of a solution in words.
fn solution_title(name: &str) -> &str {
    if name == WEIGHTED_NASH {
        return "Weighted Nash";
    }
    crate::analysis::solutions::Solution::ALL.iter().find(|s| s.name() == name).map_or(name, |s| s.title())
}

/// A utility as it is printed: four decimals, fewer where they say nothing.
fn number(value: f64) -> String {
    let text = if value.abs() >= 1e6 { format!("{value:.0}") } else { format!("{value:.4}") };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text };
    if text == "-0" { "0".into() } else { text.replacen('-', "−", 1) }
}

/// A share of outcomes in words: in percent, or as a power of ten where it is tiny.
fn share_words(share: f64) -> String {
    if share <= 0.0 {
        "0\u{a0}%".into()
    } else if share < 1e-4 {
        format!("{share:.1e}")
    } else {
        format!("{:.2}\u{a0}%", share * 100.0)
    }
}

/// A whole number with commas, or as a power of ten beyond 10^15.
fn grouped(digits: &str) -> String {
    if digits.len() > 16 {
        let (head, rest) = digits.split_at(1);
        let next: String = rest.chars().take(2).collect();
        let power = digits.len() - 1;
        return if rest.bytes().all(|b| b == b'0') && head == "1" {
            format!("10^{power}")
        } else {
            format!("about {head}.{next}·10^{power}")
        };
    }
    let mut out = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_counts_are_read_at_a_glance() {
        assert_eq!(grouped("3024"), "3,024");
        assert_eq!(grouped("27"), "27");
        assert_eq!(grouped("1000000000000000000000000000000"), "10^30");
        assert_eq!(grouped("1230000000000000000000000000000"), "about 1.23·10^30");
    }

    #[test]
    fn utilities_have_no_idle_zeros() {
        assert_eq!([0.83, 1.0, -0.5, 0.0, 1234567.0].map(number), ["0.83", "1", "−0.5", "0", "1234567"]);
        assert_eq!(number(-0.000_001), "0");
    }

    #[test]
    fn a_long_frontier_is_shown_evenly() {
        assert_eq!(spread(3, 12), [0, 1, 2]);
        let some = spread(1000, 12);
        assert_eq!((some.len(), some[0], some[11]), (12, 0, 999));
    }
}
