//! Reading policies.

use super::decision::Role;
use super::plugin;
use super::statement::{Effect, PolicyKind, Selection, Statement, StatementSource};
use crate::aws::iam::{managed, sam};
use crate::document::{Node, Syntax, read};
use crate::iam::condition::Test;
use crate::iam::derive::Derivation;
use crate::source::{SourceFile, Span};
use crate::template::{Grant, RolePolicies};
use std::sync::Arc;

impl Role {
    /// The role of a template. A framework may derive a part of it from the definition, whose needs are in `derivations`.
    pub fn from_template(policies: &RolePolicies, derivations: &[Derivation<'_>]) -> Self {
        let mut role = Self {
            is_complete: policies.is_complete,
            boundary: policies.boundary.as_ref().map(|boundary| {
                let mut role = Self::complete();
                role.add(boundary);
                Box::new(role)
            }),
            ..Self::complete()
        };
        for grant in &policies.grants {
            match grant {
                Grant::Plugin => role
                    .statements
                    .extend(derivations.iter().flat_map(plugin::statements)),
                grant => role.add(grant),
            }
        }
        role
    }

    /// A role without policies.
    const fn complete() -> Self {
        Self {
            statements: Vec::new(),
            is_complete: true,
            boundary: None,
        }
    }

    /// The role with the policies in a file: a policy document, several, or the output of an API that contains some.
    /// `None` if there is none.
    pub fn from_file(root: &Node) -> Option<Self> {
        let mut role = Self::complete();
        let mut found = 0;
        role.find_documents(root, &mut found);
        (found > 0).then_some(role)
    }

    fn find_documents(&mut self, node: &Node, found: &mut usize) {
        for item in node.as_array().unwrap_or_default() {
            self.find_documents(item, found);
        }
        if node.get("Statement").is_some() {
            // A trust policy grants no permissions to the role.
            if !has_principal(node) {
                *found += 1;
                self.add_document(node, None);
            }
            return;
        }
        for member in node.as_object().unwrap_or_default() {
            self.find_documents(&member.value, found);
        }
    }

    fn add(&mut self, grant: &Grant) {
        match grant {
            Grant::Document { policy, span } => {
                let at = if policy.span == *span { None } else { Some(*span) };
                self.add_document(policy, at);
            }
            Grant::Managed { name, span } => match managed::allowed(name) {
                Some(allowed) => {
                    self.is_complete &= managed::is_complete(name);
                    for (actions, resource) in allowed {
                        self.statements.push(Statement {
                            source: StatementSource {
                                span: *span,
                                kind: PolicyKind::Managed,
                            },
                            effect: Effect::Allow,
                            actions: Selection::Of(actions.iter().map(|&a| a.to_owned()).collect()),
                            action_spans: Vec::new(),
                            is_listed: true,
                            resources: Selection::Of(vec![(*resource).to_owned()]),
                            conditions: Vec::new(),
                        });
                    }
                }
                None => self.is_complete = false,
            },
            Grant::SamTemplate {
                name,
                parameters,
                span,
            } => match sam::policy_template(name) {
                Some(text) => {
                    let mut text = text.to_owned();
                    for (name, value) in parameters {
                        let value = serde_json::to_string(value).unwrap_or_default();
                        text = text.replace(&format!("${{{name}}}"), value.trim_matches('"'));
                    }
                    let source = Arc::new(SourceFile::new(name.clone(), format!("{{\"Statement\":{text}}}")));
                    let document = read(source, Syntax::Json);
                    for root in &document.roots {
                        let first = self.statements.len();
                        self.add_document(root, Some(*span));
                        for statement in &mut self.statements[first..] {
                            statement.source.kind = PolicyKind::SamTemplate;
                        }
                    }
                }
                None => self.is_complete = false,
            },
            Grant::Plugin | Grant::Unknown => self.is_complete = false,
        }
    }

    /// Adds the statements of a policy document. `at` is where the policy is referenced, if it is not in the template.
    fn add_document(&mut self, document: &Node, at: Option<Span>) {
        let Some(statements) = document.get("Statement") else {
            self.is_complete = false;
            return;
        };
        for node in statements.as_array().unwrap_or(std::slice::from_ref(statements)) {
            match statement(node, at) {
                Some(statement) => self.statements.push(statement),
                None => self.is_complete = false,
            }
        }
    }
}

fn has_principal(document: &Node) -> bool {
    let statements = document.get("Statement");
    let items = statements.map_or(&[][..], |node| {
        node.as_array().unwrap_or(std::slice::from_ref(node))
    });
    items.iter().any(|statement| statement.get("Principal").is_some())
}

fn statement(node: &Node, at: Option<Span>) -> Option<Statement> {
    let effect = match node.get("Effect")?.as_str()? {
        effect if effect.eq_ignore_ascii_case("Allow") => Effect::Allow,
        effect if effect.eq_ignore_ascii_case("Deny") => Effect::Deny,
        _ => return None,
    };
    let selection = |name: &str, except: &str| match (node.get(name), node.get(except)) {
        (Some(node), _) => texts(node).map_or(Selection::Unknown, Selection::Of),
        (None, Some(node)) => texts(node).map_or(Selection::Unknown, Selection::Except),
        (None, None) => Selection::Unknown,
    };
    let spans = node.get("Action").map_or_else(Vec::new, |actions| {
        let items = actions.as_array().unwrap_or(std::slice::from_ref(actions));
        items.iter().map(|item| at.unwrap_or(item.span)).collect()
    });
    Some(Statement {
        source: StatementSource {
            span: at.unwrap_or(node.span),
            kind: if at.is_some() {
                PolicyKind::Elsewhere
            } else {
                PolicyKind::Own
            },
        },
        effect,
        actions: selection("Action", "NotAction"),
        action_spans: spans,
        is_listed: node
            .get("Action")
            .is_some_and(|actions| actions.as_array().is_some()),
        resources: selection("Resource", "NotResource"),
        conditions: conditions(node.get("Condition")),
    })
}

/// A string or a list of strings; `None` if one of them is unknown.
fn texts(node: &Node) -> Option<Vec<String>> {
    let items = node.as_array().unwrap_or(std::slice::from_ref(node));
    items
        .iter()
        .map(|item| item.as_str().map(str::to_owned))
        .collect()
}

fn conditions(node: Option<&Node>) -> Vec<Test> {
    let Some(node) = node else { return Vec::new() };
    let unknown = || Test {
        operator: "Unknown".to_owned(),
        key: String::new(),
        values: None,
    };
    let Some(operators) = node.as_object() else {
        return vec![unknown()];
    };
    let mut tests = Vec::new();
    for operator in operators {
        let Some(keys) = operator.value.as_object() else {
            tests.push(unknown());
            continue;
        };
        for key in keys {
            tests.push(Test {
                operator: operator.key.as_str().to_owned(),
                key: key.key.as_str().to_owned(),
                values: texts(&key.value),
            });
        }
    }
    tests
}
