//! Tokens of YAML to events, by libyaml's grammar, without recursion.

use super::scanner::Scanner;
use super::token::{Fault, FaultKind, Scalar, Token, TokenKind};
use std::ops::Range;

/// An event, with the bytes of the text that it covers.
#[derive(Debug)]
pub(super) struct Event<'t> {
    pub(super) kind: EventKind<'t>,
    pub(super) place: Range<usize>,
    pub(super) anchor: Option<&'t str>,
    /// The bytes of its tag.
    pub(super) tag: Option<Range<usize>>,
}

/// The kinds of [`Event`].
#[derive(Debug)]
pub(super) enum EventKind<'t> {
    DocumentEnd,
    StreamEnd,
    Alias(&'t str),
    /// A scalar; `None` for one that is absent, as in `key:`.
    Scalar(Option<Scalar<'t>>),
    SequenceStart {
        is_flow: bool,
    },
    MappingStart {
        is_flow: bool,
    },
    CollectionEnd,
}

/// What is parsed next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A document without `---`, if it is the first one.
    Document {
        is_first: bool,
    },
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequence {
        is_first: bool,
    },
    /// A sequence that is not indented more than its key.
    IndentlessSequence,
    BlockMappingKey {
        is_first: bool,
    },
    BlockMappingValue,
    FlowSequence {
        is_first: bool,
    },
    /// `a: b` as an item of a flow sequence.
    PairKey,
    PairValue,
    PairEnd,
    FlowMappingKey {
        is_first: bool,
    },
    FlowMappingValue,
    /// The value of a key without `:`.
    FlowMappingNoValue,
    End,
}

