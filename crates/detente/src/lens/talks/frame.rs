//! What goes on around the offers, as the case has it: mandates, tracks, pressure, the conflict meanwhile, what comes
//! after signing. Compiled once; each session draws its numbers.

use super::Features;
use super::inputs::{At, Held, Inputs};
use super::run::Laid;
use crate::case::model::grounds::Grounds;
use crate::case::model::people::{ActorKind, RoleKind};
use crate::case::model::process::{Publicity, StepRef, Strength};
use crate::case::model::talks::{Moves, Signed};
use crate::case::{Document, Range};
use crate::game::{Belief, Formula, Issue, Space};
use crate::talks::course::{
    Allowed, Bars, Circumstances, Comes, Consequence, Cost, Drift, During, Gate, Incident, Lever, Mandate, Meeting,
    NoDeal, Occasion, Occurrence, Parts, Party, Pressure, Principal, Ratification, Verdict,
};

/// Meetings until a principal answers, where the case does not say.
const DELAY: Range = Range { low: 0.0, likely: None, high: 2.0 };

/// What goes on around the offers.
pub(super) struct Frame {
    pub claims: Vec<(Feature, String)>,
    publicity: f64,
    parts: Parts,
    parties: Vec<AtHome>,
    occurrences: Vec<(String, Coming)>,
    pub gates: Vec<Gate>,
    pressures: Vec<Lent>,
    pub drifts: Vec<Moving>,
    costs: Vec<Bearing>,
    pub shocks: Vec<Shocking>,
    pub spoilers: Vec<Undoing>,
    pub ratifications: Vec<Passing>,
}

/// One thing that can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Feature {
    Mandates,
    Tracks,
    Meanwhile,
    Pressure,
    Audience,
    Parts,
    Ratification,
    Spoilers,
}

struct AtHome {
    mandates: Vec<Mandate>,
    delay: Option<At>,
    extends: Option<At>,
    recalls: Option<At>,
    audience: Option<At>,
    /// Whether the case gives what no agreement is worth as a number.
    reservation: bool,
}

enum Coming {
    Hazard(At),
    State(Formula),
}

struct Lent {
    name: String,
    on: usize,
    when: Occasion,
    moves: Moves,
    by: At,
}

/// A drift of the status quo.
pub(super) struct Moving {
    pub claim: String,
    pub issue: usize,
    pub to: u16,
    chance: At,
}

struct Bearing {
    seat: usize,
    amount: At,
    until: Option<Formula>,
}

/// A shock.
pub(super) struct Shocking {
    pub claim: String,
    pub name: String,
    chance: At,
    on: Vec<usize>,
    cost: At,
}

/// A spoiler.
pub(super) struct Undoing {
    pub claim: String,
    by: String,
    against: Option<Formula>,
    chance: At,
}

/// A ratification that is played.
pub(super) struct Passing {
    pub claim: String,
    seat: usize,
    when: Option<Formula>,
    chance: At,
}

/// Who sits at the table, as far as a case's names lead there.
struct Seating<'a> {
    document: &'a Document,
    ids: Vec<String>,
    names: Vec<String>,
}

impl Seating<'_> {
    fn seat(&self, party: &str) -> Option<usize> {
        self.ids.iter().position(|id| id == party)
    }

    /// The seat that an actor speaks for: a party, its actor, its people.
    fn of_actor(&self, actor: &str) -> Option<usize> {
        let mut at = actor.to_string();
        // An actor belongs to another in a few steps; a circle of them ends here.
        for _ in 0..8 {
            if let Some(seat) = self.seat(&at) {
                return Some(seat);
            }
            let is = |id: &String| {
                self.document.parties.get(id).and_then(|p| p.actor.as_ref()).is_some_and(|a| a.as_str() == at)
            };
            if let Some(seat) = self.ids.iter().position(is) {
                return Some(seat);
            }
            let record = self.document.actors.get(&at)?;
            let role = record.roles.iter().find(|r| matches!(r.role, RoleKind::Principal | RoleKind::Head));
            if let Some(seat) = role.and_then(|r| r.party.as_ref()).and_then(|p| self.seat(p.as_str())) {
                return Some(seat);
            }
            at = record.of.as_ref()?.text.clone();
        }
        None
    }

    fn name(&self, seat: usize) -> &str {
        self.names.get(seat).map_or("", String::as_str)
    }

    fn is_law(&self, actor: &str) -> bool {
        self.document.actors.get(actor).is_some_and(|a| a.kind == Some(ActorKind::Law))
    }
}

