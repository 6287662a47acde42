//! Templates of a few lines that spell out texts without end are read in bounded time, and it is said what was not.

use aslkit::document::Syntax;
use aslkit::lint::{self, Settings};
use aslkit::source::SourceFile;
use aslkit::template::{self, Base, Expectation, Files, OpenError, OpenedFile};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

const FLOW: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;

/// Far more than any of these takes in a debug build on a busy machine, and far less than what is without bound does.
const LIMIT: Duration = Duration::from_secs(60);

/// Files by name.
struct Beside(Vec<(&'static str, String)>);

impl Files for Beside {
    fn open(&self, _: &str, path: &str, _: Base) -> Result<OpenedFile, OpenError> {
        let file = self.0.iter().find(|(name, _)| *name == path);
        let (name, text) = file.ok_or(OpenError::Missing { close: None })?;
        Ok(OpenedFile {
            source: Arc::new(SourceFile::new(*name, text.as_str())),
            spelling: None,
        })
    }
}

/// How many machines a text holds, and what is said of the definitions that were not read.
fn read_beside(text: &str, syntax: Syntax, files: &Beside) -> (usize, Vec<String>) {
    let start = Instant::now();
    let document = template::read_file(Arc::new(SourceFile::new("t", text)), syntax);
    let contents = template::contents(&document, Expectation::Definition, files);
    let findings = lint::check_contents(&document, &contents, &Settings::default()).diagnostics;
    let taken = start.elapsed();
    assert!(taken < LIMIT, "{taken:?} for {} bytes", text.len());
    let unread = findings.into_iter().filter(|d| d.rule == "unreadable-definition");
    (
        contents.machines.len(),
        unread.map(|d| d.message.into_owned()).collect(),
    )
}

fn read(text: &str, syntax: Syntax) -> (usize, Vec<String>) {
    read_beside(text, syntax, &Beside(Vec::new()))
}

fn template_with(properties: &Value) -> String {
    json!({"Resources": {"F": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}}})
        .to_string()
}

fn template_of(definition: &Value) -> String {
    template_with(&json!({ "DefinitionString": definition }))
}

#[track_caller]
fn is_given_up(text: &str, syntax: Syntax) {
    let (machines, unread) = read(text, syntax);
    assert_eq!(machines, 0);
    assert_eq!(unread.len(), 1, "{unread:?}");
    assert!(
        unread[0].starts_with("content assembled from this file exceeds "),
        "{unread:?}"
    );
}

/// As many lines as asked for.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// A definition with a string in it.
fn with_comment(comment: &str) -> String {
    FLOW.replace(r#""Type""#, &format!(r#""Comment": "{comment}", "Type""#))
}

/// A name that is put in twice, and stands for a text in which the next is put in twice, and so on.
fn doubled(last: &str, times: usize) -> Value {
    (0..times).fold(
        json!(last),
        |value, _| json!({"Fn::Sub": ["${a}${a}", {"a": value}]}),
    )
}

#[test]
fn splits_a_text_of_20_000_names_once() {
    let numbered = |i: usize| format!("{} ${{V{i}}} ", "x".repeat(40));
    let whole = with_comment(&(0..20_000).map(numbered).collect::<String>());
    assert_eq!(
        read(&template_of(&json!({ "Fn::Sub": whole })), Syntax::Json),
        (1, vec![])
    );
    let values: serde_json::Map<String, Value> = (0..20_000).map(|i| (format!("V{i}"), json!("v"))).collect();
    let both = json!({"DefinitionString": whole, "DefinitionSubstitutions": values});
    assert_eq!(read(&template_with(&both), Syntax::Json), (1, vec![]));
    // Each on a line of its own in a block of YAML.
    let block = lines(20_000, |i| format!("          \"{}\",\n", numbered(i)));
    let text = format!(
        "Resources:\n  F:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub |\n        \
         {{\"StartAt\": \"A\", \"States\": {{\"A\": {{\"Type\": \"Pass\", \"Result\": [\n{block}          1], \"End\": true}}}}}}\n"
    );
    assert_eq!(read(&text, Syntax::Yaml), (1, vec![]));
}

#[test]
fn scans_unterminated_names_once() {
    for open in ["${", "${x ", "${!", "#{AWS::"] {
        let many = with_comment(&format!("{}}}", open.repeat(100_000)));
        assert_eq!(read(&template_of(&json!({ "Fn::Sub": many })), Syntax::Json).0, 1);
        let later = json!({"DefinitionString": many, "DefinitionSubstitutions": {"X": "y"}});
        assert_eq!(read(&template_with(&later), Syntax::Json).0, 1);
        let terraform = format!(
            "resource \"aws_sfn_state_machine\" \"f\" {{\n  definition = <<EOT\n{}\nEOT\n}}\n",
            many.replace("${", "$${")
        );
        assert_eq!(read(&terraform, Syntax::Hcl).0, 1);
        let serverless = format!(
            "service: x\nprovider: {{name: a}}\nstepFunctions:\n  stateMachines:\n    a:\n      definition: {many}\n"
        );
        assert_eq!(read(&serverless, Syntax::Yaml).0, 1);
    }
}

#[test]
fn nested_substitutions_end() {
    is_given_up(&template_of(&doubled("x", 40)), Syntax::Json);
    // Nothing doubled is nothing, and takes as long.
    is_given_up(&template_of(&doubled("", 40)), Syntax::Json);
    let inside =
        json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Comment": doubled("x", 40), "End": true}}});
    is_given_up(&template_with(&json!({ "Definition": inside })), Syntax::Json);
    let value = json!({"DefinitionString": FLOW, "DefinitionSubstitutions": {"X": doubled("x", 40)}});
    is_given_up(&template_with(&value), Syntax::Json);
    let separator = json!({"Fn::Join": ["s".repeat(100_000), vec!["a"; 100_000]]});
    is_given_up(&template_of(&separator), Syntax::Json);
}

#[test]
fn limits_the_insertion_of_long_values() {
    let (many, long) = (with_comment(&"${X}".repeat(100_000)), "y".repeat(100_000));
    let later = json!({"DefinitionString": many, "DefinitionSubstitutions": {"X": long}});
    is_given_up(&template_with(&later), Syntax::Json);
    is_given_up(
        &template_of(&json!({"Fn::Sub": [many, {"X": long}]})),
        Syntax::Json,
    );
    let parameter = json!({
        "Parameters": {"X": {"Type": "String", "Default": long}},
        "Resources": {"F": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": {"Fn::Sub": many}}}},
    });
    is_given_up(&parameter.to_string(), Syntax::Json);
    let escaped = many.replace('"', "\\\"").replace("${X}", "${local.x}");
    let local = format!(
        "locals {{\n  x = \"{long}\"\n}}\nresource \"aws_sfn_state_machine\" \"f\" {{\n  definition = \"{escaped}\"\n}}\n"
    );
    is_given_up(&local, Syntax::Hcl);
    let variable = format!(
        "resource \"aws_sfn_state_machine\" \"f\" {{\n  definition = templatefile(\"f.json\", {{ X = \"{long}\" }})\n}}\n"
    );
    let (machines, unread) = read_beside(&variable, Syntax::Hcl, &Beside(vec![("f.json", many)]));
    assert_eq!((machines, unread.len()), (0, 1), "{unread:?}");
}

#[test]
fn limits_the_outcomes_of_conditions() {
    let leaves = (0..16).fold(json!(FLOW), |value, _| json!({"Fn::If": ["c", value, value]}));
    let (machines, unread) = read(&template_of(&leaves), Syntax::Json);
    assert_eq!(machines, 256);
    assert_eq!(
        unread,
        ["conditions of this definition have more than 256 outcomes; the others were not read"]
    );
    let outcomes = (0..300).fold("null".to_owned(), |rest, i| {
        format!("var.c == {i} ? jsonencode({{ StartAt = \"S{i}\" }}) : ({rest})")
    });
    // Expressions of HCL may be nested less deeply.
    let cut = format!("resource \"aws_sfn_state_machine\" \"f\" {{\n  definition = {outcomes}\n}}\n");
    assert_eq!(read(&cut, Syntax::Hcl).0, 0);
}

#[test]
fn aliases_share_the_size_limit_of_a_file() {
    let double = |call: &str, times: usize| {
        let lines =
            (1..=times).map(|i| format!("  a{i}: &a{i} {}\n", call.replace('@', &format!("*a{}", i - 1))));
        lines.collect::<String>()
    };
    let machine = "Resources:\n  F:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n";
    let conditions = format!(
        "X:\n  a0: &a0 {FLOW}\n{}{machine}      Definition: *a14\n",
        double("!If [c, @ , @ ]", 14)
    );
    assert_eq!(read(&conditions, Syntax::Yaml).0, 256);
    let laughs = format!(
        "X:\n  a0: &a0 [ha, ha]\n{}{machine}      Definition: *a40\n",
        double("[ @ , @ ]", 40)
    );
    assert_eq!(read(&laughs, Syntax::Yaml).0, 0);
    let joins = format!(
        "X:\n  a0: &a0 {}\n{}{machine}      DefinitionString: *a12\n",
        "ha".repeat(2_500),
        double("!Join [\"\", [ @ , @ ]]", 12)
    );
    is_given_up(&joins, Syntax::Yaml);
    let resources = (0..100)
        .map(|i| format!("  F{i}:\n    Type: AWS::StepFunctions::StateMachine\n    Properties: *x\n"));
    let shared = format!(
        "X: &x\n  DefinitionString: |\n    {}\nResources:\n{}",
        with_comment(&"c".repeat(1_000_000)),
        resources.collect::<String>()
    );
    let (machines, unread) = read(&shared, Syntax::Yaml);
    assert!(
        (1..100).contains(&machines) && unread.len() == 1,
        "{machines} {unread:?}"
    );
}

#[test]
fn limits_the_reads_of_a_file_with_many_references() {
    let resources = (0..1000).map(|i| {
        format!("  F{i}:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: f.asl.json\n")
    });
    let text = format!("Resources:\n{}", resources.collect::<String>());
    let large = with_comment(&"c".repeat(1_000_000));
    let (machines, unread) = read_beside(&text, Syntax::Yaml, &Beside(vec![("f.asl.json", large)]));
    assert!(
        (1..1000).contains(&machines) && unread.len() == 1,
        "{machines} {unread:?}"
    );
    let small = Beside(vec![("f.asl.json", FLOW.to_owned())]);
    assert_eq!(read_beside(&text, Syntax::Yaml, &small), (1000, vec![]));
}

#[test]
fn reads_many_parts_of_a_file_in_one_pass() {
    let parts = lines(2000, |i| format!("m{i}:\n  definition: {FLOW}\n"));
    let names = lines(2000, |i| format!("    m{i}: ${{file(parts.yml):m{i}}}\n"));
    let text = format!("service: x\nprovider: {{name: aws}}\nstepFunctions:\n  stateMachines:\n{names}");
    let (machines, unread) = read_beside(&text, Syntax::Yaml, &Beside(vec![("parts.yml", parts)]));
    assert_eq!((machines, unread), (2000, vec![]));
}

#[test]
fn resolves_each_terraform_name_once() {
    let module = |locals: &str| {
        format!(
            "locals {{\n{locals}}}\nresource \"aws_sfn_state_machine\" \"f\" {{\n  definition = local.a0\n}}\n"
        )
    };
    let cycle = module("  a0 = var.c ? local.a1 : local.a1\n  a1 = var.c ? local.a0 : local.a0\n");
    let (machines, unread) = read(&cycle, Syntax::Hcl);
    assert_eq!(machines, 0);
    assert_eq!(unread, ["`local.a0` references itself"; 2]);
    let ladder = |rungs: usize| -> String {
        let rung = |i: usize| format!("  a{i} = var.c ? local.a{0} : local.a{0}\n", i + 1);
        (0..rungs).map(rung).collect()
    };
    let end = "jsonencode({ StartAt = \"A\", States = { A = { Type = \"Pass\", End = true } } })";
    assert_eq!(
        read(&module(&format!("{}  a15 = {end}\n", ladder(15))), Syntax::Hcl),
        (1, vec![])
    );
    let (machines, unread) = read(
        &module(&format!("{}  a5000 = {end}\n", ladder(5000))),
        Syntax::Hcl,
    );
    assert_eq!((machines, unread.len()), (0, 1), "{unread:?}");
}

#[test]
fn reads_large_templates_completely() {
    let escaped = with_comment(&r#"\"quoted\" "#.repeat(200_000));
    assert_eq!(read(&template_of(&json!(escaped)), Syntax::Json), (1, vec![]));
    let machine = json!({"Type": "AWS::StepFunctions::StateMachine", "Properties": {
        "DefinitionString": with_comment(&"c".repeat(400)), "RoleArn": "r",
    }});
    let resources: serde_json::Map<String, Value> =
        (0..10_000).map(|i| (format!("F{i}"), machine.clone())).collect();
    let text = json!({ "Resources": resources }).to_string();
    assert!(text.len() > 5_000_000, "{}", text.len());
    assert_eq!(read(&text, Syntax::Json), (10_000, vec![]));
    // What an engine is yet to render, on every line.
    let rendered = format!(
        "Type: AWS::Serverless::StateMachine\n{}",
        "a: {% if x %}\n".repeat(70_000)
    );
    assert_eq!(read(&rendered, Syntax::Yaml), (1, vec![]));
}

#[test]
fn reports_excessive_nesting() {
    let join = (0..600).fold(FLOW.to_owned(), |inner, _| format!("!Join [\"\", [{inner}]]"));
    let text = format!(
        "Resources:\n  F:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: {join}\n"
    );
    assert_eq!(read(&text, Syntax::Yaml), (0, vec![]));
    let join = (0..120).fold(json!(FLOW), |inner, _| json!({"Fn::Join": ["", [inner]]}));
    assert_eq!(read(&template_of(&join), Syntax::Json), (1, vec![]));
    let parentheses = format!("{}local.x{}", "(".repeat(5000), ")".repeat(5000));
    let text = format!("resource \"aws_sfn_state_machine\" \"f\" {{\n  definition = {parentheses}\n}}\n");
    assert_eq!(read(&text, Syntax::Hcl), (0, vec![]));
}

#[test]
fn the_roles_of_many_machines_are_read_once() {
    let role = |statements: Value| {
        json!({"Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": {},
            "Policies": [{"PolicyName": "p", "PolicyDocument": {"Statement": statements}}],
        }})
    };
    let definition = json!({"StartAt": "A", "States": {"A": {
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
        "Parameters": {"QueueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/q", "MessageBody": "x"},
    }}});
    for is_shared in [true, false] {
        let mut resources = serde_json::Map::new();
        let allow = json!([{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]);
        resources.insert("Shared".to_owned(), role(allow.clone()));
        for i in 0..3_000 {
            let own = format!("Role{i}");
            let used = if is_shared { "Shared" } else { own.as_str() };
            let machine = json!({"Type": "AWS::StepFunctions::StateMachine", "Properties": {
                "RoleArn": {"Fn::GetAtt": [used, "Arn"]}, "Definition": definition,
            }});
            resources.insert(format!("Flow{i}"), machine);
            if !is_shared {
                resources.insert(own, role(allow.clone()));
            }
        }
        let text = json!({ "Resources": resources }).to_string();
        assert_eq!(read(&text, Syntax::Json).0, 3_000);
    }
}
