//! A brief from a case and its findings.

use super::content::Brief;
use super::sections;
use crate::case::Case;
use crate::lens::Finding;
use crate::lens::mandate::MandateAnswer;
use crate::lens::order::OrderAnswer;
use crate::lens::stability::StabilityAnswer;
use crate::lens::talks::TalksAnswer;
use crate::lens::zone::ZoneAnswer;
use crate::text::{Diagnostics, SourceMap};
use sha2::{Digest, Sha256};

/// What was found about a case.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The zone of agreement; none when there is nothing to negotiate.
    pub zone: Option<&'a Finding<ZoneAnswer>>,
    /// The order of steps.
    pub order: &'a Finding<OrderAnswer>,
    /// Who may sign what.
    pub mandate: &'a Finding<MandateAnswer>,
    /// Whether states of affairs would hold; none when it was not asked.
    pub stability: Option<&'a Finding<StabilityAnswer>>,
    /// How the talks would go; none when it was not asked.
    pub talks: Option<&'a Finding<TalksAnswer>>,
}

/// How a brief was made, so that somebody else can make the same one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Colophon {
    /// Version of the program.
    pub version: String,
    /// The seed of the draws.
    pub seed: u64,
    /// How many games were drawn.
    pub draws: u64,
    /// The case files with the SHA-256 of their bytes, in hexadecimal.
    pub files: Vec<(String, String)>,
}

impl Colophon {
    /// The colophon of a brief made now, by this version, from these case files.
    #[must_use]
    pub fn new(files: &SourceMap, seed: u64, draws: u64) -> Self {
        let digest = |text: &str| Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        Colophon {
            version: env!("CARGO_PKG_VERSION").to_string(),
            seed,
            draws,
            files: files.iter().map(|(name, text)| (name.to_string(), digest(text))).collect(),
        }
    }

    /// In short lines.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("détente {}", self.version), format!("{} draws, seed {}", self.draws, self.seed)];
        lines.extend(self.files.iter().map(|(name, digest)| format!("{name}: SHA-256 {digest}")));
        lines
    }
}

/// Writes the brief: the first page (bottom line, assumption load, what would change the
/// assessment) and every section that the case has material for.
///
/// The same arguments give the same brief. Without a zone finding the brief covers the process, the
/// order and the mandates. Likelihood words follow ICD 203; a percentage is a share of the preference
/// sets that fit the record.
///
/// ```
/// use detente::brief::compose::{Colophon, Findings, compose};
/// use detente::case::{ReadOptions, read};
/// use detente::lens::mandate::MandateAnswer;
/// use detente::lens::order::OrderAnswer;
/// use detente::lens::{Exactness, Finding, Made};
///
/// let made = Made { method: "by hand".into(), exactness: Exactness::Exact, limits: vec![], seed: None };
/// let order = OrderAnswer {
///     steps: vec![], demands: vec![], cycles: vec![], complete: true, cuts: vec![], elsewhere: vec![], choreography: None,
/// };
/// let order = Finding { answer: order, made: made.clone() };
/// let mandate = Finding { answer: MandateAnswer { lights: vec![], contested: vec![] }, made };
/// let reading = read("case.toml", &|_| Ok(b"title = \"Talks\"".to_vec()), ReadOptions::default());
/// let case = reading.case.unwrap();
/// let findings = Findings { zone: None, order: &order, mandate: &mandate, stability: None, talks: None };
/// let brief = compose(&case, &reading.diagnostics, &findings, &Colophon::default());
/// assert_eq!(brief.title, "Talks");
/// assert!(brief.sections.iter().any(|s| s.id == "method"));
/// ```
#[must_use]
pub fn compose(case: &Case, diagnostics: &Diagnostics, findings: &Findings<'_>, made: &Colophon) -> Brief {
    sections::brief(case, diagnostics, findings, made)
}
