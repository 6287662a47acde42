//! The points of the data flow of a state at which types are shown.

use crate::shape::{Shape, StateShapes};

/// A point of the data flow of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Point {
    /// The input, before `InputPath`.
    #[value(help = "Input, before InputPath")]
    Input,
    /// Arguments or Parameters; the effective input if the state has neither
    Arguments,
    /// The result, before `ResultSelector` and `Output`.
    #[value(help = "Result, before ResultSelector and Output")]
    Result,
    /// Output
    Output,
    /// Variables on entry
    Variables,
}

impl Point {
    /// All points.
    pub(super) const ALL: [Self; 5] = [
        Self::Input,
        Self::Arguments,
        Self::Result,
        Self::Output,
        Self::Variables,
    ];

    /// The selected point, or the input and the output.
    pub(super) fn selected(point: Option<Self>) -> Vec<Self> {
        point.map_or_else(|| vec![Self::Input, Self::Output], |point| vec![point])
    }

    /// Its name.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Arguments => "arguments",
            Self::Result => "result",
            Self::Output => "output",
            Self::Variables => "variables",
        }
    }

    /// The data at this point of a state.
    pub(super) fn of(self, shapes: &StateShapes) -> Shape {
        match self {
            Self::Input => shapes.input.clone(),
            Self::Arguments => shapes.arguments.clone(),
            Self::Result => shapes.result.clone(),
            Self::Output => shapes.output.clone(),
            Self::Variables => shapes.variables(),
        }
    }
}
