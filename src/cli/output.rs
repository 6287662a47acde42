//! Where a command writes what it was asked for.

use super::Trouble;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The file of `--output`, emptied, or standard output.
pub(super) fn open(path: Option<&Path>) -> Result<Box<dyn Write>, Trouble> {
    let Some(path) = path else {
        return Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())));
    };
    let file = File::create(path)
        .map_err(|e| Trouble::new(format!("`{}` cannot be written: {e}", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}
