//! `asl-ignore: rule, rule` in the `Comment` of a state or a machine keeps those rules quiet inside it.

use super::context::Context;
use super::registry;
use super::rules::syntax::unknown_rule_in_comment;
use super::settings::{Level, Settings};
use crate::diagnostic::Diagnostic;
use crate::document::{Node, Text};
use crate::prose;
use crate::source::Span;
use std::borrow::Cow;

const MARK: &str = "asl-ignore:";

/// Drops what comments keep quiet, and reports the rules that no comment can name.
pub(super) fn apply(cx: &Context<'_, '_>, root: &Node, settings: &Settings, out: &mut Vec<Diagnostic>) {
    let mut quiet: Vec<(Span, &str)> = Vec::new();
    let mut unknown = Vec::new();
    let mut read = |span: Span, comment: &Text, quiet: &mut Vec<(Span, String)>| {
        for (range, name) in names(comment) {
            if registry::find(&name).is_some() {
                quiet.push((span, name));
            } else {
                unknown.push((cx.place(comment, range), name));
            }
        }
    };
    let mut found = Vec::new();
    for scope in &cx.scopes {
        scope
            .machine
            .comment
            .into_iter()
            .for_each(|c| read(scope.machine.node.span, c, &mut found));
        for state in &scope.machine.states {
            let span = Span::new(
                state.name_span.start.min(state.node.span.start),
                state.node.span.end,
            );
            state.comment.into_iter().for_each(|c| read(span, c, &mut found));
        }
    }
    quiet.extend(found.iter().map(|(span, name)| (*span, name.as_str())));
    if !quiet.is_empty() {
        out.retain(|d| {
            !quiet
                .iter()
                .any(|(span, name)| *name == d.rule && span.contains(d.span))
        });
    }
    let Level::Report(severity) = settings.level(&unknown_rule_in_comment::RULE) else {
        return;
    };
    for (span, name) in unknown {
        let message = format!("No rule is called `{name}`");
        let mut diagnostic = Diagnostic::new(unknown_rule_in_comment::RULE.name, severity, message, span);
        diagnostic.pointer = root.pointer_to(span);
        let help = registry::closest(&name).map_or_else(
            || Cow::from("`asl explain` lists the rules"),
            |rule| prose::similar_name("rule", rule.name).into(),
        );
        diagnostic.help = Some(help);
        out.push(diagnostic);
    }
}

/// The names after the mark, with their places in the comment: words of a rule's letters, separated by commas.
fn names(comment: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
    let list = comment
        .find(MARK)
        .map(|at| (at + MARK.len(), &comment[at + MARK.len()..]));
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
            // The list ends where a name is followed by other words.
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
    fn names_end_where_prose_begins() {
        assert_eq!(listed("Charges. asl-ignore: a-b, c"), ["a-b=a-b", "c=c"]);
        assert_eq!(listed("asl-ignore: a-b since it polls, c"), ["a-b=a-b"]);
        assert!(listed("nothing").is_empty() && listed("asl-ignore:").is_empty());
    }
}
