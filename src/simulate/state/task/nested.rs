//! A task that starts an execution of another machine, which the same run simulates.

use crate::history::{ErrorData, EventKind, Status, Time};
use crate::simulate::engine::{Engine, Flow, Wake};
use crate::simulate::execution::{Nested, NoteKind};
use crate::simulate::failure::{Failure, Problem};
use crate::simulate::identity::{Identity, uuid};
use crate::simulate::ids::{FrameId, RunId};
use crate::simulate::plan::{Pattern, Plan, Task};
use crate::simulate::run::Starter;
use crate::simulate::waiting::{TaskRun, Waiting};
use crate::simulate::world::{End, Trouble};
use crate::spec::{WorkflowType, error_name};
use crate::value::{Number, Object, Value};
use std::rc::Rc;

/// The call of the API that answers with the end of the Express execution it starts, however that ends.
const SYNCHRONOUS: &str = ":aws-sdk:sfn:startSyncExecution";

/// How what is known of an execution is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As `DescribeExecution` answers, input and output as JSON text: `.sync`.
    Text,
    /// The same with input and output as they are: `.sync:2`.
    Parsed,
    /// As `StartSyncExecution` answers.
    Synchronous,
}

/// How deep executions may wait for one another, which nothing in AWS limits.
const DEPTH: usize = 1_000;

