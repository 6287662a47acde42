//! `--record HISTORY…`: appends a case for each recorded execution to a suite.

use super::args::Args;
use super::load::{Loader, stem};
use super::worker::{CaseMocks, Compiled, RunOptions, Worker};
use super::written;
use crate::cli::exit::warn;
use crate::cli::{CliError, Exit, history_file};
use crate::document::Node;
use crate::history::{Recorded, Status};
use crate::simulate::replay::{Recording, ReplayedWorld, first_divergence};
use crate::simulate::{self, Execution, Options};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::suite::{
    self, Case, Cause, Content, Entry, ExecutionTest, Expect, MachineRef, Settings, Spanned, Suite, Test,
    TextPattern, Unmocked,
};
use crate::value::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Records executions.
pub(super) fn run(args: &Args, histories: &[PathBuf], suite_path: &Path) -> Result<Exit, CliError> {
    let exists = suite_path.exists();
    let mut loader = Loader::default();
    if exists {
        loader.add(suite_path)?;
    } else {
        let Some(definition) = &args.definition else {
            return Err(
                CliError::new(format!("`{}` does not exist", suite_path.display()))
                    .help("specify the state machine of a new suite with --definition FILE"),
            );
        };
        new_suite(&mut loader, args, definition)?;
    }
    let loaded = &loader.loaded;
    let mut worker = Worker::new(loaded, RunOptions::QUIET);
    let suite = &loaded.suites[0];
    let compiled = worker.compiled(suite.machine);
    let shared = worker.shared(0).map_err(|_| CliError::new("invalid mocks"))?;
    let taken: HashSet<String> = suite
        .cases
        .iter()
        .map(|case| case.case.name.value.clone())
        .collect();
    let mut recorder = Recorder {
        worker: &worker,
        compiled: &compiled,
        shared,
        taken,
        entries: Vec::new(),
    };
    for path in histories {
        let name = stem(path);
        history_file::read_all(std::slice::from_ref(path), |recorded| {
            recorder.add(&name, recorded);
        })?;
    }
    let entries = recorder.entries;
    if exists {
        written::append(suite_path, &entries)?;
    } else {
        let mut new = suite.suite.clone();
        new.machine.value.path = written::relative(suite_path, Path::new(&new.machine.path));
        if let Some(Content::File(mocks)) = &mut new.mocks {
            mocks.value = written::relative(suite_path, Path::new(&mocks.value));
        }
        new.entries = entries;
        written::create(suite_path, &new)?;
    }
    Ok(Exit::Success)
}

/// A suite without cases, whose paths are relative to the current directory.
fn new_suite(loader: &mut Loader, args: &Args, definition: &str) -> Result<(), CliError> {
    let suite = Suite {
        machine: MachineRef::parse(definition).into(),
        mocks: args
            .mocks
            .as_ref()
            .map(|path| Content::File(path.display().to_string().into())),
        ..Suite::default()
    };
    let source = Arc::new(SourceFile::new("--definition", definition));
    let root = suite::node(&Value::empty_object());
    loader.build(Path::new("--definition"), Path::new(""), &source, root, suite)
}

struct Recorder<'r, 'l> {
    worker: &'r Worker<'l>,
    compiled: &'r Compiled<'l>,
    shared: Rc<crate::cli::simulate::mocks::Prepared>,
    taken: HashSet<String>,
    entries: Vec<Entry>,
}

/// A case, and how its execution ends today.
struct Candidate {
    mocks: Value,
    settings: Settings,
}

impl Recorder<'_, '_> {
    fn add(&mut self, file: &str, recorded: Recorded) {
        let name = self.unique(recorded.name().unwrap_or(file));
        let is_express = recorded
            .execution
            .as_deref()
            .is_some_and(|arn| arn.contains(":express:"));
        let Some(recording) = Recording::new(recorded) else {
            warn(&format!(
                "{file}: the history does not start with ExecutionStarted"
            ));
            return;
        };
        let input = recording.input.clone().unwrap_or_else(Value::empty_object);
        let mut settings = Settings {
            start_time: Some(recording.start),
            workflow_type: is_express.then_some(WorkflowType::Express),
            ..Settings::default()
        };
        let replayed = match self.replay(&recording, &input, settings) {
            Ok(replayed) => replayed,
            Err(error) => {
                warn(&format!("`{name}` cannot be replayed: {error}"));
                return;
            }
        };
        if replayed.1 {
            settings.unmocked = Some(Unmocked::Sample);
        }
        let replayed = replayed.0;
        if first_divergence(&recording, &replayed.history, &replayed.identity).is_some() {
            warn(&format!(
                "the replay of `{name}` differs from the recording; the case expects the results of the replay"
            ));
        }
        let candidates = [false, true].map(|by_arguments| Candidate {
            mocks: recording.mocks(by_arguments),
            settings,
        });
        let chosen = candidates
            .iter()
            .find(|candidate| self.is_same(candidate, &input, &replayed));
        let chosen = chosen.unwrap_or_else(|| {
            warn(&format!(
                "`{name}` cannot be reproduced with mocks; the case may fail"
            ));
            &candidates[0]
        });
        self.entries.push(entry(
            &name,
            chosen,
            &input,
            self.compiled,
            &replayed,
            recording.has_tasks(),
        ));
    }

