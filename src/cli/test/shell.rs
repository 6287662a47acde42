//! Commands to paste into a shell.

use super::args::Args;
use crate::suite::Filter;
use std::path::Path;

/// The command that runs one case alone.
pub(super) fn rerun(args: &Args, suite: &Path, case: &str) -> String {
    let mut command = format!("asl test {}", quoted(&suite.display().to_string()));
    for machine in &args.mock_machine {
        push_fmt!(command, " --mock-machine {}", quoted(machine));
    }
    if let Some(input) = &args.input {
        push_fmt!(command, " --input {}", quoted(input));
    }
    if let Some(config) = &args.config {
        push_fmt!(command, " --config {}", quoted(&config.display().to_string()));
    }
    if args.no_config {
        command.push_str(" --no-config");
    }
    push_fmt!(command, " -E {}", quoted(&Filter::exact_name(case)));
    command
}

/// A word of a command line of a POSIX shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '=' | '@' | '%' | '+')
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_where_needed() {
        for (word, expected) in [
            ("a/b.yaml", "a/b.yaml"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
