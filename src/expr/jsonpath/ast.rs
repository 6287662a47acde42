//! What a path is made of.

use std::ops::Range;
use std::rc::Rc;

use crate::value::Value;

/// What a path starts from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(Rc<str>),
}

/// A path, parsed.
#[derive(Debug, Clone)]
pub struct Path {
    pub(super) text: Rc<str>,
    pub(super) root: Root,
    pub(super) steps: Rc<[Step]>,
    pub(super) definite: bool,
}

impl Path {
    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it starts from.
    pub const fn root(&self) -> &Root {
        &self.root
    }

    /// The steps after the root, each with its place in the text.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether it selects one node at most, so that its value is that node and no list.
    pub const fn is_definite(&self) -> bool {
        self.definite
    }

    /// The names of the leading member steps (`$.a['b'][0].c` has `a`, `b`): what is known of the fields it
    /// reads without a value at hand. Empty when it begins otherwise.
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
    /// Its bytes in the path's text, from the `.` or `[` on.
    pub range: Range<usize>,
}

/// What a step selects.
#[derive(Debug, Clone)]
pub enum StepKind {
    /// `.name` or `['name']`
    Member(Rc<str>),
    /// `['a','b']`
    Members(Rc<[Rc<str>]>),
    /// `[0]`, `[-1]`
    Index(i32),
    /// `[(@.length-1)]`: so many from the end.
    FromEnd(i32),
    /// `[0,2]`
    Indexes(Rc<[i32]>),
    /// `[1:3]`
    Slice(Slice),
    /// `.*` or `[*]`
    Wildcard,
    /// `..`: the next step is asked of every node below and of this one.
    Descend,
    /// `[?(…)]`
    Filter(Rc<Condition>),
    /// `.length()`
    Function(Rc<Function>),
}

impl StepKind {
    /// Whether it selects one node at most; a list of names does so where it is the `last` step.
    pub const fn is_definite(&self, last: bool) -> bool {
        match self {
            Self::Member(_) | Self::Index(_) | Self::FromEnd(_) | Self::Function(_) => true,
            Self::Members(_) => last,
            Self::Indexes(_) | Self::Slice(_) | Self::Wildcard | Self::Descend | Self::Filter(_) => false,
        }
    }
}

/// A slice `[from:to]`; at least one bound is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// First index; from the end when negative.
    pub from: Option<i32>,
    /// One past the last index; from the end when negative.
    pub to: Option<i32>,
}

/// A function at the end of a path.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name as written, without parentheses.
    pub name: Rc<str>,
    /// What stands between the parentheses.
    pub arguments: Vec<Argument>,
}

/// An argument of a [`Function`].
#[derive(Debug, Clone)]
pub enum Argument {
    /// A JSON value.
    Value(Value),
    /// A path, asked of the whole document.
    Path(Path),
}

/// What stands between `[?(` and `)]`.
#[derive(Debug, Clone)]
pub enum Condition {
    /// `a && b`
    And(Vec<Condition>),
    /// `a || b`
    Or(Vec<Condition>),
    /// `!a`
    Not(Box<Condition>),
    /// `a` alone: whether the path finds something; `wanted` is false for `!@.a`.
    Exists {
        /// What is asked for.
        path: Operand,
        /// Whether it should be there.
        wanted: bool,
    },
    /// `a == b` and its like.
    Compare {
        /// Left of the operator.
        left: Operand,
        /// The operator.
        operator: Comparison,
        /// Right of the operator.
        right: Operand,
    },
}

/// Jayway's operators of filters.
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

/// One side of a [`Condition::Compare`].
#[derive(Debug, Clone)]
pub enum Operand {
    /// A path that starts at the item (`@`) or at the document (`$`).
    Path {
        /// The path; its root is always [`Root::Input`].
        path: Path,
        /// Whether it starts at the item.
        of_item: bool,
    },
    /// A literal.
    Literal(Value),
    /// `/pattern/flags`
    Pattern(Pattern),
}

/// A regular expression of a filter, which must match the whole text.
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

    /// Whether the whole of `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}
