//! Reading a JSONPath in a shape, and writing one with `ResultPath`.

use super::types::Array;
use super::types::{Field, Object};
use super::types::{Shape, Union};
use crate::expr::jsonpath::{Step, StepKind};
use std::rc::Rc;

/// What a path selects.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The shape of the value, if there is one.
    pub shape: Shape,
    /// Whether the path may select nothing, which fails.
    pub missing: Missing,
}

/// Whether a path selects nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    /// It always selects something.
    Never,
    /// Nothing is known about it.
    Possibly,
    /// It never selects anything.
    Certainly(Gap),
}

/// The first step of a path that selects nothing, or cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// The index of the step.
    pub step: usize,
    /// What the step is applied to.
    pub parent: Shape,
}

impl Reading {
    fn gap(step: usize, parent: &Shape) -> Self {
        let parent = parent.clone();
        Self {
            shape: Shape::never(),
            missing: Missing::Certainly(Gap { step, parent }),
        }
    }

    /// Whether the path certainly selects nothing.
    pub(super) const fn is_gap(&self) -> bool {
        matches!(self.missing, Missing::Certainly(_))
    }
}

/// Reads the steps of a path that starts at a value. A definite path without a value fails; an indefinite one selects an
/// array, which may be empty.
pub(super) fn read(root: &Shape, steps: &[Step]) -> Reading {
    let mut shape = root.clone();
    let mut missing = Missing::Never;
    for (index, step) in steps.iter().enumerate() {
        if shape.is_any() {
            return rest_of_any(&steps[index..]);
        }
        if !step.kind.is_definite(index + 1 == steps.len()) {
            return Reading {
                shape: Shape::array_of(select_all(&shape, &steps[index..])),
                missing: Missing::Never,
            };
        }
        let Some((inner, is_certain)) = select_one(&shape, &step.kind) else {
            return Reading::gap(index, &shape);
        };
        if !is_certain {
            missing = Missing::Possibly;
        }
        shape = inner;
    }
    Reading { shape, missing }
}

fn rest_of_any(steps: &[Step]) -> Reading {
    let is_definite = steps
        .iter()
        .enumerate()
        .all(|(i, step)| step.kind.is_definite(i + 1 == steps.len()));
    if is_definite {
        let shape = match steps.last().map(|step| &step.kind) {
            Some(kind @ StepKind::Function(_)) => {
                select_one(&Shape::Any, kind).map_or(Shape::Any, |(shape, _)| shape)
            }
            _ => Shape::Any,
        };
        return Reading {
            shape,
            missing: Missing::Possibly,
        };
    }
    Reading {
        shape: Shape::array_of(Shape::Any),
        missing: Missing::Never,
    }
}

/// The value that a definite step selects, and whether it always selects one; `None` if it never does.
fn select_one(shape: &Shape, kind: &StepKind) -> Option<(Shape, bool)> {
    if let StepKind::Function(function) = kind {
        return Some((function_result(&function.name, shape), false));
    }
    let union = shape.union();
    let (selected, has_only_containers) = match kind {
        StepKind::Member(name) => {
            let field = union.object.as_ref().and_then(|object| object.field(name));
            (
                field.map(|field| (field.shape, field.is_certain)),
                union.array.is_none(),
            )
        }
        StepKind::Members(names) => {
            let object = union.object.as_ref()?;
            let mut picked = Object::closed();
            for name in names.iter() {
                if let Some(field) = object.field(name) {
                    picked.fields.insert(Rc::clone(name), field);
                }
            }
            (Some((picked.into(), true)), union.array.is_none())
        }
        StepKind::Index(index) => {
            let array = union.array.as_ref();
            (
                array.and_then(|array| select_item(array, *index)),
                union.object.is_none(),
            )
        }
        StepKind::FromEnd(back) => {
            let array = union.array.as_ref();
            (
                array.and_then(|array| select_item(array, *back)),
                union.object.is_none(),
            )
        }
        _ => (Some((Shape::Any, false)), false),
    };
    let (inner, is_certain) = selected?;
    if inner.is_never() {
        return None;
    }
    let has_scalars =
        union.null || !union.booleans.is_never() || !union.numbers.is_never() || !union.strings.is_never();
    Some((inner, is_certain && has_only_containers && !has_scalars))
}

/// The item at an index; a negative one counts from the end.
fn select_item(array: &Array, index: i32) -> Option<(Shape, bool)> {
    if let Ok(index) = usize::try_from(index) {
        return array.item(index);
    }
    let back = usize::try_from(index.unsigned_abs()).ok()?;
    if let Some(len) = array.exact_len() {
        return array.item(len.checked_sub(back)?);
    }
    let items = array.items();
    let exists = array.max.is_none_or(|max| back <= max) && !items.is_never();
    exists.then_some((items, back <= array.min))
}

