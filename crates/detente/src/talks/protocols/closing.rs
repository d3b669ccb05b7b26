//! Yes or no of all to one package.

use super::draft::tells_and_ends;
use crate::game::Outcome;
use crate::talks::{Ask, Asked, How, Illegal, Move, Moves, Protocol, Setting, Table};

/// One package is on the table, and all say yes or no to it at once, in the last round of the clock. All yeses make an
/// agreement; one no ends it. This is how a package is closed that was put together piece by piece.
#[derive(Debug, Clone)]
pub struct Closing {
    package: Outcome,
}

impl Closing {
    /// The question about one package.
    #[must_use]
    pub fn on(package: Outcome) -> Self {
        Closing { package }
    }
}

impl Protocol for Closing {
    fn name(&self) -> &'static str {
        "closing"
    }

    fn text(&self) -> String {
        let digits: Vec<String> = self.package.digits().iter().map(ToString::to_string).collect();
        format!("closing(package={})", digits.join("/"))
    }

    fn seats(&self) -> (usize, usize) {
        (1, usize::MAX)
    }

    fn fits(&self, setting: &Setting) -> Result<(), Illegal> {
        setting.check(&self.package)
    }

    fn open(&self, _seats: usize) -> Box<dyn Protocol> {
        Box::new(self.clone())
    }

    fn begin(&mut self, table: &mut Table) {
        table.round = table.clock.rounds.max(1);
        table.draft(&self.package);
    }

    fn asks(&self, table: &Table) -> Asked {
        (0..table.seats).map(|seat| (seat, Ask::Decide(self.package.clone()))).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        if tells_and_ends(table, &moves) {
            return;
        }
        if moves.iter().all(|(_, what)| *what == Move::Accept) {
            table.agree(self.package.clone());
        } else {
            table.fail(How::Refused);
        }
    }
}
