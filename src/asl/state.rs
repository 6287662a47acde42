//! States: what all have in common, and which of the eight types each is.

use super::{Catcher, Expression, Payload, Retrier, Target};
use crate::document::{Node, Text};
use crate::source::Span;
use crate::spec::{QueryLanguage, StateType};

pub mod choice;
pub mod fail;
pub mod map;
pub mod parallel;
pub mod pass;
pub mod succeed;
pub mod task;
pub mod wait;

pub use choice::Choice;
pub use fail::Fail;
pub use map::Map;
pub use parallel::Parallel;
pub use pass::Pass;
pub use succeed::Succeed;
pub use task::Task;
pub use wait::Wait;

/// A state.
#[derive(Debug)]
pub struct State<'d> {
    /// The key it stands under.
    pub name: &'d Text,
    /// Where the key stands.
    pub name_span: Span,
    /// The object.
    pub node: &'d Node,
    /// Its JSON pointer from the outermost machine: `/States/Map/ItemProcessor/States/Charge`.
    pub pointer: String,
    /// The effective query language.
    pub language: QueryLanguage,
    /// `Comment`.
    pub comment: Option<&'d Text>,
    /// `Next` and `End`.
    pub transition: Transition<'d>,
    /// The fields that filter and shape its data.
    pub data: DataFlow<'d>,
    /// The fields of its type.
    pub kind: Kind<'d>,
}

/// Where a state goes when it is done.
#[derive(Debug, Default)]
pub struct Transition<'d> {
    /// `Next`.
    pub next: Option<Target<'d>>,
    /// `End: true`.
    pub end: bool,
}

/// The fields that say which data goes in and out. Which of them a state may have, the schema says. Boxed, as a state has
/// few of them and a definition many states.
#[derive(Debug, Default)]
pub struct DataFlow<'d> {
    /// `InputPath`.
    pub input_path: NullablePath<'d>,
    /// `Parameters`; a Map's is its `ItemSelector` and stands there.
    pub parameters: Option<Box<Payload<'d>>>,
    /// `Arguments` (JSONata).
    pub arguments: Option<Box<Payload<'d>>>,
    /// `ResultSelector`.
    pub result_selector: Option<Box<Payload<'d>>>,
    /// `ResultPath`.
    pub result_path: NullablePath<'d>,
    /// `OutputPath`.
    pub output_path: NullablePath<'d>,
    /// `Output` (JSONata).
    pub output: Option<Box<Payload<'d>>>,
    /// `Assign`.
    pub assign: Option<Box<Payload<'d>>>,
}

/// A path field that may be `null`.
#[derive(Debug, Default)]
pub enum NullablePath<'d> {
    /// Not given: the default holds.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// A path.
    Path(Box<Expression<'d>>),
}

impl<'d> NullablePath<'d> {
    /// The path, where there is one.
    pub const fn expression(&self) -> Option<&Expression<'d>> {
        match self {
            Self::Path(e) => Some(e),
            _ => None,
        }
    }

    /// Whether the field is given, as a path or as `null`.
    pub const fn is_given(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

/// The fields of a state's type.
#[derive(Debug)]
pub enum Kind<'d> {
    /// `Pass`
    Pass(Pass<'d>),
    /// `Task`
    Task(Box<Task<'d>>),
    /// `Choice`
    Choice(Choice<'d>),
    /// `Wait`
    Wait(Box<Wait<'d>>),
    /// `Succeed`
    Succeed(Succeed),
    /// `Fail`
    Fail(Box<Fail<'d>>),
    /// `Parallel`
    Parallel(Parallel<'d>),
    /// `Map`
    Map(Box<Map<'d>>),
    /// No `Type`, or one that does not exist.
    Unknown,
}

impl<'d> State<'d> {
    /// Its type, where it has one that exists.
    pub const fn state_type(&self) -> Option<StateType> {
        Some(match self.kind {
            Kind::Pass(_) => StateType::Pass,
            Kind::Task(_) => StateType::Task,
            Kind::Choice(_) => StateType::Choice,
            Kind::Wait(_) => StateType::Wait,
            Kind::Succeed(_) => StateType::Succeed,
            Kind::Fail(_) => StateType::Fail,
            Kind::Parallel(_) => StateType::Parallel,
            Kind::Map(_) => StateType::Map,
            Kind::Unknown => return None,
        })
    }

    /// Its retriers, in order; none for types that have no `Retry`.
    pub fn retry(&self) -> &[Retrier<'d>] {
        match &self.kind {
            Kind::Task(t) => &t.retry,
            Kind::Parallel(p) => &p.retry,
            Kind::Map(m) => &m.retry,
            _ => &[],
        }
    }

    /// Its catchers, in order; none for types that have no `Catch`.
    pub fn catch(&self) -> &[Catcher<'d>] {
        match &self.kind {
            Kind::Task(t) => &t.catch,
            Kind::Parallel(p) => &p.catch,
            Kind::Map(m) => &m.catch,
            _ => &[],
        }
    }

    /// The machines inside it: a Parallel's branches, a Map's processor.
    pub fn machines(&self) -> &[super::Machine<'d>] {
        match &self.kind {
            Kind::Parallel(p) => &p.branches,
            Kind::Map(m) => m.processor.as_slice(),
            _ => &[],
        }
    }
}
