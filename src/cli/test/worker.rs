//! What a thread needs to run cases: plans and mocks, each made once.

use super::loaded::{LoadedCase, LoadedSuite, LoadedTests, MockTree};
use crate::asl::{Machine, lower};
use crate::cli::simulate::mocks::{self as files, Prepared};
use crate::coverage::Catalog;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Member, Node, NodeKind};
use crate::history::Time;
use crate::render::style::Style;
use crate::simulate::mocks::{DEFAULT_START, MockedWorld, Mocks, Samples, Settings, Unmocked, read_local};
use crate::simulate::{ChildMachine, Plan};
use crate::source::{SourceFile, Span};
use crate::suite;
use crate::user_file::{invalid, unknown_name};
use crate::value::Value;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// A case, as the index of its suite and its index there.
pub(super) type CaseId = (usize, usize);

/// The options of a run of cases.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunOptions {
    /// The style of timelines; `None` if no output shows them.
    pub(super) timeline: Option<Style>,
    /// Whether timelines show whole payloads.
    pub(super) is_verbose: bool,
    /// What happens with snapshots that are missing or differ.
    pub(super) snapshots: SnapshotMode,
    /// Whether coverage is measured.
    pub(super) has_coverage: bool,
}

impl RunOptions {
    /// Cases that are not reported.
    pub(super) const QUIET: Self = Self {
        timeline: None,
        is_verbose: false,
        snapshots: SnapshotMode::Check,
        has_coverage: false,
    };
}

/// What happens with snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SnapshotMode {
    /// New ones are written.
    WriteNew,
    /// Nothing is written: a missing one fails its case.
    Check,
    /// All are rewritten.
    Update,
}

/// The state of a thread.
pub(super) struct Worker<'l> {
    pub(super) loaded: &'l LoadedTests,
    pub(super) options: RunOptions,
    machines: Vec<Option<Rc<Compiled<'l>>>>,
    shared: HashMap<usize, Rc<Prepared>>,
    /// The mocks of cases that were checked before the run.
    ready: HashMap<CaseId, Rc<Prepared>>,
}

/// A machine that is ready to run.
pub(super) struct Compiled<'l> {
    pub(super) machine: Machine<'l>,
    pub(super) plan: Rc<Plan>,
    samples: Samples,
    catalog: OnceCell<Catalog>,
}

/// Errors, with their files.
pub(super) type Errors = Vec<(Arc<SourceFile>, Vec<Diagnostic>)>;

/// The mocks of a case, in the order of precedence.
pub(super) struct CaseMocks {
    pub(super) own: Rc<Prepared>,
    pub(super) shared: Rc<Prepared>,
}

impl<'l> Worker<'l> {
    pub(super) fn new(loaded: &'l LoadedTests, options: RunOptions) -> Self {
        Self {
            loaded,
            options,
            machines: loaded.machines.iter().map(|_| None).collect(),
            shared: HashMap::new(),
            ready: HashMap::new(),
        }
    }

    /// Forgets everything that a panic may have left incomplete.
    pub(super) fn reset(&mut self) {
        *self = Self::new(self.loaded, self.options);
    }

    /// A suite and a case of it.
    pub(super) fn case(&self, at: CaseId) -> (&'l LoadedSuite, &'l LoadedCase) {
        let suite = &self.loaded.suites[at.0];
        (suite, &suite.cases[at.1])
    }

