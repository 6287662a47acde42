//! Terraform: `aws_sfn_state_machine`, and calls of modules that take a `definition`.

use super::intrinsic::{Foreign, Origin};
use super::resource::{Configuration, Fault, FaultKind, Resource, Setting};
use super::substitution::Substitutions;
use super::{Base, Container, Contents, Files, looks_like_definition};
use crate::aws::MachineType;
use crate::document::{Assembly, Document, Member, Node, NodeKind, Syntax};
use crate::source::{Span, to_offset};
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
    files: &dyn Files,
    contents: &mut Contents<'d>,
) {
    let module = Module {
        document,
        root,
        files,
    };
    for member in root.as_object().unwrap_or_default() {
        match member.key.as_str() {
            "resource" => {
                let machines = member.value.get(MARK).and_then(Node::as_object);
                for resource in machines.unwrap_or_default() {
                    module.resource(resource, contents);
                }
            }
            "module" if document.syntax == Syntax::Hcl => {
                for call in member.value.as_object().unwrap_or_default() {
                    module.call(call, contents);
                }
            }
            _ => {}
        }
    }
}

struct Module<'d, 'f> {
    document: &'d Document,
    root: &'d Node,
    files: &'f dyn Files,
}

/// A definition that was found, and whether it stands in a string.
type Definition = (Document, bool);

impl<'d> Module<'d, '_> {
    fn resource(&self, member: &'d Member, contents: &mut Contents<'d>) {
        let mut resource = self.begin(member, configuration(&member.value));
        if let Some(node) = member.value.get("definition") {
            for definition in self.definitions(node, &mut resource, 0) {
                resource.hold(
                    definition,
                    self.root.pointer_to(node.span),
                    String::new(),
                    contents,
                );
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
        let mut definitions = self.definitions(node, &mut resource, 0);
        definitions.retain(|(document, _)| document.roots.iter().any(looks_like_definition));
        if definitions.is_empty() {
            return;
        }
        for definition in definitions {
            resource.hold(
                definition,
                self.root.pointer_to(node.span),
                String::new(),
                contents,
            );
        }
        contents.resources.push(resource);
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

    /// The definitions that an expression may be: one, or one for each outcome of a condition.
    fn definitions(&self, node: &'d Node, resource: &mut Resource, hops: usize) -> Vec<Definition> {
        match &node.kind {
            NodeKind::String(text) => {
                let mut whole = Assembly::default();
                whole.push_text(self.document.source.text(), text, 0..text.len());
                let mut document = whole.read(&self.document.source, Syntax::Json);
                self.fill_in(&mut document);
                vec![(document, true)]
            }
            NodeKind::Object(_) => vec![(self.in_place(node), false)],
            NodeKind::Tagged(tagged) => {
                let arguments = tagged.value.as_array().unwrap_or_default();
                match (tagged.tag.as_str(), arguments) {
                    ("?", outcomes) => {
                        let each = outcomes.iter().filter(|n| !n.is_null());
                        each.flat_map(|n| self.definitions(n, resource, hops)).collect()
                    }
                    ("file", [path]) => self
                        .file(path, resource)
                        .map(|d| (d, false))
                        .into_iter()
                        .collect(),
                    ("templatefile", [path, variables]) => {
                        let filled = self.templatefile(path, Some(variables), resource);
                        filled.map(|d| (d, false)).into_iter().collect()
                    }
                    ("jsonencode", [value]) => self.definitions(value, resource, hops),
                    (name, [first, ..]) if TRANSPARENT.contains(&name) => {
                        self.definitions(first, resource, hops)
                    }
                    _ => Self::unknown(node, resource),
                }
            }
            _ => self.named(node, resource, hops),
        }
    }

    /// What a name stands for: `local.x`, `var.x` with a default, `data.template_file.x.rendered`.
    fn named(&self, node: &'d Node, resource: &mut Resource, hops: usize) -> Vec<Definition> {
        let text = self
            .document
            .source
            .text()
            .get(node.span.range())
            .unwrap_or_default();
        let path: Vec<&str> = text.trim().split('.').collect();
        let value = match path.as_slice() {
            ["data", "template_file", name, "rendered"] => {
                let data = self.block(&["data", "template_file", name]);
                let Some(template) = data.and_then(|d| d.get("template")) else {
                    return Self::unknown(node, resource);
                };
                let variables = data.and_then(|d| d.get("vars"));
                return match template.as_tagged() {
                    Some(call) if call.tag == "file" => {
                        let path = call.value.as_array().and_then(<[Node]>::first);
                        let filled = path.and_then(|p| self.templatefile(p, variables, resource));
                        filled.map(|d| (d, false)).into_iter().collect()
                    }
                    _ => self.definitions(template, resource, hops),
                };
            }
            ["local" | "var", _] => self.value(text.trim()),
            _ => None,
        };
        match value {
            Some(value) if hops < MAX_HOPS && !value.is_null() => self.definitions(value, resource, hops + 1),
            _ => Self::unknown(node, resource),
        }
    }

    fn unknown(node: &Node, resource: &mut Resource) -> Vec<Definition> {
        let message = "The definition is known only when the configuration is applied";
        resource
            .faults
            .push(Fault::new(FaultKind::Unreadable, node.span, message));
        Vec::new()
    }

    /// The block with these words before it.
    fn block(&self, words: &[&str]) -> Option<&'d Node> {
        let [kind, labels @ ..] = words else { return None };
        let mut members = self.root.as_object()?.iter().filter(|m| m.key.as_str() == *kind);
        members.find_map(|m| labels.iter().try_fold(&m.value, |node, label| node.get(label)))
    }

    /// The expression that a local value or a variable has in this file.
    fn value(&self, name: &str) -> Option<&'d Node> {
        match name.split_once('.')? {
            ("local", name) => {
                let mut blocks = self
                    .root
                    .as_object()?
                    .iter()
                    .filter(|m| m.key.as_str() == "locals");
                blocks.find_map(|m| m.value.get(name))
            }
            ("var", name) => self.block(&["variable", name])?.get("default"),
            _ => None,
        }
    }

    /// The text of a value that is written out here.
    fn text(&self, node: &'d Node) -> Option<String> {
        let text = match &node.kind {
            NodeKind::String(text) => text.to_string(),
            NodeKind::Number(number) => number.to_string(),
            NodeKind::Bool(value) => value.to_string(),
            _ => {
                let name = self.document.source.text().get(node.span.range())?;
                let value = self.value(name.trim())?;
                value.as_str().or(value.as_number())?.to_owned()
            }
        };
        (!text.is_empty()).then_some(text)
    }

    fn in_place(&self, node: &Node) -> Document {
        let mut document = Document {
            source: Arc::clone(&self.document.source),
            syntax: Syntax::Hcl,
            roots: vec![node.clone()],
            faults: Vec::new(),
            is_whole: self.document.is_whole,
        };
        self.fill_in(&mut document);
        document
    }

    /// Puts the values of this file's locals and variables in, as far as they are written out.
    fn fill_in(&self, document: &mut Document) {
        let mut substitutions = Substitutions::of("locals");
        substitutions.is_partial = true;
        for block in self.root.as_object().unwrap_or_default() {
            let (prefix, names) = match block.key.as_str() {
                "locals" => ("local", block.value.as_object()),
                "variable" => ("var", block.value.as_object()),
                _ => continue,
            };
            for member in names.unwrap_or_default() {
                let name = format!("{prefix}.{}", member.key.as_str());
                let value = match prefix {
                    "var" => member.value.get("default"),
                    _ => Some(&member.value),
                };
                if let Some(value) = value
                    .and_then(|v| v.as_str().or(v.as_number()))
                    .filter(|v| !v.is_empty())
                {
                    substitutions.add(&name, member.key_span, value.to_owned());
                }
            }
        }
        substitutions.apply(document, &Foreign::new());
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
        resource.open(relative, path.span, Base::Beside, self.files)
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
            resource
                .faults
                .push(Fault::new(FaultKind::Unreadable, path.span, message));
            return None;
        }
        let mut substitutions = Substitutions::of("the variables of the template");
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
        let undefined = substitutions.apply(&mut document, &escaped);
        resource.faults.extend(
            undefined
                .into_iter()
                .filter(|f| !f.message.contains(['.', ':', '-'])),
        );
        let is_used = |name: &str| document.source.text().contains(name);
        resource.faults.extend(substitutions.unused().filter(|f| {
            let name = self
                .document
                .source
                .text()
                .get(f.span.range())
                .unwrap_or_default();
            document.is_whole && !is_used(name.trim_matches('"'))
        }));
        Some(document)
    }
}

