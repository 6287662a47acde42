//! The operations on shapes as sets of values: join, meet, and widening.

use super::types::{Array, Field, Fields, Object, Shape, Size, Union};
use foldhash::fast::RandomState;
use std::rc::Rc;

/// The nesting depth at which shapes in loops become any.
const MAX_DEPTH: usize = 8;

/// The maximum number of parts of a shape; a larger one is cut off at a smaller depth.
pub(super) const MAX_PARTS: usize = 2_000;

impl Shape {
    /// The values of either shape, and more where a union would become too large.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let (Self::Union(a), Self::Union(b)) = (self, other) else {
            return Self::Any;
        };
        if Rc::ptr_eq(a, b) || other.is_never() {
            return self.clone();
        }
        if self.is_never() {
            return other.clone();
        }
        let joined = Union {
            null: a.null || b.null,
            booleans: a.booleans.join(&b.booleans),
            numbers: a.numbers.join(&b.numbers),
            strings: a.strings.join(&b.strings),
            array: either(a.array.as_ref(), b.array.as_ref(), Array::join),
            object: either(a.object.as_ref(), b.object.as_ref(), Object::join),
            size: Size::default(),
        };
        if joined == **a {
            self.clone()
        } else {
            joined.into()
        }
    }

    /// Whether the join with another shape is this one.
    pub fn includes(&self, other: &Self) -> bool {
        let (a, b) = match (self, other) {
            (Self::Any, _) => return true,
            (Self::Union(_), Self::Any) => return false,
            (Self::Union(a), Self::Union(b)) => (a, b),
        };
        if Rc::ptr_eq(a, b) {
            return true;
        }
        let includes_array = |b: &Array| a.array.as_ref().is_some_and(|a| a.join(b) == *a);
        let includes_object = |b: &Object| a.object.as_ref().is_some_and(|a| a.includes(b));
        (a.null || !b.null)
            && a.booleans.includes(&b.booleans)
            && a.numbers.includes(&b.numbers)
            && a.strings.includes(&b.strings)
            && b.array.as_ref().is_none_or(includes_array)
            && b.object.as_ref().is_none_or(includes_object)
    }

    /// The values of both shapes, and more where that cannot be expressed.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        let (Self::Union(a), Self::Union(b)) = (self, other) else {
            return if self.is_any() {
                other.clone()
            } else {
                self.clone()
            };
        };
        if Rc::ptr_eq(a, b) {
            return self.clone();
        }
        let arrays = a.array.as_ref().zip(b.array.as_ref());
        let objects = a.object.as_ref().zip(b.object.as_ref());
        Union {
            null: a.null && b.null,
            booleans: a.booleans.meet(&b.booleans),
            numbers: a.numbers.meet(&b.numbers),
            strings: a.strings.meet(&b.strings),
            array: arrays.and_then(|(a, b)| a.meet(b)),
            object: objects.and_then(|(a, b)| a.meet(b)),
            size: Size::default(),
        }
        .into()
    }

    /// The values of either shape, so that a loop reaches a fixed point: what grew since the last visit becomes
    /// unlimited, and what is nested deeper than a limit becomes any.
    #[must_use]
    pub fn widen(&self, newer: &Self) -> Self {
        self.widen_at(newer, MAX_DEPTH)
    }

    pub(super) fn widen_at(&self, newer: &Self, depth: usize) -> Self {
        let (Self::Union(old), Self::Union(new)) = (self, newer) else {
            return Self::Any;
        };
        if Rc::ptr_eq(old, new) || newer.is_never() {
            return self.clone();
        }
        if depth == 0 {
            return Self::Any;
        }
        if self.is_never() {
            return newer.truncate(depth);
        }
        Union {
            null: old.null || new.null,
            booleans: old.booleans.join(&new.booleans),
            numbers: old.numbers.widen(&new.numbers),
            strings: old.strings.widen(&new.strings),
            array: either(old.array.as_ref(), new.array.as_ref(), |old, new| {
                old.widen(new, depth - 1)
            }),
            object: either(old.object.as_ref(), new.object.as_ref(), |old, new| {
                old.widen(new, depth - 1)
            }),
            size: Size::default(),
        }
        .into()
    }

    /// The shape with what is nested deeper than `depth` replaced by any.
    #[must_use]
    pub fn truncate(&self, depth: usize) -> Self {
        self.truncated(depth).unwrap_or_else(|| self.clone())
    }

    /// The shape with what is nested deeper than `depth` replaced by any; `None` if nothing is.
    fn truncated(&self, depth: usize) -> Option<Self> {
        let Self::Union(union) = self else {
            return None;
        };
        if union.size.height <= depth {
            return None;
        }
        if depth == 0 {
            return Some(Self::Any);
        }
        let mut cut: Option<Union> = None;
        if let Some(array) = &union.array {
            if let Some(rest) = array.rest.truncated(depth - 1) {
                let cut = cut.get_or_insert_with(|| (**union).clone());
                cut.array.iter_mut().for_each(|array| array.rest = rest.clone());
            }
            for (index, item) in array.leading.iter().enumerate() {
                if let Some(item) = item.truncated(depth - 1) {
                    let cut = cut.get_or_insert_with(|| (**union).clone());
                    cut.array
                        .iter_mut()
                        .for_each(|array| array.leading[index] = item.clone());
                }
            }
        }
        if let Some(object) = &union.object {
            if let Some(rest) = object.rest.truncated(depth - 1) {
                let cut = cut.get_or_insert_with(|| (**union).clone());
                cut.object
                    .iter_mut()
                    .for_each(|object| object.rest = rest.clone());
            }
            for (index, field) in object.fields.values().enumerate() {
                if let Some(shape) = field.shape.truncated(depth - 1) {
                    let cut = cut.get_or_insert_with(|| (**union).clone());
                    cut.object
                        .iter_mut()
                        .for_each(|object| object.fields[index].shape = shape.clone());
                }
            }
        }
        cut.map(Self::from)
    }

    /// The shape, less precise if it has more parts than this.
    #[must_use]
    pub fn limit(self, max_parts: usize) -> Self {
        let mut shape = self;
        let mut depth = MAX_DEPTH;
        while shape.size().parts > max_parts && depth > 0 {
            depth /= 2;
            shape = shape.truncate(depth);
        }
        shape
    }
}

