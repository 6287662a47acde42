//! Expressions that select cases: `name(#*declined*) and not tag(slow)`.

use super::text_pattern::regular_expression;
use crate::prose;
use regex::Regex;

/// The predicates of expressions.
const PREDICATES: [&str; 4] = ["name", "machine", "state", "tag"];

/// What a filter can select a case by.
#[derive(Debug, Default, Clone, Copy)]
pub struct Subject<'a> {
    /// The name of the case.
    pub name: &'a str,
    /// The names of its machine: the path, the name in the template.
    pub machines: &'a [String],
    /// The states that the case names.
    pub states: &'a [&'a str],
    /// Its tags.
    pub tags: &'a [&'a str],
}

/// An expression that selects cases.
#[derive(Debug)]
pub struct Filter {
    node: Node,
    /// Whether the text is an expression, and not a glob for names.
    pub is_expression: bool,
}

#[derive(Debug)]
enum Node {
    Predicate(&'static str, Pattern),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
}

#[derive(Debug)]
enum Pattern {
    Exact(String),
    Part(String),
    Regex(Box<Regex>),
}

impl Filter {
    /// Reads an expression. Any other string is a glob for whole names.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: text };
        match parser.expression() {
            Some(Ok(node)) if parser.rest.trim().is_empty() => Ok(Self {
                node,
                is_expression: true,
            }),
            Some(Err(error)) => Err(error),
            _ => Ok(Self {
                node: Node::Predicate("name", glob(text)),
                is_expression: false,
            }),
        }
    }

    /// Whether it selects a case.
    pub fn selects(&self, subject: &Subject<'_>) -> bool {
        self.node.selects(subject)
    }

    /// The expression that selects the case with this name.
    pub fn exact_name(name: &str) -> String {
        let mut text = String::from("name(=");
        for c in name.chars() {
            if matches!(c, '(' | ')' | '\\') {
                text.push('\\');
            }
            text.push(c);
        }
        text.push(')');
        text
    }
}

impl Node {
    fn selects(&self, subject: &Subject<'_>) -> bool {
        match self {
            Self::Not(inner) => !inner.selects(subject),
            Self::And(a, b) => a.selects(subject) && b.selects(subject),
            Self::Or(a, b) => a.selects(subject) || b.selects(subject),
            Self::Predicate("name", pattern) => pattern.matches(subject.name),
            Self::Predicate("machine", pattern) => subject.machines.iter().any(|name| pattern.matches(name)),
            Self::Predicate("state", pattern) => subject.states.iter().any(|name| pattern.matches(name)),
            Self::Predicate(_, pattern) => subject.tags.iter().any(|name| pattern.matches(name)),
        }
    }
}

impl Pattern {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(exact) => text == exact,
            Self::Part(part) => text.contains(part.as_str()),
            Self::Regex(regex) => regex.is_match(text),
        }
    }
}

