//! The whole command line: folders of arguments, standard input, output, errors and exit codes.
//!
//! `TRYCMD=overwrite cargo test cli` writes down what the commands print today.

#[test]
fn commands_print_what_is_written_down() {
    trycmd::TestCases::new()
        .register_bin("asl", trycmd::cargo::cargo_bin("asl"))
        .env("NO_COLOR", "")
        .env("COLUMNS", "100")
        .env("LANG", "C.UTF-8")
        .env("LC_ALL", "")
        .case("tests/cmd/*/*.trycmd")
        .case("tests/cmd/*/*.toml");
}
