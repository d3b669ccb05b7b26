//! The stable codes of diagnostics and what each of them means.
//!
//! A code never changes its meaning. Its page is what `detente explain CODE` prints.

use super::Severity;

macro_rules! codes {
    ($( $variant:ident = $code:literal, $severity:ident, $title:literal, $page:literal; )*) => {
        /// The stable code of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( #[doc = $title] $variant, )*
        }

        impl Code {
            /// Every code, in the order of its page in the documentation.
            pub const ALL: &'static [Code] = &[ $( Code::$variant, )* ];

            /// The code as it is printed, `area::what`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Code::$variant => $code, )* }
            }

            /// What it means, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $( Code::$variant => $title, )* }
            }

            /// Why it is reported and how to mend it.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self { $( Code::$variant => $page, )* }
            }

            /// The severity it has unless the run says otherwise.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $( Code::$variant => Severity::$severity, )* }
            }
        }
    };
}

codes! {
    // Files and syntax.
    FileNotUtf8 = "file::not-utf8", Error, "the file is not UTF-8 text",
        "Case files and sources are UTF-8 text. The message names the first byte that is not. Save the file as UTF-8; a word processor's document has to be exported as plain text first.";
    FileMissing = "file::missing", Error, "a file cannot be read",
        "The case names a file that is not there or cannot be opened. Names are relative to the folder of the case file.";
    FileOutside = "file::outside-case", Error, "a source lies outside the folder of the case",
        "A case names only files in its own folder or below it, so that the folder can be handed over whole. Copy the file into the folder.";
    FileTooLarge = "file::too-large", Error, "the file is too large to be a case",
        "A case file is at most 16 MiB and a source at most 64 MiB. Something else was probably meant.";
    Syntax = "case::syntax", Error, "the file is not valid TOML",
        "The text breaks the rules of TOML 1.1. Frequent causes: a quote that is not closed, a key without `=`, curly quotes around a string, the same key twice.";
    Empty = "case::empty", Error, "the case says nothing",
        "The file has no keys at all. `detente new NAME` writes a starter case.";
    ExtendsLoop = "case::extends-loop", Error, "a case extends itself",
        "`extends` names the case that this one builds on. The chain has come back to a file that is already in it.";
    CaseTooLarge = "case::too-large", Error, "more than a case may have",
        "A case has at most 10000 issues, 1000 parties and 4000 claims, and the values of all issues times the parties are a million at most. More than that is no negotiation that somebody wrote down.";
    // Shape.
    UnknownKey = "case::unknown-key", Error, "a key that no case has",
        "The key is not part of the case format at this place, so nothing would read it. Often a slip of the pen; the hint names the nearest key. `detente schema` prints all of them.";
    MissingKey = "case::missing-key", Error, "a key that is needed here",
        "The entry cannot be understood without this key.";
    WrongType = "case::wrong-type", Error, "a value of the wrong type",
        "For example a number where a text belongs. The message says what belongs here.";
    UnknownWord = "case::unknown-word", Error, "a word that is not one of the choices",
        "Some keys take one of a few words. The hint names the nearest one, or all.";
    BadRange = "case::bad-range", Error, "a range that is no range",
        "A range is one number or two, `[low, high]`, with low not above high, both finite. Shares and firmness lie between 0 and 1.";
    BadDate = "case::bad-date", Error, "not a date",
        "A date is a TOML date (2025-05-16), or a text with a month (\"2025-03\") or a year (\"2022\") where no more is known.";
    BadName = "case::bad-name", Error, "a name that conditions could not use",
        "Names of issues, values, parties, actors, steps and evidence are letters, digits, `-` and `_`, and are not one of the words and, or, not, in, true, false.";
    EmptyList = "case::empty-list", Error, "a list or text that must not be empty",
        "An issue needs at least two values, a comparison at least two things to compare, a quote some words.";
    // Names.
    UnknownName = "case::unknown-name", Error, "a name that nothing in the case has",
        "The case refers to a party, issue, value, source, piece of evidence, step or other entry that it does not define. The hint names the nearest one.";
    HoldsNothing = "case::holds-nothing", Error, "priorities of somebody who holds nothing",
        "Priorities say what somebody would do of its own accord, so it has to hold something: an issue with `held_by`, or a `[conduct.NAME]`. A party of the talks may have priorities without, as it can agree or not.";
    OpenState = "case::open-state", Error, "a state of affairs that leaves something open",
        "Whether a state of affairs holds can be asked of one state only: every issue and conduct has one value in it. What is not named is at the status quo.";
    DuplicateName = "case::duplicate-name", Error, "one name for two things",
        "Two entries share a name, id or alias, so a reference to it would be ambiguous.";
    ConditionSyntax = "condition::syntax", Error, "a condition that cannot be read",
        "A condition is written like `ceasefire = full and not status = ceded`. It knows `=`, `!=`, `in [a, b]`, `moved`, `not`, `and`, `or`, `=>` and brackets.";
    ConditionConstant = "condition::constant", Warning, "a condition that never or always holds",
        "Over all outcomes of the case the condition has one answer only, so the rule says nothing or forbids everything.";
    // Claims.
    NoBasis = "claim::no-basis", Warning, "a claim without a basis",
        "Every claim says where it comes from: `basis = \"quoted\"` (with `because`), `derived` (with `from`), `elicited` (with `who`) or `assumed` (with `why` and a range). Without it, a claim with evidence is read as quoted and any other as assumed. An error with --strict.";
    QuotedNoEvidence = "claim::quoted-without-evidence", Error, "a quoted claim that quotes nothing",
        "`basis = \"quoted\"` needs `because` with at least one piece of evidence.";
    DerivedNoSource = "claim::derived-from-nothing", Error, "a derived claim that derives from nothing",
        "`basis = \"derived\"` needs `from` (ids of other claims) or `because` (evidence), and `why` says how.";
    DerivedLoop = "claim::derived-loop", Error, "claims that derive from each other in a circle",
        "A claim is derived, through others, from itself. A circle supports nothing; break it where the evidence is.";
    ElicitedNobody = "claim::elicited-from-nobody", Error, "an elicited claim without who said it",
        "`basis = \"elicited\"` needs `who`; `when` and `method` help the reader.";
    AssumedBare = "claim::assumed-bare", Warning, "an assumed claim without range or reason",
        "`basis = \"assumed\"` needs `why`, and a range where it is a number. An assumption that is only a point hides how much hangs on it. An error with --strict.";
    Contradiction = "claim::contradiction", Error, "claims that cannot all hold",
        "No preferences of the party satisfy all of these claims. The set shown is the smallest: drop any one of them and the rest can hold together.";
    // Evidence.
    QuoteNormalised = "evidence::normalised", Note, "a quote that differs in quotes, dashes or spaces only",
        "The words stand in the source; only quotation marks, dashes, spaces or the composition of letters differ.";
    QuoteDrifted = "evidence::drifted", Warning, "a quote that differs from the source",
        "A passage much like the quote stands in the source. The difference is shown. Correct the quote, or the claim.";
    QuoteAmbiguous = "evidence::ambiguous", Error, "a quote that stands in the source more than once",
        "Add `prefix` or `suffix`, some words before or after, so that one place is meant.";
    QuoteMissing = "evidence::missing", Error, "a quote that is not in the source",
        "Nothing like the quote stands in the source.";
    SourceChanged = "evidence::source-changed", Warning, "a source that is not the one that was cited",
        "The text's SHA-256 is not the one that the case records. The quotes were looked for again in the text as it is now; the ones that moved or changed are listed on their own.";
    BadHash = "evidence::bad-hash", Error, "a SHA-256 that is none",
        "`sha256` is 64 hexadecimal digits, as `sha256sum FILE` prints them. Without a right one nobody can tell whether the source is still the text that was cited.";
    QuoteUnverifiable = "evidence::unverifiable", Note, "a quote whose source is not held",
        "The case has no text of the source (no `file`), so nobody can check the quote from the folder alone.";
    NumberNotInQuote = "evidence::number-not-in-quote", Warning, "a number in the claim that is not in its quote",
        "The claim is marked as quoted but its number stands in none of its quotes, in digits or words. Mark it `derived` and say how, or cite the sentence that has it.";
    WrongSpeaker = "evidence::wrong-speaker", Warning, "the words of somebody else",
        "The claim is about what one actor says, and its quote is spoken by another.";
    HedgeDropped = "evidence::hedge-dropped", Warning, "a hedge in the quote that the claim dropped",
        "The quote says `roughly`, `reports`, `possible` or the like, and the claim has a point value without a range or a word about it. Give a range, or `reading`.";
    QuoteCut = "evidence::cut-short", Warning, "a quote cut before though, but or unless",
        "The sentence goes on after the quote with a word that turns it. Read the rest; cite it too, or say in `reading` why it does not matter.";
    SingleSource = "evidence::single-source", Note, "a claim that hangs on one source",
        "All evidence for the claim comes from one source.";
    KnownProblem = "evidence::known-problem", Warning, "a quote the case itself marks as wrong or contradicted",
        "The case marks this passage of its source as an error or a contradiction. It is verified as a quote and listed under source problems; a claim that rests on it is shown with the mark.";
    Unused = "evidence::unused", Note, "evidence that no claim uses",
        "The quote is read and checked but carries no claim.";
    // Substance.
    StatusQuoRefused = "game::status-quo-refused", Warning, "a red line that the status quo breaks",
        "The red line forbids the state of things as they are. That can be meant (a demand for change), but it is usually a condition written the wrong way round.";
    TooLarge = "game::too-large", Error, "a rule over too many issues at once",
        "A linkage or red line spans so many combinations of values that it cannot be tabulated. Split it with `and` into rules over fewer issues.";
    CostScope = "game::ends-when-scope", Error, "what ends a cost speaks of more than one issue",
        "`ends_when` of a cost names values of one issue, such as `ceasefire in [full, monitored]`. Utilities are sums over issues, so a cost that ends only with several of them together cannot be counted exactly. Write a cost for each issue that would end a part of it.";
    NoParties = "game::no-parties", Error, "no party whose consent is needed",
        "An agreement needs at least two parties that must consent. Add `[parties.NAME]` entries.";
    NoIssues = "game::no-issues", Error, "nothing to negotiate",
        "A game needs at least one issue with two values. Add `[issues.NAME]` entries.";
    LevelImpossible = "level::impossible", Warning, "a level of agreement that no outcome reaches",
        "The condition of the level contradicts itself or the linkages.";
    // Files of other programs.
    ExchangeUnknown = "exchange::unknown-format", Error, "a file in no format that is known",
        "The file is none of: a GENIUS domain or profile (XML), a GeniusWeb domain or profile (JSON), a NegMAS scenario or utility function (YAML or JSON), a NegoLog profile (JSON), a case (TOML); or, where a conflict is asked for, a `.gmcr` file (JSON) or a table of states and moves (CSV). The format is told from the content, not from the name of the file.";
    ExchangeSyntax = "exchange::syntax", Error, "a file that breaks the rules of its syntax",
        "The text is not well-formed XML, JSON or YAML, and what is meant cannot be told. The message names the place.";
    ExchangeRepaired = "exchange::repaired", Warning, "a broken file that could be read all the same",
        "The file breaks the rules of its syntax or encoding in a way that leaves no doubt about what is meant (a comment before the XML declaration, text in another encoding than declared). It was read as meant.";
    ExchangeLimit = "exchange::too-large", Error, "more than a file may hold",
        "A file may be 128 MiB large and nested 128 levels deep; an issue may have 65,535 values and a scenario 65,535 issues and 64 parties. Beyond this the file is refused before it takes time or memory.";
    ExchangeUnsafe = "exchange::unsafe", Error, "a file that would run code",
        "NegMAS stores functions as pickled Python objects. Reading one runs whatever code it holds, so it is never read. Write the values of the function as a table (`TableFun`) instead.";
    ExchangeUnsupported = "exchange::unsupported", Error, "something of the format whose meaning is not known here",
        "The file uses a kind of preference or value function that is not read. Going on without it would change the preferences, so the file is refused. The message names it.";
    ExchangeMissing = "exchange::missing", Error, "something that the format needs",
        "The file lacks a part without which the preferences are not known.";
    ExchangeNumber = "exchange::bad-number", Error, "not a number, or one beyond all measure",
        "Numbers are decimals of at most 400 digits. Infinity and NaN are no utilities.";
    ExchangeValue = "exchange::missing-value", Warning, "a value without an evaluation",
        "The profile says nothing of a value of the domain. By the rules of the format it counts 0.";
    ExchangeName = "exchange::unknown-name", Error, "a name that the domain does not have",
        "A profile speaks of an issue or value that is not in the domain, or a name given on the command line is not there. The hint names the nearest one.";
    ExchangeMismatch = "exchange::mismatch", Error, "profiles of different domains",
        "All profiles of a scenario are over the same issues with the same values. The message names the first difference.";
    ExchangeWeights = "exchange::weights", Warning, "weights that do not sum to 1",
        "The format wants weights that sum to 1. They were taken as written, as the program of the format does; utilities may then exceed 1, and GENIUS cuts them at 1.";
    ExchangeIgnored = "exchange::ignored", Note, "something that does not change the preferences was left out",
        "For example costs of items, similarity functions, plots.";
    ExchangeLost = "exchange::lost", Warning, "something that the target format cannot hold",
        "The format written to has no place for a part of the scenario. It was left out or put into another form; the message says which.";
    ExchangeParties = "exchange::no-parties", Error, "no preferences to look at",
        "A domain alone says what can be agreed, not what anybody wants. Name the profiles too, or the folder that holds them.";
    ExchangePoints = "exchange::points", Note, "a real range stands as points",
        "Outcomes are finite in number here. A real range becomes points: every corner of a piecewise linear utility and evenly spaced points between. How far utilities may be off is said with the answer.";
    // Conflicts: who can move what.
    ConflictNoMaker = "conflict::no-decision-maker", Error, "nobody who could move",
        "A conflict has at least one decision maker. In a `.gmcr` file they are the entries of `decisionMakers`; in the table form each has a `maker` row.";
    ConflictHoldsNothing = "conflict::holds-nothing", Error, "a decision maker without an option",
        "A decision maker that holds no option can do nothing, and nothing could be said of it. Give it an option, or take it out.";
    ConflictNoHolder = "conflict::no-holder", Error, "an option that nobody holds",
        "Every option is held by one decision maker, who alone can take it or drop it. An option without a holder would never change: add its number to the `options` of a decision maker, or take it out.";
    ConflictHeldTwice = "conflict::held-twice", Error, "an option that several hold",
        "An option is moved by one decision maker. Where each of two could take the step alone, they have an option each; where both have to agree, the conflict is no `.gmcr` conflict: write it as a case, or as a table with `joint` moves.";
    ConflictPattern = "conflict::contradictory-pattern", Error, "a pattern that wants an option both taken and not",
        "No state meets the pattern, so it would say nothing. One of the two entries is a slip.";
    ConflictInfeasible = "conflict::nothing-feasible", Error, "no state is left",
        "The infeasible patterns together exclude every state. An empty pattern alone does so.";
    ConflictStatements = "conflict::too-many-statements", Error, "more preference statements than can be told apart",
        "A state is scored by the truth of each statement, the first counting most; 126 statements fit. Statements far down the list hardly ever decide: drop those that never tell two states apart.";
    ConflictRanking = "conflict::ranking", Error, "a ranking that does not name every state once",
        "A ranking names each feasible state once, ties together. In a `.gmcr` file states are numbered from 1 over the feasible states in increasing order of their decimal code, the first option being the lowest bit; a changed infeasible pattern renumbers them.";
    ConflictCycle = "conflict::cyclic-preference", Error, "preferences that go round in a circle",
        "Each state of the circle is preferred to the next and the last to the first, so no ranking fits. The circle is printed with the row of each comparison; one of them is to be taken out.";
    ConflictIncomparable = "conflict::incomparable", Note, "pairs of states that the preferences leave open",
        "The comparisons do not order all states. Pairs that do not follow from them are read as unknown, which is not the same as indifferent: say `equal` where neither is preferred.";
    ConflictIndifferent = "conflict::indifferent", Note, "a decision maker to whom all states are equal",
        "Nothing is said of its preferences. It then never gains by moving, and never answers to its own advantage.";
}

impl Code {
    /// The code printed as `text`, if there is one.
    ///
    /// ```
    /// use detente::text::Code;
    /// assert_eq!(Code::parse("case::unknown-key"), Some(Code::UnknownKey));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|c| c.as_str() == text)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_documented() {
        let mut seen: Vec<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.page().len() > 40, "{code} has no page");
            assert_eq!(Code::parse(code.as_str()), Some(*code));
        }
    }
}
