//! The arguments of `asl test`.

use super::on_aws::Target;
use crate::cli::count_arg::positive;
use crate::cli::data_args::DataArgs;
use crate::cli::{CliError, output};
use crate::render::coverage;
use crate::render::test_report::Format;
use clap::ValueEnum;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The arguments of `asl test`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub struct Args {
    /// Suites (*.asl-test.yaml, .yml, .json), directories, globs, or a MockConfigFile.json of Step Functions Local
    /// [default: the paths in asl.toml, otherwise the current directory]
    pub(super) paths: Vec<PathBuf>,
    /// Run only the cases that a filter selects: a glob for the name, or an expression such as
    /// 'name(~declined) and not tag(slow)' with name(…), machine(…), state(…), tag(…) and =exact, ~part, #glob, /regex/
    #[arg(short = 'E', long, value_name = "FILTER", help_heading = "Case selection")]
    pub(super) filter: Vec<String>,
    /// Run only cases with this tag; can be repeated
    #[arg(long, value_name = "TAG", help_heading = "Case selection")]
    pub(super) tag: Vec<String>,
    /// List the cases that would run
    #[arg(long, help_heading = "Case selection")]
    pub(super) list: bool,
    /// Update the stored snapshots, and delete those that no case uses
    #[arg(long)]
    pub(super) update_snapshots: bool,
    /// Output format
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Also write a report to a file, such as junit=report.xml; can be repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    pub(super) output: Vec<String>,
    /// Stop at the first case that fails
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// Number of cases to run in parallel [default: number of processors]
    #[arg(long, value_name = "N", value_parser = positive)]
    pub(super) threads: Option<NonZeroUsize>,
    /// Run only part I of N parts of the cases, for N runners in parallel
    #[arg(long, value_name = "I/N", help_heading = "Case selection")]
    pub(super) shard: Option<Shard>,
    /// Measure the coverage of the state machines; formats other than text replace the test report, except that json is added to
    /// a report with --format json
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, help_heading = "Coverage")]
    #[expect(clippy::option_option, reason = "the flag, and its value")]
    pub(super) coverage: Option<Option<coverage::Format>>,
    /// Write the coverage to a file
    #[arg(long, value_name = "FILE", help_heading = "Coverage")]
    pub(super) coverage_file: Option<PathBuf>,
    /// Fail if less than N percent of the states and transitions are covered; KIND=N,... names kinds as in the JSON report
    #[arg(long, value_name = "N", help_heading = "Coverage")]
    pub(super) fail_under: Option<String>,
    /// Merge JSON reports of the parts of a run, with their coverage
    #[arg(long, value_name = "REPORT", num_args = 1.., conflicts_with_all = ["paths", "filter", "tag", "list", "shard"])]
    pub(super) merge: Vec<PathBuf>,
    /// Watch the files, and run the affected cases again after each change, until Ctrl-C
    #[arg(long, conflicts_with_all = ["list", "merge", "import", "record"])]
    pub(super) watch: bool,
    /// Experimental: also send cases to the TestState API through the AWS CLI, and show where its results differ
    #[arg(long, value_name = "WHERE", help_heading = "Comparison with AWS")]
    pub(super) on: Option<Target>,
    /// With --on aws, the endpoint to send requests to
    #[arg(
        long,
        value_name = "URL",
        requires = "on",
        help_heading = "Comparison with AWS"
    )]
    pub(super) endpoint_url: Option<String>,
    /// Include wall times in JUnit reports
    #[arg(long)]
    pub(super) timings: bool,
    /// List every case in the text format, and show whole payloads in timelines
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Configuration file [default: nearest asl.toml or .asl.toml above the current directory]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Ignore configuration files
    #[arg(long)]
    pub(super) no_config: bool,
    /// Definition for a state machine of a MockConfigFile.json; can be repeated
    #[arg(long, value_name = "NAME=DEFINITION")]
    pub(super) mock_machine: Vec<String>,
    /// Input of the executions of a MockConfigFile.json, or with --generate, example of an input: a file, - for standard input, or
    /// JSON
    #[arg(long, value_name = "FILE|JSON", allow_hyphen_values = true)]
    pub(super) input: Option<String>,
    /// Convert a MockConfigFile.json into a suite
    #[arg(long, value_name = "FILE", requires = "suite", conflicts_with_all = ["paths", "record"], help_heading = "Writing suites")]
    pub(super) import: Option<PathBuf>,
    /// Append a case for each recorded execution (histories, or log events) to a suite
    #[arg(long, value_name = "HISTORY", num_args = 1.., requires = "suite", conflicts_with = "paths", help_heading = "Writing suites")]
    pub(super) record: Vec<PathBuf>,
    /// State machine of a new suite, or of the MockConfigFile.json: FILE or FILE#NAME
    #[arg(
        long,
        value_name = "FILE",
        requires = "suite",
        conflicts_with = "generate",
        help_heading = "Writing suites"
    )]
    pub(super) definition: Option<String>,
    /// Mocks of a new suite, for results that the recordings do not contain
    #[arg(
        long,
        value_name = "FILE",
        requires = "record",
        help_heading = "Writing suites"
    )]
    pub(super) mocks: Option<PathBuf>,
    /// Write a suite that covers a definition, FILE or FILE#NAME
    #[arg(long, value_name = "DEFINITION", conflicts_with_all = ["paths", "import", "record"], help_heading = "Writing suites")]
    pub(super) generate: Option<String>,
    #[command(flatten, next_help_heading = "Writing suites")]
    pub(super) data: DataArgs,
    /// Prefer the inputs and results of recorded executions (histories, or log events) to samples
    #[arg(long, value_name = "HISTORY", num_args = 1.., requires = "generate", help_heading = "Writing suites")]
    pub(super) from_histories: Vec<PathBuf>,
    /// Generate at most N cases
    #[arg(long, value_name = "N", requires = "generate", value_parser = positive, help_heading = "Writing suites")]
    pub(super) max_cases: Option<NonZeroUsize>,
    /// Suite to write with --import, --record, or --generate, which prints it by default
    #[arg(short = 'o', long, value_name = "FILE", help_heading = "Writing suites")]
    pub(super) suite: Option<PathBuf>,
}

