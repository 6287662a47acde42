//! What one call needs.

use super::connection;
use crate::asl::State;
use crate::aws::iam::requirement::{self, Condition as Demanded, Grant, Necessity, Purpose, Target, When};
use crate::aws::integration;
use crate::aws::resource::{self, Pattern, Resource};
use crate::iam::argument::Argument;
use crate::iam::environment::Environment;
use crate::iam::required_permission::{self, Condition, RequiredPermission};
use crate::iam::sdk_call::{self, SdkCall};
use crate::iam::target::{Filler, Resources};
use compact_str::CompactString;
use foldhash::HashMap;
use std::borrow::Cow;

/// The known arguments of a Task.
pub(super) fn arguments_of<'a>(state: &'a State<'_>, text: &'a str) -> Argument<'a> {
    let payload = state
        .data
        .arguments
        .as_deref()
        .or(state.data.parameters.as_deref());
    Argument::from_payload(payload, state.language, text)
}

/// What a call with these arguments needs at run time; `None` if its IAM actions are unknown.
pub(in crate::iam) fn needs_of_call(
    resource: &str,
    arguments: &Argument<'_>,
    environment: &Environment,
) -> Option<Vec<RequiredPermission>> {
    Calls::new(environment).needs(resource, arguments)
}

/// What a call with the permissions of other roles needs: those of the call belong to these roles. The ARN of a role is
/// unknown if there is none.
pub(in crate::iam) fn assumption(roles: Vec<String>, environment: &Environment) -> RequiredPermission {
    let resources = if roles.is_empty() {
        Resources::dynamic(vec![environment.arn("iam::*:role/*")])
    } else {
        Resources::new(roles)
    };
    RequiredPermission::new(
        "sts:AssumeRole",
        resources,
        Purpose::AssumeRole,
        Necessity::Required,
        "Sts",
    )
}

/// Derives what calls need.
pub(super) struct Calls<'e> {
    pub(super) environment: &'e Environment,
    /// The integrations that were called, by the text of the `Resource`.
    known: HashMap<String, Called>,
}

/// What an integration needs, before the arguments of a call are known.
enum Called {
    Http,
    /// These permissions.
    Granted {
        label: CompactString,
        grants: Vec<&'static Grant>,
    },
    Sdk {
        label: CompactString,
        call: SdkCall,
    },
}

impl<'e> Calls<'e> {
    pub(super) fn new(environment: &'e Environment) -> Self {
        Self {
            environment,
            known: HashMap::default(),
        }
    }

    /// What a call needs; `None` if that is unknown.
    pub(super) fn needs(
        &mut self,
        resource: &str,
        arguments: &Argument<'_>,
    ) -> Option<Vec<RequiredPermission>> {
        if let Some(called) = self.known.get(resource) {
            return called.needs(arguments, self.environment);
        }
        let resolved = self.environment.resolve(resource);
        let called = match resource::classify(&resolved) {
            Resource::LambdaFunction { .. } => return Some(self.function(&resolved)),
            Resource::Activity { .. } => return Some(Vec::new()),
            // Declared in another file of the module.
            Resource::Unknown if resolved.starts_with("${aws_sfn_activity.") => return Some(Vec::new()),
            Resource::Optimized { call, .. } => {
                let is_job = matches!(call.pattern, Pattern::Sync | Pattern::Sync2);
                Called::integration(call.service.text, call.action.text, is_job)?
            }
            Resource::Sdk { call } => Called::sdk(call.service.text, call.action.text),
            // The ARN of a function, most likely.
            Resource::Unknown if resolved.starts_with("${") => {
                let mut needs = self.function(&resolved);
                for need in &mut needs {
                    need.necessity = Necessity::Advised;
                }
                return Some(needs);
            }
            _ => return None,
        };
        let called = self.known.entry(resource.to_owned()).insert_entry(called);
        called.get().needs(arguments, self.environment)
    }

    fn function(&mut self, arn: &str) -> Vec<RequiredPermission> {
        let arguments = Argument::Map(vec![("FunctionName".into(), Argument::Text(arn.into()))]);
        self.needs(INVOKE, &arguments).unwrap_or_default()
    }
}

/// The integration that calls a function.
const INVOKE: &str = "arn:aws:states:::lambda:invoke";

