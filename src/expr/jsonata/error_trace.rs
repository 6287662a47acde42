//! Traces a failed expression by running it a second time.
//!
//! The reference implementation's messages name the call that failed and its values; the crate's errors do not.
//! So the failed expression runs again with every argument and operand passed through a function that records it:
//! the last recorded site is the one that failed.

use std::cell::RefCell;
use std::rc::Rc;

use jsonata_core::ast::{AstNode, BinaryOp, UnaryOp};
use jsonata_core::evaluator::Evaluator;
use jsonata_core::value::{JValue, with_stack};

use super::builtins::function_position;
use super::instrument::children;

/// Records an argument: the index of the site, the index of the argument, and its value.
const RECORD: &str = " record";

/// The kinds of evaluated sites.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Site {
    /// A call of the function with this name, if it has one.
    Call(Option<String>),
    /// An operator.
    Operator(&'static str),
    /// The terms of an order-by clause.
    Order,
    /// A clause of a transform.
    Transform,
}

/// An expression whose calls and operators record their arguments.
pub(super) struct Traced {
    ast: AstNode,
    sites: Vec<TracedSite>,
}

/// A site, and the arguments that are known without evaluation.
struct TracedSite {
    site: Site,
    known: Vec<(usize, JValue)>,
}

/// The site at which an expression failed.
#[derive(Debug, Clone)]
pub(super) struct ErrorTrace {
    pub(super) site: Site,
    /// The values of the arguments or operands that were evaluated.
    pub(super) values: Vec<JValue>,
}

impl Traced {
    pub(super) fn new(mut ast: AstNode) -> Self {
        let mut sites = Vec::new();
        trace(&mut ast, &mut sites);
        Self { ast, sites }
    }

    /// Runs the expression again in an `evaluator` with the same bindings; `None` if nothing was recorded.
    pub(super) fn run(&self, mut evaluator: Evaluator, root: &JValue) -> Option<ErrorTrace> {
        let log: Rc<RefCell<Vec<(usize, usize, JValue)>>> = Rc::default();
        let entries = Rc::clone(&log);
        let registered = evaluator.register_fn(RECORD, move |args: &[JValue]| {
            let number = |index: usize| args.get(index).and_then(JValue::as_i64);
            let value = args.get(2).cloned().unwrap_or(JValue::Undefined);
            if let (Some(site), Some(argument)) = (number(0), number(1)) {
                let entry = (
                    usize::try_from(site).unwrap_or(0),
                    usize::try_from(argument).unwrap_or(usize::MAX),
                    value.clone(),
                );
                let mut entries = entries.borrow_mut();
                if entry.1 == 0 || entry.1 == usize::MAX {
                    entries.retain(|(site, ..)| *site != entry.0);
                }
                entries.push(entry);
            }
            Ok(value)
        });
        registered.ok()?;
        // The error is known already.
        let _ = evaluator.evaluate(&self.ast, root);
        drop(evaluator);
        let log = log.borrow();
        let (last, ..) = log.last()?;
        let place = self.sites.get(*last)?;
        let values = log
            .iter()
            .filter(|(site, argument, _)| site == last && *argument != usize::MAX);
        let mut values: Vec<_> = values
            .map(|(_, argument, value)| (*argument, value.clone()))
            .chain(place.known.clone())
            .collect();
        values.sort_by_key(|(argument, _)| *argument);
        Some(ErrorTrace {
            site: place.site.clone(),
            values: values.into_iter().map(|(_, value)| value).collect(),
        })
    }
}

/// Adds sites for `node` and everything below it.
fn trace(node: &mut AstNode, sites: &mut Vec<TracedSite>) {
    with_stack(|| {
        if let AstNode::Binary {
            op: BinaryOp::ChainPipe,
            lhs,
            rhs,
        } = node
        {
            trace_pipe(lhs, rhs, sites);
            return;
        }
        for child in children(node) {
            trace(child, sites);
        }
        record_here(node, sites);
    });
}

