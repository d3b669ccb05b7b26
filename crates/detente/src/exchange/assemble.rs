//! From files to a scenario: what each says, who is meant, one space for all.

use super::align::{align, common};
use super::choose::{Candidate, Domain, choose, natural};
use super::content::{Content, Format, Sheet};
use super::detect::{self, Found, MOST_NUMBERS, makes_room};
use super::{Input, LARGEST_FILE, Loaded, MOST_PARTIES, casefile, negmas, order};
use crate::exchange::tree::{Node, short};
use crate::game::{Profile, Scenario, Space};
use crate::text::{Code, Diagnostic, Diagnostics, FileId, SourceMap, Span};
use std::collections::{HashMap, HashSet};

/// Names of issues, values and parties are at most this long, in bytes.
const LONGEST_NAME: usize = 10_000;

/// Reads the files of one scenario.
pub(crate) fn read(inputs: &[Input], parties: Option<&[String]>) -> Loaded {
    let mut loaded = Loaded::default();
    let total: usize = inputs.iter().fold(0, |sum, i| sum.saturating_add(i.bytes.len()));
    if total > LARGEST_FILE * 4 {
        let message = format!("the files together are larger than {} MiB", (LARGEST_FILE >> 20) * 4);
        loaded.diagnostics.push(Diagnostic::new(Code::ExchangeLimit, message));
        return loaded;
    }
    let mut found = Files { room: MOST_NUMBERS, ..Files::default() };
    for (at, input) in inputs.iter().enumerate() {
        if found.room > 0 {
            found.look(at, input, &mut loaded.files, &mut loaded.diagnostics);
        }
    }
    if let Some(main) = found.case(inputs, &mut loaded.diagnostics) {
        let mut case = casefile::read(main, inputs, parties);
        if case.scenario.is_some() && loaded.diagnostics.has_errors() {
            case.scenario = None;
        }
        // What was said of other files points into the files read first; it is said without places.
        case.diagnostics.extend(loaded.diagnostics.into_iter().map(|d| Diagnostic { labels: Vec::new(), ..d }));
        return case;
    }
    found.functions(&mut loaded.diagnostics);
    loaded.format = found.format;
    found.profiles.sort_by(|a, b| natural(&a.stem, &b.stem));
    loaded.profiles = names(&found.profiles);
    loaded.scenario = scenario(found, parties, &mut loaded.diagnostics).filter(|_| !loaded.diagnostics.has_errors());
    loaded.diagnostics.sort();
    loaded
}

/// What the files say.
#[derive(Default)]
struct Files {
    domains: Vec<Domain>,
    profiles: Vec<Candidate>,
    functions: Vec<(String, Node)>,
    /// The domains that are NegMAS's.
    negmas: Vec<usize>,
    cases: Vec<usize>,
    format: Option<Format>,
    /// How many values and table entries there may still be.
    room: usize,
}

impl Files {
    fn look(&mut self, at: usize, input: &Input, files: &mut SourceMap, diagnostics: &mut Diagnostics) {
        for found in detect::look(input, files, diagnostics) {
            if let Found::Content(_, _, content) = &found {
                // Every file that is looked into is added to the files, in order.
                let place = Span::new(FileId(u32::try_from(at).unwrap_or(u32::MAX)), 0..0);
                if !makes_room(content.numbers(), &mut self.room, place, diagnostics) {
                    return;
                }
            }
            match found {
                Found::Case => self.cases.push(at),
                Found::Function(stem, node) => self.functions.push((stem, node)),
                Found::Content(format, stem, Content::Domain { name, space }) => {
                    if format == Format::NegMas {
                        self.negmas.push(self.domains.len());
                    }
                    self.domains.push(Domain { name, stem, space });
                }
                Found::Content(format, stem, Content::Profile(sheet)) => {
                    self.format = self.format.or(Some(format));
                    self.profiles.push(Candidate { stem, sheet: *sheet });
                }
                Found::Content(_, _, Content::Beside(_)) => {}
            }
        }
    }

