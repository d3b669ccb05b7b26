//! Places the nodes and arrows of a layered graph (Sugiyama, Tagawa, Toda 1981): few crossings,
//! upright ways.
//!
//! Every layer of nodes is followed by a rank for labels. Labels and passing arrows are items of a
//! rank like nodes are, so no label can lie on a node or another label, and no arrow runs through a node.

use super::layers::{Layers, Shape};

/// Something that takes room in a rank: a node, or an arrow that passes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Item {
    Node(usize),
    /// The arrow with this index; `true` where its label stands.
    Pass(usize, bool),
}

/// Where everything is.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    /// Per node its centre.
    pub(super) nodes: Vec<(f64, f64)>,
    /// Per arrow its way from the upper to the lower node: per rank on the way the horizontal
    /// position and the ends of the rank; the first and last are those of the nodes.
    pub(super) ways: Vec<Vec<(f64, [f64; 2])>>,
    /// Per arrow the centre of its label.
    pub(super) labels: Vec<Option<(f64, f64)>>,
    /// Width and height of the whole.
    pub(super) size: (f64, f64),
}

/// Places nodes of the given sizes and labels of the given sizes.
pub(super) fn place(shape: &Shape, layers: &Layers, sizes: &[(f64, f64)], labels: &[Option<(f64, f64)>]) -> Placed {
    let mut ranks = Ranks::new(shape, layers, labels);
    ranks.order();
    let widths: Vec<Vec<(f64, f64)>> = ranks
        .items
        .iter()
        .map(|rank| {
            let size = |item: &Item| match *item {
                Item::Node(node) => sizes.get(node).copied().unwrap_or_default(),
                Item::Pass(edge, true) => labels.get(edge).copied().flatten().unwrap_or((2.0, 0.0)),
                Item::Pass(_, false) => (2.0, 0.0),
            };
            rank.iter().map(size).collect()
        })
        .collect();
    let x = ranks.across(&widths);
    ranks.finish(shape, labels, &widths, &x)
}

/// Nodes and passing arrows rank by rank. Nodes stand in even ranks, labels in odd ones.
struct Ranks {
    items: Vec<Vec<Item>>,
    /// Per rank and item the places of its neighbours in the rank above.
    above: Vec<Vec<Vec<usize>>>,
    /// Per arrow, from its upper to its lower node, rank by rank: the item's name.
    ways: Vec<Vec<(usize, Item)>>,
}

impl Ranks {
    fn new(shape: &Shape, layers: &Layers, labels: &[Option<(f64, f64)>]) -> Self {
        let depth = layers.layer.iter().map(|layer| 2 * layer + 1).max().unwrap_or(0);
        let mut items = vec![Vec::new(); depth];
        for (node, layer) in layers.layer.iter().enumerate() {
            items[2 * layer].push(Item::Node(node));
        }
        let mut ways = Vec::with_capacity(shape.edges.len());
        for (edge, &(from, to)) in shape.edges.iter().enumerate() {
            let (upper, lower) = if layers.layer[from] <= layers.layer[to] { (from, to) } else { (to, from) };
            let (top, bottom) = (2 * layers.layer[upper], 2 * layers.layer[lower]);
            // The label goes to the odd rank nearest the middle.
            let middle = usize::midpoint(top, bottom) | 1;
            let mut way = vec![(top, Item::Node(upper))];
            for (rank, row) in items.iter_mut().enumerate().take(bottom).skip(top + 1) {
                let item = Item::Pass(edge, rank == middle && labels.get(edge).copied().flatten().is_some());
                row.push(item);
                way.push((rank, item));
            }
            way.push((bottom, Item::Node(lower)));
            ways.push(way);
        }
        let mut ranks = Ranks { items, above: Vec::new(), ways };
        ranks.link();
        ranks
    }

