//! Reads suites, and everything that they name.

use super::loaded::{LoadedCase, LoadedMachine, LoadedSuite, LoadedTests, MockTree, RecordingFiles};
use super::roles::Roles;
use super::snapshot_file;
use crate::cli::simulate::{mocks, target};
use crate::cli::{CliError, definition, exit, input, report};
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::history::{self, Logs};
use crate::simulate::Plan;
use crate::source::{SourceFile, Span};
use crate::spec::WorkflowType;
use crate::suite::{self, Case, Content, Entry, MachineRef, Spanned, Suite, Test};
use crate::template;
use crate::user_file::{self, invalid};
use crate::value::Value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What identifies a machine: its path, its name, and its substitutions.
type MachineKey = (PathBuf, Option<String>, Vec<(String, String)>);

/// Reads suites. Each file is read once.
#[derive(Default)]
pub(super) struct Loader {
    pub(super) loaded: LoadedTests,
    /// The machines by path, name, and substitutions.
    machines: HashMap<MachineKey, usize>,
    texts: HashMap<PathBuf, Arc<SourceFile>>,
    mocks: HashMap<PathBuf, MockTree>,
    roles: Roles,
    is_quiet: bool,
}

/// The parts of a suite that could be read.
struct Parts {
    suite: Suite,
    mocks: Option<MockTree>,
    cases: Vec<LoadedCase>,
}

impl Loader {
    /// Reads a suite, and prints what is wrong with it.
    pub(super) fn add(&mut self, path: &Path) -> Result<(), CliError> {
        let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
        let invalid_suite = |errors| report::invalid_file(&source, errors, "suite");
        let root = user_file::read(Arc::clone(&source), syntax).map_err(invalid_suite)?;
        let suite = suite::read(&root).map_err(invalid_suite)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        self.build(path, folder, &source, root, suite)
    }

    /// A loader that prints nothing about the files that it reads.
    pub(super) fn quiet() -> Self {
        Self {
            is_quiet: true,
            ..Self::default()
        }
    }

    /// The names of a suite's cases in the order of the file; none if it cannot be read.
    pub(super) fn case_names(&mut self, path: &Path) -> Vec<String> {
        let cases = self.parts(path).map(|parts| parts.cases).unwrap_or_default();
        cases.into_iter().map(|case| case.case.name.value).collect()
    }

    /// Reads the files that a suite depends on. Those that cannot be read are left out.
    pub(super) fn visit(&mut self, path: &Path) {
        let Some(parts) = self.parts(path) else { return };
        let folder = path.parent().unwrap_or(Path::new(""));
        let MachineRef { path: machine, name } = &parts.suite.machine.value;
        let args = definition::Args::for_suite(input::joined(folder, machine), name.clone());
        let Ok(definition) = definition::load_to_run(&args) else {
            return;
        };
        let Ok(machine) = definition.lower() else { return };
        let plan = Plan::new(&machine);
        let of_cases = parts.cases.into_iter().filter_map(|case| case.mocks);
        for tree in parts.mocks.into_iter().chain(of_cases) {
            // The objects and machines that the mocks name.
            drop(mocks::from_tree(&tree.root, &tree.folder, &plan, true));
        }
    }

    /// The parts of a suite that can be read; `None` if no part can.
    fn parts(&mut self, path: &Path) -> Option<Parts> {
        let read = input::one(path, None).and_then(|input| input.read_with_syntax());
        let (source, syntax) = read.ok()?;
        let root = user_file::read(Arc::clone(&source), syntax).ok()?;
        let mut suite = suite::read(&root).ok()?;
        let context = FileContext {
            source: &source,
            root: &Arc::new(root),
            folder: &Arc::new(path.parent().unwrap_or(Path::new("")).to_owned()),
        };
        let mut errors = Vec::new();
        for role in suite.roles() {
            drop(self.roles.load(role, context.folder, &suite));
        }
        let content = suite.mocks.as_ref();
        let mocks = content.and_then(|content| self.tree(content, &context, &mut errors));
        let mut cases = Vec::new();
        for entry in std::mem::take(&mut suite.entries) {
            drop(self.entry(entry, &context, &mut cases, &mut errors));
        }
        Some(Parts { suite, mocks, cases })
    }

    /// The error for a file with errors, which are printed.
    fn invalid(&self, source: &Arc<SourceFile>, errors: Vec<Diagnostic>, schema: &str) -> CliError {
        if self.is_quiet {
            return CliError::new(String::new());
        }
        report::invalid_file(source, errors, schema)
    }

