//! Placeholders: parts of a string that a template engine or a deployment tool replaces.
//!
//! Most definitions are templates of CloudFormation or Terraform, in which a placeholder is `${Name}` or `${expression}`.
//! Other tools have their own: `#{name}`, `{{name}}`, `<%= name %>`, `%%NAME%%`, `__NAME__`, and `<NAME>`, `%NAME%`,
//! `@NAME@`, or `@@NAME@@` as the entire text. Many also have directives, which repeat or remove parts of the text. What a
//! placeholder or a directive hides is never guessed.

/// Stands for a part of a string that nobody can know before deployment (U+FFFC, object replacement character).
pub const UNKNOWN: char = '\u{FFFC}';

/// The maximum length of a placeholder in bytes.
pub const MAX_LENGTH: usize = 4096;

/// The maximum depth of the braces and quotes in a `${…}`.
const MAX_DEPTH: u32 = 32;

/// For every byte, whether a placeholder may start with it.
const STARTS: [bool; 256] = {
    let mut starts = [false; 256];
    let mut i = 0;
    while i < b"$#{<%_@\xEF".len() {
        starts[b"$#{<%_@\xEF"[i] as usize] = true;
        i += 1;
    }
    starts
};

/// Whether a string contains a placeholder or a directive.
pub fn is_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Most long strings contain no placeholders. A fast search for their first characters rules them out.
    if bytes.len() > 64 && !text.contains("${") && !text.contains(UNKNOWN) && !may_be_foreign(bytes) {
        return is_whole(text);
    }
    let starts_at = |(at, byte): (usize, &u8)| may_start_with(*byte) && length_at(bytes, at).is_some();
    bytes.iter().enumerate().any(starts_at) || is_whole(text)
}

/// Whether the strings of a JSON text may contain placeholders of other tools than CloudFormation and Terraform. This is
/// much faster than looking at every string.
pub fn may_be_foreign(text: &[u8]) -> bool {
    let is_mark = |at: usize| {
        let before = at.checked_sub(1).map(|before| text[before]);
        match (before, text[at], text.get(at + 1)) {
            (Some(b'{'), b'%', _) => directive(&text[at - 1..]).is_some(),
            (Some(b'{'), b'#', _) => true,
            (Some(b'"'), b'<' | b'%', _) => true,
            (_, b'#', next) => next == Some(&b'{'),
            (_, b'<', next) => matches!(next, Some(b'%' | b'#' | b'@' | b'/')),
            (_, _, next) => matches!(next, Some(b'%' | b'{')),
        }
    };
    memchr::memchr3_iter(b'#', b'<', b'%', text).any(is_mark)
        || ["{{", "__", "\"@"]
            .iter()
            .any(|mark| memchr::memmem::find(text, mark.as_bytes()).is_some())
}

/// Whether a placeholder may start with a byte.
#[inline]
pub const fn may_start_with(byte: u8) -> bool {
    STARTS[byte as usize]
}

/// The length of the placeholder or directive at an offset of a string.
#[inline]
pub fn length(text: &[u8], at: usize) -> Option<usize> {
    // Almost no byte starts one, so only this check is inlined.
    let first = text.get(at)?;
    if may_start_with(*first) {
        length_at(text, at)
    } else {
        None
    }
}

fn length_at(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let between = |open: &str, close: &str| enclosed(rest, open.as_bytes(), close.as_bytes());
    let found = match rest {
        [b'$', b'{', ..] => expression(rest),
        [b'#', b'{', ..] => between("#{", "}"),
        [b'{', b'{', b'{', ..] => between("{{{", "}}}"),
        [b'{', b'{', ..] => between("{{", "}}"),
        [b'<', b'%', ..] => between("<%", "%>"),
        [b'%', b'%', ..] => name(rest, b"%%", |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')
        }),
        [b'_', b'_', ..] => {
            // `APP__SECTION__KEY` is an ordinary name.
            let is_of_name = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
            let length = name(rest, b"__", |b| b.is_ascii_uppercase() || b.is_ascii_digit())?;
            let is_part = at > 0 && is_of_name(at - 1) || is_of_name(at + length);
            (!is_part).then_some(length)
        }
        [0xEF, ..] => rest
            .starts_with("\u{FFFC}".as_bytes())
            .then_some(UNKNOWN.len_utf8()),
        _ => None,
    };
    found.or_else(|| directive(rest))
}

