//! `Choice`: a branch by condition.

use crate::asl::state::choice::operator;
use crate::asl::state::choice::operator::Comparison;
use crate::expr::jsonpath::Path;
use crate::expr::{EvalError, Randomness, Scope};
use crate::simulate::bindings::{Bindings, StateOutput};
use crate::simulate::execution::NoteKind;
use crate::simulate::plan::{self, Compiled, Condition, Exit, Operand, Test};
use crate::simulate::state_cx::{Control, NO_NEXT_STATE, StateCx};
use crate::simulate::state_error::StepError;
use crate::simulate::timestamp;
use crate::spec::QueryLanguage;
use crate::value::{Number, Value};
use std::cmp::Ordering;

pub(super) fn enter(cx: &mut StateCx<'_, '_>, choice: &plan::Choice) -> Result<Control, StepError> {
    let effective = cx.effective_input()?;
    for (at, rule) in choice.rules.iter().enumerate() {
        let bindings = Bindings::from_input(&effective);
        let is_true = cx.with_scope(bindings, rule.uses_context, |scope, randomness| {
            holds(&rule.condition, scope, randomness)
        })?;
        if is_true {
            let output = choice_output(cx, &effective, rule.output.as_deref(), rule.assign.as_deref())?;
            cx.add_note(|| NoteKind::Decided(Some(at)));
            return Ok(Control::Leave(output, rule.exit));
        }
    }
    if choice.default == Exit::Nowhere {
        return Err(EvalError::runtime(NO_NEXT_STATE).into());
    }
    let data = &cx.step.data;
    let output = choice_output(cx, &effective, data.output.as_deref(), data.assign.as_deref())?;
    cx.add_note(|| NoteKind::Decided(None));
    Ok(Control::Leave(output, choice.default))
}

fn choice_output(
    cx: &mut StateCx<'_, '_>,
    effective: &Value,
    output: Option<&Compiled>,
    assign: Option<&Compiled>,
) -> Result<StateOutput, EvalError> {
    if cx.step.language == QueryLanguage::Jsonata {
        return cx.jsonata_output(output, assign, Bindings::from_input(effective), effective);
    }
    let output = cx.select(&cx.step.data.output_path, effective)?;
    let assigned = cx.assign(assign, Bindings::from_input(effective))?;
    Ok(StateOutput { output, assigned })
}

/// Whether a condition is true. Conditions nest as deep as definitions may, so recursion is bounded.
fn holds(
    condition: &Condition,
    scope: &Scope<'_>,
    randomness: &mut dyn Randomness,
) -> Result<bool, EvalError> {
    match condition {
        Condition::And(all) => {
            for inner in all {
                if !holds(inner, scope, randomness)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Condition::Or(any) => {
            for inner in any {
                if holds(inner, scope, randomness)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Condition::Not(inner) => Ok(!holds(inner, scope, randomness)?),
        Condition::Constant(truth) => Ok(*truth),
        Condition::Invalid(fault) => Err(fault.clone()),
        Condition::Jsonata { expression, location } => {
            match expression.eval_field(location, scope, randomness)? {
                Value::Bool(truth) => Ok(truth),
                other => Err(expression.unexpected_type(location, "boolean", &other)),
            }
        }
        Condition::Test(test) => passes(test, scope),
    }
}

fn passes(test: &Test, scope: &Scope<'_>) -> Result<bool, EvalError> {
    let found = test.variable.eval(scope);
    if test.operator.comparison == Comparison::IsPresent {
        return Ok(wanted(&test.operand) == found.is_ok());
    }
    let value = found.map_err(|_| invalid_value(&test.variable))?;
    if test.operator.is_type_test() {
        return Ok(wanted(&test.operand) == is_of_type(test.operator.comparison, &value));
    }
    match &test.operand {
        Operand::Timestamp(nanoseconds) => Ok(as_timestamp(&value)
            .is_some_and(|time| is_in_order(test.operator.comparison, time.cmp(nanoseconds)))),
        Operand::Value(operand) => {
            if test.operator.comparison == Comparison::Matches
                && let (Some(_), Some(pattern)) = (value.as_str(), operand.as_str())
                && has_open_escape(pattern)
            {
                return Err(EvalError::runtime(format!(
                    "The pattern '{pattern}' ends with a backslash that escapes nothing."
                )));
            }
            Ok(compare(test.operator, &value, operand))
        }
        Operand::Path(path) => {
            let operand = path.eval(scope).map_err(|_| invalid_value(path))?;
            Ok(compare(test.operator, &value, &operand))
        }
    }
}

fn invalid_value(path: &Path) -> EvalError {
    EvalError::runtime(format!(
        "Invalid path '{}': The choice state's condition path references an invalid value.",
        path.text()
    ))
}

/// The boolean beside a type test.
fn wanted(operand: &Operand) -> bool {
    matches!(operand, Operand::Value(Value::Bool(true)))
}

fn is_of_type(comparison: Comparison, value: &Value) -> bool {
    match comparison {
        Comparison::IsNull => value.is_null(),
        Comparison::IsNumeric => matches!(value, Value::Number(_)),
        Comparison::IsString => matches!(value, Value::String(_)),
        Comparison::IsBoolean => matches!(value, Value::Bool(_)),
        Comparison::IsTimestamp => as_timestamp(value).is_some(),
        _ => false,
    }
}

/// Compares two values; those that are not of the operator's type never fit.
fn compare(operator: &operator::Operator, left: &Value, right: &Value) -> bool {
    let comparison = operator.comparison;
    match operator.operand {
        operator::Operand::String => match (left.as_str(), right.as_str()) {
            (Some(text), Some(pattern)) if comparison == Comparison::Matches => matches(text, pattern),
            (Some(left), Some(right)) => is_in_order(comparison, java_order(left, right)),
            _ => false,
        },
        operator::Operand::Numeric => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => is_in_order(comparison, numeric_order(left, right)),
            _ => false,
        },
        operator::Operand::Boolean => match (left.as_bool(), right.as_bool()) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        },
        operator::Operand::Timestamp => match (as_timestamp(left), as_timestamp(right)) {
            (Some(left), Some(right)) => is_in_order(comparison, left.cmp(&right)),
            _ => false,
        },
    }
}

fn as_timestamp(value: &Value) -> Option<i128> {
    timestamp::nanoseconds(value.as_str()?)
}

fn is_in_order(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::Less => order.is_lt(),
        Comparison::Greater => order.is_gt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::GreaterOrEqual => order.is_ge(),
        _ => false,
    }
}

/// Java's `compareTo`: by UTF-16 code units.
fn java_order(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        return left.cmp(right);
    }
    left.encode_utf16().cmp(right.encode_utf16())
}

