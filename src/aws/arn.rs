//! Amazon Resource Names, and parts of a string.
//!
//! In a template, a part of a string may be a [`placeholder`], and nothing is assumed about its value.

use crate::spec::placeholder;
use std::ops::Range;

/// A part of a string, with its byte offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Part<'a> {
    /// The part itself, which may contain placeholders.
    pub text: &'a str,
    /// Offset of its first byte in the whole text.
    pub start: usize,
}

impl<'a> Part<'a> {
    /// Its byte range in the whole text.
    pub fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Whether it contains no placeholder.
    pub fn is_known(self) -> bool {
        is_known(self.text)
    }

    /// Splits at the first `separator` outside placeholders, into the text before and after it.
    pub(super) fn split(self, separator: u8) -> (Self, Option<Self>) {
        let Some(at) = find(self.text, separator) else {
            return (self, None);
        };
        let (before, after) = (&self.text[..at], &self.text[at + 1..]);
        let rest = Part {
            text: after,
            start: self.start + at + 1,
        };
        (Part { text: before, ..self }, Some(rest))
    }

    /// The part from the start of this one to the end of `last`, both parts of `whole`.
    pub(super) fn through(self, last: Self, whole: &'a str) -> Self {
        Part {
            text: &whole[self.start..last.range().end],
            ..self
        }
    }
}

/// Whether `text` contains no placeholder.
pub fn is_known(text: &str) -> bool {
    !placeholder::is_in(text)
}

/// The offset of the first `wanted` byte outside placeholders, which is a character boundary since `wanted` is ASCII.
fn find(text: &str, wanted: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = memchr::memchr(wanted, bytes)?;
    // Few texts have a placeholder before the byte.
    let mut at = bytes[..first]
        .iter()
        .position(|&byte| placeholder::may_start_with(byte))
        .unwrap_or(first);
    while *bytes.get(at)? != wanted {
        at += placeholder::length(bytes, at).unwrap_or(1);
    }
    Some(at)
}

/// `arn:partition:service:region:account:resource`, each field as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: Part<'a>,
    /// `states`, `lambda`, …
    pub service: Part<'a>,
    /// Empty for service integrations.
    pub region: Part<'a>,
    /// Twelve digits; empty for service integrations.
    pub account: Part<'a>,
    /// The rest, including colons.
    pub resource: Part<'a>,
}

/// Parses an ARN; `None` unless the text has all six fields.
pub fn parse(text: &str) -> Option<Arn<'_>> {
    let (scheme, rest) = Part { text, start: 0 }.split(b':');
    if scheme.text != "arn" {
        return None;
    }
    let (partition, rest) = rest?.split(b':');
    let (service, rest) = rest?.split(b':');
    let (region, rest) = rest?.split(b':');
    let (account, resource) = rest?.split(b':');
    Some(Arn {
        partition,
        service,
        region,
        account,
        resource: resource?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_fields_outside_placeholders() {
        let arn = parse("arn:${AWS::Partition}:states:::a:b:c").expect("six fields");
        assert_eq!(
            (arn.partition.text, arn.resource.text),
            ("${AWS::Partition}", "a:b:c")
        );
        assert_eq!(arn.resource.range(), 31..36);
        assert_eq!(parse("arn:aws:states::"), None);
        assert_eq!(parse("urn:aws:states:::x"), None);
    }

    #[test]
    fn recognizes_closed_and_nested_placeholders() {
        assert!(!is_known("a${f({x})}b") && !is_known("\u{FFFC}"));
        assert!(is_known("a$b{c}") && is_known("${open"));
        for text in [
            "${f({:})}:b",
            "#{A::B}:b",
            "{{ a:b }}:b",
            "<%= a:b %>:b",
            "\u{FFFC}:b",
        ] {
            let part = Part { text, start: 0 };
            assert_eq!(part.split(b':').1.map(|rest| rest.text), Some("b"), "{text}");
        }
    }
}
