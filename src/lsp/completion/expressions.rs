//! Expressions: paths in the data, the context object, variables, and functions.

use super::candidate::Candidate;
use crate::expr::intrinsic;
use crate::expr::jsonata::builtins;
use crate::lsp::expression::{Chain, Cursor, cursor};
use crate::lsp::hover::{below_root, root_of};
use crate::lsp::manual;
use crate::lsp::node_path::node_path;
use crate::lsp::payload::{self, Data};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::Workspace;
use crate::shape::Shape;
use crate::source::Span;
use crate::spec::QueryLanguage;
use crate::spec::intrinsic::PREFIX;
use gen_lsp_types::CompletionItemKind;

/// The candidates in an expression; `None` if the offset is not in one.
pub(super) fn complete(
    workspace: &mut Workspace<'_>,
    snapshot: &Snapshot,
    offset: u32,
) -> Option<Vec<Candidate>> {
    let node_path = node_path(snapshot, offset)?;
    let cursor = cursor(&node_path, offset)?;
    let state = node_path.state()?;
    let path = cursor.path();
    let replace = node_path.document.place(cursor.text, path.last.clone());
    let replace = if path.last.is_empty() {
        Span::new(offset, offset)
    } else {
        replace
    };
    let shapes = payload::shapes(workspace, &snapshot.path, &node_path);
    let data = payload::data(&node_path, &state, &shapes);
    let list = List { replace };
    Some(if path.is_root {
        list.roots(&cursor, &data, is_key_of_template(&node_path))
    } else {
        list.below(&path, &cursor, &data)
    })
}

/// Whether intrinsic functions are allowed: in the value of a key that ends in `.$`.
fn is_key_of_template(node_path: &crate::lsp::node_path::NodePath<'_>) -> bool {
    node_path
        .member()
        .is_some_and(|member| member.key.ends_with(".$"))
}

struct List {
    replace: Span,
}

impl List {
    fn item(&self, label: &str, kind: CompletionItemKind) -> Candidate {
        Candidate::new(label, kind, self.replace)
    }

    /// What an expression may start with.
    fn roots(&self, cursor: &Cursor<'_>, data: &Data, has_functions: bool) -> Vec<Candidate> {
        let mut found = Vec::new();
        let variable = |name: &str, about: &str| {
            self.item(name, CompletionItemKind::Variable)
                .documentation(about)
                .rank(0)
        };
        match cursor.language {
            QueryLanguage::JsonPath => {
                found.push(variable("$", "Input of the field.").detail(data.input.summary()));
                found.push(variable("$$", "Context object."));
            }
            QueryLanguage::Jsonata => found.push(variable(
                "$states",
                "Input, result, error output, and context object of the state.",
            )),
        }
        for (name, shape) in &data.variables {
            found.push(
                self.item(&format!("${name}"), CompletionItemKind::Variable)
                    .detail(shape.to_string()),
            );
        }
        match cursor.language {
            QueryLanguage::Jsonata => {
                for function in builtins::BUILTINS {
                    found.push(self.function(&format!("${}", function.name)));
                }
            }
            QueryLanguage::JsonPath if has_functions => {
                found.extend(intrinsic::table::all().map(|function| self.function(function.name)));
            }
            QueryLanguage::JsonPath => {}
        }
        found
    }

    fn function(&self, name: &str) -> Candidate {
        let signature = manual::signature(name)
            .map(|signature| signature.label)
            .unwrap_or_default();
        self.item(name, CompletionItemKind::Function)
            .detail(signature)
            .rank(2)
    }

    /// The fields of the value before the last dot.
    fn below(&self, path: &Chain<'_>, cursor: &Cursor<'_>, data: &Data) -> Vec<Candidate> {
        let owner = path.owner;
        if cursor.language == QueryLanguage::JsonPath && Some(owner) == PREFIX.strip_suffix('.') {
            let functions = intrinsic::table::all();
            let tail = |name: &'static str| name.strip_prefix(PREFIX).unwrap_or(name);
            return functions
                .map(|function| {
                    let mut candidate = self.function(function.name);
                    tail(function.name).clone_into(&mut candidate.text);
                    tail(function.name).clone_into(&mut candidate.filter);
                    candidate
                })
                .collect();
        }
        if owner == "$states" && cursor.language == QueryLanguage::Jsonata {
            return self.states_fields(data);
        }
        if let Some(context) = context_path(owner, cursor.language) {
            return self.context(context);
        }
        let Some((root, _)) = root_of(owner, cursor.language, data) else {
            return Vec::new();
        };
        let shape = payload::select(&root, &payload::names(&below_root(owner, cursor.language)));
        let fields = payload::fields(&shape).into_iter();
        fields
            .map(|(name, shape, is_certain)| {
                let mut candidate = self
                    .item(&name, CompletionItemKind::Field)
                    .detail(detail(&shape, is_certain));
                if !is_identifier(&name) {
                    candidate.text = match cursor.language {
                        QueryLanguage::Jsonata => format!("`{name}`"),
                        QueryLanguage::JsonPath => format!("['{name}']"),
                    };
                }
                candidate
            })
            .collect()
    }

    fn states_fields(&self, data: &Data) -> Vec<Candidate> {
        let shape = |name: &str| match name {
            "input" => Some(data.raw_input.clone()),
            "result" => data.result.clone(),
            "errorOutput" => data.error_output.clone(),
            _ => Some(Shape::Any),
        };
        let fields = manual::STATES.iter().filter_map(|(name, about)| {
            let shape = shape(name)?;
            let item = self.item(name, CompletionItemKind::Field).documentation(*about);
            Some(if shape.is_any() {
                item
            } else {
                item.detail(shape.to_string())
            })
        });
        fields.collect()
    }

    /// The fields of an object of the context object.
    fn context(&self, owner: &str) -> Vec<Candidate> {
        let prefix = if owner.is_empty() {
            String::new()
        } else {
            format!("{owner}.")
        };
        let fields = manual::CONTEXT.iter().filter_map(|(path, about)| {
            let rest = path.strip_prefix(&prefix)?;
            // `Task.Token` has no entry for its object.
            let name = rest.split('.').next()?;
            let is_whole = rest == name;
            (is_whole || *path == "Task.Token" && prefix.is_empty()).then(|| {
                let about = if is_whole { *about } else { "The task." };
                self.item(name, CompletionItemKind::Field).documentation(about)
            })
        });
        let mut found: Vec<Candidate> = fields.collect();
        if owner == "StateMachine" {
            found.push(
                self.item("Id", CompletionItemKind::Field)
                    .documentation("ARN of the state machine."),
            );
            found.push(
                self.item("Name", CompletionItemKind::Field)
                    .documentation("Name of the state machine."),
            );
        }
        found
    }
}

/// The path in the context object of a path that starts there.
fn context_path(owner: &str, language: QueryLanguage) -> Option<&str> {
    let root = match language {
        QueryLanguage::JsonPath => "$$",
        QueryLanguage::Jsonata => "$states.context",
    };
    let rest = owner.strip_prefix(root)?;
    let path = rest.strip_prefix('.').unwrap_or(rest);
    // The data of the execution and of an item is not part of the context object's own fields.
    (!path.starts_with("Execution.Input") && !path.starts_with("Map.Item.Value")).then_some(path)
}

fn detail(shape: &Shape, is_certain: bool) -> String {
    let text = if shape.is_any() {
        "any".to_owned()
    } else {
        shape.to_string()
    };
    if is_certain {
        text
    } else {
        format!("{text}, may be missing")
    }
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
}
