//! Sets of globs in the settings file.

use crate::document::Node;
use crate::user_file::Errors;

/// An array of globs; `None` if something is wrong with it.
pub(super) fn read(errors: &mut Errors, value: &Node) -> Option<globset::GlobSet> {
    let Some(patterns) = value.as_array() else {
        errors.expected("an array of globs", value);
        return None;
    };
    let mut set = globset::GlobSetBuilder::new();
    for pattern in patterns {
        let Some(text) = pattern.as_str() else {
            errors.expected("a glob", pattern);
            continue;
        };
        match globset::GlobBuilder::new(text).literal_separator(true).build() {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => errors.add(pattern.span, format!("invalid glob: {}", error.kind())),
        }
    }
    match set.build() {
        Ok(set) => Some(set),
        Err(error) => {
            errors.add(value.span, format!("invalid globs: {error}"));
            None
        }
    }
}
