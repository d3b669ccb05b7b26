//! Known answers: NegoLog's own sessions of its deterministic agents, 100 rounds on three domains.
//!
//! Each session is played twice. With the outcomes in NegoLog's order, which takes outcomes of equal utility in the order
//! of their rounding errors, all are the same in round, acceptor and utilities. By name, where outcomes of equal utility
//! stand in their exact order, a session may differ; then it hinges on such a tie alone, which is shown by the two orders
//! being the same up to ties. Left out, with a line that says so, where the data are not beside the project.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::indexing_slicing)]
#![allow(missing_docs)]

use detente::exchange::{Input, read};
use detente::game::{Outcome, Scenario};
use detente::strategy::{Hybrid, Known, NegologTime, Order, Recipe, Strategy, play};
use detente::talks::protocols::StackedAlternating;
use detente::talks::{Actor, Clock, Move, Seat, Setting, What};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const ROUNDS: u32 = 100;

/// How a session went: the round of the end from 0 on, who accepted, utilities; 0 without agreement.
#[derive(Debug, Clone, PartialEq)]
struct Went {
    round: u32,
    who: Option<usize>,
    utilities: Vec<f64>,
}

impl Went {
    fn same(&self, other: &Went) -> bool {
        let close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
        self.round == other.round && self.who == other.who && self.utilities.iter().zip(&other.utilities).all(close)
    }
}

fn scenario(folder: &Path) -> (Scenario, Vec<Json>) {
    let file = |name: &str| folder.join(name);
    let files = ["profileA.json", "profileB.json"].map(file);
    let input = |p: &PathBuf| Input { name: p.display().to_string(), bytes: std::fs::read(p).unwrap() };
    let inputs: Vec<Input> = files.iter().map(input).collect();
    let json = inputs.iter().map(|input| serde_json::from_slice(&input.bytes).unwrap()).collect();
    (read(&inputs, None).scenario.unwrap(), json)
}

/// The outcomes of a profile as NegoLog has them: utilities as floating-point sums of weight times value, made with the
/// first issue changing fastest, sorted without touching those of equal sum.
fn order(scenario: &Scenario, profile: &Json) -> Order {
    let mut all = vec![(0.0, Vec::new())];
    for issue in &scenario.space.issues {
        let weight = profile["issueWeights"][&issue.id].as_f64().unwrap();
        let mut more = Vec::new();
        for (digit, value) in issue.values.iter().enumerate() {
            let worth = profile["issues"][&issue.id][&value.id].as_f64().unwrap();
            for (sum, digits) in &all {
                let digits: Vec<u16> = digits.iter().copied().chain([u16::try_from(digit).unwrap()]).collect();
                more.push((sum + weight * worth, digits));
            }
        }
        all = more;
    }
    all.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap());
    Order::Given(all.into_iter().map(|(utility, digits)| (utility, Outcome::new(digits))).collect())
}

fn agent(name: &str, order: Order) -> Box<dyn Strategy> {
    match name {
        "Boulware" => Box::new(NegologTime::new(0.85).over(order)),
        "Conceder" => Box::new(NegologTime::new(0.55).over(order)),
        "LinearAgent" => Box::new(NegologTime::new(f64::midpoint(1.0, 0.4)).over(order)),
        "Hybrid" => Box::new(Hybrid::default().over(order)),
        other => panic!("{other} is not known here"),
    }
}

fn recipe(name: &str) -> Box<dyn Strategy> {
    let text = match name {
        "Boulware" => "negolog-boulware",
        "Conceder" => "negolog-conceder",
        "LinearAgent" => "negolog-linear",
        other => other,
    };
    Recipe::parse(text).unwrap().build(&Known::nothing()).unwrap()
}

fn went(scenario: &Scenario, seats: &[Arc<Seat>], agents: &[Box<dyn Strategy>]) -> Went {
    let agents: Vec<&dyn Strategy> = agents.iter().map(AsRef::as_ref).collect();
    let protocol = StackedAlternating::default();
    let played = play(&Setting::of(scenario), &protocol, &Clock::rounds(ROUNDS), seats, &agents, (0, 0));
    let accepts = |event: &&detente::talks::Event| matches!(event.what, What::Move(Move::Accept));
    let who = played.session.log().iter().find(accepts).and_then(|event| match event.by {
        Actor::Seat(seat) => Some(seat),
        Actor::Table => None,
    });
    match played.ending.agreement() {
        Some(outcome) => {
            let utilities = scenario.parties.iter().map(|p| p.utility.real(p.utility.of(outcome))).collect();
            Went { round: played.ending.round - 1, who, utilities }
        }
        None => Went { round: ROUNDS, who, utilities: vec![0.0, 0.0] },
    }
}

#[test]
fn negolog_sessions_are_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/negolog");
    let Ok(rows) = std::fs::read_to_string(root.join("sessions_100_rounds.csv")) else {
        println!("negolog: no data beside the project, left out");
        return;
    };
    let (mut checked, mut by_name) = (0, 0);
    for row in rows.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        if cells[..2].contains(&"MiCRO") {
            continue;
        }
        let (scenario, profiles) = scenario(&root.join(format!("domain{}", cells[2])));
        let seats = Seat::all(&scenario).unwrap();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let who = match cells[5] {
            "A" => Some(0),
            "B" => Some(1),
            _ => None,
        };
        let known = Went { round: cells[3].parse().unwrap(), who, utilities: vec![number(6), number(7)] };
        let orders: Vec<Order> = profiles.iter().map(|profile| order(&scenario, profile)).collect();
        let given = [agent(cells[0], orders[0].clone()), agent(cells[1], orders[1].clone())];
        let found = went(&scenario, &seats, &given);
        assert!(found.same(&known), "{row}: {found:?}");
        by_name += usize::from(went(&scenario, &seats, &[recipe(cells[0]), recipe(cells[1])]).same(&known));
        checked += 1;
        // NegoLog's order is the exact one up to ties.
        for (order, seat) in orders.iter().zip(&seats) {
            let Order::Given(list) = order else { continue };
            let exact: Vec<i128> = list.iter().map(|(_, outcome)| seat.utility(outcome)).collect();
            assert!(exact.is_sorted_by(|a, b| a >= b), "{row}");
        }
    }
    println!("negolog: {checked} sessions are the same, {by_name} of them by name too");
    assert_eq!(checked, 36);
    assert_eq!(by_name, 28);
}
