//! `asl test`: run test suites.

mod args;
mod attempt;
mod coverage;
mod generate;
mod import;
mod load;
mod loaded;
mod merge;
mod mock_config;
mod on_aws;
mod print;
mod record;
mod roles;
mod run_cases;
mod select;
mod session;
mod shell;
mod snapshot_file;
mod validate;
mod watch;
mod worker;
mod written;

use super::config_file::ConfigFile;
use super::{CliError, Exit, ExitProcess};
use crate::render::style::Style;
pub use args::Args;
use std::path::Path;

/// Runs `asl test`.
pub fn run(args: &Args, style: &Style, exit_process: ExitProcess) -> Result<Exit, CliError> {
    if let Some(machine) = &args.generate {
        return generate::run(args, machine, exit_process);
    }
    if let Some(flag) = args.data.first_flag() {
        return Err(CliError::new(format!("{flag} applies only to --generate")));
    }
    if let Some(suite) = &args.suite {
        return match &args.import {
            Some(path) => import::run(args, path, suite),
            None if args.record.is_empty() => Err(CliError::new("--suite requires --import or --record")),
            None => record::run(args, &args.record, suite),
        };
    }
    args.reports()?;
    let config = config(args)?;
    if !args.merge.is_empty() {
        return merge::run(args, &args.merge, config.as_ref(), *style);
    }
    if args.watch {
        return watch::run(args, config.as_ref(), style);
    }
    let files = session::files(args, config.as_ref())?;
    exit_process(session::run(
        args,
        &files,
        config.as_ref(),
        style,
        Some(exit_process),
    )?)
}

/// The configuration file that applies.
fn config(args: &Args) -> Result<Option<ConfigFile>, CliError> {
    if args.no_config {
        return Ok(None);
    }
    match &args.config {
        Some(path) => ConfigFile::read(path).map(Some),
        None => ConfigFile::nearest(Path::new("asl.toml")),
    }
}
