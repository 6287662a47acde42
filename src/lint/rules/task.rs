//! Tasks and the services they call.

use crate::lint::rule::Rule;

mod activity_without_heartbeat;
mod api;
mod arguments;
mod credentials_on_activity;
mod forbidden_http_header;
mod heartbeat_not_below_timeout;
mod invalid_parameter_value;
mod invalid_resource;
mod lambda_direct_arn;
mod lambda_without_retry;
mod missing_http_connection;
mod missing_parameter;
mod missing_task_token;
mod task_token_without_callback;
mod task_without_timeout;
mod token;
mod unknown_integration;
mod unknown_parameter;
mod unknown_sdk_action;
mod unknown_sdk_service;
mod unsupported_in_express;
mod unsupported_pattern;

pub use activity_without_heartbeat::ACTIVITY_WITHOUT_HEARTBEAT;
pub use credentials_on_activity::CREDENTIALS_ON_ACTIVITY;
pub use forbidden_http_header::FORBIDDEN_HTTP_HEADER;
pub use heartbeat_not_below_timeout::HEARTBEAT_NOT_BELOW_TIMEOUT;
pub use invalid_parameter_value::INVALID_PARAMETER_VALUE;
pub use invalid_resource::INVALID_RESOURCE;
pub use lambda_direct_arn::LAMBDA_DIRECT_ARN;
pub use lambda_without_retry::LAMBDA_WITHOUT_RETRY;
pub use missing_http_connection::MISSING_HTTP_CONNECTION;
pub use missing_parameter::MISSING_PARAMETER;
pub use missing_task_token::MISSING_TASK_TOKEN;
pub use task_token_without_callback::TASK_TOKEN_WITHOUT_CALLBACK;
pub use task_without_timeout::TASK_WITHOUT_TIMEOUT;
pub use unknown_integration::UNKNOWN_INTEGRATION;
pub use unknown_parameter::UNKNOWN_PARAMETER;
pub use unknown_sdk_action::UNKNOWN_SDK_ACTION;
pub use unknown_sdk_service::UNKNOWN_SDK_SERVICE;
pub use unsupported_in_express::UNSUPPORTED_IN_EXPRESS;
pub use unsupported_pattern::UNSUPPORTED_PATTERN;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &ACTIVITY_WITHOUT_HEARTBEAT,
    &CREDENTIALS_ON_ACTIVITY,
    &FORBIDDEN_HTTP_HEADER,
    &HEARTBEAT_NOT_BELOW_TIMEOUT,
    &INVALID_PARAMETER_VALUE,
    &INVALID_RESOURCE,
    &LAMBDA_DIRECT_ARN,
    &LAMBDA_WITHOUT_RETRY,
    &MISSING_HTTP_CONNECTION,
    &MISSING_PARAMETER,
    &MISSING_TASK_TOKEN,
    &TASK_TOKEN_WITHOUT_CALLBACK,
    &TASK_WITHOUT_TIMEOUT,
    &UNKNOWN_INTEGRATION,
    &UNKNOWN_PARAMETER,
    &UNKNOWN_SDK_ACTION,
    &UNKNOWN_SDK_SERVICE,
    &UNSUPPORTED_IN_EXPRESS,
    &UNSUPPORTED_PATTERN,
];