/// A part of the cases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shard {
    index: u64,
    count: u64,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/');
        let numbers = parts.and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match numbers {
            Some((index, count)) if index >= 1 && index <= count => Ok(Self { index, count }),
            _ => Err("expected a part and the number of parts, such as 2/4".to_owned()),
        }
    }
}

impl Shard {
    /// Whether a case belongs to this part. That depends only on the case, so that new cases do not move others.
    pub(super) fn has(self, suite: &str, case: &str) -> bool {
        // FNV-1a, whose result is the same in every version.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in suite.bytes().chain([0]).chain(case.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        // The low bits of similar names are similar.
        (hash ^ (hash >> 32)) % self.count == self.index - 1
    }
}

impl Args {
    /// The reports to write to files.
    pub(super) fn reports(&self) -> Result<Vec<(Format, PathBuf)>, CliError> {
        let mut reports: Vec<(Format, PathBuf)> = Vec::with_capacity(self.output.len());
        for text in &self.output {
            let names = || {
                Format::value_variants()
                    .iter()
                    .filter_map(ValueEnum::to_possible_value)
            };
            let Some((format, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
                return Err(CliError::new(format!("missing `=FILE` in `--output {text}`"))
                    .help("use --output FORMAT=FILE, such as junit=report.xml"));
            };
            let format = Format::from_str(format, true).map_err(|_| {
                let names: Vec<String> = names().map(|name| name.get_name().to_owned()).collect();
                CliError::new(format!("unknown format `{format}` in `--output {text}`"))
                    .help(format!("the formats are {}", crate::prose::list(names)))
            })?;
            let file = PathBuf::from(file);
            if let Some((_, other)) = reports.iter().find(|(_, other)| output::is_same(other, &file)) {
                return Err(CliError::new(format!(
                    "two reports would be written to `{}`",
                    other.display()
                )));
            }
            reports.push((format, file));
        }
        Ok(reports)
    }
}
