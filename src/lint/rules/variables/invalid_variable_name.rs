//! `invalid-variable-name`

use crate::asl::variable::{Assignment, assigned, assigns};
use crate::asl::State;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::QueryLanguage;
use crate::spec::quota::VARIABLE_NAME_CHARACTERS;

declare_rule! {
    /// `Assign` sets a variable with an invalid name.
    ///
    /// ## What it does
    ///
    /// Reports names that are not Unicode identifiers (a letter, then letters, digits, and `_`; UAX #31) or have more
    /// than 80 characters. A part of a variable, such as `order.id`, cannot be assigned either.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"order.id": 1}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"2nd": 1}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"order": {"id": 1}, "größe_2.$": "$.size"}, "Next": "B"}, "B": {"Type": "Pass", "Parameters": {"a.$": "$order.id", "b.$": "$größe_2"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-variable-name",
        family: Variables,
        severity: Error,
        aws: AwsCode::InvalidVariableName,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    for variable in assigns(state).flat_map(|(payload, _)| assigned(state, payload)) {
        let name = variable.name;
        let length = name.chars().count();
        if let Some((at, c)) = bad_character(name) {
            let span = match c {
                Some(c) => cx.place(variable.key, at..at + c.len_utf8()),
                None => variable.span,
            };
            findings.add(
                Finding::new(span, format!("invalid variable name `{name}`"))
                    .help(advice(state, variable))
                    .aws_at(AwsMessage::InvalidVariableName(name), variable.span),
            );
        } else if length > VARIABLE_NAME_CHARACTERS {
            findings.add(
                Finding::new(
                    variable.span,
                    format!(
                        "variable name has {length} characters; the maximum is {VARIABLE_NAME_CHARACTERS}"
                    ),
                )
                .help("use a shorter name")
                .aws(AwsMessage::LongVariableName(name)),
            );
        }
    }
}

/// The offset of the first character that an identifier must not contain, and the character; `None` for an empty name.
pub(super) fn bad_character(name: &str) -> Option<(usize, Option<char>)> {
    let belongs = |i: usize, c: char| {
        if i == 0 {
            unicode_ident::is_xid_start(c)
        } else {
            unicode_ident::is_xid_continue(c)
        }
    };
    if name.is_empty() {
        return Some((0, None));
    }
    let bad = name.char_indices().find(|(i, c)| !belongs(*i, *c));
    bad.map(|(i, c)| (i, Some(c)))
}

fn advice(state: &State<'_>, variable: Assignment<'_>) -> String {
    let name = variable.name;
    if state.language == QueryLanguage::Jsonata && name.ends_with(".$") {
        return format!(
            "rename it to `{}`; in a JSONata state a value between `{{%` and `%}}` is evaluated under any key",
            &name[..name.len() - 2]
        );
    }
    if let Some(plain) = name.strip_prefix('$') {
        return format!("use `{plain}` here; only reads of the variable need the `$`");
    }
    match name.split_once('.') {
        Some((whole, _)) => format!("assign the whole variable `{whole}`; a part of it cannot be assigned"),
        None => "use a letter followed by letters, digits, and `_`".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::bad_character;

    #[test]
    fn recognizes_valid_names() {
        assert_eq!(["a", "größe", "x_1", "変数"].map(bad_character), [None; 4]);
        assert_eq!(bad_character("a-b"), Some((1, Some('-'))));
        assert_eq!(
            ["_a", "1a", "$a", ""].map(|n| bad_character(n).map(|(i, _)| i)),
            [Some(0); 4]
        );
    }
}
