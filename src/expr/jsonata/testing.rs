//! Generated values for the tests that compare fast paths with the evaluator.

use crate::value::Value;
use proptest::prelude::*;

/// Values made of these scalars, in arrays and in objects with the keys `a`, `b`, and `c`.
pub(super) fn values(scalars: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    scalars.prop_recursive(4, 32, 4, |inner| {
        let member = (prop::sample::select(vec!["a", "b", "c"]), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::array),
            prop::collection::vec(member, 0..4).prop_map(|members| {
                Value::object(
                    members
                        .into_iter()
                        .map(|(key, value)| (key.into(), value))
                        .collect(),
                )
            }),
        ]
    })
}
