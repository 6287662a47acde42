//! The roles of state machines in the files of a module, and what the references in these files mean.

mod blocks;
mod document;
mod names;
mod reader;

pub(in crate::template) use reader::Roles;
