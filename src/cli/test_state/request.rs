//! The request of the `TestState` API: what was written, made into what it means, every fault told.

use crate::cli::CliError;
use crate::history::ErrorData;
use crate::render::test_state::Level;
use crate::simulate::test_state::shape::Mode;
use crate::spelling;
use crate::value::{Object, Value};

/// A request.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) definition: String,
    pub(super) state_name: Option<String>,
    pub(super) role_arn: Option<String>,
    /// It is one as the API takes it, which wants a role for whatever calls a service.
    pub(super) needs_role: bool,
    pub(super) input: Option<Value>,
    pub(super) variables: Object,
    pub(super) level: Level,
    pub(super) reveals_secrets: bool,
    pub(super) mock: Option<Mock>,
    pub(super) context: Option<Value>,
    pub(super) retrier_retry_count: u32,
    pub(super) failure_count: Option<u32>,
    pub(super) error_caused_by: Option<String>,
    pub(super) reader_data: Option<String>,
}

/// A mock as it was written.
#[derive(Debug, Default)]
pub(super) struct Mock {
    pub(super) result: Option<String>,
    pub(super) error: Option<ErrorData>,
    pub(super) mode: Mode,
}

/// An object of the request, read key by key.
struct Fields<'a> {
    place: &'a str,
    members: &'a Object,
}

impl Request {
    /// Reads a request.
    pub(super) fn read(value: &Value) -> Result<Self, CliError> {
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
        let fields = Fields::of(value, "the request", &known)?;
        let Some(definition) = fields.text_or_json("definition")? else {
            return Err(CliError::new("The request has no `definition`")
                .help("give a state, or a state machine and the `stateName`, as JSON text or as an object"));
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
            request.mock = Some(Mock::read(mock)?);
        }
        if let Some(settings) = fields.members.get("stateConfiguration") {
            request.configure(settings)?;
        }
        Ok(request)
    }

    fn configure(&mut self, value: &Value) -> Result<(), CliError> {
        let known = [
            "retrierRetryCount",
            "errorCausedByState",
            "mapIterationFailureCount",
            "mapItemReaderData",
        ];
        let fields = Fields::of(value, "stateConfiguration", &known)?;
        self.retrier_retry_count = fields.count("retrierRetryCount")?.unwrap_or_default();
        self.failure_count = fields.count("mapIterationFailureCount")?;
        self.error_caused_by = fields.text("errorCausedByState")?;
        self.reader_data = fields.text_or_json("mapItemReaderData")?;
        Ok(())
    }
}

impl Mock {
    /// Reads the `mock` of a request.
    pub(super) fn read(value: &Value) -> Result<Self, CliError> {
        let fields = Fields::of(value, "mock", &["result", "errorOutput", "fieldValidationMode"])?;
        let error = match fields.members.get("errorOutput") {
            None => None,
            Some(given) => {
                let fields = Fields::of(given, "mock.errorOutput", &["error", "cause"])?;
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
    fn of(value: &'a Value, place: &'a str, known: &[&str]) -> Result<Self, CliError> {
        let Value::Object(members) = value else {
            return Err(CliError::new(format!("`{place}` must be an object")));
        };
        for key in members.keys() {
            if known.contains(&&**key) {
                continue;
            }
            let error = CliError::new(format!("`{place}` has no field `{key}`"));
            return Err(match spelling::closest(key, known.iter().copied()) {
                Some(close) => error.help(format!("did you mean `{close}`?")),
                None => error.help(format!("there are {}", known.join(", "))),
            });
        }
        Ok(Self { place, members })
    }

    fn must(&self, key: &str, what: &str) -> CliError {
        CliError::new(format!("`{key}` of {} must be {what}", self.place))
    }

    fn text(&self, key: &str) -> Result<Option<String>, CliError> {
        match self.members.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.to_string())),
            Some(_) => Err(self.must(key, "a string")),
        }
    }

    /// JSON text as it is, or anything else as JSON text.
    fn text_or_json(&self, key: &str) -> Result<Option<String>, CliError> {
        match self.members.get(key) {
            Some(Value::String(_)) | None => self.text(key),
            Some(value) => Ok(Some(value.to_json())),
        }
    }

    /// The value of JSON text, or what is not text as it is.
    fn json(&self, key: &str) -> Result<Option<Value>, CliError> {
        match self.members.get(key) {
            Some(Value::String(text)) => Value::parse(text)
                .map(Some)
                .map_err(|e| self.must(key, &format!("JSON text, and is not: {e}"))),
            other => Ok(other.cloned()),
        }
    }

    fn count(&self, key: &str) -> Result<Option<u32>, CliError> {
        let Some(value) = self.members.get(key) else {
            return Ok(None);
        };
        let count = value.to_json().parse();
        count
            .map(Some)
            .map_err(|_| self.must(key, "a whole number, 0 or more"))
    }
}

/// The members of an object given on the command line or in a request.
pub(super) fn object(value: &Value, name: &str) -> Result<Object, CliError> {
    let members = value.as_object().cloned();
    members.ok_or_else(|| CliError::new(format!("`{name}` must be a JSON object")))
}

/// The value of a field whose values are named; the first where the field is left out.
fn named<T: Copy>(field: &str, name: Option<&str>, values: [(&str, T); 3]) -> Result<T, CliError> {
    let Some(name) = name else {
        return Ok(values[0].1);
    };
    let found = values.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known = values.map(|(known, _)| known).join(", ");
        CliError::new(format!("There is no {field} `{name}`")).help(format!("there are {known}"))
    })
}

fn level(name: Option<&str>) -> Result<Level, CliError> {
    let levels = [
        ("INFO", Level::Info),
        ("DEBUG", Level::Debug),
        ("TRACE", Level::Trace),
    ];
    named("inspectionLevel", name, levels)
}

fn mode(name: Option<&str>) -> Result<Mode, CliError> {
    let modes = [
        ("STRICT", Mode::Strict),
        ("PRESENT", Mode::Present),
        ("NONE", Mode::None),
    ];
    named("fieldValidationMode", name, modes)
}
