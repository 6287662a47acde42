//! `asl simulate`: run a definition with mocked tasks on a virtual clock.

mod args;
pub(super) mod bill;
pub(super) mod mocks;
mod once;
mod repeat;
mod replay;
mod simulation;
pub(super) mod target;

use super::scaffold_file;
use super::{CliError, Exit, ExitProcess};
use super::{data_args, definition, guard};
use crate::render::style::Style;
use crate::simulate::mocks::{Form, scaffold};
pub use args::Args;
use simulation::Simulation;
use std::path::Path;

/// Runs `asl simulate`.
pub fn run(args: &Args, style: &Style, exit_process: ExitProcess) -> Result<Exit, CliError> {
    args.check()?;
    let (definition, authorizer) = match &args.policy {
        Some(policy) => {
            let (definition, authorizer) = guard::load(&args.machine, Path::new(policy), Vec::new())?;
            (definition, Some(authorizer))
        }
        None => (definition::load_to_run(&args.machine)?, None),
    };
    let workflow_type = args
        .workflow_type
        .or(definition.workflow_type)
        .unwrap_or_default();
    let machine = definition.lower_accepted(workflow_type, args.force)?;
    if let Some(file) = &args.scaffold {
        let is_json = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
        let form = if is_json { Form::Json } else { Form::Yaml };
        let declarations =
            args.data
                .declarations(args.machine.path(), args.input.as_deref(), data_args::configured)?;
        scaffold_file::write(file, &scaffold(&machine, &declarations, form))?;
        return Ok(Exit::Success);
    }
    let simulation = Simulation::new(args, style, &definition, &machine, workflow_type, authorizer)?;
    match (&args.replay, args.repeat) {
        (Some(recording), _) => replay::run(&simulation, recording),
        (None, Some(runs)) => repeat::run(&simulation, runs),
        (None, None) => once::run(&simulation, exit_process),
    }
}
