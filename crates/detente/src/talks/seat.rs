//! What one seat at the table knows of itself.

use super::numbered::Numbered;
use super::quick::Quick;
use super::{Choice, Menu};
use crate::analysis::Limits;
use crate::game::{Discount, Formula, Outcome, Scenario, Space, Utility};
use std::sync::{Arc, OnceLock};

/// A seat at the table with its preferences. What others want is not in it.
#[derive(Debug)]
pub struct Seat {
    /// Its position at the table, from 0 on.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// What is negotiated.
    pub space: Arc<Space>,
    /// Its utility function.
    pub function: Arc<Utility>,
    /// What no agreement is worth to it, in the units of its utility; `None`: nothing is said of it.
    pub reservation: Option<i128>,
    /// How its utility shrinks with time.
    pub discount: Option<Discount>,
    /// What every proposal keeps, as all know.
    rules: Arc<[Formula]>,
    /// What it proposes and accepts keeps: its own red lines, which others need not know.
    refuses: Vec<Formula>,
    /// Utilities of single values, one issue after the other, where they add up and are small.
    quick: Option<Arc<Quick>>,
    menu: OnceLock<Menu>,
}

/// How an outcome that was put together earlier is read by now.
pub(super) type Reading<'a> = dyn Fn(&Outcome) -> Outcome + 'a;

/// Why nobody can sit at a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseated(pub String);

impl std::fmt::Display for Unseated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unseated {}

impl Seat {
    /// The seats of a scenario, one per party in order. Its rules are known to all.
    ///
    /// # Errors
    /// When the outcomes of a party cannot be put in order: too many for a list, and a utility that is not a sum over
    /// single issues.
    pub fn all(scenario: &Scenario) -> Result<Vec<Arc<Seat>>, Unseated> {
        let rules: Arc<[Formula]> = scenario.rules.clone().into();
        let seat = |at: usize| Seat::with_rules(scenario, at, rules.clone(), Vec::new())?.placed().map(Arc::new);
        (0..scenario.parties.len()).map(seat).collect()
    }

    /// The seat of one party. `refuses`: what it keeps to without others knowing; each of these has to hold.
    ///
    /// # Errors
    /// When there is no such party, or its outcomes cannot be put in order.
    pub fn of(scenario: &Scenario, at: usize, refuses: Vec<Formula>) -> Result<Seat, Unseated> {
        Seat::unlisted(scenario, at, refuses)?.placed()
    }

    /// The seat with what may fail done now, so that asking later cannot.
    fn placed(self) -> Result<Seat, Unseated> {
        if !Menu::listable(&self) {
            let keeps: Vec<Formula> = self.rules.iter().chain(&self.refuses).cloned().collect();
            let menu = Menu::large(&self, &keeps, &Limits::default())
                .map_err(|stopped| Unseated(format!("{}: {stopped}", self.name)))?;
            let _ = self.menu.set(menu);
        }
        Ok(self)
    }

    /// The seat of one party before it is known what may come up.
    fn unlisted(scenario: &Scenario, at: usize, refuses: Vec<Formula>) -> Result<Seat, Unseated> {
        Seat::with_rules(scenario, at, scenario.rules.clone().into(), refuses)
    }

    fn with_rules(
        scenario: &Scenario,
        at: usize,
        rules: Arc<[Formula]>,
        refuses: Vec<Formula>,
    ) -> Result<Seat, Unseated> {
        let profile = scenario.parties.get(at).ok_or_else(|| Unseated(format!("there is no party number {at}")))?;
        Ok(Seat {
            at,
            name: profile.name.clone(),
            space: scenario.space.clone(),
            quick: Quick::of(&profile.utility).map(Arc::new),
            function: profile.utility.clone(),
            reservation: profile.reservation,
            discount: profile.discount,
            rules,
            refuses,
            menu: OnceLock::new(),
        })
    }

    /// The seat of one party where only some packages ever come up, however large the space is. `refuses`: as in
    /// [`Seat::of`]. The menu holds those of the packages that the seat may propose.
    ///
    /// # Errors
    /// When there is no such party.
    pub fn among(
        scenario: &Scenario,
        at: usize,
        refuses: Vec<Formula>,
        packages: &[Outcome],
    ) -> Result<Seat, Unseated> {
        let seat = Seat::unlisted(scenario, at, refuses)?;
        // A package that breaks a rule nobody may propose, so it is no package of this seat.
        let permitted = packages.iter().filter(|outcome| seat.permits(outcome)).cloned();
        let _ = seat.menu.set(Menu::among(&seat, permitted));
        Ok(seat)
    }

