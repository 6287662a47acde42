//! The syntax tree of paths.

use compact_str::CompactString;
use std::ops::Range;
use std::rc::Rc;

use crate::value::Value;

/// The root of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(Rc<str>),
}

/// A parsed path.
#[derive(Debug, Clone)]
pub struct Path {
    pub(super) text: CompactString,
    pub(super) root: Root,
    pub(super) steps: Rc<[Step]>,
    pub(super) definite: bool,
}

impl Path {
    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The root.
    pub const fn root(&self) -> &Root {
        &self.root
    }

    /// The steps after the root, with their locations.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether it selects at most one node, so that its value is that node and not a list.
    pub const fn is_definite(&self) -> bool {
        self.definite
    }

    /// The names of the leading member steps (`a` and `b` in `$.a['b'][0].c`), which are the fields that the path certainly
    /// reads. Empty if it starts with another kind of step.
    pub fn first_fields(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.steps.iter().map_while(|step| match &step.kind {
            StepKind::Member(name) => Some((name.as_ref(), step.range.clone())),
            _ => None,
        })
    }
}

/// One step of a path.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it selects.
    pub kind: StepKind,
    /// Its bytes in the path's text, starting with the `.` or `[`.
    pub range: Range<usize>,
}

/// The kinds of steps.
#[derive(Debug, Clone)]
pub enum StepKind {
    /// `.name` or `['name']`
    Member(Rc<str>),
    /// `['a','b']`
    Members(Rc<[Rc<str>]>),
    /// `[0]`, `[-1]`
    Index(i32),
    /// `[(@.length-1)]`: counted from the end.
    FromEnd(i32),
    /// `[0,2]`
    Indexes(Rc<[i32]>),
    /// `[1:3]`
    Slice(Slice),
    /// `.*` or `[*]`
    Wildcard,
    /// `..`: applies the next step to this node and all nodes below it.
    Descend,
    /// `[?(…)]`
    Filter(Rc<Condition>),
    /// `.length()`
    Function(Rc<Function>),
}

impl StepKind {
    /// Whether it selects at most one node; a list of names does if it is the `last` step.
    pub const fn is_definite(&self, last: bool) -> bool {
        match self {
            Self::Member(_) | Self::Index(_) | Self::FromEnd(_) | Self::Function(_) => true,
            Self::Members(_) => last,
            Self::Indexes(_) | Self::Slice(_) | Self::Wildcard | Self::Descend | Self::Filter(_) => false,
        }
    }
}

/// A slice `[from:to]` with at least one bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// First index; negative values count from the end.
    pub from: Option<i32>,
    /// One past the last index; negative values count from the end.
    pub to: Option<i32>,
}

/// A function at the end of a path.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name as written, without parentheses.
    pub name: Rc<str>,
    /// The arguments between the parentheses.
    pub arguments: Vec<Argument>,
}

/// An argument of a [`Function`].
#[derive(Debug, Clone)]
pub enum Argument {
    /// A JSON value.
    Value(Value),
    /// A path, evaluated on the whole document.
    Path(Path),
}

/// The condition between `[?(` and `)]`.
#[derive(Debug, Clone)]
pub enum Condition {
    /// `a && b`
    And(Vec<Condition>),
    /// `a || b`
    Or(Vec<Condition>),
    /// `!a`
    Not(Box<Condition>),
    /// `a` alone: whether the path exists; `wanted` is false for `!@.a`.
    Exists {
        /// The path.
        path: Operand,
        /// Whether it must exist.
        wanted: bool,
    },
    /// `a == b` and other comparisons.
    Compare {
        /// The left operand.
        left: Operand,
        /// The operator.
        operator: Comparison,
        /// The right operand.
        right: Operand,
    },
}

/// Jayway's filter operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `===`: of the same type, too.
    TypedEqual,
    /// `!=`
    NotEqual,
    /// `!==`
    TypedNotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=~`
    Matches,
    /// `in`
    In,
    /// `nin`
    NotIn,
    /// `contains`
    Contains,
    /// `all`
    All,
    /// `size`
    Size,
    /// `exists`
    Exists,
    /// `type`
    Type,
    /// `empty`
    Empty,
    /// `subsetof`
    SubsetOf,
    /// `anyof`
    AnyOf,
    /// `noneof`
    NoneOf,
}

/// An operand of a [`Condition::Compare`].
#[derive(Debug, Clone)]
pub enum Operand {
    /// A path that starts at the item (`@`) or at the document (`$`).
    Path {
        /// The path; its root is always [`Root::Input`].
        path: Path,
        /// Whether it starts at the item (`@`).
        of_item: bool,
    },
    /// A literal.
    Literal(Value),
    /// A word without quotes, as in `@.status == FAILED`, which is a string.
    Word(Rc<str>),
    /// `/pattern/flags`
    Pattern(Pattern),
}

/// A regular expression in a filter, which must match the whole text.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Between the slashes.
    pub source: Rc<str>,
    /// Java's flags: `i`, `d`, `x`, `s`, `u`, `U`, `m`.
    pub flags: Rc<str>,
    regex: regex::Regex,
}

impl Pattern {
    /// Compiles `/source/flags`.
    pub fn new(source: &str, flags: &str) -> Result<Self, regex::Error> {
        let is = |flag: char| flags.contains(flag);
        let regex = regex::RegexBuilder::new(&format!(r"\A(?:{source})\z"))
            .case_insensitive(is('i'))
            .multi_line(is('m'))
            .dot_matches_new_line(is('s'))
            .ignore_whitespace(is('x'))
            .build()?;
        Ok(Self {
            source: source.into(),
            flags: flags.into(),
            regex,
        })
    }

    /// Whether all of `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}
