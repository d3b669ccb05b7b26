//! Known answers: 272 sessions of GENIUS 10.4's own time-dependent parties on 34 domains.
//!
//! A row is reproduced when the session ends in the same round with the same utilities. GENIUS puts outcomes of equal
//! utility in the order of object hashes, which nobody knows, and compares utilities as sums of floating-point numbers,
//! which may differ in the last digit for outcomes of equal utility. A row that is not reproduced with the lexicographic
//! order has to hinge on that: some order of outcomes of equal utility, or in the last resort some rounding of them, gives
//! it, found by trying them out. Left out, with a line that says so, where the data are not beside the project.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::float_cmp
)]
#![allow(missing_docs)]

use detente::exchange::{Input, read};
use detente::game::Scenario;
use detente::strategy::{Known, Recipe, Strategy, play};
use detente::talks::protocols::StackedAlternating;
use detente::talks::{Clock, Seat, Setting};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a session ended: the round, 0 without agreement (GENIUS's rows also say so by utilities of -1), and the utilities.
type Went = (u32, [f64; 2]);

fn scenario(root: &Path, file: &str) -> Scenario {
    let domain = root.join(file);
    let variant = domain.file_stem().unwrap().to_str().unwrap().strip_suffix("-domain").map(str::to_string);
    let mut all: Vec<PathBuf> = std::fs::read_dir(domain.parent().unwrap())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_file())
        .collect();
    all.sort();
    all.retain(|p| variant.as_ref().is_none_or(|v| p.file_name().unwrap().to_str().unwrap().starts_with(v.as_str())));
    let input = |p: &PathBuf| Input { name: p.display().to_string(), bytes: std::fs::read(p).unwrap() };
    let loaded = read(&all.iter().map(input).collect::<Vec<_>>(), None);
    loaded.scenario.unwrap_or_else(|| panic!("{file}: {:?}", loaded.diagnostics))
}

fn strategy(name: &str) -> Box<dyn Strategy> {
    let recipe = Recipe::parse(&format!("genius-{}", name.to_lowercase())).unwrap();
    recipe.build(&Known::nothing()).unwrap_or_else(|_| panic!("{name}"))
}

/// Whether two ends are the same. Without an agreement GENIUS gives the reservation values or 0, which says nothing here.
fn same(a: &Went, b: &Went) -> bool {
    a.0 == b.0 && (a.0 == 0 || a.1.iter().zip(&b.1).all(|(x, y)| (x - y).abs() <= 1e-9))
}

fn played(seats: &[Arc<Seat>], setting: &Setting, rounds: u32, names: [&str; 2]) -> Went {
    let strategies = names.map(strategy);
    let strategies: Vec<&dyn Strategy> = strategies.iter().map(AsRef::as_ref).collect();
    let played = play(setting, &StackedAlternating::genius(), &Clock::rounds(rounds), seats, &strategies, (1, 0));
    match played.ending.agreement() {
        Some(outcome) => (played.ending.round, [0, 1].map(|s: usize| seats[s].real(seats[s].utility(outcome)))),
        None => (0, [0.0; 2]),
    }
}

/// The same rules over positions, with the outcome at a position left open among those of the same utility until it is
/// proposed. Says whether some choice gives a known end.
struct Ties<'a> {
    /// Utilities to the proposer and to the other, by seat, the best for the proposer first.
    lists: &'a [Vec<(f64, f64)>; 2],
    /// The position each seat proposes, by round.
    plans: [Vec<usize>; 2],
    known: Went,
    rounds: u32,
    /// Whether an offer worth as much as the own next proposal may count as worth more, by rounding.
    rounding: bool,
    looks: u64,
}

impl Ties<'_> {
    /// Positions of the same utility.
    fn group(&self, seat: usize, at: usize) -> std::ops::Range<usize> {
        let list = &self.lists[seat];
        let first = list.partition_point(|(own, _)| *own > list[at].0);
        first..list.partition_point(|(own, _)| *own >= list[at].0)
    }

    /// From turn `turn` on (two in a round), with what is on the table (own and other utility of its proposer) and the
    /// positions that have been filled.
    fn gives(&mut self, turn: u32, standing: Option<(f64, f64)>, filled: &mut HashMap<(usize, usize), usize>) -> bool {
        self.looks += 1;
        if self.looks > 2_000_000 {
            return false;
        }
        let (round, seat) = (turn / 2, (turn % 2) as usize);
        if round >= self.rounds {
            return self.known.0 == 0;
        }
        if self.known.0 != 0 && round >= self.known.0 {
            return false;
        }
        let at = self.plans[seat][round as usize];
        if let Some((own, other)) = standing
            && (other > self.lists[seat][at].0 || self.rounding && other == self.lists[seat][at].0)
        {
            let utilities = if seat == 1 { [own, other] } else { [other, own] };
            let accepted = same(&(round + 1, utilities), &self.known);
            if accepted || other > self.lists[seat][at].0 {
                return accepted;
            }
        }
        if let Some(outcome) = filled.get(&(seat, at)) {
            let standing = self.lists[seat][*outcome];
            return self.gives(turn + 1, Some(standing), filled);
        }
        let taken: Vec<usize> = filled.iter().filter(|((s, _), _)| *s == seat).map(|(_, o)| *o).collect();
        let mut tried: Vec<f64> = Vec::new();
        for outcome in self.group(seat, at) {
            let standing = self.lists[seat][outcome];
            if taken.contains(&outcome) || tried.contains(&standing.1) {
                continue;
            }
            tried.push(standing.1);
            filled.insert((seat, at), outcome);
            if self.gives(turn + 1, Some(standing), filled) {
                return true;
            }
            filled.remove(&(seat, at));
        }
        false
    }
}

