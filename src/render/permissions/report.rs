//! Policies and findings for people.

use super::checked::Checked;
use super::derived::Derived;
use crate::iam::{DenialReason, Derivation, Origin};
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
        for condition in statement.condition.iter() {
            writeln!(
                out,
                "    if {} {} {}",
                condition.key, condition.operator, condition.value
            )?;
        }
        if composition.dynamic.get(at) == Some(&true) {
            writeln!(out, "    because the definition does not name the resource")?;
        }
        let origins = composition.origins.get(at).map_or(&[][..], Vec::as_slice);
        let users: Vec<String> = origins.iter().map(|origin| user(*origin, derived)).collect();
        if !users.is_empty() {
            writeln!(out, "    for {}", users.join(", "))?;
        }
    }
    Ok(())
}

/// A state with its place, or the configuration.
fn user(origin: Origin, derived: &Derived<'_>) -> String {
    let Origin::State(number) = origin else {
        return "the configuration".to_owned();
    };
    let Some(state) = derived.derivation.states.get(number) else {
        return String::new();
    };
    let (file, at) = match derived.source.part_at(state.span.start) {
        Some(part) => (&*part.file, state.span.within(part.start).start),
        None => (derived.source, state.span.start),
    };
    let at = file.position(at);
    format!("`{}` at {}:{}:{}", state.name, file.name(), at.line, at.column)
}

fn origin_list(origins: &[Origin], derivation: &Derivation<'_>) -> String {
    let names: Vec<&str> = origins
        .iter()
        .map(|origin| match origin {
            Origin::State(number) => derivation.states.get(*number).map_or("", |state| state.name),
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
            let reason = match missing.reason {
                DenialReason::NotAllowed => "",
                DenialReason::Statement => " (a statement denies it)",
                DenialReason::Boundary => " (the permissions boundary does not allow it)",
            };
            writeln!(
                out,
                "  missing   {} on {} for {}{reason}",
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
