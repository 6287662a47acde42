//! The state machine as a resource of a template, and where its definition lies.

use crate::lint::rule::rules;

mod logging;

rules! {
    definition_file_case,
    express_without_logging,
    invalid_machine_name,
    missing_definition_file,
    missing_encryption_key,
    missing_logging,
    missing_role,
    missing_tracing,
    undefined_substitution,
    unreadable_definition,
    unrendered_template,
    unused_substitution,
}
