//! What is declared about the data: by the flags, or else by the configuration file.

use super::args::Args;
use crate::cli::config_file::ConfigFile;
use crate::cli::{CliError, json_input};
use crate::shape::{Declarations, Declared};

/// Reads the declarations.
pub(super) fn declarations(args: &Args) -> Result<Declarations, CliError> {
    let path = args.machine.path();
    json_input::check_standard_input(path, args.input.as_deref())?;
    let file = ConfigFile::nearest(path)?;
    let declared = file.and_then(|file| file.declarations_for(path));
    let mut declarations = declared.unwrap_or_default();
    if let Some(example) = &args.input {
        let example = json_input::argument(example)?;
        declarations.input = Some(Declared::Examples {
            values: vec![(&example).into()],
            is_strict: args.strict_input,
        });
    }
    if let Some(schema) = &args.input_schema {
        let schema = json_input::file(schema)?;
        declarations.input = Some(Declared::Schema((&schema).into()));
    }
    Ok(declarations)
}
