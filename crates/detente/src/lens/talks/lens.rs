//! The talks lens: sessions of a case, over the games that fit it.

use super::hangs_on::{Changed, changes};
use super::run::{Laid, Logged, run};
use super::setup::Setup;
use super::tally::Tally;
use super::told::told;
use super::{Baseline, Features, Hangs, Input, TalksAnswer};
use crate::game::Stream;
use crate::lens::{Exactness, Finding, Lens, Made, Question, ShareOf};
use crate::talks::course::Entry;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Of the sessions, one in so many is played again with each thing changed; and so many at most.
const SAME: (u64, u64) = (5, 100);
/// Sessions held in memory at a time.
const BATCH: u64 = 256;
/// A change of the share of agreement that is worth a word: five points.
const DRIVES: f64 = 0.05;

/// How would the talks go: is anything signed, what, when, and what does it hang on?
///
/// Each draw is one session in a game of its own. Everything that the case leaves open is drawn with it.
///
/// ```
/// use detente::lens::{Lens, talks::Talks};
/// assert_eq!(Talks::NAME, "talks");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Talks {
    /// The session that is told; without it, one of median length that signed something.
    pub session: Option<u64>,
    /// So many meetings in every session, whatever the case says.
    pub meetings: Option<u32>,
    /// A strategy for each party whose consent is needed, in file order, whatever the case says; none: as the case says.
    pub strategies: Vec<crate::strategy::Recipe>,
}

/// What one session gives to the counts.
struct Played {
    run: super::run::Run,
    /// Whether something was signed, by setting of what is changed; empty where the session is not among them.
    changed: Vec<bool>,
    any: bool,
    random: bool,
    plain: bool,
}

impl Lens for Talks {
    type Answer = TalksAnswer;
    const NAME: &'static str = "talks";

    fn ask(&self, question: &Question<'_>) -> Finding<TalksAnswer> {
        let setup = Setup::of(question.case, question.belief, question.seed, self);
        let sessions = question.draws.max(1);
        let same = sessions.div_ceil(SAME.0).min(SAME.1).max(sessions.min(20));
        let changes = changes(&setup);
        let total = sessions + same;
        let done = AtomicU64::new(0);
        let mut tally = Tally::new(&setup);
        let mut counts =
            Counts { changed: vec![0; changes.iter().map(|c| c.settings.len()).sum()], ..Counts::default() };
        let mut from = 0;
        while from < sessions {
            let until = sessions.min(from + BATCH);
            let batch: Vec<Option<Played>> = (from..until)
                .into_par_iter()
                .map(|index| {
                    let played = played(&setup, question, index, if index < same { &changes } else { &[] });
                    let weight = if index < same { 2 } else { 1 };
                    (question.progress)(done.fetch_add(weight, Ordering::Relaxed) + weight, total);
                    played
                })
                .collect();
            for (index, played) in (from..until).zip(batch) {
                let Some(played) = played else { continue };
                tally.add(&setup, &played.run);
                counts.add(index, &played);
            }
            from = until;
        }
        let index = self.session.map(|at| (at, "It was asked for.".to_string())).or_else(|| counts.median());
        let told = index.and_then(|(index, why)| told(&setup, question, index, why));
        let answer = answer(&setup, &tally, &counts, &changes, told);
        let made = made(question, &setup, &answer);
        Finding { answer, made }
    }
}

impl Talks {
    /// What happens in one session, in order; none where there is nothing to negotiate.
    #[must_use]
    pub fn log(&self, question: &Question<'_>, session: u64) -> Option<Vec<Entry>> {
        let setup = Setup::of(question.case, question.belief, question.seed, self);
        logged(&setup, question, session).map(|(_, logged)| logged.log)
    }
}

/// One session with its table.
pub(super) fn logged(setup: &Setup<'_>, question: &Question<'_>, index: u64) -> Option<(Laid, Logged)> {
    let laid = Laid::of(setup, &question.belief.draw(question.seed, index))?;
    let logged = run(setup, &laid, setup.has, None, (question.seed, index))?;
    Some((laid, logged))
}

