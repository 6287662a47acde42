//! Lint, simulate, and estimate the cost of Amazon States Language (ASL) definitions of AWS Step Functions, offline.
//!
//! ```
//! let definition = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
//! assert!(aslkit::Linter::new().lint("a.asl.json", definition).is_empty());
//!
//! let simulator = aslkit::Simulator::new("a.asl.json", definition)?;
//! let execution = simulator.run(&serde_json::json!({"id": 7}))?;
//! assert_eq!(execution.output, Some(serde_json::json!({"id": 7})));
//! # Ok::<(), aslkit::Error>(())
//! ```
//!
//! [`Linter`], [`Simulator`] and [`Estimator`] take a definition, or a template that contains one: JSON or YAML,
//! CloudFormation, SAM, CDK output, Terraform, or the Serverless Framework. The items at the top of this crate are its
//! public interface; the modules below are hidden and may change in any release.
//!
//! The feature `cli`, which is enabled by default, builds the command `asl` and what only the command needs. A program
//! that uses the library can do without it: `default-features = false`.
//!
//! ARCHITECTURE.md in the repository describes the modules.

#[macro_use]
mod push_fmt;

#[doc(hidden)]
pub mod api;
#[doc(hidden)]
pub mod asl;
#[doc(hidden)]
pub mod aws;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod cost;
#[doc(hidden)]
pub mod coverage;
#[doc(hidden)]
pub mod decision;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod edit;
#[doc(hidden)]
pub mod expr;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod generate;
#[doc(hidden)]
pub mod graph;
#[doc(hidden)]
pub mod history;
#[doc(hidden)]
pub mod iam;
#[doc(hidden)]
pub mod isolation;
#[doc(hidden)]
pub mod lint;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod lsp;
#[doc(hidden)]
pub mod prose;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod schemas;
#[doc(hidden)]
pub mod shape;
#[doc(hidden)]
pub mod simulate;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod spec;
#[doc(hidden)]
pub mod suite;
#[doc(hidden)]
pub mod template;
#[doc(hidden)]
pub mod user_file;
#[doc(hidden)]
pub mod value;

pub use api::{
    Error, Estimate, Estimator, Execution, Finding, Linter, Price, Simulator, TaskCall, TaskError,
};
pub use diagnostic::Severity;
pub use history::Status;
pub use rust_decimal::Decimal;
pub use spec::WorkflowType;
