//! YAML, written key by key.

use crate::document::{Node, NodeKind};
use crate::value::push_string;
use std::fmt::Display;

/// The maximum length of a value that is written on the line of its key.
const LINE: usize = 88;

/// The members of a mapping, which are appended to a string.
pub(super) struct Yaml<'t> {
    text: &'t mut String,
    indent: usize,
    /// Whether the next member follows the dash of a list item on the same line.
    is_after_dash: bool,
}

impl<'t> Yaml<'t> {
    /// A mapping whose keys are indented by `indent`.
    pub(super) fn new(text: &'t mut String, indent: usize) -> Self {
        Self {
            text,
            indent,
            is_after_dash: false,
        }
    }

    /// A mapping that is an item of a list, whose dash is indented by `indent`.
    pub(super) fn item(text: &'t mut String, indent: usize) -> Self {
        push_fmt!(text, "{:indent$}- ", "");
        Self {
            text,
            indent: indent + 2,
            is_after_dash: true,
        }
    }

    fn key(&mut self, key: &str) {
        if !std::mem::take(&mut self.is_after_dash) {
            push_fmt!(self.text, "{:1$}", "", self.indent);
        }
        scalar(key, self.text);
        self.text.push(':');
    }

    /// A member whose value needs no quotes.
    pub(super) fn plain(&mut self, key: &str, value: impl Display) {
        self.key(key);
        push_fmt!(self.text, " {value}\n");
    }

    /// A member that is a string.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text.push(' ');
        scalar(value, self.text);
        self.text.push('\n');
    }

    /// A member that is a number, or a number after a sign.
    pub(super) fn quantity(&mut self, key: &str, value: &str) {
        if value.starts_with(|c: char| c.is_ascii_digit()) {
            self.plain(key, value);
        } else {
            self.text(key, value);
        }
    }

    /// A member that is a list of strings.
    pub(super) fn texts<'s>(&mut self, key: &str, values: impl Iterator<Item = &'s str> + Clone) {
        let mut line = String::from("[");
        for (at, value) in values.clone().enumerate() {
            if at > 0 {
                line.push_str(", ");
            }
            scalar(value, &mut line);
        }
        line.push(']');
        self.key(key);
        if line.len() <= LINE {
            push_fmt!(self.text, " {line}\n");
            return;
        }
        self.text.push('\n');
        for value in values {
            push_fmt!(self.text, "{:1$}- ", "", self.indent + 2);
            scalar(value, self.text);
            self.text.push('\n');
        }
    }

    /// A member that is a mapping of its own.
    pub(super) fn object(&mut self, key: &str, members: impl FnOnce(&mut Yaml<'_>)) {
        self.key(key);
        self.text.push('\n');
        members(&mut Yaml::new(self.text, self.indent + 2));
    }

    /// A mapping in a string of its own, which [`Yaml::members`] appends.
    pub(super) fn inner<'o>(&self, text: &'o mut String) -> Yaml<'o> {
        Yaml::new(text, self.indent + 2)
    }

    /// A member that is a mapping whose members have been written; nothing if there are none.
    pub(super) fn members(&mut self, key: &str, members: &str) {
        if !members.is_empty() {
            self.key(key);
            self.text.push('\n');
            self.text.push_str(members);
        }
    }

    /// A member with a value of any shape.
    pub(super) fn node(&mut self, key: &str, node: &Node) {
        self.key(key);
        value(node, self.indent + 2, self.text);
    }
}

/// A value after a colon or a dash: on the same line if it is short, else in lines that are indented by `indent`.
fn value(node: &Node, indent: usize, text: &mut String) {
    let line = flow(node);
    let is_long = line.len() > LINE;
    match &node.kind {
        NodeKind::Object(members) if is_long && !members.is_empty() => {
            text.push('\n');
            let mut yaml = Yaml::new(text, indent);
            for member in members {
                yaml.node(member.key.as_str(), &member.value);
            }
        }
        NodeKind::Array(items) if is_long && !items.is_empty() => {
            text.push('\n');
            for item in items {
                push_fmt!(text, "{:indent$}-", "");
                match &item.kind {
                    NodeKind::Object(members) if !members.is_empty() && flow(item).len() > LINE => {
                        text.push(' ');
                        let mut yaml = Yaml::new(text, indent + 2);
                        yaml.is_after_dash = true;
                        for member in members {
                            yaml.node(member.key.as_str(), &member.value);
                        }
                    }
                    _ => value(item, indent + 2, text),
                }
            }
        }
        _ => push_fmt!(text, " {line}\n"),
    }
}

/// A value on one line.
fn flow(node: &Node) -> String {
    let mut text = String::new();
    push_flow(node, &mut text);
    text
}

fn push_flow(node: &Node, text: &mut String) {
    match &node.kind {
        NodeKind::Null | NodeKind::Unknown | NodeKind::Tagged(_) => text.push_str("null"),
        NodeKind::Bool(truth) => push_fmt!(text, "{truth}"),
        NodeKind::Number(number) => text.push_str(number),
        NodeKind::String(string) => scalar(string.as_str(), text),
        NodeKind::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                push_flow(item, text);
            }
            text.push(']');
        }
        NodeKind::Object(members) if members.is_empty() => text.push_str("{}"),
        NodeKind::Object(members) => {
            text.push_str("{ ");
            for (at, member) in members.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                scalar(member.key.as_str(), text);
                text.push_str(": ");
                push_flow(&member.value, text);
            }
            text.push_str(" }");
        }
    }
}

/// A string: plain where no reader can take it for something else, in double quotes otherwise.
fn scalar(string: &str, text: &mut String) {
    if is_plain(string) {
        text.push_str(string);
        return;
    }
    let start = text.len();
    push_string(string, text);
    // Characters that JSON allows in strings, but YAML does not, or takes for the end of a line.
    let is_special = |c: char| {
        matches!(
            c,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    if text[start..].contains(is_special) {
        let quoted = text.split_off(start);
        for char in quoted.chars() {
            if is_special(char) {
                push_fmt!(text, "\\u{:04x}", u32::from(char));
            } else {
                text.push(char);
            }
        }
    }
}

fn is_plain(string: &str) -> bool {
    string.starts_with(|c: char| c.is_ascii_alphabetic())
        && !string.ends_with(' ')
        && string.len() <= LINE
        && string
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' ' | '(' | ')' | '\''))
        && !matches!(
            string.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
        )
}
