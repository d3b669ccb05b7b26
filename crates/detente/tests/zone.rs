//! The zone lens on whole cases, against counting every outcome of every game drawn.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use detente::case::{Basis, Case, OpenError, ReadOptions, read};
use detente::game::{Belief, Formula, Game, Outcome, RuleKind};
use detente::lens::likelihood::word;
use detente::lens::zone::{Zone, ZoneAnswer};
use detente::lens::{Exactness, Finding, Lens, Question, ShareOf};
use detente::text::Diagnostics;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

const SEED: u64 = 7;

/// A made-up quarrel over water, with everything the lens reads.
const WATER: &str = r#"
title = "Water of the upper valley"
[sources.notes]
title = "Notes"
kind = "invented"
[evidence]
dam-matters = { source = "notes", quote = "The dam matters most to the valley." }
no-sale = { source = "notes", quote = "The valley will not sell its water." }
fields = { source = "notes", quote = "The plain wants its fields watered." }
[issues]
dam = { values = ["none", "low", "high"], status_quo = "none" }
water = { values = ["half", "third", "sold"], status_quo = "half" }
fields = { values = ["dry", "some", "all"], status_quo = "dry" }
fish = { values = ["free", "counted"], status_quo = "free" }
[[linkages]]
id = "fields-need-a-dam"
rule = "fields = all => dam moved"
basis = "derived"
why = "Nothing else holds enough water."
[levels]
small = { name = "Small", when = "fish moved or fields moved" }
water = { name = "Water", when = "water moved" }
all = { name = "All", when = "dam moved and water moved and fields moved" }
[texts.plan]
name = "Plan of the plain"
values = { dam = ["low", "high"], fields = "all" }
silence = "open"
because = ["fields"]
[texts.sale]
name = "Sale"
values = { water = "sold", fish = "counted" }
because = ["fields"]
[packages.fish]
name = "Fish"
values = { fish = "counted" }
basis = "assumed"
why = "To have it looked at."
[parties.valley]
wants = [
  { id = "dam-first", ranks_first = "dam", basis = "quoted", because = ["dam-matters"] },
  { id = "valley-dam", issue = "dam", prefers = ["none", "low", "high"], basis = "derived", from = ["dam-first"] },
  { id = "valley-fish", issue = "fish", best = ["counted"], basis = "assumed", why = "It breeds them." },
  { id = "valley-water", issue = "water", value = "third", score = [0.2, 0.9], basis = "assumed", why = "Unknown." },
]
refuses = [
  { id = "no-sale-line", when = "water = sold", firmness = [0.5, 0.9], basis = "quoted", because = ["no-sale"] },
  { id = "no-high-dam", when = "dam = high and not water = third", firmness = 0.8, basis = "assumed", why = "Guess." },
]
[parties.plain]
wants = [
  { id = "plain-fields", issue = "fields", prefers = ["all", "some", "dry"], basis = "quoted", because = ["fields"] },
  { id = "plain-water", issue = "water", prefers = ["sold", "third", "half"], basis = "quoted", because = ["fields"] },
]
refuses = [{ id = "no-counting", when = "fish = counted and fields = dry", firmness = 0.3, basis = "assumed", why = "Guess." }]
[meanwhile]
costs = [{ id = "dry-summer", party = "plain", cost = [0.0, 0.1], basis = "assumed", why = "A dry summer costs it." }]
"#;

fn case_of(toml: &str) -> Case {
    let reading = read("case.toml", &|_| Ok(toml.into()), ReadOptions::default());
    reading.case.expect("a case can be read")
}

fn belief_of(case: &Case) -> Belief {
    let mut diagnostics = Diagnostics::default();
    Belief::of(case, &mut diagnostics).unwrap_or_else(|| panic!("{diagnostics:?}"))
}

fn ask(case: &Case, belief: &Belief, draws: u64) -> Finding<ZoneAnswer> {
    Zone.ask(&Question { case, belief, draws, seed: SEED, progress: &|_, _| () })
}

struct Brute<'a> {
    case: &'a Case,
    all: Vec<Outcome>,
    levels: Vec<Formula>,
}

impl<'a> Brute<'a> {
    fn new(case: &'a Case, belief: &Belief) -> Self {
        let levels = case.document.levels.values();
        Brute {
            case,
            all: belief.space().outcomes().collect(),
            levels: levels.map(|l| Formula::of(&l.when.expr, belief.space()).unwrap()).collect(),
        }
    }

    fn open(&self, game: &Game, level: usize) -> bool {
        self.all.iter().any(|o| self.levels[level].holds(o) && game.is_agreement(o))
    }

