//! What JSONata expressions read, given how their value is used.

use super::kind::Type;
use super::place::{self, Access, Place, Root};
use super::reads::Reads;
use super::tree::Usage;
use crate::expr::jsonata::syntax::{AstNode, BinaryOp, PathStep, Stage};

/// The maximum nesting of nodes that are read; deeper ones are ignored.
const MAX_DEPTH: usize = 64;

/// Notes what an expression reads if its value is used in a given way.
pub(super) fn used(tree: &AstNode, usage: &Usage, reads: &mut Reads) {
    Reader::new(reads).used(tree, usage, None);
}

/// The place that a node reads, if it is a path of names.
pub(super) fn place(tree: &AstNode) -> Option<Place> {
    Reader::new(&mut Reads::default()).place(tree, None)
}

struct Reader<'r> {
    reads: &'r mut Reads,
    /// The places of the variables bound in the expression, inner after outer; none for computed values.
    bound: Vec<(String, Option<Place>)>,
    depth: usize,
}

impl<'r> Reader<'r> {
    const fn new(reads: &'r mut Reads) -> Self {
        Self {
            reads,
            bound: Vec::new(),
            depth: 0,
        }
    }

    /// The place that a node reads; `context` is the place of `$`.
    fn place(&mut self, node: &AstNode, context: Option<&Place>) -> Option<Place> {
        match node {
            AstNode::Name(name) => Some(context?.clone().field(name)),
            AstNode::Variable(name) if name.is_empty() => context.cloned(),
            AstNode::Variable(name) if name == "states" => None,
            AstNode::Variable(name) => match self.bound.iter().rev().find(|(bound, _)| bound == name) {
                Some((_, place)) => place.clone(),
                None => Some(Place::at(Root::Variable(name.as_str().into()))),
            },
            AstNode::Block(expressions) if expressions.len() == 1 => self.place(&expressions[0], context),
            AstNode::Sort { input, terms } => {
                let items = self.place(input, context)?.items();
                for (term, _) in terms {
                    self.used(term, &Usage::default(), Some(&items));
                }
                Some(items)
            }
            AstNode::Function { name, args, .. } => match (name.as_str(), args.as_slice()) {
                ("sort" | "reverse" | "distinct" | "shuffle", [list]) => {
                    Some(self.place(list, context)?.items())
                }
                ("lookup", [object, AstNode::String(name)]) => Some(self.place(object, context)?.field(name)),
                _ => None,
            },
            AstNode::Path { steps } => {
                let (place, len) = self.prefix(steps, context)?;
                (len == steps.len()).then_some(place)
            }
            _ => None,
        }
    }

    /// The place that the leading steps of a path read, and their number.
    fn prefix(&mut self, steps: &[PathStep], context: Option<&Place>) -> Option<(Place, usize)> {
        let (mut place, mut len) = match states_root(steps) {
            Some(root) => root,
            None => (self.place(&steps.first()?.node, context)?, 1),
        };
        let first = len;
        for (index, step) in steps.iter().enumerate() {
            if index >= first {
                match &step.node {
                    AstNode::Name(name) => place = place.field(name),
                    AstNode::Wildcard => place = place.items(),
                    _ => break,
                }
                len = index + 1;
            }
            for stage in &step.stages {
                match stage {
                    Stage::Filter(filter) => {
                        place = match filter.as_ref() {
                            AstNode::Number(index) => place.then(Access::Items(length_for(*index))),
                            AstNode::Array(indexes) => match indexes.as_slice() {
                                [
                                    AstNode::Binary {
                                        op: BinaryOp::Range,
                                        lhs,
                                        ..
                                    },
                                ] => match &**lhs {
                                    AstNode::Number(first) => place.then(Access::Items(length_for(*first))),
                                    _ => place.items(),
                                },
                                _ => place.items(),
                            },
                            filter => {
                                let item = place.items();
                                self.used(filter, &Usage::default(), Some(&item));
                                item
                            }
                        }
                    }
                    Stage::KeepArray | Stage::Index(_) => {}
                }
            }
        }
        Some((place, len))
    }

