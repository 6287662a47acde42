//! Expressions, with where they were written and what their fields demand.

use crate::document::{Node, Text};
use crate::expr::SyntaxError;
use crate::expr::{intrinsic, jsonata, jsonpath};

/// An expression where it was written.
#[derive(Debug)]
pub struct Expression<'d> {
    /// The string.
    pub node: &'d Node,
    /// The string, decoded.
    pub text: &'d Text,
    /// The key it stands under, where that key ends in `.$`.
    pub key: Option<&'d Text>,
    /// The field of the specification it belongs to, as written: `Parameters`, `TimeoutSecondsPath`, `Output` …
    pub field: &'static str,
    /// The part of the state that has the field.
    pub owner: Owner,
    /// What the field takes.
    pub demand: Demand,
    /// What the text says.
    pub parsed: Parsed,
    /// Where in the text the parsed part begins: after `{%` for JSONata, else 0. Ranges of the parsed form count from here.
    pub offset: usize,
}

/// The part of a state that a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The state itself.
    State,
    /// `Choices[i]`, or a rule nested in it.
    ChoiceRule(usize),
    /// `Catch[i]`.
    Catcher(usize),
    /// `ItemReader`.
    ItemReader,
    /// The `ReaderConfig` of the `ItemReader` of a Map.
    ReaderConfig,
    /// `ItemBatcher`.
    ItemBatcher,
    /// `ResultWriter`.
    ResultWriter,
    /// `Credentials`.
    Credentials,
}

/// What a field takes as an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// A path that may select several nodes.
    Path,
    /// A reference path: it selects one node.
    ReferencePath,
    /// A reference path that does not read the context object: the numbers of a Map.
    ReferencePathWithoutContext,
    /// A reference path without context object or variable: `ResultPath`.
    ResultPath,
    /// A path or an intrinsic: a key that ends in `.$`.
    PathOrIntrinsic,
    /// A reference path or an intrinsic that returns a string: `ErrorPath`, `CausePath`.
    ReferencePathOrIntrinsic,
    /// JSONata between `{%` and `%}`.
    Jsonata,
}

/// An expression's text, parsed once.
#[derive(Debug)]
pub enum Parsed {
    /// A JSONPath.
    Path(jsonpath::Path),
    /// A call of `States.*`.
    Intrinsic(intrinsic::Call),
    /// JSONata.
    Jsonata(jsonata::Expression),
    /// It does not parse; the range counts from the expression's offset.
    Malformed(SyntaxError),
    /// A `${Name}` stands in it: known only when the template is filled in.
    Unknown,
}

impl<'d> Expression<'d> {
    /// A JSONPath field's text, parsed as the field demands.
    pub fn path(
        node: &'d Node,
        field: &'static str,
        owner: Owner,
        demand: Demand,
        key: Option<&'d Text>,
    ) -> Option<Self> {
        let text = node.as_text()?;
        let may_call = matches!(demand, Demand::PathOrIntrinsic | Demand::ReferencePathOrIntrinsic);
        let parsed = if text.has_placeholder() {
            Parsed::Unknown
        } else if may_call && intrinsic::is_intrinsic(text) {
            intrinsic::Call::parse(text).map_or_else(Parsed::Malformed, Parsed::Intrinsic)
        } else {
            jsonpath::Path::parse(text).map_or_else(Parsed::Malformed, Parsed::Path)
        };
        Some(Self {
            node,
            text,
            key,
            field,
            owner,
            demand,
            parsed,
            offset: 0,
        })
    }

    /// A JSONata string; `None` where the text is not delimited by `{%` and `%}` and so is a literal.
    pub fn jsonata(node: &'d Node, field: &'static str, owner: Owner) -> Option<Self> {
        let text = node.as_text()?;
        let (inner, offset) = jsonata::strip(text)?;
        let parsed = if text.has_placeholder() {
            Parsed::Unknown
        } else {
            jsonata::Expression::parse(inner).map_or_else(Parsed::Malformed, Parsed::Jsonata)
        };
        Some(Self {
            node,
            text,
            key: None,
            field,
            owner,
            demand: Demand::Jsonata,
            parsed,
            offset,
        })
    }
}
