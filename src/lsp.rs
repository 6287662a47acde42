//! The language server: `asl lsp`.
//!
//! One thread owns everything: it applies edits, answers requests, and checks documents when no message is waiting. Each
//! feature is a pure function over a [`snapshot`](snapshot::Snapshot) of a document. Types of the protocol appear only at
//! the outer edge; inside, places are byte offsets. What needs files, settings, or commands is behind [`Host`].

mod actions;
mod capabilities;
mod client;
mod diagnostics;
mod documents;
mod host;
mod inbox;
mod params;
mod position;
mod publisher;
mod request;
mod server;
mod snapshot;
mod suppress;
mod symbols;
mod uri;
mod workspace;

pub use host::Host;
pub use server::{Ending, serve};
