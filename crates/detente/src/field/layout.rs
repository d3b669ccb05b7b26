//! Which row is what: by arithmetic, so that a plan of a million rows is as small as one of ten.

use super::{Openings, Plan, Unready};
use std::collections::BTreeMap;

/// More rows than this are no plan.
const MOST_ROWS: u64 = 1 << 50;

/// What a plan lays out: rows in the order of scenarios, then who opens, then who sits where, then repetitions.
///
/// The rows of one scenario with one opening are a *table*; those of it with one seating are a *cell*.
#[derive(Debug, Clone)]
pub struct Layout {
    strategies: u64,
    repetitions: u64,
    seed: u64,
    scenarios: Vec<Laid>,
    rows: u64,
    /// Where strategies are compared, by number of parties.
    contexts: BTreeMap<usize, Vec<Context>>,
}

#[derive(Debug, Clone)]
struct Laid {
    first: u64,
    parties: usize,
    seating: Seating,
}

/// The ways of seating strategies at a number of seats.
#[derive(Debug, Clone)]
struct Seating {
    /// Ways in which the others differ from the first seat, in steps along the list of strategies.
    blocks: u64,
    /// Those that are taken.
    taken: u64,
    /// 1 where the block in which all sit with themselves is left out.
    skipped: u64,
    /// From one block taken to the next.
    stride: u64,
    start: u64,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The scenario, by its position in the plan.
    pub scenario: usize,
    /// The party that opens.
    pub opens: usize,
    /// The number of the seating among those of the scenario.
    pub cell: u64,
    /// The strategy of each party, by its position in the plan.
    pub strategies: Vec<usize>,
    /// Which repetition, from 0.
    pub repetition: u32,
}

impl Place {
    /// The party that sits at a seat: the one that opens sits first.
    pub(super) fn party_at(&self, seat: usize) -> usize {
        (seat + self.opens) % self.strategies.len().max(1)
    }

    /// The seat at which a party sits.
    pub(super) fn seat_of(&self, party: usize) -> usize {
        let parties = self.strategies.len().max(1);
        (party + parties - self.opens % parties) % parties
    }
}

/// Strategies with the cells that they play in.
type Players = Vec<(usize, u64)>;

/// A role and who sits in the others: strategies that play there, with their cells, in order.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub(super) role: usize,
    pub(super) who: Players,
}

impl Seating {
    fn of(plan: &Plan, parties: usize) -> Option<Self> {
        let strategies = plan.strategies.len() as u64;
        let all = strategies.checked_pow(u32::try_from(parties.checked_sub(1)?).ok()?)?;
        let skipped = u64::from(!plan.self_play && parties > 1);
        let blocks = all.checked_sub(skipped)?;
        let taken = blocks.min((plan.most / strategies.max(1)).max(1));
        // Steps of a golden section of the whole spread any number of blocks evenly; without a common divisor, none
        // is taken twice.
        let mut stride = ((blocks as f64 * 0.618_033_988_749_895) as u64).max(1);
        while num_integer::gcd(stride, blocks.max(1)) != 1 {
            stride += 1;
        }
        let whole = taken == blocks;
        let start = if whole { 0 } else { plan.seed % blocks.max(1) };
        Some(Seating { blocks, taken, skipped, stride: if whole { 1 } else { stride }, start })
    }

    fn count(&self, strategies: u64) -> u64 {
        self.taken.saturating_mul(strategies)
    }

    /// Who sits where in a cell.
    fn seated(&self, cell: u64, strategies: u64, parties: usize) -> Vec<usize> {
        let strategies = strategies.max(1);
        let (block, first) = (cell / strategies, cell % strategies);
        let along = u128::from(block) * u128::from(self.stride) + u128::from(self.start);
        let mut offsets = u64::try_from(along % u128::from(self.blocks.max(1))).unwrap_or(0) + self.skipped;
        let mut seated = vec![0usize; parties];
        for (party, seat) in seated.iter_mut().enumerate() {
            let offset = if party == 0 { 0 } else { offsets % strategies };
            if party > 0 {
                offsets /= strategies;
            }
            *seat = usize::try_from((first + offset) % strategies).unwrap_or(0);
        }
        seated
    }
}

