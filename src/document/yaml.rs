//! YAML text to trees: granit-parser's events, put together without recursion.
//!
//! The parser stops at its first error. `recover` then reports it and alters a copy of the text, such that the place
//! of everything can still be told, and the copy is parsed anew: a few times at most, see [`MAX_PARSES`].

mod build;
mod layout;
mod place;
mod recover;
mod scalar;
mod scratch;
#[cfg(test)]
mod tests;

pub(super) use scalar::Scalars;

use super::parsed::Reading;
use super::syntax_error::FaultKind;
use crate::source::{SourceFile, Span, to_offset};
use build::Builder;
use scratch::Scratch;

/// How often a text is parsed at most, and how many bytes in all, while it is being mended.
const MAX_PARSES: usize = 24;
const MAX_PARSED_BYTES: usize = 64 << 20;

/// Reads a YAML stream, whose plain scalars mean what `scalars` says.
pub(super) fn read(source: &SourceFile, scalars: Scalars) -> Reading {
    let text = source.text();
    if let Some(fault) = recover::hopeless(text) {
        return Reading {
            roots: Vec::new(),
            faults: vec![fault],
            is_whole: false,
        };
    }
    let mut scratch = Scratch::new(text);
    let mut parses = 1;
    loop {
        let mut builder = Builder::new(text, &scratch, scalars);
        let end = builder.stream();
        let (mut reading, open) = builder.finish();
        if let Err(error) = end {
            let may_go_on = parses < MAX_PARSES && (parses + 1) * text.len() <= MAX_PARSED_BYTES;
            if scratch.mend(&error, &open, may_go_on) {
                parses += 1;
                continue;
            }
            reading.is_whole = false;
        }
        reading.is_whole &= scratch.is_whole;
        reading.faults.append(&mut scratch.faults);
        if reading.faults.iter().any(|f| f.kind == FaultKind::TooDeep) {
            reading.roots.clear();
        }
        if reading.roots.is_empty() && reading.faults.is_empty() {
            let help = "a definition begins with `StartAt:`";
            let whole = Span::new(0, to_offset(text.len()));
            reading
                .faults
                .push(scratch::fault(whole, "The file is empty", help));
        }
        return reading;
    }
}
