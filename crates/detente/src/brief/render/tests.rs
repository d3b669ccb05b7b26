//! The renderers over one brief that has everything.

use super::sample::{self, HOSTILE};
use super::{html, json, markdown, section_text, text};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

#[test]
#[ignore = "writes the sample to the temporary directory, to be looked at"]
fn write_sample() {
    let folder = std::env::temp_dir().join("detente-sample");
    std::fs::create_dir_all(&folder).unwrap();
    let brief = sample::brief();
    let page = html(&brief);
    // The dark theme without asking the browser for it; the changed style would break the policy.
    let dark =
        page.replace("(prefers-color-scheme: dark)", "screen").replace("http-equiv=\"Content-Security", "name=\"");
    for (name, bytes) in
        [("brief.html", page), ("dark.html", dark), ("brief.md", markdown(&brief)), ("brief.txt", text(&brief, 80))]
    {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

#[test]
fn the_brief_as_text() {
    let shown = text(&sample::brief(), 80);
    for line in shown.lines() {
        assert!(line.width() <= 80, "{line:?}");
        assert!(!line.ends_with(' ') && !line.chars().any(char::is_control), "{line:?}");
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn text_fits_any_width() {
    for width in [24, 40, 60, 100, 132] {
        let shown = text(&sample::brief(), width);
        assert!(shown.lines().all(|line| line.width() <= width), "{width}");
    }
    let brief = sample::brief();
    assert!(text(&brief, 80).contains(section_text(&brief.sections[0], 80).trim()));
}

#[test]
fn the_brief_as_markdown() {
    let shown = markdown(&sample::brief());
    let places: BTreeSet<&str> = shown.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(places.contains("claim-south.toll") && places.contains("mark-toll-quote") && places.contains("zone"));
    for link in shown.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(places.contains(link), "{link}");
    }
    assert!(!shown.contains("<script"));
    insta::assert_snapshot!(shown);
}

#[test]
fn the_brief_as_json() {
    // Without the long strips, to keep the golden readable.
    let mut brief = sample::brief();
    brief.sections.retain(|section| section.id != "issues");
    let shown = json(&brief);
    let back: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(back["sections"][0]["id"], "zone");
    insta::assert_snapshot!(shown);
}

/// A start or end tag of the page with its attributes, in order.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    end: bool,
    alone: bool,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.0 == name).map(|attribute| attribute.1.as_str())
    }
}

/// Tags of a page; fails on anything that is not well formed. Style and script hold no tags.
fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let end = rest.starts_with('/');
        let name: String =
            rest.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        assert!(!name.is_empty(), "stray < before {:?}", rest.chars().take(40).collect::<String>());
        rest = &rest[name.len() + usize::from(end)..];
        let mut attributes = Vec::new();
        let alone = loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>") {
                rest = after;
                break true;
            }
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break false;
            }
            let key: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect();
            assert!(!key.is_empty(), "odd attribute at {:?}", rest.chars().take(40).collect::<String>());
            rest = &rest[key.len()..];
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix("=\"") {
                let close = after.find('"').expect("an attribute ends");
                value = after[..close].to_owned();
                rest = &after[close + 1..];
            }
            attributes.push((key, value));
        };
        if !end && (name == "style" || name == "script") {
            let close = rest.find(&format!("</{name}>")).expect("it ends");
            rest = &rest[close..];
        }
        tags.push(Tag { name, attributes, end, alone });
    }
    tags
}

