//! States that meet no infeasible pattern, in increasing order of their number.

/// A pattern: options with whether they are taken, sorted, each once. A state that has all of them is infeasible.
pub(crate) type Pattern = Vec<(usize, bool)>;

/// How a listing of states ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All were listed.
    All,
    /// As many as were asked for.
    Enough,
    /// The budget was used up.
    Budget,
}

/// Lists up to `most` states that meet no pattern, over the options in `order`, the first counting most: in
/// increasing order when `order` goes from the last option to the first. Options that are not in `order` are left
/// alone by no pattern, or their value is not of interest. The budget counts looks at an option of a pattern.
pub(crate) fn states(
    options: usize,
    patterns: &[Pattern],
    order: &[usize],
    most: usize,
    budget: u64,
) -> (Vec<Vec<bool>>, Ended) {
    let mut search = Search::new(options, patterns, budget);
    let mut found = Vec::new();
    let mut open = search.begin();
    while open {
        if search.spent() {
            return (found, Ended::Budget);
        }
        if let Some(next) = search.next(order) {
            open = search.decide(next) || search.turn();
            continue;
        }
        if found.len() >= most {
            return (found, Ended::Enough);
        }
        found.push(search.value.iter().map(|v| *v == Some(true)).collect());
        // Writing a state down is work, too.
        search.left = search.left.saturating_sub(options as u64);
        open = search.turn();
    }
    (found, if search.spent() { Ended::Budget } else { Ended::All })
}

/// Whether any state meets no pattern; `None` where the budget ended before that was known.
pub(crate) fn any(options: usize, patterns: &[Pattern], budget: u64) -> Option<bool> {
    let mut often = vec![0usize; options];
    for (option, _) in patterns.iter().flatten() {
        if let Some(n) = often.get_mut(*option) {
            *n += 1;
        }
    }
    let mut order: Vec<usize> = (0..options).filter(|o| often.get(*o).is_some_and(|n| *n > 0)).collect();
    order.sort_by_key(|o| (std::cmp::Reverse(often.get(*o).copied()), *o));
    // One state is enough; a second is asked for so that the first is listed.
    match states(options, patterns, &order, 1, budget) {
        (found, _) if !found.is_empty() => Some(true),
        (_, Ended::Budget) => None,
        _ => Some(false),
    }
}

/// A choice that was made: the option, how much was known before it, and whether the other value is still to come.
struct Choice {
    option: usize,
    known: usize,
    fresh: bool,
    place: usize,
}

/// A search through the values of options, each choice followed by what it forces (Davis, Logemann and Loveland 1962).
struct Search<'a> {
    patterns: &'a [Pattern],
    /// For each option and value, the patterns that have it.
    within: Vec<[Vec<u32>; 2]>,
    value: Vec<Option<bool>>,
    trail: Vec<usize>,
    choices: Vec<Choice>,
    /// Where in the order the next choice is looked for.
    place: usize,
    left: u64,
}

impl<'a> Search<'a> {
    fn new(options: usize, patterns: &'a [Pattern], budget: u64) -> Self {
        let mut within: Vec<[Vec<u32>; 2]> = vec![[Vec::new(), Vec::new()]; options];
        for (at, pattern) in (0u32..).zip(patterns) {
            for (option, taken) in pattern {
                if let Some([not, yes]) = within.get_mut(*option) {
                    if *taken { yes.push(at) } else { not.push(at) }
                }
            }
        }
        let value = vec![None; options];
        Search { patterns, within, value, trail: Vec::new(), choices: Vec::new(), place: 0, left: budget }
    }

    fn spent(&self) -> bool {
        self.left == 0
    }

    /// What patterns of one option force from the start; false when nothing is left.
    fn begin(&mut self) -> bool {
        let patterns = self.patterns;
        for pattern in patterns {
            match pattern.as_slice() {
                [] => return false,
                [(option, taken)] => match self.of(*option) {
                    Some(value) if value == *taken => return false,
                    Some(_) => {}
                    None => self.set(*option, !*taken),
                },
                _ => {}
            }
        }
        self.follow(0)
    }

    fn of(&self, option: usize) -> Option<bool> {
        self.value.get(option).copied().flatten()
    }

    fn set(&mut self, option: usize, value: bool) {
        if let Some(slot) = self.value.get_mut(option) {
            *slot = Some(value);
            self.trail.push(option);
        }
    }

    /// The next option without a value.
    fn next(&mut self, order: &[usize]) -> Option<usize> {
        while let Some(option) = order.get(self.place) {
            if self.of(*option).is_none() {
                return Some(*option);
            }
            self.place += 1;
        }
        None
    }

    /// Leaves an option out, with what follows; false when that cannot be.
    fn decide(&mut self, option: usize) -> bool {
        let known = self.trail.len();
        self.choices.push(Choice { option, known, fresh: true, place: self.place });
        self.set(option, false);
        self.follow(known)
    }

    /// Goes back to the last choice whose other value is still to come, and takes that; false when there is none.
    fn turn(&mut self) -> bool {
        while let Some(mut last) = self.choices.pop() {
            for option in self.trail.drain(last.known..) {
                if let Some(slot) = self.value.get_mut(option) {
                    *slot = None;
                }
            }
            if !last.fresh {
                continue;
            }
            last.fresh = false;
            let (option, known) = (last.option, last.known);
            self.place = last.place;
            self.choices.push(last);
            self.set(option, true);
            if self.follow(known) {
                return true;
            }
            if self.spent() {
                return false;
            }
        }
        false
    }

    /// What the values from `at` on force; false when a pattern is met or the budget is spent.
    fn follow(&mut self, mut at: usize) -> bool {
        while let Some(option) = self.trail.get(at).copied() {
            at += 1;
            let side = usize::from(self.of(option) == Some(true));
            let count = self.within.get(option).and_then(|w| w.get(side)).map_or(0, Vec::len);
            for n in 0..count {
                let pattern = self.within.get(option).and_then(|w| w.get(side)).and_then(|w| w.get(n)).copied();
                let Some(pattern) = pattern.and_then(|p| self.patterns.get(p as usize)) else { continue };
                self.left = self.left.saturating_sub(pattern.len() as u64);
                if self.spent() {
                    return false;
                }
                let mut open = None;
                let mut harmless = false;
                for (other, taken) in pattern {
                    match self.of(*other) {
                        Some(value) if value == *taken => {}
                        Some(_) => harmless = true,
                        None if open.is_some() => harmless = true,
                        None => open = Some((*other, *taken)),
                    }
                    if harmless {
                        break;
                    }
                }
                match open {
                    _ if harmless => {}
                    Some((other, taken)) => self.set(other, !taken),
                    None => return false,
                }
            }
        }
        true
    }
}
