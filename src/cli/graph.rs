//! `asl graph`: draw a definition.

use super::machine::{self, Selected};
use super::{Exit, Trouble, exit};
use crate::asl::lower;
use crate::document::Node;
use crate::graph::Graph;
use crate::render::graph::{Detail, Direction, Format, Settings};
use crate::render::style::Style;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

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
    /// In a fenced block, for a Markdown file
    #[arg(long)]
    markdown: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `asl graph`.
pub fn run(args: &Args, style: &Style) -> Result<Exit, Trouble> {
    let selected = args.machine.select()?;
    let machine = lower::machine(definition(&selected, args.machine.path())?);
    let graph = Graph::of(&machine);
    let settings = Settings {
        detail: args.detail,
        direction: args.direction,
        markdown: args.markdown,
        style,
    };
    let mut out = output(args.output.as_deref())?;
    format(args)?.write(&graph, settings, &mut out)?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// The definition to draw. One with faults of syntax is drawn as far as it could be read.
fn definition<'d>(selected: &'d Selected, path: &Path) -> Result<&'d Node, Trouble> {
    let Some(node) = selected.node().filter(|node| node.as_object().is_some()) else {
        return Err(Trouble::new(format!("`{}` holds no definition", path.display()))
            .help("`asl lint` says what is wrong with it"));
    };
    if !selected.document.faults.is_empty() {
        exit::note(&format!(
            "`{}` has faults of syntax and is drawn as far as it could be read; `asl lint` says more",
            path.display()
        ));
    }
    Ok(node)
}

fn format(args: &Args) -> Result<Format, Trouble> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.output else {
        let is_seen = io::stdout().is_terminal() && !args.markdown;
        return Ok(if is_seen { Format::Ascii } else { Format::Mermaid });
    };
    Format::of_path(path).ok_or_else(|| {
        Trouble::new(format!(
            "The ending of `{}` does not say what to draw in",
            path.display()
        ))
        .help("add --format")
    })
}

fn output(path: Option<&Path>) -> Result<Box<dyn Write>, Trouble> {
    let Some(path) = path else {
        return Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())));
    };
    let file = std::fs::File::create(path)
        .map_err(|e| Trouble::new(format!("`{}` cannot be written: {e}", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}
