//! The JSON reader: its state, and the fast path for valid text.

use crate::document::duplicates;
use crate::document::limits::{MAX_DEPTH, MAX_VALUES, too_deep, too_many};
use crate::document::node::{Member, Node, NodeKind};
use crate::document::parsed::Reading;
use crate::document::syntax_error::{SyntaxError, SyntaxErrorKind};
use crate::document::text::Text;
use crate::source::{SourceFile, Span, to_offset};
use crate::spec::placeholder;
use std::mem;

/// How many errors of a file are reported; recovery continues silently after that.
const MAX_ERRORS: usize = 50;

/// Reads JSON; with `is_json5`, the extensions of JSON5 are accepted.
pub(in crate::document) fn read(source: &SourceFile, is_json5: bool) -> Reading {
    let has_foreign_marks = placeholder::may_be_foreign(source.text().as_bytes());
    let mut reader = Reader::new(source, is_json5, has_foreign_marks);
    let roots = reader.document();
    Reading {
        roots,
        errors: reader.errors,
        is_whole: reader.is_whole,
    }
}

/// What the grammar expects next.
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
    /// Nothing: the rest of the text is ignored.
    Nothing,
}

/// An array or object whose end has not been read yet.
pub(super) struct Frame {
    pub(super) open: usize,
    pub(super) is_object: bool,
    /// The index of its first child in the reader's `items` or `members`.
    pub(super) first: usize,
    /// Whether the object's last member has only a key so far. A value without a key is dropped.
    pub(super) has_key: bool,
}

