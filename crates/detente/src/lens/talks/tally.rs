//! Counts over sessions, in whole numbers.

use super::run::{Run, TENTHS};
use super::setup::Setup;
use super::{After, End, Ended, Fan, Gate, LevelReached, Meantime, PartyTalks, Quantiles, Referrals, Settled, Signed};
use crate::game::Outcome;
use crate::lens::ShareOf;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Agreements that are listed.
const LISTED: usize = 12;
/// Agreements that are told apart; further ones are counted together.
const APART: usize = 20_000;
/// Thousandths of a scale: how finely numbers are kept for their quantiles.
const FINE: f64 = 1000.0;

/// A number over sessions, kept in thousandths with how often each came up.
#[derive(Debug, Clone, Default)]
pub(super) struct Spread(BTreeMap<i64, u64>);

impl Spread {
    #[expect(clippy::cast_possible_truncation, reason = "shares of a scale and numbers of meetings")]
    fn add(&mut self, number: f64) {
        *self.0.entry((number * FINE).round() as i64).or_default() += 1;
    }

    fn at(&self, share: f64) -> f64 {
        let all: u64 = self.0.values().sum();
        let mut passed = 0u64;
        for (number, times) in &self.0 {
            passed += times;
            if passed as f64 >= share * all as f64 {
                return *number as f64 / FINE;
            }
        }
        0.0
    }

    pub(super) fn quantiles(&self) -> Quantiles {
        Quantiles { low: self.at(0.1), middle: self.at(0.5), high: self.at(0.9) }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is counted of one seat.
#[derive(Debug, Clone, Default)]
struct OfSeat {
    walked: u64,
    referrals: Referrals,
    gain: Spread,
    borne: Spread,
    asked: [Spread; TENTHS],
}

/// How a session ended: why, the seat that ended it where one did, and whether something was signed.
type Ending = (End, Option<usize>, bool);

/// Counts over sessions.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub sessions: u64,
    pub signed: u64,
    outcomes: BTreeMap<Outcome, u64>,
    apart: u64,
    levels: Vec<u64>,
    /// By issue and digit.
    settled: Vec<BTreeMap<u16, u64>>,
    endings: BTreeMap<Ending, u64>,
    meetings: Spread,
    seats: Vec<OfSeat>,
    stands: u64,
    gates: Vec<u64>,
    drifts: Vec<u64>,
    incidents: Vec<u64>,
    unratified: Vec<u64>,
}

impl Tally {
    pub(super) fn new(setup: &Setup<'_>) -> Self {
        Tally {
            levels: vec![0; setup.levels.len()],
            settled: vec![BTreeMap::new(); setup.space.issues.len()],
            seats: vec![OfSeat::default(); setup.seats.len()],
            gates: vec![0; setup.frame.gates.len()],
            drifts: vec![0; setup.frame.drifts.len()],
            incidents: vec![0; setup.frame.shocks.len() + setup.frame.spoilers.len()],
            unratified: vec![0; setup.frame.ratifications.len()],
            ..Tally::default()
        }
    }

    pub(super) fn add(&mut self, setup: &Setup<'_>, run: &Run) {
        self.sessions += 1;
        self.meetings.add(f64::from(run.meetings));
        if let Some(end) = run.end {
            *self.endings.entry((end, run.by, run.signed.is_some())).or_default() += 1;
            if let (End::Left, Some(by)) = (end, run.by)
                && let Some(seat) = self.seats.get_mut(by)
            {
                seat.walked += 1;
            }
        }
        if let Some(outcome) = &run.signed {
            self.sign(setup, outcome);
        }
        self.stands += u64::from(run.stands);
        self.gates.iter_mut().zip(&run.closed).for_each(|(count, closed)| *count += u64::from(*closed));
        once(&mut self.drifts, &run.drifted);
        once(&mut self.incidents, &run.incidents);
        once(&mut self.unratified, &run.unratified);
        for (at, seat) in self.seats.iter_mut().enumerate() {
            run.gain.get(at).into_iter().for_each(|gain| seat.gain.add(*gain));
            run.borne.get(at).into_iter().for_each(|borne| seat.borne.add(*borne));
            run.referrals.get(at).into_iter().for_each(|referrals| seat.referrals.add(referrals));
            let asked = run.asked.get(at).into_iter().flatten();
            for (spread, asked) in seat.asked.iter_mut().zip(asked) {
                asked.iter().for_each(|asked| spread.add(*asked));
            }
        }
    }