impl Array {
    /// The join of the shapes of all items.
    pub fn items(&self) -> Shape {
        self.leading
            .iter()
            .fold(self.rest.clone(), |all, item| all.join(item))
    }

    /// What is true of both.
    pub(super) fn join(&self, other: &Self) -> Self {
        let min = self.min.min(other.min);
        let max = self.max.zip(other.max).map(|(a, b)| a.max(b));
        if self.leading.len() == other.leading.len() {
            let pairs = self.leading.iter().zip(&other.leading);
            return Self {
                leading: pairs.map(|(a, b)| a.join(b)).collect(),
                rest: self.rest.join(&other.rest),
                min,
                max,
            };
        }
        Self {
            leading: Vec::new(),
            rest: self.items().join(&other.items()),
            min,
            max,
        }
    }

    /// The arrays that both allow; `None` if there are none.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let min = self.min.max(other.min);
        let max = match (self.max, other.max) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if max.is_some_and(|max| min > max) {
            return None;
        }
        let known = self.leading.len().max(other.leading.len());
        let at = |array: &Self, index: usize| array.leading.get(index).unwrap_or(&array.rest).clone();
        let leading: Vec<Shape> = (0..known).map(|i| at(self, i).meet(&at(other, i))).collect();
        if leading.iter().take(min).any(Shape::is_never) {
            return None;
        }
        Some(Self {
            leading,
            rest: self.rest.meet(&other.rest),
            min,
            max,
        })
    }

    /// See [`Shape::widen`].
    pub(super) fn widen(&self, newer: &Self, depth: usize) -> Self {
        let joined = self.join(newer);
        let leading = if self.leading.len() == joined.leading.len() {
            let pairs = self.leading.iter().zip(&joined.leading);
            pairs.map(|(old, new)| old.widen_at(new, depth)).collect()
        } else {
            Vec::new()
        };
        let rest = if leading.is_empty() {
            joined.items()
        } else {
            joined.rest.clone()
        };
        let grew = joined.max != self.max;
        Self {
            rest: self.rest.widen_at(&rest, depth),
            leading,
            min: if joined.min < self.min { 0 } else { joined.min },
            max: if grew { None } else { joined.max },
        }
    }
}

