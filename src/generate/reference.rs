//! References of expressions to the data of a state, in either language.

use super::path::{Step, Steps};
use crate::expr::jsonpath::{self, Path, StepKind};
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
pub(super) fn of_path(path: &Path) -> Option<(Reference, Option<Rc<str>>)> {
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

/// The reference of `$states.input.a.b` or `$name.a.b`; `None` for other texts.
pub(super) fn of_names<'n>(variable: &str, names: impl IntoIterator<Item = &'n str>) -> Option<Reference> {
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

/// The reference that the text of a tested path stands for, in the language of the state.
pub(super) fn of_text(text: &str, is_jsonata: bool) -> Option<Reference> {
    if is_jsonata {
        let mut names = text.strip_prefix('$')?.split('.');
        let variable = names.next()?;
        return of_names(variable, names);
    }
    let (reference, function) = of_path(&Path::parse(text).ok()?)?;
    function.is_none().then_some(reference)
}