    /// Adds a suite whose paths are relative to a folder.
    pub(super) fn build(
        &mut self,
        path: &Path,
        folder: &Path,
        source: &Arc<SourceFile>,
        root: Node,
        mut suite: Suite,
    ) -> Result<(), CliError> {
        let folder = Arc::new(folder.to_owned());
        let root = Arc::new(root);
        let mut errors = Vec::new();
        let machine = match self.machine(&folder, &suite) {
            Ok(machine) => Some(machine),
            // It is named on the command line.
            Err(found) if suite.machine.span == Span::default() => return Err(found),
            Err(found) => {
                errors.push(at(suite.machine.span, found));
                None
            }
        };
        let context = FileContext {
            source,
            root: &root,
            folder: &folder,
        };
        let mocks = match &suite.mocks {
            Some(content) => self.tree(content, &context, &mut errors),
            None => None,
        };
        let entries = std::mem::take(&mut suite.entries);
        let has_machine = machine.is_some();
        let load_role = |roles: &mut Roles, role: Option<&Spanned<String>>, errors: &mut Vec<Diagnostic>| {
            let role = role.filter(|_| has_machine)?;
            let loaded = roles.load(role, &folder, &suite);
            loaded.map_err(|error| errors.push(at(role.span, error))).ok()
        };
        let role = load_role(&mut self.roles, suite.role.as_ref(), &mut errors);
        let mut cases = Vec::with_capacity(entries.len());
        for entry in entries {
            let role = load_role(&mut self.roles, entry.case().role.as_ref(), &mut errors);
            let first = cases.len();
            if let (Some(machine), Some(own)) = (machine, entry.case().settings.workflow_type)
                && let Err(error) = self.check(machine, Some(own))
            {
                errors.push(at(entry.case().span(), error));
            }
            self.entry(entry, &context, &mut cases, &mut errors)?;
            for case in &mut cases[first..] {
                case.role.clone_from(&role);
            }
        }
        duplicates(&cases, &mut errors);
        if let (true, Some(machine)) = (errors.is_empty(), machine) {
            self.loaded.suites.push(LoadedSuite {
                snapshots: snapshot_file::read(path)?,
                path: path.to_owned(),
                source: Arc::clone(source),
                machine_text: suite.machine.to_string(),
                suite,
                machine,
                mocks,
                role,
                cases,
            });
            return Ok(());
        }
        Err(report::invalid_file(source, errors, "suite"))
    }

    /// The index of a suite's machine.
    pub(super) fn machine(&mut self, folder: &Path, suite: &Suite) -> Result<usize, CliError> {
        let MachineRef { path, name } = &suite.machine.value;
        let path = input::joined(folder, path);
        let values = suite.substitution_texts();
        let texts = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        let key = (path.clone(), name.clone(), texts.collect());
        if let Some(index) = self.machines.get(&key).copied() {
            self.check(index, suite.defaults.workflow_type)?;
            return Ok(index);
        }
        let args = definition::Args::for_suite(path.clone(), name.clone());
        let mut definition = definition::load_to_run(&args)?;
        if !values.is_empty() {
            for unused in template::substitute(&mut definition.document, &values) {
                exit::warn(&format!(
                    "`{}` does not contain `${{{unused}}}`, which has a substitution",
                    path.display()
                ));
            }
        }
        let machine_name = target::machine_name(&path, &definition);
        let mut names = vec![path.display().to_string(), machine_name.clone()];
        names.extend(definition.name.clone());
        let shown = MachineRef {
            path: path.display().to_string(),
            name: name.clone(),
        };
        self.loaded.machines.push(LoadedMachine {
            definition,
            name: machine_name,
            shown: shown.to_string(),
            names,
            accepted: Vec::new(),
        });
        let index = self.loaded.machines.len() - 1;
        self.check(index, suite.defaults.workflow_type)?;
        self.machines.insert(key, index);
        Ok(index)
    }

    /// Rejects a machine that AWS would reject for a workflow type, by default its own.
    fn check(&mut self, machine: usize, workflow_type: Option<WorkflowType>) -> Result<(), CliError> {
        let LoadedMachine {
            definition, accepted, ..
        } = &mut self.loaded.machines[machine];
        let workflow_type = workflow_type.or(definition.workflow_type).unwrap_or_default();
        if !accepted.contains(&workflow_type) {
            let checked = definition.lower_accepted(workflow_type, false);
            checked.map_err(|error| error.help("fix the errors above"))?;
            accepted.push(workflow_type);
        }
        Ok(())
    }

