//! What is negotiated: issues and values, what parties want and refuse, rules, levels, texts.

use crate::case::condition::Condition;
use crate::case::decode::{Definitions, FromNode, Reader, record, words};
use crate::case::model::grounds::Grounds;
use crate::case::scalars::{Name, Share, Tier, When};
use crate::case::tree::{Node, Value};
use indexmap::IndexMap;
use serde_json::{Value as Json, json};

record! {
    /// Something the parties have to settle.
    pub struct Issue {
        /// Short name, for tables; without it, the id.
        name: Option<String>,
        /// The question to be settled.
        question: Option<String>,
        /// The possible answers: a list of names, or names with what they mean, in an order a reader would expect.
        values: ValueList,
        /// The answer as things are now.
        status_quo: Name,
        /// Topic (security, territory, humanitarian, political, economic, process …), to group issues.
        topic: Option<String>,
        /// The party or actor that can move it alone, whatever was agreed; without it, it moves by consent.
        held_by: Option<Name>,
        /// Whether it moves only forward in the list of values, never back. Without it: no.
        irreversible: Option<bool>,
        /// Anything else.
        note: Option<String>,
    }
}

/// The values of an issue: ids with what they mean, in file order.
#[derive(Debug, Clone)]
pub struct ValueList {
    /// Id to meaning; the meaning is the id where none is given.
    pub values: IndexMap<String, String>,
    /// Where.
    pub at: crate::text::Span,
}

impl FromNode for ValueList {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        use crate::case::decode::is_name;
        use crate::text::{Code, Diagnostic};
        let mut found: Vec<(Name, String)> = Vec::new();
        match &node.value {
            Value::Table(table) => {
                for (key, entry) in table {
                    let name = Name { text: key.clone(), at: entry.key };
                    if let Some(meaning) = String::from_node(&entry.node, reader) {
                        found.push((name, meaning));
                    }
                }
            }
            Value::List(_) => {
                found.extend(Vec::<Name>::from_node(node, reader)?.into_iter().map(|n| (n.clone(), n.text)));
            }
            _ => {
                reader.wrong_type(node, "a list of values or a table of values and meanings");
                return None;
            }
        }
        let mut values = IndexMap::new();
        for (name, meaning) in found {
            if !is_name(&name.text) {
                reader.diagnostics.push(
                    Diagnostic::new(Code::BadName, format!("`{name}` cannot be the name of a value"))
                        .at(name.at, "names are letters, digits, `-` and `_`"),
                );
            } else if values.insert(name.text.clone(), meaning).is_some() {
                reader.diagnostics.push(
                    Diagnostic::new(Code::DuplicateName, format!("the value `{name}` is given twice"))
                        .at(name.at, "again here"),
                );
            }
        }
        if values.len() < 2 {
            reader.diagnostics.push(
                Diagnostic::new(Code::EmptyList, "an issue needs at least two values")
                    .at(node.at, "fewer than two here"),
            );
            return None;
        }
        Some(ValueList { values, at: node.at })
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "anyOf": [
            { "type": "object", "additionalProperties": { "type": "string" }, "minProperties": 2 },
            { "type": "array", "items": { "type": "string" }, "minItems": 2 },
        ] })
    }
}

record! {
    /// One statement on what a party prefers. Exactly one form per entry:
    /// `ranks_first`, `ranks_last`, `ranks`, `issue` + `over`, `issue` + `prefers`, `issue` + `best` or `worst` or both,
    /// `issue` + `weight`, `issue` + `value` + `score`, or `package` + `over`.
    pub struct Want {
        ..grounds: Grounds,
        /// The issue that matters most to the party.
        ranks_first: Option<Name>,
        /// The issue that matters least to the party.
        ranks_last: Option<Name>,
        /// Issues from the most to the least important.
        ranks: Vec<Name>,
        /// The issue the statement is about.
        issue: Option<Name>,
        /// The issue (or, with `package`, the package) that comes second.
        over: Option<Name>,
        /// Values from the best to the worst; values in brackets of their own are equal.
        prefers: Vec<Tier>,
        /// Values that no other value of the issue beats.
        best: Vec<Name>,
        /// Values that beat no other value of the issue.
        worst: Vec<Name>,
        /// The weight of the issue, 0 to 1 of all issues together.
        weight: Option<Share>,
        /// The value that `score` speaks of.
        value: Option<Name>,
        /// How good the value is on its issue, 0 (worst) to 1 (best).
        score: Option<Share>,
        /// A text or package that the party prefers to the one named in `over`.
        package: Option<Name>,
    }
}

record! {
    /// A red line: outcomes a party is said to refuse whatever else is offered.
    pub struct Refusal {
        ..grounds: Grounds,
        /// The outcomes refused.
        when: Condition,
        /// The probability that the line holds when it comes to it, a point or a range. Without it: 1.
        firmness: Option<Share>,
        /// How firmness is expected to change, in words.
        drift: Option<String>,
        /// The red line in words.
        says: Option<String>,
    }
}

record! {
    /// A rule between issues: outcomes that break it make no sense.
    pub struct Linkage {
        ..grounds: Grounds,
        /// What every outcome has to satisfy.
        rule: Condition,
        /// The rule in words.
        says: Option<String>,
        /// Whether it holds by the meaning of the words, so that nobody can soften it. Without it: no.
        by_definition: Option<bool>,
    }
}

words! {
    /// Stage of an agreement, in the terms of the PA-X Peace Agreements Database.
    pub enum Stage {
        /// Talks about talks, confidence-building, humanitarian steps.
        PreNegotiation = "pre-negotiation",
        /// An end of fighting for a time or for good.
        Ceasefire = "ceasefire",
        /// Settles part of the substance.
        SubstantivePartial = "substantive-partial",
        /// Settles the substance.
        SubstantiveComprehensive = "substantive-comprehensive",
        /// Carries out what was agreed.
        Implementation = "implementation",
    }
}

