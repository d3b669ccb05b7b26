//! A plan ready to be played: scenarios opened, seats taken, strategies built.

use super::plan::Entrant;
use super::watched::watch;
use super::{Layout, Place, Plan, Unready, Yardstick};
use crate::analysis::Limits;
use crate::game::Scenario;
use crate::strategy::model::Model;
use crate::strategy::observe::Accuracy;
use crate::strategy::{Duel, Known, Strategy, Timetable, end_of_two, play, play_agenda};
use crate::talks::protocols::named;
use crate::talks::{Agenda, Binding, Clock, Ending, Protocol, Seat, Setting};
use smallvec::SmallVec;
use std::sync::{Arc, OnceLock};

/// A plan with all that is worked out once: seats, strategies, and what sessions are measured against.
pub struct Ready {
    plan: Plan,
    layout: Layout,
    names: Vec<String>,
    protocol: Box<dyn Protocol>,
    arenas: Vec<Arena>,
    /// What 1 is in the whole numbers of sums: a power of ten.
    scale: i128,
}

/// A scenario with what its sessions share.
struct Arena {
    scenario: Scenario,
    yardstick: Yardstick,
    tables: Vec<Opened>,
}

/// A scenario with one party opening. Seats are in the order of moves.
struct Opened {
    setting: Setting,
    seats: Vec<Arc<Seat>>,
    /// The strategies of the plan.
    strategies: Vec<Box<dyn Strategy>>,
    /// Where issues are negotiated one after the other: the scenario as it is opened, and the stages.
    stages: Option<(Scenario, Agenda)>,
    /// Models that ride along.
    watchers: Vec<Model>,
    /// Two seats as they are walked along, and what each strategy does at each of them, seat by seat; worked out when a
    /// session first asks. `None` inside: cannot be. Without: not under this protocol or clock.
    walks: Option<Walks>,
}

struct Walks {
    duel: OnceLock<Option<Duel>>,
    timetables: [Vec<OnceLock<Option<Timetable>>>; 2],
}

impl std::fmt::Debug for Ready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ready").field("plan", &self.plan).finish_non_exhaustive()
    }
}

impl Ready {
    /// Makes a plan ready, with its scenarios in the order of the plan.
    ///
    /// # Errors
    /// When the scenarios are not those of the plan, when a strategy or the protocol is not for so many parties or not
    /// for outcomes that cannot be listed, or when there is nothing to play.
    pub fn new(plan: Plan, scenarios: Vec<Scenario>) -> Result<Self, Unready> {
        let layout = Layout::of(&plan)?;
        if plan.scenarios.len() != scenarios.len() {
            return Err(Unready("the scenarios are not those of the plan".to_string()));
        }
        let names: Vec<String> = plan.strategies.iter().map(ToString::to_string).collect();
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names.iter().take(*at).any(|n| n == *name)) {
            return Err(Unready(format!("the strategy `{}` is given twice", twice.1)));
        }
        if plan.issue_by_issue.is_some() && !plan.watchers.is_empty() {
            return Err(Unready("models ride along where packages are negotiated, not issue by issue".to_string()));
        }
        let protocol = named(&plan.protocol).map_err(|why| Unready(why.to_string()))?;
        let mut arenas = Vec::with_capacity(scenarios.len());
        for (entrant, scenario) in plan.scenarios.iter().zip(scenarios) {
            if Entrant::of(&scenario).digest != entrant.digest {
                return Err(Unready(format!("“{}” is not as it was when the plan was made", entrant.name)));
            }
            arenas.push(Arena::of(&plan, entrant, scenario, protocol.as_ref())?);
        }
        let scale = scale(&plan, &layout, &arenas);
        Ok(Ready { plan, layout, names, protocol, arenas, scale })
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Which row is what.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The strategies by name.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A scenario, and what its sessions are measured against.
    ///
    /// # Panics
    /// Never for scenarios of the plan.
    #[must_use]
    pub fn arena(&self, scenario: usize) -> (&Scenario, &Yardstick) {
        let arena = &self.arenas[scenario.min(self.arenas.len() - 1)];
        (&arena.scenario, &arena.yardstick)
    }

