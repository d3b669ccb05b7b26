//! `detente explain`: what a code means.

use crate::args::Explain;
use crate::{Ended, Failure, output};
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

pub(crate) fn run(arguments: &Explain) -> Result<Ended, Failure> {
    let codes: Vec<Code> = match &arguments.code {
        None => Code::ALL.to_vec(),
        Some(text) => match Code::parse(text) {
            Some(code) => vec![code],
            None => {
                let hint = did_you_mean(text, Code::ALL.iter().map(|c| c.as_str()));
                return Err(Failure::usage(format!("there is no code `{text}`"))
                    .hint(hint.unwrap_or_else(|| "`detente explain` lists all codes".into())));
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
