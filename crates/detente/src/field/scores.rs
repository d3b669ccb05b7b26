//! What a summary says of the strategies.

use super::empirical::{Game, game};
use super::statistics::{Student, holm, rounded, sign_test, standard_error, two_sided};
use super::summary::{COMPARED, ENDINGS, Moments, Paired, Payoff, pair};
use super::watched::{OfModel, told};
use super::{Measure, Ready, Summary};
use crate::analysis::{Exactness, ShareOf};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// A mean with its 95 % interval (Student's t over cells: the repetitions of a session together count once).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Estimate {
    /// The mean over all sessions and seats.
    pub mean: f64,
    /// Lower end of the interval; `null` for fewer than two cells, or while rows are missing.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Cells that it rests on.
    pub cells: u64,
}

/// A strategy's score. Means are over all its sessions, in every role; a session in which it sits twice counts twice.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Score {
    /// Its place by the measure that the table is sorted by, from 1; equals share a place.
    pub place: u64,
    /// The strategy.
    pub strategy: String,
    /// Sessions, those in which it sits twice counted twice.
    pub sessions: u64,
    /// The share that ended with an agreement. Its interval (Wilson) counts sessions, repetitions among them.
    pub agreement: ShareOf,
    /// Gain over no agreement, 1 for the most it could gain.
    pub advantage: Option<Estimate>,
    /// Utility, on the scales of the files.
    pub utility: Option<Estimate>,
    /// Utility with what time took from it. Left out where no utility shrinks with time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discounted: Option<Estimate>,
    /// The sum of the utilities of all at the table.
    pub welfare: Option<Estimate>,
    /// The largest advantage at the table less the smallest.
    pub gap: Option<Estimate>,
    /// Distance to the nearest point of the frontier.
    pub to_frontier: Option<Estimate>,
    /// Distance to the Nash solution.
    pub to_nash: Option<Estimate>,
    /// Distance to the Kalai-Smorodinsky solution.
    pub to_kalai_smorodinsky: Option<Estimate>,
    /// Rounds.
    pub rounds: Option<Estimate>,
}

/// Two strategies compared, each difference taken in the same role of the same scenario against the same others, the
/// same party opening; the repetitions of a session together. Tests are two-sided. They take the differences as
/// independent draws from what the field could have held.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Pair {
    /// One strategy.
    pub first: String,
    /// The other.
    pub second: String,
    /// Places where both played.
    pub contexts: u64,
    /// What the first has more than the second, on average.
    pub difference: f64,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Places where the first has more.
    pub wins: u64,
    /// Places where the second has more.
    pub losses: u64,
    /// Paired t test; `null` where all differences are the same.
    pub t_test: Option<f64>,
    /// The same, corrected for the number of pairs looked at (Holm 1979).
    pub t_test_corrected: Option<f64>,
    /// Sign test on wins and losses, exact.
    pub sign_test: f64,
    /// The same, corrected for the number of pairs looked at (Holm 1979).
    pub sign_test_corrected: f64,
}

/// A scenario of the tournament.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OfScenario {
    /// Its name.
    pub scenario: String,
    /// The parties by name.
    pub parties: Vec<String>,
    /// The number of outcomes, in decimal.
    pub outcomes: String,
    /// Points of its frontier.
    pub frontier: u64,
    /// How good frontier and solutions are.
    pub exactness: Exactness,
    /// Sessions.
    pub sessions: u64,
    /// The share that ended with an agreement.
    pub agreement: ShareOf,
    /// Mean sum of utilities.
    pub welfare: Option<f64>,
    /// Mean distance to the nearest point of the frontier.
    pub to_frontier: Option<f64>,
    /// Mean distance to the Nash solution.
    pub to_nash: Option<f64>,
    /// Mean number of rounds.
    pub rounds: Option<f64>,
    /// What each strategy has here, by the measure that the table is sorted by.
    pub scores: IndexMap<String, Option<f64>>,
}

