//! A call of a function.

use crate::source::Span;
use crate::template::terraform::evaluator::Evaluator;

/// The evaluated arguments of a call, and its place.
pub(super) struct Call<'c, 'e> {
    pub(super) evaluator: &'c Evaluator<'e>,
    pub(super) span: Span,
    /// The function's name.
    pub(super) name: &'c str,
}
