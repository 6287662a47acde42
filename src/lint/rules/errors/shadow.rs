//! Names of errors that an earlier retrier or catcher has already taken.

use super::handler::{Handler, known};
use crate::asl::semantics::error_match;
use crate::document::Node;
use crate::lint::finding::{Finding, Findings};
use crate::source::Span;

/// Reports what never gets a turn in a list of retriers or catchers.
pub(super) fn check(kind: &str, handlers: &[Handler<'_, '_>], findings: &mut Findings<'_>) {
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
                    format!("This {kind} never applies: an earlier one takes all its errors"),
                )
                .related(*taken_by, "taken here")
                .help("the first that matches is the only one that counts: remove this one, or move it up"),
            );
            continue;
        }
        for (node, name, taken_by) in dead {
            let is_own = seen.iter().any(|(_, span, i)| *span == taken_by && *i == index);
            let finding = if is_own {
                Finding::new(
                    node.span,
                    format!("`{name}` is already among the errors of this {kind}"),
                )
            } else {
                Finding::new(
                    node.span,
                    format!("`{name}` never gets to this {kind}: an earlier one takes it"),
                )
            };
            findings.add(
                finding
                    .related(taken_by, "taken here")
                    .help("remove the name here, or there"),
            );
        }
    }
}
