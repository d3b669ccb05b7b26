//! Opening the files of a scenario: files as named, or all of a folder.

use crate::{Failure, diagnose, output};
use detente::exchange::{Input, LARGEST_FILE, Loaded, read};
use detente::text::Severity;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Endings of files that can belong to a scenario.
const ENDINGS: [&str; 5] = ["xml", "json", "yml", "yaml", "toml"];
/// A folder with more files than this is no scenario.
const MOST_FILES: usize = 1_000;

/// Reads the scenario in these files and folders. A folder stands for its own files with a known ending, in the
/// order of their names; folders in it are left alone. Without `parties` every profile is a party.
pub(crate) fn load(paths: &[PathBuf], parties: &[String]) -> Result<Loaded, Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() { files.extend(of_folder(path)?) } else { files.push(path.clone()) }
    }
    let mut inputs = Vec::new();
    for file in &files {
        inputs.push(Input { name: file.display().to_string(), bytes: bytes(file)? });
    }
    Ok(read(&inputs, (!parties.is_empty()).then_some(parties)))
}

/// Shows what was found wrong on stderr, and how the reading ended when it gave no scenario.
pub(crate) fn show(loaded: &Loaded) {
    if loaded.diagnostics.iter().any(|d| d.severity >= Severity::Warning) {
        output::problem(diagnose::draw(&loaded.diagnostics, &loaded.files, Severity::Warning).trim_end());
        output::problem("");
    }
    if loaded.scenario.is_none() {
        output::problem(&format!("The scenario cannot be read: {}.", diagnose::tally(&loaded.diagnostics)));
    }
}

fn of_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let cannot = |error: std::io::Error| Failure::found(format!("cannot read {}: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        if path.is_file() && ending.is_some_and(|e| ENDINGS.contains(&e.as_str())) {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(Failure::usage(format!("{} holds no files of a scenario", folder.display())).hint(format!(
            "files of a scenario end in {}; folders inside a folder are not looked into",
            ENDINGS.join(", ")
        )));
    }
    if files.len() > MOST_FILES {
        return Err(Failure::usage(format!("{} holds {} files, which is no scenario", folder.display(), files.len())));
    }
    files.sort();
    Ok(files)
}

/// The bytes of a file; one too large is not read to its end.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if !path.exists() {
        return Err(Failure::usage(format!("there is no file {}", path.display()))
            .hint("name a file, the files of a domain and its profiles, or the folder that holds them"));
    }
    let cannot = |error: std::io::Error| Failure::found(format!("cannot read {}: {error}", path.display()));
    let file = std::fs::File::open(path).map_err(cannot)?;
    if !file.metadata().map_err(cannot)?.is_file() {
        return Err(Failure::usage(format!("{} is not a file", path.display())));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(bytes)
}
