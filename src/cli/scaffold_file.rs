//! Files that commands generate for users to edit.

use super::CliError;
use crate::render::printable::{Notation, Printable};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that must not be there yet; `-` is standard output.
pub(super) fn write(path: &Path, text: &str) -> Result<(), CliError> {
    if path == Path::new("-") {
        // Names that contain such characters are in double quotes, in YAML too.
        Printable::new(io::stdout().lock(), Notation::Json).write_all(text.as_bytes())?;
        return Ok(());
    }
    let cannot = |e: io::Error| {
        let shown = path.display();
        match e.kind() {
            io::ErrorKind::AlreadyExists => CliError::new(format!("`{shown}` already exists"))
                .help("specify another file, or remove it; existing files are not overwritten"),
            io::ErrorKind::NotFound => {
                CliError::new(format!("cannot write `{shown}`: the directory does not exist"))
            }
            _ => CliError::new(format!("cannot write `{shown}`: {e}")),
        }
    };
    let out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(cannot)?;
    Printable::new(out, Notation::Json)
        .write_all(text.as_bytes())
        .map_err(cannot)
}