impl Frame {
    pub(super) fn of(
        document: &Document,
        belief: &Belief,
        seats: &[usize],
        inputs: &mut Inputs,
        missing: &mut Vec<String>,
    ) -> Frame {
        let space = belief.space();
        let parties = || seats.iter().filter_map(|at| belief.parties().get(*at));
        let ids = parties().map(|p| p.id.clone()).collect();
        let names = parties().map(|p| p.name.clone()).collect();
        let seating = Seating { document, ids, names };
        let mut frame = Frame {
            claims: Vec::new(),
            publicity: publicity(document),
            parts: parts(document, space),
            parties: Vec::new(),
            occurrences: Vec::new(),
            gates: Vec::new(),
            pressures: Vec::new(),
            drifts: Vec::new(),
            costs: Vec::new(),
            shocks: Vec::new(),
            spoilers: Vec::new(),
            ratifications: Vec::new(),
        };
        if let Some(signing) = document.talks.as_ref().and_then(|t| t.signing.as_ref()) {
            frame.claim(Feature::Parts, &signing.grounds);
        }
        frame.at_home(&seating, space, inputs, missing);
        frame.tracks(&seating, space, inputs, missing);
        frame.around(&seating, space, inputs);
        frame.after(&seating, space, inputs);
        frame
    }

    fn claim(&mut self, feature: Feature, grounds: &Grounds) {
        self.claims.push((feature, grounds.id.clone()));
    }

    /// Mandates, principals, audiences.
    fn at_home(&mut self, seating: &Seating<'_>, space: &Space, inputs: &mut Inputs, missing: &mut Vec<String>) {
        let talks = seating.document.talks.as_ref();
        for (id, name) in seating.ids.iter().zip(&seating.names) {
            let Some(party) = seating.document.parties.get(id) else { continue };
            let claims = party.delegation.as_ref().map_or(&[][..], |d| &d.mandates);
            claims.iter().for_each(|claim| self.claim(Feature::Mandates, &claim.grounds));
            let mandates: Vec<Mandate> = claims.iter().map(|claim| Mandate::of(claim, space).0).collect();
            let answer = talks.and_then(|t| t.answers.iter().find(|a| a.party.as_str() == id));
            let mut number = |range: Option<Range>, part: &str, what: String| {
                let answer = answer?;
                Some(inputs.say(&answer.grounds, part, what, range?))
            };
            let extends = answer.and_then(|a| a.extends).map(|s| s.0);
            let extends = number(extends, "extends", format!("the principal of {name} widens the mandate with a yes"));
            let recalls = answer.and_then(|a| a.recalls).map(|s| s.0);
            let recalls =
                number(recalls, "recalls", format!("the principal of {name} recalls the delegation with a no"));
            let said = answer.and_then(|a| a.delay).map(|d| d.0);
            let words = format!("meetings until the principal of {name} answers");
            let delay = match (number(said, "delay", words.clone()), mandates.is_empty()) {
                (Some(delay), _) => Some(delay),
                (None, true) => None,
                (None, false) => {
                    missing.push(format!("The case does not say: {words}. Taken as {DELAY}, any as likely."));
                    Some(inputs.suppose(&format!("delay/{id}"), words, DELAY))
                }
            };
            let audience = talks.and_then(|t| t.audience.iter().find(|a| a.party.as_str() == id));
            let audience = audience.map(|audience| {
                self.claim(Feature::Audience, &audience.grounds);
                let words = format!("what giving way in public costs {name}");
                inputs.say(&audience.grounds, "cost", words, audience.cost.0)
            });
            let reservation = party.reservation.is_some();
            self.parties.push(AtHome { mandates, delay, extends, recalls, audience, reservation });
        }
    }

