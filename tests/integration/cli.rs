//! The whole command line: folders of arguments, standard input, output, errors and exit codes.
//!
//! `TRYCMD=overwrite cargo test cli` writes down what the commands print today.

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
