//! Workflow commands of GitHub Actions, which become annotations on the lines of a pull request.
//! Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>, escapes as in
//! `@actions/core` (`packages/core/src/command.ts`).

use super::line_index::LineIndex;
use super::printer::Printer;
use super::report::{FileReport, Summary, with_slashes};
use crate::diagnostic::Severity;
use crate::render::visible::visible;
use std::io::{self, Write};

pub(super) struct Github;

impl Printer for Github {
    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let here = LineIndex::new(&file.source);
        for diagnostic in &file.diagnostics {
            let (path, source) = file.file_of(diagnostic);
            let (start, end) = match diagnostic.source {
                None => here.ends(diagnostic.span),
                Some(_) => LineIndex::new(source).ends(diagnostic.span),
            };
            let command = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let path = property(&with_slashes(path.strip_prefix("./").unwrap_or(path)));
            write!(out, "::{command} file={path},line={}", start.line)?;
            // GitHub only accepts columns if the annotation is within one line, and both ends are inclusive.
            if start.line == end.line {
                let last = end.column.saturating_sub(1).max(start.column);
                write!(out, ",col={},endLine={},endColumn={last}", start.column, end.line)?;
            } else {
                write!(out, ",endLine={}", end.line)?;
            }
            write!(
                out,
                ",title={}::{}",
                property(diagnostic.rule),
                data(&diagnostic.message)
            )?;
            if let Some(help) = &diagnostic.help {
                write!(out, "%0A{}", data(help))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn end(&mut self, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Escapes a message. Control characters are made visible, since the log interprets color codes.
fn data(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    visible(&escaped).into_owned()
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
