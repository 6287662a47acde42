//! Query languages: they know values, never states.
