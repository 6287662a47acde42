//! The definition that a command works on: from the path on the command line to a model that AWS would accept.
//!
//! [`load`] (one), [`load_all`] and [`load_revision`] (from git) read the file and pick from what it contains;
//! [`Definition::lower`] makes the model, and [`Definition::check`] first rejects what AWS would reject.

use super::exit::{CliError, warn};
use super::input::{self, Disk};
use super::{preflight, revision};
use crate::asl::{Machine, lower};
use crate::document::{Document, Node, Syntax};
use crate::prose;
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::template::{
    self, Contents, EmbeddedMachine, Expectation, IssueKind, MachinePermissions, Resource,
};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which definition to work on.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// Definition, or template that contains it; - for standard input
    definition: PathBuf,
    /// Name of the state machine in a template that contains several
    #[arg(long, value_name = "NAME")]
    state_machine: Option<String>,
    /// Allow templates to reference files outside the given directory and its repository
    #[arg(long)]
    allow_outside: bool,
    /// Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY
    #[arg(long, value_name = "DIR")]
    s3_root: Option<PathBuf>,
    /// Whether the name is written as `FILE#NAME`.
    #[arg(skip)]
    is_reference: bool,
}

impl Args {
    /// The definition in a file, of this name if one is given.
    pub(super) const fn new(definition: PathBuf, state_machine: Option<String>, allow_outside: bool) -> Self {
        Self {
            definition,
            state_machine,
            allow_outside,
            s3_root: None,
            is_reference: false,
        }
    }

    /// The definition that a suite names: `FILE` or `FILE#NAME`.
    pub(super) fn for_suite(definition: PathBuf, state_machine: Option<String>) -> Self {
        Self {
            is_reference: true,
            ..Self::new(definition, state_machine, false)
        }
    }

    /// Reads the files below a folder for objects of S3.
    pub(super) fn with_s3_root(self, s3_root: Option<PathBuf>) -> Self {
        Self { s3_root, ..self }
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.definition
    }
}

/// A definition, with its name and its type from the file.
#[derive(Debug)]
pub(super) struct Definition {
    /// Its name in the template, where it is in one.
    pub(super) name: Option<String>,
    /// Its type, if the template specifies it.
    pub(super) workflow_type: Option<WorkflowType>,
    /// Its tree, alone in a document whose spans are those of the file it was found in.
    pub(super) document: Document,
}

impl Definition {
    pub(super) fn new(found: EmbeddedMachine<'_>) -> Self {
        Self {
            name: found.name.clone(),
            workflow_type: found.workflow_type,
            document: found.into_document(),
        }
    }

    /// The definition that is all of a document, without its tree.
    pub(super) fn without_tree(found: &EmbeddedMachine<'_>) -> Self {
        let document = found.document();
        Self {
            name: found.name.clone(),
            workflow_type: found.workflow_type,
            document: Document {
                source: Arc::clone(&document.source),
                syntax: document.syntax,
                roots: Vec::new(),
                errors: Vec::new(),
                is_whole: document.is_whole,
            },
        }
    }

    /// The definition for executions: a `${Name}` in the data is a constant, whose value is its text.
    pub(super) fn with_constants(mut self) -> Self {
        template::keep_placeholders(&mut self.document);
        self
    }

    /// Its tree, which is an object.
    pub(super) fn node(&self) -> Result<&Node, CliError> {
        let root = self.document.roots.first();
        root.filter(|node| node.as_object().is_some())
            .ok_or_else(|| none_in(self.document.source.name(), &[]))
    }

