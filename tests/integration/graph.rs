//! `asl graph`: what every format must keep of a definition.

pub(crate) mod definitions;
mod html;
mod marks;
mod parse;
mod schema;
mod transitions;

use aslkit::document::{Document, Syntax, read};
use aslkit::graph::Graph;
use aslkit::render::graph::{Detail, Direction, Format, Settings};
use aslkit::render::style::Style;
use aslkit::source::SourceFile;
use std::sync::Arc;

fn document(name: &str, text: &str) -> Document {
    let syntax = Syntax::from_path(name.as_ref()).unwrap_or(Syntax::Json);
    read(Arc::new(SourceFile::new(name, text)), syntax)
}

fn draw(graph: &Graph<'_>, format: Format, detail: Detail) -> String {
    let settings = Settings {
        detail,
        direction: Direction::TopToBottom,
        markdown: false,
        style: &Style::PLAIN,
        source: None,
        older: None,
        types: None,
    };
    let mut out = Vec::new();
    format.write(graph, settings, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
