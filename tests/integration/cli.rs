//! The whole command line: folders of arguments, standard input, output, errors and exit codes.
//!
//! `TRYCMD=overwrite cargo test cli` writes down what the commands print today.

use std::ffi::OsStr;
use std::fs;

/// Runs `asl` in an environment that is the same everywhere.
pub(crate) fn commands() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("asl", trycmd::cargo::cargo_bin("asl"))
        .env("NO_COLOR", "")
        .env("COLUMNS", "100")
        .env("LANG", "C.UTF-8")
        .env("LC_ALL", "")
        .env("CI", "");
    cases
}

#[test]
fn commands_print_the_expected_output() {
    commands().case("tests/cmd/*/*.trycmd").case("tests/cmd/*/*.toml");
}

/// The command lines of all cases, without `asl`.
fn command_lines() -> Vec<String> {
    let mut lines = Vec::new();
    for folder in fs::read_dir("tests/cmd").unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let extension = path.extension().and_then(OsStr::to_str);
            if !path.is_file() || !matches!(extension, Some("trycmd" | "toml")) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let console = text.lines().filter_map(|line| line.strip_prefix("$ asl "));
            lines.extend(console.map(str::to_owned));
            let args = text.lines().filter_map(|line| line.strip_prefix("args = "));
            lines.extend(args.map(|args| args.replace(['"', ',', '[', ']'], "")));
        }
    }
    lines
}

#[test]
fn every_flag_has_a_case() {
    let lines = command_lines();
    let mut command = aslkit::cli::command();
    command.build();
    let mut without = Vec::new();
    for subcommand in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let name = subcommand.get_name();
        for arg in subcommand.get_arguments() {
            let Some(long) = arg.get_long() else { continue };
            if arg.is_hide_set() || arg.is_global_set() || long == "help" {
                continue;
            }
            let is_flag = |word: &str| {
                let word = word.split('=').next().unwrap_or_default();
                word.strip_prefix("--") == Some(long)
                    || arg.get_short().is_some_and(|short| word == format!("-{short}"))
            };
            let shows = |line: &String| {
                let mut words = line.split_whitespace();
                words.next() == Some(name) && words.any(is_flag)
            };
            if !lines.iter().any(shows) {
                without.push(format!("asl {name} --{long}"));
            }
        }
    }
    assert!(
        without.is_empty(),
        "add cases to tests/cmd:\n{}",
        without.join("\n")
    );
}
