//! The command as a person or a script meets it, run among the cases that ship, at 80 columns.

#![allow(unreachable_pub, reason = "shared by test files")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the cases that ship.
pub fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")
}

/// Runs the command.
pub fn detente(arguments: &[&str]) -> Output {
    let run =
        Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).current_dir(cases()).env("COLUMNS", "80").output();
    run.expect("the command runs")
}

/// What it prints, when all is well.
pub fn out(arguments: &[&str]) -> String {
    let output = detente(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The same as JSON.
pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(arguments)).expect("JSON")
}
