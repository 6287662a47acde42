//! Manifests of Kubernetes, for controllers that create state machines.

use super::contents::Contents;
use super::definition::Definition;
use super::intrinsic::is_placeholder;
use super::machine::Container;
use super::read_budget::ReadBudget;
use super::resource::{Configuration, Resource, Setting};
use crate::document::{Document, JoinedText, Node, Syntax};
use crate::spec::WorkflowType;
use std::sync::Arc;

/// The API groups of state machines: of AWS Controllers for Kubernetes, and of Crossplane's providers.
const GROUPS: [&str; 4] = [
    "sfn.services.k8s.aws/",
    "sfn.aws.upbound.io/",
    "sfn.aws.m.upbound.io/",
    "sfn.aws.crossplane.io/",
];

const KIND: &str = "StateMachine";

/// Reads the manifests in a document, which may be in lists and compositions; other documents are ignored.
pub(super) fn read(document: &Document, root: &Node, budget: &ReadBudget<'_>, contents: &mut Contents<'_>) {
    let text = document.source.text();
    if GROUPS.iter().any(|group| text.contains(group)) {
        let reader = Reader {
            document,
            root,
            budget,
        };
        reader.node(root, contents);
    }
}

struct Reader<'r> {
    document: &'r Document,
    root: &'r Node,
    budget: &'r ReadBudget<'r>,
}

impl Reader<'_> {
    fn node(&self, node: &Node, contents: &mut Contents<'_>) {
        for item in node.as_array().unwrap_or_default() {
            self.node(item, contents);
        }
        let text = |name: &str| node.get(name).and_then(Node::as_str);
        let is_group = |version: &str| GROUPS.iter().any(|group| version.starts_with(group));
        if text("kind") == Some(KIND) && text("apiVersion").is_some_and(is_group) {
            self.manifest(node, contents);
            return;
        }
        for member in node.as_object().unwrap_or_default() {
            self.node(&member.value, contents);
        }
    }

    fn manifest(&self, manifest: &Node, contents: &mut Contents<'_>) {
        let spec = manifest.get("spec");
        // Crossplane nests the parameters of the API.
        let settings = spec.and_then(|spec| spec.get("forProvider")).or(spec);
        let get = |name: &str| settings.and_then(|settings| settings.get(name));
        let metadata = |name: &str| manifest.get("metadata").and_then(|metadata| metadata.get(name));
        let name = metadata("name").or_else(|| metadata("generateName"));
        let name_span = name.or_else(|| manifest.get("kind")).unwrap_or(manifest).span;
        let has_role = settings
            .and_then(Node::as_object)
            .is_some_and(|members| members.iter().any(|member| member.key.starts_with("role")));
        let mut resource = Resource {
            container: Container::Kubernetes,
            name: name.and_then(Node::as_str).unwrap_or(KIND).to_owned(),
            name_span,
            pointer: self.root.pointer_to(manifest.span),
            source: Arc::clone(&self.document.source),
            configuration: Configuration {
                workflow_type: get("type").map_or(Some(WorkflowType::Standard), |kind| {
                    kind.as_str().and_then(WorkflowType::from_name)
                }),
                role: if has_role { Setting::On } else { Setting::Absent },
                ..Configuration::default()
            },
            issues: Vec::new(),
        };
        if let Some(written) = get("definition") {
            self.definition(written, &mut resource, contents);
        }
        contents.resources.push(resource);
    }

    fn definition(&self, written: &Node, resource: &mut Resource, contents: &mut Contents<'_>) {
        let source = &self.document.source;
        let document = match written.as_text() {
            Some(text) if !is_placeholder(text.trim()) && self.budget.take(text.len()) => {
                let mut joined = JoinedText::default();
                joined.push_text(source.text(), text);
                joined.read(source, Syntax::Json, written.span)
            }
            _ => {
                resource.cannot_read(
                    written.span,
                    "definition is unknown until the manifest is rendered",
                );
                return;
            }
        };
        let definition = Definition {
            document,
            is_text: true,
            is_alternative: false,
            span: written.span,
            pointer: self.root.pointer_to(written.span),
            inner: String::new(),
        };
        resource.add_definition(definition, self.budget, contents);
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Syntax;
    use crate::source::SourceFile;
    use crate::template::{Expectation, machines, read_file};
    use std::sync::Arc;

    #[test]
    fn finds_the_manifests_of_controllers() {
        let definition = r#"'{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}'"#;
        let cases = [
            (
                "apiVersion: sfn.services.k8s.aws/v1alpha1\nkind: StateMachine\nmetadata: {name: a}\nspec: {roleARN: r, definition: D}",
                "a",
            ),
            (
                "apiVersion: sfn.aws.upbound.io/v1beta2\nkind: StateMachine\nmetadata: {generateName: b-}\nspec: {forProvider: {roleArnRef: {name: r}, definition: D}}",
                "b-",
            ),
            (
                "kind: Namespace\n---\napiVersion: sfn.aws.m.upbound.io/v1beta1\nkind: StateMachine\nspec: {forProvider: {definition: D}}",
                "StateMachine",
            ),
            (
                "kind: List\nitems: [{apiVersion: sfn.aws.crossplane.io/v1alpha1, kind: StateMachine, metadata: {name: c}, spec: {forProvider: {definition: D}}}]",
                "c",
            ),
            (
                "apiVersion: example.com/v1\nkind: StateMachine\nmetadata: {name: d}\nspec: {definition: D}",
                "",
            ),
            (
                "apiVersion: sfn.services.k8s.aws/v1alpha1\nkind: Activity\nmetadata: {name: e}\nspec: {definition: D}",
                "",
            ),
        ];
        for (text, expected) in cases {
            let text = text.replace('D', definition);
            let source = Arc::new(SourceFile::new("manifest.yaml", text.clone()));
            let document = read_file(source, Syntax::Yaml);
            let found = machines(&document, Expectation::MayBeDefinition);
            let names: Vec<_> = found
                .iter()
                .filter_map(|machine| machine.name.as_deref())
                .collect();
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }
}