    fn sign(&mut self, setup: &Setup<'_>, outcome: &Outcome) {
        self.signed += 1;
        if self.outcomes.len() < APART || self.outcomes.contains_key(outcome) {
            *self.outcomes.entry(outcome.clone()).or_default() += 1;
        } else {
            self.apart += 1;
        }
        for (reached, (_, level)) in self.levels.iter_mut().zip(&setup.levels) {
            *reached += u64::from(level.holds(outcome));
        }
        for issue in setup.space.moved(outcome) {
            if let Some(values) = self.settled.get_mut(issue) {
                *values.entry(outcome.digit(issue)).or_default() += 1;
            }
        }
    }

    fn share(&self, hits: u64) -> ShareOf {
        ShareOf::new(hits, self.sessions)
    }

    /// How often something is signed.
    pub(super) fn rate(&self) -> ShareOf {
        self.share(self.signed)
    }

    /// What was signed, and how often something else was.
    pub(super) fn agreements(&self, setup: &Setup<'_>) -> (Vec<Signed>, Option<ShareOf>) {
        let mut all: Vec<(&Outcome, u64)> = self.outcomes.iter().map(|(outcome, times)| (outcome, *times)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let listed: u64 = all.iter().take(LISTED).map(|(_, times)| times).sum();
        let signed =
            |(outcome, times): &(&Outcome, u64)| Signed { outcome: terms(setup, outcome), share: self.share(*times) };
        let rest = self.signed - listed;
        (all.iter().take(LISTED).map(signed).collect(), (rest > 0).then(|| self.share(rest)))
    }

    pub(super) fn levels(&self, setup: &Setup<'_>) -> Vec<LevelReached> {
        let one = |((id, _), hits): (&(String, _), &u64)| LevelReached { id: id.clone(), share: self.share(*hits) };
        setup.levels.iter().zip(&self.levels).map(one).collect()
    }

    pub(super) fn settled(&self, setup: &Setup<'_>) -> Vec<Settled> {
        let one = |(issue, values): (&crate::game::Issue, &BTreeMap<u16, u64>)| {
            let mut each: Vec<(u16, u64)> = values.iter().map(|(digit, times)| (*digit, *times)).collect();
            each.sort_by_key(|(digit, times)| (std::cmp::Reverse(*times), *digit));
            let named = |(digit, times): &(u16, u64)| {
                Some((issue.values.get(usize::from(*digit))?.id.clone(), self.share(*times)))
            };
            Settled {
                issue: issue.id.clone(),
                share: self.share(values.values().sum()),
                values: each.iter().filter_map(named).collect(),
            }
        };
        setup.space.issues.iter().zip(&self.settled).map(one).collect()
    }

    pub(super) fn endings(&self, setup: &Setup<'_>) -> Vec<Ended> {
        let mut all: Vec<(&Ending, &u64)> = self.endings.iter().collect();
        all.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let one = |((how, by, signed), times): (&Ending, &u64)| Ended {
            how: *how,
            party: by.and_then(|seat| Some(setup.party(seat)?.id.clone())),
            signed: *signed,
            share: self.share(*times),
        };
        all.into_iter().map(one).collect()
    }

    pub(super) fn meetings(&self) -> Quantiles {
        self.meetings.quantiles()
    }

    pub(super) fn parties(&self, setup: &Setup<'_>) -> Vec<PartyTalks> {
        let one = |(at, seat): (usize, &OfSeat)| {
            let party = setup.party(at)?;
            Some(PartyTalks {
                id: party.id.clone(),
                name: party.name.clone(),
                walked: self.share(seat.walked),
                referrals: seat.referrals,
                gain: seat.gain.quantiles(),
                borne: seat.borne.quantiles(),
            })
        };
        self.seats.iter().enumerate().filter_map(one).collect()
    }

    pub(super) fn gates(&self, setup: &Setup<'_>) -> Vec<Gate> {
        let one = |(gate, hits): (&crate::talks::course::Gate, &u64)| Gate {
            claim: gate.name.clone(),
            closed: self.share(*hits),
        };
        setup.frame.gates.iter().zip(&self.gates).map(one).collect()
    }

    pub(super) fn meanwhile(&self, setup: &Setup<'_>) -> Vec<Meantime> {
        let frame = &setup.frame;
        let drift = |(drift, hits): (&super::frame::Moving, &u64)| {
            let issue = setup.space.issues.get(drift.issue)?;
            let value = issue.values.get(usize::from(drift.to))?;
            let what = format!("{} moves to: {}", issue.name, value.label);
            Some(Meantime { claim: drift.claim.clone(), what, share: self.share(*hits) })
        };
        let shock = |(shock, hits): (&super::frame::Shocking, &u64)| Meantime {
            claim: shock.claim.clone(),
            what: shock.name.clone(),
            share: self.share(*hits),
        };
        let drifts = frame.drifts.iter().zip(&self.drifts).filter_map(drift);
        drifts.chain(frame.shocks.iter().zip(&self.incidents).map(shock)).collect()
    }

    pub(super) fn after(&self, setup: &Setup<'_>) -> Option<After> {
        let frame = &setup.frame;
        if frame.ratifications.is_empty() && frame.spoilers.is_empty() {
            return None;
        }
        let failed = |(pass, hits): (&super::frame::Passing, &u64)| (pass.claim.clone(), self.share(*hits));
        let undone = |(undo, hits): (&super::frame::Undoing, &u64)| (undo.claim.clone(), self.share(*hits));
        Some(After {
            stands: self.share(self.stands),
            unratified: frame.ratifications.iter().zip(&self.unratified).map(failed).collect(),
            undone: frame.spoilers.iter().zip(self.incidents.iter().skip(frame.shocks.len())).map(undone).collect(),
        })
    }

    pub(super) fn fan(&self, setup: &Setup<'_>) -> Vec<Fan> {
        let one = |(at, seat): (usize, &OfSeat)| {
            let point = |(tenth, spread): (usize, &Spread)| {
                (!spread.is_empty()).then(|| (tenth as f64 / (TENTHS - 1) as f64, spread.quantiles()))
            };
            let points = seat.asked.iter().enumerate().filter_map(point).collect();
            Some(Fan { party: setup.party(at)?.id.clone(), points })
        };
        self.seats.iter().enumerate().filter_map(one).collect()
    }
}

/// Counts each position that came up, once a session.
fn once(counts: &mut [u64], happened: &[usize]) {
    for (at, count) in counts.iter_mut().enumerate() {
        *count += u64::from(happened.contains(&at));
    }
}

impl Referrals {
    fn add(&mut self, one: &Referrals) {
        self.sessions += one.sessions;
        self.referred += one.referred;
        self.approved += one.approved;
        self.refused += one.refused;
        self.extended += one.extended;
        self.recalled += one.recalled;
        self.barred += one.barred;
    }
}

/// The issues an outcome moves, with their values.
pub(super) fn terms(setup: &Setup<'_>, outcome: &Outcome) -> IndexMap<String, String> {
    let mut named = setup.space.named(outcome);
    let moved: Vec<&String> =
        setup.space.moved(outcome).into_iter().filter_map(|at| Some(&setup.space.issues.get(at)?.id)).collect();
    named.retain(|issue, _| moved.contains(&issue));
    named
}