#[test]
fn the_page_is_well_formed() {
    const VOID: [&str; 4] = ["meta", "br", "hr", "col"];
    let page = html(&sample::brief());
    let mut open: Vec<String> = Vec::new();
    for tag in tags(&page) {
        if tag.end {
            assert_eq!(open.pop().as_ref(), Some(&tag.name));
        } else if !tag.alone && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_page_loads_nothing_and_hostile_words_stay_words() {
    let page = html(&sample::brief());
    let tags = tags(&page);
    let attributes = || tags.iter().flat_map(|tag| tag.attributes.iter());
    for (key, value) in attributes() {
        assert!(!matches!(key.as_str(), "src" | "srcset" | "data" | "poster" | "style"), "{key}={value}");
        assert!(!key.starts_with("on"), "{key}");
        assert!(key != "href" || value.starts_with('#'), "{value}");
    }
    let names: BTreeSet<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
    assert!(names.is_disjoint(&BTreeSet::from(["link", "iframe", "img", "object", "embed", "base", "form", "use"])));
    assert_eq!(tags.iter().filter(|tag| tag.name == "script" && !tag.end).count(), 1);
    assert_eq!(tags.iter().filter(|tag| tag.name == "style" && !tag.end).count(), 1);
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("@import") && !page.contains("url("));
    assert!(!page.contains("alert(1)</script>") && page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    assert!(HOSTILE.contains('\u{1b}') && HOSTILE.contains('\u{202e}'));
}

#[test]
fn ids_are_unique_and_every_link_arrives() {
    let page = html(&sample::brief());
    let tags = tags(&page);
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let mut links = 0;
    for tag in &tags {
        let names = [tag.get("aria-labelledby"), tag.get("aria-describedby"), tag.get("href").map(|href| &href[1..])];
        for id in names.into_iter().flatten() {
            assert!(unique.contains(id), "{id}");
            links += 1;
        }
    }
    assert!(links > 40, "{links}");
    // Both ways between the ledger and the source, and into places with odd ids.
    for target in ["#evidence-toll-quote", "#mark-toll-quote", "#claim-south.toll", "#odd~20~~22~id~22~~20~~3c~1~3e~"] {
        assert!(page.contains(&format!("href=\"{target}\"")), "{target}");
    }
    // A link whose end does not exist is no link.
    assert!(!page.contains("#evidence-no~20~such"));
}

#[test]
fn headings_go_down_one_level_at_a_time_and_landmarks_are_there() {
    let page = html(&sample::brief());
    let mut level = 0;
    for tag in tags(&page).iter().filter(|tag| !tag.end) {
        if let Some(next) = tag.name.strip_prefix('h').and_then(|level| level.parse::<u32>().ok()) {
            assert!(next <= level + 1, "h{level} to h{next}");
            level = next;
        }
    }
    for landmark in ["<header", "<nav", "<main", "<footer", "class=\"skip\" href=\"#page-main\"", "lang=\"en\""] {
        assert_eq!(page.matches(landmark).count(), 1, "{landmark}");
    }
}

#[test]
fn every_drawing_has_title_description_reading_and_table() {
    let page = html(&sample::brief());
    let drawings = page.matches("<svg").count();
    assert!(drawings >= 7, "{drawings}");
    assert_eq!(page.matches("role=\"img\"").count(), drawings);
    for svg in page.split("<svg").skip(1) {
        let svg = svg.split("</svg>").next().unwrap();
        assert!(svg.contains("<title id=") && svg.contains("<desc id="));
    }
    let figures = page.matches("<figure").count();
    assert_eq!(page.matches("<figcaption>").count(), figures);
    assert_eq!(page.matches("<details class=\"twin\">").count(), figures);
}

#[test]
fn confidence_and_likelihood_stand_apart() {
    let page = html(&sample::brief());
    let cards: Vec<&str> = page.split("class=\"card\"").skip(1).collect();
    assert_eq!(cards.len(), 3);
    for paragraph in page.split("<p") {
        let paragraph = paragraph.split("</p>").next().unwrap_or("");
        assert!(!(paragraph.contains(">Likelihood<") && paragraph.contains(">Confidence<")));
    }
    assert!(cards[0].contains("very unlikely") && cards[0].contains(">moderate<"));
    // The second of seven bands.
    assert!(cards[0].contains("<span></span><span class=\"here\"></span><span></span>"));
    assert!(!cards[2].contains("class=\"bands\""));
}

#[test]
fn an_empty_brief_renders() {
    let brief = crate::brief::content::Brief {
        title: String::new(),
        subtitle: String::new(),
        judgements: Vec::new(),
        load: Vec::new(),
        changes: Vec::new(),
        sections: Vec::new(),
        colophon: Vec::new(),
    };
    assert!(tags(&html(&brief)).len() > 10);
    assert!(!text(&brief, 0).is_empty() && markdown(&brief).starts_with("#"));
}

mod colours {
    use super::super::PALETTE;
    use std::collections::BTreeMap;

    type Palette = BTreeMap<String, [f64; 3]>;

    /// The palettes of the style sheet in order: light, dark, paper. Channels are 0 to 1, sRGB.
    fn palettes() -> Vec<Palette> {
        let blocks = PALETTE.split(":root {").skip(1);
        blocks
            .map(|block| {
                let lines = block.split('}').next().unwrap_or("").lines();
                let entry = |line: &str| {
                    let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
                    let channel =
                        |at: usize| u8::from_str_radix(value.get(at..at + 2)?, 16).ok().map(|v| f64::from(v) / 255.0);
                    Some((name.to_owned(), [channel(0)?, channel(2)?, channel(4)?]))
                };
                lines.filter_map(entry).collect()
            })
            .collect()
    }

    fn linear(channel: f64) -> f64 {
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    }

    /// Contrast ratio (WCAG 2.2).
    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let luminance = |c: [f64; 3]| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_ratio_is_the_known_one() {
        assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
        // #767676 on white is the lightest grey that passes AA: 4.54.
        let grey = [f64::from(0x76) / 255.0; 3];
        assert!((contrast(grey, [1.0; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn words_and_marks_have_enough_contrast_in_every_theme() {
        let palettes = palettes();
        assert_eq!(palettes.len(), 3);
        for palette in &palettes {
            let ratio = |a: &str, b: &str| contrast(palette[a], palette[b]);
            // Words: AA for small text.
            for ground in ["paper", "raised"] {
                for ink in ["ink", "muted", "link", "alarm", "open", "doubt", "party-a", "party-b", "party-c"] {
                    assert!(ratio(ink, ground) >= 4.5, "{ink} on {ground}: {:.2}", ratio(ink, ground));
                }
                // Lines and outlines that carry meaning.
                assert!(ratio("edge", ground) >= 3.0, "edge on {ground}: {:.2}", ratio("edge", ground));
            }
            for ground in ["mark", "target", "band"] {
                for ink in ["ink", "link"] {
                    assert!(ratio(ink, ground) >= 4.5, "{ink} on {ground}: {:.2}", ratio(ink, ground));
                }
            }
        }
    }

    /// Linear colour as someone without one kind of cone sees it (Machado, Oliveira, Fernandes 2009, severity 1).
    fn simulated(colour: [f64; 3], matrix: [[f64; 3]; 3]) -> [f64; 3] {
        let c = colour.map(linear);
        matrix.map(|row| row.iter().zip(c).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
    }

    /// CIE 1976 colour difference of two linear sRGB colours.
    fn difference(a: [f64; 3], b: [f64; 3]) -> f64 {
        let lab = |c: [f64; 3]| {
            let x = (0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.95047;
            let y = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
            let z = (0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.08883;
            let f = |t: f64| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
            [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
        };
        let (a, b) = (lab(a), lab(b));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn the_two_parties_and_the_alarm_differ_for_every_eye() {
        const SIGHTS: [[[f64; 3]; 3]; 4] = [
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        ];
        for palette in palettes() {
            for sight in SIGHTS {
                let seen = |name: &str| simulated(palette[name], sight);
                for (a, b) in [("party-a", "party-b"), ("party-a", "alarm"), ("party-b", "alarm")] {
                    let difference = difference(seen(a), seen(b));
                    assert!(difference >= 20.0, "{a} and {b}: {difference:.1}");
                }
            }
        }
    }
}