/// The position proposed in each round, by the words of the data's README.
fn plan(list: &[(f64, f64)], rounds: u32, e: f64) -> Vec<usize> {
    let whole = f64::from(rounds) + 1.0;
    let position = |round: u32| {
        let target = 1.0 - (f64::from(round) / whole - 1.0 / whole).powf(1.0 / e);
        let (mut low, mut high, mut last) = (0, list.len() - 1, usize::MAX);
        let mut at = usize::midpoint(low, high);
        while at != last && list[at].0 != target {
            if list[at].0 < target {
                high = at
            } else {
                low = at
            }
            last = at;
            at = usize::midpoint(low, high);
        }
        let far = |at: usize| list.get(at).map_or(f64::INFINITY, |(own, _)| (own - target).abs());
        let before = if at == 0 { f64::INFINITY } else { far(at - 1) };
        if far(at + 1) < far(at) && far(at + 1) < before { at + 1 } else { at }
    };
    (1..=rounds).map(position).collect()
}

fn hinges_on_a_tie(seats: &[Arc<Seat>], rounds: u32, names: [&str; 2], known: Went, rounding: bool) -> bool {
    let list = |seat: usize| -> Vec<(f64, f64)> {
        let real = |s: usize, o| seats[s].real(seats[s].utility(o));
        let all = seats[seat].menu().list().unwrap().iter();
        all.map(|choice| (real(seat, &choice.outcome), real(1 - seat, &choice.outcome))).collect()
    };
    let lists = [list(0), list(1)];
    let e = names.map(|name| if name == "Boulware" { 0.2 } else { 2.0 });
    let plans = [0, 1].map(|s: usize| plan(&lists[s], rounds, e[s]));
    Ties { lists: &lists, plans, known, rounds, rounding, looks: 0 }.gives(0, None, &mut HashMap::new())
}

#[test]
fn sessions_of_genius() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/genius");
    let Ok(oracle) = std::fs::read_to_string(root.join("oracle_genius104.tsv")) else {
        println!("genius: no data beside the project, left out");
        return;
    };
    let mut domains: HashMap<String, (Setting, Vec<Arc<Seat>>)> = HashMap::new();
    let (mut exact, mut ties, mut roundings) = (0, 0, 0);
    let mut wrong = Vec::new();
    for row in oracle.lines().filter(|l| l.starts_with("NEG")) {
        let fields: Vec<&str> = row.split('\t').collect();
        let (setting, seats) = domains.entry(fields[1].to_string()).or_insert_with(|| {
            let scenario = scenario(&root, fields[1]);
            (Setting::of(&scenario), Seat::all(&scenario).unwrap())
        });
        let rounds: u32 = fields[2].parse().unwrap();
        let names = [fields[3], fields[4]];
        let utilities = [fields[6], fields[7]].map(|u| u.parse().unwrap_or(0.0));
        let round = if utilities[0] < 0.0 { 0 } else { fields[5].parse().unwrap() };
        let known: Went = (round, utilities);
        let found = played(seats, setting, rounds, names);
        if same(&found, &known) {
            exact += 1;
        } else if hinges_on_a_tie(seats, rounds, names, known, false) {
            ties += 1;
        } else if hinges_on_a_tie(seats, rounds, names, known, true) {
            roundings += 1;
        } else {
            wrong.push(format!("{row}\n  found {found:?}"));
        }
    }
    println!(
        "GENIUS: {exact} sessions reproduced, {ties} hinge on the order of a tie, {roundings} on its rounding, {} not",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(exact + ties + roundings, 272);
    assert!(exact >= 210 && roundings <= 1, "most rows need no tie: {exact}, {roundings}");
}
