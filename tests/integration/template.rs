//! Definitions in templates: which are found, and which bytes of the template a finding underlines.

mod elsewhere;

use aslkit::cli::input::Disk;
use aslkit::diagnostic::Severity;
use aslkit::document::Syntax;
use aslkit::lint::{self, Settings};
use aslkit::source::SourceFile;
use aslkit::template::{self, Expectation, NoFiles};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The machines of a fixture, and each finding with the bytes it underlines.
fn report(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let source = Arc::new(SourceFile::new(path.to_str().unwrap(), text));
    let document = template::read_file(source, Syntax::from_path(path).unwrap());
    let disk = Disk::within(&[PathBuf::from("fixtures")]);
    let contents = template::contents(&document, Expectation::MayBeDefinition, &disk);
    let mut out = String::new();
    for found in &contents.machines {
        let workflow_type = found.workflow_type.map_or("?", |t| t.as_str());
        let name = found.name.as_deref().unwrap_or("-");
        let name = if found.is_alternative {
            &format!("  or {name}")
        } else {
            name
        };
        let kind = found.container.as_str();
        writeln!(out, "{name}: {kind} {workflow_type} at {}", found.pointer).unwrap();
    }
    for d in lint::check_contents(&document, &contents, &Settings::default()).diagnostics {
        let file = d.source.as_ref().unwrap_or(&document.source);
        let place = file.position(d.span.start);
        let underlined = &file.text()[d.span.range()];
        // What is advised of every state machine is of no interest here.
        if path.starts_with("fixtures/projects")
            && d.rule.starts_with("missing-")
            && d.rule != "missing-target"
        {
            continue;
        }
        let fix = match d.fix.as_ref().map(|fix| fix.applicable()) {
            None => String::new(),
            Some(Ok(_)) => " [fix]".to_owned(),
            Some(Err(reason)) => format!(" [fix: {reason}]"),
        };
        write!(
            out,
            "\n{} {} {}:{}:{} at {}{fix}\n  {}\n  >{}<\n",
            d.severity.as_str(),
            d.rule,
            file.name(),
            place.line,
            place.column,
            d.pointer,
            d.message,
            underlined.replace('\r', "\\r").replace('\n', "\\n"),
        )
        .unwrap();
    }
    out
}

#[test]
fn findings_underline_the_bytes_of_the_template() {
    for name in [
        "cdk.template.json",
        "sub.yaml",
        "crlf.yaml",
        "values.yaml",
        "tricks.template.json",
        "tagged.yaml",
        "sam/template.yaml",
        "foreach.yaml",
        "fragment.yaml",
        "main.tf",
        "modules.tf",
        "module/main.tf",
        "json/cdk.tf.json",
        "json/arrays.tf.json",
        "substitutions.yaml",
        "serverless/serverless.yml",
        "serverless/native.yml",
        "serverless/files.yml",
        "serverless/section.yml",
        "serverless/named.yml",
        "include.yaml",
        "rendered-later.yaml",
        "quoted-definition.yaml",
    ] {
        insta::with_settings!({ snapshot_suffix => name.replace('/', "-") }, {
            insta::assert_snapshot!(report(&Path::new("fixtures/template").join(name)));
        });
    }
}

/// Each folder of `fixtures/projects` is a project; the template is its file `main.*`.
#[test]
fn finds_definitions_in_projects() {
    let entries = std::fs::read_dir("fixtures/projects").unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    for folder in folders {
        let mut files = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let main = files.find(|file| file.file_stem().is_some_and(|name| name == "main"));
        let suffix = folder.file_name().unwrap().to_str().unwrap();
        insta::with_settings!({ snapshot_suffix => suffix }, {
            insta::assert_snapshot!(report(&main.unwrap()));
        });
    }
}

/// Files for other template engines, named by what is expected: nothing but information, or only that it is not rendered.
#[test]
fn templates_of_other_engines_give_no_errors() {
    let mut faults = Vec::new();
    for entry in std::fs::read_dir("fixtures/engines").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name == "README.md" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let syntax = Syntax::from_path(&path).unwrap_or_else(|| Syntax::sniff(&text));
        let document = template::read_file(Arc::new(SourceFile::new(name, text)), syntax);
        let contents = template::contents(&document, Expectation::MayBeDefinition, &NoFiles);
        let found = lint::check_contents(&document, &contents, &Settings::default()).diagnostics;
        let found: Vec<_> = found.iter().map(|d| (d.severity, d.rule, &d.message)).collect();
        let is_expected = if name.starts_with("unrendered-") {
            found.iter().filter(|d| d.1 == "unrendered-template").count() == 1
                && found.iter().all(|d| d.0 == Severity::Info)
        } else {
            found
                .iter()
                .all(|d| d.0 == Severity::Info && d.1 != "unrendered-template")
        };
        if contents.machines.is_empty() || !is_expected {
            faults.push(format!("{name}: {} machines, {found:?}", contents.machines.len()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_crlf_template_ends_every_line_with_crlf() {
    let text = std::fs::read_to_string("fixtures/template/crlf.yaml").unwrap();
    assert!(text.ends_with("\r\n") && text.split_inclusive('\n').all(|line| line.ends_with("\r\n")));
}

fn machines(text: &str) -> usize {
    let document = template::read_file(Arc::new(SourceFile::new("t", text)), Syntax::sniff(text));
    template::contents(&document, Expectation::MayBeDefinition, &NoFiles)
        .machines
        .len()
}

#[test]
fn documents_that_only_mention_the_keywords_contain_no_state_machine() {
    assert_eq!(
        machines(r#"{"properties": {"StartAt": {"type": "string"}, "States": {"type": "object"}}}"#),
        0
    );
    assert_eq!(
        machines(r#"{"ResourceTypes": {"AWS::StepFunctions::StateMachine": {"Properties": {}}}}"#),
        0
    );
    assert_eq!(
        machines(r#"{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}"#),
        0
    );
    assert_eq!(machines("stepFunctions: {stateMachines: []}\n"), 0);
}
