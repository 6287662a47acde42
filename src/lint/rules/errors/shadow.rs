//! Error names that an earlier retrier or catcher already matches.

use super::handler::{Handler, known};
use crate::asl::semantics::error_match;
use crate::diagnostic::Fix;
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::source::Span;

/// Reports the names in a list of retriers or catchers that can never match.
pub(super) fn check(
    cx: &Context<'_, '_>,
    kind: &str,
    list: Option<&Node>,
    handlers: &[Handler<'_, '_>],
    findings: &mut Findings<'_>,
) {
    let editor = cx.editor();
    let mut seen: Vec<(&str, Span, usize)> = Vec::new();
    for (index, handler) in handlers.iter().enumerate() {
        let mut dead: Vec<(&Node, &str, Span)> = Vec::new();
        for node in handler.names {
            let Some(name) = known(node) else { continue };
            match seen
                .iter()
                .find(|(earlier, ..)| error_match::covers(earlier, name))
            {
                Some((_, span, _)) => dead.push((node, name, *span)),
                None => seen.push((name, node.span, index)),
            }
        }
        let is_whole = dead.len() == handler.names.len();
        if let (true, Some((_, _, taken_by))) = (is_whole, dead.first()) {
            let place = handler
                .node
                .get("ErrorEquals")
                .map_or(handler.node.span, |n| n.span);
            findings.add(
                Finding::new(
                    place,
                    format!("this {kind} never applies: an earlier one matches all of its errors"),
                )
                .related(*taken_by, "matched here")
                .help("remove it or move it up; only the first match applies")
                .fix(list.and_then(|list| {
                    let index = list
                        .as_array()?
                        .iter()
                        .position(|item| std::ptr::eq(item, handler.node))?;
                    Some(Fix::guess("remove it", editor.remove_item(list, index)))
                })),
            );
            continue;
        }
        for (node, name, taken_by) in dead {
            let is_own = seen.iter().any(|(_, span, i)| *span == taken_by && *i == index);
            let finding = if is_own {
                Finding::new(node.span, format!("duplicate error name `{name}` in this {kind}"))
            } else {
                Finding::new(
                    node.span,
                    format!("`{name}` is already handled by an earlier {kind}"),
                )
            };
            let names = handler.node.get("ErrorEquals");
            let removal = names.and_then(|names| {
                let items = names.as_array()?;
                let index = items.iter().position(|item| std::ptr::eq(item, node))?;
                Some(Fix::guess("remove it", editor.remove_item(names, index)))
            });
            findings.add(
                finding
                    .related(taken_by, "matched here")
                    .help("remove one of the two entries")
                    .fix(removal),
            );
        }
    }
}