fn record_here(node: &mut AstNode, sites: &mut Vec<TracedSite>) {
    match node {
        AstNode::Function { name, .. } if name.starts_with(' ') => {}
        // `$exists` inspects its argument as written, so the argument must not be wrapped.
        AstNode::Function { name, args, .. } if name == "exists" && args.len() == 1 => {}
        AstNode::Function { name, args, .. } => {
            let site = add(sites, Site::Call(Some(name.clone())));
            if args.is_empty() {
                let call = std::mem::replace(node, AstNode::Undefined);
                *node = AstNode::Block(vec![record(number(site), NO_ARGUMENT, AstNode::Undefined), call]);
                return;
            }
            record_arguments(name, args, 0, &mut sites[site].known, site);
        }
        AstNode::Call { args, .. } => {
            let site = add(sites, Site::Call(None));
            record_all(args.iter_mut().enumerate(), site);
        }
        AstNode::Binary { op, lhs, rhs } => {
            let Some(operator) = symbol(*op) else { return };
            let site = add(sites, Site::Operator(operator));
            record_all([(0, &mut **lhs), (1, &mut **rhs)].into_iter(), site);
        }
        AstNode::Unary {
            op: UnaryOp::Negate,
            operand,
        } => {
            let site = add(sites, Site::Operator("-"));
            record_all([(0, &mut **operand)].into_iter(), site);
        }
        AstNode::Sort { terms, .. } => {
            let site = add(sites, Site::Order);
            // Not 0: the values of each term are kept, including the two that were compared.
            record_all(terms.iter_mut().map(|(term, _)| (1, term)), site);
        }
        AstNode::Transform { update, delete, .. } => {
            let clauses = std::iter::once(update).chain(delete);
            for clause in clauses {
                let site = add(sites, Site::Transform);
                record_all([(0, &mut **clause)].into_iter(), site);
            }
        }
        _ => {}
    }
}

/// The value of an argument that should be a function: a function, unless it clearly is another literal.
fn literal(argument: &AstNode) -> JValue {
    match argument {
        AstNode::Number(number) => JValue::Number(*number),
        AstNode::String(text) => JValue::from(text.as_str()),
        AstNode::Boolean(truth) => JValue::Bool(*truth),
        AstNode::Null => JValue::Null,
        AstNode::Array(_) => JValue::array(Vec::new()),
        AstNode::Object(_) => JValue::object(indexmap::IndexMap::new()),
        _ => JValue::builtin("function"),
    }
}

/// `value ~> $f` and `value ~> $f(x)` call `f` with the value first.
fn trace_pipe(lhs: &mut AstNode, rhs: &mut AstNode, sites: &mut Vec<TracedSite>) {
    trace(lhs, sites);
    let (name, args) = match rhs {
        AstNode::Variable(name) => (name, &mut Vec::new()),
        AstNode::Function { name, args, .. } => (name, args),
        other => return trace(other, sites),
    };
    for argument in args.iter_mut() {
        trace(argument, sites);
    }
    let site = add(sites, Site::Call(Some(name.clone())));
    record_all([(0, lhs)].into_iter(), site);
    record_arguments(name, args, 1, &mut sites[site].known, site);
}

/// Records the arguments of a call, the first of which has the index `first`.
fn record_arguments(
    name: &str,
    args: &mut [AstNode],
    first: usize,
    known: &mut Vec<(usize, JValue)>,
    site: usize,
) {
    let function = function_position(name);
    for (index, argument) in (first..).zip(args) {
        if Some(index) == function {
            known.push((index, literal(argument)));
        } else {
            record_all([(index, argument)].into_iter(), site);
        }
    }
}

fn add(sites: &mut Vec<TracedSite>, site: Site) -> usize {
    sites.push(TracedSite {
        site,
        known: Vec::new(),
    });
    sites.len() - 1
}

fn record_all<'a>(arguments: impl Iterator<Item = (usize, &'a mut AstNode)>, site: usize) {
    for (index, argument) in arguments {
        if !matches!(argument, AstNode::Placeholder) {
            let written = std::mem::replace(argument, AstNode::Undefined);
            *argument = record(number(site), number(index), written);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no expression has 2^53 parts")]
fn number(n: usize) -> f64 {
    n as f64
}

/// The argument index recorded before a call without arguments.
const NO_ARGUMENT: f64 = -1.0;

/// A call that records and returns the value of `written`.
fn record(site: f64, index: f64, written: AstNode) -> AstNode {
    let args = vec![AstNode::Number(site), AstNode::Number(index), written];
    AstNode::Function {
        name: RECORD.to_owned(),
        args,
        is_builtin: true,
    }
}

const fn symbol(op: BinaryOp) -> Option<&'static str> {
    Some(match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::LessThan => "<",
        BinaryOp::LessThanOrEqual => "<=",
        BinaryOp::GreaterThan => ">",
        BinaryOp::GreaterThanOrEqual => ">=",
        BinaryOp::Range => "..",
        _ => return None,
    })
}
