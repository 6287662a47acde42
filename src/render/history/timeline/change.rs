//! What a state did to the data: the members that came, changed and went.

use crate::render::visible::one_line;
use crate::value::{Object, Value};

/// How deep members are compared; below, they change as a whole.
const DEPTH: usize = 3;

/// One difference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change<'v> {
    /// The whole payload is another one.
    Whole(&'v Value),
    /// A member is new: where, and what it is.
    Added(String, &'v Value),
    /// A member has changed: where, what it is, and what it was.
    Changed(String, &'v Value, &'v Value),
    /// A member is gone.
    Removed(String),
}

/// The differences of a state's output from its input, in the output's order; those that went last.
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
    fn members_are_compared_one_by_one() {
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
    fn what_has_nothing_in_common_is_told_whole() {
        assert_eq!(told(r#"{"a":1}"#, r#"{"b":1}"#), [r#"= {"b":1}"#]);
        assert_eq!(told(r#"{"a":1}"#, "[1]"), ["= [1]"]);
        assert_eq!(told("{}", r#"{"b":1}"#), ["+ b 1"]);
    }
}
