//! From the `definition` of a resource to the texts and objects that it may be.

use super::names::{Expression, MAX_HOPS, Names};
use crate::document::{Assembly, Document, Node, NodeKind, Syntax, Text};
use crate::source::{Span, to_offset};
use crate::template::files::Base;
use crate::template::intrinsic::{Foreign, Origin, is_placeholder};
use crate::template::reach::{MAX_OUTCOMES, Reach};
use crate::template::resource::Resource;
use crate::template::substitution::Substitutions;
use std::collections::HashSet;
use std::sync::Arc;

/// Functions that give their first argument back, or nearly so.
const TRANSPARENT: [&str; 8] = [
    "chomp",
    "file",
    "indent",
    "jsondecode",
    "nonsensitive",
    "sensitive",
    "trimspace",
    "yamldecode",
];

/// A definition that was found.
pub(super) struct Found {
    pub(super) document: Document,
    /// Whether it stands in a string.
    pub(super) is_text: bool,
    /// Its place in the other file of the module that it is written in, as a JSON pointer.
    pub(super) inner: String,
}

/// The search for the definitions of one resource.
pub(super) struct Search<'m, 'r> {
    pub(super) names: &'m Names<'m>,
    pub(super) reach: &'r Reach<'r>,
    resource: &'r mut Resource,
    /// The names on the way from the resource to where we are.
    path: Vec<&'m str>,
    /// All names that were followed: one that is met again brings no other definition.
    seen: HashSet<&'m str>,
    /// How many definitions they led to.
    outcomes: usize,
    found: Vec<Found>,
}

impl<'m, 'r> Search<'m, 'r> {
    pub(super) fn new(names: &'m Names<'m>, reach: &'r Reach<'r>, resource: &'r mut Resource) -> Self {
        Self {
            names,
            reach,
            resource,
            path: Vec::new(),
            seen: HashSet::new(),
            outcomes: 0,
            found: Vec::new(),
        }
    }

    /// The definitions that an expression may be: one, or one for each outcome of a condition.
    pub(super) fn run(mut self, expression: Expression<'m>) -> Vec<Found> {
        self.definitions(expression);
        self.found
    }

    fn definitions(&mut self, expression: Expression<'m>) {
        let node = expression.node;
        let call = match &node.kind {
            NodeKind::String(text) if is_placeholder(text.trim()) => return self.unknown(node),
            NodeKind::String(text) => {
                return self.add(expression, true, |search| Some(search.text_of(expression, text)));
            }
            NodeKind::Object(_) => {
                return self.add(expression, false, |search| Some(search.in_place(expression)));
            }
            NodeKind::Tagged(call) => call,
            _ => return self.named(expression),
        };
        match (call.tag.as_str(), call.value.as_array().unwrap_or_default()) {
            ("?", outcomes) => {
                for outcome in outcomes.iter().filter(|n| !n.is_null()) {
                    self.definitions(expression.beside(outcome));
                }
            }
            ("file", [path]) => {
                self.add_file(node, |search| search.file(expression.beside(path)));
            }
            ("templatefile", [path, variables]) => self.add_file(node, |search| {
                search.templatefile(expression.beside(path), Some(variables))
            }),
            ("jsonencode", [value]) => self.definitions(expression.beside(value)),
            (name, [first, ..]) if TRANSPARENT.contains(&name) => {
                self.definitions(expression.beside(first));
            }
            _ => self.unknown(node),
        }
    }

    /// Adds the definition that `read` makes of what is written at a place.
    fn add(&mut self, at: Expression<'m>, is_text: bool, read: impl FnOnce(&mut Self) -> Option<Document>) {
        let is_elsewhere = !Arc::ptr_eq(&at.document.source, &self.resource.source);
        let root = at.document.roots.first().filter(|_| is_elsewhere);
        let inner = root.map(|root| root.pointer_to(at.node.span));
        self.add_one(at.node, is_text, inner.unwrap_or_default(), read);
    }

    /// Adds the definition that is all of a file.
    fn add_file(&mut self, node: &Node, read: impl FnOnce(&mut Self) -> Option<Document>) {
        self.add_one(node, false, String::new(), read);
    }

    fn add_one(
        &mut self,
        node: &Node,
        is_text: bool,
        inner: String,
        read: impl FnOnce(&mut Self) -> Option<Document>,
    ) {
        self.outcomes += 1;
        if self.outcomes == MAX_OUTCOMES + 1 {
            self.resource.has_more_outcomes(node.span);
        }
        if self.outcomes > MAX_OUTCOMES {
            return;
        }
        if let Some(document) = read(self) {
            self.found.push(Found {
                document,
                is_text,
                inner,
            });
        }
    }

