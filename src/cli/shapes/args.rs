//! The arguments of `asl shapes`.

use crate::cli::data_args::DataArgs;
use crate::cli::definition;
use crate::render::shapes::{Format, Point};
use std::path::PathBuf;

/// The arguments of `asl shapes`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) machine: definition::Args,
    /// Show only this state [default: all states]
    #[arg(long, value_name = "STATE")]
    pub(super) state: Option<String>,
    /// Show the data at this point of each state [default: input and output; with --format json, every point]
    #[arg(long, value_name = "POINT")]
    pub(super) at: Option<Point>,
    /// Output format
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Show the types that changed since an older definition: a file, or REV:PATH for a Git revision
    #[arg(long, value_name = "OLD")]
    pub(super) diff: Option<String>,
    /// Example of an input: a file, - for standard input, or JSON [default: declared in asl.toml, otherwise any value]
    #[arg(long, value_name = "FILE|JSON")]
    pub(super) input: Option<String>,
    #[command(flatten)]
    pub(super) data: DataArgs,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}
