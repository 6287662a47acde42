//! Which parameters the called action has, whether an optimized or an SDK integration calls it.

use crate::aws::integration::{Integration, Requirement};
use crate::aws::resource::Resource;
use crate::aws::sdk::{self, Action, Lookup};

/// The parameters of what a task calls.
#[derive(Debug, Clone, Copy)]
pub(super) enum Api {
    /// An optimized integration's.
    Optimized(&'static Integration),
    /// An SDK action's.
    Sdk(Action),
}

/// What a task calls, where its parameters are known.
pub(super) fn of(resource: &Resource<'_>) -> Option<Api> {
    match resource {
        Resource::Optimized { integration, .. } => Some(Api::Optimized(integration)),
        Resource::Sdk { call } => sdk::service(call.service.text)?
            .action(call.action.text)
            .map(Api::Sdk),
        _ => None,
    }
}

impl Api {
    /// What the task must pass: for each, the names of which one must be there.
    pub(super) fn required(self) -> Vec<Vec<&'static str>> {
        match self {
            Self::Optimized(integration) => integration
                .required
                .iter()
                .map(|r: &Requirement| r.names().to_vec())
                .collect(),
            Self::Sdk(action) => action.required().map(|name| vec![name]).collect(),
        }
    }

    /// The parameter of that name, or what it may mean.
    pub(super) fn find(self, name: &str) -> Lookup<&'static str> {
        match self {
            Self::Optimized(integration) => {
                let mut known = integration.parameters.iter();
                if integration.has_parameter(name) {
                    known
                        .find(|p| **p == name)
                        .map_or(Lookup::Missing { suggestion: None }, |p| Lookup::Found(*p))
                } else if let Some(other) = known.find(|p| p.eq_ignore_ascii_case(name)) {
                    Lookup::OtherCase(other)
                } else {
                    Lookup::Missing {
                        suggestion: integration.suggest_parameter(name),
                    }
                }
            }
            Self::Sdk(action) => action.find_parameter(name),
        }
    }
}
