//! Every rule of stability by its name.

use super::Literal;
use crate::analysis::stability::Concept;

/// A rule by which a state is stable for a decision maker: one of the five concepts, or one of those built on them.
///
/// Merged coalitions ([`Literal::merged`]) are no rule: they need to be told who belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One of the five concepts.
    Core(Concept),
    /// Simultaneous sanctions, looked for at every state.
    Simultaneous,
    /// Stable by SEQ or by simultaneous sanctions.
    SequentialOrSimultaneous,
    /// Stable by SEQ, or by simultaneous sanctions where two decision makers or more are not (Fraser and Hipel 1979).
    FraserHipel,
    /// Limited-move stability of two decision makers with a horizon of so many moves (Kilgour 1985), from 1.
    Limited(u32),
    /// Non-myopic stability of two decision makers (Brams and Wittman 1981; Kilgour 1984).
    NonMyopic,
    /// Limited-move stability of any number of decision makers, each expecting the next mover that is worst for it.
    LimitedPessimistic(u32),
    /// Non-myopic stability, each expecting the next mover that is worst for it.
    NonMyopicPessimistic,
    /// Stable against every coalition of which the decision maker is a member (Kilgour, Hipel, Fang and Peng 2001;
    /// Inohara and Hipel 2008).
    Coalition(Concept),
    /// Stable with sanctions that are strong (Hamouda, Kilgour and Hipel 2004).
    Strong(Concept),
    /// Stable, but not with sanctions that are strong.
    Weak(Concept),
    /// Stable under unknown preference, by one of four extensions (Li, Hipel, Kilgour and Fang 2004).
    Unknown(Concept, Extension),
}

/// How a decision maker takes what is not known of its preference (Li, Hipel, Kilgour and Fang 2004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extension {
    /// It may move to states that it is not known to prefer, and is deterred only by what it surely does not prefer.
    A,
    /// It moves only to states that it surely prefers, and is deterred only by what it surely does not prefer.
    B,
    /// It may move to states that it is not known to prefer, and is deterred by what it may not prefer.
    C,
    /// It moves only to states that it surely prefers, and is deterred by what it may not prefer.
    D,
}

/// Why a rule gives no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// There is no such decision maker.
    NoMaker,
    /// The rule is for two decision makers; for more there is the pessimistic version of it.
    NotTwo,
    /// The rule puts moves together issue by issue, which a graph does not have.
    NoIssues,
    /// There are more decision makers than coalitions are looked at for ([`Literal::MOST_IN_COALITIONS`]).
    TooManyMakers,
    /// The groups do not hold every decision maker once.
    NoPartition,
    /// There is not one rule for each decision maker.
    NotOneEach,
    /// The budget of the search is spent ([`Literal::MOST_WORK`]).
    TooMuch,
}

impl Extension {
    /// The four.
    pub const ALL: [Extension; 4] = [Extension::A, Extension::B, Extension::C, Extension::D];

    /// Whether a move to a state that is not known to be preferred counts.
    #[must_use]
    pub const fn hopes(self) -> bool {
        matches!(self, Extension::A | Extension::C)
    }

    /// Whether a state that is not known not to be preferred deters.
    #[must_use]
    pub const fn fears(self) -> bool {
        matches!(self, Extension::C | Extension::D)
    }

    const fn letter(self) -> char {
        match self {
            Extension::A => 'a',
            Extension::B => 'b',
            Extension::C => 'c',
            Extension::D => 'd',
        }
    }
}

impl From<Concept> for Rule {
    fn from(concept: Concept) -> Self {
        Rule::Core(concept)
    }
}

