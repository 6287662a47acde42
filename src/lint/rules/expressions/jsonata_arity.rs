//! `jsonata-arity`

use super::accessors::{place, references};
use crate::asl::{Expression, Parsed, State};
use crate::expr::jsonata::builtins::{self, Builtin};
use crate::expr::jsonata::lex::{Token, TokenKind, lex};
use crate::expr::jsonata::{Reference, ReferenceKind};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::plural_suffix;

declare_rule! {
    /// A JSONata function has the wrong number of arguments.
    ///
    /// ## What it does
    ///
    /// Counts the arguments of calls of built-in functions. A value before `~>` counts as the first argument.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the definition, but the state fails with `States.QueryEvaluationError` when it evaluates the call.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $uuid(7) %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.input.tags ~> $join(', ') %}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "jsonata-arity",
        family: Expressions,
        severity: Error,
        check: Check::Jsonata(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let Parsed::Jsonata(expression) = e.parsed() else {
        return;
    };
    let built_in = |r: &'_ Reference| match &r.kind {
        ReferenceKind::Variable(name) if r.called && !r.bound => builtins::find(name),
        _ => None,
    };
    let mut calls = references(e)
        .iter()
        .filter_map(|r| Some((r, built_in(r)?)))
        .peekable();
    if calls.peek().is_none() {
        return;
    }
    // The expression parses, so it can be tokenized.
    let tokens = lex(expression.text()).unwrap_or_default();
    for (reference, function) in calls {
        let Some((count, end)) = arguments(&tokens, reference.range.start) else {
            continue;
        };
        if count >= function.min && function.max.is_none_or(|max| count <= max) {
            continue;
        }
        findings.add(Finding::new(
            place(cx, e, reference.range.start..end),
            format!("`${}` expects {}, not {count}", function.name, expected(*function)),
        ));
    }
}

fn expected(function: Builtin) -> String {
    match (function.min, function.max) {
        (_, Some(0)) => "no arguments".into(),
        (min, Some(max)) if min == max => format!("{max} argument{}", plural_suffix(max)),
        (min, Some(max)) => format!("{min} to {max} arguments"),
        (min, None) => format!("at least {min} argument{}", plural_suffix(min)),
    }
}

/// The number of arguments of the call whose name begins at a byte, and the byte after its closing parenthesis.
fn arguments(tokens: &[Token], name: usize) -> Option<(usize, usize)> {
    let is = |token: &Token, operators: &[&str]| matches!(token.kind, TokenKind::Operator(o) if operators.contains(&o));
    let at = tokens.iter().position(|t| t.range.start == name)?;
    let is_piped = at > 0 && is(&tokens[at - 1], &["~>"]);
    let inside = tokens.get(at + 1..)?;
    inside.first().filter(|t| is(t, &["("]))?;
    let (mut depth, mut commas, mut is_partial) = (0, 0, false);
    for (i, token) in inside.iter().enumerate() {
        if is(token, &["(", "[", "{"]) {
            depth += 1;
        } else if is(token, &[")", "]", "}"]) {
            depth -= 1;
        } else if depth == 1 && is(token, &[","]) {
            commas += 1;
        } else if depth == 1 && is(token, &["?"]) && is(&inside[i - 1], &["(", ","]) {
            is_partial = true;
        }
        if depth == 0 {
            let written = if i == 1 { 0 } else { commas + 1 };
            // With a `?` the call returns a function, which `~>` applies.
            return Some((written + usize::from(is_piped && !is_partial), token.range.end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_arguments() {
        let count = |text: &str| {
            arguments(&lex(text).unwrap(), text.find("$f").unwrap())
                .unwrap()
                .0
        };
        assert_eq!(["$f()", "$f(1)", "$f(1, [2, 3], g(4, 5))"].map(count), [0, 1, 3]);
        assert_eq!(count("$x ~> $f(?, 1)"), 2);
        assert_eq!(
            ["$x ~> $f()", "$x ~> $f(1)", "$f(function($a, $b){ $a, $b }, ?)"].map(count),
            [1, 2, 2]
        );
    }
}
