//! `asl --help` groups the commands, and the help of each command has examples that parse.
//!
//! `UPDATE=1 cargo test help` writes the list of commands again.

use crate::completions::assert_fresh;
use aslkit::cli::command;
use clap::error::ErrorKind;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The groups of commands, in the order of the help. The most important commands come first.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "Most used commands",
        &["lint", "test", "simulate", "graph", "cost"],
    ),
    (
        "Understand a state machine",
        &["list", "shapes", "iam", "explain"],
    ),
    ("Try parts of it", &["test-state", "eval"]),
    (
        "Set up editors and shells",
        &["lsp", "schema", "completions", "help"],
    ),
];

/// A heading or a literal, as clap styles them.
fn styled(codes: &str, text: &str) -> String {
    format!("{codes}{text}\u{1b}[0m")
}

#[test]
fn the_commands_are_grouped() {
    let mut command = command();
    command.build();
    let visible: BTreeSet<_> = command
        .get_subcommands()
        .filter(|c| !c.is_hide_set())
        .map(clap::Command::get_name)
        .collect();
    let mut grouped = BTreeSet::new();
    let mut text = String::from("{about}\n\n{usage-heading} {usage}\n");
    for (heading, names) in GROUPS {
        writeln!(text, "\n{}", styled("\u{1b}[1m\u{1b}[4m", &format!("{heading}:"))).unwrap();
        for name in names.iter().filter(|name| visible.contains(**name)) {
            grouped.insert(*name);
            let about = command.find_subcommand(name).unwrap().get_about().unwrap();
            let about = if *name == "help" {
                "Print the help of a command".to_owned()
            } else {
                about.to_string()
            };
            let gap = " ".repeat(13 - name.len());
            writeln!(text, "  {}{gap}{about}", styled("\u{1b}[1m", name)).unwrap();
        }
    }
    writeln!(text, "\n{}", styled("\u{1b}[1m\u{1b}[4m", "Options:")).unwrap();
    text.push_str("{options}\n\nThe help of each command has examples: asl lint --help");
    assert_eq!(grouped, visible, "tests/integration/help.rs groups the commands");
    assert_fresh("src/cli/help.txt", &text);
}

#[test]
fn every_command_has_examples_that_parse() {
    let mut command = command();
    command.build();
    let names: Vec<_> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    for name in names.iter().filter(|name| *name != "help") {
        let help = command
            .find_subcommand_mut(name)
            .unwrap()
            .render_help()
            .to_string();
        let (_, examples) = help.split_once("Examples:\n").expect(name);
        let lines: Vec<_> = examples
            .lines()
            .filter_map(|line| line.strip_prefix("  asl "))
            .collect();
        assert!(!lines.is_empty(), "{name}");
        for line in lines {
            assert!(line.starts_with(name.as_str()), "{name}: {line}");
            assert_parses(&format!("asl {line}"));
        }
    }
}

/// Asserts that `asl` understands a command line as a document writes it for a shell.
pub(crate) fn assert_parses(line: &str) {
    let words = words(line);
    let result = command().try_get_matches_from(&words);
    let Err(error) = result else { return };
    let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    assert!(is_help, "{line}\n{error}");
}

/// The words of a command line up to a redirection, a pipe, or a comment: quotes are removed, and nothing is expanded.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '|' | '>' | '#' | '&' | ';') if word.is_none() => break,
            (None, '\\') => word.get_or_insert_default().extend(characters.next()),
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn command_lines_are_split_like_those_of_a_shell() {
    let cases = [
        ("asl lint a b", vec!["asl", "lint", "a", "b"]),
        (
            "asl eval '$.a b' --input \"x y\"",
            vec!["asl", "eval", "$.a b", "--input", "x y"],
        ),
        ("asl schema asl > file", vec!["asl", "schema", "asl"]),
        ("asl lint # all files", vec!["asl", "lint"]),
        ("asl lint a\\ b | less", vec!["asl", "lint", "a b"]),
    ];
    for (line, expected) in cases {
        assert_eq!(words(line), expected, "{line}");
    }
}
