//! The asl format of mocks, in YAML or JSON.

use super::outcomes::{AfterLast, ChildRef, MockedCompletion, Mocks, Outcome, Outcomes};
use crate::asl::{Owner, Parsed, Payload, literal};
use crate::diagnostic::Diagnostic;
use crate::document::{Member, Node};
use crate::expr::jsonata;
use crate::expr::payload::Template;
use crate::history::ErrorData;
use crate::spec::QueryLanguage;
use crate::user_file::{self, DURATION_HELP, Errors};
use crate::value::Keys;
use std::rc::Rc;

const TOP: [&str; 5] = ["version", "states", "resources", "objects", "children"];
const OUTCOME: [&str; 7] = [
    "return",
    "throw",
    "timeout",
    "duration",
    "times",
    "when",
    "submitted",
];

/// Reads a tree as mocks. `load` reads the file of an object as text. All errors are reported.
pub fn read(
    root: &Node,
    load: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Mocks, Vec<Diagnostic>> {
    let mut reader = Reader {
        mocks: Mocks::default(),
        errors: Errors::default(),
        load,
    };
    reader.top(root);
    reader.errors.into_result(reader.mocks)
}

/// The outcome that returns the value of a node, in which expressions are evaluated.
pub fn returning(node: &Node) -> Result<Outcome, Vec<Diagnostic>> {
    let mut reader = Reader {
        mocks: Mocks::default(),
        errors: Errors::default(),
        load: &mut |_| Err(String::new()),
    };
    let completion = MockedCompletion::Return(reader.template(node, "return"));
    reader.errors.into_result(Outcome::once(completion))
}

struct Reader<'l> {
    mocks: Mocks,
    errors: Errors,
    load: &'l mut dyn FnMut(&str) -> Result<String, String>,
}

