//! The machines that run instead of mocks.

use crate::cli::CliError;
use crate::cli::definition;
use crate::cli::simulate::target;
use crate::diagnostic::Diagnostic;
use crate::simulate::mocks::ChildRef;
use crate::simulate::{ACCOUNT, ChildMachine, Plan, REGION};
use crate::user_file::invalid;
use std::borrow::Cow;
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
                faults.push(Diagnostic {
                    help: help.map(Cow::from),
                    ..invalid(child.span, message)
                });
            }
        }
    }
    (machines, faults)
}

fn machine(child: &ChildRef, path: &Path, force: bool) -> Result<ChildMachine, CliError> {
    let definition = definition::load_to_run(&definition::Args::new(path.to_owned(), None, false))?;
    let workflow_type = definition.workflow_type.unwrap_or_default();
    let machine = definition.lower_accepted(workflow_type, force)?;
    let arn = if child.key.starts_with("arn:") {
        Rc::clone(&child.key)
    } else {
        let name = definition.name.clone().unwrap_or_else(|| target::name_of(path));
        format!("arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}").into()
    };
    Ok(ChildMachine {
        arn,
        plan: Rc::new(Plan::new(&machine)),
        workflow_type,
    })
}
