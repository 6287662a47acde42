//! How many bytes a value takes as compact JSON, in UTF-8.

use crate::document::{Node, NodeKind, Text};
use crate::expr::jsonata;
use crate::spec::QueryLanguage;

/// All of a value. What a template hides counts as nothing.
pub(super) fn of(node: &Node) -> usize {
    count(node, None)
}

/// What is written down in a payload template: what its expressions give counts as nothing.
pub(super) fn of_payload(node: &Node, language: QueryLanguage) -> usize {
    count(node, Some(language))
}

fn count(node: &Node, template: Option<QueryLanguage>) -> usize {
    match &node.kind {
        NodeKind::Null | NodeKind::Bool(true) => 4,
        NodeKind::Bool(false) => 5,
        NodeKind::Number(text) => text.len(),
        NodeKind::String(text) if is_jsonata(text, template) => 0,
        NodeKind::String(text) => of_string(text),
        NodeKind::Array(items) => {
            let lengths = items.iter().map(|item| count(item, template));
            brackets(items.len()) + lengths.sum::<usize>()
        }
        NodeKind::Object(members) => {
            let lengths = members.iter().map(|m| {
                let is_path = template == Some(QueryLanguage::JsonPath) && m.key.ends_with(".$");
                let value = if is_path { 0 } else { count(&m.value, template) };
                of_string(&m.key) + 1 + value
            });
            brackets(members.len()) + lengths.sum::<usize>()
        }
        NodeKind::Unknown | NodeKind::Tagged(_) => 0,
    }
}

fn is_jsonata(text: &Text, template: Option<QueryLanguage>) -> bool {
    template == Some(QueryLanguage::Jsonata) && jsonata::strip(text).is_some()
}

/// Two brackets, and a comma between any two of so many.
const fn brackets(items: usize) -> usize {
    2 + items.saturating_sub(1)
}

/// With quotes and escapes.
fn of_string(text: &str) -> usize {
    let escapes = text.bytes().map(|byte| match byte {
        b'"' | b'\\' | 0x08 | 0x09 | 0x0A | 0x0C | 0x0D => 2,
        0..0x20 => 6,
        _ => 1,
    });
    2 + escapes.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::{of, of_payload};
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use crate::spec::QueryLanguage;
    use std::sync::Arc;

    /// As it is, as a payload of JSONPath, and as one of JSONata.
    fn sizes(text: &str) -> [usize; 3] {
        let document = read(Arc::new(SourceFile::new("a.json", text)), Syntax::Json);
        let node = &document.roots[0];
        let payload = |language| of_payload(node, language);
        [
            of(node),
            payload(QueryLanguage::JsonPath),
            payload(QueryLanguage::Jsonata),
        ]
    }

    #[test]
    fn blanks_count_for_nothing() {
        assert_eq!(sizes("[ 1 , true, null ]"), ["[1,true,null]".len(); 3]);
        let escaped = r#"{"a":"é\n\"","b":{}}"#;
        assert_eq!(sizes(r#"{"a": "\u00e9\n\"", "b": {}}"#), [escaped.len(); 3]);
    }

    #[test]
    fn what_is_computed_counts_for_nothing() {
        let (path, jsonata) = (r#"{"b.$":"$.x"}"#, r#"{"b":"{% $x %}"}"#);
        assert_eq!(sizes(path), [path.len(), r#"{"b.$":}"#.len(), path.len()]);
        assert_eq!(sizes(jsonata), [jsonata.len(), jsonata.len(), r#"{"b":}"#.len()]);
    }
}
