//! What a few states come to, a line each.

use aslkit::asl::lower;
use aslkit::document::{self, Document, Syntax};
use aslkit::history::Time;
use aslkit::simulate::mocks::{DEFAULT_START, MockedWorld, Settings, Unmocked, read};
use aslkit::simulate::{self, ChildMachine, Execution, Options, Plan};
use aslkit::source::SourceFile;
use aslkit::spec::WorkflowType;
use aslkit::value::Value;
use std::rc::Rc;
use std::sync::Arc;

pub(super) fn yaml(text: &str) -> Document {
    document::read(Arc::new(SourceFile::new("a.yaml", text)), Syntax::Yaml)
}

fn plan(states: &str) -> Rc<Plan> {
    let document = yaml(&format!("{{StartAt: A, States: {{{states}}}}}"));
    Rc::new(Plan::new(&lower::machine(&document.roots[0])))
}

fn settings() -> Settings {
    Settings {
        seed: 0,
        start: Time::parse(DEFAULT_START).unwrap(),
    }
}

fn options(child: Option<&str>) -> Options {
    let children = child.map(|states| ChildMachine {
        arn: "arn:aws:states:us-east-1:111122223333:stateMachine:c".into(),
        plan: plan(states),
        workflow_type: WorkflowType::Standard,
    });
    Options {
        children: children.into_iter().collect(),
        ..Options::default()
    }
}

/// Runs states, the first of which is `A`.
fn execution(states: &str, input: &str, mocks: &str, child: Option<&str>) -> Execution {
    run(&plan(states), input, mocks, child)
}

/// Runs a machine with mocks, and with the states of a machine that its tasks may start.
pub(super) fn run(plan: &Rc<Plan>, input: &str, mocks: &str, child: Option<&str>) -> Execution {
    let mocks = read(&yaml(mocks).roots[0], &mut |_| Err(String::new())).unwrap();
    let mut world = MockedWorld::new(&mocks, settings(), Unmocked::Echo);
    let options = options(child);
    simulate::run(plan, Value::parse(input).unwrap(), &mut world, &options).unwrap()
}

/// `SUCCEEDED {"a":1}`, or `FAILED Name: cause` without AWS's words before the sentence.
pub(super) fn outcome(execution: &Execution) -> String {
    let status = execution.status.as_str();
    if let Some(output) = &execution.output {
        return format!("{status} {output}");
    }
    let cause = execution.error.cause.as_deref().unwrap_or_default();
    let sentence = match cause.strip_prefix("An error occurred") {
        Some(rest) => rest.split_once("). ").map_or(rest, |(_, sentence)| sentence),
        None => cause,
    };
    let name = execution.error.error.as_deref().unwrap_or_default();
    format!("{status} {name}: {sentence}")
        .trim_end_matches(": ")
        .to_owned()
}

#[track_caller]
fn comes_to(states: &str, input: &str, mocks: &str, expected: &str) {
    assert_eq!(
        outcome(&execution(states, input, mocks, None)),
        expected,
        "{states}"
    );
}

const NONE: &str = "{states: {}}";

#[test]
fn a_missed_heartbeat_matches_both_error_names() {
    let waiting = |catch: &str| {
        format!(
            "A: {{Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', HeartbeatSeconds: 3, \
             TimeoutSeconds: 9, Catch: [{{ErrorEquals: [{catch}], Next: B}}], End: true}}, B: {{Type: Succeed}}"
        )
    };
    let mocks = "{states: {A: {timeout: true}}}";
    let caught = r#"SUCCEEDED {"Error":"States.Timeout","Cause":""}"#;
    comes_to(&waiting("States.HeartbeatTimeout"), "{}", mocks, caught);
    comes_to(&waiting("States.Timeout"), "{}", mocks, caught);
    comes_to(
        &waiting("States.TaskFailed"),
        "{}",
        mocks,
        "FAILED States.Timeout",
    );
    // A task that takes too long has missed no heartbeat.
    let late = "{states: {A: {return: 1, duration: 10}}}";
    comes_to(
        &waiting("States.HeartbeatTimeout"),
        "{}",
        late,
        "FAILED States.Timeout",
    );
    // A mock may use the documents' name.
    let thrown = "{states: {A: {throw: {error: States.HeartbeatTimeout}}}}";
    comes_to(
        &waiting("States.Timeout"),
        "{}",
        thrown,
        r#"SUCCEEDED {"Error":"States.HeartbeatTimeout","Cause":""}"#,
    );
}

