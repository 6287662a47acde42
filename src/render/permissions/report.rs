//! Policies and findings for people.

use super::checked::Checked;
use super::derived::Derived;
use crate::iam::{Derivation, Origin};
use crate::prose;
use crate::render::style::Style;
use std::io::{self, Write};

/// Writes why each action is needed.
pub fn write_explanation(derived: &Derived<'_>, _style: Style, out: &mut dyn Write) -> io::Result<()> {
    let composition = derived.composition;
    let statements = composition.policy.statement.iter().enumerate();
    for (at, statement) in statements {
        writeln!(out, "{}", statement.sid)?;
        for action in &statement.action {
            writeln!(out, "  {action}")?;
        }
        for resource in &statement.resource {
            writeln!(out, "    on {resource}")?;
        }
        for condition in &statement.condition {
            writeln!(
                out,
                "    if {} {} {}",
                condition.key, condition.operator, condition.value
            )?;
        }
        let origins = composition.origins.get(at).map_or(&[][..], Vec::as_slice);
        writeln!(out, "    for {}", origin_list(origins, derived.derivation))?;
    }
    Ok(())
}

fn origin_list(origins: &[Origin], derivation: &Derivation) -> String {
    let names: Vec<&str> = origins
        .iter()
        .map(|origin| match origin {
            Origin::State(number) => derivation
                .states
                .get(*number)
                .map_or("", |state| state.name.as_str()),
            Origin::Configuration => "the configuration",
        })
        .collect();
    prose::quoted_list(&names)
}

/// Writes the findings of a check.
pub fn write_check(checked: &Checked<'_>, _style: Style, out: &mut dyn Write) -> io::Result<()> {
    for machine in &checked.machines {
        writeln!(out, "{}", machine.name)?;
        let Some(findings) = &machine.findings else {
            writeln!(out, "  the policies of its role are unknown")?;
            continue;
        };
        if findings.is_empty() {
            writeln!(out, "  no findings")?;
        }
        for missing in &findings.missing {
            writeln!(
                out,
                "  missing   {} on {} for {}",
                missing.action,
                missing.resources.join(", "),
                origin_list(&missing.origins, machine.derivation)
            )?;
        }
        for finding in &findings.surplus.excess {
            writeln!(out, "  excess    {}", finding.action)?;
        }
        for finding in &findings.surplus.wildcard_actions {
            writeln!(out, "  wildcard  {}", finding.action)?;
        }
        for finding in &findings.surplus.wildcard_resources {
            writeln!(out, "  wildcard  {} on *", finding.action)?;
        }
    }
    Ok(())
}
