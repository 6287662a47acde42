//! Events of executions in CloudWatch Logs, the only record of Express executions.
//!
//! Each log event is a JSON object with the data of an event of `aws stepfunctions get-execution-history`. Source: Step
//! Functions developer guide, "Using CloudWatch Logs to log execution history in Step Functions"; fields as recorded on AWS.

mod collect;
mod decode;
mod encode;
mod key;
mod level;
#[cfg(test)]
mod tests;

pub use collect::Logs;
pub use encode::{LogSettings, write};
pub use level::LogLevel;
