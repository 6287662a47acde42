//! Files that are not UTF-8: what they most likely are, and how to convert them.

use crate::document::{Document, Syntax, SyntaxError, SyntaxErrorKind};
use crate::source::{SourceFile, Span, to_offset};
use std::sync::Arc;

/// How many bytes are looked at to detect binary data.
const SAMPLE: usize = 4096;

/// A file that is not UTF-8.
#[derive(Debug)]
pub(super) struct NotUtf8 {
    /// What it most likely contains; empty for binary data.
    pub(super) text: String,
    /// The first byte that is not ASCII, in `text`.
    at: usize,
    /// What is wrong, without the name of the file: "is UTF-16 …".
    pub(super) message: String,
    /// What to do next.
    pub(super) help: String,
}

impl NotUtf8 {
    /// The text of a file with this name, or what it is instead. ASCII in UTF-16 would be valid UTF-8, too.
    pub(super) fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Self> {
        if is_utf16(&bytes) {
            return Err(Self::new(name, &bytes, 0));
        }
        String::from_utf8(bytes)
            .map_err(|error| Self::new(name, error.as_bytes(), error.utf8_error().valid_up_to()))
    }

    /// Describes a file whose first bytes up to `valid` are UTF-8.
    fn new(name: &str, bytes: &[u8], valid: usize) -> Self {
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        let convert = |from: &str| format!("convert it: `iconv -f {from} -t UTF-8 {name}`");
        let (text, message, help) = if let Some(is_little) = utf16_byte_order(sample) {
            let unit = |pair: &[u8; 2]| {
                if is_little {
                    u16::from_le_bytes(*pair)
                } else {
                    u16::from_be_bytes(*pair)
                }
            };
            let units: Vec<u16> = bytes.as_chunks().0.iter().map(unit).collect();
            (
                String::from_utf16_lossy(&units),
                "is UTF-16, not UTF-8".to_owned(),
                convert(if is_little { "UTF-16LE" } else { "UTF-16BE" }),
            )
        } else if sample.starts_with(b"\x1f\x8b") {
            let help = format!("decompress it: `gunzip -c {name}`");
            (String::new(), "is compressed with gzip".to_owned(), help)
        } else if sample.iter().any(|&b| b < 0x20 && !b.is_ascii_whitespace()) {
            let help = "specify a file that contains a definition".to_owned();
            (String::new(), "contains binary data, not text".to_owned(), help)
        } else {
            let is_windows = bytes.iter().any(|b| matches!(b, 0x80..=0x9F));
            let encoding = if is_windows { "windows-1252" } else { "ISO-8859-1" };
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..valid]).count();
            let byte = bytes.get(valid).copied().unwrap_or_default();
            (
                bytes.iter().map(|&b| char::from(b)).collect(),
                format!(
                    "is not UTF-8 but most likely {encoding}: byte {} (0x{byte:02x}) on line {line}",
                    valid + 1
                ),
                convert(encoding),
            )
        };
        let at = text.bytes().position(|b| !b.is_ascii()).unwrap_or(0);
        Self {
            text,
            at,
            message,
            help,
        }
    }

    /// A document that contains only this error.
    pub(super) fn into_document(self, name: String, syntax: Syntax) -> Document {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        let error = SyntaxError {
            kind: SyntaxErrorKind::Malformed,
            span: Span::new(to_offset(self.at), to_offset(self.at + length)),
            message: format!("file {}", self.message),
            help: Some(self.help),
            first: None,
        };
        Document {
            source: Arc::new(SourceFile::new(name, self.text)),
            syntax,
            roots: Vec::new(),
            errors: vec![error],
            is_whole: false,
        }
    }
}

/// Whether a source text is UTF-16, by its first bytes.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    utf16_byte_order(&bytes[..bytes.len().min(64)]).is_some()
}

/// Whether the bytes are UTF-16, and if so, whether it is little-endian: by the byte order mark, or because one half of
/// each unit is zero.
fn utf16_byte_order(sample: &[u8]) -> Option<bool> {
    match sample {
        [0xFF, 0xFE, ..] => return Some(true),
        [0xFE, 0xFF, ..] => return Some(false),
        _ => {}
    }
    let pairs = sample.as_chunks::<2>().0;
    let zeros = |half: usize| pairs.iter().filter(|pair| pair[half] == 0).count();
    let (high, low) = (zeros(1), zeros(0));
    let is_most = |count: usize| pairs.len() >= 2 && count * 10 > pairs.len() * 9;
    match (is_most(high) && low == 0, is_most(low) && high == 0) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_the_encoding_of_a_file() {
        let utf16 = |order: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        for (bytes, message, text) in [
            (
                utf16(u16::to_le_bytes, "\u{feff}{}"),
                "is UTF-16, not UTF-8",
                "\u{feff}{}",
            ),
            (
                utf16(u16::to_be_bytes, "{\"é\": 1}"),
                "is UTF-16, not UTF-8",
                "{\"é\": 1}",
            ),
            (
                b"{\n\"\xe9\": 1}".to_vec(),
                "is not UTF-8 but most likely ISO-8859-1: byte 4 (0xe9) on line 2",
                "{\n\"é\": 1}",
            ),
            (
                b"\x93a\x94".to_vec(),
                "is not UTF-8 but most likely windows-1252: byte 1 (0x93) on line 1",
                "\u{93}a\u{94}",
            ),
            (b"\x1f\x8b\x08\x00".to_vec(), "is compressed with gzip", ""),
            (
                b"\x7fELF\x02\x01\xff\xfe".to_vec(),
                "contains binary data, not text",
                "",
            ),
        ] {
            let found = NotUtf8::decode("f", bytes).unwrap_err();
            assert_eq!((found.message.as_str(), found.text.as_str()), (message, text));
        }
    }
}