    /// What waits for what.
    fn tracks(&mut self, seating: &Seating<'_>, space: &Space, inputs: &mut Inputs, missing: &mut Vec<String>) {
        let document = seating.document;
        for demand in &document.preconditions {
            if !matches!(demand.strength, Some(Strength::Necessary | Strength::Vital) | None) {
                continue;
            }
            let claimant = seating.of_actor(demand.claimed_by.as_str());
            if claimant.is_none() && !seating.is_law(demand.claimed_by.as_str()) {
                continue;
            }
            let what = demand.says.clone().unwrap_or_else(|| demand.grounds.id.clone());
            let waits = self.waits(seating, space, &demand.before);
            let Some(until) = self.occurrence(document, space, inputs, &demand.first) else {
                missing.push(format!(
                    "The demand “{what}” is not played: the case does not say how what it waits for comes about."
                ));
                continue;
            };
            let first = self.occurrences.get(until).map(|(_, coming)| coming);
            let bars = match (waits, first, demand.strength, claimant) {
                // What holds both sets the order itself.
                (Some(formula), Some(Coming::State(first)), ..) => {
                    Bars::Agreeing(Formula::And(vec![formula, first.clone().not()]))
                }
                (Some(formula), ..) => Bars::Agreeing(formula),
                (None, _, Some(Strength::Vital), Some(seat)) => Bars::Conceding(seat),
                _ => {
                    missing.push(format!(
                        "The demand “{what}” is not played: the case does not say which agreements count as what waits."
                    ));
                    continue;
                }
            };
            self.claim(Feature::Tracks, &demand.grounds);
            self.gates.push(Gate { name: demand.grounds.id.clone(), until, bars, heeded: true });
        }
    }

    /// The agreements that a step stands for.
    fn waits(&self, seating: &Seating<'_>, space: &Space, step: &StepRef) -> Option<Formula> {
        match step {
            StepRef::State(condition) => Formula::of(&condition.expr, space),
            StepRef::Named(name) => {
                let step = seating.document.steps.get(name.as_str())?;
                let condition = step.reaches.as_ref().or(step.counts_as.as_ref())?;
                Formula::of(&condition.expr, space)
            }
        }
    }

    /// The occurrence that a step is; made when it is first asked for.
    fn occurrence(&mut self, document: &Document, space: &Space, inputs: &mut Inputs, step: &StepRef) -> Option<usize> {
        let (name, coming) = match step {
            StepRef::State(condition) => (condition.text.clone(), Coming::State(Formula::of(&condition.expr, space)?)),
            StepRef::Named(name) => {
                let id = name.as_str().to_string();
                if let Some(at) = self.occurrences.iter().position(|(known, _)| *known == id) {
                    return Some(at);
                }
                let step = document.steps.get(&id)?;
                let happens = document.talks.as_ref();
                let happens = happens.and_then(|t| t.happens.iter().find(|h| h.step.as_str() == id));
                match (happens, step.reaches.as_ref().or(step.counts_as.as_ref())) {
                    (Some(happens), _) => {
                        self.claim(Feature::Tracks, &happens.grounds);
                        let words = format!("“{}” happens between two meetings", step.name);
                        (id, Coming::Hazard(inputs.say(&happens.grounds, "chance", words, happens.chance.0)))
                    }
                    (None, Some(reaches)) => (id, Coming::State(Formula::of(&reaches.expr, space)?)),
                    (None, None) => return None,
                }
            }
        };
        if let Some(at) = self.occurrences.iter().position(|(known, _)| *known == name) {
            return Some(at);
        }
        self.occurrences.push((name, coming));
        Some(self.occurrences.len() - 1)
    }

