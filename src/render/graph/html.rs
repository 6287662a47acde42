//! HTML: a self-contained page with the SVG drawing, which can be panned, zoomed, and searched, and which shows the
//! definition and marks of each state.

mod entries;

use super::settings::Settings;
use super::svg::escape;
use super::{json, svg};
use crate::graph::{Change, Graph};
use crate::source::SourceFile;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::path::Path;

/// The data for the page's script.
#[derive(Serialize)]
struct Data<'a> {
    graph: json::Document<'a>,
    /// The parts of the sources that contain states, without duplicates: nested states share one.
    texts: Vec<&'a str>,
    /// The location of each state's text, by node id.
    written: BTreeMap<String, TextRange>,
    /// The types of each state's input and output, by node id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    types: BTreeMap<String, [String; 2]>,
    #[serde(flatten)]
    entries: entries::Entries<'a>,
}

/// A byte range in one of the texts.
#[derive(Serialize)]
struct TextRange {
    text: usize,
    from: usize,
    to: usize,
}

/// The parts of the page's script, which share one scope.
const SCRIPT: &str = concat!(
    include_str!("html/script/view.js"),
    include_str!("html/script/panel.js"),
    include_str!("html/script/search.js"),
    include_str!("html/script/execution.js"),
    include_str!("html/script/timeline.js"),
    include_str!("html/script/look.js"),
    include_str!("html/script/keyboard.js"),
);

pub(super) fn write(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (texts, written) = written(graph, settings);
    let data = Data {
        graph: json::document(graph, settings),
        texts,
        written,
        types: types(graph, settings),
        entries: entries::entries(&graph.visits),
    };
    let data = in_script(&serde_json::to_string(&data)?);
    let name = settings.source.map_or("State machine", title);
    write!(
        out,
        include_str!("html/page.html"),
        title = escape(name),
        css = include_str!("html/page.css"),
        js = SCRIPT,
        svg = svg::picture(graph, settings),
        data = data,
    )
}

/// The last component of a path.
fn title(source: &SourceFile) -> &str {
    let name = Path::new(source.name()).file_name();
    name.and_then(|name| name.to_str()).unwrap_or(source.name())
}

/// The parts of the sources that contain states, and the location of each state in them.
fn written<'a>(graph: &Graph<'_>, settings: Settings<'a>) -> (Vec<&'a str>, BTreeMap<String, TextRange>) {
    let mut texts = Vec::new();
    let mut places = BTreeMap::new();
    for (source, is_older) in [(settings.source, false), (settings.older, true)] {
        let Some(source) = source.map(SourceFile::text) else {
            continue;
        };
        let of_source =
            |node: &&crate::graph::Node<'_>| (node.mark.change == Some(Change::Removed)) == is_older;
        let spans: Vec<(String, usize, usize)> = graph
            .nodes()
            .filter_map(|(n, node)| {
                let span = Some(node).filter(of_source)?.state?.node.span;
                let (from, to) = (span.start as usize, span.end as usize);
                source.get(from..to)?;
                Some((format!("n{}", n.index()), from, to))
            })
            .collect();
        let (Some(first), Some(last)) = (spans.iter().map(|s| s.1).min(), spans.iter().map(|s| s.2).max())
        else {
            continue;
        };
        let first = source[..first].rfind('\n').map_or(0, |newline| newline + 1);
        for (id, from, to) in spans {
            let place = TextRange {
                text: texts.len(),
                from: from - first,
                to: to - first,
            };
            places.insert(id, place);
        }
        texts.push(&source[first..last]);
    }
    (texts, places)
}

/// The types of the data at each state of the definition.
fn types(graph: &Graph<'_>, settings: Settings<'_>) -> BTreeMap<String, [String; 2]> {
    let Some(listing) = settings.types else {
        return BTreeMap::new();
    };
    let mut by_pointer: HashMap<&str, [String; 2]> = listing.summaries().collect();
    let states = graph
        .nodes()
        .filter(|(_, node)| node.mark.change != Some(Change::Removed));
    states
        .filter_map(|(n, node)| {
            let types = by_pointer.remove(node.state?.pointer().as_str())?;
            Some((format!("n{}", n.index()), types))
        })
        .collect()
}

/// Escapes JSON for a `script` element so that it can neither end the element nor start a comment.
fn in_script(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn escaped_json_is_equal_and_cannot_end_the_script(
            text in "(</script>|<!--|-->|]]>|&lt;|\u{2028}|\"|\\\\|<|\\PC|[\u{0}-\u{1f}]){0,20}",
        ) {
            let json = serde_json::to_string(&text).unwrap();
            let inside = in_script(&json);
            let is_unsafe = inside.contains(['<', '>', '&', '\u{2028}', '\u{2029}']);
            prop_assert!(!is_unsafe);
            prop_assert_eq!(serde_json::from_str::<String>(&inside).unwrap(), text);
        }
    }
}
