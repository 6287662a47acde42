//! The book in `docs/`: its command lines are run, its links work, and its generated parts are current.
//!
//! `UPDATE=1 cargo test book` writes the pages of rules, the table of figures, and the pictures; `TRYCMD=overwrite cargo test
//! book` writes what the commands print.

mod figures;
mod pictures;
mod rule_pages;

use crate::documents::{files, read, root};
use crate::help::assert_parses;
use std::collections::BTreeSet;
use std::path::Path;

/// The pages of the book, as paths from the root folder.
fn pages() -> Vec<String> {
    let mut pages = files("docs/src");
    pages.retain(|path| is_markdown(path));
    pages
}

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == "md")
}

#[test]
fn examples_print_the_expected_output() {
    crate::cli::commands()
        .case("docs/src/*.md")
        .case("docs/src/commands/*.md");
}

/// The code blocks of a page, each with its language, and the code spans outside of them.
fn code(text: &str) -> (Vec<(&str, String)>, Vec<&str>) {
    let (mut blocks, mut spans) = (Vec::new(), Vec::new());
    let mut open: Option<(&str, String)> = None;
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix("```");
        match (&mut open, fence) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, Some(language)) => open = Some((language.trim(), String::new())),
            (None, None) => spans.extend(line.split('`').skip(1).step_by(2)),
        }
    }
    (blocks, spans)
}

/// The command line of `asl` in a line of a script or of a CI configuration.
fn command_line(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches("- ").trim_start_matches("run: ");
    let starts = [
        "asl ",
        "$ asl ",
        "npx aslkit ",
        "uvx --from aslkit asl ",
        "cargo run --release -- ",
        "entry: asl ",
    ];
    let start = starts.iter().find(|start| line.starts_with(**start))?;
    let rest = line[start.len()..].trim_end_matches(['\\', '"', '\'']);
    Some(format!("asl {rest}"))
}

/// Whether a word of a command line stands for something: `FILE`, `<name>`, `…`.
fn has_placeholder(line: &str) -> bool {
    let is_name = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase() || c == ':');
    line.contains(['…', '<', '[']) || line.split([' ', '=']).any(is_name)
}

#[test]
fn every_command_line_parses() {
    let documents = [
        "README.md",
        "AGENTS.md",
        "CONTRIBUTING.md",
        "packaging/description.md",
    ];
    for path in pages().into_iter().chain(documents.map(str::to_owned)) {
        let text = read(&path);
        let (blocks, spans) = code(&text);
        let lines = blocks.iter().flat_map(|(language, block)| {
            let is_script = ["sh", "yaml"].contains(language);
            let is_console = *language == "console";
            block
                .lines()
                .filter(move |line| is_script || is_console && line.starts_with("$ "))
        });
        for line in lines.filter_map(command_line) {
            if !has_placeholder(&line) && !has_unfinished_quote(&line) {
                assert_parses(&line);
            }
        }
        for span in spans {
            let is_command = command_line(span).is_some_and(|line| line == span);
            if is_command && !has_placeholder(span) {
                assert_names_what_exists(&path, span);
            }
        }
    }
}

/// Whether a quoted word continues on the next line.
fn has_unfinished_quote(line: &str) -> bool {
    line.matches('\'').count() % 2 == 1
}

/// Asserts that the command and the flags that a sentence names exist. Required arguments may be missing.
fn assert_names_what_exists(path: &str, line: &str) {
    let mut command = aslkit::cli::command();
    command.build();
    let mut words = line.split_whitespace().skip(1);
    let Some(name) = words.next().filter(|name| !name.starts_with('-')) else {
        return;
    };
    let found = command.find_subcommand(name);
    let found = found.unwrap_or_else(|| panic!("{path}: `{line}`: no command `{name}`"));
    for flag in words.filter_map(|word| word.strip_prefix("--")) {
        let flag = flag.split('=').next().unwrap();
        let exists = found.get_arguments().any(|arg| {
            let aliases = arg.get_all_aliases().unwrap_or_default();
            arg.get_long() == Some(flag) || aliases.contains(&flag)
        });
        assert!(exists, "{path}: `{line}`: no flag --{flag}");
    }
}

#[test]
fn links_lead_to_pages_and_headings() {
    for path in pages() {
        let text = read(&path);
        let folder = Path::new(&path).parent().unwrap();
        for (at, _) in text.match_indices("](") {
            let link = text[at + 2..].split(')').next().unwrap();
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            if link.contains("://") || link.contains('\n') {
                continue;
            }
            let target = if file.is_empty() {
                root().join(&path)
            } else {
                root().join(folder).join(file)
            };
            assert!(target.exists(), "{path}: {link}");
            if !heading.is_empty() {
                let text = std::fs::read_to_string(target).unwrap();
                let exists = text.lines().any(|line| anchor(line).as_deref() == Some(heading));
                assert!(exists, "{path}: no heading #{heading}");
            }
        }
    }
}

/// The anchor of a heading.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim();
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    Some(kept.collect::<String>().to_lowercase().replace(' ', "-"))
}

#[test]
fn the_summary_lists_every_page_and_every_command_has_one() {
    let summary = read("docs/src/SUMMARY.md");
    let mut listed = BTreeSet::new();
    for rest in summary.split("](").skip(1) {
        let page = format!("docs/src/{}", rest.split(')').next().unwrap());
        assert!(listed.insert(page.clone()), "{page} is listed twice");
    }
    let mut existing: BTreeSet<_> = pages().into_iter().collect();
    existing.remove("docs/src/SUMMARY.md");
    assert_eq!(listed, existing);
    let mut command = aslkit::cli::command();
    command.build();
    for command in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let name = command.get_name();
        let page = format!("docs/src/commands/{name}.md");
        assert!(
            name == "help" || existing.contains(&page),
            "{page} does not exist"
        );
    }
}

#[test]
fn readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(lines <= 200, "README.md has {lines} lines");
}
