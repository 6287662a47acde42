//! Intrinsic functions of CloudFormation: what is known of their values before deployment.
//!
//! An unknown part of a string is written as `${Name}`, as in the argument of `Fn::Sub`.

use super::read_budget::{MAX_OUTCOMES, ReadBudget};
use crate::document::{JoinedText, Member, Node, NodeKind, Text};
use crate::source::{Span, to_offset};
use crate::spec::placeholder;
use std::collections::HashMap;

/// A call of an intrinsic function.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call<'d> {
    /// The name without `Fn::` or `!`.
    pub(super) name: &'d str,
    /// The argument.
    pub(super) argument: &'d Node,
}

/// The call that a node is: a tagged value, or an object with one member named after the function.
pub(super) fn call(node: &Node) -> Option<Call<'_>> {
    if let Some(tagged) = node.as_tagged() {
        return Some(Call {
            name: tagged.tag.trim_start_matches('!'),
            argument: &tagged.value,
        });
    }
    let [member] = node.as_object()? else { return None };
    let name = match member.key.as_str() {
        "Ref" => "Ref",
        key => key.strip_prefix("Fn::")?,
    };
    Some(Call {
        name,
        argument: &member.value,
    })
}

/// Replaces the calls that are objects in a definition by unknown values, as those that are tags.
pub(super) fn forget_calls(node: &mut Node) {
    if node.as_object().is_some() && call(node).is_some() {
        node.kind = NodeKind::Unknown;
    }
    match &mut node.kind {
        NodeKind::Array(items) => items.iter_mut().for_each(forget_calls),
        NodeKind::Object(members) => members.iter_mut().for_each(|m| forget_calls(&mut m.value)),
        _ => {}
    }
}

/// Whether the value is `AWS::NoValue`.
pub(super) fn is_no_value(node: &Node) -> bool {
    call(node).is_some_and(|c| c.name == "Ref" && c.argument.as_str() == Some("AWS::NoValue"))
}

/// The possible values of a node: both branches of `Fn::If`, at any depth, or the node itself. Returns at most
/// [`MAX_OUTCOMES`], and whether there are more.
pub(super) fn branches<'d>(node: &'d Node, budget: &ReadBudget<'_>) -> (Vec<&'d Node>, bool) {
    let mut found = Vec::new();
    let is_all = add_branches(node, budget, &mut found);
    (found, !is_all)
}

fn add_branches<'d>(node: &'d Node, budget: &ReadBudget<'_>, found: &mut Vec<&'d Node>) -> bool {
    if !budget.take(0) {
        return false;
    }
    if let Some(Call { name: "If", argument }) = call(node) {
        let mut outcomes = argument.as_array().unwrap_or_default().iter().skip(1);
        return outcomes.all(|outcome| add_branches(outcome, budget, found));
    }
    if is_no_value(node) {
        return true;
    }
    if found.len() == MAX_OUTCOMES {
        return false;
    }
    found.push(node);
    true
}

/// The definitions of names in a template.
#[derive(Clone, Copy)]
pub(super) struct Scope<'d> {
    /// The template's text.
    pub(super) file: &'d str,
    /// The budget for assembling values.
    pub(super) budget: &'d ReadBudget<'d>,
    /// Its `Parameters`.
    pub(super) parameters: Option<&'d Node>,
    /// Its `Mappings`.
    pub(super) mappings: Option<&'d Node>,
}

/// The origin of a `${Name}` that the definition's author did not write as a substitution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceholderOrigin {
    /// It is not substituted: it represents the value of an intrinsic function, or is literal text by Terraform's escape.
    Settled,
    /// It was written as `${!Name}`, so that `Fn::Sub` produces `${Name}`: it may be substituted, but need not be.
    Literal,
}

/// The origin of `${Name}`s by the file offset of their first byte.
pub(super) type PlaceholderOrigins = HashMap<u32, PlaceholderOrigin>;

/// Assembles strings from strings and calls.
pub(super) struct Assembler<'d> {
    scope: Scope<'d>,
    out: JoinedText,
    /// The `${Name}`s that are not the definition's own.
    pub(super) foreign: PlaceholderOrigins,
}

impl<'d> Assembler<'d> {
    pub(super) fn new(scope: Scope<'d>) -> Self {
        Self {
            scope,
            out: JoinedText::default(),
            foreign: PlaceholderOrigins::new(),
        }
    }

    /// The text of a value, with unknown parts as `${Name}`.
    pub(super) fn assemble(&mut self, node: &Node) -> JoinedText {
        let before = std::mem::take(&mut self.out);
        self.append(node);
        std::mem::replace(&mut self.out, before)
    }

