//! The state machine as a resource of a template, and where its definition lies.

use crate::lint::rule::Rule;

mod express_without_logging;
mod invalid_machine_name;
mod missing_definition_file;
mod missing_encryption_key;
mod missing_logging;
mod missing_role;
mod missing_tracing;
mod misspelt_definition_file;
mod undefined_substitution;
mod unreadable_definition;
mod unrendered_template;
mod unused_substitution;

pub use express_without_logging::EXPRESS_WITHOUT_LOGGING;
pub use invalid_machine_name::INVALID_MACHINE_NAME;
pub use missing_definition_file::MISSING_DEFINITION_FILE;
pub use missing_encryption_key::MISSING_ENCRYPTION_KEY;
pub use missing_logging::MISSING_LOGGING;
pub use missing_role::MISSING_ROLE;
pub use missing_tracing::MISSING_TRACING;
pub use misspelt_definition_file::MISSPELT_DEFINITION_FILE;
pub use undefined_substitution::UNDEFINED_SUBSTITUTION;
pub use unreadable_definition::UNREADABLE_DEFINITION;
pub use unrendered_template::UNRENDERED_TEMPLATE;
pub use unused_substitution::UNUSED_SUBSTITUTION;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &EXPRESS_WITHOUT_LOGGING,
    &INVALID_MACHINE_NAME,
    &MISSING_DEFINITION_FILE,
    &MISSING_ENCRYPTION_KEY,
    &MISSING_LOGGING,
    &MISSING_ROLE,
    &MISSING_TRACING,
    &MISSPELT_DEFINITION_FILE,
    &UNDEFINED_SUBSTITUTION,
    &UNREADABLE_DEFINITION,
    &UNRENDERED_TEMPLATE,
    &UNUSED_SUBSTITUTION,
];
