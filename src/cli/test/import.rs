//! `--import MockConfigFile.json`: a suite with a case for each test case.

use super::args::Args;
use super::load::Loader;
use super::mock_config;
use super::validate;
use super::worker::{RunOptions, Worker, input};
use super::written;
use crate::cli::{CliError, Exit, input as files, json_input, report};
use crate::history::Status;
use crate::simulate::Execution;
use crate::simulate::mocks::{Mocks, converted};
use crate::suite::{
    self, Case, Content, Entry, ExecutionTest, Expect, MachineRef, Suite, Test, TextPattern, Unmocked,
};
use crate::user_file;
use crate::value::Value;
use std::path::Path;
use std::sync::Arc;

/// Converts a file into a suite. The expected status of a case is that of its execution today.
pub(super) fn run(args: &Args, path: &Path, suite_path: &Path) -> Result<Exit, CliError> {
    let (source, syntax) = files::one(path, None)?.read_with_syntax()?;
    let root = user_file::read(Arc::clone(&source), syntax)
        .map_err(|errors| report::invalid_file(&source, errors, "mocks"))?;
    let given = args.input.as_deref().map(json_input::argument).transpose()?;
    let definitions = mock_config::definitions(&root, args);
    let mut suites = mock_config::suites(path, &root, &definitions, given.as_ref(), false)?;
    let (Some(suite), true) = (suites.pop(), suites.is_empty()) else {
        return Err(CliError::new("a suite tests one state machine").help(
            "specify one with --mock-machine NAME=DEFINITION, and import the others into suites of their own",
        ));
    };
    let MachineRef {
        path: definition,
        name,
    } = suite.machine.value.clone();
    let mut loader = Loader::default();
    loader.build(path, Path::new(""), &source, root, suite)?;
    let mut worker = Worker::new(&loader.loaded, RunOptions::QUIET);
    if !validate::is_valid(&loader.loaded, &mut worker) {
        return Ok(Exit::Error);
    }
    let mut entries = Vec::new();
    for c in 0..loader.loaded.suites[0].cases.len() {
        entries.push(Entry::Case(case(&mut worker, (0, c), given.as_ref())?));
    }
    let suite = Suite {
        machine: MachineRef {
            path: written::relative(suite_path, Path::new(&definition)),
            name,
        }
        .into(),
        entries,
        ..Suite::default()
    };
    written::create(suite_path, &suite)?;
    Ok(Exit::Success)
}

fn case(worker: &mut Worker<'_>, at: (usize, usize), given: Option<&Value>) -> Result<Case, CliError> {
    let (suite, loaded) = worker.case(at);
    let compiled = worker.compiled(suite.machine);
    let mocks = worker
        .mocks(at, false)
        .map_err(|_| CliError::new("invalid mocks"))?;
    let local: &Mocks = &mocks.own.0;
    let mut settings = suite.settings(loaded);
    let options = worker.options(suite, &settings, &mocks);
    let mut world = compiled.world(&mocks, &settings);
    let mut result = crate::simulate::run(&compiled.plan, input(loaded), &mut world, &options);
    let mut has_undefined = world.has_undefined();
    if result.is_err() && world.unmocked().next().is_some() {
        // Step Functions Local would call the service.
        settings.unmocked = Some(Unmocked::Sample);
        let mut world = compiled.world(&mocks, &settings);
        result = crate::simulate::run(&compiled.plan, input(loaded), &mut world, &options);
        has_undefined = world.has_undefined();
    }
    // The end of a response matters only if an execution may make more attempts than it defines.
    let has_end = match &result {
        Ok(execution) => has_undefined || repeats_states(execution),
        Err(_) => true,
    };
    let expect = match &result {
        Ok(execution) => expected(execution),
        Err(_) => Expect::default(),
    };
    Ok(Case {
        name: loaded.case.name.value.clone().into(),
        settings,
        test: Test::Execution(Box::new(ExecutionTest {
            input: given.map(|value| Content::Inline(suite::node(value))),
            mocks: Some(Content::Inline(suite::node(&converted(local, has_end)))),
            expect,
            ..ExecutionTest::default()
        })),
        ..Case::default()
    })
}

/// Whether a state made several attempts.
fn repeats_states(execution: &Execution) -> bool {
    let mut counts = execution.counts.iter();
    counts.any(|count| count.retried > 0 || count.entered > 1)
}

fn expected(execution: &Execution) -> Expect {
    let mut expect = Expect {
        status: Some(execution.status.into()),
        ..Expect::default()
    };
    if execution.status != Status::Succeeded {
        expect.error = execution
            .error
            .error
            .as_deref()
            .map(|error| TextPattern::exactly(error).into());
    }
    expect
}
