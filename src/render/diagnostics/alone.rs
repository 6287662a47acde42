//! Findings outside of a lint run.

use super::printer::Printer;
use super::report::FileReport;
use super::text::Text;
use crate::diagnostic::Diagnostic;
use crate::render::style::Style;
use crate::source::SourceFile;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes findings in a file, each with an excerpt of it, and no summary.
pub fn write_findings(
    source: &Arc<SourceFile>,
    diagnostics: Vec<Diagnostic>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let report = FileReport {
        path: source.name().to_owned(),
        source: Arc::clone(source),
        machines: Vec::new(),
        diagnostics,
        suppressed: 0,
    };
    Text::new(style, []).file(&report, out)
}
