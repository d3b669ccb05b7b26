//! Whether every claim has the grounds that its basis asks for.

use super::Claim;
use crate::case::model::grounds::Basis;
use crate::case::scalars::Range;
use crate::text::{Code, Diagnostic, Diagnostics, Severity};
use indexmap::IndexMap;

/// Checks the grounds of every claim. With `strict`, what is missing is an error.
pub(crate) fn check(claims: &IndexMap<String, Claim>, strict: bool, diagnostics: &mut Diagnostics) {
    for claim in claims.values() {
        for mut diagnostic in faults(claim) {
            if strict && diagnostic.severity == Severity::Warning {
                diagnostic = diagnostic.severity(Severity::Error);
            }
            diagnostics.push(diagnostic);
        }
    }
    loops(claims, diagnostics);
}

fn faults(claim: &Claim) -> Vec<Diagnostic> {
    let grounds = &claim.grounds;
    let mut out = Vec::new();
    let mut report = |code, message: &str, label: &str, hint: &str| {
        out.push(Diagnostic::new(code, message).at(grounds.at, label).hint(hint));
    };
    if !grounds.basis_given {
        report(
            Code::NoBasis,
            &format!("this claim does not say what it rests on; read as {}", grounds.basis),
            "no `basis`",
            &format!("add basis = \"{}\"", grounds.basis),
        );
    }
    match grounds.basis {
        Basis::Quoted if grounds.because.is_empty() => report(
            Code::QuotedNoEvidence,
            "a quoted claim needs its quote",
            "no `because`",
            "add because = [\"evidence-id\"], or another basis",
        ),
        Basis::Quoted if grounds.reading.is_none() && claim.degrees.iter().any(is_bare) => report(
            Code::NumberNotInQuote,
            "words do not give a number like this one",
            "a point",
            "write a range, or say in `reading` how the words were read",
        ),
        Basis::Derived if grounds.because.is_empty() && grounds.from.is_empty() => report(
            Code::DerivedNoSource,
            "a derived claim needs what it is derived from",
            "neither `from` nor `because`",
            "add from = [\"claim-id\"] or because = [\"evidence-id\"], and why",
        ),
        Basis::Elicited if grounds.who.is_none() => report(
            Code::ElicitedNobody,
            "an elicited claim needs who was asked",
            "no `who`",
            "add who = \"…\", and asked and method if known",
        ),
        Basis::Assumed => {
            let point = claim.numbers.iter().chain(&claim.degrees).any(is_bare);
            if grounds.why.is_none() {
                report(Code::AssumedBare, "an assumed claim needs its reason", "no `why`", "add why = \"…\"");
            }
            if point {
                report(
                    Code::AssumedBare,
                    "an assumed number needs a range",
                    "a point",
                    "write [low, high]: how far off could it be?",
                );
            }
        }
        _ => {}
    }
    out
}

/// Whether a number is a point that somebody chose: 0 and 1 are words (never, always) as well.
fn is_bare(number: &Range) -> bool {
    number.is_point() && number.low != 0.0 && number.low != 1.0
}

/// Reports claims that are derived, through others, from themselves: each circle once.
fn loops(claims: &IndexMap<String, Claim>, diagnostics: &mut Diagnostics) {
    // 0 unseen, 1 on the path, 2 done. An explicit stack: a case may chain many claims.
    let mut state = vec![0u8; claims.len()];
    let children = |at: usize| -> Vec<usize> {
        let from = claims.get_index(at).map(|(_, c)| c.grounds.from.as_slice()).unwrap_or_default();
        from.iter().filter_map(|n| claims.get_index_of(n.as_str())).collect()
    };
    for start in 0..claims.len() {
        if state.get(start) != Some(&0) {
            continue;
        }
        let mut path: Vec<(usize, Vec<usize>)> = vec![(start, children(start))];
        set(&mut state, start, 1);
        while let Some((at, rest)) = path.last_mut() {
            let at = *at;
            match rest.pop() {
                None => {
                    set(&mut state, at, 2);
                    path.pop();
                }
                Some(next) => match state.get(next) {
                    Some(0) => {
                        set(&mut state, next, 1);
                        path.push((next, children(next)));
                    }
                    Some(1) => {
                        let from = path.iter().position(|(p, _)| *p == next).unwrap_or(0);
                        let circle = path.iter().skip(from).map(|(p, _)| *p).collect::<Vec<_>>();
                        diagnostics.push(circle_found(&circle, claims));
                    }
                    _ => {}
                },
            }
        }
    }
}

fn set(state: &mut [u8], at: usize, to: u8) {
    if let Some(s) = state.get_mut(at) {
        *s = to;
    }
}

fn circle_found(circle: &[usize], claims: &IndexMap<String, Claim>) -> Diagnostic {
    let members: Vec<&Claim> = circle.iter().filter_map(|c| claims.get_index(*c)).map(|(_, c)| c).collect();
    let ids = members.iter().map(|c| format!("`{}`", c.id)).collect::<Vec<_>>().join(", ");
    let mut diagnostic = Diagnostic::new(Code::DerivedLoop, format!("derived from itself: {ids}"));
    for claim in members {
        diagnostic = diagnostic.at(claim.grounds.at, "derived from the next");
    }
    diagnostic.hint("give one of them evidence of its own, and take out its `from`")
}
