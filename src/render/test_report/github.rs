//! Annotations for GitHub Actions: one for each expectation that was not met.

use super::report::Report;
use crate::render::diagnostics::{self, FileReport};
use crate::render::style::Style;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes a run.
pub(super) fn write(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut files = Vec::new();
    for case in report.suites.iter().flat_map(|suite| &suite.cases) {
        for located in &case.failures {
            let mut found = located.diagnostic();
            found.message = format!("{}: {}", case.name, found.message).into();
            files.push(FileReport {
                path: located.source.name().to_owned(),
                machines: Vec::new(),
                source: Arc::clone(&located.source),
                diagnostics: vec![found],
                suppressed: 0,
            });
        }
    }
    let settings = diagnostics::Settings {
        style: &style,
        rules: &[],
        aws_warnings: false,
        lists_all_advice: false,
    };
    diagnostics::Format::Github.write(&files, settings, out)?;
    Ok(())
}
