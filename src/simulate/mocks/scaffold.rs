//! The scaffold of a mock file: every task of a definition, with a sample of its result.

use super::samples::Samples;
use crate::asl::{Kind, Machine, literal};
use crate::document::Node;
use crate::shape::{self, Declarations, Detail};
use crate::value::{Object, Value};

/// The language to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With the resource of each task as a comment.
    Yaml,
    /// Without.
    Json,
}

/// A task: its state's name, its `Resource`, and samples of its results, in the order of its calls.
type Task<'a> = (&'a str, &'a str, Vec<Value>);

/// A mock file for a machine, with its tasks at every depth. It can be used as it is. What is declared about the data
/// determines the samples.
pub fn scaffold(machine: &Machine<'_>, declarations: &Declarations, form: Form) -> String {
    let mut tasks: Vec<Task<'_>> = Vec::new();
    let mut objects = Object::default();
    let samples = Samples::new(declarations.results.clone());
    let analysis = shape::analyze(machine, declarations, Detail::Shapes);
    machine.for_each_state(&mut |_, state| match &state.kind {
        Kind::Task(task) => {
            let resource = task.resource.and_then(Node::as_str).unwrap_or_default();
            let name = state.name.as_str();
            let arguments = analysis
                .state(state)
                .and_then(|shapes| shapes.arguments.example());
            let results = samples.results(machine, name, resource, arguments.as_ref());
            tasks.push((name, resource, results));
        }
        Kind::Map(map) => {
            if let Some(reader) = &map.item_reader
                && let Some(arguments) = &reader.arguments
                && let Some((uri, body)) = object(&literal::value(arguments.node), reader.reader_config)
            {
                objects.insert(uri.into(), Value::from([("body", Value::from(body))]));
            }
        }
        _ => {}
    });
    match form {
        Form::Yaml => yaml(&tasks, &objects),
        Form::Json => json(&tasks, objects),
    }
}

/// A small object for an `ItemReader`, with its address.
fn object(arguments: &Value, config: Option<&Node>) -> Option<(String, &'static str)> {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str);
    let written = |text: &&str| !text.contains("{%") && !text.contains("${");
    let bucket = text("Bucket").filter(written)?;
    let Some(key) = text("Key").filter(written) else {
        let prefix = text("Prefix").filter(written).unwrap_or_default();
        return Some((format!("s3://{bucket}/{prefix}sample.json"), "[{\"id\": 1}]"));
    };
    let config = |name: &str| config.and_then(|c| c.get(name)).and_then(Node::as_str);
    let body = match (config("InputType"), config("CSVHeaderLocation")) {
        (Some("CSV"), Some("GIVEN")) => "1\n2\n",
        (Some("CSV"), _) => "id\n1\n2\n",
        (Some("JSONL" | "PARQUET"), _) => "{\"id\": 1}\n{\"id\": 2}\n",
        (Some("MANIFEST") | None, _) => {
            "{\"destinationBucket\": \"\", \"fileSchema\": \"Bucket, Key\", \"files\": []}"
        }
        // With an `ItemsPointer`, the document around the items is up to the user.
        _ if config("ItemsPointer").is_some() => return None,
        _ => "[{\"id\": 1}, {\"id\": 2}]",
    };
    Some((format!("s3://{bucket}/{key}"), body))
}

fn json(tasks: &[Task<'_>], objects: Object) -> String {
    let mut states = Object::default();
    for (state, _, results) in tasks {
        let outcomes = results
            .iter()
            .map(|result| Value::from([("return", result.clone())]));
        states.insert((*state).into(), Value::array(outcomes.collect()));
    }
    let mut root: Object = [
        ("version".into(), Value::from(1_i64)),
        ("states".into(), Value::object(states)),
    ]
    .into_iter()
    .collect();
    if !objects.is_empty() {
        root.insert("objects".into(), Value::object(objects));
    }
    Value::object(root).to_json_pretty() + "\n"
}

fn yaml(tasks: &[Task<'_>], objects: &Object) -> String {
    let mut text = "# Mocked results of tasks for asl simulate --mocks. Run `asl schema mocks` for all keys: errors to throw,\n\
                    # timeouts, durations, several outcomes in the order of attempts.\n\
                    version: 1\n"
        .to_owned();
    text.push_str(if tasks.is_empty() {
        "states: {}\n"
    } else {
        "states:\n"
    });
    for (state, resource, results) in tasks {
        // A comment ends with its line.
        let comment = resource.replace(['\n', '\r'], " ");
        push_fmt!(text, "  # {comment}\n");
        push_fmt!(text, "  {}:\n", key(state));
        for result in results {
            text.push_str("    - return:");
            block(result, 8, &mut text);
        }
    }
    if !objects.is_empty() {
        text.push_str("objects:\n");
        for (uri, object) in objects {
            push_fmt!(text, "  {}:", key(uri));
            block(object, 4, &mut text);
        }
    }
    text
}

/// A value after a colon, with each member on its own line.
fn block(value: &Value, indent: usize, text: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(members) if !members.is_empty() => {
            text.push('\n');
            for (name, member) in members.iter() {
                push_fmt!(text, "{pad}{}:", key(name));
                block(member, indent + 2, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            for item in items.iter() {
                // JSON objects and arrays are valid YAML.
                push_fmt!(text, "{pad}- {}\n", item.to_json());
            }
        }
        other => {
            push_fmt!(text, " {}\n", other.to_json());
        }
    }
}

/// A key. JSON strings are valid YAML; most keys need no quotes.
fn key(name: &str) -> String {
    let is_plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '))
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.ends_with(' ')
        && !matches!(
            name.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off"
        );
    if is_plain {
        name.to_owned()
    } else {
        Value::from(name).to_json()
    }
}
