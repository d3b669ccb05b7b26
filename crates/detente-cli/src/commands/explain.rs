//! `detente explain`: what a code means, and which strategies and protocols are known by name.

use crate::args::Explain;
use crate::{Ended, Failure, output};
use detente::strategy::{acceptances, entries, models};
use detente::talks::protocols::listed;
use detente::text::{Code, Severity, did_you_mean};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Write;

/// One code as `explain --json` prints it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Page {
    /// The code.
    code: &'static str,
    /// Severity unless the run says otherwise.
    severity: Severity,
    /// What it means, in a few words.
    title: &'static str,
    /// Why it is reported and how to mend it.
    page: &'static str,
}

fn page(code: Code) -> Page {
    Page { code: code.as_str(), severity: code.severity(), title: code.title(), page: code.page() }
}

/// Something known by name, as `explain strategies --json` and `explain protocols --json` print it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Known {
    /// Its name with its parameters at their defaults.
    name: String,
    /// What it does.
    says: &'static str,
    /// Where it was published, where that is told.
    source: Option<&'static str>,
}

/// The strategies and their parts: what is made with `boa`, the models, the conditions of acceptance.
fn strategies() -> Vec<(&'static str, Vec<Known>)> {
    let known =
        |about: &detente::strategy::About| Known { name: about.usage(), says: about.says, source: Some(about.source) };
    vec![
        ("Strategies", entries().map(|entry| known(&entry.about)).collect()),
        ("Models of what others want (model=…)", models().iter().map(|model| known(&model.about)).collect()),
        ("Conditions of acceptance (accept=…)", acceptances().iter().map(|one| known(&one.about)).collect()),
    ]
}

fn protocols() -> Vec<(&'static str, Vec<Known>)> {
    let known = |one: &detente::talks::protocols::Listed| {
        let parameters: Vec<&str> = one.parameters.iter().map(|(name, _)| *name).collect();
        let brackets = if parameters.is_empty() { String::new() } else { format!("({})", parameters.join(", ")) };
        Known { name: format!("{}{brackets}", one.name), says: one.says, source: None }
    };
    vec![("Protocols", listed().iter().map(known).collect())]
}

fn show(groups: Vec<(&'static str, Vec<Known>)>, json: bool) -> Result<Ended, Failure> {
    if json {
        let all: Vec<Known> = groups.into_iter().flat_map(|(_, known)| known).collect();
        output::print(&output::json(&all)?)?;
        return Ok(Ended::Fine);
    }
    let mut out = String::new();
    for (at, (title, known)) in groups.into_iter().enumerate() {
        let _ = writeln!(out, "{}{title}\n", if at > 0 { "\n" } else { "" });
        for one in known {
            let source = one.source.map(|source| format!(" [{source}]")).unwrap_or_default();
            let _ = writeln!(out, "{}", one.name);
            for line in detente::text::wrap(&format!("{}{source}", one.says), 74).lines() {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    output::print(&out)?;
    Ok(Ended::Fine)
}

pub(crate) fn run(arguments: &Explain) -> Result<Ended, Failure> {
    match arguments.code.as_deref() {
        Some("strategies") => return show(strategies(), arguments.json),
        Some("protocols") => return show(protocols(), arguments.json),
        _ => {}
    }
    let codes: Vec<Code> = match &arguments.code {
        None => Code::ALL.to_vec(),
        Some(text) => match Code::parse(text) {
            Some(code) => vec![code],
            None => {
                let hint = did_you_mean(text, Code::ALL.iter().map(|c| c.as_str()));
                return Err(Failure::usage(format!("there is no code `{text}`")).hint(hint.unwrap_or_else(|| {
                    "`detente explain` lists all codes; `strategies` and `protocols` list what is known by name".into()
                })));
            }
        },
    };
    if arguments.json {
        output::print(&output::json(&codes.into_iter().map(page).collect::<Vec<_>>())?)?;
        return Ok(Ended::Fine);
    }
    let mut out = String::new();
    match codes.as_slice() {
        [code] => {
            let _ = writeln!(out, "{code}: {}\n", code.title());
            let _ = writeln!(out, "{}", detente::text::wrap(code.page(), 78));
        }
        _ => {
            for code in codes {
                let _ = writeln!(out, "{:<32} {}", code.as_str(), code.title());
            }
        }
    }
    output::print(&out)?;
    Ok(Ended::Fine)
}
