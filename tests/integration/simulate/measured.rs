//! What states come to where AWS was measured in September 2026, or recorded: a line for each fact.

use super::tests::{outcome, run, yaml};
use aslkit::asl::lower;
use aslkit::simulate::Plan;
use std::rc::Rc;

/// A Task `A` with further fields, and the states that it may go to.
fn task(fields: &str) -> String {
    format!(
        "QueryLanguage: JSONata, StartAt: A, States: {{A: {{Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage', \
         {fields}, Next: End}}, End: {{Type: Succeed}}, Caught: {{Type: Succeed}}, Other: {{Type: Succeed}}}}"
    )
}

/// A Parallel or a Map `A` with further fields, and the states that it may go to.
fn joining(fields: &str) -> String {
    format!(
        "QueryLanguage: JSONata, StartAt: A, States: {{A: {{{fields}, Next: End}}, End: {{Type: Succeed}}, Caught: {{Type: \
         Succeed}}}}"
    )
}

/// A Distributed Map over the input, with further fields; `states` starts with `B`.
fn distributed(fields: &str, states: &str) -> String {
    format!(
        "QueryLanguage: JSONata, StartAt: M, States: {{M: {{Type: Map, {fields} ItemProcessor: {{ProcessorConfig: {{Mode: \
         DISTRIBUTED, ExecutionType: STANDARD}}, StartAt: B, States: {{{states}}}}}, End: true}}}}"
    )
}

const PASS: &str = "B: {Type: Pass, End: true}";

/// Fails for the item 1 and for batches that begin with it.
const PICKY: &str = "B: {Type: Choice, Choices: [{Condition: '{% $states.input = 1 or $states.input.Items[0] = 1 %}', \
     Next: F}], Default: P}, F: {Type: Fail, Error: E, Cause: c}, \
     P: {Type: Pass, Output: '{% $exists($states.input.Items) ? $states.input.Items : $states.input %}', End: true}";

#[track_caller]
fn each(cases: &[(String, &str, &str, &str)]) {
    for (definition, input, mocks, expected) in cases {
        let document = yaml(&format!("{{{definition}}}"));
        assert!(document.errors.is_empty(), "{:?}\n{definition}", document.errors);
        let plan = Rc::new(Plan::new(&lower::machine(&document.roots[0])));
        let execution = run(&plan, input, &format!("{{{mocks}}}"), None);
        assert_eq!(outcome(&execution), *expected, "{definition}");
    }
}

const OK: &str = "states: {A: {return: {x: 1}}}";

#[test]
fn task_failed_does_not_match_errors_of_expressions() {
    let catch = |field: &str, name: &str| {
        task(&format!(
            "{field}, Catch: [{{ErrorEquals: [{name}], Next: Caught, Output: caught}}]"
        ))
    };
    let fails = "FAILED States.QueryEvaluationError: The JSONata expression '$states.input.none' specified for the field";
    let mut cases = Vec::new();
    let undefined_fields = ["Arguments/a", "Assign/a", "Output/a"]
        .map(|place| format!("{fails} '{place}' returned nothing (undefined)."));
    for (field, cause) in ["Arguments", "Assign", "Output"]
        .into_iter()
        .zip(&undefined_fields)
    {
        let field = format!("{field}: {{a: '{{% $states.input.none %}}'}}");
        cases.push((catch(&field, "States.TaskFailed"), "{}", OK, cause.as_str()));
        cases.push((catch(&field, "States.ALL"), "{}", OK, "SUCCEEDED \"caught\""));
        cases.push((
            catch(&field, "States.QueryEvaluationError"),
            "{}",
            OK,
            "SUCCEEDED \"caught\"",
        ));
    }
    each(&cases);
}