fn configuration(body: &Node) -> Configuration {
    let has_dynamic = |name: &str| {
        let members = body.as_object().unwrap_or_default();
        members
            .iter()
            .any(|m| m.key.as_str() == "dynamic" && m.value.get(name).is_some())
    };
    let setting = |block: &str, attribute: &str, is_on: &dyn Fn(&Node) -> Option<bool>| {
        let Some(written) = body.get(block) else {
            return if has_dynamic(block) {
                Setting::Unknown
            } else {
                Setting::Absent
            };
        };
        match written.get(attribute) {
            None => Setting::Off(key_of(body, block).unwrap_or(written.span)),
            Some(node) => match is_on(node) {
                Some(true) => Setting::On,
                Some(false) => Setting::Off(node.span),
                None => Setting::Unknown,
            },
        }
    };
    let word = |node: &Node, on: &dyn Fn(&str) -> bool| {
        node.as_text().filter(|t| !t.has_placeholder()).map(|t| on(t))
    };
    Configuration {
        machine_type: match body.get("type") {
            None => Some(MachineType::Standard),
            Some(node) => node.as_str().and_then(MachineType::of),
        },
        name: body
            .get("name")
            .and_then(|n| Some((n.as_str()?.to_owned(), n.span))),
        logging: setting("logging_configuration", "level", &|n| word(n, &|w| w != "OFF")),
        tracing: setting("tracing_configuration", "enabled", &Node::as_bool),
        role: body.get("role_arn").map_or(Setting::Absent, |_| Setting::On),
        key: setting("encryption_configuration", "type", &|n| {
            word(n, &|w| w == "CUSTOMER_MANAGED_KMS_KEY")
        }),
    }
}

fn key_of(body: &Node, name: &str) -> Option<Span> {
    body.member(name).map(|m| m.key_span)
}
