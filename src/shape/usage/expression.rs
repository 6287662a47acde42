//! What expressions and payload templates read, given how their value is used.

use super::jsonata;
use super::kind::Type;
use super::place::{Access, Place, Root};
use super::reads::Reads;
use super::tree::Usage;
use crate::asl::state::choice;
use crate::asl::{Expression, Parsed, Payload, State};
use crate::decision::Test;
use crate::document::{Node, NodeKind};
use crate::expr::intrinsic::{Argument, ArgumentKind, Call, Kind, Returns};
use crate::expr::jsonpath::{self, Comparison, Condition, Operand, Path, StepKind};
use crate::spec::QueryLanguage;
use std::rc::Rc;

/// Notes what an expression reads if its value is used in a given way.
pub(super) fn used(expression: &Expression<'_>, usage: &Usage, reads: &mut Reads) {
    match expression.parsed() {
        Parsed::Path(path) => path_used(path, usage, reads),
        Parsed::Intrinsic(call) => call_used(call, usage, reads),
        Parsed::Jsonata(parsed) => {
            if let Some(tree) = parsed.syntax_tree() {
                jsonata::used(&tree, usage, reads);
            }
        }
        Parsed::Malformed(_) | Parsed::Unknown => {}
    }
}

/// Notes what a payload template reads if the value that it produces is used in a given way.
pub(super) fn payload_used(payload: &Payload<'_>, language: QueryLanguage, usage: &Usage, reads: &mut Reads) {
    let mut template = Template {
        expressions: payload.expressions.iter(),
        language,
        reads,
    };
    template.node(payload.node, usage);
}

/// Notes what the settings of a state read. Each must be a number, except a timestamp and the strings of an error.
pub(super) fn settings_used(state: &State<'_>, reads: &mut Reads) {
    state.for_each_scalar(&mut |scalar| {
        if let Some(expression) = scalar.expression() {
            let kind = match expression.field {
                "Timestamp" | "TimestampPath" => Type::Timestamp,
                "Error" | "ErrorPath" | "Cause" | "CausePath" => Type::Text,
                _ => Type::Number,
            };
            used(expression, &Usage::of(kind), reads);
        }
    });
}

/// Traverses a payload in the order in which lowering collected its expressions.
struct Template<'a, 'r, 'd> {
    expressions: std::slice::Iter<'a, Expression<'d>>,
    language: QueryLanguage,
    reads: &'r mut Reads,
}

impl Template<'_, '_, '_> {
    /// Whether the node is an expression, which is then traversed.
    fn expression(&mut self, node: &Node, usage: &Usage) -> bool {
        let Some(next) = self.expressions.clone().next() else {
            return false;
        };
        if !std::ptr::eq(next.node, node) {
            return false;
        }
        self.expressions.next();
        used(next, usage, self.reads);
        true
    }

    fn node(&mut self, node: &Node, usage: &Usage) {
        match &node.kind {
            NodeKind::Array(items) => {
                let item = usage.item();
                for node in items {
                    self.node(node, &item);
                }
            }
            NodeKind::Object(members) => {
                for member in members {
                    let key = member.key.as_str();
                    match key.strip_suffix(".$") {
                        Some(name) if self.language == QueryLanguage::JsonPath => {
                            self.expression(&member.value, &usage.field(name));
                        }
                        _ => self.node(&member.value, &usage.field(key)),
                    }
                }
            }
            _ if self.language == QueryLanguage::Jsonata => {
                self.expression(node, usage);
            }
            _ => {}
        }
    }
}

/// The place that the leading definite steps of a path read, and the number of those steps.
pub(super) fn path_place(path: &Path) -> Option<(Place, usize)> {
    let (mut place, mut first) = match path.root() {
        jsonpath::Root::Input => (Place::at(Root::Input), 0),
        jsonpath::Root::Variable(name) => (Place::at(Root::Variable(Rc::clone(name))), 0),
        jsonpath::Root::Context => {
            let names = ["Map", "Item", "Value"];
            let is_item = path.steps().len() >= names.len()
                && names
                    .iter()
                    .zip(path.steps())
                    .all(|(name, step)| matches!(&step.kind, StepKind::Member(member) if **member == **name));
            if !is_item {
                return None;
            }
            (Place::at(Root::MapItem), names.len())
        }
    };
    for step in &path.steps()[first..] {
        match step_access(&step.kind) {
            Some(access) => place = place.then(access),
            None => break,
        }
        first += 1;
    }
    Some((place, first))
}

fn step_access(kind: &StepKind) -> Option<Access> {
    let index = |index: i32| {
        let len = if index < 0 {
            index.unsigned_abs()
        } else {
            index.unsigned_abs() + 1
        };
        Access::Items(usize::try_from(len.min(16)).unwrap_or(1))
    };
    Some(match kind {
        StepKind::Member(name) => Access::Field(Rc::clone(name)),
        StepKind::Index(at) | StepKind::FromEnd(at) => index(*at),
        StepKind::Indexes(all) => index(all.iter().copied().max().unwrap_or(0)),
        StepKind::Slice(_) | StepKind::Wildcard | StepKind::Filter(_) => Access::Items(1),
        StepKind::Members(_) | StepKind::Descend | StepKind::Function(_) => return None,
    })
}

