//! Values of other files inside of a definition.

use super::joined_files::JoinedFiles;
use super::read_budget::ReadBudget;
use crate::document::{Document, Member, Node, NodeKind};
use crate::source::SourceFile;
use std::sync::Arc;

/// The maximum number of files that lead to a value.
const MAX_FILES: usize = 8;

/// Finds the value that replaces a reference to another file; `text` is the text of the node's spans.
pub(super) type Find<'f> = &'f mut dyn FnMut(&Node, &str) -> Option<(Arc<SourceFile>, Node)>;

/// The document with the values of other files in the places that reference them. An object that is inserted into an
/// object with other members is merged with it.
pub(super) fn splice(mut document: Document, budget: &ReadBudget<'_>, find: Find<'_>) -> Document {
    let mut splicer = Splicer {
        files: JoinedFiles::new(&document.source),
        budget,
        find,
        is_changed: false,
    };
    let roots: Vec<Node> = document.roots.iter().map(|root| splicer.node(root, 0)).collect();
    if splicer.is_changed {
        document.roots = roots;
        document.source = splicer.files.source(document.source.name());
    }
    document
}

struct Splicer<'s> {
    files: JoinedFiles,
    budget: &'s ReadBudget<'s>,
    find: Find<'s>,
    is_changed: bool,
}

impl Splicer<'_> {
    fn node(&mut self, node: &Node, depth: usize) -> Node {
        if !self.budget.take(node.as_str().map_or(0, str::len)) {
            return Node::new(NodeKind::Unknown, node.span);
        }
        if depth < MAX_FILES
            && let Some((file, mut found)) = (self.find)(node, self.files.text())
            && let Some(start) = self.files.add(&file)
        {
            self.is_changed = true;
            found.shift(start);
            let mut found = self.node(&found, depth + 1);
            let others = node.as_object().unwrap_or_default().iter();
            let others: Vec<Member> = others
                .filter(|m| m.key.as_str() != "Fn::Transform")
                .cloned()
                .collect();
            if let NodeKind::Object(members) = &mut found.kind {
                for other in others {
                    let value = self.node(&other.value, depth);
                    members.push(Member { value, ..other });
                }
            }
            return found;
        }
        let kind = match &node.kind {
            NodeKind::Array(items) => {
                NodeKind::Array(items.iter().map(|item| self.node(item, depth)).collect())
            }
            NodeKind::Object(members) => {
                let member = |m: &Member| Member {
                    key: m.key.clone(),
                    key_span: m.key_span,
                    value: self.node(&m.value, depth),
                };
                NodeKind::Object(members.iter().map(member).collect())
            }
            kind => kind.clone(),
        };
        Node::new(kind, node.span)
    }
}
