//! Limits on evaluation. They are counted and not timed, so that an expression fails in the same way on every machine.

use std::cell::Cell;
use std::rc::Rc;

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

/// The maximum length of a string, in characters as counted by Java: eight bytes per number of the longest sequence,
/// which agrees with measurements (2^22 passes, 2^23 fails).
const MAX_TEXT: usize = MAX_ITEMS * 8;

/// The longest sequence that Step Functions was observed to accept: `[1..873782]`.
const MAX_ITEMS: usize = 873_782;

/// The limits of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The maximum depth of evaluation.
    pub depth: usize,
    /// The maximum number of items of a sequence.
    pub items: usize,
    /// The maximum number of calls of functions that may be recursive, plus items of ranges inside of repetitions.
    pub steps: u64,
}

impl Limits {
    /// Step Functions' limits: depth and sequence length as measured; `steps` represents its limit of one second. AWS counts
    /// 100 levels including the names and literals at the bottom, which are not counted here.
    pub const STEP_FUNCTIONS: Self = Self {
        depth: 99,
        items: MAX_ITEMS,
        steps: 1_000_000,
    };

    /// Limits for trying JSONata itself, which only protect the machine.
    pub const GENEROUS: Self = Self {
        depth: 10_000,
        items: 10_000_000,
        steps: 20_000_000,
    };

    /// Fails if a sequence of `count` items is too long.
    pub(super) fn check_items(self, count: usize) -> Result<(), EvaluatorError> {
        if count > self.items { Err(memory()) } else { Ok(()) }
    }

    /// Fails if a single value takes too much memory.
    pub(super) fn check_size(self, value: &JValue) -> Result<(), EvaluatorError> {
        match value {
            JValue::String(text) if text.len() > MAX_TEXT => Err(memory()),
            JValue::Array(items) => self.check_items(items.len()),
            _ => Ok(()),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::STEP_FUNCTIONS
    }
}

/// The remaining steps of an evaluation.
#[derive(Clone)]
pub(super) struct Budget(Rc<Cell<u64>>);

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self(Rc::new(Cell::new(limits.steps)))
    }

    pub(super) fn spend(&self, steps: u64) -> Result<(), EvaluatorError> {
        match self.0.get().checked_sub(steps) {
            Some(left) => {
                self.0.set(left);
                Ok(())
            }
            None => Err(EvaluatorError::EvaluationError(TIMEOUT.to_owned())),
        }
    }
}

/// Step Functions' messages for these have no code.
pub(super) const MEMORY: &str =
    "Expression evaluation memory limit exceeded: Check for excessive memory usage";
pub(super) const TIMEOUT: &str = "Expression evaluation timeout: Check for infinite loop";
pub(super) const DEPTH: &str = "Stack overflow error: Check for non-terminating recursive function. \
                                Consider rewriting as tail-recursive";

pub(super) fn memory() -> EvaluatorError {
    EvaluatorError::EvaluationError(MEMORY.to_owned())
}
