//! Simultaneous sealed demands (Nash 1953, *Two-Person Cooperative Games*: the demand game).

use super::draft::tells_and_ends;
use super::ladder::{self, Split};
use crate::game::Outcome;
use crate::talks::{Ask, Asked, Illegal, Move, Moves, Protocol, Setting, Table};

/// When demands are compatible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compatible {
    Same,
    Crossing { up: usize, split: Split },
}

/// Every seat writes down a demand, the demands are opened together, and if they are compatible there is an agreement.
/// Else all demand again in the next round. With a clock of one round this is Nash's demand game.
///
/// In the game demands are utilities, and compatible when one outcome gives each at least what it demands. The table sees
/// no utilities, so that it is told what compatible means. Under [`SealedDemands::same`] a demand is an outcome, and only
/// demands of the same outcome are compatible. Under [`SealedDemands::crossing`] there are two seats and one issue whose
/// values are in order; one seat, which is named, wants it up and the other down; demands are compatible when the one
/// who wants it up demands no more than the other offers, and a [`Split`], which is named too, says where between the two
/// it is settled.
#[derive(Debug, Clone)]
pub struct SealedDemands {
    compatible: Compatible,
}

impl SealedDemands {
    /// Demands are outcomes, and only equal ones are compatible.
    #[must_use]
    pub fn same() -> Self {
        SealedDemands { compatible: Compatible::Same }
    }

    /// Two seats on one ordered issue; seat `up` wants it up.
    #[must_use]
    pub fn crossing(up: usize, split: Split) -> Self {
        SealedDemands { compatible: Compatible::Crossing { up, split } }
    }

    fn agreed(&self, table: &mut Table, demands: &[Outcome]) -> Option<Outcome> {
        match self.compatible {
            Compatible::Same => {
                let first = demands.first()?;
                demands.iter().all(|demand| demand == first).then(|| first.clone())
            }
            Compatible::Crossing { up, split } => {
                let (high, low) = (demands.get(up)?, demands.get(1usize.checked_sub(up)?)?);
                if high.digit(0) > low.digit(0) {
                    return None;
                }
                ladder::settled(table, high, low, split)
            }
        }
    }
}

impl Protocol for SealedDemands {
    fn name(&self) -> &'static str {
        match self.compatible {
            Compatible::Same => "sealed-demands",
            Compatible::Crossing { .. } => "crossing-demands",
        }
    }

    fn text(&self) -> String {
        match self.compatible {
            Compatible::Same => self.name().to_string(),
            Compatible::Crossing { up, split } => {
                let split = match split {
                    Split::Middle => "middle",
                    Split::Up => "up",
                    Split::Down => "down",
                };
                format!("crossing-demands(up={up}, split={split})")
            }
        }
    }

    fn fits(&self, setting: &Setting) -> Result<(), Illegal> {
        match self.compatible {
            Compatible::Crossing { up, .. } => ladder::fits(self.name(), up, setting),
            Compatible::Same if setting.seats < 2 => {
                Err(Illegal("`sealed-demands` is for 2 seats or more".to_string()))
            }
            Compatible::Same => Ok(()),
        }
    }

    fn open(&self, _seats: usize) -> Box<dyn Protocol> {
        Box::new(self.clone())
    }

    fn asks(&self, table: &Table) -> Asked {
        (0..table.seats).map(|seat| (seat, Ask::Propose)).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        // All have moved, so the demands are open now.
        if tells_and_ends(table, &moves) {
            return;
        }
        let demand = |(_, what)| if let Move::Offer(demand) = what { Some(demand) } else { None };
        let demands: Vec<Outcome> = moves.into_iter().filter_map(demand).collect();
        match self.agreed(table, &demands) {
            Some(outcome) => table.agree(outcome),
            None => {
                table.next_round();
            }
        }
    }
}