    /// The same with packages that are known to keep the rules and what the seat refuses, for whoever looks at the same
    /// packages again and again.
    ///
    /// # Errors
    /// When there is no such party.
    pub(crate) fn with_packages(
        scenario: &Scenario,
        at: usize,
        refuses: Vec<Formula>,
        permitted: Vec<Outcome>,
    ) -> Result<Seat, Unseated> {
        let seat = Seat::unlisted(scenario, at, refuses)?;
        let _ = seat.menu.set(Menu::among(&seat, permitted.into_iter()));
        Ok(seat)
    }

    /// The same seat with more that it keeps to. `reading`: how each package of its menu is read by now, where its menu
    /// is a list of packages.
    ///
    /// # Errors
    /// When its outcomes cannot be put in order under these conditions.
    pub(super) fn keeping(&self, keeps: Vec<Formula>, reading: Option<&Reading<'_>>) -> Result<Seat, Unseated> {
        let refuses: Vec<Formula> = self.refuses.iter().chain(&keeps).cloned().collect();
        let seat = Seat {
            at: self.at,
            name: self.name.clone(),
            space: self.space.clone(),
            quick: self.quick.clone(),
            function: self.function.clone(),
            reservation: self.reservation,
            discount: self.discount,
            rules: self.rules.clone(),
            refuses,
            menu: OnceLock::new(),
        };
        // What is on the menu keeps to what the seat kept to before; only what reads otherwise now is looked at anew.
        let keeps = |outcome: &Outcome| keeps.iter().all(|rule| rule.holds(outcome));
        let menu = match (self.menu().list(), reading) {
            (Some(list), Some(reading)) => {
                let read = |choice: &Choice| {
                    let read = reading(&choice.outcome);
                    let kept = if read == choice.outcome { keeps(&read) } else { seat.permits(&read) };
                    kept.then_some(read)
                };
                Menu::among(&seat, list.iter().filter_map(read))
            }
            (Some(list), None) => Menu::within(list, keeps),
            (None, _) => {
                let all: Vec<Formula> = seat.rules.iter().chain(&seat.refuses).cloned().collect();
                Menu::large(&seat, &all, &Limits::default())
                    .map_err(|stopped| Unseated(format!("{}: {stopped}", seat.name)))?
            }
        };
        let _ = seat.menu.set(menu);
        Ok(seat)
    }

    /// The utility of an outcome, in whole numbers of the seat's own unit.
    #[must_use]
    pub fn utility(&self, outcome: &Outcome) -> i128 {
        match &self.quick {
            Some(quick) => i128::from(quick.of_outcome(outcome)),
            None => self.function.of(outcome),
        }
    }

    /// A utility as a real number, 1 for what the seat's unit is.
    #[must_use]
    pub fn real(&self, utility: i128) -> f64 {
        self.function.real(utility)
    }

    /// The least whole utility that is at least a real one. Beyond what fits, the nearest end.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "saturates")]
    pub fn whole(&self, real: f64) -> i128 {
        let unit = self.function.unit.max(1);
        let scaled = real * i64::try_from(unit).map_or(unit as f64, |unit| unit as f64);
        // By way of a machine word where it fits: many times quicker.
        if scaled.abs() < (1u64 << 62) as f64 {
            let cut = scaled as i64;
            return i128::from(cut) + i128::from((cut as f64) < scaled);
        }
        scaled.ceil() as i128
    }

    /// The rules that all know.
    #[must_use]
    pub fn rules(&self) -> &[Formula] {
        &self.rules
    }

    /// The rules that all know, and then the seat's own red lines.
    pub fn keeps(&self) -> impl Iterator<Item = &Formula> {
        self.rules.iter().chain(&self.refuses)
    }

    /// Whether an outcome keeps the rules that all know and the seat's own red lines.
    #[must_use]
    pub fn permits(&self, outcome: &Outcome) -> bool {
        self.rules.iter().chain(&self.refuses).all(|rule| rule.holds(outcome))
    }

    /// The outcomes the seat may propose by number, where its utility is a sum in machine words.
    pub(super) fn numbered(&self) -> Option<Numbered> {
        let quick = self.quick.as_ref().filter(|quick| quick.covers(&self.space))?;
        let permits = |outcome: &Outcome| self.permits(outcome);
        let free = self.rules.is_empty() && self.refuses.is_empty();
        Numbered::of(quick, (!free).then_some(&permits as &dyn Fn(&Outcome) -> bool))
    }

    /// What the seat may propose, in the order of its own utility.
    pub fn menu(&self) -> &Menu {
        self.menu.get_or_init(|| Menu::listed(self))
    }
}