fn played(setup: &Setup<'_>, question: &Question<'_>, index: u64, changes: &[Changed]) -> Option<Played> {
    let laid = Laid::of(setup, &question.belief.draw(question.seed, index))?;
    let address = (question.seed, index);
    let settings = changes.iter().flat_map(|change| &change.settings);
    let signs = |features: Features, held: super::inputs::Held| {
        run(setup, &laid, features, held, address).is_some_and(|logged| logged.run.signed.is_some())
    };
    let changed = settings.map(|s| signs(s.features, s.held)).collect();
    let suits = |outcome: &crate::game::Outcome| {
        let floors = laid.seats.iter().zip(&laid.floors);
        let mut better = false;
        let all = floors.into_iter().all(|(seat, floor)| {
            let worth = seat.utility(outcome);
            better |= worth > *floor;
            worth >= *floor && seat.permits(outcome)
        });
        all && better
    };
    let mut stream = Stream::new(question.seed, index, Stream::lane("talks/one package"));
    let one = usize::try_from(stream.below(setup.packages.len() as u64)).ok().and_then(|at| setup.packages.get(at));
    Some(Played {
        run: run(setup, &laid, setup.has, None, address)?.run,
        changed,
        any: setup.packages.iter().any(suits),
        random: one.is_some_and(suits),
        plain: signs(Features::none(), None),
    })
}

/// Lengths in meetings, each with how many sessions and the first of them.
type Lengths = BTreeMap<u32, (u64, u64)>;

/// Counts beside the tally.
#[derive(Debug, Default)]
struct Counts {
    sessions: u64,
    any: u64,
    random: u64,
    plain: u64,
    same: u64,
    same_signed: u64,
    changed: Vec<u64>,
    /// By length in meetings, how many sessions and the first of them: those that signed something, and the others.
    signed: Lengths,
    unsigned: Lengths,
}

impl Counts {
    fn add(&mut self, index: u64, played: &Played) {
        self.sessions += 1;
        self.any += u64::from(played.any);
        self.random += u64::from(played.random);
        self.plain += u64::from(played.plain);
        let signed = played.run.signed.is_some();
        if !played.changed.is_empty() {
            self.same += 1;
            self.same_signed += u64::from(signed);
            self.changed.iter_mut().zip(&played.changed).for_each(|(count, signed)| *count += u64::from(*signed));
        }
        let lengths = if signed { &mut self.signed } else { &mut self.unsigned };
        lengths.entry(played.run.meetings).or_insert((0, index)).0 += 1;
    }

    /// The session of median length among those that signed something, or else among all.
    fn median(&self) -> Option<(u64, String)> {
        let (lengths, why) = match self.signed.is_empty() {
            false => (&self.signed, "Of the sessions that signed something, it is the first of median length."),
            true => (&self.unsigned, "No session signed anything; of all it is the first of median length."),
        };
        let all: u64 = lengths.values().map(|(count, _)| count).sum();
        let mut passed = 0;
        lengths.values().find_map(|(count, first)| {
            passed += count;
            (passed * 2 >= all).then(|| (*first, why.to_string()))
        })
    }
}

fn answer(
    setup: &Setup<'_>,
    tally: &Tally,
    counts: &Counts,
    changes: &[Changed],
    told: Option<super::Told>,
) -> TalksAnswer {
    let hangs_on = hangs_on(counts, changes);
    let (agreements, other_agreements) = tally.agreements(setup);
    TalksAnswer {
        sessions: tally.sessions,
        agreement_rate: tally.rate().into(),
        agreements,
        other_agreements,
        levels: tally.levels(setup),
        settled: tally.settled(setup),
        endings: tally.endings(setup),
        rounds: tally.meetings(),
        parties: tally.parties(setup),
        gates: tally.gates(setup),
        meanwhile: tally.meanwhile(setup),
        after: tally.after(setup),
        baselines: baselines(setup, counts),
        same_sessions: (counts.same > 0).then(|| ShareOf::new(counts.same_signed, counts.same)),
        inputs: inputs(setup, changes, &hangs_on, counts),
        hangs_on,
        fan: tally.fan(setup),
        told,
        packages: setup.about_packages,
        missing: setup.missing.clone(),
    }
}

fn hangs_on(counts: &Counts, changes: &[Changed]) -> Vec<Hangs> {
    let mut hits = counts.changed.iter();
    let mut all: Vec<Hangs> = changes
        .iter()
        .map(|change| {
            let settings = change.settings.iter().zip(hits.by_ref());
            Hangs {
                what: change.what.clone(),
                claims: change.claims.clone(),
                assumed: change.assumed,
                settings: settings.map(|(s, hits)| (s.label.clone(), ShareOf::new(*hits, counts.same))).collect(),
            }
        })
        .collect();
    let base = ShareOf::new(counts.same_signed, counts.same);
    // The widest first; of equal width in the order of the case.
    all.sort_by_key(|hangs| std::cmp::Reverse(width(hangs, base)));
    all
}

