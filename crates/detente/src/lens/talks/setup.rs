//! A case as talks: who sits at the table, what can come up, what is drawn for each session.

use super::frame::{Feature, Frame};
use super::inputs::{At, Held, Inputs};
use super::packages::packages;
use super::{Features, Packages, Talks};
use crate::case::model::talks::Amount;
use crate::case::{Basis, Case, Claim, Document, Range};
use crate::game::{Belief, Formula, Game, Outcome, RuleKind, Scenario, Space, Stream, Utility};
use crate::strategy::{Curve, Known, Recipe, Strategy, Toward};
use crate::talks::{Seat, Setting};
use indexmap::IndexMap;
use std::sync::Arc;

/// Meetings ahead, where the case does not say.
const MEETINGS: Range = Range { low: 3.0, likely: None, high: 20.0 };
/// Offers of each party in a meeting, where the case does not say.
const OFFERS: Range = Range { low: 1.0, likely: None, high: 5.0 };
/// Exponents of giving way, where the case does not say: from holding out to giving way evenly.
const EXPONENT: Range = Range { low: 0.1, likely: None, high: 1.0 };

/// How a party gives way.
pub(super) enum Way {
    /// By an exponent that is drawn.
    Exponent(At),
    /// By one of these, each as likely.
    OneOf(Vec<Recipe>, u64),
}

/// A case as talks.
pub(super) struct Setup<'a> {
    pub document: &'a Document,
    claims: &'a IndexMap<String, Claim>,
    pub belief: &'a Belief,
    pub space: Arc<Space>,
    /// Positions among the parties of those whose consent is needed: the seats, in order.
    pub seats: Vec<usize>,
    /// Packages that can come up. They keep the rules.
    pub packages: Vec<Outcome>,
    /// By rule of the belief: whether each package keeps it. Empty for what is no red line.
    kept: Vec<Vec<bool>>,
    pub about_packages: Packages,
    /// Rules between issues, which all keep.
    pub rules: Vec<Formula>,
    pub inputs: Inputs,
    pub meetings: At,
    pub offers: At,
    pub breakdown: Option<At>,
    pub ways: Vec<Way>,
    /// What goes on around the offers.
    pub frame: Frame,
    /// What the case has of what can be switched off.
    pub has: Features,
    pub levels: Vec<(String, Formula)>,
    pub missing: Vec<String>,
}

impl<'a> Setup<'a> {
    /// The setup of a case. Seeds say which packages come up where these are drawn.
    pub(super) fn of(case: &'a Case, belief: &'a Belief, seed: u64, asked: &Talks) -> Self {
        let document = &case.document;
        let space = belief.space().clone();
        let seats: Vec<usize> =
            belief.parties().iter().enumerate().filter(|(_, p)| p.consents).map(|(at, _)| at).collect();
        let (packages, about_packages) = packages(document, &space, seed);
        let keeps = |rule: &crate::game::Rule| match rule.kind {
            RuleKind::RedLine(_) => packages.iter().map(|package| rule.holds.holds(package)).collect(),
            _ => Vec::new(),
        };
        let kept = belief.rules().iter().map(keeps).collect();
        let rules = belief.rules().iter().filter(|r| r.kind == RuleKind::Linkage).map(|r| r.holds.clone()).collect();
        let mut inputs = Inputs::default();
        let mut missing = Vec::new();
        let talks = document.talks.as_ref();
        let mut number = |inputs: &mut Inputs, said: Option<&Amount>, what: &str, otherwise: Range| match said {
            Some(amount) => inputs.say(&amount.grounds, "value", what, amount.value.0),
            None => {
                missing.push(format!("The case does not say: {what}. Taken as {otherwise}, any as likely."));
                inputs.suppose(what, what, otherwise)
            }
        };
        let meetings = match asked.meetings {
            Some(meetings) => {
                inputs.suppose("meetings", "meetings ahead, as asked for", Range::point(f64::from(meetings)))
            }
            None => number(&mut inputs, talks.and_then(|t| t.meetings.as_ref()), "meetings ahead", MEETINGS),
        };
        let offers =
            number(&mut inputs, talks.and_then(|t| t.offers.as_ref()), "offers of each party in a meeting", OFFERS);
        let breakdown = talks.and_then(|t| t.breakdown.as_ref());
        let breakdown =
            breakdown.map(|b| inputs.say(&b.grounds, "value", "the talks break down after a meeting", b.value.0));
        let frame = Frame::of(document, belief, &seats, &mut inputs, &mut missing);
        let mut setup = Setup {
            has: frame.has(),
            frame,
            document,
            claims: &case.claims,
            belief,
            space,
            seats,
            packages,
            kept,
            about_packages,
            rules,
            inputs,
            meetings,
            offers,
            breakdown,
            ways: Vec::new(),
            levels: Vec::new(),
            missing,
        };
        setup.ways(asked);
        let level = |(id, level): (&String, &crate::case::model::substance::Level)| {
            Some((id.clone(), Formula::of(&level.when.expr, &setup.space)?))
        };
        setup.levels = document.levels.iter().filter_map(level).collect();
        setup
    }

