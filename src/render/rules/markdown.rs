//! The manual of a rule, and the list of rules, as Markdown: the list in README.md.

use super::info::{RuleInfo, families};
use std::io::{self, Write};

pub(super) fn manual(rule: &RuleInfo, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(rule.manual.as_bytes())
}

pub(super) fn list(rules: &[RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    for (index, (family, members)) in families(rules).into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(
            out,
            "### {family}\n\n| Rule | Severity | What it finds | AWS's code |\n|---|---|---|---|"
        )?;
        for rule in members {
            let code = rule.aws_code.map(|c| format!("`{c}`")).unwrap_or_default();
            let (name, severity, summary) = (rule.name, rule.severity.as_str(), cell(rule.summary));
            writeln!(out, "| `{name}` | {severity} | {summary} | {code} |")?;
        }
    }
    Ok(())
}
