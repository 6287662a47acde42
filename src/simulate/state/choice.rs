//! `Choice`: selects the next state by conditions.

use crate::asl::semantics::comparison::{is_satisfied, numeric_order, string_order};
use crate::asl::semantics::string_pattern::Pattern;
use crate::asl::semantics::timestamp;
use crate::asl::state::choice::operator;
use crate::asl::state::choice::operator::Comparison;
use crate::expr::jsonpath::Path;
use crate::expr::{EvalError, Randomness, Scope};
use crate::simulate::bindings::{Bindings, StateOutput};
use crate::simulate::execution::NoteKind;
use crate::simulate::observer::StateEvent;
use crate::simulate::plan::{self, Compiled, Condition, Exit, Operand, Test};
use crate::simulate::state_cx::{Control, NO_NEXT_STATE, StateCx};
use crate::simulate::state_error::StepError;
use crate::spec::QueryLanguage;
use crate::value::Value;

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
            cx.observe(|| StateEvent::Decided(Some(at)));
            return Ok(Control::Leave(output, rule.exit));
        }
    }
    if choice.default == Exit::Nowhere {
        return Err(EvalError::runtime(NO_NEXT_STATE).into());
    }
    let data = &cx.state.data;
    let output = choice_output(cx, &effective, data.output.as_deref(), data.assign.as_deref())?;
    cx.add_note(|| NoteKind::Decided(None));
    cx.observe(|| StateEvent::Decided(None));
    Ok(Control::Leave(output, choice.default))
}

fn choice_output(
    cx: &mut StateCx<'_, '_>,
    effective: &Value,
    output: Option<&Compiled>,
    assign: Option<&Compiled>,
) -> Result<StateOutput, EvalError> {
    if cx.state.language == QueryLanguage::Jsonata {
        return cx.jsonata_output(output, assign, Bindings::from_input(effective), effective);
    }
    let output = cx.select(&cx.state.data.output_path, effective)?;
    let assigned = cx.assign(assign, Bindings::from_input(effective))?;
    Ok(StateOutput { output, assigned })
}

/// Whether a condition is true. The recursion is bounded by the nesting depth of definitions.
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
        return Ok(expected(&test.operand) == found.is_ok());
    }
    let value = found.map_err(|_| invalid_value(&test.variable))?;
    if test.operator.is_type_test() {
        return Ok(expected(&test.operand) == is_of_type(test.operator.comparison, &value));
    }
    match &test.operand {
        Operand::Timestamp(nanoseconds) => Ok(as_timestamp(&value)
            .is_some_and(|time| is_satisfied(test.operator.comparison, time.cmp(nanoseconds)))),
        Operand::Value(operand) => {
            if test.operator.comparison == Comparison::Matches {
                return matches(&value, operand);
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

/// The expected result of a type test.
fn expected(operand: &Operand) -> bool {
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

/// Compares two values; values of another type than the operator's never match.
fn compare(operator: &operator::Operator, left: &Value, right: &Value) -> bool {
    let comparison = operator.comparison;
    match operator.operand {
        operator::Operand::String => match (left.as_str(), right.as_str()) {
            (Some(left), Some(right)) => is_satisfied(comparison, string_order(left, right)),
            _ => false,
        },
        operator::Operand::Numeric => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => is_satisfied(comparison, numeric_order(left, right)),
            _ => false,
        },
        operator::Operand::Boolean => match (left.as_bool(), right.as_bool()) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        },
        operator::Operand::Timestamp => match (as_timestamp(left), as_timestamp(right)) {
            (Some(left), Some(right)) => is_satisfied(comparison, left.cmp(&right)),
            _ => false,
        },
    }
}

fn as_timestamp(value: &Value) -> Option<i128> {
    timestamp::nanoseconds(value.as_str()?)
}

/// Whether a string matches the pattern of `StringMatches`; other values never do.
fn matches(value: &Value, pattern: &Value) -> Result<bool, EvalError> {
    let (Some(text), Some(pattern)) = (value.as_str(), pattern.as_str()) else {
        return Ok(false);
    };
    match Pattern::parse(pattern) {
        Ok(pattern) => Ok(pattern.matches(text)),
        Err(at) if at + 1 == pattern.len() => Err(EvalError::runtime(format!(
            "The pattern '{pattern}' ends with a backslash that escapes nothing."
        ))),
        Err(_) => Err(EvalError::runtime(format!(
            "The pattern '{pattern}' has a backslash that escapes neither a star nor a backslash."
        ))),
    }
}
