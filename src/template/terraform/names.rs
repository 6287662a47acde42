//! The values of names in a Terraform module: locals, variables with a default, and rendered template files.

use crate::document::{Document, Node, NodeKind};
use crate::template::substitution::Substitutions;
use std::collections::{HashMap, HashSet};

/// The maximum length of a chain of names.
pub(super) const MAX_HOPS: usize = 16;

/// An expression and its file.
#[derive(Clone, Copy)]
pub(super) struct Expression<'m> {
    pub(super) document: &'m Document,
    pub(super) node: &'m Node,
}

impl<'m> Expression<'m> {
    /// Another expression of the same file.
    pub(super) const fn with_node(self, node: &'m Node) -> Self {
        Self { node, ..self }
    }

    /// Its source text.
    pub(super) fn written(self) -> &'m str {
        let text = self.document.source.text().get(self.node.span.range());
        text.unwrap_or_default().trim()
    }

    /// The arguments, if it is a call of `name`.
    pub(super) fn arguments_of(self, name: &str) -> Option<&'m [Node]> {
        let call = self.node.as_tagged().filter(|call| call.tag == name)?;
        call.value.as_array()
    }
}

/// The names that the files of a module define.
pub(super) struct Names<'m> {
    /// By `local.x`, `var.x`, and `data.template_file.x`.
    values: HashMap<String, Expression<'m>>,
    /// The literals, which can be inserted into texts.
    pub(super) known: Substitutions,
}

impl<'m> Names<'m> {
    /// Collects the names of a module's files; of duplicates, the first counts.
    pub(super) fn new(files: impl IntoIterator<Item = &'m Document>) -> Self {
        let mut known = Substitutions::new("", "locals");
        known.is_partial = true;
        let mut names = Self {
            values: HashMap::new(),
            known,
        };
        for document in files {
            for root in &document.roots {
                names.add(Expression { document, node: root });
            }
        }
        names
    }

    fn add(&mut self, root: Expression<'m>) {
        for block in root.node.as_object().unwrap_or_default() {
            let (prefix, values) = match block.key.as_str() {
                "locals" => ("local", Some(&block.value)),
                "variable" => ("var", Some(&block.value)),
                "data" => ("data.template_file", block.value.get("template_file")),
                _ => continue,
            };
            for member in values.and_then(Node::as_object).unwrap_or_default() {
                let value = match prefix {
                    "var" => member.value.get("default"),
                    _ => Some(&member.value),
                };
                let name = format!("{prefix}.{}", member.key.as_str());
                let Some(value) = value.filter(|v| !v.is_null()) else {
                    continue;
                };
                if self.values.contains_key(&name) {
                    continue;
                }
                let text = value.as_str().or(value.as_number());
                if let Some(text) = text.filter(|t| !t.is_empty()) {
                    self.known.add(&name, member.key_span, text.to_owned());
                }
                self.values.insert(name, root.with_node(value));
            }
        }
    }

    /// The value of a name.
    pub(super) fn get(&self, name: &str) -> Option<Expression<'m>> {
        self.values.get(name).copied()
    }

    /// The text of a literal value.
    pub(super) fn text(&self, value: Expression<'m>) -> Option<String> {
        let text = match &value.node.kind {
            NodeKind::String(text) => text.to_string(),
            NodeKind::Number(number) => number.to_string(),
            NodeKind::Bool(value) => value.to_string(),
            _ => {
                let node = self.get(value.written())?.node;
                node.as_str().or(node.as_number())?.to_owned()
            }
        };
        (!text.is_empty()).then_some(text)
    }

    /// Whether all names that an expression depends on are defined here.
    pub(super) fn has_all_of(&self, expression: Expression<'m>) -> bool {
        self.has_all(expression, 0, &mut HashSet::new())
    }

    fn has_all(&self, expression: Expression<'m>, hops: usize, seen: &mut HashSet<&'m str>) -> bool {
        match &expression.node.kind {
            NodeKind::Tagged(call) => {
                let mut arguments = call.value.as_array().unwrap_or_default().iter();
                arguments.all(|argument| self.has_all(expression.with_node(argument), hops, seen))
            }
            NodeKind::Unknown => {
                let text = expression.written();
                let name = text.strip_suffix(".rendered").unwrap_or(text);
                let is_name = ["local.", "var.", "data.template_file."]
                    .iter()
                    .any(|prefix| name.starts_with(prefix));
                if !is_name || hops == MAX_HOPS || !seen.insert(name) {
                    return true;
                }
                self.get(name)
                    .is_some_and(|value| self.has_all(value, hops + 1, seen))
            }
            _ => true,
        }
    }
}
