//! Templates that a template engine (Jinja, cookiecutter) has yet to render, and that are not valid YAML or JSON until then.

use memchr::memmem;

/// The first words of Jinja statements. A JSONata expression `{% … %}` never starts with one of them.
const STATEMENTS: [&str; 14] = [
    "block", "elif", "else", "endblock", "endfor", "endif", "endmacro", "endraw", "extends", "for", "if",
    "include", "macro", "raw",
];

/// The offset of the first template engine statement in a text, or else of the first cookiecutter variable.
pub fn first_mark(text: &str) -> Option<usize> {
    // Every file is searched, so this uses a fast search.
    let places = |mark: &'static str| memmem::find_iter(text.as_bytes(), mark);
    places("{%")
        .find(|&at| is_statement(&text[at..]))
        .or_else(|| places("{{").find(|&at| text[at + 2..].trim_start().starts_with("cookiecutter.")))
}

fn is_statement(rest: &str) -> bool {
    let words = rest[2..].trim_start_matches(['-', '+']).trim_start();
    let end = words
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(words.len());
    STATEMENTS.contains(&&words[..end])
}

/// The offset of the first `{%` or `{{`.
fn mark(text: &str) -> Option<usize> {
    let mut braces = memchr::memchr_iter(b'{', text.as_bytes());
    braces.find(|at| matches!(text.as_bytes().get(at + 1), Some(b'%' | b'{')))
}

/// The text with the template engine's syntax blanked out byte by byte, so that the rest can be parsed and all offsets
/// stay the same. `None` if there is none.
pub(super) fn without_marks(text: &str) -> Option<String> {
    first_mark(text)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = mark(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (close, filler) = if rest.starts_with("{{") {
            ("}}", 'x')
        } else {
            ("%}", ' ')
        };
        let Some(length) = rest.find(close).map(|i| i + close.len()) else {
            break;
        };
        if close == "%}" && !is_statement(rest) {
            out.push_str(&rest[..length]);
        } else {
            let blank = |c: char| if matches!(c, '\n' | '\r') { c } else { filler };
            out.extend(
                rest[..length]
                    .chars()
                    .flat_map(|c| std::iter::repeat_n(blank(c), c.len_utf8())),
            );
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_template_syntax_in_place() {
        let text = "{%- if é %}\na: {{ b }}\n";
        let blank = without_marks(text).unwrap();
        assert_eq!(blank, "            \na: xxxxxxx\n");
        assert_eq!(blank.len(), text.len());
        assert!(without_marks("a: \"{% $x %}\"").is_none());
    }
}
