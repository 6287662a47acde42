//! The resources of a permission, with ARNs filled from arguments.

mod address;
mod dispatch;
mod filler;
mod lambda;
mod model;

pub(super) use address::queue_arn;
pub(super) use filler::{Filler, Resources};
