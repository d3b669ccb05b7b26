//! In which order the diagrams look at issues: those that are spoken of together stand together.
//!
//! Diagrams of one set can differ in size by a power under different orders. What a decision maker's preference
//! has to carry along at a place of the order are its conditions begun and not ended there; each can double the width.
//! The order is sought by the centres of gravity of conditions (FORCE: Aloul, Markov and Sakallah 2003) from two
//! starts, and then by moving issues one by one.

/// Conditions that are looked at together: the issues that each speaks of.
pub(super) type Group = Vec<Vec<usize>>;

/// An order of `issues` issues for these groups; `makers` says who holds each, for a start.
pub(super) fn order(issues: usize, groups: &[Group], makers: &[usize]) -> Vec<usize> {
    let natural: Vec<usize> = (0..issues).collect();
    let mut by_maker = natural.clone();
    by_maker.sort_by_key(|issue| makers.get(*issue).copied().unwrap_or(usize::MAX));
    let starts = [natural, by_maker];
    let mut best: Option<(u128, Vec<usize>)> = None;
    for start in starts {
        let mut found = start.clone();
        gravitate(&mut found, groups);
        for candidate in [start, found] {
            let width = width(&candidate, groups);
            if best.as_ref().is_none_or(|(least, _)| width < *least) {
                best = Some((width, candidate));
            }
        }
    }
    let mut order = best.map(|(_, order)| order).unwrap_or_default();
    refine(&mut order, groups);
    order
}

/// Rounds of moving every issue to the mean of the centres of its conditions.
fn gravitate(order: &mut [usize], groups: &[Group]) {
    const ROUNDS: usize = 40;
    let mut place = vec![0.0f64; order.len()];
    for _ in 0..ROUNDS {
        for (at, issue) in order.iter().enumerate() {
            place[*issue] = at as f64;
        }
        let mut sum = vec![(0.0f64, 0.0f64); order.len()];
        for scope in groups.iter().flatten().filter(|scope| !scope.is_empty()) {
            let centre = scope.iter().map(|issue| place[*issue]).sum::<f64>() / scope.len() as f64;
            for issue in scope {
                sum[*issue].0 += centre;
                sum[*issue].1 += 1.0;
            }
        }
        let wish: Vec<f64> = sum
            .iter()
            .zip(&place)
            .map(|((sum, count), place)| if *count > 0.0 { sum / count } else { *place })
            .collect();
        order.sort_by(|a, b| wish[*a].total_cmp(&wish[*b]).then(a.cmp(b)));
    }
}

/// How wide diagrams may get: over all places, two to the number of conditions of each group that are open there.
fn width(order: &[usize], groups: &[Group]) -> u128 {
    let mut place = vec![0usize; order.len()];
    for (at, issue) in order.iter().enumerate() {
        place[*issue] = at;
    }
    let mut sum = 0u128;
    let mut change = vec![0u32; order.len() + 1];
    for group in groups {
        change.fill(0);
        for scope in group {
            let ends = scope.iter().map(|issue| place[*issue]);
            if let (Some(first), Some(last)) = (ends.clone().min(), ends.max()) {
                change[first] = change[first].wrapping_add(1);
                change[last] = change[last].wrapping_sub(1);
            }
        }
        let mut open = 0u32;
        for step in &change {
            open = open.wrapping_add(*step);
            sum = sum.saturating_add(1 << open.min(100));
        }
    }
    sum
}

/// Moves single issues while the diagrams get narrower.
fn refine(order: &mut Vec<usize>, groups: &[Group]) {
    /// How many places are tried at most, over all rounds.
    const TRIES: usize = 40_000;
    let spoken_of = {
        let mut spoken_of = vec![false; order.len()];
        groups.iter().flatten().flatten().for_each(|issue| spoken_of[*issue] = true);
        spoken_of
    };
    let mut least = width(order, groups);
    let mut tries = 0;
    loop {
        let mut better = false;
        for issue in (0..order.len()).filter(|issue| spoken_of[*issue]) {
            let Some(from) = order.iter().position(|other| *other == issue) else { continue };
            let mut best = from;
            order.remove(from);
            for to in 0..=order.len() {
                tries += 1;
                order.insert(to, issue);
                let width = width(order, groups);
                order.remove(to);
                if width < least {
                    (least, best, better) = (width, to, true);
                }
            }
            order.insert(best, issue);
            if tries > TRIES {
                return;
            }
        }
        if !better {
            return;
        }
    }
}
