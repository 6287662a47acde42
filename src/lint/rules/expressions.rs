//! Paths, intrinsic functions and JSONata.

use crate::lint::rule::Rule;

mod accessors;
mod context_field_out_of_scope;
mod deep_json_merge;
mod embedded_jsonata;
mod fail_path_intrinsic;
mod failing_intrinsic;
mod format_placeholders;
pub(super) mod intended_syntax;
mod intrinsic_argument_type;
mod intrinsic_arity;
mod intrinsic_nesting;
mod invalid_intrinsic;
mod invalid_jsonata;
mod invalid_jsonpath;
mod jsonata_arity;
mod jsonata_in_jsonpath_state;
mod jsonpath_in_jsonata_state;
mod misplaced_intrinsic;
mod not_a_reference_path;
mod result_path_root;
mod states_field_out_of_scope;
mod unknown_context_field;
mod unknown_hash_algorithm;
mod unknown_intrinsic;
mod unknown_jsonata_function;
mod unknown_states_field;
mod unpaired_jsonata_delimiter;
mod unsupported_jsonata;

pub use context_field_out_of_scope::CONTEXT_FIELD_OUT_OF_SCOPE;
pub use deep_json_merge::DEEP_JSON_MERGE;
pub use embedded_jsonata::EMBEDDED_JSONATA;
pub use fail_path_intrinsic::FAIL_PATH_INTRINSIC;
pub use failing_intrinsic::FAILING_INTRINSIC;
pub use format_placeholders::FORMAT_PLACEHOLDERS;
pub use intrinsic_argument_type::INTRINSIC_ARGUMENT_TYPE;
pub use intrinsic_arity::INTRINSIC_ARITY;
pub use intrinsic_nesting::INTRINSIC_NESTING;
pub use invalid_intrinsic::INVALID_INTRINSIC;
pub use invalid_jsonata::INVALID_JSONATA;
pub use invalid_jsonpath::INVALID_JSONPATH;
pub use jsonata_arity::JSONATA_ARITY;
pub use jsonata_in_jsonpath_state::JSONATA_IN_JSONPATH_STATE;
pub use jsonpath_in_jsonata_state::JSONPATH_IN_JSONATA_STATE;
pub use misplaced_intrinsic::MISPLACED_INTRINSIC;
pub use not_a_reference_path::NOT_A_REFERENCE_PATH;
pub use result_path_root::RESULT_PATH_ROOT;
pub use states_field_out_of_scope::STATES_FIELD_OUT_OF_SCOPE;
pub use unknown_context_field::UNKNOWN_CONTEXT_FIELD;
pub use unknown_hash_algorithm::UNKNOWN_HASH_ALGORITHM;
pub use unknown_intrinsic::UNKNOWN_INTRINSIC;
pub use unknown_jsonata_function::UNKNOWN_JSONATA_FUNCTION;
pub use unknown_states_field::UNKNOWN_STATES_FIELD;
pub use unpaired_jsonata_delimiter::UNPAIRED_JSONATA_DELIMITER;
pub use unsupported_jsonata::UNSUPPORTED_JSONATA;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &CONTEXT_FIELD_OUT_OF_SCOPE,
    &DEEP_JSON_MERGE,
    &EMBEDDED_JSONATA,
    &FAIL_PATH_INTRINSIC,
    &FORMAT_PLACEHOLDERS,
    &FAILING_INTRINSIC,
    &INTRINSIC_ARGUMENT_TYPE,
    &INTRINSIC_ARITY,
    &INTRINSIC_NESTING,
    &INVALID_INTRINSIC,
    &INVALID_JSONATA,
    &INVALID_JSONPATH,
    &JSONATA_ARITY,
    &JSONATA_IN_JSONPATH_STATE,
    &JSONPATH_IN_JSONATA_STATE,
    &MISPLACED_INTRINSIC,
    &NOT_A_REFERENCE_PATH,
    &RESULT_PATH_ROOT,
    &STATES_FIELD_OUT_OF_SCOPE,
    &UNKNOWN_CONTEXT_FIELD,
    &UNKNOWN_HASH_ALGORITHM,
    &UNKNOWN_INTRINSIC,
    &UNKNOWN_JSONATA_FUNCTION,
    &UNKNOWN_STATES_FIELD,
    &UNPAIRED_JSONATA_DELIMITER,
    &UNSUPPORTED_JSONATA,
];
