//! What must give: the smallest sets of red lines, linkages and reservations whose softening opens
//! a level.
//!
//! In one game the question is monotone: what opens with less opens with more. All minimal sets that
//! open and all maximal sets that do not are found together, each set looked at being one that
//! neither list decides yet (Gunopulos and others 1997, Liffiton and others 2016; minimal sets that
//! open are the *minimal correction sets* of the constraint literature). When no undecided set is
//! left, both lists are complete: that is the proof of minimality and of completeness.

use super::atlas::Atlas;
use super::exists::{Answer, Ask, Seeker};
use super::inquiry::Inquiry;
use super::sweep::Stakes;
use super::zones::Drawn;
use super::{Give, GiveSet, WhatMustGive, terms};
use crate::game::{Outcome, RuleKind};
use crate::lens::ShareOf;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Games looked at.
pub(super) const MOST_DRAWS: usize = 200;
/// Questions asked of one game at one level.
const MOST_QUESTIONS: usize = 3_000;
/// Undecided sets looked at between two questions.
const MOST_STEPS: usize = 200_000;
/// Sets listed per level.
const MOST_SETS: usize = 50;

/// A set of things that soften, as bits: rules first, then consenting parties.
type Bits = u128;

/// What can soften at one level.
#[derive(Debug)]
struct Softens {
    /// The rules that some outcome of the level breaks and that can soften, by position.
    rules: Vec<u32>,
    /// Number of consenting parties.
    parties: usize,
    /// Whether more can soften than sets have bits.
    cut: bool,
}

/// The minimal sets that open one level in one game, in no particular order.
#[derive(Debug, Clone, Default)]
pub(super) struct Minimal {
    opens: Vec<Bits>,
    shut: Vec<Bits>,
    complete: bool,
}

impl Softens {
    fn of(atlas: &Atlas, target: usize, parties: usize) -> Self {
        let mut rules = atlas.target(target).breakable();
        rules.retain(|r| atlas.rules.get(*r as usize).is_some_and(|rule| !rule.by_definition));
        let room = (Bits::BITS as usize).saturating_sub(parties);
        let cut = rules.len() > room;
        rules.truncate(room);
        Softens { rules, parties, cut }
    }

    fn len(&self) -> usize {
        self.rules.len() + self.parties
    }

    fn all(&self) -> Bits {
        (0..self.len()).fold(0, |all, at| all | bit(at))
    }
}

fn bit(at: usize) -> Bits {
    u32::try_from(at).ok().and_then(|at| 1u128.checked_shl(at)).unwrap_or(0)
}

fn bits(set: Bits) -> impl Iterator<Item = usize> {
    (0..Bits::BITS as usize).filter(move |at| set & bit(*at) != 0)
}

/// One level in one game.
struct Level<'a> {
    atlas: &'a Atlas,
    softens: &'a Softens,
    target: usize,
    stakes: &'a Stakes,
    seeker: &'a mut Seeker,
    questions: usize,
    unknown: bool,
    found: Minimal,
}

impl<'a> Level<'a> {
    fn new(atlas: &'a Atlas, softens: &'a Softens, target: usize, drawn: &'a Drawn, seeker: &'a mut Seeker) -> Self {
        let stakes = &drawn.stakes;
        Level { atlas, softens, target, stakes, seeker, questions: 0, unknown: false, found: Minimal::default() }
    }

    /// Whether softening a set opens the level; the agreement if it does.
    fn ask(&mut self, set: Bits) -> Option<Box<[u16]>> {
        self.questions += 1;
        let diagram = self.atlas.target(self.target);
        let mut binding = vec![true; self.atlas.rules.len()];
        for (at, rule) in self.softens.rules.iter().enumerate() {
            if let Some(slot) = binding.get_mut(*rule as usize) {
                *slot = set & bit(at) == 0;
            }
        }
        let first = self.softens.rules.len();
        let soft: Vec<bool> = (0..self.softens.parties).map(|p| set & bit(first + p) != 0).collect();
        let closed = diagram.closed(&binding);
        let ask = Ask { diagram, closed: &closed, allowed: None, stakes: self.stakes };
        match self.seeker.exists_soft(&self.atlas.layout, &ask, &soft) {
            Answer::Yes(digits) => Some(digits),
            Answer::No(_) => None,
            Answer::Unknown => {
                self.unknown = true;
                None
            }
        }
    }

    /// What an outcome needs softened.
    fn needs(&self, digits: &[u16]) -> Bits {
        let broken = self.atlas.broken(&Outcome::new(digits));
        let rules = self.softens.rules.iter().enumerate().filter(|(_, r)| broken.binary_search(r).is_ok());
        let first = self.softens.rules.len();
        let gains = self.stakes.gains(&self.atlas.layout, digits);
        let short = gains.iter().enumerate().filter(|(_, g)| **g < 0).map(|(p, _)| first + p);
        rules.map(|(at, _)| at).chain(short).fold(0, |set, at| set | bit(at))
    }

