//! A tournament: who scores what, against whom, and what game of choosing that makes.

mod game;
mod models;

use super::grid::Grid;
use super::numbers::{large, thousands};
use super::paragraph;
use crate::analysis::{Exactness, ShareOf};
use crate::brief::content::{Bars, Block, Cell, Figure, Inline, Line, Plot, Section, Tone, plain};
use crate::field::{Estimate, Measure, OfScenario, Openings, Pair, Plan, Score, Scores};
use crate::talks::Binding;

/// Strategies of which a terminal has room for a table of each against each.
const ACROSS: usize = 7;
/// Strategies up to which they are drawn: as bars, and as a graph of best replies.
const DRAWN: usize = 40;

/// The page on a tournament, section by section.
#[must_use]
pub fn tournament_sections(plan: &Plan, scores: &Scores) -> Vec<Section> {
    let part = |id: &str, title: &str, blocks: Vec<Block>| Section { id: id.into(), title: title.into(), blocks };
    let mut board = vec![Block::Paragraph(line(&opening(plan, scores)))];
    board.extend(lead(scores).map(|text| Block::Paragraph(line(&text))));
    board.extend(bars(scores).map(|figure| Block::Figure(Box::new(figure))));
    board.extend(leaderboard(scores));
    board.extend(further(scores));
    board.extend(scores.notes.iter().map(|note| Block::Note(line(note))));
    let mut sections = vec![part("leaderboard", "Leaderboard", board)];
    let mut blocks = vec![matrix(scores)];
    blocks.extend(compared(scores, &scores.pairs.iter().collect::<Vec<_>>()).map(|table| {
        let count = scores.pairs.len();
        let words = format!("Every two strategies compared ({count} pair{})", if count == 1 { "" } else { "s" });
        Block::Fold(plain(words), vec![paragraph(HOW_COMPARED), table])
    }));
    sections.push(part("against", "Each against each", blocks));
    sections.push(part("game", "The game of choosing a strategy", game::game(scores)));
    sections.push(part("scenarios", "Scenario by scenario", vec![scenarios(scores)]));
    if !scores.models.is_empty() {
        sections.push(part("models", "How well models read the offers", models::models(scores)));
    }
    sections.push(part("endings", "How sessions ended", vec![Block::Figure(Box::new(endings(scores)))]));
    sections.push(part("made", "How it was measured", made(plan, scores)));
    sections
}

/// The tournament on a terminal: the leaderboard, neighbours compared, the game in a few lines.
#[must_use]
pub fn tournament_section(plan: &Plan, scores: &Scores) -> Section {
    let mut blocks = vec![Block::Paragraph(line(&opening(plan, scores)))];
    blocks.extend(lead(scores).map(|text| Block::Paragraph(line(&text))));
    blocks.extend(leaderboard(scores));
    if scores.scores.len() <= ACROSS {
        blocks.push(matrix(scores));
    }
    let next = |pair: &&Pair| {
        let at = |name: &String| scores.scores.iter().position(|score| score.strategy == *name);
        at(&pair.first).zip(at(&pair.second)).is_some_and(|(a, b)| a + 1 == b)
    };
    let neighbours: Vec<&Pair> = scores.pairs.iter().filter(next).collect();
    blocks.extend(compared(scores, &neighbours));
    if let Some(found) = &scores.game {
        blocks.extend(found.equilibria.iter().take(3).map(|mix| Block::Paragraph(line(&game::equilibrium(mix)))));
        blocks.push(Block::Paragraph(line(&game::field(&found.replicator))));
    }
    blocks.extend(models::models(scores));
    blocks.push(paragraph(ended(scores)));
    blocks.extend(scores.notes.iter().map(|note| Block::Note(line(note))));
    Section { id: "tournament".into(), title: "Tournament".into(), blocks }
}

