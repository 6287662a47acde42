//! Constants of AWS and of the language are defined in `spec` only: their values occur nowhere else in the sources.

use aslkit::spec::{QueryLanguage, StateType, WorkflowType, error_name, intrinsic, map_mode, quota};
use std::fmt::Write as _;
use std::path::Path;

/// Files in which a value means something else.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "simulate/state/map/reader.rs",
    "STANDARD",
    "a storage class of S3",
)];

/// State types whose names are not also names of fields in the context object, as `Map` and `Task` are, of families of
/// rules, or of history events.
const STATE_TYPES: [StateType; 5] = [
    StateType::Wait,
    StateType::Pass,
    StateType::Succeed,
    StateType::Fail,
    StateType::Parallel,
];

/// The strings that may not occur as a whole literal.
fn words() -> Vec<&'static str> {
    let errors = error_name::RESERVED.iter().map(|reserved| reserved.name);
    let prefixes = [
        error_name::HTTP_PREFIX,
        error_name::HTTP_STATUS_PREFIX,
        intrinsic::PREFIX,
    ];
    let languages = [QueryLanguage::JsonPath, QueryLanguage::Jsonata].map(QueryLanguage::as_str);
    let types = WorkflowType::ALL.map(WorkflowType::as_str);
    errors
        .chain(prefixes)
        .chain(languages)
        .chain(types)
        .chain(STATE_TYPES.map(StateType::as_str))
        .chain([map_mode::DISTRIBUTED])
        .collect()
}

/// The quotas that are not round numbers.
fn numbers() -> Vec<String> {
    [
        quota::DEFINITION_BYTES as u64,
        quota::PAYLOAD_BYTES as u64,
        quota::CAUSE_CHARACTERS as u64,
        quota::HISTORY_EVENTS.into(),
        quota::SECONDS_MAX.into(),
        quota::STANDARD_SECONDS.into(),
        quota::WAIT_SECONDS.unsigned_abs(),
    ]
    .map(|quota| quota.to_string())
    .to_vec()
}

fn sources(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The code of a file: without comments, and without its tests, which come last.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..tests].lines().enumerate();
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn has_number(line: &str, number: &str) -> bool {
    let tokens = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    tokens.map(|token| token.replace('_', "")).any(|token| {
        token
            .strip_prefix(number)
            .is_some_and(|suffix| !suffix.starts_with(|c: char| c.is_ascii_digit()))
    })
}

#[test]
fn constants_are_defined_in_spec_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (words, numbers) = (words(), numbers());
    let mut found = String::new();
    for file in files {
        let name = file
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        if name.starts_with("spec") || name.ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for (i, line) in code(&text) {
            let word = words.iter().find(|word| line.contains(&format!("\"{word}\"")));
            let number = numbers.iter().find(|number| has_number(line, number));
            let value = word.copied().or(number.map(String::as_str));
            let is_exception = |value: &str| {
                EXCEPTIONS
                    .iter()
                    .any(|(file, known, _)| *file == name && *known == value)
            };
            if let Some(value) = value.filter(|value| !is_exception(value)) {
                writeln!(found, "src/{name}:{}: {value}", i + 1).unwrap();
            }
        }
    }
    assert!(found.is_empty(), "use the constant of `spec`:\n{found}");
}
