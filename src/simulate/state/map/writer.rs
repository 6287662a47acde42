//! What a Map Run's results become: the state's result, or files in S3.
//!
//! Source: developer guide, "`ResultWriter` (Map)".

use crate::history::Status;
use crate::simulate::bindings::Bindings;
use crate::simulate::engine::Engine;
use crate::simulate::failure::Problem;
use crate::simulate::identity::uuid;
use crate::simulate::ids::FrameId;
use crate::simulate::plan::{Distributed, Writer};
use crate::simulate::run::{Ending, Run};
use crate::simulate::waiting::{ChildResult, MapRunJoin};
use crate::value::{Object, Value};
use std::rc::Rc;

/// How results are transformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transformation {
    /// Each with what is known of its execution.
    None,
    /// The outputs as they are.
    Compact,
    /// The outputs, arrays among them spread out.
    Flatten,
}

impl Engine<'_> {
    /// The result of a Map Run whose children have all ended.
    pub(super) fn map_run_result(
        &mut self,
        id: FrameId,
        distributed: &Distributed,
        join: &MapRunJoin,
    ) -> Result<Value, Problem> {
        let Some(writer) = &distributed.writer else {
            return Ok(Value::array(transformed(&join.results, Transformation::Compact)));
        };
        let named = writer.config.get("Transformation").and_then(Value::as_str);
        let transformation = match named {
            Some("COMPACT") => Transformation::Compact,
            Some("FLATTEN") => Transformation::Flatten,
            _ => Transformation::None,
        };
        if !writer.exports {
            return Ok(Value::array(transformed(&join.results, transformation)));
        }
        self.export(id, writer, transformation, join)
    }

    fn export(
        &mut self,
        id: FrameId,
        writer: &Writer,
        transformation: Transformation,
        join: &MapRunJoin,
    ) -> Result<Value, Problem> {
        let input = self.effective_of(id)?;
        let arguments = match &writer.arguments {
            Some(arguments) => self.evaluate(id, arguments, Bindings::from_input(&input))?,
            None => Value::empty_object(),
        };
        let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
        let bucket = text("Bucket").to_owned();
        let uuid = uuid(self.world.randomness());
        let folder = match text("Prefix").trim_end_matches('/') {
            "" => uuid.to_string(),
            prefix => format!("{prefix}/{uuid}"),
        };
        let is_lines = writer.config.get("OutputType").and_then(Value::as_str) == Some("JSONL");
        let mut files = Object::default();
        let mut written = 0;
        for (name, wanted) in [("FAILED", false), ("PENDING", false), ("SUCCEEDED", true)] {
            let chosen: Vec<ChildResult> = join
                .results
                .iter()
                .filter(|result| match result {
                    ChildResult::Succeeded { .. } => wanted,
                    ChildResult::Failed { .. } => name == "FAILED",
                    ChildResult::Pending => name == "PENDING",
                })
                .cloned()
                .collect();
            written += chosen.len();
            let entries = transformed(&chosen, transformation);
            if entries.is_empty() {
                files.insert(name.into(), Value::array(Vec::new()));
                continue;
            }
            let (body, ending) = if is_lines {
                let lines = entries.iter().map(|entry| entry.to_json() + "\n");
                (lines.collect::<String>(), "jsonl")
            } else {
                (Value::array(entries).to_json(), "json")
            };
            let key = format!("{folder}/{name}_0.{ending}");
            let size = i64::try_from(body.len()).unwrap_or(i64::MAX);
            let file = [("Key", Value::from(key.as_str())), ("Size", Value::from(size))];
            files.insert(name.into(), Value::array(vec![file.into()]));
            self.world.put(&bucket, &key, body);
        }
        let arn = Value::String(Rc::clone(&self.map_runs[join.record].arn));
        let manifest = Value::from([
            ("DestinationBucket", Value::from(bucket.as_str())),
            ("MapRunArn", arn.clone()),
            ("ResultFiles", Value::object(files)),
        ]);
        let key = format!("{folder}/manifest.json");
        self.world.put(&bucket, &key, manifest.to_json());
        let record = &mut self.map_runs[join.record];
        (record.items.results_written, record.executions.results_written) = (record.items.total, written);
        let details = [("Bucket", Value::from(bucket)), ("Key", Value::from(key))];
        Ok([("MapRunArn", arn), ("ResultWriterDetails", details.into())].into())
    }

    fn effective_of(&mut self, id: FrameId) -> Result<Value, Problem> {
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let step = plan.state(self.frames[id].state);
        let input = self.frames[id].input.clone();
        Ok(self.select(id, &step.data.input, &input)?)
    }
}

/// A child that failed is always told of with what is known of its execution.
fn transformed(results: &[ChildResult], transformation: Transformation) -> Vec<Value> {
    let mut values = Vec::with_capacity(results.len());
    for result in results {
        match (result, transformation) {
            (ChildResult::Pending, _) => {}
            (ChildResult::Failed { description }, _)
            | (ChildResult::Succeeded { description, .. }, Transformation::None) => {
                values.push(description.clone());
            }
            (ChildResult::Succeeded { output, .. }, Transformation::Flatten) => match output {
                Value::Array(items) => values.extend(items.iter().cloned()),
                other => values.push(other.clone()),
            },
            (ChildResult::Succeeded { output, .. }, Transformation::Compact) => values.push(output.clone()),
        }
    }
    values
}

impl Run {
    /// What a result file says of a child execution.
    pub(super) fn describe(&self, end: &Ending) -> Value {
        let text = |text: &Rc<str>| Value::String(Rc::clone(text));
        let included = || Value::from([("Included", true)]);
        let mut members = Object::default();
        let mut put = |key: &str, value: Value| {
            members.insert(key.into(), value);
        };
        if end.status != Status::Succeeded {
            let parts = [("Cause", &end.error.cause), ("Error", &end.error.error)];
            for (key, part) in parts {
                if let Some(part) = part {
                    put(key, text(part));
                }
            }
        }
        put("ExecutionArn", text(&self.identity.arn));
        put("Input", Value::from(self.input.to_json()));
        put("InputDetails", included());
        put("Name", text(&self.identity.name));
        if let Some(output) = &end.output {
            put("Output", Value::from(output.to_json()));
            put("OutputDetails", included());
        }
        put("StartDate", Value::from(self.start.to_string()));
        put("StateMachineArn", text(&self.identity.machine_arn));
        put("Status", Value::from(end.status.as_str()));
        put("StopDate", Value::from(end.stop.to_string()));
        Value::object(members)
    }
}