impl Rule {
    /// The short name: `SEQ`, `SIM`, `SEQ|SIM`, `SEQ+SIM`, `L3`, `NM`, `L3-pessimistic`, `NM-pessimistic`, `CSEQ`,
    /// `strong-SEQ`, `weak-SEQ`, `SEQ-a`.
    #[must_use]
    pub fn short(self) -> String {
        match self {
            Rule::Core(concept) => concept.short().to_string(),
            Rule::Simultaneous => "SIM".to_string(),
            Rule::SequentialOrSimultaneous => "SEQ|SIM".to_string(),
            Rule::FraserHipel => "SEQ+SIM".to_string(),
            Rule::Limited(horizon) => format!("L{horizon}"),
            Rule::NonMyopic => "NM".to_string(),
            Rule::LimitedPessimistic(horizon) => format!("L{horizon}-pessimistic"),
            Rule::NonMyopicPessimistic => "NM-pessimistic".to_string(),
            Rule::Coalition(Concept::Nash) => "CNash".to_string(),
            Rule::Coalition(concept) => format!("C{}", concept.short()),
            Rule::Strong(concept) => format!("strong-{}", concept.short()),
            Rule::Weak(concept) => format!("weak-{}", concept.short()),
            Rule::Unknown(concept, extension) => format!("{}-{}", concept.short(), extension.letter()),
        }
    }

    /// The rule of a short name, in capitals or not.
    ///
    /// ```
    /// use detente::analysis::stability::{Concept, Extension, Rule};
    /// assert_eq!(Rule::named("l3"), Some(Rule::Limited(3)));
    /// assert_eq!(Rule::named("SEQ-a"), Some(Rule::Unknown(Concept::Seq, Extension::A)));
    /// assert_eq!(Rule::named("cnash"), Some(Rule::Coalition(Concept::Nash)));
    /// assert_eq!(Rule::named("strong-R"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Rule> {
        let name = name.to_ascii_lowercase();
        if let Some(concept) = Concept::named(&name) {
            return Some(Rule::Core(concept));
        }
        match name.as_str() {
            "sim" => return Some(Rule::Simultaneous),
            "seq|sim" => return Some(Rule::SequentialOrSimultaneous),
            "seq+sim" => return Some(Rule::FraserHipel),
            "nm" => return Some(Rule::NonMyopic),
            "nm-pessimistic" => return Some(Rule::NonMyopicPessimistic),
            _ => {}
        }
        let horizon = |text: &str| text.parse::<u32>().ok().filter(|h| *h > 0);
        let more_than_nash = |text: &str| Concept::named(text).filter(|c| *c != Concept::Nash);
        if let Some(rest) = name.strip_prefix('l') {
            return match rest.strip_suffix("-pessimistic") {
                Some(rest) => horizon(rest).map(Rule::LimitedPessimistic),
                None => horizon(rest).map(Rule::Limited),
            };
        }
        if let Some(rest) = name.strip_prefix("strong-") {
            return more_than_nash(rest).map(Rule::Strong);
        }
        if let Some(rest) = name.strip_prefix("weak-") {
            return more_than_nash(rest).map(Rule::Weak);
        }
        if let Some((concept, letter)) = name.rsplit_once('-') {
            let extension = Extension::ALL.into_iter().find(|e| letter.chars().eq([e.letter()]))?;
            return Some(Rule::Unknown(Concept::named(concept)?, extension));
        }
        name.strip_prefix('c').and_then(Concept::named).map(Rule::Coalition)
    }

    /// What it says, in a sentence about a decision maker.
    #[must_use]
    pub fn meaning(self) -> String {
        let at_once = "the others could improve at the same moment such that it would be left no better off";
        let worst = "when it expects the next mover that is worst for it";
        match self {
            Rule::Core(concept) => concept.meaning().to_string(),
            Rule::Simultaneous => format!("at every move that it prefers, {at_once}"),
            Rule::SequentialOrSimultaneous => {
                format!("{}; or, {}", Concept::Seq.meaning(), Rule::Simultaneous.meaning())
            }
            Rule::FraserHipel => format!(
                "{}; or it is among several of whom that is not so, and at every move that it prefers, {at_once}",
                Concept::Seq.meaning()
            ),
            Rule::Limited(horizon) => format!("it gains by no move when both look {horizon} moves ahead"),
            Rule::NonMyopic => "it gains by no move when both look any large number of moves ahead".to_string(),
            Rule::LimitedPessimistic(horizon) => {
                format!("it gains by no move when all look {horizon} moves ahead, {worst}")
            }
            Rule::NonMyopicPessimistic => {
                format!("it gains by no move when all look any large number of moves ahead, {worst}")
            }
            Rule::Coalition(concept) => {
                format!(
                    "for it and every coalition that it is a member of, taken as one that moves: {}",
                    concept.meaning()
                )
            }
            Rule::Strong(concept) => format!("{}: much worse off, indeed", concept.meaning()),
            Rule::Weak(concept) => format!("{}, but not in every case much worse off", concept.meaning()),
            Rule::Unknown(concept, extension) => {
                let hopes = if extension.hopes() {
                    "counting moves that it may prefer"
                } else {
                    "counting moves that it surely prefers"
                };
                let fears = if extension.fears() {
                    "answers that it may not prefer"
                } else {
                    "answers that it surely does not prefer"
                };
                format!("{}; {hopes}, and {fears}", concept.meaning())
            }
        }
    }
}

