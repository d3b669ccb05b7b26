//! Goldens of whole briefs, and what every brief has to keep.

mod dump;
mod fixture;

use super::*;
use crate::brief::compose::compose;
use crate::brief::content::{Inline, Table};
use crate::lens::likelihood::word;
use crate::lens::zone::Give;
use fixture::{brief_on, case, colophon, crossing, everything, mandate, of, order, silent, zone};
use std::collections::BTreeSet;

fn json(brief: &Brief) -> String {
    serde_json::to_string(brief).unwrap()
}

#[test]
fn the_first_page_of_the_crossing() {
    insta::assert_snapshot!(dump::first_page(&brief_on(&crossing())));
}

#[test]
fn the_sections_of_the_crossing() {
    insta::assert_snapshot!(dump::sections(&brief_on(&crossing())));
}

#[test]
fn everything_a_case_says_is_in_its_brief() {
    let case = everything();
    let (order, mandate) = silent();
    let findings = Findings { zone: None, order: &order, mandate: &mandate, stability: None, talks: None };
    let json = json(&compose(&case, &Diagnostics::default(), &findings, &colophon()));
    let markers: BTreeSet<&str> =
        fixture::EVERYTHING.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with("mk")).collect();
    // Ids of values are shown with what they mean; their own name shows where no meaning is given.
    assert!(markers.len() > 75, "{}", markers.len());
    let lost: Vec<&&str> = markers.iter().filter(|marker| !json.contains(**marker)).collect();
    assert!(lost.is_empty(), "not in the brief: {lost:?}");
    for number in [
        "31,000 to 32,000",
        "11–13\u{a0}%",
        "17\u{a0}%",
        "5–45\u{a0}%",
        "31\u{a0}%",
        "41–43\u{a0}%",
        "50–90\u{a0}%",
        "1017",
    ] {
        assert!(json.contains(number), "{number} is not in the brief");
    }
}

/// Every table of some blocks, the twins of figures among them.
fn tables<'a>(blocks: &'a [Block], out: &mut Vec<&'a Table>) {
    for block in blocks {
        match block {
            Block::Table(table) => out.push(table),
            Block::Figure(figure) => out.push(&figure.twin),
            Block::Fold(_, inside) => tables(inside, out),
            _ => {}
        }
    }
}

fn links<'a>(json: &'a serde_json::Value, kind: &str, out: &mut Vec<&'a str>) {
    match json {
        serde_json::Value::Object(object) => {
            out.extend(object.get(kind).and_then(|link| link.get("id")).and_then(|id| id.as_str()));
            object.values().for_each(|value| links(value, kind, out));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| links(item, kind, out)),
        _ => {}
    }
}

#[test]
fn links_lead_somewhere_and_tables_are_whole() {
    for case in [crossing(), everything()] {
        let brief = brief_on(&case);
        let mut all = Vec::new();
        brief.sections.iter().for_each(|section| tables(&section.blocks, &mut all));
        assert!(all.len() > 20);
        for table in &all {
            assert!(!table.rows.is_empty() && !table.columns.is_empty(), "empty: {}", table.caption);
            assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()), "ragged: {}", table.caption);
        }
        let anchors: Vec<&String> = all.iter().flat_map(|t| &t.rows).filter_map(|row| row.anchor.as_ref()).collect();
        assert_eq!(anchors.len(), anchors.iter().collect::<BTreeSet<_>>().len(), "an anchor stands twice");
        let json = serde_json::to_value(&brief).unwrap();
        for (kind, least) in [("claim", 20), ("evidence", 10)] {
            let mut found = Vec::new();
            links(&json, kind, &mut found);
            assert!(found.len() > least, "{kind}: {}", found.len());
            for id in found {
                assert!(anchors.contains(&&format!("{kind}-{id}")), "{kind} {id} has no anchor");
            }
        }
        let ids: BTreeSet<&str> = brief.sections.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids.len(), brief.sections.len());
        for judgement in &brief.judgements {
            assert!(ids.contains(judgement.section.as_str()), "{} is not in the brief", judgement.section);
        }
    }
}

