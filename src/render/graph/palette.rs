//! Colors of drawings: fill, line, and text of each kind of node, for light and dark pages.

use crate::diagnostic::Severity;
use crate::graph::{Edge, Node, NodeKind};
use crate::spec::StateType;

/// The style of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeStyle {
    /// Its class; never `end`, which is a keyword of Mermaid.
    pub(super) class: &'static str,
    /// On a light page.
    pub(super) light: Colors,
    /// On a dark page.
    pub(super) dark: Colors,
}

/// Three colors, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colors {
    /// Fill color.
    pub(super) fill: &'static str,
    /// Outline color.
    pub(super) line: &'static str,
    /// Text color.
    pub(super) text: &'static str,
}

const fn colors(fill: &'static str, line: &'static str, text: &'static str) -> Colors {
    Colors { fill, line, text }
}

const fn style(class: &'static str, light: Colors, dark: Colors) -> NodeStyle {
    NodeStyle { class, light, dark }
}

/// The styles of all kinds of nodes, in output order. The contrast between text and fill is at least
/// 7 : 1.
pub(super) static STYLES: [NodeStyle; 12] = [
    style(
        "task",
        colors("#e3effd", "#2b6cb0", "#12263f"),
        colors("#16324f", "#63a4e8", "#e6f0fb"),
    ),
    style(
        "choice",
        colors("#fff3d6", "#b7791f", "#3d2a05"),
        colors("#45350f", "#e0b252", "#fdf3dc"),
    ),
    style(
        "wait",
        colors("#eee9fb", "#6b4fbb", "#251a4a"),
        colors("#2f2656", "#a893ea", "#efeafd"),
    ),
    style(
        "pass",
        colors("#eef1f5", "#64748b", "#1e2733"),
        colors("#29323f", "#94a3b8", "#e8edf4"),
    ),
    style(
        "succeed",
        colors("#dff5e6", "#23834b", "#0d3320"),
        colors("#123d27", "#57c788", "#e0f7e9"),
    ),
    style(
        "fail",
        colors("#fde6e4", "#c0392b", "#4d110b"),
        colors("#51201b", "#f08a7f", "#fdeae8"),
    ),
    style(
        "parallel",
        colors("#e2f4f4", "#1f7a80", "#0b3134"),
        colors("#123a3d", "#58bfc6", "#e0f6f7"),
    ),
    style(
        "map",
        colors("#e2f4f4", "#1f7a80", "#0b3134"),
        colors("#123a3d", "#58bfc6", "#e0f6f7"),
    ),
    style(
        "unknown",
        colors("#ffffff", "#64748b", "#1e2733"),
        colors("#1b212b", "#94a3b8", "#e8edf4"),
    ),
    style(
        "missing",
        colors("#ffffff", "#c0392b", "#8f1d12"),
        colors("#1b212b", "#f08a7f", "#ffb4ab"),
    ),
    style(
        "start",
        colors("#64748b", "#64748b", "#ffffff"),
        colors("#cbd5e1", "#cbd5e1", "#0f172a"),
    ),
    style(
        "stop",
        colors("#ffffff", "#334155", "#1e2733"),
        colors("#1b212b", "#cbd5e1", "#e8edf4"),
    ),
];

/// The style of a node.
pub(super) fn node_style(node: &Node<'_>) -> &'static NodeStyle {
    let class = match node.kind {
        NodeKind::Start => "start",
        NodeKind::End => "stop",
        NodeKind::Missing => "missing",
        NodeKind::State(None) => "unknown",
        NodeKind::State(Some(state_type)) => match state_type {
            StateType::Task => "task",
            StateType::Choice => "choice",
            StateType::Wait => "wait",
            StateType::Pass => "pass",
            StateType::Succeed => "succeed",
            StateType::Fail => "fail",
            StateType::Parallel => "parallel",
            StateType::Map => "map",
        },
    };
    STYLES.iter().find(|l| l.class == class).unwrap_or(&STYLES[0])
}

/// The style of a mark: its class, its line on light and dark pages, and whether it is dimmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkStyle {
    pub(super) class: &'static str,
    pub(super) light: &'static str,
    pub(super) dark: &'static str,
    /// Whether elements with this mark are dimmed.
    pub(super) is_faint: bool,
    pub(super) is_dashed: bool,
}

const fn mark_style(class: &'static str, light: &'static str, dark: &'static str) -> MarkStyle {
    MarkStyle {
        class,
        light,
        dark,
        is_faint: false,
        is_dashed: false,
    }
}

/// All marks, by precedence: of several marks on a node, the first one is shown.
pub(super) static MARK_STYLES: [MarkStyle; 8] = [
    mark_style("failed", "#c0392b", "#f08a7f"),
    MarkStyle {
        is_dashed: true,
        ..mark_style("removed", "#c0392b", "#f08a7f")
    },
    mark_style("added", "#23834b", "#57c788"),
    mark_style("changed", "#b7791f", "#e0b252"),
    mark_style("erroneous", "#c0392b", "#f08a7f"),
    mark_style("doubtful", "#b7791f", "#e0b252"),
    mark_style("taken", "#2b6cb0", "#63a4e8"),
    MarkStyle {
        is_faint: true,
        ..mark_style("idle", "#64748b", "#94a3b8")
    },
];

/// The style of a node's marks.
pub(super) fn node_mark(node: &Node<'_>) -> Option<&'static MarkStyle> {
    let mark = &node.mark;
    let is = |severity: Severity| mark.findings.iter().any(|f| f.severity == severity);
    let is_state = matches!(node.kind, NodeKind::State(_));
    let class = match (&mark.activity, mark.change) {
        (Some(trace), _) if trace.is_failure => "failed",
        (_, Some(change)) => change.as_str(),
        _ if is(Severity::Error) => "erroneous",
        _ if is(Severity::Warning) => "doubtful",
        (Some(trace), None) if is_state && trace.entries > 0 => "taken",
        (Some(_), None) if is_state => "idle",
        _ => return None,
    };
    MARK_STYLES.iter().find(|sign| sign.class == class)
}

/// The style of a transition's marks.
pub(super) fn edge_mark(edge: &Edge<'_>) -> Option<&'static MarkStyle> {
    let class = match (edge.mark.change, edge.mark.taken) {
        (Some(change), _) => change.as_str(),
        (None, Some(0)) => "idle",
        (None, Some(_)) => "taken",
        (None, None) => return None,
    };
    MARK_STYLES.iter().find(|sign| sign.class == class)
}

/// Lines of transitions, catchers, and clusters on light pages.
pub(super) const ARROW: &str = "#475569";
/// The line of a catcher's transition.
pub(super) const CATCH: &str = "#d64545";
/// The outline of a scope.
pub(super) const SCOPE: &str = "#94a3b8";

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(color: &str) -> f64 {
        let channel = |i: usize| {
            let v = f64::from(u8::from_str_radix(&color[i..i + 2], 16).unwrap()) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_outlines_have_enough_contrast() {
        for look in &STYLES {
            for ink in [look.light, look.dark]
                .into_iter()
                .filter(|_| look.class != "start")
            {
                assert!(contrast(ink.text, ink.fill) >= 7.0, "{} {ink:?}", look.class);
            }
            assert!(contrast(look.light.line, "#ffffff") >= 3.0, "{}", look.class);
            assert!(contrast(look.dark.line, "#0f1319") >= 3.0, "{}", look.class);
        }
    }
}
