//! IAM: which actions exist and on which resources, and which of them a call of an API requires.
//!
//! [`table`] is the service authorization reference. [`actions_of`] joins it to the SDK's actions, [`requirement`] contains
//! what Step Functions needs beyond the call of an optimized integration, and [`named`] the resources of templates.

mod grant;
pub mod managed;
pub mod named;
mod prefix;
pub mod requirement;
mod route;
pub mod sam;
pub mod serverless;
pub mod table;

pub use grant::{RequiredActions, actions_of};
pub use prefix::prefix_of;
pub use route::{Route, route};
