//! The mocks of a simulation: those of a file, and those of the command line, which take precedence.

mod children;
mod object;
mod quick;

use crate::asl::Machine;
use crate::cli::{CliError, input, report};
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::prose;
use crate::simulate::mocks::{LocalConfig, Mocks, Samples, Unmocked, read, read_local, unknown};
use crate::simulate::{ChildMachine, Plan};
use crate::source::SourceFile;
use crate::user_file;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The arguments that define the results of tasks.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(in crate::cli) struct Args {
    /// Mocks, in the format of asl or a MockConfigFile.json of Step Functions Local
    #[arg(long = "mocks", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Test case in a MockConfigFile.json
    #[arg(long, value_name = "NAME")]
    test_case: Option<String>,
    /// State machine in a MockConfigFile.json with several
    #[arg(long, value_name = "NAME")]
    mock_machine: Option<String>,
    /// Result of a task, as JSON that may contain JSONata expressions ({% … %}); repeat for other tasks, or for further
    /// attempts of the same task
    #[arg(long = "mock", value_name = "STATE=JSON")]
    returns: Vec<String>,
    /// Error of a task, before any result from --mock; can be repeated
    #[arg(long = "fail", value_name = "STATE=ERROR[:CAUSE]")]
    failures: Vec<String>,
    /// Result of a task without a mock: a sample of its response, its own input, or an error
    #[arg(long, value_name = "RESULT", value_enum, default_value_t)]
    unmocked: WithoutMock,
    /// Fail on tasks without a mock, as with --unmocked error
    #[arg(long, conflicts_with = "unmocked")]
    strict: bool,
}

/// What a task without a mock returns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum WithoutMock {
    /// A sample of its response, with the fields that later states read
    #[default]
    Sample,
    /// The input of the task
    Echo,
    /// An error that stops the simulation
    Error,
}

impl Args {
    /// How a task without a mock ends.
    pub(in crate::cli) const fn without_mock<'m>(
        &self,
        samples: &'m Samples,
        machine: &'m Machine<'m>,
    ) -> Unmocked<'m> {
        match self.unmocked {
            _ if self.strict => Unmocked::Error,
            WithoutMock::Sample => Unmocked::Sample(samples, machine),
            WithoutMock::Echo => Unmocked::Echo,
            WithoutMock::Error => Unmocked::Error,
        }
    }

    /// Whether tasks without a mock return samples.
    pub(in crate::cli) fn are_sampled(&self) -> bool {
        self.unmocked == WithoutMock::Sample && !self.strict
    }

    /// Reads the mock file.
    pub(in crate::cli) fn read(&self) -> Result<Option<MockFile>, CliError> {
        let Some(path) = &self.file else { return Ok(None) };
        let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
        let root = user_file::read(Arc::clone(&source), syntax)
            .map_err(|errors| report::invalid_file(&source, errors, "mocks"))?;
        Ok(Some(MockFile {
            path: path.clone(),
            source,
            root,
        }))
    }

    /// Whether any mock is given.
    pub(in crate::cli) fn is_given(&self) -> bool {
        self.file.is_some() || !self.returns.is_empty() || !self.failures.is_empty()
    }
}

/// A mock file that has been read.
#[derive(Debug)]
pub(in crate::cli) struct MockFile {
    path: PathBuf,
    source: Arc<SourceFile>,
    root: Node,
}

/// The outcomes of tasks, and the machines that run instead of some.
pub(in crate::cli) type Prepared = (Mocks, Vec<ChildMachine>);

/// Reads the mocks, and prints warnings about the file.
pub(in crate::cli) fn prepare(args: &Args, plan: &Plan, force: bool) -> Result<Prepared, CliError> {
    build(args, args.read()?.as_ref(), plan, force, &mut report::print)
}

/// Builds the mocks from a file that has been read. `warn` receives the parts of the file that are ignored.
pub(in crate::cli) fn build(
    args: &Args,
    file: Option<&MockFile>,
    plan: &Plan,
    force: bool,
    warn: &mut dyn FnMut(&Arc<SourceFile>, Vec<Diagnostic>),
) -> Result<Prepared, CliError> {
    let (mut mocks, children) = match file {
        Some(file) => from_file(args, file, plan, force, warn)?,
        None => without_file(args)?,
    };
    let plans = with_children(plan, &children);
    quick::add(&mut mocks, &args.returns, &args.failures, &plans)?;
    Ok((mocks, children))
}

