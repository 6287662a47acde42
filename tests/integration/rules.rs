//! Every rule against the examples of its manual and against `fixtures/lint/<rule>/{fails,passes}-*`.
//!
//! A fixture is a definition, `fails-empty.asl.json`; `fails-empty.express.asl.yaml` is one of an EXPRESS machine. Dropping
//! the file there is all it takes. In a manual the machine's type follows the language of the fence: ` ```json,express `, and
//! `(x repeated 1000 times)` in an example stands for a text too long to print.

use aslkit::cli::input::Disk;
use aslkit::diagnostic::{Diagnostic, Edit, Fix};
use aslkit::document::Syntax;
use aslkit::lint::{self, FixKind, Level, Rule, Settings, registry};
use aslkit::source::SourceFile;
use aslkit::spec::WorkflowType;
use aslkit::template::{self, Expectation};
use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A definition to check.
struct Example {
    text: String,
    syntax: Syntax,
    workflow_type: WorkflowType,
}

impl Example {
    fn source(&self) -> Arc<SourceFile> {
        Arc::new(SourceFile::new("example", self.text.clone()))
    }

    /// What the linter finds with every rule switched on.
    fn lint(&self) -> Vec<Diagnostic> {
        let mut settings = Settings::default();
        settings.workflow_type = self.workflow_type;
        settings.aws_answers = true;
        for rule in registry::rules() {
            settings.set(rule, Level::Report(rule.severity));
        }
        let document = template::read_file(self.source(), self.syntax);
        let disk = Disk::within(&[PathBuf::from(".")]);
        let contents = template::contents(&document, Expectation::Definition, &disk);
        lint::check_contents(&document, &contents, &settings).diagnostics
    }

    fn found(&self, rule: &Rule) -> Vec<Diagnostic> {
        let mut found = self.lint();
        found.retain(|d| d.rule == rule.name);
        found
    }

    fn with(&self, edits: &[Edit]) -> Self {
        let mut text = self.text.clone();
        let mut edits: Vec<&Edit> = edits.iter().collect();
        edits.sort_by_key(|e| std::cmp::Reverse(e.span));
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        Self { text, ..*self }
    }
}

/// The fenced blocks of a manual's section.
fn examples(rule: &Rule, heading: &str) -> Vec<Example> {
    let mut inside = false;
    let mut block: Option<Example> = None;
    let mut blocks = Vec::new();
    for line in rule.manual.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)) {
        match (line.strip_prefix("```"), &mut block) {
            (Some(_), Some(_)) => blocks.extend(block.take().filter(|_| inside).map(written_out)),
            (Some(info), None) => {
                let mut words = info.split(',');
                block = Some(Example {
                    text: String::new(),
                    syntax: match words.next() {
                        Some("json") => Syntax::Json,
                        Some("yaml") => Syntax::Yaml,
                        other => panic!("{}: an example in `{other:?}`", rule.name),
                    },
                    workflow_type: workflow_type(words.next() == Some("express")),
                });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    inside = title == heading;
                }
            }
        }
    }
    blocks
}

/// With `(x repeated N times)` replaced by N times `x`.
fn written_out(example: Example) -> Example {
    let Some((before, rest)) = example.text.split_once("(x repeated ") else {
        return example;
    };
    let (times, after) = rest.split_once(" times)").unwrap();
    let text = format!("{before}{}{after}", "x".repeat(times.parse().unwrap()));
    written_out(Example { text, ..example })
}

fn workflow_type(is_express: bool) -> WorkflowType {
    if is_express {
        WorkflowType::Express
    } else {
        WorkflowType::Standard
    }
}

#[test]
fn names_are_kebab_case_and_unique() {
    let names: BTreeSet<&str> = registry::rules().iter().map(|r| r.name).collect();
    assert_eq!(names.len(), registry::rules().len());
    for name in names {
        let is_kebab = name.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        assert!(is_kebab, "{name}");
    }
}

#[test]
fn every_manual_has_its_sections() {
    for rule in registry::rules() {
        let titles: Vec<&str> = rule
            .manual
            .lines()
            .filter_map(|l| l.trim().strip_prefix("## "))
            .collect();
        // An example would be a line of 513 brackets.
        if rule.name == "too-deeply-nested" {
            continue;
        }
        assert_eq!(
            titles,
            ["What it does", "Why is this bad?", "Fails", "Passes"],
            "{}",
            rule.name
        );
        let summary = rule.summary();
        assert!(
            summary.ends_with('.') && summary.len() > 10,
            "{}: {summary}",
            rule.name
        );
        assert!(
            !examples(rule, "Fails").is_empty(),
            "{} has no example that fails",
            rule.name
        );
        assert!(
            !examples(rule, "Passes").is_empty(),
            "{} has no example that passes",
            rule.name
        );
    }
}

