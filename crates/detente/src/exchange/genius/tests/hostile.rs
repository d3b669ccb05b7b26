//! Files made to hurt.

use super::*;

fn issues(inside: &str) -> String {
    format!("<utility_space><objective index='0'>{inside}</objective></utility_space>")
}

#[test]
fn nesting_has_an_end() {
    let deep = "<objective>".repeat(200_000);
    assert_eq!(refused(&format!("<utility_space>{deep}")), [Code::ExchangeLimit]);
    let unknown = "<a>".repeat(200_000);
    assert_eq!(refused(&unknown), [Code::ExchangeLimit]);
    let fine =
        format!("{}<issue name='a'><item value='x'/></issue>{}", "<objective>".repeat(120), "</objective>".repeat(120));
    assert_eq!(domain(&issues(&fine)).1.issues.len(), 1);
}

#[test]
fn a_range_of_a_billion_is_refused_before_it_is_made() {
    let range = |low: &str, high: &str| {
        issues(&format!("<issue index='1' name='a' type='integer' lowerbound='{low}' upperbound='{high}'/>"))
    };
    assert_eq!(refused(&range("0", "1000000000")), [Code::ExchangeLimit]);
    assert_eq!(refused(&range("0", "65535")), [Code::ExchangeLimit]);
    assert_eq!(refused(&range("0", "1e300")), [Code::ExchangeLimit]);
    assert_eq!(refused(&range("1e300", "1e300")), [Code::ExchangeLimit]);
    assert_eq!(refused(&range("3", "1")), [Code::ExchangeNumber]);
    assert_eq!(refused(&range("0.5", "1")), [Code::ExchangeNumber]);
    assert_eq!(refused(&range("0", "")), [Code::ExchangeNumber]);
    assert_eq!(domain(&range("0", "65534")).1.issues[0].values.len(), 65_535);
    let many: String = (0..20)
        .map(|i| format!("<issue index='{i}' name='a{i}' type='integer' lowerbound='0' upperbound='60000'/>"))
        .collect();
    assert_eq!(refused(&issues(&many)), [Code::ExchangeLimit]);
}

#[test]
fn wide_rectangles_have_an_end() {
    let side = "<hyperRectangle utility='1'><INCLUDES index='1' min='0' max='60000'/></hyperRectangle>".repeat(400);
    let text = issues(&format!(
        "<issue index='1' name='a' type='integer' lowerbound='0' upperbound='65000'/>
         <utility maxutility='1'><ufun type='PlainUfun' aggregation='sum' weight='1'>{side}</ufun></utility>"
    ));
    assert_eq!(refused(&text), [Code::ExchangeLimit]);
}

#[test]
fn broken_tags_without_end_have_one() {
    let text = issues(&"</x>".repeat(20_000));
    assert_eq!(refused(&text), [Code::ExchangeSyntax]);
    let items: String = (0..100).map(|i| format!("<item value='{i}' evaluation='x'/>")).collect();
    let many: String = (0..100)
        .map(|i| format!("<issue index='{i}' name='{i}'>{items}</issue><weight index='{i}' value='1'/>"))
        .collect();
    assert_eq!(refused(&issues(&many)), [Code::ExchangeNumber]);
}

#[test]
fn long_numbers_and_names_are_told_shortly() {
    let text = issues(&format!(
        "<issue index='1' name='a'><item value='x' evaluation='{}'/></issue><weight index='1' value='1'/>",
        "9".repeat(20_000)
    ));
    let (_, diagnostics) = take(&text);
    assert!(diagnostics.iter().all(|d| d.message.len() < 200), "{diagnostics:?}");
}

#[test]
#[ignore = "takes seconds without optimisation: files of the largest size"]
fn the_largest_files_take_little_time() {
    let fill = |piece: &str| piece.repeat((127 << 20) / piece.len());
    let cases = [
        fill("<a/>"),
        fill("<item value='x'/>"),
        fill("<a x='&'/>"),
        fill("& "),
        fill("<!-- -->"),
        fill("0.5, 0.5\n"),
        "x".repeat(129 << 20),
    ];
    for inside in cases {
        let text = issues(&inside);
        let started = std::time::Instant::now();
        let (content, _) = take(&text);
        println!("{} bytes from {:?}: {:?}", text.len(), &inside[..4], started.elapsed());
        assert!(content.is_none() && started.elapsed().as_secs() < 60);
    }
}