    /// A machine, by its index.
    pub(super) fn compiled(&mut self, machine: usize) -> Rc<Compiled<'l>> {
        let slot = &mut self.machines[machine];
        let loaded = &self.loaded.machines[machine];
        let compiled = slot.get_or_insert_with(|| {
            static NOTHING: Node = Node::new(NodeKind::Null, Span::new(0, 0));
            // The definition has been checked.
            let machine = lower::machine(loaded.definition.document.roots.first().unwrap_or(&NOTHING));
            let plan = Rc::new(Plan::new(&machine));
            Rc::new(Compiled {
                machine,
                plan,
                samples: Samples::default(),
                catalog: OnceCell::new(),
            })
        });
        Rc::clone(compiled)
    }

    /// Builds the mocks of a case, and keeps them for its run if `keep` is set.
    pub(super) fn mocks(&mut self, at: CaseId, keep: bool) -> Result<CaseMocks, Errors> {
        let (suite, case) = self.case(at);
        let plan = Rc::clone(&self.compiled(suite.machine).plan);
        let shared = self.shared(at.0)?;
        let own = match self.ready.remove(&at) {
            Some(own) => own,
            None => Rc::new(own_mocks(suite, case, &plan)?),
        };
        if keep {
            self.ready.insert(at, Rc::clone(&own));
        }
        Ok(CaseMocks { own, shared })
    }

    /// The mocks that the cases of a suite share.
    pub(super) fn shared(&mut self, suite: usize) -> Result<Rc<Prepared>, Errors> {
        if let Some(shared) = self.shared.get(&suite) {
            return Ok(Rc::clone(shared));
        }
        let loaded = &self.loaded.suites[suite];
        let plan = Rc::clone(&self.compiled(loaded.machine).plan);
        let shared = Rc::new(match &loaded.mocks {
            Some(tree) if read_local(&tree.root).is_none() => prepare_tree(tree, &plan)?,
            _ => Prepared::default(),
        });
        self.shared.insert(suite, Rc::clone(&shared));
        Ok(shared)
    }

    /// What is wrong with a case: its mocks, and the states that it names.
    pub(super) fn check(&mut self, at: CaseId) -> Errors {
        let (suite, case) = self.case(at);
        let plan = Rc::clone(&self.compiled(suite.machine).plan);
        let mut errors = self.mocks(at, true).err().unwrap_or_default();
        let unknown = case.unknown_states(&plan);
        if !unknown.is_empty() {
            errors.push((Arc::clone(&case.source), unknown));
        }
        errors
    }
}

impl Compiled<'_> {
    /// Its items for coverage.
    pub(super) fn catalog(&self) -> &Catalog {
        self.catalog.get_or_init(|| Catalog::new(&self.machine))
    }

    /// The world of an execution.
    pub(super) fn world<'m>(&'m self, mocks: &'m CaseMocks, settings: &suite::Settings) -> MockedWorld<'m> {
        let without_mock = match settings.unmocked {
            Some(suite::Unmocked::Sample) => Unmocked::Sample(&self.samples, &self.machine),
            _ => Unmocked::Error,
        };
        let start = || Time::parse(DEFAULT_START).unwrap_or_default();
        let settings = Settings {
            seed: settings.seed.unwrap_or_default(),
            start: settings.start_time.unwrap_or_else(start),
        };
        MockedWorld::layered(&mocks.own.0, vec![&mocks.shared.0], settings, without_mock)
    }
}

impl CaseMocks {
    /// The machines that run instead of mocks.
    pub(super) fn children(&self) -> Vec<ChildMachine> {
        self.own.1.iter().chain(&self.shared.1).cloned().collect()
    }
}

fn prepare_tree(tree: &MockTree, plan: &Plan) -> Result<Prepared, Errors> {
    files::from_tree(&tree.root, &tree.folder, plan, false)
        .map_err(|errors| vec![(Arc::clone(&tree.source), errors)])
}

/// The mocks of a case itself: its `mocks`, or its test case in a `MockConfigFile.json`.
fn own_mocks(suite: &LoadedSuite, case: &LoadedCase, plan: &Plan) -> Result<Prepared, Errors> {
    let of_case = case.mocks.as_ref();
    let local = of_case
        .or(suite.mocks.as_ref())
        .filter(|tree| read_local(&tree.root).is_some());
    match (local, case.test_case()) {
        (Some(tree), Some(name)) => prepare_test_case(suite, case, tree, name, plan),
        (Some(tree), None) if of_case.is_some() => {
            let error = invalid(case.case.span(), "missing key `test-case`");
            let help = format!(
                "`{}` is a MockConfigFile.json; name one of its test cases",
                tree.source.name()
            );
            let error = Diagnostic {
                help: Some(help.into()),
                ..error
            };
            Err(vec![(Arc::clone(&case.source), vec![error])])
        }
        (None, Some(_)) => {
            let error = invalid(
                case.case.span(),
                "`test-case` requires a MockConfigFile.json as `mocks`",
            );
            Err(vec![(Arc::clone(&case.source), vec![error])])
        }
        _ => match of_case {
            Some(tree) => prepare_tree(tree, plan),
            None => Ok(Prepared::default()),
        },
    }
}

