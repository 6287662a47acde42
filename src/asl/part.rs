//! The parts of a state that may be computed, and the walk over them.

use super::expression::Expression;
use super::field::{NullablePath, Payload, Scalar};
use crate::document::Node;

/// A part of a state that is, or contains, expressions.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a, 'd> {
    /// A field that is an expression as a whole.
    Expression(&'a Expression<'d>),
    /// A setting that is written down or computed.
    Scalar(&'a Scalar<'d>),
    /// A payload template.
    Payload(&'a Payload<'d>),
}

impl<'a, 'd> Part<'a, 'd> {
    /// Calls `f` with every expression in it.
    pub fn for_each_expression(self, f: &mut dyn FnMut(&'a Expression<'d>)) {
        match self {
            Self::Expression(expression) => f(expression),
            Self::Scalar(scalar) => scalar.expression().into_iter().for_each(f),
            Self::Payload(payload) => payload.expressions.iter().for_each(f),
        }
    }
}

/// What has parts.
pub trait Walk<'d> {
    /// Calls `f` with each part, in the order of the table of fields.
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>));
}

impl<'d> Walk<'d> for Expression<'d> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        f(Part::Expression(self));
    }
}

impl<'d> Walk<'d> for Scalar<'d> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        f(Part::Scalar(self));
    }
}

impl<'d> Walk<'d> for Payload<'d> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        f(Part::Payload(self));
    }
}

impl<'d> Walk<'d> for NullablePath<'d> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        if let Some(expression) = self.expression() {
            f(Part::Expression(expression));
        }
    }
}

impl<'d, T: Walk<'d>> Walk<'d> for Option<T> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        if let Some(inner) = self {
            inner.walk(f);
        }
    }
}

impl<'d, T: Walk<'d>> Walk<'d> for Vec<T> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        for inner in self {
            inner.walk(f);
        }
    }
}

impl<'d, T: Walk<'d>> Walk<'d> for Box<T> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        (**self).walk(f);
    }
}

/// A value that is never computed.
impl<'d> Walk<'d> for &'d Node {
    fn walk<'a>(&'a self, _f: &mut dyn FnMut(Part<'a, 'd>)) {}
}

/// A fact about how the state was written.
impl<'d> Walk<'d> for bool {
    fn walk<'a>(&'a self, _f: &mut dyn FnMut(Part<'a, 'd>)) {}
}
