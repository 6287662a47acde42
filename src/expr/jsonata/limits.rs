//! Limits on evaluation. They are counted and not timed, so that an expression fails in the same way on every machine.

use std::cell::Cell;

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

/// The maximum length of a string, in characters as counted by Java: eight bytes per number of the longest sequence,
/// which agrees with measurements (2^22 passes, 2^23 fails).
pub(super) const MAX_TEXT: usize = MAX_ITEMS * 8;

/// The longest sequence that Step Functions was observed to accept: `[1..873782]`.
const MAX_ITEMS: usize = 873_782;

/// The maximum number of bytes that an evaluation may produce, whether or not they are still in use.
pub(super) const MAX_BYTES: usize = 256 << 20;

/// The limits of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The maximum depth of evaluation.
    pub depth: usize,
    /// The maximum number of items of a sequence.
    pub items: usize,
    /// The maximum number of items that are read repeatedly; a call of a function that may be recursive counts as ten.
    pub steps: u64,
}

/// How many steps a call of a function that may be recursive takes.
pub(super) const CALL_STEPS: u64 = 10;

impl Limits {
    /// Step Functions' limits: depth and sequence length as measured; `steps` represents its limit of one second. AWS counts
    /// 100 levels including the names and literals at the bottom, which are not counted here.
    pub const STEP_FUNCTIONS: Self = Self {
        depth: 99,
        items: MAX_ITEMS,
        steps: 2_000_000,
    };

    /// Limits for trying JSONata itself, which only protect the machine.
    pub const GENEROUS: Self = Self {
        depth: 10_000,
        items: 2_000_000,
        steps: 10_000_000,
    };

    /// Fails if a sequence of `count` items is too long.
    pub(super) fn check_items(self, count: usize) -> Result<(), EvaluatorError> {
        if count > self.items { Err(memory()) } else { Ok(()) }
    }

    /// The maximum number of parts of a value, in which shared parts count each time.
    pub(super) const fn parts(self) -> usize {
        self.items.saturating_mul(2)
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

/// What is left of an evaluation's limits.
pub(super) struct Budget {
    steps: Cell<u64>,
    bytes: Cell<usize>,
}

impl Budget {
    pub(super) const fn new(limits: Limits) -> Self {
        Self {
            steps: Cell::new(limits.steps),
            bytes: Cell::new(MAX_BYTES),
        }
    }

    /// Takes steps.
    pub(super) fn spend(&self, steps: u64) -> Result<(), EvaluatorError> {
        match self.steps.get().checked_sub(steps) {
            Some(left) => {
                self.steps.set(left);
                Ok(())
            }
            None => Err(EvaluatorError::EvaluationError(format!("D1012: {TIMEOUT}"))),
        }
    }

    /// Takes the bytes of a new value.
    pub(super) fn allocate(&self, bytes: usize) -> Result<(), EvaluatorError> {
        match self.bytes.get().checked_sub(bytes) {
            Some(left) => {
                self.bytes.set(left);
                Ok(())
            }
            None => Err(memory()),
        }
    }

    /// Takes the bytes of a new string of that many bytes, and checks its length.
    pub(super) fn allocate_text(&self, bytes: usize) -> Result<(), EvaluatorError> {
        if bytes > MAX_TEXT {
            return Err(memory());
        }
        self.allocate(bytes)
    }
}

/// Step Functions' messages for these have no code.
pub(super) const MEMORY: &str =
    "Expression evaluation memory limit exceeded: Check for excessive memory usage";
pub(super) const TIMEOUT: &str = "Expression evaluation timeout: Check for infinite loop";
pub(super) const DEPTH: &str = "Stack overflow error: Check for non-terminating recursive function. \
                                Consider rewriting as tail-recursive";

pub(super) fn memory() -> EvaluatorError {
    EvaluatorError::EvaluationError(format!("D2015: {MEMORY}"))
}
