//! `ResultWriter`: the results of a Map Run as the result of the state, or as files in S3.
//!
//! Source: developer guide, "`ResultWriter` (Map)".

use crate::simulate::bindings::Bindings;
use crate::simulate::identity::uuid;
use crate::simulate::plan::{Distributed, Writer};
use crate::simulate::state_cx::StateCx;
use crate::simulate::state_error::StepError;
use crate::simulate::waiting::{ChildResult, MapRunJoin};
use crate::value::{Object, Value};
use std::rc::Rc;

/// The transformation of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transformation {
    /// Descriptions of the executions.
    None,
    /// The outputs as they are.
    Compact,
    /// The outputs, with arrays flattened.
    Flatten,
}

/// The result of a Map Run after all children have ended.
pub(super) fn result(
    cx: &mut StateCx<'_, '_>,
    distributed: &Distributed,
    join: &MapRunJoin,
) -> Result<Value, StepError> {
    let Some(writer) = &distributed.writer else {
        return Ok(Value::array(transform(
            &join.results,
            Transformation::Compact,
            false,
        )));
    };
    let named = writer.config.get("Transformation").and_then(Value::as_str);
    let transformation = match named {
        Some("COMPACT") => Transformation::Compact,
        Some("FLATTEN") => Transformation::Flatten,
        _ => Transformation::None,
    };
    if !writer.exports {
        return Ok(Value::array(transform(&join.results, transformation, false)));
    }
    export(cx, writer, transformation, join)
}

fn export(
    cx: &mut StateCx<'_, '_>,
    writer: &Writer,
    transformation: Transformation,
    join: &MapRunJoin,
) -> Result<Value, StepError> {
    let input = cx.select(&cx.state.data.input_path, &cx.input())?;
    let arguments = match &writer.arguments {
        Some(arguments) => cx.evaluate(arguments, Bindings::from_input(&input))?,
        None => Value::empty_object(),
    };
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let bucket = text("Bucket").to_owned();
    let uuid = uuid(cx.randomness());
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
        let entries = transform(&chosen, transformation, true);
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
        cx.evaluator.world.put(&bucket, &key, body);
    }
    let arn = Value::String(Rc::clone(&cx.journal.map_runs[join.record].arn));
    let manifest = Value::from([
        ("DestinationBucket", Value::from(bucket.as_str())),
        ("MapRunArn", arn.clone()),
        ("ResultFiles", Value::object(files)),
    ]);
    let key = format!("{folder}/manifest.json");
    cx.evaluator.world.put(&bucket, &key, manifest.to_json());
    let record = &mut cx.journal.map_runs[join.record];
    (record.items.results_written, record.executions.results_written) = (record.items.total, written);
    let details = [("Bucket", Value::from(bucket)), ("Key", Value::from(key))];
    Ok([("MapRunArn", arn), ("ResultWriterDetails", details.into())].into())
}

/// Transforms results. A failed child is represented by the description of its execution in files, and by its outcome in the
/// result of the Map, unless that consists of descriptions.
fn transform(results: &[ChildResult], transformation: Transformation, for_files: bool) -> Vec<Value> {
    let mut values = Vec::with_capacity(results.len());
    for result in results {
        match (result, transformation) {
            (ChildResult::Pending, _) => {}
            (
                ChildResult::Failed { description, .. } | ChildResult::Succeeded { description, .. },
                Transformation::None,
            ) => values.extend(description.as_deref().cloned()),
            (ChildResult::Failed { description, .. }, _) if for_files => {
                values.extend(description.as_deref().cloned());
            }
            (ChildResult::Failed { outcome, .. }, _) => values.push(outcome.clone()),
            (ChildResult::Succeeded { output, .. }, Transformation::Flatten) => match output {
                Value::Array(items) => values.extend(items.iter().cloned()),
                other => values.push(other.clone()),
            },
            (ChildResult::Succeeded { output, .. }, Transformation::Compact) => values.push(output.clone()),
        }
    }
    values
}
