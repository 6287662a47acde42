//! Finds the state machines in a file.
//!
//! Few files consist of a definition only. Most definitions are a property of a resource in a template: an object
//! with intrinsic functions, a string in one or several pieces, or the path of another file. [`contents()`] finds them and
//! returns each as a tree whose spans are bytes of the file that the user edits.

mod cloudformation;
mod contents;
mod definition;
mod described;
mod files;
mod intrinsic;
mod issue;
mod joined_files;
mod kubernetes;
mod machine;
mod permissions;
mod pulumi;
mod read_budget;
mod resource;
mod search;
mod serverless;
mod splice;
mod substitution;
mod terraform;
mod unrecognized;

pub use contents::Contents;
pub use files::{Base, Files, NoFiles, OpenError, OpenedFile};
pub use issue::{IssueKind, TemplateIssue};
pub use machine::{Container, EmbeddedMachine, looks_like_definition};
pub use permissions::{Grant, MachinePermissions, Names, RolePolicies, permissions, remove_parameters};
pub use resource::{Configuration, Resource, Setting};
pub use search::{
    Expectation, contents, forget_calls, machines, may_be_template, may_contain_machine, read_file,
    syntax_of_text,
};
pub use substitution::{keep_placeholders, substitute};
pub use unrecognized::mentioned_resource_type;