    /// The same agreement with every issue back at the status quo that the set opens the level without,
    /// in file order: what the set takes, not what else could be had.
    fn bare(&self, set: Bits, digits: &[u16]) -> Box<[u16]> {
        let mut bare = Outcome::new(digits);
        for (issue, digit) in self.atlas.layout.status_quo().iter().enumerate() {
            let less = bare.with(issue, *digit);
            let reaches = self.atlas.reaches(&less).get(self.target).copied().unwrap_or(false);
            let somebody_gains = self.stakes.gains(&self.atlas.layout, less.digits()).iter().any(|g| *g > 0);
            if reaches && somebody_gains && self.needs(less.digits()) & !set == 0 {
                bare = less;
            }
        }
        bare.digits().into()
    }

    fn known_shut(&self, set: Bits) -> bool {
        self.found.shut.iter().any(|s| set & !s == 0)
    }

    fn known_open(&self, set: Bits) -> bool {
        self.found.opens.iter().any(|o| o & !set == 0)
    }

    /// Looks at a set and files what it leads to: a minimal set that opens or a maximal one that does not.
    fn explore(&mut self, set: Bits) {
        if self.known_open(set) || self.known_shut(set) {
            return;
        }
        match self.ask(set) {
            Some(digits) => {
                let start = set & self.needs(&digits);
                self.shrink(start);
            }
            None => self.grow(set),
        }
    }

    fn shrink(&mut self, mut set: Bits) {
        for at in bits(set) {
            let less = set & !bit(at);
            if set & bit(at) == 0 || self.known_shut(less) {
                continue;
            }
            match self.ask(less) {
                Some(digits) => set = less & self.needs(&digits),
                None => self.found.shut.push(less),
            }
        }
        self.found.opens.push(set);
    }

    fn grow(&mut self, mut set: Bits) {
        for at in 0..self.softens.len() {
            let more = set | bit(at);
            if more != set && !self.known_open(more) && (self.known_shut(more) || self.ask(more).is_none()) {
                set = more;
            }
        }
        self.found.shut.retain(|s| s & !set != 0);
        self.found.shut.push(set);
    }

    /// A set that no known set decides: it holds no set known to open and lies in none known shut.
    /// `Err` when looking for it takes too long.
    fn undecided(&self) -> Result<Option<Bits>, ()> {
        if self.known_open(0) {
            return Ok(None);
        }
        let all = self.softens.all();
        // Depth first over ways to get out of every shut set, each element tried once per place.
        let mut open: Vec<(Bits, Bits)> = vec![(0, 0)];
        for _ in 0..MOST_STEPS {
            let Some((set, barred)) = open.pop() else { return Ok(None) };
            let Some(shut) = self.found.shut.iter().find(|s| set & !**s == 0) else { return Ok(Some(set)) };
            let mut barred = barred;
            for at in bits(all & !shut & !barred) {
                if !self.known_open(set | bit(at)) {
                    open.push((set | bit(at), barred));
                }
                barred |= bit(at);
            }
        }
        Err(())
    }

    /// Everything, starting from sets that were right for another game.
    fn run(mut self, like: &Minimal) -> Minimal {
        for set in like.shut.iter().chain(&like.opens) {
            self.explore(*set);
        }
        let complete = loop {
            if self.questions > MOST_QUESTIONS {
                break false;
            }
            match self.undecided() {
                Ok(Some(set)) => self.explore(set),
                Ok(None) => break true,
                Err(()) => break false,
            }
        };
        self.found.complete = complete && !self.unknown && !self.softens.cut;
        self.found
    }
}

/// The minimal sets that open a target in one game.
fn minimal(
    atlas: &Atlas,
    target: usize,
    softens: &Softens,
    drawn: &Drawn,
    like: &Minimal,
    seeker: &mut Seeker,
) -> Minimal {
    let level = Level::new(atlas, softens, target, drawn, seeker);
    level.run(like)
}

/// Positions of rules, and of parties among all parties.
#[cfg(test)]
pub(super) type NamedSet = (Vec<u32>, Vec<usize>);

/// The minimal sets in one game, sorted; for tests.
#[cfg(test)]
pub(super) fn minimal_sets(atlas: &Atlas, target: usize, drawn: &Drawn) -> (Vec<NamedSet>, bool) {
    let softens = Softens::of(atlas, target, drawn.stakes.parties());
    let found = minimal(atlas, target, &softens, drawn, &Minimal::default(), &mut Seeker::default());
    let first = softens.rules.len();
    let mut sets: Vec<NamedSet> = found
        .opens
        .iter()
        .map(|set| {
            let rules = bits(*set).filter_map(|at| softens.rules.get(at).copied()).collect();
            let parties = bits(*set).filter_map(|at| drawn.stakes.who.get(at.checked_sub(first)?).copied()).collect();
            (rules, parties)
        })
        .collect();
    sets.sort();
    (sets, found.complete)
}