/// The length of the directive that a string starts with: a part of a template that is executed and not itself replaced by a
/// value, such as `{% for x in y %}`, `%{ if x }`, `<#if x>`, `<% end %>`, or `{{#each x}}`.
pub fn directive(text: &[u8]) -> Option<usize> {
    let between = |open: usize, close: &str| {
        let inner = &text[open..text.len().min(MAX_LENGTH)];
        Some(open + memchr::memmem::find(inner, close.as_bytes())? + close.len())
    };
    match text {
        [b'{', b'%', rest @ ..] => {
            let word = first_word(rest);
            (STATEMENTS.contains(&word) || word.starts_with("end")).then(|| between(2, "%}"))?
        }
        [b'{', b'#', ..] => between(2, "#}"),
        [b'%', b'{', rest @ ..] => ["if", "else", "endif", "for", "endfor"]
            .contains(&first_word(rest))
            .then(|| between(2, "}"))?,
        [b'<', b'#', b'-', b'-', ..] => between(4, "-->"),
        [b'<', b'#' | b'@', c, ..] | [b'<', b'/', b'#' | b'@', c, ..] if c.is_ascii_alphabetic() => {
            between(2, ">")
        }
        [b'<', b'%', b'=', ..] => None,
        [b'<', b'%', ..] => between(2, "%>"),
        [b'{', b'{', b'#' | b'/' | b'^' | b'!' | b'>' | b'~', ..] => between(2, "}}"),
        [b'{', b'{', rest @ ..] => {
            let is_comment = after_trim_mark(rest).starts_with(b"/*");
            (is_comment || ACTIONS.contains(&first_word(rest))).then(|| between(2, "}}"))?
        }
        _ => None,
    }
}

/// The first words of statements in `{% %}`, besides those that start with `end`. A JSONata expression never starts with
/// one of them followed by anything that is valid.
const STATEMENTS: [&str; 27] = [
    "assign",
    "autoescape",
    "block",
    "call",
    "capture",
    "case",
    "comment",
    "do",
    "elif",
    "else",
    "elseif",
    "elsif",
    "extends",
    "filter",
    "for",
    "from",
    "if",
    "import",
    "include",
    "liquid",
    "macro",
    "raw",
    "set",
    "unless",
    "verbatim",
    "when",
    "with",
];

/// The first words of Go templates in `{{ }}` that are not replaced by a value.
const ACTIONS: [&str; 9] = [
    "block", "break", "continue", "define", "else", "end", "if", "range", "with",
];

/// The text of a directive after the mark that trims the text before it.
fn after_trim_mark(text: &[u8]) -> &[u8] {
    match text.trim_ascii_start() {
        [b'-' | b'+' | b'~', rest @ ..] => rest.trim_ascii_start(),
        text => text,
    }
}

/// The first word of a directive.
fn first_word(text: &[u8]) -> &str {
    let text = after_trim_mark(text);
    let length = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    std::str::from_utf8(&text[..length]).unwrap_or_default()
}

