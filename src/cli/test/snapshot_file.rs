//! The files of snapshots, next to their suites.

use crate::cli::{CliError, output};
use crate::suite::Snapshots;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

/// `SUITE.snap`
pub(super) fn path(suite: &Path) -> PathBuf {
    let mut name = OsString::from(suite);
    name.push(".snap");
    PathBuf::from(name)
}

/// The stored snapshots of a suite.
pub(super) fn read(suite: &Path) -> Result<Snapshots, CliError> {
    let path = path(suite);
    if !path.exists() {
        return Ok(Snapshots::default());
    }
    // Its own file is written later, unlike the other files that are read.
    let text = std::fs::read_to_string(&path)
        .map_err(|error| CliError::new(format!("cannot read `{}`: {error}", path.display())))?;
    Ok(Snapshots::parse(&text))
}

/// Stores the snapshots of a suite; the file is removed if there are none.
pub(super) fn write(suite: &Path, snapshots: &Snapshots) -> Result<(), CliError> {
    let path = path(suite);
    if snapshots.is_empty() {
        return match std::fs::remove_file(&path) {
            Err(error) if path.exists() => Err(CliError::new(format!(
                "cannot remove `{}`: {error}",
                path.display()
            ))),
            _ => Ok(()),
        };
    }
    let mut out = output::open(Some(&path), [])?;
    out.write_all(snapshots.to_text().as_bytes())?;
    out.finish()
}
