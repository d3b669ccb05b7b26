//! What becomes of what was agreed: referral, signing, ratification.

use super::chance::lane;
use super::machine::{Course, Pending, Ratifying};
use super::{Answer, Cause, Close, Consequence, During, Happening, Held, Parts, Verdict, Who, Why};
use crate::game::Outcome;
use crate::talks::Move;

impl Course {
    /// Those at the table have agreed on an outcome.
    pub(super) fn agreed(&mut self, seats: &[usize], outcome: Outcome) {
        let held = seats.iter().find_map(|seat| self.held(*seat, &outcome));
        if let Some(held) = held {
            self.count(None, &held);
            return self.void(outcome, Some(held));
        }
        for seat in seats {
            self.before_the_press(*seat, &outcome, self.when());
        }
        let asks: Vec<(usize, Vec<super::Clause>)> =
            seats.iter().map(|seat| (*seat, self.to_refer(*seat, &outcome))).filter(|(_, c)| !c.is_empty()).collect();
        if asks.is_empty() {
            return self.sign(outcome);
        }
        let referrals = asks.into_iter().map(|(seat, clauses)| self.refer(seat, &outcome, clauses, false)).collect();
        self.fresh = true;
        self.pending = Some(Pending { outcome, offer_of: None, referrals });
        self.suspend_for_answer();
    }

    /// Says for how long the table waits, where it does.
    fn suspend_for_answer(&mut self) {
        let Some(pending) = &self.pending else { return };
        let Some(last) = pending.referrals.iter().max_by_key(|r| (r.due, std::cmp::Reverse(r.seat))) else { return };
        let meetings = last.due.saturating_sub(self.meeting).saturating_sub(1);
        if meetings > 0 {
            let cause = Cause::Referral(last.seat);
            self.tell(Who::Course, Happening::Suspended { meetings, cause });
        }
    }

    /// What was agreed cannot stand. In a meeting, the talks go on with a clean table in the next round.
    fn void(&mut self, outcome: Outcome, held: Option<Held>) {
        self.tell(Who::Course, Happening::Void { outcome, held });
        self.start_afresh();
    }

    fn start_afresh(&mut self) {
        self.fresh = !self.sitting || self.rises;
        if !self.fresh {
            self.set_afresh(None);
        }
    }

    /// Forgets what waits for principals.
    pub(super) fn drop_pending(&mut self) {
        self.resumes = None;
        if let Some(pending) = self.pending.take().filter(|pending| pending.offer_of.is_none()) {
            self.tell(Who::Course, Happening::Void { outcome: pending.outcome, held: None });
        }
    }

    /// A principal has answered.
    pub(super) fn take_answer(&mut self, seat: usize, answer: Answer) {
        let Some(pending) = &self.pending else { return };
        let whole: Vec<super::Clause> = self.clauses(&pending.outcome).collect();
        let referral = pending.referrals.iter().find(|r| r.seat == seat);
        let clauses = referral.map(|r| r.clauses.clone()).unwrap_or_default();
        let complete = pending.referrals.iter().all(|r| r.answered);
        let floor = self.principal_floor(seat);
        self.tell(Who::Principal(seat), Happening::Answered(answer));
        let Some(side) = self.sides.get_mut(seat) else { return };
        if !answer.approves() {
            side.counts.refused += 1;
            side.refused.push((whole, floor));
            return self.refused(seat, answer == Answer::Recall);
        }
        side.counts.approved += 1;
        side.cleared.push(whole);
        if answer == Answer::Extend {
            side.counts.extended += 1;
            side.extended.extend(clauses);
            self.bind(seat);
        }
        if complete {
            self.all_approved();
        }
    }

    fn all_approved(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        match pending.offer_of {
            Some(seat) => self.resume(seat, Move::Offer(pending.outcome)),
            None => self.sign(pending.outcome),
        }
    }

    /// A seat that waited for an answer moves as soon as a meeting is held: it makes the offer that was cleared, or, as
    /// that was refused, another.
    fn resume(&mut self, seat: usize, what: Move) {
        if let Some(side) = self.sides.get_mut(seat) {
            side.after_answer = true;
        }
        self.resumes = Some((seat, what));
    }

    /// A principal has refused, and perhaps recalled its delegation.
    fn refused(&mut self, seat: usize, recalls: bool) {
        if recalls {
            if let Some(side) = self.sides.get_mut(seat) {
                side.counts.recalled += 1;
            }
            let pause = self.party(seat).map_or(super::Pause::Ends, |party| party.principal.recall);
            return self.pause(pause, Cause::Recall(seat), Why::Recalled(seat));
        }
        let Some(pending) = self.pending.take() else { return };
        let Some(offerer) = pending.offer_of else { return self.void(pending.outcome, None) };
        self.resume(offerer, Move::Offer(pending.outcome));
    }

    /// The answer that a principal gives by habit: yes to what it would agree to by its own preferences, and by chance
    /// it extends the mandate with a yes, and recalls its delegation with a no.
    #[must_use]
    pub fn habit(&self, seat: usize) -> Answer {
        let Some(pending) = &self.pending else { return Answer::Refuse };
        let (Some(side), Some(party)) = (self.sides.get(seat), self.party(seat)) else { return Answer::Refuse };
        let chance = |of: f64, what: &str| self.chance.happens(of, lane(what, &seat.to_string()), side.counts.referred);
        if self.would_approve(seat, &pending.outcome) {
            if chance(party.principal.extends, "extends") { Answer::Extend } else { Answer::Approve }
        } else if chance(party.principal.recalls, "recalls") {
            Answer::Recall
        } else {
            Answer::Refuse
        }
    }

