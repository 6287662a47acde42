//! The arguments of `asl shapes`.

use crate::cli::definition;
use crate::render::shapes::{Format, Place};
use std::path::{Path, PathBuf};

/// The arguments of `asl shapes`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) machine: definition::Args,
    /// Show only this state [default: all states]
    #[arg(long, value_name = "STATE")]
    pub(super) state: Option<String>,
    /// Show the data at this place of each state [default: input and output; every place with the format json]
    #[arg(long, value_name = "PLACE")]
    pub(super) at: Option<Place>,
    /// Output format
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Show the types that changed since an older definition: a file, or REV:PATH for a Git revision
    #[arg(long, value_name = "OLD")]
    pub(super) diff: Option<String>,
    /// Example of an input: a file, - for standard input, or JSON [default: declared in asl.toml, otherwise any value]
    #[arg(long, value_name = "FILE|JSON")]
    pub(super) input: Option<String>,
    /// JSON Schema of the input
    #[arg(long, value_name = "FILE", conflicts_with = "input")]
    pub(super) input_schema: Option<PathBuf>,
    /// Assume that the input has only the fields of the example
    #[arg(long, requires = "input")]
    pub(super) strict_input: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

impl Args {
    /// The files that may be read.
    pub(super) fn reads(&self) -> impl Iterator<Item = &Path> {
        let texts = self.diff.iter().chain(&self.input).map(Path::new);
        texts
            .chain(self.input_schema.as_deref())
            .chain(std::iter::once(self.machine.path()))
    }
}
