//! Names that are defined in one place and used in others: states, variables, labels, and substitutions of templates.

use super::node_path::{NodePath, Step, decoded_offset};
use super::occurrence::{Occurrence, Written};
use super::resources;
use super::snapshot::Snapshot;
use crate::asl::variable::{RESERVED, assigned, assigns, for_each_read};
use crate::asl::{Expression, Machine, Parsed, lower};
use crate::document::{Node, NodeKind, Text};
use crate::expr::jsonata::lex::{TokenKind, lex};
use crate::expr::jsonata::{builtins, strip};
use crate::source::Span;
use std::ops::Range;

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// A state of the scope that starts at an offset.
    State { scope: u32, name: String },
    /// A variable.
    Variable(String),
    /// The label of a Map.
    Label(String),
    /// `${Name}`, which the template substitutes.
    Substitution(String),
    /// The logical id of a state machine in its template.
    Resource(String),
}

impl Name {
    /// The name itself.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::State { name, .. }
            | Self::Variable(name)
            | Self::Label(name)
            | Self::Substitution(name)
            | Self::Resource(name) => name,
        }
    }
}

/// The name at a place.
pub(super) fn name_at(snapshot: &Snapshot, node_path: &NodePath<'_>, offset: u32) -> Option<Name> {
    if let Some(name) = substitution_at(snapshot, offset) {
        return Some(Name::Substitution(name));
    }
    let member = node_path.member();
    if node_path.is_key {
        let key = member?.key.as_str();
        let state = node_path.state();
        if state.is_some_and(|state| state.depth == node_path.steps.len()) {
            return Some(Name::State {
                scope: state?.scope.span.start,
                name: key.to_owned(),
            });
        }
        let assign = node_path.steps.len().checked_sub(2).map(|at| node_path.steps[at]);
        if assign.and_then(Step::key) == Some("Assign") {
            return Some(Name::Variable(key.strip_suffix(".$").unwrap_or(key).to_owned()));
        }
        return None;
    }
    let text = node_path.node().as_text()?;
    if is_target(node_path) {
        return Some(Name::State {
            scope: scope_of_target(node_path).span.start,
            name: text.as_str().to_owned(),
        });
    }
    if node_path.keys() == ["Label"] {
        return Some(Name::Label(text.as_str().to_owned()));
    }
    let machine = lower::machine(node_path.root);
    let at = decoded_offset(node_path.document, text, offset);
    let mut found = None;
    for_each_expression(&machine, &mut |expression| {
        if std::ptr::eq(expression.text, text) {
            reads(expression, &mut |name, range| {
                if range.start <= at && at <= range.end {
                    found = Some(name.to_owned());
                }
            });
        }
    });
    found.map(Name::Variable)
}

/// Whether the value at a place is the name of a state.
pub(super) fn is_target(node_path: &NodePath<'_>) -> bool {
    let keys = node_path.keys();
    match node_path.state() {
        None => keys == ["StartAt"],
        Some(_) => matches!(
            keys.as_slice(),
            ["Next" | "Default"]
                | ["Choices" | "Catch", "Next"]
                | ["Branches" | "ItemProcessor" | "Iterator", "StartAt"]
        ),
    }
}

/// The object whose `States` contain the state that a target names.
pub(super) fn scope_of_target<'s>(node_path: &NodePath<'s>) -> &'s Node {
    node_path.scope()
}

/// Calls `f` with each variable that an expression reads, also one that is not valid yet, and the range of `$name`.
pub(super) fn reads(expression: &Expression<'_>, f: &mut dyn FnMut(&str, Range<usize>)) {
    if !matches!(expression.parsed(), Parsed::Malformed(_)) {
        return for_each_read(expression, f);
    }
    let Some((inner, offset)) = strip(expression.text) else {
        return;
    };
    for token in lex(inner).unwrap_or_default() {
        if let TokenKind::Variable(name) = &token.kind
            && !name.is_empty()
            && name != RESERVED
            && builtins::find(name).is_none()
        {
            f(name, offset + token.range.start..offset + token.range.end);
        }
    }
}

fn for_each_expression<'a, 'd>(machine: &'a Machine<'d>, f: &mut dyn FnMut(&'a Expression<'d>)) {
    machine.for_each_state(&mut |_, state| state.for_each_expression(f));
}

