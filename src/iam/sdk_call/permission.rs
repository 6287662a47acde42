//! A permission that a call needs.

use crate::aws::iam::requirement::Purpose;
use crate::iam::target::Resources;
use std::borrow::Cow;

/// An action on resources.
pub(in crate::iam) struct Permission {
    /// `dynamodb:Query`.
    pub(in crate::iam) action: Cow<'static, str>,
    /// Its resources.
    pub(in crate::iam) resources: Resources,
    /// Why it is needed.
    pub(in crate::iam) purpose: Purpose,
}

/// A permission that the call itself needs.
pub(super) fn call(action: impl Into<Cow<'static, str>>, resources: Resources) -> Permission {
    Permission {
        action: action.into(),
        resources,
        purpose: Purpose::Call,
    }
}
