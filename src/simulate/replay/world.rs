//! The world of a recording.

use super::recording::{Recording, Task};
use crate::expr::Randomness;
use crate::history::Time;
use crate::simulate::mocks::MockedWorld;
use crate::simulate::world::{Attempt, Error, Object, TaskOutcome, World};
use crate::value::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// The world of a recording. Mocks provide what it does not contain, such as objects in S3 and the results of tasks in
/// the child executions of a Map.
pub struct ReplayedWorld<'r, 'm> {
    recording: &'r Recording,
    mocks: MockedWorld<'m>,
    /// The attempts that are not used yet, by state.
    left: HashMap<Rc<str>, Vec<&'r Task>>,
}

impl<'r, 'm> ReplayedWorld<'r, 'm> {
    /// Creates a world for a new execution.
    pub fn new(recording: &'r Recording, mocks: MockedWorld<'m>) -> Self {
        let left = recording.tasks.iter();
        Self {
            recording,
            mocks,
            left: left
                .map(|(state, list)| (Rc::clone(state), list.iter().collect()))
                .collect(),
        }
    }
}

impl World for ReplayedWorld<'_, '_> {
    fn start_time(&self) -> Time {
        self.recording.start
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        self.mocks.randomness()
    }

    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, Error> {
        let Some(left) = self.left.get_mut(attempt.state).filter(|left| !left.is_empty()) else {
            return self.mocks.run_task(attempt);
        };
        // Iterations may be scheduled in a different order than in the recording, so results are assigned to calls with
        // the same arguments.
        let same = left.iter().position(|task| task.arguments == *attempt.arguments);
        let task = left.remove(same.unwrap_or(0));
        if !task.is_known {
            return self.mocks.run_task(attempt);
        }
        Ok(task.outcome.clone())
    }

    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, Error> {
        self.mocks.object(bucket, key)
    }

    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, Error> {
        self.mocks.list(bucket, prefix)
    }

    fn sample_item(&mut self, state: &Rc<str>, bucket: &str) -> Option<Value> {
        self.mocks.sample_item(state, bucket)
    }

    fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.mocks.put(bucket, key, body);
    }
}
