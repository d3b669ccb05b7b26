//! Words to the terminal and bytes to files.

use crate::Failure;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Prints to stdout. A reader that has gone away (`| head`) is no fault.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let newline = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    match out.write_all(text.as_bytes()).and_then(|()| out.write_all(newline.as_bytes())).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::found(format!("cannot write to the terminal: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a line to stderr, as well as that goes.
pub(crate) fn problem(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// Writes a file whole or not at all: into a temporary file beside it, then in its place.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| {
        Failure::found(format!("cannot write {}: {error}", path.display())).hint("nothing was changed")
    };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = tempfile::Builder::new().prefix(".detente-").tempfile_in(folder).map_err(cannot)?;
    temporary.write_all(bytes).and_then(|()| temporary.flush()).map_err(cannot)?;
    readable_by_others(temporary.path());
    temporary.persist(path).map(|_| ()).map_err(|error| cannot(error.error))
}

/// Whether there is a folder for a file that will be written later.
pub(crate) fn has_room(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() && !path.is_dir() {
        return Ok(());
    }
    let why =
        if path.is_dir() { "it is a folder".to_string() } else { format!("there is no folder {}", folder.display()) };
    Err(Failure::found(format!("cannot write {}: {why}", path.display())))
}

/// Temporary files are private; a brief is as readable as any new file of the user's.
#[cfg(unix)]
pub(crate) fn readable_by_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
pub(crate) fn readable_by_others(_: &Path) {}

/// Temporary folders are private; what is made of one is as open as any new folder of the user's, its files too.
#[cfg(unix)]
pub(crate) fn open_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755));
}

#[cfg(not(unix))]
pub(crate) fn open_to_others(_: &Path) {}

/// Serialises to JSON, indented, with a final newline.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| Failure::found(format!("cannot write JSON: {error}")))
}

/// A cell of a CSV file (RFC 4180): in quotes where it would be read otherwise.
pub(crate) fn csv_cell(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into() }
}
