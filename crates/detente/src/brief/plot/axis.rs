//! Axes and the words for shares on them.

use super::canvas::{At, Canvas, FAINT, NAME};

/// Room an axis with its title takes below the plot.
pub(super) const BELOW: f64 = 54.0;

/// Positions of shares along a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Where 0 is.
    pub(super) from: f64,
    /// Where 1 is.
    pub(super) to: f64,
}

impl Scale {
    /// Where `share` is; outside 0 to 1 it stays at the end.
    pub(super) fn at(self, share: f64) -> f64 {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.from + share * (self.to - self.from)
    }
}

/// Grid, ticks and title for a horizontal axis of shares at `bottom`.
pub(super) fn shares_below(canvas: &mut Canvas, scale: Scale, top: f64, bottom: f64, title: &str) {
    for (share, words) in [(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")] {
        let x = scale.at(share);
        canvas.line("grid", (x, top), (x, bottom));
        canvas.text(FAINT, At::Middle, (x, bottom + 14.0), words);
    }
    let room = (scale.to - scale.from).max(80.0);
    for (index, line) in NAME.wrap(title, room, 2).iter().enumerate() {
        let y = bottom + 32.0 + NAME.height(index);
        canvas.text(NAME, At::Middle, (f64::midpoint(scale.from, scale.to), y), line);
    }
}

/// A share in per cent, the sign after a thin no-break space: "12 %", "0.4 %", "<0.1 %".
pub(super) fn percent(share: f64) -> String {
    format!("{}\u{202f}%", bare_percent(share))
}

/// A share in per cent without the sign. One decimal below 1 % and above 99 %, where whole numbers would say 0 or 100.
pub(super) fn bare_percent(share: f64) -> String {
    let hundred = (share * 1000.0).round() / 10.0;
    if share > 0.0 && hundred < 0.1 {
        "<0.1".to_owned()
    } else if share < 1.0 && hundred > 99.9 {
        ">99.9".to_owned()
    } else if (share > 0.0 && hundred < 1.0) || (share < 1.0 && hundred > 99.0) {
        format!("{hundred:.1}")
    } else {
        format!("{hundred:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_are_not_called_nothing() {
        let words = [0.0, 0.0001, 0.004, 0.123, 0.5, 0.996, 0.99999, 1.0].map(bare_percent);
        assert_eq!(words, ["0", "<0.1", "0.4", "12", "50", "99.6", ">99.9", "100"]);
    }

    #[test]
    fn positions_stay_on_the_axis() {
        let scale = Scale { from: 10.0, to: 110.0 };
        assert_eq!([-1.0, 0.25, 2.0, f64::NAN].map(|x| scale.at(x)), [10.0, 35.0, 110.0, 10.0]);
    }
}
