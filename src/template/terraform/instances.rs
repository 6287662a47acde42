//! The state machines of the checked file: resources, module calls, and their instances by `count` and `for_each`.

use super::configuration;
use super::definition::Candidate;
use super::evaluator::Evaluator;
use super::json;
use super::module::Module;
use super::scope::Scope;
use super::sources::Sources;
use super::value::{self, items};
use crate::document::{Document, Member, Node};
use crate::template::cloudformation;
use crate::template::contents::Contents;
use crate::template::definition::Definition;
use crate::template::issue::IssueKind;
use crate::template::machine::{Container, EmbeddedMachine};
use crate::template::read_budget::{MAX_OUTCOMES, ReadBudget};
use crate::template::resource::Resource;
use std::rc::Rc;
use std::sync::Arc;

/// The resource types of state machines, and the attributes that contain the definition.
pub(super) const TYPES: [(&str, &[&str]); 2] = [
    ("aws_sfn_state_machine", &["definition"]),
    (
        "awscc_stepfunctions_state_machine",
        &["definition_string", "definition"],
    ),
];

/// The resource types of stacks of CloudFormation.
const STACKS: [&str; 2] = ["aws_cloudformation_stack", "aws_cloudformation_stack_set"];

/// The attributes of a resource whose values are not needed for its configuration.
const DEFINITIONS: [&str; 2] = ["definition", "definition_string"];

/// The maximum number of instances of a resource that are read.
const MAX_INSTANCES: usize = 256;

/// The checked file and its module.
pub(super) struct Configuration<'d, 'b> {
    document: &'d Document,
    root: Rc<Node>,
    budget: &'b ReadBudget<'b>,
}

/// A state machine resource or a module call in a file.
pub(super) enum Item<'n> {
    Resource {
        name: &'n Member,
        body: &'n Node,
        definition: Option<&'n Node>,
    },
    Call(&'n Member),
    /// The template of a stack of CloudFormation.
    Stack(&'n Node),
}

/// The state machine resources and the module calls in a file, in source order.
pub(super) fn items_of(root: &Node) -> Vec<Item<'_>> {
    let mut found = Vec::new();
    for block in json::members(root) {
        if block.key.as_str() == "module" {
            for call in json::members(&block.value) {
                found.push((call.key_span.start, Item::Call(call)));
            }
        } else if block.key.as_str() == "inputs" {
            // The arguments of the module that a configuration of Terragrunt calls.
            found.push((block.key_span.start, Item::Call(block)));
        } else if block.key.as_str() == "resource" {
            for stack in STACKS.iter().flat_map(|kind| json::values(&block.value, kind)) {
                for name in json::members(stack) {
                    let template = name.value.get("template_body");
                    found.extend(template.map(|template| (name.key_span.start, Item::Stack(template))));
                }
            }
            for (kind, attributes) in TYPES {
                for name in json::values(&block.value, kind).flat_map(json::members) {
                    let body = name
                        .value
                        .as_array()
                        .and_then(<[Node]>::first)
                        .unwrap_or(&name.value);
                    let definition = attributes.iter().find_map(|attribute| body.get(attribute));
                    let item = Item::Resource {
                        name,
                        body,
                        definition,
                    };
                    found.push((name.key_span.start, item));
                }
            }
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, item)| item).collect()
}

impl<'d, 'b> Configuration<'d, 'b> {
    pub(super) const fn new(document: &'d Document, root: Rc<Node>, budget: &'b ReadBudget<'b>) -> Self {
        Self {
            document,
            root,
            budget,
        }
    }

    pub(super) fn read(&self, contents: &mut Contents<'_>) {
        let items = items_of(&self.root);
        if items.is_empty() {
            return;
        }
        let sources = Sources::new(&self.document.source, &self.root, self.budget);
        let module = Module::main(&self.root);
        for item in items {
            match item {
                Item::Resource {
                    name,
                    body,
                    definition,
                } => {
                    self.resource(name, body, definition, &sources, &module, contents);
                }
                Item::Call(call) => self.call(call, &sources, &module, contents),
                Item::Stack(template) => self.stack(template, &sources, &module, contents),
            }
        }
    }

