//! Rules about state machines as resources of templates, and about their definition files.

use crate::lint::rule::rules;

mod action_list;
mod logging;

rules! {
    definition_file_case,
    excess_permission,
    express_without_logging,
    invalid_machine_name,
    missing_definition_file,
    missing_encryption_key,
    missing_logging,
    missing_permission,
    missing_role,
    missing_tracing,
    undefined_substitution,
    unreadable_definition,
    unrendered_template,
    unused_substitution,
    wildcard_permission,
}
