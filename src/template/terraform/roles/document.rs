//! Policies: JSON texts, `jsonencode`, and `aws_iam_policy_document`.

use super::blocks::{Blocks, path_of};
use crate::document::{JoinedText, Member, Node, NodeKind, Syntax};
use crate::template::terraform::evaluator::Evaluator;
use crate::template::terraform::scope::Scope;
use crate::template::terraform::value;

/// The maximum depth of policy documents that include others.
const MAX_DEPTH: usize = 8;

/// The value of a policy, with references as texts: `${aws_sqs_queue.orders.arn}`; `None` if it is unknown.
pub(super) fn policy(
    written: &Node,
    evaluator: &Evaluator<'_>,
    blocks: &Blocks,
    scope: Scope<'_>,
) -> Option<Node> {
    Reader { evaluator, blocks }.policy(written, scope, MAX_DEPTH)
}

struct Reader<'r> {
    evaluator: &'r Evaluator<'r>,
    blocks: &'r Blocks,
}

impl Reader<'_> {
    fn policy(&self, written: &Node, scope: Scope<'_>, depth: usize) -> Option<Node> {
        if depth == 0 {
            return None;
        }
        match path_of(written).as_deref() {
            Some(["data", "aws_iam_policy_document", name, _]) => {
                return self.document(
                    self.blocks.get("data.aws_iam_policy_document", name)?,
                    scope,
                    depth,
                );
            }
            Some(["local", name]) => {
                let local = scope
                    .module?
                    .get(&format!("local.{name}"), self.evaluator.sources)?;
                return self.policy(&local, scope, depth - 1);
            }
            _ => {}
        }
        let found = self.evaluator.evaluate(written, scope);
        if let Some(value) = value::decoded(&found) {
            return self.with_references(value);
        }
        let text = found.as_text()?;
        let mut joined = JoinedText::default();
        self.evaluator.sources.append(&mut joined, text);
        let mut document = self.evaluator.sources.parse(joined, Syntax::Json, found.span);
        document.roots.pop().filter(|_| document.errors.is_empty())
    }

    /// A value with references as strings; `None` if all of it is unknown.
    fn with_references(&self, node: &Node) -> Option<Node> {
        let kind = match &node.kind {
            NodeKind::Unknown => {
                let written = self.evaluator.sources.written(node.span);
                return is_reference(&written).then(|| value::text(&format!("${{{written}}}"), node.span));
            }
            NodeKind::Tagged(_) => return self.with_references(value::decoded(node)?),
            NodeKind::Array(items) => NodeKind::Array(
                items
                    .iter()
                    .map(|item| {
                        self.with_references(item)
                            .unwrap_or_else(|| value::unknown(item.span))
                    })
                    .collect(),
            ),
            NodeKind::Object(members) => NodeKind::Object(
                members
                    .iter()
                    .map(|member| Member {
                        key: member.key.clone(),
                        key_span: member.key_span,
                        value: self
                            .with_references(&member.value)
                            .unwrap_or_else(|| value::unknown(member.value.span)),
                    })
                    .collect(),
            ),
            kind => kind.clone(),
        };
        Some(Node::new(kind, node.span))
    }

    /// The policy that a data source describes.
    fn document(&self, block: &Node, scope: Scope<'_>, depth: usize) -> Option<Node> {
        let mut statements = Vec::new();
        for member in block.as_object().unwrap_or_default() {
            let items = member
                .value
                .as_array()
                .unwrap_or(std::slice::from_ref(&member.value));
            match member.key.as_str() {
                "statement" => statements.extend(items.iter().map(|item| self.statement(item, scope))),
                "source_policy_documents" | "override_policy_documents" | "source_json" | "override_json" => {
                    for item in items {
                        let other = self.policy(item, scope, depth - 1)?;
                        let more = other.get("Statement")?;
                        statements.extend_from_slice(more.as_array().unwrap_or(std::slice::from_ref(more)));
                    }
                }
                "dynamic" => return None,
                _ => {}
            }
        }
        let span = block.span;
        Some(object_of("Statement", value::array(statements, span)))
    }

    fn statement(&self, block: &Node, scope: Scope<'_>) -> Node {
        let span = block.span;
        let mut members = Vec::new();
        let mut conditions: Vec<Member> = Vec::new();
        let read = |node: &Node| {
            let found = self.evaluator.evaluate(node, scope);
            self.with_references(&found)
                .unwrap_or_else(|| value::unknown(node.span))
        };
        for member in block.as_object().unwrap_or_default() {
            let key = match member.key.as_str() {
                "effect" => "Effect",
                "actions" => "Action",
                "not_actions" => "NotAction",
                "resources" => "Resource",
                "not_resources" => "NotResource",
                "principals" => {
                    let kind = member.value.get("type").and_then(Node::as_str).unwrap_or("AWS");
                    let identifiers = member
                        .value
                        .get("identifiers")
                        .map_or_else(|| value::unknown(span), read);
                    members.push(value::member("Principal", object_of(kind, identifiers)));
                    continue;
                }
                "condition" => {
                    let items = member
                        .value
                        .as_array()
                        .unwrap_or(std::slice::from_ref(&member.value));
                    conditions.extend(items.iter().map(|item| {
                        let text = |name: &str| item.get(name).and_then(Node::as_str).unwrap_or("Unknown");
                        let values = item.get("values").map_or_else(|| value::unknown(span), read);
                        value::member(text("test"), object_of(text("variable"), values))
                    }));
                    continue;
                }
                // Conditions or other parts that depend on a collection.
                "dynamic" => {
                    conditions.push(value::member("Unknown", value::unknown(span)));
                    continue;
                }
                _ => continue,
            };
            members.push(value::member(key, read(&member.value)));
        }
        if !members.iter().any(|member| member.key.as_str() == "Effect") {
            members.push(value::member("Effect", value::text("Allow", span)));
        }
        if !conditions.is_empty() {
            members.push(value::member("Condition", value::object(conditions, span)));
        }
        value::object(members, span)
    }
}

/// Whether an expression is a path of names, perhaps with indexes.
fn is_reference(written: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '"');
    written.contains('.')
        && written.starts_with(|c: char| c.is_ascii_alphabetic())
        && written.chars().all(is_part)
}

/// An object with one member.
fn object_of(key: &str, value: Node) -> Node {
    let span = value.span;
    value::object(vec![value::member(key, value)], span)
}
