//! Properties.

use super::*;
use crate::game::Stream;
use crate::strategy::{Strategy, play_course};
use crate::talks::View;

/// A mandate drawn by chance.
pub(super) fn drawn_mandate(table: &Table, stream: &mut Stream) -> Mandate {
    let space = &table.scenario.space;
    let formula = |stream: &mut Stream| {
        let issue = stream.below(3) as usize;
        let size = space.issues[issue].values.len() as u64;
        let digits: Vec<u16> = (0..size as u16).filter(|_| stream.below(2) == 0).collect();
        Formula::In(issue, digits)
    };
    let terms = |stream: &mut Stream| -> Vec<Term> {
        (0..stream.below(3))
            .map(|_| {
                let parts = (0..1 + stream.below(2)).map(|_| match stream.below(3) {
                    0 => Formula::And(vec![formula(stream), formula(stream)]),
                    _ => formula(stream),
                });
                Term::any_of("drawn", parts.collect())
            })
            .collect()
    };
    let (never, refer, sign) = (terms(stream), terms(stream), terms(stream));
    let otherwise = [Allowed::Sign, Allowed::Refer, Allowed::Never][stream.below(3) as usize];
    Mandate { name: "drawn".into(), never, refer, sign, otherwise }
}

/// Offers and least utilities by round, whatever the others do; what it may not do it does not react to.
#[derive(Clone)]
struct Scripted {
    offers: Vec<Outcome>,
    least: Vec<i128>,
}

impl Strategy for Scripted {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }
    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.offers.get(view.round() as usize - 1).cloned()
    }
    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        view.seat().utility(offer) >= self.least[view.round() as usize - 1]
    }
}

fn scripted(table: &Table, rounds: u32, stream: &mut Stream) -> [Scripted; 2] {
    [(); 2].map(|()| Scripted {
        offers: (0..rounds).map(|_| drawn_outcome(table, stream)).collect(),
        least: (0..rounds).map(|_| 4 + stream.below(6) as i128).collect(),
    })
}

fn drawn_outcome(table: &Table, stream: &mut Stream) -> Outcome {
    let sizes = table.scenario.space.sizes();
    Outcome::new(sizes.map(|size| stream.below(size as u64) as u16).collect::<Vec<u16>>())
}

/// Moves by chance.
#[derive(Clone)]
struct Wild {
    stream: Stream,
}

impl Strategy for Wild {
    fn open(&self, stream: Stream) -> Box<dyn Strategy> {
        Box::new(Wild { stream })
    }
    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        // Half of the time it does not care what it may propose.
        if self.stream.below(2) == 0 {
            let sizes = view.seat().space.sizes();
            return Some(Outcome::new(sizes.map(|size| self.stream.below(size as u64) as u16).collect::<Vec<u16>>()));
        }
        view.seat().menu().pick(i128::MIN, i128::MAX, &mut self.stream).map(|choice| choice.outcome)
    }
    fn accepts(&mut self, _: &View<'_>, _: &Outcome) -> bool {
        self.stream.below(3) == 0
    }
    fn leaves(&mut self, _: &View<'_>) -> bool {
        self.stream.below(40) == 0
    }
}

fn drawn_formula(table: &Table, stream: &mut Stream) -> Formula {
    let issue = stream.below(3) as usize;
    let size = table.scenario.space.issues[issue].values.len() as u64;
    let one = Formula::In(issue, vec![stream.below(size) as u16]);
    if stream.below(2) == 0 { one } else { one.not() }
}

fn drawn_occasion(table: &Table, stream: &mut Stream, deep: u32) -> Occasion {
    match stream.below(if deep == 0 { 6 } else { 9 }) {
        0 => Occasion::Always,
        1 => Occasion::State(drawn_formula(table, stream)),
        2 => Occasion::Happened(stream.below(2) as usize),
        3 => Occasion::WalkedOut(stream.below(2) as usize),
        4 => Occasion::Refused(stream.below(2) as usize),
        5 => Occasion::StoodFirm(stream.below(2) as usize),
        6 => Occasion::Not(Box::new(drawn_occasion(table, stream, deep - 1))),
        7 => Occasion::All((0..2).map(|_| drawn_occasion(table, stream, deep - 1)).collect()),
        _ => Occasion::Any((0..2).map(|_| drawn_occasion(table, stream, deep - 1)).collect()),
    }
}