record! {
    /// A level of agreement: outcomes that deserve the name. Levels stand in order, least first.
    pub struct Level {
        /// Name, for tables.
        name: String,
        /// Stage of an agreement.
        stage: Option<Stage>,
        /// Which outcomes reach it.
        when: Condition,
        /// Anything else.
        note: Option<String>,
    }
}

words! {
    /// What a text that is silent on an issue means for it.
    pub enum Silence {
        /// The issue stays at the status quo.
        StatusQuo = "status-quo",
        /// Any value fits.
        Open = "open",
    }
}

/// What a text says of its issues: one value or several each.
pub type Terms = IndexMap<String, Tier>;

record! {
    /// A named package: a proposal, an earlier draft, or a package the analyst wants looked at.
    pub struct Package {
        ..grounds: Grounds,
        /// Name, for tables.
        name: String,
        /// Who put it forward, an actor; without it, the analyst.
        by: Option<Name>,
        /// When.
        date: Option<When>,
        /// What it says: a value per issue, or a list where it leaves several open.
        values: Terms,
        /// What silence on an issue means. Without it: the status quo.
        silence: Option<Silence>,
        /// Values it demands elsewhere whose place is doubtful, in words.
        note: Option<String>,
    }
}

words! {
    /// How firmly a position is put.
    pub enum Firmness {
        /// Called not negotiable.
        Firm = "firm",
        /// Demanded.
        Demanded = "demanded",
        /// Asked for or offered.
        Offered = "offered",
        /// Hinted at.
        Hinted = "hinted",
    }
}

record! {
    /// What somebody said a party stands for on an issue, at a time. Positions are not preferences.
    pub struct Position {
        ..grounds: Grounds,
        /// The party.
        party: Name,
        /// The issue.
        issue: Name,
        /// The values that fit what was said.
        values: Vec<Name>,
        /// Who said it, an actor; without it, the party.
        by: Option<Name>,
        /// When.
        date: Option<When>,
        /// How firmly.
        firmness: Option<Firmness>,
        /// Said in public.
        public: Option<bool>,
        /// Anything else.
        note: Option<String>,
    }
}

words! {
    /// How deep below a position it lies.
    pub enum Layer {
        /// What the party says it is after.
        Interest = "interest",
        /// What it cannot do without.
        Need = "need",
        /// What it is afraid of.
        Fear = "fear",
    }
}

record! {
    /// An interest, need or fear ascribed to a party. Only what is said can be quoted; the rest is a hypothesis.
    pub struct Interest {
        ..grounds: Grounds,
        /// The party.
        party: Name,
        /// The issue, where it is one.
        issue: Option<Name>,
        /// Which layer.
        layer: Layer,
        /// What it is.
        says: String,
    }
}

record! {
    /// A note of law that has to be read beside any number about these outcomes.
    pub struct LegalNote {
        ..grounds: Grounds,
        /// The outcomes it is about.
        when: Condition,
        /// The note.
        says: String,
    }
}

record! {
    /// What a public said in a survey about an option. Evidence on ratification, never a party's utility.
    pub struct Poll {
        ..grounds: Grounds,
        /// Whose public, a party.
        party: Name,
        /// The option, in the words of the survey, shortened.
        option: String,
        /// The outcomes the option stands for, where it can be said in values of issues.
        when: Option<Condition>,
        /// Share that accepts, 0 to 1.
        accept: Option<Share>,
        /// Share that rejects, 0 to 1.
        reject: Option<Share>,
        /// Who asked.
        pollster: Option<String>,
        /// When.
        date: Option<When>,
        /// How many were asked.
        sample: Option<u32>,
        /// Anything else.
        note: Option<String>,
    }
}

impl Want {
    /// How many pairs of issues the statement ranks against each other, in a case of so many issues.
    #[must_use]
    pub fn pairs_ranked(&self, issues: usize) -> usize {
        let others = issues.saturating_sub(1);
        let first_or_last = self.ranks_first.is_some() || self.ranks_last.is_some() || self.weight.is_some();
        let ranks = self.ranks.len() * self.ranks.len().saturating_sub(1) / 2;
        let over = usize::from(self.package.is_none() && self.over.is_some());
        ranks + over + if first_or_last { others } else { 0 }
    }

    /// Whether the statement says how the party orders or scores values of this issue.
    #[must_use]
    pub fn speaks_of_values(&self, issue: &str) -> bool {
        let about = self.issue.as_ref().is_some_and(|i| i.as_str() == issue);
        let lists = !(self.prefers.is_empty() && self.best.is_empty() && self.worst.is_empty());
        about && (lists || self.value.is_some())
    }

    /// The forms this entry has, by their leading key. A sound entry has exactly one.
    #[must_use]
    pub fn forms(&self) -> Vec<&'static str> {
        let issue = self.issue.is_some();
        let package = self.package.is_some();
        let all = [
            ("ranks_first", self.ranks_first.is_some()),
            ("ranks_last", self.ranks_last.is_some()),
            ("ranks", !self.ranks.is_empty()),
            ("issue + over", issue && !package && self.over.is_some()),
            ("issue + prefers", issue && !self.prefers.is_empty()),
            ("issue + best or worst", issue && !(self.best.is_empty() && self.worst.is_empty())),
            ("issue + weight", issue && self.weight.is_some()),
            ("issue + value + score", issue && self.value.is_some() && self.score.is_some()),
            ("package + over", package && self.over.is_some()),
        ];
        all.into_iter().filter(|(_, present)| *present).map(|(form, _)| form).collect()
    }
}
