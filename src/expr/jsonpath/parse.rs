//! Parsing of paths.

mod bracket;
mod filter;
mod path;

use super::ast::{Path, Root, Step, StepKind};
use crate::expr::error::SyntaxError;
use path::{Roots, parse_at};
use std::cell::RefCell;
use std::rc::Rc;

/// How many paths are remembered, in slots by the lengths and the last bytes of their texts.
const RECENT: usize = 32;

thread_local! {
    /// Recently parsed paths of definitions: the states of a machine use the same few paths again and again. A copy of a path
    /// shares its steps.
    static RECENT_PATHS: RefCell<[Option<Path>; RECENT]> = const { RefCell::new([const { None }; RECENT]) };
}

impl Path {
    /// Parses a path in a definition, which starts with `$`, `$$`, or `$name`.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let last = text.as_bytes().last().copied().unwrap_or(0);
        let slot = (text.len() * 5 + usize::from(last)) % RECENT;
        RECENT_PATHS.with_borrow_mut(|recent| match &mut recent[slot] {
            Some(path) if path.text == text => Ok(path.clone()),
            remembered => Ok(remembered.insert(parse(text, Roots::StepFunctions)?).clone()),
        })
    }

    /// Parses a path like Jayway: a missing `$.` is added, `@` may replace `$`, and there are no variables and no context
    /// object.
    pub fn parse_jayway(text: &str) -> Result<Self, SyntaxError> {
        parse(text, Roots::Jayway)
    }
}

fn parse(text: &str, roots: Roots) -> Result<Path, SyntaxError> {
    if let Some(steps) = names(text) {
        return Ok(Path {
            text: text.into(),
            root: Root::Input,
            steps,
            definite: true,
        });
    }
    let path = parse_at(text, 0, roots, 0)?;
    Ok(Path {
        text: text.into(),
        ..path
    })
}

/// The steps of `$.name.name`, the most common form of path, where names consist of letters, digits, and `_`.
fn names(text: &str) -> Option<Rc<[Step]>> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let names = text.strip_prefix("$.")?;
    let step = |start: usize, name: &str| Step {
        kind: StepKind::Member(name.into()),
        range: start..start + 1 + name.len(),
    };
    if !names.is_empty() && names.bytes().all(is_plain) {
        return Some(Rc::new([step(1, names)]));
    }
    let mut start = 1;
    let mut steps = Vec::new();
    for name in names.split('.') {
        if name.is_empty() || !name.bytes().all(is_plain) {
            return None;
        }
        steps.push(step(start, name));
        start += 1 + name.len();
    }
    Some(steps.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_names_like_the_full_grammar() {
        for text in ["$.a", "$.order.lines_2.Id", "$.0.length", "$._"] {
            let quick = parse(text, Roots::StepFunctions).unwrap();
            let whole = parse_at(text, 0, Roots::StepFunctions, 0).unwrap();
            assert!(names(text).is_some());
            assert_eq!(format!("{quick:?}"), format!("{whole:?}"));
        }
        for text in [
            "$", "$.", "$.a.", "$..a", "$.a[0]", "$.a()", "$.é", "$$.a", "$x.a", " $.a", "$.a-b",
        ] {
            assert!(names(text).is_none(), "{text}");
        }
    }
}
