//! Patterns against the states that they cover.

use super::super::pattern;
use super::brute::{conflict, written};
use crate::game::{Outcome, Stream};

#[test]
fn a_pattern_covers_its_set_and_nothing_else() {
    let (mut said, mut unsaid) = (0, 0);
    for case in 0..400 {
        let mut stream = Stream::new(7, case, 0);
        let conflict = conflict(&mut stream, 2);
        let (_, all) = written(&conflict);
        let Some(besides) = all.first() else { continue };
        // Half of them are boxes, half are any sets.
        let issue = stream.below(conflict.space.issues.len() as u64) as usize;
        let other = stream.below(conflict.space.issues.len() as u64) as usize;
        let boxed = |s: &&Outcome| s.digit(issue) == 0 && s.digit(other) == 0;
        let set: Vec<Outcome> = if case % 2 == 0 {
            all.iter().filter(boxed).cloned().collect()
        } else {
            all.iter().filter(|_| stream.below(2) == 0).cloned().collect()
        };
        let covered = |conditions: &[(usize, Vec<u16>)]| -> Vec<&Outcome> {
            let meets = |s: &&Outcome| conditions.iter().all(|(at, digits)| digits.contains(&s.digit(*at)));
            all.iter().filter(meets).filter(|s| *s != besides).collect()
        };
        let wanted: Vec<&Outcome> = set.iter().filter(|s| *s != besides).collect();
        match pattern(&conflict, &set, besides) {
            Some(conditions) => {
                said += 1;
                assert_eq!(covered(&conditions), wanted);
                for at in 0..conditions.len() {
                    let mut fewer = conditions.clone();
                    fewer.remove(at);
                    assert_ne!(covered(&fewer), wanted);
                }
            }
            None => {
                unsaid += 1;
                // Neither does the smallest box around it.
                let issues = 0..conflict.space.issues.len();
                let tight: Vec<(usize, Vec<u16>)> =
                    issues.map(|at| (at, wanted.iter().map(|s| s.digit(at)).collect())).collect();
                assert!(wanted.is_empty() || covered(&tight) != wanted);
            }
        }
    }
    assert!(said > 100 && unsaid > 50, "{said} {unsaid}");
}
