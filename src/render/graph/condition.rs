//! Conditions of Choice rules as text: `$.amount > 100 and $.ok`.

use crate::asl::state::choice::{Comparison, Condition, Operator, Test};
use crate::document::{Node, NodeKind};

/// The precedence of the operator around a condition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Nothing,
    Or,
    And,
    Not,
}

/// The condition as text.
pub(in crate::render) fn text(condition: &Condition<'_>) -> String {
    let mut out = String::new();
    push(condition, Precedence::Nothing, &mut out);
    out
}

fn push(condition: &Condition<'_>, around: Precedence, out: &mut String) {
    match condition {
        Condition::And(all) => push_joined(all, " and ", Precedence::And, around, out),
        Condition::Or(all) => push_joined(all, " or ", Precedence::Or, around, out),
        Condition::Not(inner) => push_not(inner, out),
        Condition::Test(test) => push_test(test, false, around, out),
        Condition::Constant(value) => out.push_str(if *value { "true" } else { "false" }),
        Condition::Jsonata(e) => out.push_str(inner_of_jsonata(e.text)),
        Condition::Malformed => out.push('?'),
    }
}

fn push_joined(all: &[Condition<'_>], word: &str, own: Precedence, around: Precedence, out: &mut String) {
    let brackets = around > own && all.len() > 1;
    if brackets {
        out.push('(');
    }
    let inside = if all.len() > 1 { own } else { around };
    for (i, condition) in all.iter().enumerate() {
        if i > 0 {
            out.push_str(word);
        }
        push(condition, inside, out);
    }
    if brackets {
        out.push(')');
    }
}

/// `Not` of a test is written with the opposite operator, if there is one.
fn push_not(inner: &Condition<'_>, out: &mut String) {
    match inner {
        Condition::Test(test) => push_test(test, true, Precedence::Not, out),
        Condition::Not(twice) => push(twice, Precedence::Not, out),
        _ => {
            out.push_str("not ");
            push(inner, Precedence::Not, out);
        }
    }
}

/// The symbol or word of a comparison, and of its opposite, if there is one.
const fn words(operator: &Operator) -> (&'static str, Option<&'static str>) {
    match operator.comparison {
        Comparison::Equal => ("=", Some("!=")),
        Comparison::Less => ("<", None),
        Comparison::Greater => (">", None),
        Comparison::LessOrEqual => ("<=", None),
        Comparison::GreaterOrEqual => (">=", None),
        Comparison::Matches => ("matches", Some("does not match")),
        Comparison::IsNull => ("is null", Some("is not null")),
        Comparison::IsPresent => ("is present", Some("is not present")),
        Comparison::IsNumeric => ("is a number", Some("is not a number")),
        Comparison::IsString => ("is a string", Some("is not a string")),
        Comparison::IsBoolean => ("is a boolean", Some("is not a boolean")),
        Comparison::IsTimestamp => ("is a timestamp", Some("is not a timestamp")),
    }
}

fn push_test(test: &Test<'_>, negated: bool, around: Precedence, out: &mut String) {
    let variable = test.variable.as_ref().map_or("?", |v| v.text);
    let value = &test.member.value;
    let (word, opposite) = words(test.operator);
    let asks_truth = test.operator.is_type_test() || test.operator.name == "BooleanEquals";
    if let (true, Some(truth)) = (asks_truth, value.as_bool()) {
        let holds = truth != negated;
        match (test.operator.is_type_test(), holds) {
            (false, true) => out.push_str(variable),
            (false, false) => push_words(out, &["not", variable]),
            (true, true) => push_words(out, &[variable, word]),
            (true, false) => push_words(out, &[variable, opposite.unwrap_or("is not")]),
        }
        return;
    }
    let operand = match &test.operand_path {
        Some(path) => path.text.as_str().to_owned(),
        None => literal(value, test.operator),
    };
    match (negated, opposite) {
        (false, _) => push_words(out, &[variable, word, &operand]),
        (true, Some(opposite)) => push_words(out, &[variable, opposite, &operand]),
        (true, None) => {
            debug_assert!(around == Precedence::Not, "only a Not negates");
            push_words(out, &["not", &format!("({variable} {word} {operand})")]);
        }
    }
}

fn push_words(out: &mut String, words: &[&str]) {
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// An operand: strings are quoted, except timestamps.
fn literal(value: &Node, operator: &Operator) -> String {
    use crate::asl::state::choice::operator::Operand;
    match &value.kind {
        NodeKind::String(text) if operator.operand == Operand::Timestamp => text.as_str().to_owned(),
        NodeKind::String(text) => format!("\"{}\"", text.as_str()),
        NodeKind::Number(number) => number.to_string(),
        NodeKind::Bool(value) => value.to_string(),
        NodeKind::Null => "null".to_owned(),
        _ => "…".to_owned(),
    }
}

/// The text between `{%` and `%}`.
pub(super) fn inner_of_jsonata(text: &str) -> &str {
    let inner = text.trim().strip_prefix("{%").and_then(|t| t.strip_suffix("%}"));
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::{Kind, lower};
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use std::sync::Arc;

    fn words_of(rule: &str) -> String {
        let text = format!(
            r#"{{"StartAt":"C","States":{{"C":{{"Type":"Choice","Choices":[{rule}]}},"N":{{"Type":"Succeed"}}}}}}"#
        );
        let document = read(Arc::new(SourceFile::new("t", text)), Syntax::Json);
        let machine = lower::machine(&document.roots[0]);
        let Kind::Choice(choice) = &machine.states[0].kind else {
            panic!("a Choice")
        };
        super::text(&choice.rules[0].condition)
    }

    #[test]
    fn comparisons_are_formatted_with_operators() {
        let cases = [
            (r#"{"Variable":"$.n","NumericGreaterThan":100}"#, "$.n > 100"),
            (r#"{"Variable":"$.s","StringEquals":"PAID"}"#, "$.s = \"PAID\""),
            (r#"{"Variable":"$.ok","BooleanEquals":true}"#, "$.ok"),
            (r#"{"Variable":"$.ok","BooleanEquals":false}"#, "not $.ok"),
            (r#"{"Variable":"$.a","IsPresent":false}"#, "$.a is not present"),
            (
                r#"{"Variable":"$.a","StringMatches":"log-*"}"#,
                "$.a matches \"log-*\"",
            ),
            (
                r#"{"Variable":"$.t","TimestampLessThan":"2030-01-01T00:00:00Z"}"#,
                "$.t < 2030-01-01T00:00:00Z",
            ),
            (r#"{"Variable":"$.a","NumericLessThanPath":"$.b"}"#, "$.a < $.b"),
            (r#"{"Variable":"$.a","BooleanEqualsPath":"$.b"}"#, "$.a = $.b"),
        ];
        for (rule, words) in cases {
            assert_eq!(words_of(rule), words);
        }
    }

    #[test]
    fn and_binds_tighter_than_or_and_not_negates() {
        let test = |v: &str| format!(r#"{{"Variable":"$.{v}","BooleanEquals":true}}"#);
        let (a, b, c) = (test("a"), test("b"), test("c"));
        let cases = [
            (format!(r#"{{"And":[{a},{b}]}}"#), "$.a and $.b"),
            (
                format!(r#"{{"And":[{{"Or":[{a},{b}]}},{c}]}}"#),
                "($.a or $.b) and $.c",
            ),
            (
                format!(r#"{{"Or":[{{"And":[{a},{b}]}},{c}]}}"#),
                "$.a and $.b or $.c",
            ),
            (format!(r#"{{"Not":{{"And":[{a},{b}]}}}}"#), "not ($.a and $.b)"),
            (format!(r#"{{"Not":{a}}}"#), "not $.a"),
            (
                r#"{"Not":{"Variable":"$.a","StringEquals":"x"}}"#.to_owned(),
                "$.a != \"x\"",
            ),
            (
                r#"{"Not":{"Variable":"$.a","NumericLessThan":1}}"#.to_owned(),
                "not ($.a < 1)",
            ),
        ];
        for (rule, words) in cases {
            assert_eq!(words_of(&rule), words);
        }
    }

    #[test]
    fn jsonata_is_kept_as_written() {
        assert_eq!(
            inner_of_jsonata("{% $states.input.n > 3 %}"),
            "$states.input.n > 3"
        );
    }
}
