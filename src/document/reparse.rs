//! Incremental parsing: reading a source text again after a change, without reading what has not changed.

use super::change::{Change, path};
use super::duplicates;
use super::json;
use super::limits::MAX_VALUES;
use super::node::Node;
use super::parsed::Document;
use super::splice::Splice;
use super::subtree;
use super::syntax::Syntax;
use super::syntax_error::SyntaxError;
use crate::source::{SourceFile, Span};
use crate::spec::placeholder;
use std::sync::Arc;

/// Restores the source and the tree that a document had before [`reparse`].
#[derive(Debug)]
pub struct Undo {
    source: Arc<SourceFile>,
    /// `None` if the text is the same.
    splice: Option<Splice>,
}

/// Reads a source text that differs from that of a document at one place into that document, which becomes what reading the whole
/// text gives. `None` if the whole text has to be read, and the document is as it was: it has errors, or the change affects
/// more than its surroundings.
pub fn reparse(document: &mut Document, source: &Arc<SourceFile>) -> Option<Undo> {
    if document.roots.len() != 1 || !document.is_whole || !document.errors.is_empty() {
        return None;
    }
    let text = source.text();
    let mut part = Part::default();
    if text != document.source.text() {
        // A value takes at least one byte.
        if text.len() > MAX_VALUES {
            return None;
        }
        let change = Change::between(document.source.text(), text);
        part = match document.syntax {
            Syntax::Json | Syntax::Jsonc => in_json(document, source, change)?,
            _ => Part {
                splice: Some(subtree::read(document, text, change)?),
                ..Part::default()
            },
        };
    }
    let root = document.roots.first_mut()?;
    let mut back = None;
    if let Some(splice) = part.splice {
        let Some(splice) = splice.apply(root) else {
            // The tree is not the one that was looked at, and half changed.
            document.roots.clear();
            return None;
        };
        if let Some(members) = splice.container(root).and_then(Node::as_object) {
            duplicates::report(members, &mut part.errors);
        }
        back = Some(splice);
    }
    part.errors.sort_by_key(|error| error.span.start);
    document.errors = part.errors;
    document.is_whole = !part.has_skipped;
    let source = std::mem::replace(&mut document.source, Arc::clone(source));
    Some(Undo { source, splice: back })
}

/// What a change of the text does to a document.
#[derive(Default)]
struct Part {
    /// `None` if the text is the same.
    splice: Option<Splice>,
    errors: Vec<SyntaxError>,
    /// Whether text was skipped.
    has_skipped: bool,
}

