//! Every protocol with every strategy, and how a pair of them is played.

use super::Cheat;
use detente::game::{Formula, Issue, IssueKind, Profile, Scenario, Space, Stream, Utility, Value};
use detente::strategy::{Known, Recipe, Strategy, ask, entries};
use detente::talks::protocols::{listed, named};
use detente::talks::{Ask, Clock, Ending, Event, Move, Protocol, Record, Seat, Session, Setting};
use rayon::prelude::*;
use std::sync::Arc;

pub(crate) const ROUNDS: u32 = 12;
pub(crate) const SEED: u64 = 20;

/// Protocols that bind a seat to what it did not accept itself, and why.
pub(crate) const BINDS_WITHOUT_CONSENT: [(&str, &str); 2] = [
    ("majority", "those who are outvoted are bound too"),
    ("blind-bidding", "bids that are near enough are settled half way, at less than one of them says"),
];

/// Protocols whose issue is an order, so that its values cannot be shuffled.
pub(crate) const ORDERED: [&str; 2] = ["crossing-demands", "blind-bidding"];

/// The pairs are judged over these: a scenario, a protocol, a strategy by name and where it sits.
pub(crate) struct Bout {
    pub(crate) scenario: Scenario,
    pub(crate) seats: Vec<Arc<Seat>>,
    pub(crate) protocol: Box<dyn Protocol>,
    pub(crate) recipe: Recipe,
    /// A strategy in place of the one by name, for the check of the checks.
    pub(crate) cheat: Option<Cheat>,
    pub(crate) at: usize,
}

/// What happened, with what was asked at each move.
pub(crate) struct Course {
    pub(crate) trace: Vec<(usize, Ask, Move)>,
    pub(crate) events: Vec<Event>,
    pub(crate) ending: Ending,
    pub(crate) record: Record,
}

/// Three issues of 3, 3 and 2 values; no two outcomes are worth the same to anybody.
pub(crate) fn packages(seats: usize) -> Scenario {
    let issues = vec![
        Issue { status_quo: 1, ..Issue::named("bridge", &["open", "tolled", "closed"]) },
        Issue::named("mines", &["left", "marked", "cleared"]),
        Issue { status_quo: 1, ..Issue::named("flag", &["one", "both"]) },
    ];
    let worth: [[&[i128]; 3]; 3] = [
        [&[400, 213, 0], &[0, 97, 301], &[299, 0]],
        [&[0, 307, 355], &[311, 170, 0], &[0, 334]],
        [&[101, 503, 0], &[57, 0, 209], &[0, 288]],
    ];
    let party = |(at, worth): (usize, &[&[i128]; 3])| {
        let worth = worth.iter().map(|w| w.to_vec()).collect();
        let utility = Utility { unit: 1000, worth, ..Utility::default() };
        Profile { reservation: Some(170 + 31 * at as i128), ..Profile::new(format!("party {at}"), utility) }
    };
    let parties = worth.iter().take(seats).enumerate().map(party).collect();
    let mut scenario = Scenario::new("packages", Space { issues }, parties);
    scenario.status_quo = true;
    // Open and left is ruled out for all.
    let both = Formula::And(vec![Formula::In(0, vec![0]), Formula::In(1, vec![0])]);
    scenario.rules = vec![Formula::Not(Box::new(both))];
    scenario
}

/// One issue of ten numbers between two seats; the first wants it up.
pub(crate) fn sum() -> Scenario {
    let value = |n: usize| Value { id: (100 * n).to_string(), label: String::new() };
    let issue = Issue { values: (0..10).map(value).collect(), kind: IssueKind::Whole, ..Issue::named("sum", &[]) };
    let up: Vec<i128> = (0..10).map(|n| 100 * n).collect();
    let down: Vec<i128> = (0..10).map(|n| 900 - 97 * n).collect();
    let party = |name: &str, worth: Vec<i128>, floor| Profile {
        reservation: Some(floor),
        ..Profile::new(name, Utility { unit: 1000, worth: vec![worth], ..Utility::default() })
    };
    let parties = vec![party("claimant", up, 150), party("other side", down, 90)];
    Scenario::new("a sum", Space { issues: vec![issue] }, parties)
}

/// Every protocol with parameters that fit.
pub(crate) fn protocols() -> Vec<String> {
    let mut out: Vec<String> = listed()
        .iter()
        .map(|listed| match listed.name {
            "closing" => "closing(package=1/2/1)".to_string(),
            "crossing-demands" => "crossing-demands(up=0, split=middle)".to_string(),
            "blind-bidding" => "blind-bidding(up=0, span=100)".to_string(),
            other => other.to_string(),
        })
        .collect();
    out.push("majority(quota=2)".to_string());
    out
}

