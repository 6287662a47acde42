//! `States.Format`, `States.StringSplit`

use super::argument::{ArgumentValue, Failure, Outcome};
use super::function::{Function, Kind, Returns};
use super::name;
use crate::expr::Randomness;
use crate::expr::java;
use crate::value::Value;

/// The functions of this family, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(name::FORMAT, &[Kind::Text, Kind::Any], 1, None, format).returning(Returns::Text),
    Function::new(name::STRING_SPLIT, &[Kind::Text; 2], 2, Some(2), split).returning(Returns::Texts),
];

/// A piece of a format template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text, with escapes decoded.
    Text(String),
    /// `{}`
    Placeholder,
}

/// Unbalanced braces in a template, with the byte offset. The message is AWS's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbalanced {
    /// A `{` that is not followed by `}`.
    Opening(usize),
    /// A `}` without its `{`.
    Closing(usize),
}

impl std::fmt::Display for Unbalanced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (wanted, found) = match self {
            Self::Opening(_) => ('}', '{'),
            Self::Closing(_) => ('{', '}'),
        };
        write!(
            f,
            "Invalid template in States.Format: matching '{wanted}' not found for '{found}'."
        )
    }
}

/// A part of a template as written; an escape is a separate part.
enum Part<'t> {
    Text(&'t str),
    Placeholder,
}

/// Calls `each` with the parts of a template in order.
fn parts<'t>(template: &'t str, mut each: impl FnMut(Part<'t>)) -> Result<(), Unbalanced> {
    let mut rest = template;
    loop {
        let at = rest.find(['\\', '{', '}']).unwrap_or(rest.len());
        if at > 0 {
            each(Part::Text(&rest[..at]));
        }
        let offset = template.len() - rest.len() + at;
        let mut chars = rest[at..].chars();
        match (chars.next(), chars.next()) {
            (None, _) => return Ok(()),
            (Some('\\'), Some('\'' | '{' | '}' | '\\')) => {
                each(Part::Text(&rest[at + 1..at + 2]));
                rest = &rest[at + 2..];
            }
            (Some('{'), Some('}')) => {
                each(Part::Placeholder);
                rest = &rest[at + 2..];
            }
            (Some('{'), _) => return Err(Unbalanced::Opening(offset)),
            (Some('}'), _) => return Err(Unbalanced::Closing(offset)),
            // A backslash that escapes nothing is literal.
            (Some(_), _) => {
                each(Part::Text(&rest[at..=at]));
                rest = &rest[at + 1..];
            }
        }
    }
}

/// Splits a template, with escapes as written, into its pieces. Lint counts the placeholders.
pub fn pieces(template: &str) -> Result<Vec<Piece>, Unbalanced> {
    let mut pieces = Vec::new();
    parts(template, |part| match (part, pieces.last_mut()) {
        (Part::Placeholder, _) => pieces.push(Piece::Placeholder),
        (Part::Text(text), Some(Piece::Text(before))) => before.push_str(text),
        (Part::Text(text), _) => pieces.push(Piece::Text(text.to_owned())),
    })?;
    Ok(pieces)
}

fn format(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    let [template, values @ ..] = arguments else {
        return Err(Failure::Arguments);
    };
    let template = match &template.raw {
        Some(raw) => raw,
        None => template.text()?,
    };
    let mut values = values.iter();
    let mut has_enough = true;
    let mut out = String::with_capacity(template.len() + 16);
    parts(template, |part| match part {
        Part::Text(text) => out.push_str(text),
        Part::Placeholder => match values.next() {
            Some(given) if given.is_json => given.value.write_json(&mut out),
            Some(given) => java::push_text(&given.value, &mut out),
            None => has_enough = false,
        },
    })
    .map_err(|unbalanced| Failure::Detail(unbalanced.to_string()))?;
    if !has_enough || values.next().is_some() {
        Err(Failure::Arguments)
    } else {
        Ok(out.into())
    }
}

/// Splits at every character of the second argument; empty parts are omitted.
fn split(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    let (text, separators) = (arguments[0].text()?, arguments[1].text()?);
    let pieces = text
        .split(|c| separators.contains(c))
        .filter(|piece| !piece.is_empty());
    Ok(Value::array(pieces.map(Value::from).collect()))
}
