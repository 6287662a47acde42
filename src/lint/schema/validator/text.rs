//! The parts of a JSON text without white space between its tokens, as generators write it.

/// The members of an object, as the names and the texts of the values; `None` if it is malformed, or a name has an escape.
pub(super) fn members(object: &'static str) -> Option<Vec<(&'static str, &'static str)>> {
    let member = |part: &'static str| {
        let (name, value) = part.strip_prefix('"')?.split_once("\":")?;
        (!name.contains('\\')).then_some((name, value))
    };
    let inner = object.strip_prefix('{')?.strip_suffix('}')?;
    parts(inner)?.into_iter().map(member).collect()
}

/// The texts of the items of an array.
pub(super) fn items(array: &'static str) -> Option<Vec<&'static str>> {
    parts(array.strip_prefix('[')?.strip_suffix(']')?)
}

/// A string without escapes.
pub(super) fn string(text: &'static str) -> Option<&'static str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('\\')).then_some(inner)
}

/// The parts between commas, other than commas in brackets and strings.
fn parts(text: &'static str) -> Option<Vec<&'static str>> {
    let mut parts = Vec::new();
    if text.is_empty() {
        return Some(parts);
    }
    let bytes = text.as_bytes();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_string(bytes, at + 1)?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(&text[start..]);
    (depth == 0).then_some(parts)
}

/// The place of the quote that ends a string.
fn end_of_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_parts() {
        assert_eq!(
            members(r#"{"a":{"b":[1,2]},"c":"x,\"}","d":[]}"#),
            Some(vec![("a", r#"{"b":[1,2]}"#), ("c", r#""x,\"}""#), ("d", "[]")])
        );
        assert_eq!(items(r#"["a",[1,2],{}]"#), Some(vec![r#""a""#, "[1,2]", "{}"]));
        assert_eq!((members("{}"), items("[]")), (Some(vec![]), Some(vec![])));
        for malformed in ["", "[", "{\"a\":[}", "{\"a}", "{1}", "{\"a\\n\":1}"] {
            assert_eq!(members(malformed), None, "{malformed}");
        }
        assert_eq!(
            (string(r#""a""#), string(r#""\n""#), string("1")),
            (Some("a"), None, None)
        );
    }
}