pub(crate) fn name_of(text: &str) -> &str {
    text.split('(').next().unwrap()
}

pub(crate) fn recipes() -> Vec<Recipe> {
    entries().map(|entry| entry.about.name.parse::<Recipe>().unwrap()).collect()
}

impl Bout {
    pub(crate) fn new(scenario: &Scenario, text: &str, recipe: &Recipe, at: usize) -> Option<Self> {
        let protocol = named(text).unwrap();
        let (least, most) = recipe.seats();
        let fits = protocol.fits(&Setting::of(scenario)).is_ok() && (least..=most).contains(&scenario.parties.len());
        let seats = Seat::all(scenario).unwrap();
        fits.then(|| Bout { scenario: scenario.clone(), seats, protocol, recipe: recipe.clone(), cheat: None, at })
    }

    /// The same strategy at the same seat of another scenario.
    pub(crate) fn elsewhere(&self, scenario: &Scenario, text: &str) -> Bout {
        let there = Bout::new(scenario, text, &self.recipe, self.at).unwrap();
        Bout { cheat: self.cheat.clone(), ..there }
    }

    /// Who sits where: the strategy in question, and time-dependent ones that give way in different ways.
    pub(crate) fn strategies(&self) -> Vec<Box<dyn Strategy>> {
        let known = Known::utilities(self.scenario.parties.iter().map(|p| p.utility.clone()).collect());
        let others = ["linear", "conceder", "boulware"];
        (0..self.seats.len())
            .map(|seat| {
                let recipe = if seat == self.at { self.recipe.clone() } else { others[seat].parse().unwrap() };
                let cheat = self.cheat.clone().filter(|_| seat == self.at);
                cheat.map_or_else(|| recipe.build(&known).unwrap(), |cheat| Box::new(cheat))
            })
            .collect()
    }

    pub(crate) fn setting(&self) -> Setting {
        Setting::of(&self.scenario)
    }

    pub(crate) fn session(&self, clock: &Clock, seed: u64) -> Session {
        Session::open(&self.setting(), self.protocol.as_ref(), clock.clone(), seed, 0)
    }

    pub(crate) fn play(&self, clock: &Clock, seed: u64) -> Course {
        let mut session = self.session(clock, seed);
        let open = |(at, s): (usize, Box<dyn Strategy>)| s.open(Stream::new(seed, 0, at as u64));
        let mut players: Vec<_> = self.strategies().into_iter().enumerate().map(open).collect();
        let mut trace = Vec::new();
        loop {
            let Some((at, asked)) = session.asks().next().map(|(seat, ask)| (seat, ask.clone())) else { break };
            let what = ask(players[at].as_mut(), &session.view(&self.seats[at]), &asked);
            trace.push((at, asked, what.clone()));
            if session.step(at, what).is_err() {
                session.breach(at);
            }
        }
        let record = Record::of(&session, self.protocol.as_ref(), seed, 0).expect("it has ended");
        Course { trace, events: session.log().to_vec(), ending: session.ending().unwrap().clone(), record }
    }

    pub(crate) fn title(&self) -> String {
        format!("{} × {} at {} of {}", self.protocol.text(), self.recipe, self.at, self.seats.len())
    }
}

/// Every strategy under every protocol, between two and among three, at different seats.
pub(crate) fn bouts() -> Vec<Bout> {
    let (two, three, sum) = (packages(2), packages(3), sum());
    let mut out = Vec::new();
    for text in protocols() {
        for recipe in recipes() {
            let ordered = ORDERED.contains(&name_of(&text));
            let places: &[(&Scenario, usize)] =
                if ordered { &[(&sum, 0), (&sum, 1)] } else { &[(&two, 1), (&three, 0)] };
            out.extend(places.iter().filter_map(|(scenario, at)| Bout::new(scenario, &text, &recipe, *at)));
        }
    }
    out
}

/// Runs a check over every bout and lists all that fail.
pub(crate) fn over_all(check: impl Fn(&Bout) -> Result<(), String> + Sync) {
    let bouts = bouts();
    let faults: Vec<String> = bouts
        .par_iter()
        .filter_map(|bout| check(bout).err().map(|fault| format!("{}: {fault}", bout.title())))
        .collect();
    assert!(faults.is_empty(), "{} of {} fail:\n{}", faults.len(), bouts.len(), faults.join("\n"));
}

pub(crate) fn holds(what: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if what { Ok(()) } else { Err(fault()) }
}

pub(crate) fn json(course: &Course) -> String {
    serde_json::to_string(&course.record).unwrap()
}

pub(crate) fn clock() -> Clock {
    Clock::rounds(ROUNDS)
}
