//! The use of a value, as a tree.

use super::cycle::Cycle;
use super::kind::Type;
use crate::decision::Test;
use indexmap::IndexMap;
use std::rc::Rc;

/// The maximum depth of a tree; uses of deeper values are forgotten.
const MAX_DEPTH: usize = 16;

/// The maximum number of fields of a node.
const MAX_FIELDS: usize = 256;

/// The maximum number of tests of a node.
const MAX_TESTS: usize = 16;

/// How a value is used.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usage {
    /// The fields that are read, in the order in which they became known, and how each is used.
    pub fields: IndexMap<Rc<str>, Usage>,
    /// How its items are used, if it is used as an array.
    pub items: Option<Box<Usage>>,
    /// How the values of all fields are used, if their names do not matter.
    pub entries: Option<Box<Usage>>,
    /// The number of items that are read by their index.
    pub len: usize,
    /// How the value is used that its text contains as JSON.
    pub json: Option<Box<Usage>>,
    /// The type that an operation on it requires.
    pub kind: Option<Type>,
    /// What conditions require for the shortest way to success.
    pub tests: Vec<Test>,
    /// What a condition requires to repeat a cycle that contains it.
    pub repeats: Vec<(Cycle, Test)>,
}

impl Usage {
    /// A value that must have a type.
    pub fn of(kind: Type) -> Self {
        Self {
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// A value that must pass a test.
    pub fn tested(test: Test) -> Self {
        Self {
            tests: vec![test],
            ..Self::default()
        }
    }

    /// An array with a use of its items.
    pub fn array(items: Self) -> Self {
        Self {
            items: Some(Box::new(items)),
            ..Self::of(Type::Array)
        }
    }

    /// An object with a use of the values of all its fields.
    pub fn entries(values: Self) -> Self {
        Self {
            entries: Some(Box::new(values)),
            ..Self::of(Type::Object)
        }
    }

    /// A string that contains JSON.
    pub fn json(value: Self) -> Self {
        Self {
            json: Some(Box::new(value)),
            ..Self::of(Type::Text)
        }
    }

    /// Whether nothing is known but that the value exists.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The use of a field; none if it is not read.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.fields.get(name).cloned().unwrap_or_default()
    }

    /// The use of its items, if it is an array.
    #[must_use]
    pub fn item(&self) -> Self {
        self.items.as_deref().cloned().unwrap_or_default()
    }

    /// Without the requirements of conditions: what every way needs.
    #[must_use]
    pub fn structure(&self) -> Self {
        Self {
            fields: self
                .fields
                .iter()
                .filter(|(_, usage)| !usage.is_only_tested_for_absence())
                .map(|(name, usage)| (Rc::clone(name), usage.structure()))
                .collect(),
            items: self.items.as_ref().map(|items| Box::new(items.structure())),
            entries: self.entries.as_ref().map(|entries| Box::new(entries.structure())),
            len: self.len,
            json: self.json.as_ref().map(|json| Box::new(json.structure())),
            kind: self.kind,
            tests: Vec::new(),
            repeats: Vec::new(),
        }
    }

    /// Whether all that is known is that the value should be missing.
    pub(super) fn is_only_tested_for_absence(&self) -> bool {
        self.tests.iter().any(Test::wants_missing)
            && self.fields.is_empty()
            && self.items.is_none()
            && self.entries.is_none()
            && self.json.is_none()
            && self.kind.is_none()
            && self.tests.iter().all(Test::wants_missing)
    }

    /// Adds another use of the same value; returns whether that changes anything.
    pub fn merge(&mut self, other: &Self) -> bool {
        self.merge_at(other, 0)
    }

    fn merge_at(&mut self, other: &Self, depth: usize) -> bool {
        if depth >= MAX_DEPTH {
            return false;
        }
        let mut has_changed = false;
        for (name, usage) in &other.fields {
            if let Some(known) = self.fields.get_mut(name) {
                has_changed |= known.merge_at(usage, depth + 1);
            } else if self.fields.len() < MAX_FIELDS {
                let mut new = Self::default();
                new.merge_at(usage, depth + 1);
                self.fields.insert(Rc::clone(name), new);
                has_changed = true;
            }
        }
        let parts = [
            (&mut self.items, &other.items),
            (&mut self.entries, &other.entries),
            (&mut self.json, &other.json),
        ];
        for (own, others) in parts {
            if let Some(usage) = others {
                has_changed |= own.is_none();
                has_changed |= own.get_or_insert_default().merge_at(usage, depth + 1);
            }
        }
        if other.len > self.len {
            self.len = other.len;
            has_changed = true;
        }
        if self.kind.is_none() && other.kind.is_some() {
            self.kind = other.kind;
            has_changed = true;
        }
        has_changed |= extend(&mut self.tests, &other.tests);
        has_changed | extend(&mut self.repeats, &other.repeats)
    }
}

fn extend<T: Clone + PartialEq>(own: &mut Vec<T>, others: &[T]) -> bool {
    let mut has_changed = false;
    for test in others {
        if own.len() < MAX_TESTS && !own.contains(test) {
            own.push(test.clone());
            has_changed = true;
        }
    }
    has_changed
}
