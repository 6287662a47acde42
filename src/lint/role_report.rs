//! The roles of the state machines of a template, compared with what the state machines need.

use crate::asl::lower;
use crate::document::Document;
use crate::iam::{self, Derivation, Environment, Need, Origin, Role};
use crate::prose;
use crate::source::SourceFile;
use crate::template::{self, Container, Contents, NoFiles, Resource, Setting};
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
    derivations: Vec<Derivation>,
}

impl RoleReport<'_> {
    /// The states, or the configuration, that need something: "state `Save`".
    pub fn users(&self, origins: &[Origin]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for origin in origins {
            if let Origin::State(number) = origin
                && let Some(state) = self.derivations.first().and_then(|d| d.states.get(*number))
            {
                names.push(&state.name);
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
    ["Statement", "Policies"]
        .iter()
        .any(|word| memmem::find(text, word.as_bytes()).is_some())
}

/// Compares the role of a state machine with what it needs; `None` if the template does not contain the policies of the
/// role, or if the definition is not known completely.
pub(super) fn compare<'a>(
    document: &'a Document,
    resource: &'a Resource,
    contents: &Contents<'_>,
) -> Option<RoleReport<'a>> {
    let is_stack = matches!(resource.container, Container::CloudFormation | Container::Sam);
    if !is_stack || !document.is_whole || !Arc::ptr_eq(&resource.source, &document.source) {
        return None;
    }
    let permissions = template::permissions(document, resource, &NoFiles);
    let policies = permissions.policies.as_ref()?;
    let environment = Environment::of_template(&permissions);
    let settings = iam::Settings {
        logs: resource.configuration.logging == Setting::On,
        traces: resource.configuration.tracing == Setting::On,
        key: permissions
            .key
            .as_deref()
            .map(|key| environment.resolve(key).into_owned()),
    };
    let derivations = derive_all(&resource.name, contents, &settings, &environment)?;
    let needs: Vec<Need> = derivations
        .iter()
        .flat_map(|derivation| derivation.needs.clone())
        .collect();
    let mut others = (!policies.is_shared).then(Vec::new);
    for name in policies.machines.iter().filter(|name| **name != resource.name) {
        let other = contents.resources.iter().find(|other| other.name == *name);
        let found = other.and_then(|other| {
            let permissions = template::permissions(document, other, &NoFiles);
            let settings = iam::Settings {
                logs: other.configuration.logging == Setting::On,
                traces: other.configuration.tracing == Setting::On,
                key: permissions.key.clone(),
            };
            derive_all(name, contents, &settings, &Environment::of_template(&permissions))
        });
        match (found, &mut others) {
            (Some(found), Some(others)) => {
                others.extend(found.into_iter().flat_map(|derivation| derivation.needs));
            }
            (None, _) => others = None,
            _ => {}
        }
    }
    let role = Role::of_template(policies);
    let findings = iam::check(&needs, &role, others.as_deref(), &environment);
    Some(RoleReport {
        resource,
        source: &document.source,
        findings,
        derivations,
    })
}

/// What a state machine needs, in each outcome of the template's conditions.
fn derive_all(
    name: &str,
    contents: &Contents<'_>,
    settings: &iam::Settings,
    environment: &Environment,
) -> Option<Vec<Derivation>> {
    let mut derivations = Vec::new();
    for found in contents
        .machines
        .iter()
        .filter(|found| found.name.as_deref() == Some(name))
    {
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
    (!derivations.is_empty()).then_some(derivations)
}
