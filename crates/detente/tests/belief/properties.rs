//! Properties over random claims: every game keeps every claim, contradictions are smallest, and dropping a
//! claim is the same as never having written it.

use super::{look, swing, with_wants};
use detente::game::SCALE;
use detente::text::Code;
use proptest::prelude::*;

/// A claim on three issues of sizes 2, 3 and 4 and four packages, for checking games against.
#[derive(Debug, Clone)]
enum Claim {
    First(usize),
    Last(usize),
    Over(usize, usize),
    Prefers(usize, Vec<usize>),
    Best(usize, usize),
    Worst(usize, usize),
    Weight(usize, f64, f64),
    Package(usize, usize),
    Score(usize, usize, f64, f64),
}

const SIZES: [usize; 3] = [2, 3, 4];
/// Values of the packages by issue; 9 leaves all values of the issue open.
const PACKAGES: [[usize; 3]; 4] = [[1, 0, 0], [0, 1, 2], [1, 2, 9], [0, 2, 3]];

fn letter(value: usize) -> char {
    (b'a' + value as u8) as char
}

impl Claim {
    fn toml(&self) -> String {
        match self {
            Claim::First(i) => format!("{{ ranks_first = 'i{}' }}", i + 1),
            Claim::Last(i) => format!("{{ ranks_last = 'i{}' }}", i + 1),
            Claim::Over(i, j) => format!("{{ issue = 'i{}', over = 'i{}' }}", i + 1, j + 1),
            Claim::Prefers(i, values) => {
                let values: Vec<String> = values.iter().map(|v| format!("'{}'", letter(*v))).collect();
                format!("{{ issue = 'i{}', prefers = [{}] }}", i + 1, values.join(", "))
            }
            Claim::Best(i, v) => format!("{{ issue = 'i{}', best = ['{}'] }}", i + 1, letter(*v)),
            Claim::Worst(i, v) => format!("{{ issue = 'i{}', worst = ['{}'] }}", i + 1, letter(*v)),
            Claim::Weight(i, low, high) => format!("{{ issue = 'i{}', weight = [{low}, {high}] }}", i + 1),
            Claim::Score(i, v, low, high) => {
                format!("{{ issue = 'i{}', value = '{}', score = [{low}, {high}] }}", i + 1, letter(*v))
            }
            Claim::Package(p, q) => format!("{{ package = 'p{p}', over = 'p{q}' }}"),
        }
    }

    /// Whether a game keeps the claim.
    fn kept(&self, worth: &[Vec<i64>]) -> bool {
        let swing = |i: &usize| swing(&worth[*i]);
        // In twelfths, so that averages of three and four values are whole.
        let utility = |p: &usize| -> i64 {
            let of = |(i, v): (usize, &usize)| match *v {
                9 => worth[i].iter().sum::<i64>() * 12 / worth[i].len() as i64,
                v => worth[i][v] * 12,
            };
            PACKAGES[*p].iter().enumerate().map(of).sum()
        };
        match self {
            Claim::First(i) => (0..3).all(|j| swing(i) >= swing(&j)),
            Claim::Last(i) => (0..3).all(|j| swing(i) <= swing(&j)),
            Claim::Over(i, j) => swing(i) >= swing(j),
            Claim::Prefers(i, values) => values.windows(2).all(|w| worth[*i][w[0]] >= worth[*i][w[1]]),
            Claim::Best(i, v) => worth[*i].iter().all(|x| worth[*i][*v] >= *x),
            Claim::Worst(i, v) => worth[*i].iter().all(|x| worth[*i][*v] <= *x),
            Claim::Weight(i, low, high) => {
                let scale = SCALE as f64;
                let (low, high) = ((low * scale).floor() as i64 - 1, (high * scale).ceil() as i64 + 1);
                (low..=high).contains(&swing(i))
            }
            Claim::Package(p, q) => utility(p) >= utility(q),
            Claim::Score(i, v, low, high) => {
                let (level, swing) = (worth[*i][*v] as f64, swing(i) as f64);
                (low * swing - 1.0..=high * swing + 1.0).contains(&level)
            }
        }
    }
}

