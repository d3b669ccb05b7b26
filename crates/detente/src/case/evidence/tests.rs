//! Quotes and doubts in small cases.

use super::*;
use crate::case::claims::{Claim, ClaimKind};
use crate::case::model::grounds::Grounds;
use crate::case::scalars::Range as Number;
use crate::case::{Case, ReadOptions, read};
use crate::text::{Code, Diagnostic, Severity};
use sha2::{Digest, Sha256};

const WIRE: &str = "River talks\n\
    The northern side’s first demand is an “open bridge.” The Governor said the bridge carried roughly a fifth of all \
    trade, though reports of delays grew. Tens of thousands of people cross it. The talks failed in 2022.\n\
    Mr. Roe holds the toll must stay at 30 crowns; the toll must rise, said Ms. Doe. A demand of the northern side is \
    peace.\n";

fn reading(source: &str, case: &str) -> crate::case::Reading {
    read(
        "case.toml",
        &|name| match name {
            "case.toml" => Ok(case.as_bytes().to_vec()),
            "wire.md" => Ok(source.as_bytes().to_vec()),
            "other.md" => Ok(b"Something about the ferry.".to_vec()),
            _ => Err(crate::case::OpenError::Missing),
        },
        ReadOptions::default(),
    )
}

fn case(text: &str) -> (Case, Vec<Diagnostic>) {
    let reading = reading(WIRE, text);
    (reading.case.expect("a case"), reading.diagnostics.into_iter().collect())
}

fn with_quote(quote: &str) -> (EvidenceCheck, Option<Diagnostic>) {
    let text = format!(
        "title = \"T\"\n[sources]\nwire.file = \"wire.md\"\nother.file = \"other.md\"\nfar.title = \"F\"\n\
         [evidence.e]\n{quote}\n"
    );
    let (case, found) = case(&text);
    let mut quotes = found
        .into_iter()
        .filter(|d| d.code.as_str().starts_with("evidence::") && !matches!(d.code, Code::Unused | Code::SourceChanged));
    let first = quotes.next();
    assert!(quotes.next().is_none());
    (case.checks["e"].clone(), first)
}

#[test]
fn every_quote_gets_its_status() {
    let on_wire = |quote: &str| with_quote(&format!("source = \"wire\"\nquote = {quote}"));
    let (check, found) = on_wire("\"first demand\"");
    assert_eq!((check.status, found), (Status::Exact, None));
    assert_eq!(check.line_column, Some((2, 21)));
    assert_eq!(&WIRE[check.sentence.unwrap()], "The northern side’s first demand is an “open bridge.”");

    let (check, found) = on_wire("\"side's first demand is an 'open bridge.'\"");
    assert_eq!(check.status, Status::Normalised);
    let found = found.unwrap();
    assert_eq!((found.code, found.severity), (Code::QuoteNormalised, Severity::Note));
    assert_eq!(found.notes, ["source: side’s first demand is an “open bridge.”"]);

    let (check, found) = on_wire("\"the bridge carried a third of all trade\"");
    assert_eq!(check.status, Status::Drifted);
    assert_eq!(&WIRE[check.range.clone().unwrap()], "the bridge carried roughly a fifth of all trade");
    assert_eq!(check.difference().unwrap(), "the bridge carried {+roughly +}a [-third-]{+fifth+} of all trade");
    let found = found.unwrap();
    assert_eq!((found.code, found.severity), (Code::QuoteDrifted, Severity::Warning));
    assert_eq!(
        found.notes,
        [
            "source: the bridge carried {+roughly +}a {+fifth+} of all trade (line 2)",
            "quote:  the bridge carried a [-third-] of all trade",
        ]
    );
    assert!(found.hints[0].contains("quote = \"the bridge carried roughly a fifth of all trade\""));

    let (check, found) = on_wire("\"the toll must\"");
    assert_eq!((check.status, check.range.clone(), check.places().len()), (Status::Ambiguous, None, 2));
    let found = found.unwrap();
    assert_eq!((found.code, found.severity), (Code::QuoteAmbiguous, Severity::Error));
    assert_eq!(
        found.notes,
        [
            "line 3, column 15: Mr. Roe holds «the toll must» stay at 30 crowns; the toll …",
            "line 3, column 48: …toll must stay at 30 crowns; «the toll must» rise, said Ms. Doe. A demand …",
        ]
    );
    assert_eq!(found.hints, ["prefix = \"holds\" would mean the first"]);
    let (check, found) = on_wire("\"the toll must\"\nprefix = \"holds\"");
    assert_eq!((check.status, found), (Status::Exact, None));

    let (check, found) = on_wire("\"the ferry shall be free for all\"");
    assert_eq!(check.status, Status::Missing);
    assert_eq!(found.unwrap().code, Code::QuoteMissing);
    let (_, found) = on_wire("\"Something about the ferry\"");
    assert_eq!(found.unwrap().hints, ["these words stand in `other`"]);

    let (check, found) = with_quote("source = \"far\"\nquote = \"an open bridge\"");
    assert_eq!(check.status, Status::Unverifiable);
    assert_eq!(found.unwrap().code, Code::QuoteUnverifiable);
    let (check, found) = with_quote("source = \"unknown\"\nquote = \"an open bridge\"");
    assert_eq!((check.status, found), (Status::Unverifiable, None));
}

