//! What is changed to see what the answer hangs on.

use super::Features;
use super::inputs::Held;
use super::setup::Setup;
use crate::case::Basis;

/// One thing that is changed.
pub(super) struct Changed {
    /// In words.
    pub what: String,
    pub claims: Vec<String>,
    pub assumed: bool,
    /// The input that is held, where it is one.
    pub input: Option<usize>,
    pub settings: Vec<Setting>,
}

/// One setting of it.
pub(super) struct Setting {
    pub label: String,
    pub features: Features,
    pub held: Held,
}

/// Everything that is changed, one at a time: each number at the ends of its range, each feature the other way.
pub(super) fn changes(setup: &Setup<'_>) -> Vec<Changed> {
    let mut all = Vec::new();
    for (at, input) in setup.inputs.all.iter().enumerate().filter(|(_, input)| !input.range.is_point()) {
        let setting =
            |end: f64| Setting { label: number(input.range.quantile(end)), features: setup.has, held: Some((at, end)) };
        all.push(Changed {
            what: input.what.clone(),
            claims: input.claim.iter().cloned().collect(),
            assumed: input.basis == Basis::Assumed,
            input: Some(at),
            settings: vec![setting(0.0), setting(1.0)],
        });
    }
    for (what, claims, assumed, features) in setup.switches() {
        let label = "without".to_string();
        all.push(Changed {
            what,
            claims,
            assumed,
            input: None,
            settings: vec![Setting { label, features, held: None }],
        });
    }
    all
}

/// A number as it is written: no more than three places.
fn number(value: f64) -> String {
    format!("{}", (value * 1000.0).round() / 1000.0)
}
