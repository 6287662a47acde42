//! Fixes of violations of the schema.

use super::finding::Report;
use super::timestamp;
use super::violation::Format;
use crate::asl::Kind;
use crate::asl::transition_graph::node;
use crate::diagnostic::Fix;
use crate::document::{Member, Node, NodeKind};
use crate::edit::{Content, Editor};
use crate::spec::QueryLanguage;
use crate::spec::quota::LABEL_CHARACTERS;
use jsonschema::JsonType;
use petgraph::Direction;
use serde_json::Value;

impl Report<'_, '_, '_, '_> {
    fn editor(&self) -> Editor<'_> {
        self.run.cx.editor()
    }

    /// Replaces a number by the limit that it exceeds.
    pub(super) fn limited(&self, limit: &Value) -> Fix {
        let limit = limit.to_string();
        let title = format!("set it to {limit}");
        let content = Content::Number(limit.into());
        Fix::guess(title, self.editor().replace(self.location.node, &content))
    }

    /// Removes a field. What it was meant for is unknown.
    pub(super) fn removed(&self, object: Option<&Node>, member: Option<&Member>) -> Option<Fix> {
        let (object, member) = (object?, member?);
        let title = format!("remove `{}`", member.key.as_str());
        Some(Fix::guess(
            title,
            self.editor().remove_member(object, member.key_span),
        ))
    }

    /// Removes the old name of a field that is also given under its new one, or `End` next to `Next`.
    pub(super) fn without_duplicate(&self, given: &[&Member]) -> Option<Fix> {
        const SUPERFLUOUS: [(&str, &str); 3] = [
            ("Iterator", "ItemProcessor"),
            ("Parameters", "ItemSelector"),
            ("End", "Next"),
        ];
        let has = |name: &str| given.iter().any(|member| member.key.as_str() == name);
        let (old, _) = SUPERFLUOUS.into_iter().find(|(old, new)| has(old) && has(new))?;
        let member = given.iter().find(|member| member.key.as_str() == old);
        self.removed(Some(self.location.node), member.copied())
    }

    /// Adds a field whose value is likely: the first state as `StartAt`.
    pub(super) fn added(&self, names: &[&str]) -> Option<Fix> {
        let node = self.location.node;
        let ["StartAt"] = names else { return None };
        let first = node.get("States")?.as_object()?.first()?.key.as_str();
        let title = format!("start at `{first}`");
        let after = node.member("Comment").map(|m| m.key.as_str());
        let content = Content::text(first);
        Some(Fix::guess(
            title,
            self.editor().insert(node, after, "StartAt", &content),
        ))
    }

    /// Ends a state that has no transition, or continues with the state after it if nothing else leads there.
    pub(super) fn ended(&self, names: &[&str]) -> Option<Fix> {
        let state = self.subject.state.filter(|_| self.location.keys.is_empty())?;
        if !names.contains(&"End") {
            return None;
        }
        let (scope, index) = self.run.cx.position_of(state)?;
        let states = &scope.machine.states;
        let is_orphan = |next: usize| {
            let mut sources = scope
                .flow
                .graph
                .neighbors_directed(node(next), Direction::Incoming);
            scope.flow.start != Some(next) && sources.all(|source| source == node(next))
        };
        let next =
            (index + 1 < states.len() && is_orphan(index + 1)).then(|| states[index + 1].name.as_str());
        let (title, key, content) = match next {
            Some(next) => (format!("continue with `{next}`"), "Next", Content::text(next)),
            None => ("add `\"End\": true`".to_owned(), "End", Content::Bool(true)),
        };
        Some(Fix::guess(
            title,
            self.editor().insert(state.node, None, key, &content),
        ))
    }

    /// Replaces a word by the one that was probably meant.
    pub(super) fn respelled(&self, meant: &str) -> Fix {
        respelled(&self.editor(), self.location.node, meant)
    }

    /// Writes a value as the type that is expected: a quoted number without quotes, one name as an array of names.
    pub(super) fn converted(&self, expected: &[JsonType]) -> Option<Fix> {
        let node = self.location.node;
        if self.location.keys.is_empty() {
            return None;
        }
        let takes = |json_type: JsonType| expected.contains(&json_type);
        let is_number = |text: &str| text.parse::<f64>().is_ok() && serde_json::from_str::<f64>(text).is_ok();
        let is_integer = |text: &str| text.parse::<i64>().is_ok() && is_number(text);
        let (title, content) = match &node.kind {
            NodeKind::String(text) if takes(JsonType::Integer) && is_integer(text) => {
                ("remove the quotes", Content::Number(text.as_str().into()))
            }
            NodeKind::String(text) if takes(JsonType::Number) && is_number(text) => {
                ("remove the quotes", Content::Number(text.as_str().into()))
            }
            NodeKind::String(text) if takes(JsonType::Boolean) && is_bool(text) => (
                "remove the quotes",
                Content::Bool(text.eq_ignore_ascii_case("true")),
            ),
            NodeKind::String(text) if takes(JsonType::Array) && !text.is_empty() => (
                "enclose it in brackets",
                Content::List(vec![Content::text(text.as_str())]),
            ),
            NodeKind::Number(number) if takes(JsonType::Integer) => {
                let whole = number.strip_suffix(".0").filter(|whole| is_integer(whole))?;
                ("write it as an integer", Content::Number(whole.into()))
            }
            NodeKind::Number(number) if takes(JsonType::String) && !takes(JsonType::Integer) => {
                ("add quotes", Content::text(number.as_str()))
            }
            NodeKind::Bool(truth) if takes(JsonType::String) && expected.len() == 1 => {
                ("add quotes", Content::text(truth.to_string()))
            }
            _ => return None,
        };
        Some(Fix::safe(title, self.editor().replace(node, &content)))
    }

    /// Writes a string in the form that its field requires.
    pub(super) fn rewritten(&self, format: Format) -> Option<Fix> {
        let node = self.location.node;
        let written = node.as_str()?;
        let rewrite = |new: &str| self.editor().rewrite(node.span, written, new);
        match format {
            Format::Timestamp => {
                let timestamp::Repaired { text, is_certain } = timestamp::repair(written)?;
                let (title, edits) = (format!("replace it with `{text}`"), rewrite(&text));
                Some(if is_certain {
                    Fix::safe(title, edits)
                } else {
                    Fix::guess(title, edits)
                })
            }
            Format::Jsonata => {
                let trimmed = written.trim();
                if trimmed.starts_with("{%") && trimmed.ends_with("%}") {
                    let title = "remove the whitespace outside the delimiters";
                    return Some(Fix::safe(title, rewrite(trimmed)));
                }
                if trimmed.is_empty() || trimmed.contains("{%") || trimmed.contains("%}") {
                    return None;
                }
                let whole = format!("{{% {trimmed} %}}");
                Some(Fix::guess("add the delimiters", rewrite(&whole)))
            }
            Format::JsonPointer => {
                let title = format!("replace it with `/{written}`");
                Some(Fix::guess(title, rewrite(&format!("/{written}"))))
            }
            Format::Label => {
                let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
                let label: String = written
                    .chars()
                    .map(|c| if is_allowed(c) { c } else { '-' })
                    .take(LABEL_CHARACTERS)
                    .collect();
                (!label.is_empty()).then(|| Fix::guess(format!("replace it with `{label}`"), rewrite(&label)))
            }
        }
    }

    /// Renames a field of the other query language to that of the same purpose, if its value needs no translation.
    pub(super) fn translated(&self, member: &Member, field_language: QueryLanguage) -> Option<Fix> {
        let state = self.subject.state.filter(|_| self.location.keys.is_empty())?;
        let new = match (member.key.as_str(), field_language, &state.kind) {
            ("Parameters", QueryLanguage::JsonPath, Kind::Task(_) | Kind::Parallel(_)) => "Arguments",
            ("Parameters", QueryLanguage::JsonPath, Kind::Pass(_)) => "Output",
            ("Arguments", QueryLanguage::Jsonata, Kind::Task(_) | Kind::Parallel(_)) => "Parameters",
            ("Result", QueryLanguage::JsonPath, Kind::Pass(_)) => "Output",
            _ => return None,
        };
        if state.node.get(new).is_some() || is_computed(&member.value) {
            return None;
        }
        let title = format!("rename it to `{new}`");
        Some(Fix::guess(title, self.editor().rename(member, new)))
    }
}

/// Replaces a word by the one that was probably meant; safe if only the case of letters differs.
pub(super) fn respelled(editor: &Editor<'_>, node: &Node, meant: &str) -> Fix {
    let written = node.as_str().unwrap_or_default();
    let edits = editor.rewrite(node.span, written, meant);
    let title = format!("replace it with `{meant}`");
    if written.eq_ignore_ascii_case(meant) {
        Fix::safe(title, edits)
    } else {
        Fix::guess(title, edits)
    }
}

fn is_bool(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// Whether something in a value is evaluated in one of the query languages.
fn is_computed(node: &Node) -> bool {
    match &node.kind {
        NodeKind::String(text) => text.contains("{%"),
        NodeKind::Array(items) => items.iter().any(is_computed),
        NodeKind::Object(members) => members
            .iter()
            .any(|m| m.key.ends_with(".$") || is_computed(&m.value)),
        _ => false,
    }
}
