//! The formats of policies that are pasted into templates.

use super::derived::Derived;
use crate::iam::PolicyStatement;

/// A string with the parts that are references apart.
pub(super) enum Part<'t> {
    /// As it is.
    Literal(&'t str),
    /// The inside of `${…}`.
    Reference(&'t str),
}

/// The parts of a string.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        parts.push(Part::Reference(name));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest));
    }
    parts
}

/// A name without characters that logical IDs and identifiers cannot have.
pub(super) fn identifier(name: &str) -> String {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if name.is_empty() || name == "statemachine" {
        "StateMachine".to_owned()
    } else {
        name
    }
}

/// Whether a statement refers to the state machine itself, so that the role cannot contain it in a template.
pub(super) fn refers_to_itself(statement: &PolicyStatement<'_>, derived: &Derived<'_>) -> bool {
    let own = [format!("${{{}}}", derived.name), format!("${{{}.", derived.name)];
    let has_own = |text: &str| own.iter().any(|own| text.contains(own.as_str()));
    statement.resource.iter().any(|text| has_own(text))
        || statement
            .condition
            .iter()
            .any(|condition| has_own(&condition.value))
}

/// The conditions by operator.
pub(super) fn by_operator<'s>(statement: &'s PolicyStatement<'_>) -> Vec<(&'s str, Vec<(&'s str, &'s str)>)> {
    let mut operators: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for condition in statement.condition.iter() {
        let entry = (condition.key, condition.value.as_ref());
        match operators
            .iter_mut()
            .find(|(operator, _)| *operator == condition.operator)
        {
            Some((_, entries)) => entries.push(entry),
            None => operators.push((condition.operator, vec![entry])),
        }
    }
    operators
}
