//! The declaration of a family of rules.

/// Declares the rules of a family by the names of their files: each is a module with a static `RULE`.
macro_rules! rules {
    ($($name:ident,)+) => {
        $(pub mod $name;)+

        /// The family's rules.
        pub const RULES: &[&$crate::lint::rule::Rule] = &[$(&$name::RULE),+];
    };
}

pub(super) use rules;
