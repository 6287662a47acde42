//! `asl iam`: the role of a state machine, derived and checked.

mod args;
mod check;
mod machines;
pub(super) mod policy_file;

use super::exit::warn;
use super::{CliError, Exit, ExitProcess, output};
use crate::iam::{self, Composition, Derivation};
use crate::render::permissions::{Derived, Format};
use crate::render::printable::Printable;
use crate::render::style::Style;
use crate::spec::quota;
use crate::template::Container;
use std::io::{BufWriter, IntoInnerError};

pub use args::Args;
pub(super) use machines::{Deployment, LoadedFile, LoadedMachine};

/// Runs `asl iam`.
pub fn run(args: &Args, style: &Style, exit_process: ExitProcess) -> Result<Exit, CliError> {
    if args.is_check() {
        return check::run(args, *style, exit_process);
    }
    let loaded = LoadedFile::read(&args.machine, &args.deployment, true)?;
    let machine = loaded.only(args.machine.path())?;
    let lowered = machine
        .definition
        .lower_with_states(args.machine.path(), "policy")?;
    let derivation = machine.derive(&lowered);
    let composition = iam::compose(&derivation.needs, &machine.environment);
    let derived = Derived {
        name: &machine.name,
        source: &machine.definition.document.source,
        environment: &machine.environment,
        derivation: &derivation,
        composition: &composition,
    };
    warn_of_gaps(&derivation, &composition);
    let format = args.format.unwrap_or(match machine.container {
        _ if args.explain => Format::Text,
        Container::CloudFormation => Format::Cloudformation,
        Container::Sam => Format::Sam,
        Container::Terraform => Format::Terraform,
        _ => Format::Json,
    });
    let out = output::open(args.output.as_deref(), [])?;
    // The formats write many short texts.
    let mut out = BufWriter::with_capacity(1 << 16, Printable::new(out, format.notation()));
    format.write(&derived, *style, &mut out)?;
    let out = out.into_inner().map_err(IntoInnerError::into_error)?;
    out.into_inner()?.finish()?;
    exit_process(Exit::Success)
}

/// Says what the policy does not contain, and whether it is too large.
fn warn_of_gaps(derivation: &Derivation<'_>, composition: &Composition<'_>) {
    for (state, resource) in &derivation.unknown {
        let state = derivation.states.get(*state).map_or("", |state| state.name);
        warn(&format!(
            "the permissions that `{state}` needs are unknown, because no IAM action is known for `{resource}`"
        ));
    }
    let size = composition.size;
    if size > quota::INLINE_POLICIES_SIZE {
        warn(&format!(
            "the policy has {size} characters; the inline policies of a role are limited to {} in total, and a managed policy to {}",
            quota::INLINE_POLICIES_SIZE,
            quota::MANAGED_POLICY_SIZE
        ));
    } else if size > quota::MANAGED_POLICY_SIZE {
        warn(&format!(
            "the policy has {size} characters and must be an inline policy; a managed policy is limited to {}",
            quota::MANAGED_POLICY_SIZE
        ));
    }
}
