//! What the numbers of a file mean.

use super::*;
use crate::exchange::genius::looks_like;
use crate::game::{Discount, IssueKind};
use num_traits::{One, Zero};

const LAPTOP: &str = r#"<?xml version="1.0"?>
<utility_space number_of_issues="2">
 <objective index="1" name="LaptopDomain" type="objective">
  <issue index="2" name="Laptop" type="discrete" vtype="discrete" etype="discrete">
   <item index="1" value="Dell" evaluation="1" cost="0"/>
   <item index="2" value="HP" evaluation="3"/>
  </issue>
  <issue index="3" name="Disk" type="discrete">
   <item index="1" value="60 GB" evaluation="0.5"> </item>
   <item index="2" value="80 GB" evaluation="0.1"> </item>
   <item index="3" value="none" evaluation="null"> </item>
  </issue>
  <weight index="2" value="0.7"> </weight>
  <weight index="3" value="0.3"/>
 </objective>
 <discount_factor value="0.5"/>
 <reservation value="0.25"/>
</utility_space>"#;

fn additive(inside: &str) -> String {
    format!("<utility_space><objective index=\"0\" name=\"root\">{inside}</objective></utility_space>")
}

#[test]
fn an_evaluation_is_divided_by_the_largest_of_its_issue() {
    let (sheet, found) = sheet(LAPTOP);
    assert_eq!(found, []);
    assert_eq!((sheet.name.as_str(), &sheet.domain), ("file", &None));
    assert_eq!(sheet.space.issues.iter().map(|i| i.name.as_str()).collect::<Vec<_>>(), ["Laptop", "Disk"]);
    assert_eq!(worth(&sheet, &[1, 0]), Exact::one());
    assert_eq!(worth(&sheet, &[0, 1]), number("0.7") / ratio(3, 1) + number("0.06"));
    assert_eq!(worth(&sheet, &[1, 2]), number("0.7"));
    assert_eq!(sheet.silent, [(1, 2)]);
    assert_eq!(sheet.draft.reservation, Some(number("0.25")));
    assert_eq!(sheet.discount, Some(Discount::OverDeadline { factor: 0.5, reservation: true }));
    assert_eq!((sheet.draft.cap.clone(), sheet.draft.slack.clone()), (None, Exact::zero()));
    assert!(looks_like(LAPTOP));
}

#[test]
fn the_sum_is_cut_at_one_where_weights_exceed_it() {
    let (sheet, found) = sheet(&LAPTOP.replace("0.7", "0.9"));
    assert_eq!(found, [Code::ExchangeWeights]);
    assert_eq!(sheet.draft.cap, Some(Exact::one()));
    assert_eq!(worth(&sheet, &[1, 0]), Exact::one());
    assert_eq!(worth(&sheet, &[1, 2]), number("0.9"));
    let (sheet, found) = super::sheet(&LAPTOP.replace("0.7", "0.6"));
    assert_eq!((found, sheet.draft.cap.clone()), (vec![Code::ExchangeWeights], None));
    let (_, found) = super::sheet(&LAPTOP.replace("0.7", "0.7000001"));
    assert_eq!(found, []);
}

#[test]
fn an_issue_of_zeros_counts_nothing_and_evaluations_below_zero_only_beside_ones_above() {
    let text = |a: &str, b: &str| {
        additive(&format!(
            "<issue index='1' name='a' type='discrete'><item value='x' evaluation='{a}'/><item value='y' evaluation='{b}'/></issue>
             <weight index='1' value='1'/>"
        ))
    };
    let (zeros, _) = sheet(&text("0", "0.0"));
    assert_eq!((worth(&zeros, &[0]), worth(&zeros, &[1])), (Exact::zero(), Exact::zero()));
    let (below, _) = sheet(&text("-1", "4"));
    assert_eq!((worth(&below, &[0]), worth(&below, &[1])), (number("-0.25"), Exact::one()));
    assert_eq!(refused(&text("-1", "-2")), [Code::ExchangeNumber]);
    assert_eq!(refused(&text("-1", "0")), [Code::ExchangeNumber]);
    assert_eq!(refused(&text("1", "NaN")), [Code::ExchangeNumber]);
    assert_eq!(refused(&text("1", "1e999")), [Code::ExchangeNumber]);
}

