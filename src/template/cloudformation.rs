//! CloudFormation and SAM templates, written by hand or synthesized by the CDK.

use super::contents::Contents;
use super::definition::Definition;
use super::files::{Base, syntax_of};
use super::intrinsic::{Assembler, Call, PlaceholderOrigins, Scope, branches, call, is_placeholder};
use super::issue::{IssueKind, TemplateIssue};
use super::machine::Container;
use super::read_budget::ReadBudget;
use super::resource::{Configuration, Resource, Setting};
use super::serverless::variable;
use super::splice::splice;
use super::substitution::Substitutions;
use crate::document::{Document, Node, NodeKind, Syntax, read};
use crate::source::{SourceFile, Span};
use crate::spec::{WorkflowType, placeholder};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

const CLOUDFORMATION: &str = "AWS::StepFunctions::StateMachine";
const SAM: &str = "AWS::Serverless::StateMachine";

/// The properties that contain or reference a definition.
const PROPERTIES: [&str; 4] = [
    "Definition",
    "DefinitionString",
    "DefinitionUri",
    "DefinitionS3Location",
];

/// The macro that inserts a file.
const INCLUDE: &str = "AWS::Include";

/// The resource types of state machines.
pub(super) const RESOURCE_TYPES: [&str; 2] = [CLOUDFORMATION, SAM];

/// Reads the resources of a template.
pub(super) fn read_template<'d>(
    document: &'d Document,
    root: &'d Node,
    budget: &ReadBudget<'_>,
    contents: &mut Contents<'d>,
) {
    let scope = Scope {
        file: document.source.text(),
        budget,
        parameters: root.get("Parameters"),
        mappings: root.get("Mappings"),
    };
    // A template fragment, which a build assembles with others, is a map of resources.
    let (resources, base) = match root.get("Resources") {
        Some(resources) if resources.get("Type").is_none_or(|t| t.as_str().is_none()) => {
            (resources, Base::TemplateFolder)
        }
        _ => (root, Base::AnyAncestor),
    };
    let template = Template {
        document,
        root,
        scope,
        base,
        globals: root.get("Globals").and_then(|g| g.get("StateMachine")),
        has_includes: has_includes(document),
    };
    template.resources(resources, contents);
    // The document may also be a single resource, which a build or a configuration of the Serverless Framework inserts.
    if let Some(container) = container(root)
        && root.get("Properties").is_some()
    {
        let name = Path::new(document.source.name()).file_stem();
        let name = name.and_then(OsStr::to_str).unwrap_or_default();
        template.resource(name, root.span, root, container, contents);
    }
}

/// The kind of template that a resource is in, if it is a state machine.
fn container(resource: &Node) -> Option<Container> {
    match resource.get("Type")?.as_str()? {
        CLOUDFORMATION => Some(Container::CloudFormation),
        SAM => Some(Container::Sam),
        _ => None,
    }
}

/// Reads a map of resources in a document that is not a CloudFormation template otherwise.
pub(super) fn read_resources<'d>(
    document: &'d Document,
    root: &'d Node,
    section: &'d Node,
    budget: &ReadBudget<'_>,
    contents: &mut Contents<'d>,
) {
    let Some(resources) = section.get("Resources") else {
        return;
    };
    let template = Template {
        document,
        root,
        scope: Scope {
            file: document.source.text(),
            budget,
            parameters: section.get("Parameters"),
            mappings: section.get("Mappings"),
        },
        base: Base::TemplateFolder,
        globals: None,
        has_includes: has_includes(document),
    };
    template.resources(resources, contents);
}

fn has_includes(document: &Document) -> bool {
    let text = document.source.text();
    text.contains(INCLUDE) || text.contains(variable::FILE)
}

struct Template<'d, 'f> {
    document: &'d Document,
    root: &'d Node,
    scope: Scope<'f>,
    base: Base,
    globals: Option<&'d Node>,
    /// Whether it may include files.
    has_includes: bool,
}

