//! What one call needs.

use super::connection;
use crate::asl::State;
use crate::aws::iam::requirement::{self, Condition as Demanded, Grant, Necessity, Purpose, Target, When};
use crate::aws::integration;
use crate::aws::resource::{self, Pattern, Resource};
use crate::iam::argument::Argument;
use crate::iam::environment::Environment;
use crate::iam::need::{self, Condition, Need};
use crate::iam::sdk_call;
use crate::iam::target::{Filler, Resources};
use foldhash::HashMap;

/// The known arguments of a Task.
pub(super) fn arguments_of(state: &State<'_>, text: &str) -> Argument {
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
    arguments: &Argument,
    environment: &Environment,
) -> Option<Vec<Need>> {
    Calls::new(environment).needs(resource, arguments)
}

/// What a call with the permissions of other roles needs: those of the call belong to these roles. The ARN of a role is
/// unknown if there is none.
pub(in crate::iam) fn assumption(roles: Vec<String>, environment: &Environment) -> Need {
    let resources = if roles.is_empty() {
        Resources::dynamic(vec![environment.arn("iam::*:role/*")])
    } else {
        Resources::new(roles)
    };
    need::new(
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
    /// The integrations that call an API, by the API.
    by_api: HashMap<(&'static str, &'static str), (&'static str, &'static str)>,
    lookups: sdk_call::Lookups,
}

impl<'e> Calls<'e> {
    pub(super) fn new(environment: &'e Environment) -> Self {
        let rows = integration::all().iter();
        let by_api = rows.filter_map(|row| Some((row.api?, (row.service, row.action))));
        Self {
            environment,
            by_api: by_api.collect(),
            lookups: sdk_call::Lookups::default(),
        }
    }

    /// What a call needs; `None` if that is unknown.
    pub(super) fn needs(&mut self, resource: &str, arguments: &Argument) -> Option<Vec<Need>> {
        let resource = self.environment.resolve(resource);
        match resource::classify(&resource) {
            Resource::LambdaFunction { .. } => Some(self.function(&resource)),
            Resource::Activity { .. } => Some(Vec::new()),
            // Declared in another file of the module.
            Resource::Unknown if resource.starts_with("${aws_sfn_activity.") => Some(Vec::new()),
            Resource::Optimized { call, .. } => {
                let is_job = matches!(call.pattern, Pattern::Sync | Pattern::Sync2);
                self.integration(call.service.text, call.action.text, is_job, arguments)
            }
            Resource::Sdk { call } => {
                let (service, action) = (call.service.text, call.action.text);
                let row = self.by_api.get(&(service, action)).copied();
                if let Some((service, action)) = row
                    && requirement::find(service, action).is_some_and(|row| !row.grants.is_empty())
                {
                    return self.integration(service, action, false, arguments);
                }
                self.sdk(service, action, arguments)
            }
            // The ARN of a function, most likely.
            Resource::Unknown if resource.starts_with("${") => Some(
                self.function(&resource)
                    .into_iter()
                    .map(|need| Need {
                        necessity: Necessity::Advised,
                        ..need
                    })
                    .collect(),
            ),
            _ => None,
        }
    }

    fn function(&mut self, arn: &str) -> Vec<Need> {
        let arguments = Argument::Map(vec![("FunctionName".to_owned(), Argument::Text(arn.to_owned()))]);
        self.integration("lambda", "invoke", false, &arguments)
            .unwrap_or_default()
    }

    fn integration(
        &mut self,
        service: &str,
        action: &str,
        is_job: bool,
        arguments: &Argument,
    ) -> Option<Vec<Need>> {
        if (service, action) == ("http", "invoke") {
            return Some(connection::needs(arguments, self.environment));
        }
        let filler = Filler {
            environment: self.environment,
            arguments,
        };
        let Some(row) = requirement::find(service, action) else {
            let (service, action) = integration::find(service, action)?.api?;
            return self.sdk(service, action, arguments);
        };
        let mut needs = Vec::new();
        for grant in row.grants {
            if grant.when == When::Call || is_job {
                granted(grant, service, &filler, &mut needs);
            }
        }
        Some(needs)
    }

    fn sdk(&mut self, service: &str, action: &str, arguments: &Argument) -> Option<Vec<Need>> {
        let filler = Filler {
            environment: self.environment,
            arguments,
        };
        let permissions = sdk_call::permissions(service, action, &filler, &mut self.lookups)?;
        let need = |permission: sdk_call::Permission| {
            let necessity = match permission.purpose {
                Purpose::UseData => Necessity::Advised,
                _ => Necessity::Required,
            };
            need::new(
                &permission.action,
                permission.resources,
                permission.purpose,
                necessity,
                &need::label(service),
            )
        };
        Some(permissions.into_iter().map(need).collect())
    }
}

fn granted(grant: &Grant, service: &str, filler: &Filler<'_>, needs: &mut Vec<Need>) {
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
                key: "iam:PassedToService".to_owned(),
                value: principal.to_owned(),
            }),
            Demanded::Equals { key, value } => conditions.push(Condition {
                operator: "StringEquals",
                key: key.to_owned(),
                value: value.to_owned(),
            }),
            Demanded::MayPassTo(principal) => {
                context.push(("iam:PassedToService".to_owned(), vec![principal.to_owned()]));
            }
            Demanded::Parameter {
                operator,
                key,
                parameter,
            } => {
                let values = filler.values_at(parameter);
                let is_known = |value: &String| value.starts_with("arn:") && !value.contains('*');
                if let ([value], false) = (values.known.as_slice(), values.is_dynamic)
                    && is_known(value)
                {
                    conditions.push(Condition {
                        operator,
                        key: key.to_owned(),
                        value: value.clone(),
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
    let manages_connections = resources.arns.iter().any(|arn| arn.contains("/@connections/"));
    for action in grant.actions {
        // Connections of WebSocket APIs have an action of their own.
        let action = match *action {
            "execute-api:Invoke" if manages_connections => "execute-api:ManageConnections",
            action => action,
        };
        needs.push(Need {
            conditions: conditions.clone(),
            context: context.clone(),
            is_published_on_all: grant.is_published_on_all,
            ..need::new(
                action,
                resources.clone(),
                grant.purpose,
                necessity,
                &need::label(service),
            )
        });
    }
}