fn numeric_order(left: &Number, right: &Number) -> Ordering {
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ if left == right => Ordering::Equal,
        _ => left
            .as_f64()
            .partial_cmp(&right.as_f64())
            .unwrap_or(Ordering::Equal),
    }
}

/// Whether a text fits a pattern in which `*` stands for any characters, and `\*` and `\\` for themselves.
fn matches(text: &str, pattern: &str) -> bool {
    let pattern = pieces(pattern);
    let text: Vec<char> = text.chars().collect();
    // The last star met, and the character it would take next if what follows does not fit.
    let mut star: Option<(usize, usize)> = None;
    let (mut at, mut wanted) = (0, 0);
    while at < text.len() {
        match pattern.get(wanted) {
            Some(None) => {
                star = Some((wanted, at));
                wanted += 1;
            }
            Some(Some(c)) if *c == text[at] => {
                at += 1;
                wanted += 1;
            }
            _ => {
                let Some((position, taken)) = star else {
                    return false;
                };
                star = Some((position, taken + 1));
                at = taken + 1;
                wanted = position + 1;
            }
        }
    }
    pattern[wanted..].iter().all(Option::is_none)
}

/// Whether a pattern ends with a backslash that escapes nothing, which the specification calls a run-time error.
fn has_open_escape(pattern: &str) -> bool {
    let backslashes = pattern.bytes().rev().take_while(|byte| *byte == b'\\').count();
    backslashes % 2 == 1
}

/// A pattern's characters; `None` is a star.
fn pieces(pattern: &str) -> Vec<Option<char>> {
    let mut chars = pattern.chars();
    let mut pieces = Vec::new();
    while let Some(c) = chars.next() {
        pieces.push(match c {
            '*' => None,
            '\\' => Some(chars.next().unwrap_or('\\')),
            other => Some(other),
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_match_any_characters() {
        let fits = [
            ("log-7.txt", "log-*.txt"),
            ("", "*"),
            ("aXbXc", "a*b*c"),
            ("a*b", r"a\*b"),
            (r"a\b", r"a\\b"),
            ("abab", "*ab"),
        ];
        for (text, pattern) in fits {
            assert!(matches(text, pattern), "{text} {pattern}");
        }
        let misfits = [
            ("log-7.txt2", "log-*.txt"),
            ("axb", r"a\*b"),
            ("", "a"),
            ("abc", "*b"),
        ];
        for (text, pattern) in misfits {
            assert!(!matches(text, pattern), "{text} {pattern}");
        }
        assert!(
            has_open_escape(r"a\")
                && has_open_escape(r"\\\")
                && !has_open_escape(r"a\\")
                && !has_open_escape(r"\*")
        );
    }

    #[test]
    fn numbers_compare_by_value_and_texts_by_code_unit() {
        let number = |text: &str| Value::parse(text).unwrap().as_number().unwrap().clone();
        assert_eq!(numeric_order(&number("0"), &number("0.0")), Ordering::Equal);
        assert_eq!(numeric_order(&number("1.5"), &number("2")), Ordering::Less);
        assert_eq!(java_order("\u{ff5e}", "\u{1f600}"), Ordering::Greater);
    }
}
