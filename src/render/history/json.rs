//! The JSON summary of an execution, described by `schemas/simulation.schema.json`.

use super::report::{Bill, Report};
use crate::simulate::{Count, MapRun, Tally};
use crate::value::{self, Object, Value};
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use std::io::{self, Write};
use std::rc::Rc;

/// Version of the format; incremented on incompatible changes.
pub(super) const VERSION: i64 = 1;

/// Bytes that are written at once.
const BLOCK: usize = 64 * 1024;

/// Writes the summary, one member per line.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let e = report.execution;
    let state = |id| Value::String(Rc::clone(&report.plan.state(id).name));
    let stopped_after = report.until.filter(|_| e.has_stopped);
    let warnings = report.warnings.iter().map(|w| Value::from(w.as_str()));
    let members = [
        ("version", VERSION.into()),
        ("machine", text(Some(&e.identity.machine_name))),
        ("type", Value::from(e.identity.workflow_type.as_str())),
        ("execution_arn", text(Some(&e.identity.arn))),
        ("status", e.status.as_str().into()),
        ("output", e.output.clone().unwrap_or_default()),
        ("error", text(e.error.error.as_ref())),
        ("cause", text(e.error.cause.as_ref())),
        ("failed_state", e.failed_in.map_or(Value::Null, state)),
        ("stopped_after", stopped_after.map_or(Value::Null, Value::from)),
        ("start", e.start.to_string().into()),
        ("stop", e.stop.to_string().into()),
        ("duration_ms", e.stop.since(e.start).into()),
        ("transitions", number(report.bill.transitions)),
        ("express", express(report.bill)),
        ("path", Value::array(e.path.iter().copied().map(state).collect())),
        ("map_runs", Value::array(e.map_runs.iter().map(map_run).collect())),
        (
            "unmocked",
            Value::array(report.unmocked.iter().map(|name| text(Some(name))).collect()),
        ),
        ("warnings", Value::array(warnings.collect())),
    ];
    out.write_all(b"{\n")?;
    let mut line = String::new();
    for (key, value) in members {
        line.clear();
        for part in ["  \"", key, "\": "] {
            line.push_str(part);
        }
        // The result of a Distributed Map may have a million items, whose text need not be in memory at once.
        if let Some(items) = value.as_array() {
            line.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    line.push(',');
                }
                item.write_json(&mut line);
                write_block(&mut line, out)?;
            }
            line.push(']');
        } else {
            value.write_json(&mut line);
        }
        line.push_str(",\n");
        out.write_all(line.as_bytes())?;
    }
    states(report, out)?;
    out.write_all(b"}\n")
}

/// Writes the text so far if it is long enough.
fn write_block(text: &mut String, out: &mut dyn Write) -> io::Result<()> {
    if text.len() >= BLOCK {
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    Ok(())
}

/// Writes the counts of every state, including those that were not entered.
fn states(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let states = report.plan.states.len();
    let mut by_name: IndexMap<&str, Count, RandomState> =
        IndexMap::with_capacity_and_hasher(states, RandomState::default());
    for (state, count) in report.plan.states.iter().zip(&report.execution.counts) {
        *by_name.entry(&state.name).or_default() += *count;
    }
    let mut text = String::from("  \"states\": {");
    for (i, (name, count)) in by_name.into_iter().enumerate() {
        text.push_str(if i > 0 { ",\n    " } else { "\n    " });
        value::push_string(name, &mut text);
        let Count {
            entered,
            exited,
            retried,
            caught,
            failed,
        } = count;
        for (label, count) in [
            (": {\"entered\":", entered),
            (",\"exited\":", exited),
            (",\"retried\":", retried),
            (",\"caught\":", caught),
            (",\"failed\":", failed),
        ] {
            text.push_str(label);
            text.push_str(itoa::Buffer::new().format(count));
        }
        text.push('}');
        write_block(&mut text, out)?;
    }
    text.push_str("\n  }\n");
    out.write_all(text.as_bytes())
}

fn express(bill: Bill) -> Value {
    bill.express.map_or(Value::Null, |express| {
        Value::from([
            ("billed_duration_ms", number(express.duration_ms)),
            ("billed_memory_mb", number(express.memory_mb)),
        ])
    })
}

fn map_run(run: &MapRun) -> Value {
    Value::from([
        ("state", text(Some(&run.state))),
        ("arn", text(Some(&run.arn))),
        ("status", run.status.as_str().into()),
        ("type", Value::from(run.workflow_type.as_str())),
        ("items", tally(&run.items)),
        ("executions", tally(&run.executions)),
    ])
}

fn tally(tally: &Tally) -> Value {
    let count = |n: usize| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
    let members: Object = [
        ("total", tally.total),
        ("succeeded", tally.succeeded),
        ("failed", tally.failed),
        ("timed_out", tally.timed_out),
        ("aborted", tally.aborted),
        ("pending", tally.pending),
        ("running", tally.running),
        ("results_written", tally.results_written),
    ]
    .into_iter()
    .map(|(key, n)| (key.into(), count(n)))
    .collect();
    Value::object(members)
}

fn text(text: Option<&Rc<str>>) -> Value {
    text.map_or(Value::Null, |text| Value::String(Rc::clone(text)))
}

pub(super) fn number(n: u64) -> Value {
    Value::from(i64::try_from(n).unwrap_or(i64::MAX))
}
