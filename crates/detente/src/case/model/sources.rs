//! Sources and the quotes taken from them.

use crate::case::decode::{record, words};
use crate::case::scalars::{Name, When};

words! {
    /// What kind of text a source is.
    pub enum SourceKind {
        /// A news report.
        News = "news",
        /// A text of the talks: a draft, a memorandum, a communiqué.
        Document = "document",
        /// What an office publishes about itself: a decree, a press release.
        Official = "official",
        /// Something somebody said in public.
        Statement = "statement",
        /// A law or a constitution.
        Law = "law",
        /// An opinion survey.
        Poll = "poll",
        /// A study or a commentary.
        Analysis = "analysis",
        /// Unnamed people told a reporter.
        Leak = "leak",
        /// The analyst's own digest of public facts, each with its named source.
        Digest = "digest",
        /// An interview or a questionnaire made for this case.
        Interview = "interview",
        /// Made up, for an exercise or a test.
        Invented = "invented",
    }
}

words! {
    /// Reliability of a source on the Admiralty scale.
    pub enum Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
}

words! {
    /// What is wrong with a passage of a source.
    pub enum ProblemKind {
        /// It is known to be wrong.
        KnownError = "known-error",
        /// Other evidence says otherwise.
        Contradicted = "contradicted",
        /// Nobody stands by it with a name.
        Anonymous = "anonymous",
        /// It comes from a body with a stake in being believed.
        Interested = "interested",
        /// It can be read in more than one way.
        Unclear = "unclear",
    }
}

record! {
    /// A text that the case cites.
    pub struct Source {
        /// Title or description.
        title: Option<String>,
        /// The text, as a file beside the case. Without it quotes cannot be checked.
        file: Option<Name>,
        /// What kind of text it is.
        kind: Option<SourceKind>,
        /// Who published it.
        publisher: Option<String>,
        /// Where it can be found.
        url: Option<String>,
        /// When it was published.
        published: Option<When>,
        /// Reliability of the source, A (best) to F, on the Admiralty scale.
        reliability: Option<Reliability>,
        /// Credibility of what it says, 1 (best) to 6, on the Admiralty scale; a piece of evidence may say otherwise.
        credibility: Option<u32>,
        /// SHA-256 of the file as it was cited, in hexadecimal.
        sha256: Option<Name>,
        /// Anything a reader of the brief has to know about it.
        note: Option<String>,
    }
}

record! {
    /// A passage of a source, word for word.
    pub struct Evidence {
        /// The source it is taken from.
        source: Name,
        /// The words, as they stand there.
        quote: Name,
        /// Words just before, where the quote stands in the source more than once.
        prefix: Option<String>,
        /// Words just after, likewise.
        suffix: Option<String>,
        /// Who says it, an actor; without it, the source itself.
        speaker: Option<Name>,
        /// Who said so first, in the digest's words ("TASS, 2 June 2025"), where the source is a digest.
        origin: Option<String>,
        /// Credibility, 1 (best) to 6, where it differs from the source's.
        credibility: Option<u32>,
        /// Reliability of the origin, where the source is a digest.
        reliability: Option<Reliability>,
        /// When it was said or written.
        date: Option<When>,
        /// What is wrong with the passage, if anything.
        problem: Option<Problem>,
        /// Anything a reader of the brief has to know about it.
        note: Option<String>,
    }
}

record! {
    /// What is wrong with a passage.
    pub struct Problem {
        /// The kind of problem.
        kind: ProblemKind,
        /// Evidence that says otherwise.
        contradicts: Vec<Name>,
        /// What is wrong, in a sentence.
        note: Option<String>,
    }
}
