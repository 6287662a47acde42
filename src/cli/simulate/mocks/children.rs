//! The machines that run instead of mocks.

use crate::asl::lower;
use crate::cli::CliError;
use crate::cli::machine;
use crate::cli::preflight;
use crate::cli::simulate::definition;
use crate::diagnostic::Diagnostic;
use crate::simulate::mocks::{ChildRef, fault};
use crate::simulate::{ACCOUNT, ChildMachine, Plan, REGION};
use std::path::Path;
use std::rc::Rc;

/// Reads the definitions, named from a folder. What cannot run is a fault of the file that names it.
pub(super) fn read(
    children: &[ChildRef],
    folder: &Path,
    force: bool,
) -> (Vec<ChildMachine>, Vec<Diagnostic>) {
    let mut machines = Vec::with_capacity(children.len());
    let mut faults = Vec::new();
    for child in children {
        match machine(child, &folder.join(&child.path), force) {
            Ok(machine) => machines.push(machine),
            Err(error) => {
                let (message, help) = error.into_parts();
                faults.push(fault(child.span, message, help));
            }
        }
    }
    (machines, faults)
}

fn machine(child: &ChildRef, path: &Path, force: bool) -> Result<ChildMachine, CliError> {
    let selected = machine::Args::of(path.to_owned()).select()?;
    let node = definition::node(path, &selected)?;
    let machine = lower::machine(node);
    let workflow_type = selected.workflow_type.unwrap_or_default();
    if !force {
        preflight::check(&selected.document, node, &machine, workflow_type)?;
    }
    let arn = if child.key.starts_with("arn:") {
        Rc::clone(&child.key)
    } else {
        let name = selected.name.clone().unwrap_or_else(|| definition::name_of(path));
        format!("arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}").into()
    };
    Ok(ChildMachine {
        arn,
        plan: Rc::new(Plan::new(&machine)),
        workflow_type,
    })
}