fn drawn_party(table: &Table, stream: &mut Stream) -> Party {
    Party {
        mandates: (0..stream.below(3)).map(|_| (drawn_mandate(table, stream), 0.5 + stream.uniform())).collect(),
        principal: Principal {
            seat: None,
            delay: stream.below(3) as u32,
            clearance: [Clearance::AdReferendum, Clearance::First][stream.below(2) as usize],
            extends: 0.3,
            recalls: 0.3,
            recall: [Pause::Ends, Pause::Meetings(0), Pause::Meetings(2)][stream.below(3) as usize],
        },
        no_deal: [NoDeal::Reservation, NoDeal::State, NoDeal::StateAndCosts][stream.below(3) as usize],
        audience: [0.0, 0.4][stream.below(2) as usize],
    }
}

/// Circumstances in which everything happens.
fn drawn_circumstances(table: &Table, stream: &mut Stream) -> Circumstances {
    let count = 1 + stream.below(6) as u32;
    let mut circumstances = meetings(count, 1 + stream.below(3) as u32);
    for meeting in &mut circumstances.meetings {
        meeting.publicity = stream.below(3) as f64 / 2.0;
        meeting.agenda = (stream.below(4) == 0).then(|| vec![stream.below(3) as usize, stream.below(3) as usize]);
    }
    let settles = drawn_formula(table, stream);
    circumstances.breakdown = [0.0, 0.02][stream.below(2) as usize];
    circumstances.parts = [Parts::None, Parts::Signed { settles: settles.clone() }, Parts::Initialled { settles }]
        [stream.below(3) as usize]
        .clone();
    circumstances.walkout = [Pause::Ends, Pause::Meetings(1)][stream.below(2) as usize];
    circumstances.parties = vec![drawn_party(table, stream), drawn_party(table, stream)];
    circumstances.packages = stream.below(2) == 0;
    circumstances.occurrences = vec![
        Occurrence { name: "o0".into(), comes: Comes::Hazard { chance: 0.3, from: 1 }, needs: Vec::new() },
        Occurrence { name: "o1".into(), comes: Comes::State(drawn_formula(table, stream)), needs: vec![0] },
    ];
    circumstances.gates = (0..stream.below(3))
        .map(|at| Gate {
            name: format!("g{at}"),
            until: stream.below(3) as usize,
            bars: match stream.below(2) {
                0 => Bars::Agreeing(drawn_formula(table, stream)),
                _ => Bars::Conceding(stream.below(2) as usize),
            },
            heeded: stream.below(2) == 0,
        })
        .collect();
    circumstances.pressures = (0..2)
        .map(|at| Pressure {
            name: format!("p{at}"),
            on: stream.below(2) as usize,
            from: stream.below(3) as u32,
            when: drawn_occasion(table, stream, 2),
            lever: [Lever::Cost(1), Lever::NoDeal(-2)][stream.below(2) as usize],
        })
        .collect();
    circumstances.drifts = vec![Drift {
        name: "d".into(),
        issue: stream.below(3) as usize,
        from: None,
        to: 1,
        chance: 0.3,
        when: drawn_occasion(table, stream, 1),
    }];
    circumstances.costs = vec![
        Cost { seat: 0, amount: 1, until: Some(drawn_formula(table, stream)) },
        Cost { seat: 1, amount: 1, until: None },
    ];
    circumstances.incidents = (0..3)
        .map(|at| Incident {
            name: format!("i{at}"),
            by: None,
            during: [During::Talks, During::Ratification, During::Any, During::Signing][stream.below(4) as usize],
            when: drawn_occasion(table, stream, 1),
            against: (stream.below(2) == 0).then(|| drawn_formula(table, stream)),
            chance: 0.2,
            costs: vec![(0, 2)],
            raises: vec![(1, 1)],
            then: [Consequence::None, Consequence::Delay(1), Consequence::WalkOut(1), Consequence::Breaks]
                [stream.below(4) as usize],
        })
        .collect();
    circumstances.ratifications = (0..stream.below(2))
        .map(|at| Ratification {
            name: format!("r{at}"),
            seat: 0,
            when: (stream.below(2) == 0).then(|| drawn_formula(table, stream)),
            delay: stream.below(3) as u32,
            by: match stream.below(2) {
                0 => Verdict::Chance(0.6),
                _ => Verdict::Condition(drawn_formula(table, stream)),
            },
        })
        .collect();
    circumstances
}

