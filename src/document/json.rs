//! JSON text to a tree: one pass, no recursion, and past as many faults as can be mended.
//!
//! A text within the grammar takes the short paths of this file; whatever is not goes to `recover`, which reports
//! it and puts the reader into a state it can go on from. Every step moves on in the text or pops a frame, and looks
//! ahead a bounded way, so that the time is linear whatever the text.

mod brackets;
mod quotes;
mod recover;
mod scan;
#[cfg(test)]
mod tests;
mod words;

pub(super) use scan::{is_number, placeholder};

use super::{Fault, FaultKind, MAX_DEPTH, MAX_VALUES, Member, Node, NodeKind, Reading, Text, duplicates};
use crate::source::{SourceFile, Span, to_offset};

/// How many faults of a file are listed; further ones are mended silently.
const MAX_FAULTS: usize = 50;

/// Reads JSON; `loose` takes what JSON5 adds to it.
pub(super) fn read(source: &SourceFile, loose: bool) -> Reading {
    let mut reader = Reader::new(source, loose);
    let roots = reader.document();
    Reading {
        roots,
        faults: reader.faults,
        is_whole: reader.is_whole,
    }
}

/// What the grammar asks for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Root,
    AfterRoot,
    /// After `[`.
    FirstItem,
    /// After a comma.
    Item,
    AfterItem,
    /// After `{`.
    FirstKey,
    /// After a comma.
    Key,
    Colon,
    Value,
    AfterMember,
    /// Nothing: the rest of the text is not looked at.
    Nothing,
}

/// An array or object whose end was not met yet.
struct Frame {
    open: usize,
    is_object: bool,
    /// Where its children begin in the reader's `items` or `members`.
    first: usize,
    /// The key whose value is being read; `None` where the value belongs to no key and is dropped.
    key: Option<(Text, Span)>,
}

struct Reader<'t> {
    source: &'t SourceFile,
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    loose: bool,
    expect: Expect,
    frames: Vec<Frame>,
    /// How many of `frames` are objects.
    objects: usize,
    /// Items of all open arrays, the innermost's last.
    items: Vec<Node>,
    /// Members of all open objects, the innermost's last.
    members: Vec<Member>,
    root: Option<Node>,
    /// How many values were placed.
    values: usize,
    faults: Vec<Fault>,
    /// Where the last token that was taken begins and ends.
    last: Span,
    /// Tokens taken since the reader was last at a loss.
    steady: u32,
    /// Whether nothing was left out yet.
    is_whole: bool,
    /// Whether the text ended inside the string that was read last.
    is_cut_off: bool,
}

impl<'t> Reader<'t> {
    fn new(source: &'t SourceFile, loose: bool) -> Self {
        let text = source.text();
        Self {
            source,
            text,
            bytes: text.as_bytes(),
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            loose,
            expect: Expect::Root,
            frames: Vec::new(),
            objects: 0,
            items: Vec::new(),
            members: Vec::new(),
            root: None,
            values: 0,
            faults: Vec::new(),
            last: Span::default(),
            steady: u32::MAX / 2,
            is_whole: true,
            is_cut_off: false,
        }
    }

    fn document(&mut self) -> Vec<Node> {
        while self.expect != Expect::Nothing {
            self.skip_blanks();
            let Some(&byte) = self.bytes.get(self.at) else {
                self.end_of_text();
                break;
            };
            self.token(byte);
        }
        self.root.take().into_iter().collect()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    fn token(&mut self, byte: u8) {
        match (self.expect, byte) {
            (Expect::AfterItem, b',') => self.punctuation(Expect::Item),
            (Expect::AfterMember, b',') => self.punctuation(Expect::Key),
            (Expect::Colon, b':') => self.punctuation(Expect::Value),
            (Expect::AfterMember | Expect::FirstKey, b'}') if self.in_object() => self.close(),
            (Expect::AfterItem | Expect::FirstItem, b']') if self.in_array() => self.close(),
            (Expect::FirstKey | Expect::Key, b'"') => {
                let (text, span) = self.string(b'"');
                self.take_key(text, span);
            }
            (Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value, b'"') => {
                let (text, span) = self.string(b'"');
                self.place_string(text, span);
            }
            (Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value, b'{' | b'[') => {
                self.open(byte == b'{');
            }
            (
                Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value,
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'+' | b'.' | b'_' | b'$',
            ) => self.word_value(),
            _ => self.unexpected(byte),
        }
    }

    fn in_object(&self) -> bool {
        self.frames.last().is_some_and(|f| f.is_object)
    }

    fn in_array(&self) -> bool {
        self.frames.last().is_some_and(|f| !f.is_object)
    }

    /// Takes one byte of punctuation.
    fn punctuation(&mut self, next: Expect) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.expect = next;
    }

