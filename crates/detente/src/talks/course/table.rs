//! What goes on at the table: what a delegation may do, what it does instead, what is put down.

use super::machine::{Awaited, Course, Pending};
use super::worth::price;
use super::{Allowed, Bars, Clause, Clearance, Happening, Held, Mandate, Pause, When, Who, Why};
use crate::game::{Formula, Outcome};
use crate::talks::{Actor, Ask, How, Move, Seat, StepClass, Vote, What, classify};
use std::sync::Arc;

/// Packages that a delegation looks at for one it may still offer, beyond those its principal has refused.
const LOOKS: usize = 64;

impl Course {
    /// From where the talks go on: the state of things, with what is initialled.
    pub(super) fn base(&self) -> &Outcome {
        self.initialled.as_ref().unwrap_or(&self.state)
    }

    /// The clauses of an outcome.
    pub(super) fn clauses<'a>(&'a self, outcome: &'a Outcome) -> impl Iterator<Item = Clause> + 'a {
        let all = outcome.digits().iter().enumerate().map(|(issue, value)| Clause { issue, value: *value });
        all.filter(|c| !self.circumstances.status_quo || self.base().digit(c.issue) != c.value)
    }

    /// Whether an outcome leaves everything as it stands.
    pub(super) fn changes_nothing(&self, outcome: &Outcome) -> bool {
        self.circumstances.status_quo && self.clauses(outcome).next().is_none()
    }

    fn mandate(&self, seat: usize) -> Option<&Mandate> {
        let claim = self.sides.get(seat)?.claim?;
        self.party(seat)?.mandates.get(claim).map(|(mandate, _)| mandate)
    }

    /// The clauses of an outcome of which a mandate says this, save those a principal has allowed for good.
    fn clauses_that(&self, seat: usize, outcome: &Outcome, allowed: Allowed) -> Vec<Clause> {
        let (Some(mandate), Some(side)) = (self.mandate(seat), self.sides.get(seat)) else { return Vec::new() };
        self.clauses(outcome)
            .filter(|c| mandate.clause(c.issue, outcome) == allowed && !side.extended.contains(c))
            .collect()
    }

    /// The clauses that a delegation has to refer before it agrees to an outcome: none where its principal has approved
    /// them all before, together and nothing else.
    #[must_use]
    pub fn to_refer(&self, seat: usize, outcome: &Outcome) -> Vec<Clause> {
        let cleared = self.sides.get(seat).map_or(&[][..], |side| &side.cleared);
        if cleared.iter().any(|all| self.clauses(outcome).eq(all.iter().copied())) {
            return Vec::new();
        }
        self.clauses_that(seat, outcome, Allowed::Refer)
    }

    /// What keeps a delegation from agreeing to an outcome now, if anything. What has to be referred does not keep it.
    #[must_use]
    pub fn held(&self, seat: usize, outcome: &Outcome) -> Option<Held> {
        if self.changes_nothing(outcome) {
            return Some(Held::Nothing);
        }
        self.held_always(seat, outcome).or_else(|| self.gate(Some(seat), outcome, true))
    }

    /// What keeps a delegation from proposing an outcome now, if anything.
    #[must_use]
    pub fn held_offer(&self, seat: usize, outcome: &Outcome) -> Option<Held> {
        self.held_always(seat, outcome).or_else(|| self.gate(Some(seat), outcome, false))
    }

    fn held_always(&self, seat: usize, outcome: &Outcome) -> Option<Held> {
        let meeting = self.circumstances.meetings.get((self.meeting as usize).wrapping_sub(1));
        let off = |agenda: &Vec<usize>| self.clauses(outcome).find(|c| !agenda.contains(&c.issue));
        if let Some(off) = meeting.and_then(|m| m.agenda.as_ref()).and_then(off) {
            return Some(Held::Agenda(off.issue));
        }
        let never = self.clauses_that(seat, outcome, Allowed::Never);
        if !never.is_empty() {
            return Some(Held::Mandate(never));
        }
        let side = self.sides.get(seat)?;
        let same = |refused: &[Clause]| self.clauses(outcome).eq(refused.iter().copied());
        let (_, then) = side.refused.iter().rev().find(|(refused, _)| same(refused))?;
        // Asked again only when no agreement has become worth less since.
        let less = matches!((self.principal_floor(seat), then), (Some(now), Some(then)) if now < *then);
        (!less).then_some(Held::RefusedBefore)
    }

