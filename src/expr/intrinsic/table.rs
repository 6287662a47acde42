//! The one table of intrinsic functions, read by lint and by evaluation.
//!
//! Source: Amazon States Language specification, appendix B, and the Step Functions developer guide,
//! "Intrinsic functions"; limits as observed where the two differ from the service.

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

/// A function: its parameters and what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

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
    function("States.Array", &[Kind::Any], 0, None, false),
    function(
        "States.ArrayContains",
        &[Kind::Array, Kind::Any],
        2,
        Some(2),
        false,
    ),
    function(
        "States.ArrayGetItem",
        &[Kind::Array, Kind::Integer],
        2,
        Some(2),
        false,
    ),
    function("States.ArrayLength", &[Kind::Array], 1, Some(1), false),
    function(
        "States.ArrayPartition",
        &[Kind::Array, Kind::Integer],
        2,
        Some(2),
        false,
    ),
    function(
        "States.ArrayRange",
        &[Kind::Integer, Kind::Integer, Kind::Integer],
        3,
        Some(3),
        false,
    ),
    function("States.ArrayUnique", &[Kind::Array], 1, Some(1), false),
    function("States.Base64Decode", &[Kind::Text], 1, Some(1), true),
    function("States.Base64Encode", &[Kind::Text], 1, Some(1), true),
    function("States.Format", &[Kind::Text, Kind::Any], 1, None, true),
    function("States.Hash", &[Kind::Any, Kind::Text], 2, Some(2), true),
    function(
        "States.JsonMerge",
        &[Kind::Object, Kind::Object, Kind::Shallow],
        3,
        Some(3),
        false,
    ),
    function("States.JsonToString", &[Kind::Any], 1, Some(1), true),
    function(
        "States.MathAdd",
        &[Kind::Integer, Kind::Integer],
        2,
        Some(2),
        false,
    ),
    function(
        "States.MathRandom",
        &[Kind::Integer, Kind::Integer, Kind::Integer],
        2,
        Some(3),
        false,
    ),
    function("States.StringSplit", &[Kind::Text, Kind::Text], 2, Some(2), false),
    function("States.StringToJson", &[Kind::Text], 1, Some(1), false),
    function("States.UUID", &[], 0, Some(0), true),
];

const fn function(
    name: &'static str,
    parameters: &'static [Kind],
    min: usize,
    max: Option<usize>,
    gives_text: bool,
) -> Function {
    Function {
        name,
        parameters,
        min,
        max,
        gives_text,
    }
}