fn opening(plan: &Plan, scores: &Scores) -> String {
    let (strategies, scenarios) = (plan.strategies.len(), plan.scenarios.len());
    let s = |n: usize| if n == 1 { "y" } else { "ies" };
    let alone = if plan.self_play { "itself among them" } else { "itself left out" };
    let opens = match plan.openings {
        Openings::Each => "each party opening in turn",
        Openings::First => "the first party opening",
    };
    let again = match plan.repetitions {
        0 | 1 => String::new(),
        n => format!(", {n} times each"),
    };
    let pieces = match plan.issue_by_issue {
        None => "",
        Some(Binding::Each) => "issue by issue, each agreement standing by itself; for an issue ",
        Some(Binding::Whole) => "issue by issue, nothing agreed until everything is; for an issue ",
    };
    format!(
        "{} sessions: {strategies} strateg{} in every role of {scenarios} scenario{}, against each other ({alone}), \
         {opens}{again}; {pieces}up to {} rounds under `{}`, seed {}.",
        grouped(scores.sessions),
        s(strategies),
        if scenarios == 1 { "" } else { "s" },
        plan.clock.rounds,
        plan.protocol,
        plan.seed
    )
}

/// Words in which a name between backticks stands out.
fn line(text: &str) -> Line {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    let inline = |(at, part): (usize, &str)| {
        if at % 2 == 1 { Inline::Strong(part.to_string()) } else { Inline::Text(part.to_string()) }
    };
    parts.map(inline).collect()
}

/// What is measured, in words.
fn title(measure: Measure) -> &'static str {
    match measure {
        Measure::Utility => "Utility",
        Measure::Advantage => "Advantage",
        Measure::Discounted => "Discounted utility",
        Measure::Welfare => "Welfare",
        Measure::Gap => "Gap",
        Measure::ToFrontier => "To frontier",
        Measure::ToNash => "To Nash",
        Measure::ToKalaiSmorodinsky => "To KS",
        Measure::Rounds => "Rounds",
    }
}

/// Who is first, and whether the next is clearly behind.
fn lead(scores: &Scores) -> Option<String> {
    let [first, second, ..] = scores.scores.as_slice() else { return None };
    let (a, b) = (first.measure(scores.by)?, second.measure(scores.by)?);
    let what = title(scores.by).to_lowercase();
    if first.place == second.place {
        return Some(format!(
            "`{}` and `{}` share the first place with {what} {}.",
            first.strategy,
            second.strategy,
            number(a.mean)
        ));
    }
    let pair = scores.pairs.iter().find(|pair| pair.first == first.strategy && pair.second == second.strategy);
    let doubt = match pair {
        None => String::new(),
        Some(pair) => {
            let clear = pair.sign_test_corrected < 0.05 && pair.t_test_corrected.is_some_and(|p| p < 0.05);
            let clear = clear && pair.wins > pair.losses;
            let tests = match pair.t_test_corrected {
                Some(p) => format!("sign test {}, t test {}", chance(pair.sign_test_corrected), chance(p)),
                None => format!("sign test {}", chance(pair.sign_test_corrected)),
            };
            format!(
                " The lead {} (it has more in {} places and less in {} of {}; {tests}, corrected).",
                match (clear, pair.losses > pair.wins) {
                    (true, _) => "is more than chance alone would give",
                    (false, true) => "is in the mean alone",
                    (false, false) => "may be chance",
                },
                grouped(pair.wins),
                grouped(pair.losses),
                grouped(pair.contexts)
            )
        }
    };
    Some(format!(
        "`{}` has the highest mean {what}, {}, before `{}` with {}.{doubt}",
        first.strategy,
        number(a.mean),
        second.strategy,
        number(b.mean)
    ))
}

fn estimate(estimate: Option<&Estimate>) -> Cell {
    estimate.map_or_else(|| "–".into(), |e| number(e.mean).into())
}

fn interval(estimate: Option<&Estimate>) -> Cell {
    match estimate.and_then(|e| e.low.zip(e.high)) {
        Some((low, high)) => format!("{} to {}", number(low), number(high)).into(),
        None => "–".into(),
    }
}

fn leaderboard(scores: &Scores) -> Option<Block> {
    let by = scores.by;
    let other = if by == Measure::Utility { Measure::Advantage } else { Measure::Utility };
    let mut grid = Grid::with(
        format!("By {}, with 95 % intervals", title(by).to_lowercase()),
        vec![
            "#".to_string() + " ",
            "Strategy".into(),
            format!("#{}", title(by)),
            "Interval".into(),
            format!("#{}", title(other)),
            "#Agreed".into(),
            "#Rounds".into(),
        ],
    );
    for score in &scores.scores {
        grid.row(vec![
            score.place.to_string().into(),
            score.strategy.clone().into(),
            estimate(score.measure(by)),
            interval(score.measure(by)),
            estimate(score.measure(other)),
            percent(&score.agreement).into(),
            score.rounds.map_or_else(|| "–".into(), |e| Cell::from(format!("{:.1}", e.mean))),
        ]);
    }
    grid.block()
}

