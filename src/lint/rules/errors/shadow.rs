//! Error names that an earlier retrier or catcher already matches.

use super::handler::{Handler, known};
use crate::asl::semantics::error_match;
use crate::diagnostic::Fix;
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::source::Span;
use crate::spec::error_name::TASK_FAILED;
use foldhash::HashMap;

/// Where a name was first.
#[derive(Clone, Copy)]
struct Seen<'n> {
    name: &'n str,
    /// How many other names were before it.
    order: usize,
    span: Span,
    /// The index of its retrier or catcher.
    handler: usize,
}

/// Reports the names in a list of retriers or catchers that can never match.
pub(super) fn check<'a, 'd: 'a>(
    cx: &Context<'_, '_>,
    kind: &str,
    list: Option<&Node>,
    handlers: impl Iterator<Item = Handler<'a, 'd>> + Clone,
    findings: &mut Findings<'_>,
) {
    if handlers.clone().map(|handler| handler.names.len()).sum::<usize>() < 2 {
        return;
    }
    let editor = cx.editor();
    let mut seen: HashMap<&str, Seen<'_>> = HashMap::default();
    for (index, handler) in handlers.enumerate() {
        let mut dead: Vec<(&Node, &str, Seen<'_>)> = Vec::new();
        for node in handler.names {
            let Some(name) = known(node) else { continue };
            let covering = [name, TASK_FAILED].into_iter().filter_map(|earlier| {
                let seen = seen.get(earlier).filter(|_| error_match::covers(earlier, name));
                seen.copied()
            });
            match covering.min_by_key(|seen| seen.order) {
                Some(seen) => dead.push((node, name, seen)),
                None => {
                    let new = Seen {
                        name,
                        order: seen.len(),
                        span: node.span,
                        handler: index,
                    };
                    seen.entry(name).or_insert(new);
                }
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
                .related(taken_by.span, "matched here")
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
            let message = if taken_by.handler != index {
                format!("`{name}` is already handled by an earlier {kind}")
            } else if taken_by.name == name {
                format!("duplicate error name `{name}` in this {kind}")
            } else {
                format!("`{}` in this {kind} already includes `{name}`", taken_by.name)
            };
            let names = handler.node.get("ErrorEquals");
            let removal = names.and_then(|names| {
                let items = names.as_array()?;
                let index = items.iter().position(|item| std::ptr::eq(item, node))?;
                Some(Fix::guess("remove it", editor.remove_item(names, index)))
            });
            findings.add(
                Finding::new(node.span, message)
                    .related(taken_by.span, "matched here")
                    .help("remove one of the two entries")
                    .fix(removal),
            );
        }
    }
}