/// Reads the elements around a change of a JSON text.
fn in_json(document: &Document, source: &SourceFile, change: Change) -> Option<Part> {
    let text = source.text();
    if placeholder::may_be_foreign(text.as_bytes()) {
        return None;
    }
    let path = path(document.roots.first()?, change)?;
    let is_json5 = document.syntax == Syntax::Jsonc;
    // A bracket that is added or removed affects what is around it, too.
    let mut ways = (1..=path.len()).rev().map(|length| &path[..length]);
    let (path, part) =
        ways.find_map(|path| Some((path, json::read_part(source, is_json5, path, change)?)))?;
    if !part.errors.is_empty() && may_be_unrendered(text, part.span) {
        return None;
    }
    let splice = Splice {
        path: path[..path.len() - 1].iter().map(|step| step.at).collect(),
        replaced: part.replaced,
        elements: part.elements,
        end: change.old_end,
        shift: change.shift(),
        last: None,
    };
    Some(Part {
        splice: Some(splice),
        errors: part.errors,
        has_skipped: !part.is_whole,
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

/// Whether an invalid text may contain directives of a template engine, given its invalid part. Directives are outside of
/// strings, so they are in that part.
fn may_be_unrendered(text: &str, part: Span) -> bool {
    let rest = text.get(part.end as usize..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let part = text.get(part.range()).unwrap_or_default();
    [part, line].iter().any(|text| text.contains(['#', '@']))
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
        let Some(undo) = reparse(&mut document, &source(new)) else {
            assert_eq!(shown(&document), before, "{old}\n{new}");
            return false;
        };
        let whole = read(source(new), syntax);
        assert_eq!(shown(&document), shown(&whole), "{old}\n{new}");
        undo.apply(&mut document);
        assert_eq!(shown(&document), before, "{old}\n{new}");
        true
    }

    const YAML: &str = "\
StartAt: A
States:
  A:
    Type: Task
    Resource: '${Arn}'   # comment
    Parameters: {a: 1, b: [x, y], 'c': \"d\"}
    Catch:
    - ErrorEquals: [States.ALL]
      Next: B

  # comment
  B:
    Type: Pass
    Result:
      - 1
      - - a
        - b
      - !Ref Queue
      - !If
        - x: 1
        - y
    Comment: |
      several

      lines
    Empty:
    End: true
  C:
    Type: Wait
    Seconds: 5
    Next: A
";

    const HCL: &str = r#"
resource "aws_sfn_state_machine" "m" {
  name = "m"
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Task", Resource = "${aws_lambda_function.f.arn}:1", Next = var.x ? "B" : "C" }
      "B" = {
        Type   = "Pass" # comment
        Result = [1, 2.5, { a = null }, [], {}, [for k, v in { a = [1] } : { (k) = v } if v != ""]]
        Input  = { for k, v in { a = [1] } : "${k}" => { b = v }... if { c = 1 }.c == 1 }
        Comment = <<-EOT
          text ${jsonencode({ a = { b = 1 } })}
        EOT
        End = true
      }
      C = merge({ Type = "Pass" }, { End = true })
    }
  })
  logging_configuration {
    level = "ALL"
  }
}
"#;

    #[test]
    fn reads_templates_in_part() {
        for (text, syntax, old, new, is_part) in [
            (YAML, Syntax::Yaml, "Seconds: 5", "Seconds: 50", true),
            (YAML, Syntax::Yaml, "Next: A\n", "Next: A\n    Comm\n", false),
            (YAML, Syntax::Yaml, "Next: A\n", "Next: A\n    Comment: x\n", true),
            (
                YAML,
                Syntax::Yaml,
                "    End: true\n",
                "    End: true\n    Note: x\n",
                true,
            ),
            (YAML, Syntax::Yaml, "      Next: B\n", "      Next: B2\n", true),
            (
                YAML,
                Syntax::Yaml,
                "        - b\n",
                "        - b\n        - c: d\n",
                true,
            ),
            (YAML, Syntax::Yaml, "        - y\n", "        - z\n", true),
            (YAML, Syntax::Yaml, "several", "other", true),
            (YAML, Syntax::Yaml, "Empty:", "Empty: [", false),
            (YAML, Syntax::Yaml, "Type: Pass", "Type: *x", false),
            (YAML, Syntax::Yaml, "    End: true", "  End: true", true),
            (YAML, Syntax::Yaml11, "Seconds: 5", "Seconds: 0o5", true),
            (HCL, Syntax::Hcl, "2.5", "2.55, true", true),
            (HCL, Syntax::Hcl, "\"Pass\" #", "\"Passes\" # and", true),
            (HCL, Syntax::Hcl, "a = [1]", "a = [1, 2]", true),
            (HCL, Syntax::Hcl, "{ c = 1", "{ c = 12", true),
            (HCL, Syntax::Hcl, "level", "levels", false),
            (HCL, Syntax::Hcl, "b = v", "b = v }", false),
            (HCL, Syntax::Hcl, "\"B\" :", "\"B :", false),
        ] {
            let changed = text.replacen(old, new, 1);
            assert_ne!(changed, text, "{old}");
            assert_eq!(is_read_in_part(text, &changed, syntax), is_part, "{old} -> {new}");
        }
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

        #[test]
        fn any_change_of_a_template_is_read_as_in_the_whole_text(
            at in any::<prop::sample::Index>(),
            length in 0_usize..20,
            new in "[\\]{}\\[,:\"' a1\n\\\\$#é/!&*|>?=-]{0,4}|\n {0,8}[a-c]: ?1|\n {0,8}- |[a-c] = 1|\\$\\{|\\}|<<E\n",
        ) {
            for (text, syntax) in [(YAML, Syntax::Yaml), (YAML, Syntax::Yaml11), (HCL, Syntax::Hcl)] {
                let mut at = at.index(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                let end = (at + length).min(text.len());
                let mut changed = text.to_owned();
                changed.replace_range(at..end, &new);
                is_read_in_part(text, &changed, syntax);
            }
        }
    }
}
