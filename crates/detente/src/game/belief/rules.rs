//! The rules of a case and what is odd about them.

use super::claim::BeliefInput;
use super::range::{Address, number};
use crate::case::model::case::Document;
use crate::case::{ClaimKind, Condition, Grounds, Range};
use crate::game::{Formula, Outcome, Rule, RuleKind, Space, Stream};
use crate::text::{Code, Diagnostic, Diagnostics};

/// A conjunct of a rule may speak of this many combinations of values.
const MOST_COMBINATIONS: u64 = 1 << 20;

/// The rules of a document: linkages, then red lines by party, with what each contributes. Those with
/// unknown names are left out: they are reported where names are looked up. `None` when a rule is too wide.
pub(super) fn rules(
    document: &Document,
    space: &Space,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(Rule, BeliefInput)>> {
    let mut rules = Vec::new();
    let mut narrow = true;
    for linkage in &document.linkages {
        let Some(holds) = Formula::of(&linkage.rule.expr, space) else { continue };
        narrow &= check(&linkage.rule, &holds, false, space, diagnostics);
        let words = linkage.says.clone().unwrap_or_else(|| linkage.rule.text.clone());
        let (mut rule, input) = rule(&linkage.grounds, RuleKind::Linkage, words, holds, None);
        rule.by_definition = linkage.by_definition.unwrap_or(false);
        rules.push((rule, input));
    }
    for (at, party) in document.parties.values().enumerate() {
        for refusal in &party.refuses {
            let Some(refused) = Formula::of(&refusal.when.expr, space) else { continue };
            let holds = refused.not();
            narrow &= check(&refusal.when, &holds, true, space, diagnostics);
            let words = refusal.says.clone().unwrap_or_else(|| format!("not ({})", refusal.when.text));
            let firmness = refusal.firmness.map(|f| f.0);
            rules.push(rule(&refusal.grounds, RuleKind::RedLine(at), words, holds, firmness));
        }
    }
    narrow.then_some(rules)
}

fn rule(
    grounds: &Grounds,
    kind: RuleKind,
    words: String,
    holds: Formula,
    firmness: Option<Range>,
) -> (Rule, BeliefInput) {
    let range = firmness.unwrap_or(Range::point(1.0));
    let (kind_of_claim, party) = match kind {
        RuleKind::Linkage => (ClaimKind::Linkage, None),
        RuleKind::RedLine(party) => (ClaimKind::RedLine, Some(party)),
    };
    let input = BeliefInput {
        claim: grounds.id.clone(),
        kind: kind_of_claim,
        party,
        basis: grounds.basis,
        numeric: firmness.is_some(),
        drawn: !sure(range),
    };
    (Rule { claim: grounds.id.clone(), kind, words, holds, firmness: range, by_definition: false }, input)
}

/// Whether a rule of this firmness always or never binds.
fn sure(firmness: Range) -> bool {
    firmness.high <= 0.0 || firmness.low >= 1.0
}

/// Whether each rule binds in a draw.
pub(super) fn binding(rules: &[Rule], lanes: &[u64], address: &Address<'_>) -> Vec<bool> {
    let one = |(rule, lane): (&Rule, &u64)| {
        if sure(rule.firmness) {
            return rule.firmness.low >= 1.0;
        }
        let mut stream = address.stream(&rule.claim, *lane);
        let firmness = number(rule.firmness, &mut stream);
        stream.uniform() < firmness
    };
    rules.iter().zip(lanes).map(one).collect()
}

/// The lane of a rule's own random numbers.
pub(super) fn lane(rule: &Rule) -> u64 {
    Stream::lane(&format!("firmness/{}", rule.claim))
}

/// Whether all rules always or never bind.
pub(super) fn all_sure(rules: &[Rule]) -> bool {
    rules.iter().all(|r| sure(r.firmness))
}

/// Reports a rule that is too wide, constant, or broken by the status quo. False when it is too wide.
fn check(condition: &Condition, holds: &Formula, refused: bool, space: &Space, diagnostics: &mut Diagnostics) -> bool {
    let conjuncts = holds.conjuncts();
    let widest = conjuncts.iter().map(|c| combinations(c, space)).max().unwrap_or(1);
    if widest > MOST_COMBINATIONS {
        diagnostics.push(
            Diagnostic::new(Code::TooLarge, format!("`{}` speaks of too many issues at once", condition.text))
                .at(condition.at, "more than a million combinations of values")
                .hint("split it into several rules over fewer issues each"),
        );
        return false;
    }
    if let Some(always) = constant(holds, &conjuncts, space) {
        let answer = if always != refused { "always" } else { "never" };
        diagnostics.push(
            Diagnostic::new(Code::ConditionConstant, format!("`{}` {answer} holds", condition.text)).at(
                condition.at,
                if always { "so the rule says nothing" } else { "so the rule forbids every outcome" },
            ),
        );
    } else if refused && !holds.holds(&space.status_quo()) {
        diagnostics.push(
            Diagnostic::new(Code::StatusQuoRefused, "the status quo breaks this red line")
                .at(condition.at, format!("`{}` holds as things are", condition.text))
                .hint("`refuses` names the outcomes that are refused, not the ones that are wanted"),
        );
    }
    true
}

/// The number of combinations of values of the issues a formula speaks of.
fn combinations(formula: &Formula, space: &Space) -> u64 {
    let sizes = formula.scope().into_iter().filter_map(|i| space.issues.get(i)).map(|i| i.values.len() as u64);
    sizes.fold(1, u64::saturating_mul)
}

/// The one answer of a formula over all outcomes, if it has one only. A formula over very many issues whose
/// conjuncts are each possible is taken to be possible.
fn constant(holds: &Formula, conjuncts: &[Formula], space: &Space) -> Option<bool> {
    let answers: Vec<Option<bool>> = conjuncts.iter().map(|c| one_answer(c, space)).collect();
    if answers.iter().all(|a| *a == Some(true)) {
        return Some(true);
    }
    if answers.contains(&Some(false)) {
        return Some(false);
    }
    let checked = conjuncts.len() > 1 && combinations(holds, space) <= MOST_COMBINATIONS;
    if checked { one_answer(holds, space) } else { None }
}

fn one_answer(formula: &Formula, space: &Space) -> Option<bool> {
    let scope: Vec<(usize, u16)> = formula
        .scope()
        .into_iter()
        .filter_map(|i| Some((i, u16::try_from(space.issues.get(i)?.values.len()).ok()?)))
        .collect();
    let mut digits: Vec<u16> = vec![0; space.issues.len()];
    let first = formula.holds(&Outcome::new(digits.clone()));
    loop {
        let mut carry = true;
        for (issue, size) in &scope {
            let digit = digits.get_mut(*issue)?;
            *digit += 1;
            if *digit < *size {
                carry = false;
                break;
            }
            *digit = 0;
        }
        if carry {
            return Some(first);
        }
        if formula.holds(&Outcome::new(digits.clone())) != first {
            return None;
        }
    }
}
