//! What happens between meetings.

use super::machine::Course;
use super::{Comes, Consequence, During, Happening, Incident, Occasion, Who, Why};

impl Course {
    /// A recess goes by, up to the next meeting.
    pub(super) fn pass(&mut self) {
        self.meeting = self.meeting.saturating_add(1);
        self.recesses += 1;
        self.bear();
        self.drift();
        self.incidents();
        if self.close.is_none() {
            self.happen();
        }
        if self.close.is_none() {
            self.ratify();
        }
    }

    /// What happens before a meeting, the first one too: on other tracks, by pressure.
    pub(super) fn happen(&mut self) {
        self.occur();
        self.press();
    }

    /// What going on costs.
    fn bear(&mut self) {
        for seat in 0..self.sides.len() {
            let amount = self.cost_of_recess(seat, false);
            self.charge(seat, amount);
        }
    }

    fn charge(&mut self, seat: usize, amount: i128) {
        let Some(side) = self.sides.get_mut(seat).filter(|_| amount != 0) else { return };
        side.costs = side.costs.saturating_add(amount);
        let total = side.costs;
        self.tell(Who::Course, Happening::Cost { seat, amount, total });
    }

    /// The state of things moves by itself.
    fn drift(&mut self) {
        let circumstances = self.circumstances.clone();
        for (at, drift) in circumstances.drifts.iter().enumerate() {
            let from = self.state.digit(drift.issue);
            let moves = from != drift.to && drift.from.is_none_or(|only| only == from);
            let signed = self.signed.get(drift.issue).copied().unwrap_or(true);
            if signed || !moves || !self.holds(&drift.when) {
                continue;
            }
            let Some(lane) = self.chance.drifts.get(at) else { continue };
            if self.chance.happens(drift.chance, *lane, self.meeting) {
                // What leaves the issue as it stands goes with the state of things; what has a clause on it stands.
                let initialled = self.initialled.iter_mut();
                let pending = self.pending.iter_mut().map(|p| &mut p.outcome);
                let ratifying = self.ratifying.iter_mut().map(|r| &mut r.outcome);
                for outcome in initialled.chain(pending).chain(ratifying).filter(|o| o.digit(drift.issue) == from) {
                    *outcome = outcome.with(drift.issue, drift.to);
                }
                self.state = self.state.with(drift.issue, drift.to);
                self.status_quo = self.status_quo.with(drift.issue, drift.to);
                self.drifted.push(at);
                self.tell(Who::Course, Happening::Drifted { drift: at, issue: drift.issue, from, to: drift.to });
            }
        }
    }

    /// Incidents of a recess.
    fn incidents(&mut self) {
        let circumstances = self.circumstances.clone();
        for (at, incident) in circumstances.incidents.iter().enumerate() {
            let waits = self.ratifying.as_ref().map(|r| &r.outcome);
            let may = match (incident.during, waits) {
                (During::Talks, None) | (During::Any, None) => true,
                (During::Ratification | During::Any, Some(outcome)) => {
                    incident.against.as_ref().is_none_or(|against| against.holds(outcome))
                }
                (During::Talks, Some(_)) | (During::Ratification, None) | (During::Signing, _) => false,
            };
            if !may || !self.holds(&incident.when) {
                continue;
            }
            let Some(lane) = self.chance.incidents.get(at) else { continue };
            if self.chance.happens(incident.chance, *lane, self.meeting) {
                self.strike(at, incident);
                self.follow(at, incident);
            }
            if self.close.is_some() {
                return;
            }
        }
    }

    /// An incident happens, with what it costs.
    pub(super) fn strike(&mut self, at: usize, incident: &Incident) {
        self.struck.push(at);
        let by = incident.by.clone().map_or(Who::Course, Who::Outside);
        self.tell(by, Happening::Incident { incident: at, name: incident.name.clone() });
        for (seat, amount) in &incident.costs {
            self.charge(*seat, *amount);
        }
        for (seat, amount) in &incident.raises {
            if let Some(side) = self.sides.get_mut(*seat) {
                side.raised = side.raised.saturating_add(*amount);
            }
        }
    }

