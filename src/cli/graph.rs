//! `asl graph`: draw a definition.

use super::machine::{self, Selected};
use super::output;
use super::{CliError, Exit, exit, history_file, revision};
use crate::asl::{Machine, lower};
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::graph::Graph;
use crate::history::Trace;
use crate::lint;
use crate::render::graph::{Detail, Direction, Format, Settings};
use crate::render::style::Style;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Mermaid's own limit, `maxEdges`, which a picture cannot raise.
const MERMAID_EDGES: usize = 500;

/// The arguments of `asl graph`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    machine: machine::Args,
    /// What to draw in; without it -o's ending says so; else ascii on a terminal, mermaid in a pipe
    #[arg(long)]
    format: Option<Format>,
    /// Where the picture runs to
    #[arg(long, value_name = "DIRECTION", default_value = "TB", ignore_case = true)]
    direction: Direction,
    /// How much the picture says
    #[arg(long, value_name = "LEVEL", default_value = "normal")]
    detail: Detail,
    /// Show what an execution did: what `aws stepfunctions get-execution-history` or `asl simulate --format history`
    /// printed
    #[arg(long, value_name = "FILE", conflicts_with = "diff")]
    history: Option<PathBuf>,
    /// Show what has changed since an older definition: a file, or REV:PATH for a revision in git
    #[arg(long, value_name = "OLD")]
    diff: Option<String>,
    /// Mark the states that `asl lint` finds something in
    #[arg(long)]
    lint: bool,
    /// In a fenced block, for a Markdown file
    #[arg(long)]
    markdown: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `asl graph`.
pub fn run(args: &Args, style: &Style) -> Result<Exit, CliError> {
    let selected = args.machine.select()?;
    let node = definition(&selected, args.machine.path())?;
    let machine = lower::machine(node);
    let older = args
        .diff
        .as_deref()
        .map(|name| older(name, &selected))
        .transpose()?;
    let old_machine = older.as_ref().map(|(older, name)| {
        let node = definition(older, Path::new(name))?;
        Ok::<_, CliError>(lower::machine(node))
    });
    let old_machine = old_machine.transpose()?;
    let recorded = args.history.as_deref().map(history_file::read).transpose()?;
    let mut graph = match &old_machine {
        Some(old) => Graph::of_both(&machine, old),
        None => Graph::of(&machine),
    };
    if args.lint {
        graph.mark_findings(&findings(&selected, node, &machine));
    }
    if let Some(recorded) = &recorded {
        let strangers = graph.mark_execution(Trace::new(&recorded.events));
        history_file::warn_of_unknown_states(&strangers);
    }
    let settings = Settings {
        detail: args.detail,
        direction: args.direction,
        markdown: args.markdown || args.output.as_deref().is_some_and(is_markdown),
        style,
        source: Some(&selected.document.source),
        older: older.as_ref().map(|(older, _)| &*older.document.source),
    };
    // Known before the file is opened: opening empties what stands there.
    let format = format(args)?;
    if args.markdown && format.fence().is_none() {
        return Err(
            CliError::new("Markdown has no block for a picture of this format")
                .help("--markdown goes with mermaid, dot, ascii and json"),
        );
    }
    if format == Format::Mermaid {
        warn_of_many(graph.edges().count());
    }
    let mut out = output::open(
        args.output.as_deref(),
        std::iter::once(args.machine.path()).chain(args.history.as_deref()),
    )?;
    format.write(&graph, settings, &mut out)?;
    out.flush()?;
    // The process ends now, which gives everything back at once.
    std::mem::forget(graph);
    std::mem::forget((machine, old_machine));
    std::mem::forget((selected, older));
    Ok(Exit::Success)
}

/// Says where Mermaid will draw nothing but an error.
fn warn_of_many(edges: usize) {
    if edges >= MERMAID_EDGES {
        exit::warn(&format!(
            "Mermaid refuses {MERMAID_EDGES} arrows and more unless its `maxEdges` is raised, and this has {edges}; \
             svg and html have no such limit"
        ));
    }
}

/// The older definition: of several in its file the one that has the name of the newer.
fn older(name: &str, newer: &Selected) -> Result<(Selected, String), CliError> {
    let (source, syntax) = revision::read(name)?;
    let older = machine::Args::of_older(PathBuf::from(name), newer).select_from(source, syntax)?;
    if older.node().is_none_or(|node| node.get("States").is_none()) {
        return Err(CliError::new(format!(
            "`{name}` holds no definition to compare with"
        )));
    }
    Ok((older, name.to_owned()))
}

fn findings(selected: &Selected, node: &Node, machine: &Machine<'_>) -> Vec<Diagnostic> {
    let mut settings = lint::Settings::default();
    settings.workflow_type = selected.workflow_type.unwrap_or(settings.workflow_type);
    let workflow_type = settings.workflow_type;
    lint::check(&selected.document, node, machine, workflow_type, &settings)
}

/// The definition to draw. One with faults of syntax is drawn as far as it could be read.
fn definition<'d>(selected: &'d Selected, path: &Path) -> Result<&'d Node, CliError> {
    let Some(node) = selected.node().filter(|node| node.as_object().is_some()) else {
        return Err(CliError::new(format!("`{}` holds no definition", path.display()))
            .help("`asl lint` says what is wrong with it"));
    };
    if !selected.document.faults.is_empty() {
        exit::warn(&format!(
            "`{}` has faults of syntax and is drawn as far as it could be read; `asl lint` says more",
            path.display()
        ));
    }
    Ok(node)
}

fn format(args: &Args) -> Result<Format, CliError> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.output else {
        let is_seen = io::stdout().is_terminal() && !args.markdown;
        return Ok(if is_seen { Format::Ascii } else { Format::Mermaid });
    };
    Format::of_path(path).ok_or_else(|| {
        CliError::new(format!(
            "The ending of `{}` does not say what to draw in",
            path.display()
        ))
        .help("add --format")
    })
}

/// Whether a file's ending says that it is read as Markdown.
fn is_markdown(path: &Path) -> bool {
    let is = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    is("md") || is("markdown")
}
