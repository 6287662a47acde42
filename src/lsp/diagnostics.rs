//! Findings as diagnostics of the protocol.

use super::position::{Encoding, Lines};
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lint::Report;
use crate::source::{SourceFile, Span};
use gen_lsp_types::{
    Diagnostic as ProtocolDiagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, Uri,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The name under which editors show the diagnostics.
const SOURCE: &str = "asl";

/// The rules whose findings are about something that has no effect, which editors fade out.
const UNNECESSARY: [&str; 8] = [
    "dead-catcher",
    "dead-retrier",
    "shadowed-choice-rule",
    "timeout-without-effect",
    "unreachable-default",
    "unreachable-state",
    "unused-substitution",
    "unused-variable",
];

/// The rules whose findings are about something deprecated, which editors strike through.
const DEPRECATED: [&str; 2] = ["deprecated-iterator", "deprecated-map-parameters"];

/// The diagnostics of a document, and of other files that it references, by URI.
#[derive(Default)]
pub(super) struct Diagnostics {
    pub(super) own: Vec<ProtocolDiagnostic>,
    pub(super) related: BTreeMap<String, Vec<ProtocolDiagnostic>>,
}

/// A file that diagnostics are in.
pub(super) struct File<'a> {
    text: &'a str,
    lines: &'a Lines,
    uri: Uri,
    encoding: Encoding,
}

/// The diagnostics for a report. Those in other files are left out for files that are open, which have diagnostics of their
/// own.
pub(super) fn diagnostics(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    report: &Report,
) -> Diagnostics {
    let encoding = workspace.client.encoding;
    let own = File::new(workspace, uri, snapshot);
    let mut all = Diagnostics {
        own: Vec::new(),
        related: BTreeMap::new(),
    };
    let mut others: Vec<(Arc<SourceFile>, Lines)> = Vec::new();
    for diagnostic in &report.diagnostics {
        let Some(source) = &diagnostic.source else {
            all.own.push(own.diagnostic(diagnostic));
            continue;
        };
        let path = Path::new(source.name());
        if workspace.documents.at(path).is_some() {
            continue;
        }
        let known = others.iter().position(|(other, _)| Arc::ptr_eq(other, source));
        let index = known.unwrap_or_else(|| {
            others.push((Arc::clone(source), Lines::new(source.text())));
            others.len() - 1
        });
        let other = workspace.uri_of(path);
        let file = File {
            text: source.text(),
            lines: &others[index].1,
            uri: Uri(other.clone()),
            encoding,
        };
        all.related
            .entry(other)
            .or_default()
            .push(file.diagnostic(diagnostic));
    }
    all
}

impl<'a> File<'a> {
    /// An open document.
    pub(super) fn new(workspace: &Workspace<'_>, uri: &str, snapshot: &'a Snapshot) -> Self {
        Self {
            text: snapshot.text(),
            lines: &snapshot.lines,
            uri: Uri(uri.to_owned()),
            encoding: workspace.client.encoding,
        }
    }

    pub(super) fn diagnostic(&self, diagnostic: &Diagnostic) -> ProtocolDiagnostic {
        let related = diagnostic.related.iter().chain(&diagnostic.similar);
        let related: Vec<_> = related.map(|label| self.related(label)).collect();
        let tags: Vec<_> = tag(diagnostic.rule).into_iter().collect();
        ProtocolDiagnostic {
            range: self
                .lines
                .range(self.text, self.visible(diagnostic.span), self.encoding),
            severity: Some(match diagnostic.severity {
                Severity::Error => DiagnosticSeverity::Error,
                Severity::Warning => DiagnosticSeverity::Warning,
                Severity::Info => DiagnosticSeverity::Information,
            }),
            code: Some(diagnostic.rule.to_owned().into()),
            code_description: None,
            source: Some(SOURCE.to_owned()),
            message: message(diagnostic).into(),
            tags: (!tags.is_empty()).then_some(tags),
            related_information: (!related.is_empty()).then_some(related),
            data: None,
        }
    }

    /// The first line of a span: editors would underline a whole state for a finding about the state.
    fn visible(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or_default();
        let end = text
            .find(['\n', '\r'])
            .map_or(text.len(), |end| text[..end].trim_end().len());
        Span::new(span.start, span.start + crate::source::to_offset(end))
    }

    fn related(&self, label: &Label) -> DiagnosticRelatedInformation {
        DiagnosticRelatedInformation {
            location: Location {
                uri: self.uri.clone(),
                range: self
                    .lines
                    .range(self.text, self.visible(label.span), self.encoding),
            },
            message: label.message.clone(),
        }
    }
}

/// The message, its label, and its help.
fn message(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.to_string();
    if !diagnostic.label.is_empty() {
        push_fmt!(text, ": {}", diagnostic.label);
    }
    if let Some(help) = &diagnostic.help {
        push_fmt!(text, "\nhelp: {help}");
    }
    text
}

fn tag(rule: &str) -> Option<DiagnosticTag> {
    if UNNECESSARY.contains(&rule) {
        return Some(DiagnosticTag::Unnecessary);
    }
    DEPRECATED.contains(&rule).then_some(DiagnosticTag::Deprecated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::registry;

    #[test]
    fn tagged_rules_exist() {
        for name in UNNECESSARY.iter().chain(&DEPRECATED) {
            assert_eq!(registry::find(name).map(|rule| rule.name), Some(*name));
        }
    }
}