/// The length of the `${…}` that a string starts with: up to its own brace. The expression in it may contain operators, line
/// breaks, braces, and quoted strings with expressions in turn.
pub fn expression(text: &[u8]) -> Option<usize> {
    if !text.starts_with(b"${") {
        return None;
    }
    // One bit per level, the innermost lowest: whether it is a quoted text.
    let (mut levels, mut depth) = (0_u32, 1);
    let mut at = 2;
    while at < text.len().min(MAX_LENGTH) {
        let is_quoted = levels & 1 == 1;
        let is_interpolation = is_quoted && text[at] == b'$' && text.get(at + 1) == Some(&b'{');
        match text[at] {
            b'\\' => at += 1,
            b'"' if is_quoted => (levels, depth) = (levels >> 1, depth - 1),
            b'"' if depth < MAX_DEPTH => (levels, depth) = (levels << 1 | 1, depth + 1),
            b'{' if !is_quoted && depth < MAX_DEPTH => (levels, depth) = (levels << 1, depth + 1),
            _ if is_interpolation && depth < MAX_DEPTH => {
                (levels, depth) = (levels << 1, depth + 1);
                at += 1;
            }
            b'}' if !is_quoted => (levels, depth) = (levels >> 1, depth - 1),
            b'"' | b'{' => return None,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The length of the text from `open` to `close`, with something other than braces between them.
fn enclosed(text: &[u8], open: &[u8], close: &[u8]) -> Option<usize> {
    let inner = text.get(open.len()..text.len().min(MAX_LENGTH))?;
    let length = memchr::memmem::find(inner, close)?;
    let is_name = inner[..length].iter().any(|b| !b.is_ascii_whitespace())
        && !inner[..length].iter().any(|b| matches!(b, b'{' | b'}'));
    is_name.then_some(open.len() + length + close.len())
}

/// The length of a name between two `mark`s. It starts with a letter, and an underscore in it is a single one.
fn name(text: &[u8], mark: &[u8], is_of_name: impl Fn(u8) -> bool) -> Option<usize> {
    let inner = text.strip_prefix(mark)?;
    let length = memchr::memmem::find(&inner[..inner.len().min(MAX_LENGTH)], mark)?;
    let is_name = inner.first().is_some_and(u8::is_ascii_alphabetic)
        && inner[..length].iter().all(|&b| b == b'_' || is_of_name(b));
    is_name.then_some(length + 2 * mark.len())
}

/// Whether the entire text is a placeholder of a kind that may also occur inside of ordinary text.
fn is_whole(text: &str) -> bool {
    if !text.starts_with(['<', '%', '@', '_']) {
        return false;
    }
    let between = |open: &str, close: &str| text.strip_prefix(open)?.strip_suffix(close);
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let is_name = |name: &str| {
        name.len() > 1
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || is_word(b) && !b.is_ascii_lowercase())
    };
    between("<", ">").is_some_and(|inner| !inner.trim().is_empty() && !inner.contains(['<', '>']))
        || between("%", "%").is_some_and(is_name)
        || between("@", "@").is_some_and(is_name)
        || between("@@", "@@").is_some_and(is_name)
        || between("__", "__").is_some_and(|inner| {
            inner.starts_with(|c: char| c.is_ascii_alphabetic()) && inner.bytes().all(is_word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_ends_at_its_own_brace() {
        for (text, expected) in [
            ("${a} b", Some("${a}")),
            ("${a}}", Some("${a}")),
            ("${f({x: 1})}b", Some("${f({x: 1})}")),
            (
                r#"${env != "dev" ? "a" : "b"}" c"#,
                Some(r#"${env != "dev" ? "a" : "b"}"#),
            ),
            (r#"${a["}"]}b}"#, Some(r#"${a["}"]}"#)),
            (
                r#"${a ? "x-${b["}"]}" : "y"}}"#,
                Some(r#"${a ? "x-${b["}"]}" : "y"}"#),
            ),
            (r#"${a[\"b\"]}"#, Some(r#"${a[\"b\"]}"#)),
            ("${a\n}\n", Some("${a\n}")),
            ("${a", None),
            (r#"${a"}"#, None),
            ("$a{b}", None),
        ] {
            let found = expression(text.as_bytes()).map(|length| &text[..length]);
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(expression("${".repeat(4000).as_bytes()), None);
        assert_eq!(
            expression(format!("${{{}}}", "a".repeat(MAX_LENGTH)).as_bytes()),
            None
        );
    }

    #[test]
    fn finds_the_placeholders_of_other_tools() {
        for text in [
            "arn:${AWS::Partition}:x",
            "#{name}",
            "a-#{AWS::Region}-b",
            "{{NAME}}",
            "a {{ name | default('x') }} b",
            "{{resolve:ssm:name}}",
            "%%NAME%%",
            "x-%%env.name%%",
            "<%= name %>",
            "<% name %>",
            "__NAME__",
            "arn:aws:lambda:__REGION__:__ACCOUNT_ID__:function:f",
            "__tbd__",
            "<NAME>",
            "<the ARN of your function>",
            "%NAME%",
            "@NAME@",
            "@@NAME@@",
            "a\u{FFFC}b",
        ] {
            assert!(is_in(text), "{text}");
        }
        for text in [
            "",
            "a$b{c}",
            "${open",
            "#{open",
            "#{}",
            "Hello {{}}",
            "{}",
            "{\"a\":{\"b\":{}}}",
            "100%% of 50%%",
            "a__b__c",
            "APP__SECTION__KEY",
            "x.__type__",
            "<b>text</b>",
            "a < b and c > d",
            "<>",
            "% of %",
            "me@example.com",
            "LIKE '%ERROR%'",
            "{% $x %}",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }

    #[test]
    fn detects_texts_that_may_contain_other_placeholders() {
        for text in ["{\"a\": \"#{x}\"}", "{\"a\": \"<X>\"}", "{\"a\": \"__X__\"}"] {
            assert!(may_be_foreign(text.as_bytes()), "{text}");
        }
        assert!(may_be_foreign(b"{\"a\": \"{% if x %}\"}"));
        assert!(!may_be_foreign(
            b"{\"a\": \"${x}\", \"b\": {\"c\": {}}, \"d\": \"{% $x < 5 %}\"}"
        ));
    }

    #[test]
    fn distinguishes_directives_from_placeholders_and_expressions() {
        for text in [
            "{% for x in y %}",
            "{%- if x -%}",
            "{% endfor %}",
            "{# a comment #}",
            "%{ if x }",
            "%{~ for k, v in m ~}",
            "%{ endif }",
            "<#if x gt 1>",
            "</#if>",
            "<#-- a > b -->",
            "<@macro x/>",
            "<% if x %>",
            "<%- end -%>",
            "{{#each items}}",
            "{{/each}}",
            "{{ if .Values.x }}",
            "{{- range $i, $x := .Values.items }}",
            "{{- end }}",
            "{{/* a comment */}}",
            "{{- /* a comment */ -}}",
        ] {
            assert_eq!(directive(text.as_bytes()), Some(text.len()), "{text}");
            assert!(is_in(&format!("a {text} b")), "{text}");
        }
        for text in [
            "{% $x %}",
            "{% iffy %}",
            "{% $states.input %}",
            "%{x}",
            "<%= x %>",
            "{{ x }}",
            "{{ include \"x\" . }}",
            "<b>",
            "{% for x in y",
        ] {
            assert_eq!(directive(text.as_bytes()), None, "{text}");
        }
    }
}
