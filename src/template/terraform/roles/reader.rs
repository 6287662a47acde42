//! The roles of state machines in the files of a module.

use super::blocks::{Blocks, ROLE, mentioned, path_of};
use super::document::policy;
use super::names::names;
use crate::document::{Document, Node, NodeKind, Syntax};
use crate::source::Span;
use crate::template::permissions::machine::{Grant, MachinePermissions, RolePolicies};
use crate::template::permissions::names::Names;
use crate::template::permissions::principals::is_assumed_by_others;
use crate::template::read_budget::ReadBudget;
use crate::template::resource::Resource;
use crate::template::terraform::evaluator::Evaluator;
use crate::template::terraform::instances::{Item, items_of};
use crate::template::terraform::json;
use crate::template::terraform::module::Module;
use crate::template::terraform::scope::Scope;
use crate::template::terraform::sources::Sources;
use crate::template::terraform::value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The resource types that attach policies to a role, and the argument that names it.
const ATTACHMENTS: [(&str, &str); 3] = [
    ("aws_iam_role_policy", "role"),
    ("aws_iam_role_policy_attachment", "role"),
    ("aws_iam_policy_attachment", "roles"),
];

/// Reads the roles of a module.
pub(in crate::template) struct Roles<'b> {
    sources: Sources<'b>,
    module: Module,
    blocks: Blocks,
    names: Arc<Names>,
    /// The role of each state machine of the checked file, as written, by the name of the resource.
    machines: HashMap<String, Node>,
    /// The names of the state machines with a role, in all files.
    users: HashMap<String, Vec<String>>,
    /// Whether the other files of the module could be listed.
    is_whole: bool,
    length: u32,
    known: RefCell<HashMap<String, Option<Arc<RolePolicies>>>>,
}

impl<'b> Roles<'b> {
    pub(in crate::template) fn new(document: &Document, root: &Node, budget: &'b ReadBudget<'b>) -> Self {
        let root = Rc::new(match document.syntax {
            Syntax::Hcl => root.clone(),
            _ => json::with_operations(document, root, budget),
        });
        let sources = Sources::new(&document.source, &root, budget);
        let module = Module::main(&root);
        let mut roots = vec![Rc::clone(&root)];
        roots.extend(sources.folder(".").roots.iter().cloned());
        let blocks = Blocks::new(&roots);
        let mut machines = HashMap::new();
        let mut users: HashMap<String, Vec<String>> = HashMap::new();
        for (at, root) in roots.iter().enumerate() {
            for item in items_of(root) {
                let Item::Resource { name, body, .. } = item else {
                    continue;
                };
                let Some(role) = body.get("role_arn") else {
                    continue;
                };
                if let Some(used) = role_in(role, &module, &sources) {
                    users.entry(used).or_default().push(name.key.to_string());
                }
                if at == 0 {
                    machines.insert(name.key.to_string(), role.clone());
                }
            }
        }
        let found = names(&roots);
        let is_whole = !budget.folder(document.source.name(), ".", ".tf").is_empty();
        Self {
            module,
            blocks,
            names: Arc::new(found),
            machines,
            users,
            is_whole,
            length: crate::source::to_offset(document.source.text().len()),
            known: RefCell::default(),
            sources,
        }
    }

    /// What the module says about a state machine.
    pub(in crate::template) fn machine(&self, resource: &Resource) -> MachinePermissions {
        let known = resource.configuration.name.as_ref().map(|(name, _)| name.clone());
        let own = format!("aws_sfn_state_machine.{}.name", resource.name);
        let reference = format!("${{{own}}}");
        let mut names = Arc::clone(&self.names);
        // The name may be an expression, which `names` does not evaluate.
        if let Some(known) = known
            .as_ref()
            .filter(|known| names.resolve(&reference) != known.as_str())
        {
            Arc::make_mut(&mut names).add(&own, known.clone());
        }
        let role = self.machines.get(&resource.name);
        MachinePermissions {
            names,
            machine: known.unwrap_or(reference),
            policies: role.and_then(|role| {
                let name = role_in(role, &self.module, &self.sources)?;
                let mut known = self.known.borrow_mut();
                let policies = known
                    .entry(name.clone())
                    .or_insert_with(|| self.role(&name, role.span).map(Arc::new));
                policies.clone()
            }),
            ..MachinePermissions::default()
        }
    }

    /// The policies of a role. `at` is where a state machine references it.
    fn role(&self, name: &str, at: Span) -> Option<RolePolicies> {
        let body = self.blocks.get(ROLE, name)?;
        let trust = body.get("assume_role_policy");
        let trust = trust.and_then(|trust| self.policy(trust, Scope::new(&self.module)));
        let mut role = RolePolicies {
            grants: Vec::new(),
            boundary: body
                .get("permissions_boundary")
                .filter(|boundary| !matches!(boundary.kind, NodeKind::Null))
                .map(|boundary| self.managed(boundary, Scope::new(&self.module), at)),
            is_complete: self.is_whole,
            machines: self.users.get(name).cloned().unwrap_or_default(),
            is_shared: trust.as_ref().is_some_and(is_assumed_by_others)
                || self.blocks.is_used_by_others(name),
        };
        for member in body.as_object().unwrap_or_default() {
            match member.key.as_str() {
                "inline_policy" => {
                    let items = member.value.as_array();
                    for item in items.unwrap_or(std::slice::from_ref(&member.value)) {
                        role.grants
                            .push(self.grant(item.get("policy"), Scope::new(&self.module), at));
                    }
                }
                "managed_policy_arns" => match member.value.as_array() {
                    Some(items) => {
                        let items = items.iter();
                        role.grants
                            .extend(items.map(|item| self.managed(item, Scope::new(&self.module), at)));
                    }
                    None => role.grants.push(Grant::Unknown),
                },
                "dynamic" => role.grants.push(Grant::Unknown),
                _ => {}
            }
        }
        let literal = body
            .get("name")
            .map(|name| self.evaluator().evaluate(name, Scope::new(&self.module)));
        let literal = literal.as_ref().and_then(value::known_text);
        for (kind, argument) in ATTACHMENTS {
            for attachment in self.blocks.of(kind) {
                let Some(written) = attachment.get(argument) else {
                    continue;
                };
                let names = mentioned(written, ROLE, &|name| self.module.get(name, &self.sources));
                let is_named = literal.is_some() && written.as_str() == literal.as_deref();
                if names.iter().any(|found| found == name) || is_named {
                    self.attached(attachment, at, &mut role.grants);
                } else if names.is_empty() && mentions(attachment, name) {
                    role.grants.push(Grant::Unknown);
                }
            }
        }
        // A module may attach policies to a role that it receives.
        if self.blocks.is_passed_to_module(name) {
            role.grants.push(Grant::Unknown);
        }
        Some(role)
    }

