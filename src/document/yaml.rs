//! YAML to trees, built from the parser's events without recursion.
//!
//! The scanner and the parser follow libyaml, and stop at the first error. `recover` then reports it and patches a copy of the
//! text so that all locations can still be mapped back, and the copy is parsed again, at most [`MAX_PARSES`] times.

mod build;
mod layout;
mod parser;
mod patched_source;
mod recover;
mod scalar;
mod scan_scalar;
mod scanner;
#[cfg(test)]
mod tests;
mod token;

pub(super) use scalar::Scalars;

use super::parsed::Reading;
use super::syntax_error::SyntaxErrorKind;
use crate::source::{SourceFile, Span, to_offset};
use build::Builder;
use patched_source::PatchedSource;

/// How many times a source text is parsed at most during recovery, and how many bytes in total.
const MAX_PARSES: usize = 24;
const MAX_PARSED_BYTES: usize = 64 << 20;

/// Reads a YAML stream whose plain scalars are resolved by `scalars`; up to the first error unless `recovers` is true.
pub(super) fn read(source: &SourceFile, scalars: Scalars, recovers: bool) -> Reading {
    let text = source.text();
    if let Some(error) = recover::reject(text) {
        return Reading {
            roots: Vec::new(),
            errors: vec![error],
            is_whole: false,
        };
    }
    let mut patched = PatchedSource::new(text);
    patched.blank_control_characters();
    let mut parses = 1;
    loop {
        let mut builder = Builder::new(text, &patched, scalars);
        let end = builder.stream();
        let (mut reading, open) = builder.finish();
        if let Err(error) = end {
            let may_go_on = recovers && parses < MAX_PARSES && (parses + 1) * text.len() <= MAX_PARSED_BYTES;
            if patched.recover(error, &open, may_go_on) {
                parses += 1;
                continue;
            }
            reading.is_whole = false;
        }
        reading.is_whole &= patched.is_whole;
        reading.errors.append(&mut patched.errors);
        if reading.errors.iter().any(|f| f.kind == SyntaxErrorKind::TooDeep) {
            reading.roots.clear();
        }
        if reading.roots.is_empty() && reading.errors.is_empty() {
            let help = "a definition starts with `StartAt:`";
            let whole = Span::new(0, to_offset(text.len()));
            reading
                .errors
                .push(patched_source::syntax_error(whole, "file is empty", help));
        }
        return reading;
    }
}