/// What the rows of a tournament say.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Scores {
    /// The measure by which strategies are placed and compared.
    pub by: Measure,
    /// Sessions played.
    pub sessions: u64,
    /// Sessions of the whole plan.
    pub planned: u64,
    /// The strategies, the best first.
    pub scores: Vec<Score>,
    /// Every two strategies compared, in the order of the scores.
    pub pairs: Vec<Pair>,
    /// How sessions ended.
    pub endings: IndexMap<String, u64>,
    /// Scenario by scenario.
    pub scenarios: Vec<OfScenario>,
    /// What each strategy (row) has on average where another (column) sits at the table, in the order of the scores;
    /// `null` where they never met.
    pub against: Vec<Vec<Option<f64>>>,
    /// The game of choosing a strategy for sessions between two parties; `null` where it cannot be made.
    pub game: Option<Game>,
    /// Why there is no game, where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_game: Option<String>,
    /// How well the models that rode along read the parties, the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<OfModel>,
    /// What is to be kept in mind, in sentences.
    pub notes: Vec<String>,
}

impl Scores {
    /// The scores by advantage, which means the same in every scenario, whatever its scale.
    #[must_use]
    pub fn of(ready: &Ready, summary: &Summary) -> Self {
        Scores::by(ready, summary, Measure::Advantage)
    }

    /// The scores by one of utility, advantage and discounted utility; by advantage when it is another measure.
    #[must_use]
    pub fn by(ready: &Ready, summary: &Summary, measure: Measure) -> Self {
        let by = if measure.is_own() { measure } else { Measure::Advantage };
        let at = COMPARED.iter().position(|one| *one == by).unwrap_or(0);
        let whole = summary.is_whole(ready.layout());
        let mut reader = Reader {
            scale: ready.scale(),
            repetitions: ready.layout().repetitions(),
            whole,
            student: Student::default(),
        };
        let names = ready.names();
        let order = order(summary, by);
        let discounts = (0..ready.layout().scenarios())
            .any(|at| ready.arena(at).0.parties.iter().any(|party| party.discount.is_some()));
        let mut scores: Vec<Score> = Vec::with_capacity(order.len());
        for strategy in &order {
            let Some(mut score) = score(&mut reader, summary, names, *strategy, discounts) else { continue };
            let mean = |score: &Score| score.measure(by).map(|e| e.mean);
            score.place = match scores.last() {
                Some(last) if mean(last) == mean(&score) => last.place,
                _ => scores.len() as u64 + 1,
            };
            scores.push(score);
        }
        let several = |first: usize, second: usize| {
            let cells = summary.payoffs.iter().filter_map(|p| p.get(first * names.len() + second)?.get(at));
            let all = cells.fold(Payoff::default(), |a, b| Payoff {
                count: a.count + b.count,
                sum: super::summary::Whole(a.sum.0.saturating_add(b.sum.0)),
            });
            reader.mean(&all, by)
        };
        let against = order.iter().map(|i| order.iter().map(|j| several(*i, *j)).collect()).collect();
        let (game, no_game) = match game(ready, summary, by) {
            Ok(game) => (Some(game), None),
            Err(why) => (None, Some(why)),
        };
        let count = |at: usize| summary.scenarios.iter().filter_map(|met| met.endings.get(at)).sum::<u64>();
        Scores {
            by,
            sessions: summary.rows(),
            planned: ready.layout().rows(),
            scores,
            against,
            game,
            no_game,
            endings: ENDINGS.iter().enumerate().map(|(at, name)| ((*name).to_string(), count(at))).collect(),
            scenarios: (0..ready.layout().scenarios())
                .filter_map(|scenario| of_scenario(&reader, ready, summary, scenario, by, at, &order))
                .collect(),
            pairs: pairs(&mut reader, summary, names, &order, at),
            models: told(ready, &summary.watched, &order),
            notes: notes(ready, whole),
        }
    }
}

impl Score {
    /// The estimate of a measure.
    #[must_use]
    pub fn measure(&self, measure: Measure) -> Option<&Estimate> {
        match measure {
            Measure::Utility => self.utility.as_ref(),
            Measure::Advantage => self.advantage.as_ref(),
            Measure::Discounted => self.discounted.as_ref().or(self.utility.as_ref()),
            Measure::Welfare => self.welfare.as_ref(),
            Measure::Gap => self.gap.as_ref(),
            Measure::ToFrontier => self.to_frontier.as_ref(),
            Measure::ToNash => self.to_nash.as_ref(),
            Measure::ToKalaiSmorodinsky => self.to_kalai_smorodinsky.as_ref(),
            Measure::Rounds => self.rounds.as_ref(),
        }
    }
}

/// From whole numbers to real ones.
struct Reader {
    scale: i128,
    repetitions: u64,
    whole: bool,
    student: Student,
}

