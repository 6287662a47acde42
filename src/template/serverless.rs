//! The Serverless Framework with the plugin serverless-step-functions: `stepFunctions.stateMachines`.

use super::cloudformation;
use super::intrinsic::{Assembler, Scope};
use super::resource::{Configuration, Fault, FaultKind, Resource, Setting};
use super::{Base, Container, Contents, Files};
use crate::aws::MachineType;
use crate::document::{Document, Member, Node, Syntax};
use std::sync::Arc;

/// The section of a configuration that state machines are in.
pub(super) const MARK: &str = "stepFunctions";

/// The sections that every configuration has, with the plugin or without it.
const KEYS: [&str; 2] = ["service", "provider"];

/// Whether a YAML text is that of a configuration, by the keys of its root.
pub(super) fn is_configuration(text: &str) -> bool {
    let has = |key: &str| {
        let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
        text.lines().any(is_key)
    };
    has(MARK) || KEYS.into_iter().all(has)
}

/// Reads a configuration; leaves what is none to others.
pub(super) fn read<'d>(
    document: &'d Document,
    root: &'d Node,
    files: &dyn Files,
    contents: &mut Contents<'d>,
) {
    let section = root.get(MARK);
    if section.is_none() && KEYS.iter().any(|key| root.get(key).is_none()) {
        return;
    }
    if let Some(machines) = section.and_then(|s| s.get("stateMachines")) {
        read_machines(document, root, machines, files, contents);
    }
    for resources in root
        .get("resources")
        .into_iter()
        .flat_map(|r| r.as_array().unwrap_or(std::slice::from_ref(r)))
    {
        cloudformation::read_resources(document, root, resources, files, contents);
    }
}

fn read_machines<'d>(
    document: &'d Document,
    root: &'d Node,
    machines: &'d Node,
    files: &dyn Files,
    contents: &mut Contents<'d>,
) {
    for member in machines.as_object().unwrap_or_default() {
        if member.value.as_object().is_none() {
            continue;
        }
        let mut resource = Resource {
            container: Container::Serverless,
            name: member.key.to_string(),
            name_span: member.key_span,
            pointer: root.pointer_to(member.value.span),
            source: Arc::clone(&document.source),
            configuration: configuration(member),
            faults: Vec::new(),
        };
        if let Some(node) = member.value.get("definition")
            && let Some(definition) = definition(document, root, node, &mut resource, files)
        {
            resource.hold(definition, root.pointer_to(node.span), contents);
        }
        contents.resources.push(resource);
    }
}

fn definition(
    document: &Document,
    root: &Node,
    node: &Node,
    resource: &mut Resource,
    files: &dyn Files,
) -> Option<(Document, bool)> {
    let file = document.source.text();
    let scope = Scope {
        file,
        parameters: None,
        mappings: None,
    };
    let here = |roots| Document {
        source: Arc::clone(&document.source),
        syntax: document.syntax,
        roots,
        faults: Vec::new(),
        is_whole: document.is_whole,
    };
    if node.as_object().is_some() {
        return Some((here(vec![Assembler::new(scope).tree(node)]), false));
    }
    let text = node.as_str().or(file.get(node.span.range())).unwrap_or_default();
    let variable = text.trim().strip_prefix("${").and_then(|t| t.strip_suffix('}'));
    match variable.map(Variable::parse) {
        Some(Variable::File { path, keys }) => {
            let mut other = resource.open(path, node.span, Base::Beside, files)?;
            if !keys.is_empty() {
                other.roots = other
                    .roots
                    .iter()
                    .filter_map(|r| descend(r, keys))
                    .cloned()
                    .collect();
            }
            Some((other, false))
        }
        Some(Variable::Own(keys)) if descend(root, keys).is_some_and(|n| n.as_object().is_some()) => {
            let node = descend(root, keys)?;
            Some((here(vec![Assembler::new(scope).tree(node)]), false))
        }
        Some(_) => {
            let message = "The definition is known only when the configuration is resolved";
            resource
                .faults
                .push(Fault::new(FaultKind::Unreadable, node.span, message));
            None
        }
        // A definition written as a JSON string.
        None => Some((
            Assembler::new(scope)
                .assemble(node)
                .read(&document.source, Syntax::Json),
            true,
        )),
    }
}

/// A variable of the Serverless Framework.
enum Variable<'a> {
    /// `file(path):key.key`
    File {
        path: &'a str,
        keys: &'a str,
    },
    /// `self:key.key`
    Own(&'a str),
    Other,
}

impl<'a> Variable<'a> {
    fn parse(text: &'a str) -> Self {
        if let Some(keys) = text.strip_prefix("self:") {
            return Self::Own(keys.trim());
        }
        let Some((path, rest)) = text.strip_prefix("file(").and_then(|t| t.split_once(')')) else {
            return Self::Other;
        };
        let keys = rest.split(',').next().unwrap_or_default();
        Self::File {
            path: path.trim(),
            keys: keys.trim().trim_start_matches(':'),
        }
    }
}

fn descend<'n>(node: &'n Node, keys: &str) -> Option<&'n Node> {
    keys.split('.').try_fold(node, |node, key| node.get(key))
}

fn configuration(member: &Member) -> Configuration {
    let get = |name: &str| member.value.get(name);
    let present = |name: &str| get(name).map_or(Setting::Absent, |_| Setting::Unknown);
    Configuration {
        machine_type: match get("type") {
            None => Some(MachineType::Standard),
            Some(node) => node.as_str().and_then(MachineType::of),
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
