//! The zone lens against looking at every outcome: the same games, the same answer, the ratio of times.
//!
//! `cargo bench --bench zone`. The lens does all it does for a brief (levels, packages, partial
//! agreements, what must give, every claim left out once); looking at every outcome only counts the
//! agreements of each game, which is the least that tools which enumerate do. So the ratio understates
//! the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use detente::case::{Case, OpenError, ReadOptions, read};
use detente::game::Belief;
use detente::lens::zone::Zone;
use detente::lens::{Lens, Question};
use detente::text::Diagnostics;
use std::path::Path;
use std::time::Instant;

const DRAWS: u64 = 200;

/// Two parties that want the opposite on every issue, with a few red lines: agreements are rare.
fn opposed(issues: usize) -> Case {
    let mut toml = String::from("title = \"Opposed\"\n");
    for i in 0..issues {
        toml.push_str(&format!("[issues.i{i}]\nvalues = [\"a\", \"b\", \"c\", \"d\", \"e\"]\nstatus_quo = \"c\"\n"));
    }
    for (party, order) in
        [("north", "\"a\", \"b\", \"c\", \"d\", \"e\""), ("south", "\"e\", \"d\", \"c\", \"b\", \"a\"")]
    {
        toml.push_str(&format!("[parties.{party}]\nwants = [\n"));
        for i in 0..issues {
            toml.push_str(&format!(
                "  {{ issue = \"i{i}\", prefers = [{order}], basis = \"assumed\", why = \"a bench\" }},\n"
            ));
        }
        let worst = if party == "north" { "e" } else { "a" };
        toml.push_str("]\nrefuses = [\n");
        for i in 0..issues.min(3) {
            toml.push_str(&format!(
                "  {{ when = \"i{i} = {worst}\", firmness = [0.5, 0.9], basis = \"assumed\", why = \"a bench\" }},\n"
            ));
        }
        toml.push_str("]\n");
    }
    read("case.toml", &|_| Ok(toml.clone().into_bytes()), ReadOptions::default()).case.expect("a case")
}

fn flagship() -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/istanbul-2025");
    let open = |name: &str| std::fs::read(folder.join(name)).map_err(|_| OpenError::Missing);
    read("case.toml", &open, ReadOptions::default()).case.expect("the flagship")
}

fn lens(case: &Case, draws: u64) -> (f64, f64) {
    let belief = Belief::of(case, &mut Diagnostics::default()).expect("a belief");
    let question = Question { case, belief: &belief, draws, seed: 1, progress: &|_, _| {} };
    let start = Instant::now();
    let answer = Zone.ask(&question).answer;
    (start.elapsed().as_secs_f64(), answer.any.share)
}

fn every_outcome(case: &Case, draws: u64) -> (f64, f64) {
    let belief = Belief::of(case, &mut Diagnostics::default()).expect("a belief");
    let start = Instant::now();
    let open = (0..draws).filter(|index| {
        let game = belief.draw(1, *index);
        game.space.outcomes().filter(|outcome| game.is_agreement(outcome)).count() > 0
    });
    let share = open.count() as f64 / draws as f64;
    (start.elapsed().as_secs_f64(), share)
}

fn main() {
    println!("{:>14} {:>8} {:>12} {:>16} {:>8}", "outcomes", "draws", "lens, s", "every outcome, s", "ratio");
    for issues in [4, 6, 8, 9] {
        let case = opposed(issues);
        // The larger the space, the fewer games can be looked through.
        let few = if issues > 6 { DRAWS / 20 } else { DRAWS };
        let (quick, with_lens) = lens(&case, few);
        let (slow, by_hand) = every_outcome(&case, few);
        assert!((with_lens - by_hand).abs() < 1e-6, "the lens says {with_lens}, looking at every outcome {by_hand}");
        println!("{:>14} {few:>8} {quick:>12.4} {slow:>16.4} {:>7.0}x", 5u64.pow(issues as u32), slow / quick);
    }
    let (time, share) = lens(&flagship(), 2000);
    println!("{:>14} {:>8} {time:>12.4} {:>16} {:>8}   the flagship, share {share}", "1.02e12", 2000, "-", "-");
}