#[test]
fn judgements_keep_likelihood_and_confidence_apart() {
    let brief = brief_on(&crossing());
    assert!((3..=5).contains(&brief.judgements.len()));
    for judgement in &brief.judgements {
        let (says, because) = (dump::line(&judgement.says), dump::line(&judgement.because));
        assert!(!says.contains("onfidence") && !because.contains("onfidence") && because.ends_with('.'));
        assert!(["low", "moderate", "high"].contains(&judgement.confidence.as_str()));
        if let Some((word, number)) = &judgement.likelihood {
            assert!(because.find(number.as_str()).is_none(), "{because}");
            assert!(says.contains(number.as_str()), "{says} lacks {number}");
            let first = word.split(' ').next_back().unwrap();
            assert!(says.contains(first) || says.contains("roughly even"), "{says} lacks {word}");
        }
    }
    let all = json(&brief);
    for never in ["should", "probability of peace", "must move"] {
        assert!(!all.contains(never), "the brief says “{never}”");
    }
}

#[test]
fn a_brief_without_a_zone_covers_the_rest() {
    let (order, mandate) = (order(), mandate());
    let findings = Findings { zone: None, order: &order, mandate: &mandate, stability: None, talks: None };
    let brief = compose(&crossing(), &Diagnostics::default(), &findings, &colophon());
    let ids: Vec<&str> = brief.sections.iter().map(|s| s.id.as_str()).collect();
    assert!(ids.contains(&"order") && ids.contains(&"mandates") && ids.contains(&"packages"), "{ids:?}");
    assert!(!ids.contains(&"zone") && !ids.contains(&"gives") && !ids.contains(&"leave-one-out"), "{ids:?}");
    assert!(brief.judgements.iter().all(|j| j.likelihood.is_none()) && !brief.judgements.is_empty());
    assert!(dump::sections(&brief).contains("The zone of agreement was not asked"));
}

#[test]
fn a_case_that_says_nothing_has_a_short_brief() {
    let case = case("title = \"Talks\"", "");
    let (order, mandate) = silent();
    let findings = Findings { zone: None, order: &order, mandate: &mandate, stability: None, talks: None };
    let brief = compose(&case, &Diagnostics::default(), &findings, &colophon());
    assert_eq!(brief.sections.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["method"]);
    assert!(order_section(&case, &order).blocks.len() == 1 && mandate_section(&case, &mandate).blocks.len() == 1);
    assert!(parties_section(&case).is_none() && process_section(&case).is_none() && issues_section(&case).is_none());
}

#[test]
fn answers_about_another_case_do_not_break_a_brief() {
    // Ids and positions that lead nowhere, and lists that are too short.
    let (mut zone, mut order) = (zone(), order());
    zone.answer.parties.push("nobody".into());
    zone.answer.levels.pop();
    zone.answer.levels[0].zone = of(0);
    zone.answer.gives[0].sets[0].gives.push(Give::RedLine("none".into()));
    order.answer.cycles[0].demands.push(99);
    order.answer.demands[0].first = 42;
    order.answer.choreography.as_mut().unwrap().stages.push(vec![77]);
    order.answer.elsewhere[0].demand = 12;
    let mandate = mandate();
    for case in [crossing(), everything(), case("title = \"Talks\"", "")] {
        let findings = Findings { zone: Some(&zone), order: &order, mandate: &mandate, stability: None, talks: None };
        let brief = compose(&case, &Diagnostics::default(), &findings, &colophon());
        let mut all = Vec::new();
        brief.sections.iter().for_each(|section| tables(&section.blocks, &mut all));
        assert!(all.iter().all(|t| t.rows.iter().all(|row| row.cells.len() == t.columns.len())));
    }
}

#[test]
fn one_game_is_a_yes_or_a_no() {
    let mut zone = zone();
    let one = |hit| crate::lens::ShareOf::new(hit, 1);
    zone.answer.any = one(1);
    zone.answer.levels.iter_mut().for_each(|l| l.zone = one(0));
    let brief = dump::sections(&Brief { sections: vec![zone_section(&crossing(), &zone)], ..brief_on(&crossing()) });
    assert!(brief.contains("so there is one preference set") && !brief.contains("0\u{a0}% (0"), "{brief}");
}

#[test]
fn numbers_of_red_lines_lead_to_their_claims() {
    let section = red_lines_section(&crossing()).unwrap();
    let Some(Block::Table(table)) = section.blocks.first() else { panic!("no table") };
    let linked = table.rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.line).filter_map(|piece| match piece {
        Inline::Claim { text, id } => Some((text.as_str(), id.as_str())),
        _ => None,
    });
    let linked: Vec<(&str, &str)> = linked.collect();
    assert!(
        linked.contains(&("85–99\u{a0}%", "south-toll")) && linked.contains(&("60\u{a0}%", "south-mines")),
        "{linked:?}"
    );
    assert_eq!(word(0.6), "likely");
}