impl Reader<'_> {
    fn top(&mut self, root: &Node) {
        for member in self.errors.members("an object of mocks", root) {
            match member.key.as_str() {
                "version" => {
                    if member.value.as_i64() != Some(1) {
                        self.errors
                            .add(member.value.span, "unsupported version: expected 1");
                    }
                }
                "states" => {
                    for state in self.errors.members("an object of states", &member.value) {
                        let outcomes = self.outcomes(&state.value);
                        self.mocks.states.insert(state.key.as_str().into(), outcomes);
                    }
                }
                "resources" => {
                    for resource in self.errors.members("an object of resources", &member.value) {
                        let outcomes = self.outcomes(&resource.value);
                        self.mocks
                            .resources
                            .insert(resource.key.as_str().into(), outcomes);
                    }
                }
                "objects" => {
                    for object in self.errors.members("an object of S3 objects", &member.value) {
                        self.object(object);
                    }
                }
                "children" => {
                    for child in self.errors.members("an object of machines", &member.value) {
                        match child.value.as_str() {
                            Some(path) => self.mocks.children.push(ChildRef {
                                key: child.key.as_str().into(),
                                path: path.to_owned(),
                                span: child.value.span,
                            }),
                            None => self.errors.expected("the path of a definition", &child.value),
                        }
                    }
                }
                _ => self.errors.unknown_key(member, &TOP),
            }
        }
    }

    fn outcomes(&mut self, node: &Node) -> Outcomes {
        // A single outcome can be given without a list.
        let list = match node.as_array() {
            Some([]) => {
                let help = "add an outcome, or remove the state".to_owned();
                self.errors
                    .add_with_help(node.span, "empty list of outcomes", help);
                Vec::new()
            }
            Some(items) => items.iter().filter_map(|item| self.outcome(item)).collect(),
            None => self.outcome(node).into_iter().collect(),
        };
        Outcomes {
            list,
            after_last: AfterLast::Repeat,
        }
    }

    fn outcome(&mut self, node: &Node) -> Option<Outcome> {
        let mut outcome = Outcome::once(MockedCompletion::Timeout);
        let mut ends = 0;
        for member in self.errors.members("an outcome", node) {
            let value = &member.value;
            match member.key.as_str() {
                "return" => {
                    outcome.completion = MockedCompletion::Return(self.template(value, "return"));
                    ends += 1;
                }
                "throw" => {
                    outcome.completion = MockedCompletion::Throw(self.throw(value));
                    ends += 1;
                }
                "timeout" => {
                    if value.as_bool() != Some(true) {
                        self.errors.expected("`true`", value);
                    }
                    ends += 1;
                }
                "duration" => outcome.duration = self.duration(value),
                "times" => match value.as_i64().and_then(|n| u32::try_from(n).ok()) {
                    Some(times) if times > 0 => outcome.times = Some(times),
                    _ => self
                        .errors
                        .add(value.span, "the number of attempts must be at least 1"),
                },
                "when" => outcome.when = self.when(value),
                "submitted" => outcome.submitted = Some(self.template(value, "submitted")),
                _ => self.errors.unknown_key(member, &OUTCOME),
            }
        }
        if ends != 1 {
            let help = "set one of `return`, `throw`, and `timeout`".to_owned();
            self.errors
                .add_with_help(node.span, "an outcome must have exactly one result", help);
            return None;
        }
        Some(outcome)
    }

    fn template(&mut self, node: &Node, field: &'static str) -> Template {
        let payload = Payload::jsonata(node, field, Owner::State);
        for expression in &payload.expressions {
            if let Parsed::Malformed(error) = expression.parsed() {
                let message = format!("invalid expression: {error}");
                self.errors.add(expression.node.span, message);
            }
        }
        payload
            .template(QueryLanguage::Jsonata, &mut Keys::new())
            .unwrap_or_else(|_| Template::Literal(literal::value(node)))
    }

    fn throw(&mut self, node: &Node) -> ErrorData {
        let mut data = ErrorData::default();
        for member in self.errors.members("an object with `error` and `cause`", node) {
            let text = member.value.as_str();
            match (member.key.as_str(), text) {
                ("error", Some(text)) => data.error = Some(text.into()),
                ("cause", Some(text)) => data.cause = Some(text.into()),
                // Causes are mostly JSON text, which is easier to write as JSON.
                ("cause", None) => data.cause = Some(literal::value(&member.value).to_json().into()),
                ("error", None) => self.errors.expected("a string", &member.value),
                _ => self.errors.unknown_key(member, &["error", "cause"]),
            }
        }
        data
    }

    fn when(&mut self, node: &Node) -> Option<jsonata::Expression> {
        let Some((inner, _)) = node.as_str().and_then(jsonata::strip) else {
            self.errors.expected("a condition between `{%` and `%}`", node);
            return None;
        };
        match jsonata::Expression::parse(inner) {
            Ok(expression) => Some(expression),
            Err(error) => {
                self.errors.add(node.span, format!("invalid condition: {error}"));
                None
            }
        }
    }

    fn duration(&mut self, node: &Node) -> i64 {
        user_file::duration(node).unwrap_or_else(|| {
            self.errors
                .add_with_help(node.span, "invalid duration", DURATION_HELP);
            0
        })
    }

    fn object(&mut self, member: &Member) {
        let uri = member.key.as_str();
        let Some((bucket, key)) = uri.strip_prefix("s3://").and_then(|rest| rest.split_once('/')) else {
            self.errors.add_with_help(
                member.key_span,
                "invalid object address",
                "use the form `s3://bucket/key`",
            );
            return;
        };
        let mut body: Option<Rc<str>> = None;
        let before = self.errors.len();
        for field in self
            .errors
            .members("an object with `body` or `file`", &member.value)
        {
            match (field.key.as_str(), field.value.as_str()) {
                ("body", Some(text)) => body = Some(text.into()),
                ("body", None) => body = Some(literal::value(&field.value).to_json().into()),
                ("file", Some(path)) => match (self.load)(path) {
                    Ok(text) => body = Some(text.into()),
                    Err(why) => self
                        .errors
                        .add(field.value.span, format!("cannot read `{path}`: {why}")),
                },
                ("file", None) => self.errors.expected("a path", &field.value),
                _ => self.errors.unknown_key(field, &["body", "file"]),
            }
        }
        match body {
            Some(body) => {
                self.mocks
                    .objects
                    .insert((bucket.to_owned(), key.to_owned()), body);
            }
            None if self.errors.len() > before => {}
            None => self.errors.add(member.value.span, "missing `body` or `file`"),
        }
    }
}
