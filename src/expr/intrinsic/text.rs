//! `States.Format`, `States.StringSplit`

use super::eval::{Failure, Given, Outcome};
use crate::expr::java;
use crate::value::Value;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text, escapes decoded.
    Text(String),
    /// `{}`
    Placeholder,
}

/// What is wrong with a template's braces, in AWS's words; and the byte of the template where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbalanced {
    /// A `{` that no `}` follows at once.
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

/// Cuts a template, escapes as written, into its pieces. Lint counts the placeholders.
pub fn pieces(template: &str) -> Result<Vec<Piece>, Unbalanced> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut chars = template.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next_if(|(_, next)| matches!(next, '\'' | '{' | '}' | '\\')) {
                Some((_, escaped)) => text.push(escaped),
                None => text.push('\\'),
            },
            '{' if chars.next_if(|(_, next)| *next == '}').is_some() => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Placeholder);
            }
            '{' => return Err(Unbalanced::Opening(at)),
            '}' => return Err(Unbalanced::Closing(at)),
            _ => text.push(c),
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

pub(super) fn format(arguments: &[Given]) -> Outcome {
    let [template, values @ ..] = arguments else {
        return Err(Failure::Arguments);
    };
    let template = match &template.raw {
        Some(raw) => raw,
        None => template.text()?,
    };
    let pieces = pieces(template).map_err(|unbalanced| Failure::Detail(unbalanced.to_string()))?;
    let mut values = values.iter();
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(&text),
            Piece::Placeholder => out.push_str(&printed(values.next().ok_or(Failure::Arguments)?)),
        }
    }
    if values.next().is_some() {
        Err(Failure::Arguments)
    } else {
        Ok(out.into())
    }
}

fn printed(given: &Given) -> String {
    if given.is_json {
        given.value.to_json()
    } else {
        java::text(&given.value)
    }
}

/// Every character of the second argument separates; nothing between two separators is no piece.
pub(super) fn split(arguments: &[Given]) -> Outcome {
    let (text, separators) = (arguments[0].text()?, arguments[1].text()?);
    let pieces = text
        .split(|c| separators.contains(c))
        .filter(|piece| !piece.is_empty());
    Ok(Value::array(pieces.map(Value::from).collect()))
}
