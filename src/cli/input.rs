//! From the paths on the command line to texts: files, directories, globs, standard input.

mod disk;
mod walk;

pub use disk::Disk;

use super::CliError;
use crate::document::Syntax;
use crate::prose;
use crate::source::{SourceFile, to_offset};
use crate::template;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest text that is read for what it defines: 32 MiB, 32 times what AWS takes.
pub const MAX_BYTES: u64 = 32 << 20;

/// The largest text that is read for the data in it, an input or a history: 1 GiB.
const MAX_DATA_BYTES: u64 = 1 << 30;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The path from the command line, or a path found in a directory from the command line.
    path: PathBuf,
    kind: Kind,
}

/// How an input came to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// The command line names it, itself or by a glob.
    Named,
    /// Found in a directory because of its name.
    Pattern,
    /// Found in a directory because its content is a definition.
    Content,
    /// Standard input; the path is only a name.
    Stdin,
    /// A folder that could not be walked, and why.
    Unreadable(String),
}

/// The inputs that the paths on the command line refer to.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What to read: in the order of the arguments, and by path below each of them; nothing twice.
    pub list: Vec<Input>,
    /// The directories without a definition, which cause a warning.
    pub empty_folders: Vec<PathBuf>,
}

impl Inputs {
    /// A sentence about the folders without a definition, if there are any.
    pub fn note(&self) -> Option<String> {
        let names: Vec<String> = self
            .empty_folders
            .iter()
            .map(|p| format!("`{}`", p.display()))
            .collect();
        (!names.is_empty()).then(|| {
            format!(
                "no definitions found in {}: searched for {}, and for .json and .yaml files with StartAt and States",
                names.join(", "),
                walk::PATTERNS.map(|p| format!("*{p}")).join(" "),
            )
        })
    }
}

/// The inputs that the paths on the command line refer to. Only [`Input::read`] reports what cannot be read, so
/// that one bad path does not hide the findings of the others.
pub fn collect(paths: &[PathBuf], stdin_filename: Option<&Path>) -> Result<Inputs, CliError> {
    let mut inputs = Inputs::default();
    for path in paths {
        let before = inputs.list.len();
        if path == OsStr::new("-") {
            inputs.list.push(Input::stdin(stdin_filename));
        } else if path.is_dir() {
            inputs.list.extend(walk::folder(path));
            if inputs.list.len() == before {
                inputs.empty_folders.push(path.clone());
            }
        } else if walk::is_glob(path) && !path.exists() {
            inputs.list.extend(walk::glob(path, walk::kept)?);
        } else {
            inputs.list.push(Input::named(path));
        }
    }
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        inputs.list.retain(|input| seen.insert(input.identity()));
    }
    Ok(inputs)
}

/// The file of a path, for a command that reads a single file.
pub fn one(path: &Path, stdin_filename: Option<&Path>) -> Result<Input, CliError> {
    if path == OsStr::new("-") {
        return Ok(Input::stdin(stdin_filename));
    }
    if path.is_dir() {
        let error = CliError::new(format!("`{}` is a directory", path.display()));
        return Err(error.help("specify the file that contains the definition"));
    }
    Ok(Input::named(path))
}

/// The files of data that paths stand for: themselves, what a glob matches, the JSON files of folders and of the
/// folders in them. In order, and by path below each.
pub fn data_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let inside = walk::json(path);
            if inside.is_empty() {
                return Err(CliError::new(format!(
                    "`{}` does not contain JSON files",
                    path.display()
                )));
            }
            files.extend(inside);
        } else if walk::is_glob(path) && !path.exists() {
            files.extend(walk::glob(path, walk::all)?);
        } else {
            files.push(Input::named(path));
        }
    }
    let path = |file: Input| match file.kind {
        Kind::Unreadable(why) => Err(CliError::new(why)),
        _ => Ok(file.path),
    };
    files.into_iter().map(path).collect()
}

/// Reads a file for the data in it, or standard input: UTF-8.
pub fn data(path: &Path) -> Result<Arc<SourceFile>, CliError> {
    if path == OsStr::new("-") {
        return Input::stdin(None).read_up_to(MAX_DATA_BYTES);
    }
    Input::named(path).read_up_to(MAX_DATA_BYTES)
}

