//! `Succeed`: the end, in success.

use crate::simulate::failure::StepError;
use crate::simulate::plan::Exit;
use crate::simulate::state_cx::{Control, StateCx};

pub(super) fn enter(cx: &mut StateCx<'_, '_>) -> Result<Control, StepError> {
    Ok(Control::Leave(cx.pass_through()?, Exit::End))
}
