//! `detente new`: a commented starter case that passes its own check.

use crate::args::New;
use crate::{Ended, Failure, output};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::Path;

const CASE: &str = include_str!("../starter/case.toml");
const NOTES: &str = include_str!("../starter/notes.md");

/// What `new --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Made {
    /// The folder.
    folder: String,
    /// The files in it.
    files: Vec<String>,
}

pub(crate) fn run(arguments: &New) -> Result<Ended, Failure> {
    let folder = arguments.name.as_path();
    if folder.exists() {
        return Err(Failure::usage(format!("{} is already there", folder.display())).hint("choose another name"));
    }
    let title = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if title.is_empty() {
        return Err(Failure::usage("the name is empty"));
    }
    let case = CASE.replace("TITLE", &title.replace(['\\', '"'], "").replace(|c: char| c.is_control(), " "));
    write(folder, &case).map_err(|error| Failure::found(format!("cannot make {}: {error}", folder.display())))?;
    let shown = folder.display();
    if arguments.json {
        let files = vec!["case.toml".into(), "sources/notes.md".into()];
        output::print(&output::json(&Made { folder: shown.to_string(), files })?)?;
    } else {
        output::print(&format!(
            "Made {shown}/case.toml and {shown}/sources/notes.md.\n\nNext:\n  detente check {shown}\n  detente brief {shown}\n"
        ))?;
    }
    Ok(Ended::Fine)
}

/// Makes the folder under another name first, so that nobody finds it half-made.
fn write(folder: &Path, case: &str) -> std::io::Result<()> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new().prefix(".detente-").tempdir_in(parent)?;
    std::fs::write(temporary.path().join("case.toml"), case)?;
    std::fs::create_dir(temporary.path().join("sources"))?;
    std::fs::write(temporary.path().join("sources/notes.md"), NOTES)?;
    let made = temporary.keep();
    std::fs::rename(&made, folder).inspect_err(|_| {
        let _ = std::fs::remove_dir_all(&made);
    })?;
    output::open_to_others(folder);
    Ok(())
}