    /// The first closed gate that keeps a seat (`None`: anybody) from agreeing to an outcome, or from proposing it.
    pub(super) fn gate(&self, seat: Option<usize>, outcome: &Outcome, agreeing: bool) -> Option<Held> {
        let closed = self.circumstances.gates.iter().zip(&self.gates).enumerate();
        let bars =
            closed.filter(|(_, (_, account))| account.opened.is_none()).find(|(_, (gate, _))| match &gate.bars {
                Bars::Agreeing(formula) => (agreeing || gate.heeded) && self.brings_about(formula, outcome),
                Bars::Conceding(claimant) => seat == Some(*claimant) && self.concedes(*claimant, outcome, agreeing),
            });
        bars.map(|(at, _)| Held::Gate(at))
    }

    /// Whether an outcome meets a condition on account of its own clauses: things that are so already are not agreed on.
    fn brings_about(&self, formula: &Formula, outcome: &Outcome) -> bool {
        if !formula.holds(outcome) {
            return false;
        }
        let scope = formula.scope();
        scope.is_empty() || self.clauses(outcome).any(|clause| scope.contains(&clause.issue))
    }

    /// Whether an outcome is worth less to a seat than the least it has asked for. Where it has asked for nothing yet,
    /// proposing is no concession, and agreeing to less than its best is one.
    fn concedes(&self, seat: usize, outcome: &Outcome, agreeing: bool) -> bool {
        let Some(side) = self.sides.get(seat) else { return false };
        let best = || side.seat.menu().best().filter(|_| agreeing).map(|best| best.utility);
        let least = side.asked.map(|(_, least)| least).or_else(best);
        least.is_some_and(|least| side.seat.utility(outcome) < least)
    }

    /// Counts what a delegation was kept from, or an agreement fell over.
    pub(super) fn count(&mut self, seat: Option<usize>, held: &Held) {
        if let Some(side) = seat.and_then(|seat| self.sides.get_mut(seat)) {
            side.counts.held += 1;
        }
        let gate = if let Held::Gate(at) = held { self.gates.get_mut(*at) } else { None };
        if let Some(gate) = gate {
            gate.held += 1;
        }
    }

    /// A delegation that is asked wants to do something legal.
    pub(super) fn wish(&mut self, seat: usize, what: Move) {
        let Some(ask) = self.session.asks().find(|(at, _)| *at == seat).map(|(_, ask)| ask.clone()) else { return };
        let held = match (&ask, &what) {
            (Ask::Answer(outcome) | Ask::Decide(outcome), Move::Accept) => self.held(seat, outcome),
            (_, Move::Offer(outcome)) => self.held_offer(seat, outcome),
            (Ask::Vote(on), Move::Votes(votes)) => {
                let (votes, held) = self.allowed_votes(seat, on, votes);
                return self.make(seat, Move::Votes(votes), held.map(|held| (what, held)));
            }
            _ => None,
        };
        if let Some(held) = held {
            let made = self.left_to(seat, &ask);
            return self.make(seat, made, Some((what, held)));
        }
        if let Move::Offer(outcome) = &what {
            let clauses = self.to_clear(seat, outcome);
            if !clauses.is_empty() {
                return self.clear_first(seat, outcome.clone(), clauses);
            }
        }
        self.make(seat, what, None);
    }

    /// A seat makes the offer for which it waited; what still keeps it from that is put down.
    pub(super) fn move_on(&mut self, seat: usize, what: Move) {
        let Some(ask) = self.session.asks().find(|(at, _)| *at == seat).map(|(_, ask)| ask.clone()) else { return };
        let held = match &what {
            Move::Offer(outcome) if !self.to_clear(seat, outcome).is_empty() => Some(Held::RefusedBefore),
            Move::Offer(outcome) => self.held_offer(seat, outcome),
            _ => None,
        };
        match held {
            Some(held) => self.make(seat, self.left_to(seat, &ask), Some((what, held))),
            None => self.make(seat, what, None),
        }
    }

