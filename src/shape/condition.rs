//! What the conditions of a Choice prove about the data.

use super::constants::Constants;
use super::expression;
use super::fault::{Evaluation, Fault};
use super::jsonata;
use super::jsonpath;
use super::observation::Subject;
use super::path::{self, Missing};
use super::scenario::Scenario;
use super::scope::Scope;
use super::split::Split;
use super::types::{Shape, Union};
use crate::asl::semantics::comparison::{is_satisfied, numeric_order, string_order};
use crate::asl::semantics::string_pattern::Pattern;
use crate::asl::semantics::timestamp;
use crate::asl::state::Choice;
use crate::asl::state::choice::operator::Operand;
use crate::asl::state::choice::{Comparison, Condition, Test};
use crate::asl::{Expression, Parsed};
use crate::document::Node;
use crate::expr::jsonpath::{Path, Root};
use crate::value::Value;

/// The maximum number of operands of `And` and `Or` that narrow the data, since each may add a field to it.
const MAX_OPERANDS: usize = 64;

/// Receives the outcome of each expression and comparison.
pub(super) type Observer<'o, 'a, 'd> = &'o mut dyn FnMut(Subject<'a, 'd>, Evaluation);

/// Splits the data by a condition. The scenario's payload is the effective input.
pub(super) fn split<'a, 'd>(
    condition: &'a Condition<'d>,
    scenario: &Scenario,
    context: &Shape,
    observe: Observer<'_, 'a, 'd>,
) -> Split {
    match condition {
        Condition::And(all) => {
            let mut rest = Some(scenario.clone());
            let mut no = None;
            for (index, condition) in all.iter().enumerate() {
                let Some(current) = rest else { break };
                let split = split(condition, &current, context, observe);
                if index < MAX_OPERANDS {
                    no = Split::join(no, split.no);
                    rest = split.yes;
                } else {
                    no = Some(scenario.clone());
                    rest = Some(current);
                }
            }
            Split { yes: rest, no }
        }
        Condition::Or(all) => {
            let mut rest = Some(scenario.clone());
            let mut yes = None;
            for (index, condition) in all.iter().enumerate() {
                let Some(current) = rest else { break };
                let split = split(condition, &current, context, observe);
                if index < MAX_OPERANDS {
                    yes = Split::join(yes, split.yes);
                    rest = split.no;
                } else {
                    yes = Some(scenario.clone());
                    rest = Some(current);
                }
            }
            Split { yes, no: rest }
        }
        Condition::Not(inner) => {
            // A test for a type may well be never true where its negation is meant.
            let mut observe = |subject: Subject<'a, 'd>, evaluation: Evaluation| match subject {
                Subject::Test(test) if !compares(test.operator.comparison) => {
                    observe(subject, Ok(Shape::boolean()));
                }
                _ => observe(subject, evaluation),
            };
            let Split { yes, no } = split(inner, scenario, context, &mut observe);
            Split { yes: no, no: yes }
        }
        Condition::Test(test) => split_test(test, scenario, context, observe),
        Condition::Constant(truth) => Split::constant(scenario, *truth),
        Condition::Jsonata(expression) => split_jsonata(expression, scenario, context, observe),
        Condition::Malformed => Split::unknown(scenario),
    }
}

fn split_jsonata<'a, 'd>(
    expression: &'a Expression<'d>,
    scenario: &Scenario,
    context: &Shape,
    observe: Observer<'_, 'a, 'd>,
) -> Split {
    let Parsed::Jsonata(parsed) = expression.parsed() else {
        return Split::unknown(scenario);
    };
    match jsonata::split(parsed, scenario, context) {
        Ok((split, never_true)) => {
            let evaluation = never_true.map_or(Ok(Shape::boolean()), Err);
            observe(Subject::Expression(expression), evaluation);
            split
        }
        Err(fault) => {
            observe(Subject::Expression(expression), Err(fault));
            Split::never()
        }
    }
}

