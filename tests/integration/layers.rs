//! Which modules may import which: the table of the design, and the rules for single files.

mod cycles;
mod imports;

use imports::{Import, Sources};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The modules that every other may import; they import nothing themselves.
pub(crate) const FOUNDATION: &[&str] = &["spec", "prose"];

/// Each module with the modules it may import besides the foundation. Amend table and reason together.
pub(crate) const TABLE: &[(&str, &[&str])] = &[
    ("spec", &[]),
    ("prose", &[]),
    ("push_fmt", &[]),
    ("isolation", &[]),
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("document", &["source", "diagnostic"]),
    ("edit", &["source", "diagnostic", "document"]),
    ("template", &["source", "diagnostic", "document", "aws"]),
    ("value", &[]),
    ("expr", &["source", "value"]),
    ("asl", &["source", "diagnostic", "document", "value", "expr"]),
    ("aws", &[]),
    ("history", &["source", "diagnostic", "document", "value"]),
    // Texts only: the schema of a file belongs to the module that reads the file, and `asl schema` prints all of them.
    ("schemas", &[]),
    // Below every module that has a file of the user's to read.
    ("user_file", &["source", "diagnostic", "document"]),
    // Lint, samples, and the generator of tests ask which values take which rule of a Choice.
    ("decision", &["source", "document", "value", "expr", "asl"]),
    (
        "shape",
        &["source", "document", "value", "expr", "asl", "aws", "decision"],
    ),
    (
        "lint",
        &[
            "source",
            "diagnostic",
            "document",
            "edit",
            "template",
            "value",
            "expr",
            "asl",
            "aws",
            "shape",
            "decision",
            "iam",
        ],
    ),
    ("fix", &["source", "diagnostic", "template"]),
    // Its language server is a set of functions over documents; files and settings come from cli.
    (
        "lsp",
        &[
            "isolation",
            "source",
            "diagnostic",
            "document",
            "template",
            "value",
            "expr",
            "asl",
            "aws",
            "shape",
            "lint",
            "edit",
            "fix",
            "schemas",
        ],
    ),
    // Below lint, whose rules check roles.
    (
        "iam",
        &[
            "source", "document", "template", "value", "expr", "asl", "aws", "shape",
        ],
    ),
    ("graph", &["asl", "history", "diagnostic"]),
    (
        "simulate",
        &[
            "source",
            "diagnostic",
            "document",
            "value",
            "expr",
            "asl",
            "aws",
            "shape",
            "history",
            "user_file",
        ],
    ),
    // Tests of executions: what a suite contains, and whether an execution is as expected. The command reads the files.
    (
        "suite",
        &[
            "source",
            "diagnostic",
            "document",
            "value",
            "expr",
            "asl",
            "history",
            "simulate",
            "user_file",
        ],
    ),
    (
        "coverage",
        &[
            "source", "document", "value", "asl", "history", "shape", "decision", "simulate",
        ],
    ),
    (
        "cost",
        &[
            "source",
            "diagnostic",
            "document",
            "asl",
            "aws",
            "history",
            "user_file",
            "schemas",
        ],
    ),
    (
        "config",
        &["source", "diagnostic", "document", "lint", "user_file"],
    ),
    (
        "generate",
        &[
            "source", "document", "value", "expr", "asl", "history", "shape", "decision", "simulate",
            "coverage",
        ],
    ),
    // Every data module, never cli.
    (
        "render",
        &[
            "source",
            "diagnostic",
            "document",
            "template",
            "value",
            "expr",
            "asl",
            "aws",
            "shape",
            "history",
            "iam",
            "lint",
            "graph",
            "simulate",
            "coverage",
            "suite",
            "cost",
            "config",
            "user_file",
        ],
    ),
    // The library's interface: one operation after another on a text, without files and output formats.
    (
        "api",
        &[
            "source",
            "diagnostic",
            "document",
            "template",
            "value",
            "expr",
            "asl",
            "aws",
            "history",
            "lint",
            "simulate",
            "cost",
            "user_file",
        ],
    ),
    // The only place where two of lint, graph, simulate and cost meet.
    (
        "cli",
        &[
            "source",
            "diagnostic",
            "document",
            "template",
            "value",
            "expr",
            "asl",
            "aws",
            "history",
            "iam",
            "lint",
            "fix",
            "graph",
            "simulate",
            "suite",
            "cost",
            "config",
            "render",
            "user_file",
            "shape",
            "coverage",
            "generate",
            "schemas",
            "isolation",
            "lsp",
        ],
    ),
];

