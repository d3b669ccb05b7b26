//! The drawn games by value instead of by game, to weigh many packages in all of them at once.

use super::inquiry::Inquiry;

/// What each value adds to each consenting party's gain, one number per game.
#[derive(Debug)]
pub(super) struct Columns {
    /// Per consenting party, its gain at the status quo.
    base: Vec<Vec<i64>>,
    /// Per consenting party and place in the layout, what moving there from the status quo adds.
    delta: Vec<Vec<Vec<i64>>>,
    /// Per rule, 1 in games where it does not bind, else 0.
    free: Vec<Vec<i64>>,
    games: usize,
}

/// The gains of a package, per consenting party and game.
pub(super) type Gains = Vec<Vec<i64>>;

impl Columns {
    pub(super) fn of(inquiry: &Inquiry) -> Self {
        let (layout, draws) = (&inquiry.atlas.layout, &inquiry.draws);
        let parties = draws.first().map_or(0, |d| d.stakes.parties());
        let status_quo = layout.status_quo();
        let worth = |party: usize, place: usize| {
            draws.iter().map(move |d| d.stakes.worth.get(party).and_then(|w| w.get(place)).copied().unwrap_or(0))
        };
        let base = |party: usize| {
            let gain = |d: &super::zones::Drawn| d.stakes.gains(layout, status_quo).get(party).copied().unwrap_or(0);
            draws.iter().map(gain).collect()
        };
        let delta = |party: usize| {
            let mut columns = Vec::with_capacity(layout.values());
            for (issue, from) in status_quo.iter().enumerate() {
                let from = layout.place(issue, *from);
                columns.extend((0..layout.size(issue)).map(|digit| -> Vec<i64> {
                    worth(party, layout.place(issue, digit))
                        .zip(worth(party, from))
                        .map(|(to, from)| to - from)
                        .collect()
                }));
            }
            columns
        };
        let free = |rule: usize| {
            draws.iter().map(|d| i64::from(!d.game.binding.get(rule).copied().unwrap_or(false))).collect()
        };
        Columns {
            base: (0..parties).map(base).collect(),
            delta: (0..parties).map(delta).collect(),
            free: (0..inquiry.atlas.rules.len()).map(free).collect(),
            games: draws.len(),
        }
    }

    /// The gains of the status quo.
    pub(super) fn status_quo(&self) -> Gains {
        self.base.clone()
    }

    /// The gains of a package from those of the package without a move to `place`.
    pub(super) fn moved(&self, gains: &Gains, place: usize) -> Gains {
        let add = |(gain, delta): (&Vec<i64>, &Vec<Vec<i64>>)| match delta.get(place) {
            Some(delta) => gain.iter().zip(delta).map(|(g, d)| g + d).collect(),
            None => gain.clone(),
        };
        gains.iter().zip(&self.delta).map(add).collect()
    }

    /// The same with one place left for another.
    pub(super) fn swapped(&self, gains: &Gains, from: usize, to: usize) -> Gains {
        let swap = |(gain, delta): (&Vec<i64>, &Vec<Vec<i64>>)| match (delta.get(from), delta.get(to)) {
            (Some(from), Some(to)) => gain.iter().zip(from).zip(to).map(|((g, from), to)| g - from + to).collect(),
            _ => gain.clone(),
        };
        gains.iter().zip(&self.delta).map(swap).collect()
    }

    /// Games in which a package is an agreement: it breaks only `broken` rules, and its gains are those
    /// given, after a further move to `place` if there is one.
    pub(super) fn hits(&self, gains: &Gains, place: Option<usize>, broken: &[u32], room: &mut Vec<i64>) -> u64 {
        // Everybody's gain in one number: negative if one is negative, positive if none is and one is positive.
        room.clear();
        room.resize(self.games, 0);
        for (gain, delta) in gains.iter().zip(&self.delta) {
            match place.and_then(|p| delta.get(p)) {
                Some(delta) => {
                    for ((room, gain), delta) in room.iter_mut().zip(gain).zip(delta) {
                        *room |= gain + delta;
                    }
                }
                None => room.iter_mut().zip(gain).for_each(|(room, gain)| *room |= gain),
            }
        }
        for rule in broken {
            let Some(free) = self.free.get(*rule as usize) else { continue };
            room.iter_mut().zip(free).for_each(|(room, free)| *room *= free);
        }
        // 1 where the number is positive, without a branch.
        let hits: i64 = room.iter().map(|all| ((all.wrapping_neg() & !all) as u64 >> 63) as i64).sum();
        u64::try_from(hits).unwrap_or(0)
    }
}
