//! A small SVG writer: shapes by class, text as text, two decimals.

use super::measure;
use std::fmt::Write as _;

/// Height of a line of text as a multiple of its size.
pub(super) const LEADING: f64 = 1.25;

/// Where text stands relative to its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// It starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A style of text: class names and size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    /// Classes of the style sheet.
    pub(super) class: &'static str,
    /// Font size.
    pub(super) size: f64,
    /// How much wider than plain words.
    pub(super) stretch: f64,
}

/// Labels.
pub(super) const LABEL: Type = Type { class: "t", size: 12.0, stretch: 1.0 };
/// Names of issues, lanes, axes.
pub(super) const NAME: Type = Type { class: "t b", size: 12.0, stretch: measure::BOLD };
/// Small words beside marks.
pub(super) const SMALL: Type = Type { class: "t s", size: 11.0, stretch: 1.0 };
/// Small words of less weight.
pub(super) const FAINT: Type = Type { class: "t s m", size: 11.0, stretch: 1.0 };
/// Small words of more weight.
pub(super) const KEY: Type = Type { class: "t s b", size: 11.0, stretch: measure::BOLD };

/// Labels over lines and areas: they have a rim of the paper's colour.
pub(super) const LABEL_OVER: Type = Type { class: "t o", size: 12.0, stretch: 1.0 };
/// Small words of more weight over lines and areas.
pub(super) const KEY_OVER: Type = Type { class: "t s b o", size: 11.0, stretch: measure::BOLD };

impl Type {
    /// Width of a text in this style.
    pub(super) fn width(self, text: &str) -> f64 {
        measure::width(text, self.size) * self.stretch
    }

    /// A text in lines no wider than `room`.
    pub(super) fn wrap(self, text: &str, room: f64, limit: usize) -> Vec<String> {
        measure::wrap(text, self.size, room / self.stretch, limit)
    }

    /// Width of the widest line.
    pub(super) fn widest(self, lines: &[String]) -> f64 {
        measure::widest(lines, self.size) * self.stretch
    }

    /// Height of so many lines.
    pub(super) fn height(self, lines: usize) -> f64 {
        self.size * LEADING * lines as f64
    }
}

/// A drawing in the making.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    body: String,
}

impl Canvas {
    /// A rectangle.
    pub(super) fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4], round: f64) {
        let (x, y, width, height) = (num(x), num(y), num(width.max(0.0)), num(height.max(0.0)));
        let round = if round > 0.0 { format!(" rx=\"{}\"", num(round)) } else { String::new() };
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}/>"
        ));
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (x1, y1, x2, y2) = (num(from.0), num(from.1), num(to.0), num(to.1));
        self.put(format_args!("<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"));
    }

    /// A circle.
    pub(super) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let (x, y, radius) = (num(x), num(y), num(radius));
        self.put(format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
    }

    /// A path; `data` is built with [`num`].
    pub(super) fn path(&mut self, class: &str, data: &str) {
        self.put(format_args!("<path class=\"{class}\" d=\"{data}\"/>"));
    }

    /// A closed polygon.
    pub(super) fn polygon(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points.iter().map(|&(x, y)| format!("{},{}", num(x), num(y))).collect();
        let points = points.join(" ");
        self.put(format_args!("<polygon class=\"{class}\" points=\"{points}\"/>"));
    }

    /// One line of text with its baseline at `y`.
    pub(super) fn text(&mut self, style: Type, at: At, (x, y): (f64, f64), words: &str) {
        self.text_full(style, at, (x, y), words, None);
    }

    /// Lines of text, the first one's top at `y`. Where words were left out, all of them show on hover.
    pub(super) fn lines(&mut self, style: Type, at: At, (x, y): (f64, f64), lines: &[String], all: &str) {
        let cut = lines.last().is_some_and(|line| line.ends_with('…')) && !all.trim_end().ends_with('…');
        for (index, line) in lines.iter().enumerate() {
            // 0.95 of the size below the top of a line lies the baseline, near enough for any sans-serif.
            let baseline = y + style.size * (LEADING * index as f64 + 0.97);
            self.text_full(style, at, (x, baseline), line, cut.then_some(all));
        }
    }

    /// One line of text that reads upwards, its middle at the point.
    pub(super) fn turned(&mut self, style: Type, (x, y): (f64, f64), words: &str) {
        let (class, x, y, words) = (style.class, num(x), num(y), escaped(words));
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" transform=\"rotate(-90 {x} {y})\">{words}</text>"
        ));
    }

    fn text_full(&mut self, style: Type, at: At, (x, y): (f64, f64), words: &str, all: Option<&str>) {
        let anchor = match at {
            At::Start => "",
            At::Middle => " text-anchor=\"middle\"",
            At::End => " text-anchor=\"end\"",
        };
        let title = all.map_or(String::new(), |all| format!("<title>{}</title>", escaped(all)));
        let (class, x, y, words) = (style.class, num(x), num(y), escaped(words));
        self.put(format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{title}{words}</text>"));
    }

    /// Diagonal lines inside a rectangle, each clipped to it.
    pub(super) fn hatch(&mut self, class: &str, [x, y, width, height]: [f64; 4], rising: bool) {
        const STEP: f64 = 5.0;
        let mut data = String::new();
        let mut offset = STEP / 2.0;
        while offset < width + height {
            // The line u + v = offset inside the rectangle, u to the right and v down.
            let (from, to) = (offset.min(width), (offset - height).max(0.0));
            let ends = [(from, offset - from), (to, offset - to)];
            let [a, b] = ends.map(|(u, v)| if rising { (x + u, y + v) } else { (x + width - u, y + v) });
            let _ = write!(data, "M{} {}L{} {}", num(a.0), num(a.1), num(b.0), num(b.1));
            offset += STEP;
        }
        self.path(class, &data);
    }

    /// The finished elements.
    pub(super) fn into_body(self) -> String {
        self.body
    }

    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.body, "{element}");
    }
}

/// A number with at most two decimals; what is not finite becomes 0.
pub(super) fn num(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text as it stands in XML: special characters escaped, control and direction characters out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in super::super::render::clean(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_odd() {
        assert_eq!(num(1.0), "1");
        assert_eq!(num(1.005), "1");
        assert_eq!(num(-0.001), "0");
        assert_eq!(num(12.346), "12.35");
        assert_eq!(num(f64::NAN), "0");
        assert_eq!(num(100.0), "100");
    }

    #[test]
    fn hostile_words_stay_words() {
        assert_eq!(escaped("<a & \"b\">\u{1b}[31m"), "&lt;a &amp; &quot;b&quot;&gt; [31m");
    }

    #[test]
    fn hatching_stays_inside() {
        let mut canvas = Canvas::default();
        canvas.hatch("h", [10.0, 20.0, 30.0, 8.0], true);
        canvas.hatch("h", [10.0, 20.0, 30.0, 8.0], false);
        let body = canvas.into_body();
        let numbers: Vec<f64> = body
            .lines()
            .filter_map(|line| line.split(" d=\"").nth(1))
            .flat_map(|data| data.split(['M', 'L', ' ', '"', '/', '>']))
            .filter_map(|word| word.parse().ok())
            .collect();
        assert!(numbers.len() > 20);
        for pair in numbers.chunks(2) {
            assert!((10.0..=40.0).contains(&pair[0]) && (20.0..=28.0).contains(&pair[1]), "{pair:?}");
        }
    }
}
