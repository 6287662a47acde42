//! Policies and findings as JSON.

use super::checked::{Checked, CheckedMachine};
use super::derived::Derived;
use crate::iam::{Derivation, Findings, Origin, Policy, trust_policy};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document<'a> {
    trust_policy: serde_json::Value,
    policy: &'a Policy<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<Unknown<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Unknown<'a> {
    state: &'a str,
    resource: &'a str,
}

pub(super) fn write(derived: &Derived<'_>, out: &mut dyn Write) -> io::Result<()> {
    let unknown = derived
        .derivation
        .unknown
        .iter()
        .map(|(state, resource)| Unknown {
            state: derived.derivation.states[*state].name,
            resource,
        });
    let document = Document {
        trust_policy: trust_policy(derived.environment),
        policy: &derived.composition.policy,
        unknown: unknown.collect(),
    };
    write_pretty(&document, out)
}

/// Writes a document at once, since it has many short texts.
fn write_pretty(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(document)?;
    text.push(b'\n');
    out.write_all(&text)
}

#[derive(Serialize)]
struct Check<'a> {
    version: u32,
    machines: Vec<Machine<'a>>,
}

#[derive(Serialize)]
struct Machine<'a> {
    name: &'a str,
    has_role: bool,
    missing: Vec<Missing<'a>>,
    excess: Vec<Excess<'a>>,
    wildcard: Vec<Wildcard<'a>>,
}

#[derive(Serialize)]
struct Missing<'a> {
    action: &'a str,
    resources: &'a [String],
    states: Vec<&'a str>,
}

#[derive(Serialize)]
struct Excess<'a> {
    action: &'a str,
    resources: &'a [String],
}

#[derive(Serialize)]
struct Wildcard<'a> {
    action: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'static str>,
}

pub(super) fn write_check(checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Check {
        version: 1,
        machines: checked.machines.iter().map(machine).collect(),
    };
    write_pretty(&document, out)
}

fn machine<'a>(machine: &'a CheckedMachine<'a>) -> Machine<'a> {
    let findings = machine.findings.as_ref();
    Machine {
        name: machine.name,
        has_role: findings.is_some(),
        missing: findings.map_or_else(Vec::new, |findings| missing(findings, machine.derivation)),
        excess: findings
            .into_iter()
            .flat_map(|findings| &findings.surplus.excess)
            .map(|finding| Excess {
                action: &finding.action,
                resources: &finding.resources,
            })
            .collect(),
        wildcard: findings.map_or_else(Vec::new, wildcards),
    }
}

fn missing<'a>(findings: &'a Findings, derivation: &'a Derivation<'_>) -> Vec<Missing<'a>> {
    let state = |origin: &Origin| match origin {
        Origin::State(number) => Some(derivation.states.get(*number)?.name),
        Origin::Configuration => None,
    };
    findings
        .missing
        .iter()
        .map(|missing| Missing {
            action: &missing.action,
            resources: &missing.resources,
            states: missing.origins.iter().filter_map(state).collect(),
        })
        .collect()
}

fn wildcards(findings: &Findings) -> Vec<Wildcard<'_>> {
    let actions = findings.surplus.wildcard_actions.iter().map(|finding| Wildcard {
        action: &finding.action,
        resource: None,
    });
    let resources = findings
        .surplus
        .wildcard_resources
        .iter()
        .map(|finding| Wildcard {
            action: &finding.action,
            resource: Some("*"),
        });
    actions.chain(resources).collect()
}
