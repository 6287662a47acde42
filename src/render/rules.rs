//! Documentation of the rules: the manual of one, the list of all, and the table in README.md.

use crate::diagnostic::Severity;
use crate::lint::{AwsCode, Rule, registry};
use crate::render::style::Style;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The description of a rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleInfo {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// The family it is listed under.
    pub family: &'static str,
    /// Its default severity.
    pub severity: Severity,
    /// Its summary, one sentence.
    pub summary: &'static str,
    /// Its manual in Markdown.
    pub manual: &'static str,
    /// The code under which AWS reports the same problem.
    pub aws_code: Option<&'static str>,
}

impl RuleInfo {
    /// The descriptions of all rules.
    pub fn all() -> Vec<Self> {
        registry::rules().iter().copied().map(Self::from).collect()
    }
}

impl From<&'static Rule> for RuleInfo {
    fn from(rule: &'static Rule) -> Self {
        Self {
            name: rule.name,
            family: rule.family.as_str(),
            severity: rule.severity,
            summary: rule.summary(),
            manual: rule.manual,
            aws_code: rule
                .aws
                .map(|(AwsCode::Refused(code) | AwsCode::Warned(code))| code),
        }
    }
}

/// The output formats of `asl explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text for a terminal
    Text,
    /// JSON
    Json,
    /// Markdown
    Markdown,
}

impl Format {
    /// Writes the manual of one rule.
    pub fn write_manual(self, rule: &RuleInfo, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => manual(rule, style, out),
            Self::Json => manual_json(rule, out),
            Self::Markdown => out.write_all(rule.manual.as_bytes()),
        }
    }

    /// Writes the list of rules, by family.
    pub fn write_list(self, rules: &[RuleInfo], style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => list(rules, style, out),
            Self::Json => list_json(rules, out),
            Self::Markdown => list_markdown(rules, out),
        }
    }
}

/// The manual of one rule, for a terminal.
fn manual(rule: &RuleInfo, style: Style, out: &mut dyn Write) -> io::Result<()> {
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

/// The manual of one rule, for programs.
fn manual_json(rule: &RuleInfo, out: &mut dyn Write) -> io::Result<()> {
    let mut object = entry(rule);
    object["manual"] = rule.manual.into();
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

/// All rules by family, for a terminal.
fn list(rules: &[RuleInfo], style: Style, out: &mut dyn Write) -> io::Result<()> {
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

/// All rules by family, for programs.
fn list_json(rules: &[RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = families(rules)
        .into_iter()
        .flat_map(|(_, members)| members)
        .map(entry)
        .collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "version": 1, "rules": rules }))?;
    writeln!(out)
}

/// All rules by family as Markdown, for README.md.
fn list_markdown(rules: &[RuleInfo], out: &mut dyn Write) -> io::Result<()> {
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

fn entry(rule: &RuleInfo) -> Value {
    json!({
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.as_str(),
        "summary": rule.summary,
        "aws_code": rule.aws_code,
    })
}

/// The families in the order of their first rule, each with its rules in order.
fn families(rules: &[RuleInfo]) -> Vec<(&'static str, Vec<&RuleInfo>)> {
    let mut families: Vec<(&'static str, Vec<&RuleInfo>)> = Vec::new();
    for rule in rules {
        match families.iter_mut().find(|(name, _)| *name == rule.family) {
            Some((_, members)) => members.push(rule),
            None => families.push((rule.family, vec![rule])),
        }
    }
    families
}