#[test]
fn every_example_that_fails_raises_its_rule_and_no_example_that_passes_does() {
    let mut faults = Vec::new();
    for rule in registry::rules() {
        for (heading, fails) in [("Fails", true), ("Passes", false)] {
            for example in examples(rule, heading) {
                let found = example.lint();
                if found.iter().any(|d| d.rule == rule.name) != fails {
                    let found: Vec<_> = found.iter().map(|d| (d.rule, &d.message)).collect();
                    faults.push(format!("{} {heading}: {}{found:?}", rule.name, example.text));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn fixtures_pass_or_fail_according_to_their_names() {
    let mut faults = Vec::new();
    for (rule, name, example) in fixtures() {
        let found = example.found(rule);
        if name.starts_with("fails-") == found.is_empty() {
            faults.push(format!("{}/{name}: {} findings", rule.name, found.len()));
        }
        if name.starts_with("fails-") {
            insta::with_settings!({
                snapshot_path => "snapshots/rules",
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(format!("{}__{name}", rule.name), told(&example, &found));
            });
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A fix takes its finding away, and the text it leaves still reads.
#[test]
fn every_fix_removes_its_finding() {
    let in_manuals = registry::rules().iter().flat_map(|rule| {
        examples(rule, "Fails")
            .into_iter()
            .map(move |e| (*rule, String::new(), e))
    });
    let mut fixes = 0;
    let mut fixed = HashSet::new();
    let mut misdeclared = BTreeSet::new();
    for (rule, name, example) in in_manuals.chain(fixtures()) {
        let found = example.found(rule);
        let is_applicable = |fix: &&Fix| fix.applicable().is_ok();
        for fix in found.iter().filter_map(|d| d.fix.as_ref()).filter(is_applicable) {
            if !rule.fixes.includes(fix.is_safe) {
                misdeclared.insert(format!("{}: {}", rule.name, fix.title));
            }
            fixed.insert(rule.name);
            fixes += 1;
            let mended = example.with(&fix.edits);
            let left = mended.found(rule);
            assert!(
                left.len() < found.len(),
                "{} {name}: {}\n{}",
                rule.name,
                fix.title,
                mended.text
            );
            let syntax_faults = |e: &Example| e.lint().iter().filter(|d| d.rule == "invalid-syntax").count();
            assert!(
                syntax_faults(&mended) <= syntax_faults(&example),
                "{}: {}",
                rule.name,
                mended.text
            );
        }
    }
    assert!(fixes > 0);
    assert!(
        misdeclared.is_empty(),
        "not of the kind that the rule declares: {misdeclared:#?}"
    );
    let declared = registry::rules()
        .iter()
        .filter(|rule| rule.fixes != FixKind::None);
    let untested: Vec<_> = declared
        .map(|rule| rule.name)
        .filter(|name| !fixed.contains(name))
        .collect();
    assert!(untested.is_empty(), "no example has a fix: {untested:?}");
}

/// What stands below `fixtures/lint`, sorted.
fn fixtures() -> Vec<(&'static Rule, String, Example)> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lint");
    let mut fixtures = Vec::new();
    for folder in entries(&home) {
        let rule = name_of(&folder);
        let rule =
            registry::find(&rule).unwrap_or_else(|| panic!("fixtures/lint/{rule}: there is no such rule"));
        for file in entries(&folder) {
            let name = name_of(&file);
            assert!(
                name.starts_with("fails-") || name.starts_with("passes-"),
                "{}",
                file.display()
            );
            let syntax = match file.extension().and_then(|e| e.to_str()) {
                Some("json") => Syntax::Json,
                Some("yaml") => Syntax::Yaml,
                _ => panic!("{}: neither .json nor .yaml", file.display()),
            };
            let example = Example {
                text: std::fs::read_to_string(&file).unwrap(),
                syntax,
                workflow_type: workflow_type(name.contains(".express.")),
            };
            fixtures.push((rule, name, example));
        }
    }
    fixtures
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Each finding as the compact format has it, and below it what it underlines.
fn told(example: &Example, found: &[Diagnostic]) -> String {
    let source = example.source();
    let mut out = String::new();
    for d in found {
        let start = source.position(d.span.start);
        let message = &d.message;
        writeln!(
            out,
            "{}:{}: {} {} {message}",
            start.line,
            start.column,
            d.severity.as_str(),
            d.rule
        )
        .unwrap();
        writeln!(
            out,
            "    at {} | {}",
            d.pointer,
            example.text[d.span.range()].replace('\n', "⏎")
        )
        .unwrap();
        for line in d.help.iter().map(|h| format!("help: {h}")) {
            writeln!(out, "    {line}").unwrap();
        }
        if let Some(aws) = &d.aws {
            let location = aws.location.as_deref().unwrap_or("nowhere");
            writeln!(out, "    AWS: {}: {} at {location}", aws.code, aws.message).unwrap();
        }
    }
    out
}