#[test]
fn a_parallel_and_a_map_handle_their_own_errors() {
    let parallel = "Type: Parallel, Branches: [{StartAt: B, States: {B: {Type: Pass, End: true}}}]";
    let map = "Type: Map, Items: [1], ItemProcessor: {StartAt: B, States: {B: {Type: Pass, End: true}}}";
    let catch =
        "Catch: [{ErrorEquals: [States.ALL], Next: Caught, Output: '{% $states.errorOutput.Cause %}'}]";
    let says = |id: usize, field: &str| {
        format!(
            "SUCCEEDED \"An error occurred while executing the state 'A' (entered at the event id #{id}). The JSONata \
             expression '$states.result[0].none' specified for the field '{field}' returned nothing (undefined).\""
        )
    };
    let (output, assign) = (says(2, "Output"), says(2, "Assign/x"));
    let mut cases = Vec::new();
    for state in [parallel, map] {
        cases.push((
            joining(&format!(
                "{state}, Output: '{{% $states.result[0].none %}}', {catch}"
            )),
            "{}",
            "states: {}",
            output.as_str(),
        ));
        cases.push((
            joining(&format!(
                "{state}, Assign: {{x: '{{% $states.result[0].none %}}'}}, {catch}"
            )),
            "{}",
            "states: {}",
            assign.as_str(),
        ));
        // A retry runs the branches or iterations again.
        cases.push((
            joining(&format!(
                "{state}, Retry: [{{ErrorEquals: [States.QueryEvaluationError], IntervalSeconds: 1}}], \
                 Output: '{{% $states.context.State.RetryCount = 2 ? \"third\" : $states.result[0].none %}}'"
            )),
            "{}",
            "states: {}",
            "SUCCEEDED \"third\"",
        ));
    }
    each(&cases);
}