fn clauses(base: &Outcome, outcome: &Outcome) -> Vec<Clause> {
    let all = outcome.digits().iter().enumerate().map(|(issue, value)| Clause { issue, value: *value });
    all.filter(|c| base.digit(c.issue) != c.value).collect()
}

/// What holds of every course, read off its log alone.
fn sound(table: &Table, circumstances: &Circumstances, course: &Course) {
    let account = course.account().unwrap();
    let log = course.log();
    let open = |what: &Happening| log.iter().filter(|entry| entry.what == *what).count();
    assert!(open(&Happening::Opened) + open(&Happening::Missed) <= circumstances.meetings.len());
    assert!(log.windows(2).all(|pair| pair[0].when <= pair[1].when), "{}", told(table, course));
    assert_eq!(open(&Happening::Ended(account.close)), 1);
    assert!(matches!(log.last().unwrap().what, Happening::Ended(_)));
    assert_eq!(account.settlement.is_some(), account.close == Close::Settled);
    let mut opened = std::collections::BTreeSet::new();
    let mut approved: Vec<(usize, Vec<Clause>)> = Vec::new();
    let mut referred: Vec<Option<Outcome>> = vec![None; 2];
    let mut extended: Vec<Vec<Clause>> = vec![Vec::new(); 2];
    let mut asked: Vec<Vec<Clause>> = vec![Vec::new(); 2];
    let mut base = table.scenario.space.status_quo();
    let mut in_force = base.clone();
    // What was agreed before a drift was held against the mandate before it.
    let mut drifted = false;
    for entry in log {
        match (&entry.by, &entry.what) {
            (_, Happening::GateOpened { gate, .. }) => {
                opened.insert(*gate);
            }
            (Who::Delegation(seat), Happening::Referred { outcome, clauses, .. }) => {
                referred[*seat] = Some(outcome.clone());
                asked[*seat].clone_from(clauses);
            }
            (Who::Principal(seat), Happening::Answered(answer)) if answer.approves() => {
                approved.push((*seat, clauses(&base, referred[*seat].as_ref().unwrap())));
                if *answer == Answer::Extend {
                    extended[*seat].extend(asked[*seat].clone());
                }
            }
            (_, Happening::Drifted { issue, to, from, .. }) => {
                if base.digit(*issue) == *from {
                    base = base.with(*issue, *to);
                }
                in_force = in_force.with(*issue, *to);
                let known = referred.iter_mut().flatten();
                known.filter(|o| o.digit(*issue) == *from).for_each(|o| *o = o.with(*issue, *to));
                drifted = true;
            }
            (_, Happening::Initialled { outcome } | Happening::Signed { outcome, .. }) => {
                assert!(*outcome != base, "it changes something");
                for (gate, known) in circumstances.gates.iter().enumerate() {
                    if let Bars::Agreeing(formula) = &known.bars {
                        let touches = clauses(&base, outcome).iter().any(|c| formula.scope().contains(&c.issue));
                        let brings = touches && formula.holds(outcome);
                        assert!(opened.contains(&gate) || !brings, "{}", told(table, course));
                    }
                }
                for (seat, party) in account.parties.iter().enumerate() {
                    let Some(claim) = party.mandate.filter(|_| !drifted) else { continue };
                    let mandate = &circumstances.parties[seat].mandates[claim].0;
                    let moved = (0..3).filter(|issue| outcome.digit(*issue) != base.digit(*issue));
                    let own = |issue: &usize| {
                        !extended[seat].contains(&Clause { issue: *issue, value: outcome.digit(*issue) })
                    };
                    let said: Vec<Allowed> = moved.filter(own).map(|issue| mandate.clause(issue, outcome)).collect();
                    assert!(!said.contains(&Allowed::Never), "{}", told(table, course));
                    let asked = approved.contains(&(seat, clauses(&base, outcome)));
                    assert!(asked || !said.contains(&Allowed::Refer), "{}", told(table, course));
                }
                if matches!(entry.what, Happening::Initialled { .. }) {
                    base = outcome.clone();
                }
            }
            (_, Happening::Opened) => drifted = false,
            (_, Happening::InForce { outcome }) => {
                base = outcome.clone();
                in_force = outcome.clone();
            }
            _ => {}
        }
    }
    assert_eq!(account.state, in_force, "{}", told(table, course));
}

