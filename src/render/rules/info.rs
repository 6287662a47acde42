//! The description of a rule for the output formats.

use crate::diagnostic::Severity;
use crate::lint::{AwsCode, FixKind, Rule, registry};

/// The description of a rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleInfo {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// The family it is listed under.
    pub family: &'static str,
    /// Its default severity.
    pub severity: Severity,
    /// Whether it is advice that most state machines could follow, and that is printed once per file.
    pub is_advice: bool,
    /// The kind of fixes that its findings may have.
    pub fixes: FixKind,
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
            is_advice: rule.is_advice,
            fixes: rule.fixes,
            summary: rule.summary(),
            manual: rule.manual,
            aws_code: rule.aws.map(AwsCode::as_str),
        }
    }
}

/// The families in the order of their first rule, each with its rules in order.
pub(super) fn families(rules: &[RuleInfo]) -> Vec<(&'static str, Vec<&RuleInfo>)> {
    let mut families: Vec<(&'static str, Vec<&RuleInfo>)> = Vec::new();
    for rule in rules {
        match families.iter_mut().find(|(name, _)| *name == rule.family) {
            Some((_, members)) => members.push(rule),
            None => families.push((rule.family, vec![rule])),
        }
    }
    families
}
