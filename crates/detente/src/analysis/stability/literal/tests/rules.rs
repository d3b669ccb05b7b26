//! The further rules against their definitions written again.

use super::brute::Brute;
use super::{graph, known};
use crate::analysis::stability::judge::Shape;
use crate::analysis::stability::{Concept, Extension, Literal, Rule, Unanswered};
use crate::game::Outcome;
use crate::game::conflict::{Comparison, Conflict, Graph, GraphMaker, Order};
use std::collections::BTreeSet;

fn better(c: Comparison) -> bool {
    matches!(c, Comparison::Better | Comparison::MuchBetter)
}

impl Brute {
    /// The form of all concepts: improvements, answers of the others, sanctions, and whether these have to hold.
    fn form(
        &self,
        i: usize,
        s: usize,
        improves: &dyn Fn(usize) -> bool,
        counts: Option<super::brute::Counts<'_>>,
        sanctions: &dyn Fn(usize) -> bool,
        symmetric: bool,
    ) -> bool {
        self.moves(i, s).into_iter().filter(|t| improves(*t)).all(|t| {
            let Some(counts) = counts else { return false };
            let answers = self.reach(&self.others(&[i]), counts, t);
            answers.into_iter().any(|u| sanctions(u) && (!symmetric || self.moves(i, u).into_iter().all(sanctions)))
        })
    }

    fn strong(&self, i: usize, concept: Concept, s: usize) -> bool {
        let gain = |j: usize, a: usize, b: usize| !concept.credible() || self.scores[j][b] > self.scores[j][a];
        // Strength goes by ranks, not by what is unknown.
        let improves = |t: usize| self.scores[i][t] > self.scores[i][s];
        let much_worse = |t: usize| self.comparison[i][t][s] == Comparison::MuchWorse;
        self.form(i, s, &improves, Some(&gain), &much_worse, concept.symmetric())
    }

