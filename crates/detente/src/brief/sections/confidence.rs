//! How much confidence a judgement deserves, by a rule that is printed with it.

use super::leave_one_out::baseline;
use super::numbers::{count, percent};
use super::prose::{and, capital};
use super::view::View;
use crate::case::model::conduct::Priority;
use crate::case::model::people::Party;
use crate::case::model::sources::Reliability;
use crate::case::{Basis, Claim, Status};
use crate::lens::likelihood::word;
use crate::lens::stability::Situation;
use crate::lens::talks::TalksAnswer;
use crate::lens::zone::ZoneAnswer;
use crate::lens::{Exactness, Made};
use crate::text::Diagnostics;
use std::collections::BTreeSet;

/// The rule in words, printed in the method section.
pub(super) const RULE: &str = "The rule: confidence is high when no doubt applies, moderate with one or two, low with \
three or more or when more than half of the claims a judgement uses are assumed. The doubts are: more than a quarter of \
the claims are assumed; more than a quarter of the pairs of party and issue on which the case does not say how the party \
orders the values; a party for which it ranks fewer than half of the pairs of issues; quotes that are not in their source as cited; more than half of the evidence graded D to F or 4 \
to 6 or not graded; all evidence from one source; evidence the case marks as doubtful; an error in the case; assumed \
numbers that carry more than a third of the variance of the answer; a likelihood word that changes without the assumed \
claims; a likelihood word that changes when one piece of evidence is left out; priorities whose \
order is drawn; a likelihood word that changes when one priority is left out; talks played from numbers of which more than \
a quarter are assumed (low, where more than half are); assumed numbers that each move the share of agreement by more than five \
points; a search that was cut off.";

/// A degree of confidence with its reasons.
pub(super) struct Confidence {
    /// "low", "moderate" or "high".
    pub(super) word: &'static str,
    /// In a sentence of its own.
    pub(super) because: String,
}

/// Doubts about the claims a judgement uses, and whether most of them are assumed.
#[derive(Default)]
pub(super) struct Doubts {
    reasons: Vec<String>,
    mostly_assumed: bool,
}

