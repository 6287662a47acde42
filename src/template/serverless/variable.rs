//! Variables of the Serverless Framework, `${file(…):key}` and `${self:key}`, and the `#{AWS::Region}` of its plugins.

use crate::document::{Document, JoinedText, Node, NodeKind, Text, push_pointer_key};
use crate::prose;
use crate::source::{Span, to_offset};
use crate::template::issue::{IssueKind, TemplateIssue};
use crate::template::read_budget::ReadBudget;
use crate::template::resource::Resource;

/// The message for a definition that depends on a variable that is not resolved.
pub(super) const RESOLVED: &str = "definition is unknown until the configuration is resolved";

/// The text of a value that may be a variable. A bare variable was read as an unknown value.
pub(super) fn written<'n>(document: &'n Document, node: &'n Node) -> &'n str {
    let bytes = document.source.text().get(node.span.range());
    node.as_str().or(bytes).unwrap_or_default()
}

/// The beginning of a variable that references a file.
pub(in crate::template) const FILE: &str = "{file(";

/// The path and the keys of the file that a value consists of; `text` is the text of its span.
pub(in crate::template) fn file_of<'n>(node: &'n Node, text: &'n str) -> Option<(&'n str, &'n str)> {
    if node.as_object().is_some() || node.as_array().is_some() {
        return None;
    }
    let written = node.as_str().or_else(|| text.get(node.span.range()))?;
    match Variable::from_text(written)? {
        Variable::File { path, keys } => Some((path, keys)),
        Variable::Own(_) | Variable::Other => None,
    }
}

/// A variable of the Serverless Framework.
pub(super) enum Variable<'a> {
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
    /// Parses a string that consists of one variable, also in the syntax `${{…}}`, which many configurations choose so that it
    /// differs from that of `Fn::Sub`.
    pub(super) fn from_text(text: &'a str) -> Option<Self> {
        let variable = text.trim().strip_prefix("${")?.strip_suffix('}')?;
        let chosen = variable.strip_prefix('{').and_then(|v| v.strip_suffix('}'));
        Some(Self::parse(chosen.unwrap_or(variable)))
    }

    fn parse(text: &'a str) -> Self {
        if let Some(keys) = text.strip_prefix("self:") {
            return Self::Own(keys.trim());
        }
        let Some((path, rest)) = text.strip_prefix("file(").and_then(|t| t.split_once(')')) else {
            return Self::Other;
        };
        if path.contains("${") {
            return Self::Other;
        }
        let keys = rest.split(',').next().unwrap_or_default();
        Self::File {
            path: path.trim(),
            keys: keys.trim().trim_start_matches(':'),
        }
    }
}

/// The keys of a variable as a JSON pointer.
pub(super) fn pointer_of(keys: &str) -> String {
    let mut pointer = String::new();
    for key in keys.split('.').filter(|key| !key.is_empty()) {
        push_pointer_key(&mut pointer, key);
    }
    pointer
}

/// The value under the keys, if there is one.
pub(in crate::template) fn lookup<'n>(root: &'n Node, keys: &str) -> Option<&'n Node> {
    let mut keys = keys.split('.').filter(|key| !key.is_empty());
    keys.try_fold(root, |node, key| node.get(key))
}

/// The value under the keys that the configuration references at `span`; reports if there is none.
pub(super) fn found<'n>(
    document: &Document,
    root: &'n Node,
    keys: &str,
    span: Span,
    resource: &mut Resource,
) -> Option<&'n Node> {
    let mut node = root;
    for key in keys.split('.').filter(|key| !key.is_empty()) {
        if let Some(next) = node.get(key) {
            node = next;
            continue;
        }
        if document.is_whole && node.as_object().is_some() {
            let message = format!("`{keys}` not found in `{}`", document.source.name());
            let names = node
                .as_object()
                .unwrap_or_default()
                .iter()
                .map(|m| m.key.as_str());
            let mut issue = TemplateIssue::new(IssueKind::MissingFile, span, message);
            issue.help = prose::closest(key, names).map(|close| prose::similar_name("key", close));
            resource.issues.push(issue);
            return None;
        }
        resource.cannot_read(span, RESOLVED);
        return None;
    }
    if Variable::from_text(written(document, node)).is_some() && node.as_object().is_none() {
        resource.cannot_read(span, RESOLVED);
        return None;
    }
    Some(node)
}

/// Rewrites the plugins' pseudo parameters (`#{AWS::Region}`) as CloudFormation writes them: unknown until deployment.
pub(super) fn rewrite_pseudo_parameters(document: &mut Document, budget: &ReadBudget<'_>) {
    let source = std::sync::Arc::clone(&document.source);
    for root in &mut document.roots {
        rewrite_in(root, source.text(), budget);
    }
}

fn rewrite_in(node: &mut Node, file: &str, budget: &ReadBudget<'_>) {
    match &mut node.kind {
        NodeKind::String(text) if text.contains("#{") => {
            if let Some(rewritten) = rewritten(text, file, budget) {
                *text = rewritten;
            }
        }
        NodeKind::Array(items) => items.iter_mut().for_each(|item| rewrite_in(item, file, budget)),
        NodeKind::Object(members) => members
            .iter_mut()
            .for_each(|m| rewrite_in(&mut m.value, file, budget)),
        _ => {}
    }
}

fn rewritten(text: &Text, file: &str, budget: &ReadBudget<'_>) -> Option<Text> {
    let parts = text.parts(file);
    let mut out = JoinedText::default();
    let mut at = 0;
    for (open, _) in text.match_indices("#{") {
        let rest = &text[open + 2..];
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b':';
        let name = &rest[..rest.bytes().take_while(is_name).count()];
        let is_parameter = name.starts_with("AWS::") && rest[name.len()..].starts_with('}');
        if !is_parameter || !budget.take(open - at + name.len()) {
            continue;
        }
        out.push_range(text, &parts, at..open);
        at = open + name.len() + 3;
        let span = parts.span(Span::new(to_offset(open), to_offset(at)));
        out.push_replacement(&format!("${{{name}}}"), span);
    }
    if at == 0 {
        return None;
    }
    out.push_range(text, &parts, at..text.len());
    Some(out.into_text())
}