    fn ways(&mut self, asked: &Talks) {
        for (at, seat) in self.seats.clone().into_iter().enumerate() {
            let Some(party) = self.belief.parties().get(seat) else { continue };
            let said =
                self.document.talks.as_ref().and_then(|t| t.concedes.iter().find(|c| c.party.as_str() == party.id));
            let what = format!("how {} gives way (exponent)", party.name);
            let way = match (asked.strategies.get(at), said) {
                (Some(recipe), _) => Way::OneOf(vec![recipe.clone()], 0),
                (None, Some(said)) if said.e.is_some() => {
                    let range = said.e.map_or(EXPONENT, |e| e.0);
                    Way::Exponent(self.inputs.say(&said.grounds, "e", what, range))
                }
                (None, Some(said)) if !said.strategies.is_empty() => {
                    let lane = Stream::lane(&format!("talks/{}/strategy", said.grounds.id));
                    Way::OneOf(recipes(&said.strategies, &mut self.missing), lane)
                }
                _ => {
                    self.missing.push(format!(
                        "The case does not say how {} gives way: an exponent of {EXPONENT} is taken.",
                        party.name
                    ));
                    Way::Exponent(self.inputs.suppose(&format!("e/{}", party.id), what, EXPONENT))
                }
            };
            self.ways.push(way);
        }
    }

