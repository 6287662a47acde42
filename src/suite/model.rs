//! The typed model of a suite.

use super::bound::Bound;
use super::spanned::Spanned;
use super::text_pattern::TextPattern;
use crate::document::Node;
use crate::history::{Status, Time};
use crate::simulate::test_state::TestStatus;
use crate::source::Span;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;

/// A suite: tests of one state machine.
#[derive(Debug, Clone, Default)]
pub struct Suite {
    /// `machine`
    pub machine: Spanned<MachineRef>,
    /// `substitutions`: the values of `${Name}` in the definition.
    pub substitutions: Vec<(Spanned<String>, Node)>,
    /// `mocks`, shared by all cases.
    pub mocks: Option<Content>,
    /// `mock-machine`: the state machine in a `MockConfigFile.json` with several.
    pub mock_machine: Option<Spanned<String>>,
    /// `role`: a file with policies, or `template`; for the cases without their own.
    pub role: Option<Spanned<String>>,
    /// `defaults` of the cases.
    pub defaults: Settings,
    /// `cases`
    pub entries: Vec<Entry>,
}

/// A state machine in a file; the path is relative to the folder of the suite.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MachineRef {
    /// The path of a definition or a template.
    pub path: String,
    /// The name of the machine in a template, after `#`.
    pub name: Option<String>,
}

/// Settings of a case; those that are `None` come from the suite's `defaults`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// `type`; from the template, or STANDARD, by default.
    pub workflow_type: Option<WorkflowType>,
    /// `seed`; 0 by default.
    pub seed: Option<u64>,
    /// `start-time`
    pub start_time: Option<Time>,
    /// `unmocked`; an error by default.
    pub unmocked: Option<Unmocked>,
}

/// What a task without a mock does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmocked {
    /// The case fails.
    Error,
    /// The task returns a sample of its result.
    Sample,
}

/// Data that is inline or in a file, whose path is relative to the folder of the suite.
#[derive(Debug, Clone)]
pub enum Content {
    /// The path of a file.
    File(Spanned<String>),
    /// The data.
    Inline(Node),
}

/// An entry of `cases`.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A single case.
    Case(Case),
    /// `each`: a case for every file that matches a glob. The case is the template of them; it has no input.
    Each {
        /// The glob.
        files: Spanned<String>,
        /// The template.
        case: Case,
    },
    /// `replay`: a case for every recorded execution in the files that match a glob.
    Replay {
        /// The glob.
        files: Spanned<String>,
        /// The template, whose test is [`Test::Replay`].
        case: Case,
    },
}

/// A case.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// `name`, which is unique in its suite.
    pub name: Spanned<String>,
    /// `tags`
    pub tags: Vec<Spanned<String>>,
    /// `skip`: the reason for which the case does not run.
    pub skip: Option<Spanned<String>>,
    /// Settings that differ from the suite's `defaults`.
    pub settings: Settings,
    /// `role` of an execution, instead of the suite's.
    pub role: Option<Spanned<String>>,
    /// `snapshot`: whether a summary of the run is compared with a stored one.
    pub snapshot: bool,
    /// What is tested.
    pub test: Test,
}

/// What a case tests.
#[derive(Debug, Clone)]
pub enum Test {
    /// An execution.
    Execution(Box<ExecutionTest>),
    /// A single state.
    State(Box<StateTest>),
    /// A recorded execution.
    Replay(Box<ReplayTest>),
}

impl Default for Test {
    fn default() -> Self {
        Self::Execution(Box::default())
    }
}

/// A test of an execution.
#[derive(Debug, Clone, Default)]
pub struct ExecutionTest {
    /// `input`; `{}` by default.
    pub input: Option<Content>,
    /// `mocks`, which take precedence over the shared ones.
    pub mocks: Option<Content>,
    /// `test-case`: a test case in the `MockConfigFile.json` of the suite or of this case.
    pub test_case: Option<Spanned<String>>,
    /// `expect`
    pub expect: Expect,
}

