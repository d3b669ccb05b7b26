//! Protocols as a line of text: `sao`, `majority(quota=2)`, `blind-bidding(up=0, span=5)`.

use super::{
    BlindBidding, Closing, Coalitions, MediatedSearch, MediatorProposes, MonotonicConcession, MultipleOffers, OneText,
    SealedDemands, Split, StackedAlternating, Threads,
};
use crate::game::Outcome;
use crate::talks::Protocol;
use crate::text::did_you_mean;

/// The largest whole number that a parameter takes.
const MOST: f64 = 1e6;

/// A protocol known by name.
pub struct Listed {
    /// Its name.
    pub name: &'static str,
    /// Its parameters: each name, and what it is.
    pub parameters: &'static [(&'static str, &'static str)],
    /// What it is, in one line.
    pub says: &'static str,
    build: fn(&Arguments<'_>) -> Result<Box<dyn Protocol>, Unnamed>,
}

/// Why a text names no protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unnamed {
    /// What is wrong, in a sentence.
    pub message: String,
    /// What may have been meant.
    pub hint: Option<String>,
}

impl std::fmt::Display for Unnamed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " ({hint})"))
    }
}

impl std::error::Error for Unnamed {}

impl Unnamed {
    fn new(message: String) -> Self {
        Unnamed { message, hint: None }
    }
}

/// What stands between the brackets.
struct Arguments<'a> {
    name: &'static str,
    given: Vec<(&'a str, &'a str)>,
}

impl<'a> Arguments<'a> {
    fn text(&self, key: &str) -> Option<&'a str> {
        self.given.iter().find(|(k, _)| *k == key).map(|(_, value)| *value)
    }

    fn number(&self, key: &str, (least, most): (f64, f64)) -> Result<Option<f64>, Unnamed> {
        let Some(text) = self.text(key) else { return Ok(None) };
        let number = text.parse::<f64>().ok().filter(|number| (least..=most).contains(number));
        number
            .map(Some)
            .ok_or_else(|| Unnamed::new(format!("`{key}` takes a number from {least} to {most}, not `{text}`")))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number within the range")]
    fn whole(&self, key: &str, (least, most): (f64, f64)) -> Result<Option<usize>, Unnamed> {
        match self.number(key, (least, most))? {
            Some(number) if number.fract() != 0.0 => Err(Unnamed::new(format!("`{key}` takes a whole number"))),
            number => Ok(number.map(|number| number as usize)),
        }
    }

    /// What has to be there.
    fn needed<T>(&self, key: &str, found: Option<T>) -> Result<T, Unnamed> {
        found.ok_or_else(|| Unnamed::new(format!("`{}` needs `{key}=…`", self.name)))
    }

    fn up(&self) -> Result<usize, Unnamed> {
        let up = self.whole("up", (0.0, 1.0))?;
        self.needed("up", up)
    }

    fn split(&self) -> Result<Split, Unnamed> {
        match self.text("split") {
            None | Some("middle") => Ok(Split::Middle),
            Some("up") => Ok(Split::Up),
            Some("down") => Ok(Split::Down),
            Some(other) => Err(Unnamed {
                message: format!("`split` does not take `{other}`"),
                hint: did_you_mean(other, ["middle", "up", "down"]),
            }),
        }
    }

    fn package(&self) -> Result<Outcome, Unnamed> {
        let text = self.needed("package", self.text("package"))?;
        let digits: Result<Vec<u16>, _> = text.split('/').map(|digit| digit.trim().parse()).collect();
        digits
            .map(Outcome::new)
            .map_err(|_| Unnamed::new("`package` takes a digit for each issue, `1/0/2`".to_string()))
    }
}

const UP: (&str, &str) = ("up", "the seat that wants the issue up, 0 or 1");

/// The protocols known by name, in the order in which they are listed.
#[must_use]
pub fn listed() -> &'static [Listed] {
    LISTED
}

