//! What a condition requires to be true or false.

use super::expression;
use super::jsonata;
use super::kind::Type;
use super::place::Place;
use super::reads::Reads;
use super::tree::Usage;
use crate::asl::state::Choice;
use crate::asl::state::choice::operator::Operand;
use crate::asl::state::choice::{Comparison, Condition, Test as Comparing};
use crate::decision::{self, Test};
use crate::expr::jsonata::Expression;
use crate::expr::jsonpath::Path;
use crate::spec::QueryLanguage;

/// Notes what all conditions of a Choice read.
pub(super) fn read(choice: &Choice<'_>, reads: &mut Reads) {
    for rule in &choice.rules {
        rule.condition.for_each_leaf(&mut |leaf| read_leaf(leaf, reads));
    }
}

fn read_leaf(leaf: &Condition<'_>, reads: &mut Reads) {
    match leaf {
        Condition::Test(test) => {
            let kind = match test.operator.comparison {
                Comparison::IsPresent => return,
                Comparison::IsNull
                | Comparison::IsNumeric
                | Comparison::IsString
                | Comparison::IsBoolean
                | Comparison::IsTimestamp => Usage::default(),
                _ => Usage::of(operand_type(test)),
            };
            for path in test.variable.iter().chain(&test.operand_path) {
                expression::used(path, &kind, reads);
            }
        }
        // Whether a part of the condition may be undefined is unknown.
        Condition::Jsonata(parsed) => expression::used(parsed, &Usage::default(), reads),
        _ => {}
    }
}

const fn operand_type(test: &Comparing<'_>) -> Type {
    match test.operator.operand {
        Operand::String => Type::Text,
        Operand::Numeric => Type::Number,
        Operand::Boolean => Type::Boolean,
        Operand::Timestamp => Type::Timestamp,
    }
}

/// What makes a Choice take a rule, or its Default if there is none at this index, by the places of the values.
pub(super) fn for_rule(choice: &Choice<'_>, rule: usize, language: QueryLanguage) -> Vec<(Place, Test)> {
    let requirements = decision::requirements(choice, rule).into_iter();
    let placed =
        requirements.filter_map(|required| Some((place_of(&required.path, language)?, required.test)));
    placed.collect()
}

/// The place that a path as written reads.
fn place_of(path: &str, language: QueryLanguage) -> Option<Place> {
    match language {
        QueryLanguage::JsonPath => {
            let path = Path::parse(path).ok()?;
            let (place, steps) = expression::path_place(&path)?;
            (steps == path.steps().len()).then_some(place)
        }
        QueryLanguage::Jsonata => jsonata::place(&Expression::parse(path).ok()?.syntax_tree()?),
    }
}
