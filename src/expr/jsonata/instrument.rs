//! Rewrites the syntax tree before it runs: calls our functions in place of the crate's, and adds counters where an evaluation
//! could grow without bound.

mod call_counter;
mod meter;
mod tree;

use jsonata_core::ast::{AstNode, BinaryOp};
use jsonata_core::value::with_stack;

use super::functions::{
    CALL, CONCATENATE, INSERTED, KEYED, MATCHED, RANGE, SPLICE, TRUNCATE, replacement_of,
};
use call_counter::{insert, may_grow, may_run_on};
use meter::{NodeContext, Position, inner_nodes, meter};
pub(super) use tree::children;
use tree::{function, take, variable};

/// Rewrites `ast`; `bound` are the names that hide built-in functions: those that it binds itself, and the workflow's
/// variables.
///
/// - Functions that differ from Step Functions' are replaced by ours, and so is `&`.
/// - The body of a function that may call itself, or that accumulates, starts with a counter. Only such a function can
///   run without bound or double a value repeatedly.
/// - What is read in every repetition, but does not come from the repeated item, is counted each time: all other work is
///   proportional to the size of the data.
/// - Ranges inside of repetitions are counted, and so are large constructors.
pub(super) fn instrument(mut ast: AstNode, bound: &[String]) -> AstNode {
    let mut names = Names::default();
    names.collect(&mut ast);
    let context = NodeContext {
        bound,
        assigned: &names.assigned,
        of_items: &names.of_items,
        params: &[],
        repeated: false,
        has_item: true,
        accumulates: false,
        shares: names.shared > MAX_SHARED,
    };
    rewrite(&mut ast, &context, Position::Kept);
    ast
}

/// The names of our functions that are called below `node`.
pub(super) fn called(node: &mut AstNode, names: &mut Vec<String>) {
    if let AstNode::Function { name, .. } = node
        && name.starts_with(' ')
        && !names.contains(name)
    {
        names.push(name.clone());
    }
    with_stack(|| {
        for child in children(node) {
            called(child, names);
        }
    });
}

/// Whether a built-in function that we replace is mentioned below `node`.
pub(super) fn mentions_replaced(node: &mut AstNode) -> bool {
    matches!(node, AstNode::Function { name, .. } | AstNode::Variable(name) if replacement_of(name).is_some())
        || with_stack(|| children(node).into_iter().any(mentions_replaced))
}

/// The names that an expression binds.
#[derive(Default)]
struct Names {
    /// By `:=`.
    assigned: Vec<String>,
    /// To items, by `@` and `#`.
    of_items: Vec<String>,
    /// How often variables are parts of arrays and objects.
    shared: usize,
}

/// How often the variables of an expression may be parts of arrays and objects before these are counted. Each of the
/// 16 doubles a value at most every other time.
const MAX_SHARED: usize = 16;

impl Names {
    fn collect(&mut self, node: &mut AstNode) {
        match node {
            AstNode::Binary {
                op: BinaryOp::ColonEqual,
                lhs,
                ..
            } => {
                if let AstNode::Variable(name) = &**lhs {
                    self.assigned.push(name.clone());
                }
            }
            AstNode::Array(items) => self.shared += count_variables(items.iter()),
            AstNode::Object(pairs) => self.shared += count_variables(pairs.iter().map(|(_, value)| value)),
            AstNode::Path { steps } => {
                let names = steps
                    .iter()
                    .flat_map(|step| step.focus.iter().chain(&step.index_var));
                self.of_items.extend(names.cloned());
            }
            _ => {}
        }
        with_stack(|| {
            for child in children(node) {
                self.collect(child);
            }
        });
    }
}

/// How many nodes are variables, or blocks and calls, which may return one.
fn count_variables<'a>(nodes: impl Iterator<Item = &'a AstNode>) -> usize {
    let is_variable = |node: &&AstNode| {
        matches!(
            node,
            AstNode::Variable(_) | AstNode::Block(_) | AstNode::Function { .. } | AstNode::Conditional { .. }
        )
    };
    nodes.filter(is_variable).count()
}

fn rewrite(node: &mut AstNode, context: &NodeContext<'_>, position: Position) {
    with_stack(|| {
        inner_nodes(node, context, position, &mut |child, context, position| {
            rewrite(child, context, position);
        });
        match position {
            Position::Piped => replace_piped(node, context),
            _ => replace(node, context),
        }
        meter(node, context, position);
    });
}