fn any_claim() -> impl Strategy<Value = Claim> {
    prop_oneof![
        (0usize..3).prop_map(Claim::First),
        (0usize..3).prop_map(Claim::Last),
        (0usize..3, 0usize..3).prop_map(|(i, j)| Claim::Over(i, j)),
        (0usize..3, proptest::collection::vec(0usize..4, 2..4))
            .prop_map(|(i, v)| Claim::Prefers(i, v.into_iter().map(|v| v % SIZES[i]).collect())),
        (0usize..3, 0usize..4).prop_map(|(i, v)| Claim::Best(i, v % SIZES[i])),
        (0usize..3, 0usize..4).prop_map(|(i, v)| Claim::Worst(i, v % SIZES[i])),
        (0usize..3, 0u32..8, 0u32..6).prop_map(|(i, low, width)| Claim::Weight(
            i,
            f64::from(low) / 10.0,
            f64::from((low + width).min(10)) / 10.0
        )),
        (0usize..4, 0usize..4).prop_map(|(p, q)| Claim::Package(p, q)),
    ]
}

fn claim_or_score() -> impl Strategy<Value = Claim> {
    let score = (0usize..3, 0usize..4, 0u32..11, 0u32..6).prop_map(|(i, v, low, width)| {
        Claim::Score(i, v % SIZES[i], f64::from(low) / 10.0, f64::from((low + width).min(10)) / 10.0)
    });
    prop_oneof![4 => any_claim(), 1 => score]
}

fn toml_of(claims: &[Claim]) -> String {
    let wants: Vec<String> = claims.iter().map(Claim::toml).collect();
    let mut toml = with_wants(&SIZES, &wants.iter().map(String::as_str).collect::<Vec<_>>());
    for (p, values) in PACKAGES.iter().enumerate() {
        let of = |(i, v): (usize, &usize)| match *v {
            9 => format!("i{} = ['a', 'b', 'c', 'd']", i + 1),
            v => format!("i{} = '{}'", i + 1, letter(v)),
        };
        let values: Vec<String> = values.iter().enumerate().map(of).collect();
        toml.push_str(&format!("[packages.p{p}]\nname = 'P'\nvalues = {{ {} }}\n", values.join(", ")));
    }
    toml
}