/// The measures that a terminal has no room for.
fn further(scores: &Scores) -> Option<Block> {
    let measures = [
        Measure::Discounted,
        Measure::Welfare,
        Measure::Gap,
        Measure::ToFrontier,
        Measure::ToNash,
        Measure::ToKalaiSmorodinsky,
    ];
    let discounts = scores.scores.iter().any(|score| score.discounted.is_some());
    let measures: Vec<Measure> = measures.into_iter().filter(|m| *m != Measure::Discounted || discounts).collect();
    let mut columns = vec!["Strategy".to_string()];
    columns.extend(measures.iter().map(|measure| format!("#{}", title(*measure))));
    let caption = "Further measures: the sum of all utilities (welfare), the largest advantage at the table less the smallest \
                   (gap), distances in utility to the frontier and to the Nash and Kalai-Smorodinsky solutions";
    let mut grid = Grid::with(caption, columns);
    for score in &scores.scores {
        let values = measures.iter().map(|measure| estimate(score.measure(*measure)));
        grid.row(std::iter::once(Cell::from(score.strategy.clone())).chain(values).collect());
    }
    grid.block()
}

/// The scores as bars, where they are between 0 and 1.
fn bars(scores: &Scores) -> Option<Figure> {
    let of = |score: &Score| {
        let e = score.measure(scores.by)?;
        Some([e.mean, e.low.unwrap_or(e.mean), e.high.unwrap_or(e.mean)])
    };
    let inside = scores.scores.iter().filter_map(of).flatten().all(|x| (-0.05..=1.05).contains(&x));
    if !inside || scores.scores.len() > DRAWN {
        return None;
    }
    let what = title(scores.by);
    let mut twin = Grid::new(format!("{what} with its 95 % interval"), &["Strategy", "#Mean", "Interval"]);
    for score in &scores.scores {
        twin.row(vec![
            score.strategy.clone().into(),
            estimate(score.measure(scores.by)),
            interval(score.measure(scores.by)),
        ]);
    }
    let axis = match scores.by {
        Measure::Advantage => "share of the most that could be gained over no agreement",
        _ => "utility",
    };
    let (first, last) = (scores.scores.first()?, scores.scores.last()?);
    Some(Figure {
        id: "scores".into(),
        title: format!("{what} by strategy"),
        description: format!(
            "One bar for each strategy, the best first, with its 95 % interval. {what} runs from 0 to 1."
        ),
        reading: vec![
            Inline::Strong(first.strategy.clone()),
            Inline::Text(format!(" has {}, ", first.measure(scores.by).map_or_else(String::new, |e| number(e.mean)))),
            Inline::Strong(last.strategy.clone()),
            Inline::Text(format!(" {}.", last.measure(scores.by).map_or_else(String::new, |e| number(e.mean)))),
        ],
        plot: Plot::Bars(Bars {
            series: vec![what.to_string()],
            rows: scores.scores.iter().map(|score| (score.strategy.clone(), vec![of(score)])).collect(),
            axis: axis.into(),
        }),
        twin: twin.table(),
    })
}

/// What each has where each other sits; the best against a column is marked.
fn matrix(scores: &Scores) -> Block {
    let names = scores.scores.iter().map(|score| score.strategy.as_str());
    let mut columns = vec!["Row against column".to_string()];
    columns.extend(scores.scores.iter().enumerate().map(|(at, _)| format!("#{}", at + 1)));
    let caption = format!(
        "Mean {} of the row where the column sits at the table; columns are numbered as the rows. ● does best against the column",
        title(scores.by).to_lowercase()
    );
    let mut grid = Grid::with(caption, columns);
    let column = |at: usize| scores.against.iter().filter_map(move |row| row.get(at).copied().flatten());
    let best: Vec<f64> = (0..scores.scores.len()).map(|at| column(at).fold(f64::NEG_INFINITY, f64::max)).collect();
    for ((at, name), row) in names.enumerate().zip(&scores.against) {
        let cells = row.iter().zip(&best).map(|(value, best)| match value {
            Some(value) => {
                Cell { line: plain(number(*value)), tone: if value >= best { Tone::Open } else { Tone::Plain } }
            }
            None => "–".into(),
        });
        grid.row(std::iter::once(Cell::from(format!("{} {name}", at + 1))).chain(cells).collect());
    }
    Block::Table(grid.table())
}

