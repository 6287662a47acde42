//! The request of the `TestState` API.

use super::inspection::Level;
use super::shape::ValidationMode;
use crate::asl::literal;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::history::ErrorData;
use crate::simulate::world::Error;
use crate::source::Span;
use crate::user_file::{Errors, unknown_name};
use crate::value::{Object, Value};
use std::rc::Rc;

/// A request. Source: API reference, `TestState`.
#[derive(Debug, Default)]
pub struct Request {
    /// The state or the state machine, as JSON text.
    pub definition: String,
    /// The name of the state to test, in a state machine.
    pub state_name: Option<String>,
    /// The execution role.
    pub role_arn: Option<String>,
    /// Whether a role is required to call a service, as in the API.
    pub needs_role: bool,
    /// The state's input; `{}` by default.
    pub input: Option<Value>,
    /// The variables on entry.
    pub variables: Object,
    /// The inspection level.
    pub level: Level,
    /// Whether to reveal secrets.
    pub reveals_secrets: bool,
    /// The mock that replaces the call of a service.
    pub mock: Option<Mock>,
    /// The context object.
    pub context: Option<Value>,
    /// The number of retries that the matching retrier has already made.
    pub retrier_retry_count: u32,
    /// The number of failed iterations of a Map.
    pub failure_count: Option<u32>,
    /// The state inside a Map or a Parallel that caused the mocked error.
    pub error_caused_by: Option<String>,
    /// The data that the `ItemReader` of a Map reads.
    pub reader_data: Option<String>,
}

/// A mock.
#[derive(Debug, Default)]
pub struct Mock {
    /// The result, as JSON text.
    pub result: Option<String>,
    /// The error.
    pub error: Option<ErrorData>,
    /// How strictly the result is validated.
    pub mode: ValidationMode,
}

/// An object of the request, read key by key; its errors are collected.
struct Fields<'n, 'e> {
    node: &'n Node,
    errors: &'e mut Errors,
}

impl Request {
    /// Reads a request; else everything that is wrong with it.
    pub fn from_node(root: &Node) -> Result<Self, Vec<Diagnostic>> {
        let known = [
            "definition",
            "stateName",
            "roleArn",
            "input",
            "variables",
            "inspectionLevel",
            "revealSecrets",
            "mock",
            "context",
            "stateConfiguration",
        ];
        let mut errors = Errors::default();
        let mut fields = Fields::new(root, &known, &mut errors);
        let definition = fields.text_or_json("definition").unwrap_or_default();
        let mut request = Self {
            definition,
            state_name: fields.text("stateName"),
            role_arn: fields.text("roleArn"),
            needs_role: true,
            input: fields.json("input"),
            level: fields.named(
                "inspectionLevel",
                [
                    ("INFO", Level::Info),
                    ("DEBUG", Level::Debug),
                    ("TRACE", Level::Trace),
                ],
            ),
            context: fields.json("context"),
            variables: fields.variables(),
            reveals_secrets: fields.flag("revealSecrets"),
            ..Self::default()
        };
        if let Some(settings) = root.get("stateConfiguration") {
            request.configure(settings, &mut errors);
        }
        if let Some(mock) = root.get("mock") {
            match Mock::from_node(mock) {
                Ok(mock) => request.mock = Some(mock),
                Err(found) => errors.extend(found),
            }
        }
        if root.as_object().is_some() && root.get("definition").is_none() {
            errors.add_with_help(
                Span::new(root.span.start, root.span.start + 1),
                "missing key `definition`",
                "add a state, or a state machine and the `stateName`, as JSON text or as an object",
            );
        }
        errors.into_result(request)
    }

    fn configure(&mut self, node: &Node, errors: &mut Errors) {
        let known = [
            "retrierRetryCount",
            "errorCausedByState",
            "mapIterationFailureCount",
            "mapItemReaderData",
        ];
        let mut fields = Fields::new(node, &known, errors);
        self.retrier_retry_count = fields.count("retrierRetryCount").unwrap_or_default();
        self.failure_count = fields.count("mapIterationFailureCount");
        self.error_caused_by = fields.text("errorCausedByState");
        self.reader_data = fields.text_or_json("mapItemReaderData");
    }
}

