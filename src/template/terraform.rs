//! Terraform: `aws_sfn_state_machine`, and calls of modules that take a `definition`.

mod configuration;

use super::intrinsic::{Foreign, Origin};
use super::reach::{MAX_OUTCOMES, Reach};
use super::resource::{Configuration, Definition, Resource};
use super::substitution::Substitutions;
use super::{Base, Container, Contents, looks_like_definition};
use crate::document::{Assembly, Document, Member, Node, NodeKind, Syntax, Text};
use crate::source::{Span, to_offset};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The type of the resources that are state machines.
pub(super) const MARK: &str = "aws_sfn_state_machine";

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

/// How many names are followed from one to the next.
const MAX_HOPS: usize = 16;

/// Reads a module's file; leaves what is none to others.
pub(super) fn read<'d>(
    document: &'d Document,
    root: &'d Node,
    reach: &Reach<'_>,
    contents: &mut Contents<'d>,
) {
    let machines = |m: &'d Member| match m.key.as_str() {
        "resource" => m.value.get(MARK).and_then(Node::as_object),
        _ => None,
    };
    let calls = |m: &'d Member| match m.key.as_str() {
        "module" if document.syntax == Syntax::Hcl => m.value.as_object(),
        _ => None,
    };
    let members = root.as_object().unwrap_or_default();
    if !members.iter().any(|m| machines(m).or(calls(m)).is_some()) {
        return;
    }
    let module = Module::of(document, root, reach);
    for member in members {
        for resource in machines(member).unwrap_or_default() {
            module.resource(resource, contents);
        }
        for call in calls(member).unwrap_or_default() {
            module.call(call, contents);
        }
    }
}

struct Module<'d, 'f> {
    document: &'d Document,
    root: &'d Node,
    reach: &'f Reach<'f>,
    /// What `local.x` and `var.x` are in this file.
    values: HashMap<String, &'d Node>,
    /// Those of them that are written out.
    known: Substitutions,
}

/// The names that were followed from one definition on.
#[derive(Default)]
struct Trail<'d> {
    /// From the definition to where we are.
    path: Vec<&'d str>,
    /// All of them: a name that is met again brings no other definition.
    seen: HashSet<&'d str>,
    /// How many definitions they led to.
    outcomes: usize,
}

impl Trail<'_> {
    /// The definition that `read` makes, unless conditions have had too many outcomes before it.
    fn one(
        &mut self,
        node: &Node,
        resource: &mut Resource,
        read: impl FnOnce(&mut Resource) -> Option<(Document, bool)>,
    ) -> Vec<(Document, bool)> {
        self.outcomes += 1;
        if self.outcomes > MAX_OUTCOMES {
            if self.outcomes == MAX_OUTCOMES + 1 {
                resource.has_more_outcomes(node.span);
            }
            return Vec::new();
        }
        read(resource).into_iter().collect()
    }
}

impl<'d, 'f> Module<'d, 'f> {
    fn of(document: &'d Document, root: &'d Node, reach: &'f Reach<'f>) -> Self {
        let mut values = HashMap::new();
        let mut known = Substitutions::of("", "locals");
        known.is_partial = true;
        for block in root.as_object().unwrap_or_default() {
            let prefix = match block.key.as_str() {
                "locals" => "local",
                "variable" => "var",
                _ => continue,
            };
            for member in block.value.as_object().unwrap_or_default() {
                let value = match prefix {
                    "var" => member.value.get("default"),
                    _ => Some(&member.value),
                };
                let Some(value) = value else { continue };
                let name = format!("{prefix}.{}", member.key.as_str());
                let text = value.as_str().or(value.as_number());
                if let Some(text) = text.filter(|t| !t.is_empty()) {
                    known.add(&name, member.key_span, text.to_owned());
                }
                values.entry(name).or_insert(value);
            }
        }
        Self {
            document,
            root,
            reach,
            values,
            known,
        }
    }

    fn resource(&self, member: &'d Member, contents: &mut Contents<'d>) {
        let mut resource = self.begin(member, configuration::of(&member.value));
        if let Some(node) = member.value.get("definition") {
            for (document, is_text) in self.definitions(node, &mut resource, &mut Trail::default()) {
                self.hold(document, is_text, node, &mut resource, contents);
            }
        }
        contents.resources.push(resource);
    }

