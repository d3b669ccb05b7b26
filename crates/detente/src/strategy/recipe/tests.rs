#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::resolve;
use super::*;
use proptest::prelude::*;

const KINDS: [Kind; 3] = [Kind::Strategy, Kind::Model, Kind::Acceptance];

#[test]
fn names_are_used_once_and_well_formed() {
    for kind in KINDS {
        let mut names: Vec<&str> = Vec::new();
        for about in resolve::known(kind) {
            names.push(about.name);
            names.extend(about.aliases);
            assert!(!about.says.is_empty() && !about.source.is_empty(), "{}", about.name);
            assert!(about.seats.0 <= about.seats.1, "{}", about.name);
            for parameter in about.parameters {
                match parameter.takes {
                    Takes::Number { default, low, high } => assert!((low..=high).contains(&default), "{}", about.name),
                    Takes::Whole { default, low, high } => assert!((low..=high).contains(&default), "{}", about.name),
                    Takes::Part { .. } => {}
                }
            }
        }
        let plain = |name: &&&str| !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert_eq!(names.iter().find(plain), None);
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "a name is used twice");
    }
}

#[test]
fn every_entry_reads_with_its_defaults_and_prints_its_name() {
    for entry in entries() {
        let recipe = Recipe::parse(entry.about.name).unwrap_or_else(|faults| panic!("{}: {faults}", entry.about.name));
        assert_eq!(recipe.to_string(), entry.about.name);
        for alias in entry.about.aliases {
            assert_eq!(Recipe::parse(alias).unwrap(), recipe);
        }
        assert!(recipe.build(&Known::utilities(Arc::from(Vec::new()))).is_ok());
    }
}

#[test]
fn the_shortest_form_is_printed() {
    for (text, printed) in [
        ("boulware", "boulware"),
        (" Boulware ( E = 0.20 , ) ", "boulware"),
        ("boulware(e=1e-1)", "boulware(e=0.1)"),
        ("Hard_Liner()", "tough"),
        ("random(accept=-0.0)", "random(accept=0)"),
        ("boa(bid=boulware(e=0.2), model=frequency, accept=next)", "boa(model=frequency)"),
        ("boa(accept=ac-combi(t=0.9), bid=boa(bid=tft))", "boa(bid=boa(bid=tit-for-tat), accept=combi(t=0.9))"),
    ] {
        assert_eq!(Recipe::parse(text).unwrap().to_string(), printed);
    }
}

#[test]
fn faults_say_where_and_what() {
    for (text, said) in [
        ("", "at 0: a name is expected here, and the text ends"),
        ("bulware", "at 0: `bulware` is no strategy (did you mean `boulware`?)"),
        ("boulware(0.2)", "at 9: the name of a parameter is expected here, not `0`"),
        ("boulware(e 2)", "at 11: `=` is expected here, not `2` (parameters are written `e=...`)"),
        ("boulware(e=2", "at 12: `,` or `)` is expected here, and the text ends"),
        (
            "boulware(f=2, e=5000)",
            "at 9: `boulware` has no parameter `f` (known here: `e`); at 16: `e` of `boulware` is from 0.001 to 1000",
        ),
        ("boulware(e=0.1, e=0.2)", "at 16: `e` is given twice"),
        ("boulware(e=linear)", "at 11: `e` of `boulware` is a number, not `linear`"),
        ("boulware(e=1.2.3)", "at 11: `1.2.3` is not a number"),
        ("boulware(e=-inf)", "at 11: `-inf` is not a number"),
        ("boulware)", "at 8: the end is expected here, not `)`"),
        (
            "random(accept=0.5, akzept=1, accept=2)",
            "at 19: `random` has no parameter `akzept` (did you mean `accept`?); at 29: `accept` is given twice",
        ),
        ("boulware(e=é)", "at 11: a name is expected here, not `é`"),
        (
            "boa(bid=micr, model=5, accept=nxt(a=99))",
            "at 8: `micr` is no strategy (did you mean `micro`?); at 20: `model` of `boa` is a model of others, not a \
             number; at 30: `nxt` is no condition for accepting (did you mean `next`?)",
        ),
        ("windowed", "at 0: `windowed` is no strategy"),
    ] {
        assert_eq!(Recipe::parse(text).unwrap_err().to_string(), said, "{text}");
    }
    assert!(Recipe::parse(&"boulware(e=".repeat(300)).is_err());
    assert!(Recipe::parse(&"x".repeat(5000)).is_err());
}

#[test]
fn a_recipe_serialises_as_its_text() {
    let recipe = Recipe::parse("boulware(e=0.1)").unwrap();
    let text = serde_json::to_string(&recipe).unwrap();
    assert_eq!(text, "\"boulware(e=0.1)\"");
    assert_eq!(serde_json::from_str::<Recipe>(&text).unwrap(), recipe);
    assert!(serde_json::from_str::<Recipe>("\"bulware\"").unwrap_err().to_string().contains("did you mean"));
}

proptest! {
    #[test]
    fn no_text_panics_and_faults_lie_inside(text in "[a-zB(),=.0-9 \\-_é]{0,60}") {
        if let Err(faults) = Recipe::parse(&text) {
            prop_assert!(!faults.is_empty());
            for fault in faults.iter() {
                prop_assert!(text.get(fault.at.clone()).is_some(), "{fault}");
            }
        }
    }

    #[test]
    fn what_is_printed_reads_back(which in 0usize..1000, numbers in prop::collection::vec(0.0f64..=1.0, 8)) {
        let all: Vec<&Entry> = entries().collect();
        let about = all[which % all.len()].about;
        let given: Vec<String> = about.parameters.iter().zip(numbers).filter_map(|(parameter, share)| {
            let number = match parameter.takes {
                Takes::Number { low, high, .. } => low + share * (high - low),
                Takes::Whole { low, high, .. } => (f64::from(low) + share * f64::from(high - low)).round(),
                Takes::Part { .. } => return None,
            };
            Some(format!("{}={number}", parameter.name))
        }).collect();
        let recipe = Recipe::parse(&format!("{}({})", about.name, given.join(","))).unwrap();
        prop_assert_eq!(&Recipe::parse(&recipe.to_string()).unwrap(), &recipe);
    }
}
