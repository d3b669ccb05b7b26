//! Files that are not well-formed, and what of them leaves no doubt.

use super::*;
use crate::exchange::genius::{decode, looks_like};
use num_traits::One;

const PLAIN: &str = "<utility_space><objective index='0' name='root'>
<issue index='1' name='a' type='discrete'><item index='1' value='x' evaluation='1'></item><item index='2' value='y' evaluation='2'/></issue>
<issue index='2' name='b' type='discrete'><item index='1' value='x' evaluation='1'/><item index='2' value='y' evaluation='4'/></issue>
<weight index='1' value='0.5'/><weight index='2' value='0.5'/></objective></utility_space>";

fn repaired(from: &str, to: &str) -> (Sheet, Vec<String>) {
    assert!(PLAIN.contains(from), "{from}");
    let text = PLAIN.replacen(from, to, 1);
    assert!(looks_like(&text));
    let (content, diagnostics) = take(&text);
    let Some(Content::Profile(sheet)) = content else { panic!("{diagnostics:?}") };
    assert!(diagnostics.iter().all(|d| d.code == Code::ExchangeRepaired && d.severity == Severity::Warning));
    (*sheet, diagnostics.iter().map(|d| d.message.clone()).collect())
}

#[test]
fn what_leaves_no_doubt_is_read_with_a_warning() {
    let plain = sheet(PLAIN).0;
    let cases = [
        ("<utility_space>", "\n<!-- first -->\n<?xml version=\"1.0\"?><utility_space>", 1),
        ("<utility_space>", "stray <utility_space>", 1),
        ("<issue index='1'", "& stray <issue index='1'", 1),
        ("index='1' name='a'", "index='1'name='a'", 1),
        ("index='1' name='a'", "index=1 name='a'", 1),
        ("index='1' name='a'", "index='1' index='1' new name='a'", 2),
        ("value='x' evaluation='1'></item>", "value='x' evaluation='1'>", 1),
        ("</item>", "</item></item>", 1),
        ("</issue>", "", 1),
        ("</objective>", "", 1),
        ("<weight index='1' value='0.5'/>", "<weight index='1' value='0.5'><weight index='1' value='0.50'/>", 2),
        (
            "<item index='1' value='x' evaluation='1'></item>",
            "<item index='1' value='x' evaluation='1'/><item index='1' value='x' evaluation='1'/>",
            1,
        ),
        ("index='1' name='a'", "name='a'", 1),
    ];
    for (from, to, count) in cases {
        let (sheet, messages) = repaired(from, to);
        assert_eq!(messages.len(), count, "{to}: {messages:?}");
        assert_eq!((&sheet.space, &sheet.draft.worth), (&plain.space, &plain.draft.worth), "{to}");
    }
    // Not even faults.
    for (from, to) in [
        ("<utility_space>", "\u{FEFF}<?xml version='1.0'?>\n<!-- a -- b --><utility_space>"),
        ("type='discrete'", "vtype='discrete' etype='Discrete'"),
        ("type='discrete'", ""),
        ("value='x'", "value=' x '"),
        ("<issue ", "<ISSUE "),
    ] {
        let (sheet, messages) = repaired(from, to);
        assert_eq!((messages, &sheet.space), (vec![], &plain.space), "{to}");
    }
}

#[test]
fn characters_are_what_they_stand_for() {
    let names = |written: &str| repaired("value='x'", &format!("value='{written}'"));
    let name = |sheet: &Sheet| sheet.space.issues[0].values[0].id.clone();
    for (written, meant, faults) in [
        ("a &amp; b &lt;&#233;&#xE9;&quot;&apos;&gt;", "a & b <éé\"'>", 0),
        ("R & D", "R & D", 1),
        ("R&D;", "R&D;", 1),
        ("&nbsp;x", "&nbsp;x", 1),
        ("&#0;", "&#0;", 1),
        ("&#xFFFFFFFFF;", "&#xFFFFFFFFF;", 1),
        ("a < b", "a < b", 1),
        ("a\n\tb", "a  b", 0),
    ] {
        let (sheet, messages) = names(written);
        assert_eq!((name(&sheet).as_str(), messages.len()), (meant, faults), "{messages:?}");
    }
}

