//! Edits of a tree, in the style of the text around them.
//!
//! A rule says what changes: a key, a value, a new member, one that is removed. [`Editor`] finds the bytes: commas, quotes,
//! indentation, and line ends follow those of the neighboring members, in JSON, YAML, and the objects of HCL alike.
//! [`Quoting`] writes the result inside a string of a template.

mod block;
mod content;
mod editor;
mod elements;
mod flow;
mod gap;
mod quoting;
mod scalar;
#[cfg(test)]
mod tests;
mod written;

pub use content::Content;
pub use editor::Editor;
pub use quoting::Quoting;
pub use written::Edits;