#[test]
fn a_discount_outside_zero_to_one_is_none_and_a_broken_one_is_warned_of() {
    for none in ["0", "0.0", "1", "1.0", "1.5", "-2"] {
        let (sheet, found) =
            sheet(&LAPTOP.replace("<discount_factor value=\"0.5\"", &format!("<discount_factor value=\"{none}\"")));
        assert_eq!((sheet.discount, found), (None, vec![]), "{none}");
    }
    for broken in ["value=\"s\"", "", "value=\"\""] {
        let (sheet, found) =
            sheet(&LAPTOP.replace("<discount_factor value=\"0.5\"", &format!("<discount_factor {broken}")));
        assert_eq!((sheet.discount, found), (None, vec![Code::ExchangeNumber]), "{broken}");
    }
    assert_eq!(
        refused(&LAPTOP.replace("<reservation value=\"0.25\"", "<reservation value=\"s\"")),
        [Code::ExchangeNumber]
    );
    assert_eq!(refused(&LAPTOP.replace("<reservation value=\"0.25\"", "<reservation ")), [Code::ExchangeMissing]);
    let (none, _) = sheet(&LAPTOP.replace("<reservation value=\"0.25\"/>", ""));
    assert_eq!(none.draft.reservation, None);
}

#[test]
fn a_missing_or_double_weight_is_refused() {
    assert_eq!(refused(&LAPTOP.replace("<weight index=\"3\" value=\"0.3\"/>", "")), [Code::ExchangeMissing]);
    assert_eq!(refused(&LAPTOP.replace("<weight index=\"3\"", "<weight index=\"2\"")), [Code::DuplicateName]);
    assert_eq!(refused(&LAPTOP.replace("<weight index=\"3\"", "<weight")), [Code::ExchangeMissing]);
    assert_eq!(refused(&LAPTOP.replace("value=\"0.3\"", "")), [Code::ExchangeMissing]);
    assert_eq!(refused(&LAPTOP.replace("value=\"0.3\"", "value=\"a third\"")), [Code::ExchangeNumber]);
    let (_, found) =
        sheet(&LAPTOP.replace("<weight index=\"3\"", "<weight index=\"9\" value=\"1\"/><weight index=\"3\""));
    assert_eq!(found, [Code::ExchangeWeights]);
    // The root is the whole: what it weighs says nothing.
    let (root, found) =
        sheet(&LAPTOP.replace("<weight index=\"3\"", "<weight index=\"1\" value=\"0.4\"/><weight index=\"3\""));
    assert_eq!((worth(&root, &[1, 0]), found), (Exact::one(), vec![]));
}

#[test]
fn a_domain_has_no_preferences() {
    let text = "<negotiation_template><agent class='' name=''></agent><utility_space number_of_issues='0'>
        <objective index='0' name='root'><issue index='1' name='a' type='discrete'><item value='x' cost='1'/><item value='y'/></issue>
        <issue index='2' name='b' vtype='integer' lowerbound='-1' upperbound='2'/></objective></utility_space></negotiation_template>";
    let (name, space, found) = domain(text);
    assert_eq!((name.as_str(), found), ("file", vec![Code::ExchangeIgnored]));
    assert_eq!(space.sizes().collect::<Vec<_>>(), [2, 4]);
    assert_eq!(space.issues[1].kind, IssueKind::Whole);
    assert_eq!(space.issues[1].values.iter().map(|v| v.id.as_str()).collect::<Vec<_>>(), ["-1", "0", "1", "2"]);
    let bare = text
        .replace("<negotiation_template><agent class='' name=''></agent>", "")
        .replace("</negotiation_template>", "");
    assert_eq!(domain(&bare).1, space);
    assert_eq!(domain(&bare.replace("'root'", "'Cars'")).0, "Cars");
    assert_eq!(refused("<utility_space></utility_space>"), [Code::ExchangeMissing]);
    assert_eq!(refused("<html></html>"), [Code::ExchangeMissing]);
}

fn numbers(kind: &str, evaluator: &str) -> String {
    let range = if kind == "integer" { "lowerbound='2' upperbound='6'" } else { "lowerbound='0' upperbound='10'" };
    additive(&format!(
        "<issue index='1' name='a' type='{kind}'><range {range}/>{evaluator}</issue><weight index='1' value='1'/>"
    ))
}

