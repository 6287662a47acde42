//! The permissions of a role in a simulation: a task that the role forbids fails.

use crate::cli::iam::{Loaded, Place, policy_file};
use crate::cli::{CliError, definition};
use crate::expr::Randomness;
use crate::history::{ErrorData, Time};
use crate::iam::{self, Environment, Role};
use crate::simulate::World;
use crate::simulate::world::{Answer, Attempt, End, Error as WorldError, Object};
use crate::value::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

/// The value of `--policy` that means the role in the template.
const TEMPLATE: &str = "template";

/// A role, and where the state machine is.
pub(super) struct Guard {
    role: Role,
    environment: Environment,
}

impl Guard {
    /// Reads the policies in a file, or those of the template.
    pub(super) fn read(policy: &str, machine: &definition::Args) -> Result<Self, CliError> {
        let loaded = Loaded::read(machine, &Place::default(), false)?;
        let found = loaded.only(machine.path())?;
        let role = if policy == TEMPLATE {
            found.policies.as_ref().map(Role::of_template).ok_or_else(|| {
                CliError::new(format!(
                    "the role of the state machine is not in `{}`",
                    machine.path().display()
                ))
                .help("use --policy FILE with its policies")
            })?
        } else {
            policy_file::read(Path::new(policy))?.1
        };
        Ok(Self {
            role,
            environment: found.environment.clone(),
        })
    }
}

/// A world in which tasks fail without permission.
pub(super) struct GuardedWorld<'g, W> {
    /// The world of the tasks that the role allows.
    pub(super) world: W,
    guard: Option<&'g Guard>,
    /// The states whose error without permission is not recorded.
    unrecorded: BTreeSet<Rc<str>>,
}

impl<'g, W> GuardedWorld<'g, W> {
    pub(super) const fn new(world: W, guard: Option<&'g Guard>) -> Self {
        Self {
            world,
            guard,
            unrecorded: BTreeSet::new(),
        }
    }

    /// What to tell about the errors of tasks without permission.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        self.unrecorded.iter().map(|state| {
            format!("`{state}` has no permission; the error with which AWS fails it is not recorded, so it may have another name")
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

    fn answer(&mut self, attempt: &Attempt<'_>) -> Result<Answer, WorldError> {
        let denial = self
            .guard
            .and_then(|guard| iam::denial(&guard.role, attempt.arn, attempt.arguments, &guard.environment));
        let Some(denial) = denial else {
            return self.world.answer(attempt);
        };
        let error = denial.error(attempt.arn);
        if !error.is_recorded {
            self.unrecorded.insert(Rc::clone(attempt.state));
        }
        Ok(Answer {
            end: End::Throw(ErrorData {
                error: Some(error.name.into()),
                cause: Some(error.cause.into()),
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
