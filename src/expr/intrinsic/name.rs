//! The names of the functions that the generator of tests inverts.

/// `States.StringToJson`
pub const STRING_TO_JSON: &str = "States.StringToJson";
/// `States.JsonToString`
pub const JSON_TO_STRING: &str = "States.JsonToString";
/// `States.Array`
pub const ARRAY: &str = "States.Array";
/// `States.ArrayGetItem`
pub const ARRAY_GET_ITEM: &str = "States.ArrayGetItem";
/// `States.ArrayUnique`
pub const ARRAY_UNIQUE: &str = "States.ArrayUnique";
/// `States.ArrayPartition`
pub const ARRAY_PARTITION: &str = "States.ArrayPartition";
/// `States.ArrayLength`
pub const ARRAY_LENGTH: &str = "States.ArrayLength";
/// `States.ArrayContains`
pub const ARRAY_CONTAINS: &str = "States.ArrayContains";
/// `States.MathAdd`
pub const MATH_ADD: &str = "States.MathAdd";
/// `States.Format`
pub const FORMAT: &str = "States.Format";
/// `States.StringSplit`
pub const STRING_SPLIT: &str = "States.StringSplit";
/// `States.JsonMerge`
pub const JSON_MERGE: &str = "States.JsonMerge";
/// `States.Base64Decode`
pub const BASE64_DECODE: &str = "States.Base64Decode";
