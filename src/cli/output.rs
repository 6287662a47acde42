//! The output of a command: a file or standard output.

use super::CliError;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The file of `--output`, emptied, or standard output. A file that the command reads is not emptied.
pub(super) fn open<'p>(
    path: Option<&Path>,
    reads: impl IntoIterator<Item = &'p Path>,
) -> Result<Box<dyn Write>, CliError> {
    let Some(path) = path else {
        return Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())));
    };
    // Only regular files can be lost; `/dev/stdout` is read and written by many.
    let is_file = path.metadata().is_ok_and(|m| m.is_file());
    if let Some(known) = fs::canonicalize(path).ok().filter(|_| is_file)
        && reads
            .into_iter()
            .any(|read| fs::canonicalize(read).is_ok_and(|read| read == known))
    {
        return Err(
            CliError::new(format!("output file `{}` is also an input", path.display()))
                .help("specify another output file"),
        );
    }
    let file =
        File::create(path).map_err(|e| CliError::new(format!("cannot write `{}`: {e}", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}