impl Layout {
    /// The layout of a plan.
    ///
    /// # Errors
    /// When there is nothing to play, or more than can be counted.
    pub fn of(plan: &Plan) -> Result<Self, Unready> {
        let fault = |why: &str| Err(Unready(why.to_string()));
        if plan.scenarios.is_empty() {
            return fault("a tournament needs a scenario");
        }
        if plan.strategies.is_empty() {
            return fault("a tournament needs a strategy");
        }
        if plan.strategies.len() < 2 && !plan.self_play {
            return fault("without self-play a tournament needs two strategies");
        }
        let (strategies, repetitions) = (plan.strategies.len() as u64, u64::from(plan.repetitions.max(1)));
        let mut scenarios = Vec::new();
        let mut rows: u64 = 0;
        let mut contexts = BTreeMap::new();
        for entrant in &plan.scenarios {
            let parties = entrant.parties;
            if parties < 2 {
                return Err(Unready(format!("“{}” has fewer than two parties", entrant.name)));
            }
            let too_many = || Unready(format!("“{}” has more seatings than can be counted", entrant.name));
            let seating = Seating::of(plan, parties).ok_or_else(too_many)?;
            let openings = if plan.openings == Openings::Each { parties as u64 } else { 1 };
            let count = seating.count(strategies).checked_mul(openings).and_then(|n| n.checked_mul(repetitions));
            let first = rows;
            rows = count.and_then(|n| rows.checked_add(n)).filter(|n| *n <= MOST_ROWS).ok_or_else(too_many)?;
            contexts.entry(parties).or_insert_with(|| joined(&seating, strategies, parties));
            scenarios.push(Laid { first, parties, seating });
        }
        Ok(Layout { strategies, repetitions, seed: plan.seed, scenarios, rows, contexts })
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The seed of all chance; with the index of a row it addresses what happens in it.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What a row is; `None` beyond the last.
    #[must_use]
    pub fn place(&self, row: u64) -> Option<Place> {
        if row >= self.rows {
            return None;
        }
        let scenario = self.scenarios.partition_point(|laid| laid.first <= row).checked_sub(1)?;
        let laid = self.scenarios.get(scenario)?;
        let within = row - laid.first;
        let (cell, repetition) = (within / self.repetitions, within % self.repetitions);
        let cells = laid.seating.count(self.strategies).max(1);
        let (opens, cell) = (cell / cells, cell % cells);
        Some(Place {
            scenario,
            opens: usize::try_from(opens).ok()?,
            cell,
            strategies: laid.seating.seated(cell, self.strategies, laid.parties),
            repetition: u32::try_from(repetition).ok()?,
        })
    }

    /// The number of strategies.
    pub(super) fn strategies(&self) -> usize {
        usize::try_from(self.strategies).unwrap_or(usize::MAX)
    }

    /// How often each session is played.
    pub(super) fn repetitions(&self) -> u64 {
        self.repetitions
    }

    /// The number of scenarios.
    pub(super) fn scenarios(&self) -> usize {
        self.scenarios.len()
    }

    /// The number of parties of a scenario.
    pub(super) fn parties(&self, scenario: usize) -> usize {
        self.scenarios.get(scenario).map_or(0, |laid| laid.parties)
    }

    /// The number of cells of a table of a scenario.
    pub(super) fn cells(&self, scenario: usize) -> u64 {
        self.scenarios.get(scenario).map_or(0, |laid| laid.seating.count(self.strategies))
    }

    /// The number of all ways of seating, taken or not.
    pub(super) fn all_cells(&self, scenario: usize) -> u64 {
        self.scenarios.get(scenario).map_or(0, |laid| laid.seating.blocks.saturating_mul(self.strategies))
    }

    /// Who sits where in a cell of a scenario.
    pub(super) fn seated(&self, scenario: usize, cell: u64) -> Vec<usize> {
        let laid = self.scenarios.get(scenario);
        laid.map_or_else(Vec::new, |laid| laid.seating.seated(cell, self.strategies, laid.parties))
    }

    /// Where strategies are compared in a scenario: same role, same others.
    pub(super) fn contexts(&self, scenario: usize) -> &[Context] {
        self.contexts.get(&self.parties(scenario)).map_or(&[], Vec::as_slice)
    }
}

/// The cells joined by role and by who sits in the other roles.
fn joined(seating: &Seating, strategies: u64, parties: usize) -> Vec<Context> {
    let mut all: BTreeMap<(usize, Vec<usize>), Players> = BTreeMap::new();
    for cell in 0..seating.count(strategies) {
        let seated = seating.seated(cell, strategies, parties);
        for (role, own) in seated.iter().enumerate() {
            let mut others = seated.clone();
            others.remove(role);
            all.entry((role, others)).or_default().push((*own, cell));
        }
    }
    let mut contexts: Vec<Context> = all.into_iter().map(|((role, _), who)| Context { role, who }).collect();
    contexts.iter_mut().for_each(|context| context.who.sort_unstable());
    contexts
}