impl Engine<'_> {
    /// Starts the other machine. `.sync` waits for its end, the other patterns for the start alone.
    pub(super) fn start_nested(
        &mut self,
        id: FrameId,
        task: &Task,
        machine: usize,
        mut run: Box<TaskRun>,
    ) -> Result<Flow, Problem> {
        let Some(child) = self.options.children.get(machine).cloned() else {
            return Err(Trouble::new("the mocks name a machine that was not read").into());
        };
        let input = run
            .arguments
            .get("Input")
            .cloned()
            .unwrap_or_else(Value::empty_object);
        let input = match &input {
            Value::String(text) => Value::parse(text).unwrap_or(input),
            _ => input,
        };
        let name = match run.arguments.get("Name").and_then(Value::as_str) {
            Some(name) => Rc::from(name),
            None => uuid(self.world.randomness()),
        };
        let arn = run.arguments.get("StateMachineArn").and_then(Value::as_str);
        let is_synchronous = task.arn.ends_with(SYNCHRONOUS);
        let workflow_type = if is_synchronous {
            WorkflowType::Express
        } else {
            child.workflow_type
        };
        let identity = Identity::new(arn.unwrap_or(&child.arn), &name, workflow_type);
        let waits = task.pattern == Pattern::Sync || is_synchronous;
        if waits && self.waiting_for(self.frames[id].run) > DEPTH {
            return Err(Trouble::new(format!(
                "Executions wait for one another more than {DEPTH} deep: `{}` starts the next one",
                self.runs[self.frames[id].run.0]
                    .plan
                    .state(self.frames[id].state)
                    .name
            ))
            .help("an endless recursion? give one of the tasks a mock")
            .into());
        }
        let starter = if waits { Starter::Task(id) } else { Starter::Nobody };
        let child_run = self.start(&child.plan, Plan::ROOT, identity, input, starter)?;
        let answer: Object = [
            (
                "ExecutionArn".into(),
                Value::String(Rc::clone(&self.runs[child_run.0].identity.arn)),
            ),
            ("StartDate".into(), Value::from(self.clock.now().millis())),
        ]
        .into_iter()
        .collect();
        let answer = Value::object(answer);
        if !waits {
            if task.pattern == Pattern::Token {
                let resource = Rc::clone(&task.resource);
                let output = answer.clone();
                self.follow_up(id, EventKind::TaskSubmitted { resource, output });
            }
            run.answer.end = End::Return(answer);
            run.answer.duration = 0;
            self.frames[id].waiting = Waiting::TaskEnd(run);
            self.clock.after(0, Wake::Frame(id));
            return Ok(Flow::Wait);
        }
        if !is_synchronous {
            let resource = Rc::clone(&task.resource);
            self.follow_up(
                id,
                EventKind::TaskSubmitted {
                    resource,
                    output: answer,
                },
            );
        }
        if let Some(limit) = run.limit() {
            self.clock.after(limit, Wake::Late(child_run));
        }
        run.child = Some(child_run);
        self.frames[id].waiting = Waiting::Child(run);
        Ok(Flow::Wait)
    }

    /// The task that waits for an execution has no more time: it is given up, and the execution stopped.
    pub(in crate::simulate) fn nested_late(&mut self, child: RunId) {
        let Starter::Task(id) = self.runs[child.0].starter else {
            return;
        };
        if self.runs[child.0].end.is_some() || !self.frames.lives(id) {
            return;
        }
        let Waiting::Child(mut run) = std::mem::take(&mut self.frames[id].waiting) else {
            return;
        };
        self.abort_nested(id, child);
        run.answer.end = End::Timeout;
        self.frames[id].waiting = Waiting::TaskEnd(run);
        self.clock.after(0, Wake::Frame(id));
    }

    /// Stops an execution that nobody waits for any more, and keeps what it came to for the frame that did.
    pub(in crate::simulate) fn abort_nested(&mut self, id: FrameId, child: RunId) {
        if self.runs[child.0].end.is_some() {
            return;
        }
        self.runs[child.0].starter = Starter::Nobody;
        self.end_run(child, Status::Aborted, None, Rc::new(ErrorData::default()), 0);
        self.keep_nested(id, child);
    }

    /// How many executions wait for the end of this one, each for the next.
    fn waiting_for(&self, run: RunId) -> usize {
        let starters = std::iter::successors(Some(run), |run| match self.runs[run.0].starter {
            Starter::Task(frame) | Starter::Map(frame, _) => Some(self.frames[frame].run),
            Starter::User | Starter::Nobody => None,
        });
        starters.count()
    }

    /// The execution that a task waits for has ended.
    pub(in crate::simulate) fn nested_ended(&mut self, id: FrameId, run: RunId) -> Flow {
        if !self.frames.lives(id) {
            return Flow::Wait;
        }
        let Waiting::Child(mut task_run) = std::mem::take(&mut self.frames[id].waiting) else {
            return Flow::Wait;
        };
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let arn = plan.state(self.frames[id].state).task().map(|task| &*task.arn);
        let form = match arn.unwrap_or_default() {
            arn if arn.ends_with(SYNCHRONOUS) => Form::Synchronous,
            arn if arn.ends_with(":2") => Form::Parsed,
            _ => Form::Text,
        };
        let (description, status) = self.describe(run, form);
        self.keep_nested(id, run);
        task_run.answer.end = match status {
            _ if form == Form::Synchronous => End::Return(description),
            Status::Succeeded => End::Return(description),
            _ => End::Throw(
                Failure::named(error_name::TASK_FAILED, description.to_json())
                    .data
                    .as_ref()
                    .clone(),
            ),
        };
        task_run.answer.duration = 0;
        self.frames[id].waiting = Waiting::TaskEnd(task_run);
        self.clock.after(0, Wake::Frame(id));
        Flow::Wait
    }

    /// Keeps what an execution came to for whoever wants to look into it.
    fn keep_nested(&mut self, id: FrameId, run: RunId) {
        let run = &mut self.runs[run.0];
        let Some(end) = run.end.clone().filter(|_| self.options.history) else {
            return;
        };
        let plan = Rc::clone(&run.plan);
        let child = run.take_child(end);
        let index = self.nested.len();
        self.nested.push(Nested { plan, child });
        self.remark(id, || NoteKind::Ran(index));
    }

    /// What is known of an execution that has ended.
    fn describe(&self, run: RunId, form: Form) -> (Value, Status) {
        let run = &self.runs[run.0];
        let carried = |value: &Value| match form {
            Form::Parsed => value.clone(),
            Form::Text | Form::Synchronous => Value::from(value.to_json()),
        };
        let text = |text: &Rc<str>| Value::String(Rc::clone(text));
        let date = |time: Time| match form {
            Form::Text | Form::Parsed => Value::from(Number::from(time.millis())),
            Form::Synchronous => Value::from(time.to_string()),
        };
        let included = || Value::from([("Included", true)]);
        let (status, stop) = run
            .end
            .as_ref()
            .map_or((Status::Aborted, run.start), |end| (end.status, end.stop));
        let mut members = Object::default();
        let mut put = |key: &str, value: Value| {
            members.insert(key.into(), value);
        };
        if form == Form::Synchronous {
            // Memory is what the smallest execution is billed: nobody knows what AWS measures.
            let billed = (stop.since(run.start).max(1) + 99) / 100 * 100;
            let details = [
                ("BilledDurationInMilliseconds", billed),
                ("BilledMemoryUsedInMB", 64),
            ];
            put("BillingDetails", details.into());
        }
        if let Some(end) = run.end.as_ref().filter(|end| end.output.is_none()) {
            let parts = [("Cause", &end.error.cause), ("Error", &end.error.error)];
            for (key, part) in parts {
                if let Some(part) = part {
                    put(key, text(part));
                }
            }
        }
        put("ExecutionArn", text(&run.identity.arn));
        put("Input", carried(&run.input));
        put("InputDetails", included());
        put("Name", text(&run.identity.name));
        if let Some(output) = run.end.as_ref().and_then(|end| end.output.as_ref()) {
            put("Output", carried(output));
            put("OutputDetails", included());
        }
        if form != Form::Synchronous {
            put("RedriveCount", Value::from(0));
            if status == Status::Succeeded {
                put("RedriveStatus", "NOT_REDRIVABLE".into());
                put(
                    "RedriveStatusReason",
                    "Execution is SUCCEEDED and cannot be redriven".into(),
                );
            } else {
                put("RedriveStatus", "REDRIVABLE".into());
            }
        }
        put("StartDate", date(run.start));
        put("StateMachineArn", text(&run.identity.machine_arn));
        put("Status", Value::from(status.as_str()));
        put("StopDate", date(stop));
        (Value::object(members), status)
    }
}