fn hash_of(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02X}")).collect()
}

fn with_hash(source: &str, hash: &str) -> (Vec<Status>, Vec<Diagnostic>) {
    let text = format!(
        "title = \"T\"\n[sources.wire]\nfile = \"wire.md\"\nsha256 = \"{hash}\"\n\
         [evidence.a]\nsource = \"wire\"\nquote = \"The talks failed in 2022\"\n\
         [evidence.b]\nsource = \"wire\"\nquote = \"northern side's first demand\"\n\
         [evidence.c]\nsource = \"wire\"\nquote = \"people cross it\"\n"
    );
    let reading = reading(source, &text);
    let statuses = reading.case.expect("a case").checks.values().map(|c| c.status).collect();
    let kept = |d: &Diagnostic| !matches!(d.code, Code::Unused | Code::QuoteNormalised);
    (statuses, reading.diagnostics.into_iter().filter(kept).collect())
}

#[test]
fn a_changed_source_is_reported_once_and_touched_quotes_on_their_own() {
    let (statuses, found) = with_hash(WIRE, &hash_of(WIRE));
    assert_eq!(statuses, [Status::Exact, Status::Normalised, Status::Exact]);
    assert_eq!(found, []);

    let changed = WIRE.replace("people cross", "peopla cross");
    let (statuses, found) = with_hash(&changed, &hash_of(WIRE));
    assert_eq!(statuses, [Status::SourceChanged, Status::SourceChanged, Status::Drifted]);
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::SourceChanged, Code::QuoteDrifted]);
    let label = format!("cited: {}…, now: {}…", &hash_of(WIRE)[..8], &hash_of(&changed)[..8]).to_lowercase();
    assert_eq!(found[0].labels[0].text, label);
    assert!(found[0].notes[0].starts_with("2 of 3 quotes"), "{:?}", found[0].notes);

    let (statuses, found) = with_hash(&WIRE.replace('\n', "\r\n"), &hash_of(WIRE));
    assert_eq!(statuses, [Status::Exact, Status::Normalised, Status::Exact]);
    assert_eq!((found[0].code, found[0].severity, found.len()), (Code::SourceChanged, Severity::Note, 1));

    for broken in ["abc", &hash_of(WIRE).replace('A', "x"), &"é".repeat(32)] {
        let (statuses, found) = with_hash(WIRE, broken);
        assert_eq!(statuses[0], Status::Exact);
        assert_eq!((found[0].code, found.len()), (Code::BadHash, 1), "{broken}");
        assert!(found[0].hints[0].contains(&hash_of(WIRE).to_lowercase()));
    }
}

/// A case with evidence and facts about the river, and what is doubted about claims made of the facts.
fn doubts(evidence: &str, facts: &str, more: &str, claim: impl Fn(&str, &mut Claim)) -> Vec<Diagnostic> {
    let text = format!("title = \"T\"\n[sources.wire]\nfile = \"wire.md\"\n[sources.far]\n{evidence}\n{more}\n{facts}");
    let (case, _) = case(&text);
    let facts = case.document.meanwhile.iter().flat_map(|m| &m.state);
    let claims: IndexMap<String, Claim> = facts
        .map(|(id, fact)| {
            let mut made = Claim {
                id: id.clone(),
                kind: ClaimKind::State,
                words: String::new(),
                party: None,
                speaker: None,
                numbers: fact.value.into_iter().collect::<Vec<Number>>(),
                degrees: Vec::new(),
                grounds: fact.grounds.clone(),
            };
            claim(id, &mut made);
            (id.clone(), made)
        })
        .collect();
    let mut diagnostics = Diagnostics::default();
    doubt(&case.document, &claims, &case.held, &case.checks, &mut diagnostics);
    diagnostics.into_iter().collect()
}

