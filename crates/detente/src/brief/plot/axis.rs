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

/// A share in whole percents, the sign after a thin no-break space, as the words of a brief have it: a
/// sampled share is never "0 %" or "100 %" but "<1 %" or ">99 %", because no number of draws proves never or always.
pub(super) fn percent(share: f64, sampled: bool) -> String {
    let sign = "\u{202f}%";
    match (share * 100.0).round() {
        hundred if hundred <= 0.0 && (sampled || share > 0.0) => format!("<1{sign}"),
        hundred if hundred >= 100.0 && (sampled || share < 1.0) => format!(">99{sign}"),
        hundred => format!("{hundred:.0}{sign}"),
    }
}

/// The ends of an interval in whole percents, where they differ: "10–14".
pub(super) fn interval(low: f64, high: f64) -> Option<String> {
    let (low, high) = ((low * 100.0).round(), (high * 100.0).round());
    (low < high).then(|| format!("{low:.0}–{high:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_as_in_the_words_of_a_brief() {
        let words = |sampled| {
            [0.0, 0.004, 0.123, 0.5, 0.996, 1.0].map(|share| percent(share, sampled).replace('\u{202f}', " "))
        };
        assert_eq!(words(true), ["<1 %", "<1 %", "12 %", "50 %", ">99 %", ">99 %"]);
        assert_eq!(words(false), ["0 %", "<1 %", "12 %", "50 %", ">99 %", "100 %"]);
        assert_eq!(interval(0.101, 0.139), Some("10–14".to_owned()));
        assert_eq!(interval(0.998, 1.0), None);
    }

    #[test]
    fn positions_stay_on_the_axis() {
        let scale = Scale { from: 10.0, to: 110.0 };
        assert_eq!([-1.0, 0.25, 2.0, f64::NAN].map(|x| scale.at(x)), [10.0, 35.0, 110.0, 10.0]);
    }
}
