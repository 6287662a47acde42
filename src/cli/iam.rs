//! `asl iam`: the role of a state machine, derived and checked.

mod args;
mod check;
mod machines;

use super::{CliError, EndProcess, Exit, output};
use crate::iam;
use crate::render::permissions::{Derived, Format};
use crate::render::style::Style;
pub use args::Args;
use machines::Loaded;
use std::io::Write;

/// Runs `asl iam`.
pub fn run(args: &Args, style: &Style, end: EndProcess) -> Result<Exit, CliError> {
    if args.is_check() {
        return check::run(args, *style, end);
    }
    let loaded = Loaded::read(args)?;
    let machine = loaded.only(args)?;
    let lowered = machine.definition.lower_readable(args.machine.path(), "policy")?;
    let derivation = machine.derive(&lowered);
    let composition = iam::compose(&derivation.needs, &machine.environment);
    let derived = Derived {
        name: &machine.name,
        environment: &machine.environment,
        derivation: &derivation,
        composition: &composition,
    };
    let format = if args.explain {
        args.format.unwrap_or(Format::Text)
    } else {
        args.format.unwrap_or(Format::Json)
    };
    let mut out = output::open(args.output.as_deref(), args.reads())?;
    format.write(&derived, *style, &mut out)?;
    out.flush()?;
    end(Exit::Success)
}