    /// Finds the neighbours anew after the order changed.
    fn link(&mut self) {
        let mut above: Vec<Vec<Vec<usize>>> = self.items.iter().map(|rank| vec![Vec::new(); rank.len()]).collect();
        // Where each node and each pass of each arrow stands in its rank.
        let mut nodes = Vec::new();
        let mut passes: Vec<Vec<usize>> = self.ways.iter().map(|way| vec![0; way.len()]).collect();
        for (rank, items) in self.items.iter().enumerate() {
            for (place, item) in items.iter().enumerate() {
                match *item {
                    Item::Node(node) => {
                        if nodes.len() <= node {
                            nodes.resize(node + 1, 0);
                        }
                        nodes[node] = place;
                    }
                    Item::Pass(edge, _) => passes[edge][rank - self.ways[edge][0].0] = place,
                }
            }
        }
        for (edge, way) in self.ways.iter().enumerate() {
            let place = |step: usize, item: Item| match item {
                Item::Node(node) => nodes[node],
                Item::Pass(..) => passes[edge][step],
            };
            for (step, pair) in way.windows(2).enumerate() {
                if let [(_, a), (lower, b)] = *pair {
                    above[lower][place(step + 1, b)].push(place(step, a));
                }
            }
        }
        self.above = above;
    }

