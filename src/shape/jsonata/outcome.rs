//! What evaluating a JSONata expression gives.

use crate::shape::fault::{Fault, MissingPath, PathRoot};
use crate::shape::types::Shape;

/// The outcome of a node; the reason if evaluating it certainly fails.
pub(super) type Evaluated = Result<Outcome, Fault>;

/// What evaluating an expression gives.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// The shape of the value, if there is one.
    pub(super) shape: Shape,
    /// Whether there may be none.
    pub(super) undefined: Undefined,
    /// The expression as a path, if it is one: `$states.input.order`.
    pub(super) path: Option<(String, PathRoot)>,
}

/// Whether an expression is undefined.
#[derive(Debug, Clone)]
pub(super) enum Undefined {
    /// It always has a value.
    Never,
    /// Nothing is known about it.
    Possibly,
    /// It never has a value; the path that selects nothing, if that is the reason.
    Certainly(Option<Box<MissingPath>>),
}

impl Outcome {
    /// A value of a shape.
    pub(super) const fn value(shape: Shape) -> Self {
        Self {
            shape,
            undefined: Undefined::Never,
            path: None,
        }
    }

    /// A value of a shape, or undefined.
    pub(super) const fn possible(shape: Shape) -> Self {
        Self {
            shape,
            undefined: Undefined::Possibly,
            path: None,
        }
    }

    /// Anything.
    pub(super) const fn unknown() -> Self {
        Self::possible(Shape::Any)
    }

    /// Undefined, because of a path that selects nothing.
    pub(super) fn undefined(missing: Option<MissingPath>) -> Self {
        Self {
            shape: Shape::never(),
            undefined: Undefined::Certainly(missing.map(Box::new)),
            path: None,
        }
    }

    /// The root of a path.
    pub(super) fn root(shape: Shape, path: &str, root: PathRoot) -> Self {
        Self {
            shape,
            undefined: Undefined::Never,
            path: Some((path.to_owned(), root)),
        }
    }

    /// Whether it never has a value.
    pub(super) const fn is_undefined(&self) -> bool {
        matches!(self.undefined, Undefined::Certainly(_))
    }

    /// Whether it always has a value.
    pub(super) const fn is_defined(&self) -> bool {
        matches!(self.undefined, Undefined::Never)
    }

    /// The shape of a field with this outcome. A field whose expression is undefined fails.
    pub(super) fn into_field(self) -> Result<Shape, Fault> {
        match self.undefined {
            Undefined::Certainly(Some(missing)) => Err(Fault::MissingPath(*missing)),
            _ => Ok(self.shape),
        }
    }

    /// The outcome of one of two expressions.
    pub(super) fn join(self, other: Self) -> Self {
        let undefined = match (self.undefined, other.undefined) {
            (Undefined::Never, Undefined::Never) => Undefined::Never,
            (Undefined::Certainly(missing), Undefined::Certainly(_)) => Undefined::Certainly(missing),
            _ => Undefined::Possibly,
        };
        Self {
            shape: self.shape.join(&other.shape),
            undefined,
            path: None,
        }
    }

    /// The outcome of an operation that is undefined where this operand is.
    pub(super) fn then(&self, shape: Shape) -> Self {
        Self {
            shape: if self.is_undefined() {
                Shape::never()
            } else {
                shape
            },
            undefined: self.undefined.clone(),
            path: None,
        }
    }
}