/// Turns tokens into events.
pub(super) struct Parser<'t> {
    scanner: Scanner<'t>,
    state: State,
    /// The states to return to.
    states: Vec<State>,
    /// The tag handles that the document declares.
    handles: Vec<&'t str>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: State::Document { is_first: true },
            states: Vec::new(),
            handles: Vec::new(),
        }
    }

    /// The next event; the last one is [`EventKind::StreamEnd`].
    pub(super) fn next(&mut self) -> Result<Event<'t>, Fault> {
        match self.state {
            State::Document { is_first } => self.document(is_first),
            State::DocumentContent => match self.scanner.peek()?.kind {
                TokenKind::Directive(_)
                | TokenKind::DocumentStart
                | TokenKind::DocumentEnd
                | TokenKind::StreamEnd => self.absent(),
                _ => self.node(true, false),
            },
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequence { is_first } => self.block_sequence(is_first),
            State::IndentlessSequence => self.indentless_sequence(),
            State::BlockMappingKey { is_first } => self.block_mapping_key(is_first),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequence { is_first } => self.flow_sequence(is_first),
            State::PairKey => self.pair_key(),
            State::PairValue => self.pair_value(),
            State::PairEnd => {
                self.state = State::FlowSequence { is_first: false };
                let at = self.scanner.peek()?.start;
                Ok(event(EventKind::CollectionEnd, at..at))
            }
            State::FlowMappingKey { is_first } => self.flow_mapping_key(is_first),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingNoValue => {
                self.state = State::FlowMappingKey { is_first: false };
                self.absent_at_token()
            }
            State::End => Ok(event(EventKind::StreamEnd, 0..0)),
        }
    }

    fn return_to_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// The value of a node that is not written, in a state that ends with it.
    fn absent(&mut self) -> Result<Event<'t>, Fault> {
        self.return_to_state();
        self.absent_at_token()
    }

    fn absent_at_token(&mut self) -> Result<Event<'t>, Fault> {
        let at = self.scanner.peek()?.start;
        Ok(event(EventKind::Scalar(None), at..at))
    }

    fn fault<T>(token: &Token<'_>, kind: FaultKind) -> Result<T, Fault> {
        Err(Fault {
            kind,
            at: token.start,
        })
    }

    /// Ends a collection with the current token.
    fn end(&mut self) -> Result<Event<'t>, Fault> {
        let token = self.scanner.peek()?;
        let event = event(EventKind::CollectionEnd, token.start..token.end);
        self.scanner.skip();
        self.return_to_state();
        Ok(event)
    }

    fn document(&mut self, is_first: bool) -> Result<Event<'t>, Fault> {
        if !is_first {
            while matches!(self.scanner.peek()?.kind, TokenKind::DocumentEnd) {
                self.scanner.skip();
            }
        }
        let token = self.scanner.peek()?;
        let is_explicit = matches!(token.kind, TokenKind::Directive(_) | TokenKind::DocumentStart);
        if matches!(token.kind, TokenKind::StreamEnd) {
            self.state = State::End;
            return self.next();
        }
        if is_first && !is_explicit {
            self.states.push(State::DocumentEnd);
            self.state = State::BlockNode;
            return self.next();
        }
        self.handles.clear();
        let mut has_version = false;
        loop {
            let token = self.scanner.peek()?;
            match token.kind {
                TokenKind::Directive(None) if has_version => return Self::fault(token, FaultKind::Directive),
                TokenKind::Directive(None) => has_version = true,
                TokenKind::Directive(Some(handle)) if self.handles.contains(&handle) => {
                    return Self::fault(token, FaultKind::Directive);
                }
                TokenKind::Directive(Some(handle)) => self.handles.push(handle),
                TokenKind::DocumentStart => break,
                _ => return Self::fault(token, FaultKind::ExpectedDocument),
            }
            self.scanner.skip();
        }
        self.scanner.skip();
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        self.next()
    }

    fn document_end(&mut self) -> Result<Event<'t>, Fault> {
        let token = self.scanner.peek()?;
        let at = token.start;
        let is_explicit = matches!(token.kind, TokenKind::DocumentEnd);
        if is_explicit {
            self.scanner.skip();
        }
        self.state = State::Document { is_first: false };
        Ok(event(EventKind::DocumentEnd, at..at))
    }

    /// Parses a value.
    fn node(&mut self, is_block: bool, may_be_indentless: bool) -> Result<Event<'t>, Fault> {
        let (mut anchor, mut tag, mut start) = (None, None, None);
        loop {
            let token = self.scanner.peek()?;
            match token.kind {
                TokenKind::Alias(name) if start.is_none() => {
                    let event = event(EventKind::Alias(name), token.start..token.end);
                    self.scanner.skip();
                    self.return_to_state();
                    return Ok(event);
                }
                TokenKind::Anchor(name) if anchor.is_none() => anchor = Some(name),
                TokenKind::Tag(handle) if tag.is_none() => {
                    let is_known = matches!(handle, "" | "!" | "!!") || self.handles.contains(&handle);
                    if !is_known {
                        return Self::fault(token, FaultKind::Tag);
                    }
                    tag = Some(token.start..token.end);
                }
                _ => break,
            }
            start = start.or(Some(token.start));
            self.scanner.skip();
        }
        let token = self.scanner.peek()?;
        let (at, end) = (token.start, token.end);
        let with = |kind, place| Event {
            kind,
            place,
            anchor,
            tag: tag.clone(),
        };
        let (kind, next) = match &token.kind {
            TokenKind::BlockEntry if may_be_indentless => {
                self.state = State::IndentlessSequence;
                return Ok(with(EventKind::SequenceStart { is_flow: false }, at..end));
            }
            TokenKind::Scalar(scalar) => {
                let event = with(EventKind::Scalar(Some(scalar.clone())), at..end);
                self.scanner.skip();
                self.return_to_state();
                return Ok(event);
            }
            TokenKind::FlowSequenceStart => (
                EventKind::SequenceStart { is_flow: true },
                State::FlowSequence { is_first: true },
            ),
            TokenKind::FlowMappingStart => (
                EventKind::MappingStart { is_flow: true },
                State::FlowMappingKey { is_first: true },
            ),
            TokenKind::BlockSequenceStart if is_block => (
                EventKind::SequenceStart { is_flow: false },
                State::BlockSequence { is_first: true },
            ),
            TokenKind::BlockMappingStart if is_block => (
                EventKind::MappingStart { is_flow: false },
                State::BlockMappingKey { is_first: true },
            ),
            _ if start.is_some() => {
                let event = with(EventKind::Scalar(None), at..at);
                self.return_to_state();
                return Ok(event);
            }
            _ => return Self::fault(token, FaultKind::ExpectedValue),
        };
        self.state = next;
        Ok(with(kind, at..end))
    }

    fn block_sequence(&mut self, is_first: bool) -> Result<Event<'t>, Fault> {
        if is_first {
            self.scanner.skip();
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                self.scanner.skip();
                let next = State::BlockSequence { is_first: false };
                if matches!(
                    self.scanner.peek()?.kind,
                    TokenKind::BlockEntry | TokenKind::BlockEnd
                ) {
                    self.state = next;
                    return self.absent_at_token();
                }
                self.states.push(next);
                self.node(true, false)
            }
            TokenKind::BlockEnd => self.end(),
            _ => Self::fault(token, FaultKind::ExpectedEntry),
        }
    }

    fn indentless_sequence(&mut self) -> Result<Event<'t>, Fault> {
        let token = self.scanner.peek()?;
        if !matches!(token.kind, TokenKind::BlockEntry) {
            let at = token.start;
            self.return_to_state();
            return Ok(event(EventKind::CollectionEnd, at..at));
        }
        self.scanner.skip();
        let is_absent = matches!(
            self.scanner.peek()?.kind,
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        );
        if is_absent {
            return self.absent_at_token();
        }
        self.states.push(State::IndentlessSequence);
        self.node(true, false)
    }

    fn block_mapping_key(&mut self, is_first: bool) -> Result<Event<'t>, Fault> {
        if is_first {
            self.scanner.skip();
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                self.scanner.skip();
                self.block_part(State::BlockMappingValue)
            }
            TokenKind::BlockEnd => self.end(),
            _ => Self::fault(token, FaultKind::ExpectedKey),
        }
    }

    fn block_mapping_value(&mut self) -> Result<Event<'t>, Fault> {
        let next = State::BlockMappingKey { is_first: false };
        if !matches!(self.scanner.peek()?.kind, TokenKind::Value) {
            self.state = next;
            return self.absent_at_token();
        }
        self.scanner.skip();
        self.block_part(next)
    }

    /// Parses a key or a value of a block mapping, which may be absent.
    fn block_part(&mut self, next: State) -> Result<Event<'t>, Fault> {
        if matches!(
            self.scanner.peek()?.kind,
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        ) {
            self.state = next;
            return self.absent_at_token();
        }
        self.states.push(next);
        self.node(true, true)
    }

    fn flow_sequence(&mut self, is_first: bool) -> Result<Event<'t>, Fault> {
        self.flow_separator(is_first, |kind| matches!(kind, TokenKind::FlowSequenceEnd))?;
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                let place = token.start..token.end;
                self.scanner.skip();
                self.state = State::PairKey;
                Ok(event(EventKind::MappingStart { is_flow: true }, place))
            }
            TokenKind::FlowSequenceEnd => self.end(),
            _ => {
                self.states.push(State::FlowSequence { is_first: false });
                self.node(false, false)
            }
        }
    }

    /// Skips the opening bracket or the comma before an item of a flow collection.
    fn flow_separator(
        &mut self,
        is_first: bool,
        is_end: impl Fn(&TokenKind<'_>) -> bool,
    ) -> Result<(), Fault> {
        if is_first {
            self.scanner.skip();
            return Ok(());
        }
        let token = self.scanner.peek()?;
        if matches!(token.kind, TokenKind::FlowEntry) {
            self.scanner.skip();
        } else if !is_end(&token.kind) {
            return Self::fault(token, FaultKind::ExpectedSeparator);
        }
        Ok(())
    }

    fn pair_key(&mut self) -> Result<Event<'t>, Fault> {
        self.flow_part(State::PairValue, |kind| {
            matches!(
                kind,
                TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd
            )
        })
    }

    fn pair_value(&mut self) -> Result<Event<'t>, Fault> {
        self.flow_value(State::PairEnd, |kind| {
            matches!(kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd)
        })
    }

    fn flow_mapping_key(&mut self, is_first: bool) -> Result<Event<'t>, Fault> {
        self.flow_separator(is_first, |kind| matches!(kind, TokenKind::FlowMappingEnd))?;
        match self.scanner.peek()?.kind {
            TokenKind::Key => {
                self.scanner.skip();
                self.flow_part(State::FlowMappingValue, |kind| {
                    matches!(
                        kind,
                        TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd
                    )
                })
            }
            TokenKind::FlowMappingEnd => self.end(),
            _ => {
                self.states.push(State::FlowMappingNoValue);
                self.node(false, false)
            }
        }
    }

    fn flow_mapping_value(&mut self) -> Result<Event<'t>, Fault> {
        self.flow_value(State::FlowMappingKey { is_first: false }, |kind| {
            matches!(kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd)
        })
    }

    /// Parses the value after a key of a flow collection; without `:`, it is absent.
    fn flow_value(
        &mut self,
        next: State,
        is_end: impl Fn(&TokenKind<'_>) -> bool,
    ) -> Result<Event<'t>, Fault> {
        if !matches!(self.scanner.peek()?.kind, TokenKind::Value) {
            self.state = next;
            return self.absent_at_token();
        }
        self.scanner.skip();
        self.flow_part(next, is_end)
    }

    /// Parses a key or a value of a flow collection, which may be absent.
    fn flow_part(
        &mut self,
        next: State,
        is_end: impl Fn(&TokenKind<'_>) -> bool,
    ) -> Result<Event<'t>, Fault> {
        if is_end(&self.scanner.peek()?.kind) {
            self.state = next;
            return self.absent_at_token();
        }
        self.states.push(next);
        self.node(false, false)
    }
}

const fn event(kind: EventKind<'_>, place: Range<usize>) -> Event<'_> {
    Event {
        kind,
        place,
        anchor: None,
        tag: None,
    }
}
