//! Places in the data that an expression can read.

use super::tree::Usage;
use std::rc::Rc;

/// The value that a path starts at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Root {
    /// The payload of the expression: `$`, `$states.input`.
    Input,
    /// `$states.result`.
    Result,
    /// The value of the current item of a Map, in the context object.
    MapItem,
    /// A variable of the workflow.
    Variable(Rc<str>),
}

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Access {
    /// The field of a name.
    Field(Rc<str>),
    /// The value of every field.
    Entries,
    /// Every item, or one of them; at least this many exist.
    Items(usize),
}

/// A place in the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) root: Root,
    pub(super) steps: Vec<Access>,
}

impl Place {
    pub(super) const fn at(root: Root) -> Self {
        Self {
            root,
            steps: Vec::new(),
        }
    }

    #[must_use]
    pub(super) fn then(mut self, access: Access) -> Self {
        self.steps.push(access);
        self
    }

    #[must_use]
    pub(super) fn field(self, name: &str) -> Self {
        self.then(Access::Field(name.into()))
    }

    /// The items of an array, or the value itself if it is already an item of this array.
    #[must_use]
    pub(super) fn items(self) -> Self {
        match self.steps.last() {
            Some(Access::Items(_)) => self,
            _ => self.then(Access::Items(1)),
        }
    }
}

/// The use of a whole value in which the value at the end of the steps is used in a given way.
pub(super) fn within(steps: &[Access], usage: Usage) -> Usage {
    steps.iter().rev().fold(usage, |inner, step| match step {
        Access::Field(name) => Usage {
            fields: [(Rc::clone(name), inner)].into_iter().collect(),
            ..Usage::default()
        },
        Access::Entries => Usage::entries(inner),
        Access::Items(len) => Usage {
            len: *len,
            ..Usage::array(inner)
        },
    })
}

/// Splits the use of a value into that of the value at the end of the steps, and that of the rest.
pub(super) fn split(usage: &Usage, steps: &[Access]) -> (Usage, Usage) {
    let Some((first, others)) = steps.split_first() else {
        return (usage.clone(), Usage::default());
    };
    let mut rest = usage.clone();
    let inner = match first {
        Access::Field(name) => rest.fields.shift_remove(name),
        Access::Entries => rest.entries.take().map(|entries| *entries),
        Access::Items(_) => rest.items.take().map(|items| *items),
    };
    let Some(inner) = inner else {
        return (Usage::default(), rest);
    };
    let (selected, left) = split(&inner, others);
    if !left.is_plain() {
        match first {
            Access::Field(name) => drop(rest.fields.insert(Rc::clone(name), left)),
            Access::Entries => rest.entries = Some(Box::new(left)),
            Access::Items(_) => rest.items = Some(Box::new(left)),
        }
    }
    (selected, rest)
}
