//! The bodies of the fuzz targets. `cargo test` runs them on the saved corpus, and `fuzz/` is built on this file.
//!
//! A body accepts any bytes. It panics if the code under test panics or breaks one of the properties asserted here.

use aslkit::asl::lower;
use aslkit::document::Syntax;
use aslkit::expr::intrinsic::Call;
use aslkit::expr::jsonata::{Expression, Limits};
use aslkit::expr::jsonpath::Path;
use aslkit::expr::{Scope, Seeded, SyntaxError};
use aslkit::lint;
use aslkit::simulate::mocks::{self, MockedWorld, Mocks, Unmocked};
use aslkit::simulate::{self, Options, Plan};
use aslkit::source::{SourceFile, Span};
use aslkit::spec::WorkflowType;
use aslkit::template::{self, Base, Expectation, Files, NoFiles, OpenError, OpenedFile};
use aslkit::value::Value;
use std::rc::Rc;
use std::sync::Arc;

/// The body of a target. It may fail only by panicking.
pub type Body = fn(&[u8]);

/// Every target by its name, which is also the name of its corpus folder and of its binary in `fuzz/`.
pub const TARGETS: [(&str, Body); 8] = [
    ("json", json),
    ("yaml", yaml),
    ("hcl", hcl),
    ("template", template),
    ("jsonpath", jsonpath),
    ("jsonata", jsonata),
    ("intrinsic", intrinsic),
    ("simulate", simulate),
];

/// Reads and lints a JSON file.
pub fn json(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        lint_text(Syntax::Json, text);
    }
}

/// Reads and lints a YAML file.
pub fn yaml(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        lint_text(Syntax::Yaml, text);
    }
}

/// Reads and lints a Terraform file.
pub fn hcl(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        lint_text(Syntax::Hcl, text);
    }
}

/// Lints the state machines of a text under every workflow type. Every place in a diagnostic must lie inside the text.
pub fn lint_text(syntax: Syntax, text: &str) {
    let document = template::read_file(Arc::new(SourceFile::new("fuzz", text)), syntax);
    let contents = template::contents(&document, Expectation::Definition, &NoFiles);
    let mut settings = lint::Settings::default();
    for workflow_type in WorkflowType::ALL {
        settings.workflow_type = workflow_type;
        for diagnostic in lint::check_contents(&document, &contents, &settings).diagnostics {
            let related = diagnostic.related.iter().map(|label| label.span);
            let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
            let spans = related.chain(edits.map(|edit| edit.span));
            for span in spans.chain([diagnostic.span]) {
                assert!(
                    text.get(span.range()).is_some(),
                    "{} at {span:?} of {} bytes",
                    diagnostic.rule,
                    text.len()
                );
            }
        }
    }
}

/// Finds and lints the state machines of a template and of the files that it names.
///
/// The input consists of several files. A line `=== NAME` starts each file but the first, which is the template.
pub fn template(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut files = text.split("\n=== ");
    let template = files.next().unwrap_or_default();
    let named = files.filter_map(|file| file.split_once('\n'));
    let named = NamedFiles(
        named
            .map(|(name, text)| Arc::new(SourceFile::new(name, text)))
            .collect(),
    );
    let syntax = if template.contains("resource \"") {
        Syntax::Hcl
    } else {
        Syntax::sniff(template)
    };
    let document = template::read_file(Arc::new(SourceFile::new("template", template)), syntax);
    let contents = template::contents(&document, Expectation::MayBeDefinition, &named);
    for machine in &contents.machines {
        let text = machine.document().source.text();
        assert!(contains(text, machine.node().span), "{:?}", machine.pointer);
    }
    lint::check_contents(&document, &contents, &lint::Settings::default());
}

/// The files of an input by their names.
struct NamedFiles(Vec<Arc<SourceFile>>);

impl Files for NamedFiles {
    fn open(&self, _: &str, path: &str, _: Base) -> Result<OpenedFile, OpenError> {
        let file = self.0.iter().find(|file| file.name() == path);
        Ok(OpenedFile {
            source: Arc::clone(file.ok_or(OpenError::Missing { close: None })?),
            spelling: None,
        })
    }