    /// The clauses for which an offer has to be cleared before it is made.
    fn to_clear(&self, seat: usize, outcome: &Outcome) -> Vec<Clause> {
        let first = self.party(seat).is_some_and(|party| party.principal.clearance == Clearance::First);
        if first { self.to_refer(seat, outcome) } else { Vec::new() }
    }

    fn clear_first(&mut self, seat: usize, outcome: Outcome, clauses: Vec<Clause>) {
        let referral = self.refer(seat, &outcome, clauses, true);
        self.pending = Some(Pending { outcome, offer_of: Some(seat), referrals: vec![referral] });
    }

    /// Puts a referral down.
    pub(super) fn refer(&mut self, seat: usize, outcome: &Outcome, clauses: Vec<Clause>, first: bool) -> Awaited {
        let delay = self.party(seat).map_or(0, |party| party.principal.delay);
        let due = (delay > 0).then(|| self.meeting.saturating_add(delay));
        if let Some(side) = self.sides.get_mut(seat) {
            side.counts.referred += 1;
        }
        let told = Happening::Referred { outcome: outcome.clone(), clauses: clauses.clone(), due, first };
        self.tell(Who::Delegation(seat), told);
        Awaited { seat, clauses, due: due.unwrap_or(self.meeting), answered: false }
    }

    fn allowed_votes(&self, seat: usize, on: &[Outcome], votes: &[Vote]) -> (Vec<Vote>, Option<Held>) {
        let mut first = None;
        let allowed = votes.iter().zip(on).map(|(vote, outcome)| {
            let held = if vote.yes { self.held(seat, outcome) } else { None };
            let yes = vote.yes && held.is_none();
            first = first.take().or(held);
            Vote { yes, ..*vote }
        });
        (allowed.collect(), first)
    }

    /// What is left to a delegation that was kept from what it wanted.
    pub(super) fn left_to(&self, seat: usize, ask: &Ask) -> Move {
        if let Ask::Decide(_) = ask {
            return Move::Reject;
        }
        let Some(side) = self.sides.get(seat) else { return Move::Leave };
        let may = |outcome: &Outcome| {
            self.setting.check(outcome).is_ok()
                && self.held_offer(seat, outcome).is_none()
                && self.to_clear(seat, outcome).is_empty()
        };
        let ranked = (0..LOOKS.saturating_add(side.refused.len())).map_while(|rank| side.bound.menu().ranked(rank));
        let offers = side.last.iter().cloned().chain(ranked.map(|c| c.outcome)).chain([self.base().clone()]);
        offers.into_iter().find(may).map_or(Move::Leave, Move::Offer)
    }

    /// A delegation makes a move, perhaps in place of another.
    fn make(&mut self, seat: usize, made: Move, instead_of: Option<(Move, Held)>) {
        if let Some((_, held)) = &instead_of {
            self.count(Some(seat), held);
        }
        if let Some(side) = self.sides.get_mut(seat) {
            side.instead_of = instead_of;
        }
        self.put(seat, made);
    }

    /// Puts a move on the table.
    pub(super) fn put(&mut self, seat: usize, made: Move) {
        if self.session.step(seat, made).is_err() {
            self.end(Why::Breach(seat));
        }
    }

    /// Puts down what is new at the table.
    pub(super) fn listen(&mut self) {
        let (first, last) = (self.first_round(), self.last_round());
        // A draft for the first round of the next meeting is told there.
        let new = self.session.log().get(self.heard..).unwrap_or_default().iter();
        let new: Vec<_> = new.take_while(|event| event.round <= last).cloned().collect();
        self.heard += new.len();
        for event in new {
            let when = When::During { meeting: self.meeting, round: event.round.max(first) };
            match (event.by, event.what) {
                (_, What::Ended(_)) => {}
                (Actor::Seat(seat), What::Move(made)) => self.moved(seat, made, when),
                (Actor::Seat(seat), what) => self.tell_at(when, Who::Delegation(seat), Happening::Table(what)),
                (Actor::Table, what) => self.tell_at(when, Who::Course, Happening::Table(what)),
            }
        }
    }