#[test]
fn limits_the_size_of_task_arguments() {
    let text = format!("{{\"a\": \"{}\"}}", "x".repeat(140_000));
    let task = "A: {Type: Task, Resource: 'arn:aws:states:::lambda:invoke', Parameters: {p.$: $.a, q.$: $.a}, End: true}";
    let too_large = "FAILED States.DataLimitExceeded: The state/task 'A' returned a result with a size exceeding the \
                     maximum number of bytes service limit.";
    comes_to(task, &text, NONE, too_large);
    let parallel = "A: {Type: Parallel, Parameters: {p.$: $.a, q.$: $.a}, Branches: [{StartAt: B, States: {B: {Type: \
                    Succeed}}}], End: true}";
    comes_to(parallel, &text, NONE, too_large);
}

#[test]
fn limits_the_size_of_variables() {
    let assign = |n: usize| {
        let state = format!("{{% $pad('', {n}, 'x') %}}");
        format!(
            r#"A: {{Type: Pass, QueryLanguage: JSONata, Assign: {{v: "{state}"}}, Output: 1, End: true}}"#
        )
    };
    let quotes_and_key = r#"{"v":""}"#.len();
    comes_to(&assign(262_144 - quotes_and_key), "{}", NONE, "SUCCEEDED 1");
    comes_to(
        &assign(262_145 - quotes_and_key),
        "{}",
        NONE,
        "FAILED States.DataLimitExceeded: The assigned variables exceed the maximum size of 262144 bytes.",
    );
}

