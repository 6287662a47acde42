//! `asl explain`: the documentation of a rule.

use super::rule_name;
use super::{CliError, Exit};
use crate::render::rules::{Format, RuleInfo};
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

/// Runs `asl explain`.
pub fn run(args: &Args, style: Style) -> Result<Exit, CliError> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match &args.rule {
        None => args.format.write_list(&RuleInfo::all(), style, &mut out)?,
        Some(name) => {
            let rule = RuleInfo::from(rule_name::find(name)?);
            args.format.write_manual(&rule, style, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Success)
}