    fn tell_at(&mut self, when: When, by: Who, what: Happening) {
        self.log.push(super::Entry { when, by, what });
    }

    fn moved(&mut self, seat: usize, made: Move, when: When) {
        let offer = if let Move::Offer(outcome) = &made { Some(outcome.clone()) } else { None };
        let (step, beyond) = match &offer {
            Some(outcome) => (self.step_class(seat, outcome), self.to_refer(seat, outcome)),
            None => (None, Vec::new()),
        };
        let left = made == Move::Leave;
        let Some(side) = self.sides.get_mut(seat) else { return };
        let instead_of = side.instead_of.take();
        let after_answer = std::mem::take(&mut side.after_answer);
        let beyond = beyond.into_iter().map(|c| c.issue).collect();
        self.tell_at(when, Who::Delegation(seat), Happening::Moved { made, instead_of, beyond, step, after_answer });
        if left {
            self.walks(seat, when);
        }
        let Some(outcome) = offer else { return };
        self.before_the_press(seat, &outcome, when);
        let Some(side) = self.sides.get_mut(seat) else { return };
        let worth = side.seat.utility(&outcome);
        side.asked = Some(side.asked.map_or((worth, worth), |(first, least)| (first, least.min(worth))));
        side.last = Some(outcome);
        self.set_floor(seat);
    }

    /// Puts down what it costs a seat to come to an outcome before the press.
    pub(super) fn before_the_press(&mut self, seat: usize, outcome: &Outcome, when: When) {
        let rate = self.audience_now(seat);
        let public = self.publicity() > 0.0;
        let Some(side) = self.sides.get_mut(seat).filter(|_| public) else { return };
        let worth = side.seat.utility(outcome);
        let cost = side.stand.map_or(0, |stand| price(rate, stand.saturating_sub(worth)));
        side.stand = Some(side.stand.map_or(worth, |stand| stand.min(worth)));
        if cost > 0 {
            side.audience = side.audience.saturating_add(cost);
            let total = side.audience;
            self.tell_at(when, Who::Delegation(seat), Happening::Audience { cost, total });
        }
    }

    /// The class of the step from a seat's last offer to this one. Among more than two, the other is all others
    /// together, each on the scale of its own unit.
    fn step_class(&self, seat: usize, outcome: &Outcome) -> Option<StepClass> {
        let side = self.sides.get(seat)?;
        let before = side.last.as_ref()?;
        let own = (side.seat.utility(before), side.seat.utility(outcome));
        let mut others = self.sides.iter().filter(|other| other.seat.at != seat).map(|other| &other.seat);
        let (before, after) = match (self.sides.len(), others.next()) {
            (2, Some(other)) => (other.utility(before), other.utility(outcome)),
            (_, first) => {
                let change = |s: &Arc<Seat>| s.real(s.utility(outcome)) - s.real(s.utility(before));
                let sum: f64 = first.into_iter().chain(others).map(change).sum();
                (
                    0,
                    if sum > 0.0 {
                        1
                    } else if sum < 0.0 {
                        -1
                    } else {
                        0
                    },
                )
            }
        };
        Some(classify(own.0, own.1, before, after))
    }

    /// The session of the table has ended.
    pub(super) fn table_ended(&mut self) {
        let Some(ending) = self.session.ending().cloned() else { return };
        match ending.how {
            How::Agreed => match ending.agreements.as_slice() {
                [agreed] => self.agreed(&agreed.seats, agreed.outcome.clone()),
                _ => self.end(Why::Groups),
            },
            How::Left(seat) => self.walked_out(seat),
            How::Deadline => self.end(Why::Deadline),
            How::Breakdown => self.end(Why::Breakdown),
            How::Breach(seat) => self.end(Why::Breach(seat)),
            How::Refused => self.end(Why::Refused),
        }
    }

    /// Puts down that a delegation walks out.
    pub(super) fn walks(&mut self, seat: usize, when: When) {
        if let Some(side) = self.sides.get_mut(seat) {
            side.counts.walked_out += 1;
        }
        self.tell_at(when, Who::Delegation(seat), Happening::WalkedOut);
    }

