//! `detente brief`: from a case to a brief.

use super::{Sound, sound};
use crate::args::{Brief as Arguments, Format};
use crate::{Ended, Failure, diagnose, output};
use detente::brief::content::Brief;
use detente::brief::render;
use std::path::{Path, PathBuf};

pub(crate) fn run(arguments: &Arguments) -> Result<Ended, Failure> {
    let Some(sound) = sound(&arguments.source)? else { return Ok(Ended::Found) };
    let brief = super::lens::brief(&sound, &arguments.draws)?;
    let format = if arguments.json { Format::Json } else { arguments.format };
    let bytes = match format {
        Format::Html => render::html(&brief),
        Format::Md => render::markdown(&brief),
        Format::Json => render::json(&brief),
        Format::Text => render::text(&brief, diagnose::width().min(100)),
    };
    match destination(arguments, format, &sound) {
        None => output::print(&bytes)?,
        Some(path) => {
            output::write_whole(&path, bytes.as_bytes())?;
            output::print(&told(brief, &path))?;
        }
    }
    Ok(Ended::Fine)
}

/// Where the brief goes; none for the terminal.
fn destination(arguments: &Arguments, format: Format, sound: &Sound) -> Option<PathBuf> {
    match &arguments.output {
        Some(path) if path == Path::new("-") => None,
        Some(path) => Some(path.clone()),
        None if format == Format::Html => Some(PathBuf::from(format!("{}.brief.html", sound.place.name()))),
        None => None,
    }
}

/// What a person reads after the file is written: the first page, and where the rest is.
fn told(brief: Brief, path: &Path) -> String {
    let first_page = Brief { sections: Vec::new(), ..brief };
    format!(
        "{}\nThe whole brief: {}\n",
        render::text(&first_page, diagnose::width().min(100)).trim_end(),
        path.display()
    )
}
