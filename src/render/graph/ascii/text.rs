//! Signs and captions in a terminal.

use crate::graph::{Node, NodeKind};
use crate::render::graph::caption::Caption;
use crate::spec::StateType;

/// The symbol before a name.
pub(super) const fn sign(node: &Node<'_>, unicode: bool) -> &'static str {
    match node.kind {
        NodeKind::Missing => "? ",
        NodeKind::State(Some(StateType::Choice)) if unicode => "◇ ",
        NodeKind::State(Some(StateType::Wait)) if unicode => "◷ ",
        NodeKind::State(Some(StateType::Succeed)) if unicode => "✓ ",
        NodeKind::State(Some(StateType::Fail)) if unicode => "✗ ",
        _ => "",
    }
}

/// The smaller lines of a caption joined in one line.
pub(super) fn facts(caption: &Caption) -> String {
    caption.lines.join(" · ")
}