    /// The most rounds of a session of a scenario, all its stages together.
    pub(super) fn rounds(&self, scenario: usize) -> u32 {
        let rounds = self.plan.clock.rounds;
        match self.plan.issue_by_issue {
            None => rounds,
            Some(binding) => {
                let (scenario, _) = self.arena(scenario);
                let stages = u32::try_from(scenario.space.issues.len()).unwrap_or(u32::MAX);
                rounds.saturating_mul(stages).saturating_add(u32::from(binding == Binding::Whole))
            }
        }
    }

    /// How a session ends, whatever it takes to find out, and what the models that ride along know then; `None` when there
    /// is no such session.
    pub(super) fn session(&self, place: &Place, index: u64) -> Option<(Ending, Vec<Accuracy>)> {
        let opened = self.arenas.get(place.scenario)?.tables.get(place.opens)?;
        let parties = place.strategies.len();
        let seated = (0..parties).map(|seat| place.strategies.get(place.party_at(seat)).copied());
        let seated: SmallVec<[usize; 4]> = seated.collect::<Option<_>>()?;
        let (clock, address) = (&self.plan.clock, (self.plan.seed, index));
        if let Some(ending) = opened.walked(&seated, clock, address) {
            return Some((ending, Vec::new()));
        }
        let strategies = seated.iter().map(|at| opened.strategies.get(*at).map(AsRef::as_ref));
        let strategies: SmallVec<[&dyn Strategy; 4]> = strategies.collect::<Option<_>>()?;
        let protocol = self.protocol.as_ref();
        if let Some((scenario, agenda)) = &opened.stages {
            let record = play_agenda(scenario, agenda, protocol, clock, &strategies, address).ok()?;
            return Some((record.ending, Vec::new()));
        }
        let played = play(&opened.setting, protocol, clock, &opened.seats, &strategies, address);
        let watched = watch(self, &opened.watchers, place, index, &played.session);
        Some((played.ending, watched))
    }

    /// What 1 is in the whole numbers of sums.
    pub(super) fn scale(&self) -> i128 {
        self.scale
    }
}

impl Opened {
    /// The end of a session of two strategies that say their turns: with their turns worked out, where they look at
    /// nothing but time.
    fn walked(&self, seated: &[usize], clock: &Clock, address: (u64, u64)) -> Option<Ending> {
        let walks = self.walks.as_ref()?;
        let [first, second] = seated else { return None };
        let table = |seat: usize, strategy: usize| {
            let work = || Timetable::of(self.strategies.get(strategy)?.as_ref(), self.seats.get(seat)?, clock);
            walks.timetables.get(seat)?.get(strategy)?.get_or_init(work).as_ref()
        };
        if let (Some(one), Some(other)) = (table(0, *first), table(1, *second)) {
            return walks.duel.get_or_init(|| Duel::of(&self.seats)).as_ref()?.end([one, other], clock, address);
        }
        let strategies = [self.strategies.get(*first)?.as_ref(), self.strategies.get(*second)?.as_ref()];
        end_of_two(&self.seats, &strategies, clock, address)
    }
}

impl Walks {
    /// Where sessions may be walked along: alternating offers between two, and a clock with nothing but rounds and breakdown.
    fn of(plan: &Plan, parties: usize, protocol: &dyn Protocol) -> Option<Self> {
        // Turns of all strategies at all seats; more take more memory than they save time.
        const MOST_TURNS: u64 = 1 << 22;
        let turns = (plan.scenarios.len() * plan.strategies.len() * 4) as u64 * u64::from(plan.clock.rounds);
        let plain = plan.clock.known && plan.clock.moves.is_empty() && turns <= MOST_TURNS;
        let bare = plan.issue_by_issue.is_none() && plan.watchers.is_empty();
        let fits = plain && bare && parties == 2 && matches!(protocol.name(), "sao" | "sao-negmas");
        let tables = || plan.strategies.iter().map(|_| OnceLock::new()).collect();
        fits.then(|| Walks { duel: OnceLock::new(), timetables: [tables(), tables()] })
    }
}

