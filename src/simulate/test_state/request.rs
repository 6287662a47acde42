//! The request of the `TestState` API.

use super::inspection::Level;
use super::shape::ValidationMode;
use crate::history::ErrorData;
use crate::prose;
use crate::simulate::world::Error;
use crate::value::{Object, Value};

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

/// An object of the request, read key by key.
struct Fields<'a> {
    place: &'a str,
    members: &'a Object,
}

impl Request {
    /// Reads a request.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
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
        let fields = Fields::new(value, "the request", &known)?;
        let Some(definition) = fields.text_or_json("definition")? else {
            return Err(Error::new("missing `definition` in the request").help(
                "add a state, or a state machine together with `stateName`, as JSON text or as an object",
            ));
        };
        let mut request = Self {
            definition,
            state_name: fields.text("stateName")?,
            role_arn: fields.text("roleArn")?,
            needs_role: true,
            input: fields.json("input")?,
            level: level(fields.text("inspectionLevel")?.as_deref())?,
            context: fields.json("context")?,
            ..Self::default()
        };
        if let Some(variables) = fields.json("variables")? {
            request.variables = object(&variables, "variables")?;
        }
        request.reveals_secrets = match fields.members.get("revealSecrets") {
            None => false,
            Some(Value::Bool(reveals)) => *reveals,
            Some(_) => return Err(fields.must("revealSecrets", "true or false")),
        };
        if let Some(mock) = fields.members.get("mock") {
            request.mock = Some(Mock::from_value(mock)?);
        }
        if let Some(settings) = fields.members.get("stateConfiguration") {
            request.configure(settings)?;
        }
        Ok(request)
    }

    fn configure(&mut self, value: &Value) -> Result<(), Error> {
        let known = [
            "retrierRetryCount",
            "errorCausedByState",
            "mapIterationFailureCount",
            "mapItemReaderData",
        ];
        let fields = Fields::new(value, "`stateConfiguration`", &known)?;
        self.retrier_retry_count = fields.count("retrierRetryCount")?.unwrap_or_default();
        self.failure_count = fields.count("mapIterationFailureCount")?;
        self.error_caused_by = fields.text("errorCausedByState")?;
        self.reader_data = fields.text_or_json("mapItemReaderData")?;
        Ok(())
    }
}

impl Mock {
    /// Reads the `mock` of a request.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let fields = Fields::new(value, "`mock`", &["result", "errorOutput", "fieldValidationMode"])?;
        let error = match fields.members.get("errorOutput") {
            None => None,
            Some(given) => {
                let fields = Fields::new(given, "`mock.errorOutput`", &["error", "cause"])?;
                Some(ErrorData {
                    error: fields.text("error")?.map(Into::into),
                    cause: fields.text("cause")?.map(Into::into),
                })
            }
        };
        Ok(Self {
            result: fields.text_or_json("result")?,
            error,
            mode: mode(fields.text("fieldValidationMode")?.as_deref())?,
        })
    }
}

impl<'a> Fields<'a> {
    fn new(value: &'a Value, place: &'a str, known: &[&str]) -> Result<Self, Error> {
        let Value::Object(members) = value else {
            return Err(Error::new(format!("{place} must be an object")));
        };
        for key in members.keys() {
            if known.contains(&&**key) {
                continue;
            }
            let error = Error::new(format!("unknown field `{key}` in {place}"));
            return Err(match prose::closest(key, known.iter().copied()) {
                Some(close) => error.help(format!("a field with a similar name exists: `{close}`")),
                None => error.help(format!("expected one of {}", known.join(", "))),
            });
        }
        Ok(Self { place, members })
    }

    fn must(&self, key: &str, what: &str) -> Error {
        Error::new(format!("`{key}` in {} must be {what}", self.place))
    }

    fn text(&self, key: &str) -> Result<Option<String>, Error> {
        match self.members.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.to_string())),
            Some(_) => Err(self.must(key, "a string")),
        }
    }

    /// A string as it is, or another value as JSON text.
    fn text_or_json(&self, key: &str) -> Result<Option<String>, Error> {
        match self.members.get(key) {
            Some(Value::String(_)) | None => self.text(key),
            Some(value) => Ok(Some(value.to_json())),
        }
    }

    /// The value of a string with JSON text, or another value as it is.
    fn json(&self, key: &str) -> Result<Option<Value>, Error> {
        match self.members.get(key) {
            Some(Value::String(text)) => Value::parse(text)
                .map(Some)
                .map_err(|e| self.must(key, &format!("JSON text: {e}"))),
            other => Ok(other.cloned()),
        }
    }

    fn count(&self, key: &str) -> Result<Option<u32>, Error> {
        let Some(value) = self.members.get(key) else {
            return Ok(None);
        };
        let count = value.to_json().parse();
        count
            .map(Some)
            .map_err(|_| self.must(key, "a non-negative integer"))
    }
}

/// The members of an object given on the command line or in a request.
pub fn object(value: &Value, name: &str) -> Result<Object, Error> {
    let members = value.as_object().cloned();
    members.ok_or_else(|| Error::new(format!("`{name}` must be a JSON object")))
}

/// The value of an enumerated field; the first by default.
fn named<T: Copy>(field: &str, name: Option<&str>, values: [(&str, T); 3]) -> Result<T, Error> {
    let Some(name) = name else {
        return Ok(values[0].1);
    };
    let found = values.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known = values.map(|(known, _)| known).join(", ");
        Error::new(format!("invalid value for `{field}`: `{name}`")).help(format!("expected one of {known}"))
    })
}

fn level(name: Option<&str>) -> Result<Level, Error> {
    let levels = [
        ("INFO", Level::Info),
        ("DEBUG", Level::Debug),
        ("TRACE", Level::Trace),
    ];
    named("inspectionLevel", name, levels)
}

fn mode(name: Option<&str>) -> Result<ValidationMode, Error> {
    let modes = [
        ("STRICT", ValidationMode::Strict),
        ("PRESENT", ValidationMode::Present),
        ("NONE", ValidationMode::None),
    ];
    named("fieldValidationMode", name, modes)
}
