//! Files that users write for asl: mocks, assumptions, prices, settings, requests.
//!
//! All of them are read in the same way. The text becomes a tree with spans ([`read`], [`read_toml`]); where the file has
//! a JSON schema, the tree is validated against it ([`read_valid`]); a typed reader collects what else is wrong in
//! [`Errors`]. Every error underlines its place in the user's file and has the name [`INVALID_FILE`].

mod duration;
mod errors;
mod schema;
mod text;
#[cfg(feature = "cli")]
mod toml;

pub use duration::{DURATION_HELP, duration, duration_text};
pub use errors::{Errors, INVALID_FILE, invalid, unknown_name};
pub use schema::read_valid;
pub use text::{read, read_value};
#[cfg(feature = "cli")]
pub use toml::read_toml;
