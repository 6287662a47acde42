//! References of expressions to the data of a state, in either language.

use super::path::{Step, Steps};
use crate::expr::jsonata::Expression;
use crate::expr::jsonata::syntax::{AstNode, PathStep, Stage};
use crate::expr::jsonpath::{self, Comparison, Condition, Operand, Path, StepKind};
use crate::value::Value;
use std::rc::Rc;

/// A value that an expression of a state reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) root: Root,
    pub(super) steps: Steps,
}

/// Where a reference starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Root {
    /// `$` in a JSONPath state: what it is depends on the field.
    Base,
    /// `$states.input`
    Input,
    /// `$states.result`
    Result,
    /// `$states.errorOutput`
    Error,
    /// `$$`, `$states.context`
    Context,
    /// `$name`
    Variable(Rc<str>),
}

/// The reference of a JSONPath, with the first item for each step that selects several; `None` if it has no such form.
/// The second value is the function at the end of the path.
pub(super) fn from_path(path: &Path) -> Option<(Reference, Option<Rc<str>>)> {
    let root = match path.root() {
        jsonpath::Root::Input => Root::Base,
        jsonpath::Root::Context => Root::Context,
        jsonpath::Root::Variable(name) => Root::Variable(Rc::clone(name)),
    };
    let mut steps = Steps::new();
    let mut function = None;
    for step in path.steps() {
        steps.push(match &step.kind {
            StepKind::Member(name) => Step::Key(Rc::clone(name)),
            StepKind::Members(names) => Step::Key(Rc::clone(names.first()?)),
            StepKind::Index(index) => Step::Index(usize::try_from(*index).unwrap_or(0)),
            StepKind::Indexes(indexes) => Step::Index(usize::try_from(*indexes.iter().max()?).unwrap_or(0)),
            StepKind::Slice(slice) => {
                Step::Index(slice.from.and_then(|n| usize::try_from(n).ok()).unwrap_or(0))
            }
            StepKind::FromEnd(_) | StepKind::Wildcard | StepKind::Filter(_) => Step::Index(0),
            StepKind::Descend => return None,
            StepKind::Function(call) => {
                function = Some(Rc::clone(&call.name));
                break;
            }
        });
    }
    Some((Reference { root, steps }, function))
}

/// The reference of `$states.input.a.b` or `$name.a.b`; `None` for other strings.
pub(super) fn from_names<'n>(variable: &str, names: impl IntoIterator<Item = &'n str>) -> Option<Reference> {
    let mut names = names.into_iter().map(|name| Step::Key(name.into()));
    let root = if variable == "states" {
        match names.next()? {
            Step::Key(name) => match &*name {
                "input" => Root::Input,
                "result" => Root::Result,
                "errorOutput" => Root::Error,
                "context" => Root::Context,
                _ => return None,
            },
            _ => return None,
        }
    } else {
        Root::Variable(variable.into())
    };
    Some(Reference {
        root,
        steps: names.collect(),
    })
}

/// The reference that the text of a tested path contains, in the language of the state.
pub(super) fn from_text(text: &str, is_jsonata: bool) -> Option<Reference> {
    if is_jsonata {
        let mut names = text.strip_prefix('$')?.split('.');
        let variable = names.next()?;
        return from_names(variable, names);
    }
    let (reference, function) = from_path(&Path::parse(text).ok()?)?;
    function.is_none().then_some(reference)
}

/// The reference that an expression is as a whole.
pub(super) fn from_expression(expression: &Expression) -> Option<Reference> {
    from_node(&expression.syntax_tree()?)
}

/// The reference that a node of the syntax tree is.
pub(super) fn from_node(node: &AstNode) -> Option<Reference> {
    match node {
        AstNode::Variable(name) if name.is_empty() || name == "$" || name == "states" => None,
        AstNode::Variable(name) => from_names(name, []),
        AstNode::Path { steps } => {
            let (first, rest) = steps.split_first()?;
            let AstNode::Variable(variable) = &first.node else {
                return None;
            };
            if variable.is_empty() || variable == "$" {
                return None;
            }
            let names = rest.iter().map(|step| match &step.node {
                AstNode::Name(name) | AstNode::String(name) => Some(name.as_str()),
                _ => None,
            });
            let names: Vec<&str> = names.collect::<Option<_>>()?;
            let offset = usize::from(variable == "states");
            let mut reference = from_names(variable, names)?;
            // The stages of a step follow its name.
            let mut inserted = 0;
            for (at, step) in rest.iter().enumerate() {
                if let Some(index) = index_of(step) {
                    let place = (at + 1 + inserted).checked_sub(offset)?;
                    reference
                        .steps
                        .insert(place.min(reference.steps.len()), Step::Index(index));
                    inserted += 1;
                }
            }
            Some(reference)
        }
        AstNode::Block(all) => match all.as_slice() {
            [one] => from_node(one),
            _ => None,
        },
        _ => None,
    }
}

/// The index of the item that the stages of a step select: the first one for a predicate.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index in an example"
)]
fn index_of(step: &PathStep) -> Option<usize> {
    step.stages.iter().find_map(|stage| match stage {
        Stage::Filter(filter) => match &**filter {
            AstNode::Number(index) if *index >= 0.0 => Some(*index as usize),
            _ => Some(0),
        },
        _ => None,
    })
}

/// What the filters of a path compare with `==`: the path of the value in the first item, and the literal.
pub(super) fn filtered(path: &Path) -> Vec<(Steps, Value)> {
    let mut found = Vec::new();
    let mut before = Steps::new();
    for step in path.steps() {
        match &step.kind {
            StepKind::Member(name) => before.push(Step::Key(Rc::clone(name))),
            StepKind::Index(index) => before.push(Step::Index(usize::try_from(*index).unwrap_or(0))),
            StepKind::Wildcard => before.push(Step::Index(0)),
            StepKind::Filter(condition) => {
                before.push(Step::Index(0));
                equalities(condition, &before, &mut found);
            }
            _ => break,
        }
    }
    found
}

fn equalities(condition: &Condition, item: &Steps, found: &mut Vec<(Steps, Value)>) {
    match condition {
        Condition::And(all) => all.iter().for_each(|inner| equalities(inner, item, found)),
        Condition::Compare {
            left: Operand::Path { path, of_item: true },
            operator: Comparison::Equal | Comparison::TypedEqual,
            right,
        } => {
            let value = match right {
                Operand::Literal(value) => value.clone(),
                Operand::Word(word) => Value::String(Rc::clone(word)),
                _ => return,
            };
            if let Some((inner, None)) = from_path(path) {
                let mut steps = item.clone();
                steps.extend(inner.steps);
                found.push((steps, value));
            }
        }
        _ => {}
    }
}
