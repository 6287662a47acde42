//! README.md tells the truth: its examples are run.
//!
//! `TRYCMD=overwrite cargo test readme` writes what the commands print.

#[test]
fn examples_print_what_is_written_down() {
    crate::cli::commands().case("README.md");
}
