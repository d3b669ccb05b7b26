//! A case as the sections speak of it: names instead of ids, links to claims, marks of evidence.

use super::prose::{Prose, and, and_lines, or, quoted};
use crate::brief::content::{Cell, Inline, Line, plain};
use crate::case::model::sources::Evidence;
use crate::case::model::substance::Refusal;
use crate::case::{Case, Claim, ClaimKind, Document, Expr, Grounds, Name};
use crate::game::Space;
use crate::lens::zone::Terms;
use indexmap::IndexMap;

/// What every agreement is called, whatever its level.
pub(super) const ANY_AGREEMENT: &str = "Any agreement";

/// A case with what is needed to speak of it in words.
pub(crate) struct View<'a> {
    pub(crate) case: &'a Case,
    /// The outcome space of the case; issues without a valid status quo are not in it.
    pub(crate) space: Space,
}

/// Meanings of an outcome longer than this, in characters, stay out of sentences.
const MOST_IN_FULL: usize = 240;
/// A meaning up to this long, in characters, is short.
const FEW: usize = 30;

/// An id made readable where the case gives no name.
pub(super) fn readable(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

impl<'a> View<'a> {
    pub(crate) fn new(case: &'a Case) -> Self {
        View { case, space: Space::of(&case.document) }
    }

    pub(super) fn document(&self) -> &'a Document {
        &self.case.document
    }

    // Names.

    pub(super) fn party(&self, id: &str) -> String {
        let document = self.document();
        let Some(party) = document.parties.get(id) else { return self.named_actor(id).unwrap_or_else(|| readable(id)) };
        let actor = party.actor.as_ref().map_or(id, Name::as_str);
        party.name.clone().or_else(|| self.named_actor(actor)).unwrap_or_else(|| readable(id))
    }

    /// The name of an actor or party.
    pub(super) fn who(&self, id: &str) -> String {
        self.named_actor(id).unwrap_or_else(|| self.party(id))
    }

    /// Who was asked: an actor's name where the words are the id of one.
    pub(super) fn who_or_words(&self, words: &str) -> String {
        self.named_actor(words).unwrap_or_else(|| words.to_string())
    }

    pub(super) fn everyone(&self, ids: &[Name]) -> String {
        and(&ids.iter().map(|id| self.who(id.as_str())).collect::<Vec<_>>())
    }

    fn named_actor(&self, id: &str) -> Option<String> {
        self.document().actors.get(id).map(|actor| actor.name.clone())
    }

    pub(super) fn issue(&self, id: &str) -> String {
        let document = self.document();
        let conduct = || document.conduct.get(id).and_then(|c| c.name.clone());
        document.issues.get(id).and_then(|i| i.name.clone()).or_else(conduct).unwrap_or_else(|| readable(id))
    }

    /// A value in short: its id made readable.
    pub(super) fn value(&self, id: &str) -> String {
        readable(id)
    }

    /// What a value means, in the words of the case; the short form where it gives none.
    pub(super) fn meaning(&self, issue: &str, value: &str) -> String {
        let document = self.document();
        let values = document.issues.get(issue).map(|i| &i.values);
        let values = values.or_else(|| document.conduct.get(issue).map(|c| &c.values));
        let meaning = values.and_then(|v| v.values.get(value));
        meaning.filter(|m| m.as_str() != value).cloned().unwrap_or_else(|| readable(value))
    }

    /// What a value means where that is short, else its id made readable.
    fn in_few_words(&self, issue: &str, value: &str) -> String {
        let meaning = self.meaning(issue, value);
        if meaning.chars().count() <= FEW { meaning } else { readable(value) }
    }

    /// What several values mean. Meanings have commas of their own, so semicolons part them.
    pub(super) fn meanings(&self, issue: &str, values: &[Name]) -> String {
        values.iter().map(|v| self.meaning(issue, v.as_str())).collect::<Vec<_>>().join("; or ")
    }

    pub(super) fn level(&self, id: &str) -> String {
        if self.document().levels.is_empty() {
            return ANY_AGREEMENT.to_string();
        }
        self.document().levels.get(id).map_or_else(|| readable(id), |level| level.name.clone())
    }

    /// The name of a text, a package, or a partial agreement (`partial-3`).
    pub(super) fn package(&self, id: &str) -> String {
        let document = self.document();
        match document.texts.get(id).or_else(|| document.packages.get(id)) {
            Some(package) => package.name.clone(),
            None => match id.strip_prefix("partial-") {
                Some(number) => format!("Partial agreement {number}"),
                None => readable(id),
            },
        }
    }

    pub(super) fn track(&self, id: &str) -> String {
        self.document().tracks.get(id).map_or_else(|| readable(id), |track| track.name.clone())
    }

    pub(super) fn round(&self, id: &str) -> String {
        let Some(round) = self.document().rounds.get(id) else { return readable(id) };
        round.name.clone().or_else(|| round.number.map(|n| format!("Round {n}"))).unwrap_or_else(|| readable(id))
    }

    /// What an outcome moves, in short: `Prisoners: all for all; Bridge: open`.
    pub(super) fn terms(&self, terms: &Terms) -> String {
        self.spelled(terms, |_, value| self.value(value))
    }

    /// What an outcome moves, with the meaning of each value.
    pub(super) fn terms_in_full(&self, terms: &Terms) -> String {
        self.spelled(terms, |issue, value| self.meaning(issue, value))
    }

    /// What an outcome moves: with meanings where they are short, by the names of values where they are long.
    pub(super) fn terms_to_fit(&self, terms: &Terms) -> String {
        let full = self.terms_in_full(terms);
        if full.chars().count() <= MOST_IN_FULL { full } else { self.spelled(terms, |i, v| self.in_few_words(i, v)) }
    }

    fn spelled(&self, terms: &Terms, word: impl Fn(&str, &str) -> String) -> String {
        if terms.is_empty() {
            return "nothing: everything stays at the status quo".to_string();
        }
        let all = terms.iter().map(|(issue, value)| format!("{}: {}", self.issue(issue), word(issue, value)));
        all.collect::<Vec<_>>().join("; ")
    }

    /// A condition on outcomes in words.
    pub(super) fn condition(&self, expr: &Expr) -> String {
        let inner = |e: &Expr| match e {
            Expr::And(_) | Expr::Or(_) | Expr::Implies(..) => format!("({})", self.condition(e)),
            _ => self.condition(e),
        };
        let all = |parts: &[Expr]| parts.iter().map(inner).collect::<Vec<_>>();
        let values =
            |names: &[Name]| or(&names.iter().map(|v| format!("“{}”", self.value(v.as_str()))).collect::<Vec<_>>());
        match expr {
            Expr::Constant(true) => "any outcome".to_string(),
            Expr::Constant(false) => "no outcome".to_string(),
            Expr::In(issue, names) => format!("{} is {}", self.issue(issue.as_str()), values(names)),
            Expr::Moved(issue) => format!("{} changes", self.issue(issue.as_str())),
            Expr::Not(negated) => match negated.as_ref() {
                Expr::In(issue, names) => format!("{} is not {}", self.issue(issue.as_str()), values(names)),
                Expr::Moved(issue) => format!("{} stays as it is", self.issue(issue.as_str())),
                other => format!("not {}", inner(other)),
            },
            Expr::And(parts) => all(parts).join(" and "),
            Expr::Or(parts) => all(parts).join(" or "),
            Expr::Implies(a, b) => format!("if {}, then {}", inner(a), inner(b)),
        }
    }

    // Claims and evidence.

    pub(super) fn claim_of(&self, id: &str) -> Option<&'a Claim> {
        self.case.claims.get(id)
    }

    /// Words that lead to a claim in the ledger; plain words where the ledger does not have it.
    pub(super) fn claim(&self, id: &str, words: impl Into<String>) -> Inline {
        let text = words.into();
        if self.case.claims.contains_key(id) { Inline::Claim { text, id: id.to_string() } } else { Inline::Text(text) }
    }

    /// A claim in its own words, leading to the ledger.
    pub(super) fn claim_in_words(&self, id: &str) -> Inline {
        self.claim(id, self.claim_words(id))
    }

    pub(super) fn claim_words(&self, id: &str) -> String {
        match self.claim_of(id) {
            Some(claim) if !claim.words.is_empty() => claim.words.clone(),
            _ => readable(id),
        }
    }

    /// A cell whose words lead to a claim.
    pub(super) fn claim_cell(&self, grounds: &Grounds, words: impl Into<String>) -> Cell {
        vec![self.claim(&grounds.id, words)].into()
    }

    /// A red line: whose it is, and what it refuses where the case says it in words.
    pub(super) fn refusal(&self, id: &str) -> Option<(&'a str, &'a Refusal)> {
        let parties = self.document().parties.iter();
        let mut all = parties.flat_map(|(party, record)| record.refuses.iter().map(move |r| (party.as_str(), r)));
        all.find(|(_, refusal)| refusal.grounds.id == id)
    }

    /// A claim as a sentence speaks of it: `South refuses “a toll”`, `the rule “…”`, else its own words.
    pub(super) fn spoken(&self, id: &str) -> Line {
        if let Some((party, refusal)) = self.refusal(id) {
            let party = self.party(party);
            let words = match &refusal.says {
                Some(says) => format!("{party} refuses {}", quoted(says)),
                None => format!("{party} refuses an outcome where {}", self.condition(&refusal.when.expr)),
            };
            return vec![self.claim(id, words)];
        }
        match self.claim_of(id) {
            Some(claim) if claim.kind == ClaimKind::Linkage => {
                let words = quoted(claim.words.trim_end_matches('.'));
                Prose::new().text("the rule ").piece(self.claim(id, words)).done()
            }
            _ => vec![self.claim(id, self.claim_words(id).trim_end_matches('.'))],
        }
    }

    /// What a red line refuses, in quotation marks where the case says it in words.
    pub(super) fn refused(&self, id: &str) -> Inline {
        let words = self.refusal(id).map(|(_, refusal)| match &refusal.says {
            Some(says) => quoted(says),
            None => self.condition(&refusal.when.expr),
        });
        self.claim(id, words.unwrap_or_else(|| self.claim_words(id)))
    }

    /// Red lines by whose they are: `South (“a toll” and “mines left”)`. Other claims stand alone.
    pub(super) fn red_lines(&self, ids: &[&str], most: usize) -> Vec<Line> {
        let mut by: IndexMap<String, Vec<Line>> = IndexMap::new();
        let mut others = Vec::new();
        for id in ids {
            match self.refusal(id) {
                Some((party, _)) => by.entry(self.party(party)).or_default().push(vec![self.refused(id)]),
                None => others.push(self.spoken(id)),
            }
        }
        let groups = by.into_iter().map(|(party, mut lines)| {
            let more = lines.len().saturating_sub(most);
            if more > 1 {
                lines.truncate(most);
                lines.push(plain(format!("{more} more")));
            }
            Prose::new().text(format!("{party} (")).line(and_lines(lines)).text(")").done()
        });
        groups.chain(others).collect()
    }

    pub(super) fn evidence(&self, id: &str) -> Option<&'a Evidence> {
        self.document().evidence.get(id)
    }

    /// The mark of a piece of evidence; nothing for one the case does not define.
    pub(super) fn mark(&self, id: &str) -> Option<Inline> {
        let number = self.document().evidence.get_index_of(id)? + 1;
        Some(Inline::Evidence { id: id.to_string(), number })
    }

    pub(super) fn marks<'n>(&self, ids: impl IntoIterator<Item = &'n str>) -> Line {
        ids.into_iter().filter_map(|id| self.mark(id)).collect()
    }

    pub(super) fn because(&self, grounds: &Grounds) -> Line {
        self.marks(grounds.because.iter().map(Name::as_str))
    }

    /// What a claim rests on, for the last column of a table: its basis, its evidence, its reasoning in short.
    pub(super) fn basis(&self, grounds: &Grounds) -> Cell {
        let prose = Prose::new().piece(Inline::Basis(grounds.basis.to_string())).line(self.because(grounds));
        prose.done().into()
    }
}
