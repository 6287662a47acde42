//! The role of a state machine in a simulation: a task fails if the role does not allow its call.

use super::iam::{Deployment, LoadedFile, LoadedMachine, policy_file};
use super::{CliError, definition};
use crate::cli::definition::Definition;
use crate::expr::Randomness;
use crate::history::{ErrorData, Time};
use crate::iam::{Authorizer, Call, Role};
use crate::simulate::World;
use crate::simulate::world::{Attempt, Completion, Error as WorldError, Object, TaskOutcome};
use crate::value::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

/// The value of `--policy` that selects the role in the template instead of a file.
pub(super) const TEMPLATE: &str = "template";

/// Reads a definition for executions, with its role. `policy` is a file with policies, or [`TEMPLATE`]; `values` are the values
/// of substitutions in the run.
pub(super) fn load(
    machine: &definition::Args,
    policy: &Path,
    values: Vec<(String, String)>,
) -> Result<(Definition, Authorizer), CliError> {
    let loaded = LoadedFile::read(machine, &Deployment::default(), false)?.into_only(machine.path())?;
    let role = if policy == Path::new(TEMPLATE) {
        template_role(&loaded)?.ok_or_else(|| {
            CliError::new(format!(
                "the role of the state machine is not in `{}`",
                machine.path().display()
            ))
            .help("pass a file with its policies")
        })?
    } else {
        policy_file::read(policy)?.1
    };
    let authorizer = Authorizer::new(role, loaded.environment, values);
    Ok((loaded.definition.with_constants(), authorizer))
}

/// The role in the template of a state machine.
fn template_role(machine: &LoadedMachine) -> Result<Option<Role>, CliError> {
    let Some(policies) = &machine.policies else {
        return Ok(None);
    };
    let derivation = machine.derive(&machine.definition.lower()?);
    Ok(Some(Role::from_template(policies, &[derivation])))
}

/// A world in which tasks fail without permission.
pub(super) struct GuardedWorld<'g, W> {
    /// The world of the tasks that the role allows.
    pub(super) world: W,
    authorizer: Option<&'g Authorizer>,
    /// The states whose error without permission is not recorded.
    unrecorded: BTreeSet<Rc<str>>,
}

impl<'g, W> GuardedWorld<'g, W> {
    pub(super) const fn new(world: W, authorizer: Option<&'g Authorizer>) -> Self {
        Self {
            world,
            authorizer,
            unrecorded: BTreeSet::new(),
        }
    }

    /// The warnings about the errors of tasks without permission.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        self.unrecorded.iter().map(|state| {
            format!("`{state}` lacks a permission; the name of the error that AWS reports for it is not verified and may differ")
        })
    }
}

impl<W: World> World for GuardedWorld<'_, W> {
    fn start_time(&self) -> Time {
        self.world.start_time()
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        self.world.randomness()
    }

    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, WorldError> {
        // The tasks of another machine run with the role of that machine.
        let authorizer = self.authorizer.filter(|_| !attempt.is_nested);
        let denial = authorizer.and_then(|authorizer| {
            authorizer.denial(Call {
                resource: attempt.arn,
                arguments: attempt.arguments,
                role: attempt.role.and_then(Value::as_str),
            })
        });
        let Some(denial) = denial else {
            return self.world.run_task(attempt);
        };
        if !denial.is_recorded {
            self.unrecorded.insert(Rc::clone(attempt.state));
        }
        Ok(TaskOutcome {
            completion: Completion::Throw(ErrorData {
                error: Some(denial.name.into()),
                cause: Some(denial.cause.into()),
            }),
            duration: 0,
            submitted: None,
        })
    }

    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, WorldError> {
        self.world.object(bucket, key)
    }

    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, WorldError> {
        self.world.list(bucket, prefix)
    }

    fn sample_item(&mut self, state: &Rc<str>, bucket: &str) -> Option<Value> {
        self.world.sample_item(state, bucket)
    }

    fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.world.put(bucket, key, body);
    }
}