#[test]
fn seconds_by_path_are_whole_and_not_negative() {
    let task =
        "A: {Type: Task, Resource: 'arn:aws:states:::lambda:invoke', TimeoutSecondsPath: $.t, End: true}";
    comes_to(task, r#"{"t":"7"}"#, "{states: {A: {return: 1}}}", "SUCCEEDED 1");
    comes_to(
        task,
        r#"{"t":-1}"#,
        NONE,
        "FAILED States.Runtime: TimeoutSeconds must be between 0 and 99999999 but was: -1",
    );
    comes_to(
        task,
        r#"{"t":1.5}"#,
        NONE,
        "FAILED States.Runtime: The TimeoutSecondsPath field refers to value \"1.5\" which is not a valid integer: $.t",
    );
}

#[test]
fn rejects_headers_that_the_service_sets() {
    let task = "A: {Type: Task, Resource: 'arn:aws:states:::http:invoke', Parameters: {Headers: {Host.$: $.h}}, End: true}";
    comes_to(
        task,
        r#"{"h":"x"}"#,
        NONE,
        r#"FAILED States.Runtime: The Parameters '{"Headers":{"Host":"x"}}' could not be used to start the Task: [The header 'Host' is not allowed]"#,
    );
}

const STARTS: &str = "Resource: 'arn:aws:states:::states:startExecution.sync', Parameters: {StateMachineArn: \
                      'arn:aws:states:us-east-1:111122223333:stateMachine:c'}";
const CHILD: &str = "{children: {c: c.asl.json}}";

#[test]
fn a_child_has_no_more_time_than_its_task() {
    let task = |seconds: i64| {
        format!(
            "A: {{Type: Task, {STARTS}, TimeoutSeconds: {seconds}, Catch: [{{ErrorEquals: [States.Timeout], Next: B}}], \
             ResultSelector: {{s.$: $.Status}}, End: true}}, B: {{Type: Succeed}}"
        )
    };
    let child = Some("A: {Type: Wait, Seconds: 5, End: true}");
    let ended = execution(&task(6), "{}", CHILD, child);
    assert_eq!(outcome(&ended), r#"SUCCEEDED {"s":"SUCCEEDED"}"#);
    let late = execution(&task(3), "{}", CHILD, child);
    assert_eq!(
        outcome(&late),
        r#"SUCCEEDED {"Error":"States.Timeout","Cause":""}"#
    );
    assert_eq!(late.stop.since(late.start), 3000);
    assert_eq!(late.nested[0].child.status.as_str(), "ABORTED");
}

#[test]
fn a_child_stops_with_the_branch_that_waits_for_it() {
    let parallel = format!(
        "A: {{Type: Parallel, Branches: [{{StartAt: B, States: {{B: {{Type: Task, {STARTS}, End: true}}}}}}, {{StartAt: C, \
         States: {{C: {{Type: Wait, Seconds: 1, Next: D}}, D: {{Type: Fail, Error: E}}}}}}], Catch: [{{ErrorEquals: [E], \
         Next: F}}], End: true}}, F: {{Type: Wait, Seconds: 60, End: true}}"
    );
    let child = Some("A: {Type: Wait, Seconds: 5, End: true}");
    let ended = execution(&parallel, "{}", CHILD, child);
    assert_eq!(ended.status.as_str(), "SUCCEEDED");
    let [nested] = ended.nested.as_slice() else {
        panic!("{:?}", ended.nested)
    };
    assert_eq!(nested.child.status.as_str(), "ABORTED");
    assert_eq!(nested.child.stop.since(ended.start), 1000);
}

#[test]
fn reports_endless_nested_executions() {
    let task = format!("A: {{Type: Task, {STARTS}, End: true}}");
    let mocks = read(&yaml(CHILD).roots[0], &mut |_| Err(String::new())).unwrap();
    let mut world = MockedWorld::new(&mocks, settings(), Unmocked::Echo);
    let options = options(Some(&task));
    let trouble = simulate::run(&plan(&task), Value::empty_object(), &mut world, &options).unwrap_err();
    assert_eq!(
        trouble.message,
        "more than 1000 nested executions: `A` starts another one"
    );
}

#[test]
fn errors_in_a_reader_name_the_field() {
    let map = "A: {Type: Map, QueryLanguage: JSONata, ItemReader: {Resource: 'arn:aws:states:::s3:getObject', Arguments: \
               {Bucket: b, Key: k}, ReaderConfig: {InputType: JSON, MaxItems: '{% $nope %}'}}, ItemProcessor: \
               {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: EXPRESS}, StartAt: B, States: {B: {Type: Pass, End: \
               true}}}, End: true}";
    comes_to(
        map,
        "{}",
        NONE,
        "FAILED States.QueryEvaluationError: The JSONata expression '$nope' specified for the field \
         'ItemReader/ReaderConfig/MaxItems' returned nothing (undefined).",
    );
}

#[test]
fn a_synchronous_call_returns_the_result_or_the_error() {
    let task = "A: {Type: Task, Resource: 'arn:aws:states:::aws-sdk:sfn:startSyncExecution', Parameters: {StateMachineArn: \
                'arn:aws:states:us-east-1:111122223333:stateMachine:c', Input: '{\"n\": 1}'}, ResultSelector: {s.$: \
                $.Status, o.$: \"$['Output', 'Error']\", b.$: $.BillingDetails.BilledDurationInMilliseconds, d.$: \
                $.StopDate}, End: true}";
    let well = execution(task, "{}", CHILD, Some("A: {Type: Wait, Seconds: 2, End: true}"));
    assert_eq!(
        outcome(&well),
        r#"SUCCEEDED {"s":"SUCCEEDED","o":{"Output":"{\"n\":1}"},"b":2000,"d":"2030-01-01T00:00:02.000Z"}"#
    );
    let failed = execution(task, "{}", CHILD, Some("A: {Type: Fail, Error: E}"));
    assert_eq!(
        outcome(&failed),
        r#"SUCCEEDED {"s":"FAILED","o":{"Error":"E"},"b":100,"d":"2030-01-01T00:00:00.000Z"}"#
    );
    let late = execution(
        task,
        "{}",
        CHILD,
        Some("A: {Type: Wait, Seconds: 301, End: true}"),
    );
    assert_eq!(late.stop.since(late.start), 300_000);
    assert!(outcome(&late).contains(r#""s":"TIMED_OUT""#));
}

#[test]
fn a_pattern_that_ends_in_an_escape_matches_nothing() {
    let choice = |pattern: &str| {
        format!(
            "A: {{Type: Choice, Choices: [{{Variable: $.t, StringMatches: '{pattern}', Next: B}}], Default: C}}, B: {{Type: \
             Pass, Result: yes, End: true}}, C: {{Type: Pass, Result: no, End: true}}"
        )
    };
    comes_to(&choice(r"a*\\"), r#"{"t":"ab\\"}"#, NONE, r#"SUCCEEDED "yes""#);
    comes_to(
        &choice(r"a*\"),
        r#"{"t":"ab"}"#,
        NONE,
        r"FAILED States.Runtime: The pattern 'a*\' ends with a backslash that escapes nothing.",
    );
    comes_to(&choice(r"a*\"), r#"{"t":7}"#, NONE, r#"SUCCEEDED "no""#);
}
