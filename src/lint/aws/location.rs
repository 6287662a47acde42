//! Where AWS reports an error.

use crate::document::Node;
use crate::source::Span;

/// AWS's form of a pointer: `/States/A/Choices[0]/Next`; the machine itself is `/`.
pub(in crate::lint) fn location(machine: &Node, span: Span) -> String {
    let mut location = String::new();
    let mut node = machine;
    'down: loop {
        let (items, members) = (
            node.as_array().unwrap_or_default(),
            node.as_object().unwrap_or_default(),
        );
        for (i, item) in items.iter().enumerate() {
            if item.span.contains(span) {
                push_fmt!(location, "[{i}]");
                node = item;
                continue 'down;
            }
        }
        for m in members {
            if m.key_span.contains(span) || m.value.span.contains(span) {
                location.push('/');
                location.push_str(&m.key);
                if m.key_span.contains(span) {
                    return location;
                }
                node = &m.value;
                continue 'down;
            }
        }
        if location.is_empty() {
            location.push('/');
        }
        return location;
    }
}