impl Literal {
    /// The most steps of a search under a rule that needs one (simultaneous moves, foresight): then it gives up.
    pub const MOST_WORK: u64 = 1 << 28;

    /// For each state, whether it is stable for a decision maker by a rule.
    ///
    /// # Errors
    ///
    /// Says why the rule gives no answer here.
    pub fn stable_by(&self, maker: usize, rule: Rule) -> Result<Vec<bool>, Unanswered> {
        if maker >= self.graph.makers.len() {
            return Err(Unanswered::NoMaker);
        }
        match rule {
            Rule::Core(concept) => Ok(self.stable(maker, concept)),
            Rule::Simultaneous => self.simultaneous(maker),
            Rule::SequentialOrSimultaneous => {
                let sequential = self.stable(maker, Concept::Seq);
                Ok(self.simultaneous(maker)?.iter().zip(sequential).map(|(a, b)| *a || b).collect())
            }
            Rule::FraserHipel => self.fraser_hipel(maker),
            Rule::Limited(horizon) => self.two().and_then(|()| self.limited(maker, horizon)),
            Rule::NonMyopic => self.two().and_then(|()| self.non_myopic(maker)),
            Rule::LimitedPessimistic(horizon) => self.limited(maker, horizon),
            Rule::NonMyopicPessimistic => self.non_myopic(maker),
            Rule::Coalition(concept) => self.against_coalitions(Some(maker), concept),
            Rule::Strong(concept) => Ok(self.strong(maker, concept)),
            Rule::Weak(concept) => {
                let strong = self.strong(maker, concept);
                Ok(self.stable(maker, concept).iter().zip(strong).map(|(stable, strong)| *stable && !strong).collect())
            }
            Rule::Unknown(concept, extension) => Ok(self.under_unknown(maker, concept, extension)),
        }
    }

    /// For each state, whether it is stable for all decision makers by a rule.
    ///
    /// # Errors
    ///
    /// Says why the rule gives no answer here.
    pub fn equilibria_by(&self, rule: Rule) -> Result<Vec<bool>, Unanswered> {
        match rule {
            Rule::Coalition(concept) => self.against_coalitions(None, concept),
            _ => self.mixed(&vec![rule; self.graph.makers.len()]),
        }
    }

    /// For each state, whether it is stable for every decision maker by the rule that is its own (mixed behaviour).
    ///
    /// # Errors
    ///
    /// When there is not one rule for each decision maker, or a rule gives no answer here.
    pub fn mixed(&self, rules: &[Rule]) -> Result<Vec<bool>, Unanswered> {
        if rules.len() != self.graph.makers.len() {
            return Err(Unanswered::NotOneEach);
        }
        let each = rules.iter().enumerate().map(|(maker, rule)| self.stable_by(maker, *rule));
        Ok(self.all(each.collect::<Result<Vec<_>, _>>()?.into_iter()))
    }

    fn two(&self) -> Result<(), Unanswered> {
        if self.graph.makers.len() == 2 { Ok(()) } else { Err(Unanswered::NotTwo) }
    }
}