    /// Notes what a node reads if its value is used in a given way.
    fn used(&mut self, node: &AstNode, usage: &Usage, context: Option<&Place>) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let bound = self.bound.len();
        if let Some(place) = self.place(node, context) {
            self.reads.note(&place, usage.clone());
        } else {
            self.computed(node, usage, context);
        }
        // The bindings of a block end with it.
        if matches!(node, AstNode::Block(_)) {
            self.bound.truncate(bound);
        }
        self.depth -= 1;
    }

    fn computed(&mut self, node: &AstNode, usage: &Usage, context: Option<&Place>) {
        match node {
            AstNode::Path { steps } => self.path(steps, usage, context),
            AstNode::Object(pairs) => {
                for (key, value) in pairs {
                    let usage = match key {
                        AstNode::String(name) => usage.field(name),
                        key => {
                            self.used(key, &Usage::of(Type::Text), context);
                            Usage::default()
                        }
                    };
                    self.used(value, &usage, context);
                }
            }
            AstNode::Array(items) => {
                let item = usage.item();
                for node in items {
                    self.used(node, &item, context);
                }
            }
            AstNode::Block(expressions) => {
                for (index, inner) in expressions.iter().enumerate() {
                    let is_last = index + 1 == expressions.len();
                    let usage = if is_last { usage.clone() } else { Usage::default() };
                    self.used(inner, &usage, context);
                }
            }
            AstNode::Conditional {
                condition,
                then_branch,
                else_branch,
            } => {
                self.used(condition, &Usage::default(), context);
                self.used(then_branch, usage, context);
                if let Some(otherwise) = else_branch {
                    self.used(otherwise, usage, context);
                }
            }
            AstNode::Unary { operand, .. } => self.used(operand, &Usage::of(Type::Number), context),
            AstNode::Binary { op, lhs, rhs } => self.binary(*op, lhs, rhs, usage, context),
            AstNode::Function { name, args, .. } => self.call(name, args, usage, context),
            AstNode::Sort { input, .. } => self.used(input, &Usage::array(usage.item()), context),
            AstNode::Lambda { body, .. } => self.used(body, usage, None),
            AstNode::ObjectTransform { input, .. } => self.used(input, &Usage::default(), context),
            _ => {}
        }
    }

    /// A path of which only the leading steps are names; the others are evaluated for each value.
    fn path(&mut self, steps: &[PathStep], usage: &Usage, context: Option<&Place>) {
        let (mut at, first) = if let Some((place, len)) = self.prefix(steps, context) {
            (Some(place.items()), len)
        } else {
            (None, self.computed_step(steps, usage, context))
        };
        for (index, step) in steps.iter().enumerate().skip(first) {
            let is_last = index + 1 == steps.len();
            let each = if is_last { usage.item() } else { Usage::default() };
            self.used(&step.node, &each, at.as_ref());
            at = None;
        }
    }

    /// The first step of a path that starts with a computed value, and the names after it; returns their number.
    fn computed_step(&mut self, steps: &[PathStep], usage: &Usage, context: Option<&Place>) -> usize {
        let Some((first, others)) = steps.split_first() else {
            return 0;
        };
        let names = others.iter().map_while(|step| match &step.node {
            AstNode::Name(name) => Some(Access::Field(name.as_str().into())),
            _ => None,
        });
        let names: Vec<Access> = names.collect();
        let inner = if names.len() == others.len() {
            usage.clone()
        } else {
            Usage::default()
        };
        self.used(&first.node, &place::within(&names, inner), context);
        names.len() + 1
    }

    fn binary(&mut self, op: BinaryOp, lhs: &AstNode, rhs: &AstNode, usage: &Usage, context: Option<&Place>) {
        match op {
            BinaryOp::ColonEqual => {
                let place = self.place(rhs, context);
                self.used(rhs, &Usage::default(), context);
                if let AstNode::Variable(name) = lhs {
                    self.bound.push((name.clone(), place));
                }
            }
            BinaryOp::ChainPipe => match rhs {
                AstNode::Function { name, args, .. } => {
                    let kind = argument_kind(name, 0, usage);
                    self.used(lhs, &kind, context);
                    for argument in args {
                        self.used(argument, &Usage::default(), context);
                    }
                }
                AstNode::Variable(name) => {
                    let kind = argument_kind(name, 0, usage);
                    self.used(lhs, &kind, context);
                }
                _ => self.used(lhs, &Usage::default(), context),
            },
            _ => {
                let (left, right) = (operand_usage(op, rhs), operand_usage(op, lhs));
                self.used(lhs, &left, context);
                let right = if op == BinaryOp::In {
                    Usage::default()
                } else {
                    right
                };
                self.used(rhs, &right, context);
            }
        }
    }

    fn call(&mut self, name: &str, args: &[AstNode], usage: &Usage, context: Option<&Place>) {
        let takes_function = matches!(
            name,
            "map" | "filter" | "single" | "each" | "sift" | "sort" | "reduce"
        );
        let list = args.first().and_then(|list| self.place(list, context));
        for (index, argument) in args.iter().enumerate() {
            match argument {
                AstNode::Lambda { params, body, .. } if takes_function => {
                    let outer = self.bound.len();
                    let item = list.clone().map(|list| match name {
                        "each" | "sift" => list.then(Access::Entries),
                        _ => list.items(),
                    });
                    let is_item = |index: usize| {
                        index == usize::from(name == "reduce") || (name == "sort" && index == 1)
                    };
                    for (index, parameter) in params.iter().enumerate() {
                        let place = if is_item(index) { item.clone() } else { None };
                        self.bound.push((parameter.clone(), place));
                    }
                    let each = if name == "map" {
                        usage.item()
                    } else {
                        Usage::default()
                    };
                    self.used(body, &each, None);
                    self.bound.truncate(outer);
                }
                argument => {
                    let usage = argument_kind(name, index, usage);
                    match list
                        .as_ref()
                        .filter(|_| matches!(name, "sum" | "max" | "min" | "average"))
                    {
                        Some(list) => self.reads.note(&each_item(list), usage.item()),
                        None => self.used(argument, &usage, context),
                    }
                }
            }
        }
    }
}