    /// A call of a module: what it makes of its `definition` is its own affair, so nothing is said of the rest.
    fn call(&self, member: &'d Member, contents: &mut Contents<'d>) {
        let Some(node) = member.value.get("definition") else {
            return;
        };
        let mut resource = self.begin(member, Configuration::default());
        let mut definitions = self.definitions(node, &mut resource, &mut Trail::default());
        definitions.retain(|(document, _)| document.roots.iter().any(looks_like_definition));
        if definitions.is_empty() {
            return;
        }
        for (document, is_text) in definitions {
            self.hold(document, is_text, node, &mut resource, contents);
        }
        contents.resources.push(resource);
    }

    fn hold(
        &self,
        document: Document,
        is_text: bool,
        node: &Node,
        resource: &mut Resource,
        contents: &mut Contents<'_>,
    ) {
        let definition = Definition {
            document,
            is_text,
            span: node.span,
            pointer: self.root.pointer_to(node.span),
            inner: String::new(),
        };
        resource.hold(definition, self.reach, contents);
    }

    fn begin(&self, member: &Member, configuration: Configuration) -> Resource {
        Resource {
            container: Container::Terraform,
            name: member.key.to_string(),
            name_span: member.key_span,
            pointer: self.root.pointer_to(member.value.span),
            source: Arc::clone(&self.document.source),
            configuration,
            faults: Vec::new(),
        }
    }

    /// The definitions that an expression may be, each with whether it stands in a string: one, or one for each outcome
    /// of a condition.
    fn definitions(
        &self,
        node: &'d Node,
        resource: &mut Resource,
        trail: &mut Trail<'d>,
    ) -> Vec<(Document, bool)> {
        let tagged = match &node.kind {
            NodeKind::String(text) => {
                return trail.one(node, resource, |_| Some((self.text_of(text, node.span), true)));
            }
            NodeKind::Object(_) => {
                return trail.one(node, resource, |_| Some((self.in_place(node), false)));
            }
            NodeKind::Tagged(tagged) => tagged,
            _ => return self.named(node, resource, trail),
        };
        let arguments = tagged.value.as_array().unwrap_or_default();
        match (tagged.tag.as_str(), arguments) {
            ("?", outcomes) => {
                let each = outcomes.iter().filter(|n| !n.is_null());
                each.flat_map(|n| self.definitions(n, resource, trail)).collect()
            }
            ("file", [path]) => trail.one(node, resource, |resource| {
                Some((self.file(path, resource)?, false))
            }),
            ("templatefile", [path, variables]) => trail.one(node, resource, |resource| {
                Some((self.templatefile(path, Some(variables), resource)?, false))
            }),
            ("jsonencode", [value]) => self.definitions(value, resource, trail),
            (name, [first, ..]) if TRANSPARENT.contains(&name) => self.definitions(first, resource, trail),
            _ => Self::unknown(node, resource),
        }
    }

    fn text_of(&self, text: &Text, span: Span) -> Document {
        let mut whole = Assembly::default();
        if self.reach.take(text.len()) {
            whole.push_text(self.document.source.text(), text);
        }
        let mut document = whole.read(&self.document.source, Syntax::Json, span);
        self.fill_in(&mut document);
        document
    }

    /// What a name stands for: `local.x`, `var.x` with a default, `data.template_file.x.rendered`.
    fn named(&self, node: &'d Node, resource: &mut Resource, trail: &mut Trail<'d>) -> Vec<(Document, bool)> {
        let text = self
            .document
            .source
            .text()
            .get(node.span.range())
            .unwrap_or_default()
            .trim();
        let path: Vec<&str> = text.split('.').collect();
        let value = match path.as_slice() {
            ["data", "template_file", name, "rendered"] => {
                let data = self.block(&["data", "template_file", name]);
                let Some(template) = data.and_then(|d| d.get("template")) else {
                    return Self::unknown(node, resource);
                };
                let variables = data.and_then(|d| d.get("vars"));
                return match template.as_tagged() {
                    Some(call) if call.tag == "file" => trail.one(node, resource, |resource| {
                        let path = call.value.as_array().and_then(<[Node]>::first)?;
                        Some((self.templatefile(path, variables, resource)?, false))
                    }),
                    _ => self.definitions(template, resource, trail),
                };
            }
            ["local" | "var", _] => self.values.get(text).copied(),
            _ => None,
        };
        let Some(value) = value.filter(|v| !v.is_null()) else {
            return Self::unknown(node, resource);
        };
        if trail.path.contains(&text) {
            resource.cannot_read(node.span, format!("`{text}` is defined by itself"));
        } else if trail.path.len() == MAX_HOPS {
            let message =
                format!("The definition was not read: it is more than {MAX_HOPS} names away from here");
            resource.cannot_read(node.span, message);
        } else if trail.seen.insert(text) {
            trail.path.push(text);
            let found = self.definitions(value, resource, trail);
            trail.path.pop();
            return found;
        }
        Vec::new()
    }

