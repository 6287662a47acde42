//! The arguments of `asl cost`.

use crate::aws::price::REFERENCE_REGION;
use crate::cli::simulate::mocks;
use crate::cost::{duration, money};
use crate::render::estimate::Format;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::path::PathBuf;

/// The arguments of `asl cost`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Args {
    /// Definition, or template that contains it; - for standard input
    pub(super) definition: PathBuf,
    /// Name of the state machine in the template [default: all]
    #[arg(long, value_name = "NAME")]
    pub(super) state_machine: Option<String>,
    /// Allow templates to reference files outside the given directory and its repository
    #[arg(long)]
    pub(super) allow_outside: bool,
    /// Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY
    #[arg(long, value_name = "DIR")]
    pub(super) s3_root: Option<PathBuf>,
    /// Executions per month [default: 1000000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=money::MAX_QUANTITY))]
    pub(super) executions: Option<u64>,
    /// AWS region of the prices
    #[arg(long, value_name = "REGION", default_value = REFERENCE_REGION)]
    pub(super) region: String,
    /// Workflow type for recommendations and the budget
    #[arg(
        long = "type",
        value_name = "TYPE",
        ignore_case = true,
        default_value = "standard"
    )]
    pub(super) workflow_type: WorkflowType,
    /// File with assumptions: odds, item counts, durations, failure rates
    #[arg(long, value_name = "FILE")]
    pub(super) assume: Option<PathBuf>,
    /// Write an assumptions file for the definition, and exit; - for standard output
    #[arg(long, value_name = "FILE", alias = "scaffold-assumptions")]
    pub(super) scaffold: Option<PathBuf>,
    /// Duration of an Express execution: 300ms, 10s, 5m
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub(super) duration: Option<Decimal>,
    /// Memory of an Express execution, in MB
    #[arg(long, value_name = "MB", value_parser = parse_megabytes)]
    pub(super) memory: Option<Decimal>,
    /// Ignore the free tier of state transitions
    #[arg(long)]
    pub(super) no_free_tier: bool,
    /// Count the start and the end of a Standard execution as state transitions
    #[arg(long)]
    pub(super) count_start_end: bool,
    /// Include the cost of called services
    #[arg(long)]
    pub(super) services: bool,
    /// File with prices that replace the built-in ones; see asl schema prices
    #[arg(long, value_name = "FILE")]
    pub(super) prices: Option<PathBuf>,
    /// Estimate from recorded executions: files with the output of aws stepfunctions get-execution-history or with events
    /// of executions in CloudWatch Logs, globs, or directories with such files
    #[arg(
        long = "history",
        value_name = "FILE",
        num_args = 1..,
        conflicts_with_all = ["input", "file", "returns", "failures", "repeat"]
    )]
    pub(super) history_files: Vec<PathBuf>,
    /// Compare with an older definition: a file, or REV:PATH for a Git revision
    #[arg(long, value_name = "OLD", alias = "compare")]
    pub(super) diff: Option<String>,
    /// Exit with code 1 if a month costs more than this many US dollars
    #[arg(long, value_name = "USD", value_parser = parse_dollars)]
    pub(super) budget: Option<Decimal>,
    /// Output format
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Estimate even if the definition has errors
    #[arg(long)]
    pub(super) force: bool,
    /// Filename to use for standard input; its extension determines the syntax
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Estimate from a simulated execution with this input: a file, - for standard input, or JSON
    #[arg(
        long,
        value_name = "FILE|JSON",
        allow_hyphen_values = true,
        help_heading = "Simulation"
    )]
    pub(super) input: Option<String>,
    #[command(flatten, next_help_heading = "Simulation")]
    pub(super) mocks: mocks::Args,
    /// Estimate from the mean of N simulated executions, incrementing the seed
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000), help_heading = "Simulation")]
    pub(super) repeat: Option<u64>,
    /// Random seed
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Simulation")]
    pub(super) seed: u64,
}

fn parse_duration(text: &str) -> Result<Decimal, String> {
    duration::parse(text).ok_or_else(|| "expected a duration, such as 300ms, 10s, 5m, or 2h".to_owned())
}

fn parse_megabytes(text: &str) -> Result<Decimal, String> {
    let max = Decimal::from(1_000_000);
    let mb = text.parse::<Decimal>().ok();
    mb.filter(|mb| *mb >= Decimal::ZERO && *mb <= max)
        .ok_or_else(|| "expected a number of MB, such as 64".to_owned())
}

fn parse_dollars(text: &str) -> Result<Decimal, String> {
    let amount = text.trim_start_matches('$').parse::<Decimal>().ok();
    amount
        .filter(|amount| *amount >= Decimal::ZERO)
        .ok_or_else(|| "expected an amount of US dollars, such as 25 or 0.50".to_owned())
}