    fn resource(
        &self,
        name: &Member,
        body: &Node,
        definition: Option<&Node>,
        sources: &Sources<'_>,
        module: &Module,
        contents: &mut Contents<'_>,
    ) {
        let owner = name.key.as_str();
        let mut resource = self.begin(name);
        resource.configuration = configuration::read(&settings(body, owner, sources, module));
        let Some(definition) = definition else {
            contents.resources.push(resource);
            return;
        };
        let evaluator = Evaluator::new(sources, owner);
        let instances = evaluator.instances(body, definition, Scope::new(module));
        let is_found = instances.iter().any(|(_, candidates)| !candidates.is_empty());
        for (key, candidates) in instances {
            let name = key.map_or_else(|| owner.to_owned(), |key| format!("{owner}[{key}]"));
            self.add_definition(name, candidates, definition, &evaluator, &mut resource, contents);
        }
        self.report(evaluator, &mut resource);
        if !is_found && resource.issues.is_empty() && !self.budget.is_spent() {
            resource.cannot_read(
                definition.span,
                "definition is unknown until the configuration is applied",
            );
        }
        contents.resources.push(resource);
    }

    /// A module call: the state machines of a local module, or arguments that are definitions. What an external module
    /// does with its arguments is unknown, so no other problem is reported.
    fn call(&self, call: &Member, sources: &Sources<'_>, module: &Module, contents: &mut Contents<'_>) {
        let owner = call.key.as_str();
        let evaluator = Evaluator::new(sources, owner);
        let found = evaluator.machines_of_call(call, Scope::new(module));
        if found.is_empty() {
            return;
        }
        let mut resource = self.begin(call);
        for (name, candidates) in found {
            let written = call.value.get("definition").unwrap_or(&call.value);
            self.add_definition(name, candidates, written, &evaluator, &mut resource, contents);
        }
        self.report(evaluator, &mut resource);
        contents.resources.push(resource);
    }

    /// The state machines in a template of CloudFormation that is written in this file.
    fn stack(&self, written: &Node, sources: &Sources<'_>, module: &Module, contents: &mut Contents<'_>) {
        let evaluator = Evaluator::new(sources, "");
        let value = evaluator.evaluate(written, Scope::new(module));
        let Some(template) = evaluator.stack_template(&value) else {
            return;
        };
        let pointer = self.root.pointer_to(written.span);
        let mut found = Contents::default();
        for root in &template.roots {
            cloudformation::read_template(&template, root, self.budget, &mut found);
        }
        contents
            .machines
            .extend(found.machines.into_iter().map(|machine| EmbeddedMachine {
                pointer: pointer.clone(),
                is_text: true,
                ..machine.into_owned()
            }));
        contents
            .resources
            .extend(found.resources.into_iter().map(|resource| Resource {
                pointer: pointer.clone(),
                ..resource
            }));
    }

    /// Stores the definitions that one state machine may have.
    fn add_definition(
        &self,
        name: String,
        candidates: Vec<Candidate>,
        written: &Node,
        evaluator: &Evaluator<'_>,
        resource: &mut Resource,
        contents: &mut Contents<'_>,
    ) {
        let owner = std::mem::replace(&mut resource.name, name);
        if candidates.len() > MAX_OUTCOMES {
            resource.has_more_outcomes(written.span);
        }
        for (i, candidate) in candidates.into_iter().take(MAX_OUTCOMES).enumerate() {
            evaluator.locate(&candidate.document);
            let definition = Definition {
                document: candidate.document,
                is_text: candidate.is_text,
                is_alternative: i > 0,
                span: written.span,
                pointer: self.root.pointer_to(written.span),
                inner: candidate.inner,
            };
            resource.add_definition(definition, self.budget, contents);
        }
        resource.name = owner;
    }

    fn report(&self, evaluator: Evaluator<'_>, resource: &mut Resource) {
        let sources = evaluator.sources;
        let issues = evaluator.issues.into_inner().into_iter();
        resource.issues.extend(issues.map(|issue| sources.place(issue)));
        if self.budget.is_spent() {
            resource.issues.extend(self.budget.issue(resource.name_span));
        }
    }

    fn begin(&self, member: &Member) -> Resource {
        Resource {
            container: Container::Terraform,
            name: member.key.to_string(),
            name_span: member.key_span,
            pointer: self.root.pointer_to(member.value.span),
            source: Arc::clone(&self.document.source),
            configuration: crate::template::Configuration::default(),
            issues: Vec::new(),
        }
    }
}

/// The attributes of a resource without its definition. Problems in them are not those of a definition.
fn settings(body: &Node, owner: &str, sources: &Sources<'_>, module: &Module) -> Node {
    let evaluator = Evaluator::new(sources, owner);
    let members = body.as_object().unwrap_or_default();
    let is_setting = |m: &&Member| !DEFINITIONS.contains(&m.key.as_str());
    let setting = |m: &Member| Member {
        key: m.key.clone(),
        key_span: m.key_span,
        value: evaluator.evaluate(&m.value, Scope::new(module)),
    };
    value::object(
        members.iter().filter(is_setting).map(setting).collect(),
        body.span,
    )
}

