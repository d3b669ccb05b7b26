//! What the games say of the named texts and packages of a case.

use super::PackageVerdict;
use super::diagram::Layout;
use super::exists::{Ask, Seeker};
use super::inquiry::Inquiry;
use super::sweep::{CLOSED, Sweep};
use super::zones::Drawn;
use crate::case::Document;
use crate::case::model::substance::{Package, Silence};
use crate::game::{RuleKind, Space};
use rayon::prelude::*;

/// A text or package as the outcomes that fit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fits {
    /// Its id.
    pub(super) id: String,
    /// Whether it is one of the case's texts.
    pub(super) is_text: bool,
    /// The places of the layout that fit.
    pub(super) allowed: Vec<bool>,
}

/// The texts of a document, then its packages.
pub(super) fn named(document: &Document, space: &Space, layout: &Layout) -> Vec<Fits> {
    let texts = document.texts.iter().map(|(id, p)| (id, p, true));
    let packages = document.packages.iter().map(|(id, p)| (id, p, false));
    texts
        .chain(packages)
        .map(|(id, package, is_text)| Fits { id: id.clone(), is_text, allowed: allowed(package, space, layout) })
        .collect()
}

/// The places that fit a package: what it lists; where it is silent the status quo, or anything.
fn allowed(package: &Package, space: &Space, layout: &Layout) -> Vec<bool> {
    let mut allowed = vec![false; layout.values()];
    for (at, issue) in space.issues.iter().enumerate() {
        let listed = package.values.get(&issue.id);
        for digit in 0..layout.size(at) {
            let fits = match listed {
                Some(tier) => tier.0.iter().any(|name| space.value(at, name.as_str()) == Some(digit)),
                None => package.silence == Some(Silence::Open) || digit == issue.status_quo,
            };
            if let Some(slot) = allowed.get_mut(layout.place(at, digit)) {
                *slot = fits;
            }
        }
    }
    allowed
}

/// The verdicts on texts and packages, in order.
pub(super) fn verdicts(inquiry: &Inquiry, named: &[Fits]) -> Vec<PackageVerdict> {
    named.iter().map(|fits| verdict(inquiry, fits)).collect()
}

fn verdict(inquiry: &Inquiry, fits: &Fits) -> PackageVerdict {
    let parties = inquiry.parties.len();
    let zero = || (0u64, vec![0u64; parties]);
    let (agreement, accepts) = inquiry
        .draws
        .par_iter()
        .map_init(Room::default, |room, drawn| one(inquiry, drawn, fits, room))
        .fold(zero, |mut sum, (agreement, accepts)| {
            sum.0 += u64::from(agreement);
            sum.1.iter_mut().zip(accepts).for_each(|(n, accepts)| *n += u64::from(accepts));
            sum
        })
        .reduce(zero, |mut a, b| {
            a.0 += b.0;
            a.1.iter_mut().zip(b.1).for_each(|(n, more)| *n += more);
            a
        });
    let (mut crosses, mut breaks) = (Vec::new(), Vec::new());
    for (at, rule) in inquiry.atlas.rules.iter().enumerate() {
        if always_broken(inquiry, at, fits) {
            match rule.kind {
                RuleKind::RedLine(_) => crosses.push(rule.claim.clone()),
                RuleKind::Linkage => breaks.push(rule.claim.clone()),
            }
        }
    }
    PackageVerdict {
        package: fits.id.clone(),
        is_text: fits.is_text,
        agreement: inquiry.share_of_all(agreement),
        accepts: accepts.into_iter().map(|hits| inquiry.share_of_all(hits)).collect(),
        crosses,
        breaks,
    }
}

/// Whether every outcome that fits breaks a rule.
fn always_broken(inquiry: &Inquiry, rule: usize, fits: &Fits) -> bool {
    let only: Vec<bool> = (0..inquiry.atlas.rules.len()).map(|r| r == rule).collect();
    let all = &inquiry.atlas.all;
    !Seeker::default().open(&inquiry.atlas.layout, all, &all.closed(&only), Some(&fits.allowed))
}

#[derive(Default)]
struct Room {
    seeker: Seeker,
    sweep: Sweep,
    weight: Vec<i64>,
}

/// In one game: whether some fitting outcome is an agreement, and which parties accept some fitting outcome.
fn one(inquiry: &Inquiry, drawn: &Drawn, fits: &Fits, room: &mut Room) -> (bool, Vec<bool>) {
    let atlas = &inquiry.atlas;
    let closed = atlas.any.closed(&drawn.game.binding);
    let ask = Ask { diagram: &atlas.any, closed: &closed, allowed: Some(&fits.allowed), stakes: &drawn.stakes };
    let agreement = room.seeker.exists(&atlas.layout, &ask, None).found();
    let accepts = drawn.game.players.iter().enumerate().map(|(at, player)| {
        let own = |(rule, binds): (usize, &bool)| *binds && atlas.whose(rule).is_none_or(|party| party == at);
        let binding: Vec<bool> = drawn.game.binding.iter().enumerate().map(own).collect();
        room.weight.clear();
        let worth = (0..atlas.layout.issues()).flat_map(|issue| {
            let values = player.worth.get(issue);
            (0..atlas.layout.size(issue))
                .map(move |digit| values.and_then(|v| v.get(usize::from(digit))).copied().unwrap_or(0))
        });
        room.weight.extend(worth.zip(&fits.allowed).map(|(worth, fits)| if *fits { worth } else { CLOSED }));
        let best = room.sweep.climb(&atlas.all, &room.weight, &atlas.all.closed(&binding));
        best.is_some_and(|best| best >= player.fallback)
    });
    (agreement, accepts.collect())
}
