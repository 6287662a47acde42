//! The response of `ValidateStateMachineDefinition`: codes, messages, and locations, which `--format aws` prints.
//!
//! A rule names the code; a finding names the message and the data in it, and [`super::Findings`] formats it if AWS's response is
//! requested.

mod code;
mod location;
mod message;
mod syntax;

pub use code::AwsCode;
pub(super) use location::location;
pub use message::AwsMessage;
pub(super) use syntax::syntax_error;
