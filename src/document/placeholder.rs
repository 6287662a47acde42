//! Template placeholders: `${Name}`.

/// The maximum length of a placeholder.
const MAX_LENGTH: usize = 4096;

/// The length of the `${…}` at the start of a text. It must be on one line, with balanced braces and quotes.
pub fn placeholder(text: &str) -> Option<usize> {
    placeholder_in(text.as_bytes())
}

/// Like [`placeholder`], for bytes.
pub(super) fn placeholder_in(rest: &[u8]) -> Option<usize> {
    if !rest.starts_with(b"${") {
        return None;
    }
    let (mut depth, mut quoted) = (0_u32, false);
    for (i, &b) in rest.iter().enumerate().take(MAX_LENGTH) {
        match b {
            b'\n' | b'\r' => return None,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
    }
    None
}
