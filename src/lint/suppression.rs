//! `asl-ignore: rule, rule` in the `Comment` of a state or a state machine suppresses the findings of those rules in it.

use super::context::Context;
use super::registry;
use super::rule::Rule;
use super::rules::syntax::unknown_rule_in_comment;
use super::settings::{Level, Settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Node, Text};
use crate::prose;
use crate::source::Span;
use foldhash::HashMap;
use std::borrow::Cow;
use std::cmp::Reverse;

/// Precedes the names of rules in a comment.
pub const DIRECTIVE: &str = "asl-ignore:";

/// The findings of a machine after its comments have been applied.
pub(super) struct Outcome {
    /// The findings that no comment suppresses.
    pub(super) kept: Vec<Diagnostic>,
    /// How many findings comments suppress.
    pub(super) suppressed: usize,
    /// A finding for each name in a comment that is not, or no longer, a rule's.
    pub(super) unknown: Vec<Diagnostic>,
}

/// Applies the `asl-ignore` comments of a machine and its states.
pub(super) fn apply(
    cx: &Context<'_, '_>,
    root: &Node,
    settings: &Settings,
    findings: Vec<Diagnostic>,
) -> Outcome {
    let (ignored, unknown): (Vec<_>, Vec<_>) = directives(cx)
        .into_iter()
        .map(|directive| (registry::find(&directive.name), directive))
        .partition(|(rule, _)| rule.is_some());
    let before = findings.len();
    let mut kept = findings;
    if !ignored.is_empty() {
        let scopes = scopes_by_rule(&ignored);
        let is_ignored = |d: &Diagnostic| scopes.get(d.rule).is_some_and(|scopes| is_within(d.span, scopes));
        kept.retain(|d| !is_ignored(d));
    }
    let report = |severity| {
        let names = unknown.iter().map(|(_, directive)| directive);
        let unknown = names.map(|d| unknown_rule(root, severity, d));
        let renamed = ignored.iter().filter_map(|(rule, d)| {
            let message = registry::deprecation(&d.name, (*rule)?)?;
            Some(diagnostic(root, severity, message, d.span))
        });
        unknown.chain(renamed).collect()
    };
    Outcome {
        suppressed: before - kept.len(),
        kept,
        unknown: match settings.level(&unknown_rule_in_comment::RULE) {
            Level::Report(severity) => report(severity),
            Level::Allow => Vec::new(),
        },
    }
}

/// The scopes in which each rule is ignored, sorted, without those inside another.
fn scopes_by_rule(ignored: &[(Option<&'static Rule>, Directive)]) -> HashMap<&'static str, Vec<Span>> {
    let mut scopes: HashMap<&str, Vec<Span>> = HashMap::default();
    for (rule, directive) in ignored {
        if let Some(rule) = rule {
            scopes.entry(rule.name).or_default().push(directive.scope);
        }
    }
    for scopes in scopes.values_mut() {
        scopes.sort_unstable_by_key(|scope| (scope.start, Reverse(scope.end)));
        scopes.dedup_by(|inner, outer| outer.contains(*inner));
    }
    scopes
}

/// Whether a location is in one of several sorted scopes.
fn is_within(span: Span, scopes: &[Span]) -> bool {
    let next = scopes.partition_point(|scope| scope.start <= span.start);
    next > 0 && scopes[next - 1].contains(span)
}

/// One name after the mark of a comment.
struct Directive {
    /// The object in which the rule is ignored, a state's name included.
    scope: Span,
    name: String,
    /// The name in the file.
    span: Span,
}

fn directives(cx: &Context<'_, '_>) -> Vec<Directive> {
    let mut out = Vec::new();
    let mut read = |scope: Span, comment: Option<&Text>| {
        let Some(comment) = comment else { return };
        for (range, name) in names(comment) {
            let span = cx.place(comment, range);
            out.push(Directive { scope, name, span });
        }
    };
    for scope in &cx.scopes {
        read(scope.machine.node.span, scope.machine.comment);
        for state in &scope.machine.states {
            let start = state.name_span.start.min(state.node.span.start);
            read(Span::new(start, state.node.span.end), state.comment);
        }
    }
    out
}

fn unknown_rule(root: &Node, severity: Severity, directive: &Directive) -> Diagnostic {
    let name = &directive.name;
    let message = format!("unknown rule `{name}`");
    let mut diagnostic = diagnostic(root, severity, message, directive.span);
    let help = registry::closest(name).map_or_else(
        || Cow::from("run `asl explain` for a list of all rules"),
        |rule| prose::similar_name("rule", rule.name).into(),
    );
    diagnostic.help = Some(help);
    diagnostic
}

fn diagnostic(root: &Node, severity: Severity, message: String, span: Span) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(unknown_rule_in_comment::RULE.name, severity, message, span);
    diagnostic.pointer = root.pointer_to(span);
    diagnostic
}

/// The names after the mark, separated by commas, with their locations in the comment.
fn names(comment: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
    let list = comment
        .find(DIRECTIVE)
        .map(|at| (at + DIRECTIVE.len(), &comment[at + DIRECTIVE.len()..]));
    let mut out = Vec::new();
    if let Some((mut at, list)) = list {
        for part in list.split(',') {
            let name = part
                .trim_start()
                .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                .next();
            let name = name.unwrap_or_default();
            let start = at + (part.len() - part.trim_start().len());
            if !name.is_empty() {
                out.push((start..start + name.len(), name.to_owned()));
            }
            at += part.len() + 1;
            // The list ends after a name that is followed by other text.
            if part.trim().len() != name.len() {
                break;
            }
        }
    }
    out.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(comment: &str) -> Vec<String> {
        names(comment)
            .map(|(range, name)| format!("{}={name}", &comment[range]))
            .collect()
    }

    #[test]
    fn finds_the_scope_around_a_location() {
        let scopes = [Span::new(0, 10), Span::new(20, 30)];
        for (span, is_inside) in [
            ((0, 10), true),
            ((3, 4), true),
            ((9, 21), false),
            ((20, 22), true),
            ((30, 31), false),
        ] {
            assert_eq!(
                is_within(Span::new(span.0, span.1), &scopes),
                is_inside,
                "{span:?}"
            );
        }
    }

    #[test]
    fn stops_at_text_after_a_name() {
        assert_eq!(listed("Charges. asl-ignore: a-b, c"), ["a-b=a-b", "c=c"]);
        assert_eq!(listed("asl-ignore: a-b since it polls, c"), ["a-b=a-b"]);
        assert!(listed("nothing").is_empty() && listed("asl-ignore:").is_empty());
    }
}
