//! README.md tells the truth: its examples are run, its table of rules is the registry's.
//!
//! `UPDATE=1 cargo test readme` writes the table again, `TRYCMD=overwrite cargo test readme` the examples.

use crate::completions::assert_fresh;
use aslkit::render::rules::{Format, RuleInfo};
use aslkit::render::style::Style;
use std::path::Path;

const BEGIN: &str = "<!-- rules -->\n";
const END: &str = "<!-- /rules -->\n";

#[test]
fn examples_print_what_is_written_down() {
    crate::cli::commands().case("README.md");
}

#[test]
fn the_table_of_rules_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let mut table = Vec::new();
    Format::Markdown
        .write_list(&RuleInfo::all(), Style::PLAIN, &mut table)
        .unwrap();
    let table = String::from_utf8(table).unwrap();
    assert_fresh("README.md", &format!("{before}{BEGIN}{table}{END}{after}"));
}

#[test]
fn every_rule_that_readme_names_exists() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(path).unwrap();
    for line in text
        .lines()
        .filter(|line| line.contains("asl-ignore:") || line.ends_with("= \"off\""))
    {
        let named = aslkit::lint::registry::rules()
            .iter()
            .any(|rule| line.contains(rule.name));
        assert!(named, "{line}");
    }
}