fn codes(found: &[Diagnostic]) -> Vec<Code> {
    found.iter().map(|d| d.code).filter(|c| *c != Code::SingleSource).collect()
}

const EVIDENCE: &str = r#"
[evidence]
trade = { source = "wire", quote = "carried roughly a fifth of all trade" }
delays = { source = "wire", quote = "reports of delays grew" }
people = { source = "wire", quote = "Tens of thousands of people cross it" }
toll = { source = "wire", quote = "the toll must stay at 30 crowns" }
"#;

fn doubt_of(fact: &str) -> Vec<Code> {
    let found = doubts(EVIDENCE, &format!("[meanwhile.state]\nx = {{ {fact} }}\n"), "", |_, _| ());
    codes(&found).into_iter().filter(|c| !matches!(c, Code::Unused | Code::QuoteCut)).collect()
}

#[test]
fn numbers_are_looked_for_in_the_quotes() {
    for fine in [
        r#"value = 30, because = ["toll"]"#,
        r#"value = [0.18, 0.22], because = ["trade"]"#,
        r#"value = [20000, 100000], because = ["people"]"#,
        r#"value = 0.3, basis = "derived", why = "half of it", because = ["toll"]"#,
        r#"value = 0.3, reading = "a fifth and a bit", because = ["trade"]"#,
        r#"value = 30, because = ["trade", "toll"]"#,
        r#"says = "no number", because = ["trade"]"#,
        r#"value = 0.3, basis = "assumed", why = "w""#,
    ] {
        assert_eq!(doubt_of(fine), [], "{fine}");
    }
    for wrong in [
        r#"value = 40, because = ["toll"]"#,
        r#"value = [0.5, 0.6], because = ["trade", "toll"]"#,
        r#"value = [2, 3], because = ["people"]"#,
    ] {
        assert_eq!(doubt_of(wrong), [Code::NumberNotInQuote], "{wrong}");
    }
}

