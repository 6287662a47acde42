//! `DefinitionSubstitutions`: the `${Name}`s of a definition and their values in the template.

use super::files::NoFiles;
use super::intrinsic::{PlaceholderOrigin, PlaceholderOrigins, is_placeholder, placeholders};
use super::issue::{IssueKind, TemplateIssue};
use super::read_budget::ReadBudget;
use crate::document::{Document, Encoding, JoinedText, Node, NodeKind, Syntax, Text};
use crate::prose;
use crate::source::{SourceFile, Span, to_offset};
use memchr::memmem;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many undefined names are compared with how many defined names to find a similar one.
const MAX_GUESSES: usize = 200;

/// The substitutions of one definition.
#[derive(Debug, Default)]
pub(super) struct Substitutions {
    entries: BTreeMap<String, Entry>,
    /// Whether there may be further substitutions.
    pub(super) is_partial: bool,
    /// Whether values replace a bare `${Name}` in YAML, too.
    replaces_bare: bool,
    /// Where substitutions are written, for help texts.
    home: &'static str,
    /// The resource that defines them.
    owner: String,
}

#[derive(Debug)]
struct Entry {
    key_span: Span,
    /// The value with unknown parts as `${Name}`, if known.
    value: Option<String>,
    is_used: Cell<bool>,
}

impl Substitutions {
    /// An empty set of substitutions, which `owner` defines in `home`.
    pub(super) fn new(owner: &str, home: &'static str) -> Self {
        Self {
            home,
            owner: owner.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a substitution and what is known of its value.
    pub(super) fn add(&mut self, name: &str, key_span: Span, value: String) {
        let entry = Entry {
            key_span,
            value: Some(value).filter(|v| !is_placeholder(v)),
            is_used: Cell::new(false),
        };
        self.entries.insert(name.to_owned(), entry);
    }

    /// Inserts the known values; returns an issue for every `${Name}` without a substitution. `foreign` contains the locations
    /// of those that are not the definition's own. If the budget is spent, the document is incomplete.
    pub(super) fn apply(
        &self,
        document: &mut Document,
        foreign: &PlaceholderOrigins,
        budget: &ReadBudget<'_>,
    ) -> Vec<TemplateIssue> {
        let source = Arc::clone(&document.source);
        let mut run = Run {
            substitutions: self,
            source: &source,
            syntax: document.syntax,
            foreign,
            budget,
            undefined: Vec::new(),
        };
        for root in &mut document.roots {
            run.node(root);
        }
        let mut issues = self.report(run.undefined);
        for issue in &mut issues {
            issue.pointer = document.roots.first().map(|root| root.pointer_to(issue.span));
            issue.source = Some(Arc::clone(&source));
        }
        issues
    }

    /// An issue for every name without a substitution.
    pub(super) fn report(&self, undefined: Vec<(String, Span)>) -> Vec<TemplateIssue> {
        let mut helps = HashMap::new();
        let issue = |(name, span): (String, Span)| {
            let message = format!("`${{{name}}}` has no substitution in `{}`", self.owner);
            let mut issue = TemplateIssue::new(IssueKind::UndefinedSubstitution, span, message);
            let number = helps.len();
            let help = helps
                .entry(name)
                .or_insert_with_key(|name| self.advice(name, number));
            issue.help = Some(help.clone());
            issue
        };
        undefined.into_iter().map(issue).collect()
    }

    /// Marks the substitutions that are used.
    pub(super) fn use_all(&self, is_used: impl Fn(&str) -> bool) {
        for (name, entry) in &self.entries {
            entry.is_used.set(is_used(name));
        }
    }

    /// The help for the undefined name with this number.
    fn advice(&self, name: &str, number: usize) -> String {
        let names = self.entries.keys().map(String::as_str);
        let close = if number < MAX_GUESSES {
            prose::closest(name, names.take(MAX_GUESSES))
        } else {
            None
        };
        let similar = |close: &str| prose::similar_name("substitution", format_args!("${{{close}}}"));
        match close {
            Some(close) if close.eq_ignore_ascii_case(name) => {
                format!("{}; names are case-sensitive", similar(close))
            }
            Some(close) => similar(close),
            None => format!("add `{name}` to {}", self.home),
        }
    }

    /// An issue for every substitution that has not been used.
    pub(super) fn unused(&self) -> impl Iterator<Item = TemplateIssue> {
        self.entries
            .iter()
            .filter(|(_, e)| !e.is_used.get())
            .map(|(name, entry)| {
                let message =
                    format!("unused substitution `{name}`: the definition does not contain `${{{name}}}`");
                TemplateIssue::new(IssueKind::UnusedSubstitution, entry.key_span, message)
            })
    }
}

/// The fields that contain data.
const DATA: [&str; 9] = [
    "Arguments",
    "Assign",
    "BatchInput",
    "Input",
    "ItemSelector",
    "Output",
    "Parameters",
    "Result",
    "ResultSelector",
];

/// Makes every bare `${Name}` in the data of a definition a string. What will be inserted is not known, but an execution needs
/// a value.
pub fn keep_placeholders(document: &mut Document) {
    let source = Arc::clone(&document.source);
    if memmem::find(source.text().as_bytes(), b"${").is_none() {
        return;
    }
    for root in &mut document.roots {
        keep_in(root, source.text(), false);
    }
}

fn keep_in(node: &mut Node, file: &str, is_data: bool) {
    match &mut node.kind {
        NodeKind::Array(items) => items.iter_mut().for_each(|item| keep_in(item, file, is_data)),
        NodeKind::Object(members) => {
            for member in members {
                let is_data = is_data || DATA.contains(&member.key.as_str());
                keep_in(&mut member.value, file, is_data);
            }
        }
        NodeKind::Unknown if is_data => {
            if let Some(text) = file.get(node.span.range()).filter(|text| is_placeholder(text)) {
                node.kind = NodeKind::String(bare_text(text, node.span));
            }
        }
        _ => {}
    }
}

/// Inserts the values of `${Name}` into a definition; returns the names that it does not contain.
pub fn substitute<'v>(document: &mut Document, values: &[(&'v str, String)]) -> Vec<&'v str> {
    let mut substitutions = Substitutions::new("", "");
    substitutions.is_partial = true;
    substitutions.replaces_bare = true;
    for (name, value) in values {
        substitutions.add(name, Span::default(), value.clone());
    }
    let text = Arc::clone(&document.source);
    let budget = ReadBudget::new(text.text(), &NoFiles);
    substitutions.apply(document, &PlaceholderOrigins::new(), &budget);
    let is_used = |name: &str| {
        substitutions
            .entries
            .get(name)
            .is_some_and(|entry| entry.is_used.get())
    };
    values
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !is_used(name))
        .collect()
}

