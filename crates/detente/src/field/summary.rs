//! Sums over rows, in whole numbers, which merge exactly in any order.

use super::watched::{self, Sums};
use super::{Layout, Ready, Row, fixed};
use crate::talks::How;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// What is measured of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The utility that a party has in the end, on the scale of its file.
    Utility,
    /// Its gain over no agreement, 1 for the most it can gain: `(u - reservation) / (max - reservation)`.
    Advantage,
    /// Its utility with what time took from it; where its utility does not shrink with time, the utility.
    Discounted,
    /// The sum of the utilities of all.
    Welfare,
    /// The largest advantage at the table less the smallest.
    Gap,
    /// The distance to the nearest point of the frontier.
    ToFrontier,
    /// The distance to the Nash solution.
    ToNash,
    /// The distance to the Kalai-Smorodinsky solution.
    ToKalaiSmorodinsky,
    /// The rounds that it took.
    Rounds,
}

impl Measure {
    /// All of them, in the order of a report.
    pub const ALL: [Measure; 9] = [
        Measure::Utility,
        Measure::Advantage,
        Measure::Discounted,
        Measure::Welfare,
        Measure::Gap,
        Measure::ToFrontier,
        Measure::ToNash,
        Measure::ToKalaiSmorodinsky,
        Measure::Rounds,
    ];

    /// Its key in data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Measure::Utility => "utility",
            Measure::Advantage => "advantage",
            Measure::Discounted => "discounted",
            Measure::Welfare => "welfare",
            Measure::Gap => "gap",
            Measure::ToFrontier => "to_frontier",
            Measure::ToNash => "to_nash",
            Measure::ToKalaiSmorodinsky => "to_kalai_smorodinsky",
            Measure::Rounds => "rounds",
        }
    }

    /// Whether it is of one party; else it is the same for all at the table.
    #[must_use]
    pub fn is_own(self) -> bool {
        matches!(self, Measure::Utility | Measure::Advantage | Measure::Discounted)
    }

    pub(super) fn at(self) -> usize {
        self as usize
    }
}

/// Measures in all.
pub(super) const MEASURES: usize = Measure::ALL.len();
/// Measures by which strategies are compared and the empirical game is made.
pub(super) const COMPARED: [Measure; 3] = [Measure::Utility, Measure::Advantage, Measure::Discounted];
/// The endings in the order in which they are counted.
pub(super) const ENDINGS: [&str; 6] = ["agreed", "deadline", "left", "breakdown", "breach", "refused"];

/// A whole number in full: JSON readers cut numbers of this size, so it is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Whole(pub(super) i128);

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map(Whole).map_err(serde::de::Error::custom)
    }
}

/// A sum of a measure over seats, and over cells the sum of squares of the cell's own sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Moments {
    /// Seats counted, one for each session.
    pub(super) count: u64,
    pub(super) sum: Whole,
    /// Cells of complete tables.
    pub(super) cells: u64,
    /// Over these, the squares of the sum of a cell.
    pub(super) squares: Whole,
}

/// What is known of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Seats it had, one for each session and seat.
    pub(super) seats: u64,
    /// Of these, how many ended with an agreement that it was in.
    pub(super) agreed: u64,
    pub(super) moments: [Moments; MEASURES],
}

/// Two strategies compared in the same role of the same scenario against the same others, the same party opening; over
/// complete tables, by the sums of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Paired {
    pub(super) contexts: u64,
    /// The first less the second.
    pub(super) sum: Whole,
    pub(super) squares: Whole,
    pub(super) wins: u64,
    pub(super) losses: u64,
}

/// What a strategy has against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Payoff {
    pub(super) count: u64,
    pub(super) sum: Whole,
}

/// What is known of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Met {
    pub(super) sessions: u64,
    pub(super) endings: [u64; ENDINGS.len()],
    /// Over sessions, for measures that are of all at the table.
    pub(super) sums: [Payoff; MEASURES],
    /// Per strategy and compared measure.
    pub(super) strategies: Vec<[Payoff; COMPARED.len()]>,
}

/// A cell of a table that is not complete: sums over its repetitions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Cell {
    /// First the measures of all at the table, then those of each party in turn; how often each was told, and its sum.
    sums: Vec<Payoff>,
}

/// A table that is not complete.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Table {
    scenario: usize,
    opens: usize,
    /// Rows in it.
    played: u64,
    cells: BTreeMap<u64, Cell>,
}

