//! The zone lens: asks every part and puts the answer together.

use super::atlas::Atlas;
use super::bands::{self, Efficient};
use super::columns::Columns;
use super::exists::Seeker;
use super::inquiry::Inquiry;
use super::movers;
use super::partial::{self, Partials};
use super::zones::{Zone as Found, zone};
use super::{AssumptionLoad, LevelZone, Mover, ZoneAnswer, effects, gives, robust, verdicts};
use crate::case::Basis;
use crate::game::{Belief, Formula, Outcome};
use crate::lens::{Exactness, Finding, Lens, Made, Question, ShareOf};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

/// The level every agreement reaches, where a case names no level.
const ANY_LEVEL: &str = "agreement";
/// Tells the second seed, of inputs drawn anew, from the first.
const SECOND_SEED: u64 = 0x005E_ED0F_A5EC_014D;

/// Is a deal possible, which one, who blocks it, and what must give?
///
/// Every question about one game is answered exactly, in integers, over all outcomes however many
/// there are; over games that fit the case the answer is a share of draws. A case that names no level
/// of agreement has one, `agreement`, that every agreement reaches.
///
/// ```
/// use detente::lens::{Lens, zone::Zone};
/// assert_eq!(Zone::NAME, "zone");
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Zone;

impl Lens for Zone {
    type Answer = ZoneAnswer;
    const NAME: &'static str = "zone";

    fn ask(&self, question: &Question<'_>) -> Finding<ZoneAnswer> {
        let belief = question.belief;
        let used = used(belief);
        let pieces: Vec<(String, Vec<String>)> = evidence(question, &used);
        let draws = if belief.is_point() { 1 } else { question.draws.max(1) };
        let total = draws + (used.len() + pieces.len()) as u64;
        let count = AtomicU64::new(0);
        let done = || (question.progress)(count.fetch_add(1, Ordering::Relaxed) + 1, total);

        let atlas = Atlas::of(belief.space(), belief.rules(), levels(question));
        let parties = belief.parties().iter().map(|p| p.id.clone()).collect();
        let draw = |index| belief.draw(question.seed, index);
        let inquiry = Inquiry::of(atlas, parties, draws, belief.is_point(), &draw, &done);

        let columns = Columns::of(&inquiry);
        let efficient = bands::efficient(&inquiry);
        let partials = partial::partials(&inquiry, &columns);
        let tops = robust::climb(&inquiry, &columns, &candidates(&inquiry, &efficient, &partials));
        let named = verdicts::named(&question.case.document, belief.space(), &inquiry.atlas.layout);
        let packages = verdicts::verdicts(&inquiry, &named);
        let rules = effects::effects(&inquiry, &packages);
        let games = movers::draws_each(used.len() + pieces.len());
        let leave_out = LeaveOut { question, inquiry: &inquiry, games, done: &done };
        let movers = leave_out.each(used.iter().map(|u| (u.id.clone(), vec![u.id.clone()])).collect());
        let evidence = leave_out.each(pieces);
        let gives = (0..inquiry.atlas.levels.len())
            .filter_map(|level| gives::what_must_give(&inquiry, level))
            .collect::<Vec<_>>();

        let answer = ZoneAnswer {
            outcomes: belief.space().count(),
            parties: inquiry.parties.clone(),
            any: open_share(&inquiry, inquiry.atlas.levels.len()),
            levels: level_zones(&inquiry, &tops),
            packages,
            partial: partials.listed.iter().map(|(_, ranked)| ranked.clone()).collect(),
            robust: robust::listed(&inquiry, &tops, partials.moves).iter().map(|o| inquiry.ranked(o)).collect(),
            frontier: bands::agreements(&inquiry, &efficient),
            solutions: bands::solutions(&inquiry, &efficient),
            rules,
            movers,
            evidence,
            same_draws: movers::baseline(&inquiry, games),
            assumptions: leave_out.assumptions(&used),
            gives,
        };
        let made = made(question, &inquiry, &answer, &partials, &efficient);
        Finding { answer, made }
    }
}

/// A claim the belief rests on.
struct Used {
    id: String,
    assumed: bool,
    /// Whether its number is drawn anew in each game.
    drawn: bool,
}

/// The rules that hold by the meaning of the words: leaving one out would ask about another language.
fn by_definition(belief: &Belief) -> BTreeSet<&str> {
    belief.rules().iter().filter(|r| r.by_definition).map(|r| r.claim.as_str()).collect()
}

/// The claims the belief rests on and could do without, each once.
fn used(belief: &Belief) -> Vec<Used> {
    let fixed = by_definition(belief);
    let mut used: Vec<Used> = Vec::new();
    for input in belief.inputs().iter().filter(|i| !fixed.contains(i.claim.as_str())) {
        let assumed = input.basis == Basis::Assumed;
        match used.iter_mut().find(|u| u.id == input.claim) {
            Some(known) => known.drawn |= input.drawn,
            None => used.push(Used { id: input.claim.clone(), assumed, drawn: input.drawn }),
        }
    }
    used
}

