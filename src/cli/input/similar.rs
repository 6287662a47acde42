//! Suggestions for misspelled file names.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the same folder whose name is close to the one that does not exist.
pub(super) fn similar_file(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names = entries
        .flatten()
        .take(10_000)
        .filter_map(|e| e.file_name().into_string().ok());
    let close = names
        .map(|other| (strsim::damerau_levenshtein(&name, &other.to_lowercase()), other))
        .filter(|(distance, _)| *distance <= 1 + name.len() / 5)
        .min()?;
    Some(folder.map_or_else(|| PathBuf::from(&close.1), |f| f.join(&close.1)))
}
