//! The Serverless Framework with the plugin serverless-step-functions: `stepFunctions.stateMachines`.

mod included;
pub(super) mod variable;

pub(super) use included::{Included, included};

use super::cloudformation;
use super::contents::Contents;
use super::definition::Definition;
use super::files::Base;
use super::intrinsic::{Assembler, Scope};
use super::issue::{IssueKind, TemplateIssue};
use super::machine::{Container, looks_like_definition};
use super::read_budget::ReadBudget;
use super::resource::{Configuration, Resource, Setting};
use super::splice::splice;
use crate::document::{Document, JoinedText, Member, Node, NodeKind, Syntax};
use crate::source::Span;
use crate::spec::WorkflowType;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use variable::{RESOLVED, Variable, found, pointer_of, written};

/// The configuration section that contains the state machines.
pub(super) const SECTION: &str = "stepFunctions";

/// The sections that every configuration has, with or without the plugin.
const KEYS: [&str; 2] = ["service", "provider"];

/// Whether a YAML text is a configuration, by its top-level keys.
pub(super) fn is_configuration(text: &str) -> bool {
    let has = |key: &str| {
        let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
        text.lines().any(is_key)
    };
    has(SECTION) || KEYS.into_iter().all(has)
}

/// Reads a configuration; other documents are ignored.
pub(super) fn read<'d>(
    document: &'d Document,
    root: &'d Node,
    budget: &ReadBudget<'_>,
    contents: &mut Contents<'d>,
) {
    let section = root.get(SECTION);
    if section.is_none() && KEYS.iter().any(|key| root.get(key).is_none()) {
        return;
    }
    if let Some(section) = section {
        let place = ConfigSource {
            document,
            root,
            budget,
            above: None,
        };
        place.follow(SECTION, section, contents, &|place, section, contents| {
            if let Some(machines) = section.get("stateMachines") {
                place.follow("stateMachines", machines, contents, &|place, node, contents| {
                    place.machines(node, contents);
                });
            }
        });
    }
    for resources in root
        .get("resources")
        .into_iter()
        .flat_map(|r| r.as_array().unwrap_or(std::slice::from_ref(r)))
    {
        cloudformation::read_resources(document, root, resources, budget, contents);
    }
}

/// Reads a file that is not a configuration, but a part that one includes: the state machines, or one of them.
pub(super) fn read_part<'d>(
    document: &'d Document,
    root: &'d Node,
    budget: &ReadBudget<'_>,
    contents: &mut Contents<'d>,
) {
    let has_definition = |node: &Node| node.get("definition").is_some_and(looks_like_definition);
    let place = ConfigSource {
        document,
        root,
        budget,
        above: None,
    };
    if has_definition(root) {
        let name = root
            .get("name")
            .and_then(|name| Some((name.as_str()?, name.span)));
        let (name, span) = name.unwrap_or(("definition", root.span));
        place.machine(name, span, root, contents);
        return;
    }
    let machines = root.get("stateMachines").unwrap_or(root);
    for member in machines.as_object().unwrap_or_default() {
        if has_definition(&member.value) {
            place.machine(&member.key, member.key_span, &member.value, contents);
        }
    }
}

/// The names of configurations.
const FILES: [&str; 3] = ["serverless.yml", "serverless.yaml", "serverless.json"];

/// A definition that lacks only its `StartAt`, if a configuration in the same or a parent directory mentions the file: the
/// configuration includes the states from it. The start is unknown here.
pub(super) fn included_states(document: &Document, root: &Node, budget: &ReadBudget<'_>) -> Option<Document> {
    let members = root.as_object()?;
    if !matches!(members, [states] if states.key.as_str() == "States") {
        return None;
    }
    let from = document.source.name();
    let name = Path::new(from).file_name()?.to_str()?;
    let mentions = |path: &str| {
        let file = budget.open(from, path, Base::AnyAncestor);
        file.is_ok_and(|file| file.source.text().contains(name))
    };
    if !FILES.into_iter().any(mentions) {
        return None;
    }
    let end = Span::new(root.span.end, root.span.end);
    let mut key = JoinedText::default();
    key.push_replacement("StartAt", end);
    let mut definition = budget.copy(root);
    if let NodeKind::Object(members) = &mut definition.kind {
        members.push(Member {
            key: key.into_text(),
            key_span: end,
            value: Node::new(NodeKind::Unknown, end),
        });
    }
    Some(Document {
        source: Arc::clone(&document.source),
        syntax: document.syntax,
        roots: vec![definition],
        errors: Vec::new(),
        is_whole: document.is_whole,
    })
}

/// Where a part of the configuration is written: in the configuration itself, or in a file that it references.
struct ConfigSource<'p> {
    document: &'p Document,
    root: &'p Node,
    budget: &'p ReadBudget<'p>,
    /// Where the configuration references the file, as a JSON pointer into the configuration's data.
    above: Option<String>,
}

