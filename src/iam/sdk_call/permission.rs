//! A permission that a call needs.

use crate::aws::iam::requirement::Purpose;
use crate::iam::target::Resources;

/// An action on resources.
pub(in crate::iam) struct Permission {
    /// `dynamodb:Query`.
    pub(in crate::iam) action: String,
    /// Its resources.
    pub(in crate::iam) resources: Resources,
    /// Why it is needed.
    pub(in crate::iam) purpose: Purpose,
}

/// A permission that the call itself needs.
pub(super) fn call(action: String, resources: Resources) -> Permission {
    Permission {
        action,
        resources,
        purpose: Purpose::Call,
    }
}