    /// What an incident of a recess does to the talks, or to what waits to be ratified.
    fn follow(&mut self, at: usize, incident: &Incident) {
        match incident.then {
            Consequence::None => {}
            Consequence::Delay(meetings) => {
                if let Some(ratifying) = &mut self.ratifying {
                    ratifying.needs.iter_mut().for_each(|(_, due)| *due = due.saturating_add(meetings));
                } else {
                    self.put_off = self.put_off.saturating_add(meetings);
                }
                if meetings > 0 {
                    self.tell(Who::Course, Happening::Suspended { meetings, cause: super::Cause::Incident(at) });
                }
            }
            Consequence::WalkOut(seat) if self.ratifying.is_some() => {
                self.walks(seat, self.when());
                self.fall_waiting(Why::WalkedOut(seat));
            }
            Consequence::WalkOut(seat) => {
                self.walks(seat, self.when());
                self.walked_out(seat);
            }
            Consequence::Breaks if self.ratifying.is_some() => self.fall_waiting(Why::Broken(at)),
            Consequence::Breaks => self.end(Why::Broken(at)),
        }
    }

    /// What comes about, and the gates that it opens.
    pub(super) fn occur(&mut self) {
        let circumstances = self.circumstances.clone();
        for (at, occurrence) in circumstances.occurrences.iter().enumerate() {
            let came = |of: usize| self.occurred.get(of).copied().flatten().is_some();
            if came(at) || !occurrence.needs.iter().all(|of| came(*of)) {
                continue;
            }
            let comes = match &occurrence.comes {
                Comes::Hazard { chance, from } => {
                    let lane = self.chance.occurrences.get(at).copied().unwrap_or_default();
                    self.meeting >= *from && self.chance.happens(*chance, lane, self.meeting)
                }
                Comes::State(formula) => formula.holds(&self.state),
                Comes::Meeting(meeting) => self.meeting >= *meeting,
            };
            if !comes {
                continue;
            }
            if let Some(occurred) = self.occurred.get_mut(at) {
                *occurred = Some(self.meeting);
            }
            self.tell(Who::Course, Happening::Occurred { occurrence: at, name: occurrence.name.clone() });
            for (gate, known) in circumstances.gates.iter().enumerate().filter(|(_, known)| known.until == at) {
                if let Some(account) = self.gates.get_mut(gate) {
                    account.opened = Some(self.meeting);
                }
                self.tell(Who::Course, Happening::GateOpened { gate, name: known.name.clone() });
            }
        }
    }

    /// Pressure sets in and ceases.
    fn press(&mut self) {
        let circumstances = self.circumstances.clone();
        for (at, pressure) in circumstances.pressures.iter().enumerate() {
            let on_now = self.meeting >= pressure.from && self.holds(&pressure.when);
            let Some(pressing) = self.pressing.get_mut(at).filter(|pressing| **pressing != on_now) else { continue };
            *pressing = on_now;
            let by = Who::Outside(pressure.name.clone());
            let told = Happening::Pressed { pressure: at, on: pressure.on, lever: pressure.lever, on_now };
            self.tell(by, told);
        }
    }

    /// Whether a condition on conduct and on how things stand holds now.
    pub(super) fn holds(&self, occasion: &Occasion) -> bool {
        match occasion {
            Occasion::Always => true,
            Occasion::State(formula) => formula.holds(&self.state),
            Occasion::Happened(at) => self.occurred.get(*at).copied().flatten().is_some(),
            Occasion::WalkedOut(seat) => self.sides.get(*seat).is_some_and(|side| side.counts.walked_out > 0),
            Occasion::Refused(seat) => self.sides.get(*seat).is_some_and(|side| side.counts.refused > 0),
            Occasion::StoodFirm(seat) => {
                let asked = self.sides.get(*seat).and_then(|side| side.asked);
                asked.is_some_and(|(first, least)| least >= first)
            }
            Occasion::Not(inner) => !self.holds(inner),
            Occasion::All(all) => all.iter().all(|one| self.holds(one)),
            Occasion::Any(all) => all.iter().any(|one| self.holds(one)),
        }
    }
}
