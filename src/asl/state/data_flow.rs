//! The fields that control the input and output of a state.

use crate::asl::expression::AllowedExpression;
use crate::asl::field::{NullablePath, Payload};
use crate::asl::fields::fields;
use crate::asl::object::Object;

fields! {
    /// The fields that control the input and output of a state. The schema defines which state types have which of them. Boxed, as a state
    /// has few of them and a definition many states.
    pub struct DataFlow<'d> {
        /// `InputPath`.
        pub input_path: NullablePath<'d> = nullable_path("InputPath", AllowedExpression::Path),
        /// `Parameters`, but not of a Map, whose `Parameters` is its `ItemSelector`.
        pub parameters: Option<Box<Payload<'d>>> = parameters(),
        /// `Arguments` (JSONata).
        pub arguments: Option<Box<Payload<'d>>> = boxed_payload(None, Some("Arguments")),
        /// `ResultSelector`.
        pub result_selector: Option<Box<Payload<'d>>> = boxed_payload(Some("ResultSelector"), None),
        /// `ResultPath`.
        pub result_path: NullablePath<'d> = nullable_path("ResultPath", AllowedExpression::ResultPath),
        /// `OutputPath`.
        pub output_path: NullablePath<'d> = nullable_path("OutputPath", AllowedExpression::Path),
        /// `Output` (JSONata).
        pub output: Option<Box<Payload<'d>>> = boxed_payload(None, Some("Output")),
        /// `Assign`.
        pub assign: Option<Box<Payload<'d>>> = boxed_payload(Some("Assign"), Some("Assign")),
    }
}

impl<'d> Object<'d> {
    fn parameters(&self) -> Option<Box<Payload<'d>>> {
        if self.is_map {
            return None;
        }
        self.boxed_payload(Some("Parameters"), None)
    }

    fn boxed_payload(
        &self,
        jsonpath: Option<&'static str>,
        jsonata: Option<&'static str>,
    ) -> Option<Box<Payload<'d>>> {
        self.payload_in(jsonpath, jsonata).map(Box::new)
    }
}
