//! What is counted and added up over all outcomes.

use super::block::{Block, LEAST, reaching};
use super::plan::{GROUP, Plan, cell};
use super::scale::{Scale, UNBEATEN};
use super::walk::exact;
use crate::analysis::Point;
use crate::game::Scenario;
use pulp::Arch;

/// Counts and sums over outcomes that keep the rules.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Outcomes that keep the rules.
    pub(super) permitted: u64,
    /// Of them, those that give nobody less than its reservation value.
    pub(super) rational: u64,
    /// The least utility of each party.
    pub(super) worst: Vec<Option<i128>>,
    /// Sums of coarse utilities.
    pub(super) sums: Vec<i128>,
    /// Sums of their products, row by row.
    pub(super) products: Vec<i128>,
    /// Sums over the entries of the block of this version.
    version: Option<u64>,
    block_sums: Vec<i128>,
    block_products: Vec<i128>,
    block_least: Vec<i32>,
    /// The version and the sum of the outer issues at which the least was last looked for.
    searched: Vec<Option<(u64, i128)>>,
    doubts: Vec<u32>,
    sure: Vec<i32>,
    perhaps: Vec<i32>,
}

impl Tally {
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        let n = plan.scales.len();
        Tally {
            worst: vec![None; n],
            sums: vec![0; n],
            products: vec![0; n * n],
            searched: vec![None; n],
            ..Tally::default()
        }
    }

    /// Adds what another part of the space gave.
    pub(super) fn merge(&mut self, other: &Tally) {
        self.permitted += other.permitted;
        self.rational += other.rational;
        for (worst, other) in self.worst.iter_mut().zip(&other.worst) {
            *worst = [*worst, *other].into_iter().flatten().min();
        }
        self.sums.iter_mut().zip(&other.sums).for_each(|(a, b)| *a += b);
        self.products.iter_mut().zip(&other.products).for_each(|(a, b)| *a += b);
    }

    /// Adds a block. `offset` and `sums` are what the outer issues count, coarse and in grains.
    pub(super) fn add(
        &mut self,
        plan: &Plan<'_>,
        arch: Arch,
        block: &Block,
        offset: &[i32],
        sums: &[i128],
        digits: &mut [u16],
    ) {
        if self.version != Some(block.version) {
            self.sum_up(plan, block);
        }
        let n = plan.scales.len();
        let count = i128::from(block.permitted);
        self.permitted += block.permitted;
        for p in 0..n {
            let here = i128::from(offset[p]);
            self.sums[p] += here * count + self.block_sums[p];
            for (q, there) in offset.iter().enumerate().take(n) {
                let there = i128::from(*there);
                self.products[p * n + q] += here * there * count
                    + here * self.block_sums[q]
                    + there * self.block_sums[p]
                    + self.block_products[p * n + q];
            }
        }
        self.count_rational(plan, arch, block, offset, digits);
        for party in 0..n {
            self.find_worst(plan, block, party, offset[party], sums[party], digits);
        }
    }

    fn sum_up(&mut self, plan: &Plan<'_>, block: &Block) {
        let n = plan.scales.len();
        self.version = Some(block.version);
        self.block_sums = vec![0; n];
        self.block_products = vec![0; n * n];
        self.block_least = vec![i32::MAX; n];
        for group in block.columns.chunks_exact(plan.width * GROUP) {
            let column = |p: usize| &group[p * GROUP..(p + 1) * GROUP];
            for p in 0..n {
                let alive = || column(p).iter().filter(|x| **x >= LEAST);
                self.block_sums[p] += i128::from(alive().map(|x| i64::from(*x)).sum::<i64>());
                self.block_least[p] = alive().copied().fold(self.block_least[p], i32::min);
                for q in 0..=p {
                    let pairs = column(p).iter().zip(column(q)).filter(|(x, _)| **x >= LEAST);
                    // 64 products of 28 bits each.
                    let sum: i64 = pairs.map(|(x, y)| i64::from(*x) * i64::from(*y)).sum();
                    self.block_products[p * n + q] += i128::from(sum);
                    if p != q {
                        self.block_products[q * n + p] += i128::from(sum);
                    }
                }
            }
        }
    }

    fn count_rational(&mut self, plan: &Plan<'_>, arch: Arch, block: &Block, offset: &[i32], digits: &mut [u16]) {
        // Parties without a reservation value accept whatever the rules permit.
        self.sure.clear();
        self.sure.resize(plan.width, LEAST);
        self.perhaps.clear();
        self.perhaps.resize(plan.width, LEAST);
        for (party, (profile, scale)) in plan.scenario.parties.iter().zip(plan.scales).enumerate() {
            let Some(reservation) = profile.reservation else { continue };
            let least = scale.threshold(reservation).clamp(-UNBEATEN / 4, UNBEATEN) - offset[party];
            self.perhaps[party] = least;
            self.sure[party] = least.saturating_add(plan.rounding[party]);
        }
        self.rational += reaching(arch, block, &self.sure, &self.perhaps, &mut self.doubts);
        for group in &self.doubts {
            for place in (0..GROUP).map(|p| *group as usize * GROUP + p) {
                let reach = |limits: &[i32]| {
                    limits.iter().enumerate().all(|(p, l)| block.columns[cell(place, p, plan.width)] >= *l)
                };
                if reach(&self.perhaps) && !reach(&self.sure) {
                    let point = exact(plan, digits, place).point;
                    self.rational += u64::from(rational(plan, &point));
                }
            }
        }
    }

    fn find_worst(&mut self, plan: &Plan<'_>, block: &Block, party: usize, offset: i32, sum: i128, digits: &mut [u16]) {
        let scale = &plan.scales[party];
        let rounding = plan.rounding[party];
        if block.permitted == 0 {
            return;
        }
        let least = self.block_least[party].saturating_add(offset).saturating_sub(rounding);
        if self.worst[party].is_some_and(|worst| scale.threshold(worst) <= least) {
            return;
        }
        // With the same block, the least found with a smaller sum stands.
        if self.searched[party].is_some_and(|(version, at)| version == block.version && at <= sum) {
            return;
        }
        self.searched[party] = Some((block.version, sum));
        let near = self.block_least[party].saturating_add(rounding);
        for place in 0..block.columns.len() / plan.width {
            let number = block.columns[cell(place, party, plan.width)];
            if number >= LEAST && number <= near {
                let utility = exact(plan, digits, place).point.utilities[party];
                self.worst[party] = Some(self.worst[party].map_or(utility, |worst| worst.min(utility)));
                if rounding == 0 {
                    return;
                }
            }
        }
    }
}

