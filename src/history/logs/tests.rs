//! Every form of log events, and the round trip of encoding and decoding.

use super::{LogLevel, LogSettings, Logs, write};
use crate::history::{Origin, Recorded, read, read_history};
use crate::value::Value;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

const ARN: &str = "arn:aws:states:eu-west-1:111111111111:express:Orders:order-7:0a1b";

/// A history with a task that fails, for all log levels.
const HISTORY: &str = r#"{"events": [
    {"timestamp": "2030-01-01T00:00:00Z", "type": "ExecutionStarted", "id": 1, "previousEventId": 0,
     "executionStartedEventDetails": {"input": "{\"a\": \"{\\\"b\\\": 1}\"}", "inputDetails": {"truncated": false}, "roleArn": "role"}},
    {"timestamp": "2030-01-01T00:00:00Z", "type": "TaskStateEntered", "id": 2, "previousEventId": 0,
     "stateEnteredEventDetails": {"name": "Charge", "input": "{}", "inputDetails": {"truncated": false}}},
    {"timestamp": "2030-01-01T00:00:01.5Z", "type": "TaskScheduled", "id": 3, "previousEventId": 2,
     "taskScheduledEventDetails": {"resourceType": "lambda", "resource": "invoke", "region": "eu-west-1", "parameters": "{\"x\":1}", "timeoutInSeconds": 9}},
    {"timestamp": "2030-01-01T00:00:02Z", "type": "TaskFailed", "id": 4, "previousEventId": 3,
     "taskFailedEventDetails": {"resourceType": "lambda", "resource": "invoke", "error": "E", "cause": "c"}},
    {"timestamp": "2030-01-01T00:00:02Z", "type": "ExecutionFailed", "id": 5, "previousEventId": 4,
     "executionFailedEventDetails": {"error": "E", "cause": "c"}}
]}"#;

fn lines(level: LogLevel, has_data: bool) -> Vec<String> {
    let history = read_history(HISTORY).unwrap().events;
    let origin = Origin {
        role_arn: "role",
        region: "eu-west-1",
    };
    let mut out = Vec::new();
    write(&history, ARN, origin, LogSettings { level, has_data }, &mut out).unwrap();
    String::from_utf8(out)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

fn recorded(text: &str) -> Vec<Recorded> {
    let mut logs = Logs::default();
    assert!(read(text, &mut logs).unwrap().is_none(), "{text}");
    logs.into_recorded().collect()
}

fn types(recorded: &Recorded) -> Vec<String> {
    recorded
        .events
        .iter()
        .map(|event| event.kind.type_name())
        .collect()
}

fn json(text: &str) -> Value {
    Value::from(text)
}

fn gzip(text: &str) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    STANDARD.encode(encoder.finish().unwrap())
}

