//! Ordered maps, which store the members of JSON objects.
//!
//! Executions have many small objects. For a few members, a linear search is faster than hashing and takes half the
//! memory; a large object also has an index.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::rc::Rc;

/// Up to this number of members, a linear search is used.
const FEW: usize = 12;

/// A map with unique keys in insertion order; a replaced value keeps its position.
#[derive(Clone)]
pub struct Map<V> {
    members: Vec<(Rc<str>, V)>,
    /// The position of each key, if there are more than [`FEW`]. The keys come from the user who runs asl, so the hash need
    /// not resist attacks.
    index: Option<Box<Index>>,
}

/// The positions of keys, boxed since few objects have them.
#[derive(Clone)]
struct Index(HashMap<Rc<str>, usize, FixedState>);

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl<V> Map<V> {
    /// An empty map with reserved capacity.
    pub fn with_capacity(members: usize) -> Self {
        Self {
            members: Vec::with_capacity(members),
            index: None,
        }
    }

    /// The number of members.
    pub const fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members.
    pub const fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.0.get(key).copied(),
            None => self.members.iter().position(|(known, _)| **known == *key),
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.position(key).map(|at| &self.members[at].1)
    }

    /// A mutable reference to the value of a key.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.position(key).map(|at| &mut self.members[at].1)
    }

    /// Whether there is a value for a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// A mutable reference to the value of a key; `value` is inserted first if there is none.
    pub fn get_or_insert(&mut self, key: Rc<str>, value: impl FnOnce() -> V) -> &mut V {
        let at = self.position(&key).unwrap_or_else(|| self.push(key, value()));
        &mut self.members[at].1
    }

    /// Sets the value of a key and returns its previous value.
    pub fn insert(&mut self, key: Rc<str>, value: V) -> Option<V> {
        if let Some(at) = self.position(&key) {
            return Some(std::mem::replace(&mut self.members[at].1, value));
        }
        self.push(key, value);
        None
    }

    /// Adds a member with a new key and returns its position.
    fn push(&mut self, key: Rc<str>, value: V) -> usize {
        let at = self.members.len();
        if let Some(index) = &mut self.index {
            index.0.insert(Rc::clone(&key), at);
        }
        self.members.push((key, value));
        if self.index.is_none() && self.members.len() > FEW {
            self.index = Some(Box::new(self.places()));
        }
        at
    }

    fn places(&self) -> Index {
        let places = self.members.iter().enumerate();
        let places = places.map(|(at, (key, _))| (Rc::clone(key), at));
        Index(places.collect())
    }

    /// Removes a member; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let at = self.position(key)?;
        let (_, value) = self.members.remove(at);
        self.index = (self.members.len() > FEW).then(|| Box::new(self.places()));
        Some(value)
    }

    /// A map with the same keys, and the values that `f` makes of these.
    ///
    /// # Errors
    ///
    /// The first error of `f`.
    pub(crate) fn try_map<W, E>(&self, mut f: impl FnMut(&V) -> Result<W, E>) -> Result<Map<W>, E> {
        let mut members = Vec::with_capacity(self.members.len());
        for (key, value) in &self.members {
            members.push((Rc::clone(key), f(value)?));
        }
        let index = self.index.clone();
        Ok(Map { members, index })
    }

    /// The members, in order.
    pub fn iter(&self) -> Members<'_, V> {
        self.members.iter().map(|(key, value)| (key, value))
    }

    /// The member at a position.
    pub(crate) fn at(&self, position: usize) -> Option<(&Rc<str>, &V)> {
        self.members.get(position).map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Rc<str>> + DoubleEndedIterator {
        self.members.iter().map(|(key, _)| key)
    }

    /// The values, in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> + DoubleEndedIterator {
        self.members.iter().map(|(_, value)| value)
    }
}

/// The members of an object, in order.
pub type Members<'a, V> =
    std::iter::Map<std::slice::Iter<'a, (Rc<str>, V)>, fn(&'a (Rc<str>, V)) -> (&'a Rc<str>, &'a V)>;

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a Rc<str>, &'a V);
    type IntoIter = Members<'a, V>;

    fn into_iter(self) -> Members<'a, V> {
        self.iter()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (Rc<str>, V);
    type IntoIter = std::vec::IntoIter<(Rc<str>, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

/// Of equal keys, the last value is used, at the position of the first.
impl<V> FromIterator<(Rc<str>, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (Rc<str>, V)>>(members: I) -> Self {
        let mut object = Self::default();
        object.extend(members);
        object
    }
}

impl<V> Extend<(Rc<str>, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (Rc<str>, V)>>(&mut self, members: I) {
        let members = members.into_iter();
        self.members.reserve(members.size_hint().0);
        for (key, value) in members {
            self.insert(key, value);
        }
    }
}

/// Compares members regardless of order.
impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<V: std::fmt::Debug> std::fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Object, Value};
    use indexmap::IndexMap;
    use proptest::prelude::*;

    proptest! {
        /// Behaves like an insertion-ordered map under all operations.
        #[test]
        fn an_object_is_a_map_in_order(steps in prop::collection::vec((0u8..24, 0i64..100, any::<bool>()), 0..60)) {
            let mut object = Object::default();
            let mut map: IndexMap<Rc<str>, Value> = IndexMap::new();
            for (key, value, removes) in steps {
                let key: Rc<str> = format!("k{key}").into();
                if removes {
                    prop_assert_eq!(object.remove(&key), map.shift_remove(&key));
                } else {
                    let value = Value::from(value);
                    prop_assert_eq!(object.insert(Rc::clone(&key), value.clone()), map.insert(key, value));
                }
                prop_assert!(object.iter().eq(map.iter()));
                prop_assert!(map.iter().all(|(key, value)| object.get(key) == Some(value)));
                prop_assert_eq!(object.len(), map.len());
            }
            let backwards: Object = object.clone().into_iter().rev().collect();
            prop_assert_eq!(backwards, object);
        }
    }
}