impl Mock {
    /// Reads the `mock` of a request; else everything that is wrong with it.
    pub fn from_node(node: &Node) -> Result<Self, Vec<Diagnostic>> {
        let mut errors = Errors::default();
        let error = node.get("errorOutput").map(|given| {
            let mut fields = Fields::new(given, &["error", "cause"], &mut errors);
            ErrorData {
                error: fields.text("error").map(Into::into),
                cause: fields.text("cause").map(Into::into),
            }
        });
        let known = ["result", "errorOutput", "fieldValidationMode"];
        let mut fields = Fields::new(node, &known, &mut errors);
        let mock = Self {
            result: fields.text_or_json("result"),
            error,
            mode: fields.named(
                "fieldValidationMode",
                [
                    ("STRICT", ValidationMode::Strict),
                    ("PRESENT", ValidationMode::Present),
                    ("NONE", ValidationMode::None),
                ],
            ),
        };
        errors.into_result(mock)
    }
}

impl<'n, 'e> Fields<'n, 'e> {
    fn new(node: &'n Node, known: &[&str], errors: &'e mut Errors) -> Self {
        for member in errors.members("an object", node) {
            if !known.contains(&member.key.as_str()) {
                errors.unknown_key(member, known);
            }
        }
        Self { node, errors }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let value = self.node.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            self.errors.expected("a string", value);
        }
        text.map(str::to_owned)
    }

    /// A string as it is, or another value as JSON text.
    fn text_or_json(&self, key: &str) -> Option<String> {
        let value = self.node.get(key)?;
        let text = value.as_str().map(str::to_owned);
        text.or_else(|| Some(literal::value(value).to_json()))
    }

    /// The value of a string with JSON text, or another value as it is.
    fn json(&mut self, key: &str) -> Option<Value> {
        let value = self.node.get(key)?;
        let Some(text) = value.as_str() else {
            return Some(literal::value(value));
        };
        let parsed = Value::parse(text);
        if let Err(error) = &parsed {
            let message = format!("`{key}` is not valid JSON: {error}");
            self.errors.add(value.span, message);
        }
        parsed.ok()
    }

    fn variables(&mut self) -> Object {
        match self.json("variables") {
            None => Object::default(),
            Some(Value::Object(variables)) => Rc::unwrap_or_clone(variables),
            Some(_) => {
                let span = self.node.get("variables").map_or(self.node.span, |v| v.span);
                self.errors.add(span, "`variables` must be a JSON object");
                Object::default()
            }
        }
    }

    fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.node.get(key) else {
            return false;
        };
        if value.as_bool().is_none() {
            self.errors.expected("a boolean", value);
        }
        value.as_bool() == Some(true)
    }

    fn count(&mut self, key: &str) -> Option<u32> {
        let value = self.node.get(key)?;
        let count = value.as_number().and_then(|n| n.parse().ok());
        if count.is_none() {
            self.errors.expected("a non-negative integer", value);
        }
        count
    }

    /// The value of an enumerated field; the first by default.
    fn named<T: Copy>(&mut self, key: &str, values: [(&str, T); 3]) -> T {
        let name = self.text(key);
        let known = values.iter().find(|(known, _)| name.as_deref() == Some(known));
        if let (Some(name), None) = (&name, known) {
            let span = self.node.get(key).map_or(self.node.span, |v| v.span);
            let names = values.iter().map(|(known, _)| *known);
            let message = format!("invalid value for `{key}`: `{name}`");
            self.errors
                .extend([unknown_name(span, "value", message, name, names)]);
        }
        known.unwrap_or(&values[0]).1
    }
}

/// The members of an object given on the command line or in a request.
pub fn object(value: &Value, name: &str) -> Result<Object, Error> {
    let members = value.as_object().cloned();
    members.ok_or_else(|| Error::new(format!("`{name}` must be a JSON object")))
}
