//! One ordered issue between two seats, one of which wants it up and the other down.

use crate::game::{IssueKind, Outcome};
use crate::talks::{Illegal, Setting, Table};

/// Where two demands that meet or cross are settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Half way between the two; between two values as near, chance decides.
    Middle,
    /// At the demand of the seat that wants it up, which is the lower of the two.
    Up,
    /// At the demand of the seat that wants it down.
    Down,
}

/// Whether a setting has two seats and one issue, and the seat that wants it up is one of them.
pub(super) fn fits(name: &str, up: usize, setting: &Setting) -> Result<(), Illegal> {
    if setting.seats != 2 || up > 1 {
        return Err(Illegal(format!("`{name}` is for seats 0 and 1, one of which wants the issue up")));
    }
    if setting.space.issues.len() != 1 {
        return Err(Illegal(format!("`{name}` is for one issue whose values are in order")));
    }
    Ok(())
}

/// Where a value lies: its number where the issue is one of numbers, its position elsewhere.
pub(super) fn place(setting: &Setting, digit: u16) -> f64 {
    let numbered = setting.space.issues.first().filter(|issue| issue.kind != IssueKind::Named);
    let number = numbered.and_then(|issue| issue.values.get(usize::from(digit))?.id.parse::<f64>().ok());
    number.filter(|number| number.is_finite()).unwrap_or_else(|| f64::from(digit))
}

/// The outcome at which demands are settled; `None` where no value between them keeps the rules.
pub(super) fn settled(table: &mut Table, up: &Outcome, down: &Outcome, split: Split) -> Option<Outcome> {
    match split {
        Split::Up => return Some(up.clone()),
        Split::Down => return Some(down.clone()),
        Split::Middle => {}
    }
    let (a, b) = (up.digit(0).min(down.digit(0)), up.digit(0).max(down.digit(0)));
    let setting = &table.setting;
    let middle = f64::midpoint(place(setting, a), place(setting, b));
    let between = (a..=b).map(|digit| Outcome::new([digit])).filter(|o| super::draft::keeps(setting, o));
    let far = between.map(|outcome| ((place(setting, outcome.digit(0)) - middle).abs(), outcome));
    let mut nearest: Vec<(f64, Outcome)> = Vec::new();
    for (distance, outcome) in far {
        match nearest.first().map(|(least, _)| distance.total_cmp(least)) {
            Some(std::cmp::Ordering::Greater) => continue,
            Some(std::cmp::Ordering::Less) => nearest.clear(),
            _ => {}
        }
        nearest.push((distance, outcome));
    }
    let at = if nearest.len() > 1 { table.chance.below(nearest.len() as u64) } else { 0 };
    nearest.into_iter().nth(usize::try_from(at).unwrap_or(0)).map(|(_, outcome)| outcome)
}
