//! The files that a template names, and which of them may be read.

use super::encoding::NotUtf8;
use super::files_read;
use super::read::{ReadError, read_file};
use super::similar::similar_file;
use crate::source::SourceFile;
use crate::template::{Base, Files, OpenError, OpenedFile};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Reads the files that templates name, and remembers which.
#[derive(Debug)]
pub struct Disk {
    /// The folder that the command was given; `None` where any file may be read.
    given: Option<PathBuf>,
    /// The folder whose files represent the objects of S3.
    s3_root: Option<PathBuf>,
    opened: Mutex<HashSet<PathBuf>>,
    /// The files of directories that were read as a whole.
    folders: Mutex<HashMap<PathBuf, Vec<Arc<SourceFile>>>>,
}

impl Disk {
    /// For a command with these paths, which may read any file or not.
    pub fn new(paths: &[PathBuf], allow_outside: bool) -> Self {
        if allow_outside {
            return Self {
                given: None,
                s3_root: None,
                opened: Mutex::default(),
                folders: Mutex::default(),
            };
        }
        Self::within(paths)
    }

    /// For a command with these paths: files in their common directory may be read, and files in the
    /// repository of the template.
    pub fn within(paths: &[PathBuf]) -> Self {
        let folders = paths.iter().map(|path| {
            let path = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from("."));
            if path.is_dir() {
                path
            } else {
                path.parent().map_or_else(PathBuf::new, Path::to_owned)
            }
        });
        Self {
            given: folders
                .reduce(|a, b| shared(&a, &b))
                .or_else(|| Some(PathBuf::new())),
            s3_root: None,
            opened: Mutex::default(),
            folders: Mutex::default(),
        }
    }

    /// Reads the files below a folder for objects of S3.
    #[must_use]
    pub fn with_s3_root(mut self, root: Option<&Path>) -> Self {
        self.s3_root = root.map(Path::to_owned);
        self
    }

    /// Whether a template has named the file.
    pub fn has_opened(&self, path: &Path) -> bool {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        !opened.is_empty() && fs::canonicalize(path).is_ok_and(|path| opened.contains(&path))
    }

    /// The folder above which nothing is read for a template in `folder`.
    fn bound(&self, folder: &Path) -> Option<PathBuf> {
        let given = self.given.as_ref()?;
        let folder = fs::canonicalize(folder).unwrap_or_default();
        let repository = folder.ancestors().find(|f| f.join(".git").exists());
        Some(match repository {
            Some(root) if given.starts_with(root) => root.to_owned(),
            _ if folder.starts_with(given) => given.clone(),
            Some(root) => root.to_owned(),
            None => folder,
        })
    }

    /// A folder that is relative to that of the file `from`, if it may be read.
    fn readable_folder(&self, from: &str, folder: &str) -> Option<PathBuf> {
        let home = Path::new(from).parent().unwrap_or(Path::new(""));
        let found = plain(&home.join(folder));
        let real = |folder: &Path| {
            let shown = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            fs::canonicalize(shown).ok()
        };
        let (home, real) = (real(home)?, real(&found)?);
        let is_readable =
            real.starts_with(&home) || self.bound(&home).is_none_or(|bound| real.starts_with(bound));
        is_readable.then_some(found)
    }

    fn open_at(&self, folder: &Path, path: &str, bound: Option<&Path>) -> Result<OpenedFile, OpenError> {
        let wanted = plain(&folder.join(path));
        let Some(found) = spelling_on_disk(&wanted) else {
            // Not even the names of files outside the allowed directories are revealed.
            let parent = wanted.parent().filter(|parent| !parent.as_os_str().is_empty());
            let real = fs::canonicalize(parent.unwrap_or(Path::new("."))).ok();
            if let (Some(real), Some(bound)) = (&real, bound)
                && !real.starts_with(bound)
            {
                return Err(OpenError::Outside);
            }
            let close = real.and_then(|_| similar_file(&wanted));
            let close = close.map(|path| relative_to(folder, &path));
            return Err(OpenError::Missing { close });
        };
        let real = fs::canonicalize(&found).map_err(|e| failed(&wanted, &e))?;
        if bound.is_some_and(|bound| !real.starts_with(bound)) {
            return Err(OpenError::Outside);
        }
        // Reading a pipe blocks. That may be intended for a path on the command line, but not for one in a template.
        if real.is_dir() {
            return Err(OpenError::Failed(format!(
                "`{path}` is a directory, not a definition"
            )));
        }
        if !real.is_file() {
            return Err(OpenError::Failed(format!("`{path}` is not a file")));
        }
        files_read::record(&found);
        let bytes = read_file(&found).map_err(|e| match e {
            ReadError::Io(error) => failed(&wanted, &error),
            ReadError::TooLarge(_) => OpenError::Failed(format!("`{}` is too large", wanted.display())),
        })?;
        let name = wanted.display().to_string();
        let text = NotUtf8::decode(&name, bytes).map_err(|NotUtf8 { message, help, .. }| {
            let message = format!("`{name}` {message}");
            OpenError::NotText { message, help }
        })?;
        self.opened
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(real);
        let spelling = (found != wanted).then(|| relative_to(folder, &found));
        Ok(OpenedFile {
            source: Arc::new(SourceFile::new(found.display().to_string(), text)),
            spelling,
        })
    }
}

