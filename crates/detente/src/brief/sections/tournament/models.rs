//! How well models that rode along read the offers.

use super::{ACROSS, grouped, number};
use crate::brief::content::{Block, Cell};
use crate::brief::sections::grid::Grid;
use crate::brief::sections::paragraph;
use crate::field::{OfModel, Scores};

const HOW: &str = "A model hears the offers of one party and guesses what each outcome is worth to it. Here models rode along: \
                   they took no part (between two parties, a model of one starts with what the other knows: its own wishes). Their \
                   guesses at the end of each session are held against what the party truly wants: 1 is the true order of \
                   outcomes, 0 none, −1 upside down.";

/// The models, the one that orders outcomes best first; and what each gets of each strategy, where there is room.
pub(super) fn models(scores: &Scores) -> Vec<Block> {
    if scores.models.is_empty() {
        return Vec::new();
    }
    let mut grid = Grid::new(
        "How well models know a party at the end of a session, on average",
        &["Model", "#Spearman", "#Kendall", "#Pearson", "#Error", "#Watched"],
    );
    for model in &scores.models {
        let told = |value: Option<f64>| value.map_or_else(|| Cell::from("–"), |value| number(value).into());
        grid.row(vec![
            model.model.clone().into(),
            told(model.spearman),
            told(model.kendall),
            told(model.pearson),
            told(model.rmse),
            grouped(model.watched).into(),
        ]);
    }
    let mut blocks = vec![paragraph(HOW), Block::Table(grid.table())];
    blocks.extend(by_strategy(&scores.models));
    blocks
}

/// Spearman's correlation by the strategy of the party watched.
fn by_strategy(models: &[OfModel]) -> Option<Block> {
    let strategies: Vec<&String> = models.first()?.by_strategy.keys().collect();
    let mut columns = vec!["Strategy watched".to_string()];
    columns.extend(models.iter().take(ACROSS).map(|model| format!("#{}", model.model)));
    let mut grid = Grid::with("The same by the strategy of the party watched (Spearman)", columns);
    for strategy in strategies {
        let told = |model: &OfModel| {
            let value = model.by_strategy.get(strategy).copied().flatten();
            value.map_or_else(|| Cell::from("–"), |value| number(value).into())
        };
        grid.row(std::iter::once(Cell::from(strategy.as_str())).chain(models.iter().take(ACROSS).map(told)).collect());
    }
    Some(Block::Table(grid.table()))
}
