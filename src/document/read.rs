//! Reading a text in any syntax.

use super::parsed::{Document, Reading};
use super::syntax::Syntax;
use super::{hcl, json, yaml};
use crate::source::SourceFile;
use std::sync::Arc;

/// Reads a file's text. Never fails: the result contains as much of the tree as could be read, and the errors.
pub fn read(source: Arc<SourceFile>, syntax: Syntax) -> Document {
    let Reading {
        roots,
        mut errors,
        is_whole,
    } = match syntax {
        Syntax::Json => json::read(&source, false),
        Syntax::Jsonc => json::read(&source, true),
        Syntax::Yaml => yaml::read(&source, yaml::Scalars::Core),
        Syntax::Yaml11 => yaml::read(&source, yaml::Scalars::Yaml11),
        Syntax::Hcl => hcl::read(&source),
    };
    errors.sort_by_key(|f| f.span.start);
    Document {
        source,
        syntax,
        roots,
        errors,
        is_whole,
    }
}
