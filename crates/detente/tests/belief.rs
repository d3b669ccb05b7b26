//! The belief over games: exact volumes and moments, brute force on small cases, and that every game drawn
//! keeps every claim.

use detente::case::{ReadOptions, read};
use detente::game::{Belief, Game, SCALE};
use detente::text::{Code, Diagnostics};

fn case(toml: &str) -> detente::case::Case {
    let reading = read("case.toml", &|_| Ok(toml.into()), ReadOptions::default());
    reading.case.expect("a case can be read")
}

fn look(toml: &str) -> (Option<Belief>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let belief = Belief::of(&case(toml), &mut diagnostics);
    (belief, diagnostics)
}

fn belief(toml: &str) -> Belief {
    let (belief, diagnostics) = look(toml);
    belief.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// Two parties, issues `i1`… with values `a`, `b`, … as many as given; the first party has the wants.
fn with_wants(sizes: &[usize], wants: &[&str]) -> String {
    let mut toml = String::from("title = \"T\"\n");
    for (i, size) in sizes.iter().enumerate() {
        let values: Vec<String> = ('a'..='z').take(*size).map(|c| format!("\"{c}\"")).collect();
        toml.push_str(&format!("issues.i{} = {{ values = [{}], status_quo = \"a\" }}\n", i + 1, values.join(", ")));
    }
    toml.push_str(&format!("[parties.x]\nwants = [{}]\n[parties.y]\n", wants.join(", ")));
    toml
}

#[test]
#[ignore = "prints times"]
fn time() {
    let mut wants: Vec<String> = vec!["{ ranks_first = \"i3\" }".into(), "{ issue = \"i4\", over = \"i5\" }".into()];
    wants.push("{ ranks = [\"i1\", \"i2\", \"i6\", \"i7\"] }".into());
    wants.push("{ issue = \"i8\", over = \"i2\" }".into());
    for i in 1..=18 {
        wants.push(format!("{{ issue = \"i{i}\", prefers = [\"b\", \"c\", \"d\"] }}"));
    }
    let order = wants.clone();
    let mut few = wants.clone();
    few.extend(["{ package = \"p\", over = \"q\" }".into(), "{ package = \"q\", over = \"r\" }".into()]);
    let mut tight = wants.clone();
    for i in 0..7 {
        tight.push(format!("{{ package = \"s{i}\", over = \"s{}\" }}", i + 1));
    }
    tight.push("{ issue = \"i9\", weight = [0.1, 0.12] }".into());
    for (name, wants) in [("order", order), ("few", few), ("tight", tight)] {
        let wants: Vec<&str> = wants.iter().map(String::as_str).collect();
        let mut toml = with_wants(&[5; 18], &wants);
        toml = toml.replace("[parties.y]", &format!("[parties.y]\nwants = [{}]", wants.join(", ")));
        toml.push_str(
            "[packages.p]\nname = \"P\"\nvalues = { i1 = \"b\", i2 = \"c\", i3 = \"b\", i9 = [\"b\", \"e\"] }\n",
        );
        toml.push_str("[packages.q]\nname = \"Q\"\nvalues = { i1 = \"c\", i4 = \"c\", i3 = \"a\", i11 = \"d\" }\n");
        toml.push_str("[packages.r]\nname = \"R\"\nvalues = { i12 = \"c\", i14 = \"c\", i13 = \"e\", i11 = \"d\" }\n");
        for i in 0..8usize {
            let values: Vec<String> = (0..6)
                .map(|k| {
                    format!("i{} = \"{}\"", (i * 5 + k * 3 + k * k * i) % 18 + 1, ["b", "c", "d", "e"][(i * 7 + k) % 4])
                })
                .collect();
            let mut values = values;
            values.sort();
            values.dedup_by_key(|v| v.split(' ').next().unwrap().to_string());
            toml.push_str(&format!("[packages.s{i}]\nname = \"S\"\nvalues = {{ {} }}\n", values.join(", ")));
        }
        let t = std::time::Instant::now();
        let (b, d) = look(&toml);
        let Some(b) = b else {
            println!("{name}: {d:#?}");
            continue;
        };
        let of = t.elapsed();
        println!("{name}: {} exact {}", b.method(), b.exact_sampling());
        let t = std::time::Instant::now();
        let n: Vec<Game> = (0..2000).map(|i| b.draw(1, i)).collect();
        let one = t.elapsed();
        let t = std::time::Instant::now();
        let m = b.draws(1, 0..2000);
        let all = t.elapsed();
        assert_eq!(n[7].players[0].worth, m[7].players[0].worth);
        let t = std::time::Instant::now();
        let w = b.without(&|c| c == "parties.x.wants.3").unwrap();
        println!("of {of:?} 2000 draws {one:?} parallel {all:?} without {:?}, {}", t.elapsed(), w.inputs().len());
        let t = std::time::Instant::now();
        let w = b.without(&|c| c == "parties.x.wants.23").unwrap();
        println!("without last {:?}, {}", t.elapsed(), w.inputs().len());
    }
}
