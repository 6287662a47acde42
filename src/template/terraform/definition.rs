//! Resolves the `definition` of a resource to the texts and objects that it may be.

use super::names::{Expression, MAX_HOPS, Names};
use crate::document::{Document, JoinedText, Node, NodeKind, Syntax, Text};
use crate::source::{Span, to_offset};
use crate::template::files::Base;
use crate::template::intrinsic::{Foreign, PlaceholderOrigin, is_placeholder};
use crate::template::read_budget::{MAX_OUTCOMES, ReadBudget};
use crate::template::resource::Resource;
use crate::template::substitution::Substitutions;
use std::collections::HashSet;
use std::sync::Arc;

/// Functions that return their first argument, unchanged or nearly so.
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
pub(super) struct Candidate {
    pub(super) document: Document,
    /// Whether it is in a string.
    pub(super) is_text: bool,
    /// Its JSON pointer in the other file of the module that contains it.
    pub(super) inner: String,
}

/// The search for the definitions of one resource.
pub(super) struct Search<'m, 'r> {
    pub(super) names: &'m Names<'m>,
    pub(super) budget: &'r ReadBudget<'r>,
    resource: &'r mut Resource,
    /// The names followed from the resource to the current expression.
    path: Vec<&'m str>,
    /// All names followed so far: following one again finds no other definition.
    seen: HashSet<&'m str>,
    /// How many definitions were found.
    outcomes: usize,
    found: Vec<Candidate>,
}

impl<'m, 'r> Search<'m, 'r> {
    pub(super) fn new(names: &'m Names<'m>, budget: &'r ReadBudget<'r>, resource: &'r mut Resource) -> Self {
        Self {
            names,
            budget,
            resource,
            path: Vec::new(),
            seen: HashSet::new(),
            outcomes: 0,
            found: Vec::new(),
        }
    }

    /// The definitions that an expression may be: one, or one per outcome of a condition.
    pub(super) fn run(mut self, expression: Expression<'m>) -> Vec<Candidate> {
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
                    self.definitions(expression.with_node(outcome));
                }
            }
            ("file", [path]) => {
                self.add_file(node, |search| search.file(expression.with_node(path)));
            }
            ("templatefile", [path, variables]) => self.add_file(node, |search| {
                search.templatefile(expression.with_node(path), Some(variables))
            }),
            ("jsonencode", [value]) => self.definitions(expression.with_node(value)),
            (name, [first, ..]) if TRANSPARENT.contains(&name) => {
                self.definitions(expression.with_node(first));
            }
            _ => self.unknown(node),
        }
    }

    /// Adds the definition that `read` returns for an expression.
    fn add(&mut self, at: Expression<'m>, is_text: bool, read: impl FnOnce(&mut Self) -> Option<Document>) {
        let is_elsewhere = !Arc::ptr_eq(&at.document.source, &self.resource.source);
        let root = at.document.roots.first().filter(|_| is_elsewhere);
        let inner = root.map(|root| root.pointer_to(at.node.span));
        self.add_one(at.node, is_text, inner.unwrap_or_default(), read);
    }

    /// Adds a definition that is an entire file.
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
            self.found.push(Candidate {
                document,
                is_text,
                inner,
            });
        }
    }

    /// Follows a name: `local.x`, `var.x` with a default, `data.template_file.x.rendered`.
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
                .cannot_read(node.span, format!("`{name}` is defined in terms of itself"));
        } else if self.path.len() == MAX_HOPS {
            let message = format!("definition was not read because more than {MAX_HOPS} names lead to it");
            self.resource.cannot_read(node.span, message);
        } else if self.seen.insert(name) {
            let before = self.resource.issues.len();
            self.path.push(name);
            if is_data {
                self.rendered(value, node);
            } else {
                self.definitions(value);
            }
            self.path.pop();
            // Issues of the name's value are in the name's file.
            for issue in &mut self.resource.issues[before..] {
                if issue.source.is_none() {
                    issue.source = Some(Arc::clone(&value.document.source));
                    let root = value.document.roots.first();
                    issue.pointer = root.map(|root| root.pointer_to(issue.span));
                }
            }
        }
    }

    /// Follows the rendered result of a `template_file` that `node` references.
    fn rendered(&mut self, data: Expression<'m>, node: &'m Node) {
        let Some(template) = data.node.get("template") else {
            return self.unknown(data.node);
        };
        let template = data.with_node(template);
        match template.arguments_of("file") {
            Some([path]) => self.add_file(node, |search| {
                search.templatefile(data.with_node(path), data.node.get("vars"))
            }),
            _ => self.definitions(template),
        }
    }

    fn unknown(&mut self, node: &Node) {
        self.resource.cannot_read(
            node.span,
            "definition is unknown until the configuration is applied",
        );
    }

    fn text_of(&self, at: Expression<'m>, text: &Text) -> Document {
        let source = &at.document.source;
        let mut whole = JoinedText::default();
        if self.budget.take(text.len()) {
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
            roots: vec![self.budget.copy(at.node)],
            errors: Vec::new(),
            is_whole: at.document.is_whole,
        };
        self.fill_in(&mut document);
        document
    }

    /// Inserts the values of the module's locals and variables where they are literals.
    fn fill_in(&self, document: &mut Document) {
        self.names.known.apply(document, &Foreign::new(), self.budget);
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
            .open(relative, path.node.span, Base::TemplateFolder, self.budget)
    }

    fn templatefile(&mut self, path: Expression<'m>, variables: Option<&'m Node>) -> Option<Document> {
        let mut document = self.file(path)?;
        let source = Arc::clone(&document.source);
        let text = source.text();
        if text.contains("%{") {
            let message = format!(
                "`{}` contains template directives and is unknown until it is rendered",
                source.name()
            );
            self.resource.cannot_read(path.node.span, message);
            return None;
        }
        let mut substitutions = Substitutions::new(&self.resource.name, "the variables of the template");
        let members = variables.and_then(Node::as_object);
        substitutions.is_partial = variables.is_some() && members.is_none();
        for member in members.unwrap_or_default() {
            let name = member.key.as_str();
            let value = self.names.text(path.with_node(&member.value));
            let value = value.unwrap_or_else(|| format!("${{{name}}}"));
            substitutions.add(name, member.key_span, value);
        }
        let escaped = text.match_indices("$${");
        let escaped: Foreign = escaped
            .map(|(i, _)| (to_offset(i + 1), PlaceholderOrigin::Settled))
            .collect();
        // `${a.b}` is a member of the variable `a`, and `${f(a)}` is not a name.
        let is_name = |span: Span| {
            let written = text.get(span.range()).unwrap_or_default();
            !written.contains(['.', ':', '-'])
        };
        let undefined = substitutions.apply(&mut document, &escaped, self.budget);
        let undefined = undefined.into_iter().filter(|f| is_name(f.span));
        self.resource.issues.extend(undefined);
        if document.is_whole && !self.budget.is_spent() {
            let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            let words: HashSet<&str> = text.split(|c| !is_in_word(c)).collect();
            let file = path.document.source.text();
            let is_unused = |span: Span| {
                let name = file.get(span.range()).unwrap_or_default();
                !words.contains(name.trim_matches('"'))
            };
            let unused = substitutions.unused().filter(|f| is_unused(f.span));
            self.resource.issues.extend(unused);
        }
        Some(document)
    }
}
