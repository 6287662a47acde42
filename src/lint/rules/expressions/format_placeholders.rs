//! `format-placeholders`

use super::accessors::{calls, place};
use crate::asl::{Expression, State};
use crate::expr::intrinsic::{Argument, ArgumentKind, Call, Piece, Unbalanced, pieces};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::source::Span;
use std::ops::Range;

declare_rule! {
    /// The template of `States.Format` does not match its arguments.
    ///
    /// ## What it does
    ///
    /// Compares the number of `{}` in literal templates with the number of arguments, and reports single braces. `\{`
    /// and `\}` are literal braces (in JSON `\\{` and `\\}`).
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the definition, but every execution that reaches this call fails with `States.Runtime`, which cannot
    /// be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"text.$": "States.Format('{} of {}', $.done)"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"text.$": "States.Format('{0}', $.done)"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"text.$": "States.Format('\\{{} of {}\\}', $.done, $.all)"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "format-placeholders",
        family: Expressions,
        severity: Error,
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, _state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    for call in calls(e) {
        if &*call.name != "States.Format" {
            continue;
        }
        let Some(Argument {
            kind: ArgumentKind::Text(template),
            range,
        }) = call.arguments.first()
        else {
            continue;
        };
        let given = call.arguments.len() - 1;
        match pieces(&template.raw) {
            Err(unbalanced) => {
                let (Unbalanced::Opening(at) | Unbalanced::Closing(at)) = unbalanced;
                let at = range.start + 1 + at;
                findings.add(lone(unbalanced, place(cx, e, at..at + 1)));
            }
            Ok(pieces) => {
                let wanted = pieces.iter().filter(|p| **p == Piece::Placeholder).count();
                if wanted != given {
                    let at = disputed(call, range, wanted);
                    findings.add(
                        Finding::new(
                            place(cx, e, at),
                            format!(
                                "template has {}, but the call passes {}",
                                prose::plural(wanted, "placeholder"),
                                prose::plural(given, "value")
                            ),
                        )
                        .help("pass one value for each `{}`; `\\{` and `\\}` are literal braces"),
                    );
                }
            }
        }
    }
}

/// The surplus values, or the template that needs more.
fn disputed(call: &Call, template: &Range<usize>, wanted: usize) -> Range<usize> {
    match (call.arguments.get(1 + wanted), call.arguments.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => template.clone(),
    }
}

fn lone(unbalanced: Unbalanced, span: Span) -> Finding<'static> {
    let (brace, escaped) = match unbalanced {
        Unbalanced::Opening(_) => ('{', "\\{"),
        Unbalanced::Closing(_) => ('}', "\\}"),
    };
    Finding::new(span, format!("unpaired `{brace}` in the template"))
        .label(unbalanced.to_string())
        .help(format!(
            "use `{{}}` for a value, or `{escaped}` for a literal brace"
        ))
}