fn split_test<'a, 'd>(
    test: &'a Test<'d>,
    scenario: &Scenario,
    context: &Shape,
    observe: Observer<'_, 'a, 'd>,
) -> Split {
    let Some(variable) = &test.variable else {
        return Split::unknown(scenario);
    };
    let Parsed::Path(path) = variable.parsed() else {
        return Split::unknown(scenario);
    };
    let Some(root) = scenario.root(path.root(), context) else {
        return Split::unknown(scenario);
    };
    let reading = path::read(&root, path.steps());
    if test.operator.comparison == Comparison::IsPresent {
        return split_presence(test, path, scenario, &root, &reading.missing);
    }
    let scope = Scope {
        input: &scenario.payload,
        context,
        variables: &scenario.variables,
        result: None,
        error_output: None,
    };
    observe(Subject::Expression(variable), jsonpath::read(path, scope));
    if reading.is_gap() {
        // The test fails.
        return Split::never();
    }
    let mut comparison =
        if test.operator.comparison == Comparison::IsNull && reading.missing != Missing::Never {
            // Responses of APIs may contain null where their models do not mention it.
            Ok(Shape::boolean())
        } else {
            comparable(test, &reading.shape)
        };
    if let Some(operand) = &test.operand_path {
        let evaluation = expression::evaluate(operand, scope);
        let shape = evaluation.clone();
        observe(Subject::Expression(operand), evaluation);
        match shape {
            // The test fails.
            Err(_) => return Split::never(),
            Ok(shape) => comparison = comparison.and_then(|_| comparable(test, &shape)),
        }
    }
    observe(Subject::Test(test), comparison);
    let Some(truth) = truth(test, scenario, context) else {
        return Split {
            yes: refine(scenario, path, &|shape| shape.clone()),
            no: refine(scenario, path, &|shape| shape.clone()),
        };
    };
    Split {
        yes: refine(scenario, path, &|shape| truth.if_true(shape)),
        no: refine(scenario, path, &|shape| truth.if_false(shape)),
    }
}

/// Whether a comparison or a test for a type can be true for values of a shape.
fn comparable(test: &Test<'_>, shape: &Shape) -> Evaluation {
    let is_negative = !compares(test.operator.comparison) && test.member.value.as_bool() != Some(true);
    if is_negative || shape.is_any() || shape.is_never() {
        return Ok(Shape::boolean());
    }
    let union = shape.union();
    let has_timestamps = || {
        union
            .strings
            .known()
            .is_none_or(|known| known.iter().any(|text| timestamp::instant(text).is_some()))
    };
    let (is_possible, expected) = match (test.operator.comparison, test.operator.operand) {
        (Comparison::IsPresent, _) => return Ok(Shape::boolean()),
        (Comparison::IsNull, _) => (union.null, "null"),
        (Comparison::IsNumeric, _) => (!union.numbers.is_never(), "a number"),
        (Comparison::IsString, _) => (!union.strings.is_never(), "a string"),
        (Comparison::IsBoolean, _) => (!union.booleans.is_never(), "a boolean"),
        (Comparison::IsTimestamp, _) => (has_timestamps(), "a timestamp"),
        (_, Operand::Boolean) => (!union.booleans.is_never(), "a boolean"),
        (_, Operand::Numeric) => (!union.numbers.is_never(), "a number"),
        (_, Operand::String) => (!union.strings.is_never(), "a string"),
        (_, Operand::Timestamp) => (!union.strings.is_never(), "a timestamp"),
    };
    if is_possible {
        return Ok(Shape::boolean());
    }
    Err(Fault::NeverTrue {
        operator: test.operator.name.to_owned(),
        expected: expected.to_owned(),
        found: shape.clone(),
    })
}

/// Whether it compares two values, rather than testing for a type.
const fn compares(comparison: Comparison) -> bool {
    matches!(
        comparison,
        Comparison::Equal
            | Comparison::Less
            | Comparison::Greater
            | Comparison::LessOrEqual
            | Comparison::GreaterOrEqual
            | Comparison::Matches
    )
}

