//! How the result of an evaluation is printed.

use crate::cli::terminal::{self, Stream};
use crate::cli::{CliError, Exit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::diagnostics::{self, FileReport, Settings};
use crate::render::style::{ColorChoice, Style};
use crate::source::{SourceFile, Span, to_offset};
use crate::value::Value;
use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Value on standard output, errors on standard error
    Text,
    /// JSON object: {"value": …}, {"undefined": true}, or {"error": {"code", "message"}}
    Json,
}

/// How an evaluation ended.
pub(super) enum Outcome {
    Value(Value),
    /// JSONata found nothing.
    Undefined,
    Failed(Failure),
}

/// The code of what only Step Functions refuses.
pub(super) const REFUSED: &str = "refused";

/// An evaluation, or the text to evaluate, that went wrong.
pub(super) struct Failure {
    code: String,
    message: String,
    /// The text, and the bytes where the error is.
    place: Option<(String, Range<usize>)>,
    help: Option<String>,
}

impl Outcome {
    pub(super) fn failed(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Failed(Failure {
            code: code.into(),
            message: message.into(),
            place: None,
            help: None,
        })
    }

    /// With the place in the text.
    pub(super) fn at(mut self, text: &str, range: Range<usize>) -> Self {
        if let Self::Failed(failure) = &mut self {
            failure.place = Some((text.to_owned(), range));
        }
        self
    }

    /// With what to do next.
    pub(super) fn help(mut self, help: Option<&str>) -> Self {
        if let Self::Failed(failure) = &mut self {
            failure.help = help.map(str::to_owned);
        }
        self
    }
}

/// Collects warnings, and prints them with the result.
pub(super) struct Report {
    format: Format,
    style: Style,
    name: String,
    warnings: Vec<(String, Diagnostic)>,
}

impl Report {
    pub(super) fn new(format: Format, style: Style) -> Self {
        Self {
            format,
            style,
            name: "expression".to_owned(),
            warnings: Vec::new(),
        }
    }

    /// What the text under report is called.
    pub(super) fn name(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub(super) fn warn(&mut self, text: &str, range: Range<usize>, message: &str, help: Option<String>) {
        let diagnostic = Diagnostic {
            help: help.map(Cow::from),
            ..Diagnostic::new(REFUSED, Severity::Warning, message.to_owned(), span(range))
        };
        self.warnings.push((text.to_owned(), diagnostic));
    }

    pub(super) fn print(self, outcome: &Outcome) -> Result<Exit, CliError> {
        for (text, diagnostic) in &self.warnings {
            self.point(text, diagnostic)?;
        }
        let mut out = io::stdout().lock();
        match (self.format, outcome) {
            (Format::Json, Outcome::Value(value)) => writeln!(out, "{{\"value\":{value}}}")?,
            (Format::Json, Outcome::Undefined) => writeln!(out, "{{\"undefined\":true}}")?,
            (Format::Json, Outcome::Failed(failure)) => writeln!(out, "{}", failure.json())?,
            (Format::Text, Outcome::Value(value)) => writeln!(out, "{}", value.to_json_pretty())?,
            (Format::Text, Outcome::Undefined) => {
                crate::cli::exit::warn(
                    "the expression returned undefined, which fails a state in Step Functions",
                );
            }
            (Format::Text, Outcome::Failed(failure)) => self.fault(failure)?,
        }
        out.flush()?;
        Ok(if matches!(outcome, Outcome::Failed(_)) {
            Exit::Findings
        } else {
            Exit::Success
        })
    }

    fn fault(&self, failure: &Failure) -> Result<(), CliError> {
        let Some((text, range)) = &failure.place else {
            crate::cli::exit::report_error(&failure.error());
            return Ok(());
        };
        let diagnostic = Diagnostic {
            help: failure.help.clone().map(Cow::from),
            ..Diagnostic::new(
                if failure.code == REFUSED {
                    REFUSED
                } else {
                    "syntax"
                },
                Severity::Error,
                failure.message.clone(),
                span(range.clone()),
            )
        };
        self.point(text, &diagnostic)
    }

    /// Underlines the place in the text, on standard error.
    fn point(&self, text: &str, diagnostic: &Diagnostic) -> Result<(), CliError> {
        let report = FileReport {
            path: self.name.clone(),
            source: Arc::new(SourceFile::new(self.name.clone(), text)),
            machines: Vec::new(),
            diagnostics: vec![diagnostic.clone()],
            suppressed: 0,
        };
        let choice = if self.style.color {
            ColorChoice::Auto
        } else {
            ColorChoice::Never
        };
        let style = terminal::style(choice, Stream::Stderr);
        let settings = Settings {
            style: &style,
            rules: &[],
            aws_warnings: false,
        };
        let mut printer = diagnostics::Format::Text.printer(settings);
        Ok(printer.file(&report, &mut io::stderr().lock())?)
    }
}

fn span(range: Range<usize>) -> Span {
    Span::new(to_offset(range.start), to_offset(range.end))
}

impl Failure {
    fn json(&self) -> String {
        let mut error = vec![
            ("code", Value::from(self.code.as_str())),
            ("message", self.message.as_str().into()),
        ];
        if let Some((_, range)) = &self.place {
            error.push(("start", i64::from(to_offset(range.start)).into()));
            error.push(("end", i64::from(to_offset(range.end)).into()));
        }
        let error: crate::value::Object = error
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect();
        Value::from([("error", Value::object(error))]).to_json()
    }

    /// As a sentence for people; codes of JSONata and of Step Functions belong to it, asl's own do not.
    fn error(&self) -> CliError {
        let is_own = self.code.starts_with(|c: char| c.is_ascii_lowercase());
        let message = if is_own {
            self.message.clone()
        } else {
            format!("{}: {}", self.code, self.message)
        };
        let error = CliError::new(message);
        match &self.help {
            Some(help) => error.help(help.as_str()),
            None => error,
        }
    }
}
