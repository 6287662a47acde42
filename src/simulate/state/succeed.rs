//! `Succeed`: ends the execution successfully.

use crate::simulate::plan::Exit;
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::StepError;

pub(super) fn enter(cx: &mut StateCx<'_, '_>) -> Result<Control, StepError> {
    Ok(Control::Leave(cx.pass_through()?, Exit::End))
}
