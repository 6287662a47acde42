//! The arguments of `asl simulate`.

use super::mocks;
use crate::cli::data_args::DataArgs;
use crate::cli::{CliError, definition, json_input, output};
use crate::history::LogLevel;
use crate::render::history::Format;
use crate::simulate::{self, mocks::DEFAULT_START};
use crate::spec::WorkflowType;
use std::path::PathBuf;

/// The arguments of `asl simulate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) machine: definition::Args,
    /// Execution input: a file, - for standard input, or JSON
    #[arg(long, value_name = "FILE|JSON", allow_hyphen_values = true)]
    pub(super) input: Option<String>,
    /// Replay a recorded execution (output of aws stepfunctions get-execution-history, or its events in CloudWatch Logs)
    /// with its input and the outcomes of its tasks, and show the first step that differs
    #[arg(long, value_name = "FILE", conflicts_with_all = ["repeat", "until", "start_time"])]
    pub(super) replay: Option<PathBuf>,
    /// Execution to replay, if the logs contain several; all of them by default
    #[arg(long, value_name = "ARN|NAME", requires = "replay")]
    pub(super) execution: Option<String>,
    /// Fail tasks that the role does not permit: a file with its policies, or "template" for the role in the template
    #[arg(long, value_name = "FILE|template", conflicts_with = "scaffold")]
    pub(super) policy: Option<String>,
    /// Write a mock file with a sample result for every task, and exit; - for standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "returns", "failures", "replay", "repeat"])]
    pub(super) scaffold: Option<PathBuf>,
    /// Workflow type [default: from the template, or STANDARD]
    #[arg(long = "type", value_name = "TYPE", ignore_case = true)]
    pub(super) workflow_type: Option<WorkflowType>,
    /// Random seed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// Start time of the execution
    #[arg(long, value_name = "TIMESTAMP", default_value = DEFAULT_START)]
    pub(super) start_time: String,
    /// Enforce AWS quotas on payloads, history, and duration
    #[arg(long, value_name = "WHICH", default_value = "aws")]
    pub(super) limits: Limits,
    /// With --limits off, fail on payloads of more than N bytes
    #[arg(long, value_name = "N", default_value_t = simulate::DEFAULT_MAX_PAYLOAD)]
    pub(super) max_payload: usize,
    /// Abort after N transitions
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(super) max_transitions: u64,
    /// Run even if the definition has errors
    #[arg(long)]
    pub(super) force: bool,
    /// Run N times, resetting the mocks and incrementing the seed, and report the distribution of outcomes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(super) repeat: Option<u64>,
    /// Stop when this state is left for the first time, and return its output
    #[arg(long, value_name = "STATE")]
    pub(super) until: Option<String>,
    /// Also write an HTML report with the graph, the execution, and a timeline
    #[arg(long, value_name = "FILE.html", conflicts_with = "repeat")]
    pub(super) report: Option<PathBuf>,
    /// Output format
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Log level of --format logs [default: all]
    #[arg(long, value_name = "LEVEL", ignore_case = true)]
    pub(super) log_level: Option<LogLevel>,
    /// Include inputs and outputs in --format logs
    #[arg(long)]
    pub(super) include_execution_data: bool,
    /// Show every iteration and complete payloads in the timeline
    #[arg(long)]
    pub(super) verbose: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    // A heading applies to all arguments that follow.
    #[command(flatten, next_help_heading = "Mocks")]
    pub(super) mocks: mocks::Args,
    #[command(flatten, next_help_heading = "Data for --scaffold")]
    pub(super) data: DataArgs,
}

impl Args {
    /// Checks the flags that exclude each other for reasons that clap cannot express.
    pub(super) fn check(&self) -> Result<(), CliError> {
        if self.repeat.is_some() && !self.format.summarizes_runs() {
            return Err(CliError::new(format!(
                "--format {} cannot be used with --repeat",
                match self.format {
                    Format::Logs => "logs",
                    _ => "history",
                }
            ))
            .help("remove --repeat; --seed N runs a particular execution"));
        }
        if self.format != Format::Logs {
            let flags = [
                ("--log-level", self.log_level.is_some()),
                ("--include-execution-data", self.include_execution_data),
            ];
            if let Some((flag, _)) = flags.into_iter().find(|(_, is_given)| *is_given) {
                return Err(CliError::new(format!("{flag} applies only to --format logs")));
            }
        }
        if self.verbose && (self.repeat.is_some() || !self.format.is_human_readable()) {
            return Err(
                CliError::new("--verbose applies only to the timeline of a single execution")
                    .help("remove it, or use --format text without --repeat"),
            );
        }
        if let (Some(report), Some(file)) = (&self.report, &self.output)
            && output::is_same(report, file)
        {
            return Err(CliError::new(format!(
                "--output and --report both write to `{}`",
                file.display()
            ))
            .help("specify different files"));
        }
        if self.scaffold.is_none()
            && let Some(flag) = self.data.first_flag()
        {
            return Err(CliError::new(format!("{flag} applies only to --scaffold")));
        }
        json_input::check_standard_input(self.machine.path(), self.input.as_deref())
    }
}

/// The limits to enforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Limits {
    /// AWS quotas
    Aws,
    /// No limits
    Off,
}
