//! What an expression reads, and where it says so.

use std::ops::Range;

/// Something an expression reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// What is read.
    pub kind: ReferenceKind,
    /// The bytes of the name, `$` included.
    pub range: Range<usize>,
    /// The names that follow with nothing but dots between: `$states.context.Task` has `context`, `Task`.
    pub path: Vec<Member>,
    /// Whether it is called, `$name(…)`.
    pub called: bool,
    /// Whether the expression itself gives the variable its value: by `:=`, as a function's parameter, by
    /// `@$x` or `#$i`.
    pub bound: bool,
    /// Whether it stands where the context is the whole input: outside of path steps, predicates, groupings,
    /// sort terms and what follows `~>`. A function's body has the context of the place it is written at. Step
    /// Functions has no input there.
    pub top_level: bool,
}

/// A name in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name, decoded.
    pub name: String,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What a reference reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `$name`, given without `$`.
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