fn replace(node: &mut AstNode, context: &NodeContext<'_>) {
    match node {
        AstNode::Function {
            name,
            args,
            is_builtin: true,
        } if !context.bound.contains(name) => replace_call(name, args, 0),
        AstNode::Variable(name) if !context.bound.contains(name) => {
            // The value of `$sort` is not replaced, since it may be called with a function.
            if !matches!(name.as_str(), "sort" | "split")
                && let Some(lambda) = by_value(name)
            {
                *node = lambda;
            }
        }
        AstNode::Binary {
            op: BinaryOp::Concatenate,
            lhs,
            rhs,
        } => *node = function(CONCATENATE, vec![take(lhs), take(rhs)]),
        AstNode::Binary {
            op: BinaryOp::ChainPipe,
            lhs,
            rhs,
        } => {
            let guard = match &**rhs {
                AstNode::Function {
                    name,
                    is_builtin: true,
                    ..
                } if name == "match" => MATCHED,
                AstNode::Function {
                    name,
                    is_builtin: true,
                    ..
                } if name == "keys" => KEYED,
                _ => return,
            };
            wrap(std::iter::once(&mut **lhs), guard);
        }
        AstNode::Binary {
            op: BinaryOp::Range,
            lhs,
            rhs,
        } if context.repeated => *node = function(RANGE, vec![take(lhs), take(rhs)]),
        AstNode::Regex { pattern, .. } => {
            if let Some(ascii) = ascii_white_space(pattern) {
                *pattern = ascii;
            }
        }
        AstNode::Lambda { params, body, .. } => {
            let accumulates = context.accumulates && may_grow(body);
            if accumulates || may_run_on(body, context.assigned) {
                let tick = function(CALL, params.iter().map(|name| variable(name)).collect());
                insert(tick, body, context.assigned);
            }
        }
        _ => {}
    }
}

/// The right side of `~>`, where the left side is the first argument.
fn replace_piped(rhs: &mut AstNode, context: &NodeContext<'_>) {
    match rhs {
        AstNode::Function {
            name,
            args,
            is_builtin: true,
        } if !context.bound.contains(name) => replace_call(name, args, 1),
        AstNode::Variable(name) if !context.bound.contains(name) => {
            if let Some(lambda) = by_value(name) {
                *rhs = lambda;
            }
        }
        _ => replace(rhs, context),
    }
}

/// A call of the built-in function `name` with `args` after the first `piped` arguments.
fn replace_call(name: &mut String, args: &mut Vec<AstNode>, piped: usize) {
    let argument = |index: usize| index.checked_sub(piped);
    match name.as_str() {
        "sort" if args.len() + piped != 1 => return,
        "split" => {
            let separator = argument(1).and_then(|index| args.get(index));
            if !matches!(separator, Some(AstNode::String(text)) if text.is_empty()) {
                return;
            }
        }
        "merge" => return wrap(args.iter_mut(), SPLICE),
        "match" => {
            let text = argument(0).and_then(|index| args.get_mut(index));
            return wrap(text.into_iter(), MATCHED);
        }
        "keys" => {
            let value = argument(0).and_then(|index| args.get_mut(index));
            return wrap(value.into_iter(), KEYED);
        }
        "replace" => {
            let text = argument(0).and_then(|index| args.get(index)).cloned();
            let inserted = argument(2).and_then(|index| args.get_mut(index));
            if let (Some(text), Some(inserted)) = (text, inserted)
                && !matches!(inserted, AstNode::Lambda { .. } | AstNode::Placeholder)
                && !matches!(inserted, AstNode::String(inserted) if inserted.len() <= 16)
            {
                *inserted = function(INSERTED, vec![text, take(inserted)]);
            }
            let limit = argument(3).and_then(|index| args.get_mut(index));
            return wrap(limit.into_iter(), TRUNCATE);
        }
        _ => {}
    }
    if let Some((replacement, _)) = replacement_of(name) {
        replacement.clone_into(name);
        // The context, which replaces a missing argument.
        args.push(variable(""));
    }
}

fn wrap<'a>(arguments: impl Iterator<Item = &'a mut AstNode>, name: &str) {
    for argument in arguments {
        if !matches!(argument, AstNode::Placeholder) {
            *argument = function(name, vec![take(argument)]);
        }
    }
}

/// The value of the built-in function `name`: a function that calls its replacement. The context is null, as wherever
/// the reference implementation calls a built-in function by its value.
fn by_value(name: &str) -> Option<AstNode> {
    let (replacement, arity) = replacement_of(name)?;
    let params: Vec<String> = (1..=arity).map(|index| format!(" {index}")).collect();
    let mut args: Vec<AstNode> = params.iter().map(|name| variable(name)).collect();
    args.push(AstNode::Null);
    Some(AstNode::Lambda {
        params,
        body: Box::new(function(replacement, args)),
        signature: None,
        thunk: false,
    })
}

/// The pattern with `\s` for ASCII white space only, as in Java.
fn ascii_white_space(pattern: &str) -> Option<String> {
    const WHITE_SPACE: &str = r" \t\n\x0B\f\r";
    if !pattern.contains(r"\s") && !pattern.contains(r"\S") {
        return None;
    }
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut in_class = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            match chars.next() {
                Some('s') if in_class => out.push_str(WHITE_SPACE),
                Some('s') => out.extend(["[", WHITE_SPACE, "]"]),
                Some('S') if !in_class => out.extend(["[^", WHITE_SPACE, "]"]),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            }
        } else {
            in_class = c == '[' || in_class && c != ']';
            out.push(c);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_white_space_to_ascii() {
        let ascii = |pattern: &str| ascii_white_space(pattern).unwrap_or_default();
        assert_eq!(ascii(r"^\s+|\\s"), r"^[ \t\n\x0B\f\r]+|\\s");
        assert_eq!(ascii(r"[\s,]\S"), r"[ \t\n\x0B\f\r,][^ \t\n\x0B\f\r]");
        assert_eq!(ascii("abc"), "");
    }
}
