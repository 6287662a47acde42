//! The last step of every output: characters that could change how a reader or a terminal shows the text around them are
//! never written raw.
//!
//! These are line separators and bidirectional controls, the C1 controls, and U+007F. The C0
//! controls are left to the formats, some of which print escape sequences for colors; JSON has to escape them anyway.

use super::visible::changes_layout;
use std::io::{self, Write};

/// How such a character is written instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `\u202e`: the same character for a reader of JSON. Raw controls are valid only inside JSON strings, so every one of
    /// them can be replaced.
    Json,
    /// U+FFFD, the replacement character.
    Symbol,
}

/// A writer that replaces these characters. What it writes is UTF-8.
pub struct Printable<W> {
    out: W,
    notation: Notation,
    /// The start of a character whose remaining bytes have not been written yet.
    tail: Vec<u8>,
}

impl<W: Write> Printable<W> {
    /// Writes to `out`.
    pub const fn new(out: W, notation: Notation) -> Self {
        Self {
            out,
            notation,
            tail: Vec::new(),
        }
    }

    /// The writer, after everything has been written to it.
    pub fn into_inner(mut self) -> io::Result<W> {
        self.flush()?;
        Ok(self.out)
    }

    fn replace(&mut self, code: u32) -> io::Result<()> {
        match self.notation {
            Notation::Json => write!(self.out, "\\u{code:04x}"),
            Notation::Symbol => self.out.write_all("\u{fffd}".as_bytes()),
        }
    }

    fn write_whole(&mut self, text: &[u8]) -> io::Result<()> {
        let (mut from, mut at) = (0, 0);
        while let Some(next) = memchr::memchr3(0x7F, 0xC2, 0xE2, &text[at..]) {
            at += next;
            let (code, length) = match text[at..] {
                [0x7F, ..] => (0x7F, 1),
                [0xC2, low @ 0x80..=0x9F, ..] => (u32::from(low), 2),
                [0xE2, high @ (0x80 | 0x81), low, ..] => {
                    let code = 0x2000 | u32::from(high & 1) << 6 | u32::from(low & 0x3F);
                    if !char::from_u32(code).is_some_and(changes_layout) {
                        at += 3;
                        continue;
                    }
                    (code, 3)
                }
                [0xC2 | 0xE2] | [0xE2, 0x80 | 0x81] => {
                    self.out.write_all(&text[from..at])?;
                    self.tail.extend_from_slice(&text[at..]);
                    return Ok(());
                }
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.out.write_all(&text[from..at])?;
            self.replace(code)?;
            at += length;
            from = at;
        }
        self.out.write_all(&text[from..])
    }
}

impl<W: Write> Write for Printable<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if self.tail.is_empty() {
            self.write_whole(text)?;
        } else {
            let mut whole = std::mem::take(&mut self.tail);
            whole.extend_from_slice(text);
            self.write_whole(&whole)?;
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_control_characters_across_writes() {
        let text =
            "a\u{202e}b\u{2066}\u{2069}\u{7f}\u{85}é\u{2500}\u{202f}\u{2065}🦀\u{202a}\u{200f}\u{2028}\x1b[m";
        for (notation, expected) in [
            (
                Notation::Json,
                "a\\u202eb\\u2066\\u2069\\u007f\\u0085é\u{2500}\u{202f}\u{2065}🦀\\u202a\\u200f\\u2028\x1b[m",
            ),
            (
                Notation::Symbol,
                "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}é\u{2500}\u{202f}\u{2065}🦀\u{fffd}\u{fffd}\u{fffd}\x1b[m",
            ),
        ] {
            for size in 1..=text.len() {
                let mut out = Vec::new();
                let mut printable = Printable::new(&mut out, notation);
                for piece in text.as_bytes().chunks(size) {
                    printable.write_all(piece).unwrap();
                }
                assert_eq!(String::from_utf8(out).unwrap(), expected, "{size}");
            }
        }
    }
}