static LISTED: &[Listed] = &[
    Listed {
        name: "sao",
        parameters: &[],
        says: "stacked alternating offers, as in GENIUS: accept the offer on the table or make another; leaving ends it",
        build: |_| Ok(Box::new(StackedAlternating::genius())),
    },
    Listed {
        name: "sao-negmas",
        parameters: &[],
        says: "the same as in NegMAS: among three seats or more the others go on when one leaves",
        build: |_| Ok(Box::new(StackedAlternating::negmas())),
    },
    Listed {
        name: "amop",
        parameters: &[],
        says: "alternating multiple offers: all table an offer, then all vote on all; a unanimous one is agreed",
        build: |_| Ok(Box::new(MultipleOffers::unanimous())),
    },
    Listed {
        name: "majority",
        parameters: &[("quota", "how many votes are enough at the deadline; left out: more than half")],
        says: "the same, and at the deadline the best supported offer binds all if its votes meet the quota",
        build: |given| {
            Ok(Box::new(match given.whole("quota", (1.0, MOST))? {
                Some(votes) => MultipleOffers::quota(votes),
                None => MultipleOffers::majority(),
            }))
        },
    },
    Listed {
        name: "mediator",
        parameters: &[],
        says: "a mediator proposes packages drawn by chance, all vote, the first that all accept is agreed",
        build: |_| Ok(Box::new(MediatorProposes::until_yes())),
    },
    Listed {
        name: "mediator-flipping",
        parameters: &[],
        says: "the same, going on from what all accepted with one issue changed by chance, to the deadline",
        build: |_| Ok(Box::new(MediatorProposes::flipping())),
    },
    Listed {
        name: "mediator-flipping-in-order",
        parameters: &[],
        says: "the same, the issues changed in their order",
        build: |_| Ok(Box::new(MediatorProposes::flipping_in_order())),
    },
    Listed {
        name: "mediator-feedback",
        parameters: &[],
        says: "all say better, same or worse of each draft against the one before; a last yes or no to the best",
        build: |_| Ok(Box::new(MediatedSearch::feedback())),
    },
    Listed {
        name: "hill-climbing",
        parameters: &[],
        says: "a mediator changes one issue of a text at a time; it stays changed if that is worse to nobody",
        build: |_| Ok(Box::new(MediatedSearch::climbing())),
    },
    Listed {
        name: "annealing",
        parameters: &[("start", "the temperature at the beginning, in seats; left out: 1")],
        says: "the same, changes worse to some being kept by a chance that falls to 0",
        build: |given| Ok(Box::new(MediatedSearch::annealing(given.number("start", (0.0, MOST))?.unwrap_or(1.0)))),
    },
    Listed {
        name: "one-text",
        parameters: &[],
        says: "a mediator drafts from the status quo, all criticise, the mediator redrafts; a last yes or no",
        build: |_| Ok(Box::new(OneText::from_status_quo())),
    },
    Listed {
        name: "one-text-drawn",
        parameters: &[],
        says: "the same from a draft drawn by chance",
        build: |_| Ok(Box::new(OneText::drawn())),
    },
    Listed {
        name: "tau",
        parameters: &[],
        says: "offers that never come twice, tentative acceptances that are kept; offered and accepted by all is agreed",
        build: |_| Ok(Box::new(Threads::new())),
    },
    Listed {
        name: "monotonic-concession",
        parameters: &[],
        says: "two seats offer at once and concede or stand still; two standing still end it",
        build: |_| Ok(Box::new(MonotonicConcession::new())),
    },
    Listed {
        name: "coalitions",
        parameters: &[],
        says: "all offer, vote with the least and most seats they would be bound with, opt in; groups agree apart",
        build: |_| Ok(Box::new(Coalitions::new())),
    },
    Listed {
        name: "sealed-demands",
        parameters: &[],
        says: "all demand an outcome under seal; the same demand of all is agreed",
        build: |_| Ok(Box::new(SealedDemands::same())),
    },
    Listed {
        name: "crossing-demands",
        parameters: &[UP, ("split", "where it is settled: middle (left out), up or down, the demand of that seat")],
        says: "two seats demand under seal on one ordered issue; demands that meet or cross are settled between",
        build: |given| Ok(Box::new(SealedDemands::crossing(given.up()?, given.split()?))),
    },
    Listed {
        name: "blind-bidding",
        parameters: &[UP, ("span", "how far apart bids may be, in the numbers of the issue; left out: 0")],
        says: "two seats bid under seal on one ordered issue, round by round, until the bids are near enough",
        build: |given| {
            Ok(Box::new(BlindBidding::new(given.up()?, given.number("span", (0.0, f64::MAX))?.unwrap_or(0.0))))
        },
    },
    Listed {
        name: "closing",
        parameters: &[("package", "the digit of the value of each issue, `1/0/2`")],
        says: "one package is on the table, and all say yes or no to it",
        build: |given| Ok(Box::new(Closing::on(given.package()?))),
    },
];