#[test]
fn an_integer_counts_from_the_lower_bound_and_is_cut() {
    let (line, _) = sheet(&numbers("integer", "<evaluator ftype='linear' slope='0.25' offset='0'/>"));
    assert_eq!((0..5).map(|d| worth(&line, &[d])).collect::<Vec<_>>(), (0..5).map(|d| ratio(d, 4)).collect::<Vec<_>>());
    let (cut, _) = sheet(&numbers("integer", "<evaluator ftype='linear' parameter1='-0.5' parameter0='1.25'/>"));
    let want = ["1", "0.75", "0.25", "0", "0"].map(number);
    assert_eq!((0..5).map(|d| worth(&cut, &[d])).collect::<Vec<_>>(), want);
    let (peak, _) =
        sheet(&numbers("integer", "<evaluator ftype='triangular' parameter0='2' parameter1='6' parameter2='5'/>"));
    let want = [ratio(0, 1), ratio(1, 3), ratio(2, 3), ratio(1, 1), ratio(0, 1)];
    assert_eq!((0..5).map(|d| worth(&peak, &[d])).collect::<Vec<_>>(), want);
    let (flat, _) = sheet(&numbers("integer", "<evaluator ftype='constant' parameter0='0.5'/>"));
    assert_eq!(worth(&flat, &[3]), number("0.5"));
    let faratin = numbers("integer", "<evaluator ftype='faratin' parameter0='1'/>");
    assert_eq!(refused(&faratin), [Code::ExchangeUnsupported]);
    assert_eq!(refused(&numbers("integer", "")), [Code::ExchangeMissing]);
    assert_eq!(refused(&numbers("integer", "<evaluator ftype='linear' slope='1'/>")), [Code::ExchangeMissing]);
    assert_eq!(
        refused(&numbers("integer", "<evaluator ftype='triangular' parameter0='5' parameter1='6' parameter2='2'/>")),
        [Code::ExchangeNumber]
    );
}

#[test]
fn a_real_range_is_points_with_a_proven_bound() {
    let (line, found) = sheet(&numbers("real", "<evaluator ftype='linear' parameter0='0' parameter1='0.1'/>"));
    assert_eq!(found, [Code::ExchangePoints]);
    let issue = &line.space.issues[0];
    assert_eq!((issue.kind, issue.values.len()), (IssueKind::Points, 101));
    assert_eq!(["0", "0.1", "10"], [&issue.values[0], &issue.values[1], &issue.values[100]].map(|v| v.id.as_str()));
    assert_eq!(worth(&line, &[37]), number("0.37"));
    assert_eq!(line.draft.slack, number("0.005"));
    let (peak, _) =
        sheet(&numbers("real", "<evaluator ftype='triangular' parameter0='1' parameter1='9' parameter2='3.333'/>"));
    // The true function at any number is within the slack of the nearest point.
    let slack = peak.draft.slack.clone();
    for k in 0..=1000i64 {
        let x = ratio(k, 100);
        let (from, top, to) = (number("1"), number("3.333"), number("9"));
        let rising = (x.clone() - &from) / (&top - &from);
        let falling = (&to - x) / (&to - &top);
        let truth = rising.min(falling).max(Exact::zero());
        let near = u16::try_from((k + 5) / 10).unwrap();
        let off = truth - worth(&peak, &[near]);
        assert!(off <= slack && -off <= slack, "{k}");
    }
    let (jump, _) =
        sheet(&numbers("real", "<evaluator ftype='triangular' parameter0='5' parameter1='9' parameter2='5'/>"));
    assert_eq!(jump.draft.slack, Exact::one());
    let doubtful = numbers("real", "<evaluator ftype='linear' offset='0' slope='0.1'/>")
        .replace("'0' upperbound='10'", "'10' upperbound='20'");
    assert_eq!(refused(&doubtful), [Code::ExchangeUnsupported]);
}

#[test]
fn weights_of_nested_objectives_are_read_by_their_sums() {
    let text = |one: &str, two: &str, inner: &str| {
        additive(&format!(
            "<issue index='1' name='a'><item value='x' evaluation='1'/><item value='y' evaluation='0'/></issue>
             <objective index='5' name='inner'>
               <issue index='2' name='b'><item value='x' evaluation='1'/><item value='y' evaluation='0'/></issue>
               <weight index='2' value='{two}'/>
             </objective><weight index='1' value='{one}'/>{inner}"
        ))
    };
    let inner = "<weight index='5' value='0.6'/>";
    let counts = |text: String| {
        let (sheet, found) = sheet(&text);
        assert_eq!(found, []);
        (worth(&sheet, &[0, 1]), worth(&sheet, &[1, 0]))
    };
    let half = (number("0.4"), number("0.6"));
    assert_eq!(counts(text("0.4", "0.6", "")), half);
    assert_eq!(counts(text("0.4", "0.6", inner)), half);
    assert_eq!(counts(text("0.4", "1", inner)), half);
    assert_eq!(refused(&text("0.5", "0.6", inner)), [Code::ExchangeUnsupported]);
}

fn nonlinear(inside: &str) -> String {
    format!(
        "<utility_space type='nonlinear'><objective index='0' name='root'>
         <issue index='1' name='a' type='integer' lowerbound='0' upperbound='3'/>
         <issue index='2' name='b' type='integer' lowerbound='5' upperbound='9'/>
         <utility maxutility='10'><ufun type='PlainUfun' weight='0.5' aggregation='sum'>{inside}</ufun></utility>
         </objective></utility_space>"
    )
}