/// Reads one part of a configuration.
type Read<'r> = &'r dyn Fn(&ConfigSource<'_>, &Node, &mut Contents<'_>);

impl ConfigSource<'_> {
    /// Reads a node, or the part of the configuration or of another file that it references. Only these parts may be
    /// referenced, and references are not followed further. `name` is the name of the part.
    fn follow(&self, name: &str, node: &Node, contents: &mut Contents<'_>, read: Read<'_>) {
        let variable =
            Variable::from_text(written(self.document, node)).filter(|_| node.as_object().is_none());
        let Some(variable) = variable else {
            return read(self, node, contents);
        };
        let mut resource = self.resource(name, node.span, node);
        match variable {
            Variable::File { path, keys } => {
                let document = part_of(self.document, path, node.span, &mut resource, self.budget);
                for root in document.iter().flat_map(|document| &document.roots) {
                    let Some(document) = &document else { break };
                    let place = ConfigSource {
                        document,
                        root,
                        budget: self.budget,
                        above: Some(self.pointer(node)),
                    };
                    if let Some(node) = found(document, root, keys, node.span, &mut resource) {
                        read(&place, node, contents);
                    }
                }
            }
            Variable::Own(keys) if self.above.is_none() => {
                if let Some(node) = found(self.document, self.root, keys, node.span, &mut resource) {
                    read(self, node, contents);
                }
            }
            Variable::Own(_) | Variable::Other => resource.cannot_read(node.span, RESOLVED),
        }
        if !resource.issues.is_empty() {
            contents.resources.push(resource);
        }
    }

    /// The JSON pointer of a node in the configuration, or of the reference to the file it is in.
    fn pointer(&self, node: &Node) -> String {
        self.above
            .clone()
            .unwrap_or_else(|| self.root.pointer_to(node.span))
    }

    fn machines(&self, machines: &Node, contents: &mut Contents<'_>) {
        for item in machines.as_array().unwrap_or_default() {
            self.follow("stateMachines", item, contents, &|place, item, contents| {
                if item.as_object().is_some() {
                    place.machines(item, contents);
                }
            });
        }
        for member in machines.as_object().unwrap_or_default() {
            self.follow(&member.key, &member.value, contents, &|place, value, contents| {
                let Some(first) = value.as_object().and_then(<[Member]>::first) else {
                    return;
                };
                let is_here = Arc::ptr_eq(&place.document.source, &self.document.source);
                let name_span = if is_here { member.key_span } else { first.key_span };
                place.machine(&member.key, name_span, value, contents);
            });
        }
    }

    fn machine(&self, name: &str, name_span: Span, value: &Node, contents: &mut Contents<'_>) {
        let mut resource = self.resource(name, name_span, value);
        resource.configuration = configuration(value);
        // In the first versions of the plugin, a state machine is its definition.
        let is_old = value.get("definition").is_none() && looks_like_definition(value);
        let definition_node = if is_old {
            Some(value)
        } else {
            value.get("definition")
        };
        if definition_node.is_none() && self.document.is_whole {
            let message = "this state machine has no definition";
            let issue = TemplateIssue::new(IssueKind::Unreadable, name_span, message);
            resource.issues.push(issue.help("add `definition`"));
        }
        if let Some(node) = definition_node
            && let Some((document, is_text)) =
                definition(self.document, self.root, node, &mut resource, self.budget)
        {
            let is_own = Arc::ptr_eq(&document.source, &self.document.source);
            let mut document = self.with_files(document, node.span, &mut resource);
            variable::rewrite_pseudo_parameters(&mut document, self.budget);
            if is_old {
                document.roots.iter_mut().for_each(forget_functions);
            }
            let inner = match Variable::from_text(written(self.document, node)) {
                Some(Variable::File { keys, .. }) => pointer_of(keys),
                _ if is_own => self.root.pointer_to(node.span),
                _ => String::new(),
            };
            let definition = Definition {
                document,
                is_text,
                is_alternative: false,
                span: node.span,
                pointer: self.pointer(node),
                inner,
            };
            resource.add_definition(definition, self.budget, contents);
        }
        contents.resources.push(resource);
    }

    /// A definition with the values of the variables in it that are the whole value. What is referenced in another file
    /// is reported at the definition, whose place is `at`.
    fn with_files(&self, document: Document, at: Span, resource: &mut Resource) -> Document {
        let is_own = Arc::ptr_eq(&document.source, &self.document.source);
        let length = self.document.source.text().len();
        let mut find = |node: &Node, text: &str| {
            if node.as_object().is_some() || node.as_array().is_some() {
                return None;
            }
            let written = node.as_str().or_else(|| text.get(node.span.range()))?;
            match Variable::from_text(written)? {
                Variable::File { path, keys } => {
                    let is_here = is_own && (node.span.end as usize) <= length;
                    let span = if is_here { node.span } else { at };
                    let file = part_of(self.document, path, span, resource, self.budget)?;
                    let value = variable::lookup(file.roots.first()?, keys)?;
                    Some((Arc::clone(&file.source), self.budget.copy(value)))
                }
                Variable::Own(keys) if self.above.is_none() => {
                    let value = variable::lookup(self.root, keys)?;
                    Some((Arc::clone(&self.document.source), self.budget.copy(value)))
                }
                Variable::Own(_) | Variable::Other => None,
            }
        };
        let mut document = splice(document, self.budget, &mut find);
        let source = Arc::clone(&document.source);
        let mut assembler = Assembler::new(scope(source.text(), self.budget));
        document.roots = document.roots.iter().map(|root| assembler.tree(root)).collect();
        document
    }

    /// A resource without any data yet.
    fn resource(&self, name: &str, name_span: Span, value: &Node) -> Resource {
        Resource {
            container: Container::Serverless,
            name: name.to_owned(),
            name_span,
            pointer: self.root.pointer_to(value.span),
            source: Arc::clone(&self.document.source),
            configuration: Configuration::default(),
            issues: Vec::new(),
        }
    }
}