impl Reader {
    fn scale(&self, measure: Measure) -> f64 {
        if measure == Measure::Rounds { 1.0 } else { self.scale as f64 }
    }

    fn mean(&self, sum: &Payoff, measure: Measure) -> Option<f64> {
        (sum.count > 0).then(|| rounded(sum.sum.0 as f64 / sum.count as f64 / self.scale(measure)))
    }

    fn estimate(&mut self, moments: &Moments, measure: Measure) -> Option<Estimate> {
        let mean = self.mean(&Payoff { count: moments.count, sum: moments.sum }, measure)?;
        // Cells count as one each only when all that was told is in cells.
        let told = self.whole && moments.cells.saturating_mul(self.repetitions) == moments.count;
        let error = if told { standard_error(moments.cells, moments.sum.0, moments.squares.0) } else { None };
        let half = error.map(|error| {
            error / self.repetitions as f64 / self.scale(measure) * self.student.quantile(moments.cells - 1)
        });
        Some(Estimate {
            mean,
            low: half.map(|half| rounded(mean - half)),
            high: half.map(|half| rounded(mean + half)),
            cells: moments.cells,
        })
    }
}

/// The strategies by a measure, the best first; equals in the order of the plan. Compared exactly.
fn order(summary: &Summary, by: Measure) -> Vec<usize> {
    let mean = |at: &usize| {
        let moments =
            summary.tallies.get(*at).and_then(|tally| tally.moments.get(by.at())).copied().unwrap_or_default();
        (moments.count > 0).then(|| {
            num_rational::Ratio::new(num_bigint::BigInt::from(moments.sum.0), num_bigint::BigInt::from(moments.count))
        })
    };
    let mut order: Vec<usize> = (0..summary.tallies.len()).collect();
    order.sort_by_cached_key(|at| std::cmp::Reverse(mean(at)));
    order
}

fn score(reader: &mut Reader, summary: &Summary, names: &[String], strategy: usize, discounts: bool) -> Option<Score> {
    let tally = summary.tallies.get(strategy)?;
    let mut of = |measure: Measure| reader.estimate(tally.moments.get(measure.at())?, measure);
    Some(Score {
        place: 0,
        strategy: names.get(strategy)?.clone(),
        sessions: tally.seats,
        agreement: ShareOf::new(tally.agreed, tally.seats),
        advantage: of(Measure::Advantage),
        utility: of(Measure::Utility),
        discounted: of(Measure::Discounted).filter(|_| discounts),
        welfare: of(Measure::Welfare),
        gap: of(Measure::Gap),
        to_frontier: of(Measure::ToFrontier),
        to_nash: of(Measure::ToNash),
        to_kalai_smorodinsky: of(Measure::ToKalaiSmorodinsky),
        rounds: of(Measure::Rounds),
    })
}

fn pairs(reader: &mut Reader, summary: &Summary, names: &[String], order: &[usize], at: usize) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (place, first) in order.iter().enumerate() {
        for second in order.iter().skip(place + 1) {
            let (one, other) = (*first.min(second), *first.max(second));
            let Some(paired) = summary.pairs.get(pair(names.len(), one, other)).and_then(|p| p.get(at)) else {
                continue;
            };
            if paired.contexts == 0 {
                continue;
            }
            let turned = first > second;
            pairs.push(compared(
                reader,
                paired,
                turned,
                [*first, *second].map(|s| names.get(s).cloned().unwrap_or_default()),
            ));
        }
    }
    let tested: Vec<usize> = (0..pairs.len()).filter(|at| pairs[*at].t_test.is_some()).collect();
    let corrected = holm(&tested.iter().filter_map(|at| pairs[*at].t_test).collect::<Vec<f64>>());
    for (at, p) in tested.into_iter().zip(corrected) {
        pairs[at].t_test_corrected = Some(rounded(p));
    }
    let corrected = holm(&pairs.iter().map(|pair| pair.sign_test).collect::<Vec<f64>>());
    for (pair, p) in pairs.iter_mut().zip(corrected) {
        pair.sign_test_corrected = rounded(p);
    }
    pairs
}

