//! What the references in a Terraform file mean.

use super::names::Names;
use crate::aws::iam::named::{Kind, Reference, kind_of};
use crate::document::Node;

/// The names of the resources in a file.
pub(super) fn names(root: &Node) -> Names {
    let mut names = Names::default();
    let blocks = root.as_object().unwrap_or_default().iter();
    for block in blocks.filter(|block| block.key.as_str() == "resource") {
        for resource_type in block.value.as_object().unwrap_or_default() {
            let Some(kind) = kind_of(&resource_type.key) else {
                continue;
            };
            for resource in resource_type.value.as_object().unwrap_or_default() {
                let id = format!("{}.{}", resource_type.key.as_str(), resource.key.as_str());
                add(&id, kind, &resource.value, &mut names);
            }
        }
    }
    names
}

fn add(id: &str, kind: &Kind, body: &Node, names: &mut Names) {
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
