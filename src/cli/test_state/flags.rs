//! The flags of `asl test-state`, which make a request.

use crate::cli::{CliError, definition, input, json_input, report};
use crate::document::{self, Syntax};
use crate::simulate::test_state::{self, Level, Mock, Request};
use crate::source::SourceFile;
use crate::user_file;
use crate::value::{Object, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The arguments of `asl test-state`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// State machine definition or single state; - for standard input
    #[arg(required_unless_present = "request", conflicts_with = "request")]
    definition: Option<PathBuf>,
    /// Request of the TestState API, as JSON; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) request: Option<PathBuf>,
    /// State to test, at any depth
    #[arg(long, value_name = "NAME", conflicts_with = "request")]
    state: Option<String>,
    /// Name of the state machine in the template, if there are several
    #[arg(long, value_name = "NAME", requires = "state")]
    state_machine: Option<String>,
    /// Allow templates to reference files outside the given directory and its repository
    #[arg(long, requires = "state")]
    allow_outside: bool,
    /// State input: a file, - for standard input, or JSON
    #[arg(
        long,
        value_name = "FILE|JSON",
        allow_hyphen_values = true,
        conflicts_with = "request"
    )]
    input: Option<String>,
    /// Mock, as in a request: {"result": …} or {"errorOutput": {"error": …, "cause": …}}
    #[arg(long, value_name = "JSON", conflicts_with = "request")]
    mock: Option<String>,
    /// Level of detail
    #[arg(
        long,
        value_name = "LEVEL",
        ignore_case = true,
        default_value = "INFO",
        conflicts_with = "request"
    )]
    inspection_level: InspectionLevel,
    /// Context object
    #[arg(long, value_name = "JSON", conflicts_with = "request")]
    context: Option<String>,
    /// Variables on entry
    #[arg(long, value_name = "JSON", conflicts_with = "request")]
    variables: Option<String>,
    /// Execution role in the context object
    #[arg(long, value_name = "ARN", conflicts_with = "request")]
    role_arn: Option<String>,
    /// Validation mode for the mock result, overriding the mode in the mock
    #[arg(
        long,
        value_name = "MODE",
        ignore_case = true,
        requires = "mock",
        conflicts_with = "request"
    )]
    field_validation_mode: Option<ValidationMode>,
    /// Reveal secrets (rejected by AWS together with a mock)
    #[arg(long, conflicts_with = "request")]
    reveal_secrets: bool,
    /// Number of retries already made by the matching retrier
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "request")]
    retrier_retry_count: u32,
    /// State inside a Map or Parallel that caused the mocked error
    #[arg(long, value_name = "NAME", conflicts_with = "request")]
    error_caused_by_state: Option<String>,
    /// Number of failed Map iterations
    #[arg(long, value_name = "N", conflicts_with = "request")]
    map_iteration_failure_count: Option<u32>,
    /// Data for the ItemReader of a Map, in the format of its source: JSON, JSON Lines, or CSV
    #[arg(long, value_name = "TEXT", conflicts_with = "request")]
    map_item_reader_data: Option<String>,
}

/// How strictly a mocked result is validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "UPPER")]
enum ValidationMode {
    /// Required fields and types
    Strict,
    /// Types of the fields that are present
    Present,
    /// No validation
    None,
}

/// The level of detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "UPPER")]
enum InspectionLevel {
    /// Outcome only
    Info,
    /// Data at every point of the data flow
    Debug,
    /// Same as DEBUG; asl makes no HTTP requests that AWS would add
    Trace,
}

impl Args {
    /// The request that the flags make.
    pub(super) fn request(&self) -> Result<Request, CliError> {
        let path = self.definition.as_deref().unwrap_or_else(|| Path::new("-"));
        json_input::check_standard_input(path, self.input.as_deref())?;
        let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
        let definition = if self.state.is_some() {
            let name = self.state_machine.clone();
            let args = definition::Args::new(path.to_owned(), name, self.allow_outside);
            let selected = definition::load_from(&args, source, syntax)?;
            crate::asl::literal::value(selected.node()?).to_json()
        } else {
            let document = document::read(Arc::clone(&source), syntax);
            match document.roots.first() {
                // JSON stays as it was written, since AWS's messages quote it.
                Some(node) if syntax != Syntax::Json => crate::asl::literal::value(node).to_json(),
                _ => source.text().to_owned(),
            }
        };
        let json = |name: &str, text: &Option<String>| {
            text.as_ref().map_or(Ok(None), |text| {
                let value = Value::parse(text);
                value
                    .map(Some)
                    .map_err(|e| CliError::new(format!("invalid JSON in --{name}: {e}")))
            })
        };
        let variables = json("variables", &self.variables)?;
        let mut mock = self.mock.as_deref().map(mock).transpose()?;
        if let (Some(mock), Some(mode)) = (&mut mock, self.field_validation_mode) {
            mock.mode = match mode {
                ValidationMode::Strict => test_state::ValidationMode::Strict,
                ValidationMode::Present => test_state::ValidationMode::Present,
                ValidationMode::None => test_state::ValidationMode::None,
            };
        }
        Ok(Request {
            definition,
            state_name: self.state.clone(),
            input: Some(json_input::execution_input(self.input.as_deref())?),
            variables: variables.map_or_else(
                || Ok(Object::default()),
                |v| test_state::object(&v, "--variables"),
            )?,
            level: match self.inspection_level {
                InspectionLevel::Info => Level::Info,
                InspectionLevel::Debug => Level::Debug,
                InspectionLevel::Trace => Level::Trace,
            },
            mock,
            role_arn: self.role_arn.clone(),
            needs_role: false,
            reveals_secrets: self.reveal_secrets,
            retrier_retry_count: self.retrier_retry_count,
            error_caused_by: self.error_caused_by_state.clone(),
            failure_count: self.map_iteration_failure_count,
            reader_data: self.map_item_reader_data.clone(),
            context: json("context", &self.context)?,
        })
    }
}

/// The mock of `--mock`, as in a request.
fn mock(text: &str) -> Result<Mock, CliError> {
    let source = Arc::new(SourceFile::new("--mock", text));
    let root = user_file::read(Arc::clone(&source), Syntax::Json);
    root.and_then(|root| Mock::from_node(&root))
        .map_err(|errors| report::invalid_file(&source, errors, "test-state-request"))
}
