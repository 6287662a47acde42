//! No text and no place makes a printer panic or lets a file speak to the terminal.

use super::{print, sample};
use aslkit::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use aslkit::render::diagnostics::{FileReport, Format};
use aslkit::render::style::Style;
use aslkit::source::Span;
use clap::ValueEnum;
use proptest::prelude::*;

/// Characters that printers trip over, in lines short and long.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ a-c{}\"]{0,6}",
        2 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("\r".to_owned()),
        1 => Just("\t".to_owned()),
        2 => any::<char>().prop_map(String::from),
        1 => Just("日本🦀e\u{301}".to_owned()),
        1 => Just("\x1b[31m".to_owned()),
        1 => "[x日]{150}",
    ];
    proptest::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

/// Within the text, at its end, past it, and the wrong way round.
fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        9 => (0..300_u32, 0..40_u32).prop_map(|(start, length)| Span::new(start, start + length)),
        3 => (0..900_u32, 0..900_u32).prop_map(|(start, end)| Span::new(start, end)),
        1 => Just(Span::new(u32::MAX, u32::MAX)),
        1 => Just(Span::new(3, u32::MAX)),
    ]
}

fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    let severity = proptest::sample::select(vec![Severity::Info, Severity::Warning, Severity::Error]);
    let related = proptest::collection::vec((span(), text()), 0..4);
    (severity, text(), span(), text(), related).prop_map(|(severity, message, span, label, related)| {
        Diagnostic {
            help: Some(label.clone().into()),
            fix: Some(Fix::guess(message.clone(), vec![Edit::new(span, label.clone())])),
            label,
            related: related
                .into_iter()
                .map(|(span, message)| Label { span, message })
                .collect(),
            ..Diagnostic::new("odd-name", severity, message, span)
        }
    })
}

fn file() -> impl Strategy<Value = FileReport> {
    (text(), text(), proptest::collection::vec(diagnostic(), 0..4))
        .prop_map(|(path, text, diagnostics)| sample::file(&path, &text, diagnostics))
}

proptest! {
    #[test]
    fn every_printer_accepts_hostile_reports(file in file(), unicode: bool, width in 40..200_usize) {
        let style = Style { color: false, unicode, width };
        let found = file.diagnostics.len();
        let path = file.path.clone();
        let files = [file];
        for &format in Format::value_variants() {
            let printed = print(format, &files, &style);
            match format {
                Format::Json | Format::Sarif | Format::Aws => {
                    let value: serde_json::Value = serde_json::from_str(&printed).unwrap();
                    prop_assert!(value.is_object());
                }
                Format::Compact => prop_assert_eq!(printed.lines().count(), found),
                Format::Github => {
                    prop_assert_eq!(printed.lines().count(), found);
                    prop_assert!(printed.lines().all(|line| line.starts_with("::")));
                }
                Format::Junit => prop_assert!(!printed.contains(|c: char| c.is_ascii_control() && c != '\n')),
                Format::Text => {
                    let unsafe_char = |c: char| c.is_control() && c != '\n';
                    prop_assert!(!printed.contains(unsafe_char), "{:?} {:?}", path, printed);
                    prop_assert_eq!(printed.matches("[odd-name]").count(), found);
                    prop_assert!(!printed.contains("Failed to read"));
                }
            }
        }
    }
}
