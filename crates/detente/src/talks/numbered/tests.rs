#![allow(clippy::unwrap_used)]

use super::*;
use crate::game::{Stream, Utility};

/// Some issues with worths of a spread, and outcomes in the order of their utilities by a plain sort.
struct Sorted {
    quick: Arc<Quick>,
    all: Vec<(i64, Vec<u16>)>,
}

fn odd(digits: &[u16]) -> bool {
    digits.iter().sum::<u16>() % 3 != 1
}

impl Sorted {
    fn of(seed: u64, forbids: bool) -> Sorted {
        let mut stream = Stream::new(seed, 0, 0);
        let spread = [1, 3, 50, 1 << 20, 1 << 34, 1 << 49][seed as usize % 6];
        let (issues, values) = if seed.is_multiple_of(7) { (3, 9) } else { (1 + stream.below(4), 7) };
        let worth: Vec<Vec<i128>> = (0..issues)
            .map(|_| (0..2 + stream.below(values)).map(|_| i128::from(stream.below(spread)) - 7).collect())
            .collect();
        let mut all: Vec<(i64, Vec<u16>)> = vec![(5, Vec::new())];
        for issue in &worth {
            let more = |(sum, head): &(i64, Vec<u16>)| -> Vec<(i64, Vec<u16>)> {
                let longer = |(v, w): (usize, &i128)| {
                    (sum + i64::try_from(*w).unwrap(), [head.as_slice(), &[u16::try_from(v).unwrap()]].concat())
                };
                issue.iter().enumerate().map(longer).collect()
            };
            all = all.iter().flat_map(more).collect();
        }
        all.retain(|(_, digits)| !forbids || odd(digits));
        all.sort_by_key(|(utility, _)| std::cmp::Reverse(*utility));
        let quick = Quick::of(&Utility { constant: 5, worth, ..Utility::default() }).unwrap();
        Sorted { quick: Arc::new(quick), all }
    }

    fn at(&self, rank: Option<usize>) -> Option<(i64, Vec<u16>)> {
        self.all.get(rank?).cloned()
    }

    /// The first of those as good as the one at a rank.
    fn first(&self, rank: Option<usize>) -> Option<(i64, Vec<u16>)> {
        let (utility, _) = self.at(rank)?;
        self.at(self.all.iter().position(|(u, _)| *u == utility))
    }
}

/// Whatever the worth of values, and whether outcomes are in order yet or not, the answers are those of a plain sort.
#[test]
fn questions_are_answered_as_by_a_sort() {
    let mut heads = 0;
    for seed in 0..210u64 {
        let forbids = seed % 2 == 1;
        let sorted = Sorted::of(seed, forbids);
        let permits = |outcome: &Outcome| odd(outcome.digits());
        let permits = forbids.then_some(&permits as &dyn Fn(&Outcome) -> bool);
        let spelled =
            |of: &Numbered, found: Option<(i64, u32)>| found.map(|(u, at)| (u, of.outcome(at).digits().to_vec()));
        let numbered = Numbered::of(&sorted.quick, permits).unwrap();
        let ends = sorted.all.first().map(|(best, _)| (*best, sorted.all.last().unwrap().0));
        assert_eq!(numbered.ends(), ends, "{seed}");
        let mut stream = Stream::new(seed, 1, 0);
        let (high, low) = ends.unwrap_or((9, 0));
        let near = |stream: &mut Stream| {
            let some = usize::try_from(stream.below(sorted.all.len().max(1) as u64)).unwrap();
            sorted.at(Some(some)).map_or(0, |(u, _)| i128::from(u)) + i128::from(stream.below(3)) - 1
        };
        // More questions than are looked through before all are put in order.
        let asked: Vec<i128> = (0..200).map(|_| near(&mut stream)).collect();
        let beyond = [i128::MIN, i128::MAX, i128::from(high) + 1, i128::from(low) - 1, 1 << 100, -(1 << 100)];
        for utility in beyond.into_iter().chain(asked) {
            let count = sorted.all.iter().filter(|(u, _)| i128::from(*u) >= utility).count();
            assert_eq!(
                spelled(&numbered, numbered.at_least(utility)),
                sorted.first(count.checked_sub(1)),
                "{seed} {utility}"
            );
            let above = sorted.all.iter().filter(|(u, _)| i128::from(*u) > utility).count();
            assert_eq!(spelled(&numbered, numbered.at_most(utility)), sorted.at(Some(above)), "{seed} {utility}");
        }
        assert!(numbered.ranking.get().is_some());
        // Ranks, from the best part and from the whole.
        let numbered = Numbered::of(&sorted.quick, permits).unwrap();
        for rank in 0..=sorted.all.len() {
            let found = numbered.ranked(rank);
            assert_eq!(spelled(&numbered, found), sorted.at(Some(rank)), "{seed} {rank}");
            heads += usize::from(found.is_some() && numbered.ranking.get().is_none());
        }
        assert!(numbered.ranked(sorted.all.len()).is_none());
        // Counts, from the best part and from the whole; in a new one, as this one is in order by now.
        for _ in 0..20 {
            let numbered = Numbered::of(&sorted.quick, permits).unwrap();
            let utility = near(&mut stream);
            let count = sorted.all.iter().filter(|(u, _)| i128::from(*u) >= utility).count();
            assert_eq!(numbered.best_part(utility).from(utility), count, "{seed} {utility}");
        }
        let spelled_out: Vec<(i64, Vec<u16>)> =
            numbered.list().iter().map(|c| (i64::try_from(c.utility).unwrap(), c.outcome.digits().to_vec())).collect();
        assert_eq!(spelled_out, sorted.all);
        assert_eq!(numbered.number(&Outcome::new([9; 9])), None);
        for choice in numbered.list().iter().take(50) {
            assert_eq!(numbered.outcome(numbered.number(&choice.outcome).unwrap()), choice.outcome);
            let number = numbered.ranking().codes().iter().find(|at| numbered.outcome(**at) == choice.outcome);
            assert_eq!(i128::from(numbered.utility(*number.unwrap())), choice.utility);
        }
    }
    // Some were answered from the best part alone.
    assert!(heads > 500, "{heads}");
}
