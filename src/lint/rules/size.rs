//! How many bytes a value takes as compact JSON, in UTF-8.

use crate::document::{Node, NodeKind, Text};
use crate::expr::jsonata;
use crate::spec::QueryLanguage;
use crate::value::{punctuation_len, string_len};

/// All of a value. What a template hides counts as nothing.
pub(super) fn json_len(node: &Node) -> usize {
    count(node, None)
}

/// What is written down in a payload template: what its expressions give counts as nothing.
pub(super) fn payload_json_len(node: &Node, language: QueryLanguage) -> usize {
    count(node, Some(language))
}

fn count(node: &Node, template: Option<QueryLanguage>) -> usize {
    match &node.kind {
        NodeKind::Null | NodeKind::Bool(true) => 4,
        NodeKind::Bool(false) => 5,
        NodeKind::Number(text) => text.len(),
        NodeKind::String(text) if is_jsonata(text, template) => 0,
        NodeKind::String(text) => string_len(text),
        NodeKind::Array(items) => {
            let lengths = items.iter().map(|item| count(item, template));
            punctuation_len(items.len()) + lengths.sum::<usize>()
        }
        NodeKind::Object(members) => {
            let lengths = members.iter().map(|m| {
                let is_path = template == Some(QueryLanguage::JsonPath) && m.key.ends_with(".$");
                let value = if is_path { 0 } else { count(&m.value, template) };
                string_len(&m.key) + 1 + value
            });
            punctuation_len(members.len()) + lengths.sum::<usize>()
        }
        NodeKind::Unknown | NodeKind::Tagged(_) => 0,
    }
}

fn is_jsonata(text: &Text, template: Option<QueryLanguage>) -> bool {
    template == Some(QueryLanguage::Jsonata) && jsonata::strip(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::{json_len, payload_json_len};
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use crate::spec::QueryLanguage;
    use std::sync::Arc;

    /// As it is, as a payload of JSONPath, and as one of JSONata.
    fn sizes(text: &str) -> [usize; 3] {
        let document = read(Arc::new(SourceFile::new("a.json", text)), Syntax::Json);
        let node = &document.roots[0];
        let payload = |language| payload_json_len(node, language);
        [
            json_len(node),
            payload(QueryLanguage::JsonPath),
            payload(QueryLanguage::Jsonata),
        ]
    }

    #[test]
    fn ignores_whitespace() {
        assert_eq!(sizes("[ 1 , true, null ]"), ["[1,true,null]".len(); 3]);
        let escaped = r#"{"a":"é\n\"","b":{}}"#;
        assert_eq!(sizes(r#"{"a": "\u00e9\n\"", "b": {}}"#), [escaped.len(); 3]);
    }

    #[test]
    fn ignores_computed_parts() {
        let (path, jsonata) = (r#"{"b.$":"$.x"}"#, r#"{"b":"{% $x %}"}"#);
        assert_eq!(sizes(path), [path.len(), r#"{"b.$":}"#.len(), path.len()]);
        assert_eq!(sizes(jsonata), [jsonata.len(), jsonata.len(), r#"{"b":}"#.len()]);
    }
}