/// The protocol that a text names: a name, and parameters in brackets where it takes any.
///
/// ```
/// use detente::talks::protocols::named;
/// assert_eq!(named("majority(quota=2)").unwrap().text(), "majority(quota=2)");
/// let wrong = named("majorty").err().unwrap();
/// assert_eq!(wrong.hint.as_deref(), Some("did you mean `majority`?"));
/// ```
///
/// # Errors
/// What is wrong, and what may have been meant.
pub fn named(text: &str) -> Result<Box<dyn Protocol>, Unnamed> {
    let text = text.trim();
    let (name, inside) = match text.split_once('(') {
        None => (text, None),
        Some((name, rest)) => {
            let inside =
                rest.strip_suffix(')').ok_or_else(|| Unnamed::new("a `)` is missing at the end".to_string()))?;
            (name.trim_end(), Some(inside))
        }
    };
    let name = name.to_lowercase();
    let Some(found) = LISTED.iter().find(|listed| listed.name == name) else {
        let names = LISTED.iter().map(|listed| listed.name);
        let shown: String = name.chars().take(40).collect();
        return Err(Unnamed { message: format!("no protocol is called `{shown}`"), hint: did_you_mean(&name, names) });
    };
    let mut given: Vec<(&str, &str)> = Vec::new();
    for argument in inside.unwrap_or_default().split(',').map(str::trim).filter(|argument| !argument.is_empty()) {
        let Some((key, value)) = argument.split_once('=').map(|(key, value)| (key.trim(), value.trim())) else {
            return Err(Unnamed::new(format!("`{argument}` is not of the form `name=value`")));
        };
        let keys = found.parameters.iter().map(|(key, _)| *key);
        if !keys.clone().any(|known| known == key) {
            let message = format!("`{}` has no parameter `{key}`", found.name);
            return Err(Unnamed { message, hint: did_you_mean(key, keys) });
        }
        if given.iter().any(|(before, _)| *before == key) {
            return Err(Unnamed::new(format!("`{key}` is given twice")));
        }
        given.push((key, value));
    }
    (found.build)(&Arguments { name: found.name, given })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_name_gives_its_protocol_and_its_text_gives_it_again() {
        let needs = |name: &str| match name {
            "crossing-demands" => "crossing-demands(up=1)".to_string(),
            "blind-bidding" => "blind-bidding( up = 0 )".to_string(),
            "closing" => "closing(package=1/0/2)".to_string(),
            other => other.to_string(),
        };
        for listed in listed() {
            let protocol = named(&needs(listed.name)).unwrap();
            assert_eq!(protocol.name(), listed.name);
            assert_eq!(named(&protocol.text()).unwrap().text(), protocol.text());
            assert_eq!(protocol.open(2).text(), protocol.text(), "opening keeps the parameters");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let said = |text: &str| named(text).err().unwrap().to_string();
        insta::assert_snapshot!(
            [
                "hil-climbing", "zebra", "majority(quota=2", "majority(qota=2)", "majority(quota=0)", "majority(quota=1.5)",
                "majority(quota=two)", "majority(2)", "majority(quota=2, quota=3)", "blind-bidding", "blind-bidding(up=2)",
                "crossing-demands(up=0, split=midle)", "closing(package=a/b)", "sao(e=1)", "annealing(start=nan)", "",
            ]
            .map(|text| format!("{text}: {}", said(text)))
            .join("\n"),
            @r"
        hil-climbing: no protocol is called `hil-climbing` (did you mean `hill-climbing`?)
        zebra: no protocol is called `zebra`
        majority(quota=2: a `)` is missing at the end
        majority(qota=2): `majority` has no parameter `qota` (did you mean `quota`?)
        majority(quota=0): `quota` takes a number from 1 to 1000000, not `0`
        majority(quota=1.5): `quota` takes a whole number
        majority(quota=two): `quota` takes a number from 1 to 1000000, not `two`
        majority(2): `2` is not of the form `name=value`
        majority(quota=2, quota=3): `quota` is given twice
        blind-bidding: `blind-bidding` needs `up=…`
        blind-bidding(up=2): `up` takes a number from 0 to 1, not `2`
        crossing-demands(up=0, split=midle): `split` does not take `midle` (did you mean `middle`?)
        closing(package=a/b): `package` takes a digit for each issue, `1/0/2`
        sao(e=1): `sao` has no parameter `e`
        annealing(start=nan): `start` takes a number from 0 to 1000000, not `nan`
        : no protocol is called ``
        "
        );
    }
}
