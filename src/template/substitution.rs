//! `DefinitionSubstitutions`: the `${Name}`s of a definition and what a template puts in their place.

use super::fault::{Fault, FaultKind};
use super::intrinsic::{Foreign, Origin, is_placeholder, placeholders};
use super::reach::Reach;
use crate::document::{Assembly, Document, Node, NodeKind, Syntax, Text};
use crate::prose;
use crate::source::{SourceFile, Span, to_offset};
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many undefined names are compared with how many defined ones, to find out what was meant.
const MAX_GUESSES: usize = 200;

/// The substitutions of one definition.
#[derive(Debug, Default)]
pub(super) struct Substitutions {
    entries: BTreeMap<String, Entry>,
    /// Whether there may be more than these.
    pub(super) is_partial: bool,
    /// Where substitutions are written, for advice.
    home: &'static str,
    /// The resource that has them.
    owner: String,
}

#[derive(Debug)]
struct Entry {
    key_span: Span,
    /// What is known of the value, unknown parts as `${Name}`.
    value: Option<String>,
    is_used: Cell<bool>,
}

impl Substitutions {
    /// None yet, of those that `owner` has written in `home`.
    pub(super) fn of(owner: &str, home: &'static str) -> Self {
        Self {
            home,
            owner: owner.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a substitution with what is known of its value.
    pub(super) fn add(&mut self, name: &str, key_span: Span, value: String) {
        let entry = Entry {
            key_span,
            value: Some(value).filter(|v| !is_placeholder(v)),
            is_used: Cell::new(false),
        };
        self.entries.insert(name.to_owned(), entry);
    }

    /// Puts the known values in; returns a fault for every `${Name}` without a substitution. `foreign` are the places
    /// of those that are none of the definition's own. Where the reach is spent, the document is a fragment.
    pub(super) fn apply(&self, document: &mut Document, foreign: &Foreign, reach: &Reach<'_>) -> Vec<Fault> {
        let source = Arc::clone(&document.source);
        let mut run = Run {
            substitutions: self,
            source: &source,
            syntax: document.syntax,
            foreign,
            reach,
            undefined: Vec::new(),
        };
        for root in &mut document.roots {
            run.node(root);
        }
        let undefined = run.undefined;
        if undefined.is_empty() {
            return Vec::new();
        }
        let mut helps = HashMap::new();
        let fault = |(name, span): (String, Span)| {
            let message = format!("`${{{name}}}` has no substitution in `{}`", self.owner);
            let mut fault = Fault::new(FaultKind::UndefinedSubstitution, span, message);
            let number = helps.len();
            let help = helps
                .entry(name)
                .or_insert_with_key(|name| self.advice(name, number));
            fault.help = Some(help.clone());
            fault.pointer = document.roots.first().map(|root| root.pointer_to(span));
            fault.source = Some(Arc::clone(&source));
            fault
        };
        undefined.into_iter().map(fault).collect()
    }

    /// What to do about the undefined name of this number.
    fn advice(&self, name: &str, number: usize) -> String {
        let names = self.entries.keys().map(String::as_str);
        let close = if number < MAX_GUESSES {
            prose::closest(name, names.take(MAX_GUESSES))
        } else {
            None
        };
        match close {
            Some(close) if close.eq_ignore_ascii_case(name) => {
                format!("did you mean `${{{close}}}`? Upper and lower case count")
            }
            Some(close) => format!("did you mean `${{{close}}}`?"),
            None => format!("add `{name}` to {}", self.home),
        }
    }

    /// A fault for every substitution that has not been asked for.
    pub(super) fn unused(&self) -> impl Iterator<Item = Fault> {
        self.entries
            .iter()
            .filter(|(_, e)| !e.is_used.get())
            .map(|(name, entry)| {
                let message =
                    format!("The substitution `{name}` is never used: no `${{{name}}}` is in the definition");
                Fault::new(FaultKind::UnusedSubstitution, entry.key_span, message)
            })
    }
}

struct Run<'a> {
    substitutions: &'a Substitutions,
    source: &'a Arc<SourceFile>,
    syntax: Syntax,
    foreign: &'a Foreign,
    reach: &'a Reach<'a>,
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
        let mut out = Assembly::default();
        let mut at = 0;
        for (range, name) in placeholders(text) {
            let span = parts.span(Span::new(to_offset(range.start), to_offset(range.end)));
            if range.start < at {
                continue;
            }
            if let Some(value) = self.value(name, span) {
                if !self.reach.take(range.start - at + value.len()) {
                    return;
                }
                out.push_range(text, &parts, at..range.start);
                out.push_for(value, span);
                at = range.end;
            }
        }
        if at > 0 && self.reach.take(text.len() - at) {
            out.push_range(text, &parts, at..text.len());
            *text = out.into_text();
        }
    }

    /// A `${Name}` that is a whole value: in JSON the value's text takes its place before it is parsed.
    fn bare(&mut self, node: &mut Node) {
        let file = self.source.text();
        let Some(text) = file.get(node.span.range()).filter(|t| t.starts_with("${")) else {
            return;
        };
        let whole = is_placeholder(text);
        let text = Text::new(
            text,
            crate::document::Encoding::Verbatim {
                start: node.span.start,
            },
        );
        for (range, name) in placeholders(&text) {
            let value = self.value(name, text.source_span(file, range));
            if let (Some(value), true, Syntax::Json) = (value, whole, self.syntax) {
                node.kind = match value {
                    "true" => NodeKind::Bool(true),
                    "false" => NodeKind::Bool(false),
                    number if serde_json::from_str::<serde_json::Number>(number).is_ok() => {
                        NodeKind::Number(number.into())
                    }
                    _ => NodeKind::Unknown,
                };
            }
        }
    }

    /// The value to put in for a name, where it is known.
    fn value(&mut self, name: &str, span: Span) -> Option<&'a str> {
        let origin = self.foreign.get(&span.start);
        if origin == Some(&Origin::Settled) {
            return None;
        }
        if let Some(entry) = self.substitutions.entries.get(name) {
            entry.is_used.set(true);
            return entry.value.as_deref();
        }
        // What is said of it has a size, too.
        if !self.substitutions.is_partial && origin.is_none() && self.reach.take(128) {
            self.undefined.push((name.to_owned(), span));
        }
        None
    }
}
