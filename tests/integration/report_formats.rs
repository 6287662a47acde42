//! Reports for other tools are valid by the schemas that those tools publish.

use std::io::Write;
use std::process::{Command, Stdio};

/// The option of xmllint for a schema, and its file.
type Schema = [&'static str; 2];

/// The schema of JUnit.
const JUNIT: Schema = ["--schema", "tests/reports/junit.xsd"];

/// The document type of Cobertura.
const COBERTURA: Schema = ["--dtdvalid", "tests/reports/cobertura.dtd"];

fn asl(args: &str) -> String {
    let mut command = Command::new(trycmd::cargo::cargo_bin("asl"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args.split(' '))
        .env("NO_COLOR", "1")
        .env_remove("CI");
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// What is wrong with a document; `None` if xmllint is not installed.
fn faults(xml: &str, schema: Schema) -> Option<String> {
    let mut command = Command::new("xmllint");
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--noout", "--nonet"])
        .args(schema)
        .arg("-");
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut process = pipes.spawn().ok()?;
    // The document type is given, and not loaded from where the document says.
    let lines = xml.lines().filter(|line| !line.starts_with("<!DOCTYPE"));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    process.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    Some(if output.status.success() {
        String::new()
    } else {
        String::from_utf8(output.stderr).unwrap()
    })
}

#[test]
fn reports_are_valid_by_their_schemas() {
    for (args, schema) in [
        ("test fixtures/suites/orders --format junit", JUNIT),
        ("test fixtures/suites/orders --format junit --timings", JUNIT),
        ("test fixtures/suites/failing --format junit", JUNIT),
        ("lint fixtures/definitions fixtures/lint --format junit", JUNIT),
        ("test fixtures/suites/orders --coverage=cobertura", COBERTURA),
        ("test fixtures/suites/template --coverage=cobertura", COBERTURA),
        ("test fixtures/definitions --coverage=cobertura", COBERTURA),
    ] {
        let xml = asl(args);
        assert!(xml.starts_with("<?xml"), "{args}: {xml}");
        let Some(faults) = faults(&xml, schema) else {
            eprintln!("xmllint is not installed: skipping the check of reports");
            return;
        };
        assert_eq!(faults, "", "{args}");
    }
}

#[test]
fn faults_are_found() {
    let suite = |rest: &str| format!("<testsuites>{rest}</testsuites>");
    let valid = "<testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"0\"/>";
    for (xml, is_valid) in [
        (suite(valid), true),
        (suite(&valid.replace(" errors=\"0\"", "")), false),
        (suite("<testcase name=\"a\"/>"), false),
        ("<testsuites skipped=\"1\"/>".to_owned(), false),
        ("<testsuites>".to_owned(), false),
        ("<skipped/>".to_owned(), false),
    ] {
        let Some(faults) = faults(&xml, JUNIT) else { return };
        assert_eq!(faults.is_empty(), is_valid, "{xml}: {faults}");
    }
}

/// The records of LCOV, per source file: `DA` and `BRDA` name lines that exist, and the totals are right.
#[test]
fn lcov_names_lines_of_the_files_themselves() {
    let root = env!("CARGO_MANIFEST_DIR");
    let info =
        asl("test fixtures/suites/template fixtures/suites/orders fixtures/definitions --coverage=lcov");
    for record in info.split("end_of_record\n").filter(|record| !record.is_empty()) {
        let fields = |key: &str| -> Vec<&str> {
            record
                .lines()
                .filter_map(|line| line.strip_prefix(key)?.strip_prefix(':'))
                .collect()
        };
        let [file] = fields("SF")[..] else {
            panic!("{record}")
        };
        let text = std::fs::read_to_string(std::path::Path::new(root).join(file)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let line = |field: &str| -> usize { field.split(',').next().unwrap().parse().unwrap() };
        for field in fields("DA").into_iter().chain(fields("BRDA")) {
            assert!((1..=lines.len()).contains(&line(field)), "{file}: {field}");
        }
        for field in fields("DA") {
            assert!(
                lines[line(field) - 1].contains(':'),
                "{file}: {field} is not the line of a key"
            );
        }
        assert_eq!(fields("LF"), [fields("DA").len().to_string()], "{file}");
        assert_eq!(fields("BRF"), [fields("BRDA").len().to_string()], "{file}");
    }
}
