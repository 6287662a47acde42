//! Suites that were read, with everything that their cases need. It is shared by all threads.

use crate::cli::definition::Definition;
use crate::document::Node;
use crate::iam::Authorizer;
use crate::simulate::Plan;
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::suite::{Case, Content, Settings, Snapshots, Subject, Suite, Test};
use std::path::PathBuf;
use std::sync::Arc;

/// Everything that runs.
#[derive(Debug, Default)]
pub(super) struct LoadedTests {
    /// The machines, each once.
    pub(super) machines: Vec<LoadedMachine>,
    /// The suites.
    pub(super) suites: Vec<LoadedSuite>,
}

/// A machine that suites test.
#[derive(Debug)]
pub(super) struct LoadedMachine {
    /// The definition, with the suite's substitutions.
    pub(super) definition: Definition,
    /// Its name.
    pub(super) name: String,
    /// The path of its file, and its name if the file contains several.
    pub(super) shown: String,
    /// The names that a filter can have for it: the path, the name.
    pub(super) names: Vec<String>,
    /// The workflow types for which AWS accepts it, among those that were checked.
    pub(super) accepted: Vec<WorkflowType>,
}

/// A suite.
#[derive(Debug)]
pub(super) struct LoadedSuite {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its text.
    pub(super) source: Arc<SourceFile>,
    /// Its contents, without its entries.
    pub(super) suite: Suite,
    /// The machine as the suite names it.
    pub(super) machine_text: String,
    /// Its machine, as an index.
    pub(super) machine: usize,
    /// The shared mocks.
    pub(super) mocks: Option<MockTree>,
    /// The role of cases without their own.
    pub(super) role: Option<Arc<Authorizer>>,
    /// Its cases.
    pub(super) cases: Vec<LoadedCase>,
    /// The stored snapshots.
    pub(super) snapshots: Snapshots,
}

/// A tree of mocks, and the folder that its paths are relative to.
#[derive(Debug, Clone)]
pub(super) struct MockTree {
    pub(super) source: Arc<SourceFile>,
    pub(super) root: Arc<Node>,
    pub(super) folder: Arc<PathBuf>,
}

/// A case, with the files that it names.
#[derive(Debug)]
pub(super) struct LoadedCase {
    pub(super) case: Case,
    /// The file and the tree of its expectations.
    pub(super) source: Arc<SourceFile>,
    pub(super) root: Arc<Node>,
    /// The file of its input, if that is a file.
    pub(super) input: Option<Arc<SourceFile>>,
    /// Its own mocks.
    pub(super) mocks: Option<MockTree>,
    /// Its own role.
    pub(super) role: Option<Arc<Authorizer>>,
    /// The recording that it replays.
    pub(super) recording: Option<RecordingFiles>,
}

/// The files with a recorded execution.
#[derive(Debug, Clone)]
pub(super) struct RecordingFiles {
    /// The files.
    pub(super) sources: Arc<Vec<Arc<SourceFile>>>,
    /// The ARN of the execution, if the files are logs.
    pub(super) execution: Option<String>,
}

impl LoadedMachine {
    /// The type of a machine whose cases do not specify it.
    pub(super) fn workflow_type(&self) -> WorkflowType {
        self.definition.workflow_type.unwrap_or_default()
    }
}

impl LoadedSuite {
    /// The settings of a case.
    pub(super) fn settings(&self, case: &LoadedCase) -> Settings {
        case.case.settings.or(self.suite.defaults)
    }

    /// What decides which tasks of a case its role allows.
    pub(super) fn authorizer<'s>(&'s self, case: &'s LoadedCase) -> Option<&'s Authorizer> {
        case.role.as_deref().or(self.role.as_deref())
    }

    /// What a filter sees of a case.
    pub(super) fn subject<'a>(
        machine: &'a LoadedMachine,
        case: &'a LoadedCase,
        states: &'a [&'a str],
        tags: &'a [&'a str],
    ) -> Subject<'a> {
        Subject {
            name: &case.case.name,
            machines: &machine.names,
            states,
            tags,
        }
    }
}

impl LoadedCase {
    /// Its inline input.
    pub(super) fn inline_input(&self) -> Option<&Node> {
        let input = match &self.case.test {
            Test::Execution(test) => test.input.as_ref(),
            Test::State(test) => test.input.as_ref(),
            Test::Replay(_) => None,
        };
        match input {
            Some(Content::Inline(node)) => Some(node),
            _ => None,
        }
    }

    /// The test case in a `MockConfigFile.json`.
    pub(super) fn test_case(&self) -> Option<&str> {
        match &self.case.test {
            Test::Execution(test) => test.test_case.as_ref().map(|name| name.as_str()),
            _ => None,
        }
    }

    /// An error for each state that the machine does not have.
    pub(super) fn unknown_states(&self, plan: &Plan) -> Vec<crate::diagnostic::Diagnostic> {
        self.case.unknown_states(plan)
    }
}
