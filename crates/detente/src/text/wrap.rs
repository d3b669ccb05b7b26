//! Breaking lines between words.

use unicode_width::UnicodeWidthStr;

/// Breaks a text into lines of at most `width` columns, between words; a longer word keeps a line
/// of its own. Line breaks in the text stay.
///
/// ```
/// assert_eq!(detente::text::wrap("one two three", 8), "one two\nthree");
/// ```
#[must_use]
pub fn wrap(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join("\n")
}