/// The join of everything that the steps select; steps without a value select nothing.
fn select_all(shape: &Shape, steps: &[Step]) -> Shape {
    let Some((first, rest)) = steps.split_first() else {
        return shape.clone();
    };
    if shape.is_any() {
        return Shape::Any;
    }
    let union = shape.union();
    let items = || union.array.as_ref().map_or_else(Shape::never, Array::items);
    let values = || union.object.as_ref().map_or_else(Shape::never, Object::values);
    let inner = match &first.kind {
        StepKind::Wildcard => items().join(&values()),
        StepKind::Indexes(_) | StepKind::Slice(_) => items(),
        StepKind::Filter(_) => {
            let object = union.object.clone().map_or_else(Shape::never, Shape::from);
            items().join(&object)
        }
        StepKind::Members(names) => {
            let object = union.object.as_ref();
            let fields = names.iter().filter_map(|name| object?.field(name));
            fields.fold(Shape::never(), |all, field| all.join(&field.shape))
        }
        StepKind::Descend => return Shape::Any,
        definite => select_one(shape, definite).map_or_else(Shape::never, |(shape, _)| shape),
    };
    select_all(&inner, rest)
}

/// The result of a path function. Source: Jayway `JsonPath`, "Functions".
fn function_result(name: &str, on: &Shape) -> Shape {
    match name {
        "length" | "size" | "min" | "max" | "avg" | "stddev" | "sum" => Shape::number(),
        "keys" => Shape::array_of(Shape::string()),
        "concat" => Shape::string(),
        "first" | "last" | "index" => {
            let union = on.union();
            union.array.as_ref().map_or(Shape::Any, Array::items)
        }
        _ => Shape::Any,
    }
}

/// Puts a value into a shape, as `ResultPath` does: missing objects are created, and scalars on the way fail.
pub(super) fn place(root: &Shape, steps: &[Step], value: &Shape) -> Result<Shape, Gap> {
    place_from(root, steps, 0, value)
}

fn place_from(root: &Shape, steps: &[Step], step: usize, value: &Shape) -> Result<Shape, Gap> {
    let Some(first) = steps.get(step) else {
        return Ok(value.clone());
    };
    if root.is_any() && !matches!(first.kind, StepKind::Member(_)) {
        return Ok(Shape::Any);
    }
    let union = root.union();
    match &first.kind {
        StepKind::Member(name) => {
            // A null or missing parent is replaced with an object.
            let mut object = match (&union.object, root.is_any() || union.null) {
                (Some(object), false) => object.clone(),
                (Some(object), true) => object.join(&Object::closed()),
                (None, true) => Object::closed(),
                (None, false) => {
                    let parent = root.clone();
                    return Err(Gap { step, parent });
                }
            };
            let inner = match object.field(name) {
                Some(field) if field.is_certain => field.shape,
                Some(field) => field.shape.join(&Object::closed().into()),
                None => Object::closed().into(),
            };
            let placed = place_from(&inner, steps, step + 1, value)?;
            object.fields.insert(Rc::clone(name), Field::certain(placed));
            Ok(object.into())
        }
        _ => Ok(Shape::Any),
    }
}

/// Replaces the shape of the value that member and index steps select; `None` if the value is impossible. A path of
/// other steps changes nothing.
pub(super) fn refine(root: &Shape, steps: &[Step], change: &dyn Fn(&Shape) -> Shape) -> Option<Shape> {
    let Some((first, rest)) = steps.split_first() else {
        let changed = change(root);
        return (!changed.is_never()).then_some(changed);
    };
    let union = root.union();
    match &first.kind {
        StepKind::Member(name) => {
            let mut object = union.object.clone()?;
            let field = object.field(name)?;
            let inner = refine(&field.shape, rest, change)?;
            object.fields.insert(Rc::clone(name), Field::certain(inner));
            Some(object.into())
        }
        StepKind::Index(index) => {
            let mut array = union.array.clone()?;
            let index = usize::try_from(*index).ok();
            let Some(index) = index.filter(|index| *index < array.leading.len()) else {
                return Some(array.into());
            };
            array.leading[index] = refine(&array.leading[index], rest, change)?;
            array.min = array.min.max(index + 1);
            Some(array.into())
        }
        _ => Some(root.clone()),
    }
}

/// The shape without the value that member steps select; `None` if the value certainly exists.
pub(super) fn remove(root: &Shape, steps: &[Step]) -> Option<Shape> {
    let (first, rest) = steps.split_first()?;
    let StepKind::Member(name) = &first.kind else {
        return Some(root.clone());
    };
    let union = root.union();
    let Some(field) = union.object.as_ref().and_then(|object| object.field(name)) else {
        return Some(root.clone());
    };
    let mut object = union.object.clone()?;
    let without = remove(&field.shape, rest);
    let has_others = union.null
        || union.array.is_some()
        || !union.booleans.is_never()
        || !union.numbers.is_never()
        || !union.strings.is_never();
    #[expect(
        clippy::collapsible_match,
        reason = "the case of an unknown field belongs to this arm"
    )]
    match without {
        Some(inner) => {
            if object.fields.contains_key(name) {
                let is_certain = field.is_certain;
                object.fields.insert(
                    Rc::clone(name),
                    Field {
                        shape: inner,
                        is_certain,
                    },
                );
            }
        }
        None if field.is_certain && !has_others => return None,
        None if field.is_certain => {
            return Some(root.without(|union| union.object = None));
        }
        // An open object may still lack it: that cannot be expressed, so the known field alone is dropped.
        None if object.is_closed() => {
            object.fields.shift_remove(name);
        }
        None => {}
    }
    Some(
        Union {
            object: Some(object),
            ..(*union).clone()
        }
        .into(),
    )
}
