//! How much an expression may do, counted and never timed, so that it fails alike on every machine.

use std::cell::Cell;
use std::rc::Rc;

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

/// The largest string, in characters as Java counts them: eight bytes for each of the numbers of the longest
/// sequence, which agrees with what was measured (2^22 pass, 2^23 do not).
const MAX_TEXT: usize = MAX_ITEMS * 8;

/// The longest sequence that Step Functions was seen to accept: `[1..873782]`.
const MAX_ITEMS: usize = 873_782;

/// What an evaluation may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep evaluation may nest.
    pub depth: usize,
    /// How many items a sequence may have.
    pub items: usize,
    /// How many calls of functions that may call one another, and how many items of ranges inside of
    /// repetitions, one evaluation may make.
    pub steps: u64,
}

impl Limits {
    /// Step Functions': depth and sequence as measured; `steps` stands for its one second. It counts 100 levels,
    /// the names and literals at the bottom included, which are not counted here.
    pub const STEP_FUNCTIONS: Self = Self {
        depth: 99,
        items: MAX_ITEMS,
        steps: 1_000_000,
    };

    /// For trying JSONata itself: only what protects the machine that runs it.
    pub const GENEROUS: Self = Self {
        depth: 10_000,
        items: 10_000_000,
        steps: 20_000_000,
    };

    /// Refuses a sequence of `count` items, if that is too many.
    pub(super) fn check_items(self, count: usize) -> Result<(), EvaluatorError> {
        if count > self.items { Err(memory()) } else { Ok(()) }
    }

    /// Refuses a value that takes too much memory by itself.
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

/// The steps an evaluation has left.
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

/// Step Functions' messages carry no code.
pub(super) const MEMORY: &str =
    "Expression evaluation memory limit exceeded: Check for excessive memory usage";
pub(super) const TIMEOUT: &str = "Expression evaluation timeout: Check for infinite loop";
pub(super) const DEPTH: &str = "Stack overflow error: Check for non-terminating recursive function. \
                                Consider rewriting as tail-recursive";

pub(super) fn memory() -> EvaluatorError {
    EvaluatorError::EvaluationError(MEMORY.to_owned())
}
