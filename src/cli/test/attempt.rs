//! Runs one case.

#[cfg(test)]
mod tests;

use super::loaded::{LoadedCase, LoadedSuite, RecordingFiles};
use super::worker::{CaseId, CaseMocks, Compiled, Errors, SnapshotMode, Worker, input, unused, warning};
use crate::aws::price::{Prices, REFERENCE_REGION};
use crate::cli::guard::GuardedWorld;
use crate::cli::simulate::bill::bill;
use crate::coverage::{Counts, Recorder};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Node;
use crate::history::{self, LogSettings, Logs, Recorded};
use crate::isolation::isolated;
use crate::render::history::{Format, Replay, Report, Settings};
use crate::render::style::Style;
use crate::render::test_report::{CaseReport, CaseStatus, LocatedFailure};
use crate::simulate::mocks::MockedWorld;
use crate::simulate::replay::{Recording, ReplayedWorld, first_divergence, step_count};
use crate::simulate::test_state::{self, Level, Mock, Request, Response};
use crate::simulate::{self, Execution, Options, World};
use crate::source::SourceFile;
use crate::suite::{self, Diff, Failure, Observed, StateTest, Test, summary};
use crate::value::{Object, Value};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

/// The result of a case, and what its run used.
pub(super) struct CaseResult {
    pub(super) report: CaseReport,
    /// The shared mocks that it used, by state or resource.
    pub(super) used: Vec<String>,
    /// Warnings about its own mocks.
    pub(super) warnings: Vec<(Arc<SourceFile>, Diagnostic)>,
    /// The snapshot to write.
    pub(super) snapshot: Option<String>,
    /// What it used of the machine.
    pub(super) counts: Option<Counts>,
}

/// The outcome of a case.
#[derive(Default)]
struct Outcome {
    failures: Vec<Failure>,
    /// Whether the case could not be run.
    is_error: bool,
    duration_ms: i64,
    timeline: Option<String>,
    summary: Option<String>,
    used: Vec<String>,
    warnings: Vec<(Arc<SourceFile>, Diagnostic)>,
    counts: Option<Counts>,
}

impl Outcome {
    fn error(failure: Failure) -> Self {
        Self {
            failures: vec![failure],
            is_error: true,
            ..Self::default()
        }
    }
}