    /// All whose consent it takes have agreed, and may.
    fn sign(&mut self, outcome: Outcome) {
        // While an answer was awaited, things may have moved: it may have come about by itself, or waits for a gate now.
        let nothing = self.changes_nothing(&outcome).then_some(Held::Nothing);
        if let Some(held) = nothing.or_else(|| self.gate(None, &outcome, true)) {
            self.count(None, &held);
            return self.void(outcome, Some(held));
        }
        let settles = match &self.circumstances.parts {
            Parts::None => true,
            Parts::Signed { settles } | Parts::Initialled { settles } => settles.holds(&outcome),
        };
        self.fresh = true;
        if !settles && matches!(self.circumstances.parts, Parts::Initialled { .. }) {
            self.tell(Who::Course, Happening::Initialled { outcome: outcome.clone() });
            self.initialled = Some(outcome);
            return self.over_for_now();
        }
        self.signings += 1;
        self.tell(Who::Course, Happening::Signed { outcome: outcome.clone(), settles });
        if let Some(incident) = self.at_signing(&outcome) {
            return self.fall(outcome, settles, Why::Broken(incident));
        }
        let needs: Vec<(usize, u32)> = self
            .circumstances
            .ratifications
            .iter()
            .enumerate()
            .filter(|(_, r)| r.when.as_ref().is_none_or(|when| when.holds(&outcome)))
            .map(|(at, r)| (at, self.meeting.saturating_add(r.delay)))
            .collect();
        if needs.is_empty() {
            return self.in_force(outcome, settles);
        }
        let told = needs.iter().map(|(at, _)| *at).collect();
        self.tell(Who::Course, Happening::AwaitsRatification { needs: told });
        self.ratifying = Some(Ratifying { outcome, settles, needs });
        self.ratify();
    }

    /// The meeting in which a part was agreed is over.
    fn over_for_now(&mut self) {
        self.rises = self.sitting;
        self.fresh = true;
    }

    /// What is done at the signing; gives the incident that undoes it.
    fn at_signing(&mut self, outcome: &Outcome) -> Option<usize> {
        let circumstances = self.circumstances.clone();
        for (at, incident) in circumstances.incidents.iter().enumerate() {
            let fits = incident.against.as_ref().is_none_or(|against| against.holds(outcome));
            if incident.during != During::Signing || !fits || !self.holds(&incident.when) {
                continue;
            }
            let Some(lane) = self.chance.incidents.get(at) else { continue };
            if !self.chance.happens(incident.chance, *lane, self.signings) {
                continue;
            }
            self.strike(at, incident);
            if matches!(incident.then, Consequence::Breaks | Consequence::WalkOut(_)) {
                return Some(at);
            }
        }
        None
    }

    /// Bodies at home decide whose time has come.
    pub(super) fn ratify(&mut self) {
        let circumstances = self.circumstances.clone();
        while let Some(ratifying) = &mut self.ratifying {
            let due = ratifying.needs.iter().position(|(_, due)| *due <= self.meeting);
            let Some(due) = due else { break };
            let (at, _) = ratifying.needs.remove(due);
            let Some(ratification) = circumstances.ratifications.get(at) else { continue };
            let passed = match &ratification.by {
                Verdict::Chance(chance) => {
                    let lane = self.chance.ratifications.get(at).copied().unwrap_or_default();
                    self.chance.happens(*chance, lane, self.signings)
                }
                Verdict::Condition(formula) => formula.holds(&ratifying.outcome),
            };
            let by = Who::Outside(ratification.name.clone());
            self.tell(by, Happening::Decided { ratification: at, passed });
            if !passed {
                self.unratified.push(at);
                return self.fall_waiting(Why::NotRatified(at));
            }
        }
        if self.ratifying.as_ref().is_some_and(|r| r.needs.is_empty()) {
            let Some(ratifying) = self.ratifying.take() else { return };
            self.in_force(ratifying.outcome, ratifying.settles);
        }
    }

    /// What waits to be ratified falls.
    pub(super) fn fall_waiting(&mut self, why: Why) {
        if let Some(ratifying) = self.ratifying.take() {
            self.fall(ratifying.outcome, ratifying.settles, why);
        }
    }

    /// What was signed falls: a settlement with the talks, a part alone.
    fn fall(&mut self, outcome: Outcome, settles: bool, why: Why) {
        self.tell(Who::Course, Happening::Void { outcome, held: None });
        if settles {
            self.end(why);
        } else {
            self.over_for_now();
        }
    }

    /// What was signed is in force.
    fn in_force(&mut self, outcome: Outcome, settles: bool) {
        self.tell(Who::Course, Happening::InForce { outcome: outcome.clone() });
        for (issue, signed) in self.signed.iter_mut().enumerate() {
            *signed |= outcome.digit(issue) != self.state.digit(issue);
        }
        self.state = outcome.clone();
        self.initialled = None;
        if settles {
            self.settlement = Some(outcome);
            self.shut(Close::Settled);
        } else {
            self.parts.push((self.meeting, outcome));
            self.over_for_now();
            self.occur();
        }
    }
}
