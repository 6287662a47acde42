//! Which state machines a file holds, and where.
//!
//! Few definitions stand alone: most are a property of a resource in a template, as an object with intrinsic functions
//! in it, as a string in one piece or many, or as the path of another file. [`contents`] finds them and hands each out
//! as a tree whose places are bytes of the file that the user edits.

mod cloudformation;
mod contents;
mod definition;
mod fault;
mod files;
mod found;
mod intrinsic;
mod reach;
mod rendering;
mod resource;
mod search;
mod serverless;
mod substitution;
mod terraform;

pub use contents::Contents;
pub use fault::{Fault, FaultKind};
pub use files::{Base, Closed, Files, NoFiles, Opened};
pub use found::{Container, Found, looks_like_definition};
pub use rendering::first_mark;
pub use resource::{Configuration, Resource, Setting};
pub use search::{Expectation, contents, machines, may_be_template, may_hold_machine, read_file};
