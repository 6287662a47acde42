//! Reading a text again after a change, without reading what has not changed.

use super::change::{Change, Step, path};
use super::duplicates;
use super::json::{self, Elements};
use super::limits::MAX_VALUES;
use super::node::{Member, Node, NodeKind};
use super::parsed::Document;
use super::syntax::Syntax;
use crate::source::{SourceFile, Span};
use crate::spec::placeholder;
use std::ops::Range;
use std::sync::Arc;

/// The same as reading the whole text, for a text that differs from that of a document at one place. `None` if the whole
/// text has to be read: the document has errors, its syntax is not JSON, or the change affects more than its surroundings.
pub fn reread(base: &Document, source: &Arc<SourceFile>) -> Option<Document> {
    let is_json = matches!(base.syntax, Syntax::Json | Syntax::Jsonc);
    let [root] = base.roots.as_slice() else {
        return None;
    };
    if !is_json || !base.is_whole || !base.errors.is_empty() {
        return None;
    }
    let text = source.text();
    // A value takes at least two bytes.
    if text.len() > 2 * MAX_VALUES || placeholder::may_be_foreign(text.as_bytes()) {
        return None;
    }
    let change = Change::between(base.source.text(), text);
    let path = path(root, change)?;
    let is_json5 = base.syntax == Syntax::Jsonc;
    // A bracket that is added or removed affects what is around it, too.
    let mut ways = (1..=path.len()).rev().map(|length| &path[..length]);
    let (path, part) =
        ways.find_map(|path| Some((path, json::read_part(source, is_json5, path, change)?)))?;
    let mut errors = part.errors;
    if !errors.is_empty() && may_be_unrendered(text, part.span) {
        return None;
    }
    let shift = change.shift();
    let mut steps = path.iter().rev();
    let container = steps.next()?;
    let mut root = container.node.with_elements(part.replaced, part.elements, shift);
    if let NodeKind::Object(members) = &root.kind {
        duplicates::report(members, &mut errors);
    }
    for step in steps {
        let around = step.at..step.at + 1;
        root = step.node.with_elements(around, step.elements_with(root), shift);
    }
    errors.sort_by_key(|error| error.span.start);
    Some(Document {
        source: Arc::clone(source),
        syntax: base.syntax,
        roots: vec![root],
        errors,
        is_whole: part.is_whole,
    })
}

impl Step<'_> {
    /// The element at the change with another value.
    fn elements_with(&self, value: Node) -> Elements {
        match self.member() {
            Some(member) => Elements::Members(vec![Member {
                key: member.key.clone(),
                key_span: member.key_span,
                value,
            }]),
            None => Elements::Items(vec![value]),
        }
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
    /// An array or object with other elements in place of some. What follows them is shifted.
    fn with_elements(&self, replaced: Range<usize>, elements: Elements, shift: u32) -> Self {
        let kind = match (&self.kind, elements) {
            (NodeKind::Array(old), Elements::Items(new)) => {
                let moved = |item: &mut Self| item.shift(shift);
                NodeKind::Array(with_replaced(old, replaced, new, moved))
            }
            (NodeKind::Object(old), Elements::Members(new)) => {
                let moved = |member: &mut Member| member.shift(shift);
                NodeKind::Object(with_replaced(old, replaced, new, moved))
            }
            (kind, _) => kind.clone(),
        };
        let Span { start, end } = self.span;
        Self::new(kind, Span::new(start, end.wrapping_add(shift)))
    }
}

fn with_replaced<T: Clone>(old: &[T], replaced: Range<usize>, new: Vec<T>, moved: impl Fn(&mut T)) -> Vec<T> {
    let mut all = Vec::with_capacity(old.len() + new.len());
    all.extend_from_slice(&old[..replaced.start]);
    all.extend(new);
    let first = all.len();
    all.extend_from_slice(&old[replaced.end..]);
    all[first..].iter_mut().for_each(moved);
    all
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
        let base = read(source(old), syntax);
        let whole = read(source(new), syntax);
        let Some(part) = reread(&base, &source(new)) else {
            return false;
        };
        let shown =
            |document: &Document| format!("{:?}", (&document.roots, &document.errors, document.is_whole));
        assert_eq!(shown(&part), shown(&whole), "{old}\n{new}");
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
        ] {
            let changed = TEXT.replacen(old, new, 1);
            assert_ne!(changed, TEXT, "{old}");
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