    /// Pressure and the conflict meanwhile.
    fn around(&mut self, seating: &Seating<'_>, space: &Space, inputs: &mut Inputs) {
        let document = seating.document;
        for effect in document.pressure.iter().flat_map(|p| &p.effects) {
            let Some(on) = seating.seat(effect.on.as_str()) else { continue };
            let when = match &effect.when {
                None => Occasion::Always,
                Some(condition) => match Formula::of(&condition.expr, space) {
                    Some(formula) => Occasion::State(formula),
                    None => continue,
                },
            };
            self.claim(Feature::Pressure, &effect.grounds);
            let words = format!("what pressure does to {}", seating.name(on));
            let by = inputs.say(&effect.grounds, "by", words, effect.by.0);
            self.pressures.push(Lent { name: effect.grounds.id.clone(), on, when, moves: effect.moves, by });
        }
        let Some(meanwhile) = &document.meanwhile else { return };
        for cost in &meanwhile.cost {
            let Some(seat) = seating.seat(cost.party.as_str()) else { continue };
            self.claim(Feature::Meanwhile, &cost.grounds);
            let words = format!("what going on costs {}", seating.name(seat));
            let amount = inputs.say_as_in_the_game(&cost.grounds, words, cost.amount.0);
            let until = cost.ends_when.as_ref().and_then(|c| Formula::of(&c.expr, space));
            self.costs.push(Bearing { seat, amount, until });
        }
        for drift in &meanwhile.drift {
            let Some(issue) = space.issue(drift.issue.as_str()) else { continue };
            let Some(to) = space.value(issue, drift.to.as_str()) else { continue };
            let Some(moved) = space.issues.get(issue) else { continue };
            self.claim(Feature::Meanwhile, &drift.grounds);
            let words = format!(
                "{} moves by itself to: {}",
                moved.name,
                moved.values.get(usize::from(to)).map_or("", |v| v.label.as_str())
            );
            let chance = inputs.say_as_in_the_game(&drift.grounds, words, drift.chance.0);
            self.drifts.push(Moving { claim: drift.grounds.id.clone(), issue, to, chance });
        }
        for shock in &meanwhile.shocks {
            self.claim(Feature::Meanwhile, &shock.grounds);
            let chance = inputs.say(&shock.grounds, "chance", format!("chance of: {}", shock.name), shock.chance.0);
            let cost = inputs.say(&shock.grounds, "cost", format!("cost of: {}", shock.name), shock.cost.0);
            let on = shock.on.iter().filter_map(|party| seating.seat(party.as_str())).collect();
            self.shocks.push(Shocking { claim: shock.grounds.id.clone(), name: shock.name.clone(), chance, on, cost });
        }
    }

    /// Ratification and spoilers.
    fn after(&mut self, seating: &Seating<'_>, space: &Space, inputs: &mut Inputs) {
        for (seat, id) in seating.ids.iter().enumerate() {
            let Some(party) = seating.document.parties.get(id) else { continue };
            for ratification in &party.ratification {
                let Some(passes) = &ratification.passes else { continue };
                let when = match &ratification.when {
                    None => None,
                    Some(condition) => match Formula::of(&condition.expr, space) {
                        Some(formula) => Some(formula),
                        None => continue,
                    },
                };
                self.claim(Feature::Ratification, &passes.grounds);
                let words = format!("{}: {} passes", seating.name(seat), ratification.route);
                let chance = inputs.say(&passes.grounds, "value", words, passes.value.0);
                let claim = ratification.grounds.id.clone();
                self.ratifications.push(Passing { claim, seat, when, chance });
            }
        }
        for spoiler in seating.document.talks.iter().flat_map(|t| &t.spoilers) {
            self.claim(Feature::Spoilers, &spoiler.grounds);
            let against = spoiler.when.as_ref().and_then(|c| Formula::of(&c.expr, space));
            let words = "what was signed is undone".to_string();
            let chance = inputs.say(&spoiler.grounds, "chance", words, spoiler.chance.0);
            let by = spoiler.by.as_ref().map_or_else(|| "somebody".to_string(), |n| n.text.clone());
            self.spoilers.push(Undoing { claim: spoiler.grounds.id.clone(), by, against, chance });
        }
    }