#[test]
fn every_course_ends_and_replays_and_keeps_what_binds_it() {
    let table = river();
    let mut closes = std::collections::BTreeMap::new();
    for index in 0..2_500u64 {
        let mut stream = Stream::new(41, index, 1);
        let circumstances = drawn_circumstances(&table, &mut stream);
        let wild = Wild { stream: Stream::new(0, 0, 0) };
        let strategies: [&dyn Strategy; 2] = [&wild, &wild];
        let once = play_course(table.open_at(&circumstances, (41, index)), &strategies, &Course::habit, (41, index));
        let twice = play_course(table.open_at(&circumstances, (41, index)), &strategies, &Course::habit, (41, index));
        assert_eq!(once.log(), twice.log());
        assert_eq!(once.account(), twice.account());
        *closes.entry(format!("{:?}", once.close().unwrap())).or_insert(0) += 1;
        sound(&table, &circumstances, &once);
        table.replays_at(&circumstances, &once, (41, index));
        let record = CourseRecord::of(&once, (41, index)).unwrap();
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<CourseRecord>(&text).unwrap(), record);
    }
    // Everything that can end a course ended some.
    for close in ["Settled", "Nothing(Deadline)", "Nothing(WalkedOut(1))", "Nothing(Recalled(0))", "Nothing(Breakdown)"]
    {
        assert!(closes.contains_key(close), "{closes:?}");
    }
    for close in ["Partial(Deadline)", "Nothing(NotRatified(0))", "Nothing(Broken(1))", "Partial(WalkedOut(0))"] {
        assert!(closes.contains_key(close), "{closes:?}");
    }
}

#[test]
fn a_record_that_was_tampered_with_does_not_replay() {
    let table = river();
    let mut stream = Stream::new(41, 9, 1);
    let circumstances = drawn_circumstances(&table, &mut stream);
    let wild = Wild { stream: Stream::new(0, 0, 0) };
    let course = play_course(table.open_at(&circumstances, (41, 9)), &[&wild, &wild], &Course::habit, (41, 9));
    let mut record = CourseRecord::of(&course, (41, 9)).unwrap();
    let at = record.entries.iter().position(|entry| entry.what == Happening::Opened).unwrap();
    record.entries[at].what = Happening::Missed;
    let (setting, sao) = (Setting::of(&table.scenario), StackedAlternating::default());
    let replayed = replay(&record, &setting, &table.seats, Arc::new(circumstances), &sao);
    assert_eq!(replayed, CourseReplayed::Differs(at));
}

