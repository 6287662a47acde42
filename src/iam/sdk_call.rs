//! What a call of the AWS SDK needs.

mod fill;
mod needs;
mod partiql;
mod permission;
mod special;

pub(super) use needs::SdkCall;
pub(super) use permission::Permission;
