//! Reports for other tools have the elements and attributes that those tools publish, and no others.

use std::process::Command;

/// An element: its name, required attributes, optional attributes, and the elements in it.
type Element = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// Source: `junit-10.xsd` of the xUnit plugin of Jenkins.
const JUNIT: &[Element] = &[
    (
        "testsuites",
        &[],
        &["name", "time", "tests", "failures", "errors"],
        &["testsuite"],
    ),
    (
        "testsuite",
        &["name", "tests", "failures", "errors"],
        &[
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        ],
        &["testsuite", "properties", "testcase", "system-out", "system-err"],
    ),
    (
        "testcase",
        &["name"],
        &["time", "classname", "group"],
        &["skipped", "error", "failure", "system-out", "system-err"],
    ),
    ("skipped", &[], &["type", "message"], &[]),
    ("error", &[], &["type", "message"], &[]),
    ("failure", &[], &["type", "message"], &[]),
    ("system-out", &[], &[], &[]),
];

/// Source: `coverage-04.dtd` of Cobertura.
const COBERTURA: &[Element] = &[
    (
        "coverage",
        &[
            "line-rate",
            "branch-rate",
            "lines-covered",
            "lines-valid",
            "branches-covered",
            "branches-valid",
            "complexity",
            "version",
            "timestamp",
        ],
        &[],
        &["sources", "packages"],
    ),
    ("sources", &[], &[], &["source"]),
    ("source", &[], &[], &[]),
    ("packages", &[], &[], &["package"]),
    (
        "package",
        &["name", "line-rate", "branch-rate", "complexity"],
        &[],
        &["classes"],
    ),
    ("classes", &[], &[], &["class"]),
    (
        "class",
        &["name", "filename", "line-rate", "branch-rate", "complexity"],
        &[],
        &["methods", "lines"],
    ),
    ("methods", &[], &[], &[]),
    ("lines", &[], &[], &["line"]),
    (
        "line",
        &["number", "hits"],
        &["branch", "condition-coverage"],
        &[],
    ),
];

fn asl(args: &str) -> String {
    let mut command = Command::new(trycmd::cargo::cargo_bin("asl"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args.split(' '))
        .env("NO_COLOR", "1")
        .env_remove("CI");
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// What is wrong with a document.
fn faults(xml: &str, elements: &[Element]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for part in xml.split('<').skip(1) {
        let Some((tag, _text)) = part.split_once('>') else {
            faults.push(format!("open tag {part}"));
            continue;
        };
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                faults.push(format!("</{name}> closes another element"));
            }
            continue;
        }
        let (tag, is_closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        // No value contains a quote: they are escaped.
        let names: Vec<&str> = attributes
            .split('"')
            .step_by(2)
            .map(|name| name.trim().trim_end_matches('='))
            .filter(|name| !name.is_empty())
            .collect();
        let Some((_, required, optional, _)) = elements.iter().find(|element| element.0 == name) else {
            faults.push(format!("unknown element {name}"));
            continue;
        };
        let parent = open
            .last()
            .and_then(|open| elements.iter().find(|element| element.0 == *open));
        if parent.is_some_and(|parent| !parent.3.contains(&name)) || parent.is_none() && name != elements[0].0
        {
            faults.push(format!("{name} in {open:?}"));
        }
        for missing in required.iter().filter(|required| !names.contains(required)) {
            faults.push(format!("{name} without {missing}"));
        }
        for other in names {
            if !required.contains(&other) && !optional.contains(&other) {
                faults.push(format!("{name} with {other}"));
            }
        }
        if !is_closed {
            open.push(name);
        }
    }
    if !open.is_empty() {
        faults.push(format!("{open:?} are not closed"));
    }
    faults
}

#[test]
fn reports_have_the_elements_of_their_schemas() {
    for (args, elements) in [
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
        assert_eq!(faults(&xml, elements), [""; 0], "{args}");
    }
}

#[test]
fn faults_are_found() {
    for (xml, expected) in [
        (
            "<testsuites><testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"0\"/></testsuites>",
            vec![],
        ),
        (
            "<testsuites><testcase name=\"a\"/></testsuites>",
            vec!["testcase in [\"testsuites\"]"],
        ),
        (
            "<testsuites line=\"1\"></testsuites>",
            vec!["testsuites with line"],
        ),
        ("<testsuites>", vec!["[\"testsuites\"] are not closed"]),
        ("<skipped/>", vec!["skipped in []"]),
    ] {
        assert_eq!(faults(xml, JUNIT), expected, "{xml}");
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
