//! The one border between [`Value`] and `jsonata-core`'s value.

use std::cell::RefCell;

use jsonata_core::value::JValue;

use crate::value::Value;

/// How many values [`Conversions`] remembers: a state's input, context, result and a few variables.
const REMEMBERED: usize = 8;

/// Values that were converted lately, so that ten expressions over one input convert it once.
#[derive(Default)]
pub struct Conversions(RefCell<Vec<(Value, JValue)>>);
