//! Flags that declare the data of a state machine, for the commands that infer types or make samples.

use super::config_file::ConfigFile;
use super::{CliError, history_file, json_input};
use crate::asl::Machine;
use crate::history::RecordedData;
use crate::render::shapes::Listing;
use crate::shape::{self, Declarations, Declared, DeclaredResult, Detail};
use crate::value::Value;
use std::path::{Path, PathBuf};

/// What is declared about the input and the task results, in addition to an example of the input.
#[derive(Debug, clap::Args)]
pub(super) struct DataArgs {
    /// JSON Schema of the input
    #[arg(long, value_name = "FILE", conflicts_with = "input")]
    input_schema: Option<PathBuf>,
    /// Recorded executions (histories, or log events), whose inputs and task results are examples
    #[arg(long = "history", value_name = "HISTORY", num_args = 1..)]
    history_files: Vec<PathBuf>,
    /// Assume that the data has only the fields of the examples
    #[arg(long)]
    strict_input: bool,
}

/// What the configuration file declares about the data of a definition.
pub(super) fn configured(definition: &Path) -> Result<Declarations, CliError> {
    let file = ConfigFile::nearest(definition)?;
    let declared = file.and_then(|file| file.declarations_for(definition));
    Ok(declared.unwrap_or_default())
}

/// The types of the data at each state of a machine, with what the configuration file declares.
pub(super) fn types(definition: &Path, machine: &Machine<'_>) -> Result<Listing, CliError> {
    let declarations = configured(definition)?;
    let analysis = shape::analyze(machine, &declarations, Detail::Shapes);
    Ok(Listing::new(machine, &analysis))
}

impl DataArgs {
    /// The first flag that is given.
    pub(super) fn first_flag(&self) -> Option<&'static str> {
        let flags = [
            ("--input-schema", self.input_schema.is_some()),
            ("--history", !self.history_files.is_empty()),
            ("--strict-input", self.strict_input),
        ];
        flags
            .into_iter()
            .find(|(_, is_given)| *is_given)
            .map(|(flag, _)| flag)
    }

    /// The declarations about a definition: those of the flags, and `configured`, those of the configuration file, about
    /// everything else. `input` is the value of `--input`.
    pub(super) fn declarations(
        &self,
        definition: &Path,
        input: Option<&str>,
        configured: impl FnOnce(&Path) -> Result<Declarations, CliError>,
    ) -> Result<Declarations, CliError> {
        if self.strict_input && input.is_none() && self.history_files.is_empty() {
            return Err(CliError::new("--strict-input requires examples")
                .help("add --input FILE or --history HISTORY"));
        }
        json_input::check_standard_input(definition, input)?;
        let mut declarations = configured(definition)?;
        let mut recorded = RecordedData::default();
        if !self.history_files.is_empty() {
            history_file::read_all(&self.history_files, |execution| recorded.add(&execution))?;
        }
        let mut inputs = recorded.inputs;
        if let Some(example) = input {
            inputs.push(json_input::argument(example)?);
        }
        if let Some(schema) = &self.input_schema {
            let schema = json_input::file(schema)?;
            declarations.input = Some(Declared::Schema((&schema).into()));
        } else if !inputs.is_empty() {
            declarations.input = Some(self.examples(&inputs));
        }
        let results = recorded.results.iter().map(|(state, results)| DeclaredResult {
            state: Some(state.to_string()),
            resource: None,
            result: self.examples(results),
        });
        // The first declaration that applies is used.
        let mut results: Vec<DeclaredResult> = results.collect();
        results.append(&mut declarations.results);
        declarations.results = results;
        Ok(declarations)
    }

    fn examples(&self, values: &[Value]) -> Declared {
        Declared::Examples {
            values: values.iter().map(Into::into).collect(),
            is_strict: self.strict_input,
        }
    }
}
