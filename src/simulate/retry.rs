//! What becomes of a failure: `Retry`, then `Catch`, then whoever waits for the frame.

use super::bindings::{Bindings, StateOutput};
use super::data_flow::place;
use super::engine::{Engine, Flow, Wake};
use super::execution::NoteKind;
use super::failure::{Failure, Problem, executing};
use super::ids::FrameId;
use super::plan::{Catcher, Kind, Retrier, Step};
use super::waiting::Waiting;
use super::world::Trouble;
use crate::expr::{Fault, Randomness};
use crate::history::{ErrorData, Evaluation, EventKind, Status};
use crate::spec::{QueryLanguage, error_name};
use std::rc::Rc;

impl Engine<'_> {
    /// Deals with what went wrong in a frame's state.
    pub(super) fn fail(&mut self, id: FrameId, problem: Problem) -> Result<Flow, Trouble> {
        let mut id = id;
        let mut problem = problem;
        loop {
            let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
            let step = plan.state(self.frames[id].state);
            let failure = match problem {
                Problem::Trouble(trouble) => return Err(trouble),
                Problem::Failure(failure) => failure,
                Problem::Fault(fault) => self.say(id, step, fault),
            };
            match self.handle(id, step, failure) {
                Ok(Handled::Flow(flow)) => return Ok(flow),
                Ok(Handled::Left(parent, failure)) => (id, problem) = (parent, failure.into()),
                Err(next) => problem = next,
            }
        }
    }

    /// Puts a fault into AWS's words, and into the history where it belongs there.
    fn say(&mut self, id: FrameId, step: &Step, fault: Fault) -> Failure {
        let frame = &self.frames[id];
        let (run, entered, last) = (frame.run, frame.entered, frame.last);
        let data = ErrorData {
            error: Some(fault.error.into()),
            cause: Some(match self.options.test_state {
                Some(_) => fault.cause.as_str().into(),
                None => executing(&step.name, entered, &fault.cause),
            }),
        };
        if fault.error == error_name::QUERY_EVALUATION_ERROR {
            // Until a state has done something, what happens in it follows from what led to it. A Wait has
            // begun to wait.
            let has_begun = last != entered || matches!(step.kind, Kind::Wait(_));
            let previous = if has_begun { last } else { frame.before };
            self.frames[id].last = self.emit(
                run,
                previous,
                EventKind::EvaluationFailed(Rc::new(Evaluation {
                    state: Rc::clone(&step.name),
                    data: data.clone(),
                    location: fault.location.map(Into::into),
                })),
            );
        }
        Failure::new(data)
    }

    fn handle(&mut self, id: FrameId, step: &Step, failure: Failure) -> Result<Handled, Problem> {
        let (run, state) = (self.frames[id].run, self.frames[id].state);
        if !self.frames[id].is_beyond_help {
            if let Some(delay) = self.retry_delay(id, step, &failure) {
                self.count_retry(run, state)?;
                self.failed_in = None;
                let error = &failure.data;
                self.remark(id, || NoteKind::Retried {
                    error: Rc::clone(error),
                    delay,
                });
                self.frames[id].waiting = Waiting::Retry;
                self.clock.after(delay, Wake::Frame(id));
                return Ok(Handled::Flow(Flow::Wait));
            }
            self.note_failed_composite(id, step, &failure);
            let mut catchers = step.catch.iter().enumerate();
            if let Some((at, catcher)) = catchers.find(|(_, c)| failure.is_named_by(&c.names)) {
                self.count(run, state, |count| count.caught += 1);
                self.failed_in = None;
                let error = &failure.data;
                self.remark(id, || NoteKind::Caught {
                    error: Rc::clone(error),
                    catcher: at,
                });
                // A catcher that fails itself has had its say: the state fails with that.
                self.frames[id].is_beyond_help = true;
                let outgoing = self.caught(id, step, catcher, &failure)?;
                return self.leave(id, step, outgoing, catcher.exit).map(Handled::Flow);
            }
        }
        self.count(run, state, |count| count.failed += 1);
        self.remark(id, || NoteKind::Failed {
            error: Rc::clone(&failure.data),
        });
        if run == super::ids::RunId::FIRST && self.failed_in.is_none() {
            self.failed_in = Some(state);
        }
        let frame = &self.frames[id];
        match frame.parent {
            Some(parent) if !failure.is_fatal => {
                self.branch_failed(parent, id);
                Ok(Handled::Left(parent, failure))
            }
            _ => {
                let last = frame.last;
                let flow = self.end_run(run, Status::Failed, None, failure.data, last);
                Ok(Handled::Flow(flow))
            }
        }
    }

    /// A Parallel or a Map that is not tried again says that it has failed.
    fn note_failed_composite(&mut self, id: FrameId, step: &Step, failure: &Failure) {
        let kind = match step.kind {
            Kind::Parallel(_) => EventKind::ParallelStateFailed,
            Kind::Map(_) => EventKind::MapStateFailed,
            _ => return,
        };
        if failure.is_fatal {
            return;
        }
        let (run, last) = (self.frames[id].run, self.frames[id].last);
        self.frames[id].last = self.emit(run, last, kind);
    }

    /// How long to wait before the state is tried again, in milliseconds; `None` if it is not.
    fn retry_delay(&mut self, id: FrameId, step: &Step, failure: &Failure) -> Option<i64> {
        let (at, retrier) = step
            .retry
            .iter()
            .enumerate()
            .find(|(_, r)| failure.is_named_by(&r.names))?;
        let before = self.options.test_state.as_ref().map_or(0, |alone| alone.retries);
        let frame = &mut self.frames[id];
        frame.retried.resize(step.retry.len(), before);
        let used = frame.retried[at];
        if used >= retrier.max_attempts {
            return None;
        }
        frame.retried[at] += 1;
        frame.retries += 1;
        Some(retrier.delay(used, self.world.randomness()))
    }

    /// Tries a state again after the delay.
    pub(super) fn retry(&mut self, id: FrameId) -> Result<Flow, Problem> {
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let step = plan.state(self.frames[id].state);
        self.work(id, step)
    }

    /// What a catcher hands on.
    fn caught(
        &mut self,
        id: FrameId,
        step: &Step,
        catcher: &Catcher,
        failure: &Failure,
    ) -> Result<StateOutput, Fault> {
        let error_output = failure.output();
        let input = self.frames[id].input.clone();
        if step.language == QueryLanguage::Jsonata {
            let seen = Bindings {
                error_output: Some(&error_output),
                ..Bindings::from_input(&input)
            };
            return self.jsonata_outgoing(
                id,
                catcher.output.as_deref(),
                catcher.assign.as_deref(),
                seen,
                &error_output,
            );
        }
        let assigned = self.assign(id, catcher.assign.as_deref(), Bindings::from_input(&error_output))?;
        let output = place(&catcher.result, &input, error_output)?;
        Ok(StateOutput { output, assigned })
    }
}

