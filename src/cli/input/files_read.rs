//! The files that the process has read, which no output may overwrite.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The identity of a file, which is the same for all hard links to it.
#[cfg(unix)]
pub(in crate::cli) type Identity = (u64, u64);
#[cfg(not(unix))]
pub(in crate::cli) type Identity = std::path::PathBuf;

static READ: Mutex<BTreeSet<Identity>> = Mutex::new(BTreeSet::new());

/// The identity of a regular file. Others cannot be lost: `/dev/stdout` is read and written by many.
pub(in crate::cli) fn identity(path: &Path) -> Option<Identity> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        drop(metadata);
        fs::canonicalize(path).ok()
    }
}

/// The paths of files that were read since [`collect`]; `None` if they are not recorded.
static PATHS: Mutex<Option<Vec<PathBuf>>> = Mutex::new(None);

/// Starts to collect the paths of files that are read.
pub(in crate::cli) fn collect() {
    *PATHS.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
}

/// The paths that were collected.
pub(in crate::cli) fn collected() -> Vec<PathBuf> {
    PATHS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
        .unwrap_or_default()
}

/// Records that a file was read, or that it is missing.
pub(in crate::cli) fn record(path: &Path) {
    if let Some(paths) = &mut *PATHS.lock().unwrap_or_else(PoisonError::into_inner) {
        paths.push(path.to_owned());
    }
    if let Some(identity) = identity(path) {
        READ.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(identity);
    }
}

/// Whether a file was read.
pub(in crate::cli) fn contains(identity: &Identity) -> bool {
    READ.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .contains(identity)
}
