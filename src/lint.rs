//! The linter: rules and their findings.
//!
//! [`check`] walks a state machine once and passes each part to the rules that check such parts. A rule gets a
//! [`Context`] and adds [`Finding`]s; [`Findings`] completes them with name, severity, and pointer.

mod aws;
mod checker;
mod contents;
mod context;
mod finding;
mod limit;
mod merge;
pub mod registry;
mod rejection;
mod role_report;
pub mod rule;
pub mod rules;
mod run;
pub mod schema;
pub mod settings;
pub mod suppression;
mod tainted_fields;

pub use aws::{AwsCode, AwsMessage};
pub use checker::{Report, check, check_document};
pub use contents::{check_contents, check_file};
pub use context::{Context, Scope, TaskState};
pub use finding::{Finding, Findings};
pub use rejection::{rejections, rejections_in_aws_words};
pub use rule::{Check, Family, FixKind, Rule};
pub use settings::{Level, Settings};