impl Evaluator<'_> {
    /// The definitions of a resource. The instances by `for_each` or `count` are told apart only where the definition
    /// cannot be read without the key.
    pub(super) fn instances(
        &self,
        body: &Node,
        definition: &Node,
        scope: Scope<'_>,
    ) -> Vec<(Option<String>, Vec<Candidate>)> {
        let mut found = Vec::new();
        self.candidates(&self.evaluate(definition, scope), &mut found);
        if found.len() == 1 {
            return vec![(None, found)];
        }
        let each = self.each(body, scope).unwrap_or_default();
        let mut all = Vec::new();
        for (key, names) in each.into_iter().take(MAX_INSTANCES) {
            let bindings = scope.bind(&names);
            let mut found = Vec::new();
            self.candidates(&self.evaluate(definition, scope.within(&bindings)), &mut found);
            if !found.is_empty() {
                all.push((Some(key), found));
            }
        }
        if all.is_empty() && !found.is_empty() {
            all.push((None, found));
        }
        all
    }

    /// The instances of a resource or a call: the key of each, and the names that it defines.
    pub(super) fn each(&self, body: &Node, scope: Scope<'_>) -> Option<Vec<(String, Vec<Member>)>> {
        let span = body.span;
        if let Some(written) = body.get("for_each") {
            let collection = self.evaluate(written, scope);
            let is_list = collection.as_array().is_some();
            let instance = |(key, item): (Node, &Node)| {
                // The key of an item of a set is the item.
                let key = if is_list { item.clone() } else { key };
                let name = format!("\"{}\"", value::known_text(&key).unwrap_or_default());
                let members = vec![value::member("key", key), value::member("value", item.clone())];
                (name, vec![value::member("each", value::object(members, span))])
            };
            return Some(
                items(&collection)?
                    .into_iter()
                    .take(MAX_INSTANCES)
                    .map(instance)
                    .collect(),
            );
        }
        let count = value::known_text(&self.evaluate(body.get("count")?, scope))?
            .parse::<usize>()
            .ok()?;
        let instance = |i: usize| {
            let index = Node::new(crate::document::NodeKind::Number(i.to_string().into()), span);
            let members = vec![value::member("index", index)];
            (
                i.to_string(),
                vec![value::member("count", value::object(members, span))],
            )
        };
        Some((0..count.min(MAX_INSTANCES)).map(instance).collect())
    }

    /// Adds the pointers of issues that are inside of a definition.
    fn locate(&self, document: &Document) {
        let Some(root) = document.roots.first() else {
            return;
        };
        for issue in self.issues.borrow_mut().iter_mut() {
            let is_inside = issue.kind == IssueKind::UndefinedSubstitution && issue.pointer.is_none();
            if let Some(span) = self
                .sources
                .span_in(issue.span, &document.source)
                .filter(|_| is_inside)
            {
                issue.pointer = Some(root.pointer_to(span));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Syntax;
    use crate::source::SourceFile;
    use crate::template::{Expectation, NoFiles, contents, read_file};
    use std::sync::Arc;

    #[test]
    fn finds_state_machines_in_stacks_of_cloudformation() {
        let text = r#"
resource "aws_cloudformation_stack" "text" {
  template_body = <<-YAML
    Resources:
      Text:
        Type: AWS::StepFunctions::StateMachine
        Properties:
          RoleArn: "${aws_iam_role.flow.arn}"
          DefinitionString: |
            ${jsonencode({ StartAt = "A", States = { A = { Type = "Succeed" } } })}
  YAML
}
resource "aws_cloudformation_stack_set" "value" {
  template_body = jsonencode({
    Resources = {
      Value = {
        Type       = "AWS::Serverless::StateMachine"
        Properties = { Definition = { StartAt = "B", States = { B = { Type = "Succeed" } } } }
      }
    }
  })
}
resource "aws_cloudformation_stack" "elsewhere" {
  template_url = "https://example.com/template.yaml"
}
"#;
        let source = Arc::new(SourceFile::new("main.tf", text.to_owned()));
        let document = read_file(source, Syntax::Hcl);
        let found = contents(&document, Expectation::MayBeDefinition, &NoFiles);
        let machines: Vec<_> = found
            .machines
            .iter()
            .map(|m| {
                let start = m.node().get("StartAt").and_then(|start| start.as_str());
                (
                    m.name.as_deref().unwrap_or_default(),
                    m.pointer.as_str(),
                    start.unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(
            machines,
            [
                (
                    "Text",
                    "/resource/aws_cloudformation_stack/text/template_body",
                    "A"
                ),
                (
                    "Value",
                    "/resource/aws_cloudformation_stack_set/value/template_body",
                    "B"
                ),
            ]
        );
    }
}
