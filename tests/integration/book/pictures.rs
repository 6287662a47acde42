//! The pictures of the README, from what the commands print.

use crate::completions::assert_fresh;
use anstyle_svg::Term;
use std::process::Command;

/// What `asl` prints with these arguments.
fn output(arguments: &[&str]) -> String {
    let output = Command::new(trycmd::cargo::cargo_bin("asl"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .env("COLUMNS", "90")
        .env("LANG", "C.UTF-8")
        .env("TERM", "xterm-256color")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_picture_of_a_terminal_is_current() {
    let arguments = ["lint", "fixtures/cli/faults.asl.json"];
    let prompt = format!("\u{1b}[1m$ asl {}\u{1b}[0m\n", arguments.join(" "));
    let colored = output(&[&arguments[..], &["--color", "always"]].concat());
    let picture = Term::new().render_svg(&(prompt + colored.trim_end()));
    assert_fresh("docs/src/images/lint.svg", &picture);
}

#[test]
fn the_picture_of_a_graph_is_current() {
    let picture = output(&["graph", "fixtures/graph/old.asl.yaml", "--format", "svg"]);
    assert_fresh("docs/src/images/graph.svg", &picture);
}