#[test]
fn points_made_of_hedged_words_are_doubted() {
    for wrong in [r#"value = 0.2, because = ["trade"]"#, r#"value = 50000, because = ["people"]"#] {
        assert_eq!(doubt_of(wrong), [Code::HedgeDropped], "{wrong}");
    }
    assert_eq!(doubt_of(r#"value = 0.2, because = ["trade"], reading = "as a point""#), []);
    let found = doubts(EVIDENCE, "[meanwhile.state]\nx = { value = 0.2, because = [\"trade\"] }", "", |_, _| ());
    let found = found.iter().find(|d| d.code == Code::HedgeDropped).unwrap();
    assert_eq!(found.message, "`x` says 0.2, where its quote says “roughly”");
}

#[test]
fn a_sentence_that_turns_after_the_quote_is_shown() {
    let cut = |facts: &str| -> Vec<Diagnostic> {
        let found = doubts(EVIDENCE, &format!("[meanwhile.state]\n{facts}"), "", |_, _| ());
        found.into_iter().filter(|d| d.code == Code::QuoteCut).collect()
    };
    let found = cut("x = { says = \"s\", because = [\"trade\"] }");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "the quote `trade` stops before “though”");
    assert_eq!(found[0].notes, ["after it: … though reports of delays grew."]);
    assert_eq!(found[0].labels.len(), 2);
    assert!(cut("x = { says = \"s\", because = [\"trade\", \"delays\"] }").is_empty());
    assert!(cut("x = { says = \"s\", because = [\"trade\"], reading = \"delays are another matter\" }").is_empty());
    // One claim that reads on does not answer for another that does not.
    let both = "x = { says = \"s\", because = [\"trade\", \"delays\"] }\ny = { says = \"s\", because = [\"trade\"] }";
    assert_eq!(cut(both).len(), 1);
    assert!(cut("x = { says = \"s\", because = [\"toll\"] }").is_empty());
}

#[test]
fn a_claim_about_words_is_backed_by_its_speaker() {
    let actors = "[actors]\nnorth = { name = \"North\" }\n\
        gov = { name = \"G\", of = \"office\" }\noffice = { name = \"O\", of = \"north\" }\n\
        south = { name = \"South\", of = \"island\" }\nisland = { name = \"I\", of = \"south\" }\n\
        rep = { name = \"R\" }\n\
        [parties.n]\nactor = \"north\"\ndelegation = { head = \"rep\" }\n[parties.south]\n";
    let found = |speaker: &str, said: &str| {
        let evidence = format!(
            "[evidence]\na = {{ source = \"wire\", quote = \"open bridge\", speaker = \"{said}\" }}\n\
             plain = {{ source = \"wire\", quote = \"first demand\" }}\n"
        );
        let facts = "[meanwhile.state]\nx = { says = \"s\", because = [\"a\"] }";
        let found = doubts(&evidence, facts, actors, |_, claim| claim.speaker = Some(speaker.to_string()));
        let either = doubts(&evidence, &facts.replace("\"a\"", "\"a\", \"plain\""), actors, |_, claim| {
            claim.speaker = Some(speaker.to_string());
        });
        assert!(!codes(&either).contains(&Code::WrongSpeaker));
        codes(&found).contains(&Code::WrongSpeaker)
    };
    for same in [("north", "north"), ("north", "gov"), ("gov", "north"), ("n", "gov"), ("n", "rep"), ("rep", "n")] {
        assert!(!found(same.0, same.1), "{same:?}");
    }
    for other in [("north", "south"), ("gov", "south"), ("south", "gov"), ("rep", "gov"), ("island", "n")] {
        assert!(found(other.0, other.1), "{other:?}");
    }
}

#[test]
fn problems_single_sources_and_idle_evidence_are_noted() {
    let evidence = r#"
[evidence]
right = { source = "wire", quote = "The talks failed in 2022" }
idle = { source = "wire", quote = "people cross it" }
far = { source = "far", quote = "elsewhere" }
told = { source = "far", quote = "as told", origin = "Agency" }
[evidence.wrong]
source = "wire"
quote = "River talks"
problem = { kind = "known-error", contradicts = ["right"], note = "no river" }
"#;
    let facts = "[meanwhile.state]\nx = { says = \"s\", because = [\"wrong\"] }\n\
        y = { says = \"s\", because = [\"right\", \"far\"] }\n";
    let found = doubts(evidence, facts, "", |_, _| ());
    assert_eq!(
        found.iter().map(|d| d.code).collect::<Vec<_>>(),
        [Code::KnownProblem, Code::SingleSource, Code::Unused, Code::Unused]
    );
    assert_eq!(
        found[0].notes,
        ["the case says: no river", "`right` says otherwise: “The talks failed in 2022” (wire)"]
    );
    assert_eq!(found[1].message, "`x` hangs on one source, `wire`");
    assert!(found[2].message.contains("`idle`") && found[3].message.contains("`told`"));

    let many: String = (0..7).map(|i| format!("c{i} = {{ says = \"s\", because = [\"right\"] }}\n")).collect();
    let more = "d = { says = \"s\", because = [\"far\"] }\ne = { says = \"s\", because = [\"far\", \"told\"] }\n";
    let found = doubts(evidence, &format!("[meanwhile.state]\n{many}{more}"), "", |_, _| ());
    let single: Vec<&Diagnostic> = found.iter().filter(|d| d.code == Code::SingleSource).collect();
    assert_eq!(single.len(), 1);
    assert_eq!(single[0].message, "8 of 9 claims with evidence hang on one source each");
    assert_eq!(single[0].notes[1], "on `far` alone, 1: `d`");

    let text = format!("title = \"T\"\n[sources.wire]\n[sources.far]\n{evidence}");
    let (case, _) = case(&text);
    let told = contradictions(&case.document);
    assert_eq!(
        (told.len(), told[0].evidence.as_str(), told[0].against.as_slice()),
        (1, "wrong", &["right".to_string()][..])
    );
}

#[test]
fn grounds_are_only_read() {
    // A claim that cites evidence the case does not define is reported elsewhere and doubted nowhere.
    let found = doubts(EVIDENCE, "[meanwhile.state]\nx = { value = 3, because = [\"nothing\"] }", "", |_, claim| {
        let Grounds { because, .. } = &claim.grounds;
        assert_eq!(because.len(), 1);
    });
    assert!(codes(&found).iter().all(|c| *c == Code::Unused));
}
