//! Opening case files: relative to the folder of the case and never outside it.

use crate::Failure;
use detente::case::{OpenError, ReadOptions, Reading, read};
use std::ffi::OsStr;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// A case file is at most this large.
const LARGEST_CASE: u64 = 16 << 20;
/// A source is at most this large.
const LARGEST_SOURCE: u64 = 64 << 20;

/// Where a case lies: its folder and the name of its file in it.
pub(crate) struct Place {
    folder: PathBuf,
    file: String,
}

/// Whether a path names a case: a folder that holds one, or a TOML file.
pub(crate) fn is_case(path: &Path) -> bool {
    path.join("case.toml").is_file() || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"))
}

impl Place {
    /// Finds the case that a path on the command line means.
    pub(crate) fn of(path: &Path) -> Result<Place, Failure> {
        if path.is_dir() {
            return Ok(Place { folder: path.to_path_buf(), file: "case.toml".into() });
        }
        if !path.exists() {
            return Err(Failure::usage(format!("there is no case {}", path.display()))
                .hint("name a folder with a case.toml, or a TOML file; `detente new NAME` writes a starter case"));
        }
        let file = path.file_name().and_then(OsStr::to_str);
        let file = file.ok_or_else(|| Failure::usage(format!("the name {} is not text", path.display())))?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Place { folder: folder.to_path_buf(), file: file.to_string() })
    }

    /// A name for what is made from the case: the folder's, with the file's when it is not the usual one.
    pub(crate) fn name(&self) -> String {
        let folder = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        let folder = folder.file_name().and_then(OsStr::to_str).unwrap_or("case").to_string();
        match self.file.strip_suffix(".toml").unwrap_or(&self.file) {
            "case" => folder,
            stem => stem.to_string(),
        }
    }

    /// Reads the case.
    pub(crate) fn read(&self, strict: bool) -> Reading {
        read(&self.file, &|name| self.open(name), ReadOptions { strict })
    }

    fn open(&self, name: &str) -> Result<Vec<u8>, OpenError> {
        let path = Path::new(name);
        if path.components().any(|c| !matches!(c, Component::Normal(_) | Component::CurDir)) {
            return Err(OpenError::Outside);
        }
        let limit = if name == self.file || name.ends_with(".toml") { LARGEST_CASE } else { LARGEST_SOURCE };
        let whole = self.folder.join(path);
        // A link may lead out of the folder where its name does not.
        let (real, home) =
            (whole.canonicalize().map_err(|e| reason(&e))?, self.folder.canonicalize().map_err(|e| reason(&e))?);
        if name != self.file && !real.starts_with(&home) {
            return Err(OpenError::Outside);
        }
        let file = std::fs::File::open(&real).map_err(|e| reason(&e))?;
        if !file.metadata().map_err(|e| reason(&e))?.is_file() {
            return Err(OpenError::Unreadable("it is not a file".into()));
        }
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
        if bytes.len() as u64 > limit { Err(OpenError::TooLarge) } else { Ok(bytes) }
    }
}

fn reason(error: &std::io::Error) -> OpenError {
    match error.kind() {
        ErrorKind::NotFound => OpenError::Missing,
        _ => OpenError::Unreadable(error.to_string()),
    }
}