#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct Reader<'t> {
    pub(super) source: &'t SourceFile,
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) is_json5: bool,
    /// Whether strings may contain placeholders other than `${…}`.
    pub(super) has_foreign_marks: bool,
    pub(super) expect: Expect,
    pub(super) frames: Vec<Frame>,
    /// How many of `frames` are objects.
    pub(super) objects: usize,
    /// The items of all open arrays, the innermost array's last.
    pub(super) items: Vec<Node>,
    /// The members of all open objects, the innermost object's last; with [`Frame::has_key`], a key without a value between
    /// two objects.
    pub(super) members: Vec<Member>,
    pub(super) root: Option<Node>,
    /// How many values have been added.
    pub(super) values: usize,
    pub(super) errors: Vec<SyntaxError>,
    /// The span of the last token.
    pub(super) last: Span,
    /// Tokens read since the last error that was recovered from by a guess.
    pub(super) tokens_since_error: u32,
    /// Whether no text has been skipped.
    pub(super) is_whole: bool,
    /// Whether the text ended inside the last string.
    pub(super) is_cut_off: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(source: &'t SourceFile, is_json5: bool, has_foreign_marks: bool) -> Self {
        let text = source.text();
        Self {
            source,
            text,
            bytes: text.as_bytes(),
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            is_json5,
            has_foreign_marks,
            expect: Expect::Root,
            frames: Vec::new(),
            objects: 0,
            items: Vec::new(),
            // An object of many large members is rare, except for a machine's states.
            members: Vec::with_capacity(text.len() / 256),
            root: None,
            values: 0,
            errors: Vec::new(),
            last: Span::default(),
            tokens_since_error: u32::MAX / 2,
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

    /// Reads the token that starts with `byte`, and the comma or colon right after it.
    pub(super) fn token(&mut self, byte: u8) {
        match (self.expect, byte) {
            (Expect::AfterItem | Expect::AfterMember, b',') | (Expect::Colon, b':') => {}
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
        match (self.expect, self.bytes.get(self.at)) {
            (Expect::AfterItem, Some(b',')) => self.punctuation(Expect::Item),
            (Expect::AfterMember, Some(b',')) => self.punctuation(Expect::Key),
            (Expect::Colon, Some(b':')) => self.punctuation(Expect::Value),
            _ => {}
        }
    }

    pub(super) fn in_object(&self) -> bool {
        self.frames.last().is_some_and(|f| f.is_object)
    }

    pub(super) fn in_array(&self) -> bool {
        self.frames.last().is_some_and(|f| !f.is_object)
    }

    /// Reads one byte of punctuation.
    pub(super) fn punctuation(&mut self, next: Expect) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.expect = next;
    }

    /// Records that a token was read.
    pub(super) const fn take(&mut self, span: Span) {
        self.last = span;
        self.tokens_since_error = self.tokens_since_error.saturating_add(1);
    }

    /// Adds a key, whose value follows, to the innermost frame.
    pub(super) fn take_key(&mut self, key: Text, key_span: Span) {
        self.take(key_span);
        self.drop_key();
        if let Some(frame) = self.frames.last_mut() {
            frame.has_key = true;
            let value = Node::new(NodeKind::Unknown, Span::default());
            self.members.push(Member { key, key_span, value });
        }
        self.expect = Expect::Colon;
    }

    /// The member of the innermost frame that has only a key so far.
    pub(super) fn keyed(&self) -> Option<&Member> {
        let has_key = self.frames.last()?.has_key;
        self.members.last().filter(|_| has_key)
    }

    /// Removes a key that has no value.
    pub(super) fn drop_key(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && mem::take(&mut frame.has_key)
        {
            self.members.pop();
        }
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
            has_key: false,
        });
        self.objects += usize::from(is_object);
        self.at += 1;
        self.expect = if is_object {
            Expect::FirstKey
        } else {
            Expect::FirstItem
        };
    }

    /// Stops reading and discards the tree.
    pub(super) fn give_up(&mut self, error: SyntaxError) {
        self.errors.push(error);
        self.is_whole = false;
        self.root = None;
        self.expect = Expect::Nothing;
    }

    /// Closes the innermost frame with the byte at the current position.
    pub(super) fn close(&mut self) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.close_at(self.at);
    }

    /// Closes the innermost frame, whose span ends at `end`.
    pub(super) fn close_at(&mut self, end: usize) {
        self.drop_key();
        let Some(frame) = self.frames.pop() else { return };
        let kind = if frame.is_object {
            self.objects -= 1;
            let members = self.members.split_off(frame.first);
            duplicates::report(&members, &mut self.errors);
            NodeKind::Object(members)
        } else {
            NodeKind::Array(self.items.split_off(frame.first))
        };
        let span = Span::new(to_offset(frame.open), to_offset(end));
        let last = self.last;
        self.place(Node::new(kind, span));
        self.last = last;
    }

    /// Adds a string; an unterminated one is an unknown value.
    pub(super) fn place_string(&mut self, text: Text, span: Span) {
        let kind = if self.is_cut_off {
            NodeKind::Unknown
        } else {
            NodeKind::String(text)
        };
        self.place(Node::new(kind, span));
    }

    /// Adds a value to the innermost frame.
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
        if mem::take(&mut frame.has_key)
            && let Some(member) = self.members.last_mut()
        {
            member.value = node;
        }
        self.expect = Expect::AfterMember;
    }

    /// Reports an error whose correction is certain, so that the following errors are independent of it.
    pub(super) fn report(
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
        self.errors.push(SyntaxError {
            kind: SyntaxErrorKind::Malformed,
            span: Span::new(to_offset(start), to_offset(end)),
            message: message.into(),
            help: Some(help.into()),
            first: None,
        });
    }

    /// Like [`Reader::report`], for text that is to be removed.
    pub(super) fn report_superfluous(
        &mut self,
        start: usize,
        end: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let reported = self.errors.len();
        self.report(start, end, message, help);
        if let Some(error) = self.errors.get_mut(reported) {
            error.kind = SyntaxErrorKind::Superfluous;
        }
    }

    /// Reports an error whose correction is a guess; errors that follow closely are most likely its consequences.
    pub(super) fn report_guess(
        &mut self,
        start: usize,
        end: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.tokens_since_error > 3 {
            self.report(start, end, message, help);
        }
        self.tokens_since_error = 0;
    }

    /// Like [`Reader::report_guess`], for an error after which part of the text is skipped.
    pub(super) fn report_skipped(
        &mut self,
        start: usize,
        end: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_guess(start, end, message, help);
        self.is_whole = false;
    }

    /// Whether the maximum number of errors has been reported; no lookahead is done after that.
    pub(super) fn is_full(&self) -> bool {
        self.errors.len() >= MAX_ERRORS
    }
}
