//! The game of choosing a strategy that the means of a tournament make.

use super::{DRAWN, grouped, line, number, share_words};
use crate::brief::content::{Block, Cell, Figure, Graph, Line, Plot, Tone, plain};
use crate::brief::sections::grid::Grid;
use crate::brief::sections::paragraph;
use crate::field::Scores;
use crate::field::empirical::{Dynamics, Game, Mix};

pub(super) fn game(scores: &Scores) -> Vec<Block> {
    let Some(game) = &scores.game else {
        return vec![paragraph(scores.no_game.clone().unwrap_or_default())];
    };
    let mut blocks = vec![paragraph(
        "Two players each choose a strategy from the field, not knowing which role they will have; each is paid the mean of \
         the table above. Best replies and equilibria are exact for these means; the means are of the sessions played.",
    )];
    blocks.extend(graph(game).map(|figure| Block::Figure(Box::new(figure))));
    let pure: Vec<Line> = (game.pure.iter())
        .map(|[a, b]| {
            line(&if a == b { format!("all choose `{a}`") } else { format!("one chooses `{a}`, the other `{b}`") })
        })
        .collect();
    if pure.is_empty() {
        blocks.push(paragraph("No two single strategies are best replies to each other."));
    } else {
        blocks.push(paragraph("Single strategies that are best replies to each other:"));
        blocks.push(Block::List(pure));
    }
    blocks.push(paragraph("Symmetric equilibria found (mixes against which no strategy does better):"));
    blocks.push(Block::List(game.equilibria.iter().map(|mix| line(&shares(mix))).collect()));
    blocks.push(Block::Paragraph(line(&field(&game.replicator))));
    blocks.push(path(game));
    blocks
}

fn shares(mix: &Mix) -> String {
    let parts: Vec<String> =
        mix.shares.iter().map(|(name, share)| format!("{} `{name}`", share_words(*share))).collect();
    format!("{}; worth {}", parts.join(", "), number(mix.value))
}

pub(super) fn equilibrium(mix: &Mix) -> String {
    format!("An equilibrium of choosing a strategy: {}.", shares(mix))
}

/// Where the field goes, in a sentence.
pub(super) fn field(dynamics: &Dynamics) -> String {
    let mut parts: Vec<(&String, &f64)> = dynamics.shares.iter().collect();
    parts.sort_by(|a, b| b.1.total_cmp(a.1));
    let most: Vec<String> =
        parts.iter().take(4).map(|(name, share)| format!("{} `{name}`", share_words(**share))).collect();
    let steps = dynamics.path.last().map_or(0, |step| step.steps);
    let settled = if dynamics.settled { "settles" } else { "has not settled" };
    format!(
        "A field that starts with equal shares, in which what does well grows (replicator dynamics), {settled} after {} \
         steps: {}. The most that one strategy does better in it: {}.",
        grouped(steps),
        most.join(", "),
        number(dynamics.regret)
    )
}

fn path(game: &Game) -> Block {
    let columns =
        std::iter::once("#Steps".to_string()).chain(game.strategies.iter().map(|name| format!("#{name}"))).collect();
    let mut grid = Grid::with("The field on its way: shares", columns);
    for step in &game.replicator.path {
        let shares = step.shares.iter().map(|share| Cell::from(share_words(*share)));
        grid.row(std::iter::once(Cell::from(grouped(step.steps))).chain(shares).collect());
    }
    Block::Fold(plain("The field on its way"), vec![Block::Table(grid.table())])
}

/// From each strategy an arrow to what does best against it.
fn graph(game: &Game) -> Option<Figure> {
    if game.strategies.len() > DRAWN {
        return None;
    }
    let at = |name: &String| game.strategies.iter().position(|one| one == name);
    let mut twin = Grid::new("What does best against each", &["Against", "Does best"]);
    let mut edges = Vec::new();
    for (against, best) in &game.best_replies {
        twin.row(vec![against.clone().into(), best.join(", ").into()]);
        edges.extend(best.iter().filter_map(|reply| Some((at(against)?, at(reply)?, String::new(), Tone::Plain))));
    }
    let itself: Vec<&String> =
        game.best_replies.iter().filter(|(own, best)| best.contains(own)).map(|(own, _)| own).collect();
    let reading = match itself.as_slice() {
        [] => "No strategy does best against itself.".to_string(),
        [one] => format!("{one} alone does best against itself."),
        some => {
            format!("{} do best against themselves.", some.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", "))
        }
    };
    let node = |name: &String| (name.clone(), String::new(), Tone::Plain);
    Some(Figure {
        id: "best-replies".into(),
        title: "Best replies".into(),
        description:
            "An arrow leads from each strategy to the one that does best against it; a strategy with an arrow to \
                      itself does best against itself."
                .into(),
        reading: plain(reading),
        plot: Plot::Graph(Graph { nodes: game.strategies.iter().map(node).collect(), edges }),
        twin: twin.table(),
    })
}