impl Arena {
    fn of(plan: &Plan, entrant: &Entrant, scenario: Scenario, protocol: &dyn Protocol) -> Result<Self, Unready> {
        let parties = scenario.parties.len();
        let name = &entrant.name;
        let (fewest, most) = protocol.seats();
        if parties < fewest || parties > most {
            return Err(Unready(format!(
                "the protocol `{}` is not for the {parties} parties of “{name}”",
                plan.protocol
            )));
        }
        protocol.fits(&Setting::of(&scenario)).map_err(|why| Unready(format!("“{name}”: {why}")))?;
        let openings = if plan.openings == super::Openings::Each { parties } else { 1 };
        let mut tables = Vec::with_capacity(openings);
        let mut most = vec![0; parties];
        for opens in 0..openings {
            let mut turned = scenario.clone();
            turned.parties.rotate_left(opens);
            let seats = Seat::all(&turned).map_err(|why| Unready(format!("“{name}”: {why}")))?;
            if opens == 0 {
                for (most, seat) in most.iter_mut().zip(&seats) {
                    let best = seat.menu().best();
                    *most =
                        best.ok_or_else(|| Unready(format!("“{name}” has no outcome that keeps its rules")))?.utility;
                }
            }
            let listed = || seats.iter().all(|seat| seat.menu().list().is_some());
            let known = Known::of(&turned);
            let mut strategies = Vec::with_capacity(plan.strategies.len());
            for recipe in &plan.strategies {
                let (fewest, most) = recipe.seats();
                if parties < fewest || parties > most {
                    return Err(Unready(format!("`{recipe}` is not for the {parties} parties of “{name}”")));
                }
                if recipe.needs_list() && !listed() {
                    return Err(Unready(format!(
                        "`{recipe}` needs to list the outcomes of “{name}”, and they are too many"
                    )));
                }
                strategies.push(recipe.build(&known).map_err(|why| Unready(why.to_string()))?);
            }
            let watchers = plan.watchers.iter().map(|watcher| watcher.build(&known));
            let watchers = watchers.collect::<Result<_, _>>().map_err(|why| Unready(why.to_string()))?;
            let walks = Walks::of(plan, parties, protocol);
            let setting = Setting::of(&turned);
            let agenda = plan.issue_by_issue.map(|binding| Agenda::issue_by_issue(&turned, binding));
            if let Some(agenda) = &agenda {
                agenda.fits(&turned).map_err(|why| Unready(format!("“{name}”: {why}")))?;
            }
            let stages = agenda.map(|agenda| (turned, agenda));
            tables.push(Opened { setting, seats, strategies, stages, watchers, walks });
        }
        let yardstick = Yardstick::of(&scenario, most, Limits::default());
        Ok(Arena { scenario, yardstick, tables })
    }
}

/// The largest power of ten up to 10^9 for which sums over all rows of squares of sums over a cell fit, whatever the rows.
#[expect(clippy::cast_precision_loss, reason = "a bound with room to spare")]
fn scale(plan: &Plan, layout: &Layout, arenas: &[Arena]) -> i128 {
    let mut largest = 1.0_f64;
    for Arena { scenario, yardstick, .. } in arenas {
        let mut sum = 0.0;
        for (at, party) in scenario.parties.iter().enumerate() {
            let (low, high) = party.utility.range();
            let nothing = yardstick.nothing.get(at).copied().unwrap_or(0);
            let ends = [low, high, nothing].map(|u| party.utility.real(u).abs());
            sum += ends.into_iter().fold(0.0, f64::max) + cost(party.discount.as_ref(), plan.clock.rounds);
            let (gain, most) = yardstick.advantage(at, low.min(nothing)).unwrap_or((0, 1));
            largest = largest.max(gain as f64 / most as f64).max(-(gain as f64) / most as f64);
        }
        // Distances are at most twice the sum of all sizes.
        largest = largest.max(2.0 * sum);
    }
    let repetitions = f64::from(plan.repetitions.max(1));
    let cells = layout.rows() as f64 / repetitions * 4.0;
    let fits = |scale: f64| 4.0 * cells * (repetitions * 2.0 * largest * scale).powi(2) < 2.0_f64.powi(124);
    (0..=9).rev().map(|power| 10_i128.pow(power)).find(|scale| fits(*scale as f64)).unwrap_or(1)
}

fn cost(discount: Option<&crate::game::Discount>, rounds: u32) -> f64 {
    match discount {
        Some(crate::game::Discount::Cost { cost, power, over_deadline }) => {
            let time = if *over_deadline { 1.0 } else { f64::from(rounds) };
            (cost * time.powf(*power)).abs()
        }
        _ => 0.0,
    }
}
