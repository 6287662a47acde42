//! The pages of the rules: one per family, and the list of all.

use crate::completions::assert_fresh;
use crate::documents::read;
use aslkit::render::rules::{Format, RuleInfo};
use aslkit::render::style::Style;
use std::fmt::Write;

/// A family with its rules, in the order of the registry.
fn families() -> Vec<(&'static str, Vec<RuleInfo>)> {
    let mut families: Vec<(&str, Vec<RuleInfo>)> = Vec::new();
    for rule in RuleInfo::all() {
        match families.iter_mut().find(|(name, _)| *name == rule.family) {
            Some((_, rules)) => rules.push(rule),
            None => families.push((rule.family, vec![rule])),
        }
    }
    families
}

fn file_name(family: &str) -> String {
    family.to_lowercase().replace(' ', "-") + ".md"
}

/// A manual as a section: its headings are two levels lower, and its lines have no margin.
fn section(rule: &RuleInfo) -> String {
    let mut text = format!("## {}\n\n", rule.name);
    let code = rule.aws_code.map(|code| format!(" AWS reports it as `{code}`."));
    writeln!(
        text,
        "Severity: {}.{}\n",
        rule.severity.as_str(),
        code.unwrap_or_default()
    )
    .unwrap();
    let mut is_code = false;
    for line in rule.manual.trim_end().lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        is_code ^= line.trim_start().starts_with("```");
        if line.starts_with("## ") && !is_code {
            text.push('#');
        }
        writeln!(text, "{line}").unwrap();
    }
    text
}

#[test]
fn every_family_has_a_current_page() {
    for (family, rules) in families() {
        let mut page = format!("<!-- Generated from the manuals of the rules. -->\n\n# {family}\n");
        for rule in rules {
            write!(page, "\n{}", section(&rule)).unwrap();
        }
        assert_fresh(&format!("docs/src/rules/{}", file_name(family)), &page);
    }
}

#[test]
fn the_list_of_rules_is_current() {
    let mut table = Vec::new();
    Format::Markdown
        .write_list(&RuleInfo::all(), Style::PLAIN, &mut table)
        .unwrap();
    let mut table = String::from_utf8(table).unwrap();
    for (family, rules) in families() {
        let file = file_name(family);
        for rule in rules {
            let name = rule.name;
            table = table.replace(
                &format!("| `{name}` |"),
                &format!("| [`{name}`]({file}#{name}) |"),
            );
        }
    }
    let page = format!(
        "<!-- Generated from the manuals of the rules. -->\n\n# Rules\n\n\
         `asl explain RULE` prints the manual of a rule. [Configuration](../configuration.md) describes how to change the\n\
         severity of a rule, and how to disable it in one place.\n\n\
         Severities: an **error** is something that AWS rejects, or that must fail at run time. A **warning** is probably a\n\
         mistake. **Info** is advice.\n\n{}",
        table.replace("### ", "## ")
    );
    assert_fresh("docs/src/rules/index.md", &page);
}

#[test]
fn the_summary_lists_the_families() {
    const BEGIN: &str = "<!-- families -->\n";
    const END: &str = "<!-- /families -->\n";
    let summary = read("docs/src/SUMMARY.md");
    let (before, rest) = summary.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let mut list = String::new();
    for (family, _) in families() {
        writeln!(list, "  - [{family}](rules/{})", file_name(family)).unwrap();
    }
    assert_fresh(
        "docs/src/SUMMARY.md",
        &format!("{before}{BEGIN}{list}{END}{after}"),
    );
}