/// What is expected of an execution; what is empty or `None` is not checked, except `status`.
#[derive(Debug, Clone, Default)]
pub struct Expect {
    /// `status`; SUCCEEDED by default, or FAILED if the execution is expected to end with an error or a cause.
    pub status: Option<Spanned<Status>>,
    /// `path`: the states entered at the top level, in order.
    pub path: Option<Spanned<Vec<Spanned<String>>>>,
    /// `visits`: how often states are entered, at any depth.
    pub visits: Vec<(Spanned<String>, Spanned<Bound<u64>>)>,
    /// `never`: states that are not entered.
    pub never: Vec<Spanned<String>>,
    /// `output`: the whole output. May contain matchers.
    pub output: Option<Node>,
    /// `match`: a part of the output. May contain matchers.
    pub matching: Option<Node>,
    /// `assert`: JSONata expressions that must be `true`.
    pub assert: Vec<Spanned<String>>,
    /// `calls`: the requests of tasks, an array for each state; parts of the requests, and may contain matchers.
    pub calls: Vec<(Spanned<String>, Node)>,
    /// `error`: of the execution, or the one that was caught if there is `caught-by`.
    pub error: Option<Spanned<TextPattern>>,
    /// `cause`
    pub cause: Option<Cause>,
    /// `failed-state`: the innermost state that failed.
    pub failed_state: Option<Spanned<String>>,
    /// `caught-by`: the state whose Catch handled an error.
    pub caught_by: Option<Spanned<String>>,
    /// `duration` in milliseconds of virtual time.
    pub duration: Option<Spanned<Bound<i64>>>,
    /// `transitions`
    pub transitions: Option<Spanned<Bound<u64>>>,
    /// `cost` in US dollars.
    pub cost: Option<Spanned<Bound<Decimal>>>,
}

/// An expected cause.
#[derive(Debug, Clone)]
pub enum Cause {
    /// A pattern for the text.
    Text(Spanned<TextPattern>),
    /// A part of the JSON value in the text. May contain matchers.
    Json(Node),
}

/// A test of a single state, as by the TestState API.
#[derive(Debug, Clone, Default)]
pub struct StateTest {
    /// `state`
    pub state: Spanned<String>,
    /// `input`; `{}` by default.
    pub input: Option<Content>,
    /// `variables` on entry: an object.
    pub variables: Option<Node>,
    /// `context`: the context object.
    pub context: Option<Node>,
    /// `mock`: the `result` or the `errorOutput`, as in the API.
    pub mock: Option<Node>,
    /// `retries`: the number of retries that have been made.
    pub retries: Option<u32>,
    /// `expect`
    pub expect: StateExpect,
}

/// What is expected of a single state.
#[derive(Debug, Clone, Default)]
pub struct StateExpect {
    /// `status`; SUCCEEDED by default, or FAILED, `CAUGHT_ERROR`, or RETRIABLE, depending on what else is expected.
    pub status: Option<Spanned<TestStatus>>,
    /// `output`: the whole output. May contain matchers.
    pub output: Option<Node>,
    /// `match`: a part of the output. May contain matchers.
    pub matching: Option<Node>,
    /// `assert`: JSONata expressions that must be `true`.
    pub assert: Vec<Spanned<String>>,
    /// `next`: the next state.
    pub next: Option<Spanned<String>>,
    /// `error`
    pub error: Option<Spanned<TextPattern>>,
    /// `cause`
    pub cause: Option<Cause>,
    /// `retrier`: the index of the retrier that matches the error.
    pub retrier: Option<Spanned<usize>>,
    /// `catcher`: the index of the catcher that handles the error.
    pub catcher: Option<Spanned<usize>>,
    /// `backoff` in milliseconds: the delay before the retry.
    pub backoff: Option<Spanned<Bound<i64>>>,
}

/// A test that a recorded execution still runs as recorded.
#[derive(Debug, Clone, Default)]
pub struct ReplayTest {
    /// `mocks` for what the recording does not contain.
    pub mocks: Option<Content>,
}

impl MachineRef {
    /// Reads `PATH` or `PATH#NAME`.
    pub fn parse(text: &str) -> Self {
        match text.rsplit_once('#') {
            Some((path, name)) if !path.is_empty() && !name.is_empty() => Self {
                path: path.to_owned(),
                name: Some(name.to_owned()),
            },
            _ => Self {
                path: text.to_owned(),
                name: None,
            },
        }
    }
}

impl std::fmt::Display for MachineRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)?;
        self.name.iter().try_for_each(|name| write!(f, "#{name}"))
    }
}

impl Suite {
    /// All roles, of the suite and of its cases.
    pub fn roles(&self) -> impl Iterator<Item = &Spanned<String>> {
        let of_cases = self.entries.iter().filter_map(|entry| entry.case().role.as_ref());
        self.role.iter().chain(of_cases)
    }
}

impl Settings {
    /// These settings, and those of `defaults` where there are none.
    #[must_use]
    pub fn or(self, defaults: Self) -> Self {
        Self {
            workflow_type: self.workflow_type.or(defaults.workflow_type),
            seed: self.seed.or(defaults.seed),
            start_time: self.start_time.or(defaults.start_time),
            unmocked: self.unmocked.or(defaults.unmocked),
        }
    }
}

impl Entry {
    /// The case, or the template of the cases.
    pub const fn case(&self) -> &Case {
        match self {
            Self::Case(case) | Self::Each { case, .. } | Self::Replay { case, .. } => case,
        }
    }
}

impl Case {
    /// The place to show for a failure of the case as a whole.
    pub const fn span(&self) -> Span {
        self.name.span
    }
}