/// The scenario split by the known values of the first tested value that has a limited number of them.
pub(super) fn by_constant(choice: &Choice<'_>, scenario: &Scenario, context: &Shape) -> Vec<Scenario> {
    let mut split = None;
    for rule in &choice.rules {
        if let Condition::Jsonata(expression) = &rule.condition
            && let Parsed::Jsonata(parsed) = expression.parsed()
        {
            split = split.or_else(|| jsonata::by_constant(parsed, scenario));
        }
        rule.condition.for_each_test(&mut |test| {
            if split.is_none() {
                split = test_by_constant(test, scenario, context);
            }
        });
    }
    split.unwrap_or_else(|| vec![scenario.clone()])
}

fn test_by_constant(test: &Test<'_>, scenario: &Scenario, context: &Shape) -> Option<Vec<Scenario>> {
    let Parsed::Path(path) = test.variable.as_ref()?.parsed() else {
        return None;
    };
    if matches!(path.root(), Root::Context) {
        return None;
    }
    let reading = path::read(&scenario.root(path.root(), context)?, path.steps());
    if reading.missing != Missing::Never {
        return None;
    }
    let constants = reading.shape.constants()?;
    let scenarios = constants
        .iter()
        .filter_map(|value| refine(scenario, path, &|_| Shape::from_value(value)));
    Some(scenarios.collect())
}

fn split_presence(
    test: &Test<'_>,
    path: &Path,
    scenario: &Scenario,
    root: &Shape,
    missing: &Missing,
) -> Split {
    let present = match missing {
        Missing::Certainly(_) => None,
        _ => refine(scenario, path, &|shape| shape.clone()),
    };
    let absent = match missing {
        Missing::Never => None,
        Missing::Certainly(_) => Some(scenario.clone()),
        Missing::Possibly => match path::remove(root, path.steps()) {
            Some(removed) => Some(scenario.with_root(path.root(), removed)),
            None => Some(scenario.clone()),
        },
    };
    if test.member.value.as_bool() == Some(false) {
        Split {
            yes: absent,
            no: present,
        }
    } else {
        Split {
            yes: present,
            no: absent,
        }
    }
}

/// The scenario in which the value at a path is changed; `None` if that is impossible.
fn refine(scenario: &Scenario, path: &Path, change: &dyn Fn(&Shape) -> Shape) -> Option<Scenario> {
    if matches!(path.root(), Root::Context) || !path.is_definite() {
        return Some(scenario.clone());
    }
    let Some(root) = scenario.root(path.root(), &Shape::Any) else {
        return Some(scenario.clone());
    };
    if root.is_any() && path.steps().is_empty() {
        let changed = change(&root);
        return (!changed.is_never()).then(|| scenario.with_root(path.root(), changed));
    }
    let refined = path::refine(&root, path.steps(), change)?;
    Some(scenario.with_root(path.root(), refined))
}

/// The values for which a test is true and false.
struct Truth {
    operator: Operand,
    comparison: Comparison,
    /// The value that is compared with, if it is known.
    operand: Option<Value>,
    /// For type tests: whether the value must have the type.
    wanted: bool,
}

fn truth(test: &Test<'_>, scenario: &Scenario, context: &Shape) -> Option<Truth> {
    let operand = match &test.operand_path {
        Some(expression) => {
            let variables = &scenario.variables;
            let scope = Scope {
                input: &scenario.payload,
                context,
                variables,
                result: None,
                error_output: None,
            };
            let shape = expression::evaluate(expression, scope).ok()?;
            match shape.constants().as_deref() {
                Some([value]) => Some(value.clone()),
                _ => None,
            }
        }
        None => literal(&test.member.value),
    };
    Some(Truth {
        operator: test.operator.operand,
        comparison: test.operator.comparison,
        wanted: operand.as_ref().and_then(Value::as_bool).unwrap_or(true),
        operand,
    })
}

