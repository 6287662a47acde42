//! Goals for the truth of JSONata conditions of any form.

use super::choose::Mutation;
use super::lookup::Lookup;
use super::origin::{Base, Changes, FieldContext, Origins};
use super::reference::from_node;
use crate::expr::jsonata::syntax::{AstNode, BinaryOp};
use crate::simulate::plan::{Choice, Condition};
use crate::value::{Number, Value};

impl Origins<'_> {
    /// Ways to take a rule of a visited Choice with JSONata conditions; `None` is its default.
    pub(super) fn jsonata_mutations(
        &self,
        visit: usize,
        choice: &Choice,
        rule: Option<usize>,
    ) -> Vec<Mutation> {
        let at = FieldContext::new(visit, Base::Input);
        let trees: Vec<Option<AstNode>> = choice
            .rules
            .iter()
            .map(|rule| match &rule.condition {
                Condition::Jsonata { expression, .. } => expression.syntax_tree(),
                _ => None,
            })
            .collect();
        let own = rule.and_then(|rule| trees.get(rule)?.as_ref());
        let taken = own.map(|tree| self.changes_for_truth(at, tree, true));
        let earlier = &trees[..rule.unwrap_or(trees.len()).min(trees.len())];
        let refused = earlier
            .iter()
            .flatten()
            .map(|tree| self.changes_for_truth(at, tree, false));
        let refused: Vec<Changes> = refused.collect();
        // The rule alone may be enough, or the earlier ones may match the same data.
        let alone = taken.clone().flatten();
        let mut all = Some(taken.flatten().unwrap_or_default());
        for changes in refused {
            all = all.zip(changes).map(|(mut all, more)| {
                all.extend(more);
                all
            });
        }
        let mutations = [alone, all]
            .into_iter()
            .flatten()
            .filter(|changes| !changes.is_empty());
        mutations
            .map(|changes| Mutation {
                changes,
                reason: None,
            })
            .collect()
    }

    /// The changes after which a condition is true, or false.
    fn changes_for_truth(&self, at: FieldContext, node: &AstNode, wanted: bool) -> Changes {
        match node {
            AstNode::Block(all) => self.changes_for_truth(at, all.last()?, wanted),
            AstNode::Boolean(truth) => (*truth == wanted).then(Vec::new),
            AstNode::Binary { op, lhs, rhs } => match (op, wanted) {
                (BinaryOp::And, true) | (BinaryOp::Or, false) => {
                    let mut changes = self.changes_for_truth(at, lhs, wanted)?;
                    changes.extend(self.changes_for_truth(at, rhs, wanted)?);
                    Some(changes)
                }
                (BinaryOp::And, false) | (BinaryOp::Or, true) => self
                    .changes_for_truth(at, lhs, wanted)
                    .or_else(|| self.changes_for_truth(at, rhs, wanted)),
                (BinaryOp::In, _) => {
                    let first = match &**rhs {
                        AstNode::Array(items) => self.value_of(at, items.first()?),
                        node => self.value_of(at, node)?.item(0).cloned(),
                    };
                    let value = if wanted { first? } else { Value::from("other") };
                    self.changes_for_node(at, lhs, &[], &Some(value))
                }
                _ => {
                    let compared = |side: &AstNode, other: &AstNode, op: BinaryOp| {
                        let value = related(&self.value_of(at, other)?, op, wanted)?;
                        self.changes_for_node(at, side, &[], &Some(value))
                    };
                    compared(lhs, rhs, *op).or_else(|| compared(rhs, lhs, mirrored(*op)))
                }
            },
            AstNode::Function { name, args, .. } => match (name.as_str(), args.as_slice()) {
                ("not", [inner]) => self.changes_for_truth(at, inner, !wanted),
                ("boolean", [inner]) => self.changes_for_truth(at, inner, wanted),
                ("exists", [inner]) => {
                    let is_there = from_node(inner).map(|reference| self.look(at, &reference));
                    if let (true, Some(Lookup::Found(_))) | (false, Some(Lookup::Missing)) =
                        (wanted, is_there)
                    {
                        return Some(Vec::new());
                    }
                    self.changes_for_node(at, inner, &[], &wanted.then(|| Value::from("sample")))
                }
                ("contains", [text, part]) => {
                    let part = self.value_of(at, part)?;
                    let value = if wanted { part } else { Value::from("") };
                    self.changes_for_node(at, text, &[], &Some(value))
                }
                _ => None,
            },
            node => self.changes_for_node(at, node, &[], &Some(Value::Bool(wanted))),
        }
    }

    /// The value of a literal, or of a reference in the run.
    fn value_of(&self, at: FieldContext, node: &AstNode) -> Option<Value> {
        Some(match node {
            AstNode::String(text) => Value::from(text.as_str()),
            AstNode::Number(number) => Value::Number(Number::from_f64(*number)?),
            AstNode::Boolean(truth) => Value::Bool(*truth),
            AstNode::Null => Value::Null,
            AstNode::Block(all) => return self.value_of(at, all.last()?),
            node => match self.look(at, &from_node(node)?) {
                Lookup::Found(value) => value,
                _ => return None,
            },
        })
    }
}

/// A value for which a comparison with another one has the wanted truth.
fn related(other: &Value, op: BinaryOp, wanted: bool) -> Option<Value> {
    let distance: i32 = match (op, wanted) {
        (BinaryOp::Equal | BinaryOp::LessThanOrEqual | BinaryOp::GreaterThanOrEqual, true)
        | (BinaryOp::NotEqual | BinaryOp::LessThan | BinaryOp::GreaterThan, false) => 0,
        (BinaryOp::NotEqual | BinaryOp::GreaterThan, true)
        | (BinaryOp::Equal | BinaryOp::LessThanOrEqual, false) => 1,
        (BinaryOp::LessThan, true) | (BinaryOp::GreaterThanOrEqual, false) => -1,
        _ => return None,
    };
    if distance == 0 {
        return Some(other.clone());
    }
    Some(match other {
        Value::Number(number) => {
            let moved = number.as_f64() + f64::from(distance);
            let whole = number
                .as_i64()
                .and_then(|whole| whole.checked_add(distance.into()));
            match whole {
                Some(whole) => Value::from(whole),
                None => Value::Number(Number::from_f64(moved)?),
            }
        }
        Value::String(text) if distance > 0 => Value::from(format!("{text}-other")),
        Value::String(_) => Value::from(""),
        Value::Bool(truth) => Value::Bool(!truth),
        _ => Value::from("sample"),
    })
}

/// The comparison with its sides exchanged.
const fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::LessThan => BinaryOp::GreaterThan,
        BinaryOp::LessThanOrEqual => BinaryOp::GreaterThanOrEqual,
        BinaryOp::GreaterThan => BinaryOp::LessThan,
        BinaryOp::GreaterThanOrEqual => BinaryOp::LessThanOrEqual,
        same => same,
    }
}
