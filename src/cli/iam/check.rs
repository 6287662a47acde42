//! Comparing roles with what state machines need.

use super::args::Args;
use super::machines::{LoadedFile, LoadedMachine};
use super::policy_file;
use crate::cli::{CliError, Exit, ExitProcess, output};
use crate::iam::{self, Derivation, Findings, MachineRole};
use crate::render::permissions::{Checked, CheckedMachine, Format};
use crate::render::printable::Printable;
use crate::render::style::Style;

pub(super) fn run(args: &Args, style: Style, exit_process: ExitProcess) -> Result<Exit, CliError> {
    if !matches!(args.format, None | Some(Format::Text | Format::Json)) {
        return Err(CliError::new("findings cannot be written in this format")
            .help("use --format text or --format json"));
    }
    let loaded = LoadedFile::read(&args.machine, &args.deployment, false)?;
    let policy_file = match &args.policy {
        Some(path) => Some(policy_file::read(path)?),
        None => None,
    };
    let mut derivations = Vec::new();
    for machine in &loaded.machines {
        let lowered = machine.definition.lower_readable(args.machine.path(), "check")?;
        derivations.push(machine.derive(&lowered));
    }
    let findings: Vec<Option<Findings>> = match &policy_file {
        Some((_, role)) => {
            let machines = loaded.machines.iter().zip(&derivations);
            let check = |(machine, derivation): (&LoadedMachine, &Derivation<'_>)| {
                iam::check(&derivation.needs, role, &machine.environment)
            };
            machines.map(|machine| Some(check(machine))).collect()
        }
        None => {
            let machines = loaded.machines.iter().zip(&derivations);
            let roles = machines.map(|(machine, derivation)| MachineRole {
                name: &machine.name,
                derivations: std::slice::from_ref(derivation),
                environment: &machine.environment,
                policies: machine.policies.as_ref(),
            });
            iam::check_all(&roles.collect::<Vec<_>>())
        }
    };
    let is_bad = findings.iter().flatten().any(Findings::is_bad);
    let machines = loaded.machines.iter().zip(&derivations).zip(findings);
    let machines = machines.map(|((machine, derivation), findings)| CheckedMachine {
        name: &machine.name,
        derivation,
        findings,
    });
    let machines = machines.collect();
    let checked = Checked { machines };
    let format = args.format.unwrap_or(Format::Text);
    let out = output::open(args.output.as_deref(), [])?;
    let mut out = Printable::new(out, format.notation());
    format.write_check(&checked, style, &mut out)?;
    out.into_inner()?.finish()?;
    exit_process(if is_bad { Exit::Findings } else { Exit::Success })
}
