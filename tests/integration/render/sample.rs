//! A report with everything that is hard to print.

use aslkit::diagnostic::{AwsDiagnostic, Diagnostic, Edit, Fix, Label, Severity};
use aslkit::render::diagnostics::{FileReport, MachineSummary};
use aslkit::source::{SourceFile, Span, to_offset};
use std::sync::Arc;

/// A file with one unnamed machine.
pub(super) fn file(path: &str, text: &str, diagnostics: Vec<Diagnostic>) -> FileReport {
    FileReport {
        path: path.into(),
        source: Arc::new(SourceFile::new(path, text)),
        machines: vec![MachineSummary {
            name: None,
            pointer: String::new(),
        }],
        diagnostics,
        suppressed: 0,
    }
}

/// Where `part` stands in `text`.
pub(super) fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).expect("the part is in the text");
    Span::new(to_offset(start), to_offset(start + part.len()))
}

pub(super) fn report() -> Vec<FileReport> {
    vec![
        ordinary(),
        hostile(),
        minified(),
        empty(),
        end_of_file(),
        template(),
        file("clean.json", "{}", vec![]),
    ]
}

fn ordinary() -> FileReport {
    let text = r#"{
  "StartAt": "Check",
  "States": {
    "Check": { "Type": "Pass", "Next": "Chrage" },
    "Charge": {
      "Type": "Pass",
      "Assign": { "total": 1 },
      "End": true
    }
  }
}
"#;
    let target = Diagnostic {
        pointer: "/States/Check/Next".into(),
        label: "no such state".into(),
        related: vec![Label {
            span: span(text, "\"Charge\""),
            message: "a similar name".into(),
        }],
        help: Some("Did you mean `Charge`?".into()),
        fix: Some(Fix::guess(
            "Go to `Charge`",
            vec![Edit::new(span(text, "Chrage"), "Charge")],
        )),
        aws: Some(AwsDiagnostic {
            code: "MISSING_TRANSITION_TARGET",
            severity: Severity::Error,
            message: "Missing 'Next' target: Chrage".into(),
            location: Some("/States/Check/Next".into()),
        }),
        ..Diagnostic::new(
            "missing-transition-target",
            Severity::Error,
            "Next names the state \"Chrage\", which is not in this scope",
            span(text, "\"Chrage\""),
        )
    };
    let unused = Diagnostic {
        pointer: "/States/Charge/Assign/total".into(),
        ..Diagnostic::new(
            "unused-variable",
            Severity::Info,
            "Nothing reads the variable `total`",
            span(text, "\"total\""),
        )
    };
    let several_lines = Diagnostic {
        pointer: "/States/Charge".into(),
        label: "a state of several lines".into(),
        ..Diagnostic::new(
            "odd-name",
            Severity::Warning,
            "A finding over several lines",
            Span::new(
                span(text, "{\n      \"Type").start,
                span(text, "}\n  }\n").start + 1,
            ),
        )
    };
    let whole = Diagnostic::new(
        "odd-name",
        Severity::Warning,
        "A finding about everything",
        Span::new(0, to_offset(text.len())),
    );
    file(
        "fixtures/ordinary.asl.json",
        text,
        vec![whole, target, several_lines, unused],
    )
}

/// Quotes, separators, escapes, line breaks and control characters wherever a user can put them.
fn hostile() -> FileReport {
    let text = "{\r\n\t\"日本語\": \"🦀 a\x1b[31mb\",\t\"x\": 1\r\n}\r\n";
    let odd = Diagnostic {
        pointer: "/日本語 \"%25\"".into(),
        label: "<b>here</b>, 100 %".into(),
        related: vec![Label {
            span: span(text, "\"x\""),
            message: "and\nhere".into(),
        }],
        help: Some("line one\r\nline two: ::error::".into()),
        aws: Some(AwsDiagnostic {
            code: "NO_PATH",
            severity: Severity::Warning,
            message: "say \"no\"\n".into(),
            location: None,
        }),
        ..Diagnostic::new(
            "odd-name",
            Severity::Warning,
            "It's \"odd\" & <bad>: 100% ::error file=x::y,\nwith a \x07 bell \x1b[1m and a \u{202e} turn",
            span(text, "\"🦀 a\x1b[31mb\""),
        )
    };
    let line_break = Diagnostic::new(
        "odd-name",
        Severity::Warning,
        "At a line break",
        Span::new(span(text, "\n").start, span(text, "\n").end),
    );
    file("./odd, <name>:\n100%.json", text, vec![line_break, odd])
}

/// One line of 200 kB, with two places far apart.
fn minified() -> FileReport {
    let filling = |from: usize, to: usize| -> String {
        (from..to)
            .flat_map(|i| ["\"é".to_owned(), i.to_string(), "\":0,".to_owned()])
            .collect()
    };
    let text = format!(
        "{{{}\"here\":0,{}\"there\":0}}",
        filling(0, 8000),
        filling(8000, 18000)
    );
    assert!(text.len() > 200_000);
    let far = Diagnostic {
        pointer: "/here".into(),
        label: "first".into(),
        related: vec![Label {
            span: span(&text, "\"there\""),
            message: "second".into(),
        }],
        ..Diagnostic::new(
            "odd-name",
            Severity::Error,
            "Two places far apart",
            span(&text, "\"here\""),
        )
    };
    let long = Diagnostic::new(
        "odd-name",
        Severity::Error,
        "A place wider than any terminal",
        Span::new(span(&text, "\"é5\"").start, span(&text, "\"here\"").end),
    );
    file("minified.json", &text, vec![long, far])
}

fn empty() -> FileReport {
    let nothing = Diagnostic {
        label: "a definition belongs here".into(),
        aws: Some(AwsDiagnostic {
            code: "SCHEMA_VALIDATION_FAILED",
            severity: Severity::Error,
            message: "Definition must be a valid JSON object".into(),
            location: None,
        }),
        ..Diagnostic::new("odd-name", Severity::Error, "The file is empty", Span::new(0, 0))
    };
    FileReport {
        machines: vec![],
        ..file("empty.json", "", vec![nothing])
    }
}

fn end_of_file() -> FileReport {
    let text = "StartAt: A\nStates:\n";
    let end = to_offset(text.len());
    let after = Diagnostic {
        label: "expected a value".into(),
        ..Diagnostic::new(
            "odd-name",
            Severity::Error,
            "The text ends too early",
            Span::new(end, end),
        )
    };
    let between = Diagnostic::new(
        "odd-name",
        Severity::Info,
        "A place without width",
        Span::new(8, 8),
    );
    let beyond = Diagnostic::new(
        "odd-name",
        Severity::Info,
        "A place that is not there",
        Span::new(500, 400),
    );
    file("end.yaml", text, vec![between, after, beyond])
}

/// A template whose definition lies in another file.
fn template() -> FileReport {
    let text = "{\n  \"StartAt\": \"${First}\"\n}";
    let elsewhere = Diagnostic {
        pointer: "/StartAt".into(),
        source: Some(Arc::new(SourceFile::new("machines/first.asl.json", text))),
        ..Diagnostic::new(
            "missing-transition-target",
            Severity::Error,
            "StartAt names no state",
            span(text, "\"${First}\""),
        )
    };
    let machines = vec![MachineSummary {
        name: Some("First".into()),
        pointer: "/Resources/First".into(),
    }];
    FileReport {
        machines,
        ..file("template.yaml", "Resources: {}\n", vec![elsewhere])
    }
}