impl Worker<'_> {
    /// Runs a case. A panic is an error of that case.
    pub(super) fn run(&mut self, at: CaseId) -> CaseResult {
        self.run_by(at, Self::attempt)
    }

    fn run_by(&mut self, at: CaseId, attempt: impl FnOnce(&mut Self, CaseId) -> Outcome) -> CaseResult {
        let began = Instant::now();
        let (suite, case) = self.case(at);
        let report = CaseReport {
            name: case.case.name.value.clone(),
            status: CaseStatus::Skipped,
            duration_ms: 0,
            failures: Vec::new(),
            timeline: None,
            note: None,
            rerun: String::new(),
            took: std::time::Duration::ZERO,
        };
        if let Some(reason) = &case.case.skip {
            return CaseResult {
                report: CaseReport {
                    note: Some(reason.value.clone()),
                    ..report
                },
                used: Vec::new(),
                warnings: Vec::new(),
                snapshot: None,
                counts: None,
            };
        }
        let outcome = isolated(|| attempt(self, at)).unwrap_or_else(|panic| {
            self.reset();
            let failure = Failure::new("run", case.case.span(), format!("asl panicked: {panic}"));
            Outcome::error(Failure {
                help: Some("this is a bug in asl; please report it".to_owned()),
                ..failure
            })
        });
        let Outcome {
            mut failures,
            is_error,
            duration_ms,
            timeline,
            summary,
            used,
            warnings,
            counts,
        } = outcome;
        let (mut note, mut snapshot) = (None, None);
        if let Some(summary) = summary {
            match self.snapshot(suite, case, &summary) {
                Snapshot::Same => {}
                Snapshot::Written(how) => {
                    note = Some(how.to_owned());
                    snapshot = Some(summary);
                }
                Snapshot::Differs(failure) => failures.push(*failure),
            }
        }
        let status = match (is_error, failures.is_empty()) {
            (true, _) => CaseStatus::Error,
            (false, true) => CaseStatus::Passed,
            (false, false) => CaseStatus::Failed,
        };
        CaseResult {
            report: CaseReport {
                status,
                duration_ms,
                failures: failures
                    .into_iter()
                    .map(|failure| located(case, failure))
                    .collect(),
                timeline,
                note,
                took: began.elapsed(),
                ..report
            },
            used,
            warnings,
            snapshot,
            counts,
        }
    }

    fn attempt(&mut self, at: CaseId) -> Outcome {
        let (suite, case) = self.case(at);
        let compiled = self.compiled(suite.machine);
        if let Test::State(test) = &case.case.test {
            return state(case, test, &compiled);
        }
        let mocks = match self.mocks(at, false) {
            Ok(mocks) => mocks,
            Err(errors) => return Outcome::error(invalid_mocks(case, &errors)),
        };
        if case.recording.is_some() {
            return self.replay(suite, case, &compiled, &mocks);
        }
        self.execution(suite, case, &compiled, &mocks)
    }

    /// The options of an execution without its events.
    pub(super) fn options(
        &self,
        suite: &LoadedSuite,
        settings: &suite::Settings,
        mocks: &CaseMocks,
    ) -> Options {
        let machine = &self.loaded.machines[suite.machine];
        Options {
            machine_name: machine.name.as_str().into(),
            workflow_type: settings.workflow_type.unwrap_or(machine.workflow_type()),
            record_events: false,
            children: mocks.children(),
            ..Options::default()
        }
    }

    fn execution(
        &self,
        suite: &LoadedSuite,
        case: &LoadedCase,
        compiled: &Compiled<'_>,
        mocks: &CaseMocks,
    ) -> Outcome {
        let Test::Execution(test) = &case.case.test else {
            return Outcome::default();
        };
        let settings = suite.settings(case);
        let mut options = self.options(suite, &settings, mocks);
        options.record_events = case.case.snapshot || test.expect.needs_history();
        let given = input(case);
        let authorizer = suite.authorizer(case);
        let mut world = GuardedWorld::new(compiled.world(mocks, &settings), authorizer);
        let mut outcome = Outcome::default();
        let result = self.observed(compiled, given.clone(), &mut world, &options, &mut outcome);
        note_guesses(suite, case, &world, &mut outcome);
        note_mocks(suite, case, mocks, &world.world, &mut outcome);
        let mut execution = match result {
            Ok(execution) => execution,
            Err(error) => {
                let stopped = stopped(case, &error, &world.world);
                outcome.is_error = stopped.expectation == "run";
                outcome.failures.push(stopped);
                return outcome;
            }
        };
        outcome.duration_ms = execution.stop.since(execution.start);
        let cost = || {
            let bill = bill(&execution, &compiled.machine);
            let region = Prices::builtin().region(REFERENCE_REGION);
            region.map_or_else(Default::default, |region| bill.price(region))
        };
        let observed = Observed {
            execution: &execution,
            plan: &compiled.plan,
            cost: &cost,
        };
        outcome.failures = test.expect.check(&observed, case.case.span());
        if case.case.snapshot {
            outcome.summary = Some(summary::summarize_execution(&execution));
        }
        if let (false, Some(style)) = (outcome.failures.is_empty(), self.options.timeline) {
            if !options.record_events {
                // The same run, this time with its events.
                options.record_events = true;
                let mut world = GuardedWorld::new(compiled.world(mocks, &settings), authorizer);
                if let Ok(again) = simulate::run(&compiled.plan, given, &mut world, &options) {
                    execution = again;
                }
            }
            outcome.timeline = Some(self.timeline(suite, compiled, &execution, style));
        }
        outcome
    }

    /// Runs an execution, and notes what it uses of the machine.
    fn observed(
        &self,
        compiled: &Compiled<'_>,
        given: Value,
        world: &mut dyn World,
        options: &Options,
        outcome: &mut Outcome,
    ) -> Result<Execution, simulate::Error> {
        if !self.options.has_coverage {
            return simulate::run(&compiled.plan, given, world, options);
        }
        let mut recorder = Recorder::new(compiled.catalog(), &compiled.plan);
        let result = simulate::run_observed(&compiled.plan, given, world, options, &mut recorder);
        outcome.counts = Some(recorder.finish(result.as_ref().ok()));
        result
    }

    fn timeline(
        &self,
        suite: &LoadedSuite,
        compiled: &Compiled<'_>,
        execution: &Execution,
        style: Style,
    ) -> String {
        let report = Report {
            execution,
            plan: &compiled.plan,
            machine: &compiled.machine,
            source: &self.loaded.machines[suite.machine].definition.document.source,
            bill: bill(execution, &compiled.machine),
            until: None,
            unmocked: &[],
            is_sampled: false,
            warnings: &[],
        };
        let mut text = Vec::new();
        // Writing to memory does not fail.
        drop(Format::Text.write(&report, self.print_settings(style), &mut text));
        String::from_utf8(text).unwrap_or_default()
    }

    fn print_settings(&self, style: Style) -> Settings {
        Settings {
            style,
            is_verbose: self.options.is_verbose,
            logs: LogSettings::default(),
        }
    }

    fn replay(
        &self,
        suite: &LoadedSuite,
        case: &LoadedCase,
        compiled: &Compiled<'_>,
        mocks: &CaseMocks,
    ) -> Outcome {
        let failed = |message: &str| Failure::new("replay", case.case.span(), message);
        let recorded = case.recording.as_ref().and_then(recorded);
        let Some(recording) = recorded.and_then(Recording::new) else {
            return Outcome::error(failed("the history does not start with ExecutionStarted"));
        };
        let settings = suite.settings(case);
        let options = Options {
            record_events: true,
            ..self.options(suite, &settings, mocks)
        };
        let given = recording.input.clone().unwrap_or_else(Value::empty_object);
        let mut outcome = Outcome::default();
        let world = ReplayedWorld::new(&recording, compiled.world(mocks, &settings));
        let mut world = GuardedWorld::new(world, suite.authorizer(case));
        let result = self.observed(compiled, given, &mut world, &options, &mut outcome);
        note_guesses(suite, case, &world, &mut outcome);
        let execution = match result {
            Ok(execution) => execution,
            Err(error) => {
                let failure = failed(&error.message);
                return Outcome::error(Failure {
                    help: error.help,
                    ..failure
                });
            }
        };
        outcome.duration_ms = execution.stop.since(execution.start);
        if case.case.snapshot {
            outcome.summary = Some(summary::summarize_execution(&execution));
        }
        let Some(found) = first_divergence(&recording, &execution.history, &execution.identity) else {
            return outcome;
        };
        let steps = [&found.today, &found.recorded];
        let state = steps.into_iter().find_map(|step| step.as_ref()?.state);
        let message = match state {
            Some(state) => format!("the execution differs from the recording at `{state}`"),
            None => "the execution differs from the recording at its end".to_owned(),
        };
        let mut failure = failed(&message);
        let side = |value: fn(&simulate::replay::Difference) -> Option<&Value>| {
            let members = found.differences.iter().filter_map(|difference| {
                Some((Rc::from(difference.place.as_str()), value(difference)?.clone()))
            });
            Value::object(members.collect::<Object>())
        };
        if !found.differences.is_empty() {
            let expected = side(|difference| difference.recorded.as_ref());
            failure = failure.values(&expected, Some(&side(|difference| difference.today.as_ref())));
        }
        outcome.failures.push(failure);
        if let Some(style) = self.options.timeline {
            let machine: Rc<str> = self.loaded.machines[suite.machine].name.as_str().into();
            let state = state.and_then(|state| compiled.plan.find(state));
            let replay = Replay {
                machine: &machine,
                source: &self.loaded.machines[suite.machine].definition.document.source,
                recorded_execution: None,
                is_only: true,
                execution: &execution,
                recorded: None,
                is_incomplete: recording.is_incomplete,
                steps: step_count(&recording),
                divergence: Some(&found),
                state: state.map(|id| compiled.plan.state(id)),
            };
            let mut text = Vec::new();
            drop(Format::Text.write_replay(&replay, self.print_settings(style), &mut text));
            outcome.timeline = String::from_utf8(text).ok();
        }
        outcome
    }

    fn snapshot(&self, suite: &LoadedSuite, case: &LoadedCase, summary: &str) -> Snapshot {
        let name = case.case.name.as_str();
        match (suite.snapshots.get(name), self.options.snapshots) {
            (Some(stored), _) if stored == summary => Snapshot::Same,
            (_, SnapshotMode::Update) => Snapshot::Written("snapshot written"),
            (None, SnapshotMode::WriteNew) => Snapshot::Written("snapshot written"),
            (None, SnapshotMode::Check) => {
                let failure = Failure::new("snapshot", case.case.span(), "missing snapshot");
                Snapshot::Differs(Box::new(Failure {
                    help: Some(
                        "run `asl test` without the variable `CI` to write it, and add the file to the repository"
                            .to_owned(),
                    ),
                    ..failure
                }))
            }
            (Some(stored), _) => {
                let failure = Failure::new("snapshot", case.case.span(), "the run differs from its snapshot");
                Snapshot::Differs(Box::new(Failure {
                    help: Some("use `--update-snapshots` if the change is intended".to_owned()),
                    expected: Some(Value::from(stored).to_json()),
                    got: Some(Value::from(summary).to_json()),
                    diff: Some(Diff {
                        expected: stored.to_owned(),
                        got: summary.to_owned(),
                    }),
                    ..failure
                }))
            }
        }
    }
}

