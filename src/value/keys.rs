//! Keys that share their text.

use std::rc::Rc;

/// Recently used keys. The objects of an array usually have the same keys, as do the payloads of a machine, which then
/// share their text.
pub(crate) struct Keys([Option<Rc<str>>; KEYS]);

/// How many keys are remembered, in slots by their length and their first and last bytes.
const KEYS: usize = 32;

impl Keys {
    /// No keys.
    pub(crate) const fn new() -> Self {
        Self([const { None }; KEYS])
    }

    /// A key, which shares its text with a recent one.
    pub(crate) fn get(&mut self, key: &str) -> Rc<str> {
        let end = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or(0));
        let bytes = key.as_bytes();
        let place = key.len() + end(bytes.first()) * 5 + end(bytes.last()) * 3;
        let remembered = &mut self.0[place % KEYS];
        match remembered {
            Some(known) if &**known == key => Rc::clone(known),
            _ => Rc::clone(remembered.insert(key.into())),
        }
    }
}
