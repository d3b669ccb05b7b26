//! Patterns and statements: options with Y or N, all of which hold together; compound ones hold where any member does.

use super::feasible::Pattern;
use crate::exchange::few::Few;
use crate::exchange::tree::{Node, short};
use crate::game::Formula;
use crate::text::{Code, Diagnostic};

/// The position that a scalar gives, counted from 0.
pub(crate) fn position(node: &Node) -> Option<usize> {
    let number = node.number().filter(num_rational::Ratio::is_integer)?;
    usize::try_from(number.to_integer()).ok()
}

/// A pattern, sorted, each option once. `None`, with the reason said, where it is none.
pub(crate) fn pattern(node: &Node, options: usize, few: &mut Few) -> Option<Pattern> {
    let mut found = match node.items() {
        Some(items) => items.iter().map(|item| literal(item, options, few)).collect::<Option<Pattern>>()?,
        None => written(node, options, few)?,
    };
    found.sort_unstable();
    found.dedup();
    let twice = found.windows(2).find(|pair| matches!(pair, [(a, _), (b, _)] if a == b));
    if let Some([(option, _), _]) = twice {
        let message = format!("a pattern wants option {option} both taken and not taken");
        few.push(Diagnostic::new(Code::ConflictPattern, message).at(node.span, "no state meets this"));
        return None;
    }
    Some(found)
}

/// An option with Y or N.
fn literal(node: &Node, options: usize, few: &mut Few) -> Option<(usize, bool)> {
    let Some([option, taken]) = node.items() else {
        let message = "an option with Y or N is expected, as in [0, \"Y\"]";
        few.push(Diagnostic::new(Code::ExchangeSyntax, message).at(node.span, "here"));
        return None;
    };
    let at = option_at(option, options, few)?;
    let taken = match taken.text() {
        Some("Y" | "y") => true,
        Some("N" | "n") => false,
        _ => {
            few.push(Diagnostic::new(Code::ExchangeSyntax, "Y or N is expected").at(taken.span, "here"));
            return None;
        }
    };
    Some((at, taken))
}

/// The number of an option that is there.
pub(crate) fn option_at(node: &Node, options: usize, few: &mut Few) -> Option<usize> {
    let found = position(node).filter(|at| *at < options);
    if found.is_none() {
        let shown = node.text().map_or_else(|| "this".into(), |t| format!("`{}`", short(t)));
        let message = format!("{shown} is no option: they are numbered from 0 to {}", options.saturating_sub(1));
        few.push(Diagnostic::new(Code::ExchangeName, message).at(node.span, "unknown"));
    }
    found
}

/// A pattern in letters: Y, N or - for each option.
fn written(node: &Node, options: usize, few: &mut Few) -> Option<Pattern> {
    let text = node.text().unwrap_or("");
    let known = text.len() == options && text.bytes().all(|b| matches!(b, b'Y' | b'N' | b'-'));
    if !known || options == 0 {
        let message = "a pattern is a list of options with Y or N, as in [[0, \"Y\"], [2, \"N\"]]";
        few.push(Diagnostic::new(Code::ExchangeSyntax, message).at(node.span, "here"));
        return None;
    }
    Some(text.bytes().enumerate().filter(|(_, b)| *b != b'-').map(|(at, b)| (at, b == b'Y')).collect())
}

/// A statement as its members, any of which makes it true. `None`, with the reason said, where it is none.
pub(crate) fn statement(node: &Node, options: usize, few: &mut Few) -> Option<Vec<Pattern>> {
    if !node.is_map() {
        return Some(vec![pattern(node, options, few)?]);
    }
    let Some(members) = node.get("members").and_then(Node::items) else {
        few.push(
            Diagnostic::new(Code::ExchangeMissing, "a compound statement without `members`").at(node.span, "here"),
        );
        return None;
    };
    let mut all: Vec<Pattern> = members.iter().map(|m| pattern(m, options, few)).collect::<Option<_>>()?;
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// The condition that a pattern is met.
pub(crate) fn met(pattern: &Pattern) -> Formula {
    match pattern.as_slice() {
        [(option, taken)] => Formula::In(*option, vec![u16::from(*taken)]),
        many => Formula::And(many.iter().map(|(o, taken)| Formula::In(*o, vec![u16::from(*taken)])).collect()),
    }
}

/// The condition that a pattern is not met.
pub(crate) fn unmet(pattern: &Pattern) -> Formula {
    match pattern.as_slice() {
        [(option, taken)] => Formula::In(*option, vec![u16::from(!*taken)]),
        many => Formula::Or(many.iter().map(|(o, taken)| Formula::In(*o, vec![u16::from(!*taken)])).collect()),
    }
}

/// The condition that any of some patterns is met.
pub(crate) fn any_met(patterns: &[Pattern]) -> Formula {
    match patterns {
        [one] => met(one),
        many => Formula::Or(many.iter().map(met).collect()),
    }
}
