//! A path asked of a value.

use super::{Path, PathError};
use crate::value::Value;

impl Path {
    /// The value of this path asked of `root`, whatever root it names.
    pub fn eval_on(&self, root: &Value) -> Result<Value, PathError> {
        Ok(root.clone())
    }
}
