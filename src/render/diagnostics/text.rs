//! Text for a terminal: miette's graphical report of each finding, and a summary line.

mod excerpt;

use super::printer::Printer;
use super::report::{FileReport, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::prose::{self, plural};
use crate::render::rules::RuleInfo;
use crate::render::style::Style;
use crate::render::visible::{message, one_line};
use excerpt::{Excerpt, Mark};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

pub(super) struct Text<'a> {
    style: &'a Style,
    /// Created for the first finding, so that a run without findings does not create it.
    handler: Option<GraphicalReportHandler>,
    /// The rules of which one finding is printed per file, with the number of the others.
    folded: Vec<&'static str>,
}

impl<'a> Text<'a> {
    pub(super) fn new<'r>(style: &'a Style, folded: impl IntoIterator<Item = &'r RuleInfo>) -> Self {
        Self {
            style,
            handler: None,
            folded: folded.into_iter().map(|rule| rule.name).collect(),
        }
    }
}

impl Printer for Text<'_> {
    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let mut printed = Vec::new();
        for diagnostic in &file.diagnostics {
            let is_folded = self.folded.contains(&diagnostic.rule);
            if is_folded && printed.contains(&diagnostic.rule) {
                continue;
            }
            if is_folded {
                printed.push(diagnostic.rule);
            }
            let handler = self.handler.get_or_insert_with(|| handler(*self.style));
            let mut shown = Shown::new(file, diagnostic, !is_folded, *self.style);
            let more = if is_folded {
                locations(file, diagnostic.rule) - 1
            } else {
                0
            };
            if more > 0 {
                let note = format!("and {more} more like this; --verbose lists all");
                shown.help = Some(shown.help.map_or(note.clone(), |help| format!("{help}\n{note}")));
            }
            let mut report = String::new();
            handler
                .render_report(&mut report, &shown)
                .map_err(io::Error::other)?;
            writeln!(out, "{report}")?;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let style = *self.style;
        let (files, machines) = (
            plural(summary.files, "file"),
            plural(summary.machines, "state machine"),
        );
        write!(out, "{} {files}, {machines}: ", style.bold("Checked"))?;
        let counts = [
            (Severity::Error, summary.errors, "error"),
            (Severity::Warning, summary.warnings, "warning"),
            (Severity::Info, summary.infos, "info"),
        ];
        let found: Vec<String> = counts
            .into_iter()
            .filter(|&(_, count, _)| count > 0)
            .map(|(severity, count, noun)| style.severity(severity, &plural(count, noun)))
            .collect();
        if found.is_empty() {
            write!(out, "{}", style.paint("no problems", colored::Colorize::green))?;
        } else {
            write!(out, "{}", prose::list(&found))?;
        }
        if summary.suppressed > 0 {
            write!(out, " ({} suppressed)", summary.suppressed)?;
        }
        writeln!(out)?;
        match summary.fixes {
            Some(fixes) => writeln!(out, "{}", fixes.sentence("fixed")),
            None => match summary.fixable.sentence() {
                Some(sentence) => writeln!(out, "{sentence}"),
                None => Ok(()),
            },
        }
    }
}

/// How many locations in a file have findings of a rule.
fn locations(file: &FileReport, rule: &str) -> usize {
    let found = file.diagnostics.iter().filter(|d| d.rule == rule);
    found.map(|d| 1 + d.similar.len()).sum()
}

/// Configures miette explicitly, since by default it examines the environment and the terminal itself.
fn handler(style: Style) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: if style.unicode {
            ThemeCharacters::unicode()
        } else {
            ThemeCharacters::ascii()
        },
        styles: if style.color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        },
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_context_lines(excerpt::CONTEXT)
        .with_urls(false)
        .without_syntax_highlighting()
}

/// A finding as a diagnostic of miette.
#[derive(Debug)]
struct Shown {
    title: String,
    message: String,
    severity: miette::Severity,
    help: Option<String>,
    excerpt: Excerpt,
}

impl Shown {
    /// A finding; with `lists_similar`, the locations with the same problem are marked, too.
    fn new(file: &FileReport, diagnostic: &Diagnostic, lists_similar: bool, style: Style) -> Self {
        let (path, source) = file.file_of(diagnostic);
        let similar = diagnostic.similar.iter().filter(|_| lists_similar);
        let labels = diagnostic.related.iter().chain(similar);
        let marks: Vec<Mark<'_>> = std::iter::once((diagnostic.span, diagnostic.label.as_str()))
            .chain(labels.map(|label| (label.span, label.message.as_str())))
            .map(|(span, text)| Mark { span, text })
            .collect();
        let fix = diagnostic.fix.as_ref().map(|fix| match fix.applicable() {
            Ok(_) => Cow::from(&*fix.title),
            Err(reason) => format!("{} (not automatic: {reason})", fix.title).into(),
        });
        let help = match (&diagnostic.help, fix) {
            (Some(help), Some(fix)) => Some(format!("{help}\nfix: {fix}")),
            (Some(help), None) => Some(help.to_string()),
            (None, fix) => fix.map(Cow::into_owned),
        };
        Self {
            title: format!("{}[{}]", diagnostic.severity.as_str(), diagnostic.rule),
            message: message(&diagnostic.message),
            severity: match diagnostic.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Info => miette::Severity::Advice,
            },
            help: help.map(|help| message(&help)),
            excerpt: Excerpt::new(one_line(path).into_owned(), source, &marks, style),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.title))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}
