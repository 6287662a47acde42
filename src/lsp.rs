//! The language server: `asl lsp`.
//!
//! One thread owns everything: it applies edits, answers requests, and checks documents when no message is waiting. Each
//! feature is a pure function over a `snapshot` of a document. Types of the protocol appear only at
//! the outer edge; inside, places are byte offsets. What needs files, settings, or commands is behind [`Host`].

mod actions;
mod capabilities;
mod client;
mod commands;
mod completion;
mod diagnostics;
mod documents;
mod expression;
mod failure;
mod fields;
mod host;
mod hover;
mod inbox;
mod inlay;
mod links;
mod manual;
mod moves;
mod names;
mod node_path;
mod occurrence;
mod params;
mod payload;
mod position;
mod publisher;
mod refactor;
mod references;
mod repair;
mod request;
mod resources;
mod server;
mod shapes;
mod signature;
mod snapshot;
mod structure;
mod suppress;
mod symbols;
mod tokens;
mod uri;
mod workspace;

pub use host::Host;
pub use server::{Ending, serve};