/// Sums over rows of a plan. Nothing else of the rows is kept, so a summary is as large for a million rows as for ten
/// thousand: it grows with the square of the number of strategies.
///
/// Utilities and the other measures are whole numbers of 10⁻⁹ (coarser where utilities are so large that sums would not
/// fit): rounded once per session, to the nearest, exact where the decimals of the file are at most nine. Sums of these
/// are exact, so that the order of rows and of merging makes no difference.
///
/// Intervals and comparisons rest on *cells*, the repetitions of a session together, and on *tables*, all seatings of a
/// scenario with one party opening. A table is counted once it is complete; until then its cells are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The rows in it: ranges in order that do not touch.
    covered: Vec<(u64, u64)>,
    pub(super) tallies: Vec<Tally>,
    /// Pairs of strategies, the first before the second, in order; per compared measure.
    pub(super) pairs: Vec<[Paired; COMPARED.len()]>,
    /// What each strategy has where another sits at the table: row by row, in the order of the plan; between two
    /// parties, then among more.
    pub(super) payoffs: [Vec<[Payoff; COMPARED.len()]>; 2],
    pub(super) scenarios: Vec<Met>,
    /// What models that rode along knew: model by model, by the strategy of the party watched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) watched: Vec<Sums>,
    /// Tables that are not complete, in order of scenario and opening.
    open: Vec<Table>,
}

/// Two summaries have rows in common, so that merging them would count these twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap;

impl std::fmt::Display for Overlap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the summaries have rows in common")
    }
}

impl std::error::Error for Overlap {}

impl Moments {
    fn add(&mut self, other: &Moments) {
        self.count += other.count;
        self.sum.0 = self.sum.0.saturating_add(other.sum.0);
        self.cells += other.cells;
        self.squares.0 = self.squares.0.saturating_add(other.squares.0);
    }
}

impl Payoff {
    pub(super) fn one(&mut self, value: i128) {
        self.count += 1;
        self.sum.0 = self.sum.0.saturating_add(value);
    }

    pub(super) fn add(&mut self, other: &Payoff) {
        self.count += other.count;
        self.sum.0 = self.sum.0.saturating_add(other.sum.0);
    }
}

impl Paired {
    fn add(&mut self, other: &Paired) {
        self.contexts += other.contexts;
        self.sum.0 = self.sum.0.saturating_add(other.sum.0);
        self.squares.0 = self.squares.0.saturating_add(other.squares.0);
        self.wins += other.wins;
        self.losses += other.losses;
    }
}

/// The position of a pair of strategies, the first before the second.
pub(super) fn pair(strategies: usize, first: usize, second: usize) -> usize {
    // Pairs (0, 1), (0, 2), …, (1, 2), …: those of earlier firsts come before.
    first * strategies - first * (first + 1) / 2 + second - first - 1
}

/// The measures of a row in whole numbers: of all at the table, and of each party.
struct Measured {
    all: [Option<i128>; MEASURES],
    own: SmallVec<[[Option<i128>; COMPARED.len()]; 2]>,
}

impl Measured {
    fn of(ready: &Ready, row: &Row) -> Self {
        let scale = ready.scale();
        let (scenario, yard) = ready.arena(row.place.scenario);
        let real = |value: Option<f64>| value.map(|value| fixed::real(value, scale));
        let own: SmallVec<[[Option<i128>; COMPARED.len()]; 2]> = (row.whole.iter().zip(&scenario.parties).enumerate())
            .map(|(at, (whole, party))| {
                let utility = fixed::fraction(*whole, party.utility.unit, scale);
                let advantage = yard.advantage(at, *whole).map(|(gain, most)| fixed::fraction(gain, most, scale));
                let discounted = row.discounted.get(at).copied().flatten();
                [Some(utility), advantage, real(discounted).or(Some(utility))]
            })
            .collect();
        let mut all = [None; MEASURES];
        let mut set = |measure: Measure, value: Option<i128>| {
            if let Some(at) = all.get_mut(measure.at()) {
                *at = value;
            }
        };
        set(Measure::Welfare, Some(own.iter().filter_map(|own| own[0]).sum()));
        set(Measure::Gap, real(row.gap));
        set(Measure::ToFrontier, real(row.to_frontier));
        set(Measure::ToNash, real(row.to_nash));
        set(Measure::ToKalaiSmorodinsky, real(row.to_kalai_smorodinsky));
        set(Measure::Rounds, Some(i128::from(row.rounds)));
        Measured { all, own }
    }

    /// The measures as a party has them.
    fn of_party(&self, party: usize) -> [Option<i128>; MEASURES] {
        let mut measures = self.all;
        let own = self.own.get(party).copied().unwrap_or_default();
        for (measure, value) in COMPARED.iter().zip(own) {
            if let Some(at) = measures.get_mut(measure.at()) {
                *at = value;
            }
        }
        measures
    }
}

