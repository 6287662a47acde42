//! The parameters of the called action of an optimized or an SDK integration.

use crate::aws::integration::{Integration, Requirement};
use crate::aws::resource::Resource;
use crate::aws::sdk::{self, Action, Lookup};

/// The parameters of the called action.
#[derive(Debug, Clone, Copy)]
pub(super) enum Api {
    /// An optimized integration's.
    Optimized(&'static Integration),
    /// An SDK action's.
    Sdk(Action),
}

/// The action that a task calls, if its parameters are known.
pub(super) fn called_by(resource: &Resource<'_>) -> Option<Api> {
    match resource {
        Resource::Optimized { integration, .. } => Some(Api::Optimized(integration)),
        Resource::Sdk { call } => sdk::service(call.service.text)?
            .action(call.action.text)
            .map(Api::Sdk),
        _ => None,
    }
}

impl Api {
    /// The required parameters; each is a list of alternative names.
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

    /// The parameter of that name, or a similar one.
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