fn literal(node: &Node) -> Option<Value> {
    if node.as_text().is_some_and(crate::document::Text::has_placeholder) || node.is_unknown() {
        return None;
    }
    Some(crate::asl::literal::value(node))
}

impl Truth {
    fn if_true(&self, shape: &Shape) -> Shape {
        self.side(shape, true)
    }

    fn if_false(&self, shape: &Shape) -> Shape {
        self.side(shape, false)
    }

    /// The values of a shape for which the test has a result.
    fn side(&self, shape: &Shape, side: bool) -> Shape {
        let of_type = match self.comparison {
            Comparison::IsNull => Union {
                null: true,
                ..Union::default()
            },
            Comparison::IsNumeric => Union {
                numbers: Constants::All,
                ..Union::default()
            },
            Comparison::IsString | Comparison::IsTimestamp => Union {
                strings: Constants::All,
                ..Union::default()
            },
            Comparison::IsBoolean => Union {
                booleans: Constants::All,
                ..Union::default()
            },
            _ => return self.compared(shape, side),
        };
        let is_exact = self.comparison != Comparison::IsTimestamp;
        if side == self.wanted {
            return shape.meet(&of_type.into());
        }
        if !is_exact {
            return shape.without(|union| {
                union.strings = union.strings.filter(|text| timestamp::instant(text).is_none());
            });
        }
        shape.without(|union| match self.comparison {
            Comparison::IsNull => union.null = false,
            Comparison::IsNumeric => union.numbers = Constants::Never,
            Comparison::IsString => union.strings = Constants::Never,
            _ => union.booleans = Constants::Never,
        })
    }

    /// A comparison is true only for values of the operand's type.
    fn compared(&self, shape: &Shape, side: bool) -> Shape {
        let holds = |value: &Value| self.holds(value) != Some(!side);
        let keep = |union: &Union| {
            let mut kept = if side { Union::default() } else { union.clone() };
            match self.operator {
                Operand::Boolean => {
                    let all = match &union.booleans {
                        Constants::All => Constants::Known(vec![true, false]),
                        known => known.clone(),
                    };
                    kept.booleans = all.filter(|truth| holds(&Value::Bool(*truth)));
                }
                Operand::Numeric => {
                    kept.numbers = self.numbers(union, side, &holds);
                }
                Operand::String | Operand::Timestamp => {
                    kept.strings = match (&union.strings, &self.operand) {
                        (Constants::All, Some(Value::String(text)))
                            if side
                                && self.comparison == Comparison::Equal
                                && self.operator == Operand::String =>
                        {
                            Constants::one(text.clone())
                        }
                        (strings, _) => strings.filter(|text| holds(&Value::String(text.clone()))),
                    };
                }
            }
            kept
        };
        shape.only(keep)
    }

    fn numbers(
        &self,
        union: &Union,
        side: bool,
        holds: &dyn Fn(&Value) -> bool,
    ) -> Constants<crate::value::Number> {
        match (&union.numbers, &self.operand) {
            (Constants::All, Some(Value::Number(number))) if side && self.comparison == Comparison::Equal => {
                Constants::one(number.clone())
            }
            (numbers, _) => numbers.filter(|number| holds(&Value::Number(number.clone()))),
        }
    }

    /// Whether a value satisfies the comparison; `None` if that is not known.
    fn holds(&self, value: &Value) -> Option<bool> {
        let operand = self.operand.as_ref()?;
        Some(match (self.operator, value, operand) {
            (Operand::Boolean, Value::Bool(a), Value::Bool(b)) => a == b,
            (Operand::Numeric, Value::Number(a), Value::Number(b)) => {
                is_satisfied(self.comparison, numeric_order(a, b))
            }
            (Operand::String, Value::String(text), Value::String(pattern))
                if self.comparison == Comparison::Matches =>
            {
                Pattern::parse(pattern).ok()?.matches(text)
            }
            (Operand::String, Value::String(a), Value::String(b)) => {
                is_satisfied(self.comparison, string_order(a, b))
            }
            _ => return None,
        })
    }
}