#[test]
fn a_mandate_that_may_sign_all_equals_no_mandate() {
    let table = river();
    for index in 0..400u64 {
        let mut stream = Stream::new(43, index, 1);
        let mut none = drawn_circumstances(&table, &mut stream);
        none.parties.iter_mut().for_each(|party| party.mandates.clear());
        let mut all = none.clone();
        let everything = Term::any_of("everything", (0..3).map(|issue| Formula::In(issue, vec![0, 1, 2])).collect());
        let covered = Mandate { sign: vec![everything], ..Mandate::all("all", Allowed::Never) };
        let free = Mandate::all("free", Allowed::Sign);
        all.parties[0].mandates = vec![(covered, 1.0)];
        all.parties[1].mandates = vec![(free, 1.0)];
        let wild = Wild { stream: Stream::new(0, 0, 0) };
        let log = |circumstances: &Circumstances| {
            let course = table.open_at(circumstances, (43, index));
            let course = play_course(course, &[&wild, &wild], &Course::habit, (43, index));
            let plain = |entry: &&Entry| !matches!(entry.what, Happening::MandateHolds { .. });
            course.log().iter().filter(plain).cloned().collect::<Vec<_>>()
        };
        assert_eq!(log(&none), log(&all));
    }
}

/// With strategies that do not react: the later a gate opens, the fewer courses are agreed in.
#[test]
fn a_gate_never_adds_agreements() {
    let table = river();
    let mut lost = 0;
    for index in 0..800u64 {
        let mut stream = Stream::new(47, index, 1);
        let mut circumstances = drawn_circumstances(&table, &mut stream);
        circumstances.parties.iter_mut().for_each(|party| party.mandates.clear());
        circumstances.parts = Parts::None;
        circumstances.ratifications.clear();
        circumstances.gates.clear();
        circumstances.incidents.retain(|incident| incident.during != During::Signing);
        circumstances.occurrences.push(Occurrence { name: "o2".into(), comes: Comes::Meeting(1), needs: Vec::new() });
        let bars = Bars::Agreeing(drawn_formula(&table, &mut stream));
        circumstances.gates.push(Gate { name: "g".into(), until: 2, bars, heeded: false });
        let rounds = circumstances.meetings.iter().map(|m| m.rounds).sum();
        let [one, two] = scripted(&table, rounds, &mut stream);
        let mut agreed = |opens: u32| {
            circumstances.occurrences[2].comes = Comes::Meeting(opens);
            let course = table.open_at(&circumstances, (47, index));
            play_course(course, &[&one, &two], &Course::habit, (47, index)).close() == Some(Close::Settled)
        };
        let by_opening: Vec<bool> = (1..=7).map(&mut agreed).collect();
        assert!(by_opening.windows(2).all(|pair| pair[0] || !pair[1]), "{by_opening:?}");
        lost += u32::from(by_opening[0] && !by_opening[6]);
    }
    assert!(lost > 40, "the gate mattered in {lost}");
}

/// Where one gains what the other gives up: a side that may not concede until later agrees in no more courses.
#[test]
fn standing_firm_until_later_never_adds_agreements() {
    let space = Space { issues: vec![Issue::named("slices", &["0", "1", "2", "3", "4", "5", "6", "7", "8"])] };
    let party = |name: &str, worth: Vec<i128>| {
        Profile::new(name, Utility { unit: 8, worth: vec![worth], ..Utility::default() })
    };
    let scenario =
        Scenario::new("cake", space, vec![party("North", (0..9).collect()), party("South", (0..9).rev().collect())]);
    let table = Table { seats: Seat::all(&scenario).unwrap(), scenario };
    let mut lost = 0;
    for index in 0..1_000u64 {
        let mut stream = Stream::new(71, index, 1);
        let [one, two] = scripted(&table, 6, &mut stream);
        let agreed = |opens: u32| {
            let circumstances = Circumstances {
                occurrences: vec![Occurrence { name: "o".into(), comes: Comes::Meeting(opens), needs: Vec::new() }],
                gates: vec![Gate { name: "g".into(), until: 0, bars: Bars::Conceding(1), heeded: false }],
                ..Circumstances::plain(6, 1)
            };
            let course = table.open_at(&circumstances, (71, index));
            play_course(course, &[&one, &two], &Course::habit, (71, index)).close() == Some(Close::Settled)
        };
        // Once the gate is open the least it has asked for binds no more, and its offers are those of the script.
        let by_opening: Vec<bool> = (1..=7).map(agreed).collect();
        assert!(by_opening.windows(2).all(|pair| pair[0] || !pair[1]), "{by_opening:?}");
        lost += u32::from(by_opening[0] && !by_opening[6]);
    }
    assert!(lost > 50, "the gate mattered in {lost}");
}

