//! Comparing roles with what state machines need.

use super::args::Args;
use super::machines::{Loaded, LoadedMachine};
use super::policy_file;
use crate::cli::{CliError, EndProcess, Exit, output};
use crate::iam::{self, Derivation, Role};
use crate::render::permissions::{Checked, CheckedMachine, Format};
use crate::render::style::Style;
use std::io::Write;

pub(super) fn run(args: &Args, style: Style, end: EndProcess) -> Result<Exit, CliError> {
    if !matches!(args.format, None | Some(Format::Text | Format::Json)) {
        return Err(CliError::new("findings cannot be written in this format")
            .help("use --format text or --format json"));
    }
    let loaded = Loaded::read(&args.machine, &args.place, false)?;
    let policy_file = match &args.policy {
        Some(path) => Some(policy_file::read(path)?),
        None => None,
    };
    let mut derivations = Vec::new();
    for machine in &loaded.machines {
        let lowered = machine.definition.lower_readable(args.machine.path(), "check")?;
        derivations.push(machine.derive(&lowered));
    }
    let mut machines = Vec::new();
    for (machine, derivation) in loaded.machines.iter().zip(&derivations) {
        let role = match (&policy_file, &machine.policies) {
            (Some((_, role)), _) => Some(role.clone()),
            (None, policies) => policies.as_ref().map(Role::of_template),
        };
        let others = others(machine, &loaded, &derivations, policy_file.is_some());
        let findings =
            role.map(|role| iam::check(&derivation.needs, &role, others.as_deref(), &machine.environment));
        machines.push(CheckedMachine {
            name: &machine.name,
            derivation,
            findings,
            definition: &machine.definition.document.source,
            policies: policy_file
                .as_ref()
                .map_or(&loaded.document.source, |(document, _)| &document.source),
        });
    }
    let is_bad = machines
        .iter()
        .filter_map(|machine| machine.findings.as_ref())
        .any(|findings| {
            !findings.missing.is_empty()
                || !findings.wildcard_actions.is_empty()
                || !findings.wildcard_resources.is_empty()
        });
    let checked = Checked { machines };
    let mut out = output::open(args.output.as_deref(), args.reads())?;
    args.format
        .unwrap_or(Format::Text)
        .write_check(&checked, style, &mut out)?;
    out.flush()?;
    end(if is_bad { Exit::Findings } else { Exit::Success })
}

/// The needs of the other state machines with the same role; `None` if not all users of the role are known.
fn others(
    machine: &LoadedMachine,
    loaded: &Loaded,
    derivations: &[Derivation],
    is_file: bool,
) -> Option<Vec<iam::Need>> {
    if is_file {
        return Some(Vec::new());
    }
    let policies = machine.policies.as_ref().filter(|policies| !policies.is_shared)?;
    let mut needs = Vec::new();
    for name in policies.machines.iter().filter(|name| **name != machine.name) {
        let at = loaded.machines.iter().position(|other| other.name == *name)?;
        needs.extend(derivations[at].needs.iter().cloned());
    }
    Some(needs)
}