fn prepare_test_case(
    suite: &LoadedSuite,
    case: &LoadedCase,
    tree: &MockTree,
    name: &str,
    plan: &Plan,
) -> Result<Prepared, Errors> {
    let here = |error: Diagnostic| vec![(Arc::clone(&case.source), vec![error])];
    let Some(local) = read_local(&tree.root) else {
        return Ok(Prepared::default());
    };
    let machines = local.machines();
    let machine = match (&suite.suite.mock_machine, machines.as_slice()) {
        (Some(wanted), machines) if machines.contains(&wanted.as_str()) => wanted.as_str(),
        (Some(wanted), machines) => {
            let message = format!(
                "no state machine named `{}` in `{}`",
                wanted.value,
                tree.source.name()
            );
            let names = machines.iter().copied();
            let error = unknown_name(wanted.span, "state machine", message, wanted, names);
            return Err(vec![(Arc::clone(&suite.source), vec![error])]);
        }
        (None, [only]) => only,
        (None, _) => {
            let help = "select one with `mock-machine`";
            let error = invalid(
                suite.suite.machine.span,
                format!(
                    "`{}` contains {} state machines",
                    tree.source.name(),
                    machines.len()
                ),
            );
            let error = Diagnostic {
                help: Some(help.into()),
                ..error
            };
            return Err(vec![(Arc::clone(&suite.source), vec![error])]);
        }
    };
    let cases = local.test_cases(machine);
    if !cases.contains(&name) {
        let message = format!("no test case named `{name}` in `{}`", tree.source.name());
        let span = match &case.case.test {
            suite::Test::Execution(test) => test.test_case.as_ref().map(|name| name.span),
            _ => None,
        };
        let span = span.unwrap_or(case.case.span());
        return Err(here(unknown_name(
            span,
            "test case",
            message,
            name,
            cases.into_iter(),
        )));
    }
    // What Step Functions Local ignores is ignored here too; `asl simulate` warns of it.
    let mocks = local
        .mocks(machine, name, plan, &mut Vec::new())
        .map_err(|errors| vec![(Arc::clone(&tree.source), errors)])?;
    Ok((mocks, Vec::new()))
}

/// The members of a tree of mocks with outcomes that were not used.
pub(super) fn unused<'t>(tree: &'t MockTree, mocks: &Mocks, world: &MockedWorld<'_>) -> Vec<&'t Member> {
    let of = |key: &str| tree.root.get(key).and_then(Node::as_object).unwrap_or_default();
    let states = of("states")
        .iter()
        .map(|member| (member, mocks.states.get(member.key.as_str())));
    let resources = of("resources")
        .iter()
        .map(|member| (member, mocks.resources.get(member.key.as_str())));
    let is_unused = |outcomes: Option<&_>| outcomes.is_some_and(|outcomes| !world.has_used(outcomes));
    states
        .chain(resources)
        .filter(|(_, outcomes)| is_unused(*outcomes))
        .map(|(member, _)| member)
        .collect()
}

/// A warning about a mock.
pub(super) fn warning(span: Span, message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        help: Some("remove the mock, or correct its name".into()),
        ..Diagnostic::new("unused-mock", Severity::Warning, message, span)
    }
}

/// The input of a case, which has been checked.
pub(super) fn input(case: &LoadedCase) -> Value {
    if let Some(source) = &case.input {
        return Value::parse(source.text()).unwrap_or_default();
    }
    match case.inline_input() {
        Some(node) => match node.as_str() {
            Some(json) => Value::parse(json).unwrap_or_default(),
            None => crate::asl::literal::value(node),
        },
        None => Value::empty_object(),
    }
}