/// Under the same moves: what a mandate may sign in addition need not be referred.
#[test]
fn a_wider_mandate_never_adds_referrals() {
    let table = river();
    let mut fewer = 0;
    for index in 0..2_000u64 {
        let mut stream = Stream::new(53, index, 1);
        let mut circumstances = drawn_circumstances(&table, &mut stream);
        circumstances.parts = Parts::None;
        for party in &mut circumstances.parties {
            party.mandates = vec![(drawn_mandate(&table, &mut stream), 1.0)];
            let principal =
                Principal { extends: 0.0, delay: 0, clearance: Clearance::AdReferendum, ..party.principal.clone() };
            party.principal = principal;
        }
        let rounds = circumstances.meetings.iter().map(|m| m.rounds).sum();
        let [one, two] = scripted(&table, rounds, &mut stream);
        let referrals = |circumstances: &Circumstances| {
            let course = table.open_at(circumstances, (53, index));
            let course = play_course(course, &[&one, &two], &Course::habit, (53, index));
            course.account().unwrap().parties.iter().map(|party| party.referred).sum::<u32>()
        };
        let narrow = referrals(&circumstances);
        // What was to be referred for want of a rule may be signed; what the mandate forbids stays forbidden.
        for party in &mut circumstances.parties {
            let mandate = &mut party.mandates[0].0;
            mandate.refer.pop();
            if mandate.otherwise == Allowed::Refer {
                mandate.otherwise = Allowed::Sign;
            }
        }
        let unforbidden = circumstances.parties.iter().all(|party| party.mandates[0].0.otherwise == Allowed::Sign);
        if unforbidden {
            let wide = referrals(&circumstances);
            assert!(wide <= narrow, "{wide} and {narrow}");
            fewer += u32::from(wide < narrow);
        }
    }
    assert!(fewer > 50, "it mattered in {fewer}");
}

/// Each chance has numbers of its own: what is left out changes nothing of the rest.
#[test]
fn switching_one_thing_off_leaves_the_chance_of_others_alone() {
    let table = river();
    for index in 0..300u64 {
        let mut stream = Stream::new(59, index, 1);
        let mut circumstances = drawn_circumstances(&table, &mut stream);
        circumstances.meetings = meetings(6, 1).meetings;
        circumstances.breakdown = 0.0;
        circumstances.gates.clear();
        circumstances.occurrences.pop();
        circumstances.pressures.clear();
        circumstances.drifts[0].when = Occasion::Always;
        for incident in &mut circumstances.incidents {
            (incident.when, incident.during, incident.then) = (Occasion::Always, During::Talks, Consequence::None);
        }
        circumstances.occurrences[0].comes = Comes::Hazard { chance: 0.2, from: 1 };
        circumstances.parties.clear();
        let account = |circumstances: &Circumstances| {
            let mut course = table.open_at(circumstances, (59, index));
            while course.close().is_none() {
                let seat = usize::from(course.step(0, Move::Offer(table.outcome("all"))).is_err());
                if seat == 1 {
                    course.step(1, Move::Offer(table.outcome("cleared"))).unwrap();
                }
            }
            course
        };
        let whole = account(&circumstances);
        let incidents = |course: &Course, name: &str| {
            let named = |entry: &&Entry| matches!(&entry.what, Happening::Incident { name: n, .. } if n == name);
            course.log().iter().filter(named).map(|entry| entry.when).collect::<Vec<_>>()
        };
        let mut without = circumstances.clone();
        without.incidents.remove(0);
        let less = account(&without);
        assert_eq!(incidents(&whole, "i1"), incidents(&less, "i1"));
        assert_eq!(incidents(&whole, "i2"), incidents(&less, "i2"));
        let (before, after) = (whole.account().unwrap(), less.account().unwrap());
        assert_eq!((before.occurred, before.drifts), (after.occurred, after.drifts));
        without.drifts.clear();
        without.occurrences.clear();
        assert_eq!(incidents(&whole, "i2"), incidents(&account(&without), "i2"));
    }
}

