//! Data that is inline or in a file.

use super::yaml::Yaml;
use crate::document::Node;
use crate::suite::model::Content;

/// A file, or data.
pub(super) fn content(yaml: &mut Yaml<'_>, key: &str, content: &Content) {
    match content {
        Content::File(path) => yaml.text(key, path),
        Content::Inline(node) => match quoted_string(node) {
            Some(text) => yaml.text(key, &text),
            None => yaml.node(key, node),
        },
    }
}

/// A string as JSON text: without its quotes, it would be the path of a file.
fn quoted_string(node: &Node) -> Option<String> {
    let text = node.as_str()?;
    if text.starts_with('"') {
        return Some(text.to_owned());
    }
    Some(crate::value::Value::from(text).to_json())
}
