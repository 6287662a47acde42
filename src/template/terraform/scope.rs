//! What names mean at a place of a module.

use super::module::Module;
use crate::document::{Member, Node};

/// The module, and the names that expressions around the place define.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    /// `None` in a template, where only the variables that are passed to it exist.
    pub(super) module: Option<&'s Module>,
    bindings: Option<&'s Bindings<'s>>,
    /// Whether other names may be bound, too.
    pub(super) is_partial: bool,
}

/// Names that a `for` expression, `for_each`, or the call of a template define.
#[derive(Clone, Copy)]
pub(super) struct Bindings<'s> {
    pub(super) names: &'s [Member],
    outer: Option<&'s Bindings<'s>>,
}

impl<'s> Scope<'s> {
    /// The top level of a module.
    pub(super) const fn new(module: &'s Module) -> Self {
        Self {
            module: Some(module),
            bindings: None,
            is_partial: false,
        }
    }

    /// A template.
    pub(super) const fn template(variables: &'s Bindings<'s>, is_partial: bool) -> Self {
        Self {
            module: None,
            bindings: Some(variables),
            is_partial,
        }
    }

    /// The value that is bound to a name.
    pub(super) fn bound(&self, name: &str) -> Option<&'s Node> {
        let mut next = self.bindings;
        while let Some(bindings) = next {
            if let Some(member) = bindings.names.iter().rev().find(|m| m.key.as_str() == name) {
                return Some(&member.value);
            }
            next = bindings.outer;
        }
        None
    }

    /// More names, inside of this scope.
    pub(super) const fn bind<'b>(&self, names: &'b [Member]) -> Bindings<'b>
    where
        's: 'b,
    {
        Bindings {
            names,
            outer: self.bindings,
        }
    }

    /// This scope with more names.
    pub(super) const fn within<'b>(&self, bindings: &'b Bindings<'b>) -> Scope<'b>
    where
        's: 'b,
    {
        Scope {
            module: self.module,
            bindings: Some(bindings),
            is_partial: self.is_partial,
        }
    }
}

impl<'s> Bindings<'s> {
    /// The variables of a template.
    pub(super) const fn variables(names: &'s [Member]) -> Self {
        Self { names, outer: None }
    }
}