impl Summary {
    /// The summary of no row of a plan.
    #[must_use]
    pub fn of(ready: &Ready) -> Self {
        let layout = ready.layout();
        let n = layout.strategies();
        Summary {
            covered: Vec::new(),
            tallies: vec![Tally::default(); n],
            pairs: vec![Default::default(); n * n.saturating_sub(1) / 2],
            payoffs: [(); 2].map(|()| vec![Default::default(); n * n]),
            scenarios: vec![Met { strategies: vec![Default::default(); n], ..Met::default() }; layout.scenarios()],
            watched: vec![Sums::default(); ready.plan().watchers.len() * n],
            open: Vec::new(),
        }
    }

    /// The number of rows in it.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.covered.iter().map(|(start, end)| end - start).sum()
    }

    /// The rows in it, as ranges in order.
    #[must_use]
    pub fn covered(&self) -> &[(u64, u64)] {
        &self.covered
    }

    /// Whether every row of the plan is in it.
    #[must_use]
    pub fn is_whole(&self, layout: &Layout) -> bool {
        self.covered == [(0, layout.rows())]
    }

    /// Adds a row that is not in it. A row that is counts nothing.
    pub fn add(&mut self, ready: &Ready, row: &Row) {
        if self.cover((row.index, row.index + 1)).is_err() {
            return;
        }
        let layout = ready.layout();
        let measured = Measured::of(ready, row);
        let ending = ENDINGS.iter().position(|name| *name == super::row::ending(row.how)).unwrap_or(0);
        let agreed = row.how == How::Agreed;
        let Some(met) = self.scenarios.get_mut(row.place.scenario) else { return };
        met.sessions += 1;
        if let Some(count) = met.endings.get_mut(ending) {
            *count += 1;
        }
        for (sum, value) in met.sums.iter_mut().zip(measured.all) {
            value.into_iter().for_each(|value| sum.one(value));
        }
        let strategies = layout.strategies();
        let several = usize::from(row.place.strategies.len() > 2);
        for (party, strategy) in row.place.strategies.iter().enumerate() {
            let own = measured.own.get(party).copied().unwrap_or_default();
            if let Some(sums) = met.strategies.get_mut(*strategy) {
                sums.iter_mut().zip(own).for_each(|(sum, value)| value.into_iter().for_each(|v| sum.one(v)));
            }
            if let Some(tally) = self.tallies.get_mut(*strategy) {
                tally.seats += 1;
                tally.agreed += u64::from(agreed);
                for (moments, value) in tally.moments.iter_mut().zip(measured.of_party(party)) {
                    if let Some(value) = value {
                        moments.count += 1;
                        moments.sum.0 = moments.sum.0.saturating_add(value);
                    }
                }
            }
            for (_, against) in row.place.strategies.iter().enumerate().filter(|(at, _)| *at != party) {
                if let Some(sums) = self.payoffs[several].get_mut(strategy * strategies + against) {
                    sums.iter_mut().zip(own).for_each(|(sum, value)| value.into_iter().for_each(|v| sum.one(v)));
                }
            }
        }
        watched::add(&mut self.watched, row, strategies);
        let at = self.table(row.place.scenario, row.place.opens);
        let Some(table) = self.open.get_mut(at) else { return };
        table.played += 1;
        let cell = table.cells.entry(row.place.cell).or_default();
        let flat = measured.all.iter().chain(measured.own.iter().flatten());
        cell.sums.resize(MEASURES + COMPARED.len() * measured.own.len(), Payoff::default());
        cell.sums.iter_mut().zip(flat).for_each(|(sum, value)| value.iter().for_each(|v| sum.one(*v)));
        self.close(at, layout);
    }

    /// The position of a table among those that are not complete; it is put there if it is new.
    fn table(&mut self, scenario: usize, opens: usize) -> usize {
        match self.open.binary_search_by_key(&(scenario, opens), |table| (table.scenario, table.opens)) {
            Ok(at) => at,
            Err(at) => {
                self.open.insert(at, Table { scenario, opens, ..Table::default() });
                at
            }
        }
    }

    /// Adds another summary of other rows of the same plan. The order of merging makes no difference.
    ///
    /// # Errors
    /// When they have rows in common; nothing is added then.
    pub fn merge(&mut self, other: Summary, layout: &Layout) -> Result<(), Overlap> {
        let before = self.covered.clone();
        for range in &other.covered {
            if let Err(overlap) = self.cover(*range) {
                self.covered = before;
                return Err(overlap);
            }
        }
        for (tally, more) in self.tallies.iter_mut().zip(&other.tallies) {
            tally.seats += more.seats;
            tally.agreed += more.agreed;
            tally.moments.iter_mut().zip(&more.moments).for_each(|(a, b)| a.add(b));
        }
        for (pairs, more) in self.pairs.iter_mut().zip(&other.pairs) {
            pairs.iter_mut().zip(more).for_each(|(a, b)| a.add(b));
        }
        for (payoffs, more) in self.payoffs.iter_mut().flatten().zip(other.payoffs.iter().flatten()) {
            payoffs.iter_mut().zip(more).for_each(|(a, b)| a.add(b));
        }
        for (met, more) in self.scenarios.iter_mut().zip(&other.scenarios) {
            met.sessions += more.sessions;
            met.endings.iter_mut().zip(&more.endings).for_each(|(a, b)| *a += b);
            met.sums.iter_mut().zip(&more.sums).for_each(|(a, b)| a.add(b));
            let strategies = met.strategies.iter_mut().flatten().zip(more.strategies.iter().flatten());
            strategies.for_each(|(a, b)| a.add(b));
        }
        self.watched.iter_mut().zip(&other.watched).for_each(|(a, b)| a.add(b));
        for more in other.open {
            let at = self.table(more.scenario, more.opens);
            let Some(table) = self.open.get_mut(at) else { continue };
            table.played += more.played;
            for (number, more) in more.cells {
                let cell = table.cells.entry(number).or_default();
                cell.sums.resize(cell.sums.len().max(more.sums.len()), Payoff::default());
                cell.sums.iter_mut().zip(&more.sums).for_each(|(a, b)| a.add(b));
            }
            self.close(at, layout);
        }
        Ok(())
    }

    /// Puts a range among those that are covered, and joins those that touch.
    fn cover(&mut self, (start, end): (u64, u64)) -> Result<(), Overlap> {
        let at = self.covered.partition_point(|range| range.0 < start);
        let before = at.checked_sub(1).and_then(|before| self.covered.get(before).copied());
        let after = self.covered.get(at).copied();
        if before.is_some_and(|range| range.1 > start) || after.is_some_and(|range| range.0 < end) {
            return Err(Overlap);
        }
        match (before.filter(|range| range.1 == start), after.filter(|range| range.0 == end)) {
            (Some(left), Some(right)) => {
                self.covered.remove(at);
                self.covered[at - 1] = (left.0, right.1);
            }
            (Some(left), None) => self.covered[at - 1] = (left.0, end),
            (None, Some(right)) => self.covered[at] = (start, right.1),
            (None, None) => self.covered.insert(at, (start, end)),
        }
        Ok(())
    }

    /// Counts a table once it is complete.
    fn close(&mut self, at: usize, layout: &Layout) {
        let repetitions = layout.repetitions();
        let whole = |table: &Table| table.played == layout.cells(table.scenario).saturating_mul(repetitions);
        if !self.open.get(at).is_some_and(whole) {
            return;
        }
        let Table { scenario, cells, .. } = self.open.remove(at);
        // What a cell has of a measure, as a party has it, where every repetition tells it.
        let value = |cell: &Cell, party: usize, measure: Measure| {
            let at = match COMPARED.iter().position(|one| *one == measure) {
                Some(own) => MEASURES + party * COMPARED.len() + own,
                None => measure.at(),
            };
            cell.sums.get(at).filter(|told| told.count == repetitions).map(|told| told.sum.0)
        };
        for (at, cell) in &cells {
            for (party, strategy) in layout.seated(scenario, *at).into_iter().enumerate() {
                let Some(tally) = self.tallies.get_mut(strategy) else { continue };
                for (measure, moments) in Measure::ALL.iter().zip(&mut tally.moments) {
                    if let Some(value) = value(cell, party, *measure) {
                        moments.cells += 1;
                        moments.squares.0 = moments.squares.0.saturating_add(value.saturating_mul(value));
                    }
                }
            }
        }
        let strategies = layout.strategies();
        for context in layout.contexts(scenario) {
            for (at, (first, one)) in context.who.iter().enumerate() {
                for (second, other) in context.who.iter().skip(at + 1) {
                    let (Some(one), Some(other)) = (cells.get(one), cells.get(other)) else { continue };
                    let Some(pairs) = self.pairs.get_mut(pair(strategies, *first, *second)) else { continue };
                    for (measure, paired) in COMPARED.iter().zip(pairs) {
                        let own = value(one, context.role, *measure);
                        let Some((a, b)) = own.zip(value(other, context.role, *measure)) else { continue };
                        let difference = a.saturating_sub(b);
                        paired.contexts += 1;
                        paired.sum.0 = paired.sum.0.saturating_add(difference);
                        paired.squares.0 = paired.squares.0.saturating_add(difference.saturating_mul(difference));
                        // Rounding once a session can set equal sums apart by this much, and no more.
                        let same = i128::from(repetitions);
                        paired.wins += u64::from(difference > same);
                        paired.losses += u64::from(difference < -same);
                    }
                }
            }
        }
    }
}