    /// The model, without checking whether AWS would accept the definition.
    pub(super) fn lower(&self) -> Result<Machine<'_>, CliError> {
        Ok(lower::machine(self.node()?))
    }

    /// The model without checks; of a file with syntax errors, of what could be parsed, with a warning about what is made
    /// of it.
    pub(super) fn lower_readable(&self, path: &Path, product: &str) -> Result<Machine<'_>, CliError> {
        let machine = self.lower()?;
        if !self.document.errors.is_empty() {
            warn(&format!(
                "`{}` has syntax errors, so the {product} may be incomplete; run `asl lint` for details",
                path.display()
            ));
        }
        Ok(machine)
    }

    /// Whether AWS would accept the definition with this model for a state machine of this type.
    pub(super) fn is_accepted_as(&self, workflow_type: WorkflowType, machine: &Machine<'_>) -> bool {
        preflight::accepts(&self.document, machine, workflow_type)
    }

    /// Like [`Self::lower_readable`], of a definition with states.
    pub(super) fn lower_with_states(&self, path: &Path, product: &str) -> Result<Machine<'_>, CliError> {
        let machine = self.lower_readable(path, product)?;
        self.require_known_states()?;
        if machine.states.is_empty() {
            let file = self.document.source.name();
            return Err(CliError::new(format!("`{file}` does not contain states"))
                .help("run `asl lint` for the reason"));
        }
        Ok(machine)
    }

    /// Reports that the template has the states from elsewhere, so that nothing can be done with them.
    fn require_known_states(&self) -> Result<(), CliError> {
        if !self.node()?.get("States").is_some_and(Node::is_unknown) {
            return Ok(());
        }
        let file = self.document.source.name();
        Err(
            CliError::new(format!("the states of the definition in `{file}` are unknown"))
                .help("run `asl lint` for the reason"),
        )
    }

    /// The model of a definition that AWS would accept for a machine of this type; with `force` of any definition.
    pub(super) fn lower_accepted(
        &self,
        workflow_type: WorkflowType,
        force: bool,
    ) -> Result<Machine<'_>, CliError> {
        let node = self.node()?;
        let machine = lower::machine(node);
        if !force {
            preflight::check(&self.document, &machine, workflow_type)?;
        }
        self.require_known_states()?;
        Ok(machine)
    }
}

/// Reads a file and picks the definition. Where there are several and none was named, the error lists them.
pub(super) fn load(args: &Args) -> Result<Definition, CliError> {
    let (source, syntax) = input::one(&args.definition, None)?.read_with_syntax()?;
    load_from(args, source, syntax)
}

/// Like [`load`], for executions.
pub(super) fn load_to_run(args: &Args) -> Result<Definition, CliError> {
    load(args).map(Definition::with_constants)
}

/// Reads another version of a definition: a file, or a file as a revision in git has it. If it has several definitions,
/// the one with the same name as the newer is used.
pub(super) fn load_revision(name: &str, newer: &Definition) -> Result<Definition, CliError> {
    let (source, syntax) = revision::read(name)?;
    let args = Args::new(PathBuf::from(name), newer.name.clone(), false);
    let older = load_from(&args, source, syntax)?;
    if older.node().is_ok_and(|node| node.get("States").is_some()) {
        return Ok(older);
    }
    Err(CliError::new(format!(
        "`{name}` contains no definition to compare with"
    )))
}

/// Picks the definition in a file that was read.
pub(super) fn load_from(
    args: &Args,
    source: Arc<SourceFile>,
    syntax: Syntax,
) -> Result<Definition, CliError> {
    let document = template::read_file(source, syntax);
    let Contents {
        machines, resources, ..
    } = contents(args, &document);
    let found = pick(args, machines, &resources)?;
    if !found.is_all_of(&document) {
        return Ok(Definition::new(found));
    }
    let (name, workflow_type) = (found.name.clone(), found.workflow_type);
    drop(found);
    Ok(Definition {
        name,
        workflow_type,
        document,
    })
}

