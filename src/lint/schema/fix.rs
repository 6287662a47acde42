//! Fixes of violations of the schema.

use super::finding::Report;
use super::timestamp;
use super::violation::Format;
use crate::asl::transition_graph::node;
use crate::asl::{Kind, State};
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

    /// Removes the old name of a field that is also given under its new one, `End` next to `Next`, or the constant next to
    /// a path.
    pub(super) fn without_duplicate(&self, given: &[&Member]) -> Option<Fix> {
        const SUPERFLUOUS: [(&str, &str); 3] = [
            ("Iterator", "ItemProcessor"),
            ("Parameters", "ItemSelector"),
            ("End", "Next"),
        ];
        let has = |name: &str| given.iter().any(|member| member.key.as_str() == name);
        let superfluous = SUPERFLUOUS.into_iter().find(|(old, new)| has(old) && has(new));
        let of_path = |member: &&&Member| has(&format!("{}Path", member.key.as_str()));
        let member = match superfluous {
            Some((old, _)) => given.iter().find(|member| member.key.as_str() == old),
            None => given.iter().find(of_path),
        };
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
    pub(super) fn replace_word(&self, meant: &str) -> Fix {
        replace_word(&self.editor(), self.location.node, meant)
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

    /// Renames a field of the other query language to that of the same purpose, if its value needs no translation or is a
    /// plain path.
    pub(super) fn translated(&self, member: &Member, field_language: QueryLanguage) -> Option<Fix> {
        let state = self.subject.state.filter(|_| self.location.keys.is_empty())?;
        if let Some(fix) = self.without_path(state, member, field_language) {
            return Some(fix);
        }
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

impl Report<'_, '_, '_, '_> {
    /// Removes a path that selects everything, and writes any other plain path in the other query language.
    fn without_path(&self, state: &State<'_>, member: &Member, field_language: QueryLanguage) -> Option<Fix> {
        let name = member.key.as_str();
        let written = member.value.as_str()?;
        if matches!(name, "InputPath" | "OutputPath" | "ResultPath") && written == "$" {
            return self.removed(Some(state.node), Some(member));
        }
        let (new, value) = match field_language {
            QueryLanguage::JsonPath => {
                let has_result = matches!(state.kind, Kind::Task(_) | Kind::Parallel(_) | Kind::Map(_));
                let root = if name == "OutputPath" && has_result {
                    "$states.result"
                } else {
                    "$states.input"
                };
                let new = name
                    .strip_suffix("Path")
                    .filter(|_| !matches!(name, "InputPath" | "ResultPath"))?;
                (new.to_owned(), format!("{{% {} %}}", in_jsonata(written, root)?))
            }
            QueryLanguage::Jsonata => {
                let inner = written.strip_prefix("{%")?.strip_suffix("%}")?.trim();
                let rest = inner.strip_prefix("$states.input").filter(|_| name == "Items")?;
                (rest.is_empty() || is_plain_path(rest))
                    .then(|| (format!("{name}Path"), format!("${rest}")))?
            }
        };
        if state.node.get(&new).is_some() {
            return None;
        }
        let title = format!("replace it with `\"{new}\": \"{value}\"`");
        let edits = self.editor().rename(member, &new).and_then(|mut edits| {
            edits.extend(self.editor().rewrite(member.value.span, written, &value)?);
            Ok(edits)
        });
        Some(Fix::guess(title, edits))
    }
}

/// A plain path of JSONPath as JSONata, where `root` is the value of `$`.
fn in_jsonata(path: &str, root: &str) -> Option<String> {
    let rest = path.strip_prefix('$')?;
    if rest.is_empty() || is_plain_path(rest) {
        return Some(format!("{root}{rest}"));
    }
    if let Some(context) = rest.strip_prefix('$') {
        return is_plain_path(context).then(|| format!("$states.context{context}"));
    }
    is_plain_path(&format!(".{rest}")).then(|| path.to_owned())
}

/// Whether a string consists of names that need no quotes in either language, each after a period.
fn is_plain_path(text: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !matches!(name, "and" | "or" | "in" | "true" | "false" | "null" | "function")
    };
    text.strip_prefix('.')
        .is_some_and(|names| names.split('.').all(is_name))
}

/// Replaces a word by the one that was probably meant; safe if only the case of letters differs.
pub(super) fn replace_word(editor: &Editor<'_>, node: &Node, meant: &str) -> Fix {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translates_plain_paths() {
        for (path, expected) in [
            ("$", Some("$states.input")),
            ("$.a.b_1", Some("$states.input.a.b_1")),
            ("$$.Execution.Id", Some("$states.context.Execution.Id")),
            ("$total.a", Some("$total.a")),
            ("$.a[0]", None),
            ("$['a']", None),
            ("$.and", None),
            ("$..a", None),
            ("a", None),
        ] {
            assert_eq!(in_jsonata(path, "$states.input").as_deref(), expected, "{path}");
        }
    }
}
