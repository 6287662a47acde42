//! What the readers answer for hostile files: fixtures/broken, one snapshot each.

use aslkit::cli::input;
use aslkit::document::{self, Document, Node, NodeKind};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(folder);
    let mut files: Vec<PathBuf> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|f| !f.ends_with("README.md"));
    files.sort();
    files
}

fn read(path: &Path) -> Result<Document, String> {
    let input = input::one(path, None).unwrap();
    let source = input.read().map_err(|trouble| trouble.to_string())?;
    let syntax = input.syntax(&source);
    Ok(document::read(source, syntax))
}

/// The faults with their lines, and the tree down to the states' names.
fn answer(path: &Path) -> String {
    let document = match read(path) {
        Ok(document) => document,
        Err(trouble) => return trouble.replace(&*path.to_string_lossy(), "<path>"),
    };
    let mut out = format!("whole: {}\n", document.is_whole);
    for root in &document.roots {
        out.push_str("tree: ");
        outline(root, 3, &mut out);
        out.push('\n');
    }
    let place = |offset| {
        let position = document.source.position(offset);
        format!("{}:{}", position.line, position.column)
    };
    for fault in &document.errors {
        let (start, end) = (place(fault.span.start), place(fault.span.end));
        write!(out, "{start}-{end} {:?}: {}", fault.kind, fault.message).unwrap();
        if let Some(first) = fault.first {
            write!(out, " (see {})", place(first.start)).unwrap();
        }
        writeln!(out, "\n    help: {}", fault.help.as_deref().unwrap_or("none")).unwrap();
    }
    out
}

fn outline(node: &Node, depth: usize, out: &mut String) {
    match &node.kind {
        NodeKind::Object(members) if depth > 0 => {
            out.push_str("{ ");
            for m in members {
                write!(out, "{:?}: ", m.key.as_str()).unwrap();
                outline(&m.value, depth - 1, out);
                out.push_str(", ");
            }
            out.push('}');
        }
        NodeKind::String(text) if text.len() < 80 => write!(out, "{:?}", text.as_str()).unwrap(),
        NodeKind::Number(number) => out.push_str(number),
        NodeKind::Array(items) => write!(out, "[{}]", items.len()).unwrap(),
        _ => out.push_str(node.kind_name()),
    }
}

#[test]
fn hostile_files_are_answered() {
    for file in files("broken") {
        let name = file.file_name().unwrap().to_string_lossy();
        insta::assert_snapshot!(format!("broken-{name}"), answer(&file));
    }
}

#[test]
fn reads_valid_definitions_completely() {
    for file in files("definitions") {
        let is_definition = file.to_string_lossy().contains(".asl.");
        if is_definition {
            let document = read(&file).unwrap();
            assert_eq!(
                (document.errors.as_slice(), document.roots.len()),
                (&[][..], 1),
                "{}",
                file.display()
            );
            assert!(document.is_whole);
        }
    }
}