/// What became of a failure in one frame.
enum Handled {
    /// It is dealt with.
    Flow(Flow),
    /// It has left the frame, for the one that waits for it.
    Left(FrameId, Failure),
}

impl Retrier {
    /// Milliseconds to wait before the retry after `used` others of this retrier.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a delay is cut to what fits; 53 random bits are enough for a jitter"
    )]
    pub fn delay(&self, used: u32, randomness: &mut dyn Randomness) -> i64 {
        let grown = self.interval_seconds * self.backoff_rate.powi(i32::try_from(used).unwrap_or(i32::MAX));
        let seconds = self.max_delay_seconds.map_or(grown, |max| grown.min(max));
        let millis = (seconds * 1000.0).max(0.0);
        if !self.jitter {
            return millis.round() as i64;
        }
        let share = (randomness.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        (millis * share).round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Seeded;

    fn retrier(interval: f64, rate: f64, max: Option<f64>, jitter: bool) -> Retrier {
        Retrier {
            names: Vec::new(),
            interval_seconds: interval,
            max_attempts: 3,
            backoff_rate: rate,
            max_delay_seconds: max,
            jitter,
        }
    }

    #[test]
    fn waits_grow_and_are_capped() {
        let delays = |r: &Retrier| [0, 1, 2, 3].map(|n| r.delay(n, &mut Seeded::new(0)));
        assert_eq!(
            delays(&retrier(3.0, 2.0, None, false)),
            [3000, 6000, 12_000, 24_000]
        );
        assert_eq!(
            delays(&retrier(1.0, 1.5, Some(2.0), false)),
            [1000, 1500, 2000, 2000]
        );
        assert_eq!(delays(&retrier(0.0, 2.0, None, false)), [0; 4]);
    }

    #[test]
    fn full_jitter_stays_within_the_wait() {
        let mut random = Seeded::new(1);
        let drawn: Vec<i64> = (0..200)
            .map(|_| retrier(10.0, 1.0, None, true).delay(0, &mut random))
            .collect();
        assert!(drawn.iter().all(|d| (0..=10_000).contains(d)));
        assert!(drawn.iter().any(|d| *d < 2500) && drawn.iter().any(|d| *d > 7500));
    }
}
