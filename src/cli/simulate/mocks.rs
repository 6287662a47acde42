//! The mocks of a simulation.

use super::Args;
use crate::cli::{Trouble, input, refusal};
use crate::document;
use crate::simulate::mocks::{LocalConfig, Mocks, read, read_local};
use std::path::Path;

/// Reads the mocks. `None` where something is wrong with them; what it is is printed.
pub(super) fn prepare(args: &Args) -> Result<Option<Mocks>, Trouble> {
    let Some(path) = &args.mocks else {
        return Ok(Some(Mocks::default()));
    };
    let input = input::one(path, None)?;
    let source = input.read()?;
    let syntax = input.syntax(&source);
    let document = document::read(source, syntax);
    let Some(root) = document.roots.first() else {
        return Err(Trouble::new(format!("`{}` holds no mocks", path.display())));
    };
    if let Some(local) = read_local(root) {
        return local_mocks(args, path, &local).map(Some);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut load = |file: &str| std::fs::read_to_string(folder.join(file)).map_err(|e| e.to_string());
    match read(root, &mut load) {
        Ok(mocks) => Ok(Some(mocks)),
        Err(faults) => {
            refusal::print(&document.source, faults);
            Ok(None)
        }
    }
}

fn local_mocks(args: &Args, path: &Path, local: &LocalConfig<'_>) -> Result<Mocks, Trouble> {
    let machines = local.machines();
    let machine = match (&args.mock_machine, machines.as_slice()) {
        (Some(name), all) if all.contains(&name.as_str()) => name.as_str(),
        (Some(name), all) => return Err(none_of("machine", name, all, path)),
        (None, [only]) => only,
        (None, all) => {
            return Err(Trouble::new(format!(
                "`{}` holds mocks of {} machines",
                path.display(),
                all.len()
            ))
            .help(format!("choose one with --mock-machine: {}", all.join(", "))));
        }
    };
    let cases = local.test_cases(machine);
    let case = match (&args.test_case, cases.as_slice()) {
        (Some(name), all) if all.contains(&name.as_str()) => name.as_str(),
        (Some(name), all) => return Err(none_of("test case", name, all, path)),
        (None, [only]) => only,
        (None, all) => {
            return Err(
                Trouble::new(format!("`{}` holds {} test cases", path.display(), all.len()))
                    .help(format!("choose one with --test-case: {}", all.join(", "))),
            );
        }
    };
    Ok(local.mocks(machine, case)?)
}

fn none_of(what: &str, name: &str, all: &[&str], path: &Path) -> Trouble {
    let trouble = Trouble::new(format!("No {what} of `{}` is called `{name}`", path.display()));
    let close = all
        .iter()
        .min_by_key(|known| strsim::damerau_levenshtein(known, name));
    match close {
        Some(close) => trouble.help(format!("did you mean `{close}`? There are {}", all.join(", "))),
        None => trouble,
    }
}