/// The maximum number of files of a directory that are read as a whole.
const MAX_BESIDE: usize = 256;

/// The maximum number of files whose paths are listed, and of the folders within each other.
const MAX_BELOW: (usize, usize) = (4096, 8);

fn add_below(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let mut entries: Vec<_> = fs::read_dir(here).into_iter().flatten().flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{prefix}{name}");
        if paths.len() >= MAX_BELOW.0 {
            return;
        }
        // Links are skipped, since they may lead out of the allowed directories.
        match entry.file_type() {
            Ok(kind) if kind.is_file() => paths.push(path),
            Ok(kind) if kind.is_dir() && path.matches('/').count() < MAX_BELOW.1 && name != ".git" => {
                add_below(&folder.join(&name), &format!("{path}/"), paths);
            }
            _ => {}
        }
    }
}

fn files_of(folder: &Path, ending: &str) -> Vec<Arc<SourceFile>> {
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = fs::read_dir(here).into_iter().flatten().flatten();
    // Links are skipped, since they may lead out of the allowed directories.
    let mut names: Vec<_> = entries
        .filter(|entry| entry.file_type().is_ok_and(|t| t.is_file()))
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().ends_with(ending))
        .collect();
    names.sort();
    names.truncate(MAX_BESIDE);
    let read = |name| {
        let path = folder.join(name);
        files_read::record(&path);
        let text = String::from_utf8(read_file(&path).ok()?).ok()?;
        Some(Arc::new(SourceFile::new(path.display().to_string(), text)))
    };
    names.into_iter().filter_map(read).collect()
}

impl Files for Disk {
    fn folder(&self, from: &str, folder: &str, ending: &str) -> Vec<Arc<SourceFile>> {
        let Some(folder) = self.readable_folder(from, folder) else {
            return Vec::new();
        };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let files = folders
            .entry(folder.join(ending))
            .or_insert_with(|| files_of(&folder, ending));
        files.clone()
    }

    fn object(&self, bucket: &str, key: &str) -> Option<Arc<SourceFile>> {
        let root = self.s3_root.as_ref()?;
        let bound = fs::canonicalize(root).ok()?;
        // The name of an object that `sam package` uploads is the hash of its content, below a prefix.
        let name = key.rsplit('/').next().unwrap_or(key);
        let mut places = [root.join(bucket).join(key), root.join(key), root.join(name)].into_iter();
        let found = places.find(|place| {
            place.is_file() && fs::canonicalize(place).is_ok_and(|real| real.starts_with(&bound))
        })?;
        files_read::record(&found);
        let text = String::from_utf8(read_file(&found).ok()?).ok()?;
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.insert(fs::canonicalize(&found).ok()?);
        Some(Arc::new(SourceFile::new(found.display().to_string(), text)))
    }