fn without_file(args: &Args) -> Result<Prepared, CliError> {
    let meant = [
        ("--test-case", &args.test_case),
        ("--mock-machine", &args.mock_machine),
    ];
    match meant.into_iter().find(|(_, given)| given.is_some()) {
        Some((flag, _)) => Err(CliError::new(format!("{flag} requires --mocks"))
            .help("specify the MockConfigFile.json with --mocks")),
        None => Ok((Mocks::default(), Vec::new())),
    }
}

fn from_file(
    args: &Args,
    file: &MockFile,
    plan: &Plan,
    force: bool,
    warn: &mut dyn FnMut(&Arc<SourceFile>, Vec<Diagnostic>),
) -> Result<Prepared, CliError> {
    let MockFile { path, source, root } = file;
    let invalid = |errors| report::invalid_file(source, errors, "mocks");
    if let Some(local) = read_local(root) {
        let mut warnings = Vec::new();
        let mocks = from_test_case(args, path, &local, plan, &mut warnings)?;
        if !warnings.is_empty() {
            warn(source, warnings);
        }
        let mocks = mocks.map_err(invalid)?;
        return Ok((mocks, Vec::new()));
    }
    let meant = [
        ("--test-case", &args.test_case),
        ("--mock-machine", &args.mock_machine),
    ];
    if let Some((flag, _)) = meant.into_iter().find(|(_, given)| given.is_some()) {
        return Err(
            CliError::new(format!("`{}` is not a MockConfigFile.json", path.display())).help(format!(
                "remove {flag}: only a MockConfigFile.json contains test cases"
            )),
        );
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    from_tree(root, folder, plan, force).map_err(invalid)
}

/// Builds the mocks in a tree, whose paths are relative to a folder.
pub(in crate::cli) fn from_tree(
    root: &Node,
    folder: &Path,
    plan: &Plan,
    force: bool,
) -> Result<Prepared, Vec<Diagnostic>> {
    let mut load = |file: &str| object::load(&folder.join(file));
    let mocks = read(root, &mut load);
    let (children, mut faults) = match &mocks {
        Ok(mocks) => children::read(&mocks.children, folder, force),
        Err(_) => (Vec::new(), Vec::new()),
    };
    match mocks {
        Ok(mocks) => {
            if faults.is_empty() {
                faults = unknown(root, &with_children(plan, &children));
            }
            if faults.is_empty() {
                return Ok((mocks, children));
            }
        }
        Err(found) => {
            faults = found;
            // The names of a child's states are unknown until the children are read.
            if root.get("children").is_none() {
                faults.extend(unknown(root, &[plan]));
            }
        }
    }
    Err(faults)
}

fn with_children<'p>(plan: &'p Plan, children: &'p [ChildMachine]) -> Vec<&'p Plan> {
    let children = children.iter().map(|child| &*child.plan);
    std::iter::once(plan).chain(children).collect()
}

fn from_test_case(
    args: &Args,
    path: &Path,
    local: &LocalConfig<'_>,
    plan: &Plan,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Result<Mocks, Vec<Diagnostic>>, CliError> {
    let machine = chosen(
        args.mock_machine.as_deref(),
        &local.machines(),
        ("machine", "--mock-machine"),
        path,
    )?;
    let case = chosen(
        args.test_case.as_deref(),
        &local.test_cases(machine),
        ("test case", "--test-case"),
        path,
    )?;
    Ok(local.mocks(machine, case, plan, warnings))
}

/// The one that was named, or the only one there is.
fn chosen<'n>(
    wanted: Option<&str>,
    all: &[&'n str],
    (what, flag): (&str, &str),
    path: &Path,
) -> Result<&'n str, CliError> {
    let shown = path.display();
    match (wanted, all) {
        (_, []) => Err(CliError::new(format!("`{shown}` contains no {what}"))),
        (None, [only]) => Ok(only),
        (None, all) => Err(CliError::new(format!("`{shown}` contains {} {what}s", all.len()))
            .help(format!("select one with {flag}: {}", prose::list(all)))),
        (Some(name), all) => all.iter().copied().find(|known| *known == name).ok_or_else(|| {
            let error = CliError::new(format!("no {what} named `{name}` in `{shown}`"));
            error.help(prose::suggestion(what, name, all.iter().copied()))
        }),
    }
}
