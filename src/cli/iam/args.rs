//! The arguments of `asl iam`.

use super::machines::Deployment;
use crate::cli::definition;
use crate::render::permissions::Format;
use std::path::PathBuf;

/// The arguments of `asl iam`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) machine: definition::Args,
    /// Compare the role of the template with what the state machine needs
    #[arg(long)]
    check: bool,
    /// Compare the policies in a file instead of those in the template: one policy, a list of policies, or the output of an IAM
    /// API
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// Show which states need each action
    #[arg(long, conflicts_with_all = ["check", "policy"])]
    pub(super) explain: bool,
    /// Output format [default: text with --check and --explain, cloudformation, sam, or terraform for such templates, otherwise
    /// json]
    #[arg(long)]
    pub(super) format: Option<Format>,
    #[command(flatten)]
    pub(super) deployment: Deployment,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

impl Args {
    /// Whether a role is compared, instead of derived.
    pub(super) const fn is_check(&self) -> bool {
        self.check || self.policy.is_some()
    }
}
