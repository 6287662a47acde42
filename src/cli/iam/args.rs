//! The arguments of `asl iam`.

use crate::cli::definition;
use crate::render::permissions::Format;
use std::path::{Path, PathBuf};

/// The arguments of `asl iam`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) machine: definition::Args,
    /// Compare the role of the template with what the state machine needs
    #[arg(long)]
    check: bool,
    /// Compare the policies in a file instead of those of the template: a policy, several, or the output of an IAM API
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// Show which states need each action
    #[arg(long, conflicts_with_all = ["check", "policy"])]
    pub(super) explain: bool,
    /// Output format [default: text with --check and --explain, otherwise json]
    #[arg(long)]
    pub(super) format: Option<Format>,
    /// Partition of ARNs [default: that of the definition]
    #[arg(long, value_name = "PARTITION")]
    pub(super) partition: Option<String>,
    /// Account of ARNs, 12 digits [default: *, or a reference in a template]
    #[arg(long, value_name = "ACCOUNT")]
    pub(super) account: Option<String>,
    /// Region of ARNs [default: *, or a reference in a template]
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// Name of the state machine in ARNs [default: *, or that in the template]
    #[arg(long, value_name = "NAME")]
    pub(super) state_machine_name: Option<String>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

impl Args {
    /// Whether a role is compared, instead of derived.
    pub(super) const fn is_check(&self) -> bool {
        self.check || self.policy.is_some()
    }

    /// The files that may be read.
    pub(super) fn reads(&self) -> impl Iterator<Item = &Path> {
        self.policy
            .as_deref()
            .into_iter()
            .chain(std::iter::once(self.machine.path()))
    }
}
