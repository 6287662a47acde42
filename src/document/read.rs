//! Reading a source text in any syntax.

use super::parsed::{Document, Reading};
use super::syntax::Syntax;
use super::syntax_error::SyntaxErrorKind;
use super::{hcl, json, rendering, yaml};
use crate::source::SourceFile;
use std::sync::Arc;

/// Reads a file's text. Never fails: the result contains as much of the tree as could be read, and the errors.
///
/// A template that is not rendered is read without its directives, and has one error of that kind.
pub fn read(source: Arc<SourceFile>, syntax: Syntax) -> Document {
    let is_malformed = |reading: &Reading| {
        reading
            .errors
            .iter()
            .any(|e| e.kind == SyntaxErrorKind::Malformed)
    };
    // Recovery from errors in YAML is slow where every line has one, and is not needed for a template.
    let is_yaml = matches!(syntax, Syntax::Yaml | Syntax::Yaml11);
    let recovers = !is_yaml || !rendering::may_have_directives(source.text());
    let mut reading = read_once(&source, syntax, recovers);
    if is_malformed(&reading) {
        if let Some((first, blank)) = rendering::without_directives(source.text(), syntax) {
            reading = read_once(&SourceFile::new(source.name(), blank), syntax, true);
            // The text contains both branches of a condition, and the separators of every item.
            reading.errors = vec![rendering::unrendered(first)];
            reading.is_whole = false;
        } else if !recovers {
            reading = read_once(&source, syntax, true);
        }
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

/// Reads a source text. YAML is parsed again after each error if `recovers` is true.
fn read_once(source: &SourceFile, syntax: Syntax, recovers: bool) -> Reading {
    match syntax {
        Syntax::Json => json::read(source, false),
        Syntax::Jsonc => json::read(source, true),
        Syntax::Yaml => yaml::read(source, yaml::Scalars::Core, recovers),
        Syntax::Yaml11 => yaml::read(source, yaml::Scalars::Yaml11, recovers),
        Syntax::HclTemplate => hcl::read_template(source),
        Syntax::Hcl => hcl::read(source),
    }
}
