//! The parameters of messages. Few of the many fields are read; a message without one of these gets an error.

use gen_lsp_types::{Position, Range};
use serde_json::Value;

/// The parameters of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Params<'v>(pub(super) &'v Value);

impl<'v> Params<'v> {
    /// The document that the message is about.
    pub(super) fn uri(self) -> Option<&'v str> {
        self.text("/textDocument/uri")
    }

    pub(super) fn position(self) -> Option<Position> {
        position(self.0.get("position")?)
    }

    pub(super) fn range(self) -> Option<Range> {
        range(self.0.get("range")?)
    }

    /// A source text at a JSON pointer.
    pub(super) fn text(self, pointer: &str) -> Option<&'v str> {
        self.0.pointer(pointer)?.as_str()
    }

    /// The items of an array at a JSON pointer; none if there is no array.
    pub(super) fn items(self, pointer: &str) -> &'v [Value] {
        self.0
            .pointer(pointer)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// Whether a value at a JSON pointer is `true`.
    pub(super) fn is(self, pointer: &str) -> bool {
        self.0.pointer(pointer).and_then(Value::as_bool) == Some(true)
    }
}

pub(super) fn position(value: &Value) -> Option<Position> {
    let number = |key| {
        let number = value.get(key)?.as_u64()?;
        Some(u32::try_from(number).unwrap_or(u32::MAX))
    };
    Some(Position {
        line: number("line")?,
        character: number("character")?,
    })
}

pub(super) fn range(value: &Value) -> Option<Range> {
    Some(Range {
        start: position(value.get("start")?)?,
        end: position(value.get("end")?)?,
    })
}
