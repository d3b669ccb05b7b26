//! Rankings of numbered states, best first, ties as lists in the list.

use super::feasible::{Ended, Pattern, states};
use super::pattern::position;
use super::{BUDGET, MOST_RANKED};
use crate::exchange::few::Few;
use crate::exchange::tree::{Node, short};
use crate::game::Outcome;
use crate::game::conflict::Preference;
use crate::text::{Code, Diagnostic, Span};

/// A ranking as it stands in the file: classes of ordinals with their places.
pub(crate) struct Ranking {
    classes: Vec<Vec<(usize, Span)>>,
    span: Span,
    /// How many ordinals it has.
    pub(crate) length: usize,
}

/// Reads the list. `None`, with the reason said, where it is none.
pub(crate) fn ranking(node: &Node, few: &mut Few) -> Option<Ranking> {
    let Some(items) = node.items() else {
        let message = "a ranking is a list of numbers of states, best first";
        few.push(Diagnostic::new(Code::ExchangeSyntax, message).at(node.span, "here"));
        return None;
    };
    let mut ordinal = |node: &Node| {
        let found = position(node).filter(|n| *n > 0);
        if found.is_none() {
            let shown = node.text().map_or_else(|| "this".into(), |t| format!("`{}`", short(t)));
            let message = format!("{shown} is no number of a state: they count from 1");
            few.push(Diagnostic::new(Code::ConflictRanking, message).at(node.span, "here"));
        }
        found.map(|n| (n, node.span))
    };
    let mut classes = Vec::with_capacity(items.len());
    for item in items {
        classes.push(match item.items() {
            Some(tied) => tied.iter().map(&mut ordinal).collect::<Option<Vec<_>>>()?,
            None => vec![ordinal(item)?],
        });
    }
    classes.retain(|class| !class.is_empty());
    let length = classes.iter().map(Vec::len).sum();
    Some(Ranking { classes, span: node.span, length })
}

/// The feasible states in the order of their number, as far as the rankings need them. `None`, with the reason said,
/// where they cannot be numbered.
pub(crate) fn numbered(
    options: usize,
    patterns: &[Pattern],
    rankings: &[(String, Ranking)],
    few: &mut Few,
) -> Option<Vec<Outcome>> {
    let longest = rankings.iter().map(|(_, r)| r.length).max().unwrap_or(0);
    let span = rankings.first().map(|(_, r)| r.span)?;
    if longest.saturating_mul(options.max(1)).saturating_mul(rankings.len()) > MOST_RANKED {
        let message = format!("rankings of {longest} states are more than is read");
        few.push(
            Diagnostic::new(Code::ExchangeLimit, message)
                .at(span, "this ranking")
                .hint("say the preferences in statements"),
        );
        return None;
    }
    let order: Vec<usize> = (0..options).rev().collect();
    let (found, ended) = states(options, patterns, &order, longest, BUDGET);
    match ended {
        Ended::All => {}
        Ended::Enough => {
            let message = format!("there are more feasible states than the {longest} that the ranking names");
            let found = Diagnostic::new(Code::ConflictRanking, message).at(span, "this ranking");
            few.push(found.hint("name every feasible state once, or say the preferences in statements"));
            return None;
        }
        Ended::Budget => {
            let message = "the feasible states are too many, or too hard to find, to be numbered";
            let found = Diagnostic::new(Code::ExchangeLimit, message).at(span, "this ranking");
            few.push(found.hint("say the preferences in statements"));
            return None;
        }
    }
    let outcome = |state: Vec<bool>| Outcome::new(state.into_iter().map(u16::from).collect::<Vec<_>>());
    Some(found.into_iter().map(outcome).collect())
}

/// The preference that a ranking says. `None`, with the reason said, where it misses, repeats or invents a state.
pub(crate) fn preference(maker: &str, ranking: &Ranking, states: &[Outcome], few: &mut Few) -> Option<Preference> {
    let mut at: Vec<Option<Span>> = vec![None; states.len()];
    let mut whole = true;
    for (ordinal, span) in ranking.classes.iter().flatten() {
        let fault = match at.get_mut(ordinal - 1) {
            None => {
                let message = format!("`{}` ranks state {ordinal}, and there are {}", short(maker), states.len());
                Diagnostic::new(Code::ConflictRanking, message).at(*span, "no such state")
            }
            Some(Some(first)) => {
                let message = format!("`{}` ranks state {ordinal} twice", short(maker));
                Diagnostic::new(Code::ConflictRanking, message).at(*span, "again here").at(*first, "first here")
            }
            Some(free) => {
                *free = Some(*span);
                continue;
            }
        };
        few.push(fault);
        whole = false;
    }
    let missing: Vec<String> =
        at.iter().zip(1..).filter(|(seen, _)| seen.is_none()).map(|(_, n): (_, usize)| n.to_string()).collect();
    if !missing.is_empty() {
        let shown = missing.get(..missing.len().min(5)).unwrap_or_default().join(", ");
        let more = if missing.len() > 5 { format!(" and {} more", missing.len() - 5) } else { String::new() };
        let message = format!("`{}` does not rank state {shown}{more}", short(maker));
        let found = Diagnostic::new(Code::ConflictRanking, message).at(ranking.span, "this ranking");
        few.push(found.hint("name every feasible state once; states between which nothing is preferred share a list"));
        whole = false;
    }
    let of = |(ordinal, _): &(usize, Span)| states.get(ordinal - 1).cloned();
    let classes: Vec<Vec<Outcome>> = ranking.classes.iter().map(|c| c.iter().filter_map(of).collect()).collect();
    whole.then(|| Preference::ranking(&classes))
}
