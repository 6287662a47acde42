//! The manual of a rule, and the list of rules, as JSON.

use super::info::{RuleInfo, families};
use crate::lint::FixKind;
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) fn manual(rule: &RuleInfo, out: &mut dyn Write) -> io::Result<()> {
    let mut object = entry(rule);
    object["manual"] = rule.manual.into();
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

pub(super) fn list(rules: &[RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = families(rules)
        .into_iter()
        .flat_map(|(_, members)| members)
        .map(entry)
        .collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "version": 1, "rules": rules }))?;
    writeln!(out)
}

fn entry(rule: &RuleInfo) -> Value {
    json!({
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.as_str(),
        "summary": rule.summary,
        "aws_code": rule.aws_code,
        "fix": match rule.fixes {
            FixKind::None => Value::Null,
            FixKind::Safe => "safe".into(),
            FixKind::Unsafe => "unsafe".into(),
            FixKind::Either => "either".into(),
        },
    })
}
