//! What is done of a tournament, kept in a folder, so that killing it at any moment loses little and breaks nothing.
//!
//! `rows.csv` holds rows in the order of the plan and only grows. `state.json` says how many of its bytes and rows count, with
//! their summary; it is written beside its place, then put there, so it is always whole. What was written to `rows.csv`
//! after the last `state.json` is cut off when the tournament goes on, and played again.

use super::rows::Table;
use crate::{Failure, output};
use detente::field::{Plan, Ready, Summary};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often what is done is put down.
const OFTEN: Duration = Duration::from_millis(250);
/// How rows begin.
const FIRST: &str = "index,scenario,opens,";
/// What a state file says it is.
const KIND: &str = "detente tournament 1";

/// What is put down.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: String,
    /// Plans of the same digest have the same rows.
    digest: String,
    plan: Plan,
    /// Rows that are done, from the first.
    done: u64,
    /// Bytes of `rows.csv` that hold them.
    bytes: u64,
    summary: Summary,
}

/// A tournament that is kept as it goes.
pub(super) struct State<'a> {
    folder: PathBuf,
    ready: &'a Ready,
    rows: File,
    /// What was there when it was opened.
    done: u64,
    before: Summary,
    bytes: u64,
    kept_at: Instant,
}

fn cannot(what: &str, path: &Path, error: &impl std::fmt::Display) -> Failure {
    Failure::found(format!("cannot {what} {}: {error}", path.display()))
}

impl<'a> State<'a> {
    /// Opens a folder: one that holds no tournament begins a new one; one that does goes on, if that is wanted.
    pub(super) fn open(folder: &Path, resume: bool, ready: &'a Ready, table: &Table<'_>) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder).map_err(|error| cannot("make", folder, &error))?;
        let kept = read(&folder.join("state.json"))?;
        if kept.is_some() && !resume {
            return Err(Failure::usage(format!("{} holds a tournament already", folder.display()))
                .hint("--resume goes on with it; or name another folder"));
        }
        if let Some(kept) = &kept {
            same(kept, ready, folder)?;
        }
        let path = folder.join("rows.csv");
        let mut options = OpenOptions::new();
        let opened = options.write(true).read(true).create(true).truncate(false).open(&path);
        let mut rows = opened.map_err(|error| cannot("open", &path, &error))?;
        let (done, bytes, before) = match kept {
            Some(kept) => {
                let held = rows.metadata().map_err(|error| cannot("read", &path, &error))?.len();
                if held < kept.bytes {
                    return Err(Failure::found(format!("{} is shorter than it was left", path.display()))
                        .hint("remove the folder and begin anew"));
                }
                (kept.done, kept.bytes, kept.summary)
            }
            None => {
                begun(&mut rows, &path)?;
                (0, 0, Summary::of(ready))
            }
        };
        rows.set_len(bytes)
            .and_then(|()| rows.seek(SeekFrom::End(0)))
            .map_err(|error| cannot("write", &path, &error))?;
        let mut state =
            State { folder: folder.to_path_buf(), ready, rows, done, before, bytes, kept_at: Instant::now() };
        if bytes == 0 {
            state.write(table.head().as_bytes())?;
        }
        Ok(state)
    }

    /// Rows that were done when it was opened.
    pub(super) fn done(&self) -> u64 {
        self.done
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.rows.write_all(bytes).map_err(|error| cannot("write", &self.folder.join("rows.csv"), &error))?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Adds rows; `so_far` is the summary of all since it was opened, these among them.
    pub(super) fn add(&mut self, so_far: &Summary, lines: &[u8]) -> Result<(), Failure> {
        self.write(lines)?;
        if self.kept_at.elapsed() >= OFTEN {
            self.keep(so_far.clone())?;
            self.kept_at = Instant::now();
        }
        Ok(())
    }

    /// Puts down what is done; the summary of all of it.
    fn keep(&mut self, so_far: Summary) -> Result<Summary, Failure> {
        let mut summary = self.before.clone();
        summary.merge(so_far, self.ready.layout()).map_err(|overlap| Failure::found(overlap.to_string()))?;
        self.rows.sync_data().map_err(|error| cannot("write", &self.folder.join("rows.csv"), &error))?;
        let kept = Kept {
            kind: KIND.to_string(),
            digest: self.ready.plan().digest(),
            plan: self.ready.plan().clone(),
            done: summary.rows(),
            bytes: self.bytes,
            summary,
        };
        output::write_whole(&self.folder.join("state.json"), output::json(&kept)?.as_bytes())?;
        Ok(kept.summary)
    }

    /// Puts down the end; the summary of the whole.
    pub(super) fn finish(&mut self, fresh: Summary) -> Result<Summary, Failure> {
        self.keep(fresh)
    }

    /// Copies the rows to a file, whole or not at all.
    pub(super) fn copy_rows(&self, path: &Path) -> Result<(), Failure> {
        let from = self.folder.join("rows.csv");
        let mut source = File::open(&from).map_err(|error| cannot("read", &from, &error))?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary = tempfile::Builder::new().prefix(".detente-").tempfile_in(folder);
        let mut temporary = temporary.map_err(|error| cannot("write", path, &error))?;
        std::io::copy(&mut source, &mut temporary).map_err(|error| cannot("write", path, &error))?;
        output::readable_by_others(temporary.path());
        temporary.persist(path).map(|_| ()).map_err(|error| cannot("write", path, &error.error))
    }
}