    fn folder(&self, _: &str, _: &str, ending: &str) -> Vec<Arc<SourceFile>> {
        let files = self.0.iter().filter(|file| file.name().ends_with(ending));
        files.map(Arc::clone).collect()
    }
}

/// Parses a JSONPath, in the form for payloads and as a reference path, and evaluates it.
pub fn jsonpath(data: &[u8]) {
    let Some((text, input)) = expression(data) else {
        return;
    };
    match Path::parse(text) {
        Ok(path) => {
            assert_eq!(path.text(), text);
            path.as_reference().ok();
            evaluate_twice(&input, |scope, _| path.eval(scope));
        }
        Err(error) => assert_inside(text, &error),
    }
}

/// Parses a JSONata expression and evaluates it.
pub fn jsonata(data: &[u8]) {
    let Some((text, input)) = expression(data) else {
        return;
    };
    match Expression::parse(text) {
        Ok(expression) => {
            for (name, range) in expression.variables() {
                assert!(text.get(range).is_some(), "{name}");
            }
            evaluate_twice(&input, |scope, randomness| expression.eval(scope, randomness));
        }
        Err(error) => assert_inside(text, &error),
    }
}

/// Parses a call of an intrinsic function and evaluates it.
pub fn intrinsic(data: &[u8]) {
    let Some((text, input)) = expression(data) else {
        return;
    };
    match Call::parse(text) {
        Ok(call) => {
            assert!(text.get(call.range.clone()).is_some());
            evaluate_twice(&input, |scope, randomness| call.eval(scope, randomness));
        }
        Err(error) => assert_inside(text, &error),
    }
}

/// Runs a definition, whether or not AWS would accept it. Two runs must give the same result.
pub fn simulate(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let source = Arc::new(SourceFile::new("fuzz", text));
    let document = template::read_file(source, Syntax::Yaml);
    for found in template::machines(&document, Expectation::Definition) {
        let plan = Rc::new(Plan::new(&lower::machine(found.node())));
        let run = || {
            let mocks = Mocks::default();
            let settings = mocks::Settings {
                seed: 0,
                start: aslkit::history::Time::default(),
            };
            let options = Options {
                max_transitions: 200,
                ..Options::default()
            };
            let mut world = MockedWorld::new(&mocks, settings, Unmocked::Echo);
            let execution = simulate::run(&plan, input(), &mut world, &options);
            execution
                .map(|execution| format!("{:?} {:?}", execution.output, execution.history))
                .map_err(|error| error.to_string())
        };
        assert_eq!(run(), run());
    }
}

/// An expression on the first line, with the input it is evaluated on as JSON below it.
fn expression(data: &[u8]) -> Option<(&str, Value)> {
    let text = std::str::from_utf8(data).ok()?;
    let (expression, json) = text.split_once('\n').unwrap_or((text, ""));
    Some((expression, Value::parse(json).unwrap_or_else(|_| input())))
}

/// The input of an expression or execution that has none of its own.
fn input() -> Value {
    Value::from([
        ("n", Value::from(7)),
        ("text", Value::from("a b")),
        ("items", Value::from(vec![Value::from(1), Value::from("two")])),
    ])
}

/// Evaluates an expression twice with the same seed, which must give the same result.
fn evaluate_twice<T: std::fmt::Debug, E: std::fmt::Debug>(
    input: &Value,
    evaluate: impl Fn(&Scope<'_>, &mut Seeded) -> Result<T, E>,
) {
    let context = Value::empty_object();
    // So that no input takes long in a debug build.
    let limits = Limits {
        steps: 1_000,
        ..Limits::STEP_FUNCTIONS
    };
    let scope = Scope::new(input, &context, &()).with_limits(limits);
    let [first, second] = [(); 2].map(|()| format!("{:?}", evaluate(&scope, &mut Seeded::new(1))));
    assert_eq!(first, second);
}

fn assert_inside(text: &str, error: &SyntaxError) {
    assert!(text.get(error.range.clone()).is_some(), "{error:?}");
}

fn contains(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some()
}
