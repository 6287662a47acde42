//! The documents in the root folder match the code: files that they name exist, and generated parts are current.
//!
//! `UPDATE=1 cargo test documents` regenerates the layers in ARCHITECTURE.md.

use crate::completions::assert_fresh;
use crate::layers::{FOUNDATION, TABLE};
use aslkit::expr::intrinsic::table;
use aslkit::lint::registry;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(path: &str) -> String {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    text.replace("\r\n", "\n")
}

/// All files in a folder of the repository, at any depth, as paths relative to the root with `/`.
pub(crate) fn files(folder: &str) -> Vec<String> {
    let mut folders = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(root()).unwrap();
                found.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// The Rust sources without files of tests, and the lines before the first `#[cfg(test)]` item with a body.
fn sources() -> Vec<(String, String)> {
    let is_test = |path: &str| {
        let stem = Path::new(path).file_stem().unwrap().to_str().unwrap();
        matches!(stem, "tests" | "proptests" | "truths" | "properties")
    };
    let mut sources = Vec::new();
    for path in files("src") {
        if Path::new(&path).extension().is_some_and(|e| e == "rs") && !is_test(&path) {
            let text = read(&path);
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            sources.push((path, code.to_owned()));
        }
    }
    sources
}

/// The paths that begin the numbered items below each heading "Add …" of CONTRIBUTING.md.
fn additions() -> Vec<(String, Vec<String>)> {
    let text = read("CONTRIBUTING.md");
    let sections = text.split("\n### Add ").skip(1);
    sections
        .map(|section| {
            let (heading, rest) = section.split_once('\n').unwrap();
            let body = rest.split("\n## ").next().unwrap();
            let paths = body.lines().filter_map(|line| {
                let (number, item) = line.split_once(". `")?;
                number.parse::<usize>().ok()?;
                Some(item.split_once('`')?.0.to_owned())
            });
            (heading.to_owned(), paths.collect())
        })
        .collect()
}

/// Whether a path is an instance of a pattern, in which `<…>` stands for a part of a name.
fn matches(pattern: &str, path: &str) -> bool {
    let mut fixed = pattern.split('<');
    let Some(mut rest) = path.strip_prefix(fixed.next().unwrap()) else {
        return false;
    };
    for part in fixed {
        let (_, literal) = part.split_once('>').unwrap();
        let end = rest.find('/').unwrap_or(rest.len());
        // A placeholder spans no folder, and the literal after it ends a name or begins with a slash.
        let Some(at) = rest
            .match_indices(literal)
            .map(|(at, _)| at)
            .find(|at| *at <= end)
        else {
            return false;
        };
        rest = &rest[at + literal.len()..];
    }
    rest.is_empty()
}

#[test]
fn each_addition_touches_few_files_and_they_exist() {
    let most = [
        ("a rule", 2),
        ("a state field", 3),
        ("an output format", 2),
        ("an integration", 2),
        ("a command", 4),
        ("a feature of the language server", 3),
        ("an intrinsic function", 1),
    ];
    let additions = additions();
    let existing: Vec<_> = ["src", "schemas"].into_iter().flat_map(files).collect();
    assert_eq!(additions.len(), most.len());
    for ((heading, paths), (expected, most)) in additions.iter().zip(most) {
        assert_eq!(heading, expected);
        assert!(
            (1..=most).contains(&paths.len()),
            "{heading}: {} files",
            paths.len()
        );
        for path in paths {
            let exists = existing.iter().any(|file| matches(path, file));
            assert!(exists, "{heading}: {path} does not exist");
        }
    }
}

#[test]
fn a_rule_is_named_in_its_own_file_and_listed_in_its_family() {
    let sources = sources();
    let rules: BTreeSet<_> = registry::rules().iter().map(|rule| rule.name).collect();
    assert!(!rules.is_empty());
    for rule in rules {
        let stem = rule.replace('-', "_");
        let declared: Vec<_> = sources
            .iter()
            .filter(|(_, text)| text.contains(&format!("name: \"{rule}\"")))
            .collect();
        let [(file, _)] = declared.as_slice() else {
            panic!("{rule} is declared in {} files", declared.len());
        };
        let (folder, name) = file.rsplit_once('/').unwrap();
        assert_eq!(name, format!("{stem}.rs"));
        let listing = read(&format!("{folder}.rs"));
        let lines = listing.lines().filter(|line| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == stem)
        });
        assert_eq!(lines.count(), 1, "{rule} in {folder}.rs");
    }
}

#[test]
fn an_intrinsic_function_is_declared_in_one_file() {
    let sources = sources();
    for function in table::all() {
        let literal = format!("\"{}\"", function.name);
        let files = sources.iter().filter(|(path, text)| {
            // A rule may be about one function, and Format prints the result of StringToJson differently.
            let may_name =
                path.starts_with("src/lint/rules/expressions") || path.ends_with("intrinsic/eval.rs");
            !may_name && text.contains(&literal)
        });
        let files: Vec<_> = files.map(|(path, _)| path).collect();
        assert_eq!(files.len(), 1, "{}: {files:?}", function.name);
    }
}