#[test]
fn a_rectangle_counts_when_all_its_sides_hold() {
    let (sheet, found) = sheet(&nonlinear(
        "<hyperRectangle utility='8'><INCLUDES index='1' min='1' max='2'/><EXCLUDES index='2' min='6' max='7'/></hyperRectangle>
         <hyperRectangle utility='4'><INCLUDES index='2' min='0' max='20'/></hyperRectangle>
         <hyperRectangle utility='2'><INCLUDES index='2' min='9' max='9'/></hyperRectangle>
         <hyperRectangle utility='100'><INCLUDES index='2' min='8' max='7'/></hyperRectangle>",
    ));
    assert_eq!(found, []);
    assert_eq!(worth(&sheet, &[0, 0]), number("0.2"));
    assert_eq!(worth(&sheet, &[1, 0]), number("0.6"));
    assert_eq!(worth(&sheet, &[2, 1]), number("0.2"));
    assert_eq!(worth(&sheet, &[2, 4]), number("0.7"));
    assert_eq!(worth(&sheet, &[3, 4]), number("0.3"));
}

#[test]
fn rectangles_of_another_kind_are_refused_by_name() {
    let plain = nonlinear("<hyperRectangle utility='8'><INCLUDES index='1' min='1' max='2'/></hyperRectangle>");
    let why = |from: &str, to: &str| refused(&plain.replace(from, to));
    assert_eq!(why("'sum'", "'max'"), [Code::ExchangeUnsupported]);
    assert_eq!(why("PlainUfun", "OtherUfun"), [Code::ExchangeUnsupported]);
    assert_eq!(why("maxutility='10'", ""), [Code::ExchangeMissing]);
    assert_eq!(why("maxutility='10'", "maxutility='0'"), [Code::ExchangeNumber]);
    assert_eq!(why("<INCLUDES index='1'", "<INCLUDES index='7'"), [Code::ExchangeName]);
    assert_eq!(why("<INCLUDES", "<TOUCHES"), [Code::ExchangeUnsupported]);
    assert_eq!(why("max='2'", ""), [Code::ExchangeMissing]);
    assert_eq!(why("<utility ", "<weight index='1' value='1'/><utility "), [Code::ExchangeUnsupported]);
    assert_eq!(why("'nonlinear'", "'fuzzy'"), [Code::ExchangeUnsupported]);
    let discrete = plain.replace(
        "<issue index='1' name='a' type='integer' lowerbound='0' upperbound='3'/>",
        "<issue index='1' name='a' type='discrete'><item value='x'/></issue>",
    );
    assert_eq!(refused(&discrete), [Code::ExchangeUnsupported]);
}

#[test]
fn a_combination_of_a_zero_constraint_counts_nothing() {
    let constraint = "<rules><constraints><constraint type='zeroConstraint'>
        <valueassignment index='2' value='HP'/><valueassignment index='3' value='80 GB'/></constraint></constraints></rules>";
    let text = LAPTOP.replace("</objective>", &format!("{constraint}</objective>"));
    let (sheet, _) = sheet(&text);
    assert_eq!(worth(&sheet, &[1, 1]), Exact::zero());
    assert_eq!(worth(&sheet, &[1, 0]), Exact::one());
    let why = |from: &str, to: &str| refused(&text.replace(from, to));
    assert_eq!(why("zeroConstraint", "sumZeroConstraint"), [Code::ExchangeUnsupported]);
    assert_eq!(
        why("<valueassignment index='2' value='HP'/>", "<checkassignment index='2' condition='x'/>"),
        [Code::ExchangeUnsupported]
    );
    assert_eq!(why("value='HP'", "value='Acer'"), [Code::ExchangeName]);
    assert_eq!(
        why("<rules>", "<rules><ranks><issue index='2'><item index='1' rank='1'/></issue></ranks>"),
        [Code::ExchangeUnsupported]
    );
}

#[test]
fn a_stored_frontier_stands_beside() {
    for text in ["\n0.67824775, 1.0\n0.6797583, 0.9322034\n", "<ArrayList><BidPoint/></ArrayList>"] {
        assert!(looks_like(text), "{text}");
        let mut diagnostics = Diagnostics::default();
        assert!(matches!(read("pareto.xml", FileId(0), text, &mut diagnostics), Some(Content::Beside(_))));
    }
    for other in ["", "{\"a\": \"<utility_space>\"}", "1\n2", "a, b", "<html/>", "issues: 1, 2", "<"] {
        assert!(!looks_like(other), "{other}");
    }
}