#[test]
fn imports_follow_the_table() {
    let table: BTreeMap<_, _> = TABLE.iter().copied().collect();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for file in rust_files(&src) {
        let module = module_of(&src, &file);
        if matches!(module.as_str(), "main" | "lib") {
            continue;
        }
        let allowed = table
            .get(module.as_str())
            .unwrap_or_else(|| panic!("the table has no row for `{module}`"));
        let foundation = if FOUNDATION.contains(&module.as_str()) {
            &[]
        } else {
            FOUNDATION
        };
        let text = std::fs::read_to_string(&file).unwrap();
        for (line, imported) in imports(&text) {
            if imported != module && !allowed.contains(&imported) && !foundation.contains(&imported) {
                faults.push(format!("{}:{line}: {module} imports {imported}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_have_meaningful_names_and_at_most_600_lines() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in rust_files(&src) {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        assert!(
            !matches!(stem, "mod" | "utils" | "util" | "helpers" | "common" | "misc"),
            "{}",
            file.display()
        );
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        // A table of data may be as long as its data.
        assert!(
            lines <= 600 || stem == "table",
            "{} has {lines} lines: is there a second concept in it?",
            file.display()
        );
    }
}

#[test]
fn no_files_import_each_other_in_a_cycle() {
    let imports = imports_of_files();
    let edges = imports.iter().map(|i| (name(&i.from), name(&i.to)));
    let mut faults = Vec::new();
    for cycle in cycles::cycles(edges) {
        let inside = |i: &&Import| cycle.contains(&name(&i.from)) && cycle.contains(&name(&i.to));
        let edges: Vec<_> = imports.iter().filter(inside).map(describe).collect();
        faults.push(format!(
            "{} files import each other:\n  {}",
            cycle.len(),
            edges.join("\n  ")
        ));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_imports_items_of_its_parent_module() {
    let imports = imports_of_files();
    let from_above = |i: &&Import| i.from.starts_with(&i.to);
    let faults: Vec<_> = imports.iter().filter(from_above).map(describe).collect();
    assert!(
        faults.is_empty(),
        "move what is imported to a child module, and re-export it:\n{}",
        faults.join("\n")
    );
}

#[test]
fn every_file_is_declared_as_a_module() {
    let undeclared: Vec<_> = sources().undeclared.iter().map(|module| name(module)).collect();
    assert!(undeclared.is_empty(), "never compiled: {undeclared:?}");
}

fn sources() -> &'static Sources {
    static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        Sources::read(&src, &rust_files(&src))
    });
    &SOURCES
}

fn imports_of_files() -> &'static [Import] {
    static IMPORTS: LazyLock<Vec<Import>> = LazyLock::new(|| sources().imports());
    &IMPORTS
}

/// `lint::rules`; `lib` for the root.
fn name(module: &[String]) -> String {
    if module.is_empty() {
        "lib".to_owned()
    } else {
        module.join("::")
    }
}

fn describe(import: &Import) -> String {
    format!(
        "{}:{} imports `{}` from {}",
        name(&import.from),
        import.line,
        import.path,
        name(&import.to)
    )
}

/// Every `crate::module` of a text, with its line: in `use` and in paths alike.
fn imports(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().flat_map(|(i, line)| {
        let code = line.split("//").next().unwrap_or(line);
        code.match_indices("crate::").filter_map(move |(at, mark)| {
            let rest = &code[at + mark.len()..];
            let name = &rest[..rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
                .unwrap_or(rest.len())];
            (!name.is_empty()).then_some((i + 1, name))
        })
    })
}

fn module_of(src: &Path, file: &Path) -> String {
    let first = file.strip_prefix(src).unwrap().components().next().unwrap();
    Path::new(first.as_os_str())
        .with_extension("")
        .to_str()
        .unwrap()
        .to_owned()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}
