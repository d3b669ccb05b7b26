//! From a conflict to `.gmcr` JSON.

use super::feasible::Pattern;
use super::literals;
use crate::exchange::writing::Out;
use crate::game::conflict::{Conflict, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Outcome};
use crate::text::{Code, Diagnostic, Diagnostics, Severity};

/// Rankings are written for at most this many outcomes, feasible or not.
const MOST_RANKED: u64 = 1 << 16;

/// Writes a conflict; `None`, with the reason said, where the file would say something else.
pub(crate) fn write(conflict: &Conflict, coalitions: &[Vec<usize>], lost: &mut Diagnostics) -> Option<String> {
    fits(conflict, lost);
    if lost.has_errors() {
        return None;
    }
    // The program sorts options by their holder, and numbers states after that.
    let holder = |issue: &usize| conflict.control.get(*issue).and_then(|c| c.holders.first()).copied();
    let mut order: Vec<usize> = (0..conflict.control.len()).collect();
    order.sort_by_key(holder);
    if !order.is_sorted() {
        let message = "GMCR+ has the options of a decision maker together: they are written in that order";
        lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Note));
    }
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*old) {
            *slot = new;
        }
    }
    let ranked = conflict.makers.iter().any(|m| !matches!(m.preference, Preference::Statements(_)));
    let states = if ranked { Some(states(conflict, &order, lost)?) } else { None };
    let options = order.iter().filter_map(|at| Some((conflict.space.issues.get(*at)?, conflict.control.get(*at)?)));
    let options = options.map(|(issue, control)| {
        let direction = match direction(&control.moves) {
            Some((true, false)) => "fwd",
            Some((false, true)) => "back",
            _ => "both",
        };
        Out::map([("name", Out::text(&issue.name)), ("permittedDirection", Out::text(direction))])
    });
    let mut makers = Vec::new();
    for (at, maker) in conflict.makers.iter().enumerate() {
        let options = order.iter().zip(0usize..).filter(|(old, _)| holder(old) == Some(at));
        let mut entry = vec![
            ("name", Out::text(&maker.name)),
            ("options", Out::List(options.map(|(_, new)| whole(new)).collect())),
            ("preferences", Out::List(if ranked { Vec::new() } else { statements(maker, &place, lost)? })),
        ];
        if let Some(states) = &states {
            entry.push(("preferenceRanking", ranking(maker, states)));
            if matches!(&maker.preference, Preference::Statements(all) if !all.is_empty()) {
                let message = format!("`{}`: statements stand as a ranking, as others have one", maker.name);
                lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Note));
            }
        }
        let unseen = match &maker.unseen {
            None => Vec::new(),
            Some(formula) => listed(formula, true, &place, &maker.name, lost)?,
        };
        entry.push(("misperceptions", Out::List(unseen)));
        makers.push(Out::map(entry));
    }
    let mut infeasibles = Vec::new();
    for rule in &conflict.rules {
        infeasibles.extend(listed(rule, false, &place, "the rules", lost)?);
    }
    let whole = Out::map([
        ("program", Out::text("detente")),
        ("useManualPreferenceRanking", Out::Bare(ranked.to_string())),
        ("options", Out::List(options.collect())),
        ("decisionMakers", Out::List(makers)),
        ("infeasibles", Out::List(infeasibles)),
        ("coalitions", together(conflict.makers.len(), coalitions)),
    ]);
    Some(whole.json())
}

/// Everything that the format cannot hold.
fn fits(conflict: &Conflict, lost: &mut Diagnostics) {
    let mut refuse = |message: String, hint: &str| {
        lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Error).hint(hint));
    };
    let mut warnings = Vec::new();
    let table = "write the conflict as a table of states and moves (CSV)";
    if !conflict.faults().is_empty() {
        refuse("the conflict is not whole: nobody could study it".into(), "mend the conflict first");
    }
    for (issue, control) in conflict.space.issues.iter().zip(&conflict.control) {
        if issue.values.len() != 2 {
            refuse(format!("`{}` has {} values; an option has two", issue.id, issue.values.len()), table);
        }
        if control.holders.len() > 1 {
            refuse(format!("`{}` is moved by consent; an option is moved by one decision maker", issue.id), table);
        }
        if direction(&control.moves).is_none() {
            refuse(format!("`{}` never changes; an option can be taken or dropped", issue.id), table);
        }
    }
    for maker in &conflict.makers {
        if !maker.unknown.is_empty() {
            refuse(format!("`{}` leaves pairs of states open; the format has no place for that", maker.id), table);
        }
        if maker.strength != Strength::None {
            let message = format!("`{}`: how strongly it prefers has no place in the format", maker.id);
            warnings.push(Diagnostic::new(Code::ExchangeLost, message));
        }
    }
    lost.extend(warnings);
}

