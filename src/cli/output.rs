//! The output of a command: a file or standard output.

use super::CliError;
use super::input::files_read::{self, identity};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const BUFFER: usize = 1 << 16;

/// Where a command writes. A file appears under its name only when it is complete, so that an error, a full disk, or the
/// end of the process leaves the old file as it was.
pub(super) struct Output {
    sink: Sink,
}

enum Sink {
    Stdout(BufWriter<Stdout>),
    Stderr(BufWriter<io::Stderr>),
    File {
        writer: BufWriter<File>,
        shown: PathBuf,
        target: PathBuf,
        /// The file that is renamed to `target`; `None` if that is written directly, as a device is.
        temporary: Option<PathBuf>,
        /// Whether the command may have read the file.
        may_be_read: bool,
    },
}

/// Standard output as a file: [`io::Stdout`] searches every block for its last line break.
#[cfg(unix)]
type Stdout = File;

#[cfg(unix)]
fn stdout() -> io::Result<Stdout> {
    io::stdout().flush()?;
    std::os::fd::AsFd::as_fd(&io::stdout())
        .try_clone_to_owned()
        .map(File::from)
}

/// Standard output, which translates the text for consoles.
#[cfg(not(unix))]
type Stdout = io::StdoutLock<'static>;

#[cfg(not(unix))]
fn stdout() -> io::Result<Stdout> {
    Ok(io::stdout().lock())
}

/// The file of `--output`, or standard output. It must not be a file that the command has read or, of `reads`, will read.
pub(super) fn open<'p>(
    path: Option<&Path>,
    reads: impl IntoIterator<Item = &'p Path>,
) -> Result<Output, CliError> {
    let Some(path) = path else {
        return Ok(Output {
            sink: Sink::Stdout(BufWriter::with_capacity(BUFFER, stdout()?)),
        });
    };
    let known = identity(path);
    if known.is_some() && reads.into_iter().any(|read| identity(read) == known) {
        return Err(is_input(path));
    }
    check_not_read(path)?;
    let cannot = |e: io::Error| CliError::new(format!("cannot write `{}`: {e}", path.display()));
    // A link stays a link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_replaceable = known.is_some() || fs::symlink_metadata(path).is_err();
    let (file, temporary) = match is_replaceable.then(|| create_beside(&target)) {
        Some(Ok((file, temporary))) => (file, Some(temporary)),
        // A file may be writable in a directory that is not.
        Some(Err(e)) if known.is_none() => return Err(cannot(e)),
        _ => (File::create(path).map_err(cannot)?, None),
    };
    Ok(Output {
        sink: Sink::File {
            writer: BufWriter::with_capacity(BUFFER, file),
            shown: path.to_owned(),
            target,
            temporary,
            may_be_read: false,
        },
    })
}

/// A file that is replaced by an edited version of itself, so it may have been read.
pub(super) fn replacing(path: &Path) -> Result<Output, CliError> {
    let cannot = |e: io::Error| CliError::new(format!("cannot write `{}`: {e}", path.display()));
    let target = fs::canonicalize(path).map_err(cannot)?;
    let (file, temporary) = create_beside(&target).map_err(cannot)?;
    Ok(Output {
        sink: Sink::File {
            writer: BufWriter::with_capacity(BUFFER, file),
            shown: path.to_owned(),
            target,
            temporary: Some(temporary),
            may_be_read: true,
        },
    })
}

/// Standard error, for a report whose command prints something else.
pub(super) fn stderr() -> Output {
    Output {
        sink: Sink::Stderr(BufWriter::with_capacity(BUFFER, io::stderr())),
    }
}

/// Replaces the content of a file, unless it is no longer `before`; returns whether it was replaced. The file has its old
/// content until the new one is complete.
pub(super) fn replace(path: &Path, before: &str, now: &str) -> Result<bool, CliError> {
    let cannot = |e: io::Error| CliError::new(format!("cannot write `{}`: {e}", path.display()));
    // A link stays a link.
    let target = fs::canonicalize(path).map_err(cannot)?;
    if fs::read(&target).map_err(cannot)? != before.as_bytes() {
        return Ok(false);
    }
    // Renaming would replace a file that must not be written.
    OpenOptions::new().write(true).open(&target).map_err(cannot)?;
    let (mut file, temporary) = create_beside(&target).map_err(cannot)?;
    let written = file
        .write_all(now.as_bytes())
        .and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        drop(fs::remove_file(&temporary));
    }
    written.map(|()| true).map_err(cannot)
}

/// Whether two paths of outputs are one file, which would contain only one of the outputs.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    let known = identity(a);
    let place = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
        Some(folder.join(path.file_name()?))
    };
    (known.is_some() && known == identity(b)) || place(a).is_some_and(|a| place(b) == Some(a))
}

fn is_input(path: &Path) -> CliError {
    CliError::new(format!("output file `{}` is also an input", path.display()))
        .help("specify another output file")
}

/// Fails if the command has read the file, under this or another name.
fn check_not_read(path: &Path) -> Result<(), CliError> {
    match identity(path) {
        Some(known) if files_read::contains(&known) => Err(is_input(path)),
        _ => Ok(()),
    }
}

/// Creates a file in the directory of another one, with the same permissions if that one exists.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.tmp", std::process::id()));
    let temporary = target.with_file_name(hidden);
    let file = OpenOptions::new().write(true).create_new(true).open(&temporary)?;
    if let Ok(metadata) = fs::metadata(target) {
        // Where they cannot be set, the file has those of a new one.
        drop(file.set_permissions(metadata.permissions()));
    }
    Ok((file, temporary))
}

impl Output {
    /// Completes the output. Without this call, a file is left as it was.
    pub(super) fn finish(mut self) -> Result<(), CliError> {
        self.flush()?;
        if let Sink::File {
            shown,
            target,
            temporary,
            may_be_read,
            ..
        } = &mut self.sink
        {
            // Files that are referenced by others are known only now.
            if !*may_be_read {
                check_not_read(shown)?;
            }
            if let Some(from) = temporary {
                let cannot = |e: io::Error| CliError::new(format!("cannot write `{}`: {e}", shown.display()));
                fs::rename(&*from, &*target).map_err(cannot)?;
                *temporary = None;
            }
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Sink::File {
            temporary: Some(temporary),
            ..
        } = &self.sink
        {
            drop(fs::remove_file(temporary));
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Stdout(writer) => writer.write(bytes),
            Sink::Stderr(writer) => writer.write(bytes),
            Sink::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Stdout(writer) => writer.flush(),
            Sink::Stderr(writer) => writer.flush(),
            Sink::File { writer, .. } => writer.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_is_not_replaced() {
        let folder = std::env::temp_dir().join(format!("asl-replace-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.json");
        fs::write(&file, "changed").unwrap();
        assert!(!replace(&file, "before", "now").unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "changed");
        assert!(replace(&file, "changed", "now").unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "now");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }
}