/// Notes which mocks the case has used.
fn note_mocks(
    suite: &LoadedSuite,
    case: &LoadedCase,
    mocks: &CaseMocks,
    world: &MockedWorld<'_>,
    outcome: &mut Outcome,
) {
    let (own, shared) = (&mocks.own.0, &mocks.shared.0);
    if let Some(tree) = &case.mocks {
        for member in unused(tree, own, world) {
            let message = format!("the case does not use the mock of `{}`", member.key.as_str());
            let found = warning(member.key_span, message);
            outcome.warnings.push((Arc::clone(&tree.source), found));
        }
    }
    if suite.mocks.is_some() {
        let all = shared.states.iter().chain(&shared.resources);
        let used = all.filter(|(_, outcomes)| world.has_used(outcomes));
        outcome.used.extend(used.map(|(name, _)| name.to_string()));
    }
}

/// Tests a single state.
fn state(case: &LoadedCase, test: &StateTest, compiled: &Compiled<'_>) -> Outcome {
    let given = input(case);
    let request = request(test, given.clone());
    let response = match test_state::run_compiled(&request, &compiled.plan) {
        Ok(response) => response,
        Err(error) => {
            let failure = Failure::new("run", test.state.span, error.message);
            return Outcome::error(Failure {
                help: error.help,
                ..failure
            });
        }
    };
    match response {
        Response::Rejected(rejection) => {
            let response = rejection.response();
            let message = response.get("message").and_then(Value::as_str);
            let message = message.map_or_else(|| response.to_json(), str::to_owned);
            Outcome::error(Failure {
                help: rejection.hint,
                ..Failure::new("run", test.state.span, message)
            })
        }
        Response::Tested(tested) => Outcome {
            failures: test.expect.check(&given, &tested.response, case.case.span()),
            summary: case
                .case
                .snapshot
                .then(|| summary::summarize_state(&tested.response)),
            ..Outcome::default()
        },
    }
}