    /// Orders the items of each rank by the mean place of their neighbours, down and up in turn, and
    /// keeps the order with the fewest crossings.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.items.clone());
        for sweep in 0..12 {
            let down = sweep % 2 == 0;
            let count = self.items.len();
            for step in 1..count {
                let rank = if down { step } else { count - 1 - step };
                let keys = self.means(rank, down);
                let mut places: Vec<usize> = (0..self.items[rank].len()).collect();
                places.sort_by(|&a, &b| keys[a].total_cmp(&keys[b]).then(a.cmp(&b)));
                self.items[rank] = places.iter().map(|&place| self.items[rank][place]).collect();
                self.link();
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.items.clone());
            }
            if best.0 == 0 {
                break;
            }
        }
        self.items = best.1;
        self.link();
    }

    /// Mean place of each item's neighbours above (or below); its own place where it has none.
    fn means(&self, rank: usize, above: bool) -> Vec<f64> {
        let neighbours = if above { self.above[rank].clone() } else { self.below(rank) };
        let mean = |(place, list): (usize, &Vec<usize>)| {
            if list.is_empty() { place as f64 } else { list.iter().sum::<usize>() as f64 / list.len() as f64 }
        };
        neighbours.iter().enumerate().map(mean).collect()
    }

    fn below(&self, rank: usize) -> Vec<Vec<usize>> {
        let mut below = vec![Vec::new(); self.items[rank].len()];
        for (place, list) in self.above.get(rank + 1).into_iter().flatten().enumerate() {
            for &upper in list {
                below[upper].push(place);
            }
        }
        below
    }

    fn crossings(&self) -> usize {
        self.above
            .iter()
            .enumerate()
            .skip(1)
            .map(|(rank, lists)| {
                // Arrows sorted by their lower end; every pair whose upper ends are the other way round crosses.
                let mut seen = vec![0_usize; self.items[rank - 1].len()];
                let mut crossings = 0;
                for list in lists {
                    for &upper in list {
                        crossings += seen.iter().skip(upper + 1).sum::<usize>();
                    }
                    for &upper in list {
                        seen[upper] += 1;
                    }
                }
                crossings
            })
            .sum()
    }

    /// Horizontal centres: each rank in turn as near as it can be to its neighbours without overlap.
    fn across(&self, sizes: &[Vec<(f64, f64)>]) -> Vec<Vec<f64>> {
        let apart: Vec<Vec<f64>> = sizes
            .iter()
            .map(|rank| rank.windows(2).map(|pair| f64::midpoint(pair[0].0, pair[1].0) + 22.0).collect())
            .collect();
        let mut x: Vec<Vec<f64>> =
            apart.iter().zip(sizes).map(|(gaps, rank)| spread(&vec![(0.0, 1.0); rank.len()], gaps)).collect();
        let count = x.len();
        for sweep in 0..24 {
            let down = sweep % 2 == 0;
            let upright = self.upright(&x);
            for step in 0..count {
                let rank = if down { step } else { count - 1 - step };
                let (above, below) = (&self.above[rank], self.below(rank));
                let wish: Vec<(f64, f64)> = (0..self.items[rank].len())
                    .map(|place| {
                        if let Item::Pass(edge, _) = self.items[rank][place] {
                            return (upright[edge], 6.0);
                        }
                        let upper = above[place].iter().map(|&other| x[rank - 1][other]);
                        let lower = below[place].iter().map(|&other| x[rank + 1][other]);
                        let near: Vec<f64> = upper.chain(lower).collect();
                        if near.is_empty() {
                            (x[rank][place], 0.1)
                        } else {
                            (near.iter().sum::<f64>() / near.len() as f64, 1.0)
                        }
                    })
                    .collect();
                x[rank] = spread(&wish, &apart[rank]);
            }
        }
        x
    }

    /// Per arrow the position at which all of its way would stand upright: the mean of its passes, its ends for one.
    fn upright(&self, x: &[Vec<f64>]) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); self.ways.len()];
        for (rank, items) in self.items.iter().enumerate() {
            for (place, item) in items.iter().enumerate() {
                if let Item::Pass(edge, _) = *item {
                    sums[edge] = (sums[edge].0 + x[rank][place], sums[edge].1 + 1.0);
                }
            }
        }
        for (edge, way) in self.ways.iter().enumerate() {
            for &(rank, item) in [way.first(), way.last()].into_iter().flatten() {
                if let Some(place) = self.items[rank].iter().position(|other| *other == item) {
                    sums[edge] = (sums[edge].0 + x[rank][place] / 2.0, sums[edge].1 + 0.5);
                }
            }
        }
        sums.into_iter().map(|(sum, weight)| sum / weight).collect()
    }

    /// Vertical positions and everything by node and arrow.
    fn finish(
        &self,
        shape: &Shape,
        labels: &[Option<(f64, f64)>],
        sizes: &[Vec<(f64, f64)>],
        x: &[Vec<f64>],
    ) -> Placed {
        let edge_of = |x: &[f64], sizes: &[(f64, f64)], side: f64| -> Vec<f64> {
            x.iter().zip(sizes).map(|(x, size)| x + side * size.0 / 2.0).collect()
        };
        let left = x.iter().zip(sizes).flat_map(|(x, sizes)| edge_of(x, sizes, -1.0)).fold(f64::INFINITY, f64::min);
        let right = x.iter().zip(sizes).flat_map(|(x, sizes)| edge_of(x, sizes, 1.0)).fold(f64::NEG_INFINITY, f64::max);
        if !left.is_finite() || !right.is_finite() {
            return Placed::default();
        }
        let mut bands: Vec<[f64; 2]> = Vec::with_capacity(sizes.len());
        let mut y = 0.0;
        for (rank, sizes) in sizes.iter().enumerate() {
            if rank > 0 {
                y += self.gap(rank, x);
            }
            let height = sizes.iter().map(|size| size.1).fold(0.0, f64::max);
            bands.push([y, y + height]);
            y += height;
        }
        let at = |rank: usize, item: Item| {
            let place = self.items[rank].iter().position(|other| *other == item).unwrap_or(0);
            x[rank][place] - left
        };
        let mut placed = Placed { nodes: vec![(0.0, 0.0); shape.nodes], size: (right - left, y), ..Placed::default() };
        for (rank, items) in self.items.iter().enumerate() {
            for item in items {
                if let Item::Node(node) = *item {
                    placed.nodes[node] = (at(rank, *item), f64::midpoint(bands[rank][0], bands[rank][1]));
                }
            }
        }
        placed.labels = vec![None; labels.len()];
        for (edge, way) in self.ways.iter().enumerate() {
            placed.ways.push(way.iter().map(|&(rank, item)| (at(rank, item), bands[rank])).collect());
            for &(rank, item) in way {
                if item == Item::Pass(edge, true) {
                    placed.labels[edge] = Some((at(rank, item), f64::midpoint(bands[rank][0], bands[rank][1])));
                }
            }
        }
        placed
    }

    /// Room above a rank: more where arrows run far to the side, so that they do not lie flat.
    fn gap(&self, rank: usize, x: &[Vec<f64>]) -> f64 {
        let mut far = 0.0_f64;
        for (place, list) in self.above[rank].iter().enumerate() {
            for &upper in list {
                far = far.max((x[rank][place] - x[rank - 1][upper]).abs());
            }
        }
        (far / 3.5).clamp(17.0, 54.0)
    }
}