#[test]
fn every_form_has_the_same_events() {
    let lines = lines(LogLevel::All, true);
    let each = |form: &dyn Fn(&str) -> String, separator: &str| {
        // The order of log events is not defined.
        let forms: Vec<String> = lines.iter().rev().map(|line| form(line)).collect();
        forms.join(separator)
    };
    let messages = each(
        &|line| format!(r#"{{"timestamp": 1, "message": {}}}"#, json(line)),
        ",",
    );
    let record = format!(r#"{{"messageType": "DATA_MESSAGE", "logEvents": [{messages}]}}"#);
    let forms = [
        ("JSON lines", each(&str::to_owned, "\n")),
        ("an array of events", format!("[{}]", each(&str::to_owned, ","))),
        (
            "filter-log-events, get-log-events",
            format!(r#"{{"events": [{messages}], "searchedLogStreams": []}}"#),
        ),
        (
            "an array of messages",
            format!("[{}]", each(&|line| json(line).to_string(), ",")),
        ),
        (
            "tail",
            each(
                &|line| format!("2030-01-01T00:00:00+00:00 states/Orders/1 {line}"),
                "\n",
            ),
        ),
        (
            "tail --format short",
            each(&|line| format!("2030-01-01T00:00:00 {line}"), "\r\n"),
        ),
        (
            "tail --format json",
            each(
                &|line| format!("2030-01-01T00:00:00 s {}", line.replace(",\"", ",\n  \"")),
                "\n",
            ),
        ),
        (
            "text output",
            each(&|line| format!("EVENTS\t1\t{line}\tstream"), "\t"),
        ),
        (
            "get-query-results",
            format!(
                r#"{{"status": "Complete", "results": [{}]}}"#,
                each(
                    &|line| format!(
                        r#"[{{"field": "@timestamp", "value": "1"}}, {{"field": "@message", "value": {}}}]"#,
                        json(line)
                    ),
                    ","
                )
            ),
        ),
        (
            "Logs Insights, JSON",
            format!("[{}]", each(&|line| format!(r#"{{"@message": {line}}}"#), ",")),
        ),
        (
            "Logs Insights, CSV",
            format!(
                "@timestamp,@message\n{}",
                each(&|line| format!("1,\"{}\"", line.replace('"', "\"\"")), "\n")
            ),
        ),
        ("subscription record", record.clone()),
        ("subscription records", format!("{record}{record}")),
        (
            "Lambda event",
            format!(r#"{{"awslogs": {{"data": "{}"}}}}"#, gzip(&record)),
        ),
        (
            "Kinesis event",
            format!(
                r#"{{"Records": [{{"kinesis": {{"data": "{}"}}}}]}}"#,
                gzip(&record)
            ),
        ),
        (
            "twice, with other lines",
            format!("START\n{}\nEND {{x}}\n{0}", each(&str::to_owned, "\n")),
        ),
    ];
    let history = read_history(HISTORY).unwrap();
    for (name, text) in forms {
        let found = recorded(&text);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].execution.as_deref(), Some(ARN), "{name}");
        assert_eq!(
            format!("{:?}", found[0].events),
            format!("{:?}", history.events),
            "{name}"
        );
        assert_eq!((found[0].gaps.events, found[0].gaps.data.len()), (0, 0), "{name}");
    }
}

#[test]
fn detects_gaps_at_every_log_level() {
    #[expect(clippy::type_complexity, reason = "a table")]
    let cases: &[(LogLevel, bool, &[&str], Option<u64>, u64, &[u64])] = &[
        (
            LogLevel::All,
            false,
            &[
                "ExecutionStarted",
                "TaskStateEntered",
                "TaskScheduled",
                "TaskFailed",
                "ExecutionFailed",
            ],
            None,
            0,
            &[1, 2, 3],
        ),
        (
            LogLevel::Error,
            true,
            &["TaskFailed", "ExecutionFailed"],
            Some(1),
            3,
            &[],
        ),
        (LogLevel::Fatal, false, &["ExecutionFailed"], Some(1), 4, &[]),
    ];
    for (level, has_data, expected, first, missing, data) in cases {
        let found = recorded(&lines(*level, *has_data).join("\n"));
        assert_eq!(types(&found[0]), *expected);
        assert_eq!((found[0].gaps.first, found[0].gaps.events), (*first, *missing));
        let mut ids: Vec<u64> = found[0].gaps.data.iter().copied().collect();
        ids.sort_unstable();
        assert_eq!(ids, *data);
    }
    assert!(lines(LogLevel::Off, true).is_empty());
}

#[test]
fn executions_are_kept_apart() {
    let first = lines(LogLevel::All, true);
    let second: Vec<String> = first
        .iter()
        .map(|line| line.replace("order-7", "order-8"))
        .collect();
    let mixed: Vec<&str> = first
        .iter()
        .zip(&second)
        .flat_map(|(a, b)| [&**a, &**b])
        .collect();
    let found = recorded(&mixed.join("\n"));
    let names: Vec<_> = found.iter().filter_map(Recorded::name).collect();
    assert_eq!(names, ["order-7", "order-8"]);
    assert!(found.iter().all(|found| found.events.len() == 5));
}

#[test]
fn truncated_data_and_lines_are_counted() {
    let mut lines = lines(LogLevel::All, true);
    lines[1] = lines[1].replace(":false", ":true");
    let cut = lines[4].len() - 3;
    lines[4].truncate(cut);
    let mut logs = Logs::default();
    assert!(read(&lines.join("\n"), &mut logs).unwrap().is_none());
    assert_eq!(logs.unreadable, 1);
    let found: Vec<_> = logs.into_recorded().collect();
    assert_eq!(found[0].events.len(), 4);
    assert!(found[0].gaps.data.contains(&2) && found[0].gaps.data.len() == 1);
}

#[test]
fn histories_are_not_logs() {
    let line = json(&lines(LogLevel::All, true)[0]);
    let history = format!(
        r#"{{"events": [{{"timestamp": 1, "type": "ExecutionStarted", "id": 1, "executionStartedEventDetails": {{"input": {}}}}}]}}"#,
        json(&format!("[{line}]"))
    );
    let mut logs = Logs::default();
    assert!(read(&history, &mut logs).unwrap().is_some());
    for text in ["{", "[]x", "{\"execution_arn\": 1}", "START RequestId"] {
        assert!(read(text, &mut logs).is_err(), "{text}");
    }
    assert_eq!(logs.into_recorded().count(), 0);
}
