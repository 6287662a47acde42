//! `Parallel`: runs branches concurrently.

use crate::simulate::join;
use crate::simulate::plan::ScopeId;
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::StepError;

pub(super) fn enter(cx: &mut StateCx<'_, '_>, branches: &[ScopeId]) -> Result<Control, StepError> {
    let effective = cx.effective_input()?;
    let input = cx.arguments(&effective)?;
    cx.check_arguments(&input)?;
    if let Some(options) = &cx.evaluator.options.test_state {
        return join::finish_mocked(cx, options);
    }
    join::start_branches(cx, branches, &input)
}