/// Every place where a name is written, in the order of the text.
pub(super) fn occurrences<'s>(
    snapshot: &'s Snapshot,
    node_path: &NodePath<'s>,
    name: &Name,
) -> Vec<Occurrence<'s>> {
    let mut found = match name {
        Name::State { scope, name } => states(node_path, *scope, name),
        Name::Variable(name) => variables(node_path, name),
        Name::Label(name) => labels(node_path.root, name),
        Name::Substitution(name) => substitutions(snapshot, name),
        Name::Resource(name) => resources::occurrences(snapshot, name),
    };
    found.sort_by_key(|occurrence| occurrence.span);
    found.dedup_by_key(|occurrence| occurrence.span);
    found
}

fn states<'s>(node_path: &NodePath<'s>, scope: u32, name: &str) -> Vec<Occurrence<'s>> {
    let mut found = Vec::new();
    for_each_scope(node_path.root, &mut |machine| {
        if machine.span.start != scope {
            return;
        }
        let mut add = |value: Option<&'s Node>| {
            if let Some(node) = value.filter(|node| node.as_str() == Some(name)) {
                found.push(whole_value(node_path, node));
            }
        };
        add(machine.get("StartAt"));
        let states = machine
            .get("States")
            .and_then(Node::as_object)
            .unwrap_or_default();
        for state in states {
            add(state.value.get("Next"));
            add(state.value.get("Default"));
            let lists = ["Choices", "Catch"]
                .into_iter()
                .filter_map(|key| state.value.get(key)?.as_array());
            lists.flatten().for_each(|item| add(item.get("Next")));
        }
        found.extend(
            states
                .iter()
                .filter(|state| state.key.as_str() == name)
                .map(|state| Occurrence {
                    span: inner(node_path, &state.key, state.key_span),
                    is_definition: true,
                    written: Written::Key(state),
                }),
        );
    });
    found
}

fn whole_value<'s>(node_path: &NodePath<'s>, node: &'s Node) -> Occurrence<'s> {
    Occurrence {
        span: node
            .as_text()
            .map_or(node.span, |text| inner(node_path, text, node.span)),
        is_definition: false,
        written: Written::Value(node),
    }
}

/// The bytes of a source text without its quotes.
fn inner(node_path: &NodePath<'_>, text: &Text, whole: Span) -> Span {
    if text.is_empty() {
        return whole;
    }
    node_path.document.place(text, 0..text.len())
}

/// Calls `f` with the machine, every branch, and every processor.
pub(super) fn for_each_scope<'s>(machine: &'s Node, f: &mut dyn FnMut(&'s Node)) {
    f(machine);
    for state in machine
        .get("States")
        .and_then(Node::as_object)
        .unwrap_or_default()
    {
        let branches = state
            .value
            .get("Branches")
            .and_then(Node::as_array)
            .unwrap_or_default();
        branches.iter().for_each(|branch| for_each_scope(branch, f));
        for key in ["ItemProcessor", "Iterator"] {
            if let Some(processor) = state.value.get(key) {
                for_each_scope(processor, f);
            }
        }
    }
}

/// The assignments and reads of a variable: those of the outermost scope around the place that assigns it, and of the
/// scopes inside that one.
fn variables<'s>(node_path: &NodePath<'s>, name: &str) -> Vec<Occurrence<'s>> {
    let machine = lower::machine(node_path.root);
    let home = assigning_machine(&machine, node_path, name);
    let mut found = Vec::new();
    home.for_each_state(&mut |_, state| {
        for (payload, _) in assigns(state) {
            let members = payload.node.as_object().unwrap_or_default();
            for assignment in assigned(state, payload).filter(|assignment| assignment.name == name) {
                let Some(member) = members.iter().find(|m| m.key_span == assignment.span) else {
                    continue;
                };
                found.push(Occurrence {
                    span: node_path.document.place(&member.key, 0..name.len()),
                    is_definition: true,
                    written: Written::Part,
                });
            }
        }
        state.for_each_expression(&mut |expression| {
            reads(expression, &mut |read, range| {
                if read == name {
                    // The name without its `$`.
                    found.push(Occurrence {
                        span: node_path
                            .document
                            .place(expression.text, range.start + 1..range.end),
                        is_definition: false,
                        written: Written::Part,
                    });
                }
            });
        });
    });
    found
}

