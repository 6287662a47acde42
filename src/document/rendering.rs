//! Templates that a template engine has yet to render, and that are not valid JSON or YAML until then.

use super::syntax::Syntax;
use super::syntax_error::{SyntaxError, SyntaxErrorKind};
use crate::source::{Span, to_offset};
use crate::spec::placeholder;
use std::ops::Range;

/// A part of a source text that a template engine replaces.
struct Mark {
    place: Range<usize>,
    /// Whether a value replaces it.
    is_value: bool,
}

/// The error for a template whose first directive is at a span.
pub(super) fn unrendered(first: Span) -> SyntaxError {
    SyntaxError {
        kind: SyntaxErrorKind::Unrendered,
        span: first,
        message: "file is an unrendered template".into(),
        help: Some("check the rendered file; only the files that this one references were checked".into()),
        first: None,
    }
}

/// Whether a source text may contain directives, or expressions other than `${…}`. This is fast.
pub(super) fn may_have_directives(text: &str) -> bool {
    placeholder::may_be_foreign(text.as_bytes())
}

/// The text of an unrendered template without its directives: they are blanked out byte by byte, and expressions outside
/// of strings become `${…}`, so that the rest can be parsed and all offsets stay the same. Also returns the span of the
/// first one; `None` if there is none.
pub(super) fn without_directives(text: &str, syntax: Syntax) -> Option<(Span, String)> {
    let marks = match syntax {
        Syntax::Json | Syntax::Jsonc => marks_in_json(text),
        Syntax::Yaml | Syntax::Yaml11 => marks_in_yaml(text),
        Syntax::Hcl | Syntax::HclTemplate => return None,
    };
    let first = marks.first()?.place.clone();
    let mut blank = String::with_capacity(text.len());
    for mark in marks {
        blank.push_str(&text[blank.len()..mark.place.start]);
        if mark.is_value && mark.place.len() > 3 {
            blank.push_str("${");
            blank.extend(std::iter::repeat_n('x', mark.place.len() - 3));
            blank.push('}');
        } else {
            let bytes = text[mark.place].bytes();
            blank.extend(bytes.map(|b| {
                if matches!(b, b'\n' | b'\r') {
                    char::from(b)
                } else {
                    ' '
                }
            }));
        }
    }
    blank.push_str(&text[blank.len()..]);
    Some((Span::new(to_offset(first.start), to_offset(first.end)), blank))
}

/// The directives and expressions outside of strings.
fn marks_in_json(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut marks = Vec::new();
    if !may_have_directives(text) && memchr::memchr2(b'#', b'@', bytes).is_none() {
        return marks;
    }
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            at = end_of_string(bytes, at + 1);
        } else if let Some(mark) = mark(text, at).or_else(|| mark_in_json(text, at)) {
            at = mark.place.end;
            marks.push(mark);
        } else {
            at += 1;
        }
    }
    marks
}

/// The marks that mean something else in YAML: `@NAME@`, and the directives of Velocity, which end with their line.
fn mark_in_json(text: &str, at: usize) -> Option<Mark> {
    let rest = text.get(at..)?;
    if let Some(name) = rest.strip_prefix('@') {
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
        let is_closed = length > 0 && name[length..].starts_with('@');
        return is_closed.then_some(Mark {
            place: at..at + length + 2,
            is_value: true,
        });
    }
    let words = [
        "#set(",
        "#foreach(",
        "#if(",
        "#elseif(",
        "#else",
        "#end",
        "#parse(",
        "#macro(",
    ];
    // The end of the line is searched only for a directive: a source text of one line has many other places.
    let is_directive = words.iter().any(|word| rest.starts_with(word));
    is_directive.then(|| Mark {
        place: at..at + rest.lines().next().unwrap_or_default().len(),
        is_value: false,
    })
}

/// Where the string whose content starts at an offset ends; at a line end, if it is not closed before.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' => return at,
            b'\\' => at += 2,
            _ => at += placeholder::length(bytes, at).unwrap_or(1),
        }
    }
    bytes.len()
}

/// The directives and expressions outside of quoted values.
fn marks_in_yaml(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let start = line_start;
        line_start += line.len();
        let end_of_last = marks.last().map_or(0, |mark| mark.place.end);
        let value = start + value_column(line);
        if text[value..].starts_with(['"', '\'', '#']) {
            continue;
        }
        let mut at = start.max(end_of_last);
        while at < line_start {
            // In the middle of a plain scalar, an expression is text.
            let found = mark(text, at)
                .filter(|mark| !mark.is_value || at == value || text[start..at].trim().is_empty());
            if let Some(mark) = found {
                at = mark.place.end;
                marks.push(mark);
            } else {
                at += 1;
            }
        }
    }
    marks
}

/// The column of the value in a line of YAML: after `- ` and `key: `.
fn value_column(line: &str) -> usize {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    if let Some((key, value)) = rest.split_once(": ")
        && !key.contains(['{', '<', '%'])
    {
        rest = value.trim_start();
    }
    line.len() - rest.len()
}

/// The directive or expression at an offset outside of strings, other than `${…}`.
fn mark(text: &str, at: usize) -> Option<Mark> {
    let bytes = text.as_bytes();
    let found = |length: usize, is_value| Mark {
        place: at..at + length,
        is_value,
    };
    if let Some(length) = placeholder::directive(&bytes[at..]) {
        return Some(found(length, false));
    }
    match bytes[at] {
        b'#' | b'{' | b'<' | b'%' | b'_' => placeholder::length(bytes, at).map(|length| found(length, true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn blanks(text: &str, syntax: Syntax, expected: Option<&str>) {
        let blank = without_directives(text, syntax).map(|(_, blank)| blank);
        assert_eq!(blank.as_deref(), expected, "{text}");
    }

    #[test]
    fn blanks_directives_in_place() {
        blanks(
            "{%- if é %}\na: {{ b }}\n",
            Syntax::Yaml,
            Some("            \na: ${xxxx}\n"),
        );
        blanks(
            "{{- if .X }}\n- {{ .Y | quote }}\n{{ end }}",
            Syntax::Yaml,
            Some("            \n- ${xxxxxxxxxxxxx}\n         "),
        );
        blanks("a: '{{ b }}'\nc: d {{ e }}\n", Syntax::Yaml, None);
        blanks("a: '{% $x %}'\nb: {% $y %}", Syntax::Yaml, None);
        blanks("{\"a\": {{ b }}}", Syntax::Json, Some("{\"a\": ${xxxx}}"));
        blanks(
            "[%{ for x in y ~}\n1, %{ endfor ~}\n2]",
            Syntax::Json,
            Some("[                \n1,             \n2]"),
        );
        blanks("{\"a\": \"{{ b[\"c\"] }}\"}", Syntax::Json, None);
        blanks(
            "{\"a\": \"{% if b %}\", <#if c>\"d\": 1</#if>}",
            Syntax::Json,
            Some("{\"a\": \"{% if b %}\",        \"d\": 1      }"),
        );
        blanks("{\"a\": {\"b\": {}}}", Syntax::Json, None);
        blanks(
            "{\n#if($a)\n\"b\": @CD@\n#end\n}",
            Syntax::Json,
            Some("{\n       \n\"b\": ${x}\n    \n}"),
        );
    }
}
