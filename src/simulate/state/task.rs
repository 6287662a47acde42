//! `Task`: work done by a service, a function, an activity or another machine.

mod integration;
mod nested;

use crate::expr::{Fault, Randomness};
use crate::history::{EventKind, Scheduled, TaskResource};
use crate::simulate::engine::{Engine, Flow, Wake};
use crate::simulate::failure::Problem;
use crate::simulate::ids::FrameId;
use crate::simulate::number;
use crate::simulate::plan::{Pattern, Setting, Step, Task};
use crate::simulate::waiting::{TaskRun, Waiting};
use crate::simulate::world::{Attempt, End};
use crate::value::Value;
use std::rc::Rc;

impl Engine<'_> {
    pub(in crate::simulate) fn task(
        &mut self,
        id: FrameId,
        step: &Step,
        task: &Task,
    ) -> Result<Flow, Problem> {
        let effective = self.effective_input(id, step)?;
        // Every attempt has a token of its own.
        if task.pattern != Pattern::RequestResponse {
            self.frames[id].token = Some(token(self.world.randomness()));
        }
        let arguments = self.arguments(id, step, &effective)?;
        self.check_arguments(step, &arguments)?;
        let timeout = self.task_seconds(
            id,
            task.settings.timeout_seconds.as_ref(),
            &effective,
            "TimeoutSeconds",
        )?;
        let heartbeat = self.task_seconds(
            id,
            task.settings.heartbeat_seconds.as_ref(),
            &effective,
            "HeartbeatSeconds",
        )?;
        let role = match &task.credentials {
            Some(credentials) => {
                let seen = crate::simulate::bindings::Bindings::from_input(&effective);
                self.evaluate(id, credentials, seen)?.get("RoleArn").cloned()
            }
            None => None,
        };
        let arguments = integration::prepare(task, arguments)?;
        let (run, last) = (self.frames[id].run, self.frames[id].last);
        self.frames[id].last = self.emit(
            run,
            last,
            EventKind::TaskScheduled(Rc::new(Scheduled {
                resource: Rc::clone(&task.resource),
                input: arguments.clone(),
                timeout,
                heartbeat,
                role,
            })),
        );
        let answer = self.world.answer(&Attempt {
            state: &step.name,
            arn: &task.arn,
            resource: &task.resource,
            input: &effective,
            arguments: &arguments,
            retries: self.frames[id].retries,
        })?;
        self.frames[id].waiting = Waiting::TaskStart(Box::new(TaskRun {
            answer,
            arguments,
            timeout,
            heartbeat,
            outcome: None,
            child: None,
        }));
        self.clock.after(0, Wake::Frame(id));
        Ok(Flow::Wait)
    }

    fn task_seconds(
        &mut self,
        id: FrameId,
        setting: Option<&Setting>,
        input: &Value,
        name: &str,
    ) -> Result<Option<i64>, Fault> {
        let Some(setting) = setting else { return Ok(None) };
        let value = self.setting(id, setting, input)?;
        match setting {
            Setting::Jsonata {
                expression, location, ..
            } => number::in_range(expression, location, &value, name, 0).map(Some),
            Setting::Path { path, field, .. } => {
                let seconds =
                    number::as_long(&value).ok_or_else(|| number::not_an_integer(field, path, &value))?;
                // Only JSONata was seen to be refused; no task runs for less than no time, though.
                if seconds < 0 {
                    return Err(Fault::runtime(number::out_of_range(name, 0, &value)));
                }
                Ok(Some(seconds))
            }
            _ => Ok(number::as_long(&value)),
        }
    }

    /// The task starts; of a job or a callback, the call that submits it is answered too.
    pub(in crate::simulate) fn task_start(
        &mut self,
        id: FrameId,
        mut run: Box<TaskRun>,
    ) -> Result<Flow, Problem> {
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let Some(task) = plan.state(self.frames[id].state).task() else {
            return Ok(Flow::Wait);
        };
        let worker = matches!(*task.resource, TaskResource::Activity { .. }).then(|| Rc::from("asl"));
        self.follow_up(
            id,
            EventKind::TaskStarted {
                resource: Rc::clone(&task.resource),
                worker,
            },
        );
        if let End::Child(machine) = run.answer.end {
            return self.start_nested(id, task, machine, run);
        }
        let submitted = run.answer.submitted.take().or_else(|| {
            // A call that fails without being submitted was not accepted at all.
            let was_accepted = !matches!(run.answer.end, End::Throw(_));
            was_accepted.then(Value::empty_object)
        });
        if let (Pattern::Sync | Pattern::Token, Some(output)) = (task.pattern, submitted) {
            let resource = Rc::clone(&task.resource);
            self.follow_up(id, EventKind::TaskSubmitted { resource, output });
        }
        let delay = run.delay();
        self.frames[id].waiting = Waiting::TaskEnd(run);
        self.clock.after(delay, Wake::Frame(id));
        Ok(Flow::Wait)
    }

    /// The task ends, one way or another.
    pub(in crate::simulate) fn task_end(&mut self, id: FrameId, mut run: Box<TaskRun>) -> Flow {
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let Some(task) = plan.state(self.frames[id].state).task() else {
            return Flow::Wait;
        };
        let resource = Rc::clone(&task.resource);
        let outcome = match run.outcome() {
            Ok(output) => self
                .sizes
                .check(&output, &task.returner, self.options.limits)
                .map(|_| output),
            Err(failure) => Err(failure),
        };
        let kind = match &outcome {
            Ok(output) => EventKind::TaskSucceeded {
                resource,
                output: output.clone(),
            },
            Err(failure) if run.is_late() => EventKind::TaskTimedOut {
                resource,
                data: Rc::clone(&failure.data),
            },
            Err(failure) => EventKind::TaskFailed {
                resource,
                data: Rc::clone(&failure.data),
            },
        };
        self.follow_up(id, kind);
        run.outcome = Some(outcome);
        self.frames[id].waiting = Waiting::TaskDone(run);
        self.clock.after(0, Wake::Frame(id));
        Flow::Wait
    }

    /// The machine goes on after a task's end.
    pub(in crate::simulate) fn task_done(&mut self, id: FrameId, run: TaskRun) -> Result<Flow, Problem> {
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let step = plan.state(self.frames[id].state);
        match run.outcome {
            Some(Ok(result)) => {
                let outgoing = self.conclude(id, step, &result)?;
                self.leave(id, step, outgoing, step.exit)
            }
            Some(Err(failure)) => Err(failure.into()),
            None => Ok(Flow::Wait),
        }
    }

    /// Writes an event that follows from the frame's last one.
    pub(in crate::simulate) fn follow_up(&mut self, id: FrameId, kind: EventKind) {
        let (run, last) = (self.frames[id].run, self.frames[id].last);
        self.frames[id].last = self.emit(run, last, kind);
    }
}

/// A task token: AWS's are long and opaque, and only have to differ.
fn token(randomness: &mut dyn Randomness) -> Rc<str> {
    use std::fmt::Write as _;
    let mut token = "asl".to_owned();
    for _ in 0..4 {
        // Writing to a String cannot fail.
        let _ = write!(token, "{:016x}", randomness.next_u64());
    }
    token.into()
}
