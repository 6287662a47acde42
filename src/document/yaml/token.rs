//! Tokens of YAML, and what can be wrong with them.

use crate::document::parts::Encoding;
use std::borrow::Cow;

/// A token and the bytes of the text that it covers.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The kinds of [`Token`].
#[derive(Debug, Clone)]
pub(super) enum TokenKind<'t> {
    StreamEnd,
    /// `%YAML` or `%TAG`, with the handle that `%TAG` declares.
    Directive(Option<&'t str>),
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    FlowEntry,
    BlockEntry,
    Key,
    Value,
    Alias(&'t str),
    Anchor(&'t str),
    /// The handle (`!`, `!!`, `!e!`), empty for a verbatim tag.
    Tag(&'t str),
    Scalar(Scalar<'t>),
}

/// A scalar, decoded.
#[derive(Debug, Clone)]
pub(super) struct Scalar<'t> {
    pub(super) text: Cow<'t, str>,
    /// Whether it has neither quotes nor an indicator, so that it may be something other than a string.
    pub(super) is_plain: bool,
    /// How the text maps to the bytes of the token.
    pub(super) encoding: Encoding,
}

/// An error of the scanner or the parser, which stops at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) at: usize,
}

/// The kinds of [`Fault`]; [`Fault::at`] is the place of what is named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// A character that cannot start a token.
    Character(char),
    /// A tab that is part of the indentation of a plain or block scalar.
    Tab,
    /// `:` where a mapping cannot start.
    MisplacedValue,
    /// `?` where a mapping cannot start.
    MisplacedKey,
    /// `-` where a sequence cannot start.
    MisplacedEntry,
    /// Text that must be a key, but has no `:` on its line within 1,024 bytes.
    MissingColon,
    /// `:` directly before a bracket or a comma in a flow collection.
    UnseparatedValue,
    /// The opening quote of a scalar that is not closed, or only after `---` or `...`.
    UnclosedQuote,
    /// The opening quote of a scalar with an invalid escape.
    Escape,
    /// `|` or `>` with an invalid header.
    BlockHeader,
    /// `&` or `*` without a valid name.
    Name,
    /// An invalid tag.
    Tag,
    /// An invalid directive.
    Directive,
    /// Anything other than a key in a block mapping.
    ExpectedKey,
    /// Anything other than `-` in a block sequence.
    ExpectedEntry,
    /// Anything other than a separator or the closing bracket in a flow collection.
    ExpectedSeparator,
    /// Anything other than a value.
    ExpectedValue,
    /// Anything other than `---` after a document.
    ExpectedDocument,
    /// A value nested too deeply.
    TooDeep,
}
