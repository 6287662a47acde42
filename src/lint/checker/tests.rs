use super::{check, check_document};
use crate::asl::lower;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document;
use crate::document::Syntax;
use crate::lint::registry;
use crate::lint::rule::Rule;
use crate::lint::settings::Settings;
use crate::source::SourceFile;
use crate::spec::WorkflowType::{self, Express, Standard};

/// The rules that errors and warnings of a definition are reported under.
fn rules_of(states: &str, settings: &Settings) -> Vec<&'static str> {
    let text = format!(r#"{{"StartAt": "A", "States": {states}}}"#);
    let document = document::read(SourceFile::new("a.json", text).into(), Syntax::Json);
    let root = &document.roots[0];
    let mut found = check_document(&document, settings);
    let report = check(&document, root, &lower::machine(root), Standard, settings);
    found.extend(report.diagnostics);
    found.iter().map(|d| d.rule).collect()
}

#[track_caller]
fn raises(states: &str, rules: &[&str]) {
    assert_eq!(rules_of(states, &Settings::default()), rules, "{states}");
}

#[test]
fn one_mistake_causes_one_finding() {
    let b = r#""B": {"Type": "Succeed"}"#;
    for (a, rule) in [
        (r#"{"Type": "Pass", "Nxt": "B"}"#, "unknown-field"),
        (r#"{"Type": "Pass", "Next": 1}"#, "wrong-type"),
        (r#"{"Type": "Pass"}"#, "missing-alternative"),
        (r#"{"Type": "Pass", "Next": "BB1"}"#, "missing-target"),
        (r#"{"Type": "Pas", "Next": "B"}"#, "invalid-value"),
        (
            r#"{"Type": "Choice", "Choises": [], "Default": "B"}"#,
            "unknown-field",
        ),
        (r#"{"Type": "Choice", "Choices": "B"}"#, "wrong-type"),
        (
            r#"{"Type": "Pass", "Asign": {"v": 1}, "Next": "B"}"#,
            "unknown-field",
        ),
        ("7", "wrong-type"),
    ] {
        raises(&format!(r#"{{"A": {a}, {b}}}"#), &[rule]);
    }
    raises(r#"{"A": {"Type": "Pass", "End": "true"}}"#, &["wrong-type"]);
    raises(r#"{"A": {"Type": "Pass", "end": true}}"#, &["unknown-field"]);
    let reads = r#""B": {"Type": "Pass", "Parameters": {"v.$": "$v"}, "End": true}"#;
    raises(
        &format!(r#"{{"A": {{"Type": "Pass", "Asign": {{"v": 1}}, "Next": "B"}}, {reads}}}"#),
        &["unknown-field"],
    );
}

#[test]
fn independent_errors_do_not_suppress_each_other() {
    let a = r#""A": {"Type": "Pass", "Foo": 1, "Next": "Bill it"}"#;
    let island = r#""C": {"Type": "Pass", "Next": "C"}"#;
    raises(
        &format!(r#"{{{a}, "Bill It": {{"Type": "Succeed"}}, {island}}}"#),
        &["unknown-field", "missing-target", "unreachable-state"],
    );
}

#[test]
fn syntax_errors_cause_no_consequential_findings() {
    raises(r#"{"A": {"Type": "Pass", "End" true"#, &["invalid-syntax"]);
}

#[test]
fn aws_names_consequences_too() {
    let mut settings = Settings::default();
    settings.report_cascading = true;
    let rules = rules_of(r#"{"A": {"Type": "Pass", "End": "true"}}"#, &settings);
    assert_eq!(rules, ["no-terminal-state", "wrong-type"]);
}

#[test]
fn counts_what_comments_suppress() {
    let states =
        r#"{"A": {"Type": "Pass", "Comment": "asl-ignore: unknown-field", "Foo": 1, "Bar": 2, "End": true}}"#;
    let text = format!(r#"{{"StartAt": "A", "States": {states}}}"#);
    let document = document::read(SourceFile::new("a.json", text).into(), Syntax::Json);
    let root = &document.roots[0];
    let report = check(
        &document,
        root,
        &lower::machine(root),
        Standard,
        &Settings::default(),
    );
    assert!(report.diagnostics.is_empty());
    assert_eq!(report.suppressed, 2);
}

#[test]
fn accepts_a_former_rule_name_in_a_comment_with_a_warning() {
    let states = r#"{"A": {"Type": "Pass", "Comment": "asl-ignore: misspelt-definition-file", "End": true}}"#;
    assert_eq!(
        rules_of(states, &Settings::default()),
        ["unknown-rule-in-comment"]
    );
}

/// The findings of a definition with these states.
fn findings(states: &str) -> Vec<crate::diagnostic::Diagnostic> {
    let text = format!(r#"{{"StartAt": "S0", "States": {{{states}}}}}"#);
    let document = document::read(SourceFile::new("a.json", text).into(), Syntax::Json);
    let root = &document.roots[0];
    check(
        &document,
        root,
        &lower::machine(root),
        Standard,
        &Settings::default(),
    )
    .diagnostics
}

#[test]
fn counts_most_of_twenty_thousand_unknown_fields() {
    let fields: Vec<String> = (0..20_000).map(|i| format!(r#""k{i}": {i}, "#)).collect();
    let fields = fields.concat();
    let found = findings(&format!(r#""S0": {{"Type": "Pass", {fields} "End": true}}"#));
    assert_eq!(found.len(), 101);
    assert_eq!(found[100].message, "19900 more unknown fields in Pass state");
}

#[test]
fn reports_each_of_many_states_in_linear_time() {
    let state = |i| format!(r#""S{i}": {{"Type": "Tusk", "Nxt": 1, "Next": "T{i}"}}"#);
    let states: Vec<String> = (0..5_000).map(state).collect();
    let found = findings(&states.join(","));
    let count = |rule| found.iter().filter(|d| d.rule == rule).count();
    assert_eq!((count("invalid-value"), count("missing-target")), (5_000, 5_000));
}

/// The diagnostics of `--format aws` for a whole definition: `CODE: message at location`.
fn answers(definition: &str, workflow_type: WorkflowType) -> Vec<String> {
    let mut settings = Settings::default();
    settings.report_cascading = true;
    settings.aws_answers = true;
    let document = document::read(SourceFile::new("a.yaml", definition).into(), Syntax::Yaml);
    assert!(document.errors.is_empty(), "{:?}\n{definition}", document.errors);
    let root = &document.roots[0];
    let report = check(&document, root, &lower::machine(root), workflow_type, &settings);
    let is_rejection = |d: &Diagnostic| registry::find(d.rule).is_some_and(Rule::is_rejection);
    let rejected = report.diagnostics.into_iter().filter(is_rejection);
    rejected
        .filter_map(|d| d.aws)
        .map(|aws| {
            format!(
                "{}: {} at {}",
                aws.code,
                aws.message,
                aws.location.unwrap_or_default()
            )
        })
        .collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn rejects_definitions_that_aws_rejects_at_creation() {
    let pass = |output: &str| {
        format!(
            "{{QueryLanguage: JSONata, StartAt: A, States: {{A: {{Type: Pass, Output: \"{output}\", End: true}}}}}}"
        )
    };
    let task = |resource: &str| {
        format!("{{StartAt: A, States: {{A: {{Type: Task, Resource: '{resource}', End: true}}}}}}")
    };
    let catch = |field: &str| {
        format!(
            "{{QueryLanguage: JSONata, StartAt: A, States: {{A: {{Type: Task, Resource: 'arn:aws:states:::lambda:invoke', \
             Arguments: {{FunctionName: f}}, Catch: [{{ErrorEquals: [States.ALL], {field}, Next: B}}], Next: B}}, B: {{Type: \
             Succeed}}}}}}"
        )
    };
    let map = |mode: &str, own: &str| {
        format!(
            "{{QueryLanguage: JSONata, StartAt: M, States: {{M: {{Type: Map, {own} ItemProcessor: {{ProcessorConfig: {{{mode}}}, \
             StartAt: I, States: {{I: {{Type: Pass, Assign: {{x: 2}}, End: true}}}}}}, Next: C}}, C: {{Type: Choice, Choices: \
             [{{Condition: '{{% true %}}', Assign: {{x: 1}}, Next: M}}], Default: E}}, E: {{Type: Succeed}}}}}}"
        )
    };
    let own_only = |mode: &str| {
        format!(
            "{{QueryLanguage: JSONata, StartAt: M, States: {{M: {{Type: Map, Assign: {{x: 1}}, ItemProcessor: {{ProcessorConfig: \
             {{{mode}}}, StartAt: I, States: {{I: {{Type: Pass, Assign: {{x: 2}}, End: true}}}}}}, End: true}}}}}}"
        )
    };
    let missing = |field: &str, at: &str| {
        format!("UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.{field}' does not exist. at {at}")
    };
    let (inline, distributed) = ("Mode: INLINE", "Mode: DISTRIBUTED, ExecutionType: STANDARD");
    let duplicate = "DUPLICATE_VARIABLE_NAME: The variable name 'x' was already defined in a parent scope. at \
                     /States/M/ItemProcessor/States/I/Assign/x";
    let not_an_arn =
        "SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/A/Resource".to_owned();
    let unrecognized = "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::aws-sdk:${x} is not recognized. The \
                        value is not a valid resource ARN, or the resource is not available in this region. at \
                        /States/A/Resource";
    let activity =
        "SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN at /States/A/Resource";
    for (definition, workflow_type, expected) in [
        (
            "{StartAt: A}".to_owned(),
            Standard,
            vec!["SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /".to_owned()],
        ),
        (
            "{StartAt: A, States: {QueryLanguage: JSONata, A: {Type: Pass, End: true}}}".to_owned(),
            Standard,
            vec![
                "SCHEMA_VALIDATION_FAILED: Expected value of type Object at /States/QueryLanguage".to_owned(),
            ],
        ),
        (
            task("arn:aws:states:us-east-1:123456789012:activity:x"),
            Express,
            vec![activity.to_owned()],
        ),
        (
            task("arn:aws:states:us-east-1:123456789012:activity"),
            Express,
            vec![activity.to_owned()],
        ),
        (task("${Arn}"), Standard, vec![not_an_arn]),
        (
            task("arn:aws:states:::aws-sdk:${x}"),
            Standard,
            vec![unrecognized.to_owned()],
        ),
        (
            pass("{% $states.foo %}"),
            Standard,
            vec![missing("foo", "/States/A/Output")],
        ),
        (
            pass("{% $states.result[0] %}"),
            Standard,
            vec![missing("result", "/States/A/Output")],
        ),
        (
            pass("{% $states.`result` %}"),
            Standard,
            vec![missing("result", "/States/A/Output")],
        ),
        (
            pass("{% [($states).result, $states['result'], $states.input.x.$states.qux, $states] %}"),
            Standard,
            Vec::new(),
        ),
        (
            pass("{% $states.context.Task.Token %}"),
            Standard,
            vec![
                "UNSUPPORTED_JSONATA_EXPRESSION: `Task.Token` is only available in a Task at /States/A/Output"
                    .to_owned(),
            ],
        ),
        (
            catch("Output: '{% $states.result %}'"),
            Standard,
            vec![missing("result", "/States/A/Catch[0]/Output")],
        ),
        (
            catch("Assign: {x: '{% $states.result %}'}"),
            Standard,
            vec![missing("result", "/States/A/Catch[0]/Assign/x")],
        ),
        (catch("Output: '{% $states.errorOutput %}'"), Standard, Vec::new()),
        (map(inline, ""), Standard, vec![duplicate.to_owned()]),
        (map(distributed, ""), Standard, vec![duplicate.to_owned()]),
        (own_only(inline), Standard, Vec::new()),
        (own_only(distributed), Standard, Vec::new()),
    ] {
        assert_eq!(answers(&definition, workflow_type), expected, "{definition}");
    }
}

/// The errors of a JSONata task with this action and these fields, each with AWS's message.
fn errors_of_call(call: &str, fields: &str) -> Vec<(&'static str, Option<String>)> {
    let text = format!(
        r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "arn:aws:states:::{call}"{fields}, "End": true}}}}}}"#
    );
    let document = document::read(SourceFile::new("a.json", text).into(), Syntax::Json);
    let root = &document.roots[0];
    let mut settings = Settings::default();
    settings.aws_answers = true;
    let report = check(&document, root, &lower::machine(root), Standard, &settings);
    let errors = report
        .diagnostics
        .into_iter()
        .filter(|d| d.severity == Severity::Error);
    errors.map(|d| (d.rule, d.aws.map(|aws| aws.message))).collect()
}

/// Source: measured with `ValidateStateMachineDefinition`, September 2026.
#[test]
fn rejects_the_calls_that_aws_rejects_at_creation() {
    let arguments = |json: &str| format!(r#", "Arguments": {json}"#);
    let invoke = |payload: &str| arguments(&format!(r#"{{"FunctionName": "F", "Payload": {payload}}}"#));
    let none = String::new;
    let cases = [
        // An SDK integration requires Arguments.
        ("aws-sdk:s3:listBuckets", none(), Some("missing-parameter")),
        ("aws-sdk:s3:listBuckets", arguments("{}"), None),
        (
            "aws-sdk:s3:listBuckets",
            arguments(r#""{% $states.input %}""#),
            None,
        ),
        // A payload is not a literal number or boolean.
        ("lambda:invoke", invoke("1"), Some("invalid-parameter-value")),
        ("lambda:invoke", invoke("true"), Some("invalid-parameter-value")),
        ("lambda:invoke", invoke(r#""text""#), None),
        ("lambda:invoke", invoke("{}"), None),
        ("lambda:invoke", invoke("[]"), None),
        ("lambda:invoke", invoke("null"), None),
        ("lambda:invoke", invoke(r#""{% 1 %}""#), None),
        // Idempotency tokens are not filled in.
        (
            "aws-sdk:servicecatalog:createPortfolio",
            arguments(r#"{"DisplayName": "D", "ProviderName": "P"}"#),
            Some("missing-parameter"),
        ),
        (
            "aws-sdk:servicecatalog:createPortfolio",
            arguments(r#"{"DisplayName": "D", "ProviderName": "P", "IdempotencyToken": "{% $uuid() %}"}"#),
            None,
        ),
        // Services and actions that Step Functions does not support.
        (
            "aws-sdk:mediastoredata:listItems",
            arguments("{}"),
            Some("unknown-sdk-service"),
        ),
        (
            "aws-sdk:cloudsearchdomain:search",
            arguments(r#"{"Query": "q"}"#),
            Some("unknown-sdk-service"),
        ),
        (
            "aws-sdk:iotjobsdata:getPendingJobExecutions",
            arguments(r#"{"ThingName": "T"}"#),
            Some("unknown-sdk-service"),
        ),
        (
            "aws-sdk:sts:assumeRole",
            arguments(r#"{"RoleArn": "R", "RoleSessionName": "S"}"#),
            Some("unknown-sdk-action"),
        ),
        ("aws-sdk:sts:getCallerIdentity", arguments("{}"), None),
        // Unknown parameters of an optimized integration.
        (
            "sqs:sendMessage",
            arguments(r#"{"QueueUrl": "Q", "MessageBody": "M", "Foo": 1}"#),
            Some("unknown-parameter"),
        ),
        (
            "sqs:sendMessage",
            arguments(r#"{"QueueUrl": "Q", "MessageBody": "M"}"#),
            None,
        ),
    ];
    for (call, fields, rule) in cases {
        let errors = errors_of_call(call, &fields);
        let rules: Vec<_> = errors.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(rules, Vec::from_iter(rule), "{call}{fields}");
        assert!(errors.iter().all(|(_, aws)| aws.is_some()), "{call}{fields}");
    }
}
