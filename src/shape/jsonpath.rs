//! The shapes of the values that JSONPath expressions select.

use super::fault::{Evaluation, Fault, MissingPath, PathRoot};
use super::path::{self, Gap, Missing};
use super::scope::Scope;
use super::types::Shape;
use crate::expr::jsonpath::{Path, Root, StepKind};

/// The shape of the value that a JSONPath selects.
pub(super) fn read(path: &Path, scope: Scope<'_>) -> Evaluation {
    let (root, kind) = match path.root() {
        Root::Input => (scope.input.clone(), PathRoot::Input),
        Root::Context => (scope.context.clone(), PathRoot::Context),
        Root::Variable(name) => match scope.variables.get(name) {
            Some(variable) => (variable.shape.clone(), PathRoot::Variable),
            None => return Ok(Shape::Any),
        },
    };
    let reading = path::read(&root, path.steps());
    match reading.missing {
        Missing::Certainly(gap) => Err(Fault::MissingPath(missing(path, gap, kind))),
        _ => Ok(reading.shape),
    }
}

/// A path that ends at a gap.
pub(super) fn missing(path: &Path, gap: Gap, root: PathRoot) -> MissingPath {
    let step = &path.steps()[gap.step];
    let field = match &step.kind {
        StepKind::Member(name) => Some(name.to_string()),
        _ => None,
    };
    MissingPath {
        path: path.text().to_owned(),
        parent_path: path.text()[..step.range.start].to_owned(),
        parent: gap.parent,
        field,
        root,
    }
}
