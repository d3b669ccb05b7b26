//! The case itself: everything an analyst wrote, section by section.

use crate::case::decode::record;
use crate::case::model::conduct::{Conduct, Infeasible, Priority};
use crate::case::model::people::{Actor, Party};
use crate::case::model::process::{Precondition, Pressure, Round, Statement, Step, Track};
use crate::case::model::sources::{Evidence, Source};
use crate::case::model::substance::{Interest, Issue, LegalNote, Level, Linkage, Package, Poll, Position};
use crate::case::model::surroundings::{History, Meanwhile, Odds, Signal};
use crate::case::model::talks::Talks;
use crate::case::scalars::{Name, When};
use indexmap::IndexMap;

record! {
    /// A negotiation as it was reported: who, about what, in what order, on whose word.
    pub struct Document {
        /// Title of the case.
        title: String,
        /// The day the case is about: nothing later is in it.
        as_of: Option<When>,
        /// Another case file that this one builds on. Entries given here replace or add to its entries.
        extends: Option<Name>,
        /// What the case is about, in a few sentences.
        summary: Option<String>,
        /// Who wrote the case.
        author: Option<String>,
        /// Parties whose consent an agreement needs. Without it: all.
        consent: Vec<Name>,
        /// Texts that the case cites.
        sources: IndexMap<String, Source>,
        /// Passages of the sources, word for word.
        evidence: IndexMap<String, Evidence>,
        /// People and bodies the case speaks of.
        actors: IndexMap<String, Actor>,
        /// The parties, in the order every table keeps.
        parties: IndexMap<String, Party>,
        /// What has to be settled.
        issues: IndexMap<String, Issue>,
        /// Rules between issues.
        linkages: Vec<Linkage>,
        /// Levels of agreement, least first.
        levels: IndexMap<String, Level>,
        /// Proposals and earlier drafts as packages.
        texts: IndexMap<String, Package>,
        /// Packages the analyst wants looked at.
        packages: IndexMap<String, Package>,
        /// What parties and others do of their own accord, whatever is agreed.
        conduct: IndexMap<String, Conduct>,
        /// States of affairs that make no sense.
        infeasible: Vec<Infeasible>,
        /// What each of those who hold something puts first, from the most to the least important.
        priorities: Vec<Priority>,
        /// States of affairs of which it is asked whether they would hold: what is agreed, and what everybody does.
        states: IndexMap<String, Package>,
        /// What was said of the parties' stands on issues.
        positions: Vec<Position>,
        /// Interests, needs and fears ascribed to parties.
        interests: Vec<Interest>,
        /// Lines of contact.
        tracks: IndexMap<String, Track>,
        /// Meetings.
        rounds: IndexMap<String, Round>,
        /// What happens on the way.
        steps: IndexMap<String, Step>,
        /// Demands on the order of steps.
        preconditions: Vec<Precondition>,
        /// What was said, and what saying it did.
        statements: Vec<Statement>,
        /// Who presses whom.
        pressure: Vec<Pressure>,
        /// How the talks ahead would be held.
        talks: Option<Talks>,
        /// The conflict that goes on.
        meanwhile: Option<Meanwhile>,
        /// Earlier processes and events.
        history: Vec<History>,
        /// Signs of how things stand.
        signals: Vec<Signal>,
        /// Likelihoods in words.
        odds: Vec<Odds>,
        /// What surveys say of options.
        polls: Vec<Poll>,
        /// Notes of law to be read beside numbers.
        legal: Vec<LegalNote>,
    }
}

impl Document {
    /// Whether an agreement needs the consent of a party.
    #[must_use]
    pub fn needs_consent_of(&self, party: &str) -> bool {
        self.consent.is_empty() || self.consent.iter().any(|c| c.as_str() == party)
    }
}
