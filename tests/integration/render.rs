//! Every format over one report of ordinary and of hostile findings, and over whatever proptest makes up.

mod explain;
mod hostile;
mod sample;
mod shapes;

use aslkit::diagnostic::Severity;
use aslkit::lint::FixKind;
use aslkit::render::diagnostics::{FileReport, Format, Settings};
use aslkit::render::rules::RuleInfo;
use aslkit::render::style::Style;
use clap::ValueEnum;

const UNICODE: Style = Style {
    color: false,
    unicode: true,
    width: 80,
};

const RULES: &[RuleInfo] = &[
    RuleInfo {
        name: "missing-transition-target",
        family: "Transitions",
        severity: Severity::Error,
        is_advice: false,
        fixes: FixKind::None,
        summary: "A transition names a state that is not in its scope",
        manual: "## What it does\nLooks up `Next`.\n\n## Fails\n```json\n{\n  \"Next\": \"Nope\"\n}\n```\n",
        aws_code: Some("MISSING_TRANSITION_TARGET"),
    },
    RuleInfo {
        name: "odd-name",
        family: "Names",
        severity: Severity::Warning,
        is_advice: false,
        fixes: FixKind::None,
        summary: "A name that holds `a|b`",
        manual: "",
        aws_code: None,
    },
    RuleInfo {
        name: "unused-variable",
        family: "Transitions",
        severity: Severity::Info,
        is_advice: false,
        fixes: FixKind::None,
        summary: "A variable that nothing reads",
        manual: "Text.",
        aws_code: None,
    },
];

fn print(format: Format, files: &[FileReport], style: &Style) -> String {
    let settings = Settings {
        style,
        rules: RULES,
        aws_warnings: true,
        lists_all_advice: true,
    };
    let mut out = Vec::new();
    format.write(files, settings, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn text() {
    insta::assert_snapshot!(print(Format::Text, &sample::report(), &UNICODE));
}

#[test]
fn text_in_ascii_on_a_narrow_terminal() {
    let style = Style {
        unicode: false,
        width: 40,
        ..UNICODE
    };
    insta::assert_snapshot!(print(Format::Text, &sample::report(), &style));
}

#[test]
fn text_in_color() {
    let style = Style {
        color: true,
        ..UNICODE
    };
    style.apply();
    let files = &sample::report()[..1];
    insta::assert_snapshot!(print(Format::Text, files, &style).replace('\x1b', "␛"));
}

#[test]
fn text_without_findings_is_one_line() {
    let clean = sample::file("clean.json", "{}", vec![]);
    assert_eq!(
        print(Format::Text, &[clean], &UNICODE),
        "Checked 1 file, 1 state machine: no problems\n"
    );
}

#[test]
fn suppressed_findings_are_counted() {
    let clean = FileReport {
        suppressed: 2,
        ..sample::file("clean.json", "{}", vec![])
    };
    let text = print(Format::Text, &[clean], &UNICODE);
    assert_eq!(
        text,
        "Checked 1 file, 1 state machine: no problems (2 suppressed)\n"
    );
}

#[test]
fn compact() {
    insta::assert_snapshot!(print(Format::Compact, &sample::report(), &UNICODE));
}

#[test]
fn json() {
    insta::assert_snapshot!(print(Format::Json, &sample::report(), &UNICODE));
}

#[test]
fn sarif() {
    insta::assert_snapshot!(print(Format::Sarif, &sample::report(), &UNICODE));
}

#[test]
fn github() {
    insta::assert_snapshot!(print(Format::Github, &sample::report(), &UNICODE));
}

#[test]
fn junit() {
    insta::assert_snapshot!(print(Format::Junit, &sample::report(), &UNICODE));
}

#[test]
fn aws() {
    insta::assert_snapshot!(print(Format::Aws, &sample::report(), &UNICODE));
}

/// A pipe whose reader has gone.
struct Gone;

impl std::io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn reports_a_broken_pipe() {
    for &format in Format::value_variants() {
        let settings = Settings {
            style: &UNICODE,
            rules: RULES,
            aws_warnings: false,
            lists_all_advice: true,
        };
        let error = format.write(&sample::report(), settings, &mut Gone).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{format:?}");
    }
}