fn compared(reader: &mut Reader, paired: &Paired, turned: bool, [first, second]: [String; 2]) -> Pair {
    let sign = if turned { -1.0 } else { 1.0 };
    let unit = reader.repetitions as f64 * reader.scale as f64;
    let mean = sign * paired.sum.0 as f64 / paired.contexts as f64 / unit;
    let error = standard_error(paired.contexts, paired.sum.0, paired.squares.0).map(|error| error / unit);
    let half = error.map(|error| error * reader.student.quantile(paired.contexts - 1));
    let (wins, losses) = if turned { (paired.losses, paired.wins) } else { (paired.wins, paired.losses) };
    let sign_test = rounded(sign_test(wins, losses));
    Pair {
        first,
        second,
        contexts: paired.contexts,
        difference: rounded(mean),
        low: half.map(|half| rounded(mean - half)),
        high: half.map(|half| rounded(mean + half)),
        wins,
        losses,
        t_test: error.filter(|e| *e > 0.0).map(|error| rounded(two_sided(mean / error, paired.contexts - 1))),
        t_test_corrected: None,
        sign_test,
        sign_test_corrected: sign_test,
    }
}

fn of_scenario(
    reader: &Reader,
    ready: &Ready,
    summary: &Summary,
    scenario: usize,
    by: Measure,
    at: usize,
    order: &[usize],
) -> Option<OfScenario> {
    let met = summary.scenarios.get(scenario)?;
    let (content, yard) = ready.arena(scenario);
    let mean = |measure: Measure| reader.mean(met.sums.get(measure.at())?, measure);
    let own = |strategy: &usize| {
        let mean = met.strategies.get(*strategy).and_then(|sums| reader.mean(sums.get(at)?, by));
        Some((ready.names().get(*strategy)?.clone(), mean))
    };
    Some(OfScenario {
        scenario: ready.plan().scenarios.get(scenario)?.name.clone(),
        parties: content.parties.iter().map(|party| party.name.clone()).collect(),
        outcomes: content.space.count(),
        frontier: yard.frontier.len() as u64,
        exactness: yard.exactness.clone(),
        sessions: met.sessions,
        agreement: ShareOf::new(met.endings.first().copied().unwrap_or(0), met.sessions),
        welfare: mean(Measure::Welfare),
        to_frontier: mean(Measure::ToFrontier),
        to_nash: mean(Measure::ToNash),
        rounds: mean(Measure::Rounds),
        scores: order.iter().filter_map(own).collect(),
    })
}

/// What is to be kept in mind.
fn notes(ready: &Ready, whole: bool) -> Vec<String> {
    let layout = ready.layout();
    let plan = ready.plan();
    let mut notes = Vec::new();
    if !whole {
        notes.push("Not all sessions are played: means are of those that are, and there are no intervals.".to_string());
    }
    let capped = (0..layout.scenarios()).filter(|at| layout.cells(*at) < layout.all_cells(*at)).count();
    if capped > 0 {
        notes.push(format!(
            "In {capped} of {} scenarios not every seating is played: {} at the most, spread evenly, each strategy in \
             each role equally often.",
            layout.scenarios(),
            plan.most
        ));
    }
    let open = |at: &usize| ready.arena(*at).1.exactness != Exactness::Exact;
    let doubtful = (0..layout.scenarios()).filter(open).count();
    if doubtful > 0 {
        notes.push(format!(
            "In {doubtful} of {} scenarios frontier and solutions are not exact, so that distances to them are not.",
            layout.scenarios()
        ));
    }
    let idle = (0..layout.scenarios()).filter(|at| {
        let (scenario, yard) = ready.arena(*at);
        (0..scenario.parties.len()).any(|party| yard.advantage(party, 0).is_none())
    });
    let idle = idle.count();
    if idle > 0 {
        notes.push(format!(
            "In {idle} of {} scenarios a party can gain nothing over no agreement; it has no advantage there, and is left \
             out of that measure.",
            layout.scenarios()
        ));
    }
    if ready.scale() < 1_000_000_000 {
        notes.push(format!("Utilities are so large that sums are in whole numbers of 1/{}.", ready.scale()));
    }
    let knowing: Vec<String> =
        plan.strategies.iter().filter(|recipe| recipe.needs_others()).map(|recipe| format!("`{recipe}`")).collect();
    if !knowing.is_empty() {
        notes.push(format!("{} knows the true preferences of the others.", knowing.join(", ")));
    }
    let heedless: Vec<String> =
        plan.strategies.iter().filter(|r| r.ignores_reservation()).map(|r| format!("`{r}`")).collect();
    if !heedless.is_empty() {
        notes.push(format!(
            "{} may accept less than no agreement is worth to it, by its rule as published.",
            heedless.join(", ")
        ));
    }
    notes
}
