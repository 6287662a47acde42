//! Differences between a state's input and output.

use crate::render::visible::one_line;
use crate::value::{Object, Value};

/// Maximum depth of the comparison; deeper members are compared as a whole.
const DEPTH: usize = 3;

/// A difference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change<'v> {
    /// The whole payload was replaced.
    Whole(&'v Value),
    /// A member was added: its path and value.
    Added(String, &'v Value),
    /// A member was changed: its path, new value, and old value.
    Changed(String, &'v Value, &'v Value),
    /// A member was removed: its path.
    Removed(String),
}

/// The differences of a state's output from its input, in the output's order, removed members last.
pub(super) fn changes<'v>(before: &'v Value, after: &'v Value) -> Vec<Change<'v>> {
    if before == after {
        return Vec::new();
    }
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        return vec![Change::Whole(after)];
    };
    if !old.is_empty() && !old.keys().any(|key| new.contains_key(key)) {
        return vec![Change::Whole(after)];
    }
    let mut found = Vec::new();
    compare(old, new, "", DEPTH, &mut found);
    found
}

fn compare<'v>(old: &'v Object, new: &'v Object, at: &str, depth: usize, found: &mut Vec<Change<'v>>) {
    let place = |key: &str| {
        let key = one_line(key);
        if at.is_empty() {
            key.into_owned()
        } else {
            format!("{at}.{key}")
        }
    };
    for (key, value) in new {
        match (old.get(key), value) {
            (None, _) => found.push(Change::Added(place(key), value)),
            (Some(was), _) if was == value => {}
            (Some(Value::Object(old)), Value::Object(new)) if depth > 1 && !old.is_empty() => {
                compare(old, new, &place(key), depth - 1, found);
            }
            (Some(was), _) => found.push(Change::Changed(place(key), value, was)),
        }
    }
    let gone = old.keys().filter(|key| !new.contains_key(key));
    found.extend(gone.map(|key| Change::Removed(place(key))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let (before, after) = (Value::parse(before).unwrap(), Value::parse(after).unwrap());
        changes(&before, &after)
            .iter()
            .map(|change| match change {
                Change::Whole(value) => format!("= {value}"),
                Change::Added(at, value) => format!("+ {at} {value}"),
                Change::Changed(at, value, was) => format!("~ {at} {value} {was}"),
                Change::Removed(at) => format!("- {at}"),
            })
            .collect()
    }

    #[test]
    fn objects_are_compared_member_by_member() {
        assert_eq!(
            told(r#"{"a":1,"b":2,"c":3}"#, r#"{"a":1,"b":5,"d":{}}"#),
            ["~ b 5 2", "+ d {}", "- c"]
        );
        assert_eq!(
            told(r#"{"o":{"x":1,"y":{"z":1}}}"#, r#"{"o":{"x":1,"y":{"z":2}}}"#),
            ["~ o.y.z 2 1"]
        );
        assert!(told("[1]", "[1.0]").is_empty());
    }

    #[test]
    fn objects_without_common_members_are_replaced_as_a_whole() {
        assert_eq!(told(r#"{"a":1}"#, r#"{"b":1}"#), [r#"= {"b":1}"#]);
        assert_eq!(told(r#"{"a":1}"#, "[1]"), ["= [1]"]);
        assert_eq!(told("{}", r#"{"b":1}"#), ["+ b 1"]);
    }
}
