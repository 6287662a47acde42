//! The reader: what is open, what is expected next, and the paths of a text within the grammar.

use crate::document::duplicates;
use crate::document::limits::{MAX_DEPTH, MAX_VALUES, too_deep, too_many};
use crate::document::node::{Member, Node, NodeKind};
use crate::document::parsed::Reading;
use crate::document::syntax_error::{Fault, FaultKind};
use crate::document::text::Text;
use crate::source::{SourceFile, Span, to_offset};

/// How many faults of a file are listed; further ones are mended silently.
const MAX_FAULTS: usize = 50;

/// Reads JSON; `loose` takes what JSON5 adds to it.
pub(in crate::document) fn read(source: &SourceFile, loose: bool) -> Reading {
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
pub(super) enum Expect {
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
pub(super) struct Frame {
    pub(super) open: usize,
    pub(super) is_object: bool,
    /// Where its children begin in the reader's `items` or `members`.
    pub(super) first: usize,
    /// The key whose value is being read; `None` where the value belongs to no key and is dropped.
    pub(super) key: Option<(Text, Span)>,
}

pub(super) struct Reader<'t> {
    pub(super) source: &'t SourceFile,
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) loose: bool,
    pub(super) expect: Expect,
    pub(super) frames: Vec<Frame>,
    /// How many of `frames` are objects.
    pub(super) objects: usize,
    /// Items of all open arrays, the innermost's last.
    pub(super) items: Vec<Node>,
    /// Members of all open objects, the innermost's last.
    pub(super) members: Vec<Member>,
    pub(super) root: Option<Node>,
    /// How many values were placed.
    pub(super) values: usize,
    pub(super) faults: Vec<Fault>,
    /// Where the last token that was taken begins and ends.
    pub(super) last: Span,
    /// Tokens taken since the reader was last at a loss.
    pub(super) steady: u32,
    /// Whether nothing was left out yet.
    pub(super) is_whole: bool,
    /// Whether the text ended inside the string that was read last.
    pub(super) is_cut_off: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(source: &'t SourceFile, loose: bool) -> Self {
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

    pub(super) fn document(&mut self) -> Vec<Node> {
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

    pub(super) fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    pub(super) fn token(&mut self, byte: u8) {
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

    pub(super) fn in_object(&self) -> bool {
        self.frames.last().is_some_and(|f| f.is_object)
    }

    pub(super) fn in_array(&self) -> bool {
        self.frames.last().is_some_and(|f| !f.is_object)
    }

    /// Takes one byte of punctuation.
    pub(super) fn punctuation(&mut self, next: Expect) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.expect = next;
    }

    /// Notes that a token was taken.
    pub(super) const fn take(&mut self, span: Span) {
        self.last = span;
        self.steady = self.steady.saturating_add(1);
    }

    pub(super) fn take_key(&mut self, text: Text, span: Span) {
        self.take(span);
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((text, span));
        }
        self.expect = Expect::Colon;
    }

    pub(super) fn open(&mut self, is_object: bool) {
        let span = Span::new(to_offset(self.at), to_offset(self.at + 1));
        if self.frames.len() == MAX_DEPTH {
            return self.give_up(too_deep(span));
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
    pub(super) fn give_up(&mut self, fault: Fault) {
        self.faults.push(fault);
        self.is_whole = false;
        self.root = None;
        self.expect = Expect::Nothing;
    }

    /// Closes the innermost frame by the byte at hand.
    pub(super) fn close(&mut self) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.close_at(self.at);
    }

    /// Closes the innermost frame, whose span then ends at `end`.
    pub(super) fn close_at(&mut self, end: usize) {
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
    pub(super) fn place_string(&mut self, text: Text, span: Span) {
        let kind = if self.is_cut_off {
            NodeKind::Unknown
        } else {
            NodeKind::String(text)
        };
        self.place(Node::new(kind, span));
    }

    /// Puts a value where it belongs.
    pub(super) fn place(&mut self, node: Node) {
        self.take(node.span);
        self.values += 1;
        if self.values > MAX_VALUES {
            return self.give_up(too_many(node.span));
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
    pub(super) fn mend(
        &mut self,
        start: usize,
        end: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
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
    pub(super) fn guess(
        &mut self,
        start: usize,
        end: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.steady > 3 {
            self.mend(start, end, message, help);
        }
        self.steady = 0;
    }

    /// Like [`Reader::guess`], where something of the text is left out.
    pub(super) fn lose(
        &mut self,
        start: usize,
        end: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.guess(start, end, message, help);
        self.is_whole = false;
    }

    /// Whether enough faults are listed; then nothing is looked ahead for any more.
    pub(super) fn is_full(&self) -> bool {
        self.faults.len() >= MAX_FAULTS
    }
}
