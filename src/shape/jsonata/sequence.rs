//! Sequences: the results of path steps, which are nothing, a single value, or an array of several.

use super::outcome::{Outcome, Undefined};
use crate::shape::fault::MissingPath;
use crate::shape::types::Array;
use crate::shape::types::Shape;

/// The field of a value, mapped over arrays.
pub(super) fn member(on: &Outcome, name: &str) -> Outcome {
    if on.is_undefined() {
        return on.clone();
    }
    let mut found = member_of(&on.shape, name);
    if let (Undefined::Certainly(missing), Some((path, root))) = (&mut found.undefined, &on.path) {
        *missing = Some(Box::new(MissingPath {
            path: format!("{path}.{name}"),
            parent_path: path.clone(),
            parent: on.shape.clone(),
            field: Some(name.to_owned()),
            root: *root,
        }));
    } else if !on.is_defined() && found.is_defined() {
        found.undefined = Undefined::Possibly;
    }
    found.path = on
        .path
        .as_ref()
        .map(|(path, root)| (format!("{path}.{name}"), *root));
    found
}

fn member_of(shape: &Shape, name: &str) -> Outcome {
    if shape.is_any() {
        return Outcome::unknown();
    }
    let union = shape.union();
    let has_scalars =
        union.null || !union.booleans.is_never() || !union.numbers.is_never() || !union.strings.is_never();
    let mut parts = Vec::new();
    if has_scalars {
        parts.push(Outcome::undefined(None));
    }
    if let Some(object) = &union.object {
        parts.push(match object.field(name) {
            Some(field) if field.is_certain => Outcome::value(field.shape),
            Some(field) => Outcome::possible(field.shape),
            None => Outcome::undefined(None),
        });
    }
    if let Some(array) = &union.array {
        parts.push(over_items(array, |item| member_of(item, name)));
    }
    let joined = parts.into_iter().reduce(Outcome::join);
    joined.unwrap_or_else(|| Outcome::undefined(None))
}

/// The results for the items of an array as one sequence.
pub(super) fn over_items(array: &Array, each: impl Fn(&Shape) -> Outcome) -> Outcome {
    let items = array.items();
    if items.is_never() {
        return Outcome::undefined(None);
    }
    let result = each(&items);
    if result.is_undefined() {
        return result;
    }
    let is_defined = result.is_defined() && array.min > 0;
    let shape = sequence_of(&result.shape);
    if is_defined {
        Outcome::value(shape)
    } else {
        Outcome::possible(shape)
    }
}

/// One value of a shape, or an array of several; arrays among the values are flattened.
pub(super) fn sequence_of(shape: &Shape) -> Shape {
    let items = flattened(shape);
    let several = Array {
        // A sequence of one array is the array itself, of any length.
        min: if shape.union().array.is_some() { 0 } else { 2 },
        ..Array::of(items.clone())
    };
    items.join(&several.into())
}

/// The members that a value adds to a sequence.
pub(super) fn flattened(shape: &Shape) -> Shape {
    if shape.is_any() {
        return Shape::Any;
    }
    let union = shape.union();
    let Some(array) = &union.array else {
        return shape.clone();
    };
    shape.without(|union| union.array = None).join(&array.items())
}

/// The item at a position of a sequence; a single value is a sequence of itself.
pub(super) fn item(on: &Outcome, position: i64) -> Outcome {
    if on.is_undefined() || on.shape.is_any() {
        return if on.is_undefined() {
            on.clone()
        } else {
            Outcome::unknown()
        };
    }
    let union = on.shape.union();
    let mut parts = Vec::new();
    let single = on.shape.without(|union| union.array = None);
    if !single.is_never() {
        parts.push(match position {
            0 | -1 => Outcome::value(single),
            _ => Outcome::undefined(None),
        });
    }
    if let Some(array) = &union.array {
        parts.push(item_of(array, position));
    }
    let joined = parts.into_iter().reduce(Outcome::join);
    let mut found = joined.unwrap_or_else(|| Outcome::undefined(None));
    if let (Undefined::Certainly(missing), Some((path, root))) = (&mut found.undefined, &on.path) {
        *missing = Some(Box::new(MissingPath {
            path: format!("{path}[{position}]"),
            parent_path: path.clone(),
            parent: on.shape.clone(),
            field: None,
            root: *root,
        }));
    } else if !on.is_defined() && found.is_defined() {
        found.undefined = Undefined::Possibly;
    }
    found.path = on
        .path
        .as_ref()
        .map(|(path, root)| (format!("{path}[{position}]"), *root));
    found
}

fn item_of(array: &Array, position: i64) -> Outcome {
    let index = if let Ok(index) = usize::try_from(position) {
        Some(index)
    } else {
        let back = usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX);
        match array.exact_len() {
            Some(len) => match len.checked_sub(back) {
                Some(index) => Some(index),
                None => return Outcome::undefined(None),
            },
            None => None,
        }
    };
    let Some(index) = index else {
        return Outcome::possible(array.items());
    };
    match array.item(index) {
        Some((shape, true)) => Outcome::value(shape),
        Some((shape, false)) => Outcome::possible(shape),
        None => Outcome::undefined(None),
    }
}
