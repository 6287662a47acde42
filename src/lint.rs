//! The linter: rules over a definition, and what they find.
//!
//! [`check`] walks a machine once and offers each part to the rules that look at such parts. A rule sees facts
//! ([`Context`]) and hands in [`Finding`]s; identity, severity, pointers and suppression are added here.

mod aws;
mod checker;
mod contents;
mod context;
mod finding;
mod refusal;
pub mod registry;
pub mod rule;
pub mod rules;
mod run;
pub mod schema;
pub mod settings;
pub mod suppression;
mod tainted_fields;

pub use aws::AwsCode;
pub use checker::{Report, check, check_document};
pub use contents::check_contents;
pub use context::{Context, Scope, TaskState};
pub use finding::{Finding, Findings};
pub use refusal::refusals;
pub use rule::{Check, Family, Rule};
pub use settings::{Level, Settings};
