//! One line per finding, for editors and grep: `path:line:col: severity rule message`.

use super::line_index::LineIndex;
use super::printer::Printer;
use super::report::{FileReport, Summary};
use crate::render::visible::one_line;
use std::io::{self, Write};

pub(super) struct Compact;

impl Printer for Compact {
    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let here = LineIndex::new(&file.source);
        for diagnostic in &file.diagnostics {
            let (path, source) = file.file_of(diagnostic);
            let start = match diagnostic.source {
                None => here.at(diagnostic.span.start),
                Some(_) => LineIndex::new(source).at(diagnostic.span.start),
            };
            let (severity, rule) = (diagnostic.severity.as_str(), diagnostic.rule);
            let (path, message) = (one_line(path), one_line(&diagnostic.message));
            writeln!(
                out,
                "{path}:{}:{}: {severity} {rule} {message}",
                start.line, start.column
            )?;
        }
        Ok(())
    }

    fn end(&mut self, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
