//! One run of suites: reads them, runs the selected cases, and prints the report.

use super::args::Args;
use super::load::Loader;
use super::loaded::LoadedTests;
use super::worker::{CaseId, RunOptions, SnapshotMode, Worker};
use super::{coverage, mock_config, on_aws, print, run_cases, select, validate};
use crate::cli::config_file::ConfigFile;
use crate::cli::{CliError, Exit, ExitProcess, exit, input, output};
use crate::prose;
use crate::render::printable::{Notation, Printable};
use crate::render::style::Style;
use crate::render::test_report::{Format, Listed, write_list};
use std::path::PathBuf;
use std::time::Instant;

/// Runs the suites in files. With `exit_process`, the process ends without freeing them.
pub(super) fn run(
    args: &Args,
    files: &[PathBuf],
    config: Option<&ConfigFile>,
    style: &Style,
    exit_process: Option<ExitProcess>,
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
    let options = RunOptions {
        timeline: shows_timelines.then_some(*style),
        is_verbose: args.verbose,
        snapshots: snapshot_mode(args),
        has_coverage: request.is_some(),
    };
    let mut worker = Worker::new(loaded, options);
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
    let mut report = run_cases::all(args, loaded, &selected, &mut worker, machines.as_mut())?;
    report.coverage = machines.as_ref().map(coverage::Machines::json);
    let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stdout());
    let took = is_terminal.then(|| began.elapsed());
    let covered = request.as_ref().zip(machines.as_ref());
    let exit = print::all(args, &report, covered, *style, took)?;
    if let Some(exit_process) = exit_process {
        exit_process(exit)
    }
    Ok(exit)
}

/// The suites to run.
pub(super) fn files(args: &Args, config: Option<&ConfigFile>) -> Result<Vec<PathBuf>, CliError> {
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
            CliError::new(format!("no suites found in {}", prose::quoted_list(names)))
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

fn list(args: &Args, loaded: &LoadedTests, selected: &[CaseId], style: Style) -> Result<(), CliError> {
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
