//! Agents of past competitions (ANAC), from published descriptions; one file each.
//!
//! The competitions ran against a clock on the wall; here time is counted in rounds ([`crate::talks::View::time`]), so
//! that a session is the same everywhere. A final phase that an agent begins at a moment near the end is begun by the
//! last round in any case, which is later than any moment: in the competitions there was always a turn left by then,
//! among a hundred rounds there may not be. Utilities are read as shares of the best (`own.rs`), because most agents
//! were written for profiles from 0 to 1. None accepts what is worth less to its seat than no agreement, nor proposes
//! it while there is anything else, whatever the original did about reservation values.
//!
//! None of them is the agent that competed: what descriptions leave open was chosen here, and each file says what.
//! Scores of the competitions are not to be expected of them.

mod agent_gg;
mod agent_k;
mod atlas3;
mod caduceus;
mod cuhk;
mod fawkes;
mod gahboninho;
mod gaussian;
mod guess;
mod hard_headed;
mod heard;
mod iamhaggler;
mod nice_tit_for_tat;
mod own;
mod ponpoko;
mod seated;
#[cfg(test)]
mod tests;

use super::recipe::{Entry, Given, Kind, Parameter};
use super::{Curve, Pick, Strategy, TimeDependent};
use agent_gg::AgentGg;
use agent_k::AgentK;
use atlas3::Atlas3;
use caduceus::Caduceus;
use cuhk::Cuhk;
use fawkes::Fawkes;
use gahboninho::Gahboninho;
use hard_headed::HardHeaded;
use iamhaggler::IamHaggler;
use nice_tit_for_tat::NiceTitForTat;
use ponpoko::PonPoko;
use seated::{Agent, Seated};

const WANTS: &str = "what the other side is taken to want";
/// The model that most agents use.
const COUNTED: Parameter = Parameter::part("model", Kind::Model, "frequency", WANTS);
/// The model of Hindriks and Tykhonov.
const BAYESIAN: Parameter = Parameter::part("model", Kind::Model, "bayesian", WANTS);

fn seated<A: Agent>(agent: A) -> Box<dyn Strategy> {
    Box::new(Seated::new(agent))
}

fn caduceus(given: &Given<'_>) -> Box<dyn Strategy> {
    let boulware = TimeDependent::new(Curve::Polynomial(0.2), Pick::AtLeast);
    seated(Caduceus::new(vec![
        (5, seated(Atlas3::default())),
        (4, seated(AgentGg::new(given.model("model")))),
        (3, seated(HardHeaded::new(0.05, given.model("model")))),
        (2, seated(AgentK::new(2.0))),
        (1, Box::new(boulware)),
    ]))
}

/// What is to be had by name, the oldest first.
pub(super) const AGENTS: &[Entry] = &[
    Entry::new(
        "agent-k",
        "gives way to the most that the offers so far let it expect, and takes offers by chance (first in 2010)",
        "Kawaguchi, Fujita and Ito, AgentK: Compromising Strategy based on Estimated Maximum Utility, 2012",
        |given| seated(AgentK::new(given.number("tremor"))),
    )
    .takes(&[Parameter::number("tremor", 2.0, (0.0, 10.0), "how much its speed varies with the offers")])
    .seats(2, 2),
    Entry::new(
        "hard-headed",
        "goes down its outcomes in narrow bands, hardly before the end (first in 2011)",
        "van Krimpen, Looije and Hajizadeh, HardHeaded, 2013",
        |given| seated(HardHeaded::new(given.number("e"), given.model("model"))),
    )
    .aliases(&["hardheaded"])
    .takes(&[Parameter::number("e", 0.05, (0.001, 10.0), "smaller gives way later"), COUNTED])
    .seats(2, 2),
    Entry::new(
        "gahboninho",
        "looks polite at first, then keeps up pressure the more the other side moves (second in 2011)",
        "Ben Adar, Sofy and Elimelech, Gahboninho: Strategy for Balancing Pressure and Compromise, 2013",
        |given| seated(Gahboninho::new(given.model("model"))),
    )
    .takes(&[COUNTED])
    .seats(2, 2),
    Entry::new(
        "iamhaggler2011",
        "predicts the other side by a Gaussian process and meets it where that pays best (third in 2011)",
        "Williams, Robu, Gerding and Jennings, Using Gaussian Processes to Optimise Concession, IJCAI 2011",
        |given| seated(IamHaggler::new(given.number("risk"))),
    )
    .aliases(&["iamhaggler"])
    .takes(&[Parameter::number("risk", 3.0, (0.1, 10.0), "the power of utility in expectations; above 1 takes risks")])
    .seats(2, 2),
    Entry::new(
        "nice-tit-for-tat",
        "gives way as much as the other side does on the way to the Nash point (2011)",
        "Baarslag, Hindriks and Jonker, A Tit for Tat Negotiation Strategy for Real-Time Bilateral Negotiations, 2013",
        |given| seated(NiceTitForTat::new(given.model("model"))),
    )
    .aliases(&["nice-tft", "ntft"])
    .takes(&[BAYESIAN])
    .seats(2, 2),
    Entry::new(
        "cuhk-agent",
        "asks for nearly all until the last rounds, longer of those who move (first in 2012)",
        "Hao and Leung, CUHKAgent: An Adaptive Negotiation Strategy for Bilateral Negotiations, 2014",
        |given| seated(Cuhk::new(given.model("model"))),
    )
    .aliases(&["cuhk"])
    .takes(&[COUNTED])
    .seats(2, 2),
    Entry::new(
        "the-fawkes",
        "forecasts the offers with wavelets and gives way where they reach its reserve (first in 2013)",
        "Gal and Ilany, The Fourth Automated Negotiation Competition, 2015; Chen and Weiss, ECAI 2012",
        |given| seated(Fawkes::new(given.model("model"))),
    )
    .aliases(&["fawkes"])
    .takes(&[COUNTED])
    .seats(2, 2),
    Entry::new(
        "atlas3",
        "gives way to what the last moments are worth as a game of holding out and giving in (first in 2015)",
        "Mori and Ito, Atlas3: A Negotiating Agent Based on Expecting Lower Limit of Concession Function, 2017",
        |_| seated(Atlas3::default()),
    )
    .seats(2, usize::MAX),
    Entry::new(
        "caduceus",
        "waits, then has experts vote on every issue (first in 2016; most experts are stand-ins)",
        "Güneş, Arditi and Aydoğan, Collective Voice of Experts in Multilateral Negotiation, PRIMA 2017",
        caduceus,
    )
    .takes(&[COUNTED])
    .seats(2, usize::MAX),
    Entry::new(
        "ponpoko",
        "moves between two thresholds in waves, by a pattern drawn at the start (first in 2017)",
        "Aydoğan, Fujita, Baarslag, Jonker and Ito, ANAC 2017: Repeated Multilateral Negotiation League, 2021",
        |_| seated(PonPoko::default()),
    )
    .seats(2, usize::MAX),
    Entry::new(
        "agent-gg",
        "gives way in pieces to its guess of the Nash point (first in 2019)",
        "Aydoğan et al., Challenges and Main Results of the Automated Negotiating Agents Competition 2019, 2020",
        |given| seated(AgentGg::new(given.model("model"))),
    )
    .aliases(&["agentgg"])
    .takes(&[COUNTED])
    .seats(2, 2),
];
