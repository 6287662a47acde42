//! `expect` of a single state.

use super::{expect, fields};
use crate::document::Node;
use crate::simulate::test_state::TestStatus;
use crate::suite::model::StateExpect;
use crate::user_file::Errors;

const KEYS: [&str; 10] = [
    "status", "output", "match", "assert", "next", "error", "cause", "retrier", "catcher", "backoff",
];

/// Reads the expectations of a state.
pub(super) fn read(node: &Node, errors: &mut Errors) -> StateExpect {
    let mut expected = StateExpect::default();
    for member in errors.members("an object of expectations", node) {
        let value = &member.value;
        match member.key.as_str() {
            "status" => {
                let statuses = [
                    TestStatus::Succeeded,
                    TestStatus::Failed,
                    TestStatus::Retriable,
                    TestStatus::CaughtError,
                ];
                let statuses = statuses.map(|status| (status.as_str(), status));
                expected.status = fields::named("status", value, errors, statuses);
            }
            "output" => expected.output = Some(fields::expected(value, errors)),
            "match" => expected.matching = Some(fields::expected(value, errors)),
            "assert" => expected.assert = expect::assertions(value, errors),
            "next" => expected.next = fields::text(value, errors),
            "error" => expected.error = fields::pattern(value, errors),
            "cause" => expected.cause = fields::cause(value, errors),
            "retrier" => expected.retrier = fields::index(value, errors),
            "catcher" => expected.catcher = fields::index(value, errors),
            "backoff" => expected.backoff = expect::duration(value, errors),
            _ => errors.unknown_key(member, &KEYS),
        }
    }
    expected
}
