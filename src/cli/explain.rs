//! `asl explain`: the manual of a rule.

use super::lint::rule_infos;
use super::{CliError, Exit};
use crate::lint::registry;
use crate::prose;
use crate::render::rules;
use crate::render::style::Style;
use std::io::{self, Write};

/// The arguments of `asl explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The rule; without it all rules are listed
    rule: Option<String>,
    /// How to print
    #[arg(long, default_value = "text")]
    format: Format,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// The table of rules as Markdown
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
            let Some(info) = infos.iter().find(|info| info.name == name) else {
                let close = registry::closest(name).map(|rule| prose::similar_name("rule", rule.name));
                return Err(CliError::new(format!("No rule is called `{name}`"))
                    .help(close.unwrap_or_else(|| "`asl explain` lists the rules".into())));
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
