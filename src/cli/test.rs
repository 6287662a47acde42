//! `asl test`: run suites of tests.

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
mod run;
mod select;
mod shell;
mod snapshot_file;
mod validate;
mod watch;
mod worker;
mod written;

use super::config_file::ConfigFile;
use super::{CliError, EndProcess, Exit, exit, input, output};
use crate::render::printable::{Notation, Printable};
use crate::render::style::Style;
use crate::render::test_report::{Format, Listed, write_list};
pub use args::Args;
use load::Loader;
use loaded::Loaded;
use std::path::{Path, PathBuf};
use std::time::Instant;
use worker::{At, How, SnapshotMode, Worker};

/// Runs `asl test`.
pub fn run(args: &Args, style: &Style, end: EndProcess) -> Result<Exit, CliError> {
    if let Some(machine) = &args.generate {
        return generate::run(args, machine, end);
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
    let files = files(args, config.as_ref())?;
    end(session(args, &files, config.as_ref(), style)?)
}

/// Runs the suites in files.
fn session(
    args: &Args,
    files: &[PathBuf],
    config: Option<&ConfigFile>,
    style: &Style,
) -> Result<Exit, CliError> {
    let began = Instant::now();
    let request = coverage::Request::new(args, config)?;
    let mut loader = Loader::default();
    let mut is_invalid = false;
    for file in files {
        let added = if mock_config::is_one(file) {
            mock_config::add(&mut loader, file, args)
        } else {
            loader.add(file)
        };
        if let Err(error) = added {
            exit::report_error(&error);
            is_invalid = true;
        }
    }
    let loaded = &loader.loaded;
    let shows_timelines = args.format == Format::Text;
    let how = How {
        timeline: shows_timelines.then_some(*style),
        is_verbose: args.verbose,
        snapshots: snapshot_mode(args),
        has_coverage: request.is_some(),
    };
    let mut worker = Worker::new(loaded, how);
    is_invalid |= !validate::is_valid(loaded, &mut worker);
    if is_invalid {
        return Ok(Exit::Error);
    }
    if args.on.is_some() {
        on_aws::Service::check()?;
    }
    let selected = select::cases(args, loaded)?;
    if args.list {
        list(args, loaded, &selected, *style)?;
        return Ok(Exit::Success);
    }
    let mut machines = request
        .as_ref()
        .map(|_| coverage::Machines::new(loaded, &mut worker));
    let mut report = run::all(args, loaded, &selected, &mut worker, machines.as_mut())?;
    report.coverage = machines.as_ref().map(coverage::Machines::json);
    let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stdout());
    let took = is_terminal.then(|| began.elapsed());
    let covered = request.as_ref().zip(machines.as_ref());
    print::all(args, &report, covered, *style, took)
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

/// The suites to run.
fn files(args: &Args, config: Option<&ConfigFile>) -> Result<Vec<PathBuf>, CliError> {
    let configured = config.map(ConfigFile::test_paths).unwrap_or_default();
    let paths = match (args.paths.as_slice(), configured) {
        ([], paths) if paths.is_empty() => vec![PathBuf::from(".")],
        ([], paths) => paths,
        (paths, _) => paths.to_vec(),
    };
    let mut files = input::suite_files(&paths)?;
    if let Some(config) = config {
        files.retain(|file| args.paths.contains(file) || !config.excludes(file));
    }
    if files.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(
            CliError::new(format!("no suites found in {}", crate::prose::quoted_list(names)))
                .help("name suites *.asl-test.yaml, *.asl-test.yml, or *.asl-test.json"),
        );
    }
    Ok(files)
}

fn snapshot_mode(args: &Args) -> SnapshotMode {
    let ci = std::env::var_os("CI").unwrap_or_default();
    let is_ci = !ci.is_empty() && ci != "false" && ci != "0";
    match (args.update_snapshots, is_ci) {
        (true, _) => SnapshotMode::Update,
        (false, true) => SnapshotMode::Check,
        (false, false) => SnapshotMode::WriteNew,
    }
}

fn list(args: &Args, loaded: &Loaded, selected: &[At], style: Style) -> Result<(), CliError> {
    let paths: Vec<String> = loaded
        .suites
        .iter()
        .map(|suite| suite.path.display().to_string())
        .collect();
    let listed = selected.iter().map(|(s, c)| {
        let case = &loaded.suites[*s].cases[*c].case;
        Listed {
            path: &paths[*s],
            name: &case.name,
            tags: case.tags.iter().map(|tag| tag.as_str()).collect(),
        }
    });
    let listed: Vec<Listed<'_>> = listed.collect();
    let is_json = args.format == Format::Json;
    let notation = if is_json { Notation::Json } else { Notation::Symbol };
    let mut out = Printable::new(output::open(None, [])?, notation);
    write_list(&listed, is_json, style, &mut out)?;
    out.into_inner()?.finish()
}