/// Each piece of evidence with the claims that hang on it alone, where the belief uses one of them.
fn evidence(question: &Question<'_>, used: &[Used]) -> Vec<(String, Vec<String>)> {
    let fixed = by_definition(question.belief);
    let hanging = |id: &String| {
        let gone = movers::hang_on(&question.case.claims, id);
        (id.clone(), gone.into_iter().filter(|g| !fixed.contains(g.as_str())).collect::<Vec<_>>())
    };
    let pieces = question.case.document.evidence.keys();
    pieces.map(hanging).filter(|(_, gone)| gone.iter().any(|g| used.iter().any(|u| u.id == *g))).collect()
}

/// The case's levels of agreement; without any, one that every agreement reaches.
fn levels(question: &Question<'_>) -> Vec<(String, Formula)> {
    let space = question.belief.space();
    let levels = question.case.document.levels.iter();
    let known: Vec<(String, Formula)> =
        levels.filter_map(|(id, level)| Some((id.clone(), Formula::of(&level.when.expr, space)?))).collect();
    if known.is_empty() { vec![(ANY_LEVEL.to_string(), Formula::Constant(true))] } else { known }
}

/// The share of games with a zone at a target.
fn open_share(inquiry: &Inquiry, target: usize) -> ShareOf {
    let open = inquiry.draws.iter().filter(|d| d.zones.get(target).is_some_and(Found::open));
    inquiry.share_of_all(open.count() as u64)
}

/// Packages worth weighing in all games: what games have for solutions and examples, and partial agreements.
fn candidates(inquiry: &Inquiry, efficient: &[Efficient], partials: &Partials) -> BTreeSet<Outcome> {
    let mut all: BTreeSet<Outcome> = bands::packages(efficient).cloned().collect();
    all.extend(partials.listed.iter().map(|(outcome, _)| outcome.clone()));
    for drawn in inquiry.first(bands::MOST_DRAWS) {
        all.extend(drawn.zones.iter().filter_map(|z| match z {
            Found::Open(witness) => Some(witness.outcome.clone()),
            _ => None,
        }));
    }
    // A level may be open in a few games only, none of them among the first.
    for target in 0..inquiry.atlas.targets() {
        all.extend(inquiry.draws.iter().find_map(|d| match d.zones.get(target) {
            Some(Found::Open(witness)) => Some(witness.outcome.clone()),
            _ => None,
        }));
    }
    all
}

fn level_zones(inquiry: &Inquiry, tops: &[Vec<robust::Weighed>]) -> Vec<LevelZone> {
    let atlas = &inquiry.atlas;
    let bind = vec![true; atlas.rules.len()];
    let all_bind: Vec<Vec<bool>> = inquiry
        .draws
        .par_iter()
        .map_init(Seeker::default, |seeker, drawn| {
            let open = |(level, found): (usize, &Found)| {
                // More rules never open what is shut.
                found.open() && zone(atlas, level, &drawn.stakes, &bind, Some(found), &[], seeker).open()
            };
            drawn.zones.iter().take(atlas.levels.len()).enumerate().map(open).collect()
        })
        .collect();
    let level_zone = |(at, level): (usize, &super::atlas::LevelMap)| {
        let kept = all_bind.iter().filter(|d| d.get(at).copied().unwrap_or(false)).count();
        let best = tops.get(at).and_then(|t| t.first()).filter(|(hits, _)| *hits > 0);
        let closed = level.diagram.closed(&bind);
        LevelZone {
            level: level.id.clone(),
            zone: open_share(inquiry, at),
            all_lines_bind: inquiry.share_of_all(kept as u64),
            permitted: Seeker::default().open(&atlas.layout, &level.diagram, &closed, None),
            example: best.map(|(_, outcome)| inquiry.ranked(outcome)),
        }
    };
    atlas.levels.iter().enumerate().map(level_zone).collect()
}

/// Leaves claims out and looks again.
struct LeaveOut<'a> {
    question: &'a Question<'a>,
    inquiry: &'a Inquiry,
    /// Games drawn again for each thing left out.
    games: usize,
    done: &'a (dyn Fn() + Sync),
}

