//! The one state machine that a command works on.

use super::CliError;
use super::exit::warn;
use super::input::{self, Disk};
use crate::document::{Document, Node, Syntax};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::spelling;
use crate::template::{self, Expectation, FaultKind, Found, Resource};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which state machine to work on.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// The definition, or a template that holds it; `-` is standard input
    definition: PathBuf,
    /// The state machine's name in the template, where there is more than one
    #[arg(long, value_name = "NAME")]
    state_machine: Option<String>,
    /// Read the file that a template names wherever it lies, not only in the template's folder and its repository
    #[arg(long)]
    allow_outside: bool,
}

/// The state machine that was asked for.
#[derive(Debug)]
pub struct Selected {
    /// Its name in the template, where it is in one.
    pub name: Option<String>,
    /// Its type, where the template says it.
    pub workflow_type: Option<WorkflowType>,
    /// Its definition, alone in a document whose places are those of the file it was found in.
    pub document: Document,
}

impl Selected {
    /// The definition.
    pub fn node(&self) -> Option<&Node> {
        self.document.roots.first()
    }
}

impl Args {
    /// The only state machine of a file.
    pub fn of(definition: PathBuf) -> Self {
        Self {
            definition,
            state_machine: None,
            allow_outside: false,
        }
    }

    /// The state machine of this name, if one is given.
    pub(super) fn of_name(definition: PathBuf, state_machine: Option<String>, allow_outside: bool) -> Self {
        Self {
            definition,
            state_machine,
            allow_outside,
        }
    }

    /// Another file's machine, of the same name.
    pub(super) fn of_older(definition: PathBuf, newer: &Selected) -> Self {
        Self {
            state_machine: newer.name.clone(),
            ..Self::of(definition)
        }
    }

    /// Where to look.
    pub fn path(&self) -> &Path {
        &self.definition
    }

    /// Reads the file and picks the state machine. Where there are several and none was named, the answer lists them.
    pub fn select(&self) -> Result<Selected, CliError> {
        let input = input::one(&self.definition, None)?;
        let source = input.read()?;
        let syntax = input.syntax(&source);
        self.select_from(source, syntax)
    }

    /// Picks the state machine of a file that has been read.
    pub(super) fn select_from(&self, source: Arc<SourceFile>, syntax: Syntax) -> Result<Selected, CliError> {
        let path = &self.definition;
        let document = template::read_file(source, syntax);
        let disk = Disk::of(std::slice::from_ref(path), self.allow_outside);
        let contents = template::contents(&document, Expectation::Definition, &disk);
        let found = self.pick(contents.machines, &contents.resources)?;
        let (name, workflow_type) = (found.name.clone(), found.workflow_type);
        let document = if found.is_all_of(&document) {
            drop(found);
            document
        } else {
            found.into_document()
        };
        Ok(Selected {
            name,
            workflow_type,
            document,
        })
    }

    fn pick<'d>(&self, mut machines: Vec<Found<'d>>, resources: &[Resource]) -> Result<Found<'d>, CliError> {
        let shown = self.definition.display();
        let names: Vec<String> = machines.iter().filter_map(|m| m.name.clone()).collect();
        if let Some(wanted) = &self.state_machine {
            let is_wanted = |m: &Found<'_>| m.name.as_ref() == Some(wanted);
            let Some(at) = machines.iter().position(is_wanted) else {
                return Err(unknown(&shown.to_string(), wanted, &machines, resources));
            };
            if machines.iter().filter(|m| is_wanted(m)).count() > 1 {
                return Err(
                    CliError::new(format!("`{shown}` has several definitions for `{wanted}`"))
                        .help("a condition decides between them: write the one that you mean to a file"),
                );
            }
            return Ok(machines.swap_remove(at));
        }
        match (machines.pop(), machines.len()) {
            (Some(only), 0) => Ok(only),
            (Some(_), more) => {
                let error = CliError::new(format!("`{shown}` holds {} state machines", more + 1));
                Err(error.help(if names.len() > more {
                    format!("add --state-machine NAME; {}", choices(&names))
                } else {
                    "name a file that holds one".to_owned()
                }))
            }
            (None, _) => Err(nothing(&shown.to_string(), resources)),
        }
    }
}

/// Says which definitions of a template were not read, where the others are worked on without them.
pub(super) fn note_unread(resources: &[Resource], machines: &[Found<'_>]) {
    for resource in resources {
        let is_there = machines.iter().any(|m| m.name.as_ref() == Some(&resource.name));
        if let (false, Some(why)) = (is_there, unread(resources, |r| r.name == resource.name)) {
            warn(&format!(
                "the definition of `{}` was not read: {why}",
                resource.name
            ));
        }
    }
}

/// The answer to a file without a definition that can be read.
pub(super) fn nothing(file: &str, resources: &[Resource]) -> CliError {
    let why = unread(resources, |_| true);
    CliError::new(format!("`{file}` holds no definition"))
        .help(why.unwrap_or_else(|| "`asl lint` says what is wrong with it".to_owned()))
}

/// Why the first definition of such resources was not read.
fn unread(resources: &[Resource], of: impl Fn(&Resource) -> bool) -> Option<String> {
    let faults = resources.iter().filter(|r| of(r)).flat_map(|r| &r.faults);
    let mut reasons = faults.filter(|f| matches!(f.kind, FaultKind::MissingFile | FaultKind::Unreadable));
    let fault = reasons.next()?;
    Some(match &fault.help {
        Some(help) => format!("{}; {help}", fault.message),
        None => fault.message.clone(),
    })
}

/// The answer to a name that a file does not hold, or of which no definition could be read.
pub(super) fn unknown(file: &str, wanted: &str, machines: &[Found<'_>], resources: &[Resource]) -> CliError {
    if let Some(why) = unread(resources, |r| r.name == wanted) {
        return CliError::new(format!("The definition of `{wanted}` in `{file}` was not read")).help(why);
    }
    let names: Vec<String> = machines.iter().filter_map(|m| m.name.clone()).collect();
    let error = CliError::new(format!("`{file}` holds no state machine `{wanted}`"));
    match spelling::closest(wanted, names.iter().map(String::as_str)) {
        Some(close) => error.help(format!("did you mean `{close}`?")),
        None => error.help(choices(&names)),
    }
}

fn choices(names: &[String]) -> String {
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    // Those of a condition have one name.
    names.dedup();
    match names.as_slice() {
        [] => "it holds one definition without a name".to_owned(),
        names => format!("it holds {}", names.join(", ")),
    }
}
