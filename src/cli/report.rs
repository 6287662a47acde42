//! Diagnostics that are not a command's output: why it stops, shown in the file that is the reason.

use super::CliError;
use super::terminal::{self, Stream};
use crate::diagnostic::Diagnostic;
use crate::render::diagnostics::write_findings;
use crate::render::printable::{Notation, Printable};
use crate::render::style::ColorChoice;
use crate::source::SourceFile;
use std::io;
use std::sync::Arc;

/// Prints findings on standard error, each at its place.
pub(super) fn print(source: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) {
    print_colored(ColorChoice::Auto, source, diagnostics);
}

/// Like [`print`], with a choice of color.
pub(super) fn print_colored(color: ColorChoice, source: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) {
    let style = terminal::style(color, Stream::Stderr);
    // If standard error cannot be written, only the exit code reports the error.
    let mut out = Printable::new(io::stderr(), Notation::Symbol);
    drop(write_findings(source, diagnostics, &style, &mut out));
}

/// Prints what is wrong with a file that the user wrote; `schema` is the name under which `asl schema` has its format.
pub(super) fn invalid_file(source: &Arc<SourceFile>, mut errors: Vec<Diagnostic>, schema: &str) -> CliError {
    let count = match errors.len() {
        1 => "1 error".to_owned(),
        n => format!("{n} errors"),
    };
    errors.sort_by_key(|error| error.span);
    print(source, errors);
    CliError::new(format!("`{}` is invalid: {count}", source.name()))
        .help(format!("run `asl schema {schema}` to see the format"))
}