/// `$states.input`, `$states.result`, and the item of a Map, with the number of their steps.
fn states_root(steps: &[PathStep]) -> Option<(Place, usize)> {
    let name = |index: usize| match steps.get(index).map(|step: &PathStep| &step.node) {
        Some(AstNode::Name(name)) => Some(name.as_str()),
        _ => None,
    };
    if !matches!(&steps.first()?.node, AstNode::Variable(name) if name == "states") {
        return None;
    }
    match name(1)? {
        "input" => Some((Place::at(Root::Input), 2)),
        "result" => Some((Place::at(Root::Result), 2)),
        "context" if (name(2), name(3), name(4)) == (Some("Map"), Some("Item"), Some("Value")) => {
            Some((Place::at(Root::MapItem), 5))
        }
        _ => None,
    }
}

/// The place of the single values that an aggregate reads: the field of each item, as in `$sum(lines.price)`, or each
/// item of a field.
fn each_item(list: &Place) -> Place {
    let mut place = list.clone();
    match place.steps.as_slice() {
        [.., Access::Items(_), Access::Field(_)] => place,
        [.., Access::Field(_), Access::Field(_)] => {
            place.steps.insert(place.steps.len() - 1, Access::Items(1));
            place
        }
        _ => place.items(),
    }
}

/// The number of items that an index needs.
fn length_for(index: f64) -> usize {
    let needed = if index < 0.0 { -index } else { index + 1.0 };
    (1..=16_u8)
        .find(|n| f64::from(*n) >= needed)
        .map_or(16, usize::from)
}

/// The use of an operand of a binary operator.
fn operand_usage(op: BinaryOp, other: &AstNode) -> Usage {
    match op {
        BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::Modulo
        | BinaryOp::Range => Usage::of(Type::Number),
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::LessThan
        | BinaryOp::LessThanOrEqual
        | BinaryOp::GreaterThan
        | BinaryOp::GreaterThanOrEqual => match other {
            AstNode::Number(_) => Usage::of(Type::Number),
            AstNode::String(_) => Usage::of(Type::Text),
            AstNode::Boolean(_) => Usage::of(Type::Boolean),
            _ => Usage::default(),
        },
        _ => Usage::default(),
    }
}

/// The use of an argument of a built-in function whose value is used in a given way.
fn argument_kind(name: &str, index: usize, usage: &Usage) -> Usage {
    match (name, index) {
        ("parse", 0) => Usage::json(usage.clone()),
        ("merge" | "append" | "reverse" | "distinct" | "shuffle" | "sort" | "filter", 0) | ("append", 1) => {
            let item = if name == "merge" {
                usage.clone()
            } else {
                usage.item()
            };
            Usage::array(item)
        }
        ("map" | "reduce" | "single" | "count" | "partition" | "zip", 0) => Usage::array(Usage::default()),
        ("sum" | "max" | "min" | "average", 0) => Usage::array(Usage::of(Type::Number)),
        ("join", 0) => Usage::array(Usage::of(Type::Text)),
        (
            "abs" | "ceil" | "floor" | "round" | "sqrt" | "power" | "formatNumber" | "formatBase"
            | "formatInteger" | "fromMillis" | "range",
            0,
        )
        | ("power" | "round" | "partition" | "range" | "substring" | "pad", 1)
        | ("substring" | "range", 2) => Usage::of(Type::Number),
        ("number", 0) => Usage::of(Type::NumericText),
        ("toMillis", 0) => Usage::of(Type::Timestamp),
        (
            "length" | "uppercase" | "lowercase" | "trim" | "split" | "contains" | "match" | "replace"
            | "substring" | "substringBefore" | "substringAfter" | "pad" | "base64encode" | "base64decode"
            | "encodeUrl" | "encodeUrlComponent" | "decodeUrl" | "decodeUrlComponent" | "hash",
            0,
        )
        | ("split" | "contains" | "substringBefore" | "substringAfter" | "join", 1)
        | ("replace", 2) => Usage::of(Type::Text),
        ("keys" | "each" | "sift" | "spread" | "lookup", 0) => Usage::of(Type::Object),
        _ => Usage::default(),
    }
}
