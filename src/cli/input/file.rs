//! An input: a file or standard input, and why it is read.

use super::encoding::NotUtf8;
use super::files_read;
use super::read::{MAX_BYTES, ReadError, decompressed, read_capped, read_file, read_file_up_to};
use super::similar::similar_file;
use crate::cli::CliError;
use crate::document::{Document, Syntax};
use crate::prose;
use crate::source::SourceFile;
use crate::template;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file name suffixes of definitions.
pub(super) const PATTERNS: [&str; 4] = [".asl.json", ".asl.yaml", ".asl.yml", ".asl"];

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The path from the command line, or a path found in a directory from the command line.
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
}

/// How an input came to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
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

impl Input {
    /// A file that the command line names.
    pub(super) fn named(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            kind: Kind::Named,
        }
    }

    /// Standard input; a file name may be given for it.
    pub(super) fn stdin(filename: Option<&Path>) -> Self {
        Self {
            path: filename.unwrap_or(Path::new("<stdin>")).to_owned(),
            kind: Kind::Stdin,
        }
    }

    /// Reads it: UTF-8 of at most [`MAX_BYTES`].
    pub fn read(&self) -> Result<Arc<SourceFile>, CliError> {
        self.read_up_to(MAX_BYTES)
    }

    /// Reads UTF-8 text, up to a maximum number of bytes.
    pub(super) fn read_up_to(&self, most: u64) -> Result<Arc<SourceFile>, CliError> {
        let not_utf8 =
            |NotUtf8 { message, help, .. }| CliError::new(format!("`{}` {message}", self.name())).help(help);
        self.decode(most)?.map_err(not_utf8)
    }

    /// Its tree. The document of a file that is not UTF-8 contains only this error.
    pub fn read_document(&self) -> Result<Document, CliError> {
        Ok(match self.decode(MAX_BYTES)? {
            Ok(source) => {
                let syntax = self.syntax(&source);
                template::read_file(source, syntax)
            }
            Err(not_utf8) => {
                let syntax = Syntax::from_path(&self.path).unwrap_or(Syntax::Json);
                not_utf8.into_document(self.name(), syntax)
            }
        })
    }

    fn decode(&self, most: u64) -> Result<Result<Arc<SourceFile>, NotUtf8>, CliError> {
        let bytes = match &self.kind {
            Kind::Unreadable(why) => return Err(CliError::new(why)),
            Kind::Stdin => read_capped(io::stdin().lock(), 0, most),
            Kind::Named | Kind::Pattern | Kind::Content => {
                files_read::record(&self.path);
                read_file_up_to(&self.path, most)
            }
        };
        match bytes.and_then(|bytes| decompressed(bytes, most)) {
            Ok(bytes) => {
                let text = NotUtf8::decode(&self.name(), bytes);
                Ok(text.map(|text| Arc::new(SourceFile::new(self.name(), text))))
            }
            Err(ReadError::TooLarge(size)) => Err(self.too_large(size, most)),
            Err(ReadError::Io(error)) => Err(self.unreadable(&error)),
        }
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

    /// Whether it is treated as a definition regardless of its content, because of its name or because it is piped in.
    pub fn is_definition(&self) -> bool {
        match self.kind {
            Kind::Pattern | Kind::Stdin => true,
            Kind::Named => has_name_of_definition(&self.path),
            Kind::Content | Kind::Unreadable(_) => false,
        }
    }

    /// Whether it may reference other files. This is cheap, and true for every template.
    pub fn may_be_template(&self) -> bool {
        let is_definition = has_name_of_definition(&self.path);
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

    /// Whether it is standard input.
    pub const fn is_stdin(&self) -> bool {
        matches!(self.kind, Kind::Stdin)
    }

    /// The name that reports print.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// What distinguishes it from other inputs.
    pub(super) fn identity(&self) -> PathBuf {
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
                match similar_file(&self.path) {
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
}

/// Whether the file is a definition by its name.
pub fn has_name_of_definition(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    PATTERNS.iter().any(|ending| name.ends_with(ending))
}
