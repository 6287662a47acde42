//! The types that describe shapes: unions of what is known about each JSON type of a value.

use super::constants::Constants;
use crate::value::{Number, Value};
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use std::rc::Rc;

/// What is known of a JSON value: it is one of the values that [`Shape::contains`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Every value.
    Any,
    /// A value of one of several types.
    Union(Rc<Union>),
}

/// The possible values of each type. All arrays are described together, and so are all objects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Union {
    /// Whether `null` is possible.
    pub null: bool,
    /// The possible booleans.
    pub booleans: Constants<bool>,
    /// The possible numbers.
    pub numbers: Constants<Number>,
    /// The possible strings.
    pub strings: Constants<Rc<str>>,
    /// The possible arrays.
    pub array: Option<Array>,
    /// The possible objects.
    pub object: Option<Object>,
    /// Known once the union is part of a shape.
    pub(super) size: Size,
}

/// How large a union is. The other fields determine it, so it does not count in comparisons.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// The number of shapes in it, itself included.
    pub(super) parts: usize,
    /// How many arrays and objects are nested in each other at most.
    pub(super) height: usize,
}

/// What is known of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Array {
    /// The shapes of the leading items. An item beyond the array's length is missing.
    pub leading: Vec<Shape>,
    /// The shape of every item after them; never if there are none.
    pub rest: Shape,
    /// The minimum length.
    pub min: usize,
    /// The maximum length; `None` if unlimited.
    pub max: Option<usize>,
}

/// What is known of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The known fields, in the order in which they became known.
    pub fields: Fields,
    /// The shape of every other field; never if there are none, any if nothing is known about them.
    pub rest: Shape,
}

/// Known fields by their names.
pub(super) type Fields = IndexMap<Rc<str>, Field, RandomState>;

/// A known field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The shape of its value.
    pub shape: Shape,
    /// Whether every such object has it.
    pub is_certain: bool,
}

impl Union {
    /// Every value, one level deep.
    fn any() -> Self {
        Self {
            null: true,
            booleans: Constants::All,
            numbers: Constants::All,
            strings: Constants::All,
            array: Some(Array::of(Shape::Any)),
            object: Some(Object::of(Shape::Any)),
            size: Size::default(),
        }
    }

    /// Whether it is every value, one level deep.
    fn is_any(&self) -> bool {
        let is_any_array = |array: &Array| {
            array.rest.is_any() && array.leading.is_empty() && array.min == 0 && array.max.is_none()
        };
        let is_any_object = |object: &Object| object.rest.is_any() && object.fields.is_empty();
        self.null
            && self.booleans.is_all()
            && self.numbers.is_all()
            && self.strings.is_all()
            && self.array.as_ref().is_some_and(is_any_array)
            && self.object.as_ref().is_some_and(is_any_object)
    }

    /// Whether it has no value.
    fn is_never(&self) -> bool {
        !self.null
            && self.booleans.is_never()
            && self.numbers.is_never()
            && self.strings.is_never()
            && self.array.is_none()
            && self.object.is_none()
    }
}

impl Default for Size {
    /// The size of a union without arrays and objects.
    fn default() -> Self {
        Self { parts: 1, height: 0 }
    }
}

impl PartialEq for Size {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Size {}

impl Size {
    fn of(union: &Union) -> Self {
        let items = union
            .array
            .iter()
            .flat_map(|array| array.leading.iter().chain([&array.rest]));
        let members = union.object.iter().flat_map(|object| {
            object
                .fields
                .values()
                .map(|field| &field.shape)
                .chain([&object.rest])
        });
        let mut size = Self::default();
        for nested in items.chain(members).map(Shape::size) {
            size.parts = size.parts.saturating_add(nested.parts);
            size.height = size.height.max(nested.height + 1);
        }
        size
    }
}

impl From<Union> for Shape {
    fn from(mut union: Union) -> Self {
        if matches!(union.booleans.known(), Some([_, _])) {
            union.booleans = Constants::All;
        }
        if union.is_any() {
            return Self::Any;
        }
        union.size = Size::of(&union);
        Self::Union(Rc::new(union))
    }
}

impl From<Array> for Shape {
    fn from(array: Array) -> Self {
        let union = Union {
            array: Some(array),
            ..Union::default()
        };
        union.into()
    }
}

impl From<Object> for Shape {
    fn from(object: Object) -> Self {
        let union = Union {
            object: Some(object),
            ..Union::default()
        };
        union.into()
    }
}

impl Shape {
    /// No value: nothing gets here.
    pub fn never() -> Self {
        Self::Union(Rc::default())
    }

    /// `null`.
    pub fn null() -> Self {
        let union = Union {
            null: true,
            ..Union::default()
        };
        union.into()
    }

    /// Any boolean.
    pub fn boolean() -> Self {
        let union = Union {
            booleans: Constants::All,
            ..Union::default()
        };
        union.into()
    }

    /// Any number.
    pub fn number() -> Self {
        let union = Union {
            numbers: Constants::All,
            ..Union::default()
        };
        union.into()
    }

