//! The manual of a rule, and the list of rules, for a terminal.

use super::info::{RuleInfo, families};
use crate::lint::FixKind;
use crate::render::style::Style;
use std::io::{self, Write};

pub(super) fn manual(rule: &RuleInfo, style: Style, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{}  {}",
        style.bold(rule.name),
        style.severity(rule.severity, rule.severity.as_str())
    )?;
    write!(out, "  {}", rule.family)?;
    if let Some(code) = rule.aws_code {
        write!(out, "  (AWS: {code})")?;
    }
    writeln!(out, "\n{}\n", rule.summary)?;
    let fixes = match rule.fixes {
        FixKind::None => None,
        FixKind::Safe => Some("a safe fix, which `asl lint --fix` applies"),
        FixKind::Unsafe => Some("an unsafe fix, which `asl lint --unsafe-fixes` applies"),
        FixKind::Either => Some("a fix; `asl lint --fix` applies the safe ones, `--unsafe-fixes` all"),
    };
    if let Some(fixes) = fixes {
        writeln!(out, "Findings may have {fixes}.\n")?;
    }
    let mut in_code = false;
    for line in rule.manual.trim().lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            let text = format!("    {line}");
            writeln!(out, "{}", text.trim_end())?;
        } else if let Some(heading) = line.strip_prefix('#') {
            writeln!(out, "{}", style.bold(heading.trim_start_matches('#').trim()))?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

pub(super) fn list(rules: &[RuleInfo], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|r| r.name.len()).max().unwrap_or(0);
    for (family, members) in families(rules) {
        writeln!(out, "{}", style.bold(family))?;
        for rule in members {
            // Padded before it is colored, since escape codes count in a string but not on the screen.
            let severity = style.severity(rule.severity, &format!("{:<7}", rule.severity.as_str()));
            writeln!(out, "  {:<width$}  {severity}  {}", rule.name, rule.summary)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "Run `asl explain RULE` for details of a rule.")
}