    /// Per level, games with a zone.
    fn zones(&self, games: &[Game]) -> Vec<u64> {
        (0..self.levels.len()).map(|l| games.iter().filter(|g| self.open(g, l)).count() as u64).collect()
    }
}

fn games(belief: &Belief, draws: u64) -> Vec<Game> {
    (0..draws).map(|i| belief.draw(SEED, i)).collect()
}

fn hits(shares: &[ShareOf]) -> Vec<u64> {
    shares.iter().map(|s| s.hits).collect()
}

#[test]
fn shares_are_those_of_counting_every_outcome_of_every_game() {
    let case = case_of(WATER);
    let belief = belief_of(&case);
    let brute = Brute::new(&case, &belief);
    let games = games(&belief, 500);
    let answer = ask(&case, &belief, 500).answer;
    let some = |g: &&Game| brute.all.iter().any(|o| g.is_agreement(o));
    assert_eq!(answer.any.hits, games.iter().filter(some).count() as u64);
    let zones: Vec<ShareOf> = answer.levels.iter().map(|l| l.zone).collect();
    assert_eq!(hits(&zones), brute.zones(&games));
    assert!(zones.iter().any(|z| z.share > 0.02 && z.share < 0.98), "the case is to be interesting: {zones:?}");
    let bound: Vec<Game> = games.iter().map(|g| Game { binding: vec![true; g.rules.len()], ..g.clone() }).collect();
    let all_bind: Vec<ShareOf> = answer.levels.iter().map(|l| l.all_lines_bind).collect();
    assert_eq!(hits(&all_bind), brute.zones(&bound));
    for (at, level) in answer.levels.iter().enumerate() {
        let permitted = |o: &&Outcome| brute.levels[at].holds(o) && bound[0].permits(o);
        assert_eq!(level.permitted, brute.all.iter().any(|o| permitted(&o)), "{}", level.level);
        let most = brute.all.iter().filter(|o| brute.levels[at].holds(o));
        let most = most.map(|o| games.iter().filter(|g| g.is_agreement(o)).count()).max().unwrap() as u64;
        assert_eq!(level.example.as_ref().map_or(0, |e| e.agreement.hits), most, "small spaces are climbed to the top");
    }
    for (rule, effect) in answer.rules.iter().enumerate() {
        for binds in [true, false] {
            let forced: Vec<Game> = games
                .iter()
                .map(|g| {
                    let mut g = g.clone();
                    g.binding[rule] = binds;
                    g
                })
                .collect();
            assert_eq!(
                hits(if binds { &effect.bound } else { &effect.free }),
                brute.zones(&forced),
                "{}",
                effect.claim
            );
        }
    }
}

#[test]
fn texts_are_judged_by_what_fits_them() {
    let case = case_of(WATER);
    let belief = belief_of(&case);
    let brute = Brute::new(&case, &belief);
    let games = games(&belief, 300);
    let answer = ask(&case, &belief, 300).answer;
    // By hand: digits are positions in the lists of values above.
    type Fits = fn(&Outcome) -> bool;
    let fits: [(&str, bool, Fits); 3] = [
        ("plan", true, |o| o.digit(0) > 0 && o.digit(2) == 2),
        ("sale", true, |o| o.digits() == [0, 2, 0, 1]),
        ("fish", false, |o| o.digits() == [0, 0, 0, 1]),
    ];
    assert_eq!(answer.packages.len(), fits.len());
    for (verdict, (id, is_text, fits)) in answer.packages.iter().zip(fits) {
        assert_eq!((verdict.package.as_str(), verdict.is_text), (id, is_text));
        let some = |g: &&Game| brute.all.iter().any(|o| fits(o) && g.is_agreement(o));
        assert_eq!(verdict.agreement.hits, games.iter().filter(some).count() as u64, "{id}");
        for (party, accepts) in verdict.accepts.iter().enumerate() {
            let keeps = |g: &Game, o: &Outcome| {
                g.rules.iter().zip(&g.binding).all(|(r, binds)| {
                    let counts = r.kind == RuleKind::Linkage || r.kind == RuleKind::RedLine(party);
                    !binds || !counts || r.holds.holds(o)
                })
            };
            let accepts_some = |g: &&Game| {
                let player = &g.players[party];
                brute.all.iter().any(|o| fits(o) && keeps(g, o) && player.utility(o) >= player.fallback)
            };
            assert_eq!(accepts.hits, games.iter().filter(accepts_some).count() as u64, "{id}, party {party}");
        }
    }
    let crosses = |id: &str| answer.packages.iter().find(|p| p.package == id).unwrap().crosses.clone();
    assert_eq!(crosses("sale"), ["no-sale-line", "no-counting"]);
    assert_eq!(crosses("fish"), ["no-counting"]);
    assert!(crosses("plan").is_empty());
    let blocks = |id: &str| answer.rules.iter().find(|r| r.claim == id).unwrap().blocks.clone();
    assert_eq!(blocks("no-counting"), ["sale", "fish"]);
    assert!(blocks("fields-need-a-dam").is_empty());
}

