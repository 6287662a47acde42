//! Conditions of statements, evaluated for requests that are partly known.

use super::environment::Environment;
use super::pattern::Pattern;
use super::required_permission::RequiredPermission;

/// A condition of a statement: an operator, a key, and values of which one must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Test {
    /// `StringEquals`, `StringLikeIfExists`.
    pub(super) operator: String,
    /// `iam:PassedToService`.
    pub(super) key: String,
    /// The values; `None` if they are unknown.
    pub(super) values: Option<Vec<String>>,
}

/// Whether all conditions of a statement are met by a need; `None` if that is unknown.
pub(super) fn are_met(tests: &[Test], need: &RequiredPermission, environment: &Environment) -> Option<bool> {
    let mut all = Some(true);
    for test in tests {
        match is_met(test, need, environment) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn is_met(test: &Test, need: &RequiredPermission, environment: &Environment) -> Option<bool> {
    let wanted = test.values.as_ref()?;
    let given = values_of(&test.key, need, environment)?;
    let operator = test.operator.strip_suffix("IfExists").unwrap_or(&test.operator);
    let (operator, is_negated) = match operator {
        "StringNotEquals" => ("StringEquals", true),
        "StringNotEqualsIgnoreCase" => ("StringEqualsIgnoreCase", true),
        "StringNotLike" => ("StringLike", true),
        "ArnNotEquals" | "ArnNotLike" => ("StringLike", true),
        "ArnEquals" | "ArnLike" => ("StringLike", false),
        operator => (operator, false),
    };
    let mut results = given
        .iter()
        .map(|value| one_is_met(operator, value, wanted, environment).map(|met| met != is_negated));
    let first = results.next()??;
    // Of several possible values, all must agree.
    results.all(|result| result == Some(first)).then_some(first)
}

fn one_is_met(operator: &str, value: &str, wanted: &[String], environment: &Environment) -> Option<bool> {
    let is_own = |name: &str| environment.names.is_own(name);
    let mut is_unknown = false;
    for pattern in wanted {
        let pattern = environment.resolve_in_template(pattern);
        let (pattern, value) = match operator {
            "StringEqualsIgnoreCase" | "Bool" => (pattern.to_ascii_lowercase(), value.to_ascii_lowercase()),
            "StringEquals" => (
                pattern.replace('*', "${*}").replace('?', "${?}"),
                value.to_owned(),
            ),
            "StringLike" => (pattern.into_owned(), value.to_owned()),
            _ => return None,
        };
        let (pattern, value) = (Pattern::new(&pattern, &is_own), Pattern::new(&value, &is_own));
        if pattern.covers(&value) {
            return Some(true);
        }
        is_unknown |= pattern.may_overlap(&value);
    }
    (!is_unknown).then_some(false)
}

/// The values that a condition key may have in the request.
fn values_of(key: &str, need: &RequiredPermission, environment: &Environment) -> Option<Vec<String>> {
    let known = need
        .conditions
        .iter()
        .filter(|condition| condition.key.eq_ignore_ascii_case(key))
        .map(|condition| condition.value.to_string())
        .collect::<Vec<_>>();
    if !known.is_empty() {
        return Some(known);
    }
    let found = need
        .context
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(key));
    let value = match found {
        Some((_, value)) => (*value).to_owned(),
        None => global_value(key, environment)?,
    };
    Some(vec![value])
}

/// The value of a condition key that every request of Step Functions has.
fn global_value(key: &str, environment: &Environment) -> Option<String> {
    match key.to_ascii_lowercase().as_str() {
        "aws:securetransport" => Some("true".to_owned()),
        "aws:requestedregion" => Some(environment.region.clone()),
        "aws:principalaccount" => Some(environment.account.clone()),
        _ => None,
    }
}
