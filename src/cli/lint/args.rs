//! The arguments of `asl lint`.

use crate::cli::count_arg::positive;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::registry;
use crate::render::diagnostics::Format;
use crate::render::printable::Notation;
use crate::spec::WorkflowType;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The arguments of `asl lint`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct Args {
    /// Files, directories, and globs; - for standard input
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Workflow type of definitions, unless their template specifies it
    #[arg(long = "type", value_name = "TYPE", ignore_case = true)]
    pub(super) workflow_type: Option<WorkflowType>,
    /// Report a rule as an error; can be repeated; "all" selects every rule
    #[arg(long, value_name = "RULE", help_heading = "Rule selection")]
    pub(super) deny: Vec<String>,
    /// Report a rule as a warning; can be repeated
    #[arg(long, value_name = "RULE", help_heading = "Rule selection")]
    pub(super) warn: Vec<String>,
    /// Disable a rule; can be repeated
    #[arg(long, value_name = "RULE", help_heading = "Rule selection")]
    pub(super) allow: Vec<String>,
    /// Fail if there are more than N warnings
    #[arg(long, value_name = "N")]
    pub(super) max_warnings: Option<usize>,
    /// Apply safe fixes; with standard input, print the fixed text, and findings to standard error
    #[arg(long, help_heading = "Fixes")]
    pub(super) fix: bool,
    /// Also apply unsafe fixes, which may change the behavior; implies --fix
    #[arg(long, help_heading = "Fixes")]
    pub(super) unsafe_fixes: bool,
    /// Print fixes as a unified diff instead of applying them; implies --fix
    #[arg(long, help_heading = "Fixes")]
    pub(super) diff: bool,
    /// Apply fixes without reporting findings; implies --fix
    #[arg(long, conflicts_with = "diff", help_heading = "Fixes")]
    pub(super) fix_only: bool,
    /// Minimum severity to report; the formats compact and github print lambda-without-retry, missing-logging, and
    /// missing-tracing only with "info"
    #[arg(long, value_name = "LEVEL", ignore_case = true)]
    pub(super) severity: Option<Threshold>,
    /// Print every finding of lambda-without-retry, missing-logging, and missing-tracing in the text format, instead of one
    /// per file
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Report only errors, without a summary
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Configuration file [default: nearest asl.toml or .asl.toml above each file]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Ignore configuration files
    #[arg(long)]
    pub(super) no_config: bool,
    /// Treat the given files like files found in a directory: skip those that git or "exclude" ignores, and those without
    /// a definition
    #[arg(long, help_heading = "File selection")]
    pub(super) force_exclude: bool,
    /// Number of files to check in parallel [default: number of processors]
    #[arg(long, value_name = "N", value_parser = positive)]
    pub(super) threads: Option<NonZeroUsize>,
    /// Allow templates to reference files outside the given directory and its repository
    #[arg(long, help_heading = "File selection")]
    pub(super) allow_outside: bool,
    /// Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY
    #[arg(long, value_name = "DIR", help_heading = "File selection")]
    pub(super) s3_root: Option<PathBuf>,
    /// Filename to use for standard input; its extension determines the syntax
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

impl Args {
    /// How characters that must not be printed raw are written.
    pub(super) const fn notation(&self) -> Notation {
        if self.reports_findings() {
            self.format.notation()
        } else {
            Notation::Symbol
        }
    }

    /// Whether fixes are applied or printed.
    pub(super) const fn fixes(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff || self.fix_only
    }

    /// Whether findings are reported.
    pub(super) const fn reports_findings(&self) -> bool {
        !(self.diff || self.fix_only)
    }

    /// Whether a finding is reported.
    pub(super) fn reports(&self, found: &Diagnostic) -> bool {
        let least = match (self.quiet, self.severity) {
            (true, _) | (_, Some(Threshold::Error)) => Severity::Error,
            (_, Some(Threshold::Warning)) => Severity::Warning,
            _ => Severity::Info,
        };
        // A line or an annotation for each piece of advice would hide the problems.
        let is_noise = || {
            matches!(self.format, Format::Compact | Format::Github)
                && self.severity.is_none()
                && found.severity == Severity::Info
                && registry::find(found.rule).is_some_and(|rule| rule.is_advice)
        };
        self.format == Format::Aws || found.severity >= least && !is_noise()
    }
}

/// A minimum severity.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Threshold {
    Info,
    Warning,
    Error,
}
