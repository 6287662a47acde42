//! References in expressions.

use std::ops::Range;

/// A reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// What it refers to.
    pub kind: ReferenceKind,
    /// The bytes of the name, `$` included.
    pub range: Range<usize>,
    /// The names that follow, separated only by dots: `context` and `Task` in `$states.context.Task`.
    pub path: Vec<Member>,
    /// Whether it is called, `$name(…)`.
    pub called: bool,
    /// Whether the expression itself binds the variable: by `:=`, as a parameter of a function, or by `@$x` or `#$i`.
    pub bound: bool,
    /// Whether the context is the whole input here: outside of path steps, predicates, groupings, sort terms, and the right
    /// side of `~>`. A function's body has the context of its definition. Step Functions has no input there.
    pub top_level: bool,
}

/// A name in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The decoded name.
    pub name: String,
    /// Its bytes.
    pub range: Range<usize>,
}

/// The kinds of references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `$name`, stored without `$`.
    Variable(String),
    /// `$`
    Context,
    /// `$$`
    Root,
    /// A bare name: a field of the context.
    Name(String),
    /// `*`, `**` or `%`
    Wildcard,
}
