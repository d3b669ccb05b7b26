//! What holds for the files of any scenario, whatever is in them. Shared by the targets of the readers.

use detente::analysis::{Limits, frontier};
use detente::exchange::{Format, Input, Loaded, read, write};
use detente::game::{Outcome, Scenario};

/// Parts of the bytes are files of their own: a byte 0x1e, which no format uses, divides them.
pub fn files(bytes: &[u8], most: usize, name: impl Fn(usize) -> String) -> Vec<Input> {
    let parts = bytes.splitn(most, |b| *b == 0x1e).enumerate();
    parts.map(|(at, part)| Input { name: name(at), bytes: part.to_vec() }).collect()
}

/// Reading ends and says something, places lie in the files, and what is read can be computed with, written and
/// read again.
pub fn hold(inputs: &[Input]) {
    let loaded = read(inputs, None);
    let Loaded { scenario, diagnostics, files, .. } = loaded;
    assert!(scenario.is_some() || diagnostics.has_errors());
    for label in diagnostics.iter().flat_map(|d| &d.labels) {
        assert!(files.text(label.span.file).get(label.span.range()).is_some(), "{label:?}");
    }
    let Some(scenario) = scenario else { return };
    computed(&scenario);
    // The texts of large spaces take long and say nothing new.
    if scenario.space.sizes().sum::<usize>() < 2_000 {
        written(&scenario);
    }
}

/// No sum overflows, and the engine ends within its limits.
fn computed(scenario: &Scenario) {
    let first = Outcome::new(scenario.space.sizes().map(|_| 0).collect::<Vec<u16>>());
    let last: Vec<u16> = scenario.space.sizes().map(|n| u16::try_from(n.saturating_sub(1)).expect("digits")).collect();
    for outcome in [first, Outcome::new(last)] {
        assert_eq!(scenario.utilities(&outcome).len(), scenario.parties.len());
    }
    if scenario.space.small_count().is_some_and(|n| n <= 10_000) {
        let limits = Limits { points: 50, steps: 1_000, ..Limits::default() };
        for point in frontier(scenario, limits).answer.points {
            assert!(scenario.permits(&point.outcome));
            assert_eq!(scenario.utilities(&point.outcome), point.utilities);
        }
    }
}

/// Every format either says why it cannot hold the scenario, or its files are read again.
fn written(scenario: &Scenario) {
    for format in Format::ALL {
        let written = write(scenario, format);
        assert!(!written.files.is_empty() || written.lost.has_errors(), "{format:?}");
        let inputs: Vec<Input> =
            written.files.into_iter().map(|(name, text)| Input { name, bytes: text.into_bytes() }).collect();
        if !inputs.is_empty() {
            let again = read(&inputs, None);
            assert!(again.scenario.is_some(), "{format:?}: {:?}\n{:?}", again.diagnostics, inputs);
        }
    }
}
