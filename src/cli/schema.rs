//! `asl schema`: a JSON schema.

use super::{CliError, Exit};
use crate::lint::closest;
use std::io::{self, Write};

/// The arguments of `asl schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which schema; without it they are listed
    name: Option<String>,
}

/// A schema that comes with asl.
#[derive(Debug)]
pub struct Schema {
    /// The name to ask for.
    pub name: &'static str,
    /// What it describes.
    pub about: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them, sorted by name.
pub static SCHEMAS: &[Schema] = &[
    Schema {
        name: "asl",
        about: "the Amazon States Language",
        text: crate::lint::schema::TEXT,
    },
    Schema {
        name: "assumptions",
        about: "what `asl cost --assume` reads",
        text: crate::cost::assumptions::SCHEMA,
    },
    Schema {
        name: "config",
        about: "the settings file, asl.toml",
        text: include_str!("../../schemas/config.schema.json"),
    },
    Schema {
        name: "estimate",
        about: "what `asl cost --format json` writes",
        text: include_str!("../../schemas/estimate.schema.json"),
    },
    Schema {
        name: "graph",
        about: "what `asl graph --format json` writes",
        text: include_str!("../../schemas/graph.schema.json"),
    },
    Schema {
        name: "lint",
        about: "the output of `asl lint --format json`",
        text: include_str!("../../schemas/lint.schema.json"),
    },
    Schema {
        name: "mocks",
        about: "what `asl simulate --mocks` reads",
        text: include_str!("../../schemas/mocks.schema.json"),
    },
    Schema {
        name: "prices",
        about: "what `asl cost --prices` reads",
        text: crate::cost::price_file::SCHEMA,
    },
    Schema {
        name: "replay",
        about: "what `asl simulate --replay --format json` writes",
        text: include_str!("../../schemas/replay.schema.json"),
    },
    Schema {
        name: "simulation",
        about: "what `asl simulate --format json` writes",
        text: include_str!("../../schemas/simulation.schema.json"),
    },
    Schema {
        name: "test-state-request",
        about: "what `asl test-state --request` reads",
        text: include_str!("../../schemas/test-state-request.schema.json"),
    },
    Schema {
        name: "test-state-response",
        about: "what `asl test-state` writes",
        text: include_str!("../../schemas/test-state-response.schema.json"),
    },
];

/// Runs `asl schema`.
pub fn run(args: &Args) -> Result<Exit, CliError> {
    let mut out = io::stdout().lock();
    let Some(name) = &args.name else {
        for schema in SCHEMAS {
            writeln!(out, "{:<20} {}", schema.name, schema.about)?;
        }
        return Ok(Exit::Success);
    };
    let Some(schema) = SCHEMAS.iter().find(|s| s.name == name) else {
        let names = SCHEMAS.iter().map(|s| s.name);
        let help = closest(name, names.clone()).map_or_else(
            || format!("there are {}", names.collect::<Vec<_>>().join(", ")),
            |s| format!("did you mean `{s}`?"),
        );
        return Err(CliError::new(format!("No schema is called `{name}`")).help(help));
    };
    out.write_all(schema.text.as_bytes())?;
    Ok(Exit::Success)
}
