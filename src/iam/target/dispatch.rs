//! The resources of each kind of target.

use super::filler::{Filler, Resources};
use super::{address, lambda, model};
use crate::aws::iam::requirement::Target;
use crate::iam::argument::Argument;
use crate::iam::s3_uri;
use std::borrow::Cow;

impl Filler<'_> {
    /// The resources of a target; `None` if it does not apply to this call.
    pub(in crate::iam) fn resources(&self, target: Target) -> Option<Resources> {
        Some(match target {
            Target::All => Resources::all(),
            Target::Formats(formats) => {
                let mut all = Resources::default();
                for format in formats {
                    let one = self.format(format);
                    all.arns.extend(one.arns);
                    all.is_dynamic |= one.is_dynamic;
                }
                all
            }
            Target::Either(known, unknown) => {
                let filled = self.format(known);
                if filled.is_dynamic && unknown == "*" {
                    Resources::dynamic(vec!["*".to_owned()])
                } else if filled.is_dynamic {
                    Resources::dynamic(vec![self.environment.arn(unknown)])
                } else {
                    filled
                }
            }
            Target::Arn(parameter, unknown) => self.arn_in(parameter, unknown),
            Target::Function => lambda::function(self),
            Target::Queue => address::queue(self),
            Target::Topic => self.topic(),
            Target::EventBuses => self.event_buses(),
            Target::StateMachine => self.arn_in("StateMachineArn", "states:~:stateMachine:*"),
            Target::Executions => self.executions(),
            Target::Api => address::api(self)?,
            Target::Model(parameter) => model::model(self, parameter),
            Target::TaskDefinition => self.task_definition(),
            Target::BatchJob => self.batch_job(),
            Target::Build(parameter) => self.build(parameter),
            Target::ReportGroups(parameter) => self.report_groups(parameter),
            Target::Role(parameter) => self.role(parameter)?,
            Target::TaskRoles => self.task_roles()?,
            Target::Object(parameter) => self.object(parameter)?,
            Target::Rule(name) => Resources::new(vec![self.environment.arn_of("events:~:rule/", &[name])]),
        })
    }

    fn topic(&self) -> Resources {
        let topics = self.values_at("TopicArn");
        if topics.is_dynamic {
            Resources::dynamic(vec!["*".to_owned()])
        } else if topics.is_absent() {
            Resources::all()
        } else {
            self.arn_in("TopicArn", "sns:~:")
        }
    }

    fn event_buses(&self) -> Resources {
        let mut resources = Resources::default();
        let entries = self.arguments.at("Entries").unwrap_or(&Argument::Dynamic);
        for entry in entries.items() {
            let filler = Filler {
                arguments: entry,
                ..*self
            };
            let one = if *entry == Argument::Dynamic {
                Resources::dynamic(vec![self.environment.arn("events:*:*:event-bus/*")])
            } else {
                filler.format("events:~:event-bus/{EventBusName=default}")
            };
            resources.is_dynamic |= one.is_dynamic;
            resources.arns.extend(if one.is_dynamic {
                vec![self.environment.arn("events:*:*:event-bus/*")]
            } else {
                one.arns
            });
        }
        resources.arns.dedup();
        resources
    }

    fn executions(&self) -> Resources {
        let machines = self.arn_in("StateMachineArn", "states:~:stateMachine:*");
        let any = || self.environment.arn("states:~:execution:*");
        if machines.is_dynamic {
            return Resources::dynamic(vec![any()]);
        }
        let of_machine = |arn: &String| {
            let (start, name) = arn.split_once(":stateMachine:")?;
            // A version or an alias is not a part of the ARNs of executions.
            let name = if name.contains("${") {
                name
            } else {
                name.split(':').next()?
            };
            Some([start, ":execution:", name, ":*"].concat())
        };
        Resources::new(
            machines
                .arns
                .iter()
                .map(|arn| of_machine(arn).unwrap_or_else(any))
                .collect(),
        )
    }

    fn task_definition(&self) -> Resources {
        let mut resources = self.format("ecs:~:task-definition/{TaskDefinition}");
        for arn in &mut resources.arns {
            let has_revision = arn
                .rsplit_once("task-definition/")
                .is_none_or(|(_, name)| name.contains(':') || name.ends_with('*'));
            if !has_revision {
                arn.push_str(":*");
            }
        }
        resources
    }

    /// The roles in the task definition, if that is in the template; it may have none.
    fn task_roles(&self) -> Option<Resources> {
        let definitions = self.values_at("TaskDefinition");
        let names = &self.environment.names;
        let known: Option<Vec<&[String]>> = definitions
            .known
            .iter()
            .map(|name| names.task_roles(name))
            .collect();
        match known {
            Some(known) if !definitions.is_dynamic && !known.is_empty() => {
                let roles = known.concat();
                let roles = roles
                    .iter()
                    .map(|role| self.environment.resolve_in_template(role).into_owned());
                let roles: Vec<String> = roles.collect();
                (!roles.is_empty()).then(|| Resources::new(roles))
            }
            _ => Some(Resources::dynamic(vec![self.environment.arn("iam::{A}:role/*")])),
        }
    }

    /// Job ids are unknown before the call, so AWS grants the action on everything.
    fn batch_job(&self) -> Resources {
        let queue = self.format("batch:~:job-queue/{JobQueue}");
        let definition = self.format("batch:~:job-definition/{JobDefinition}");
        if queue.is_dynamic || definition.is_dynamic {
            return Resources::dynamic(vec!["*".to_owned()]);
        }
        let mut arns = queue.arns;
        for arn in definition.arns {
            let name = arn.rsplit_once("job-definition/").map(|(_, name)| name);
            if name.is_some_and(|name| !name.contains(':')) {
                arns.push(format!("{arn}:*"));
            }
            arns.push(arn);
        }
        arns.push(self.environment.arn("batch:~:job/*"));
        Resources::new(arns)
    }

    fn build(&self, parameter: &str) -> Resources {
        let builds = self.values_at(parameter);
        if builds.is_dynamic || builds.is_absent() {
            return Resources::dynamic(vec![self.environment.arn("codebuild:{R}:*:project/*")]);
        }
        let project = |build: &Cow<'_, str>| {
            let id = build
                .rsplit_once("build/")
                .or_else(|| build.rsplit_once("build-batch/"))
                .map_or(build.as_ref(), |(_, id)| id);
            let name = id.split(':').next().unwrap_or(id);
            self.environment.arn_of("codebuild:~:project/", &[name])
        };
        Resources::new(builds.known.iter().map(project).collect())
    }

    fn report_groups(&self, parameter: &str) -> Resources {
        let mut resources = self.arn_in(parameter, "codebuild:~:report-group/*");
        for arn in &mut resources.arns {
            // arn:aws:codebuild:region:account:report/group:id
            if let Some((start, report)) = arn.split_once(":report/") {
                let group = report.split(':').next().unwrap_or_default();
                *arn = format!("{start}:report-group/{group}");
            }
        }
        resources.arns.dedup();
        resources
    }

    fn object(&self, parameter: &str) -> Option<Resources> {
        let uris = self.values_at(parameter);
        if uris.is_absent() {
            return None;
        }
        if uris.is_dynamic {
            return Some(Resources::dynamic(vec![self.environment.arn("s3:::*")]));
        }
        let arns = uris.known.iter().filter_map(|uri| {
            let (bucket, key) = s3_uri::parts(uri)?;
            Some(s3_uri::object_arn(&self.environment.partition, bucket, key))
        });
        Some(Resources::new(arns.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::environment::Environment;

    fn environment() -> Environment {
        Environment {
            region: "eu-west-1".to_owned(),
            account: "111122223333".to_owned(),
            ..Environment::unknown()
        }
    }

    fn map<'a>(members: &[(&'a str, &'a str)]) -> Argument<'a> {
        let member = |(key, value): &(&'a str, &'a str)| {
            let value = match *value {
                "?" => Argument::Dynamic,
                text => Argument::Text(text.into()),
            };
            ((*key).into(), value)
        };
        Argument::Map(members.iter().map(member).collect())
    }

    /// A target, the arguments, and the resources.
    type Case<'c> = (Target, &'c [(&'c str, &'c str)], &'c [&'c str]);

    #[test]
    fn targets_are_filled_from_arguments() {
        let at = "eu-west-1:111122223333";
        let cases: &[Case] = &[
            (
                Target::Formats(&["dynamodb:~:table/{TableName}"]),
                &[("TableName", "Orders")],
                &["arn:aws:dynamodb:@:table/Orders"],
            ),
            (
                Target::Formats(&["dynamodb:~:table/{TableName}"]),
                &[("TableName", "?")],
                &["arn:aws:dynamodb:@:table/*"],
            ),
            (
                Target::Formats(&["dynamodb:~:table/{TableName}"]),
                &[("TableName", "arn:aws:dynamodb:x:1:table/T")],
                &["arn:aws:dynamodb:x:1:table/T"],
            ),
            (
                Target::Formats(&["e:~:/a/{Id}/runs/*"]),
                &[("Id", "arn:aws:e:x:1:/a/7")],
                &["arn:aws:e:x:1:/a/7/runs/*"],
            ),
            (
                Target::Formats(&["athena:~:workgroup/{WorkGroup=primary}"]),
                &[],
                &["arn:aws:athena:@:workgroup/primary"],
            ),
            (
                Target::Either("glue:~:job/{JobName}", "*"),
                &[("JobName", "?")],
                &["*"],
            ),
            (
                Target::Executions,
                &[("StateMachineArn", "arn:aws:states:x:1:stateMachine:C:live")],
                &["arn:aws:states:x:1:execution:C:*"],
            ),
            (
                Target::TaskDefinition,
                &[("TaskDefinition", "render")],
                &["arn:aws:ecs:@:task-definition/render:*"],
            ),
            (
                Target::TaskDefinition,
                &[("TaskDefinition", "render:3")],
                &["arn:aws:ecs:@:task-definition/render:3"],
            ),
            (
                Target::Build("Id"),
                &[("Id", "site:123")],
                &["arn:aws:codebuild:@:project/site"],
            ),
            (
                Target::ReportGroups("ReportArns"),
                &[("ReportArns", "arn:aws:codebuild:x:1:report/site:7")],
                &["arn:aws:codebuild:x:1:report-group/site"],
            ),
            (
                Target::Role("ServiceRole"),
                &[("ServiceRole", "EMR")],
                &["arn:aws:iam::111122223333:role/EMR"],
            ),
            (Target::Topic, &[("PhoneNumber", "+1")], &["*"]),
            (
                Target::Object("Uri"),
                &[("Uri", "s3://b/k/")],
                &["arn:aws:s3:::b/k/*"],
            ),
            (Target::Rule("R"), &[], &["arn:aws:events:@:rule/R"]),
        ];
        let environment = environment();
        for (target, arguments, expected) in cases {
            let arguments = map(arguments);
            let filler = Filler {
                environment: &environment,
                arguments: &arguments,
            };
            let expected: Vec<String> = expected.iter().map(|arn| arn.replace('@', at)).collect();
            let resources = filler.resources(*target).expect("applies");
            assert_eq!(resources.arns, expected, "{target:?}");
        }
        let nothing = map(&[]);
        let filler = Filler {
            environment: &environment,
            arguments: &nothing,
        };
        assert_eq!(filler.resources(Target::Role("RoleArn")), None);
        assert_eq!(filler.resources(Target::Api), None);
    }
}
