//! Rules about paths, intrinsic functions, and JSONata.

use crate::lint::rule::rules;

mod accessors;
pub(super) mod intended_syntax;

rules! {
    context_field_out_of_scope,
    deep_json_merge,
    embedded_jsonata,
    fail_path_intrinsic,
    failing_intrinsic,
    format_placeholders,
    intrinsic_argument_type,
    intrinsic_arity,
    intrinsic_nesting,
    invalid_intrinsic,
    invalid_jsonata,
    invalid_jsonpath,
    jsonata_arity,
    jsonata_in_jsonpath_state,
    jsonpath_in_jsonata_state,
    misplaced_intrinsic,
    not_a_reference_path,
    result_path_root,
    states_field_out_of_scope,
    unknown_context_field,
    unknown_hash_algorithm,
    unknown_intrinsic,
    unknown_jsonata_function,
    unknown_states_field,
    unpaired_jsonata_delimiter,
    unsupported_jsonata,
}
