//! `asl list`: the state machines in files.

use super::input::{self, Disk};
use super::{CliError, Exit, definition, exit};
use crate::asl::{Machine, lower};
use crate::render::list::{Format, Row};
use crate::render::printable::Printable;
use crate::render::style::Style;
use crate::spec::WorkflowType;
use crate::template::{self, Container, EmbeddedMachine, Expectation};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// The arguments of `asl list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, directories, and globs; - for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, default_value = "text")]
    format: Format,
    /// Allow templates to reference files outside the given directory and its repository
    #[arg(long)]
    allow_outside: bool,
    /// Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY
    #[arg(long, value_name = "DIR")]
    s3_root: Option<PathBuf>,
    /// Filename to use for standard input; its extension determines the syntax
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
}

/// Runs `asl list`.
pub fn run(args: &Args, style: &Style) -> Result<Exit, CliError> {
    let inputs = input::collect(&args.paths, args.stdin_filename.as_deref())?;
    if let Some(note) = inputs.note() {
        exit::warn(&note);
    }
    let disk = Disk::new(&args.paths, args.allow_outside).with_s3_root(args.s3_root.as_deref());
    let mut rows = Vec::new();
    let mut is_unreadable = false;
    // Templates go first, because a file that a template references belongs to the template.
    let (templates, others): (Vec<_>, Vec<_>) = inputs.list.iter().partition(|i| i.may_be_template());
    for input in templates.into_iter().chain(others) {
        if disk.has_opened(input.path()) {
            continue;
        }
        let source = match input.read() {
            Ok(source) => source,
            Err(error) => {
                exit::report_error(&error);
                is_unreadable = true;
                continue;
            }
        };
        let syntax = input.syntax(&source);
        let document = template::read_file(source, syntax);
        let expectation = if input.is_definition() {
            Expectation::Definition
        } else {
            Expectation::MayBeDefinition
        };
        let contents = template::contents(&document, expectation, &disk);
        for message in definition::unread_definitions(&contents.resources, &contents.machines) {
            exit::warn(&format!("{}: {message}", input.name()));
        }
        let machines = contents.machines.iter().filter(|found| !found.is_alternative);
        rows.extend(machines.map(|found| row(input.name(), found)));
    }
    rows.sort_by(|a, b| a.path.cmp(&b.path));
    let mut out = Printable::new(BufWriter::new(io::stdout().lock()), args.format.notation());
    args.format.write(&rows, *style, &mut out)?;
    out.flush()?;
    Ok(if is_unreadable { Exit::Error } else { Exit::Success })
}

fn row(path: String, found: &EmbeddedMachine<'_>) -> Row {
    let machine: Machine<'_> = lower::machine(found.node());
    let mut states = 0;
    machine.for_each_state(&mut |_, _| states += 1);
    let definition = &found.document().source;
    Row {
        name: found.name.clone(),
        kind: found.container.as_str(),
        workflow_type: found.workflow_type.map(WorkflowType::as_str),
        query_language: machine.query_language.as_str(),
        states,
        definition: (found.container != Container::Definition && definition.name() != path)
            .then(|| definition.name().to_owned()),
        pointer: found.pointer.clone(),
        path,
    }
}
