//! The readable summary of an execution that a snapshot stores.

use super::calls;
use crate::history::{Trace, VisitEvent};
use crate::prose;
use crate::simulate::{Execution, NoteKind};
use crate::value::Value;
use std::collections::HashMap;

/// The summary of an execution that recorded its events: its states in the order of their threads, the requests of its
/// tasks, and its result.
pub fn summarize_execution(execution: &Execution) -> String {
    let mut text = String::new();
    push_fmt!(
        text,
        "status: {}\nduration: {}\ntransitions: {}\nstates:\n",
        execution.status.as_str(),
        prose::duration::exact(execution.stop.since(execution.start)),
        execution.billed_transitions()
    );
    let runs = &execution.map_runs;
    let children = |arn: &str| {
        let run = runs.iter().find(|run| &*run.arn == arn);
        let children = run.map(|run| run.children.as_slice()).unwrap_or_default();
        children.iter().map(|child| child.history.as_slice()).collect()
    };
    let trace = Trace::with_children(&execution.history, &children);
    let mut notes: HashMap<u64, Vec<String>> = HashMap::new();
    for note in &execution.notes {
        notes
            .entry(note.entered)
            .or_default()
            .extend(note_text(&note.kind));
    }
    states(&trace, 0, 1, &notes, &mut text);
    let sent = calls::calls(execution);
    if !sent.is_empty() {
        text.push_str("calls:\n");
        for (state, requests) in &sent {
            push_fmt!(text, "  {}:\n", line(state));
            for request in requests {
                push_fmt!(text, "    {}\n", request.to_json());
            }
        }
    }
    result(execution, &mut text);
    text
}

/// The summary of a `TestState` response.
pub fn summarize_state(response: &Value) -> String {
    let mut text = String::new();
    for key in ["status", "nextState", "error", "cause"] {
        if let Some(value) = response.get(key).and_then(Value::as_str) {
            push_fmt!(text, "{key}: {}\n", line(value));
        }
    }
    let output = response.get("output").and_then(Value::as_str);
    if let Some(output) = output.and_then(|output| Value::parse(output).ok()) {
        push_fmt!(text, "output: {}\n", output.to_json_pretty());
    }
    text
}

fn states(
    trace: &Trace<'_>,
    thread: usize,
    depth: usize,
    notes: &HashMap<u64, Vec<String>>,
    text: &mut String,
) {
    for visit in &trace.threads[thread].visits {
        let visit = &trace.visits[*visit];
        push_fmt!(text, "{:1$}{2}", "", depth * 2, line(visit.name));
        let said = notes.get(&visit.id).filter(|_| depth == 1 || thread != 0);
        for note in said.into_iter().flatten() {
            push_fmt!(text, "; {note}");
        }
        text.push('\n');
        for event in &visit.events {
            if let VisitEvent::Began(inner) = event {
                push_fmt!(
                    text,
                    "{:1$}[{2}]\n",
                    "",
                    depth * 2 + 2,
                    trace.threads[*inner].index
                );
                states(trace, *inner, depth + 2, notes, text);
            }
        }
    }
}

fn note_text(kind: &NoteKind) -> Option<String> {
    let name = |error: &crate::history::ErrorData| line(error.error.as_deref().unwrap_or("an error"));
    Some(match kind {
        NoteKind::Decided(Some(rule)) => format!("rule {rule}"),
        NoteKind::Decided(None) => "default".to_owned(),
        NoteKind::Retried { error, delay } => {
            format!(
                "{} is retried after {}",
                name(error),
                prose::duration::exact(*delay)
            )
        }
        NoteKind::Caught { error, catcher } => format!("{} is caught by catcher {catcher}", name(error)),
        NoteKind::Failed { error } => format!("{} fails the state", name(error)),
        NoteKind::Ran(_) => return None,
    })
}

fn result(execution: &Execution, text: &mut String) {
    if let Some(output) = &execution.output {
        push_fmt!(text, "output: {}\n", output.to_json_pretty());
    }
    for (key, value) in [
        ("error", &execution.error.error),
        ("cause", &execution.error.cause),
    ] {
        if let Some(value) = value {
            push_fmt!(text, "{key}: {}\n", line(value));
        }
    }
}

/// A string on one line.
fn line(text: &str) -> String {
    if text.contains(|c: char| c.is_control()) {
        return Value::from(text).to_json();
    }
    text.to_owned()
}
