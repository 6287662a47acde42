//! From the conditions of rules, in either language, to formulas.

use super::atoms::Atoms;
use super::formula::Formula;
use super::jsonata;
use super::predicate::Predicate;
use crate::asl::semantics::string_pattern::Pattern;
use crate::asl::semantics::timestamp::instant;
use crate::asl::state::choice::{self, Comparison, Condition};
use crate::asl::{Expression, Parsed};

/// A rule's condition; `None` if it is malformed, which other rules report, or has too many atoms.
pub(super) fn read(condition: &Condition<'_>, atoms: &mut Atoms) -> Option<Formula> {
    Some(match condition {
        _ if atoms.are_too_many() => return None,
        Condition::Malformed => return None,
        Condition::And(all) => Formula::And(read_all(all, atoms)?),
        Condition::Or(any) => Formula::Or(read_all(any, atoms)?),
        Condition::Not(inner) => Formula::Not(Box::new(read(inner, atoms)?)),
        Condition::Constant(value) => Formula::Constant(*value),
        Condition::Jsonata(expression) => match expression.parsed() {
            Parsed::Jsonata(parsed) => jsonata::read(parsed, atoms).unwrap_or_else(|| atoms.unknown()),
            _ => atoms.unknown(),
        },
        Condition::Test(test) => read_test(test, atoms)?,
    })
}

fn read_all(conditions: &[Condition<'_>], atoms: &mut Atoms) -> Option<Vec<Formula>> {
    let formulas: Option<Vec<_>> = conditions.iter().map(|c| read(c, atoms)).collect();
    formulas.filter(|all| !all.is_empty())
}

fn read_test(test: &choice::Test<'_>, atoms: &mut Atoms) -> Option<Formula> {
    let variable = test.variable.as_ref()?;
    if !is_plain_path(variable) {
        return Some(atoms.unknown());
    }
    let path: String = variable.text.as_str().to_owned();
    if test.operator.is_path {
        let operand = test.operand_path.as_ref()?;
        return Some(if is_plain_path(operand) {
            atoms.compare(path, test.operator, operand.text.as_str().to_owned())
        } else {
            atoms.unknown()
        });
    }
    Some(match literal_test(test, atoms.has_constant_placeholders) {
        Some(predicate) => atoms.atom(path, predicate),
        None => atoms.unknown(),
    })
}

fn is_plain_path(expression: &Expression<'_>) -> bool {
    matches!(expression.parsed(), Parsed::Path(_))
}

/// The predicate of an operator with a literal operand; `None` if the operand is unknown or has the wrong type.
fn literal_test(test: &choice::Test<'_>, has_constant_placeholders: bool) -> Option<Predicate> {
    use choice::operator::Operand;
    let operand = &test.member.value;
    let comparison = test.operator.comparison;
    let written = || {
        operand
            .as_text()
            .filter(|t| has_constant_placeholders || !t.has_placeholder())
            .map(crate::document::Text::as_str)
    };
    if test.operator.is_type_test() {
        return Some(Predicate::Is(comparison, operand.as_bool()?));
    }
    Some(match test.operator.operand {
        Operand::String if comparison == Comparison::Matches => {
            Predicate::Matches(Pattern::parse(written()?).ok()?)
        }
        Operand::String => Predicate::Text(comparison, written()?.to_owned()),
        Operand::Numeric => Predicate::Number(comparison, operand.as_f64()?),
        Operand::Boolean => Predicate::Boolean(operand.as_bool()?),
        Operand::Timestamp => Predicate::Time(comparison, instant(written()?)?),
    })
}
