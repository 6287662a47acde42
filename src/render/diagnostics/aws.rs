//! The response of AWS's `ValidateStateMachineDefinition`: its codes, messages, and locations, without the findings that
//! only asl has. Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html>.

use super::printer::Printer;
use super::report::{FileReport, Summary};
use crate::diagnostic::{AwsDiagnostic, Severity};
use crate::lint::AwsCode;
use serde::Serialize;
use std::io::{self, Write};

/// The maximum number of diagnostics in a response (the default and maximum of `maxResults`).
const MAX_RESULTS: usize = 100;

pub(super) struct Aws {
    with_warnings: bool,
    found: Vec<AwsDiagnostic>,
}

impl Aws {
    pub(super) const fn new(with_warnings: bool) -> Self {
        Self {
            with_warnings,
            found: Vec::new(),
        }
    }
}

#[derive(Serialize)]
struct Response<'a> {
    result: &'a str,
    diagnostics: Vec<ListedDiagnostic<'a>>,
    truncated: bool,
}

#[derive(Serialize)]
struct ListedDiagnostic<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a str>,
}

impl Printer for Aws {
    fn file(&mut self, file: &FileReport, _out: &mut dyn Write) -> io::Result<()> {
        let mut found: Vec<_> = file.diagnostics.iter().filter_map(|d| d.aws.clone()).collect();
        // AWS does not validate a source text that is not JSON any further.
        if let Some(i) = found
            .iter()
            .position(|d| d.code == AwsCode::InvalidJsonDescription.as_str())
        {
            found = vec![found.swap_remove(i)];
        }
        self.found.append(&mut found);
        Ok(())
    }

    fn end(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let failed = self.found.iter().any(refuses);
        let mut listed = self
            .found
            .iter()
            .filter(|d| self.with_warnings || refuses(d))
            .map(|d| ListedDiagnostic {
                severity: if refuses(d) { "ERROR" } else { "WARNING" },
                code: d.code,
                message: &d.message,
                location: d.location.as_deref(),
            });
        let response = Response {
            result: if failed { "FAIL" } else { "OK" },
            diagnostics: listed.by_ref().take(MAX_RESULTS).collect(),
            truncated: listed.next().is_some(),
        };
        serde_json::to_writer_pretty(&mut *out, &response)?;
        out.write_all(b"\n")
    }
}

fn refuses(diagnostic: &AwsDiagnostic) -> bool {
    diagnostic.severity == Severity::Error
}
