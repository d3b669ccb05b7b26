//! What holds for the file of any conflict, whatever is in it. Shared by the targets of its readers.

use detente::exchange::{Input, Read, Written, read_conflict, write_gmcr, write_graph};
use detente::game::conflict::{Conflict, Graph};

/// Reading ends and says something, places lie in the file, and what is read is whole, can be written and is read again
/// as the same.
pub fn hold(name: &str, bytes: &[u8]) {
    let loaded = read_conflict(&Input { name: name.into(), bytes: bytes.to_vec() });
    assert!(loaded.conflict.is_some() != loaded.diagnostics.has_errors());
    for label in loaded.diagnostics.iter().flat_map(|d| &d.labels) {
        assert!(loaded.files.text(label.span.file).get(label.span.range()).is_some(), "{label:?}");
    }
    match loaded.conflict {
        None => {}
        Some(Read::Graph(graph)) => graph_holds(&graph),
        Some(Read::Options { conflict, coalitions }) => options_hold(&conflict, &coalitions),
    }
}

fn graph_holds(graph: &Graph) {
    let states = graph.states.len();
    for maker in &graph.makers {
        assert_eq!((maker.moves.len(), maker.order.rank.len()), (states, states));
        assert!(maker.moves.iter().flatten().all(|to| (*to as usize) < states));
    }
    let Read::Graph(again) = again(write_graph(graph)) else { panic!("a graph is read as options") };
    assert_eq!(*graph, again);
}

fn options_hold(conflict: &Conflict, coalitions: &[Vec<usize>]) {
    assert!(conflict.faults().is_empty(), "{:?}", conflict.faults());
    let written = write_gmcr(conflict, coalitions);
    // A ranking of many outcomes cannot be written; all else can.
    if written.files.is_empty() {
        assert!(written.lost.has_errors());
        return;
    }
    let Read::Options { conflict: other, coalitions: groups } = again(written) else { panic!("options as a graph") };
    assert_eq!((conflict.makers.len(), coalitions), (other.makers.len(), groups.as_slice()));
    if conflict.space.small_count().is_some_and(|n| n <= 256) && conflict.control == other.control {
        same(conflict, &other);
    }
}

/// The same states, orders of them and states that are not seen.
fn same(one: &Conflict, other: &Conflict) {
    let all: Vec<_> = (0..one.space.small_count().unwrap_or(0)).map(|n| one.outcome(n)).collect();
    let states: Vec<_> = all.iter().filter(|s| one.feasible(s)).collect();
    assert!(all.iter().all(|s| one.feasible(s) == other.feasible(s)));
    for maker in 0..one.makers.len() {
        assert!(states.iter().all(|s| one.sees(maker, s) == other.sees(maker, s)));
        for pair in states.windows(2) {
            let order = |c: &Conflict| c.score(maker, pair[0]).cmp(&c.score(maker, pair[1]));
            assert_eq!(order(one), order(other));
        }
    }
}

fn again(written: Written) -> Read {
    let (name, text) = written.files.into_iter().next().expect("a file");
    let loaded = read_conflict(&Input { name, bytes: text.clone().into_bytes() });
    loaded.conflict.unwrap_or_else(|| panic!("{:?}\n{text}", loaded.diagnostics))
}
