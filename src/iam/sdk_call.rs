//! What a call of the AWS SDK needs.

mod fill;
mod needs;
mod partiql;
mod special;

pub(super) use needs::{Permission, permissions};
