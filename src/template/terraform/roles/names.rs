//! What the references in the files of a module mean.

use super::blocks::path_of;
use crate::aws::iam::named::{Kind, Reference, kind_of};
use crate::document::Node;
use crate::template::permissions::names::Names;
use std::rc::Rc;

/// The attributes of data sources that tell the place of the deployment.
const PLACE: [(&str, &str, &str); 5] = [
    ("aws_caller_identity", "account_id", "${AWS::AccountId}"),
    ("aws_caller_identity", "id", "${AWS::AccountId}"),
    ("aws_region", "name", "${AWS::Region}"),
    ("aws_region", "id", "${AWS::Region}"),
    ("aws_partition", "partition", "${AWS::Partition}"),
];

/// The names in the files of a module.
pub(super) fn names(roots: &[Rc<Node>]) -> Names {
    let mut names = Names::default();
    for block in roots.iter().flat_map(|root| root.as_object().unwrap_or_default()) {
        match block.key.as_str() {
            "resource" => each(&block.value, &mut |kind, name, body| {
                if let Some(known) = kind_of(kind) {
                    resource(&format!("{kind}.{name}"), known, body, &mut names);
                }
                if kind == "aws_ecs_task_definition" {
                    task_definition(&format!("{kind}.{name}"), body, &mut names);
                }
            }),
            "data" => each(&block.value, &mut |kind, name, body| {
                data(kind, name, body, &mut names);
            }),
            "locals" => {
                for local in block.value.as_object().unwrap_or_default() {
                    if let Some(path) = path_of(&local.value) {
                        let meaning = format!("${{{}}}", path.join("."));
                        names.add(&format!("local.{}", local.key.as_str()), meaning);
                    }
                }
            }
            _ => {}
        }
    }
    names
}

/// Calls `f` with the type, the name, and the body of each block.
fn each(types: &Node, f: &mut dyn FnMut(&str, &str, &Node)) {
    for kind in types.as_object().unwrap_or_default() {
        for block in kind.value.as_object().unwrap_or_default() {
            let body = block.value.as_array().and_then(<[Node]>::first);
            f(&kind.key, &block.key, body.unwrap_or(&block.value));
        }
    }
}

/// A data source: the place of the deployment, or a resource that exists already.
fn data(kind: &str, name: &str, body: &Node, names: &mut Names) {
    let id = format!("data.{kind}.{name}");
    for (_, attribute, meaning) in PLACE.iter().filter(|(known, ..)| *known == kind) {
        names.add(&format!("{id}.{attribute}"), (*meaning).to_owned());
    }
    if let Some(known) = kind_of(kind) {
        resource(&id, known, body, names);
    }
}

/// The roles that the tasks of a task definition get, if they are written as references or ARNs.
fn task_definition(id: &str, body: &Node, names: &mut Names) {
    let text = |node: &Node| match path_of(node) {
        Some(path) => Some(format!("${{{}}}", path.join("."))),
        None => node
            .as_text()
            .filter(|text| !text.has_placeholder())
            .map(|text| text.as_str().to_owned()),
    };
    let roles = ["task_role_arn", "execution_role_arn"]
        .into_iter()
        .filter_map(|name| body.get(name));
    let Some(roles) = roles.map(text).collect::<Option<Vec<String>>>() else {
        return;
    };
    let own = format!("${{{id}.family}}");
    let family = names.resolve(&own).into_owned();
    let arn = names.resolve(&format!("${{{id}.arn}}")).into_owned();
    names.add_task_roles(family, roles.clone());
    names.add_task_roles(arn, roles);
}

fn resource(id: &str, kind: &Kind, body: &Node, names: &mut Names) {
    let attribute = if kind.argument.is_empty() {
        "id"
    } else {
        kind.argument
    };
    let literal = body
        .get(kind.argument)
        .and_then(Node::as_text)
        .filter(|text| !text.has_placeholder());
    let own = format!("{id}.{attribute}");
    let name = literal.map_or_else(
        || {
            names.add_own(&own);
            format!("${{{own}}}")
        },
        |text| text.as_str().to_owned(),
    );
    let arn = kind.arn(&name);
    match kind.reference {
        Reference::Name if attribute != "id" => names.add(&format!("{id}.id"), name.clone()),
        Reference::Name => {}
        Reference::Arn => names.add(&format!("{id}.id"), arn.clone()),
        Reference::Url => {
            let url = format!("https://sqs.${{AWS::Region}}.${{AWS::URLSuffix}}/${{AWS::AccountId}}/{name}");
            names.add(&format!("{id}.id"), url.clone());
            names.add(&format!("{id}.url"), url);
        }
    }
    names.add(&own, name);
    names.add(&format!("{id}.arn"), arn.clone());
    names.add_arn(arn, format!("{id}.arn"));
}