/// A minimal set with the package it opens, by digits.
type Opened = (Bits, Box<[u16]>);

/// What was found for one set over the games.
#[derive(Debug, Default)]
struct Tally {
    opens: u64,
    /// How often each package was what the set opened, and in which game first.
    packages: BTreeMap<Box<[u16]>, (u64, usize)>,
}

/// What must give for a level, over the first games; `None` when every one of them has a zone with
/// every red line binding; without sets where nothing opens the level. Red lines all bind here, whatever was drawn.
///
/// Sets that open the level in at least half of the games come first; within both groups the
/// cheapest first, then the one that opens more often, then file order.
pub(super) fn what_must_give(inquiry: &Inquiry, target: usize) -> Option<WhatMustGive> {
    let (atlas, draws, parties) = (&inquiry.atlas, inquiry.first(MOST_DRAWS), &inquiry.parties);
    let first = draws.first()?;
    let softens = Softens::of(atlas, target, first.stakes.parties());
    let like = minimal(atlas, target, &softens, first, &Minimal::default(), &mut Seeker::default());
    let per_draw: Vec<(Vec<Opened>, bool)> = draws
        .par_iter()
        .map_init(Seeker::default, |seeker, drawn| {
            let found = minimal(atlas, target, &softens, drawn, &like, seeker);
            let mut level = Level::new(atlas, &softens, target, drawn, seeker);
            let packages =
                found.opens.iter().filter_map(|set| level.ask(*set).map(|o| (*set, level.bare(*set, &o)))).collect();
            (packages, found.complete)
        })
        .collect();

    let mut complete = !atlas.cut();
    let mut tallies: BTreeMap<Bits, Tally> = BTreeMap::new();
    for (at, (sets, all)) in per_draw.into_iter().enumerate() {
        complete &= all;
        for (set, package) in sets {
            let tally = tallies.entry(set).or_default();
            tally.opens += 1;
            tally.packages.entry(package).or_insert((0, at)).0 += 1;
        }
    }
    let count = draws.len() as u64;
    if tallies.remove(&0).is_some_and(|nothing| nothing.opens == count) {
        return None;
    }
    let mut sets: Vec<(bool, i64, u64, Bits, GiveSet)> = tallies
        .into_iter()
        .map(|(set, tally)| {
            let give_set = give_set(atlas, &softens, first, set, &tally, parties, inquiry.share(tally.opens, count));
            // Costs are compared in millionths, as they are printed.
            let cost = (give_set.cost * 1e6).round() as i64;
            (tally.opens * 2 < count, cost, u64::MAX - tally.opens, set.reverse_bits(), give_set)
        })
        .collect();
    sets.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then(b.3.cmp(&a.3)));
    if sets.len() > MOST_SETS {
        complete = false;
        sets.truncate(MOST_SETS);
    }
    let level = atlas.levels.get(target).map(|l| l.id.clone()).unwrap_or_default();
    Some(WhatMustGive { level, sets: sets.into_iter().map(|s| s.4).collect(), complete, draws: count })
}

fn give_set(
    atlas: &Atlas,
    softens: &Softens,
    drawn: &Drawn,
    set: Bits,
    tally: &Tally,
    parties: &[String],
    opens: ShareOf,
) -> GiveSet {
    let mut cost = 0.0;
    let mut gives = Vec::new();
    for at in bits(set) {
        if let Some(rule) = softens.rules.get(at).and_then(|r| atlas.rules.get(*r as usize)) {
            // A linkage is a rule of sense, not a stand: softening it costs as much as the firmest line.
            let (give, price) = match rule.kind {
                RuleKind::RedLine(_) => (Give::RedLine(rule.claim.clone()), rule.firmness.mean()),
                RuleKind::Linkage => (Give::Linkage(rule.claim.clone()), 1.0),
            };
            gives.push(give);
            cost += price;
        } else {
            let party = at.checked_sub(softens.rules.len()).and_then(|p| drawn.stakes.who.get(p));
            gives.push(Give::Reservation(party.and_then(|p| parties.get(*p)).cloned().unwrap_or_default()));
            cost += 1.0;
        }
    }
    // The package met most often; of equals the one met first.
    let package =
        tally.packages.iter().max_by_key(|(_, (n, first))| (*n, usize::MAX - first)).map(|(digits, _)| digits);
    let package = package.map(|digits| terms(&atlas.space, &Outcome::new(digits.clone()))).unwrap_or_default();
    GiveSet { gives, cost: (cost * 1e6).round() / 1e6, opens, package }
}