/// Whether an option can be taken and whether it can be dropped; `None` where neither.
fn direction(moves: &Moves) -> Option<(bool, bool)> {
    Some((moves.allow(0, 1), moves.allow(1, 0))).filter(|can| *can != (false, false))
}

/// The feasible states, the first option of the new order fastest.
fn states(conflict: &Conflict, order: &[usize], lost: &mut Diagnostics) -> Option<Vec<Outcome>> {
    let Some(count) = conflict.space.small_count().filter(|n| *n <= MOST_RANKED) else {
        let message = format!(
            "preferences that are no statements become rankings, and {} outcomes are too many for one",
            conflict.space.count()
        );
        lost.push(
            Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Error).hint("say them in statements"),
        );
        return None;
    };
    let outcome = |number: u64| {
        let mut digits = vec![0u16; order.len()];
        for (bit, old) in order.iter().enumerate() {
            if let Some(digit) = digits.get_mut(*old) {
                *digit = u16::from(number >> bit & 1 == 1);
            }
        }
        Outcome::new(digits)
    };
    let found: Vec<Outcome> = (0..count).map(outcome).filter(|o| conflict.feasible(o)).collect();
    if found.is_empty() {
        let message = "no state of the conflict is feasible";
        lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Error));
        return None;
    }
    Some(found)
}

/// Numbers of states from the best class to the worst.
fn ranking(maker: &Maker, states: &[Outcome]) -> Out {
    let mut scored: Vec<(std::cmp::Reverse<i128>, usize)> =
        states.iter().zip(1..).map(|(s, n)| (std::cmp::Reverse(maker.preference.score(s)), n)).collect();
    scored.sort_unstable();
    let class = |class: &[(std::cmp::Reverse<i128>, usize)]| match class {
        [(_, one)] => whole(*one),
        many => Out::List(many.iter().map(|(_, n)| whole(*n)).collect()),
    };
    Out::List(scored.chunk_by(|a, b| a.0 == b.0).map(class).collect())
}

fn whole(number: usize) -> Out {
    Out::Bare(number.to_string())
}

/// Statements, without those that hold always or never.
fn statements(maker: &Maker, place: &[usize], lost: &mut Diagnostics) -> Option<Vec<Out>> {
    let Preference::Statements(all) = &maker.preference else { return Some(Vec::new()) };
    let mut out = Vec::new();
    for formula in all {
        let mut members = listed(formula, true, place, &maker.name, lost)?;
        let always = members.iter().any(|m| matches!(m, Out::List(literals) if literals.is_empty()));
        match members.len() {
            0 => {}
            _ if always => {}
            1 => out.extend(members.pop()),
            _ => out.push(Out::map([("compound", Out::Bare("true".into())), ("members", Out::List(members))])),
        }
    }
    Some(out)
}

/// The patterns of a condition, in the new order of options.
fn listed(formula: &Formula, holds: bool, place: &[usize], whose: &str, lost: &mut Diagnostics) -> Option<Vec<Out>> {
    let Some(found) = literals::patterns(formula, holds) else {
        let message = format!("`{whose}`: a condition that would take thousands of patterns");
        lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Error).hint("choose another format"));
        return None;
    };
    let literal =
        |(option, taken): (usize, bool)| Out::List(vec![whole(option), Out::text(if taken { "Y" } else { "N" })]);
    let written = |pattern: Pattern| {
        let mut moved: Pattern =
            pattern.iter().map(|(o, taken)| (place.get(*o).copied().unwrap_or(*o), *taken)).collect();
        moved.sort_unstable();
        Out::List(moved.into_iter().map(literal).collect())
    };
    Some(found.into_iter().map(written).collect())
}

/// Every decision maker once: alone, or in the first group that has it.
fn together(makers: usize, coalitions: &[Vec<usize>]) -> Out {
    let mut free = vec![true; makers];
    let mut out = Vec::new();
    for maker in 0..makers {
        if free.get(maker) != Some(&true) {
            continue;
        }
        let group = coalitions.iter().find(|g| g.contains(&maker) && g.iter().all(|m| free.get(*m) == Some(&true)));
        let members = group.cloned().unwrap_or_else(|| vec![maker]);
        for member in &members {
            if let Some(slot) = free.get_mut(*member) {
                *slot = false;
            }
        }
        out.push(match members.as_slice() {
            [one] => whole(*one),
            many => Out::List(many.iter().map(|m| whole(*m)).collect()),
        });
    }
    Out::List(out)
}