    /// What follows when a delegation has walked out.
    pub(super) fn walked_out(&mut self, seat: usize) {
        self.pause(self.circumstances.walkout, super::Cause::WalkOut(seat), Why::WalkedOut(seat));
    }

    /// The talks stop for a while, or for good.
    pub(super) fn pause(&mut self, pause: Pause, cause: super::Cause, why: Why) {
        match pause {
            Pause::Ends => self.end(why),
            Pause::Meetings(meetings) => {
                self.drop_pending();
                self.fresh = true;
                self.rises = true;
                self.put_off = self.put_off.saturating_add(meetings);
                if meetings > 0 {
                    self.tell(Who::Course, Happening::Suspended { meetings, cause });
                }
            }
        }
    }

    /// Lets a seat propose only what it may now.
    pub(super) fn bind(&mut self, seat: usize) {
        let keeps = self.binds(seat);
        let start = self.setting.space.status_quo();
        let base = self.base().clone();
        let reads = self.circumstances.packages && start != base;
        let Some(side) = self.sides.get(seat) else { return };
        if side.keeps == keeps && (!self.circumstances.packages || side.base == base) {
            return;
        }
        let bound = if keeps.is_empty() && !reads {
            Ok(side.seat.clone())
        } else {
            let reading = |outcome: &Outcome| -> Outcome {
                let issues = outcome.digits().iter().enumerate();
                let digit = |(issue, digit): (usize, &u16)| {
                    if *digit == start.digit(issue) { base.digit(issue) } else { *digit }
                };
                Outcome::new(issues.map(digit).collect::<Vec<u16>>())
            };
            let reading: Option<&crate::talks::seat::Reading<'_>> = if reads { Some(&reading) } else { None };
            side.seat.keeping(keeps.clone(), reading).map(Arc::new)
        };
        let given = side.seat.clone();
        let Some(side) = self.sides.get_mut(seat) else { return };
        side.keeps = keeps;
        side.base = base;
        if let Ok(bound) = bound {
            side.bound = bound;
        } else {
            side.bound = given;
            self.tell(Who::Course, Happening::Unordered { seat });
        }
    }

    /// What a delegation keeps to in what it proposes: the agenda, its mandate, the gates it heeds.
    fn binds(&self, seat: usize) -> Vec<Formula> {
        let mut keeps = Vec::new();
        let base = self.base();
        let stays = |issue: usize| Formula::In(issue, vec![base.digit(issue)]);
        let issues = 0..base.digits().len();
        let meeting = self.circumstances.meetings.get((self.meeting as usize).wrapping_sub(1));
        if let Some(agenda) = meeting.and_then(|m| m.agenda.as_ref()) {
            keeps.extend(issues.clone().filter(|issue| !agenda.contains(issue)).map(stays));
        }
        if let (Some(mandate), Some(side)) = (self.mandate(seat), self.sides.get(seat)) {
            for issue in issues {
                let forbidden = mandate.forbids(issue);
                if forbidden == Formula::Or(Vec::new()) {
                    continue;
                }
                let mut allowed: Vec<u16> =
                    side.extended.iter().filter(|c| c.issue == issue).map(|c| c.value).collect();
                allowed.extend(self.circumstances.status_quo.then(|| base.digit(issue)));
                allowed.sort_unstable();
                allowed.dedup();
                keeps.push(Formula::Or(vec![Formula::In(issue, allowed), forbidden.not()]));
            }
        }
        let gates = self.circumstances.gates.iter().zip(&self.gates).filter(|(g, at)| g.heeded && at.opened.is_none());
        keeps.extend(gates.filter_map(|(gate, _)| match &gate.bars {
            Bars::Agreeing(formula) => {
                let scope = formula.scope();
                let waits = formula.clone().not();
                let free = !scope.is_empty() && self.circumstances.status_quo;
                Some(if free {
                    Formula::Or(vec![waits, Formula::And(scope.into_iter().map(stays).collect())])
                } else {
                    waits
                })
            }
            Bars::Conceding(_) => None,
        }));
        keeps
    }
}
