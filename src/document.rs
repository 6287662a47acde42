//! One syntax tree for JSON, YAML, and HCL: ordered objects, spans on keys and values, duplicate keys kept.

mod change;
mod duplicates;
mod embedded;
mod escape;
mod hcl;
mod joined_text;
mod json;
mod json_value;
mod limits;
mod node;
mod parsed;
mod parts;
#[cfg(test)]
mod proptests;
mod read;
mod rendering;
mod reparse;
mod shift;
mod splice;
mod subtree;
mod syntax;
mod syntax_error;
#[cfg(test)]
mod testing;
mod text;
mod yaml;

pub use escape::EscapeStyle;
pub use joined_text::JoinedText;
pub use limits::MAX_DEPTH;
pub use node::{Member, Node, NodeKind, Tagged, push_pointer_key};
pub use parsed::Document;
pub use parts::{Encoding, Parts, Piece};
pub use read::read;
pub use reparse::{Undo, reparse};
pub use syntax::Syntax;
pub use syntax_error::{SyntaxError, SyntaxErrorKind};
pub use text::Text;
