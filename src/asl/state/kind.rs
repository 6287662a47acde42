//! Which of the eight types a state has, with the fields of the type.

use super::{Choice, Fail, Map, Parallel, Pass, Succeed, Task, Wait};
use crate::asl::field::Scalar;
use crate::asl::object::Object;
use crate::asl::part::{Part, Walk};
use crate::spec::StateType;

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
    Wait(Box<Wait<Scalar<'d>>>),
    /// `Succeed`
    Succeed(Succeed),
    /// `Fail`
    Fail(Box<Fail<Scalar<'d>>>),
    /// `Parallel`
    Parallel(Parallel<'d>),
    /// `Map`
    Map(Box<Map<'d>>),
    /// No `Type`, or one that does not exist.
    Unknown,
}

impl<'d> Kind<'d> {
    /// Lowers the fields of a type.
    pub(in crate::asl) fn lower(state_type: Option<StateType>, object: &Object<'d>) -> Self {
        match state_type {
            Some(StateType::Pass) => Self::Pass(Pass::lower(object)),
            Some(StateType::Task) => Self::Task(Box::new(Task::lower(object))),
            Some(StateType::Choice) => Self::Choice(Choice::lower(object)),
            Some(StateType::Wait) => Self::Wait(Box::new(Wait::lower(object))),
            Some(StateType::Succeed) => Self::Succeed(Succeed),
            Some(StateType::Fail) => Self::Fail(Box::new(Fail::lower(object))),
            Some(StateType::Parallel) => Self::Parallel(Parallel::lower(object)),
            Some(StateType::Map) => Self::Map(Box::new(Map::lower(object))),
            None => Self::Unknown,
        }
    }
}

impl<'d> Walk<'d> for Kind<'d> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        match self {
            Self::Pass(pass) => pass.walk(f),
            Self::Task(task) => task.walk(f),
            Self::Choice(choice) => choice.walk(f),
            Self::Wait(wait) => wait.walk(f),
            Self::Fail(fail) => fail.walk(f),
            Self::Parallel(parallel) => parallel.walk(f),
            Self::Map(map) => map.walk(f),
            Self::Succeed(_) | Self::Unknown => {}
        }
    }
}
