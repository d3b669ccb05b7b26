//! What one file is, told from its content.

use super::content::{Content, Format};
use super::tree::{self, Node};
use super::{Input, LARGEST_FILE, genius, geniusweb, negmas, negolog};
use crate::text::{Code, Diagnostic, Diagnostics, FileId, SourceMap, Span};

/// A case is at most this large, in bytes: it is written by people.
const LARGEST_CASE: usize = 16 << 20;
/// A list in one file has at most this many profiles.
const MOST_LISTED: usize = 1_000;

/// A file that was looked into.
pub(crate) enum Found {
    /// What it says, with the name its profile gets when it has none.
    Content(Format, String, Content),
    /// A utility function of NegMAS, which waits for its domain.
    Function(String, Node),
    /// A case.
    Case,
}

/// The values and table entries of all files of a scenario together are at most this many: a gigabyte in memory.
pub(crate) const MOST_NUMBERS: usize = 4_000_000;

impl Found {
    /// How many values and table entries it has.
    fn numbers(&self) -> usize {
        match self {
            Found::Content(_, _, content) => content.numbers(),
            Found::Function(..) | Found::Case => 0,
        }
    }
}

/// Takes room for what was read; false, with the reason said, when there is none left.
pub(crate) fn makes_room(numbers: usize, room: &mut usize, span: Span, diagnostics: &mut Diagnostics) -> bool {
    let left = room.checked_sub(numbers);
    if left.is_none() {
        let message = format!("the files together have more than {MOST_NUMBERS} values");
        diagnostics.push(tree::too_large(message, span));
    }
    *room = left.unwrap_or(0);
    left.is_some()
}

/// The name of a file without folders and ending.
pub(crate) fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match last.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => last,
    }
}

/// Looks into a file; adds it to the files that diagnostics can point into.
pub(crate) fn look(input: &Input, files: &mut SourceMap, diagnostics: &mut Diagnostics) -> Vec<Found> {
    let stem = stem(&input.name);
    if input.bytes.len() > LARGEST_FILE {
        let file = files.add(&input.name, "");
        let message = format!("`{}` is larger than {} MiB", input.name, LARGEST_FILE >> 20);
        diagnostics.push(Diagnostic::new(Code::ExchangeLimit, message).at(Span::new(file, 0..0), ""));
        return Vec::new();
    }
    if let Some(what) = beside_by_name(&input.name) {
        let file = files.add(&input.name, "");
        skipped(&input.name, what, file, diagnostics);
        return Vec::new();
    }
    let (text, encoding) = genius::decode(&input.bytes);
    let file = files.add(&input.name, text);
    let text = files.text(file);
    let whole = Span::new(file, 0..text.chars().next().map_or(0, char::len_utf8));
    if let Some(encoding) = encoding {
        let message = format!("`{}` is not UTF-8; it was read as {encoding}", input.name);
        diagnostics.push(Diagnostic::new(Code::ExchangeRepaired, message).at(whole, "this file"));
    }
    if genius::looks_like(text) {
        let content = genius::read(stem, file, text, diagnostics);
        return content
            .into_iter()
            .filter_map(|c| keep(Format::Genius, stem, c, &input.name, file, diagnostics))
            .collect();
    }
    let case = |diagnostics: &mut Diagnostics| {
        if input.bytes.len() <= LARGEST_CASE {
            return vec![Found::Case];
        }
        let message = format!("`{}` is a case larger than {} MiB", input.name, LARGEST_CASE >> 20);
        diagnostics.push(Diagnostic::new(Code::ExchangeLimit, message).at(whole, "this file"));
        Vec::new()
    };
    if input.name.to_ascii_lowercase().ends_with(".toml") {
        return case(diagnostics);
    }
    let node = match tree::read(file, text) {
        Ok(Some(node)) => node,
        Ok(None) if is_case(text) => return case(diagnostics),
        Ok(None) => {
            diagnostics.push(unknown(&input.name, whole));
            return Vec::new();
        }
        Err(fault) => {
            if is_case(text) {
                return case(diagnostics);
            }
            diagnostics.push(fault);
            return Vec::new();
        }
    };
    // A list of profiles, or one thing.
    let Some(items) = node.items() else {
        return one(&node, stem, &input.name, file, diagnostics).into_iter().collect();
    };
    if items.len() > MOST_LISTED {
        let message = format!("a list of {} profiles; {MOST_LISTED} are read", items.len());
        diagnostics.push(Diagnostic::new(Code::ExchangeLimit, message).at(whole, "this file"));
        return Vec::new();
    }
    let numbered = items.iter().enumerate().map(|(at, item)| (format!("{stem}-{}", at + 1), item));
    let mut found = Vec::new();
    let mut room = MOST_NUMBERS;
    for (stem, item) in numbered {
        let next = one(item, &stem, &input.name, file, diagnostics);
        found.extend(next.filter(|next| makes_room(next.numbers(), &mut room, item.span, diagnostics)));
        if room == 0 {
            break;
        }
    }
    found
}

