//! Suites that `asl test` writes: new files, and cases that are appended to existing ones.

use crate::cli::{CliError, input, output, report, scaffold_file};
use crate::document::{Node, Syntax};
use crate::source::SourceFile;
use crate::suite::{self, Entry, Suite};
use crate::user_file;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The path of a file as the folder of a suite names it.
pub(super) fn relative(suite: &Path, file: &Path) -> String {
    let absolute = |path: &Path| {
        let known = std::fs::canonicalize(path);
        known.unwrap_or_else(|_| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
    };
    let folder = suite.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = absolute(folder.unwrap_or(Path::new(".")));
    let file = absolute(file);
    let common = folder
        .components()
        .zip(file.components())
        .take_while(|(a, b)| a == b)
        .count();
    if common <= 1 && folder.components().next() != file.components().next() {
        return file.display().to_string();
    }
    let up = folder
        .components()
        .skip(common)
        .map(|_| Component::ParentDir.as_os_str().to_owned());
    let down = file
        .components()
        .skip(common)
        .map(|part| part.as_os_str().to_owned());
    let path: PathBuf = up.chain(down).collect();
    path.display().to_string().replace('\\', "/")
}

/// Writes a new suite, which must not exist.
pub(super) fn create(path: &Path, suite: &Suite) -> Result<(), CliError> {
    scaffold_file::write(path, &suite::write(suite))
}

/// Appends cases to a suite, and leaves the rest of the file as it is.
pub(super) fn append(path: &Path, entries: &[Entry]) -> Result<(), CliError> {
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    let root = user_file::read(Arc::clone(&source), syntax)
        .map_err(|errors| report::invalid_file(&source, errors, "suite"))?;
    let Some(text) = appended(&source, syntax, &root, entries) else {
        return Err(
            CliError::new(format!("cannot append cases to `{}`", path.display()))
                .help("write `cases` as a block list, with each `-` on its own line, at the end of the file"),
        );
    };
    // What was written must be readable, and contain the new cases after the old ones.
    let check = Arc::new(SourceFile::new(source.name(), text.as_str()));
    let count = |root: &Node| {
        root.get("cases")
            .and_then(Node::as_array)
            .map_or(0, <[Node]>::len)
    };
    let read = user_file::read(Arc::clone(&check), syntax).and_then(|root| {
        suite::read(&root)?;
        Ok(count(&root))
    });
    match read {
        Ok(new) if new == count(&root) + entries.len() => {}
        Err(errors) => return Err(report::invalid_file(&check, errors, "suite")),
        Ok(_) => {
            return Err(
                CliError::new(format!("cannot append cases to `{}`", path.display()))
                    .help("put `cases` at the end of the file"),
            );
        }
    }
    std::fs::metadata(path)
        .ok()
        .filter(|metadata| !metadata.permissions().readonly())
        .ok_or_else(|| CliError::new(format!("cannot write `{}`: it is read-only", path.display())))?;
    replace(path, &text)
}

/// Replaces a file that was read, at once.
fn replace(path: &Path, text: &str) -> Result<(), CliError> {
    let mut out = output::replacing(path)?;
    out.write_all(text.as_bytes())?;
    out.finish()
}

fn appended(source: &SourceFile, syntax: Syntax, root: &Node, entries: &[Entry]) -> Option<String> {
    let text = source.text();
    let cases = root.get("cases")?;
    if syntax == Syntax::Json {
        return in_json(text, cases, entries);
    }
    let line_start = |offset: u32| text[..offset as usize].rfind('\n').map_or(0, |at| at + 1);
    let mut out = text.to_owned();
    match cases.as_array()? {
        [] => {
            // `cases: []`
            out.replace_range(cases.span.range(), "");
            let at = cases.span.start as usize;
            let head = out[..at].trim_end().len();
            out.replace_range(head..at, "\n");
            out.insert_str(head + 1, suite::write_entries(entries, 2).trim_end());
        }
        [first, ..] => {
            let start = line_start(first.span.start);
            let line = &text[start..];
            let indent = line.len() - line.trim_start_matches(' ').len();
            // A list in brackets, or with several cases in a line.
            if !line[indent..].starts_with("- ") {
                return None;
            }
            let last = cases.as_array()?.last()?;
            // Comments and empty lines after the last case stay where they are, before the new ones.
            let end = end_of_item(text, last.span.end as usize, indent);
            if out[..end].ends_with('\n') {
                out.insert_str(end, &suite::write_entries(entries, indent));
            } else {
                out.insert(end, '\n');
                out.insert_str(end + 1, &suite::write_entries(entries, indent));
            }
        }
    }
    Some(out)
}

/// The end of the lines of an item: before the next line that is indented like the key of the list.
fn end_of_item(text: &str, from: usize, indent: usize) -> usize {
    let mut end = text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
    if text[..from].ends_with('\n') {
        end = from;
    }
    let mut kept = end;
    for line in text[end..].split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        let inner = line.len() - line.trim_start_matches(' ').len();
        if !is_blank && (inner < indent || inner == indent && !line.trim_start().starts_with('#')) {
            break;
        }
        end += line.len();
        if !is_blank {
            kept = end;
        }
    }
    kept
}

/// Inserts cases before the bracket that closes the list.
fn in_json(text: &str, cases: &Node, entries: &[Entry]) -> Option<String> {
    let yaml = suite::write_entries(entries, 0);
    let source = Arc::new(SourceFile::new("cases", yaml));
    let root = user_file::read(source, Syntax::Yaml).ok()?;
    let items = root.as_array()?;
    let close = cases.span.end as usize - 1;
    let head = text[..close].trim_end();
    let mut out = head.to_owned();
    for (at, item) in items.iter().enumerate() {
        let has_one = at > 0 || cases.as_array().is_some_and(|cases| !cases.is_empty());
        out.push_str(if has_one { ",\n    " } else { "\n    " });
        let json = crate::asl::literal::value(item).to_json_pretty();
        out.push_str(&json.replace('\n', "\n    "));
    }
    out.push_str("\n  ");
    out.push_str(&text[close..]);
    Some(out)
}
