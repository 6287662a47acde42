//! The world of a tested state.

use crate::expr::{Randomness, Seeded};
use crate::history::{ErrorData, Time};
use crate::simulate::world::{Attempt, Completion, Error, Object, TaskOutcome, World};
use crate::value::Value;
use std::rc::Rc;

/// The world of a tested state: the mock and the data of the `ItemReader`.
pub(super) struct TestWorld<'a> {
    pub(super) mock: Option<&'a Result<Value, ErrorData>>,
    pub(super) reader_data: Option<&'a Rc<str>>,
    pub(super) randomness: Seeded,
    pub(super) start: Time,
}

impl World for TestWorld<'_> {
    fn start_time(&self) -> Time {
        self.start
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        &mut self.randomness
    }

    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, Error> {
        let completion = match self.mock {
            Some(Ok(result)) => Completion::Return(result.clone()),
            Some(Err(data)) => Completion::Throw(data.clone()),
            None => {
                return Err(Error::new(format!(
                    "no mock for `{}`, which calls `{}`",
                    attempt.state, attempt.arn
                ))
                .help("asl does not call services; set `result` or `errorOutput` in the mock"));
            }
        };
        Ok(TaskOutcome {
            completion,
            duration: 0,
            submitted: None,
        })
    }

    fn object(&mut self, _bucket: &str, _key: &str) -> Result<Option<Rc<str>>, Error> {
        Ok(self.reader_data.cloned())
    }

    fn list(&mut self, _bucket: &str, _prefix: &str) -> Result<Vec<Object>, Error> {
        Ok(Vec::new())
    }

    fn put(&mut self, _bucket: &str, _key: &str, _body: String) {}
}
