//! State machines as resources of a template: the logical id, and the references to it.

use super::occurrence::{Occurrence, Written};
use super::snapshot::Snapshot;
use crate::document::{Member, Node, NodeKind, Text};
use crate::source::{Span, to_offset};
use crate::template::{Container, Resource};
use std::ops::Range;
use std::sync::Arc;

/// The type of a state machine of Terraform.
const TERRAFORM: &str = "aws_sfn_state_machine.";

/// The state machine whose logical id is at an offset.
pub(super) fn at(snapshot: &Snapshot, offset: u32) -> Option<String> {
    let own = own(snapshot).filter(|resource| can_rename(resource));
    let mut names = own.map(|resource| resource.name.as_str());
    let name = names.find(|name| {
        let occurrences = occurrences(snapshot, name);
        let mut spans = occurrences.iter().map(|occurrence| occurrence.span);
        spans.any(|span| span.start <= offset && offset <= span.end)
    })?;
    Some(name.to_owned())
}

/// Whether other parts of the template reference a state machine by its name.
const fn can_rename(resource: &Resource) -> bool {
    matches!(
        resource.container,
        Container::CloudFormation | Container::Sam | Container::Terraform
    )
}

fn own(snapshot: &Snapshot) -> impl Iterator<Item = &Resource> {
    let resources = snapshot.resources.iter();
    resources.filter(|resource| Arc::ptr_eq(&resource.source, &snapshot.document.source))
}

/// The definition of a logical id, and the references to it in the same file.
pub(super) fn occurrences<'s>(snapshot: &'s Snapshot, name: &str) -> Vec<Occurrence<'s>> {
    let mut found = Vec::new();
    let mut add = |span: Span, is_definition: bool| {
        found.push(Occurrence {
            span,
            is_definition,
            written: Written::Part,
        });
    };
    let mut is_terraform = false;
    for resource in own(snapshot).filter(|resource| resource.name == name) {
        is_terraform |= resource.container == Container::Terraform;
        if let Some(span) = within(snapshot, resource.name_span, name) {
            add(span, true);
        }
    }
    if is_terraform {
        addresses(snapshot.text(), name).for_each(|span| add(span, false));
    } else {
        for root in &snapshot.document.roots {
            references(root, &mut |text, range| {
                if text.get(range.clone()) == Some(name) {
                    add(snapshot.document.place(text, range), false);
                }
            });
        }
    }
    found
}

/// The bytes of a name in the place of a key or a label.
fn within(snapshot: &Snapshot, place: Span, name: &str) -> Option<Span> {
    let written = snapshot.text().get(place.range())?;
    let start = place.start + to_offset(written.find(name)?);
    Some(Span::new(start, start + to_offset(name.len())))
}

/// The name in each address of Terraform.
fn addresses<'t>(text: &'t str, name: &str) -> impl Iterator<Item = Span> + use<'t> {
    let address = format!("{TERRAFORM}{name}");
    let length = address.len();
    let name_length = name.len();
    let starts: Vec<usize> = text.match_indices(&address).map(|(at, _)| at).collect();
    starts.into_iter().filter_map(move |at| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let end = at + length;
        let is_whole = !text[..at].ends_with(is_part) && !text[end..].starts_with(is_part);
        is_whole.then(|| Span::new(to_offset(end - name_length), to_offset(end)))
    })
}

/// Calls `f` with each text that references a resource, and the range of the name in it.
fn references(node: &Node, f: &mut dyn FnMut(&Text, Range<usize>)) {
    match &node.kind {
        NodeKind::Object(members) => {
            for member in members {
                reference(function_of(member), &member.value, f);
            }
        }
        NodeKind::Array(items) => items.iter().for_each(|item| references(item, f)),
        NodeKind::Tagged(tagged) => {
            reference(tagged.tag.strip_prefix('!').unwrap_or_default(), &tagged.value, f);
        }
        _ => {}
    }
}

fn function_of(member: &Member) -> &str {
    let key = member.key.as_str();
    key.strip_prefix("Fn::").unwrap_or(key)
}

/// The references in the argument of a function, or in the value of a key.
fn reference(function: &str, argument: &Node, f: &mut dyn FnMut(&Text, Range<usize>)) {
    let first = argument.as_array().and_then(|items| items.first());
    match (function, argument.as_text(), first.and_then(Node::as_text)) {
        ("Ref" | "DependsOn", Some(text), _) => f(text, 0..text.len()),
        ("GetAtt", Some(text), _) => f(text, 0..text.find('.').unwrap_or(text.len())),
        ("GetAtt", None, Some(name)) => f(name, 0..name.len()),
        ("DependsOn", None, _) => {
            let names = argument.as_array().unwrap_or_default().iter();
            names
                .filter_map(Node::as_text)
                .for_each(|name| f(name, 0..name.len()));
        }
        ("Sub", Some(text), _) => in_placeholders(text, f),
        ("Sub", None, Some(text)) => {
            in_placeholders(text, f);
            references(argument, f);
        }
        _ => references(argument, f),
    }
}

/// The names in the `${Name}` and `${Name.Attribute}` of a source text.
fn in_placeholders(text: &Text, f: &mut dyn FnMut(&Text, Range<usize>)) {
    for (at, _) in text.match_indices("${") {
        let start = at + 2;
        let length = text[start..].find(['}', '.']).unwrap_or(0);
        f(text, start..start + length);
    }
}