impl LeaveOut<'_> {
    /// Each named set of claims left out.
    fn each(&self, sets: Vec<(String, Vec<String>)>) -> Vec<Mover> {
        let before = movers::baseline(self.inquiry, self.games);
        sets.into_par_iter()
            .map(|(id, gone)| {
                let without = self.without(&|claim| gone.iter().any(|g| g == claim));
                (self.done)();
                movers::mover(&id, &before, without)
            })
            .collect()
    }

    /// The share of games with a zone per level without some claims; `None` where the rest contradicts itself.
    fn without(&self, gone: &dyn Fn(&str) -> bool) -> Option<Vec<ShareOf>> {
        let rest = self.question.belief.without(gone)?;
        let games = if rest.is_point() { 1 } else { self.question.draws.clamp(1, self.games as u64) };
        let hits = movers::recount(self.inquiry, games, &|index| rest.draw(self.question.seed, index));
        let share = |hits: u64| {
            let share = ShareOf::new(hits, games);
            if rest.is_point() { ShareOf { low: share.share, high: share.share, ..share } } else { share }
        };
        Some(hits.into_iter().map(share).collect())
    }

    /// What the assumed claims carry together.
    fn assumptions(&self, used: &[Used]) -> AssumptionLoad {
        let assumed: BTreeSet<&str> = used.iter().filter(|u| u.assumed).map(|u| u.id.as_str()).collect();
        let numbers: BTreeSet<&str> = used.iter().filter(|u| u.assumed && u.drawn).map(|u| u.id.as_str()).collect();
        let without = if assumed.is_empty() { None } else { self.without(&|claim| assumed.contains(claim)) };
        AssumptionLoad {
            claims: used.len() as u64,
            assumed: assumed.len() as u64,
            without: without.unwrap_or_default(),
            variance: self.variance(&numbers),
        }
    }

    /// Per level, the share of the variance of the answer that comes from some claims' numbers.
    fn variance(&self, numbers: &BTreeSet<&str>) -> Vec<f64> {
        let levels = self.inquiry.atlas.levels.len();
        if numbers.is_empty() || self.inquiry.point {
            return vec![0.0; levels];
        }
        let (belief, seed): (&Belief, u64) = (self.question.belief, self.question.seed);
        let first = self.inquiry.first(movers::VARIANCE_DRAWS);
        let pairs: Vec<Vec<(bool, bool)>> = first
            .par_iter()
            .enumerate()
            .map_init(Seeker::default, |seeker, (index, drawn)| {
                let fresh = |claim: &str| numbers.contains(claim);
                let game = belief.draw_mixed(seed, index as u64, seed ^ SECOND_SEED, &fresh);
                let after = movers::again(self.inquiry, &game, &drawn.zones, seeker);
                drawn.zones.iter().zip(&after).map(|(b, a)| (b.open(), a.open())).collect()
            })
            .collect();
        (0..levels).map(|l| movers::total_order(pairs.iter().filter_map(|p| p.get(l).copied()))).collect()
    }
}

/// How the answer was made.
fn made(
    question: &Question<'_>,
    inquiry: &Inquiry,
    answer: &ZoneAnswer,
    partials: &Partials,
    efficient: &[Efficient],
) -> Made {
    let draws = inquiry.draws.len() as u64;
    let mut hit = Vec::new();
    if inquiry.atlas.cut() {
        hit.push("the rules tie too many issues together: some outcomes were left out, so shares may be too low");
    }
    if inquiry.draws.iter().any(|d| d.zones.contains(&Found::Unknown)) {
        hit.push("in some draws the search for an agreement stopped early: shares may be too low");
    }
    if efficient.iter().any(|e| e.cut) {
        hit.push("in some draws the search for the frontier stopped early: solutions may not be the best");
    }
    let shares = answer.levels.iter().map(|l| &l.zone).chain([&answer.any]);
    let error = shares.map(ShareOf::error).fold(0.0, f64::max);
    let exactness = if !hit.is_empty() {
        Exactness::CutOff { limit: hit.join("; ") }
    } else if inquiry.point {
        Exactness::Exact
    } else {
        Exactness::Sampled { draws, error: (error * 1e6).round() / 1e6 }
    };
    let mut limits = vec![
        format!("frontier and named solutions over {} draws", efficient.len()),
        format!(
            "claims and evidence left out over {} draws each",
            answer.same_draws.first().map_or(draws, |s| s.draws)
        ),
        format!("what must give over {} draws", draws.min(gives::MOST_DRAWS as u64)),
        format!("partial agreements move at most {} issues ({} packages looked at)", partials.moves, partials.packages),
        "robust packages and examples come from a local search: better ones may exist".to_string(),
    ];
    if answer.gives.iter().any(|g| !g.complete) {
        limits.push("the list of what must give was cut at some level".to_string());
    }
    limits.extend(hit.iter().map(ToString::to_string));
    let of = if inquiry.point { "the one game that fits the case".to_string() } else { format!("{draws} games drawn") };
    Made {
        method: format!(
            "For {of}: a decision diagram of all {} outcomes per level of agreement; a Lagrangian bound, then a Pareto \
             search, decides exactly whether some outcome breaks no binding rule, leaves everyone who must consent no \
             worse than no-deal and somebody better.",
            answer.outcomes
        ),
        exactness,
        limits,
        seed: (!inquiry.point).then_some(question.seed),
    }
}