    /// The policies of an attachment, of which there may be several by `for_each`.
    fn attached(&self, attachment: &Node, at: Span, grants: &mut Vec<Grant>) {
        let scope = Scope::new(&self.module);
        let grant = |scope: Scope<'_>| match attachment.get("policy_arn") {
            Some(arn) => self.managed(arn, scope, at),
            None => self.grant(attachment.get("policy"), scope, at),
        };
        if attachment.get("for_each").is_none() && attachment.get("count").is_none() {
            return grants.push(grant(scope));
        }
        let Some(instances) = self.evaluator().each(attachment, scope) else {
            // Without the key, the policy of all instances may still be known.
            return grants.push(grant(scope));
        };
        for (_, names) in instances {
            let bindings = scope.bind(&names);
            grants.push(grant(scope.within(&bindings)));
        }
    }

    /// A policy document.
    fn grant(&self, written: Option<&Node>, scope: Scope<'_>, at: Span) -> Grant {
        let policy = written.and_then(|written| self.policy(written, scope));
        let Some(policy) = policy.filter(|policy| policy.get("Statement").is_some()) else {
            return Grant::Unknown;
        };
        let mut is_here = written.is_some_and(|written| written.as_str().is_none());
        policy.for_each_span(&mut |span| is_here &= span.end <= self.length);
        Grant::Document {
            span: if is_here { policy.span } else { at },
            policy,
        }
    }

    /// A policy by its ARN: one of the module, or a managed policy of AWS.
    fn managed(&self, arn: &Node, scope: Scope<'_>, at: Span) -> Grant {
        let of_module = mentioned(arn, "aws_iam_policy", &|name| {
            self.module.get(name, &self.sources)
        });
        let value = self.evaluator().evaluate(arn, scope);
        // An unknown `each.value` has the span of the expression in the collection, which may name a policy of the module.
        let written = self.sources.written(value.span);
        let named = written
            .strip_prefix("aws_iam_policy.")
            .filter(|_| value.is_unknown());
        let named = named.and_then(|rest| rest.split(['.', '[']).next());
        let name = match of_module.as_slice() {
            [name] => Some(name.as_str()),
            _ => named,
        };
        if let Some(body) = name.and_then(|name| self.blocks.get("aws_iam_policy", name)) {
            return self.grant(body.get("policy"), Scope::new(&self.module), at);
        }
        let in_file = if arn.span.end <= self.length { arn.span } else { at };
        let managed = |name: String| Grant::Managed { name, span: in_file };
        if let Some(text) = value.as_str().filter(|text| text.starts_with("arn:")) {
            return managed(text.to_owned());
        }
        if let Some(["data", "aws_iam_policy", name, ..]) = path_of(arn).as_deref()
            && let Some(body) = self.blocks.get("data.aws_iam_policy", name)
            && let Some(text) = body
                .get("arn")
                .or_else(|| body.get("name"))
                .and_then(Node::as_str)
        {
            return managed(text.to_owned());
        }
        Grant::Unknown
    }

    /// The value of a policy, with references as texts.
    fn policy(&self, written: &Node, scope: Scope<'_>) -> Option<Node> {
        policy(written, &self.evaluator(), &self.blocks, scope)
    }

    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.sources, "")
    }
}

/// The only role that an expression names, also through locals.
fn role_in(expression: &Node, module: &Module, sources: &Sources<'_>) -> Option<String> {
    let names = mentioned(expression, ROLE, &|name| module.get(name, sources));
    match names.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// Whether a part of a block names a role.
fn mentions(block: &Node, role: &str) -> bool {
    mentioned(block, ROLE, &|_| None).iter().any(|name| name == role)
}

#[cfg(test)]
mod tests {
    use crate::document::Syntax;
    use crate::source::SourceFile;
    use crate::template::{Expectation, NoFiles, contents, permissions, read_file};
    use std::sync::Arc;

    #[test]
    fn composed_names_of_state_machines_are_known() {
        let text = r#"
variable "stage" { default = "test" }
locals { flow = "${var.stage}-flow" }
resource "aws_sfn_state_machine" "flow" {
  name       = local.flow
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Succeed" } } })
}
"#;
        let source = Arc::new(SourceFile::new("main.tf", text.to_owned()));
        let document = read_file(source, Syntax::Hcl);
        let found = contents(&document, Expectation::MayBeDefinition, &NoFiles);
        let permissions = permissions(&document, &found.resources, &NoFiles);
        assert_eq!(
            permissions[0].names.resolve("${aws_sfn_state_machine.flow.name}"),
            permissions[0].machine
        );
        assert_eq!(permissions[0].machine, "test-flow");
    }
}
