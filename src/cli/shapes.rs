//! `asl shapes`: the types of the data at each state.

mod args;

use super::{CliError, Exit, ExitProcess, data_args, definition, output};
use crate::prose;
use crate::render::printable::Printable;
use crate::render::shapes::{self, Format, Listing};
use crate::render::style::Style;
use crate::shape;
pub use args::Args;
use std::path::Path;

/// What the command makes, in warnings.
const PRODUCT: &str = "types";

/// Runs `asl shapes`.
pub fn run(args: &Args, style: &Style, exit_process: ExitProcess) -> Result<Exit, CliError> {
    if args.diff.is_some() && args.format != Format::Text {
        return Err(CliError::new("cannot compare definitions in this format")
            .help("use --diff without --format, or with --format text"));
    }
    let path = args.machine.path();
    let declarations = args
        .data
        .declarations(path, args.input.as_deref(), data_args::configured)?;
    let definition = definition::load(&args.machine)?;
    let machine = definition.lower_with_states(args.machine.path(), PRODUCT)?;
    let mut new = Listing::new(
        &machine,
        &shape::analyze(&machine, &declarations, shape::Detail::Shapes),
    );
    let mut old = match &args.diff {
        Some(name) => {
            let older = definition::load_revision(name, &definition)?;
            let machine = older.lower_readable(Path::new(name), PRODUCT)?;
            Some(Listing::new(
                &machine,
                &shape::analyze(&machine, &declarations, shape::Detail::Shapes),
            ))
        }
        None => None,
    };
    if let Some(state) = &args.state {
        let listings = || std::iter::once(&new).chain(&old);
        if !listings().any(|listing| listing.has(state)) {
            let names: Vec<String> = listings().flat_map(Listing::names).map(str::to_owned).collect();
            return Err(unknown_state(state, &names));
        }
        new.keep_only(state);
        if let Some(old) = &mut old {
            old.keep_only(state);
        }
    }
    let out = output::open(args.output.as_deref(), [])?;
    let mut out = Printable::new(out, args.format.notation());
    match &old {
        Some(old) => shapes::write_changes(old, &new, args.at, *style, &mut out)?,
        None => args.format.write(&new, args.at, *style, &mut out)?,
    }
    out.into_inner()?.finish()?;
    exit_process(Exit::Success)
}

fn unknown_state(state: &str, names: &[String]) -> CliError {
    let error = CliError::new(format!("--state references undefined state `{state}`"));
    match prose::closest(state, names.iter().map(String::as_str)) {
        Some(close) => error.help(prose::similar_name("state", close)),
        None => error,
    }
}