    /// Any string.
    pub fn string() -> Self {
        let union = Union {
            strings: Constants::All,
            ..Union::default()
        };
        union.into()
    }

    /// One string.
    pub fn text(text: &str) -> Self {
        let union = Union {
            strings: Constants::one(text.into()),
            ..Union::default()
        };
        union.into()
    }

    /// An array of any length.
    pub fn array_of(items: Self) -> Self {
        Array::of(items).into()
    }

    /// Any object.
    pub fn any_object() -> Self {
        Object::of(Self::Any).into()
    }

    pub(super) fn size(&self) -> Size {
        match self {
            Self::Any => Size::default(),
            Self::Union(union) => union.size,
        }
    }

    /// Whether it is a copy of another shape. Equal shapes that were made apart are not.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Union(a), Self::Union(b)) => Rc::ptr_eq(a, b),
            _ => self.is_any() && other.is_any(),
        }
    }

    /// Whether it is any value.
    pub const fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }

    /// Whether no value is possible.
    pub fn is_never(&self) -> bool {
        match self {
            Self::Any => false,
            Self::Union(union) => union.is_never(),
        }
    }

    /// The possible values of each type.
    pub fn union(&self) -> Rc<Union> {
        match self {
            Self::Any => Rc::new(Union::any()),
            Self::Union(union) => Rc::clone(union),
        }
    }

    /// The values of one type only.
    #[must_use]
    pub fn only(&self, keep: impl FnOnce(&Union) -> Union) -> Self {
        keep(&self.union()).into()
    }

    /// The values without those of some types.
    #[must_use]
    pub fn without(&self, remove: impl FnOnce(&mut Union)) -> Self {
        let mut union = (*self.union()).clone();
        remove(&mut union);
        union.into()
    }

    /// Whether a value of this shape may have the same JSON type as one of another.
    pub fn has_type_of(&self, other: &Self) -> bool {
        let (a, b) = (self.union(), other.union());
        (a.null && b.null)
            || (!a.booleans.is_never() && !b.booleans.is_never())
            || (!a.numbers.is_never() && !b.numbers.is_never())
            || (!a.strings.is_never() && !b.strings.is_never())
            || (a.array.is_some() && b.array.is_some())
            || (a.object.is_some() && b.object.is_some())
    }

    /// The constants, if only finitely many scalar values are possible.
    pub fn constants(&self) -> Option<Vec<Value>> {
        let Self::Union(union) = self else { return None };
        if union.array.is_some() || union.object.is_some() {
            return None;
        }
        let mut values: Vec<Value> = union.null.then_some(Value::Null).into_iter().collect();
        match &union.booleans {
            Constants::All => values.extend([true, false].map(Value::Bool)),
            known => values.extend(known.known()?.iter().map(|truth| Value::Bool(*truth))),
        }
        values.extend(union.numbers.known()?.iter().cloned().map(Value::Number));
        values.extend(union.strings.known()?.iter().cloned().map(Value::String));
        Some(values)
    }
}

impl Array {
    /// An array of any length whose items have a shape.
    pub const fn of(items: Shape) -> Self {
        Self {
            leading: Vec::new(),
            rest: items,
            min: 0,
            max: None,
        }
    }

    /// Whether it has at most one length.
    pub fn exact_len(&self) -> Option<usize> {
        self.max.filter(|max| *max == self.min)
    }
}

impl Object {
    /// An object with no fields but those that are added.
    pub fn closed() -> Self {
        Self {
            fields: Fields::default(),
            rest: Shape::never(),
        }
    }

    /// An object of which only the shape of its fields is known.
    pub fn of(rest: Shape) -> Self {
        Self {
            fields: Fields::default(),
            rest,
        }
    }

    /// Whether it has no fields but the known ones.
    pub fn is_closed(&self) -> bool {
        self.rest.is_never()
    }

    /// Adds a field that every such object has.
    #[must_use]
    pub fn with(mut self, name: &str, shape: Shape) -> Self {
        self.fields.insert(name.into(), Field::certain(shape));
        self
    }

    /// Adds a field that such an object may have.
    #[must_use]
    pub fn with_possible(mut self, name: &str, shape: Shape) -> Self {
        self.fields.insert(name.into(), Field::possible(shape));
        self
    }

    /// The shape of the field of a name; `None` if no such object has it.
    pub fn shape_of(&self, name: &str) -> Option<&Shape> {
        match self.fields.get(name) {
            Some(field) => Some(&field.shape),
            None if self.is_closed() => None,
            None => Some(&self.rest),
        }
    }

    /// The field of a name; `None` if no such object has it.
    pub fn field(&self, name: &str) -> Option<Field> {
        match self.fields.get(name) {
            Some(field) => Some(field.clone()),
            None if self.is_closed() => None,
            None => Some(Field::possible(self.rest.clone())),
        }
    }
}

impl Field {
    /// A field that every such object has.
    pub const fn certain(shape: Shape) -> Self {
        Self {
            shape,
            is_certain: true,
        }
    }

    /// A field that such an object may have.
    pub const fn possible(shape: Shape) -> Self {
        Self {
            shape,
            is_certain: false,
        }
    }
}
