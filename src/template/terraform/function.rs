//! Functions: the value of a call whose arguments are known.

mod call;
mod collections;
mod files;
mod glob;
mod strings;

use super::evaluator::Evaluator;
use super::scope::Scope;
use super::value;
use crate::document::{JoinedText, Node, Syntax};
use call::Call;
pub(super) use files::{file, plain_path, render};

/// The value of a call; `None` if it is unknown.
pub(super) fn call(
    evaluator: &Evaluator<'_>,
    name: &str,
    operands: &[Node],
    node: &Node,
    scope: Scope<'_>,
) -> Option<Node> {
    if let "try" | "coalesce" | "can" = name {
        return first_of(evaluator, name, operands, node, scope);
    }
    let mut arguments = Vec::with_capacity(operands.len());
    for operand in operands {
        match operand.as_tagged().filter(|tagged| tagged.tag == "...") {
            Some(spread) => {
                let [list] = spread.value.as_array()? else {
                    return None;
                };
                let list = evaluator.evaluate(list, scope);
                arguments.extend_from_slice(list.as_array()?);
            }
            None => arguments.push(evaluator.evaluate(operand, scope)),
        }
    }
    let call = Call {
        evaluator,
        span: node.span,
        name,
    };
    call.with_alternatives(&mut arguments)
}

/// The first argument that has a value.
fn first_of(
    evaluator: &Evaluator<'_>,
    name: &str,
    operands: &[Node],
    node: &Node,
    scope: Scope<'_>,
) -> Option<Node> {
    let mut possible = Vec::new();
    for operand in operands {
        let before = evaluator.issues.borrow().len();
        let found = evaluator.evaluate(operand, scope);
        let is_unknown = found.is_unknown() && value::decoded(&found).is_none();
        if is_unknown {
            // Whether it fails is unknown, too.
            evaluator.issues.borrow_mut().truncate(before);
        }
        let is_absent = found.is_null() || found.as_str().is_some_and(str::is_empty);
        if name == "coalesce" && is_absent {
            continue;
        }
        possible.push(found);
        if !is_unknown {
            break;
        }
    }
    match possible.as_slice() {
        _ if name == "can" => None,
        [] => None,
        _ => Some(value::either(possible, node.span)),
    }
}

impl Call<'_, '_> {
    /// Calls the function for each alternative of the first argument that has some.
    fn with_alternatives(&self, arguments: &mut [Node]) -> Option<Node> {
        let Some(at) = arguments
            .iter()
            .position(|argument| value::alternatives(argument).is_some())
        else {
            return self.value(arguments);
        };
        let choice = std::mem::replace(&mut arguments[at], value::unknown(self.span));
        let mut values = Vec::new();
        for alternative in value::alternatives(&choice)? {
            if self.evaluator.sources.budget.is_spent() {
                return None;
            }
            arguments[at] = self.evaluator.sources.budget.copy(alternative);
            values.push(
                self.with_alternatives(arguments)
                    .unwrap_or_else(|| value::unknown(self.span)),
            );
        }
        arguments[at] = choice;
        Some(value::distinct(&mut values, self.span))
    }

    fn value(&self, arguments: &[Node]) -> Option<Node> {
        match (self.name, arguments) {
            ("jsonencode" | "yamlencode", [value]) => Some(value::encoded(value.clone())),
            ("jsondecode", [text]) => self.decode(text, Syntax::Json),
            ("yamldecode", [text]) => self.decode(text, Syntax::Yaml),
            ("tonumber", [text]) if text.as_str().is_some() => {
                Some(value::number(value::known_number(text)?, self.span))
            }
            ("tobool", [text]) if text.as_str().is_some() => {
                Some(value::boolean(value::known_bool(text)?, self.span))
            }
            (
                "sensitive" | "nonsensitive" | "ephemeralasnull" | "tomap" | "toset" | "tolist" | "tobool"
                | "tonumber",
                [value],
            ) => Some(value.clone()),
            _ => files::call(self, arguments)
                .or_else(|| strings::call(self, arguments))
                .or_else(|| collections::call(self, arguments)),
        }
    }

    /// The value of a JSON or YAML text.
    fn decode(&self, text: &Node, syntax: Syntax) -> Option<Node> {
        if let Some(value) = value::decoded(text) {
            return Some(value.clone());
        }
        let written = text.as_text()?;
        let mut joined = JoinedText::default();
        if !self.evaluator.sources.budget.take(2 * written.len()) {
            return None;
        }
        self.evaluator.sources.append(&mut joined, written);
        let mut document = self.evaluator.sources.parse(joined, syntax, text.span);
        let root = document.roots.pop()?;
        document.is_whole.then_some(root)
    }
}