#[test]
fn links_between_documents_are_not_broken() {
    let documents = root().read_dir().unwrap().map(|entry| entry.unwrap().path());
    for document in documents.filter(|path| path.extension().is_some_and(|e| e == "md")) {
        let text = std::fs::read_to_string(&document).unwrap();
        for (at, _) in text.match_indices("](") {
            let link = text[at + 2..].split([')', '#']).next().unwrap();
            let is_local = !link.is_empty() && !link.contains("://");
            assert!(
                !is_local || root().join(link).exists(),
                "{}: {link}",
                document.display()
            );
        }
    }
}

#[test]
fn the_architecture_describes_every_module() {
    let text = read("ARCHITECTURE.md");
    let section = text.split("\n## ").find(|s| s.starts_with("Modules")).unwrap();
    let described: BTreeSet<_> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .flat_map(|line| line.split(" | ").next().unwrap().split(", "))
        .map(|name| name.trim_matches('`'))
        .collect();
    let modules: BTreeSet<_> = TABLE.iter().map(|(module, _)| *module).collect();
    assert_eq!(described, modules);
}

const BEGIN: &str = "<!-- layers -->\n";
const END: &str = "<!-- /layers -->\n";

#[test]
fn the_drawing_of_imports_is_current() {
    let text = read("ARCHITECTURE.md");
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let drawing = drawing();
    assert_fresh(
        "ARCHITECTURE.md",
        &format!("{before}{BEGIN}{drawing}{END}{after}"),
    );
}

/// The table of `layers` as a diagram and as a table in Markdown.
fn drawing() -> String {
    let rows: Vec<_> = TABLE
        .iter()
        .filter(|(module, _)| !FOUNDATION.contains(module))
        .collect();
    let mut out = String::from("```mermaid\nflowchart TD\n");
    for (module, imports) in &rows {
        let direct = imports.iter().filter(|import| {
            let mut others = imports.iter().filter(|other| other != import);
            !others.any(|other| reaches(other, import))
        });
        for import in direct {
            writeln!(out, "    {module} --> {import}").unwrap();
        }
    }
    out.push_str("```\n\n| module | may import |\n|---|---|\n");
    let foundation: Vec<_> = FOUNDATION.iter().map(|module| format!("`{module}`")).collect();
    writeln!(out, "| every module | {} |", foundation.join(", ")).unwrap();
    for (i, (module, imports)) in rows.iter().enumerate() {
        let above = rows[..i].iter().map(|(above, _)| above);
        let list = if i > 0
            && above.clone().count() == imports.len()
            && above.clone().all(|a| imports.contains(a))
        {
            "all modules above".to_owned()
        } else if imports.is_empty() {
            "nothing else".to_owned()
        } else {
            let names: Vec<_> = imports.iter().map(|import| format!("`{import}`")).collect();
            names.join(", ")
        };
        writeln!(out, "| `{module}` | {list} |").unwrap();
    }
    out
}

/// Whether a module may import another, directly or through others.
fn reaches(from: &str, to: &str) -> bool {
    let row = TABLE.iter().find(|(module, _)| *module == from);
    let imports = row.map_or(&[][..], |(_, imports)| imports);
    imports.iter().any(|import| *import == to || reaches(import, to))
}

/// Phrases that are typical of the riddles that CONTRIBUTING.md warns of.
fn is_riddle(line: &str) -> bool {
    let phrases = [
        "taken for",
        "as far as",
        "whoever",
        "lies where",
        "to pay less",
        "a slip of",
    ];
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = line.split(|c| !word(c)).filter(|w| !w.is_empty());
    let is_no = line.match_indices("is no ").any(|(at, phrase)| {
        let mut rest = line[at + phrase.len()..].splitn(3, ' ');
        let noun = rest.next().unwrap_or_default();
        let place = rest.next().unwrap_or_default();
        !noun.is_empty()
            && noun.chars().all(|c| c.is_ascii_lowercase())
            && (place.starts_with("here") || place.starts_with("there"))
    });
    is_no || words.any(|w| w == "stands") || phrases.iter().any(|phrase| line.contains(phrase))
}

#[test]
fn texts_follow_the_wording_rules() {
    let mut paths: Vec<PathBuf> = vec![root().join("README.md")];
    paths.extend(
        files("src")
            .into_iter()
            .map(|path| root().join(path))
            .filter(|path| !path.components().any(|c| c.as_os_str() == "data")),
    );
    let mut riddles = Vec::new();
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        for (i, line) in text.lines().enumerate() {
            if is_riddle(line) {
                riddles.push(format!("{}:{}: {}", path.display(), i + 1, line.trim()));
            }
        }
    }
    assert!(
        riddles.len() <= 10,
        "{} lines:\n{}",
        riddles.len(),
        riddles.join("\n")
    );
}