/// Picks the definition that was named, or else all that a file contains: at least one.
pub(super) fn load_all(
    args: &Args,
    source: Arc<SourceFile>,
    syntax: Syntax,
) -> Result<Vec<Definition>, CliError> {
    let file = source.name().to_owned();
    let document = template::read_file(source, syntax);
    let Contents {
        mut machines,
        resources,
        ..
    } = contents(args, &document);
    match &args.state_machine {
        Some(wanted) => {
            if !machines.iter().any(|m| m.name.as_ref() == Some(wanted)) {
                return Err(unknown(&file, wanted, &machines, &resources));
            }
            machines.retain(|m| m.name.as_ref() == Some(wanted));
        }
        None => warn_of_unread(&resources, &machines),
    }
    if machines.is_empty() || machines.iter().any(|m| m.node().as_object().is_none()) {
        return Err(none_in(&file, &resources));
    }
    Ok(machines.into_iter().map(Definition::new).collect())
}

/// Calls `f` with the selected state machine, or with every one in the file, together with its resource in the template and its
/// permissions. There is at least one.
pub(super) fn load_with_permissions<T>(
    args: &Args,
    document: &Document,
    mut f: impl FnMut(EmbeddedMachine<'_>, Option<(&Resource, &MachinePermissions)>) -> T,
) -> Result<Vec<T>, CliError> {
    let file = document.source.name();
    let disk = Disk::new(std::slice::from_ref(&args.definition), args.allow_outside);
    let disk = disk.with_s3_root(args.s3_root.as_deref());
    let Contents {
        mut machines,
        resources,
        ..
    } = template::contents(document, Expectation::Definition, &disk);
    match &args.state_machine {
        Some(wanted) => {
            if !machines.iter().any(|m| m.name.as_ref() == Some(wanted)) {
                return Err(unknown(file, wanted, &machines, &resources));
            }
            machines.retain(|m| m.name.as_ref() == Some(wanted));
        }
        None => warn_of_unread(&resources, &machines),
    }
    if machines.is_empty() || machines.iter().any(|m| m.node().as_object().is_none()) {
        return Err(none_in(file, &resources));
    }
    let permissions = template::permissions(document, &resources, &disk);
    let by_name: HashMap<&str, _> = resources
        .iter()
        .zip(&permissions)
        .map(|(resource, permissions)| (resource.name.as_str(), (resource, permissions)))
        .collect();
    let with_resource = |machine: EmbeddedMachine<'_>| {
        let resource = machine
            .resource_name()
            .and_then(|name| by_name.get(name).copied());
        f(machine, resource)
    };
    Ok(machines.into_iter().map(with_resource).collect())
}

/// The error for a file with several state machines if none is selected.
pub(super) fn several(file: &Path, names: &[String]) -> CliError {
    let file = file.display();
    CliError::new(format!("`{file}` contains {} state machines", names.len())).help(format!(
        "select one with --state-machine NAME; {}",
        choices(names)
    ))
}

fn contents<'d>(args: &Args, document: &'d Document) -> Contents<'d> {
    let disk = Disk::new(std::slice::from_ref(&args.definition), args.allow_outside);
    let disk = disk.with_s3_root(args.s3_root.as_deref());
    template::contents(document, Expectation::Definition, &disk)
}

fn pick<'d>(
    args: &Args,
    mut machines: Vec<EmbeddedMachine<'d>>,
    resources: &[Resource],
) -> Result<EmbeddedMachine<'d>, CliError> {
    let file = args.definition.display().to_string();
    let wanted = args.state_machine.clone().or_else(|| only_name(&machines));
    if let Some(wanted) = &wanted {
        let is_wanted = |m: &EmbeddedMachine<'_>| m.name.as_ref() == Some(wanted);
        let Some(at) = machines.iter().position(is_wanted) else {
            return Err(unknown(&file, wanted, &machines, resources));
        };
        if machines.iter().filter(|m| is_wanted(m)).count() > 1 {
            return Err(
                CliError::new(format!("`{file}` has several definitions for `{wanted}`"))
                    .help("they depend on a condition: copy the definition you need to a file of its own"),
            );
        }
        return Ok(machines.swap_remove(at));
    }
    let names: Vec<String> = machines.iter().filter_map(|m| m.name.clone()).collect();
    match (machines.pop(), machines.len()) {
        (Some(only), 0) => Ok(only),
        (Some(_), more) => {
            let error = CliError::new(format!("`{file}` contains {} state machines", more + 1));
            Err(error.help(if names.len() > more && args.is_reference {
                format!("select one with `{file}#NAME`; {}", choices(&names))
            } else if names.len() > more {
                format!("select one with --state-machine NAME; {}", choices(&names))
            } else {
                "use a file that contains one state machine".to_owned()
            }))
        }
        (None, _) => Err(none_in(&file, resources)),
    }
}

