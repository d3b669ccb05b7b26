//! The command `detente`: arguments to the library, findings to the terminal and to files.

mod args;
mod commands;
mod diagnose;
mod files;
mod output;
mod progress;
mod scenario;

use clap::Parser;
use std::process::ExitCode;

/// Exit code when findings are errors or a check failed.
const FOUND: u8 = 1;
/// Exit code for wrong usage.
const USAGE: u8 = 2;

/// How a command ended without a fault of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All is well.
    Fine,
    /// Something of severity *error* was found and has been shown.
    Found,
}

/// Why a command could not do its work: said once, at the end, on stderr.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hint: Option<String>,
    code: u8,
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Failure { message: message.into(), hint: None, code: USAGE }
    }

    pub(crate) fn found(message: impl Into<String>) -> Self {
        Failure { message: message.into(), hint: None, code: FOUND }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

fn main() -> ExitCode {
    let arguments = match args::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, not faults.
            let code = if error.use_stderr() { USAGE } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match commands::run(arguments) {
        Ok(Ended::Fine) => ExitCode::SUCCESS,
        Ok(Ended::Found) => ExitCode::from(FOUND),
        Err(failure) => {
            output::problem(&format!("error: {}", failure.message));
            if let Some(hint) = failure.hint {
                output::problem(&format!("help: {hint}"));
            }
            ExitCode::from(failure.code)
        }
    }
}