impl<'d> Template<'d, '_> {
    fn resources(&self, resources: &'d Node, contents: &mut Contents<'d>) {
        for member in resources.as_object().unwrap_or_default() {
            if member.key.starts_with("Fn::ForEach::") {
                let looped = member.value.as_array().and_then(|items| items.get(2));
                if let Some(map) = looped {
                    self.resources(map, contents);
                }
            }
            if let Some(container) = container(&member.value) {
                self.resource(&member.key, member.key_span, &member.value, container, contents);
            }
        }
    }

    fn resource(
        &self,
        name: &str,
        name_span: Span,
        value: &'d Node,
        container: Container,
        contents: &mut Contents<'d>,
    ) {
        let properties = value.get("Properties");
        let mut resource = Resource {
            container,
            name: name.to_owned(),
            name_span,
            pointer: self.root.pointer_to(value.span),
            source: Arc::clone(&self.document.source),
            configuration: self.configuration(properties, container),
            issues: Vec::new(),
        };
        let Some(properties) = properties.filter(|p| p.as_object().is_some() && call(p).is_none()) else {
            resource.cannot_read(name_span, "the properties of this state machine cannot be read");
            contents.resources.push(resource);
            return;
        };
        let budget = self.scope.budget;
        let substitutions = self.substitutions(name, properties);
        let mut is_all_seen = self.document.is_whole;
        let mut has_definition = false;
        let mut is_alternative = false;
        for property in PROPERTIES {
            let Some(written) = properties.get(property) else {
                continue;
            };
            let (nodes, has_more) = branches(written, budget);
            if has_more {
                is_all_seen = false;
                if budget.is_spent() {
                    resource.issues.extend(budget.issue(written.span));
                } else {
                    resource.has_more_outcomes(written.span);
                }
            }
            for node in nodes {
                has_definition = true;
                let Some((mut document, foreign, is_text)) = self.definition(property, node, &mut resource)
                else {
                    is_all_seen = false;
                    continue;
                };
                let undefined = substitutions.apply(&mut document, &foreign, budget);
                resource.issues.extend(undefined);
                is_all_seen &= document.is_whole && !budget.is_spent();
                let definition = Definition {
                    document,
                    is_text,
                    is_alternative: std::mem::replace(&mut is_alternative, true),
                    span: node.span,
                    pointer: self.root.pointer_to(node.span),
                    inner: String::new(),
                };
                resource.add_definition(definition, budget, contents);
            }
        }
        if self.document.is_whole && PROPERTIES.iter().all(|name| properties.get(name).is_none()) {
            let message = "this state machine has no definition";
            let issue = TemplateIssue::new(IssueKind::Unreadable, name_span, message);
            resource.issues.push(issue.help(if container == Container::Sam {
                "add `DefinitionUri` or `Definition`"
            } else {
                "add `DefinitionString`, `Definition`, or `DefinitionS3Location`"
            }));
        }
        if has_definition && is_all_seen {
            resource.issues.extend(substitutions.unused());
        }
        contents.resources.push(resource);
    }

    /// The definition that a property contains or references, the offsets of the `${Name}`s in it that belong to the template,
    /// and whether it is in a string.
    fn definition(
        &self,
        property: &str,
        node: &'d Node,
        resource: &mut Resource,
    ) -> Option<(Document, PlaceholderOrigins, bool)> {
        if let "DefinitionUri" | "DefinitionS3Location" = property {
            let document = self.file(node, &mut Assembler::new(self.scope), resource)?;
            return Some((document, PlaceholderOrigins::new(), false));
        }
        let before = resource.issues.len();
        let spliced;
        let (document, node) = if self.has_includes {
            spliced = self.with_files(node, &mut resource.issues);
            (&spliced, spliced.roots.first()?)
        } else {
            (self.document, node)
        };
        let (object, is_call) = match call(node) {
            Some(Call {
                name: "ToJsonString",
                argument,
            }) => (argument, false),
            other => (node, other.is_some()),
        };
        // Its file could not be read.
        if include_of(object).is_some() {
            return None;
        }
        let mut assembler = Assembler::new(Scope {
            file: document.source.text(),
            ..self.scope
        });
        if object.as_object().is_some() && !is_call {
            let document = Document {
                source: Arc::clone(&document.source),
                syntax: document.syntax,
                roots: vec![assembler.tree(object)],
                errors: Vec::new(),
                is_whole: document.is_whole,
            };
            return Some((document, assembler.foreign, false));
        }
        let text = assembler.assemble(node);
        if is_placeholder(text.text()) {
            if resource.issues.len() == before {
                resource.cannot_read(node.span, "definition is unknown until the template is deployed");
            }
            return None;
        }
        let document = text.read(&document.source, Syntax::Json, node.span);
        Some((document, assembler.foreign, true))
    }

    /// A value of the template with the values of other files in the places that reference them.
    fn with_files(&self, node: &Node, issues: &mut Vec<TemplateIssue>) -> Document {
        let document = Document {
            source: Arc::clone(&self.document.source),
            syntax: self.document.syntax,
            roots: vec![node.clone()],
            errors: Vec::new(),
            is_whole: self.document.is_whole,
        };
        let mut find = |node: &Node, text: &str| self.included(node, text, issues);
        splice(document, self.scope.budget, &mut find)
    }

    /// The file that a node includes, by `AWS::Include` or a variable of the Serverless Framework, and its value.
    fn included(
        &self,
        node: &Node,
        text: &str,
        issues: &mut Vec<TemplateIssue>,
    ) -> Option<(Arc<SourceFile>, Node)> {
        let (path, keys, span, base) = match include_of(node) {
            Some((path, span)) => (path, "", span, self.base),
            None => {
                let (path, keys) = variable::file_of(node, text)?;
                (path, keys, node.span, Base::AnyAncestor)
            }
        };
        let (budget, from) = (self.scope.budget, self.document.source.name());
        let source = budget.open_at(from, path, span, base, issues)?;
        let document = read(Arc::clone(&source), syntax_of(&source));
        let value = variable::lookup(document.roots.last()?, keys)?;
        Some((source, budget.copy(value)))
    }

    fn file(&self, node: &Node, assembler: &mut Assembler<'_>, resource: &mut Resource) -> Option<Document> {
        let is_location = node.as_object().is_some() && call(node).is_none();
        let path = assembler.assemble(node);
        let path = path.text();
        if let Some(document) = self.object(node, path) {
            return Some(document);
        }
        if is_location || path.starts_with("s3://") || path.starts_with("https://") {
            let message = "definition is stored in S3 and was not read";
            let issue = TemplateIssue::new(IssueKind::Unreadable, node.span, message);
            resource.issues.push(
                issue.help("pass `--s3-root DIR` with a directory that contains copies of the objects"),
            );
            return None;
        }
        if placeholder::is_in(path) {
            resource.cannot_read(
                node.span,
                "definition path is unknown until the template is deployed",
            );
            return None;
        }
        resource.open(path, node.span, self.base, self.scope.budget)
    }

    /// The local file that represents an object of S3.
    fn object(&self, node: &Node, path: &str) -> Option<Document> {
        let part = |name: &str| {
            let value = node.get(name)?;
            let text = Assembler::new(self.scope).assemble(value);
            Some(text.text().to_owned())
        };
        let (bucket, key) = if let Some(key) = part("Key") {
            (part("Bucket").unwrap_or_default(), key)
        } else {
            let address = path.strip_prefix("s3://").or_else(|| {
                path.strip_prefix("https://")?
                    .split_once('/')
                    .map(|(_, path)| path)
            })?;
            let (bucket, key) = address.split_once('/')?;
            (bucket.to_owned(), key.to_owned())
        };
        let source = self.scope.budget.object(&bucket, &key)?;
        let syntax = syntax_of(&source);
        Some(read(source, syntax))
    }

    fn substitutions(&self, owner: &str, properties: &'d Node) -> Substitutions {
        let mut substitutions = Substitutions::new(owner, "DefinitionSubstitutions");
        let Some(written) = properties.get("DefinitionSubstitutions") else {
            return substitutions;
        };
        let members = written.as_object().filter(|_| call(written).is_none());
        substitutions.is_partial = members.is_none();
        for member in members.unwrap_or_default() {
            if member.key.starts_with("Fn::") {
                substitutions.is_partial = true;
                continue;
            }
            let value = Assembler::new(self.scope).assemble(&member.value);
            substitutions.add(&member.key, member.key_span, value.text().to_owned());
        }
        substitutions
    }

    fn configuration(&self, properties: Option<&Node>, container: Container) -> Configuration {
        let get = |name: &str| {
            let own = properties.and_then(|p| p.get(name));
            own.or_else(|| self.globals.and_then(|g| g.get(name)))
        };
        let is_sam = container == Container::Sam;
        let kind = get(if is_sam { "Type" } else { "StateMachineType" });
        let workflow_type = match kind {
            None => Some(WorkflowType::Standard),
            Some(node) => node.as_str().and_then(WorkflowType::from_name),
        };
        let name = get(if is_sam { "Name" } else { "StateMachineName" });
        let logging = get(if is_sam { "Logging" } else { "LoggingConfiguration" });
        let tracing = get(if is_sam { "Tracing" } else { "TracingConfiguration" });
        let key = get("EncryptionConfiguration");
        Configuration {
            workflow_type,
            name: name.and_then(|n| Some((n.as_str()?.to_owned(), n.span))),
            logging: setting(logging, "Level", &|level| match &level.kind {
                NodeKind::String(text) if !text.has_placeholder() => Some(text.as_str() != "OFF"),
                // YAML 1.1 reads an unquoted OFF as false.
                NodeKind::Bool(false) => Some(false),
                _ => None,
            }),
            tracing: setting(tracing, "Enabled", &Node::as_bool),
            role: if is_sam {
                Setting::On
            } else {
                properties
                    .and_then(|p| p.get("RoleArn"))
                    .map_or(Setting::Absent, |_| Setting::On)
            },
            key: setting(key, "Type", &|kind| {
                kind.as_str().map(|t| t == "CUSTOMER_MANAGED_KMS_KEY")
            }),
        }
    }
}

/// The path of the local file that a node includes by `AWS::Include`, and its place.
fn include_of(node: &Node) -> Option<(&str, Span)> {
    let argument = match call(node) {
        Some(Call {
            name: "Transform",
            argument,
        }) => argument,
        _ => node.get("Fn::Transform")?,
    };
    let is_include = argument.get("Name").and_then(Node::as_str) == Some(INCLUDE);
    let location = argument
        .get("Parameters")?
        .get("Location")
        .filter(|_| is_include)?;
    let path = location
        .as_str()
        .filter(|path| !path.contains("://") && !path.contains("${"))?;
    Some((path, location.span))
}

/// The setting of a property that one member of its object decides.
fn setting(written: Option<&Node>, member: &str, is_on: &dyn Fn(&Node) -> Option<bool>) -> Setting {
    let Some(written) = written else {
        return Setting::Absent;
    };
    if call(written).is_some() || written.as_object().is_none() {
        return Setting::Unknown;
    }
    let Some(node) = written.get(member) else {
        return Setting::Off(written.span);
    };
    match is_on(node) {
        Some(true) => Setting::On,
        Some(false) => Setting::Off(node.span),
        None => Setting::Unknown,
    }
}