    /// Notes that a token was taken.
    const fn take(&mut self, span: Span) {
        self.last = span;
        self.steady = self.steady.saturating_add(1);
    }

    fn take_key(&mut self, text: Text, span: Span) {
        self.take(span);
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((text, span));
        }
        self.expect = Expect::Colon;
    }

    fn open(&mut self, is_object: bool) {
        let span = Span::new(to_offset(self.at), to_offset(self.at + 1));
        if self.frames.len() == MAX_DEPTH {
            return self.give_up(super::too_deep(span));
        }
        self.take(span);
        self.frames.push(Frame {
            open: self.at,
            is_object,
            first: if is_object {
                self.members.len()
            } else {
                self.items.len()
            },
            key: None,
        });
        self.objects += usize::from(is_object);
        self.at += 1;
        self.expect = if is_object {
            Expect::FirstKey
        } else {
            Expect::FirstItem
        };
    }

    /// Stops, with no tree.
    fn give_up(&mut self, fault: Fault) {
        self.faults.push(fault);
        self.is_whole = false;
        self.root = None;
        self.expect = Expect::Nothing;
    }

    /// Closes the innermost frame by the byte at hand.
    fn close(&mut self) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.close_at(self.at);
    }

    /// Closes the innermost frame, whose span then ends at `end`.
    fn close_at(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else { return };
        let kind = if frame.is_object {
            self.objects -= 1;
            let members: Vec<Member> = self.members.drain(frame.first..).collect();
            duplicates::report(&members, &mut self.faults);
            NodeKind::Object(members)
        } else {
            NodeKind::Array(self.items.drain(frame.first..).collect())
        };
        let span = Span::new(to_offset(frame.open), to_offset(end));
        let last = self.last;
        self.place(Node::new(kind, span));
        self.last = last;
    }

    /// Puts a string where it belongs; half of one says nothing.
    fn place_string(&mut self, text: Text, span: Span) {
        let kind = if self.is_cut_off {
            NodeKind::Unknown
        } else {
            NodeKind::String(text)
        };
        self.place(Node::new(kind, span));
    }

    /// Puts a value where it belongs.
    fn place(&mut self, node: Node) {
        self.take(node.span);
        self.values += 1;
        if self.values > MAX_VALUES {
            return self.give_up(super::too_many(node.span));
        }
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            self.expect = Expect::AfterRoot;
            return;
        };
        if !frame.is_object {
            self.items.push(node);
            self.expect = Expect::AfterItem;
            return;
        }
        if let Some((key, key_span)) = frame.key.take() {
            self.members.push(Member {
                key,
                key_span,
                value: node,
            });
        }
        self.expect = Expect::AfterMember;
    }

    /// Reports a fault that is mended exactly, so that nothing after it is in doubt.
    fn mend(&mut self, start: usize, end: usize, message: impl Into<String>, help: impl Into<String>) {
        if self.is_full() {
            return;
        }
        let end = (end..self.text.len())
            .find(|&i| self.text.is_char_boundary(i))
            .unwrap_or(self.text.len());
        self.faults.push(Fault {
            kind: FaultKind::Syntax,
            span: Span::new(to_offset(start), to_offset(end)),
            message: message.into(),
            help: Some(help.into()),
            first: None,
        });
    }

    /// Reports a fault that is mended by a guess; what is met soon after is most likely the same fault.
    fn guess(&mut self, start: usize, end: usize, message: impl Into<String>, help: impl Into<String>) {
        if self.steady > 3 {
            self.mend(start, end, message, help);
        }
        self.steady = 0;
    }

    /// Like [`Reader::guess`], where something of the text is left out.
    fn lose(&mut self, start: usize, end: usize, message: impl Into<String>, help: impl Into<String>) {
        self.guess(start, end, message, help);
        self.is_whole = false;
    }

    /// Whether enough faults are listed; then nothing is looked ahead for any more.
    fn is_full(&self) -> bool {
        self.faults.len() >= MAX_FAULTS
    }
}
