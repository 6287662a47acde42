//! The places of a state that have data.

use crate::shape::{Shape, StateShapes};

/// A place of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Place {
    /// Input, before `InputPath`
    Input,
    /// Arguments or Parameters; the effective input if the state has neither
    Arguments,
    /// Result, before `ResultSelector` and Output
    Result,
    /// Output
    Output,
    /// Variables on entry
    Variables,
}

impl Place {
    /// All places.
    pub(super) const ALL: [Self; 5] = [
        Self::Input,
        Self::Arguments,
        Self::Result,
        Self::Output,
        Self::Variables,
    ];

    /// The selected place, or the input and the output.
    pub(super) fn selected(place: Option<Self>) -> Vec<Self> {
        place.map_or_else(|| vec![Self::Input, Self::Output], |place| vec![place])
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

    /// The data at this place of a state.
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