impl Doubts {
    /// What there is to doubt about some claims.
    pub(super) fn about<'a>(
        view: &View<'_>,
        diagnostics: &Diagnostics,
        claims: impl IntoIterator<Item = &'a Claim>,
    ) -> Doubts {
        let claims: Vec<&Claim> = claims.into_iter().collect();
        let mut doubts = Doubts::default();
        let assumed = claims.iter().filter(|c| c.grounds.basis == Basis::Assumed).count();
        doubts.mostly_assumed = assumed * 2 > claims.len();
        if claims.is_empty() {
            doubts.mostly_assumed = true;
            doubts.add("no claim of the case supports it".into());
        } else if assumed * 4 > claims.len() {
            let verb = if assumed == 1 { "is" } else { "are" };
            doubts.add(format!("{assumed} of {} {verb} assumed", count(claims.len(), "claim", "claims")));
        }
        doubts.of_evidence(view, &claims);
        if diagnostics.has_errors() {
            doubts.add("the case has errors that are not mended".into());
        }
        doubts
    }

    fn of_evidence(&mut self, view: &View<'_>, claims: &[&Claim]) {
        let cited = claims.iter().flat_map(|c| &c.grounds.because).map(|e| e.as_str());
        let used: Vec<(&str, _)> = cited
            .collect::<BTreeSet<&str>>()
            .into_iter()
            .filter_map(|id| view.evidence(id).map(|evidence| (id, evidence)))
            .collect();
        if used.is_empty() {
            return;
        }
        let bad = [Status::Drifted, Status::Ambiguous, Status::Missing, Status::SourceChanged];
        let bad = used.iter().filter(|(id, _)| view.case.checks.get(*id).is_some_and(|c| bad.contains(&c.status)));
        match bad.count() {
            0 => {}
            n => self.add(format!("{} not in the source as cited", count(n, "quote is", "quotes are"))),
        }
        let weak = used.iter().filter(|(_, evidence)| {
            let source = view.document().sources.get(evidence.source.as_str());
            let reliability = evidence.reliability.or(source.and_then(|s| s.reliability));
            let credibility = evidence.credibility.or(source.and_then(|s| s.credibility));
            let good = [Reliability::A, Reliability::B, Reliability::C];
            !reliability.is_some_and(|r| good.contains(&r)) || credibility.is_some_and(|c| c >= 4)
        });
        let weak = weak.count();
        if weak * 2 > used.len() {
            self.add(format!("{weak} of {} are graded weak or not at all", count(used.len(), "quote", "quotes")));
        }
        let origins: BTreeSet<&str> =
            used.iter().map(|(_, e)| e.origin.as_deref().unwrap_or_else(|| e.source.as_str())).collect();
        if origins.len() == 1 {
            self.add("all evidence comes from one source".into());
        }
        match used.iter().filter(|(_, e)| e.problem.is_some()).count() {
            0 => {}
            n => self.add(format!("the case marks {n} of the quotes it rests on as doubtful")),
        }
    }

    /// What there is to doubt about preferences on which the case is silent: where it says nothing,
    /// everything is possible, and a share of draws is a share of what is not known.
    pub(super) fn of_silence(mut self, view: &View<'_>) -> Self {
        let document = view.document();
        let parties: Vec<_> = document.parties.iter().filter(|(id, _)| document.needs_consent_of(id)).collect();
        let silent = |party: &Party, issue: &str| !party.wants.iter().any(|w| w.speaks_of_values(issue));
        let pairs = parties.len() * document.issues.len();
        let open: usize =
            parties.iter().map(|(_, party)| document.issues.keys().filter(|issue| silent(party, issue)).count()).sum();
        if open * 4 > pairs {
            self.add(format!(
                "the case does not say how a party orders the values in {open} of {pairs} pairs of party and issue"
            ));
        }
        self
    }

    /// What there is to doubt about trades: where the case ranks few issues against each other, what one
    /// issue is worth in another is drawn and not reported.
    pub(super) fn of_trades(mut self, view: &View<'_>) -> Self {
        let document = view.document();
        let issues = document.issues.len();
        let pairs = issues * issues.saturating_sub(1) / 2;
        let parties = document.parties.iter().filter(|(id, _)| document.needs_consent_of(id));
        let few = parties.filter(|(_, party)| {
            let ranked: usize = party.wants.iter().map(|w| w.pairs_ranked(issues)).sum();
            ranked * 2 < pairs
        });
        let few: Vec<String> = few.map(|(id, _)| view.party(id)).collect();
        if !few.is_empty() {
            self.add(format!(
                "what one issue is worth in another is drawn: the case ranks few issues for {}",
                and(&few)
            ));
        }
        self
    }

    /// What there is to doubt about how a finding was made.
    pub(super) fn of_method(mut self, made: &Made) -> Self {
        match &made.exactness {
            Exactness::CutOff { limit } => self.add(format!("the search was cut off ({limit})")),
            Exactness::Exact | Exactness::Within(_) | Exactness::Sampled { .. } | Exactness::Heuristic => {}
        }
        self
    }

    /// What there is to doubt about the zone at one level.
    pub(super) fn of_level(mut self, answer: &ZoneAnswer, level: usize) -> Self {
        let load = &answer.assumptions;
        if let Some(variance) = load.variance.get(level).filter(|v| **v > 1.0 / 3.0) {
            self.add(format!("assumed numbers carry {} of the variance of the answer", percent(*variance, true)));
        }
        let Some(with) = baseline(answer).get(level).map(|with| with.share) else { return self };
        if load.without.get(level).is_some_and(|without| word(without.share) != word(with)) {
            self.add("without the assumed claims the likelihood word is another".into());
        }
        let flips = answer.evidence.iter().filter(|mover| {
            let without = mover.without.as_ref().and_then(|w| w.get(level));
            mover.changes_word && without.is_some_and(|w| word(w.share) != word(with))
        });
        match flips.count() {
            0 => {}
            1 => self.add("leaving out one piece of evidence changes the likelihood word".into()),
            n => self.add(format!("leaving out any one of {n} pieces of evidence changes the likelihood word")),
        }
        self
    }

    /// What there is to doubt about whether a state of affairs holds: priorities whose order is drawn, and priorities
    /// that it hangs on.
    pub(super) fn of_priorities(mut self, view: &View<'_>, situation: &Situation) -> Self {
        let tiers = |priority: &&Priority| (priority.of.text.clone(), priority.tier);
        let all = &view.document().priorities;
        let alike = |one: &&Priority| one.tier.is_some() && all.iter().filter(|p| tiers(p) == tiers(one)).count() > 1;
        match all.iter().filter(alike).count() {
            0 => {}
            n => self.add(format!("the order of {n} priorities is not known and is drawn")),
        }
        let with = word(situation.same_draws.share);
        match situation.hangs_on.iter().filter(|without| word(without.holds.share) != with).count() {
            0 => {}
            1 => self.add("leaving out one priority changes the likelihood word".into()),
            n => self.add(format!("leaving out any one of {n} priorities changes the likelihood word")),
        }
        self
    }

    /// What there is to doubt about played talks: numbers that are assumed, by the case or for want of anything in it, and
    /// numbers that the answer hangs on.
    pub(super) fn of_talks(mut self, answer: &TalksAnswer) -> Self {
        let all = answer.inputs.len();
        let assumed = answer.inputs.iter().filter(|i| i.basis == Basis::Assumed).count();
        self.mostly_assumed |= assumed * 2 > all;
        if assumed * 4 > all {
            self.add(format!("{assumed} of the {all} numbers that the talks are played from are assumed"));
        }
        match answer.inputs.iter().filter(|i| i.drives && i.basis == Basis::Assumed).count() {
            0 => {}
            1 => self.add("one assumed number moves the share by more than five points".into()),
            n => self.add(format!("{n} assumed numbers each move the share by more than five points")),
        }
        self
    }

    fn add(&mut self, reason: String) {
        self.reasons.push(reason);
    }

    /// The degree of confidence by [`RULE`].
    pub(super) fn confidence(self) -> Confidence {
        let word = match self.reasons.len() {
            _ if self.mostly_assumed => "low",
            0 => "high",
            1 | 2 => "moderate",
            _ => "low",
        };
        let because = if self.reasons.is_empty() {
            "No doubt of the rule in the method section applies.".to_string()
        } else {
            format!("{}.", capital(&self.reasons.join("; ")))
        };
        Confidence { word, because }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_lower_confidence_as_the_rule_says() {
        let with = |doubts: usize, mostly_assumed| {
            let reasons = (0..doubts).map(|n| format!("doubt {n}")).collect();
            Doubts { reasons, mostly_assumed }.confidence()
        };
        assert_eq!([0, 1, 2, 3, 4].map(|n| with(n, false).word), ["high", "moderate", "moderate", "low", "low"]);
        assert_eq!(with(1, true).word, "low");
        assert_eq!(with(2, false).because, "Doubt 0; doubt 1.");
        assert!(with(0, false).because.starts_with("No doubt"));
    }
}
