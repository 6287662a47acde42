//! `Task`: work done by a service, a function or an activity.

use crate::asl::{Catcher, Payload, Retrier, Scalar};
use crate::document::Node;

/// The fields of a Task state.
#[derive(Debug)]
pub struct Task<'d> {
    /// `Resource`, whatever was written there.
    pub resource: Option<&'d Node>,
    /// `Credentials`: an object, or in JSONata one expression.
    pub credentials: Option<Payload<'d>>,
    /// `TimeoutSeconds`, `TimeoutSecondsPath`.
    pub timeout_seconds: Option<Scalar<'d>>,
    /// `HeartbeatSeconds`, `HeartbeatSecondsPath`.
    pub heartbeat_seconds: Option<Scalar<'d>>,
    /// `Retry`
    pub retry: Vec<Retrier<'d>>,
    /// `Catch`
    pub catch: Vec<Catcher<'d>>,
}
