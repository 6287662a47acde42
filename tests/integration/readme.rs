//! README.md tells the truth: its examples are run.
//!
//! `TRYCMD=overwrite cargo test readme` writes what the commands print.

#[test]
fn examples_print_the_expected_output() {
    crate::cli::commands().case("README.md");
}