    /// A definition with its intrinsic functions replaced by their values where those are known.
    pub(super) fn tree(&mut self, node: &Node) -> Node {
        self.subtree(node, false)
    }

    /// A value of which every call is a string, with unknown parts as `${Name}`.
    pub(super) fn text_tree(&mut self, node: &Node) -> Node {
        self.subtree(node, true)
    }

    /// `takes_text` means that the value may be a string.
    fn subtree(&mut self, node: &Node, takes_text: bool) -> Node {
        if !self.scope.budget.take(node.as_str().map_or(0, str::len)) {
            return Node::new(NodeKind::Unknown, node.span);
        }
        if let Some(call) = call(node) {
            return Node::new(self.call_value(node, call, takes_text), node.span);
        }
        let kind = match &node.kind {
            NodeKind::Array(items) => {
                NodeKind::Array(items.iter().map(|item| self.subtree(item, takes_text)).collect())
            }
            NodeKind::Object(members) if members.iter().any(is_macro) => NodeKind::Unknown,
            NodeKind::Object(members) => {
                let kept = members.iter().filter(|m| !is_no_value(&m.value));
                let member = |m: &Member| {
                    let is_text = matches!(m.key.as_str(), "Resource" | "Parameters" | "Arguments");
                    Member {
                        key: m.key.clone(),
                        key_span: m.key_span,
                        value: self.subtree(&m.value, takes_text || is_text),
                    }
                };
                NodeKind::Object(kept.map(member).collect())
            }
            kind => kind.clone(),
        };
        Node::new(kind, node.span)
    }

    fn call_value(&mut self, node: &Node, call: Call<'_>, takes_text: bool) -> NodeKind {
        let is_text = takes_text || matches!(call.name, "Sub" | "Join");
        if !is_text || matches!(call.name, "If" | "Transform" | "Split" | "Cidr" | "GetAZs") {
            return NodeKind::Unknown;
        }
        NodeKind::String(self.assemble(node).into_text())
    }

    fn append(&mut self, node: &Node) {
        if !self.scope.budget.take(0) {
            return;
        }
        if let Some(call) = call(node) {
            return self.append_call(node, call);
        }
        match &node.kind {
            NodeKind::String(text) => {
                if self.scope.budget.take(text.len()) {
                    self.out.push_text(self.scope.file, text);
                }
            }
            NodeKind::Number(number) => self.put(number, node.span),
            NodeKind::Bool(value) => self.put(&value.to_string(), node.span),
            NodeKind::Unknown => match self.scope.file.get(node.span.range()) {
                Some(text) if text.starts_with("${") => {
                    if self.scope.budget.take(text.len()) {
                        self.out.push_bytes(self.scope.file, node.span);
                    }
                }
                _ => self.unknown("Value", node.span),
            },
            _ => self.unknown("Value", node.span),
        }
    }

    /// Appends text that represents the value at a span.
    fn put(&mut self, text: &str, span: Span) {
        if self.scope.budget.take(text.len()) {
            self.out.push_replacement(text, span);
        }
    }

    fn append_call(&mut self, node: &Node, Call { name, argument }: Call<'_>) {
        match name {
            "Sub" => match argument.as_array() {
                Some([template, variables]) => self.append_sub(template, Some(variables)),
                _ => self.append_sub(argument, None),
            },
            "Join" => self.append_join(node, argument),
            "Ref" => self.reference(argument.as_str().unwrap_or("Ref"), node.span),
            "GetAtt" => {
                let name = match argument.as_array() {
                    Some(items) => items
                        .iter()
                        .filter_map(Node::as_str)
                        .collect::<Vec<_>>()
                        .join("."),
                    None => argument.as_str().unwrap_or("GetAtt").to_owned(),
                };
                self.unknown(&name, node.span);
            }
            "Select" => match Self::selected(argument) {
                Some(item) => self.append(item),
                None => self.unknown("Select", node.span),
            },
            "FindInMap" => match self.mapped(argument) {
                Some(text) => self.value(&text, node.span),
                None => self.unknown("FindInMap", node.span),
            },
            name => self.unknown(name, node.span),
        }
    }