/// A value that is not in quotes, as a string.
fn bare_text(text: &str, span: Span) -> Text {
    Text::new(text, Encoding::Verbatim { start: span.start })
}

struct Run<'a> {
    substitutions: &'a Substitutions,
    source: &'a Arc<SourceFile>,
    syntax: Syntax,
    foreign: &'a PlaceholderOrigins,
    budget: &'a ReadBudget<'a>,
    undefined: Vec<(String, Span)>,
}

impl<'a> Run<'a> {
    fn node(&mut self, node: &mut Node) {
        match &mut node.kind {
            NodeKind::String(text) => self.text(text),
            NodeKind::Array(items) => items.iter_mut().for_each(|item| self.node(item)),
            NodeKind::Object(members) => {
                for member in members {
                    self.text(&mut member.key);
                    self.node(&mut member.value);
                }
            }
            NodeKind::Unknown => self.bare(node),
            _ => {}
        }
    }

    fn text(&mut self, text: &mut Text) {
        if !text.has_placeholder() {
            return;
        }
        let parts = text.parts(self.source.text());
        let mut out = JoinedText::default();
        let mut at = 0;
        for (range, name) in placeholders(text) {
            let span = parts.span(Span::new(to_offset(range.start), to_offset(range.end)));
            if range.start < at {
                continue;
            }
            if let Some(value) = self.value(name, span) {
                if !self.budget.take(range.start - at + value.len()) {
                    return;
                }
                out.push_range(text, &parts, at..range.start);
                out.push_replacement(value, span);
                at = range.end;
            }
        }
        if at > 0 && self.budget.take(text.len() - at) {
            out.push_range(text, &parts, at..text.len());
            *text = out.into_text();
        }
    }

    /// Handles a `${Name}` that is an entire value: in JSON, the value's text is inserted before it is parsed.
    fn bare(&mut self, node: &mut Node) {
        let file = self.source.text();
        let Some(text) = file.get(node.span.range()).filter(|t| t.starts_with("${")) else {
            return;
        };
        let whole = is_placeholder(text);
        let text = bare_text(text, node.span);
        for (range, name) in placeholders(&text) {
            let value = self.value(name, text.source_span(file, range));
            let Some(value) = value.filter(|_| whole) else {
                continue;
            };
            let is_json = self.syntax == Syntax::Json;
            if !is_json && !self.substitutions.replaces_bare {
                continue;
            }
            node.kind = match value {
                "true" => NodeKind::Bool(true),
                "false" => NodeKind::Bool(false),
                number if serde_json::from_str::<serde_json::Number>(number).is_ok() => {
                    NodeKind::Number(number.into())
                }
                _ if is_json => NodeKind::Unknown,
                string => {
                    let mut text = JoinedText::default();
                    text.push_replacement(string, node.span);
                    NodeKind::String(text.into_text())
                }
            };
        }
    }

    /// The value to insert for a name, if known.
    fn value(&mut self, name: &str, span: Span) -> Option<&'a str> {
        let origin = self.foreign.get(&span.start);
        if origin == Some(&PlaceholderOrigin::Settled) {
            return None;
        }
        if let Some(entry) = self.substitutions.entries.get(name) {
            entry.is_used.set(true);
            return entry.value.as_deref();
        }
        // The issue takes up memory, too.
        if !self.substitutions.is_partial && origin.is_none() && self.budget.take(128) {
            self.undefined.push((name.to_owned(), span));
        }
        None
    }
}
