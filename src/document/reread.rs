//! Reading a text again after a change, without reading what has not changed.

use super::change::{Change, path};
use super::duplicates;
use super::json::{self, Elements};
use super::limits::MAX_VALUES;
use super::node::{Node, NodeKind};
use super::parsed::Document;
use super::syntax::Syntax;
use crate::source::{SourceFile, Span};
use crate::spec::placeholder;
use std::ops::Range;
use std::sync::Arc;

/// What takes a document back to the text that it had before it was read again.
#[derive(Debug)]
pub struct Undo {
    source: Arc<SourceFile>,
    /// `None` if the text is the same.
    splice: Option<Splice>,
}

/// Elements of one array or object in place of others.
#[derive(Debug)]
struct Splice {
    /// The indexes of the elements that lead to the array or object.
    way: Vec<usize>,
    replaced: Range<usize>,
    elements: Elements,
    /// What is added to the offsets after them; it wraps if the text gets shorter.
    shift: u32,
}

/// Reads a text that differs from that of a document at one place into that document, which becomes what reading the whole
/// text gives. `None` if the whole text has to be read, and the document is as it was: it has errors, its syntax is not
/// JSON, or the change affects more than its surroundings.
pub fn reread(document: &mut Document, source: &Arc<SourceFile>) -> Option<Undo> {
    let is_json = matches!(document.syntax, Syntax::Json | Syntax::Jsonc);
    let [root] = document.roots.as_mut_slice() else {
        return None;
    };
    if !is_json || !document.is_whole || !document.errors.is_empty() {
        return None;
    }
    let text = source.text();
    if text == document.source.text() {
        let source = std::mem::replace(&mut document.source, Arc::clone(source));
        return Some(Undo { source, splice: None });
    }
    // A value takes at least two bytes.
    if text.len() > 2 * MAX_VALUES || placeholder::may_be_foreign(text.as_bytes()) {
        return None;
    }
    let change = Change::between(document.source.text(), text);
    let path = path(root, change)?;
    let is_json5 = document.syntax == Syntax::Jsonc;
    // A bracket that is added or removed affects what is around it, too.
    let mut ways = (1..=path.len()).rev().map(|length| &path[..length]);
    let (path, part) =
        ways.find_map(|path| Some((path, json::read_part(source, is_json5, path, change)?)))?;
    let mut errors = part.errors;
    if !errors.is_empty() && may_be_unrendered(text, part.span) {
        return None;
    }
    let splice = Splice {
        way: path[..path.len() - 1].iter().map(|step| step.at).collect(),
        replaced: part.replaced,
        elements: part.elements,
        shift: change.shift(),
    };
    let splice = splice.apply(root)?;
    if let NodeKind::Object(members) = &splice.container(root)?.kind {
        duplicates::report(members, &mut errors);
    }
    errors.sort_by_key(|error| error.span.start);
    document.errors = errors;
    document.is_whole = part.is_whole;
    let source = std::mem::replace(&mut document.source, Arc::clone(source));
    Some(Undo {
        source,
        splice: Some(splice),
    })
}

impl Undo {
    /// Takes back the last change of a document.
    pub fn apply(self, document: &mut Document) {
        if let ([root], Some(splice)) = (document.roots.as_mut_slice(), self.splice) {
            splice.apply(root);
        }
        document.source = self.source;
        // Only a document without errors is changed.
        document.errors = Vec::new();
        document.is_whole = true;
    }
}

impl Splice {
    /// Replaces the elements, and returns what puts the old ones back.
    fn apply(self, root: &mut Node) -> Option<Self> {
        let Self {
            way,
            replaced,
            elements,
            shift,
        } = self;
        let mut node = root;
        for at in &way {
            node.move_from(at + 1, shift);
            node = node.element_mut(*at)?;
        }
        let (added, elements) = match (&mut node.kind, elements) {
            (NodeKind::Array(items), Elements::Items(new)) => {
                let added = new.len();
                let old = items.splice(replaced.clone(), new).collect();
                (added, Elements::Items(old))
            }
            (NodeKind::Object(members), Elements::Members(new)) => {
                let added = new.len();
                let old = members.splice(replaced.clone(), new).collect();
                (added, Elements::Members(old))
            }
            _ => return None,
        };
        let end = replaced.start + added;
        node.move_from(end, shift);
        Some(Self {
            way,
            replaced: replaced.start..end,
            elements,
            shift: shift.wrapping_neg(),
        })
    }

    /// The array or object whose elements are replaced.
    fn container<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        self.way.iter().try_fold(root, |node, at| match &node.kind {
            NodeKind::Array(items) => items.get(*at),
            NodeKind::Object(members) => members.get(*at).map(|member| &member.value),
            _ => None,
        })
    }
}

