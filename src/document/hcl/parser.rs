//! The position in a source text, its white space and words, and errors.

use crate::document::limits::{MAX_VALUES, too_deep, too_many};
use crate::document::node::{Member, Node, NodeKind, Tagged};
use crate::document::parts::Encoding;
use crate::document::syntax_error::{SyntaxError, SyntaxErrorKind};
use crate::document::text::Text;
use crate::source::{Span, to_offset};

/// The maximum nesting of blocks and expressions. The parser is recursive, and so is the code that evaluates expressions.
const MAX_NESTING: usize = 200;

/// Parses one text. A function returns `None` after it has reported an error.
pub(super) struct Parser<'a> {
    pub(super) file: &'a str,
    pub(super) at: usize,
    /// The end of the text, or of the heredoc that is being parsed.
    pub(super) end: usize,
    /// Whether line ends are white space, as between brackets.
    pub(super) is_bracketed: bool,
    /// The start of the last attribute or block of the top level.
    pub(super) item_start: usize,
    depth: usize,
    values: usize,
    pub(super) errors: Vec<SyntaxError>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self {
            file,
            at: if file.starts_with('\u{feff}') { 3 } else { 0 },
            end: file.len(),
            is_bracketed: false,
            item_start: 0,
            depth: 0,
            values: 0,
            errors: Vec::new(),
        }
    }

    /// Whether the tree contains everything in the text.
    pub(super) fn is_whole(&self) -> bool {
        let is_duplicate = |e: &SyntaxError| e.kind == SyntaxErrorKind::DuplicateKey;
        self.errors.iter().all(is_duplicate)
    }

    /// Continues at another position after an error.
    pub(super) const fn restart(&mut self, at: usize) {
        self.at = at;
        self.end = self.file.len();
        self.is_bracketed = false;
        self.depth = 0;
    }

    /// The rest of the text.
    pub(super) fn rest(&self) -> &'a str {
        self.file.get(self.at..self.end).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.rest().bytes().next()
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(to_offset(start), to_offset(self.at))
    }

    /// Reports what is wrong at the current position.
    pub(super) fn fail<T>(&mut self, message: &str) -> Option<T> {
        let line = self.rest().find('\n').unwrap_or(self.rest().len());
        let span = Span::new(to_offset(self.at), to_offset(self.at + line));
        self.errors.push(SyntaxError {
            kind: SyntaxErrorKind::Malformed,
            span,
            message: format!("invalid HCL: {message}"),
            help: Some("run `terraform validate` for details".into()),
            first: None,
        });
        None
    }

    /// Reports a bracket that is not closed.
    pub(super) fn fail_open<T>(&mut self, message: &str, open: usize) -> Option<T> {
        let failed = self.fail(message);
        if let Some(error) = self.errors.last_mut() {
            error.first = Some(Span::new(to_offset(open), to_offset(open + 1)));
        }
        failed
    }

    /// Counts one more value on this level of nesting.
    pub(super) fn count(&mut self) -> Option<()> {
        self.values += 1;
        if self.values > MAX_VALUES {
            self.errors.push(too_many(self.span_from(self.at)));
            return None;
        }
        Some(())
    }

    /// Enters one more level of nesting.
    pub(super) fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        self.check_depth(self.depth)
    }

    pub(super) const fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Fails if a chain of operations, such as `a.b.c`, is too long; each operation nests the previous ones.
    pub(super) fn check_depth(&mut self, depth: usize) -> Option<()> {
        if depth > MAX_NESTING {
            let error = too_deep(Span::new(
                to_offset(self.at),
                to_offset(self.at + 1).min(to_offset(self.end)),
            ));
            self.errors.push(error);
            return None;
        }
        Some(())
    }

    /// Skips white space and comments: line ends only where they are white space.
    pub(super) fn skip_space(&mut self) {
        self.skip(self.is_bracketed);
    }

    /// Skips white space, line ends, and comments.
    pub(super) fn skip_lines(&mut self) {
        self.skip(true);
    }

    fn skip(&mut self, with_lines: bool) {
        loop {
            let rest = self.rest();
            self.at += match rest.as_bytes() {
                [b' ' | b'\t' | b'\r', ..] => 1,
                [b'\n', ..] if with_lines => 1,
                [b'#', ..] | [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
                [b'/', b'*', ..] => rest.find("*/").map_or(rest.len(), |i| i + 2),
                _ => return,
            };
        }
    }

    pub(super) fn eat(&mut self, token: &str) -> bool {
        let is_next = self.rest().starts_with(token);
        if is_next {
            self.at += token.len();
        }
        is_next
    }

    pub(super) fn expect(&mut self, token: &str) -> Option<()> {
        self.skip_space();
        if self.eat(token) {
            return Some(());
        }
        self.fail(&format!("expected `{token}`"))
    }

    /// The identifier at the current position.
    pub(super) fn word(&self) -> Option<&'a str> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        if first != '_' && !unicode_ident::is_xid_start(first) {
            return None;
        }
        let is_part = |c: char| c == '-' || unicode_ident::is_xid_continue(c);
        Some(&rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())])
    }

    /// Reads an identifier and its span.
    pub(super) fn identifier(&mut self) -> Option<(&'a str, Span)> {
        self.skip_space();
        let Some(word) = self.word() else {
            return self.fail("expected a name");
        };
        let start = self.at;
        self.at += word.len();
        Some((word, self.span_from(start)))
    }

    /// Whether this word is next; it is then skipped.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        self.skip_space();
        let is_next = self.word() == Some(word);
        if is_next {
            self.at += word.len();
        }
        is_next
    }
}

/// A string that equals bytes of the file.
pub(super) fn verbatim(text: &str, start: u32) -> Text {
    Text::new(text, Encoding::Verbatim { start })
}

pub(super) fn string(text: &str, span: Span) -> Node {
    Node::new(NodeKind::String(verbatim(text, span.start)), span)
}

pub(super) fn member(key: &str, key_span: Span, value: Node) -> Member {
    Member {
        key: verbatim(key, key_span.start),
        key_span,
        value,
    }
}

/// An operation and its operands.
pub(super) fn operation(tag: &str, tag_span: Span, span: Span, operands: Vec<Node>) -> Node {
    let tagged = Tagged {
        tag: tag.into(),
        tag_span,
        value: Node::new(NodeKind::Array(operands), span),
    };
    Node::new(NodeKind::Tagged(Box::new(tagged)), span)
}