#[test]
fn movers_are_those_of_drawing_again_without() {
    let case = case_of(WATER);
    let belief = belief_of(&case);
    let brute = Brute::new(&case, &belief);
    const DRAWS: u64 = 400;
    let answer = ask(&case, &belief, DRAWS).answer;
    let before = brute.zones(&games(&belief, DRAWS));
    let without = |gone: &dyn Fn(&str) -> bool| brute.zones(&games(&belief.without(gone).unwrap(), DRAWS));
    let inputs: Vec<&str> = belief.inputs().iter().map(|i| i.claim.as_str()).collect();
    assert_eq!(answer.movers.iter().map(|m| m.id.as_str()).collect::<Vec<_>>(), inputs);
    let mut changes = 0;
    for mover in &answer.movers {
        let truth = without(&|claim| claim == mover.id);
        assert_eq!(hits(mover.without.as_ref().unwrap()), truth, "{}", mover.id);
        let share = |hits: u64| hits as f64 / DRAWS as f64;
        let change = before.iter().zip(&truth).map(|(b, a)| (share(*b) - share(*a)).abs()).fold(0.0, f64::max);
        assert!((mover.largest - change).abs() < 1e-5, "{}", mover.id);
        let word_changes = before.iter().zip(&truth).any(|(b, a)| word(share(*b)) != word(share(*a)));
        assert_eq!(mover.changes_word, word_changes, "{}", mover.id);
        changes += usize::from(change > 0.02);
    }
    assert!(changes >= 3, "claims are to matter: {changes}");

    // What hangs on each piece of evidence alone: by hand.
    let hangs = [
        ("dam-matters", vec!["dam-first", "valley-dam"]),
        ("no-sale", vec!["no-sale-line"]),
        ("fields", vec!["plain-fields", "plain-water"]),
    ];
    assert_eq!(answer.evidence.len(), hangs.len());
    for (mover, (id, gone)) in answer.evidence.iter().zip(hangs) {
        assert_eq!(mover.id, id);
        assert_eq!(hits(mover.without.as_ref().unwrap()), without(&|claim| gone.contains(&claim)), "{id}");
    }

    let assumed: BTreeSet<&str> =
        belief.inputs().iter().filter(|i| i.basis == Basis::Assumed).map(|i| i.claim.as_str()).collect();
    assert_eq!((answer.assumptions.claims, answer.assumptions.assumed), (inputs.len() as u64, assumed.len() as u64));
    assert_eq!(hits(&answer.assumptions.without), without(&|claim| assumed.contains(claim)));
    assert_eq!(answer.assumptions.variance.len(), brute.case.document.levels.len());
    assert!(answer.assumptions.variance.iter().all(|v| (0.0..=1.0).contains(v)));
    assert!(answer.assumptions.variance.iter().any(|v| *v > 0.05), "{:?}", answer.assumptions.variance);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let case = case_of(WATER);
    let belief = belief_of(&case);
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| serde_json::to_string(&ask(&case, &belief, 300)).unwrap())
    };
    let one = bytes(1);
    assert_eq!(one, bytes(2));
    assert_eq!(one, bytes(4));
}

#[test]
fn progress_ends_where_it_says() {
    let case = case_of(WATER);
    let belief = belief_of(&case);
    let (last, calls) = (AtomicU64::new(0), AtomicU64::new(0));
    let progress = |done: u64, total: u64| {
        assert!(done <= total);
        last.fetch_max(done, Ordering::Relaxed);
        calls.store(total, Ordering::Relaxed);
    };
    Zone.ask(&Question { case: &case, belief: &belief, draws: 50, seed: SEED, progress: &progress });
    assert_eq!(last.into_inner(), calls.into_inner());
}