/// Whether nobody has less than its reservation value.
fn rational(plan: &Plan<'_>, point: &Point) -> bool {
    let mut parties = plan.scenario.parties.iter().zip(&point.utilities);
    parties.all(|(party, utility)| party.reservation.is_none_or(|r| *utility >= r))
}

impl Tally {
    /// The means as real numbers and the correlations, from the coarse sums: exact up to 27 bits.
    #[expect(clippy::cast_precision_loss, reason = "for showing, not for comparing")]
    pub(super) fn moments(&self, scenario: &Scenario, scales: &[Scale]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let n = scales.len();
        let count = i128::from(self.permitted);
        if count == 0 {
            return (vec![0.0; n], vec![vec![0.0; n]; n]);
        }
        let mean = scenario
            .parties
            .iter()
            .zip(scales)
            .zip(&self.sums)
            .map(|((party, scale), sum)| scale.real(&party.utility, *sum as f64 / count as f64));
        // Sums reach 2^91 and products of two counts and products 2^182: differences are taken around whole means.
        let centre: Vec<i128> = self.sums.iter().map(|s| s.div_euclid(count)).collect();
        let covariance = |p: usize, q: usize| {
            let (a, b) = (centre[p], centre[q]);
            let around = self.products[p * n + q] - a * self.sums[q] - b * self.sums[p] + a * b * count;
            let rest = |p: usize| (self.sums[p] - centre[p] * count) as f64 / count as f64;
            around as f64 / count as f64 - rest(p) * rest(q)
        };
        let correlation = |p: usize, q: usize| {
            let scale = (covariance(p, p) * covariance(q, q)).sqrt();
            if scale > 0.0 { (covariance(p, q) / scale).clamp(-1.0, 1.0) } else { 0.0 }
        };
        (mean.collect(), (0..n).map(|p| (0..n).map(|q| correlation(p, q)).collect()).collect())
    }
}
