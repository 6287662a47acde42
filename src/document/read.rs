//! Reading a text in any syntax.

use super::parsed::{Document, Reading};
use super::syntax::Syntax;
use super::syntax_error::{SyntaxError, SyntaxErrorKind};
use super::{hcl, json, rendering, yaml};
use crate::source::SourceFile;
use std::sync::Arc;

/// Reads a file's text. Never fails: the result contains as much of the tree as could be read, and the errors.
///
/// A template that is not rendered is read without its directives, and has one error of that kind.
pub fn read(source: Arc<SourceFile>, syntax: Syntax) -> Document {
    let mut reading = read_once(&source, syntax);
    let is_malformed = |error: &SyntaxError| error.kind == SyntaxErrorKind::Malformed;
    if reading.errors.iter().any(is_malformed)
        && let Some((first, blank)) = rendering::without_directives(source.text(), syntax)
    {
        reading = read_once(&SourceFile::new(source.name(), blank), syntax);
        // The text contains both branches of a condition, and the separators of every item.
        reading.errors = vec![rendering::unrendered(first)];
        reading.is_whole = false;
    }
    reading.errors.sort_by_key(|f| f.span.start);
    let Reading {
        roots,
        errors,
        is_whole,
    } = reading;
    Document {
        source,
        syntax,
        roots,
        errors,
        is_whole,
    }
}

fn read_once(source: &SourceFile, syntax: Syntax) -> Reading {
    match syntax {
        Syntax::Json => json::read(source, false),
        Syntax::Jsonc => json::read(source, true),
        Syntax::Yaml => yaml::read(source, yaml::Scalars::Core),
        Syntax::Yaml11 => yaml::read(source, yaml::Scalars::Yaml11),
        Syntax::HclTemplate => hcl::read_template(source),
        Syntax::Hcl => hcl::read(source),
    }
}
