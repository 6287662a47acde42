//! The shapes at each state contain the data of recorded executions.
//!
//! `ASL_RECORDINGS=folder cargo test --test integration recorded -- --ignored --nocapture` checks every case in a folder: JSON
//! files with a `definition` and the events of an execution in `expected`. Values with one of the texts in `ASL_PLACEHOLDERS`
//! (separated by `:`), which replace numbers in the recordings, are not compared.

use aslkit::asl::lower;
use aslkit::document::{self, Syntax};
use aslkit::history::{self, EventKind, Logs, Recorded, RecordedData};
use aslkit::shape::{Analysis, Declarations, Declared, DeclaredResult, Detail, Shape, Subject, analyze};
use aslkit::source::SourceFile;
use aslkit::value::Value;
use serde_json::{Value as Json, json};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The least share of recorded outputs whose shape is not any, in percent.
const MIN_KNOWN_OUTPUTS: usize = 90;

/// The least share of fields read whose shape is not any, in percent.
const MIN_KNOWN_READS: usize = 80;

/// What was compared.
#[derive(Debug, Default)]
struct Tally {
    executions: usize,
    values: usize,
    outputs: usize,
    known_outputs: usize,
    reads: usize,
    known_reads: usize,
    violations: Vec<String>,
    /// What is not known, with the case.
    unknown: Vec<String>,
}

/// The text of a history of which some fields are values instead of JSON text.
fn history_text(events: &Json) -> String {
    let mut events = events.clone();
    for (index, event) in events.as_array_mut().into_iter().flatten().enumerate() {
        // Recordings lack the ids of events whose order may differ.
        if event["id"].as_u64().is_none_or(|id| id == 0) {
            event["id"] = json!(index + 1);
            event["previousEventId"] = json!(index);
        }
        event["timestamp"] = json!("2024-01-01T00:00:00Z");
        let details = event.as_object_mut().into_iter().flatten();
        for (_, details) in details.filter(|(name, _)| name.ends_with("EventDetails")) {
            for (name, field) in details.as_object_mut().into_iter().flatten() {
                let is_data = matches!(name.as_str(), "input" | "output" | "parameters");
                let is_text = field
                    .as_str()
                    .is_some_and(|text| serde_json::from_str::<Json>(text).is_ok());
                if is_data && !is_text {
                    *field = field.to_string().into();
                }
            }
        }
    }
    json!({ "events": events }).to_string()
}

fn declarations(recorded: &Recorded) -> Declarations {
    let mut data = RecordedData::default();
    data.add(recorded);
    let examples = |values: &[Value]| Declared::Examples {
        values: values.iter().map(Into::into).collect(),
        is_strict: true,
    };
    let results = data.results.iter().map(|(state, results)| DeclaredResult {
        state: Some(state.to_string()),
        resource: None,
        result: examples(results),
    });
    Declarations {
        input: Some(examples(&data.inputs)),
        results: results.collect(),
    }
}

/// Compares a recorded execution with the shapes of its definition.
fn check(id: &str, definition: &Json, recorded: &Recorded, tally: &mut Tally) {
    let text = definition
        .as_str()
        .map_or_else(|| definition.to_string(), str::to_owned);
    let document = document::read(SourceFile::new(id, text).into(), Syntax::Json);
    let Some(root) = document.roots.first() else {
        return;
    };
    let machine = lower::machine(root);
    let analysis: Analysis<'_, '_> = analyze(&machine, &declarations(recorded), Detail::Shapes);
    let mut shapes = HashMap::new();
    machine.for_each_state(&mut |_, state| {
        shapes.insert(state.name.as_str().to_owned(), analysis.state(state));
    });
    let placeholders = std::env::var_os("ASL_PLACEHOLDERS").unwrap_or_default();
    let placeholders = placeholders.to_string_lossy();
    let mut expect = |place: String, shape: Option<&Shape>, value: &Value| {
        if placeholders
            .split(':')
            .any(|text| !text.is_empty() && has_text(value, text))
        {
            return;
        }
        tally.values += 1;
        if !shape.is_some_and(|shape| shape.contains(value)) {
            let shape = shape.map_or_else(|| "unreachable".to_owned(), ToString::to_string);
            tally
                .violations
                .push(format!("{id}: {place} is {value}, not {shape}"));
        }
    };
    let mut entered = HashSet::new();
    for event in &recorded.events {
        match &event.kind {
            EventKind::StateEntered { name, input, .. } => {
                entered.insert(name.to_string());
                let known = shapes.get(&**name).copied().flatten();
                expect(format!("input of {name}"), known.map(|known| &known.input), input);
            }
            EventKind::StateExited { name, output, .. } => {
                let known = shapes.get(&**name).copied().flatten();
                expect(
                    format!("output of {name}"),
                    known.map(|known| &known.output),
                    output,
                );
                tally.outputs += 1;
                if known.is_some_and(|known| !known.output.is_any()) {
                    tally.known_outputs += 1;
                } else {
                    tally.unknown.push(format!("{id}: output of {name}"));
                }
            }
            EventKind::ExecutionSucceeded { output } => {
                expect("output".to_owned(), Some(&analysis.output), output);
            }
            _ => {}
        }
    }
    for part in analysis.observations.all() {
        let Subject::Expression(expression) = part.subject else {
            continue;
        };
        if !entered.contains(part.state.name.as_str()) || part.values.is_empty() {
            continue;
        }
        tally.reads += 1;
        if part.value.is_any() {
            let text = expression.node.as_str().unwrap_or_default();
            tally
                .unknown
                .push(format!("{id}: {text} in {}", part.state.name.as_str()));
        } else {
            tally.known_reads += 1;
        }
    }
    tally.executions += 1;
}

fn has_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => &**own == text,
        Value::Array(items) => items.iter().any(|item| has_text(item, text)),
        Value::Object(members) => members.values().any(|member| has_text(member, text)),
        _ => false,
    }
}

fn check_folder(folder: &Path, tally: &mut Tally) {
    for entry in ignore::WalkBuilder::new(folder).build().map(Result::unwrap) {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let case: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let events = &case["expected"]["events"];
        if events.as_array().is_none_or(Vec::is_empty) {
            continue;
        }
        let text = history_text(events);
        let id = case["id"].as_str().unwrap_or_default();
        match history::read(&text, &mut Logs::default()) {
            Ok(Some(recorded)) => check(id, &case["definition"], &recorded, tally),
            other => panic!("{id}: {other:?}"),
        }
    }
}

#[test]
#[ignore = "needs a folder in ASL_RECORDINGS"]
fn recorded_data_has_the_shapes_at_its_states() {
    let folder = std::env::var_os("ASL_RECORDINGS").unwrap();
    let mut tally = Tally::default();
    check_folder(Path::new(&folder), &mut tally);
    let share = |part: usize, whole: usize| part * 100 / whole.max(1);
    println!(
        "{} executions, {} values: {} of {} outputs ({} %) and {} of {} reads ({} %) known",
        tally.executions,
        tally.values,
        tally.known_outputs,
        tally.outputs,
        share(tally.known_outputs, tally.outputs),
        tally.known_reads,
        tally.reads,
        share(tally.known_reads, tally.reads),
    );
    for unknown in &tally.unknown {
        println!("unknown: {unknown}");
    }
    assert!(tally.violations.is_empty(), "{}", tally.violations.join("\n"));
    assert!(tally.executions > 0);
    assert!(share(tally.known_outputs, tally.outputs) >= MIN_KNOWN_OUTPUTS);
    assert!(share(tally.known_reads, tally.reads) >= MIN_KNOWN_READS);
}