    fn unknown(node: &Node, resource: &mut Resource) -> Vec<(Document, bool)> {
        resource.cannot_read(
            node.span,
            "The definition is known only when the configuration is applied",
        );
        Vec::new()
    }

    /// The block with these words before it.
    fn block(&self, words: &[&str]) -> Option<&'d Node> {
        let [kind, labels @ ..] = words else { return None };
        let mut members = self.root.as_object()?.iter().filter(|m| m.key.as_str() == *kind);
        members.find_map(|m| labels.iter().try_fold(&m.value, |node, label| node.get(label)))
    }

    /// The text of a value that is written out here.
    fn text(&self, node: &'d Node) -> Option<String> {
        let text = match &node.kind {
            NodeKind::String(text) => text.to_string(),
            NodeKind::Number(number) => number.to_string(),
            NodeKind::Bool(value) => value.to_string(),
            _ => {
                let name = self.document.source.text().get(node.span.range())?;
                let value = self.values.get(name.trim())?;
                value.as_str().or(value.as_number())?.to_owned()
            }
        };
        (!text.is_empty()).then_some(text)
    }

    fn in_place(&self, node: &Node) -> Document {
        let mut document = Document {
            source: Arc::clone(&self.document.source),
            syntax: Syntax::Hcl,
            roots: vec![self.reach.copy(node)],
            faults: Vec::new(),
            is_whole: self.document.is_whole,
        };
        self.fill_in(&mut document);
        document
    }

    /// Puts the values of this file's locals and variables in, as far as they are written out.
    fn fill_in(&self, document: &mut Document) {
        self.known.apply(document, &Foreign::new(), self.reach);
    }

    fn file(&self, path: &'d Node, resource: &mut Resource) -> Option<Document> {
        let Some(written) = self.text(path) else {
            Self::unknown(path, resource);
            return None;
        };
        let folders = ["${path.module}", "${path.root}", "${path.cwd}"];
        let relative = folders.iter().find_map(|f| written.strip_prefix(f));
        let relative = relative.map_or(written.as_str(), |rest| rest.trim_start_matches('/'));
        if relative.contains("${") {
            Self::unknown(path, resource);
            return None;
        }
        resource.open(relative, path.span, Base::Beside, self.reach)
    }

    fn templatefile(
        &self,
        path: &'d Node,
        variables: Option<&'d Node>,
        resource: &mut Resource,
    ) -> Option<Document> {
        let mut document = self.file(path, resource)?;
        let source = Arc::clone(&document.source);
        let text = source.text();
        if text.contains("%{") {
            let message = format!(
                "`{}` holds directives and is known only when it is rendered",
                document.source.name()
            );
            resource.cannot_read(path.span, message);
            return None;
        }
        let mut substitutions = Substitutions::of(&resource.name, "the variables of the template");
        let members = variables.and_then(Node::as_object);
        substitutions.is_partial = variables.is_some() && members.is_none();
        for member in members.unwrap_or_default() {
            let name = member.key.as_str();
            let value = self.text(&member.value).unwrap_or_else(|| format!("${{{name}}}"));
            substitutions.add(name, member.key_span, value);
        }
        // `${a.b}` is a member of the variable `a`, and `${f(a)}` is no name at all.
        let escaped = text.match_indices("$${");
        let escaped: Foreign = escaped
            .map(|(i, _)| (to_offset(i + 1), Origin::Settled))
            .collect();
        let undefined = substitutions.apply(&mut document, &escaped, self.reach);
        resource.faults.extend(
            undefined
                .into_iter()
                .filter(|f| !f.message.contains(['.', ':', '-'])),
        );
        if document.is_whole && !self.reach.is_spent() {
            let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            let words: HashSet<&str> = text.split(|c| !is_in_word(c)).collect();
            let file = self.document.source.text();
            let is_unused = |span: Span| {
                let name = file.get(span.range()).unwrap_or_default();
                !words.contains(name.trim_matches('"'))
            };
            resource
                .faults
                .extend(substitutions.unused().filter(|f| is_unused(f.span)));
        }
        Some(document)
    }
}
