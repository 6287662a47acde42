//! Error handling: `Retry`, then `Catch`. An error that neither handles becomes an error of the parent frame.

use super::bindings::{Bindings, StateOutput};
use super::data_flow::apply_result_path;
use super::execution::NoteKind;
use super::ids::RunId;
use super::observer::StateEvent;
use super::plan::{Catcher, Retrier, StateKind};
use super::state_cx::{Control, StateCx};
use super::state_error::{StateError, StepError, executing};
use super::waiting::Waiting;
use crate::expr::{EvalError, Randomness};
use crate::history::{ErrorData, Evaluation, EventKind};
use crate::spec::{QueryLanguage, error_name};
use std::rc::Rc;

/// The outcome of an error in the state in which it occurred.
pub(super) enum CatchOutcome {
    /// A retrier or a catcher handled it.
    Handled(Control),
    /// No handler matched: the frame fails.
    Unhandled(StateError),
}

/// Retries or catches an error of a state. If a handler fails itself, its error replaces the original one.
pub(super) fn handle(cx: &mut StateCx<'_, '_>, error: StepError) -> Result<CatchOutcome, StepError> {
    let is_evaluation = matches!(error, StepError::Evaluation(_));
    let error = match error {
        StepError::Simulation(error) => return Err(error.into()),
        StepError::State(error) => error,
        StepError::Evaluation(fault) => to_state_error(cx, fault),
    };
    let data = &error.data;
    cx.observe(|| StateEvent::Failed {
        error: Rc::clone(data),
        is_evaluation,
    });
    if !cx.frame().handlers_exhausted {
        if let Some(delay) = retry_delay(cx, &error) {
            let state = cx.frame().state;
            cx.journal.count_retry(cx.run, state)?;
            cx.journal.failed_in = None;
            let data = &error.data;
            cx.add_note(|| NoteKind::Retried {
                error: Rc::clone(data),
                delay,
            });
            return Ok(CatchOutcome::Handled(cx.sleep(Waiting::Retry, delay)));
        }
        emit_composite_failure(cx, &error);
        let mut catchers = cx.state.catch.iter().enumerate();
        if let Some((index, catcher)) = catchers.find(|(_, c)| error.is_named_by(&c.names)) {
            cx.count(|count| count.caught += 1);
            cx.observe(|| StateEvent::Caught(index));
            cx.journal.failed_in = None;
            let data = &error.data;
            cx.add_note(|| NoteKind::Caught {
                error: Rc::clone(data),
                catcher: index,
            });
            // An error of the catcher itself is not handled by the same state.
            cx.frame_mut().handlers_exhausted = true;
            let output = catch(cx, catcher, &error)?;
            return Ok(CatchOutcome::Handled(Control::Leave(output, catcher.exit)));
        }
    }
    cx.count(|count| count.failed += 1);
    cx.add_note(|| NoteKind::Failed {
        error: Rc::clone(&error.data),
    });
    if cx.run == RunId::FIRST && cx.journal.failed_in.is_none() {
        cx.journal.failed_in = Some(cx.frame().state);
    }
    Ok(CatchOutcome::Unhandled(error))
}

/// Converts an evaluation error to AWS's wording, and adds it to the history if AWS records it there.
fn to_state_error(cx: &mut StateCx<'_, '_>, fault: EvalError) -> StateError {
    let frame = cx.frame();
    let (entered, last, before) = (frame.entered, frame.last_event, frame.event_before);
    let data = ErrorData {
        error: Some(fault.error.into()),
        cause: Some(match cx.evaluator.options.test_state {
            Some(_) => fault.cause.as_str().into(),
            None => executing(&cx.state.name, entered, &fault.cause),
        }),
    };
    if fault.error == error_name::QUERY_EVALUATION_ERROR {
        // Before a state's first event, its events follow from the event before the state. A Wait has already begun.
        let has_begun = last != entered || matches!(cx.state.kind, StateKind::Wait(_));
        let previous = if has_begun { last } else { before };
        let event = cx.emit(previous, || {
            EventKind::EvaluationFailed(Rc::new(Evaluation {
                state: Rc::clone(&cx.state.name),
                data: data.clone(),
                location: fault.location.map(Into::into),
            }))
        });
        cx.frame_mut().last_event = event;
    }
    StateError::new(data)
}

/// Records that a Parallel or a Map has failed, if it is not retried.
fn emit_composite_failure(cx: &mut StateCx<'_, '_>, error: &StateError) {
    let kind = match cx.state.kind {
        StateKind::Parallel(_) => EventKind::ParallelStateFailed,
        StateKind::Map(_) => EventKind::MapStateFailed,
        _ => return,
    };
    if !error.is_fatal {
        cx.emit_next(|| kind);
    }
}

/// The delay before the state is retried, in milliseconds; `None` if it is not retried.
fn retry_delay(cx: &mut StateCx<'_, '_>, error: &StateError) -> Option<i64> {
    let retriers = &cx.state.retry;
    let (index, retrier) = retriers
        .iter()
        .enumerate()
        .find(|(_, r)| error.is_named_by(&r.names))?;
    let options = cx.evaluator.options.test_state.as_ref();
    let before = options.map_or(0, |options| options.retries);
    let frame = cx.frame_mut();
    frame.retried.resize(retriers.len(), before);
    let used = frame.retried[index];
    if i64::from(used) >= retrier.backoff.max_attempts {
        cx.observe(|| StateEvent::Exhausted(index));
        return None;
    }
    frame.retried[index] += 1;
    frame.retries += 1;
    cx.observe(|| StateEvent::Retried(index));
    Some(retrier.delay(used, cx.randomness()))
}

/// The output of a catcher.
fn catch(cx: &mut StateCx<'_, '_>, catcher: &Catcher, error: &StateError) -> Result<StateOutput, EvalError> {
    let error_output = error.output();
    let input = cx.input();
    if cx.state.language == QueryLanguage::Jsonata {
        let bindings = Bindings {
            error_output: Some(&error_output),
            ..Bindings::from_input(&input)
        };
        return cx.jsonata_output(
            catcher.output.as_deref(),
            catcher.assign.as_deref(),
            bindings,
            &error_output,
        );
    }
    let assigned = cx.assign(catcher.assign.as_deref(), Bindings::from_input(&error_output))?;
    let output = apply_result_path(&catcher.result_path, &input, error_output)?;
    Ok(StateOutput { output, assigned })
}

impl Retrier {
    /// The delay in milliseconds before the retry that follows `used` others of this retrier.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a delay is cut to what fits; 53 random bits are enough for a jitter"
    )]
    pub fn delay(&self, used: u32, randomness: &mut dyn Randomness) -> i64 {
        let millis = self.backoff.delay(used) * 1000.0;
        if !self.backoff.is_jittered {
            return millis.round() as i64;
        }
        let share = (randomness.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        (millis * share).round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::semantics::backoff::Backoff;
    use crate::expr::Seeded;

    fn retrier(interval: f64, rate: f64, max: Option<f64>, jitter: bool) -> Retrier {
        Retrier {
            names: Vec::new(),
            backoff: Backoff {
                max_attempts: 3,
                interval,
                rate,
                max_delay: max.unwrap_or(f64::INFINITY),
                is_jittered: jitter,
            },
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