/// Whether a text that is neither JSON nor YAML with keys has the title that every case has.
fn is_case(text: &str) -> bool {
    text.lines().any(|line| line.strip_prefix("title").is_some_and(|rest| rest.trim_start().starts_with('=')))
}

fn unknown(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ExchangeUnknown, format!("`{name}` is in no format that is known")).at(span, "this file")
}

fn skipped(name: &str, what: &str, file: FileId, diagnostics: &mut Diagnostics) {
    let message = format!("`{name}` is {what} and holds no preferences; it was not used");
    diagnostics.push(Diagnostic::new(Code::ExchangeIgnored, message).at(Span::new(file, 0..0), ""));
}

/// Files that lie beside a scenario and need no look: pictures and the like.
fn beside_by_name(name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase())?;
    match ending.as_str() {
        "png" | "jpg" | "jpeg" | "webp" | "gif" | "svg" | "pdf" => Some("a picture"),
        "csv" | "md" | "txt" => Some("a text beside the scenario"),
        _ => None,
    }
}

/// Statistics and the like, by what they say.
fn beside(node: &Node, name: &str) -> Option<&'static str> {
    let has = |key: &str| node.get(key).is_some();
    if (has("pareto_front") || has("pareto")) && (has("nash") || has("opposition")) {
        Some("a stored frontier")
    } else if has("NumberOfBids")
        || has("Opposition")
        || has("utility_ranges")
        || has("opposition")
        || has("opposition_level")
    {
        Some("statistics of a scenario")
    } else if matches!(stem(name), "_info" | "_stats") {
        Some("notes on a scenario")
    } else {
        None
    }
}

fn one(node: &Node, stem: &str, name: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Found> {
    let format_of = |key: &str| key.ends_with("UtilitySpace") || key.ends_with("Ordering") || key.ends_with("Profile");
    if let Some(what) = beside(node, name) {
        skipped(name, what, file, diagnostics);
        return None;
    }
    let (format, content) = if let [(key, inner)] = node.entries()
        && let Some(kind) = key.text().filter(|k| format_of(k) && inner.is_map())
    {
        (Format::GeniusWeb, geniusweb::profile(kind, inner, stem, diagnostics)?)
    } else if node.get("issuesValues").is_some() {
        (Format::GeniusWeb, geniusweb::domain(node, stem, diagnostics)?)
    } else if node.get("issueWeights").is_some() && node.get("issues").is_some_and(Node::is_map) {
        (Format::NegoLog, negolog::profile(node, stem, diagnostics)?)
    } else if node.get("issues").is_some_and(|n| n.items().is_some()) {
        (Format::NegMas, negmas::domain(node, stem, diagnostics)?)
    } else if negmas::kind(node).is_some_and(|k| k.contains("UFun") || k.contains("UtilityFunction"))
        || node.code().is_some()
    {
        return Some(Found::Function(stem.to_string(), node.clone()));
    } else {
        let found = unknown(name, Span::new(node.span.file, node.span.start..node.span.start));
        let conflict =
            super::conflict::is_conflict(node).then(|| "this is a conflict: `detente stability` reads it".into());
        diagnostics.push(found.maybe_hint(conflict));
        return None;
    };
    keep(format, stem, content, name, file, diagnostics)
}

fn keep(
    format: Format,
    stem: &str,
    content: Content,
    name: &str,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<Found> {
    if let Content::Beside(what) = content {
        skipped(name, what, file, diagnostics);
        return None;
    }
    Some(Found::Content(format, stem.to_string(), content))
}