    fn files_below(&self, from: &str, folder: &str) -> Vec<String> {
        let Some(folder) = self.readable_folder(from, folder) else {
            return Vec::new();
        };
        let mut paths = Vec::new();
        add_below(&folder, "", &mut paths);
        paths.sort();
        paths
    }

    fn open(&self, from: &str, path: &str, base: Base) -> Result<OpenedFile, OpenError> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let shown = |folder: &Path| {
            if folder.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                folder.to_owned()
            }
        };
        let bound = self.bound(&shown(folder));
        let first = self.open_at(folder, path, bound.as_deref());
        if base == Base::TemplateFolder || !matches!(first, Err(OpenError::Missing { .. })) {
            return first;
        }
        let above = folder.ancestors().skip(1).take_while(|f| {
            let real = fs::canonicalize(shown(f)).unwrap_or_default();
            bound.as_ref().is_some_and(|bound| real.starts_with(bound))
        });
        let found = above
            .map(|folder| self.open_at(folder, path, bound.as_deref()))
            .find(|opened| !matches!(opened, Err(OpenError::Missing { .. } | OpenError::Outside)));
        found.unwrap_or(first)
    }
}

fn failed(path: &Path, error: &io::Error) -> OpenError {
    OpenError::Failed(format!("cannot read `{}`: {error}", path.display()))
}

/// The deepest directory that contains both.
fn shared(a: &Path, b: &Path) -> PathBuf {
    let same = a.components().zip(b.components()).take_while(|(a, b)| a == b);
    same.map(|(a, _)| a).collect()
}

/// A path without `.`, and without `..` where a folder goes before it.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        let pops = matches!(out.components().next_back(), Some(Component::Normal(_)));
        match component {
            Component::CurDir => {}
            Component::ParentDir if pops => {
                out.pop();
            }
            component => out.push(component),
        }
    }
    out
}

/// The path of a file that a file in `folder` names, without `..` if that leads to the same file.
pub(in crate::cli) fn joined(folder: &Path, path: &str) -> PathBuf {
    let whole = folder.join(path);
    if !whole.components().any(|part| part == Component::ParentDir) {
        return whole;
    }
    let plain = plain(&whole);
    // A folder may be a link.
    let is_same = match (fs::canonicalize(&plain), fs::canonicalize(&whole)) {
        (Ok(plain), Ok(whole)) => plain == whole,
        (plain, whole) => plain.is_err() && whole.is_err(),
    };
    if is_same { plain } else { whole }
}

/// A path as a template in `folder` would write it.
fn relative_to(folder: &Path, path: &Path) -> String {
    path.strip_prefix(plain(folder))
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The file with its name as the disk has it: the same, or one that differs by case alone.
fn spelling_on_disk(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for component in path.components() {
        let Component::Normal(name) = component else {
            out.push(component);
            continue;
        };
        let here = if out.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &out
        };
        let next = out.join(name);
        let mut other = None;
        let mut is_listed = false;
        // A folder that cannot be listed may still be accessible.
        for entry in fs::read_dir(here).into_iter().flatten().flatten() {
            let listed = entry.file_name();
            if listed == name {
                is_listed = true;
                break;
            }
            if listed.to_string_lossy().to_lowercase() == name.to_string_lossy().to_lowercase() {
                other = Some(listed);
            }
        }
        out = match other {
            Some(other) if !is_listed => out.join(other),
            _ if is_listed || next.exists() => next,
            _ => return None,
        };
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalizes_paths() {
        let of = |p: &str| plain(Path::new(p)).display().to_string();
        assert_eq!(
            [of("a/./b/../c"), of("../x"), of("a/../../x"), of("/a/../b")],
            ["a/c", "../x", "../x", "/b"]
        );
        assert_eq!(shared(Path::new("/a/b/c"), Path::new("/a/d")), Path::new("/a"));
    }
}
