//! The order in which issues are taken out, and what that will cost.

use super::problem::Problem;
use crate::analysis::number::Whole;

/// An order of elimination.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// The issues with more than one value left, in order.
    pub(crate) issues: Vec<usize>,
    /// For each, the issues it is tied to when its turn comes, sorted.
    pub(crate) ties: Vec<Vec<usize>>,
    /// The most issues in one table.
    pub(crate) width: usize,
    /// The entries of all tables together.
    pub(crate) cells: u64,
}

/// Which issues appear in a term together: for each the others, sorted.
pub(crate) fn neighbours<T: Whole, const N: usize>(problem: &Problem<T, N>) -> Vec<Vec<usize>> {
    let mut ties: Vec<Vec<usize>> = vec![Vec::new(); problem.values.len()];
    let regions = problem.regions.iter().map(|r| r.sides.iter().map(|s| s.issue).collect());
    let scopes = problem.tables.iter().map(|t| t.scope.clone()).chain(problem.wide.iter().map(|w| w.scope.clone()));
    for scope in scopes.chain(regions) {
        let scope: Vec<usize> = scope;
        let open = |issue: &&usize| problem.values[**issue].len() > 1;
        for issue in scope.iter().filter(open) {
            ties[*issue].extend(scope.iter().filter(open).filter(|other| *other != issue));
        }
    }
    for ties in &mut ties {
        ties.sort_unstable();
        ties.dedup();
    }
    ties
}

/// Greedy: always the issue whose table is smallest, of these the one that ties fewest others together anew, of
/// these the first (Bertelè & Brioschi 1972; weighted min-degree with min-fill). `None` when the tables would
/// have more than `most` entries.
pub(crate) fn order<T: Whole, const N: usize>(problem: &Problem<T, N>, most: u64) -> Option<Order> {
    let size = |issue: usize| problem.values[issue].len() as u64;
    let mut ties = neighbours(problem);
    let cells_of = |issue: usize, ties: &[usize]| ties.iter().fold(size(issue), |n, i| n.saturating_mul(size(*i)));
    let mut cells: Vec<u64> = ties.iter().enumerate().map(|(issue, ties)| cells_of(issue, ties)).collect();
    let mut open: Vec<usize> = (0..ties.len()).filter(|i| size(*i) > 1).collect();
    let mut order = Order { issues: Vec::new(), ties: Vec::new(), width: 0, cells: 0 };
    while let Some(least) = open.iter().map(|i| cells[*i]).min() {
        order.cells = order.cells.saturating_add(least);
        if order.cells > most {
            return None;
        }
        let missing = |issue: &usize| {
            let around = &ties[*issue];
            around.iter().map(|a| around.iter().filter(|b| *b > a && ties[*a].binary_search(b).is_err()).count()).sum()
        };
        let fill = |issue: &usize| -> usize { missing(issue) };
        let chosen = open.iter().copied().filter(|i| cells[*i] == least).min_by_key(|i| (fill(i), *i))?;
        open.retain(|i| *i != chosen);
        let around = std::mem::take(&mut ties[chosen]);
        for a in &around {
            let joined = &mut ties[*a];
            joined.extend(around.iter().filter(|b| *b != a));
            joined.sort_unstable();
            joined.dedup();
            joined.retain(|b| *b != chosen);
            cells[*a] = cells_of(*a, &ties[*a]);
        }
        order.width = order.width.max(around.len());
        order.issues.push(chosen);
        order.ties.push(around);
    }
    Some(order)
}
