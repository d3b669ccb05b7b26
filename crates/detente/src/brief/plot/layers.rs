//! Layers of a directed graph (Sugiyama, Tagawa, Toda 1981): arrows point down, circles are opened
//! at one arrow. `ranks` places what is in the layers.

/// A graph as the layout sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// Number of nodes.
    pub(super) nodes: usize,
    /// Arrows between different nodes, both ends below `nodes`.
    pub(super) edges: Vec<(usize, usize)>,
}

/// Which layer each node is in, and which arrows were turned to get there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layers {
    /// Per node its layer from the top.
    pub(super) layer: Vec<usize>,
    /// Per arrow whether it points up in the layout.
    pub(super) turned: Vec<bool>,
}

/// Per node the number of the strongly connected component it is in (Tarjan 1972, without recursion).
pub(super) fn components(shape: &Shape) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let next = successors(shape);
    let (mut order, mut low) = (vec![UNSEEN; shape.nodes], vec![0; shape.nodes]);
    let (mut component, mut stack) = (vec![UNSEEN; shape.nodes], Vec::new());
    let (mut counter, mut count) = (0, 0);
    for root in 0..shape.nodes {
        if order[root] != UNSEEN {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, child)) = work.pop() {
            if child == 0 {
                (order[node], low[node]) = (counter, counter);
                counter += 1;
                stack.push(node);
            }
            if let Some(&to) = next[node].get(child) {
                work.push((node, child + 1));
                if order[to] == UNSEEN {
                    work.push((to, 0));
                } else if component[to] == UNSEEN {
                    low[node] = low[node].min(order[to]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = stack.pop() {
                    component[member] = count;
                    if member == node {
                        break;
                    }
                }
                count += 1;
            }
            if let Some(&(parent, _)) = work.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    component
}

fn successors(shape: &Shape) -> Vec<Vec<usize>> {
    let mut next = vec![Vec::new(); shape.nodes];
    for &(from, to) in &shape.edges {
        next[from].push(to);
    }
    next
}

/// Turns the arrows that close a circle in a depth-first walk and puts every node below all that lead to it.
pub(super) fn layers(shape: &Shape) -> Layers {
    let turned = turn(shape);
    let down: Vec<(usize, usize)> =
        shape.edges.iter().zip(&turned).map(|(&(a, b), &turned)| if turned { (b, a) } else { (a, b) }).collect();
    let mut layer = vec![0_usize; shape.nodes];
    let mut waiting = vec![0; shape.nodes];
    for &(_, to) in &down {
        waiting[to] += 1;
    }
    let mut ready: Vec<usize> = (0..shape.nodes).filter(|&node| waiting[node] == 0).collect();
    let mut order = Vec::with_capacity(shape.nodes);
    while let Some(node) = ready.pop() {
        order.push(node);
        for &(_, to) in down.iter().filter(|(from, _)| *from == node) {
            layer[to] = layer[to].max(layer[node] + 1);
            waiting[to] -= 1;
            if waiting[to] == 0 {
                ready.push(to);
            }
        }
    }
    // A node that nothing leads to goes right above the first it leads to: shorter arrows.
    for &node in order.iter().rev() {
        if down.iter().all(|&(_, to)| to != node)
            && let Some(first) = down.iter().filter(|(from, _)| *from == node).map(|&(_, to)| layer[to]).min()
        {
            layer[node] = first.saturating_sub(1);
        }
    }
    Layers { layer, turned }
}

/// Per arrow whether it leads back to a node on the current path of a depth-first walk.
fn turn(shape: &Shape) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut leaving = vec![Vec::new(); shape.nodes];
    let mut entered = vec![false; shape.nodes];
    for (index, &(from, to)) in shape.edges.iter().enumerate() {
        leaving[from].push((index, to));
        entered[to] = true;
    }
    let mut turned = vec![false; shape.edges.len()];
    let mut state = vec![State::New; shape.nodes];
    // Begin where nothing leads to, so that only arrows of circles are turned late.
    let (roots, others): (Vec<usize>, Vec<usize>) = (0..shape.nodes).partition(|&node| !entered[node]);
    for root in roots.into_iter().chain(others) {
        if state[root] != State::New {
            continue;
        }
        state[root] = State::Open;
        let mut path = vec![(root, 0)];
        while let Some((node, child)) = path.pop() {
            let Some(&(edge, to)) = leaving[node].get(child) else {
                state[node] = State::Done;
                continue;
            };
            path.push((node, child + 1));
            match state[to] {
                State::New => {
                    state[to] = State::Open;
                    path.push((to, 0));
                }
                State::Open => turned[edge] = true,
                State::Done => {}
            }
        }
    }
    turned
}

/// How many arrows pass how many layers: the size of the layout problem.
pub(super) fn passes(shape: &Shape, layers: &Layers) -> usize {
    shape.edges.iter().map(|&(a, b)| 2 * layers.layer[a].abs_diff(layers.layer[b])).sum()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Small graphs, without arrows from a node to itself.
    pub(in super::super) fn shapes() -> impl Strategy<Value = Shape> {
        (2_usize..12).prop_flat_map(|nodes| {
            prop::collection::vec((0..nodes, 0..nodes), 0..24)
                .prop_map(move |edges| Shape { nodes, edges: edges.into_iter().filter(|(a, b)| a != b).collect() })
        })
    }

    #[test]
    fn a_circle_is_one_component_and_one_arrow_is_turned() {
        let shape = Shape { nodes: 4, edges: vec![(0, 1), (1, 2), (2, 0), (2, 3)] };
        let component = components(&shape);
        assert!(component[0] == component[1] && component[1] == component[2] && component[3] != component[0]);
        assert_eq!(layers(&shape).turned, [false, false, true, false]);
    }

    /// Strong components from reachability, the slow and plain way.
    fn reach(shape: &Shape) -> Vec<Vec<bool>> {
        let mut reach = vec![vec![false; shape.nodes]; shape.nodes];
        (0..shape.nodes).for_each(|node| reach[node][node] = true);
        for _ in 0..shape.nodes {
            for &(a, b) in &shape.edges {
                for row in &mut reach {
                    row[b] |= row[a];
                }
            }
        }
        reach
    }

    proptest! {
        #[test]
        fn components_agree_with_reachability(shape in shapes()) {
            let (component, reach) = (components(&shape), reach(&shape));
            for a in 0..shape.nodes {
                for b in 0..shape.nodes {
                    prop_assert_eq!(component[a] == component[b], reach[a][b] && reach[b][a]);
                }
            }
        }

        #[test]
        fn arrows_point_down_unless_turned_and_only_circles_are_turned(shape in shapes()) {
            let (layers, component) = (layers(&shape), components(&shape));
            for (&(a, b), &turned) in shape.edges.iter().zip(&layers.turned) {
                let (upper, lower) = if turned { (b, a) } else { (a, b) };
                prop_assert!(layers.layer[upper] < layers.layer[lower]);
                prop_assert!(!turned || component[a] == component[b]);
            }
        }
    }
}