impl Input {
    fn named(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            kind: Kind::Named,
        }
    }

    fn stdin(filename: Option<&Path>) -> Self {
        Self {
            path: filename.unwrap_or(Path::new("<stdin>")).to_owned(),
            kind: Kind::Stdin,
        }
    }

    /// Reads it: UTF-8 of at most [`MAX_BYTES`].
    pub fn read(&self) -> Result<Arc<SourceFile>, CliError> {
        self.read_up_to(MAX_BYTES)
    }

    fn read_up_to(&self, most: u64) -> Result<Arc<SourceFile>, CliError> {
        let bytes = match &self.kind {
            Kind::Unreadable(why) => return Err(CliError::new(why)),
            Kind::Stdin => read_capped(io::stdin().lock(), 0, most),
            Kind::Named | Kind::Pattern | Kind::Content => read_file_up_to(&self.path, most),
        };
        let text = match bytes {
            Ok(bytes) => String::from_utf8(bytes)
                .map_err(|e| self.not_utf8(e.as_bytes(), e.utf8_error().valid_up_to()))?,
            Err(Unread::TooLarge(size)) => return Err(self.too_large(size, most)),
            Err(Unread::Io(error)) => return Err(self.unreadable(&error)),
        };
        Ok(Arc::new(SourceFile::new(self.name(), text)))
    }

    /// Its text, and the language of the text.
    pub fn read_with_syntax(&self) -> Result<(Arc<SourceFile>, Syntax), CliError> {
        let source = self.read()?;
        let syntax = self.syntax(&source);
        Ok((source, syntax))
    }

    /// The syntax of its text: from the extension, or else from the first characters.
    pub fn syntax(&self, source: &SourceFile) -> Syntax {
        Syntax::from_path(&self.path).unwrap_or_else(|| Syntax::sniff(source.text()))
    }

    /// Whether it is treated as a definition whatever its content: because of its name, or because it is piped in.
    pub fn is_definition(&self) -> bool {
        match self.kind {
            Kind::Pattern | Kind::Stdin => true,
            Kind::Named => walk::has_name_of_definition(&self.path),
            Kind::Content | Kind::Unreadable(_) => false,
        }
    }

    /// Whether it may reference other files. This is cheap, and true for every template.
    pub fn may_be_template(&self) -> bool {
        let is_definition = walk::has_name_of_definition(&self.path);
        !is_definition
            && matches!(self.kind, Kind::Named | Kind::Content)
            && read_file(&self.path).is_ok_and(|text| template::may_be_template(&text))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the command line names it.
    pub const fn is_named(&self) -> bool {
        matches!(self.kind, Kind::Named | Kind::Stdin)
    }

    /// The name that reports print.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// What tells it from other inputs.
    fn identity(&self) -> PathBuf {
        match self.kind {
            Kind::Stdin => PathBuf::from("-"),
            _ => fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone()),
        }
    }

    fn unreadable(&self, error: &io::Error) -> CliError {
        let name = self.name();
        match error.kind() {
            io::ErrorKind::NotFound => {
                let error = CliError::new(format!("`{name}` does not exist"));
                match neighbour(&self.path) {
                    Some(close) => error.help(prose::similar_name("file", close.display())),
                    None => error,
                }
            }
            io::ErrorKind::PermissionDenied => {
                CliError::new(format!("cannot read `{name}`: permission denied"))
            }
            io::ErrorKind::IsADirectory => CliError::new(format!("`{name}` is a directory, not a file")),
            _ => CliError::new(format!("cannot read `{name}`: {error}")),
        }
    }

    fn too_large(&self, size: Option<u64>, most: u64) -> CliError {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        let size = size.map_or_else(|| "more".to_owned(), |bytes| format!("{} MiB", mib(bytes)));
        let message = format!(
            "`{}` is too large: {size}, the limit is {} MiB",
            self.name(),
            mib(most)
        );
        CliError::new(message).help(if most == MAX_BYTES {
            "AWS accepts definitions of at most 1 MiB"
        } else {
            "AWS accepts inputs of at most 256 KiB"
        })
    }

    fn not_utf8(&self, bytes: &[u8], valid: usize) -> CliError {
        let name = self.name();
        if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            return CliError::new(format!("`{name}` is UTF-16, not UTF-8")).help("save it as UTF-8");
        }
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..valid]).count();
        let byte = bytes.get(valid).copied().unwrap_or_default();
        let message = format!(
            "`{name}` is not UTF-8: byte {} (0x{byte:02x}) on line {}",
            valid + 1,
            to_offset(line)
        );
        CliError::new(message).help("save it as UTF-8")
    }
}

/// Why there are no bytes.
enum Unread {
    Io(io::Error),
    /// Of so many bytes, where that is known.
    TooLarge(Option<u64>),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, Unread> {
    read_file_up_to(path, MAX_BYTES)
}

fn read_file_up_to(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(Unread::Io(io::ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > most {
        return Err(Unread::TooLarge(Some(metadata.len())));
    }
    read_capped(file, metadata.len(), most)
}

/// Reads to the end, at most so many bytes. A pipe does not know its size.
fn read_capped(from: impl Read, size: u64, most: u64) -> Result<Vec<u8>, Unread> {
    // One byte more than expected lets the reader see the end without growing the buffer.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Unread::TooLarge(None));
    }
    Ok(bytes)
}

/// A file of the same folder whose name is close to the one that does not exist.
fn neighbour(path: &Path) -> Option<PathBuf> {
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