#[test]
fn a_delegation_does_not_get_to_know_what_concerns_another_alone() {
    let table = river();
    for index in 0..500u64 {
        let mut stream = Stream::new(61, index, 1);
        let circumstances = drawn_circumstances(&table, &mut stream);
        let wild = Wild { stream: Stream::new(0, 0, 0) };
        let course =
            play_course(table.open_at(&circumstances, (61, index)), &[&wild, &wild], &Course::habit, (61, index));
        for entry in course.seen_by(0) {
            let foreign = match (&entry.by, &entry.what) {
                (
                    _,
                    Happening::MandateHolds { seat, .. }
                    | Happening::NoDeal { seat, .. }
                    | Happening::Cost { seat, .. },
                ) => *seat == 1,
                (Who::Principal(1), _)
                | (Who::Delegation(1), Happening::Referred { .. } | Happening::Audience { .. }) => true,
                _ => false,
            };
            assert!(!foreign, "{entry:?}");
        }
    }
}

/// Any protocol serves inside: what is signed under it keeps what binds, and its courses end and replay.
#[test]
fn whatever_the_protocol_inside_what_is_signed_keeps_what_binds() {
    let table = river();
    let setting = Setting::of(&table.scenario);
    let mut signed = std::collections::BTreeMap::new();
    for text in [
        "sao",
        "sao-negmas",
        "amop",
        "majority",
        "mediator",
        "mediator-flipping",
        "mediator-flipping-in-order",
        "mediator-feedback",
        "hill-climbing",
        "annealing",
        "one-text",
        "one-text-drawn",
        "tau",
        "monotonic-concession",
        "coalitions",
        "sealed-demands",
        "crossing-demands(up=0)",
        "closing(package=1/1/2)",
    ] {
        let Ok(protocol) = crate::talks::protocols::named(text) else { panic!("`{text}` names no protocol") };
        for index in 0..80u64 {
            let mut stream = Stream::new(67, index, 1);
            let mut circumstances = drawn_circumstances(&table, &mut stream);
            circumstances.meetings = meetings(3, 4).meetings;
            let (shared, wild) = (Arc::new(circumstances.clone()), Wild { stream: Stream::new(0, 0, 0) });
            let open = || Course::open(&setting, &table.seats, shared.clone(), protocol.as_ref(), (67, index)).unwrap();
            let course = play_course(open(), &[&wild, &wild], &Course::habit, (67, index));
            if !matches!(course.close(), Some(Close::Nothing(Why::Groups) | Close::Partial(Why::Groups))) {
                sound(&table, &circumstances, &course);
            }
            let record = CourseRecord::of(&course, (67, index)).unwrap();
            let replayed = replay(&record, &setting, &table.seats, shared.clone(), protocol.as_ref());
            assert_eq!(replayed, CourseReplayed::Same, "{text} {index}\n{}", told(&table, &course));
            let account = course.account().unwrap();
            *signed.entry(text).or_insert(0) += u32::from(account.settlement.is_some());
        }
    }
    assert!(signed.values().filter(|settled| **settled > 0).count() >= 12, "{signed:?}");
}