    fn entry(
        &mut self,
        entry: Entry,
        context: &FileContext<'_>,
        cases: &mut Vec<LoadedCase>,
        errors: &mut Vec<Diagnostic>,
    ) -> Result<(), CliError> {
        match entry {
            Entry::Case(case) => cases.extend(self.case(case, &Origin::new(context), errors)),
            Entry::Each { files, case } => {
                let before = errors.len();
                if let Some(content) = mocks_of(&case) {
                    self.tree(content, context, errors);
                }
                if errors.len() > before {
                    return Ok(());
                }
                for file in data_files(&files, context, errors) {
                    let (source, syntax) = input::one(&file, None)?.read_with_syntax()?;
                    let name = stem(&file);
                    let read = user_file::read_value(Arc::clone(&source), syntax);
                    let read = read.and_then(|root| Ok((suite::read_case_file(&root, &name, &case)?, root)));
                    let (one, root) = read.map_err(|errors| self.invalid(&source, errors, "suite"))?;
                    let own_context = FileContext {
                        source: &source,
                        root: &Arc::new(root),
                        folder: &Arc::new(file.parent().unwrap_or(Path::new("")).to_owned()),
                    };
                    // What the file does not define comes from the entry.
                    let has_own =
                        |key| own_context.root.get(key).is_some() && own_context.root.get("input").is_some();
                    let of = |key| if has_own(key) { &own_context } else { context };
                    let mut inner = Vec::new();
                    let from = Origin {
                        input: &own_context,
                        mocks: of("mocks"),
                        expect: of("expect"),
                    };
                    cases.extend(self.case(one, &from, &mut inner));
                    if !inner.is_empty() {
                        return Err(self.invalid(&source, inner, "suite"));
                    }
                }
            }
            Entry::Replay { files, case } => {
                for (name, recording) in recordings(&files, context, errors)? {
                    let mut one = case.clone();
                    one.name = Spanned::new(name, files.span);
                    if let Some(mut loaded) = self.case(one, &Origin::new(context), errors) {
                        loaded.recording = Some(recording);
                        cases.push(loaded);
                    }
                }
            }
        }
        Ok(())
    }

    /// A case whose parts come from these files.
    fn case(&mut self, case: Case, from: &Origin<'_>, errors: &mut Vec<Diagnostic>) -> Option<LoadedCase> {
        let input = match &case.test {
            Test::Execution(test) => test.input.as_ref(),
            Test::State(test) => test.input.as_ref(),
            Test::Replay(_) => None,
        };
        let before = errors.len();
        let input = match input {
            Some(Content::File(path)) => self.input(path, from.input, errors),
            Some(Content::Inline(node)) => {
                if let Some(error) = node.as_str().and_then(|text| Value::parse(text).err()) {
                    let message = format!("the input is not valid JSON: {}", error.message);
                    errors.push(invalid(node.span, message));
                }
                None
            }
            None => None,
        };
        let mocks = mocks_of(&case).and_then(|content| self.tree(content, from.mocks, errors));
        (errors.len() == before).then(|| LoadedCase {
            case,
            source: Arc::clone(from.expect.source),
            root: Arc::clone(from.expect.root),
            input,
            mocks,
            role: None,
            recording: None,
        })
    }

    /// The text of an input, which is JSON.
    fn input(
        &mut self,
        path: &Spanned<String>,
        context: &FileContext<'_>,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<Arc<SourceFile>> {
        let file = input::joined(context.folder, path.as_str());
        if let Some(known) = self.texts.get(&file) {
            return Some(Arc::clone(known));
        }
        let source = match input::read_data(&file) {
            Ok(source) => source,
            Err(error) => {
                errors.push(at(path.span, error));
                return None;
            }
        };
        if let Err(error) = Value::parse(source.text()) {
            let place = source.position(crate::source::to_offset(error.offset));
            let message = format!(
                "`{}` is not valid JSON: {} at {}:{}",
                source.name(),
                error.message,
                place.line,
                place.column
            );
            errors.push(invalid(path.span, message));
            return None;
        }
        self.texts.insert(file, Arc::clone(&source));
        Some(source)
    }

