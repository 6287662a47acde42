//! `Task`: calls a service, a function, or an activity.

use crate::asl::expression::{AllowedExpression, Owner};
use crate::asl::field::{Payload, Scalar};
use crate::asl::fields::fields;
use crate::asl::object::Object;
use crate::asl::retry::{Catcher, Retrier};
use crate::document::Node;

fields! {
    /// The fields of a Task state.
    pub struct Task<'d> {
        /// `Resource`, a string or any other value.
        pub resource: Option<&'d Node> = value("Resource"),
        /// `Credentials`: an object, or in JSONata one expression.
        pub credentials: Option<Payload<'d>> = credentials(),
        /// The settings.
        pub settings: TaskSettings<Scalar<'d>> = task_settings(),
        /// `Retry`
        pub retry: Vec<Retrier<'d>> = retry(),
        /// `Catch`
        pub catch: Vec<Catcher<'d>> = catch(),
    }
}

fields! {
    /// The settings of a Task state.
    pub struct TaskSettings<S> {
        /// `TimeoutSeconds`, `TimeoutSecondsPath`.
        pub timeout_seconds = scalar("TimeoutSeconds", "TimeoutSecondsPath", AllowedExpression::ReferencePath),
        /// `HeartbeatSeconds`, `HeartbeatSecondsPath`.
        pub heartbeat_seconds = scalar("HeartbeatSeconds", "HeartbeatSecondsPath", AllowedExpression::ReferencePath),
    }
}

impl<'d> Object<'d> {
    fn credentials(&self) -> Option<Payload<'d>> {
        self.inner(self.node, Owner::Credentials).payload("Credentials")
    }

    fn task_settings(&self) -> TaskSettings<Scalar<'d>> {
        TaskSettings::lower(self)
    }
}
