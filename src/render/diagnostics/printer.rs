//! The interface of the output formats.

use super::report::{FileReport, Summary};
use std::io::{self, Write};

/// Prints one run: `begin` once, `file` for each file in order, `end` once.
pub trait Printer {
    /// Prints what precedes the first file.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Prints one file.
    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()>;

    /// Prints what follows the last file.
    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}