    /// What a name stands for: `local.x`, `var.x` with a default, `data.template_file.x.rendered`.
    fn named(&mut self, expression: Expression<'m>) {
        let (node, text) = (expression.node, expression.written());
        let is_data = text.starts_with("data.");
        let name = match text.strip_suffix(".rendered") {
            Some(name) if is_data => name,
            _ if is_data => return self.unknown(node),
            _ => text,
        };
        let Some(value) = self.names.get(name) else {
            return self.unknown(node);
        };
        if self.path.contains(&name) {
            self.resource
                .cannot_read(node.span, format!("`{name}` is defined by itself"));
        } else if self.path.len() == MAX_HOPS {
            let message =
                format!("The definition was not read: it is more than {MAX_HOPS} names away from here");
            self.resource.cannot_read(node.span, message);
        } else if self.seen.insert(name) {
            let before = self.resource.faults.len();
            self.path.push(name);
            if is_data {
                self.rendered(value, node);
            } else {
                self.definitions(value);
            }
            self.path.pop();
            // What is wrong behind the name is wrong in the name's file.
            for fault in &mut self.resource.faults[before..] {
                if fault.source.is_none() {
                    fault.source = Some(Arc::clone(&value.document.source));
                    let root = value.document.roots.first();
                    fault.pointer = root.map(|root| root.pointer_to(fault.span));
                }
            }
        }
    }

    /// What a `template_file` is rendered to, which `node` names.
    fn rendered(&mut self, data: Expression<'m>, node: &'m Node) {
        let Some(template) = data.node.get("template") else {
            return self.unknown(data.node);
        };
        let template = data.beside(template);
        match template.arguments_of("file") {
            Some([path]) => self.add_file(node, |search| {
                search.templatefile(data.beside(path), data.node.get("vars"))
            }),
            _ => self.definitions(template),
        }
    }

    fn unknown(&mut self, node: &Node) {
        self.resource.cannot_read(
            node.span,
            "The definition is known only when the configuration is applied",
        );
    }

    fn text_of(&self, at: Expression<'m>, text: &Text) -> Document {
        let source = &at.document.source;
        let mut whole = Assembly::default();
        if self.reach.take(text.len()) {
            whole.push_text(source.text(), text);
        }
        let mut document = whole.read(source, Syntax::Json, at.node.span);
        self.fill_in(&mut document);
        document
    }

    fn in_place(&self, at: Expression<'m>) -> Document {
        let mut document = Document {
            source: Arc::clone(&at.document.source),
            syntax: Syntax::Hcl,
            roots: vec![self.reach.copy(at.node)],
            faults: Vec::new(),
            is_whole: at.document.is_whole,
        };
        self.fill_in(&mut document);
        document
    }

    /// Puts the values of the module's locals and variables in, as far as they are written out.
    fn fill_in(&self, document: &mut Document) {
        self.names.known.apply(document, &Foreign::new(), self.reach);
    }

    fn file(&mut self, path: Expression<'m>) -> Option<Document> {
        let Some(written) = self.names.text(path) else {
            self.unknown(path.node);
            return None;
        };
        let folders = ["${path.module}", "${path.root}", "${path.cwd}"];
        let relative = folders.iter().find_map(|f| written.strip_prefix(f));
        let relative = relative.map_or(written.as_str(), |rest| rest.trim_start_matches('/'));
        if relative.contains("${") {
            self.unknown(path.node);
            return None;
        }
        self.resource
            .open(relative, path.node.span, Base::Beside, self.reach)
    }

    fn templatefile(&mut self, path: Expression<'m>, variables: Option<&'m Node>) -> Option<Document> {
        let mut document = self.file(path)?;
        let source = Arc::clone(&document.source);
        let text = source.text();
        if text.contains("%{") {
            let message = format!(
                "`{}` holds directives and is known only when it is rendered",
                source.name()
            );
            self.resource.cannot_read(path.node.span, message);
            return None;
        }
        let mut substitutions = Substitutions::of(&self.resource.name, "the variables of the template");
        let members = variables.and_then(Node::as_object);
        substitutions.is_partial = variables.is_some() && members.is_none();
        for member in members.unwrap_or_default() {
            let name = member.key.as_str();
            let value = self.names.text(path.beside(&member.value));
            let value = value.unwrap_or_else(|| format!("${{{name}}}"));
            substitutions.add(name, member.key_span, value);
        }
        let escaped = text.match_indices("$${");
        let escaped: Foreign = escaped
            .map(|(i, _)| (to_offset(i + 1), Origin::Settled))
            .collect();
        // `${a.b}` is a member of the variable `a`, and `${f(a)}` is no name at all.
        let is_name = |span: Span| {
            let written = text.get(span.range()).unwrap_or_default();
            !written.contains(['.', ':', '-'])
        };
        let undefined = substitutions.apply(&mut document, &escaped, self.reach);
        let undefined = undefined.into_iter().filter(|f| is_name(f.span));
        self.resource.faults.extend(undefined);
        if document.is_whole && !self.reach.is_spent() {
            let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            let words: HashSet<&str> = text.split(|c| !is_in_word(c)).collect();
            let file = path.document.source.text();
            let is_unused = |span: Span| {
                let name = file.get(span.range()).unwrap_or_default();
                !words.contains(name.trim_matches('"'))
            };
            let unused = substitutions.unused().filter(|f| is_unused(f.span));
            self.resource.faults.extend(unused);
        }
        Some(document)
    }
}