    fn under_unknown(&self, i: usize, concept: Concept, extension: Extension, s: usize) -> bool {
        let compare = |t: usize| self.comparison[i][t][s];
        let unknown = |t: usize| compare(t) == Comparison::Unknown;
        let hope = |j: usize, a: usize, b: usize| {
            let c = self.comparison[j][b][a];
            !concept.credible() || better(c) || c == Comparison::Unknown
        };
        let (plus, less) = match extension {
            Extension::A => (true, false),
            Extension::B => (false, false),
            Extension::C => (true, true),
            Extension::D => (false, true),
        };
        let improves = |t: usize| better(compare(t)) || plus && unknown(t);
        let deters = |t: usize| !better(compare(t)) && (less || !unknown(t));
        let counts = (concept != Concept::Nash).then_some(&hope as super::brute::Counts<'_>);
        self.form(i, s, &improves, counts, &deters, concept.symmetric())
    }

    fn all_gain(&self, group: &[usize], a: usize, b: usize) -> bool {
        group.iter().all(|j| self.scores[*j][b] > self.scores[*j][a])
    }

    /// Where coalitions of a group get to by improvements, the same coalition not twice in a row.
    fn coalition_walk(&self, groups: &[Vec<usize>], s: usize) -> BTreeSet<usize> {
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut ring = vec![(s, usize::MAX)];
        while let Some((at, last)) = ring.pop() {
            for (k, group) in groups.iter().enumerate().filter(|(k, _)| *k != last) {
                for t in self.reach(group, &|_, _, _| true, at) {
                    if self.all_gain(group, at, t) && seen.insert((t, k)) {
                        ring.push((t, k));
                    }
                }
            }
        }
        seen.into_iter().map(|(t, _)| t).filter(|t| *t != s).collect()
    }

    fn coalition(&self, group: &[usize], concept: Concept, s: usize) -> bool {
        let any = |_: usize, _: usize, _: usize| true;
        let against = self.others(group);
        let groups: Vec<Vec<usize>> = (1..1usize << against.len())
            .map(|mask| (0..against.len()).filter(|b| mask >> b & 1 == 1).map(|b| against[b]).collect())
            .collect();
        self.reach(group, &any, s).into_iter().filter(|t| self.all_gain(group, s, *t)).all(|t| {
            let answers = match concept {
                Concept::Nash => BTreeSet::new(),
                _ if concept.credible() => self.coalition_walk(&groups, t),
                _ => self.reach(&against, &any, t),
            };
            let deters = |u: usize| !self.all_gain(group, s, u);
            answers
                .into_iter()
                .any(|u| deters(u) && (!concept.symmetric() || self.reach(group, &any, u).into_iter().all(deters)))
        })
    }

    /// Where `i` expects the end: plain recursion.
    fn end(&self, h: u32, i: usize, s: usize) -> usize {
        if h == 0 {
            return s;
        }
        let p = &self.scores[i];
        let ends = self.moves(i, s).into_iter().map(|t| {
            let next = self.others(&[i]).into_iter().map(|j| self.end(h - 1, j, t));
            next.min_by(|a, b| p[*a].cmp(&p[*b]).then(a.cmp(b))).unwrap_or(t)
        });
        let spite = |e: usize| if self.makers() == 2 { -self.scores[1 - i][e] } else { 0 };
        let best = ends.max_by(|a, b| p[*a].cmp(&p[*b]).then(spite(*a).cmp(&spite(*b))).then(b.cmp(a)));
        best.filter(|e| p[*e] > p[s]).unwrap_or(s)
    }
}

fn expected(states: usize, stable: impl Fn(usize) -> bool) -> Result<Vec<bool>, Unanswered> {
    Ok((0..states).map(stable).collect())
}

const SANCTIONED: [Concept; 4] = [Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq];

#[test]
fn strength_and_unknown_preference_as_by_definition() {
    let mut differ = [0; 3];
    for index in 0..400 {
        let shape = Shape { makers: (2, 4), outcomes: 32, strength: true, ..Shape::full() };
        // Strength and unknown pairs are judged apart.
        let shape = Shape { unknown: index % 2 == 0, strength: index % 2 == 1, ..shape };
        let conflict = shape.conflict(21, index);
        let (literal, brute) = (Literal::of(&conflict, 1 << 10).unwrap(), Brute::of(&conflict));
        for i in 0..brute.makers() {
            for concept in SANCTIONED {
                let strong = literal.stable_by(i, Rule::Strong(concept));
                assert_eq!(strong, expected(brute.states, |s| brute.strong(i, concept, s)), "{index} {i} {concept:?}");
                let (strong, all) = (strong.unwrap(), literal.stable(i, concept));
                let weak = literal.stable_by(i, Rule::Weak(concept)).unwrap();
                for s in 0..brute.states {
                    assert_eq!(u8::from(strong[s]) + u8::from(weak[s]), u8::from(all[s]));
                }
                differ[0] += u64::from(strong != literal.stable(i, Concept::Nash) && strong != all);
            }
            for concept in Concept::ALL {
                let by = |extension| literal.stable_by(i, Rule::Unknown(concept, extension)).unwrap();
                let [a, b, c, d] = Extension::ALL.map(by);
                for (extension, found) in Extension::ALL.into_iter().zip([&a, &b, &c, &d]) {
                    let expected = expected(brute.states, |s| brute.under_unknown(i, concept, extension, s));
                    assert_eq!(Ok(found), expected.as_ref(), "{index} {i} {concept:?} {extension:?}");
                }
                for s in 0..brute.states {
                    assert!(!a[s] || b[s] && c[s]);
                    assert!(!(b[s] || c[s]) || d[s]);
                }
                if conflict.makers.iter().all(|m| m.unknown.is_empty()) {
                    assert!([&b, &c, &d].iter().all(|x| **x == a) && a == literal.stable(i, concept));
                }
                differ[1] += u64::from(a != b);
                differ[2] += u64::from(b != d);
            }
        }
    }
    assert!(differ.iter().all(|n| *n > 20), "{differ:?}");
}

#[test]
fn coalitions_as_by_definition() {
    let (mut verdicts, mut unstable) = (0, 0);
    for index in 0..120 {
        let (literal, brute) = if index % 2 == 0 {
            let graph = graph(31, index, (2, 3), 9);
            let brute = Brute::over(&graph);
            (Literal::over(graph).unwrap(), brute)
        } else {
            let conflict = Shape { makers: (2, 4), outcomes: 16, joint: true, ..Shape::default() }.conflict(31, index);
            (Literal::of(&conflict, 1 << 10).unwrap(), Brute::of(&conflict))
        };
        let everybody: Vec<usize> = (0..brute.makers()).collect();
        for concept in Concept::ALL {
            let mut universal = vec![true; brute.states];
            for mask in 1..1usize << brute.makers() {
                let group: Vec<usize> = everybody.iter().copied().filter(|j| mask >> j & 1 == 1).collect();
                let found = literal.coalition(&group, concept);
                assert_eq!(found, expected(brute.states, |s| brute.coalition(&group, concept, s)), "{index} {group:?}");
                let found = found.unwrap();
                if let [one] = group.as_slice()
                    && !concept.credible()
                {
                    assert_eq!(found, literal.stable(*one, concept));
                }
                verdicts += found.len();
                universal.iter_mut().zip(found).for_each(|(a, b)| *a &= b);
            }
            assert_eq!(literal.equilibria_by(Rule::Coalition(concept)).as_ref(), Ok(&universal));
            let each = everybody.iter().map(|i| literal.stable_by(*i, Rule::Coalition(concept)).unwrap());
            assert_eq!(literal.all(each), universal);
            let alone = literal.equilibria(concept);
            unstable += universal.iter().zip(alone).filter(|(c, a)| !**c && *a).count();
        }
    }
    assert!(verdicts > 10_000 && unstable > 50, "{verdicts} {unstable}");
}

/// When coalitions of the others are only those of one member, the stability of a coalition of one is that of the member.
#[test]
fn with_two_decision_makers_a_coalition_of_one_is_its_member() {
    for index in 0..100 {
        let literal = Literal::over(graph(32, index, (2, 2), 12)).unwrap();
        for concept in Concept::ALL {
            for i in 0..2 {
                assert_eq!(literal.coalition(&[i], concept), Ok(literal.stable(i, concept)));
            }
        }
    }
}

#[test]
fn coalitions_of_elmira() {
    let literal = Literal::over(known::elmira()).unwrap();
    // The literature: the ministry and Uniroyal leave state 5 together, for 8.
    assert!(literal.equilibria(Concept::Nash)[4]);
    assert!(!literal.coalition(&[0, 1], Concept::Nash).unwrap()[4]);
    assert!(!literal.equilibria_by(Rule::Coalition(Concept::Nash)).unwrap()[4]);
    let merged = literal.merged(&[vec![0, 1], vec![2]], Concept::Nash).unwrap();
    assert!(!merged[0][4] && merged[0][7]);
    assert_eq!(literal.merged(&[vec![0, 1]], Concept::Nash), Err(Unanswered::NoPartition));
    assert_eq!(literal.merged(&[vec![0, 1], vec![1, 2]], Concept::Nash), Err(Unanswered::NoPartition));
    assert_eq!(literal.coalition(&[3], Concept::Nash), Err(Unanswered::NoMaker));
}

#[test]
fn merged_groups_as_by_definition() {
    let mut differ = 0;
    for index in 0..200 {
        let conflict =
            Shape { makers: (3, 3), outcomes: 32, joint: true, unseen: true, ..Shape::default() }.conflict(41, index);
        let literal = Literal::of(&conflict, 1 << 10).unwrap();
        let alone: Vec<Vec<usize>> = (0..3).map(|i| vec![i]).collect();
        let groups = vec![vec![0, 2], vec![1]];
        // Holders exchanged for the numbers of their groups, the moves of which are those of the brute force.
        let mut regrouped = conflict.clone();
        for control in &mut regrouped.control {
            let one = control.holders.contains(&1).then_some(1);
            let other = control.holders.iter().any(|h| *h != 1).then_some(0);
            control.holders = other.into_iter().chain(one).collect();
        }
        let mut both = regrouped.makers[0].clone();
        let unseen: Vec<_> = [0, 2].iter().filter_map(|m| conflict.makers[*m].unseen.clone()).collect();
        both.unseen = Some(crate::game::Formula::Or(unseen));
        regrouped.makers = vec![both, conflict.makers[1].clone()];
        let mut brute = Brute::of(&regrouped);
        let scores = Brute::of(&conflict).scores;
        brute.scores = scores;
        for concept in Concept::ALL {
            let found = literal.merged(&alone, concept).unwrap();
            assert!(found.iter().enumerate().all(|(i, of)| *of == literal.stable(i, concept)));
            let found = literal.merged(&groups, concept).unwrap();
            let gain = |members: &[usize], a: usize, b: usize| brute.all_gain(members, a, b);
            for (group, found) in found.iter().enumerate() {
                let mine = &groups[group];
                for (s, found) in found.iter().enumerate() {
                    let counts = |g: usize, a: usize, b: usize| !concept.credible() || gain(&groups[g], a, b);
                    let deters = |u: usize| !gain(mine, s, u);
                    let stable = brute.moves(group, s).into_iter().filter(|t| gain(mine, s, *t)).all(|t| {
                        concept != Concept::Nash
                            && brute.reach(&[1 - group], &counts, t).into_iter().any(|u| {
                                deters(u) && (!concept.symmetric() || brute.moves(group, u).into_iter().all(deters))
                            })
                    });
                    assert_eq!(*found, stable, "{index} {concept:?} {group} {s}");
                }
            }
            differ += u64::from(found[1] != literal.stable(1, concept));
        }
    }
    assert!(differ > 20);
}

/// The states that others can make of an improvement at the same moment, by digits.
fn together(conflict: &Conflict, from: &Outcome, moves: &[&Outcome]) -> Outcome {
    let digit = |issue: usize| {
        let changed = moves.iter().find(|to| to.digit(issue) != from.digit(issue));
        changed.map_or(from.digit(issue), |to| to.digit(issue))
    };
    Outcome::new((0..conflict.space.issues.len()).map(digit).collect::<Vec<u16>>())
}

#[test]
fn simultaneous_sanctions_as_by_definition() {
    let mut apart = 0;
    for index in 0..250 {
        let conflict = Shape { makers: (2, 4), outcomes: 32, joint: true, ..Shape::default() }.conflict(51, index);
        let (literal, brute) = (Literal::of(&conflict, 1 << 10).unwrap(), Brute::of(&conflict));
        let states = literal.states();
        let improvements = |j: usize, s: usize| -> Vec<usize> {
            brute.moves(j, s).into_iter().filter(|t| brute.scores[j][*t] > brute.scores[j][s]).collect()
        };
        let spoilt = |i: usize, s: usize, others: &[usize]| {
            improvements(i, s).into_iter().all(|t| {
                let mut choices: Vec<Vec<usize>> = vec![vec![t]];
                for j in others {
                    let more: Vec<Vec<usize>> = choices
                        .iter()
                        .flat_map(|c| improvements(*j, s).into_iter().map(move |u| [c.clone(), vec![u]].concat()))
                        .collect();
                    choices.extend(more);
                }
                choices.iter().any(|c| {
                    let moves: Vec<&Outcome> = c.iter().map(|u| &states[*u]).collect();
                    let end = together(&conflict, &states[s], &moves);
                    let end = states.iter().position(|state| *state == end);
                    end.is_some_and(|end| brute.scores[i][end] <= brute.scores[i][s])
                })
            })
        };
        let seq = |j: usize, s: usize| brute.stable(j, Concept::Seq, s);
        for i in 0..brute.makers() {
            let others = brute.others(&[i]);
            let sim = literal.stable_by(i, Rule::Simultaneous);
            assert_eq!(sim, expected(brute.states, |s| spoilt(i, s, &others)), "{index} {i}");
            let either = literal.stable_by(i, Rule::SequentialOrSimultaneous);
            assert_eq!(either, expected(brute.states, |s| seq(i, s) || spoilt(i, s, &others)));
            let both = literal.stable_by(i, Rule::FraserHipel);
            let unstable = |s: usize| others.iter().copied().filter(|j| !seq(*j, s)).collect::<Vec<_>>();
            assert_eq!(both, expected(brute.states, |s| seq(i, s) || spoilt(i, s, &unstable(s))));
            apart += u64::from(either != both);
        }
    }
    assert!(apart > 3);
    let graph = Literal::over(known::elmira()).unwrap();
    assert_eq!(graph.stable_by(0, Rule::Simultaneous), Err(Unanswered::NoIssues));
}

#[test]
fn simultaneous_sanctions_of_the_literature() {
    let check = |conflict: &Conflict, sim: &[u64], fraser_hipel: &[u64]| {
        let literal = Literal::of(conflict, 64).unwrap();
        let found = |rule| known::codes(conflict, &literal, &literal.equilibria_by(rule).unwrap());
        assert_eq!(found(Rule::Simultaneous), sim);
        assert_eq!(found(Rule::FraserHipel), fraser_hipel);
        assert_eq!(found(Rule::SequentialOrSimultaneous), fraser_hipel);
    };
    let [base, bloodthirsty, deterrence] = known::korea();
    check(&base, &[0, 4, 5, 10], &[0, 4, 5, 10]);
    check(&bloodthirsty, &[5, 12], &[5, 12]);
    check(&deterrence, &[5, 10, 12], &[0, 5, 10, 12]);
    check(&known::chicken(), &[1, 2, 3], &[1, 2, 3]);
    check(&known::dilemma(), &[0, 3], &[0, 3]);
    check(&known::syria_iraq(), &[6], &[6]);
}

#[test]
fn foresight_as_by_definition() {
    let mut moved = 0;
    for index in 0..300 {
        let graph = graph(61, index, (1, 3), 7);
        let brute = Brute::over(&graph);
        let literal = Literal::over(graph).unwrap();
        for i in 0..brute.makers() {
            for h in 1..=4 {
                let found = literal.stable_by(i, Rule::LimitedPessimistic(h));
                assert_eq!(found, expected(brute.states, |s| brute.end(h, i, s) == s), "{index} {i} {h}");
                let two = literal.stable_by(i, Rule::Limited(h));
                assert_eq!(two, if brute.makers() == 2 { found.clone() } else { Err(Unanswered::NotTwo) });
                moved += u64::from(found != literal.stable_by(i, Rule::LimitedPessimistic(1)));
            }
            assert_eq!(literal.stable_by(i, Rule::LimitedPessimistic(1)), Ok(literal.stable(i, Concept::Nash)));
            // From some horizon on, seen over a long window; and far horizons by repetition.
            let limited = |h| literal.stable_by(i, Rule::LimitedPessimistic(h)).unwrap();
            let window = (240..=480).map(limited);
            assert_eq!(literal.stable_by(i, Rule::NonMyopicPessimistic).unwrap(), literal.all(window));
        }
    }
    assert!(moved > 50);
}

#[test]
fn foresight_in_the_dilemma_and_in_chicken() {
    let literal = Literal::of(&known::dilemma(), 4).unwrap();
    // Both cooperate, or both do not: nobody gains by leaving either when the other's answers are seen (Brams 1994).
    assert_eq!(literal.equilibria_by(Rule::NonMyopic), Ok(vec![true, false, false, true]));
    let literal = Literal::of(&known::chicken(), 4).unwrap();
    assert!(literal.equilibria_by(Rule::NonMyopic).unwrap()[3]);
    // A far horizon is no slower than where what is expected begins to repeat.
    assert_eq!(literal.equilibria_by(Rule::Limited(u32::MAX)).unwrap().len(), 4);
}

#[test]
fn each_may_have_its_own_rule() {
    let literal = Literal::of(&known::chicken(), 4).unwrap();
    let found = literal.mixed(&[Concept::Nash.into(), Concept::Gmr.into()]).unwrap();
    assert_eq!(found, literal.all([literal.stable(0, Concept::Nash), literal.stable(1, Concept::Gmr)].into_iter()));
    assert_eq!(literal.mixed(&[Rule::Simultaneous]), Err(Unanswered::NotOneEach));
    assert_eq!(literal.stable_by(2, Rule::Simultaneous), Err(Unanswered::NoMaker));
}

#[test]
fn names_lead_back_to_their_rules() {
    let mut all = vec![Rule::Simultaneous, Rule::SequentialOrSimultaneous, Rule::FraserHipel, Rule::NonMyopic];
    all.extend([Rule::NonMyopicPessimistic, Rule::Limited(3), Rule::LimitedPessimistic(12)]);
    for concept in Concept::ALL {
        all.extend([Rule::Core(concept), Rule::Coalition(concept)]);
        all.extend(Extension::ALL.map(|extension| Rule::Unknown(concept, extension)));
        if concept != Concept::Nash {
            all.extend([Rule::Strong(concept), Rule::Weak(concept)]);
        }
    }
    let meanings: BTreeSet<String> = all.iter().map(|rule| rule.meaning()).collect();
    assert_eq!(meanings.len(), all.len());
    for rule in all {
        assert_eq!(Rule::named(&rule.short()), Some(rule), "{}", rule.short());
        assert_eq!(Rule::named(&rule.short().to_ascii_lowercase()), Some(rule));
    }
    for wrong in
        ["", "L", "L0", "L-1", "LX", "C", "strong-R", "strong-", "SEQ-e", "SEQ-", "-a", "nm-", "l3-", "é", "cé"]
    {
        assert_eq!(Rule::named(wrong), None, "{wrong}");
    }
}

/// In a game of two options nobody has more than one move, so that plain recursion looks far ahead. In many of them what
/// is expected never settles.
#[test]
fn foresight_in_all_strict_games_of_two_options() {
    let mut unsettled = 0;
    let orders =
        || (0..256u32).map(|code| [0, 2, 4, 6].map(|at| code >> at & 3)).filter(|r| (0..4).all(|x| r.contains(&x)));
    for one in orders() {
        for other in orders() {
            let maker = |moves: [u32; 4], rank: [u32; 4]| GraphMaker {
                moves: moves.iter().map(|to| vec![*to]).collect(),
                order: Order::of(rank.to_vec()),
                ..GraphMaker::default()
            };
            let makers = vec![maker([1, 0, 3, 2], one), maker([2, 3, 0, 1], other)];
            let graph = Graph { states: vec![String::new(); 4], makers, joint: Vec::new() };
            let brute = Brute::over(&graph);
            let literal = Literal::over(graph).unwrap();
            for i in 0..2 {
                let stays = |h: u32| -> Vec<bool> { (0..4).map(|s| brute.end(h, i, s) == s).collect() };
                for h in [2, 5, 13, 40] {
                    assert_eq!(literal.stable_by(i, Rule::Limited(h)), Ok(stays(h)), "{one:?} {other:?} {i} {h}");
                }
                let window: Vec<Vec<bool>> = (30..54).map(stays).collect();
                unsettled += u64::from(window.windows(2).any(|pair| pair[0] != pair[1]));
                assert_eq!(literal.stable_by(i, Rule::NonMyopic), Ok(literal.all(window.into_iter())));
            }
        }
    }
    assert!(unsettled > 100);
}