impl Called {
    fn integration(service: &str, action: &str, is_job: bool) -> Option<Self> {
        if (service, action) == ("http", "invoke") {
            return Some(Self::Http);
        }
        let Some(row) = requirement::find(service, action) else {
            let (service, action) = integration::find(service, action)?.api?;
            return Some(Self::sdk_call(service, action));
        };
        let grants = row.grants.iter();
        Some(Self::Granted {
            label: required_permission::label(service),
            grants: grants
                .filter(|grant| grant.when == When::Call || is_job)
                .collect(),
        })
    }

    /// A call of the SDK; that of an API with an integration needs the same as this.
    fn sdk(service: &str, action: &str) -> Self {
        let row = integration::all()
            .iter()
            .rfind(|row| row.api == Some((service, action)))
            .filter(|row| {
                requirement::find(row.service, row.action).is_some_and(|row| !row.grants.is_empty())
            });
        row.and_then(|row| Self::integration(row.service, row.action, false))
            .unwrap_or_else(|| Self::sdk_call(service, action))
    }

    fn sdk_call(service: &str, action: &str) -> Self {
        Self::Sdk {
            label: required_permission::label(service),
            call: SdkCall::new(service, action),
        }
    }

    fn needs(&self, arguments: &Argument<'_>, environment: &Environment) -> Option<Vec<RequiredPermission>> {
        let filler = Filler {
            environment,
            arguments,
        };
        match self {
            Self::Http => Some(connection::needs(arguments, environment)),
            Self::Granted { label, grants } => {
                let count = grants.iter().map(|grant| grant.actions.len()).sum();
                let mut needs = Vec::with_capacity(count);
                for grant in grants {
                    granted(grant, label, &filler, &mut needs);
                }
                Some(needs)
            }
            Self::Sdk { label, call } => {
                let need = |permission: sdk_call::Permission| {
                    let necessity = match permission.purpose {
                        Purpose::UseData => Necessity::Advised,
                        _ => Necessity::Required,
                    };
                    RequiredPermission::new(
                        permission.action,
                        permission.resources,
                        permission.purpose,
                        necessity,
                        label.clone(),
                    )
                };
                Some(call.permissions(&filler)?.into_iter().map(need).collect())
            }
        }
    }
}

fn granted(
    grant: &'static Grant,
    label: &CompactString,
    filler: &Filler<'_>,
    needs: &mut Vec<RequiredPermission>,
) {
    let Some(mut resources) = filler.resources(grant.target) else {
        return;
    };
    // No argument names the job or the data.
    let is_nameless = |format: &&str| !format.contains('{') && format.ends_with('*');
    if let Target::Formats(formats) = grant.target {
        resources.is_dynamic |= formats.iter().any(is_nameless);
    }
    let mut conditions = Vec::new();
    let mut context = Vec::new();
    for condition in grant.conditions {
        match *condition {
            Demanded::PassedTo(principal) => conditions.push(Condition {
                operator: "StringEquals",
                key: "iam:PassedToService",
                value: Cow::Borrowed(principal),
            }),
            Demanded::Equals { key, value } => conditions.push(Condition {
                operator: "StringEquals",
                key,
                value: Cow::Borrowed(value),
            }),
            Demanded::MayPassTo(principal) => {
                context.push(("iam:PassedToService", principal));
            }
            Demanded::Parameter {
                operator,
                key,
                parameter,
            } => {
                let values = filler.values_at(parameter);
                let is_known = |value: &str| value.starts_with("arn:") && !value.contains('*');
                if let ([value], false) = (values.known.as_slice(), values.is_dynamic)
                    && is_known(value)
                {
                    conditions.push(Condition {
                        operator,
                        key,
                        value: Cow::Owned(value.to_string()),
                    });
                }
            }
        }
    }
    // The roles in a task definition of the template are surely passed.
    let necessity = match grant.target {
        Target::TaskRoles if !resources.is_dynamic => Necessity::Required,
        _ => grant.necessity,
    };
    let count = grant.actions.len();
    for (action, resources) in grant.actions.iter().zip(std::iter::repeat_n(resources, count)) {
        // Connections of WebSocket APIs have an action of their own.
        let is_connection = |arn: &String| arn.contains("/@connections/");
        let action = match *action {
            "execute-api:Invoke" if resources.arns.iter().any(is_connection) => {
                "execute-api:ManageConnections"
            }
            action => action,
        };
        needs.push(RequiredPermission {
            conditions: conditions.clone(),
            context: context.clone(),
            is_published_on_all: grant.is_published_on_all,
            ..RequiredPermission::new(action, resources, grant.purpose, necessity, label.clone())
        });
    }
}
