//! Small games that are known, and random ones judged by going through all supports.

use super::*;
use crate::game::Stream;
use num_rational::Ratio;

type Exact = Ratio<BigInt>;

fn whole(rows: &[&[i32]]) -> Vec<Vec<BigInt>> {
    rows.iter().map(|row| row.iter().map(|u| BigInt::from(*u)).collect()).collect()
}

fn mix(shares: &[i32]) -> Vec<BigInt> {
    shares.iter().map(|x| BigInt::from(*x)).collect()
}

fn named(rows: &[&[i32]]) -> Game {
    let names: Vec<String> = (0..rows.len()).map(|i| format!("s{i}")).collect();
    of(&names, &whole(rows), 1.0, Measure::Utility)
}

#[test]
fn stone_paper_scissors_is_mixed_evenly() {
    let game = named(&[&[0, -1, 1], &[1, 0, -1], &[-1, 1, 0]]);
    assert_eq!(symmetric_equilibria(&whole(&[&[0, -1, 1], &[1, 0, -1], &[-1, 1, 0]])), [mix(&[1, 1, 1])]);
    assert!(game.pure.is_empty());
    assert_eq!(game.best_replies["s0"], ["s1"]);
    assert_eq!(game.equilibria[0].value, 0.0);
    // The even mix is where the field starts, and it stays.
    assert!(game.replicator.settled && game.replicator.regret < 1e-9);
}

#[test]
fn hawks_and_doves_are_mixed_by_what_a_fight_costs() {
    // Half of (2 - 6), 2, 0, 1: hawks have a share of 2 / 6.
    let game = named(&[&[-2, 2], &[0, 1]]);
    assert_eq!(symmetric_equilibria(&whole(&[&[-2, 2], &[0, 1]])), [mix(&[1, 2])]);
    assert_eq!(game.pure, [["s0".to_string(), "s1".to_string()]]);
    assert!((game.replicator.shares["s0"] - 1.0 / 3.0).abs() < 1e-6, "{:?}", game.replicator);
}

#[test]
fn prisoners_confess() {
    let game = named(&[&[3, 0], &[5, 1]]);
    assert_eq!(game.pure, [["s1".to_string(), "s1".to_string()]]);
    assert_eq!(game.equilibria.len(), 1);
    assert_eq!((game.equilibria[0].shares["s1"], game.equilibria[0].value), (1.0, 1.0));
    assert_eq!(game.replicator.shares.keys().collect::<Vec<_>>(), ["s1"]);
}

#[test]
fn a_hunt_has_two_pure_and_a_mixed_one() {
    let found = symmetric_equilibria(&whole(&[&[4, 0], &[3, 3]]));
    assert_eq!(found, [mix(&[3, 1]), mix(&[1, 0]), mix(&[0, 1])]);
}

/// Every symmetric equilibrium of a game without ties, by solving for each support.
fn all_supports(payoffs: &[Vec<BigInt>]) -> Vec<Vec<BigInt>> {
    let n = payoffs.len();
    let mut found = Vec::new();
    for support in 1..1_usize << n {
        let inside: Vec<usize> = (0..n).filter(|i| support & (1 << i) != 0).collect();
        let k = inside.len();
        // The same payoff v for all inside, and shares that add up to 1.
        let mut rows: Vec<Vec<Exact>> = (inside.iter())
            .map(|i| {
                let own = inside.iter().map(|j| Exact::from(payoffs[*i][*j].clone()));
                own.chain([-Exact::one(), Exact::zero()]).collect()
            })
            .collect();
        rows.push((0..k).map(|_| Exact::one()).chain([Exact::zero(), Exact::one()]).collect());
        let Some(solution) = solve(rows) else { continue };
        if solution[..k].iter().any(|x| *x <= Exact::zero()) {
            continue;
        }
        let common = solution[..k].iter().fold(BigInt::one(), |common, x| common.lcm(x.denom()));
        let mut shares = vec![BigInt::zero(); n];
        for (i, x) in inside.iter().zip(&solution) {
            shares[*i] = x.numer() * (&common / x.denom());
        }
        let divisor = shares.iter().fold(BigInt::zero(), |d, x| d.gcd(x));
        let shares: Vec<BigInt> = shares.into_iter().map(|x| x / &divisor).collect();
        if is_equilibrium(payoffs, &shares) {
            found.push(shares);
        }
    }
    found
}

fn solve(mut rows: Vec<Vec<Exact>>) -> Option<Vec<Exact>> {
    let n = rows.len();
    for column in 0..n {
        let pivot = (column..n).find(|r| !rows[*r][column].is_zero())?;
        rows.swap(column, pivot);
        let lead = rows[column][column].clone();
        rows[column].iter_mut().for_each(|x| *x /= &lead);
        for other in (0..n).filter(|r| *r != column) {
            let factor = rows[other][column].clone();
            let own = rows[column].clone();
            rows[other].iter_mut().zip(own).for_each(|(x, y)| *x -= &factor * y);
        }
    }
    Some(rows.into_iter().map(|row| row[n].clone()).collect())
}

#[test]
fn paths_end_where_going_through_supports_does() {
    let mut mixed = 0;
    for index in 0..400 {
        let mut stream = Stream::new(11, index, 0);
        let n = 2 + (index % 5) as usize;
        // Few different payoffs in every other game, so that there are ties.
        let span = if index % 2 == 0 { 1_000 } else { 4 };
        let payoffs: Vec<Vec<BigInt>> =
            (0..n).map(|_| (0..n).map(|_| BigInt::from(stream.below(span))).collect()).collect();
        let found = symmetric_equilibria(&payoffs);
        assert!(!found.is_empty(), "every symmetric game has a symmetric equilibrium");
        let all = all_supports(&payoffs);
        for one in &found {
            assert!(is_equilibrium(&payoffs, one));
            mixed += usize::from(one.iter().filter(|x| !x.is_zero()).count() > 1);
            if span > 4 {
                assert!(all.contains(one), "{one:?} of {payoffs:?}");
            }
        }
    }
    assert!(mixed > 100, "{mixed}");
}

#[test]
fn a_field_that_goes_in_circles_is_said_not_to_settle() {
    // Losing costs more than winning brings, and the start is not the even mix of the three.
    let game = named(&[&[0, -3, 1, 0], &[1, 0, -3, 1], &[-3, 1, 0, 2], &[-9, -9, -9, -9]]);
    assert!(!game.replicator.settled);
    assert!(game.replicator.regret > 0.01, "{:?}", game.replicator);
    assert_eq!(game.equilibria.len(), 1);
}