/// Whether three two-valued issues allow the claims, by trying which value is best and all small weights.
/// Differences of packages have coefficients -1, 0 and 1 there, so that if any weights fit, small whole ones do.
fn binary_brute(over: &[(usize, usize)], better: &[(usize, usize)], packages: &[(usize, usize)]) -> bool {
    (0..8).any(|pattern: usize| {
        let best = |i: usize| pattern >> i & 1;
        let level = |package: usize, i: usize| i64::from(package >> i & 1 == best(i));
        better.iter().all(|(i, v)| best(*i) == *v)
            && (0..512).any(|code: i64| {
                let w = [code % 8, code / 8 % 8, code / 64];
                let utility = |p: usize| (0..3).map(|i| w[i] * level(p, i)).sum::<i64>();
                over.iter().all(|(i, j)| w[*i] > w[*j])
                    && better.iter().all(|(i, _)| w[*i] > 0)
                    && packages.iter().all(|(p, q)| utility(*p) > utility(*q))
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_game_keeps_every_claim(claims in proptest::collection::vec(claim_or_score(), 0..7)) {
        let scored = claims.iter().any(|c| matches!(c, Claim::Score(..)));
        if let Some(belief) = look(&toml_of(&claims)).0 {
            for game in belief.draws(1, 0..24) {
                let worth = &game.players[0].worth;
                let swings: i64 = worth.iter().map(|w| swing(w)).sum();
                prop_assert!(swings == SCALE || scored);
                // Where scores leave no room for the ends of a scale, a weight is not a swing.
                let plain = |c: &&Claim| matches!(c, Claim::Prefers(..) | Claim::Best(..) | Claim::Worst(..) | Claim::Package(..));
                for claim in claims.iter().filter(|c| swings == SCALE || plain(c)) {
                    prop_assert!(claim.kept(worth), "{claim:?} in {worth:?}; {}", belief.method());
                }
            }
        }
    }

    #[test]
    fn dropping_claims_is_reading_the_rest(claims in proptest::collection::vec(claim_or_score(), 1..6), out in 0usize..6) {
        let out = out % claims.len();
        let with_ids = |claims: &[(usize, &Claim)]| {
            let wants: Vec<String> = claims.iter().map(|(i, c)| c.toml().replacen('{', &format!("{{ id = 'c{i}',"), 1)).collect();
            let all: Vec<Claim> = claims.iter().map(|(_, c)| (*c).clone()).collect();
            let plain: Vec<String> = all.iter().map(Claim::toml).collect();
            toml_of(&all).replace(&plain.join(", "), &wants.join(", "))
        };
        let all: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
        let rest: Vec<(usize, &Claim)> = all.iter().copied().filter(|(i, _)| *i != out).collect();
        if let Some(full) = look(&with_ids(&all)).0 {
            let without = full.without(&|id| id == format!("c{out}"));
            let read = look(&with_ids(&rest)).0;
            prop_assert_eq!(without.is_some(), read.is_some());
            if let (Some(without), Some(read)) = (without, read) {
                prop_assert_eq!(without.inputs(), read.inputs());
                // Chains may start elsewhere; everything else is number for number the same.
                if read.exact_sampling() {
                    for i in 0..8 {
                        prop_assert_eq!(&without.draw(1, i).players[0].worth, &read.draw(1, i).players[0].worth);
                    }
                }
            }
        }
    }

    #[test]
    fn the_smallest_contradiction_is_smallest(claims in proptest::collection::vec(any_claim(), 2..8)) {
        let toml = toml_of(&claims);
        let (belief, diagnostics) = look(&toml);
        let found = diagnostics.iter().find(|d| d.code == Code::Contradiction).map(|d| d.labels.len());
        prop_assert_eq!(belief.is_none(), found.is_some());
        if let Some(found) = found {
            let least = (1u32..1 << claims.len())
                .filter(|set| {
                    let some: Vec<Claim> = claims.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1).map(|(_, c)| c.clone()).collect();
                    look(&toml_of(&some)).0.is_none()
                })
                .map(u32::count_ones)
                .min();
            prop_assert_eq!(Some(found as u32), least);
        }
    }

    #[test]
    fn consistency_agrees_with_brute_force(
        over in proptest::collection::vec((0usize..3, 0usize..3), 0..3),
        better in proptest::collection::vec((0usize..3, 0usize..2), 0..3),
        packages in proptest::collection::vec((0usize..8, 0usize..8), 0..7),
    ) {
        let mut wants: Vec<String> = Vec::new();
        wants.extend(over.iter().map(|(i, j)| format!("{{ issue = 'i{}', over = 'i{}' }}", i + 1, j + 1)));
        wants.extend(better.iter().map(|(i, v)| {
            format!("{{ issue = 'i{}', prefers = ['{}', '{}'] }}", i + 1, letter(*v), letter(1 - *v))
        }));
        wants.extend(packages.iter().map(|(p, q)| format!("{{ package = 'p{p}', over = 'p{q}' }}")));
        let mut toml = with_wants(&[2; 3], &wants.iter().map(String::as_str).collect::<Vec<_>>());
        for p in 0..8usize {
            let values: Vec<String> = (0..3).map(|i| format!("i{} = '{}'", i + 1, letter(p >> i & 1))).collect();
            toml.push_str(&format!("[packages.p{p}]\nname = 'P'\nvalues = {{ {} }}\n", values.join(", ")));
        }
        prop_assert_eq!(look(&toml).0.is_some(), binary_brute(&over, &better, &packages), "{}", toml);
    }
}
