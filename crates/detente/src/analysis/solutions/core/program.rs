//! Multipliers from the linear relaxation: every issue may be settled by a mixture of its values.

use super::{Goal, Problem};

/// Beyond this many numbers in the table the relaxation is not solved, and multipliers start equal.
const MOST_NUMBERS: usize = 4_000_000;
/// Less than this counts as nothing. Errors only cost precision of the multipliers, never safety.
const NOTHING: f64 = 1e-10;

/// What the linear relaxation says.
pub(super) struct Relaxed {
    /// A multiplier per party; for a sum, on top of the party's factor.
    pub(super) multipliers: Vec<f64>,
    /// For every issue the value with the largest share in the mixture.
    pub(super) rounded: Vec<usize>,
}

/// A table of basic variables in terms of the others: the first column is the constant.
struct Table {
    width: usize,
    rows: Vec<Vec<f64>>,
    goal: Vec<f64>,
    basic: Vec<Variable>,
    free: Vec<Variable>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Variable {
    Level,
    Spare(usize),
    Share(usize, usize),
}

/// Solves the relaxation from a start by the simplex method (Dantzig 1951). For a sum the start loses for nobody.
pub(super) fn relax(problem: &Problem, goal: &Goal, start: &[usize]) -> Option<Relaxed> {
    let mut table = Table::new(problem, goal, start)?;
    let most = 20 * (table.rows.len() + 20);
    let mut stalled = 0;
    for _ in 0..most {
        // After a while without progress, the first column that improves is taken, so that it does not cycle.
        let Some(enter) = table.entering(stalled > 50) else { break };
        let Some((leave, step)) = table.leaving(enter) else { break };
        stalled = if step < NOTHING { stalled + 1 } else { 0 };
        if stalled > 500 {
            break;
        }
        table.pivot(leave, enter);
    }
    let mut multipliers = vec![0.0; problem.parties];
    for (variable, cost) in table.free.iter().zip(table.goal.iter().skip(1)) {
        if let (Variable::Spare(party), Some(m)) = (variable, variable.party().and_then(|p| multipliers.get_mut(p))) {
            debug_assert!(*party < problem.parties);
            *m = (-cost).max(0.0);
        }
    }
    let mut rounded = start.to_vec();
    let mut largest = vec![0.0; start.len()];
    for (variable, row) in table.basic.iter().zip(&table.rows) {
        let Variable::Share(issue, value) = variable else { continue };
        let share = row.first().copied().unwrap_or(0.0);
        if let (Some(best), Some(at)) = (largest.get_mut(*issue), rounded.get_mut(*issue))
            && share > *best + NOTHING
        {
            (*best, *at) = (share, *value);
        }
    }
    multipliers.iter().all(|m| m.is_finite()).then_some(Relaxed { multipliers, rounded })
}

impl Variable {
    fn party(self) -> Option<usize> {
        match self {
            Variable::Spare(party) => Some(party),
            _ => None,
        }
    }
}

impl Table {
    fn new(problem: &Problem, goal: &Goal, start: &[usize]) -> Option<Table> {
        let n = problem.parties;
        let level = matches!(goal, Goal::Smallest { .. });
        let shares: usize = problem.issues.iter().map(|i| i.digits.len() - 1).sum();
        let width = 1 + usize::from(level) + shares;
        let open = problem.issues.iter().filter(|i| i.digits.len() > 1).count();
        if width.saturating_mul(n + open) > MOST_NUMBERS {
            return None;
        }
        let mut rows = vec![vec![0.0; width]; n];
        let mut basic: Vec<Variable> = (0..n).map(Variable::Spare).collect();
        let mut free = Vec::with_capacity(width);
        let here = problem.rough(start);
        rows.iter_mut().zip(&here).for_each(|(row, g)| row[0] = *g);
        if let Goal::Smallest { weights, .. } = goal {
            free.push(Variable::Level);
            let weights = weights.iter().zip(&problem.scale).map(|(w, s)| *w as f64 / s);
            rows.iter_mut().zip(weights).for_each(|(row, w)| row[1] = -w);
        }
        for (at, issue) in problem.issues.iter().enumerate().filter(|(_, i)| i.digits.len() > 1) {
            let chosen = start.get(at).copied()?;
            let mut whole = vec![0.0; width];
            whole[0] = 1.0;
            let now = issue.worth.get(chosen * n..(chosen + 1) * n)?;
            for (value, worth) in issue.worth.chunks_exact(n).enumerate().filter(|(v, _)| *v != chosen) {
                free.push(Variable::Share(at, value));
                let column = free.len();
                whole[column] = -1.0;
                rows.iter_mut().zip(worth.iter().zip(now)).for_each(|(row, (w, c))| row[column] = w - c);
            }
            rows.push(whole);
            basic.push(Variable::Share(at, chosen));
        }
        let mut goal_row = vec![0.0; width];
        match goal {
            Goal::Sum { factors, .. } => {
                for (row, factor) in rows.iter().zip(factors) {
                    goal_row.iter_mut().zip(row).for_each(|(g, r)| *g += factor * r);
                }
            }
            _ => goal_row[1] = 1.0,
        }
        let mut table = Table { width, rows, goal: goal_row, basic, free };
        if level {
            // The level rises to the smallest gain; it may be negative, so this pivot is by value alone.
            let limit = |row: &Vec<f64>| if row[1] < -1e-300 { row[0] / -row[1] } else { f64::INFINITY };
            let least = (0..n).min_by(|a, b| limit(&table.rows[*a]).total_cmp(&limit(&table.rows[*b])))?;
            if !limit(&table.rows[least]).is_finite() {
                return None;
            }
            table.pivot(least, 1);
        }
        Some(table)
    }

    fn entering(&self, first: bool) -> Option<usize> {
        let mut improving = self.goal.iter().enumerate().skip(1).filter(|(_, g)| **g > NOTHING);
        if first {
            return improving.next().map(|(column, _)| column);
        }
        improving.max_by(|a, b| a.1.total_cmp(b.1)).map(|(column, _)| column)
    }

    fn leaving(&self, enter: usize) -> Option<(usize, f64)> {
        let falling = self.rows.iter().enumerate().filter(|(at, row)| {
            // The level is free to take any value and never leaves.
            row[enter] < -NOTHING && self.basic.get(*at) != Some(&Variable::Level)
        });
        falling.map(|(at, row)| (at, row[0].max(0.0) / -row[enter])).min_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn pivot(&mut self, leave: usize, enter: usize) {
        let mut row = std::mem::take(&mut self.rows[leave]);
        let by = -1.0 / row[enter];
        row[enter] = -1.0;
        row.iter_mut().for_each(|x| *x *= by);
        for other in self.rows.iter_mut().chain(std::iter::once(&mut self.goal)) {
            if other.len() != self.width || other[enter] == 0.0 {
                continue;
            }
            let times = std::mem::take(&mut other[enter]);
            other.iter_mut().zip(&row).for_each(|(x, r)| *x += times * r);
        }
        self.rows[leave] = row;
        std::mem::swap(&mut self.basic[leave], &mut self.free[enter - 1]);
    }
}
