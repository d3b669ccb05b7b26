use super::*;
use crate::analysis::stability::Literal;
use crate::analysis::stability::judge::Shape;
use crate::analysis::stability::symbolic::tests::short_statements;

/// Compares every answer with the definitions. Where several others move together, paths are chosen otherwise: there the
/// verdicts and the lengths are compared.
fn agree(shape: &Shape, seed: u64, conflicts: u64) -> u64 {
    let mut compared = 0;
    for index in 0..conflicts {
        let conflict = shape.conflict(seed, index);
        let literal = Literal::of(&conflict, 256).unwrap();
        let mut query = Query::new(&conflict, Budget::default()).unwrap();
        let joint = conflict.control.iter().any(|c| c.holders.len() > 1 && c.holders.len() < conflict.makers.len());
        for state in literal.states().iter().step_by(1 + literal.states().len() / 12) {
            for concept in Concept::ALL {
                for maker in 0..conflict.makers.len() {
                    let judged = literal.why(state, maker, concept, 5);
                    match query.why(state, maker, concept, 5) {
                        Err(Halt::Refused(_)) => assert!(joint && concept.credible()),
                        found if joint => alike(found.unwrap().unwrap(), judged.unwrap(), &conflict),
                        found => assert_eq!(found.unwrap(), judged, "{seed} {index} {state:?}: {conflict:#?}"),
                    }
                    compared += 1;
                }
            }
        }
    }
    compared
}

fn alike(mut found: Why, mut judged: Why, conflict: &Conflict) {
    for why in [&mut found, &mut judged] {
        for answer in &mut why.answers {
            answer.credible = false;
            if let Some(steps) = &mut answer.sanction {
                // Steps to one state are one move.
                steps.dedup_by(|a, b| a.to == b.to);
                let blank = Step { maker: 0, to: Outcome::new([]) };
                steps.fill(blank);
            }
        }
    }
    assert_eq!(found, judged, "{conflict:#?}");
}

#[test]
fn agrees_with_the_definitions() {
    assert!(agree(&Shape::default(), 31, 40) > 5000);
    assert!(agree(&Shape::full(), 32, 40) > 5000);
}

#[test]
#[ignore = "takes minutes"]
fn agrees_with_the_definitions_on_many() {
    agree(&Shape::default(), 41, 3000);
    agree(&Shape { makers: (3, 5), unseen: true, ..Shape::default() }, 42, 2000);
    agree(&Shape::full(), 43, 2000);
}

#[test]
fn what_is_no_state_has_no_answer() {
    let conflict = Shape::default().conflict(1, 1);
    let mut query = Query::new(&conflict, Budget::default()).unwrap();
    assert_eq!(query.equilibrium(&Outcome::new([9]), Concept::Gmr), Ok(None));
    let state = conflict.space.outcomes().find(|o| conflict.feasible(o)).unwrap();
    assert_eq!(query.stable(&state, 99, Concept::Nash), Ok(None));
}

/// Checked without the engine: every move keeps to its mover's options, every improvement and every credible step is
/// one, and the end of a sanction is not preferred.
#[test]
fn answers_about_a_hundred_options_can_be_followed() {
    let mut followed = 0;
    for seed in 0..4 {
        let conflict = short_statements(100, 3, 12, seed);
        let mut query = Query::new(&conflict, Budget::default()).unwrap();
        let state = Outcome::new((0..100u16).map(|at| u16::from(at * 7 % 11 < 5)).collect::<Vec<u16>>());
        let legal = |maker: usize, from: &Outcome, to: &Outcome| {
            from != to && (0..100).all(|o| from.digit(o) == to.digit(o) || conflict.control[o].holders == [maker])
        };
        for maker in 0..3 {
            for concept in Concept::ALL {
                let why = query.why(&state, maker, concept, 3).unwrap().unwrap();
                assert_eq!(why.stable, why.answers.iter().all(|answer| answer.sanction.is_some()));
                for answer in &why.answers {
                    let better = |o: &Outcome| conflict.score(maker, o) > conflict.score(maker, &state);
                    assert!(legal(maker, &state, &answer.to) && better(&answer.to));
                    let Some(steps) = &answer.sanction else { continue };
                    let mut here = &answer.to;
                    for step in steps {
                        assert!(step.maker != maker && legal(step.maker, here, &step.to));
                        let gain = conflict.score(step.maker, &step.to) > conflict.score(step.maker, here);
                        assert!(gain || !answer.credible);
                        here = &step.to;
                    }
                    assert!(!better(here) && (answer.credible || !concept.credible()));
                    followed += 1;
                }
            }
        }
    }
    assert!(followed > 20, "{followed}");
}