/// Whether an invalid text may contain directives of a template engine, given its invalid part. Directives are outside of
/// strings, so they are in that part.
fn may_be_unrendered(text: &str, part: Span) -> bool {
    let rest = text.get(part.end as usize..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let part = text.get(part.range()).unwrap_or_default();
    [part, line].iter().any(|text| text.contains(['#', '@']))
}

impl Node {
    /// Moves the end of an array or object, and its elements from an index on.
    fn move_from(&mut self, first: usize, shift: u32) {
        self.span.end = self.span.end.wrapping_add(shift);
        match &mut self.kind {
            NodeKind::Array(items) => items.iter_mut().skip(first).for_each(|item| item.shift(shift)),
            NodeKind::Object(members) => {
                let rest = members.iter_mut().skip(first);
                rest.for_each(|member| member.shift(shift));
            }
            _ => {}
        }
    }

    /// The element of an array, or the value of a member, at an index.
    fn element_mut(&mut self, at: usize) -> Option<&mut Self> {
        match &mut self.kind {
            NodeKind::Array(items) => items.get_mut(at),
            NodeKind::Object(members) => members.get_mut(at).map(|member| &mut member.value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Task", "Resource": "${Arn}", "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }], "Next": "B" },
    "B": { "Type": "Pass", "Result": [1, 2.5, {"a": "\u00e9 \"x\""}, [], {}], "End": true },
    "C": { "Type": "Pass", "Output": "{% $x %}", "Comment": "${open", "End": true }
  }
}
"#;

    fn source(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile::new("a", text))
    }

    /// Whether the change was read alone. The result is what reading everything gives.
    fn is_read_in_part(old: &str, new: &str, syntax: Syntax) -> bool {
        let shown = |document: &Document| {
            let Document {
                source,
                roots,
                errors,
                is_whole,
                ..
            } = document;
            format!("{:?}", (source.text(), roots, errors, is_whole))
        };
        let mut document = read(source(old), syntax);
        let before = shown(&document);
        let Some(undo) = reread(&mut document, &source(new)) else {
            assert_eq!(shown(&document), before, "{old}\n{new}");
            return false;
        };
        let whole = read(source(new), syntax);
        assert_eq!(shown(&document), shown(&whole), "{old}\n{new}");
        undo.apply(&mut document);
        assert_eq!(shown(&document), before, "{old}\n{new}");
        true
    }

    #[test]
    fn reads_only_the_surroundings_of_a_change() {
        for (old, new, is_part) in [
            ("\"Next\": \"B\" },", "\"Next\": \"Bx\" },", true),
            ("\"End\": true },", "\"End\": true, \"\" },", true),
            ("\"End\": true },", "\"End\": true, },", true),
            ("\"End\": true },", " },", true),
            ("\"End\": true },", "\"Type\": \"Wait\" },", true),
            ("[1, 2.5,", "[", true),
            ("[], {}", "[,], {\"\"}", true),
            ("\"C\": {", "\"C\": {}, \"D\": {", true),
            ("\"C\": {", "\"C\": ", false),
            ("\"States\": {", "\"States\": {{", false),
            ("\"Catch\": [{", "\"Catch\": [{}, {", true),
            ("\"StartAt\": \"A\",", "\"StartAt\": \"A\"", true),
            ("\"StartAt\": \"A\",", "\"StartAt\": \"A,", true),
            ("\"StartAt\": \"A\",", "\"States\": \"A\",", true),
            ("\"StartAt\": \"A\",", "\"StartAt\": \"A\", #if(x)", false),
            ("\"End\": true }\n", "\"End\": \"}\" }\n", true),
            ("{\n  \"StartAt\"", "[\n  \"StartAt\"", false),
            ("\"End\"", "\"End\"", true),
        ] {
            let changed = TEXT.replacen(old, new, 1);
            assert_eq!(changed == TEXT, old == new, "{old}");
            assert_eq!(
                is_read_in_part(TEXT, &changed, Syntax::Json),
                is_part,
                "{old} -> {new}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn any_change_is_read_as_in_the_whole_text(
            at in any::<prop::sample::Index>(),
            length in 0_usize..20,
            new in "[\\]{}\\[,:\"' a1\n\\\\$#é/-]{0,4}|\"[a-c]\": ?1,|, \"D\": \\{\\}|\\$\\{|\\}",
        ) {
            let at = at.index(TEXT.len());
            let end = (at + length).min(TEXT.len());
            let mut changed = TEXT.to_owned();
            changed.replace_range(at..end, &new);
            for syntax in [Syntax::Json, Syntax::Jsonc] {
                is_read_in_part(TEXT, &changed, syntax);
            }
        }
    }
}
