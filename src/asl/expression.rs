//! Expressions, with their location and the kinds of expressions that their fields allow.

use crate::document::{Node, Text};
use crate::expr::SyntaxError;
use crate::expr::{intrinsic, jsonata, jsonpath};
use std::cell::OnceCell;

/// An expression in a field of a state.
#[derive(Debug)]
pub struct Expression<'d> {
    /// The string.
    pub node: &'d Node,
    /// The string, decoded.
    pub text: &'d Text,
    /// The key of the expression, if that ends in `.$`.
    pub key: Option<&'d Text>,
    /// The field of the specification it belongs to, as written: `Parameters`, `TimeoutSecondsPath`, `Output` …
    pub field: &'static str,
    /// The part of the state that has the field.
    pub owner: Owner,
    /// The kinds of expressions that the field allows.
    pub allowed: AllowedExpression,
    /// The parsed text, once something has asked for it.
    parsed: OnceCell<Parsed>,
    /// The start of the parsed part of the text: after `{%` for JSONata, otherwise 0. Ranges in the parsed form are relative to
    /// it.
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

/// The kinds of expressions that a field allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowedExpression {
    /// A path that may select several nodes.
    Path,
    /// A reference path, which selects one node.
    ReferencePath,
    /// A reference path that does not read the context object: the numbers of a Map.
    ReferencePathWithoutContext,
    /// A reference path without context object or variable: `ResultPath`.
    ResultPath,
    /// A path or an intrinsic function: the value of a key that ends in `.$`.
    PathOrIntrinsic,
    /// A reference path or an intrinsic function that returns a string: `ErrorPath`, `CausePath`.
    ReferencePathOrIntrinsic,
    /// JSONata between `{%` and `%}`.
    Jsonata,
}

/// The parsed text of an expression.
#[derive(Debug)]
pub enum Parsed {
    /// A JSONPath.
    Path(jsonpath::Path),
    /// A call of `States.*`.
    Intrinsic(intrinsic::Call),
    /// JSONata.
    Jsonata(jsonata::Expression),
    /// A syntax error, whose range is relative to the expression's offset.
    Malformed(SyntaxError),
    /// The text contains a placeholder and is known only when the template is rendered.
    Unknown,
}

impl<'d> Expression<'d> {
    /// The text of a JSONPath field; `None` if the value is not a string.
    pub fn path(
        node: &'d Node,
        field: &'static str,
        owner: Owner,
        allowed: AllowedExpression,
        key: Option<&'d Text>,
    ) -> Option<Self> {
        Some(Self {
            node,
            text: node.as_text()?,
            key,
            field,
            owner,
            allowed,
            parsed: OnceCell::new(),
            offset: 0,
        })
    }

    /// A JSONata string; `None` if the value is not a string delimited by `{%` and `%}`, and therefore a literal.
    pub fn jsonata(node: &'d Node, field: &'static str, owner: Owner) -> Option<Self> {
        let text = node.as_text()?;
        let (_, offset) = jsonata::strip(text)?;
        Some(Self {
            node,
            text,
            key: None,
            field,
            owner,
            allowed: AllowedExpression::Jsonata,
            parsed: OnceCell::new(),
            offset,
        })
    }

    /// The parsed text. It is parsed when something asks for it, because some commands look at few expressions.
    pub fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| self.parse())
    }

    /// Parses the text unless it contains a `${Name}`. The placeholders of other tools may be quoted text in an expression, so
    /// they make it unknown only if it cannot be parsed.
    fn parse(&self) -> Parsed {
        if !self.text.has_placeholder() {
            return self.parse_known();
        }
        if self.text.contains("${") {
            return Parsed::Unknown;
        }
        match self.parse_known() {
            Parsed::Malformed(_) => Parsed::Unknown,
            parsed => parsed,
        }
    }

    fn parse_known(&self) -> Parsed {
        if self.allowed == AllowedExpression::Jsonata {
            let inner = jsonata::strip(self.text).map_or("", |(inner, _)| inner);
            return jsonata::Expression::parse(inner).map_or_else(Parsed::Malformed, Parsed::Jsonata);
        }
        let may_call = matches!(
            self.allowed,
            AllowedExpression::PathOrIntrinsic | AllowedExpression::ReferencePathOrIntrinsic
        );
        if may_call && intrinsic::is_intrinsic(self.text) {
            intrinsic::Call::parse(self.text).map_or_else(Parsed::Malformed, Parsed::Intrinsic)
        } else {
            jsonpath::Path::parse(self.text).map_or_else(Parsed::Malformed, Parsed::Path)
        }
    }
}
