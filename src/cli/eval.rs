//! `asl eval`: try an expression or a payload template without deploying anything.

mod args;
mod data;
mod evaluate;
mod report;

use super::{CliError, Exit, json_input};
use crate::expr::Seeded;
use crate::render::evaluation::{Format, Outcome};
use crate::render::printable::{Notation, Printable};
use crate::render::style::{ColorChoice, Style};
pub use args::Args;
use data::Data;
use report::Report;
use std::io::{self, Write};

/// Runs `asl eval`.
pub fn run(args: &Args, style: Style) -> Result<Exit, CliError> {
    let data = Data::read(args)?;
    let mut randomness = Seeded::new(data.seed);
    let mut report = Report::new(if style.color {
        ColorChoice::Auto
    } else {
        ColorChoice::Never
    });
    let outcome = match (&args.template, &args.expression) {
        (Some(file), _) => {
            let template = json_input::file(file)?;
            evaluate::template(&template, args, &data, &mut randomness, &mut report)
        }
        (None, expression) => {
            let text = expression.as_deref().unwrap_or_default();
            evaluate::expression(text, args, &data, &mut randomness, &mut report)
        }
    };
    report.print_warnings();
    // Both formats print JSON.
    let mut out = Printable::new(io::stdout().lock(), Notation::Json);
    args.format.write(&outcome, &mut out)?;
    out.flush()?;
    if args.format == Format::Text {
        report.print_error(&outcome);
    }
    Ok(if matches!(outcome, Outcome::Failed(_)) {
        Exit::Findings
    } else {
        Exit::Success
    })
}
