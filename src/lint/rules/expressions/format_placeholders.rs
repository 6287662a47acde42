//! `format-placeholders`

use crate::diagnostic::{Edit, Fix};
use crate::source::Span;
use super::accessors::{calls, place};
use crate::asl::{Expression, State};
use crate::expr::intrinsic::{Argument, ArgumentKind, Call, Piece, Unbalanced, pieces};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
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
        fix: Unsafe,
        check: Check::Intrinsic(check),
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
                let fix = paired(cx, e, &template.raw, range.start + 1, unbalanced, given);
                let (Unbalanced::Opening(at) | Unbalanced::Closing(at)) = unbalanced;
                let at = range.start + 1 + at;
                findings.add(unbalanced_brace(unbalanced, place(cx, e, at..at + 1)).fix(fix));
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
                        .help("pass one value for each `{}`; `\\{` and `\\}` are literal braces")
                        .fix(balanced(cx, e, range, wanted, given)),
                    );
                }
            }
        }
    }
}

/// Adds placeholders for the values that have none. Which values are missing is unknown.
fn balanced(
    cx: &Context<'_, '_>,
    e: &Expression<'_>,
    template: &Range<usize>,
    wanted: usize,
    given: usize,
) -> Option<Fix> {
    let missing = given.checked_sub(wanted).filter(|&missing| missing > 0)?;
    let end = template.end.checked_sub(1)?;
    let at = place(cx, e, end..end).start;
    let text = e.text.get(e.offset + template.start + 1..e.offset + end)?;
    let space = if text.is_empty() || text.ends_with(' ') { "" } else { " " };
    let added = format!("{space}{}", vec!["{}"; missing].join(" "));
    let title = format!("add {}", prose::plural(missing, "placeholder"));
    Some(Fix::guess(title, vec![Edit::insert(at, added)]))
}

/// The surplus values, or the template that needs more.
fn disputed(call: &Call, template: &Range<usize>, wanted: usize) -> Range<usize> {
    match (call.arguments.get(1 + wanted), call.arguments.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => template.clone(),
    }
}

/// Makes the braces of a template, which starts at an offset of the call, a placeholder for each value: `{0}` and `{name}`, as
/// other languages write it, a brace that is not closed, or one that is meant as text.
fn paired(
    cx: &Context<'_, '_>,
    e: &Expression<'_>,
    template: &str,
    start: usize,
    unbalanced: Unbalanced,
    values: usize,
) -> Option<Fix> {
    let (Unbalanced::Opening(at) | Unbalanced::Closing(at)) = unbalanced;
    let is_opening = matches!(unbalanced, Unbalanced::Opening(_));
    let rest = template.get(at + 1..)?;
    let close = rest.find('}').filter(|_| is_opening);
    let candidates = [
        close.map(|close| ("replace it with `{}`", at + 1..at + 1 + close, "")),
        is_opening.then_some(("close the brace", at + 1..at + 1, "}")),
        (!is_opening).then_some(("open the brace", at..at, "{")),
        Some(("escape the brace", at..at, "\\")),
    ];
    let is_balanced = |(_, range, new): &(&str, Range<usize>, &str)| {
        let mut changed = template.to_owned();
        changed.replace_range(range.clone(), new);
        let count = |pieces: Vec<Piece>| pieces.iter().filter(|p| **p == Piece::Placeholder).count();
        pieces(&changed).is_ok_and(|pieces| count(pieces) == values)
    };
    let (title, range, new) = candidates.into_iter().flatten().find(is_balanced)?;
    let mut text = e.text.as_str().to_owned();
    let start = e.offset + start;
    text.replace_range(start + range.start..start + range.end, new);
    Some(Fix::guess(title, cx.editor().rewrite(e.node.span, e.text, &text)))
}

fn unbalanced_brace(unbalanced: Unbalanced, span: Span) -> Finding<'static> {
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