#[test]
fn jsonpath_errors_of_a_map_name_the_map() {
    let map = |field: &str| {
        format!(
            "StartAt: M, States: {{M: {{Type: Map, ItemsPath: $.items, ItemProcessor: {{StartAt: B, States: {{{PASS}}}}}, \
             {field}, End: true}}}}"
        )
    };
    for field in [
        "ResultSelector: {'a.$': $.none}",
        "OutputPath: $.none",
        "Assign: {'a.$': $.none}",
    ] {
        let document = yaml(&format!("{{{}}}", map(field)));
        let plan = Rc::new(Plan::new(&lower::machine(&document.roots[0])));
        let error = run(&plan, r#"{"items":[1]}"#, "{states: {}}", None).error;
        let cause = error.cause.as_deref().unwrap_or_default();
        assert_eq!(error.error.as_deref(), Some("States.Runtime"), "{field}");
        let prefix = "An error occurred while executing the state 'M' (entered at the event id #2). ";
        assert!(cause.starts_with(prefix), "{cause}");
    }
}

#[test]
fn retriers_count_their_attempts_over_all_errors() {
    let retry = "Retry: [{ErrorEquals: [A, B], MaxAttempts: 2}, {ErrorEquals: [C]}, {ErrorEquals: [States.ALL], \
         MaxAttempts: 5}]";
    let failures = "states: {A: [{throw: {error: A}}, {throw: {error: B}}, {throw: {error: C}}, {throw: {error: B}}, \
         {return: 1}]}";
    each(&[(task(retry), "{}", failures, "FAILED B")]);
}

#[test]
fn catchers_read_the_error_the_input_and_earlier_variables() {
    let throw = "states: {A: {throw: {error: E, cause: c}}}";
    each(&[
        (
            task(
                "Assign: {v: 1}, Catch: [{ErrorEquals: [E], Next: Caught, Output: '{% [$states.errorOutput.Error, \
                 $states.errorOutput.Cause, $states.input.i, $exists($v), $states.context.State.RetryCount] %}'}]",
            ),
            r#"{"i":7}"#,
            throw,
            r#"SUCCEEDED ["E","c",7,false,0]"#,
        ),
        (
            task(
                "Retry: [{ErrorEquals: [E], MaxAttempts: 2}], Catch: [{ErrorEquals: [E], Next: Caught, Output: '{% \
                 $states.context.State.RetryCount %}'}]",
            ),
            "{}",
            throw,
            "SUCCEEDED 2",
        ),
        // Neither a later catcher nor a retrier handles an error of a catcher.
        (
            task(
                "Retry: [{ErrorEquals: [States.QueryEvaluationError]}], Catch: [{ErrorEquals: [E], Next: Caught, Assign: {a: '{% \
                 $states.input.none %}'}}, {ErrorEquals: [States.ALL], Next: Other}]",
            ),
            "{}",
            throw,
            "FAILED States.QueryEvaluationError: The JSONata expression '$states.input.none' specified for the field \
             'Catch[0]/Assign/a' returned nothing (undefined).",
        ),
        // A callback may report a failure without an error and a cause.
        (
            task("Catch: [{ErrorEquals: [States.ALL], Next: Caught}]"),
            "{}",
            "states: {A: {throw: {}}}",
            r#"SUCCEEDED {"Error":null,"Cause":null}"#,
        ),
        (
            joining(
                "Type: Parallel, Branches: [{StartAt: B, States: {B: {Type: Task, Resource: \
                 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true}}}], Catch: [{ErrorEquals: [States.ALL], Next: \
                 Caught}]",
            ),
            "{}",
            "states: {B: {throw: {}}}",
            r#"SUCCEEDED {"Error":null,"Cause":null}"#,
        ),
        (
            task("TimeoutSeconds: 1, Catch: [{ErrorEquals: [States.ALL], Next: Caught}]"),
            "{}",
            "states: {A: {timeout: true}}",
            r#"SUCCEEDED {"Error":"States.Timeout","Cause":""}"#,
        ),
    ]);
}

#[test]
fn a_failed_assign_assigns_nothing() {
    each(&[(
        task(
            "Assign: {first: 1, second: '{% $states.input.none %}'}, Catch: [{ErrorEquals: [States.ALL], Next: Caught, Output: \
             '{% $exists($first) %}'}]",
        ),
        "{}",
        OK,
        "SUCCEEDED false",
    )]);
}

#[test]
fn a_parallel_fails_with_the_error_of_its_branch() {
    let parallel = |name: &str| {
        joining(&format!(
            "Type: Parallel, Branches: [{{StartAt: F, States: {{F: {{Type: Fail, Error: E, Cause: c}}}}}}], Catch: \
             [{{ErrorEquals: [{name}], Next: Caught, Output: '{{% $states.errorOutput %}}'}}]"
        ))
    };
    let caught = r#"SUCCEEDED {"Error":"E","Cause":"c"}"#;
    each(&[
        (parallel("States.BranchFailed"), "{}", "states: {}", "FAILED E: c"),
        (parallel("E"), "{}", "states: {}", caught),
        (parallel("States.TaskFailed"), "{}", "states: {}", caught),
    ]);
}

#[test]
fn arguments_are_the_input_of_every_branch() {
    each(&[(
        joining(
            "Type: Parallel, Arguments: {n: 3}, Branches: [{StartAt: B, States: {B: {Type: Pass, Output: '{% $states.input.n + 1 \
             %}', End: true}}}, {StartAt: C, States: {C: {Type: Pass, Assign: {m: '{% $states.input.n %}'}, Next: D}, D: {Type: \
             Pass, Output: '{% $m %}', End: true}}}]",
        ),
        "{}",
        "states: {}",
        "SUCCEEDED [4,3]",
    )]);
}

#[test]
fn inline_items_are_an_array() {
    let map = |items: &str| {
        joining(&format!(
            "Type: Map, {items} ItemProcessor: {{StartAt: B, States: {{{PASS}}}}}"
        ))
    };
    let unexpected = |expression: &str, kind: &str, value: &str| {
        format!(
            "FAILED States.QueryEvaluationError: The JSONata expression '{expression}' specified for the field 'Items' returned \
             an unexpected result type. Expected 'array', but was '{kind}' for value: {value}"
        )
    };
    let given = [
        ("1", "number"),
        (r#""x""#, "string"),
        ("true", "boolean"),
        (r#"{"a":1}"#, "object"),
    ];
    for (value, kind) in given {
        let expected = unexpected("$states.input.i", kind, value);
        let input = format!(r#"{{"i":{value}}}"#);
        each(&[(
            map("Items: '{% $states.input.i %}',"),
            &input,
            "states: {}",
            &expected,
        )]);
    }
    each(&[
        (map("Items: [1, 2],"), "{}", "states: {}", "SUCCEEDED [1,2]"),
        (map(""), "[3]", "states: {}", "SUCCEEDED [3]"),
        (
            map(""),
            r#"{"a":1}"#,
            "states: {}",
            r#"FAILED States.QueryEvaluationError: Map state input must be an array but was: {"a":1}"#,
        ),
        // Each retry evaluates the items again.
        (
            joining(
                "Type: Map, Items: '{% [$states.context.State.RetryCount] %}', Retry: [{ErrorEquals: [E]}], ItemProcessor: \
                 {StartAt: B, States: {B: {Type: Choice, Choices: [{Condition: '{% $states.input < 2 %}', Next: F}], Default: P}, \
                 F: {Type: Fail, Error: E}, P: {Type: Pass, End: true}}}",
            ),
            "{}",
            "states: {}",
            "SUCCEEDED [2]",
        ),
    ]);
}

#[test]
fn a_distributed_map_iterates_over_members_of_objects() {
    let object = r#"{"a":1,"b":{"x":2}}"#;
    let pairs = r#"SUCCEEDED [{"Key":"a","Value":1},{"Key":"b","Value":{"x":2}}]"#;
    let jsonpath = |fields: &str| {
        format!(
            "StartAt: M, States: {{M: {{Type: Map, {fields} ItemProcessor: {{ProcessorConfig: {{Mode: DISTRIBUTED, \
             ExecutionType: STANDARD}}, StartAt: B, States: {{{PASS}}}}}, End: true}}}}"
        )
    };
    each(&[
        (
            distributed("Items: '{% $states.input %}',", PASS),
            object,
            "states: {}",
            pairs,
        ),
        (
            distributed(
                "Items: '{% $states.input %}', ItemSelector: {value: '{% $states.context.Map.Item.Value %}', key: '{% \
                 $states.context.Map.Item.Key %}', index: '{% $states.context.Map.Item.Index %}'},",
                PASS,
            ),
            object,
            "states: {}",
            r#"SUCCEEDED [{"value":1,"key":"a","index":0},{"value":{"x":2},"key":"b","index":1}]"#,
        ),
        (
            jsonpath("ItemsPath: $.o,"),
            r#"{"o":{"a":1,"b":{"x":2}}}"#,
            "states: {}",
            pairs,
        ),
        (
            jsonpath("ItemsPath: $.o, ItemSelector: {'v.$': $$.Map.Item.Value, 'k.$': $$.Map.Item.Key},"),
            r#"{"o":{"a":1}}"#,
            "states: {}",
            r#"SUCCEEDED [{"v":1,"k":"a"}]"#,
        ),
    ]);
}

#[test]
fn an_object_is_not_a_file_of_items() {
    let reader = |pointer: &str| {
        distributed(
            &format!(
                "ItemReader: {{Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {{InputType: JSON{pointer}}}, Arguments: \
                 {{Bucket: b, Key: k}}}},"
            ),
            PASS,
        )
    };
    let file = "objects: {'s3://b/k': {body: {items: [1, 2]}}}";
    each(&[
        (
            reader(""),
            "{}",
            file,
            "FAILED States.ItemReaderFailed: Attempting to map over non-iterable node.",
        ),
        (reader(", ItemsPointer: /items"), "{}", file, "SUCCEEDED [1,2]"),
    ]);
}

#[test]
fn a_version_of_a_parquet_file_is_refused_whether_the_file_exists_or_not() {
    let map = distributed(
        "ItemReader: {Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: {InputType: PARQUET}, Arguments: {Bucket: b, \
         Key: k, VersionId: v}},",
        PASS,
    );
    let refused = "FAILED States.ItemReaderFailed: S3 Version ID selection is not currently supported for PARQUET files";
    each(&[
        (map.clone(), "{}", "states: {}", refused),
        (map, "{}", r#"objects: {'s3://b/k': {body: '{"a": 1}'}}"#, refused),
    ]);
}

#[test]
fn tolerated_failures_leave_their_error() {
    let exceeded = "FAILED States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded";
    let failed = r#"{"Status":"FAILED","Error":"E","Cause":"c"}"#;
    let left = format!("SUCCEEDED [{failed},2,3]");
    let batch = format!("SUCCEEDED [{failed},[3,4],[5]]");
    let map = |fields: &str| distributed(fields, PICKY);
    each(&[
        (map(""), "[1,2,3]", "states: {}", exceeded),
        (
            map("ToleratedFailureCount: 0,"),
            "[1,2,3]",
            "states: {}",
            exceeded,
        ),
        (map("ToleratedFailureCount: 1,"), "[1,2,3]", "states: {}", &left),
        (
            map("ToleratedFailureCount: 0, ToleratedFailurePercentage: 50,"),
            "[1,2,3]",
            "states: {}",
            &left,
        ),
        (
            map("ToleratedFailureCount: 5, ToleratedFailurePercentage: 0,"),
            "[1,2,3]",
            "states: {}",
            &left,
        ),
        // A failed batch counts all of its items and leaves one result.
        (
            map("ItemBatcher: {MaxItemsPerBatch: 2}, ToleratedFailureCount: 1,"),
            "[1,2,3,4,5]",
            "states: {}",
            exceeded,
        ),
        (
            map("ItemBatcher: {MaxItemsPerBatch: 2}, ToleratedFailurePercentage: 40,"),
            "[1,2,3,4,5]",
            "states: {}",
            &batch,
        ),
    ]);
}

#[test]
fn items_are_selected_before_they_are_batched() {
    each(&[(
        distributed(
            "ItemSelector: {item: '{% $states.context.Map.Item.Value %}', at: '{% $states.context.Map.Item.Index %}'}, \
             ItemBatcher: {MaxItemsPerBatch: 2, BatchInput: {b: 1}},",
            "B: {Type: Pass, Output: '{% [$states.input.Items, $states.input.BatchInput] %}', End: true}",
        ),
        r#"["a","b","c"]"#,
        "states: {}",
        r#"SUCCEEDED [[{"item":"a","at":0},{"item":"b","at":1},{"b":1}],[{"item":"c","at":2},{"b":1}]]"#,
    )]);
}

#[test]
fn a_matching_rule_does_not_use_the_output_of_its_choice() {
    let choice = |rule: &str| {
        format!(
            "QueryLanguage: JSONata, StartAt: A, States: {{A: {{Type: Choice, Choices: [{{{rule} Next: B}}], Default: B, Output: \
             own, Assign: {{v: 1}}}}, B: {{Type: Pass, Output: '{{% [$states.input, $exists($v)] %}}', End: true}}}}"
        )
    };
    each(&[
        (
            choice("Condition: '{% true %}',"),
            r#"{"i":1}"#,
            "states: {}",
            r#"SUCCEEDED [{"i":1},false]"#,
        ),
        (
            choice("Condition: '{% false %}',"),
            r#"{"i":1}"#,
            "states: {}",
            r#"SUCCEEDED ["own",true]"#,
        ),
        (
            choice("Condition: '{% 1 %}',"),
            "{}",
            "states: {}",
            "FAILED States.QueryEvaluationError: The JSONata expression '1' specified for the field 'Choices[0]/Condition' \
             returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
        ),
    ]);
}

#[test]
fn a_backslash_in_a_pattern_escapes_a_star_or_a_backslash() {
    let choice = |pattern: &str| {
        format!(
            "StartAt: A, States: {{A: {{Type: Choice, Choices: [{{Variable: $.x, StringMatches: '{pattern}', Next: B}}], \
             Default: B}}, B: {{Type: Succeed}}}}"
        )
    };
    each(&[
        (
            choice(r"a\b"),
            r#"{"x":"a\\b"}"#,
            "states: {}",
            r"FAILED States.Runtime: The pattern 'a\b' has a backslash that escapes neither a star nor a backslash.",
        ),
        (
            choice(r"a\\b"),
            r#"{"x":"a\\b"}"#,
            "states: {}",
            r#"SUCCEEDED {"x":"a\\b"}"#,
        ),
    ]);
}

#[test]
fn expressions_of_a_wait_compute_seconds_and_timestamps() {
    let wait = |field: &str| {
        format!(
            "QueryLanguage: JSONata, StartAt: W, States: {{W: {{Type: Wait, {field}: '{{% $states.input %}}', Output: waited, End: \
             true}}}}"
        )
    };
    let mut cases: Vec<(String, &str, bool)> = Vec::new();
    for (seconds, is_valid) in [
        ("0.0", true),
        ("3", true),
        ("-1", false),
        ("1.5", false),
        (r#""3""#, false),
        ("null", false),
        ("true", false),
    ] {
        cases.push((wait("Seconds"), seconds, is_valid));
    }
    for (timestamp, is_valid) in [
        (r#""2016-12-05T21:29Z""#, true),
        (r#""2016-12-05t21:29:29z""#, true),
        (r#""2016-12-05T21:29:29+02:00""#, true),
        (r#""2016-12-05T21:29:29.123456789Z""#, true),
        (r#""2016-12-05 21:29:29Z""#, false),
        (r#""2016-12-05T21:29:29""#, false),
        (r#""2016-02-30T21:29:29Z""#, false),
        (r#""2016-12-05T25:29:29Z""#, false),
        ("1480973369", false),
    ] {
        cases.push((wait("Timestamp"), timestamp, is_valid));
    }
    for (definition, input, is_valid) in cases {
        let document = yaml(&format!("{{{definition}}}"));
        let plan = Rc::new(Plan::new(&lower::machine(&document.roots[0])));
        let outcome = outcome(&run(&plan, input, "{states: {}}", None));
        let expected = if is_valid {
            "SUCCEEDED \"waited\""
        } else {
            "FAILED States.QueryEvaluationError"
        };
        assert!(outcome.starts_with(expected), "{input}: {outcome}");
    }
    // More than the 99,999,999 seconds that a definition may contain, but less than an execution may take.
    let express = yaml(&format!("{{{}}}", wait("Seconds")));
    let plan = Rc::new(Plan::new(&lower::machine(&express.roots[0])));
    let long = run(&plan, "100000000", "{states: {}}", None);
    assert_eq!(long.status.as_str(), "TIMED_OUT");
}

#[test]
fn only_jobs_and_callbacks_have_a_token() {
    let task = |resource: &str| {
        format!(
            "QueryLanguage: JSONata, StartAt: A, States: {{A: {{Type: Task, Resource: 'arn:aws:states:::{resource}', Arguments: \
             {{t: '{{% $length($states.context.Task.Token) > 0 %}}'}}, Assign: {{u: '{{% \
             $length($states.context.Task.Token) > 0 %}}'}}, Output: '{{% $states.result.t %}}', Next: B}}, B: {{Type: Pass, \
             Output: '{{% $u %}}', End: true}}}}"
        )
    };
    each(&[
        (
            task("sqs:sendMessage.waitForTaskToken"),
            "{}",
            "states: {}",
            "SUCCEEDED true",
        ),
        (task("batch:submitJob.sync"), "{}", "states: {}", "SUCCEEDED true"),
        (
            task("states:startExecution.sync:2"),
            "{}",
            "states: {}",
            "SUCCEEDED true",
        ),
    ]);
}
