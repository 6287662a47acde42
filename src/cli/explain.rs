//! `asl explain`: the documentation of a rule.

use super::lint::{find_rule, rule_infos};
use super::{CliError, Exit};
use crate::render::rules;
use crate::render::style::Style;
use std::io::{self, Write};

/// The arguments of `asl explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Rule to explain [default: list all rules]
    rule: Option<String>,
    /// Output format
    #[arg(long, default_value = "text")]
    format: Format,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Text for a terminal
    Text,
    /// JSON
    Json,
    /// Markdown
    Markdown,
}

/// Runs `asl explain`.
pub fn run(args: &Args, style: Style) -> Result<Exit, CliError> {
    let infos = rule_infos();
    let mut out = io::BufWriter::new(io::stdout().lock());
    match &args.rule {
        None => match args.format {
            Format::Text => rules::list(&infos, style, &mut out)?,
            Format::Json => rules::list_json(&infos, &mut out)?,
            Format::Markdown => rules::list_markdown(&infos, &mut out)?,
        },
        Some(name) => {
            let rule = find_rule(name)?;
            let Some(info) = infos.iter().find(|info| info.name == rule.name) else {
                return Ok(Exit::Error);
            };
            match args.format {
                Format::Text => rules::manual(info, style, &mut out)?,
                Format::Json => rules::manual_json(info, &mut out)?,
                Format::Markdown => out.write_all(info.manual.as_bytes())?,
            }
        }
    }
    out.flush()?;
    Ok(Exit::Success)
}