/// The innermost machine around a place that assigns a variable, or the outermost if none does.
fn assigning_machine<'a, 'd>(
    machine: &'a Machine<'d>,
    node_path: &NodePath<'_>,
    name: &str,
) -> &'a Machine<'d> {
    let here = node_path.scope().span;
    let mut home = machine;
    machine.for_each_machine(&mut |inner| {
        let is_around = inner.node.span.contains(here);
        let assigns_it = inner.states.iter().any(|state| {
            assigns(state)
                .any(|(payload, _)| assigned(state, payload).any(|assignment| assignment.name == name))
        });
        if is_around && assigns_it {
            home = inner;
        }
    });
    home
}

fn labels<'s>(root: &'s Node, name: &str) -> Vec<Occurrence<'s>> {
    let mut found = Vec::new();
    for_each_scope(root, &mut |scope| {
        for state in scope.get("States").and_then(Node::as_object).unwrap_or_default() {
            if let Some(label) = state
                .value
                .get("Label")
                .filter(|label| label.as_str() == Some(name))
            {
                found.push(Occurrence {
                    span: label.span,
                    is_definition: true,
                    written: Written::Value(label),
                });
            }
        }
    });
    found
}

/// The keys under which templates define substitutions.
const SUBSTITUTIONS: [&str; 2] = ["DefinitionSubstitutions", "definitionSubstitutions"];

/// The substitution whose definition or use is at an offset.
pub(super) fn substitution_at(snapshot: &Snapshot, offset: u32) -> Option<String> {
    let at = |span: Span| span.start <= offset && offset <= span.end;
    for root in &snapshot.document.roots {
        if let Some(name) = defined(root, &mut |member| at(member.key_span)) {
            return Some(name);
        }
    }
    let uses = uses(snapshot.text());
    let found = uses.into_iter().find(|(span, _)| at(*span))?;
    let is_defined = |name: &str| {
        let mut roots = snapshot.document.roots.iter();
        roots.any(|root| defined(root, &mut |member| member.key.as_str() == name).is_some())
    };
    // In a file of its own, the template that defines it is elsewhere.
    (is_defined(found.1) || snapshot.resources.is_empty()).then(|| found.1.to_owned())
}

/// The name of a substitution that a template defines and that `is_wanted` accepts.
fn defined(node: &Node, is_wanted: &mut dyn FnMut(&crate::document::Member) -> bool) -> Option<String> {
    match &node.kind {
        NodeKind::Object(members) => members.iter().find_map(|member| {
            if SUBSTITUTIONS.contains(&member.key.as_str()) {
                let mut names = member.value.as_object().unwrap_or_default().iter();
                return names
                    .find(|name| is_wanted(name))
                    .map(|name| name.key.as_str().to_owned());
            }
            defined(&member.value, is_wanted)
        }),
        NodeKind::Array(items) => items.iter().find_map(|item| defined(item, is_wanted)),
        _ => None,
    }
}

/// The placeholders `${Name}` in a source text: the bytes of the name, and the name.
fn uses(text: &str) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), b"${") {
        let start = at + 2;
        let Some(length) = text[start..].find('}') else {
            continue;
        };
        let name = &text[start..start + length];
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            let start = crate::source::to_offset(start);
            found.push((Span::new(start, start + crate::source::to_offset(length)), name));
        }
    }
    found
}

/// The definitions and uses of a substitution in one file.
pub(super) fn substitutions<'s>(snapshot: &'s Snapshot, name: &str) -> Vec<Occurrence<'s>> {
    let mut found = Vec::new();
    for root in &snapshot.document.roots {
        let _ = defined(root, &mut |member| {
            if member.key.as_str() == name {
                found.push(Occurrence {
                    span: snapshot.document.place(&member.key, 0..name.len()),
                    is_definition: true,
                    written: Written::Part,
                });
            }
            false
        });
    }
    let uses = uses(snapshot.text())
        .into_iter()
        .filter(|(_, used)| *used == name);
    found.extend(uses.map(|(span, _)| Occurrence {
        span,
        is_definition: false,
        written: Written::Part,
    }));
    found
}