enum Snapshot {
    Same,
    Written(&'static str),
    Differs(Box<Failure>),
}

/// The request for a state.
pub(super) fn request(test: &StateTest, given: Value) -> Request {
    let object = |node: &Option<Node>| node.as_ref().map(crate::asl::literal::value);
    let variables = object(&test.variables).and_then(|value| value.as_object().cloned());
    Request {
        state_name: Some(test.state.value.clone()),
        input: Some(given),
        variables: variables.unwrap_or_default(),
        level: Level::Debug,
        mock: test.mock.as_ref().and_then(|node| Mock::from_node(node).ok()),
        context: object(&test.context),
        retrier_retry_count: test.retries.unwrap_or_default(),
        ..Request::default()
    }
}

/// Notes the tasks without permission whose error is a guess.
fn note_guesses<W>(
    suite: &LoadedSuite,
    case: &LoadedCase,
    world: &GuardedWorld<'_, W>,
    outcome: &mut Outcome,
) {
    let role = case.case.role.as_ref().or(suite.suite.role.as_ref());
    let Some(role) = role else { return };
    for message in world.warnings() {
        let found = Diagnostic::new("unrecorded-error", Severity::Warning, message, role.span);
        outcome.warnings.push((Arc::clone(&suite.source), found));
    }
}

/// The recorded execution in files that were read before.
fn recorded(files: &RecordingFiles) -> Option<Recorded> {
    let mut logs = Logs::default();
    let mut single = None;
    for source in files.sources.iter() {
        single = history::read(source.text(), &mut logs).ok()?.or(single);
    }
    match &files.execution {
        None => single,
        Some(arn) => logs
            .into_recorded()
            .into_iter()
            .find(|recorded| recorded.is_named(arn)),
    }
}

/// Why the simulation could not go on.
fn stopped(case: &LoadedCase, error: &simulate::Error, world: &MockedWorld<'_>) -> Failure {
    match world.unmocked().last() {
        Some(state) => Failure {
            help: Some(format!("add a mock for `{state}`, or set `unmocked: sample`")),
            ..Failure::new("mocks", case.case.span(), format!("no mock for task `{state}`"))
        },
        None => Failure {
            help: error.help.clone(),
            ..Failure::new("run", case.case.span(), error.message.clone())
        },
    }
}

fn invalid_mocks(case: &LoadedCase, errors: &Errors) -> Failure {
    let first = errors.iter().flat_map(|(_, errors)| errors).next();
    let message = first.map_or_else(String::new, |error| error.message.to_string());
    Failure::new("mocks", case.case.span(), message)
}

/// A failure with its file.
pub(super) fn located(case: &LoadedCase, failure: Failure) -> LocatedFailure {
    LocatedFailure {
        pointer: case.root.pointer_to(failure.span),
        source: Arc::clone(&case.source),
        failure,
    }
}