/// A glob: `*` is any text, `?` is any character.
fn glob(text: &str) -> Pattern {
    let mut regex = String::from("(?s)^");
    for c in text.chars() {
        match c {
            '*' => regex.push_str(".*"),
            '?' => regex.push('.'),
            c => regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    regex.push('$');
    match Regex::new(&regex) {
        Ok(regex) => Pattern::Regex(Box::new(regex)),
        // Too long to compile, so no name matches it either.
        Err(_) => Pattern::Exact(text.to_owned()),
    }
}

/// The parts of an expression; `None` if the text is not an expression, and an error if it cannot be anything else.
struct Parser<'t> {
    rest: &'t str,
}

type Parsed = Option<Result<Node, String>>;

impl Parser<'_> {
    fn expression(&mut self) -> Parsed {
        self.joined("or", Self::conjunction, Node::Or)
    }

    fn conjunction(&mut self) -> Parsed {
        self.joined("and", Self::term, Node::And)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parsed,
        join: fn(Box<Node>, Box<Node>) -> Node,
    ) -> Parsed {
        let mut node = match part(self)? {
            Ok(node) => node,
            Err(error) => return Some(Err(error)),
        };
        while self.word(word) {
            match part(self)? {
                Ok(next) => node = join(Box::new(node), Box::new(next)),
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(node))
    }

    fn term(&mut self) -> Parsed {
        if self.word("not") {
            return Some(self.term()?.map(|node| Node::Not(Box::new(node))));
        }
        if self.sign('(') {
            let node = self.expression()?;
            return self.sign(')').then_some(node);
        }
        let name = PREDICATES.into_iter().find(|name| {
            let after = self.rest.trim_start().strip_prefix(name);
            after.is_some_and(|after| after.starts_with('('))
        })?;
        self.rest = &self.rest.trim_start()[name.len() + 1..];
        let pattern = self.pattern()?;
        Some(pattern.map(|pattern| Node::Predicate(name, pattern)))
    }

    fn pattern(&mut self) -> Option<Result<Pattern, String>> {
        if let Some(rest) = self.rest.strip_prefix('/') {
            self.rest = rest;
            let text = self.until('/', &['/'])?;
            if !self.sign(')') {
                return None;
            }
            let regex = regular_expression(&text)
                .map_err(|why| format!("invalid regular expression `{text}`: {why}"));
            return Some(regex.map(|regex| Pattern::Regex(Box::new(regex))));
        }
        let kind = self.rest.chars().next().filter(|c| matches!(c, '=' | '~' | '#'));
        self.rest = &self.rest[kind.map_or(0, char::len_utf8)..];
        let text = self.until(')', &['(', ')', '\\'])?;
        Some(Ok(match kind {
            Some('=') => Pattern::Exact(text),
            Some('~') => Pattern::Part(text),
            _ => glob(&text),
        }))
    }

    /// The text before `end`; a backslash before one of `escaped` is left out.
    fn until(&mut self, end: char, escaped: &[char]) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == end {
                self.rest = &self.rest[at + c.len_utf8()..];
                return Some(text);
            }
            let next = chars.as_str().chars().next();
            match next.filter(|next| c == '\\' && escaped.contains(next)) {
                Some(next) => {
                    text.push(next);
                    chars.next();
                }
                None => text.push(c),
            }
        }
        None
    }

    fn sign(&mut self, sign: char) -> bool {
        let after = self.rest.trim_start().strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// A word that does not go on.
    fn word(&mut self, word: &str) -> bool {
        let after = self.rest.trim_start().strip_prefix(word);
        match after.filter(|after| after.starts_with(|c: char| c.is_whitespace() || c == '(')) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }
}

/// How to write an expression, for help texts.
pub fn syntax() -> String {
    let predicates = PREDICATES.map(|name| format!("{name}(…)"));
    format!(
        "use a glob for the whole name, or an expression of {} with and, or, not, and parentheses",
        prose::list(predicates)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn expressions_select_cases() {
        let machines = ["orders.asl.json".to_owned(), "Orders".to_owned()];
        let subject = Subject {
            name: "a declined card (Visa)",
            machines: &machines,
            states: &["Charge"],
            tags: &["payment", "slow"],
        };
        for (text, expected) in [
            ("a declined card (Visa)", true),
            ("a declined*", true),
            ("declined", false),
            ("*(visa)", false),
            ("name(~declined)", true),
            ("name(=a declined card \\(Visa\\))", true),
            ("name(=a declined card)", false),
            ("name(#a * card *)", true),
            ("name(/^a .* card/)", true),
            ("tag(payment) and not tag(slow)", false),
            ("tag(fast) or (state(Ch*) and machine(Orders))", true),
            ("not name(~declined) or tag(slow)", true),
            ("not(tag(slow))", false),
            ("tag(payment) and", false),
        ] {
            assert_eq!(Filter::parse(text).unwrap().selects(&subject), expected, "{text}");
        }
        assert!(Filter::parse("name(/(/)").is_err());
    }

    proptest! {
        #[test]
        fn every_name_has_an_expression(name in "[a-z()\\\\ '\"=~#/\u{e9}]{0,12}", other in "[a()\\\\]{0,3}") {
            let filter = Filter::parse(&Filter::exact_name(&name)).unwrap();
            let of = |name| Subject { name, ..Subject::default() };
            prop_assert!(filter.selects(&of(&name)));
            prop_assert_eq!(filter.selects(&of(&other)), name == other);
        }

        #[test]
        fn no_text_panics(text in "(name|tag|and|or|not|[()=~#/ \\\\a*]){0,12}") {
            drop(Filter::parse(&text));
        }
    }
}
