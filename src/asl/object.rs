//! An object of the definition whose fields are lowered: one method for each kind of field.

use super::expression::{AllowedExpression, Expression, Owner};
use super::field::{NullablePath, Payload, Scalar};
use crate::document::Node;
use crate::spec::QueryLanguage;

/// An object whose fields are read in a query language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object<'d> {
    pub(super) node: &'d Node,
    pub(super) owner: Owner,
    pub(super) language: QueryLanguage,
    /// Whether the object belongs to a Map, whose `Parameters` is its `ItemSelector`.
    pub(super) is_map: bool,
}

impl<'d> Object<'d> {
    /// An object inside this one, whose fields belong to a part of the state.
    pub(super) const fn inner(&self, node: &'d Node, owner: Owner) -> Self {
        Self { node, owner, ..*self }
    }

    /// The object itself.
    pub(super) const fn as_written(&self) -> &'d Node {
        self.node
    }

    /// A value that is never computed.
    pub(super) fn value(&self, key: &str) -> Option<&'d Node> {
        self.node.get(key)
    }

    /// The items of an array; none if the field is not one.
    pub(super) fn array(&self, key: &str) -> &'d [Node] {
        self.node.get(key).and_then(Node::as_array).unwrap_or_default()
    }

    /// A payload template.
    pub(super) fn payload(&self, field: &'static str) -> Option<Payload<'d>> {
        let node = self.node.get(field)?;
        Some(match self.language {
            QueryLanguage::JsonPath => Payload::jsonpath(node, field, self.owner),
            QueryLanguage::Jsonata => Payload::jsonata(node, field, self.owner),
        })
    }

    /// A payload template that has a different name in each language; `None` in a language that does not have it.
    pub(super) fn payload_in(
        &self,
        jsonpath: Option<&'static str>,
        jsonata: Option<&'static str>,
    ) -> Option<Payload<'d>> {
        self.payload(match self.language {
            QueryLanguage::JsonPath => jsonpath?,
            QueryLanguage::Jsonata => jsonata?,
        })
    }

    /// A field that is a path as a whole; only JSONPath has such fields.
    pub(super) fn path(&self, field: &'static str, allowed: AllowedExpression) -> Option<Expression<'d>> {
        if self.language != QueryLanguage::JsonPath {
            return None;
        }
        Expression::path(self.node.get(field)?, field, self.owner, allowed, None)
    }

    /// A path that may be `null`; only JSONPath has such fields.
    pub(super) fn nullable_path(&self, field: &'static str, allowed: AllowedExpression) -> NullablePath<'d> {
        if self.language != QueryLanguage::JsonPath {
            return NullablePath::Absent;
        }
        match self.node.get(field) {
            None => NullablePath::Absent,
            Some(node) if node.is_null() => NullablePath::Null,
            Some(node) => Expression::path(node, field, self.owner, allowed, None)
                .map_or(NullablePath::Absent, |e| NullablePath::Path(Box::new(e))),
        }
    }

    /// A setting and its `…Path` counterpart in JSONPath; a literal or an expression in JSONata.
    pub(super) fn scalar(
        &self,
        field: &'static str,
        path_field: &'static str,
        allowed: AllowedExpression,
    ) -> Option<Scalar<'d>> {
        let literal = self.node.get(field);
        if self.language == QueryLanguage::Jsonata {
            let node = literal?;
            return Some(
                Expression::jsonata(node, field, self.owner).map_or(Scalar::Literal(node), Scalar::computed),
            );
        }
        literal
            .map(Scalar::Literal)
            .or_else(|| self.path(path_field, allowed).map(Scalar::computed))
    }
}
