//! `invalid-jsonpath`

use crate::diagnostic::{Edit, Fix};
use super::accessors::{aws_node, field_name, place};
use super::intended_syntax::IntendedSyntax;
use crate::asl::{AllowedExpression, Expression, Owner, Parsed, State};
use crate::expr::jsonpath::{Path, Root};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use std::ops::Range;

declare_rule! {
    /// A path is not valid JSONPath.
    ///
    /// ## What it does
    ///
    /// Parses every path of JSONPath states in the dialect of Step Functions (Jayway's, with the context object `$$`
    /// and variables `$name`) and reports the first syntax error.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.order[", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "$.order. id"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.orders[?(@.total > 10)]['order id']", "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-jsonpath",
        family: Expressions,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Unsafe,
        check: Check::Expression(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, e: &Expression<'_>, findings: &mut Findings<'_>) {
    let Some((range, reason, help)) = fault(e) else {
        return;
    };
    let name = field_name(e);
    let finding = Finding::new(
        place(cx, e, range.clone()),
        format!("`{name}` is not a valid JSONPath: {reason}"),
    );
    let finding = finding.fix(intended_fix(cx, state, e));
    let finding = match help {
        Some(help) => finding.help(help),
        None => finding,
    };
    findings.add(match e.key {
        Some(key) => finding.aws_at(AwsMessage::InvalidDollarValue(key), aws_node(state, e)),
        None => finding.aws_at(rejection(e, range.start), e.node.span),
    });
}

/// Text where a path is expected: a literal if the field has such a form, or else the name of a field.
fn intended_fix(cx: &Context<'_, '_>, state: &State<'_>, e: &Expression<'_>) -> Option<Fix> {
    let text = e.text.as_str();
    let is_text = matches!(e.parsed(), Parsed::Malformed(_)) && IntendedSyntax::guess(text) == IntendedSyntax::Text;
    if !is_text || e.key.is_some() || text.is_empty() {
        return None;
    }
    if matches!(e.field, "ErrorPath" | "CausePath") {
        let literal = e.field.trim_end_matches("Path");
        let member = state.node.member(e.field).filter(|_| state.node.get(literal).is_none())?;
        let title = format!("rename the field to `{literal}`");
        return Some(Fix::guess(title, cx.editor().rename(member, literal)));
    }
    let path = format!("$.{text}");
    Path::parse(&path).ok()?;
    let title = format!("replace it with `{path}`");
    Some(Fix::guess(title, vec![Edit::new(place(cx, e, 0..0), "$.")]))
}

/// The location of the error, the reason, and advice.
fn fault<'e>(e: &'e Expression<'_>) -> Option<(Range<usize>, &'e str, Option<String>)> {
    match e.parsed() {
        Parsed::Path(path) => unread(path).map(|range| (range, "unexpected end", None)),
        Parsed::Malformed(_) if e.allowed == AllowedExpression::Jsonata => None,
        Parsed::Malformed(error) => match (IntendedSyntax::guess(e.text), e.key) {
            (IntendedSyntax::Path, _) => {
                let reason = error.message.trim_end_matches(['.', ' ']);
                Some((error.range.clone(), reason, None))
            }
            (IntendedSyntax::Text, None) => {
                Some((0..e.text.len(), "it must begin with `$`", Some(advice(e))))
            }
            // `literal-under-dollar-key` reports text under a `.$` key; other rules report calls and JSONata.
            _ => None,
        },
        _ => None,
    }
}

/// Jayway's parser stops before a last character that begins a step, as in `$.a[`. AWS accepts `*` there, as in `$.a[*]*`.
fn unread(path: &Path) -> Option<Range<usize>> {
    let blanks = path.text().len() - path.text().trim_start_matches(|c: char| c <= ' ').len();
    let root = blanks
        + match path.root() {
            Root::Input => 1,
            Root::Context => 2,
            Root::Variable(name) => 1 + name.len(),
        };
    let read = path.steps().last().map_or(root, |step| step.range.end);
    let end = path.text().trim_end_matches(|c: char| c <= ' ').len();
    (read < end && path.text().get(read..end) != Some("*")).then_some(read..end)
}

/// Advice for plain text where a path is expected.
fn advice(e: &Expression<'_>) -> String {
    let text = e.text.as_str();
    match e.field {
        "ErrorPath" | "CausePath" => format!(
            "use `{}` for literal text, or a path to the text",
            e.field.trim_end_matches("Path")
        ),
        _ if !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_')) =>
        {
            format!("use `$.{text}` to read the field")
        }
        _ => "use a path such as `$.order.id`".into(),
    }
}

/// AWS has a separate parser, with other messages, for the paths of Choice rules.
fn rejection(e: &Expression<'_>, at: usize) -> AwsMessage<'static> {
    if !matches!(e.owner, Owner::ChoiceRule(_)) {
        return AwsMessage::InvalidJsonPath;
    }
    if !e.text.starts_with('$') {
        return AwsMessage::ReferencePathWithoutDollar;
    }
    if e.text.get(at..).is_some_and(|rest| rest.starts_with('[')) {
        return AwsMessage::ReferencePathWithBracket;
    }
    AwsMessage::NotAReferencePath
}
