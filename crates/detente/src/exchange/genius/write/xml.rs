//! Characters in attributes and names of files.

use std::collections::BTreeSet;

/// A text as an attribute value between double quotation marks. Characters that XML cannot hold are replaced.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            other => out.push(held(other)),
        }
    }
    out
}

/// The character, or the one that stands for it where XML cannot hold it.
pub(super) fn held(letter: char) -> char {
    match letter {
        '\t' | '\n' | '\r' => letter,
        other if other.is_control() || matches!(other, '\u{FFFE}' | '\u{FFFF}') => '\u{FFFD}',
        other => other,
    }
}

/// A name for a file that no other has, whatever letters the file system knows.
pub(super) fn file_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let kept: String = name.trim().chars().take(80).map(|c| if plain(c) { c } else { '_' }).collect();
    let kept = kept.trim_start_matches('.');
    let base = if kept.is_empty() { "profile" } else { kept };
    let mut file = format!("{base}.xml");
    let mut count = 1u64;
    // Names that differ in case only are one file on some systems.
    while !taken.insert(file.to_lowercase()) {
        count += 1;
        file = format!("{base}-{count}.xml");
    }
    file
}

fn plain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.' | '+' | '(' | ')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_files_share_a_name_and_none_leaves_the_folder() {
        let mut taken = BTreeSet::new();
        let names: Vec<String> = ["../a", "A", "a", "", "x/y"].iter().map(|n| file_name(n, &mut taken)).collect();
        assert_eq!(names, ["_a.xml", "A.xml", "a-2.xml", "profile.xml", "x_y.xml"]);
        assert_eq!(attribute("a<\"&'\n\u{1}"), "a&lt;&quot;&amp;'&#10;\u{FFFD}");
    }
}
