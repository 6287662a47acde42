//! The roles of the state machines of a template, compared with what the state machines need.

use crate::asl::lower;
use crate::document::Document;
use crate::iam::{self, Derivation, Environment, MachineRole, Origin};
use crate::prose;
use crate::source::SourceFile;
use crate::template::{self, Contents, EmbeddedMachine, Files, Resource, Setting};
use foldhash::HashMap;
use memchr::memmem;
use std::sync::Arc;

/// What is known of the role of a state machine.
#[derive(Debug)]
pub struct RoleReport<'a> {
    /// The state machine.
    pub resource: &'a Resource,
    /// The template.
    pub source: &'a Arc<SourceFile>,
    /// How the role differs from what is needed.
    pub findings: iam::Findings,
    derivations: Vec<Derivation<'a>>,
}

impl RoleReport<'_> {
    /// The states, or the configuration, that need something: "state `Save`".
    pub fn users(&self, origins: &[Origin]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for origin in origins {
            if let Origin::State(number) = origin
                && let Some(state) = self.derivations.first().and_then(|d| d.states.get(*number))
            {
                names.push(state.name);
            }
        }
        match names.as_slice() {
            [] => "the configuration of the state machine".to_owned(),
            [only] => format!("state `{only}`"),
            names => format!("the states {}", prose::quoted_list(names)),
        }
    }
}

/// Whether a template may contain the policies of a role.
pub(super) fn may_have_policies(document: &Document) -> bool {
    let text = document.source.text().as_bytes();
    ["Statement", "Policies", "aws_iam_role"]
        .iter()
        .any(|word| memmem::find(text, word.as_bytes()).is_some())
}

/// Compares the roles of the state machines of a template with what these need. A state machine is left out if its policies are
/// not in the template, or if its definition is not known completely.
pub(super) fn reports<'a>(
    document: &'a Document,
    contents: &'a Contents<'_>,
    files: &dyn Files,
) -> Vec<RoleReport<'a>> {
    if !document.is_whole {
        return Vec::new();
    }
    let permissions = template::permissions(document, &contents.resources, files);
    if permissions
        .iter()
        .all(|permissions| permissions.policies.is_none())
    {
        return Vec::new();
    }
    let mut definitions: HashMap<&str, Vec<&'a EmbeddedMachine<'_>>> = HashMap::default();
    for machine in &contents.machines {
        if let Some(name) = machine.resource_name() {
            definitions.entry(name).or_default().push(machine);
        }
    }
    let machines: Vec<_> = contents
        .resources
        .iter()
        .zip(&permissions)
        .map(|(resource, permissions)| {
            let environment = Environment::from_template(permissions);
            let settings = iam::Settings {
                logs: resource.configuration.logging == Setting::On,
                traces: resource.configuration.tracing == Setting::On,
                key: permissions
                    .key
                    .as_deref()
                    .map(|key| environment.resolve(key).into_owned()),
            };
            let found = definitions
                .get(resource.name.as_str())
                .map_or(&[][..], Vec::as_slice);
            let derivations = derive_all(found, &settings, &environment).unwrap_or_default();
            (environment, derivations)
        })
        .collect();
    let roles: Vec<MachineRole<'_>> = contents
        .resources
        .iter()
        .zip(&permissions)
        .zip(&machines)
        .map(
            |((resource, permissions), (environment, derivations))| MachineRole {
                name: &resource.name,
                derivations,
                environment,
                policies: permissions.policies.as_ref(),
            },
        )
        .collect();
    let findings = iam::check_all(&roles);
    let found = contents.resources.iter().zip(findings).zip(machines);
    found
        .filter_map(|((resource, findings), (_, derivations))| {
            let findings = findings.filter(|_| Arc::ptr_eq(&resource.source, &document.source))?;
            Some(RoleReport {
                resource,
                source: &document.source,
                findings,
                derivations,
            })
        })
        .collect()
}

/// What a state machine needs, in each outcome of the template's conditions; `None` if that is not known completely.
fn derive_all<'a>(
    definitions: &[&'a EmbeddedMachine<'_>],
    settings: &iam::Settings,
    environment: &Environment,
) -> Option<Vec<Derivation<'a>>> {
    let mut derivations = Vec::new();
    for found in definitions {
        let document = found.document();
        let node = found.node();
        if document.is_unrendered() || !document.is_whole || node.as_object().is_none() {
            return None;
        }
        let machine = lower::machine(node);
        if machine.has_unknown_states {
            return None;
        }
        derivations.push(iam::derive(
            &machine,
            document.source.text(),
            settings,
            environment,
        ));
    }
    Some(derivations)
}