/// Whether what is in `rows.csv` without a `state.json` is nothing, or what a tournament that was killed at its start left:
/// a file of somebody else is not written over.
fn begun(rows: &mut File, path: &Path) -> Result<(), Failure> {
    let mut first = String::new();
    let read = rows.take(FIRST.len() as u64).read_to_string(&mut first);
    match read {
        Ok(_) if FIRST.starts_with(&first) => Ok(()),
        _ => Err(Failure::usage(format!("{} is not of a tournament", path.display())).hint("name another folder")),
    }
}

fn read(path: &Path) -> Result<Option<Kept>, Failure> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot("read", path, &error)),
    };
    let kept: Result<Kept, _> = serde_json::from_slice(&text);
    match kept {
        Ok(kept) if kept.kind == KIND => Ok(Some(kept)),
        _ => Err(Failure::found(format!("{} does not hold what this version left", path.display()))
            .hint("remove the folder and begin anew")),
    }
}

/// Whether what is kept is of the same plan; else what differs.
fn same(kept: &Kept, ready: &Ready, folder: &Path) -> Result<(), Failure> {
    let (old, new) = (&kept.plan, ready.plan());
    if kept.digest == new.digest() {
        return Ok(());
    }
    let names = |plan: &Plan| plan.scenarios.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let parts = [
        (old.scenarios != new.scenarios && names(old) != names(new), "the scenarios"),
        (old.scenarios != new.scenarios && names(old) == names(new), "what is in the scenarios"),
        (old.strategies != new.strategies, "the strategies"),
        (old.protocol != new.protocol, "the protocol"),
        (old.clock != new.clock, "rounds or breakdown"),
        (old.seed != new.seed, "the seed"),
        (old.repetitions != new.repetitions, "the repetitions"),
        (old.self_play != new.self_play, "self-play"),
        (old.openings != new.openings, "who opens"),
        (old.most != new.most, "the number of seatings"),
        (old.issue_by_issue != new.issue_by_issue, "whether it goes issue by issue"),
        (old.watchers != new.watchers, "the models"),
    ];
    let differ: Vec<&str> = parts.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what).collect();
    Err(Failure::usage(format!("{} holds another tournament: {} differ", folder.display(), differ.join(", ")))
        .hint("go on with the same arguments, or name another folder"))
}
