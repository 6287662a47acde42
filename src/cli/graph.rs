//! `asl graph`: draw a state machine.

use super::data_args;
use super::definition::{self, Definition};
use super::output;
use super::{CliError, Exit, ExitProcess, exit, history_file};
use crate::asl::Machine;
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::history::Trace;
use crate::lint;
use crate::render::graph::{Detail, Direction, Format, Settings};
use crate::render::printable::Printable;
use crate::render::style::Style;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Mermaid's default of `maxEdges`, which a diagram itself cannot raise.
const MERMAID_EDGES: usize = 500;

/// What the command makes, in warnings.
const PRODUCT: &str = "graph";

/// The arguments of `asl graph`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    machine: definition::Args,
    /// Output format [default: from the extension of --output, otherwise ascii on a terminal and mermaid in a pipe]
    #[arg(long)]
    format: Option<Format>,
    /// Layout direction
    #[arg(long, value_name = "DIRECTION", default_value = "TB", ignore_case = true)]
    direction: Direction,
    /// Level of detail
    #[arg(long, value_name = "LEVEL", default_value = "normal")]
    detail: Detail,
    /// Show an execution, recorded by aws stepfunctions get-execution-history, asl simulate --format history, or in
    /// CloudWatch Logs
    #[arg(long = "history", value_name = "FILE", conflicts_with = "diff")]
    history_file: Option<PathBuf>,
    /// Execution to show, if the logs contain several
    #[arg(long, value_name = "ARN|NAME", requires = "history_file")]
    execution: Option<String>,
    /// Show changes since an older definition: a file, or REV:PATH for a Git revision
    #[arg(long, value_name = "OLD")]
    diff: Option<String>,
    /// Mark states with lint findings
    #[arg(long)]
    lint: bool,
    /// Wrap output in a fenced code block for Markdown
    #[arg(long)]
    markdown: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `asl graph`.
pub fn run(args: &Args, style: &Style, exit_process: ExitProcess) -> Result<Exit, CliError> {
    let definition = definition::load(&args.machine)?;
    let machine = definition.lower_readable(args.machine.path(), PRODUCT)?;
    let older = args
        .diff
        .as_deref()
        .map(|name| Ok::<_, CliError>((name, definition::load_revision(name, &definition)?)))
        .transpose()?;
    let old_machine = older
        .as_ref()
        .map(|(name, older)| older.lower_readable(Path::new(name), PRODUCT))
        .transpose()?;
    let recorded = args.history_file.as_deref();
    let recorded = recorded
        .map(|path| history_file::read_one(path, args.execution.as_deref()))
        .transpose()?;
    let mut graph = match &old_machine {
        Some(old) => Graph::diff(&machine, old),
        None => Graph::new(&machine),
    };
    if args.lint {
        graph.mark_findings(&findings(&definition, &machine)?);
    }
    if let Some(recorded) = &recorded {
        let unknown_states = graph.mark_execution(Trace::new(&recorded.events));
        history_file::warn_of_unknown_states(&unknown_states);
    }
    // Determined before the file is opened, because opening it truncates it.
    let format = format(args)?;
    let types = match format {
        Format::Html => Some(data_args::types(args.machine.path(), &machine)?),
        _ => None,
    };
    let settings = Settings {
        detail: args.detail,
        direction: args.direction,
        markdown: args.markdown || args.output.as_deref().is_some_and(is_markdown),
        style,
        source: Some(&definition.document.source),
        older: older.as_ref().map(|(_, older)| &*older.document.source),
        types: types.as_ref(),
    };
    if args.markdown && format.fence().is_none() {
        return Err(CliError::new("cannot wrap this format in a Markdown code block")
            .help("use --markdown with mermaid, dot, ascii, or json"));
    }
    if format == Format::Mermaid {
        warn_of_many(graph.edges().count());
    }
    let out = output::open(args.output.as_deref(), [])?;
    let mut out = Printable::new(out, format.notation());
    format.write(&graph, settings, &mut out)?;
    out.into_inner()?.finish()?;
    exit_process(Exit::Success)
}

/// Warns if Mermaid will show an error instead of the graph.
fn warn_of_many(edges: usize) {
    if edges >= MERMAID_EDGES {
        exit::warn(&format!(
            "Mermaid renders fewer than {MERMAID_EDGES} edges unless `maxEdges` is raised, and this graph has {edges}; \
             the formats svg and html have no such limit"
        ));
    }
}

fn findings(definition: &Definition, machine: &Machine<'_>) -> Result<Vec<Diagnostic>, CliError> {
    let mut settings = lint::Settings::default();
    settings.workflow_type = definition.workflow_type.unwrap_or(settings.workflow_type);
    let workflow_type = settings.workflow_type;
    let node = definition.node()?;
    Ok(lint::check(&definition.document, node, machine, workflow_type, &settings).diagnostics)
}

fn format(args: &Args) -> Result<Format, CliError> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.output else {
        let is_seen = io::stdout().is_terminal() && !args.markdown;
        return Ok(if is_seen { Format::Ascii } else { Format::Mermaid });
    };
    Format::from_path(path).ok_or_else(|| {
        CliError::new(format!(
            "cannot infer the output format from the extension of `{}`",
            path.display()
        ))
        .help("specify --format")
    })
}

/// Whether a file's extension is that of Markdown.
fn is_markdown(path: &Path) -> bool {
    let is = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    is("md") || is("markdown")
}