const HOW_COMPARED: &str = "Each difference is taken in the same role of the same scenario against the same others, the same \
                            party opening. The tests take these differences as independent draws; they are not quite, as \
                            scenarios and opponents recur. Corrected for the number of pairs looked at (Holm).";

fn compared(scores: &Scores, pairs: &[&Pair]) -> Option<Block> {
    let caption = format!("Differences in {}: the first less the second", title(scores.by).to_lowercase());
    let columns = ["First", "Second", "#Difference", "95 % interval", "More · less · same", "#Sign test", "#t test"];
    let mut grid = Grid::new(caption, &columns);
    for pair in pairs {
        let same = pair.contexts - pair.wins - pair.losses;
        grid.row(vec![
            pair.first.clone().into(),
            pair.second.clone().into(),
            number(pair.difference).into(),
            match pair.low.zip(pair.high) {
                Some((low, high)) => format!("{} to {}", number(low), number(high)).into(),
                None => "–".into(),
            },
            format!("{} · {} · {}", grouped(pair.wins), grouped(pair.losses), grouped(same)).into(),
            chance(pair.sign_test_corrected).into(),
            pair.t_test_corrected.map_or_else(|| "–".into(), |p| Cell::from(chance(p))),
        ]);
    }
    grid.block()
}

fn scenarios(scores: &Scores) -> Block {
    let columns = [
        "Scenario",
        "#Parties",
        "#Outcomes",
        "#Frontier",
        "#Agreed",
        "#Welfare",
        "#To frontier",
        "#To Nash",
        "#Rounds",
        "Best here",
    ];
    let mut grid = Grid::new("What was negotiated, and how well", &columns);
    let mean = |value: Option<f64>| value.map_or_else(|| "–".into(), |value| Cell::from(number(value)));
    for scenario in &scores.scenarios {
        grid.row(vec![
            scenario.scenario.clone().into(),
            scenario.parties.len().to_string().into(),
            large(&scenario.outcomes).into(),
            format!(
                "{}{}",
                grouped(scenario.frontier),
                if scenario.exactness == Exactness::Exact { "" } else { " (not exact)" }
            )
            .into(),
            percent(&scenario.agreement).into(),
            mean(scenario.welfare),
            mean(scenario.to_frontier),
            mean(scenario.to_nash),
            scenario.rounds.map_or_else(|| "–".into(), |rounds| Cell::from(format!("{rounds:.1}"))),
            best(scenario).into(),
        ]);
    }
    Block::Table(grid.table())
}

fn best(scenario: &OfScenario) -> String {
    let most = scenario.scores.values().flatten().fold(f64::NEG_INFINITY, |most, value| most.max(*value));
    let best: Vec<&str> =
        scenario.scores.iter().filter(|(_, value)| **value == Some(most)).map(|(name, _)| name.as_str()).collect();
    match best.as_slice() {
        [] => "–".into(),
        [one] => format!("{one}, {}", number(most)),
        [one, rest @ ..] => format!("{one} and {} more, {}", rest.len(), number(most)),
    }
}

/// The words of an ending.
fn ending(name: &str) -> &str {
    match name {
        "agreed" => "with an agreement",
        "deadline" => "at the deadline",
        "left" => "as somebody walked away",
        "breakdown" => "as talks broke down by chance",
        "breach" => "by a move that the protocol does not allow",
        "refused" => "with nothing left to try, or the last text turned down",
        other => other,
    }
}

fn ended(scores: &Scores) -> String {
    let parts: Vec<String> = (scores.endings.iter().filter(|(_, count)| **count > 0))
        .map(|(name, count)| format!("{} {}", grouped(*count), ending(name)))
        .collect();
    format!("How sessions ended: {}.", parts.join(", "))
}

