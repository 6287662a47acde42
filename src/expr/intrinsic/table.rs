//! The one table of intrinsic functions, read by lint and by evaluation.
//!
//! Source: Amazon States Language specification, appendix B, and the Step Functions developer guide,
//! "Intrinsic functions"; limits as observed where the two differ from the service.

use super::eval::{Given, Outcome};
use super::{array, encoding, json, math, text};
use crate::expr::Randomness;

/// What a parameter takes, as far as a literal can be checked against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A string.
    Text,
    /// A number; a fraction is rounded or cut to an integer.
    Integer,
    /// An array; no literal is one.
    Array,
    /// An object; no literal is one.
    Object,
    /// `false`: AWS merges shallowly only, and takes anything but `true` for it.
    Shallow,
}

/// A function: its parameters, what it gives, and how.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// `States.Format`
    pub name: &'static str,
    /// The parameters in order. Arguments past the last are of its kind when `max` allows them.
    pub parameters: &'static [Kind],
    /// Fewest arguments.
    pub min: usize,
    /// Most arguments; `None` for any number.
    pub max: Option<usize>,
    /// Whether the result is always a string, so that a field which wants a string may call it.
    pub gives_text: bool,
    /// Evaluates it; called with as many arguments as it takes.
    pub(super) run: Run,
}

pub(super) type Run = fn(&[Given], &mut dyn Randomness) -> Outcome;

impl Function {
    /// What the argument `index` should be; `None` for one too many.
    pub fn parameter(&self, index: usize) -> Option<Kind> {
        if self.max.is_some_and(|max| index >= max) {
            return None;
        }
        self.parameters.get(index).or(self.parameters.last()).copied()
    }

    /// Whether `count` arguments are as many as it takes.
    pub fn takes(&self, count: usize) -> bool {
        count >= self.min && self.max.is_none_or(|max| count <= max)
    }
}

/// The function `name`, case-sensitive.
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// All functions, by name.
pub const FUNCTIONS: [Function; 18] = [
    gives_value("States.Array", &[Kind::Any], 0, None, |given, _| {
        Ok(array::make(given))
    }),
    gives_value(
        "States.ArrayContains",
        &[Kind::Array, Kind::Any],
        2,
        Some(2),
        |given, _| array::contains(given),
    ),
    gives_value(
        "States.ArrayGetItem",
        &[Kind::Array, Kind::Integer],
        2,
        Some(2),
        |given, _| array::get_item(given),
    ),
    gives_value("States.ArrayLength", &[Kind::Array], 1, Some(1), |given, _| {
        array::length(given)
    }),
    gives_value(
        "States.ArrayPartition",
        &[Kind::Array, Kind::Integer],
        2,
        Some(2),
        |given, _| array::partition(given),
    ),
    gives_value(
        "States.ArrayRange",
        &[Kind::Integer; 3],
        3,
        Some(3),
        |given, _| array::range(given),
    ),
    gives_value("States.ArrayUnique", &[Kind::Array], 1, Some(1), |given, _| {
        array::unique(given)
    }),
    gives_text("States.Base64Decode", &[Kind::Text], 1, Some(1), |given, _| {
        encoding::decode(given)
    }),
    gives_text("States.Base64Encode", &[Kind::Text], 1, Some(1), |given, _| {
        encoding::encode(given)
    }),
    gives_text("States.Format", &[Kind::Text, Kind::Any], 1, None, |given, _| {
        text::format(given)
    }),
    gives_text("States.Hash", &[Kind::Any, Kind::Text], 2, Some(2), |given, _| {
        encoding::hash(given)
    }),
    gives_value(
        "States.JsonMerge",
        &[Kind::Object, Kind::Object, Kind::Shallow],
        3,
        Some(3),
        |given, _| json::merge(given),
    ),
    gives_text("States.JsonToString", &[Kind::Any], 1, Some(1), |given, _| {
        Ok(json::to_text(given))
    }),
    gives_value("States.MathAdd", &[Kind::Integer; 2], 2, Some(2), |given, _| {
        math::add(given)
    }),
    gives_value("States.MathRandom", &[Kind::Integer; 3], 2, Some(3), math::random),
    gives_value("States.StringSplit", &[Kind::Text; 2], 2, Some(2), |given, _| {
        text::split(given)
    }),
    gives_value("States.StringToJson", &[Kind::Text], 1, Some(1), |given, _| {
        json::from_text(given)
    }),
    gives_text("States.UUID", &[], 0, Some(0), |_, randomness| {
        Ok(math::unique_id(randomness))
    }),
];

const fn gives_value(
    name: &'static str,
    parameters: &'static [Kind],
    min: usize,
    max: Option<usize>,
    run: Run,
) -> Function {
    Function {
        name,
        parameters,
        min,
        max,
        gives_text: false,
        run,
    }
}

const fn gives_text(
    name: &'static str,
    parameters: &'static [Kind],
    min: usize,
    max: Option<usize>,
    run: Run,
) -> Function {
    Function {
        name,
        parameters,
        min,
        max,
        gives_text: true,
        run,
    }
}