/// Makes the tasks' resources that are names of functions unknown: the first versions of the plugin insert their ARNs.
fn forget_functions(node: &mut Node) {
    match &mut node.kind {
        NodeKind::Array(items) => items.iter_mut().for_each(forget_functions),
        NodeKind::Object(members) => {
            for member in members {
                let is_name = |text: &str| !text.contains(':');
                if member.key.as_str() == "Resource" && member.value.as_str().is_some_and(is_name) {
                    member.value.kind = NodeKind::Unknown;
                } else {
                    forget_functions(&mut member.value);
                }
            }
        }
        _ => {}
    }
}

/// A scope without names: the framework has no parameters.
const fn scope<'s>(file: &'s str, budget: &'s ReadBudget<'s>) -> Scope<'s> {
    Scope {
        file,
        budget,
        parameters: None,
        mappings: None,
    }
}

fn definition(
    document: &Document,
    root: &Node,
    node: &Node,
    resource: &mut Resource,
    budget: &ReadBudget<'_>,
) -> Option<(Document, bool)> {
    let here = |roots| Document {
        source: Arc::clone(&document.source),
        syntax: document.syntax,
        roots,
        errors: Vec::new(),
        is_whole: document.is_whole,
    };
    if node.as_object().is_some() {
        return Some((here(vec![budget.copy(node)]), false));
    }
    let text = written(document, node);
    match Variable::from_text(text) {
        Some(Variable::File { path, keys }) => {
            if keys.is_empty() {
                return Some((resource.open(path, node.span, Base::AnyAncestor, budget)?, false));
            }
            let other = part_of(document, path, node.span, resource, budget)?;
            let mut parts = Vec::new();
            for root in &other.roots {
                let part = found(&other, root, keys, node.span, resource)?;
                parts.push(budget.copy(part));
            }
            let part = Document {
                source: Arc::clone(&other.source),
                syntax: other.syntax,
                roots: parts,
                errors: other.errors.clone(),
                is_whole: other.is_whole,
            };
            Some((part, false))
        }
        Some(Variable::Own(keys)) => {
            let node = found(document, root, keys, node.span, resource)?;
            Some((here(vec![budget.copy(node)]), false))
        }
        Some(Variable::Other) => {
            resource.cannot_read(node.span, RESOLVED);
            None
        }
        // A definition written as a JSON string.
        None => Some((
            Assembler::new(scope(document.source.text(), budget))
                .assemble(node)
                .read(&document.source, Syntax::Json, node.span),
            true,
        )),
    }
}

/// The file that a value of `document` references a part of.
fn part_of(
    document: &Document,
    path: &str,
    span: Span,
    resource: &mut Resource,
    budget: &ReadBudget<'_>,
) -> Option<Rc<Document>> {
    budget.part_of(document.source.name(), path, || {
        resource.open_any(path, span, Base::AnyAncestor, budget)
    })
}

fn configuration(value: &Node) -> Configuration {
    let get = |name: &str| value.get(name);
    let present = |name: &str| get(name).map_or(Setting::Absent, |_| Setting::Unknown);
    Configuration {
        workflow_type: match get("type") {
            None => Some(WorkflowType::Standard),
            Some(node) => node.as_str().and_then(WorkflowType::from_name),
        },
        name: get("name").and_then(|n| Some((n.as_str()?.to_owned(), n.span))),
        logging: present("loggingConfig"),
        tracing: get("tracingConfig").map_or(Setting::Absent, |t| match t.get("enabled") {
            Some(enabled) if enabled.as_bool() == Some(false) => Setting::Off(enabled.span),
            _ => Setting::Unknown,
        }),
        role: Setting::On,
        key: present("encryptionConfig"),
    }
}