    /// Whether a claim about the mandate of a seat lets it neither sign nor refer anything.
    pub(super) fn may_nothing(&self, seat: usize, claim: usize) -> bool {
        let mandate = self.parties.get(seat).and_then(|home| home.mandates.get(claim));
        mandate.is_some_and(|m| m.otherwise == Allowed::Never && m.sign.is_empty() && m.refer.is_empty())
    }

    /// An incident by its position, shocks first, in a sentence.
    pub(super) fn incident(&self, at: usize, document: &Document) -> Option<String> {
        if let Some(shock) = self.shocks.get(at) {
            return Some(format!("It happens: {}.", shock.name));
        }
        let undo = self.spoilers.get(at.checked_sub(self.shocks.len())?)?;
        let by = document.actors.get(&undo.by).map_or(&undo.by, |actor| &actor.name);
        Some(format!("What was signed is undone by {by}."))
    }

    /// What the case has of what can be switched off.
    pub(super) fn has(&self) -> Features {
        let any = |feature: Feature| self.claims.iter().any(|(of, _)| *of == feature);
        Features {
            mandates: any(Feature::Mandates),
            tracks: any(Feature::Tracks),
            meanwhile: any(Feature::Meanwhile),
            pressure: any(Feature::Pressure),
            audience: any(Feature::Audience),
            parts: !matches!(self.parts, Parts::None),
            ratification: any(Feature::Ratification),
            spoilers: any(Feature::Spoilers),
        }
    }

    /// The circumstances of one session. `meetings` and `rounds`: how many, and rounds of each.
    pub(super) fn circumstances(&self, session: &Session<'_>) -> Circumstances {
        let features = session.features;
        let meetings = f64::from(session.meetings.max(1));
        let draw = |at: At| session.inputs.draw(at, session.address, session.held);
        // A share of a party's scale in its own unit.
        let amount = |seat: usize, share: f64| session.laid.amount(seat, share);
        // A chance over all meetings as one of each.
        let each = |chance: f64| 1.0 - (1.0 - chance).powf(1.0 / meetings);
        let meeting = Meeting { rounds: session.rounds, publicity: self.publicity, agenda: None };
        let mut all = Circumstances::plain(0, 1);
        all.meetings = (0..session.meetings.max(1)).map(|_| meeting.clone()).collect();
        all.packages = true;
        all.status_quo = true;
        all.breakdown = session.breakdown;
        if features.parts {
            all.parts = self.parts.clone();
        }
        all.parties = self.parties.iter().map(|home| home.party(features, &draw)).collect();
        if features.tracks {
            let occurrence = |(name, coming): &(String, Coming)| Occurrence {
                name: name.clone(),
                comes: match coming {
                    Coming::Hazard(at) => Comes::Hazard { chance: draw(*at), from: 2 },
                    Coming::State(formula) => Comes::State(formula.clone()),
                },
                needs: Vec::new(),
            };
            all.occurrences = self.occurrences.iter().map(occurrence).collect();
            all.gates.clone_from(&self.gates);
        }
        if features.pressure {
            let lent = |lent: &Lent| Pressure {
                name: lent.name.clone(),
                on: lent.on,
                from: 1,
                when: lent.when.clone(),
                lever: match lent.moves {
                    Moves::Cost => Lever::Cost(amount(lent.on, draw(lent.by) / meetings)),
                    Moves::Fallback => Lever::NoDeal(amount(lent.on, draw(lent.by))),
                },
            };
            all.pressures = self.pressures.iter().map(lent).collect();
        }
        if features.meanwhile {
            let cost = |cost: &Bearing| Cost {
                seat: cost.seat,
                amount: amount(cost.seat, draw(cost.amount) / meetings),
                until: cost.until.clone(),
            };
            all.costs = self.costs.iter().map(cost).collect();
            let drift = |drift: &Moving| Drift {
                name: drift.claim.clone(),
                issue: drift.issue,
                from: None,
                to: drift.to,
                chance: each(draw(drift.chance)),
                when: Occasion::Always,
            };
            all.drifts = self.drifts.iter().map(drift).collect();
            let shock = |shock: &Shocking| Incident {
                name: shock.claim.clone(),
                by: None,
                during: During::Talks,
                when: Occasion::Always,
                against: None,
                chance: draw(shock.chance),
                costs: shock.on.iter().map(|seat| (*seat, amount(*seat, draw(shock.cost)))).collect(),
                raises: Vec::new(),
                then: Consequence::None,
            };
            all.incidents.extend(self.shocks.iter().map(shock));
        }
        if features.spoilers {
            let undo = |undo: &Undoing| Incident {
                name: undo.claim.clone(),
                by: Some(undo.by.clone()),
                during: During::Signing,
                when: Occasion::Always,
                against: undo.against.clone(),
                chance: draw(undo.chance),
                costs: Vec::new(),
                raises: Vec::new(),
                then: Consequence::Breaks,
            };
            all.incidents.extend(self.spoilers.iter().map(undo));
        }
        if features.ratification {
            let pass = |pass: &Passing| Ratification {
                name: pass.claim.clone(),
                seat: pass.seat,
                when: pass.when.clone(),
                delay: 0,
                by: Verdict::Chance(draw(pass.chance)),
            };
            all.ratifications = self.ratifications.iter().map(pass).collect();
        }
        all
    }
}

