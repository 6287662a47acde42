//! `Choice`: selects the next state by conditions.

use crate::asl::expression::{AllowedExpression, Expression, Owner};
use crate::asl::field::Payload;
use crate::asl::fields::fields;
use crate::asl::object::Object;
use crate::asl::part::{Part, Walk};
use crate::asl::transition::Target;
use crate::document::{Member, Node};
use crate::spec::QueryLanguage;

pub mod operator;

pub use operator::{Comparison, Operator};

fields! {
    /// The fields of a Choice state.
    pub struct Choice<'d> {
        /// `Choices`, in order.
        pub rules: Vec<ChoiceRule<'d>> = rules(),
        /// `Default`
        pub default: Option<Target<'d>> = target("Default"),
    }

    /// One element of `Choices`.
    pub struct ChoiceRule<'d> {
        /// The object.
        pub node: &'d Node = as_written(),
        /// Its condition.
        pub condition: Condition<'d> = condition(),
        /// `Next`
        pub next: Option<Target<'d>> = target("Next"),
        /// `Assign`
        pub assign: Option<Payload<'d>> = payload("Assign"),
        /// `Output` (JSONata).
        pub output: Option<Payload<'d>> = payload_in(None, Some("Output")),
    }
}

/// The condition of a rule.
#[derive(Debug)]
pub enum Condition<'d> {
    /// `And`: all are true, evaluated in order until one is not.
    And(Vec<Condition<'d>>),
    /// `Or`: one is true, evaluated in order until one is.
    Or(Vec<Condition<'d>>),
    /// `Not`
    Not(Box<Condition<'d>>),
    /// `Variable` and a comparison.
    Test(Test<'d>),
    /// `Condition` (JSONata): a boolean as written.
    Constant(bool),
    /// `Condition` (JSONata): an expression that returns a boolean.
    Jsonata(Expression<'d>),
    /// The rule has no valid condition.
    Malformed,
}

/// A comparison of a variable with a value.
#[derive(Debug)]
pub struct Test<'d> {
    /// The rule's object.
    pub node: &'d Node,
    /// `Variable`
    pub variable: Option<Expression<'d>>,
    /// The comparison.
    pub operator: &'static Operator,
    /// The member whose key is the operator.
    pub member: &'d Member,
    /// The path of a `…Path` operator.
    pub operand_path: Option<Expression<'d>>,
}

impl<'d> Condition<'d> {
    /// Calls `f` with every leaf of the condition, in order.
    pub fn for_each_leaf<'a>(&'a self, f: &mut dyn FnMut(&'a Self)) {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().for_each(|inner| inner.for_each_leaf(f)),
            Self::Not(inner) => inner.for_each_leaf(f),
            Self::Test(_) | Self::Jsonata(_) | Self::Constant(_) | Self::Malformed => f(self),
        }
    }

    /// Calls `f` with every expression in the condition, in order.
    pub fn for_each_expression<'a>(&'a self, f: &mut dyn FnMut(&'a Expression<'d>)) {
        self.for_each_leaf(&mut |leaf| match leaf {
            Self::Test(test) => test.variable.iter().chain(&test.operand_path).for_each(&mut *f),
            Self::Jsonata(expression) => f(expression),
            _ => {}
        });
    }

    /// Calls `f` with every test in the condition, in order.
    pub fn for_each_test<'a>(&'a self, f: &mut dyn FnMut(&'a Test<'d>)) {
        self.for_each_leaf(&mut |leaf| {
            if let Self::Test(test) = leaf {
                f(test);
            }
        });
    }
}

impl<'d> Walk<'d> for Condition<'d> {
    fn walk<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        self.for_each_expression(&mut |expression| f(Part::Expression(expression)));
    }
}

impl<'d> Object<'d> {
    fn rules(&self) -> Vec<ChoiceRule<'d>> {
        let rules = self.array("Choices").iter().enumerate();
        rules
            .map(|(i, node)| ChoiceRule::lower(&self.inner(node, Owner::ChoiceRule(i))))
            .collect()
    }

    fn condition(&self) -> Condition<'d> {
        match self.language {
            QueryLanguage::JsonPath => self.jsonpath_condition(),
            QueryLanguage::Jsonata => self.jsonata_condition(),
        }
    }

    fn jsonata_condition(&self) -> Condition<'d> {
        let Some(node) = self.node.get("Condition") else {
            return Condition::Malformed;
        };
        if let Some(constant) = node.as_bool() {
            return Condition::Constant(constant);
        }
        let expression = Expression::jsonata(node, "Condition", self.owner);
        expression.map_or(Condition::Malformed, Condition::Jsonata)
    }

    fn jsonpath_condition(&self) -> Condition<'d> {
        let nested = |node| self.inner(node, self.owner).jsonpath_condition();
        let all = |key| self.array(key).iter().map(nested).collect();
        for member in self.node.as_object().unwrap_or_default() {
            match member.key.as_str() {
                "And" => return Condition::And(all("And")),
                "Or" => return Condition::Or(all("Or")),
                "Not" => return Condition::Not(Box::new(nested(&member.value))),
                key => {
                    if let Some(operator) = Operator::from_name(key) {
                        return Condition::Test(self.test(member, operator));
                    }
                }
            }
        }
        Condition::Malformed
    }

    fn test(&self, member: &'d Member, operator: &'static Operator) -> Test<'d> {
        let operand_path = operator.is_path.then(|| {
            Expression::path(
                &member.value,
                operator.name,
                self.owner,
                AllowedExpression::Path,
                None,
            )
        });
        Test {
            node: self.node,
            variable: self.path("Variable", AllowedExpression::Path),
            operator,
            member,
            operand_path: operand_path.flatten(),
        }
    }
}
