//! `asl schema`: a JSON schema.

use super::{CliError, Exit};
use crate::prose;
use crate::schemas;
use std::io::{self, Write};

/// The arguments of `asl schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the schema [default: list all schemas]
    name: Option<String>,
}

/// Runs `asl schema`.
pub fn run(args: &Args) -> Result<Exit, CliError> {
    let mut out = io::stdout().lock();
    let Some(name) = &args.name else {
        for schema in schemas::ALL {
            writeln!(out, "{:<20} {}", schema.name, schema.title())?;
        }
        return Ok(Exit::Success);
    };
    let Some(schema) = schemas::find(name) else {
        let names = schemas::ALL.iter().map(|s| s.name);
        let help = prose::suggestion("schema", name, names);
        return Err(CliError::new(format!("unknown schema `{name}`")).help(help));
    };
    out.write_all(schema.text.as_bytes())?;
    Ok(Exit::Success)
}