fn path_used(path: &Path, usage: &Usage, reads: &mut Reads) {
    let Some((place, steps)) = path_place(path) else {
        return;
    };
    filters_used(path, reads);
    // The value of an indefinite path is an array of what its steps select.
    let usage = if path.is_definite() {
        usage.clone()
    } else {
        usage.item()
    };
    match path.steps().get(steps).map(|step| &step.kind) {
        None => reads.note(&place, usage),
        Some(StepKind::Members(names)) => {
            for name in names.iter() {
                reads.note(&place.clone().field(name), usage.field(name));
            }
        }
        Some(StepKind::Function(function)) => {
            let item = match &*function.name {
                "min" | "max" | "avg" | "sum" | "stddev" => Usage::of(Type::Number),
                _ => Usage::default(),
            };
            reads.note(&place, Usage::array(item));
        }
        Some(_) => reads.note(&place, Usage::default()),
    }
}

/// Notes what the filters of a path read, so that they select the item.
fn filters_used(path: &Path, reads: &mut Reads) {
    let Some((whole, steps)) = path_place(path) else {
        return;
    };
    let skipped = path.steps().len().min(steps) - whole.steps.len();
    for (index, step) in path.steps()[..steps].iter().enumerate().skip(skipped) {
        if let StepKind::Filter(condition) = &step.kind {
            let item = Place {
                root: whole.root.clone(),
                steps: whole.steps[..=index - skipped].to_vec(),
            };
            filter_used(condition, &item, reads);
        }
    }
}

fn filter_used(condition: &Condition, item: &Place, reads: &mut Reads) {
    let at = |operand: &Operand| match operand {
        Operand::Path { path, of_item: true } => path_place(path).map(|(place, _)| Place {
            root: item.root.clone(),
            steps: item.steps.iter().cloned().chain(place.steps).collect(),
        }),
        _ => None,
    };
    match condition {
        Condition::And(all) => all.iter().for_each(|inner| filter_used(inner, item, reads)),
        Condition::Or(all) => {
            if let Some(first) = all.first() {
                filter_used(first, item, reads);
            }
        }
        Condition::Exists { path, wanted: true } => {
            if let Some(place) = at(path) {
                reads.note(&place, Usage::default());
            }
        }
        Condition::Compare {
            left,
            operator,
            right,
        } => {
            let (place, other) = match (at(left), at(right)) {
                (Some(place), None) => (place, right),
                (None, Some(place)) => (place, left),
                _ => return,
            };
            let value = match other {
                Operand::Literal(value) => value.clone(),
                Operand::Word(text) => crate::value::Value::String(Rc::clone(text)),
                _ => return reads.note(&place, Usage::default()),
            };
            let order = match operator {
                Comparison::Less => Some(choice::Comparison::Less),
                Comparison::LessOrEqual => Some(choice::Comparison::LessOrEqual),
                Comparison::Greater => Some(choice::Comparison::Greater),
                Comparison::GreaterOrEqual => Some(choice::Comparison::GreaterOrEqual),
                _ => None,
            };
            let test = match (operator, order, value.as_number()) {
                (Comparison::Equal | Comparison::TypedEqual, ..) => Test::equals(&value, true),
                (Comparison::NotEqual | Comparison::TypedNotEqual, ..) => Test::equals(&value, false),
                (_, Some(order), Some(bound)) => Some(Test::compares(order, bound.as_f64())),
                _ => None,
            };
            reads.note(&place, test.map_or_else(Usage::default, Usage::tested));
        }
        Condition::Exists { .. } | Condition::Not(_) => {}
    }
}

fn call_used(call: &Call, usage: &Usage, reads: &mut Reads) {
    let Some(function) = call.function else { return };
    for (index, argument) in call.arguments.iter().enumerate() {
        let usage = match (function.returns, index) {
            (Returns::Parsed, 0) => Usage::json(usage.clone()),
            (Returns::Arguments, _) => usage.item(),
            (Returns::Items, 0) => Usage::array(usage.item()),
            (Returns::Batches, 0) => Usage::array(usage.item().item()),
            (Returns::Item, 0) => Usage::array(usage.clone()),
            (Returns::Merged, 0 | 1) => Usage {
                kind: Some(Type::Object),
                ..usage.clone()
            },
            _ => match function.parameter(index) {
                Some(Kind::Text) => Usage::of(Type::Text),
                Some(Kind::Integer) => Usage::of(Type::Number),
                Some(Kind::Array) => Usage::array(Usage::default()),
                Some(Kind::Object) => Usage::of(Type::Object),
                _ => Usage::default(),
            },
        };
        argument_used(argument, &usage, reads);
    }
}

fn argument_used(argument: &Argument, usage: &Usage, reads: &mut Reads) {
    match &argument.kind {
        ArgumentKind::Path(path) => path_used(path, usage, reads),
        ArgumentKind::Call(call) => call_used(call, usage, reads),
        _ => {}
    }
}
