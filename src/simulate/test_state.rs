//! `TestState`: running a single state, with the requests, errors, and responses of the API.
//!
//! A request is read ([`Request::from_node`]), then the definition in it ([`Definition::read`]), which the caller
//! checks for errors; then the state runs ([`run()`]).

mod definition;
mod execution;
mod inspection;
mod rejection;
mod request;
mod response;
mod result;
mod run;
mod shape;
mod validate;
mod world;

pub use definition::Definition;
pub use inspection::Level;
pub use rejection::Rejection;
pub use request::{Mock, Request, object};
pub use result::TestStatus;
pub use run::{Response, Tested, run, run_compiled};
pub use shape::ValidationMode;