    /// What can be switched: in words, the claims it comes from, whether one is assumed, and what is played then.
    pub(super) fn switches(&self) -> Vec<(String, Vec<String>, bool, Features)> {
        let on = |has: bool, what: &str, of: Feature, off: &dyn Fn(&mut Features)| {
            let mut features = self.has;
            off(&mut features);
            let claims: Vec<String> =
                self.frame.claims.iter().filter(|(f, _)| *f == of).map(|(_, claim)| claim.clone()).collect();
            let basis = |claim: &String| self.claims.get(claim).map(|c| c.grounds.basis);
            let assumed = claims.iter().any(|claim| basis(claim) == Some(Basis::Assumed));
            has.then(|| (what.to_string(), claims, assumed, features))
        };
        let has = self.has;
        [
            on(has.mandates, "mandates and referral", Feature::Mandates, &|f| f.mandates = false),
            on(has.tracks, "demands on the order of steps", Feature::Tracks, &|f| f.tracks = false),
            on(has.parts, "parts signed on the way", Feature::Parts, &|f| f.parts = false),
            on(has.meanwhile, "the conflict meanwhile", Feature::Meanwhile, &|f| f.meanwhile = false),
            on(has.pressure, "pressure", Feature::Pressure, &|f| f.pressure = false),
            on(has.audience, "an audience", Feature::Audience, &|f| f.audience = false),
            on(has.ratification, "ratification", Feature::Ratification, &|f| f.ratification = false),
            on(has.spoilers, "those who may undo it", Feature::Spoilers, &|f| f.spoilers = false),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// A claim of the case in words.
    pub(super) fn words(&self, claim: &str) -> Option<String> {
        self.claims.get(claim).map(|claim| claim.words.clone())
    }

    /// The party at a seat.
    pub(super) fn party(&self, seat: usize) -> Option<&crate::game::BeliefParty> {
        self.belief.parties().get(*self.seats.get(seat)?)
    }

    /// The strategy of each seat in one session.
    pub(super) fn strategies(&self, address: (u64, u64), held: Held) -> Vec<Box<dyn Strategy>> {
        let one = |way: &Way| -> Box<dyn Strategy> {
            match way {
                Way::Exponent(at) => {
                    Box::new(Toward::new(Curve::Polynomial(self.inputs.draw(*at, address, held).max(1e-3))))
                }
                Way::OneOf(all, lane) => {
                    let at = Stream::new(address.0, address.1, *lane).below(all.len().max(1) as u64);
                    let recipe = usize::try_from(at).ok().and_then(|at| all.get(at));
                    // What needs to know the others' utilities is refused before.
                    let strategy = recipe.and_then(|recipe| recipe.build(&Known::nothing()).ok());
                    strategy.unwrap_or_else(|| Box::new(Toward::new(Curve::Polynomial(1.0))))
                }
            }
        };
        self.ways.iter().map(one).collect()
    }

    /// The setting and seats of one game.
    pub(super) fn table(&self, game: &Game) -> Option<(Setting, Vec<Arc<Seat>>)> {
        let mut scenario = Scenario { rules: self.rules.clone(), ..Scenario::from(game) };
        for (profile, at) in scenario.parties.iter_mut().zip(&self.seats) {
            profile.name = self.belief.parties().get(*at).map(|p| p.name.clone()).unwrap_or_default();
        }
        let mut seats = Vec::new();
        for (seat, party) in self.seats.iter().enumerate() {
            let lines = game.rules.iter().zip(&game.binding).zip(&self.kept);
            let own = lines.filter(|((rule, binds), _)| **binds && rule.kind == RuleKind::RedLine(*party));
            let (refuses, kept): (Vec<Formula>, Vec<&Vec<bool>>) =
                own.map(|((rule, _), kept)| (rule.holds.clone(), kept)).unzip();
            let permitted =
                |(at, _): &(usize, &Outcome)| kept.iter().all(|kept| kept.get(*at).copied().unwrap_or(false));
            let packages =
                self.packages.iter().enumerate().filter(permitted).map(|(_, package)| package.clone()).collect();
            seats.push(Arc::new(Seat::with_packages(&scenario, seat, refuses, packages).ok()?));
        }
        Some((Setting::of(&scenario), seats))
    }
}

/// The strategies of a case that can be read and need nothing beyond the table; says which are left out.
fn recipes(texts: &[String], missing: &mut Vec<String>) -> Vec<Recipe> {
    let mut read = Vec::new();
    for text in texts {
        match Recipe::parse(text) {
            Ok(recipe) if recipe.needs_others() => {
                missing.push(format!("The strategy `{text}` is left out: it needs what no party knows."));
            }
            Ok(recipe) => read.push(recipe),
            Err(faults) => missing.push(format!("The strategy `{text}` is left out: {faults}.")),
        }
    }
    read
}

/// The best and the worst a party can have, so that its utility can be shown from 0 to 1.
pub(super) fn ends(profile: &Utility) -> (i128, i128) {
    let best = profile.worth.iter().filter_map(|values| values.iter().max()).sum();
    let worst = profile.worth.iter().filter_map(|values| values.iter().min()).sum();
    (worst, best)
}

/// A utility on a scale from 0, the worst package, to 1, the best.
pub(super) fn scaled(utility: i128, (worst, best): (i128, i128)) -> f64 {
    let range = (best - worst).max(1) as f64;
    (((utility - worst) as f64 / range) * 1e6).round() / 1e6
}