    /// The case among the files, when there is one; other files beside it must be files it extends.
    fn case<'a>(&self, inputs: &'a [Input], diagnostics: &mut Diagnostics) -> Option<&'a Input> {
        let main = |at: &&usize| inputs.get(**at).is_some_and(|i| detect::stem(&i.name) == "case");
        let chosen = match self.cases.as_slice() {
            [] => return None,
            [one] => *one,
            several => match several.iter().find(main) {
                Some(at) => *at,
                None => {
                    diagnostics.push(
                        Diagnostic::new(Code::ExchangeMismatch, "there are several cases").hint("name one of them"),
                    );
                    *several.first()?
                }
            },
        };
        if !self.profiles.is_empty() || !self.functions.is_empty() {
            let message = "a case stands beside profiles, so it is unclear which is meant";
            diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).hint("name the files of one of them"));
        }
        inputs.get(chosen)
    }

    /// Reads the utility functions of NegMAS, now that the domain is known.
    fn functions(&mut self, diagnostics: &mut Diagnostics) {
        let functions = std::mem::take(&mut self.functions);
        let mut spaces = self.negmas.iter().filter_map(|at| self.domains.get(*at));
        let domain = match (spaces.next(), spaces.next()) {
            (Some(first), None) => Some(first),
            (Some(_), Some(_)) if !functions.is_empty() => {
                let message = "there are several NegMAS domains, and utility functions do not say to which they belong";
                diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).hint("name the files of one domain"));
                return;
            }
            // Functions also go with the domain of another format when it is the only one.
            _ => self.domains.first().filter(|_| self.domains.len() == 1),
        };
        let space = domain.map(|d| d.space.clone());
        for (stem, node) in functions {
            let content = match (&space, node.code()) {
                (Some(space), _) => negmas::ufun(&node, &stem, space, diagnostics),
                // Without a domain it is still said of code that it is not run.
                (None, Some(_)) => negmas::ufun(&node, &stem, &Space::default(), diagnostics),
                (None, None) => {
                    let message = "a utility function of NegMAS names no issues; its domain is missing";
                    diagnostics.push(
                        Diagnostic::new(Code::ExchangeMissing, message)
                            .at(node.span, "this function")
                            .hint("name the file with the issues as well, or the folder"),
                    );
                    None
                }
            };
            if let Some(content) = &content
                && !makes_room(content.numbers(), &mut self.room, node.span, diagnostics)
            {
                return;
            }
            if let Some(Content::Profile(sheet)) = content {
                self.format = self.format.or(Some(Format::NegMas));
                self.profiles.push(Candidate { stem, sheet: *sheet });
            }
        }
    }
}

/// The names of parties: those of the profiles, or of their files where profiles share a name.
fn names(profiles: &[Candidate]) -> Vec<String> {
    let own: HashSet<&str> = profiles.iter().map(|c| c.sheet.name.as_str()).collect();
    let distinct = own.len() == profiles.len() && !own.contains("");
    let mut taken = HashSet::new();
    // The next number to try for a name, so that a thousand of one name do not try all numbers each.
    let mut next: HashMap<&str, usize> = HashMap::new();
    let mut out = Vec::new();
    for candidate in profiles {
        let base = if distinct { &candidate.sheet.name } else { &candidate.stem };
        let mut name = base.clone();
        let n = next.entry(base).or_insert(2);
        while !taken.insert(name.clone()) {
            name = format!("{base}-{n}");
            *n += 1;
        }
        out.push(name);
    }
    out
}

fn scenario(found: Files, parties: Option<&[String]>, diagnostics: &mut Diagnostics) -> Option<Scenario> {
    if found.profiles.is_empty() {
        if !diagnostics.has_errors() {
            let what = if found.domains.is_empty() {
                "there are no preferences"
            } else {
                "there is a domain and no preferences"
            };
            diagnostics.push(
                Diagnostic::new(Code::ExchangeParties, what)
                    .hint("name the profiles as well, or the folder that holds them"),
            );
        }
        return None;
    }
    let (chosen, home) = choose(found.profiles, &found.domains, parties, diagnostics)?;
    if chosen.len() > MOST_PARTIES {
        let message = format!("{} profiles; a scenario has at most {MOST_PARTIES} parties", chosen.len());
        diagnostics.push(Diagnostic::new(Code::ExchangeLimit, message).hint("choose with `--parties`"));
        return None;
    }
    let domain = home.and_then(|at| found.domains.get(at));
    let spaces: Vec<&Space> = chosen.iter().map(|c| &c.sheet.space).collect();
    let first = domain.map(|d| &d.space).or(spaces.first().copied())?;
    let space = common(first, &spaces);
    let named = names(&chosen);
    let name = domain.map(|d| d.name.clone()).or_else(|| chosen.iter().find_map(|c| c.sheet.domain.clone()));
    let ids = space.issues.iter().flat_map(|i| i.values.iter().map(|v| &v.id).chain([&i.id]));
    if let Some(long) = ids.chain(&named).chain(&name).find(|name| name.len() > LONGEST_NAME) {
        let message = format!("`{}` is a name of more than {LONGEST_NAME} bytes", short(long));
        diagnostics.push(Diagnostic::new(Code::ExchangeLimit, message));
        return None;
    }
    let mut profiles = Vec::new();
    for (mut candidate, name) in chosen.into_iter().zip(named) {
        let ranked = order::ranks(&mut candidate.sheet, diagnostics);
        let sheet = ranked.and_then(|()| align(candidate.sheet, &space, diagnostics));
        profiles.extend(sheet.map(|sheet| profile(&sheet, &name)));
    }
    Some(Scenario::new(name.unwrap_or_default(), space, profiles))
}

fn profile(sheet: &Sheet, name: &str) -> Profile {
    let mut profile = sheet.draft.settle(name);
    if let Some(outcome) = &sheet.reservation_outcome {
        profile.reservation = Some(profile.utility.of(outcome));
        profile.reservation_outcome = Some(outcome.clone());
    }
    profile.discount = sheet.discount;
    profile
}