impl Object {
    /// The join of the shapes of all fields.
    pub fn values(&self) -> Shape {
        let fields = self.fields.values();
        fields.fold(self.rest.clone(), |all, field| all.join(&field.shape))
    }

    /// The object in which the fields of a newer one replace those of this one.
    #[must_use]
    pub fn merge(&self, newer: &Self) -> Self {
        let mut merged = self.clone();
        for (name, field) in &mut merged.fields {
            if !newer.fields.contains_key(name) && !newer.is_closed() {
                field.shape = field.shape.join(&newer.rest);
            }
        }
        for (name, field) in &newer.fields {
            let field = match self.field(name) {
                Some(older) if !field.is_certain => Field {
                    shape: older.shape.join(&field.shape),
                    is_certain: older.is_certain,
                },
                _ => field.clone(),
            };
            merged.fields.insert(Rc::clone(name), field);
        }
        merged.rest = merged.rest.join(&newer.rest);
        merged
    }

    /// What is true of both.
    pub(super) fn join(&self, other: &Self) -> Self {
        let mut fields = Fields::with_capacity_and_hasher(self.fields.len(), RandomState::default());
        for (name, field) in &self.fields {
            fields.insert(
                Rc::clone(name),
                join_field(field, other.fields.get(name), &other.rest),
            );
        }
        for (name, field) in &other.fields {
            if !self.fields.contains_key(name) {
                fields.insert(Rc::clone(name), join_field(field, None, &self.rest));
            }
        }
        Self {
            fields,
            rest: self.rest.join(&other.rest),
        }
    }

    /// Whether the join with another object is this one.
    fn includes(&self, other: &Self) -> bool {
        let includes_field = |(name, field): (&Rc<str>, &Field)| match other.fields.get(name) {
            Some(other) => field.shape.includes(&other.shape) && (other.is_certain || !field.is_certain),
            None => !field.is_certain && field.shape.includes(&other.rest),
        };
        self.rest.includes(&other.rest)
            && self.fields.iter().all(includes_field)
            && other.fields.keys().all(|name| self.fields.contains_key(name))
    }

    /// The objects that both allow; `None` if there are none.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let mut met = Self {
            fields: Fields::with_capacity_and_hasher(self.fields.len(), RandomState::default()),
            rest: self.rest.meet(&other.rest),
        };
        let names = self.fields.keys();
        for name in names.chain(
            other
                .fields
                .keys()
                .filter(|name| !self.fields.contains_key(*name)),
        ) {
            let (mine, theirs) = (self.field(name), other.field(name));
            let is_certain = [&mine, &theirs]
                .into_iter()
                .flatten()
                .any(|field| field.is_certain);
            let shape = match (mine, theirs) {
                (Some(mine), Some(theirs)) => mine.shape.meet(&theirs.shape),
                _ => Shape::never(),
            };
            if !shape.is_never() {
                met.fields.insert(Rc::clone(name), Field { shape, is_certain });
            } else if is_certain {
                return None;
            }
        }
        Some(met)
    }

    /// See [`Shape::widen`].
    pub(super) fn widen(&self, newer: &Self, depth: usize) -> Self {
        let mut joined = self.join(newer);
        for (name, field) in &mut joined.fields {
            if let Some(old) = self.fields.get(name) {
                field.shape = old.shape.widen_at(&field.shape, depth);
            } else if depth == 0 {
                field.shape = Shape::Any;
            }
        }
        joined.rest = self.rest.widen_at(&joined.rest, depth);
        joined
    }
}

fn join_field(field: &Field, other: Option<&Field>, other_rest: &Shape) -> Field {
    match other {
        Some(other) => Field {
            shape: field.shape.join(&other.shape),
            is_certain: field.is_certain && other.is_certain,
        },
        None => Field::possible(field.shape.join(other_rest)),
    }
}

fn either<T: Clone>(a: Option<&T>, b: Option<&T>, both: impl FnOnce(&T, &T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(both(a, b)),
        (a, b) => a.or(b).cloned(),
    }
}