/// Positions as near as possible to the wished ones (least weighted squares) that keep the given
/// distances: pooling of adjacent violators (Ayer et al. 1955). Wishes are (position, weight).
fn spread(wishes: &[(f64, f64)], apart: &[f64]) -> Vec<f64> {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(wishes.len());
    // Pools: summed weight, weighted mean, number of members.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (index, &(wish, weight)) in wishes.iter().enumerate() {
        if let Some(gap) = index.checked_sub(1).and_then(|before| apart.get(before)) {
            offset += gap;
        }
        offsets.push(offset);
        let mut pool = (weight, wish - offset, 1);
        while let Some(&(weight, mean, members)) = pools.last() {
            if mean <= pool.1 {
                break;
            }
            pools.pop();
            let total = weight + pool.0;
            pool = (total, (weight * mean + pool.0 * pool.1) / total, members + pool.2);
        }
        pools.push(pool);
    }
    let means = pools.iter().flat_map(|&(_, mean, members)| std::iter::repeat_n(mean, members));
    means.zip(offsets).map(|(mean, offset)| mean + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::super::layers::{layers, tests::shapes};
    use super::super::place::{Frame, overlap};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chain_is_a_column() {
        let shape = Shape { nodes: 3, edges: vec![(0, 1), (1, 2)] };
        let layers = layers(&shape);
        assert_eq!(layers.layer, [0, 1, 2]);
        let placed = place(&shape, &layers, &[(80.0, 30.0); 3], &[Some((40.0, 14.0)), None]);
        assert!(placed.nodes.windows(2).all(|pair| (pair[0].0 - pair[1].0).abs() < 1e-6 && pair[0].1 < pair[1].1));
    }

    #[test]
    fn wishes_are_met_as_nearly_as_the_distances_allow() {
        assert_eq!(spread(&[(0.0, 1.0), (100.0, 1.0)], &[10.0]), [0.0, 100.0]);
        assert_eq!(spread(&[(50.0, 1.0), (50.0, 1.0)], &[10.0]), [45.0, 55.0]);
        assert_eq!(spread(&[(50.0, 3.0), (50.0, 1.0)], &[8.0]), [48.0, 56.0]);
    }

    proptest! {
        #[test]
        fn nodes_and_labels_never_overlap(shape in shapes()) {
            let layers = layers(&shape);
            let sizes: Vec<(f64, f64)> = (0..shape.nodes).map(|n| (60.0 + 7.0 * n as f64, 20.0 + n as f64)).collect();
            let labels: Vec<_> = (0..shape.edges.len()).map(|e| (e % 3 != 0).then_some((50.0, 14.0))).collect();
            let placed = place(&shape, &layers, &sizes, &labels);
            let mut frames: Vec<Frame> = Vec::new();
            for (centre, size) in placed.nodes.iter().zip(&sizes) {
                frames.push([centre.0 - size.0 / 2.0, centre.1 - size.1 / 2.0, size.0, size.1]);
            }
            for (label, centre) in labels.iter().zip(&placed.labels) {
                prop_assert_eq!(label.is_some(), centre.is_some());
                if let (Some(size), Some(centre)) = (label, centre) {
                    frames.push([centre.0 - size.0 / 2.0, centre.1 - size.1 / 2.0, size.0, size.1]);
                }
            }
            for (index, a) in frames.iter().enumerate() {
                prop_assert!(a[0] > -1e-6 && a[0] + a[2] < placed.size.0 + 1e-6 && a[1] + a[3] < placed.size.1 + 1e-6);
                for b in frames.iter().skip(index + 1) {
                    prop_assert!(!overlap(*a, *b));
                }
            }
        }
    }
}