fn endings(scores: &Scores) -> Figure {
    let seen: Vec<(&String, &u64)> = scores.endings.iter().filter(|(_, count)| **count > 0).collect();
    let share = |count: u64| count as f64 / scores.sessions.max(1) as f64;
    let mut twin = Grid::new("How sessions ended", &["How", "#Sessions", "#Share"]);
    for (name, count) in &seen {
        twin.row(vec![ending(name).into(), grouped(**count).into(), share_words(share(**count)).into()]);
    }
    Figure {
        id: "endings".into(),
        title: "How sessions ended".into(),
        description: "One bar for each way in which sessions ended: its share of all sessions.".into(),
        reading: plain(ended(scores)),
        plot: Plot::Bars(Bars {
            series: vec!["share".into()],
            rows: seen
                .iter()
                .map(|(name, count)| (ending(name).to_string(), vec![Some([share(**count); 3])]))
                .collect(),
            axis: "share of sessions".into(),
        }),
        twin: twin.table(),
    }
}

fn made(plan: &Plan, scores: &Scores) -> Vec<Block> {
    let mut lines = vec![
        format!(
            "Chance is addressed by the seed ({}), the number of the session and the seat: the same plan gives the same rows, \
             on any number of threads and in any parts.",
            plan.seed
        ),
        "Advantage is the gain over no agreement as a share of the most the party could gain: (u − reservation) / (largest u − \
         reservation). Without a reservation value, no agreement counts 0; with negative utilities and no reservation value, the \
         least that can be."
            .to_string(),
        "Without agreement a party has what no agreement is worth to it, and distances are measured from there. Distances are \
         Euclidean, in the utilities of the files."
            .to_string(),
        "Intervals are Student's t over cells: sessions of the same scenario, seating and opening count once, however often \
         they are repeated. The interval of the share agreed is Wilson's, and counts sessions."
            .to_string(),
        "Sums are in whole numbers (utilities to nine decimals), so that their order makes no difference.".to_string(),
    ];
    if plan.clock.breakdown > 0.0 {
        lines.push(format!("After each round talks break down with a chance of {}.", plan.clock.breakdown));
    }
    if !plan.clock.known {
        lines.push("The seats do not know the number of rounds.".to_string());
    }
    if scores.scores.iter().any(|score| score.discounted.is_some()) {
        lines.push(
            "Discounted utility follows the file: GENIUS's factor to the power of round / (rounds + 1), NegMAS's factor to the \
             power of rounds passed."
                .to_string(),
        );
    }
    let mut scenarios = Grid::new("Scenarios as they were read (SHA-256 of their content)", &["Scenario", "Digest"]);
    for entrant in &plan.scenarios {
        scenarios.row(vec![entrant.name.clone().into(), entrant.digest.chars().take(16).collect::<String>().into()]);
    }
    let mut blocks = vec![Block::List(lines.into_iter().map(plain).collect())];
    blocks.push(Block::Fold(plain("Digests"), vec![Block::Table(scenarios.table())]));
    blocks
}

/// A number with three decimals, a true minus sign, and no minus before zero.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    if text.trim_start_matches(['-', '0', '.']).is_empty() { "0.000".into() } else { text.replacen('-', "−", 1) }
}

/// A share in percent, with one decimal where that says more.
fn share_words(share: f64) -> String {
    let percent = share * 100.0;
    if share <= 0.0 {
        "0\u{a0}%".into()
    } else if percent < 0.05 {
        "<0.1\u{a0}%".into()
    } else if (percent - percent.round()).abs() < 0.05 {
        format!("{percent:.0}\u{a0}%")
    } else {
        format!("{percent:.1}\u{a0}%")
    }
}

fn percent(share: &ShareOf) -> String {
    share_words(share.share)
}

/// A p-value: how often chance alone would do as much.
fn chance(p: f64) -> String {
    if p < 0.001 { "p\u{a0}<\u{a0}0.001".into() } else { format!("p\u{a0}=\u{a0}{p:.3}") }
}

fn grouped(n: u64) -> String {
    thousands(&n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!([0.5, -0.25, -0.0001, 12.3456].map(number), ["0.500", "−0.250", "0.000", "12.346"]);
        let words = [0.0, 0.0001, 0.125, 0.5, 1.0].map(|x| share_words(x).replace('\u{a0}', " "));
        assert_eq!(words, ["0 %", "<0.1 %", "12.5 %", "50 %", "100 %"]);
        assert_eq!([0.0001, 0.04].map(|p| chance(p).replace('\u{a0}', " ")), ["p < 0.001", "p = 0.040"]);
    }
}