/// By how many sessions the share of agreement moves between the settings and the sessions as they are.
fn width(hangs: &Hangs, base: ShareOf) -> u64 {
    let hits = || hangs.settings.iter().map(|(_, share)| share.hits).chain([base.hits]);
    hits().max().unwrap_or(0) - hits().min().unwrap_or(0)
}

fn inputs(setup: &Setup<'_>, changes: &[Changed], hangs_on: &[Hangs], counts: &Counts) -> Vec<Input> {
    let base = ShareOf::new(counts.same_signed, counts.same);
    let drives = |at: usize| {
        let change = changes.iter().find(|change| change.input == Some(at));
        let hangs = change.and_then(|change| hangs_on.iter().find(|h| h.what == change.what));
        hangs.is_some_and(|hangs| width(hangs, base) as f64 > DRIVES * counts.same as f64)
    };
    let one = |(at, drawn): (usize, &super::inputs::Drawn)| Input {
        claim: drawn.claim.clone(),
        what: drawn.what.clone(),
        basis: drawn.basis,
        drives: drives(at),
    };
    setup.inputs.all.iter().enumerate().map(one).collect()
}

fn baselines(setup: &Setup<'_>, counts: &Counts) -> Vec<Baseline> {
    let of = |name: &str, says: &str, hits: u64| {
        let share = ShareOf::new(hits, counts.sessions);
        Baseline { name: name.to_string(), says: says.to_string(), share: Some(share), range: (share.low, share.high) }
    };
    let mut all = vec![
        of(
            "one package by chance",
            "One of the packages that can come up, drawn by chance, keeps every red line and leaves all who must consent \
             no worse off and one better off.",
            counts.random,
        ),
        of(
            "some package",
            "At least one of the packages that can come up does: what perfect talks could find.",
            counts.any,
        ),
        of(
            "offers alone",
            "The same sessions without anything but offers: no mandates, no order of steps, no conflict meanwhile, nothing \
             signed in parts.",
            counts.plain,
        ),
    ];
    for odds in &setup.document.odds {
        if let Some(range) = odds.range {
            all.push(Baseline {
                name: format!("odds in the case: {}", odds.of),
                says: format!("The words “{}”, as the case reads them.", odds.words),
                share: None,
                range: (range.0.low, range.0.high),
            });
        }
    }
    all
}

fn made(question: &Question<'_>, setup: &Setup<'_>, answer: &TalksAnswer) -> Made {
    let method = format!(
        "{} sessions of stacked alternating offers (Aydoğan, Festen, Hindriks and Jonker 2017), each in a game of its own \
         drawn from what fits the case; what the case leaves open about the talks is drawn with each. Parties make the offer \
         most like the other's last among those worth what they ask for (Faratin, Sierra and Jennings 1998, 2002).",
        answer.sessions
    );
    let mut limits = vec![
        "the interval is of the number of sessions alone: it says nothing of how well the model fits".to_string(),
        "parties know how many meetings are ahead and nothing of each other's preferences".to_string(),
    ];
    if setup.has.mandates {
        limits.push(
            "rival claims about a mandate are each as likely; a principal wants what its delegation wants".to_string(),
        );
    }
    if setup.has.tracks {
        limits.push(
            "demands on the order of steps are played where they are vital or necessary, by those whose consent is needed or \
             by a law; an agreement that brings about what has to come first meets the demand"
                .to_string(),
        );
    }
    if setup.has.meanwhile {
        limits.push("the costs and drifts of going on are spread evenly over the meetings ahead".to_string());
        limits.push(
            "what no agreement is worth counts a drift that has not come by its chance, and one that has come in full"
                .to_string(),
        );
    }
    if !setup.about_packages.all {
        limits.push(format!(
            "{} of {} packages can come up: those that move one issue or two, the texts of the case, and others drawn by chance",
            setup.about_packages.count,
            setup.space.count()
        ));
    }
    if let Some(same) = answer.same_sessions {
        limits.push(format!("what it hangs on was played in the first {} sessions", same.draws));
    }
    let error = (answer.agreement_rate.high - answer.agreement_rate.low) / 2.0;
    let error = (error * 1e6).round() / 1e6;
    Made { method, exactness: Exactness::Sampled { draws: answer.sessions, error }, limits, seed: Some(question.seed) }
}