/// What one session is drawn from.
pub(super) struct Session<'a> {
    pub inputs: &'a Inputs,
    pub laid: &'a Laid,
    pub features: Features,
    pub held: Held,
    pub address: (u64, u64),
    pub meetings: u32,
    pub rounds: u32,
    pub breakdown: f64,
}

impl AtHome {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the case holds it between 0 and 1000")]
    fn party(&self, features: Features, draw: &dyn Fn(At) -> f64) -> Party {
        let chance = |at: Option<At>| at.map_or(0.0, draw);
        // Without parts and without a conflict that goes on, no agreement stays worth what it was at the start.
        let no_deal = match (self.reservation || !(features.parts || features.meanwhile), features.meanwhile) {
            (true, _) => NoDeal::Reservation,
            (false, true) => NoDeal::StateAndCosts,
            (false, false) => NoDeal::State,
        };
        let mut party = Party { no_deal, ..Party::default() };
        if features.mandates {
            party.mandates = self.mandates.iter().map(|mandate| (mandate.clone(), 1.0)).collect();
            party.principal = Principal {
                delay: chance(self.delay).round().clamp(0.0, 1000.0) as u32,
                extends: chance(self.extends),
                recalls: chance(self.recalls),
                ..Principal::default()
            };
        }
        if features.audience {
            party.audience = chance(self.audience);
        }
        party
    }
}

/// How public the last meeting of the first track was, that the case speaks of.
fn publicity(document: &Document) -> f64 {
    let main = document.tracks.keys().next();
    let on_it = |round: &&crate::case::model::process::Round| match (&round.track, main) {
        (Some(track), Some(main)) => track.as_str() == main,
        _ => true,
    };
    match document.rounds.values().filter(on_it).filter_map(|round| round.publicity).next_back() {
        Some(Publicity::High) => 1.0,
        Some(Publicity::Medium) => 0.5,
        Some(Publicity::Low) | None => 0.0,
    }
}

/// Whether parts are signed, and what settles: the highest level of agreement, or else that every issue is moved.
fn parts(document: &Document, space: &Space) -> Parts {
    let signing = document.talks.as_ref().and_then(|t| t.signing.as_ref());
    let highest = document.levels.values().next_back().and_then(|level| Formula::of(&level.when.expr, space));
    let moved = |(at, issue): (usize, &Issue)| Formula::In(at, vec![issue.status_quo]).not();
    let settles =
        || highest.clone().unwrap_or_else(|| Formula::And(space.issues.iter().enumerate().map(moved).collect()));
    match signing.map(|s| s.of) {
        Some(Signed::Whole) => Parts::None,
        Some(Signed::Initialled) => Parts::Initialled { settles: settles() },
        Some(Signed::Parts) => Parts::Signed { settles: settles() },
        None if highest.is_some() => Parts::Signed { settles: settles() },
        None => Parts::None,
    }
}