#[test]
fn what_leaves_doubt_is_refused() {
    let cases = [
        ("</objective></utility_space>", "</objective>", Code::ExchangeSyntax),
        ("</objective></utility_space>", "", Code::ExchangeSyntax),
        ("value='x' evaluation", "value='x evaluation", Code::ExchangeSyntax),
        ("index='1' name='a'", "index='1' index='2' name='a'", Code::ExchangeSyntax),
        ("name='b'", "name='a'", Code::DuplicateName),
        ("<issue index='2'", "<issue index='1'", Code::DuplicateName),
        ("value='y' evaluation='2'", "value='x' evaluation='2'", Code::DuplicateName),
        ("type='discrete'", "type='discrete' vtype='integer'", Code::ExchangeUnsupported),
        ("type='discrete'", "type='fuzzy'", Code::ExchangeUnsupported),
        ("value='x' ", "", Code::ExchangeMissing),
        ("<weight index='1'", "<item value='z'/><weight index='1'", Code::ExchangeUnsupported),
        ("<utility_space>", "<!DOCTYPE x [<!ENTITY a 'b'>]><utility_space>", Code::ExchangeUnsupported),
        ("</utility_space>", "</utility_space><utility_space></utility_space>", Code::ExchangeUnsupported),
        ("</issue>", "<similarity_function></issue>", Code::ExchangeSyntax),
        ("<weight index='1'", "a < b <weight index='1'", Code::ExchangeSyntax),
    ];
    for (from, to, code) in cases {
        assert!(PLAIN.contains(from), "{from}");
        assert_eq!(refused(&PLAIN.replacen(from, to, 1)), [code], "{to}");
    }
}

#[test]
fn what_the_preferences_do_not_depend_on_is_one_note() {
    let more = "<similarity_function weight='1'><criteria_function><item index='1' value='x' evaluation='9'/></criteria_function></similarity_function></issue>";
    let text = PLAIN
        .replace("</issue>", more)
        .replace("</objective>", "</objective><UNCERTAIN><weight index='1' value='9'/>x</UNCERTAIN>");
    let text = text.replace("value='y'", "value='y' cost='3.5'");
    let (content, diagnostics) = take(&text);
    assert!(content.is_some());
    let messages: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        ["left out, as the preferences do not depend on it: `<UNCERTAIN>`, costs of items, similarity functions"]
    );
}

#[test]
fn many_faults_of_one_kind_are_one_warning() {
    let items: String = (0..500).map(|i| format!("<item value='v{i}' evaluation=1/>")).collect();
    let text = PLAIN.replacen("</issue>", &format!("{items}</issue>"), 1);
    let (_, diagnostics) = take(&text);
    let one: Vec<_> = diagnostics.iter().collect();
    assert_eq!((one.len(), one[0].labels.len(), one[0].notes.len()), (1, 5, 1));
}

#[test]
fn bytes_are_text_in_what_they_say_or_look_like() {
    let declared = b"<?xml version='1.0' encoding='windows-1252'?><a x='\x80\xe9'/>";
    assert!(decode(declared).0.ends_with("<a x='\u{20AC}\u{e9}'/>") && decode(declared).1.is_none());
    let bare = b"<a x='caf\xe9 \x93'/>";
    assert!(decode(bare).0.contains("café \u{201C}") && decode(bare).1.is_some());
    assert_eq!(decode("\u{FEFF}<é>".as_bytes()), ("<é>".to_string(), None));
    for (mark, unit) in
        [(true, u16::to_le_bytes as fn(u16) -> [u8; 2]), (false, u16::to_be_bytes), (true, u16::to_be_bytes)]
    {
        let text = if mark { "\u{FEFF}<é 🕊>" } else { "<é 🕊>" };
        let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
        assert_eq!(decode(&bytes), ("<é 🕊>".to_string(), None));
        let (_, fault) = decode(&bytes[..bytes.len() - 3]);
        assert!(fault.is_some());
    }
    assert_eq!(decode(&[]), (String::new(), None));
    assert!(decode(&[0xFF, 0xFE]).0.is_empty());
}

#[test]
fn the_place_of_a_fault_is_where_it_is() {
    let text = PLAIN.replace("evaluation='4'", "evaluation='four'");
    let (_, diagnostics) = take(&text);
    let place = diagnostics.iter().next().unwrap().span().unwrap();
    assert_eq!(text.get(place.range()), Some("four"));
    let marked = format!("\u{FEFF}<!-- é -->{text}");
    let (_, diagnostics) = take(&marked);
    let place = diagnostics.iter().next().unwrap().span().unwrap();
    assert_eq!(marked.get(place.range()), Some("four"));
    assert_eq!(worth(&sheet(PLAIN).0, &[1, 1]), Exact::one());
}
