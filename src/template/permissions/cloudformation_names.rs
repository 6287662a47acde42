//! What the references in a template of CloudFormation or SAM mean.

use super::names::Names;
use crate::aws::iam::named::{Kind, Reference, kind_of};
use crate::document::Node;
use crate::template::intrinsic::{Assembler, Scope};

/// The names of the resources of a template.
pub(super) fn names(resources: &Node, scope: Scope<'_>) -> Names {
    let mut names = Names::default();
    for member in resources.as_object().unwrap_or_default() {
        let Some(resource_type) = member.value.get("Type").and_then(Node::as_str) else {
            continue;
        };
        let resource = NamedResource {
            id: member.key.as_str(),
            properties: member.value.get("Properties"),
            scope,
        };
        match resource_type {
            "AWS::Lambda::Alias" => resource.qualified("Name", &mut names),
            "AWS::Lambda::Version" => resource.qualified("", &mut names),
            _ => {
                if let Some(kind) = kind_of(resource_type) {
                    resource.add(kind, resource_type, &mut names);
                }
            }
        }
    }
    names
}

struct NamedResource<'d> {
    id: &'d str,
    properties: Option<&'d Node>,
    scope: Scope<'d>,
}

impl NamedResource<'_> {
    fn text(&self, property: &str) -> Option<String> {
        let node = self.properties?.get(property)?;
        Some(Assembler::new(self.scope).assemble(node).text().to_owned())
    }

    fn add(&self, kind: &Kind, resource_type: &str, names: &mut Names) {
        let id = self.id;
        let attribute = if kind.name_attribute.is_empty() {
            "Name"
        } else {
            kind.name_attribute
        };
        let own = match kind.reference {
            Reference::Name => id.to_owned(),
            _ => format!("{id}.{attribute}"),
        };
        let name = self.text(kind.property).unwrap_or_else(|| {
            names.add_own(&own);
            format!("${{{own}}}")
        });
        let mut path = String::new();
        if resource_type == "AWS::IAM::Role"
            && let Some(written) = self.text("Path")
        {
            written.trim_start_matches('/').clone_into(&mut path);
        }
        let arn = kind.arn(&format!("{path}{name}"));
        match kind.reference {
            Reference::Name => names.add(id, name.clone()),
            Reference::Arn => names.add(id, arn.clone()),
            Reference::Url => {
                let url =
                    format!("https://sqs.${{AWS::Region}}.${{AWS::URLSuffix}}/${{AWS::AccountId}}/{name}");
                names.add(&format!("{id}.QueueUrl"), url.clone());
                names.add(id, url);
            }
        }
        names.add(&format!("{id}.{attribute}"), name.clone());
        for attribute in [
            "Arn",
            "TopicArn",
            "TaskDefinitionArn",
            "JobQueueArn",
            "JobDefinitionArn",
        ] {
            let is_log_group = resource_type == "AWS::Logs::LogGroup";
            let end = if is_log_group { ":*" } else { "" };
            names.add(&format!("{id}.{attribute}"), format!("{arn}{end}"));
        }
        if resource_type == "AWS::ECS::TaskDefinition" {
            let roles = ["TaskRoleArn", "ExecutionRoleArn"]
                .into_iter()
                .filter_map(|role| self.text(role));
            let roles: Vec<String> = roles.collect();
            names.add_task_roles(format!("{path}{name}"), roles.clone());
            names.add_task_roles(arn.clone(), roles);
        }
        if resource_type == "AWS::Serverless::Function" {
            names.add(&format!("{id}.Version"), format!("{arn}:${{{id}.VersionNumber}}"));
            if let Some(alias) = self.text("AutoPublishAlias") {
                names.add(&format!("{id}.Alias"), format!("{arn}:{alias}"));
                names.add(&format!("{id}Alias{alias}"), format!("{arn}:{alias}"));
            }
        }
        let reference = match kind.reference {
            Reference::Arn => id.to_owned(),
            _ => format!("{id}.Arn"),
        };
        names.add_arn(arn, reference);
    }

    /// A version or an alias of a function, whose `Ref` is its ARN.
    fn qualified(&self, property: &str, names: &mut Names) {
        let (Some(function), Some(kind)) = (self.text("FunctionName"), kind_of("AWS::Lambda::Function"))
        else {
            return;
        };
        let name = self
            .text(property)
            .unwrap_or_else(|| format!("${{{}.Version}}", self.id));
        let is_arn = function.starts_with("arn:") || function.ends_with(".Arn}");
        let arn = if is_arn { function } else { kind.arn(&function) };
        names.add(self.id, format!("{arn}:{name}"));
    }
}