#[test]
fn a_case_of_points_is_exact() {
    let case = case_of(
        r#"
title = "A sale"
issues.price = { values = ["none", "low", "high"], status_quo = "none" }
issues.garden = { values = ["none", "shared"], status_quo = "none" }
[parties.seller]
wants = [
  { issue = "price", weight = 0.6 }, { issue = "garden", weight = 0.4 },
  { issue = "price", value = "none", score = 0.0 }, { issue = "price", value = "low", score = 0.5 },
  { issue = "price", value = "high", score = 1.0 }, { issue = "garden", value = "none", score = 1.0 },
  { issue = "garden", value = "shared", score = 0.0 },
]
reservation = { value = 0.65 }
[parties.buyer]
wants = [
  { issue = "price", weight = 0.5 }, { issue = "garden", weight = 0.5 },
  { issue = "price", value = "none", score = 0.0 }, { issue = "price", value = "low", score = 1.0 },
  { issue = "price", value = "high", score = 0.6 }, { issue = "garden", value = "none", score = 0.0 },
  { issue = "garden", value = "shared", score = 1.0 },
]
reservation = { value = 0.2 }
"#,
    );
    let belief = belief_of(&case);
    assert!(belief.is_point());
    let finding = ask(&case, &belief, 2000);
    let answer = &finding.answer;
    assert_eq!(finding.made.exactness, Exactness::Exact);
    assert_eq!((answer.any.draws, answer.any.low, answer.any.high), (1, 1.0, 1.0));
    // No level in the case: one that every agreement reaches.
    assert_eq!(answer.levels.len(), 1);
    assert_eq!(answer.levels[0].level, "agreement");
    assert!(answer.gives.is_empty(), "nothing has to give");
    // By hand: (price, garden) → seller, buyer. low, none: 0.7, 0.5. high, none: 1, 0.3. high, shared: 0.6 < 0.65.
    assert_eq!(answer.frontier.size, Some(2));
    assert_eq!(answer.frontier.points[0].utilities, [1.0, 0.3]);
    assert_eq!(answer.frontier.points[1].utilities, [0.7, 0.5]);
    assert_eq!(answer.frontier.band.as_ref().unwrap().size, [2, 2, 2]);
    assert_eq!(answer.solutions["nash"].utilities.as_deref(), Some([1.0, 0.3].as_slice()));
    let most_often = |name: &str| answer.solutions[name].most_often.as_ref().unwrap().terms["price"].clone();
    // Gains: low (0.05, 0.3), high (0.35, 0.1). Products 0.015 and 0.035; smallest gains 0.05 and 0.1.
    assert_eq!(most_often("nash"), "high");
    assert_eq!(most_often("egalitarian"), "high");
    // Shares of the most each gets in any agreement: low (1/7, 1), high (1, 1/3).
    assert_eq!(most_often("kalai_smorodinsky"), "high");
    assert_eq!(most_often("utilitarian"), "high");
}

#[test]
fn what_must_give_names_the_smallest_sets() {
    let case = case_of(
        r#"
title = "Two lines"
issues.border = { values = ["shut", "open"], status_quo = "shut" }
issues.fee = { values = ["none", "paid"], status_quo = "none" }
[levels.border]
name = "Border"
when = "border moved"
[[linkages]]
id = "open-is-paid"
rule = "border = open => fee = paid"
[parties.east]
wants = [{ ranks_first = "border" }, { issue = "border", best = ["open"] }, { issue = "fee", best = ["none"] }]
refuses = [{ id = "no-fee", when = "fee = paid", firmness = 0.4 }]
[parties.west]
wants = [{ ranks_first = "border" }, { issue = "border", best = ["open"] }, { issue = "fee", best = ["paid"] }]
"#,
    );
    let answer = ask(&case, &belief_of(&case), 100).answer;
    let [level] = answer.gives.as_slice() else { panic!("{:?}", answer.gives) };
    assert!(level.complete);
    let sets: Vec<(String, f64, f64)> =
        level.sets.iter().map(|s| (serde_json::to_string(&s.gives).unwrap(), s.cost, s.opens.share)).collect();
    assert_eq!(
        sets,
        [
            (r#"[{"red-line":"no-fee"}]"#.to_string(), 0.4, 1.0),
            (r#"[{"linkage":"open-is-paid"}]"#.to_string(), 1.0, 1.0),
        ]
    );
    assert_eq!(level.sets[0].package.len(), 2, "open and paid");
    assert_eq!(level.sets[1].package.len(), 1, "open and free");
}

#[test]
fn the_cases_that_ship_give_the_same_bytes_on_any_number_of_threads() {
    for folder in ["istanbul-2025", "river-crossing", "harbour-strike"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(folder);
        let open = |name: &str| std::fs::read(folder.join(name)).map_err(|_| OpenError::Missing);
        let case = read("case.toml", &open, ReadOptions::default()).case.unwrap();
        let belief = belief_of(&case);
        let bytes = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| serde_json::to_string(&ask(&case, &belief, 20)).unwrap())
        };
        assert_eq!(bytes(1), bytes(3));
    }
}
