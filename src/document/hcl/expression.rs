//! Expressions.

use super::parser::{Parser, member, operation, string};
use crate::document::duplicates;
use crate::document::node::{Member, Node, NodeKind};
use crate::document::syntax_error::{SyntaxError, SyntaxErrorKind};
use crate::source::{Span, to_offset};

/// The end of the keys of payload templates whose values are paths.
const PATH_SUFFIX: &str = ".$";

/// The binary operators and their precedence. Those that start with another one precede it.
const OPERATORS: [(&str, u8); 13] = [
    ("||", 1),
    ("&&", 2),
    ("==", 3),
    ("!=", 3),
    ("<=", 4),
    (">=", 4),
    ("<", 4),
    (">", 4),
    ("+", 5),
    ("-", 5),
    ("*", 6),
    ("/", 6),
    ("%", 6),
];

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Option<Node> {
        self.enter()?;
        let start = self.at;
        let mut node = self.binary(0)?;
        self.skip_space();
        if self.peek() == Some(b'?') {
            self.at += 1;
            let tag = self.span_from(self.at - 1);
            self.skip_space();
            let yes = self.expression()?;
            self.expect(":")?;
            self.skip_space();
            let no = self.expression()?;
            node = operation("?", tag, self.span_from(start), vec![node, yes, no]);
        }
        self.leave();
        Some(node)
    }

    /// An operand, and the binary operators after it of at least this precedence.
    fn binary(&mut self, least: u8) -> Option<Node> {
        let start = self.at;
        let mut left = self.unary()?;
        for length in 1.. {
            self.skip_space();
            let rest = self.rest();
            let operator = OPERATORS.iter().find(|(operator, _)| rest.starts_with(operator));
            let Some((operator, precedence)) = operator.filter(|(_, precedence)| *precedence >= least) else {
                break;
            };
            self.check_depth(length)?;
            let tag = self.at;
            self.at += operator.len();
            let tag = self.span_from(tag);
            self.skip_space();
            let right = self.binary(precedence + 1)?;
            left = operation(operator, tag, self.span_from(start), vec![left, right]);
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<Node> {
        let start = self.at;
        let operator = match self.peek() {
            Some(b'!') => "!",
            Some(b'-') => "-",
            _ => return self.postfix(),
        };
        self.at += 1;
        let tag = self.span_from(start);
        self.skip_space();
        self.enter()?;
        let operand = self.unary()?;
        self.leave();
        let span = self.span_from(start);
        Some(match (operator, operand.kind) {
            ("-", NodeKind::Number(number)) if !number.starts_with('-') => {
                Node::new(NodeKind::Number(format!("-{number}").into()), span)
            }
            (_, kind) => operation(operator, tag, span, vec![Node::new(kind, operand.span)]),
        })
    }

    fn postfix(&mut self) -> Option<Node> {
        let start = self.at;
        let first = self.primary()?;
        self.traversal(first, start)
    }

    /// The attributes and indexes after an expression that starts at `start`.
    fn traversal(&mut self, mut node: Node, start: usize) -> Option<Node> {
        for length in 1.. {
            let before = self.at;
            self.skip_space();
            let rest = self.rest();
            let tag = self.at;
            if rest.starts_with(".*") || rest.starts_with("[*]") {
                self.at += if rest.starts_with('[') { 3 } else { 2 };
                let tag = self.span_from(tag);
                self.enter()?;
                let element = operation("$", tag, tag, vec![string("*", tag)]);
                let body = self.traversal(element, start)?;
                self.leave();
                return Some(operation("[*]", tag, self.span_from(start), vec![node, body]));
            }
            let (operator, operand) = if rest.starts_with('.') && !rest.starts_with("...") {
                self.at += 1;
                self.attribute()?
            } else if rest.starts_with('[') {
                self.at += 1;
                ("[]", self.in_brackets("]", Self::expression)?)
            } else {
                self.at = before;
                break;
            };
            self.check_depth(length)?;
            let tag = Span::new(to_offset(tag), to_offset(tag + 1));
            node = operation(operator, tag, self.span_from(start), vec![node, operand]);
        }
        Some(node)
    }

    /// The name after a dot, or the index in the syntax of Terraform 0.11.
    fn attribute(&mut self) -> Option<(&'static str, Node)> {
        self.skip_space();
        let start = self.at;
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let number = &self.rest()[..digits];
            self.at += digits;
            let kind = NodeKind::Number(without_leading_zeros(number).into());
            return Some(("[]", Node::new(kind, self.span_from(start))));
        }
        let (name, span) = self.identifier()?;
        Some((".", string(name, span)))
    }

    /// What is between two brackets, where line ends are white space.
    pub(super) fn in_brackets<T>(
        &mut self,
        close: &str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let outer = std::mem::replace(&mut self.is_bracketed, true);
        self.skip_space();
        let found = read(self)?;
        self.expect(close)?;
        self.is_bracketed = outer;
        Some(found)
    }

    pub(super) fn primary(&mut self) -> Option<Node> {
        self.count()?;
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.quoted(),
            Some(b'<') if self.rest().starts_with("<<") => self.heredoc(),
            Some(b'0'..=b'9') => self.number(),
            Some(b'(') => {
                self.at += 1;
                self.in_brackets(")", Self::expression)
            }
            Some(b'[') => {
                self.at += 1;
                let kind = self.in_brackets("]", Self::tuple)?;
                Some(Node::new(kind, self.span_from(start)).parenthesized())
            }
            Some(b'{') => self.braces(),
            _ => self.name(),
        }
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "the parsers of all terms have one signature"
    )]
    fn number(&mut self) -> Option<Node> {
        let start = self.at;
        let rest = self.rest();
        let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(0);
        let mut length = whole;
        if rest[length..].starts_with('.') && digits(length + 1) > 0 {
            length += 1 + digits(length + 1);
        }
        if rest[length..].starts_with(['e', 'E']) {
            let sign = usize::from(rest[length + 1..].starts_with(['+', '-']));
            if digits(length + 1 + sign) > 0 {
                length += 1 + sign + digits(length + 1 + sign);
            }
        }
        self.at += length;
        let text = without_leading_zeros(&rest[..length]);
        Some(Node::new(NodeKind::Number(text.into()), self.span_from(start)))
    }

    /// A keyword, a name, or a call.
    fn name(&mut self) -> Option<Node> {
        let start = self.at;
        let Some(word) = self.word() else {
            return self.fail("expected an expression");
        };
        self.at += word.len();
        // A provider's function: `provider::aws::arn_build`.
        while self.rest().starts_with("::") {
            self.at += 2;
            self.identifier()?;
        }
        let span = self.span_from(start);
        let word = &self.file[span.range()];
        if self.peek() == Some(b'(') {
            self.at += 1;
            let arguments = self.in_brackets(")", Self::arguments)?;
            return Some(operation(word, span, self.span_from(start), arguments));
        }
        let kind = match word {
            "true" => NodeKind::Bool(true),
            "false" => NodeKind::Bool(false),
            "null" => NodeKind::Null,
            _ => return Some(operation("$", span, span, vec![string(word, span)])),
        };
        Some(Node::new(kind, span))
    }

    fn arguments(&mut self) -> Option<Vec<Node>> {
        let mut arguments = Vec::new();
        while self.peek() != Some(b')') {
            let argument = self.expression()?;
            self.skip_space();
            let tag = self.at;
            arguments.push(if self.eat("...") {
                operation("...", self.span_from(tag), argument.span, vec![argument])
            } else {
                argument
            });
            self.skip_space();
            if !self.eat(",") {
                break;
            }
            self.skip_space();
        }
        Some(arguments)
    }

    fn tuple(&mut self) -> Option<NodeKind> {
        if self.word() == Some("for") {
            return self.comprehension(false);
        }
        let mut items = Vec::new();
        while self.peek() != Some(b']') {
            items.push(self.expression()?);
            self.skip_space();
            if !self.eat(",") {
                break;
            }
            self.skip_space();
        }
        Some(NodeKind::Array(items))
    }

    /// `for k, v in collection : …`
    fn comprehension(&mut self, is_object: bool) -> Option<NodeKind> {
        let start = self.at;
        self.eat_word("for");
        let tag = self.span_from(start);
        let mut operands = self.iteration()?;
        self.expect(":")?;
        self.skip_space();
        let mut value = self.expression()?;
        let mut key = None;
        let mut is_grouped = false;
        if is_object {
            self.expect("=>")?;
            self.skip_space();
            key = Some(std::mem::replace(&mut value, self.expression()?));
            self.skip_space();
            is_grouped = self.eat("...");
        }
        operands.push(value);
        operands.push(if self.eat_word("if") {
            self.skip_space();
            self.expression()?
        } else {
            Node::new(NodeKind::Null, tag)
        });
        let grouped = Node::new(NodeKind::Bool(is_grouped), tag);
        let name = if is_object { "{for}" } else { "[for]" };
        operands.extend(key.map(|key| [key, grouped]).into_iter().flatten());
        Some(operation(name, tag, self.span_from(start), operands).kind)
    }

    /// `k, v in collection`: the first name, which may be absent, the second one, and the collection.
    pub(super) fn iteration(&mut self) -> Option<Vec<Node>> {
        let (mut name, mut span) = self.identifier()?;
        let mut key = Node::new(NodeKind::Null, span);
        self.skip_space();
        if self.eat(",") {
            key = string(name, span);
            (name, span) = self.identifier()?;
        }
        if !self.eat_word("in") {
            return self.fail("expected `in`");
        }
        self.skip_space();
        Some(vec![key, string(name, span), self.expression()?])
    }

    /// An object, or a `for` expression that makes one.
    fn braces(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        self.skip_lines();
        if self.word() == Some("for") && !self.is_key(3) {
            let kind = self.in_brackets("}", |parser| parser.comprehension(true))?;
            return Some(Node::new(kind, self.span_from(start)).parenthesized());
        }
        let outer = std::mem::replace(&mut self.is_bracketed, false);
        let mut entries: Vec<(Node, Node)> = Vec::new();
        loop {
            self.skip_lines();
            if self.eat("}") {
                break;
            }
            if self.peek().is_none() {
                return self.fail_open("unclosed object", start);
            }
            self.count()?;
            let key = self.key()?;
            self.skip_space();
            if !(self.eat("=") || self.eat(":")) {
                return self.fail("expected `=` after the key of an object");
            }
            self.skip_lines();
            let value = self.expression()?;
            entries.push((key, value));
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'\n' | b'}') | None => {}
                _ => return self.fail("expected a comma or a line break between the members of an object"),
            }
        }
        self.is_bracketed = outer;
        Some(self.object(entries, start))
    }

    /// Whether the word of this length that is next is the key of an object.
    fn is_key(&self, length: usize) -> bool {
        let next = self.rest()[length..].trim_start_matches([' ', '\t']);
        next.starts_with(':') || next.starts_with('=') && !next.starts_with("==")
    }

    /// Whether the word that is next and `.$` are the key of an object, which is a common mistake.
    fn is_path_key(&self, word: &str) -> bool {
        self.rest()[word.len()..].starts_with(PATH_SUFFIX) && self.is_key(word.len() + PATH_SUFFIX.len())
    }

    fn key(&mut self) -> Option<Node> {
        match self.word() {
            Some(word) if self.is_key(word.len()) => {
                let (word, span) = self.identifier()?;
                Some(string(word, span))
            }
            Some(word) if self.is_path_key(word) => {
                let start = self.at;
                self.at += word.len() + PATH_SUFFIX.len();
                let (key, span) = (&self.file[start..self.at], self.span_from(start));
                self.errors.push(SyntaxError {
                    kind: SyntaxErrorKind::Malformed,
                    span,
                    message: format!("invalid HCL: key `{key}` is not in quotes"),
                    help: Some(format!("write `\"{key}\"`")),
                    first: None,
                });
                Some(string(key, span))
            }
            _ => self.expression(),
        }
    }

    fn object(&mut self, entries: Vec<(Node, Node)>, start: usize) -> Node {
        let span = self.span_from(start);
        let is_literal = |key: &Node| {
            matches!(
                key.kind,
                NodeKind::String(_) | NodeKind::Number(_) | NodeKind::Bool(_)
            )
        };
        if !entries.iter().all(|(key, _)| is_literal(key)) {
            let pair = |(key, value): (Node, Node)| {
                let span = Span::new(key.span.start, value.span.end);
                Node::new(NodeKind::Array(vec![key, value]), span)
            };
            let pairs = entries.into_iter().map(pair).collect();
            return operation("{}", Span::new(span.start, span.start + 1), span, pairs);
        }
        let entry = |(key, value): (Node, Node)| match key.kind {
            NodeKind::String(text) => Member {
                key: text,
                key_span: key.span,
                value,
            },
            NodeKind::Bool(is_true) => member(if is_true { "true" } else { "false" }, key.span, value),
            kind => member(
                Node::new(kind, key.span).as_number().unwrap_or_default(),
                key.span,
                value,
            ),
        };
        let members: Vec<Member> = entries.into_iter().map(entry).collect();
        duplicates::report(&members, &mut self.errors);
        Node::new(NodeKind::Object(members), span)
    }
}

impl Node {
    /// An operation in brackets, with the brackets in its operands' span too.
    fn parenthesized(mut self) -> Self {
        if let NodeKind::Tagged(tagged) = &mut self.kind {
            tagged.value.span = self.span;
        }
        self
    }
}

/// A number as JSON permits it.
fn without_leading_zeros(number: &str) -> &str {
    let short = number.trim_start_matches('0');
    if short.starts_with(|c: char| c.is_ascii_digit()) {
        short
    } else {
        &number[number.len() - short.len() - 1..]
    }
}
