//! Bytes to text: UTF-8, UTF-16, and windows-1252 by declaration or where UTF-8 fails.

/// What windows-1252 has at 0x80 to 0x9F; five of them are control characters, as browsers read them.
const WINDOWS_1252: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2C6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}',
    '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}',
    '\u{17E}', '\u{178}',
];

/// How far into a file its XML declaration is looked for; comments may stand before it.
const DECLARATION_WITHIN: usize = 1024;

/// The text of a file, and what had to be repaired to get it. Never fails.
///
/// A byte order mark decides; then a declaration of a western single-byte encoding; then UTF-8; and what is not
/// UTF-8 is read as windows-1252, of which ISO 8859-1 is a part.
pub(crate) fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    const BROKEN_16: Option<&str> = Some("the file is not whole UTF-16; what could not be read stands as \u{FFFD}");
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return plain(rest),
        [0xFF, 0xFE, rest @ ..] | rest @ [b'<', 0, ..] => {
            let (text, whole) = wide(rest, u16::from_le_bytes);
            return (text, if whole { None } else { BROKEN_16 });
        }
        [0xFE, 0xFF, rest @ ..] | rest @ [0, b'<', ..] => {
            let (text, whole) = wide(rest, u16::from_be_bytes);
            return (text, if whole { None } else { BROKEN_16 });
        }
        _ => {}
    }
    if !bytes.is_ascii() && declares_western(bytes) {
        return (western(bytes), None);
    }
    plain(bytes)
}

fn plain(bytes: &[u8]) -> (String, Option<&'static str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_string(), None),
        Err(_) => (western(bytes), Some("the file is neither UTF-8 nor says what it is; it was read as windows-1252")),
    }
}

fn western(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        0x80..=0x9F => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{FFFD}'),
        other => char::from(*other),
    };
    bytes.iter().map(letter).collect()
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, bool) {
    let mut whole = bytes.len().is_multiple_of(2);
    let units =
        bytes.chunks_exact(2).map(|pair| unit([pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)]));
    let letters = char::decode_utf16(units).map(|letter| {
        whole &= letter.is_ok();
        letter.unwrap_or('\u{FFFD}')
    });
    let text = letters.collect();
    (text, whole)
}

/// Whether an XML declaration near the beginning names windows-1252 or ISO 8859-1.
fn declares_western(bytes: &[u8]) -> bool {
    let head: String = bytes.iter().take(DECLARATION_WITHIN).map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let Some(declaration) = head.find("<?xml").and_then(|at| head.get(at..)) else { return false };
    let declaration = declaration.split("?>").next().unwrap_or("");
    let Some((_, value)) = declaration.split_once("encoding") else { return false };
    let name: String = value.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    ["windows1252", "cp1252", "iso88591", "latin1"].iter().any(|western| name.starts_with(western))
}