/// The name that all machines have: there is only one, or the others are outcomes of conditions of its definition.
fn only_name(machines: &[EmbeddedMachine<'_>]) -> Option<String> {
    let (first, others) = machines.split_first()?;
    others
        .iter()
        .all(|machine| machine.is_alternative && machine.name == first.name)
        .then(|| first.name.clone())
        .flatten()
}

/// Says which definitions of a template were not read, where the others are worked on without them.
fn warn_of_unread(resources: &[Resource], machines: &[EmbeddedMachine<'_>]) {
    for message in unread_definitions(resources, machines) {
        warn(&message);
    }
}

/// Which definitions of a template were not read, and why.
pub(super) fn unread_definitions(
    resources: &[Resource],
    machines: &[EmbeddedMachine<'_>],
) -> impl Iterator<Item = String> {
    let read: HashSet<&str> = machines.iter().filter_map(|m| m.name.as_deref()).collect();
    let unread_ones = resources
        .iter()
        .filter(move |resource| !read.contains(resource.name.as_str()));
    unread_ones.filter_map(|resource| {
        let why = unread(std::slice::from_ref(resource), |_| true)?;
        Some(format!(
            "the definition of `{}` could not be read: {why}",
            resource.name
        ))
    })
}

/// The error for a file without a definition that can be read.
fn none_in(file: &str, resources: &[Resource]) -> CliError {
    let why = unread(resources, |_| true);
    CliError::new(format!("`{file}` does not contain a definition"))
        .help(why.unwrap_or_else(|| "run `asl lint` for the reason".to_owned()))
}

/// Why the first definition of such resources was not read.
fn unread(resources: &[Resource], of: impl Fn(&Resource) -> bool) -> Option<String> {
    let faults = resources.iter().filter(|r| of(r)).flat_map(|r| &r.issues);
    let mut reasons = faults.filter(|f| {
        matches!(
            f.kind,
            IssueKind::MissingFile | IssueKind::Unreadable | IssueKind::NotText
        )
    });
    let fault = reasons.next()?;
    Some(match &fault.help {
        Some(help) => format!("{}; {help}", fault.message),
        None => fault.message.clone(),
    })
}

/// The error for a name that the file does not contain, or whose definition could not be read.
fn unknown(file: &str, wanted: &str, machines: &[EmbeddedMachine<'_>], resources: &[Resource]) -> CliError {
    if let Some(why) = unread(resources, |r| r.name == wanted) {
        return CliError::new(format!(
            "the definition of `{wanted}` in `{file}` could not be read"
        ))
        .help(why);
    }
    let names: Vec<String> = machines.iter().filter_map(|m| m.name.clone()).collect();
    let error = CliError::new(format!(
        "`{file}` does not contain a state machine named `{wanted}`"
    ));
    match prose::closest(wanted, names.iter().map(String::as_str)) {
        Some(close) => error.help(prose::similar_name("state machine", close)),
        None => error.help(choices(&names)),
    }
}

fn choices(names: &[String]) -> String {
    let mut names: Vec<&String> = names.iter().collect();
    // The alternatives of a condition share a name.
    names.dedup();
    match names.as_slice() {
        [] => "it contains one definition without a name".to_owned(),
        names => format!("it contains {}", prose::quoted_list(names)),
    }
}
