//! The types of the data at the states of a machine.

use crate::shape::StateShapes;
use std::collections::HashMap;

/// The shapes at the states of a machine, by the state's JSON pointer in the machine.
pub(super) type Shapes = HashMap<String, StateShapes>;