    fn unique(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut number = 1;
        while !self.taken.insert(unique.clone()) {
            number += 1;
            unique = format!("{name} {number}");
        }
        unique
    }

    fn options(&self, settings: &Settings, mocks: &CaseMocks) -> Options {
        Options {
            record_events: true,
            ..self
                .worker
                .options(&self.worker.loaded.suites[0], settings, mocks)
        }
    }

    /// The execution with the recorded outcomes, and whether it needs samples for others.
    fn replay(
        &self,
        recording: &Recording,
        input: &Value,
        settings: Settings,
    ) -> Result<(Execution, bool), simulate::Error> {
        let run = |settings: Settings| {
            let mocks = CaseMocks {
                own: Rc::default(),
                shared: Rc::clone(&self.shared),
            };
            let settings = settings.or(self.worker.loaded.suites[0].suite.defaults);
            let options = self.options(&settings, &mocks);
            let mut world = ReplayedWorld::new(recording, self.compiled.world(&mocks, &settings));
            simulate::run(&self.compiled.plan, input.clone(), &mut world, &options)
        };
        if let Ok(execution) = run(settings) {
            return Ok((execution, false));
        }
        let sampled = Settings {
            unmocked: Some(Unmocked::Sample),
            ..settings
        };
        run(sampled).map(|execution| (execution, true))
    }

    /// Whether an execution with the mocks ends as the replayed one.
    fn is_same(&self, candidate: &Candidate, input: &Value, replayed: &Execution) -> bool {
        let root: Node = suite::node(&candidate.mocks);
        let plan = &self.compiled.plan;
        let Ok(own) = crate::cli::simulate::mocks::from_tree(&root, Path::new(""), plan, false) else {
            return false;
        };
        let mocks = CaseMocks {
            own: Rc::new(own),
            shared: Rc::clone(&self.shared),
        };
        let settings = candidate.settings.or(self.worker.loaded.suites[0].suite.defaults);
        let options = self.options(&settings, &mocks);
        let mut world = self.compiled.world(&mocks, &settings);
        let result = simulate::run(plan, input.clone(), &mut world, &options);
        result.is_ok_and(|execution| {
            execution.status == replayed.status
                && execution.output == replayed.output
                && execution.error == replayed.error
                && execution.path == replayed.path
        })
    }
}

fn entry(
    name: &str,
    candidate: &Candidate,
    input: &Value,
    compiled: &Compiled<'_>,
    execution: &Execution,
    has_tasks: bool,
) -> Entry {
    let path = execution
        .path
        .iter()
        .map(|id| compiled.plan.state(*id).name.to_string().into());
    let mut expect = Expect {
        status: Some(execution.status.into()),
        path: Some(Spanned::from(path.collect::<Vec<Spanned<String>>>())),
        ..Expect::default()
    };
    if execution.status == Status::Succeeded {
        expect.output = execution.output.as_ref().map(suite::expected);
    } else {
        let exactly = |text: &str| Spanned::from(TextPattern::exactly(text));
        expect.error = execution.error.error.as_deref().map(exactly);
        expect.cause = execution
            .error
            .cause
            .as_deref()
            .map(|text| Cause::Text(exactly(text)));
    }
    Entry::Case(Case {
        name: name.to_owned().into(),
        settings: candidate.settings,
        test: Test::Execution(Box::new(ExecutionTest {
            input: Some(Content::Inline(suite::node(input))),
            mocks: has_tasks.then(|| Content::Inline(suite::node(&candidate.mocks))),
            expect,
            ..ExecutionTest::default()
        })),
        ..Case::default()
    })
}
