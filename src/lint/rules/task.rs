//! Rules about Tasks and the services that they call.

use crate::lint::rule::rules;

mod api;
mod arguments;
mod token;

rules! {
    activity_without_heartbeat,
    credentials_on_activity,
    forbidden_http_header,
    heartbeat_not_below_timeout,
    integration_arn_with_account,
    invalid_parameter_value,
    invalid_resource,
    lambda_direct_arn,
    lambda_without_retry,
    missing_http_connection,
    missing_parameter,
    missing_task_token,
    task_token_without_callback,
    task_without_timeout,
    unknown_integration,
    unknown_parameter,
    unknown_sdk_action,
    unknown_sdk_service,
    unsupported_in_express,
    unsupported_pattern,
}