    /// `Fn::Sub`: `${Name}` is a value, `${!Name}` is `${Name}`.
    fn append_sub(&mut self, template: &Node, variables: Option<&Node>) {
        let Some(text) = template.as_text() else {
            return self.append(template);
        };
        let parts = text.parts(self.scope.file);
        let mut at = 0;
        while let Some(open) = text[at..].find("${").map(|i| at + i) {
            let Some(close) = text[open..].find('}').map(|i| open + i) else {
                break;
            };
            if !self.scope.budget.take(close - at) {
                return;
            }
            self.out.push_range(text, &parts, at..open);
            at = close + 1;
            let name = text[open + 2..close].trim();
            let span = parts.span(Span::new(to_offset(open), to_offset(at)));
            if let Some(literal) = name.strip_prefix('!') {
                self.foreign.insert(span.start, PlaceholderOrigin::Literal);
                self.put(&format!("${{{literal}}}"), span);
            } else if let Some(variable) = variables.and_then(|v| self.scope.budget.look_up(v, name)) {
                let value = self.assemble(variable);
                if is_placeholder(value.text()) {
                    self.unknown(name, span);
                } else {
                    self.value(value.text(), span);
                }
            } else if let Some(value) = self.parameter(name) {
                self.value(&value, span);
            } else {
                self.foreign.insert(span.start, PlaceholderOrigin::Settled);
                self.out.push_range(text, &parts, open..at);
            }
        }
        if self.scope.budget.take(text.len() - at) {
            self.out.push_range(text, &parts, at..text.len());
        }
    }

    fn append_join(&mut self, node: &Node, argument: &Node) {
        let Some([separator, items]) = argument.as_array() else {
            return self.unknown("Join", node.span);
        };
        let (Some(separator), Some(items)) = (separator.as_str(), items.as_array()) else {
            return self.unknown("Join", node.span);
        };
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.put(separator, Span::new(item.span.start, item.span.start));
            }
            self.append(item);
        }
    }

    fn reference(&mut self, name: &str, span: Span) {
        match self.parameter(name) {
            Some(value) => self.value(&value, span),
            None => self.unknown(name, span),
        }
    }

    /// The default of a parameter, if it is meaningful.
    fn parameter(&self, name: &str) -> Option<String> {
        let parameter = self.scope.budget.look_up(self.scope.parameters?, name)?;
        // The value of these is read from elsewhere; the default is only its key.
        let is_key = parameter.get("Type")?.as_str()?.starts_with("AWS::SSM::");
        let default = parameter.get("Default")?;
        let text = default.as_str().or(default.as_number())?;
        (!is_key && !text.trim().is_empty()).then(|| text.to_owned())
    }

    fn selected(argument: &Node) -> Option<&Node> {
        let [index, items] = argument.as_array()? else {
            return None;
        };
        let index: usize = index.as_number().or(index.as_str())?.parse().ok()?;
        items.as_array()?.get(index)
    }

    fn mapped(&self, argument: &Node) -> Option<String> {
        let [map, first, second] = argument.as_array()? else {
            return None;
        };
        let budget = self.scope.budget;
        let mapping = budget.look_up(self.scope.mappings?, map.as_str()?)?;
        let value = budget.look_up(budget.look_up(mapping, first.as_str()?)?, second.as_str()?)?;
        Some(value.as_str().or(value.as_number())?.to_owned())
    }

    /// A known value, with the span of the expression it replaces.
    fn value(&mut self, text: &str, span: Span) {
        // Each `${` starts a part, so that it can be located exactly.
        let mut at = 0;
        for (next, _) in text.match_indices("${").filter(|(i, _)| *i > 0) {
            self.put(&text[at..next], span);
            at = next;
        }
        self.put(&text[at..], span);
        self.foreign.insert(span.start, PlaceholderOrigin::Settled);
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let name: String = name
            .chars()
            .filter(|c| !matches!(c, '"' | '{' | '}' | '\n' | '\r' | '\\'))
            .collect();
        self.foreign.insert(span.start, PlaceholderOrigin::Settled);
        self.put(&format!("${{{name}}}"), span);
    }
}

/// Whether a macro expands the member to others.
fn is_macro(member: &Member) -> bool {
    member.key.as_str() == "Fn::Transform" || member.key.starts_with("Fn::ForEach::")
}

/// Whether the text is a single `${Name}`, so that its value is unknown.
pub(super) fn is_placeholder(text: &str) -> bool {
    placeholder::expression(text.as_bytes()) == Some(text.len())
}

/// The spans and names of the `${Name}`s in a string.
pub(super) fn placeholders(text: &Text) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    text.match_indices("${").filter_map(|(open, _)| {
        let rest = &text[open + 2..];
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'-');
        let length = rest.bytes().take_while(is_name).count();
        let is_closed = length > 0 && rest[length..].starts_with('}');
        is_closed.then(|| (open..open + 3 + length, &rest[..length]))
    })
}
