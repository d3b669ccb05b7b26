//! Whether circumstances fit a setting.

use super::{Bars, Circumstances, Comes, Consequence, NoDeal, Occasion, Parts, Verdict};
use crate::game::Space;
use crate::talks::{Seat, Setting};
use std::sync::Arc;

/// Why talks cannot be held under some circumstances, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit(pub String);

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

fn demand(holds: bool, says: impl FnOnce() -> String) -> Result<(), Unfit> {
    if holds { Ok(()) } else { Err(Unfit(says())) }
}

fn chance(chance: f64, of: &str) -> Result<(), Unfit> {
    demand((0.0..=1.0).contains(&chance), || format!("the chance of “{of}” is {chance}, and not from 0 to 1"))
}

struct Fit<'a> {
    circumstances: &'a Circumstances,
    space: &'a Space,
    seats: usize,
}

/// Says what does not fit first.
pub(super) fn fits(circumstances: &Circumstances, setting: &Setting, seats: &[Arc<Seat>]) -> Result<(), Unfit> {
    demand(!circumstances.meetings.is_empty(), || "there is no meeting".to_string())?;
    demand(seats.len() == setting.seats && seats.iter().enumerate().all(|(at, seat)| seat.at == at), || {
        format!("{} seats are given for a table of {}, or not in their order", seats.len(), setting.seats)
    })?;
    let rounds = circumstances.meetings.iter().try_fold(0u32, |sum, meeting| sum.checked_add(meeting.rounds));
    demand(rounds.is_some(), || "there are more rounds than can be counted".to_string())?;
    let fit = Fit { circumstances, space: &setting.space, seats: setting.seats };
    fit.meetings()?;
    fit.parties(seats)?;
    fit.order()?;
    fit.meanwhile()?;
    fit.home()
}

impl Fit<'_> {
    fn seat(&self, seat: usize, of: &str) -> Result<(), Unfit> {
        demand(seat < self.seats, || format!("“{of}” speaks of seat {seat}, and there are {}", self.seats))
    }

    fn value(&self, issue: usize, value: u16, of: &str) -> Result<(), Unfit> {
        let there = self.space.issues.get(issue).is_some_and(|i| usize::from(value) < i.values.len());
        demand(there, || format!("“{of}” speaks of value {value} of issue {issue}, which is not there"))
    }

    /// Conditions on how things stand want to know how they do.
    fn state(&self, of: &str) -> Result<(), Unfit> {
        demand(self.circumstances.status_quo, || {
            format!("“{of}” speaks of how things stand, and no status quo is known")
        })
    }

    fn occasion(&self, occasion: &Occasion, of: &str) -> Result<(), Unfit> {
        match occasion {
            Occasion::Always => Ok(()),
            Occasion::State(_) => self.state(of),
            Occasion::Happened(at) => demand(*at < self.circumstances.occurrences.len(), || {
                format!("“{of}” waits for occurrence {at}, which is not there")
            }),
            Occasion::WalkedOut(seat) | Occasion::Refused(seat) | Occasion::StoodFirm(seat) => self.seat(*seat, of),
            Occasion::Not(inner) => self.occasion(inner, of),
            Occasion::All(all) | Occasion::Any(all) => all.iter().try_for_each(|one| self.occasion(one, of)),
        }
    }

    fn meetings(&self) -> Result<(), Unfit> {
        chance(self.circumstances.breakdown, "breakdown")?;
        for (at, meeting) in self.circumstances.meetings.iter().enumerate() {
            let name = format!("meeting {}", at + 1);
            demand(meeting.rounds > 0, || format!("{name} has no round"))?;
            demand((0.0..=1.0).contains(&meeting.publicity), || format!("the publicity of {name} is not from 0 to 1"))?;
            if let Some(agenda) = &meeting.agenda {
                self.state(&name)?;
                agenda.iter().try_for_each(|issue| self.value(*issue, 0, &name))?;
            }
        }
        match self.circumstances.parts {
            Parts::None => Ok(()),
            Parts::Signed { .. } | Parts::Initialled { .. } => self.state("parts"),
        }
    }

    fn parties(&self, seats: &[Arc<Seat>]) -> Result<(), Unfit> {
        for (party, seat) in self.circumstances.parties.iter().zip(seats) {
            let name = &seat.name;
            let weights = || party.mandates.iter().map(|(_, weight)| *weight);
            let sum: f64 = weights().sum();
            let sound = party.mandates.is_empty() || (weights().all(|w| w >= 0.0) && sum > 0.0 && sum.is_finite());
            demand(sound, || format!("the weights of the claims about the mandate of “{name}” have no sum above 0"))?;
            chance(party.principal.extends, name)?;
            chance(party.principal.recalls, name)?;
            let audience = party.audience >= 0.0 && party.audience.is_finite();
            demand(audience, || format!("the audience of “{name}” takes {}, which is below 0", party.audience))?;
            if let Some(principal) = &party.principal.seat {
                let same = principal.space == seat.space && principal.function.unit == seat.function.unit;
                demand(same, || format!("the principal of “{name}” measures in another unit or space"))?;
            }
            if party.no_deal != NoDeal::Reservation {
                self.state(name)?;
            }
        }
        Ok(())
    }

    fn order(&self) -> Result<(), Unfit> {
        for occurrence in &self.circumstances.occurrences {
            let name = &occurrence.name;
            match occurrence.comes {
                Comes::Hazard { chance: hazard, .. } => chance(hazard, name)?,
                Comes::State(_) => self.state(name)?,
                Comes::Meeting(_) => {}
            }
            let there = |at: &usize| *at < self.circumstances.occurrences.len();
            demand(occurrence.needs.iter().all(there), || format!("“{name}” needs an occurrence that is not there"))?;
        }
        for gate in &self.circumstances.gates {
            match gate.bars {
                Bars::Agreeing(_) => {}
                Bars::Conceding(seat) => self.seat(seat, &gate.name)?,
            }
        }
        Ok(())
    }

    fn meanwhile(&self) -> Result<(), Unfit> {
        for pressure in &self.circumstances.pressures {
            self.seat(pressure.on, &pressure.name)?;
            self.occasion(&pressure.when, &pressure.name)?;
        }
        for drift in &self.circumstances.drifts {
            self.state(&drift.name)?;
            self.value(drift.issue, drift.to, &drift.name)?;
            chance(drift.chance, &drift.name)?;
            self.occasion(&drift.when, &drift.name)?;
        }
        for cost in &self.circumstances.costs {
            self.seat(cost.seat, "a cost")?;
            if cost.until.is_some() {
                self.state("a cost")?;
            }
        }
        for incident in &self.circumstances.incidents {
            let name = &incident.name;
            chance(incident.chance, name)?;
            self.occasion(&incident.when, name)?;
            incident.costs.iter().chain(&incident.raises).try_for_each(|(seat, _)| self.seat(*seat, name))?;
            if let Consequence::WalkOut(seat) = incident.then {
                self.seat(seat, name)?;
            }
        }
        Ok(())
    }

    fn home(&self) -> Result<(), Unfit> {
        for ratification in &self.circumstances.ratifications {
            self.seat(ratification.seat, &ratification.name)?;
            if let Verdict::Chance(passes) = ratification.by {
                chance(passes, &ratification.name)?;
            }
        }
        Ok(())
    }
}