    /// A tree of mocks.
    fn tree(
        &mut self,
        content: &Content,
        context: &FileContext<'_>,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<MockTree> {
        let path = match content {
            Content::Inline(node) => {
                return Some(MockTree {
                    source: Arc::clone(context.source),
                    root: Arc::new(node.clone()),
                    folder: Arc::clone(context.folder),
                });
            }
            Content::File(path) => path,
        };
        let file = input::joined(context.folder, path.as_str());
        if let Some(known) = self.mocks.get(&file) {
            return Some(known.clone());
        }
        let read = input::one(&file, None).and_then(|input| input.read_with_syntax());
        let (source, syntax) = match read {
            Ok(read) => read,
            Err(error) => {
                errors.push(at(path.span, error));
                return None;
            }
        };
        let root = match user_file::read(Arc::clone(&source), syntax) {
            Ok(root) => root,
            Err(found) => {
                let error = self.invalid(&source, found, "mocks");
                errors.push(at(path.span, error));
                return None;
            }
        };
        let tree = MockTree {
            source,
            root: Arc::new(root),
            folder: Arc::new(file.parent().unwrap_or(Path::new("")).to_owned()),
        };
        self.mocks.insert(file, tree.clone());
        Some(tree)
    }
}

/// A file: what spans in it refer to, and the folder that relative paths start from.
struct FileContext<'h> {
    source: &'h Arc<SourceFile>,
    root: &'h Arc<Node>,
    folder: &'h Arc<PathBuf>,
}

/// The files that the parts of a case are in.
struct Origin<'h> {
    input: &'h FileContext<'h>,
    mocks: &'h FileContext<'h>,
    expect: &'h FileContext<'h>,
}

impl<'h> Origin<'h> {
    /// All parts in one file.
    const fn new(context: &'h FileContext<'h>) -> Self {
        Self {
            input: context,
            mocks: context,
            expect: context,
        }
    }
}

/// The mocks of a case itself.
fn mocks_of(case: &Case) -> Option<&Content> {
    match &case.test {
        Test::Execution(test) => test.mocks.as_ref(),
        Test::Replay(test) => test.mocks.as_ref(),
        Test::State(_) => None,
    }
}

/// The recorded executions in files, with their names.
fn recordings(
    files: &Spanned<String>,
    context: &FileContext<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, RecordingFiles)>, CliError> {
    let mut found = Vec::new();
    let mut logs = Logs::default();
    let mut log_files = Vec::new();
    for file in data_files(files, context, errors) {
        let source = input::read_data(&file)?;
        let recorded = history::read(source.text(), &mut logs)
            .map_err(|fault| CliError::new(format!("{}: {}", source.name(), fault.message)))?;
        if recorded.is_some() {
            let recording = RecordingFiles {
                sources: Arc::new(vec![source]),
                execution: None,
            };
            found.push((stem(&file), recording));
        } else {
            log_files.push(source);
        }
    }
    let sources = Arc::new(log_files);
    for recorded in logs.into_recorded() {
        let arn = recorded.execution.as_deref().unwrap_or_default();
        let recording = RecordingFiles {
            sources: Arc::clone(&sources),
            execution: Some(arn.to_owned()),
        };
        found.push((recorded.name().unwrap_or(arn).to_owned(), recording));
    }
    Ok(found)
}

/// The files that a glob matches.
fn data_files(
    files: &Spanned<String>,
    context: &FileContext<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Vec<PathBuf> {
    let found = input::data_files(&[context.folder.join(files.as_str())]);
    found.unwrap_or_else(|error| {
        errors.push(at(files.span, error));
        Vec::new()
    })
}

/// The name of a file without its extension, and without that of the compressed file.
pub(super) fn stem(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// An error with a place in the suite.
fn at(span: Span, error: CliError) -> Diagnostic {
    let (message, help) = error.into_parts();
    Diagnostic {
        help: help.map(Cow::from),
        ..invalid(span, message)
    }
}

/// Reports the cases of files that have the name of another case.
fn duplicates(cases: &[LoadedCase], errors: &mut Vec<Diagnostic>) {
    let mut names = std::collections::HashSet::with_capacity(cases.len());
    for case in cases {
        if !names.insert(case.case.name.as_str()) {
            let message = format!("duplicate case `{}`", case.case.name.value);
            errors.push(invalid(case.case.span(), message));
        }
    }
}
