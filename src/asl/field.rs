//! Kinds of fields that are or contain expressions: paths that may be null, settings, and payload templates.

use super::expression::{AllowedExpression, Expression, Owner};
use crate::document::{Member, Node, NodeKind};

/// A path field that may be `null`.
#[derive(Debug, Default)]
pub enum NullablePath<'d> {
    /// Not set: the default applies.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// A path.
    Path(Box<Expression<'d>>),
}

impl<'d> NullablePath<'d> {
    /// Whether the field is set, to a path or to `null`.
    pub const fn is_given(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// The path, if the field is one.
    pub const fn expression(&self) -> Option<&Expression<'d>> {
        match self {
            Self::Path(e) => Some(e),
            _ => None,
        }
    }
}

/// A payload template: a JSON value that contains expressions.
#[derive(Debug)]
pub struct Payload<'d> {
    /// The field of the specification: `Parameters`, `Arguments`, `Assign` …
    pub field: &'static str,
    /// The part of the state that has the field.
    pub owner: Owner,
    /// The JSON.
    pub node: &'d Node,
    /// The expressions in it, in order of the text.
    pub expressions: Vec<Expression<'d>>,
    /// Members whose key ends in `.$` but whose value is not a string (JSONPath).
    pub misplaced: Vec<&'d Member>,
}

impl<'d> Payload<'d> {
    /// A JSONPath payload template: the values of keys that end in `.$` are expressions.
    pub fn jsonpath(node: &'d Node, field: &'static str, owner: Owner) -> Self {
        let mut payload = Self {
            field,
            owner,
            node,
            // Spare capacity would double the size of the model.
            expressions: Vec::with_capacity(count_jsonpath(node)),
            misplaced: Vec::new(),
        };
        payload.collect_jsonpath(node);
        payload
    }

    /// A JSONata payload template: every string between `{%` and `%}` is an expression.
    pub fn jsonata(node: &'d Node, field: &'static str, owner: Owner) -> Self {
        let mut payload = Self {
            field,
            owner,
            node,
            expressions: Vec::new(),
            misplaced: Vec::new(),
        };
        payload.collect_jsonata(node);
        payload
    }

    fn collect_jsonpath(&mut self, node: &'d Node) {
        let members = match &node.kind {
            NodeKind::Array(items) => return items.iter().for_each(|item| self.collect_jsonpath(item)),
            NodeKind::Object(members) => members,
            _ => return,
        };
        for member in members {
            if !member.key.ends_with(".$") {
                self.collect_jsonpath(&member.value);
            } else if let Some(e) = Expression::path(
                &member.value,
                self.field,
                self.owner,
                AllowedExpression::PathOrIntrinsic,
                Some(&member.key),
            ) {
                self.expressions.push(e);
            } else if !member.value.is_unknown() {
                self.misplaced.push(member);
            }
        }
    }

    fn collect_jsonata(&mut self, node: &'d Node) {
        if let Some(items) = node.as_array() {
            for item in items {
                self.collect_jsonata(item);
            }
        }
        for member in node.as_object().unwrap_or_default() {
            self.collect_jsonata(&member.value);
        }
        self.expressions
            .extend(Expression::jsonata(node, self.field, self.owner));
    }
}

/// The number of keys in a JSONPath payload template that end in `.$`.
fn count_jsonpath(node: &Node) -> usize {
    let in_member = |member: &Member| {
        if member.key.ends_with(".$") {
            1
        } else {
            count_jsonpath(&member.value)
        }
    };
    match &node.kind {
        NodeKind::Array(items) => items.iter().map(count_jsonpath).sum(),
        NodeKind::Object(members) => members.iter().map(in_member).sum(),
        _ => 0,
    }
}

/// A setting: a literal or a computed value.
#[derive(Debug)]
pub enum Scalar<'d> {
    /// A literal.
    Literal(&'d Node),
    /// Computed when the state runs, by a path of the `…Path` field or by JSONata.
    Computed(Box<Expression<'d>>),
}

impl<'d> Scalar<'d> {
    pub(super) fn computed(expression: Expression<'d>) -> Self {
        Self::Computed(Box::new(expression))
    }

    /// The value, if it is a literal integer.
    pub fn literal_i64(&self) -> Option<i64> {
        match self {
            Self::Literal(node) => node.as_i64(),
            Self::Computed(_) => None,
        }
    }

    /// The node of the value or expression.
    pub const fn node(&self) -> &'d Node {
        match self {
            Self::Literal(node) => node,
            Self::Computed(e) => e.node,
        }
    }

    /// The expression, if the setting is computed.
    pub const fn expression(&self) -> Option<&Expression<'d>> {
        match self {
            Self::Literal(_) => None,
            Self::Computed(e) => Some(e),
        }
    }
}
